#include "cli/index_indicators.hpp"

#include <set>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "cli/cell_table.hpp"
#include "detail/cell_values.hpp"

namespace valuenet::cli {

namespace {

/// Keeps the rows that meet every condition, COLUMN=VALUE[,VALUE].
void keep_rows(cell_table& cells, const std::vector<std::string>& where) {
  for (const std::string& text : where) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw std::invalid_argument("--where " + text +
                                  " is not COLUMN=VALUE, such as --where year=2021");
    }
    const auto column = cells.column(text.substr(0, equals));
    if (!column) {
      throw std::invalid_argument("--where " + text + ": the indicators have no column \"" +
                                  text.substr(0, equals) + '"');
    }
    const std::string values = ',' + text.substr(equals + 1) + ',';
    std::erase_if(cells.rows, [&](const std::vector<cell>& row) {
      return values.find(',' + row[*column].text + ',') == std::string::npos;
    });
  }
  if (cells.rows.empty()) throw std::invalid_argument("--where: no row meets the conditions");
}

}  // namespace

indicator_rows read_indicators(const std::string& file, const std::vector<criterion>& criteria,
                               const execution& exec, const std::vector<std::string>& where) {
  cell_table cells = read_cells(file, exec);
  if (!where.empty()) keep_rows(cells, where);
  std::optional<std::size_t> year;
  for (const char* name : {"year", "Year", "年份", "年"}) {
    if (!year) year = cells.column(name);
  }
  const std::size_t unit = year == 0U ? 1 : 0;
  if (unit >= cells.header.size()) cells.source.fail(0, "there is no column of names");
  std::vector<std::uint8_t> is_parent(criteria.size(), 0);
  for (const criterion& one : criteria) {
    if (one.parent) is_parent[*one.parent] = 1;
  }
  std::vector<std::size_t> columns;
  for (std::size_t c = 0; c < criteria.size(); ++c) {
    if (is_parent[c] == 0) columns.push_back(cells.needed(criteria[c].name));
  }
  indicator_rows rows{.unit_title = cells.header[unit].text, .has_years = year.has_value()};
  std::set<std::pair<int, std::string>> seen;
  for (const std::vector<cell>& row : cells.rows) {
    int when = 0;
    if (year) {
      const auto parsed = detail::parse_year(row[*year].text);
      if (parsed.year == no_year) {
        cells.source.fail(row[*year].at,
                          fmt::format("\"{}\" is no year", row[*year].text.substr(0, 40)));
      }
      when = parsed.year;
    }
    if (row[unit].text.empty()) cells.source.fail(row[unit].at, "a name was expected");
    if (!seen.emplace(when, row[unit].text).second) {
      cells.source.fail(row[unit].at,
                        fmt::format("\"{}\" stands here again{}", row[unit].text.substr(0, 40),
                                    year ? fmt::format(" for {}", when) : ""));
    }
    rows.units.push_back(row[unit].text);
    rows.years.push_back(when);
    for (const std::size_t column : columns) rows.values.push_back(number_of(cells, row[column]));
  }
  return rows;
}

}  // namespace valuenet::cli
