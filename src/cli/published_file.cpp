#include "cli/published_file.hpp"

#include "valuenet/error.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "detail/delimited.hpp"
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

namespace {

// A table that someone printed has fewer cells.
constexpr std::size_t most_cells = 2'000'000;

detail::dialect dialect_of(std::string_view text) {
  detail::dialect how;
  const std::string_view first = text.substr(0, text.find_first_of("\r\n"));
  if (first.find(',') == std::string_view::npos) {
    if (first.find('\t') != std::string_view::npos) {
      how.separator = '\t';
    } else if (first.find(';') != std::string_view::npos) {
      how.separator = ';';
    }
  }
  return how;
}

}  // namespace

printed_table read_printed_table(const std::string& file) {
  const detail::text_source source = detail::open_text(file, {}, {});
  const std::string_view text = source.text();
  const detail::dialect how = dialect_of(text);
  printed_table result;
  result.name = file.substr(file.find_last_of('/') + 1);
  std::vector<detail::field> fields;
  std::size_t cells = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t record = at;
    at = detail::read_record(text, at, how, fields);
    if (fields.empty()) continue;
    if (result.columns.empty()) {
      for (const detail::field& each : fields) result.columns.push_back(detail::value_of(each));
      continue;
    }
    // A note under the table, or empty cells that a program left out at the end.
    if (fields.size() > result.columns.size()) {
      source.fail(record, "a row of " + std::to_string(fields.size()) +
                              " cells under a header of " + std::to_string(result.columns.size()) +
                              "; expected no more than a cell for every column (a cell that holds "
                              "the separator stands in double quotes)");
    }
    cells += result.columns.size();
    if (cells > most_cells) {
      source.fail(record, "over 2,000,000 cells; expected a table that was printed");
    }
    std::vector<std::string> row;
    row.reserve(result.columns.size());
    for (const detail::field& each : fields) row.push_back(detail::value_of(each));
    row.resize(result.columns.size());
    result.rows.push_back(std::move(row));
  }
  if (result.columns.empty()) {
    throw parse_error({file, 1, 0}, "nothing in it; expected a table with a header");
  }
  return result;
}

std::map<std::string, std::string> read_titles(const std::string& file) {
  const printed_table list = read_printed_table(file);
  const auto place = [&](const char* name) {
    const auto found = std::find(list.columns.begin(), list.columns.end(), name);
    if (found == list.columns.end()) {
      throw parse_error({file, 1, 0}, std::string("no column \"") + name +
                                          "\" in the header; expected a list of tables with "
                                          "columns file and title");
    }
    return static_cast<std::size_t>(found - list.columns.begin());
  };
  const std::size_t name = place("file");
  const std::size_t title = place("title");
  std::map<std::string, std::string> titles;
  for (const auto& row : list.rows) titles.try_emplace(row[name], row[title]);
  return titles;
}

}  // namespace valuenet::cli
