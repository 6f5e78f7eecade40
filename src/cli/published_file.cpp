#include "cli/published_file.hpp"

#include "valuenet/error.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "detail/text_source.hpp"

namespace valuenet::cli {
namespace {

/// Cells of a line; a quoted one may hold the separator. Published tables are small and simple.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == ',' || c == ';' || c == '\t')) {
      cells.emplace_back();
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

std::vector<published_value> read_file(const std::string& file) {
  const detail::text_source source = detail::open_text(file, {}, {});
  std::string_view text = source.text();
  std::vector<published_value> values;
  std::size_t name_at = 0;
  std::size_t value_at = 0;
  std::uint64_t line_number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::vector<std::string> cells = cells_of(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line_number;
    if (line_number == 1) {
      name_at = static_cast<std::size_t>(std::find(cells.begin(), cells.end(), "statistic") -
                                         cells.begin());
      value_at =
          static_cast<std::size_t>(std::find(cells.begin(), cells.end(), "value") - cells.begin());
      if (name_at == cells.size() || value_at == cells.size()) {
        throw parse_error({file, 1, 0},
                          "no columns \"statistic\" and \"value\" in the header; expected a table "
                          "of published values (or NAME=VALUE,... on the command line)");
      }
      continue;
    }
    if (cells.size() == 1 && cells[0].empty()) continue;
    if (cells.size() <= std::max(name_at, value_at)) {
      throw parse_error({file, line_number, 0}, "a row with fewer cells than the header");
    }
    std::string printed = cells[value_at];
    std::erase(printed, ',');  // 43,742
    if (printed.empty()) continue;
    try {
      const auto one = parse_published(cells[name_at] + "=" + printed);
      values.insert(values.end(), one.begin(), one.end());
    } catch (const std::invalid_argument&) {
      throw parse_error({file, line_number, 0}, "\"" + cells[value_at] + "\" is not a number");
    }
  }
  return values;
}

}  // namespace

std::vector<published_value> read_published(const std::string& text_or_file) {
  if (text_or_file.empty()) return {};
  if (text_or_file.find('=') != std::string::npos) return parse_published(text_or_file);
  return read_file(text_or_file);
}

printed_table read_printed_table(const std::string& file) {
  const detail::text_source source = detail::open_text(file, {}, {});
  std::string_view text = source.text();
  printed_table result;
  result.name = file.substr(file.find_last_of('/') + 1);
  std::uint64_t line_number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::vector<std::string> cells = cells_of(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line_number;
    if (cells.size() == 1 && cells[0].empty()) continue;
    if (result.columns.empty()) {
      result.columns = std::move(cells);
      continue;
    }
    if (cells.size() != result.columns.size()) {
      throw parse_error({file, line_number, 0}, "a row of " + std::to_string(cells.size()) +
                                                    " cells under a header of " +
                                                    std::to_string(result.columns.size()) +
                                                    "; expected a cell for every column");
    }
    result.rows.push_back(std::move(cells));
  }
  if (result.columns.empty()) {
    throw parse_error({file, 1, 0}, "nothing in it; expected a table with a header");
  }
  return result;
}

}  // namespace valuenet::cli
