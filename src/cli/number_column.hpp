// A column of numbers in a table of any kind.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/io/read.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace valuenet::cli {

struct number_column {
  std::vector<double> values;
  /// Cells without a value: left out.
  std::uint64_t empty = 0;
};

/// The column `name` of a table with a header; with an empty name the only column of a list of
/// numbers, with or without a header. Throws parse_error where there is no such column, or for a
/// cell that is no number, with file, line and column.
[[nodiscard]] number_column read_number_column(const std::string& file, const std::string& name,
                                               const read_options& options, const execution& exec);

/// Whether the file's first two records have a single field each: a list of numbers, not a network.
[[nodiscard]] bool is_number_list(const std::string& file, const read_options& options,
                                  const execution& exec);

}  // namespace valuenet::cli
