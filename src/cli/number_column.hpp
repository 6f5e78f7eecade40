// A column of numbers in a table of any kind.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/io/read.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace valuenet::cli {

struct number_column {
  std::vector<double> values;
  /// Cells without a value: left out.
  std::uint64_t empty = 0;
};

/// The column of a table: by the name in its header, or else by its number, from 1 (then the first
/// record is a header only where its cell is no number). Throws parse_error where there is no such
/// column, or for a cell that is no finite number, with file, line and column.
[[nodiscard]] number_column read_number_column(const std::string& file, const std::string& name,
                                               const read_options& options, const execution& exec);

/// The numbers of a file with one number a line, with or without a header; nothing for a file that
/// does not begin like one (a network, a table, or no text at all).
[[nodiscard]] std::optional<number_column> read_number_list(const std::string& file,
                                                            const read_options& options,
                                                            const execution& exec);

}  // namespace valuenet::cli
