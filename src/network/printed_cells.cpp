#include "network/printed_cells.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <stdexcept>

namespace valuenet {
namespace {

constexpr double slack = 1e-9;

bool is_total_name(std::string_view name) {
  constexpr std::array<std::string_view, 7> names{"total", "Total", "合计", "总计",
                                                  "总和",  "全部",  "TOTAL"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Takes the word off the text's end.
bool drop_suffix(std::string_view& text, std::string_view word) {
  if (text.size() <= word.size() || !text.ends_with(word)) return false;
  text.remove_suffix(word.size());
  return true;
}

}  // namespace

std::string shown(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.10g", value);
  return text.data();
}

agreement compare(double computed, double reach, const printed_number& printed) {
  const double off = std::abs(computed - printed.value);
  const double scale = slack * std::max(1.0, std::abs(printed.value));
  if (off <= scale) return agreement::equal;
  return off <= reach + printed.half_unit + scale ? agreement::rounding : agreement::different;
}

std::optional<printed_number> parse_printed(std::string_view text) {
  bool is_over = false;  // 2600余: at least 2600, under 2700
  for (const std::string_view word : {"余", "多", "+"})
    is_over = is_over || drop_suffix(text, word);
  std::string digits;
  for (const char c : text) {
    if (c != ',' && c != ' ') digits += c;
  }
  if (!digits.empty() && digits.back() == '%') digits.pop_back();
  if (digits.empty() || digits.size() > 400) return std::nullopt;
  printed_number number;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number.value);
  if (error != std::errc{} || end != digits.data() + digits.size() ||
      !std::isfinite(number.value)) {
    return std::nullopt;
  }
  const std::size_t point = digits.find('.');
  if (point != std::string::npos) {
    const auto decimals = static_cast<double>(digits.size() - point - 1);
    number.half_unit = 0.5 * std::pow(10.0, -decimals);
  }
  if (is_over) {
    const std::size_t last = digits.find_last_not_of('0');
    if (point != std::string::npos || last == std::string::npos) return std::nullopt;
    number.half_unit = 0.5 * std::pow(10.0, static_cast<double>(digits.size() - 1 - last));
    number.value += number.half_unit;
  }
  return number;
}

printed_cells::printed_cells(const printed_table& table) : table_(&table) {
  const std::size_t columns = table.columns.size();
  numbers_.reserve(table.rows.size() * columns);
  for (const auto& row : table.rows) {
    if (row.size() != columns) {
      throw std::invalid_argument("check_tables: a row of " + table.name + " has " +
                                  std::to_string(row.size()) + " cells, the header " +
                                  std::to_string(columns));
    }
    for (const std::string& cell : row) numbers_.push_back(parse_printed(cell));
  }
  for (std::size_t c = 0; c < columns; ++c) {
    std::size_t given = 0;
    std::size_t numeric = 0;
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      given += table.rows[r][c].empty() ? 0 : 1;
      numeric += number(r, c) ? 1 : 0;
    }
    const std::string& name = table.columns[c];
    const bool names_rows = name == "rank" || name == "year" || has(name, "top_");
    // A few words among numbers (不足80, n/a) make no column of words.
    if (numeric != 0 && 4 * numeric >= 3 * given) {
      if (names_rows) {
        keys_.push_back(c);
      } else {
        (is_percent(c) ? percents_ : amounts_).push_back(c);
      }
    } else {
      texts_.push_back(c);
    }
  }
}

std::optional<std::size_t> printed_cells::column(std::string_view name) const {
  for (std::size_t c = 0; c < table_->columns.size(); ++c) {
    if (table_->columns[c] == name) return c;
  }
  return std::nullopt;
}

bool printed_cells::is_statistics() const {
  return table_->columns.size() == 2 &&
         (table_->columns[0] == "statistic" || table_->columns[0] == "fact");
}

bool printed_cells::is_rank(std::size_t column) const {
  const std::string& name = table_->columns[column];
  return has(name, "rank") || has(name, "排名") || has(name, "名次") || has(name, "位次");
}

bool printed_cells::is_ranking() const {
  return std::any_of(keys_.begin(), keys_.end(),
                     [&](std::size_t c) { return table_->columns[c] == "rank"; });
}

bool printed_cells::is_percent(std::size_t column) const {
  const std::string& name = table_->columns[column];
  if (has(name, "percent") || has(name, "share") || has(name, "%") || has(name, "占比")) {
    return name != "percent_or_count";
  }
  return std::any_of(table_->rows.begin(), table_->rows.end(), [&](const auto& row) {
    return !row[column].empty() && row[column].back() == '%';
  });
}

bool printed_cells::is_total_row(std::size_t row) const {
  // A row is a total by its first words; "Total" further right is somebody's name.
  const auto first = std::find_if(texts_.begin(), texts_.end(),
                                  [&](std::size_t c) { return !text(row, c).empty(); });
  if (first == texts_.end()) return false;
  if (is_total_name(text(row, *first))) return true;
  // "country, all": the last words say which part of the first.
  return is_total_name(text(row, texts_.back()));
}

}  // namespace valuenet
