// Small tables: a header and rows of cells, each with its place in the file.
#pragma once

#include "valuenet/execution.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detail/text_source.hpp"

namespace valuenet::cli {

struct cell {
  std::string text{};
  std::size_t at = 0;
};

/// Rows are as long as the header.
struct cell_table {
  detail::text_source source{};
  std::vector<cell> header{};
  std::vector<std::vector<cell>> rows{};

  [[nodiscard]] std::optional<std::size_t> column(const std::string& name) const;
  /// Throws parse_error where there is no such column.
  [[nodiscard]] std::size_t needed(const std::string& name) const;
};

/// Separated by commas, tabs or semicolons. Throws io_error, parse_error.
[[nodiscard]] cell_table read_cells(const std::string& file, const execution& exec);
/// The same of a text that is open already.
[[nodiscard]] cell_table cells_of(detail::text_source source);

/// A number, "1/3" among them; nothing for an empty cell. Throws parse_error.
[[nodiscard]] std::optional<double> number_of(const cell_table& table, const cell& one);

/// The same of a text that stands in no table: nothing where it is no finite number.
[[nodiscard]] std::optional<double> parse_fraction(std::string_view text);

}  // namespace valuenet::cli
