// Tables as a person reads them and as programs read them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace valuenet {

enum class alignment : std::uint8_t { left, right };

struct table_column {
  std::string title;
  valuenet::alignment alignment = valuenet::alignment::left;
};

/// Cells are UTF-8 text, already formatted. Every row has a cell for every column.
struct table {
  /// Printed above; empty: none.
  std::string title{};
  std::vector<table_column> columns{};
  std::vector<std::vector<std::string>> rows{};
  /// Printed below, a line each.
  std::vector<std::string> notes{};
};

enum class table_format : std::uint8_t { text, markdown, csv };

/// The table as text, ending with a newline. `text` pads by display width, so that columns line up
/// when labels are Chinese; control characters in cells become spaces. `markdown` escapes pipes.
/// `csv` holds the header and rows only (RFC 4180, LF), title and notes left out. A row shorter
/// than the columns is filled with empty cells. O(characters).
[[nodiscard]] std::string render(const table& t, table_format format = table_format::text);

/// Columns of a terminal that the text takes: 2 for East Asian wide and full-width characters and
/// emoji, 0 for combining marks and control characters, 1 otherwise (Unicode 15, UAX #11). A byte
/// that is not UTF-8 counts 1.
[[nodiscard]] std::size_t display_width(std::string_view text) noexcept;

/// A number for a person: whole numbers in full with thousands separated by commas, others with
/// `digits` significant digits ("0.02803", "4.528", "5.121e-05").
[[nodiscard]] std::string format_number(double value, int digits = 6);
[[nodiscard]] std::string format_count(std::uint64_t value);

}  // namespace valuenet
