#include "cli/cell_table.hpp"

#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "detail/cell_values.hpp"
#include "detail/delimited.hpp"

namespace valuenet::cli {
namespace {

// Judgements and indicators are small tables; what has more rows or columns is no such table.
constexpr std::size_t most_rows = 1'000'000;
constexpr std::size_t most_columns = 10'000;

}  // namespace

std::optional<std::size_t> cell_table::column(const std::string& name) const {
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i].text == name) return i;
  }
  return std::nullopt;
}

std::size_t cell_table::needed(const std::string& name) const {
  const auto found = column(name);
  if (!found) source.fail(0, fmt::format("there is no column \"{}\" in the header", name));
  return *found;
}

cell_table read_cells(const std::string& file, const execution& exec) {
  return cells_of(detail::open_text(file, {}, exec));
}

cell_table cells_of(detail::text_source source) {
  cell_table table;
  table.source = std::move(source);
  const std::string_view text = table.source.text();
  const std::string_view first = text.substr(0, text.find_first_of("\r\n"));
  detail::dialect how;
  if (first.find(',') == std::string_view::npos) {
    how.separator = first.find('\t') != std::string_view::npos ? '\t' : ';';
  }
  std::vector<detail::field> fields;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t record = at;
    at = detail::read_record(text, at, how, fields);
    if (fields.empty()) continue;
    if (fields.size() > most_columns || table.rows.size() >= most_rows) {
      table.source.fail(record, "too large for a table of judgements or indicators");
    }
    std::vector<cell> cells;
    bool has_text = false;
    for (const detail::field& one : fields) {
      const std::string value = detail::value_of(one);
      cells.push_back({std::string(detail::trim(value)),
                       one.text.data() != nullptr
                           ? static_cast<std::size_t>(one.text.data() - text.data())
                           : record});
      has_text = has_text || !cells.back().text.empty();
    }
    if (!has_text) continue;
    if (table.header.empty()) {
      table.header = std::move(cells);
      continue;
    }
    if (cells.size() > table.header.size()) {
      table.source.fail(record, fmt::format("a row of {} cells under a header of {}", cells.size(),
                                            table.header.size()));
    }
    cells.resize(table.header.size(), {"", record});
    table.rows.push_back(std::move(cells));
  }
  if (table.rows.empty()) table.source.fail(0, "has no rows; a header and rows were expected");
  return table;
}

std::optional<double> parse_fraction(std::string_view text) {
  const auto parse = [](std::string_view part) -> std::optional<double> {
    part = detail::trim(part);
    if (part.empty()) return std::nullopt;
    const auto parsed = detail::parse_number(part, false);
    if (parsed.problem != detail::number_problem::none) return std::nullopt;
    return parsed.value;
  };
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return parse(text);
  const auto above = parse(text.substr(0, slash));
  const auto below = parse(text.substr(slash + 1));
  if (!above || !below || *below == 0.0 || !std::isfinite(*above / *below)) return std::nullopt;
  return *above / *below;
}

std::optional<double> number_of(const cell_table& table, const cell& one) {
  if (one.text.empty()) return std::nullopt;
  const auto value = parse_fraction(one.text);
  if (!value) {
    table.source.fail(one.at, fmt::format("\"{}\" is no finite number; 3, 0.5 or 1/3 was expected",
                                          one.text.substr(0, 40)));
  }
  return value;
}

}  // namespace valuenet::cli
