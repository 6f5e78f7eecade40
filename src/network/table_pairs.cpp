// What printed tables say of each other.
#include "valuenet/network/grouping.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "detail/place_names.hpp"
#include "network/printed_cells.hpp"

namespace valuenet {
namespace {

// Sums, columns and names beyond these are no printed table's, and would cost their square.
constexpr std::size_t most_sums_of_table = 200;
constexpr std::size_t most_columns_of_table = 200;
constexpr std::size_t most_compared_tables = 1000;

// --- What a row is -------------------------------------------------------------------------

/// What a row is, as a key; of a name that occurs twice only the first row is meant.
std::map<std::string, std::size_t> rows_by_name(const printed_cells& cells,
                                                const std::vector<std::size_t>& columns) {
  std::map<std::string, std::size_t> rows;
  for (std::size_t r = 0; r < cells.row_count(); ++r) {
    std::string name;
    for (const std::size_t c : columns) name += (name.empty() ? "" : ", ") + cells.text(r, c);
    if (!name.empty()) rows.try_emplace(std::move(name), r);
  }
  return rows;
}

// --- near_total ------------------------------------------------------------------------------

struct table_sum {
  std::size_t table = 0;
  std::string what;
  double value = 0.0;
};

/// Rows of the same words and number are one row, printed again.
template <class Add>
void add_sum_without_repeats(const printed_cells& cells, std::size_t c, double all,
                             const Add& add) {
  if (cells.texts().empty()) return;
  std::set<std::pair<std::string, double>> seen;
  double once = 0.0;
  for (std::size_t r = 0; r < cells.row_count(); ++r) {
    if (!cells.number(r, c) || cells.is_total_row(r)) continue;
    std::string name;
    for (const std::size_t text : cells.texts()) name += cells.text(r, text) + ", ";
    const double value = cells.number(r, c)->value;
    if (seen.emplace(std::move(name), value).second) once += value;
  }
  if (once != all) add("the sum of " + cells.table().columns[c] + " without repeated rows", once);
}

void collect_sums(const printed_cells& cells, std::size_t table, std::vector<table_sum>& sums) {
  const std::size_t before = sums.size();
  const auto add = [&](std::string what, double value) {
    if (sums.size() - before < most_sums_of_table) sums.push_back({table, std::move(what), value});
  };
  if (cells.is_statistics()) {
    for (std::size_t r = 0; r < cells.row_count(); ++r) {
      if (cells.number(r, 1)) add("the printed " + cells.text(r, 0), cells.number(r, 1)->value);
    }
    return;
  }
  for (const std::size_t c : cells.amounts()) {
    const std::string& name = cells.table().columns[c];
    if (name == "of") {  // denominators that a text names
      std::map<double, bool> seen;
      for (std::size_t r = 0; r < cells.row_count(); ++r) {
        const auto& number = cells.number(r, c);
        if (number && number->half_unit == 0.0 && seen.emplace(number->value, true).second) {
          add("the denominator named", number->value);
        }
      }
    }
    if (name != "relations" && name != "edges" && name != "nodes" && name != "patents") continue;
    if (cells.column("of")) continue;  // figures of a text are parts of many things
    double all = 0.0;
    std::map<std::string, double> by_first;
    for (std::size_t r = 0; r < cells.row_count(); ++r) {
      if (!cells.number(r, c) || cells.is_total_row(r)) continue;
      all += cells.number(r, c)->value;
      if (cells.texts().size() > 1) {
        by_first[cells.text(r, cells.texts()[0])] += cells.number(r, c)->value;
      }
    }
    add("the sum of " + name, all);
    add_sum_without_repeats(cells, c, all, add);
    for (const auto& [group, value] : by_first) add("the sum of " + name + " of " + group, value);
  }
}

void check_near_totals(const std::vector<printed_cells>& tables, double near,
                       std::vector<finding>& findings) {
  constexpr double least = 1000.0;  // among small numbers near misses are chance
  std::vector<table_sum> sums;
  for (std::size_t t = 0; t < tables.size() && t < most_compared_tables; ++t) {
    collect_sums(tables[t], t, sums);
  }
  for (std::size_t i = 0; i < sums.size(); ++i) {
    for (std::size_t j = i + 1; j < sums.size(); ++j) {
      if (sums[i].table == sums[j].table) continue;
      for (const auto& [a, b, twice] : {std::tuple{i, j, 1.0}, {i, j, 2.0}, {j, i, 2.0}}) {
        const double other = twice * sums[b].value;
        const double off = std::abs(sums[a].value - other);
        if (sums[a].value < least || other < least || off == 0.0 ||
            off > near * std::max(sums[a].value, other)) {
          continue;
        }
        findings.push_back(
            {finding_grade::doubt, "near_total",
             tables[sums[a].table].table().name + ", " + tables[sums[b].table].table().name,
             sums[a].what + " is " + shown(sums[a].value) + ", " + (twice > 1.0 ? "twice " : "") +
                 sums[b].what + " is " + shown(other) + ": they miss each other by " + shown(off),
             1});
      }
    }
  }
}

// --- printed_twice ---------------------------------------------------------------------------

/// The columns whose words say what a row is: all texts, and the year.
std::vector<std::size_t> naming_columns(const printed_cells& cells) {
  std::vector<std::size_t> columns = cells.texts();
  for (const std::size_t c : cells.keys()) {
    if (cells.table().columns[c] == "year") columns.push_back(c);
  }
  // Rankings side by side name several things in a row.
  if (cells.is_ranking() && columns.size() > 1) return {};
  return columns;
}

void compare_cells(const printed_cells& a, const printed_cells& b, double near,
                   std::vector<finding>& findings) {
  const std::vector<std::size_t> naming = naming_columns(a);
  std::vector<std::size_t> naming_too;
  for (const std::size_t c : naming) {
    const auto same = b.column(a.table().columns[c]);
    if (!same) return;
    naming_too.push_back(*same);
  }
  if (naming.empty() || naming_columns(b).size() != naming.size()) return;
  std::vector<std::pair<std::size_t, std::size_t>> columns;
  for (const auto* kind : {&a.amounts(), &a.percents()}) {
    for (const std::size_t c : *kind) {
      const auto same = b.column(a.table().columns[c]);
      if (same && columns.size() < most_columns_of_table) columns.emplace_back(c, *same);
    }
  }
  if (columns.empty()) return;
  const auto rows = rows_by_name(a, naming);
  const auto rows_too = rows_by_name(b, naming_too);
  struct miss {
    std::string name;
    std::string column;
    std::string one;
    std::string other;
    finding_grade grade;
  };
  std::vector<miss> misses;
  std::size_t shared = 0;
  std::size_t agreeing = 0;
  for (const auto& [name, row] : rows) {
    const auto other = rows_too.find(name);
    if (other == rows_too.end()) continue;
    for (const auto& [c, d] : columns) {
      const auto& one = a.number(row, c);
      const auto& two = b.number(other->second, d);
      if (!one || !two) continue;
      ++shared;
      const double size = std::max(std::abs(one->value), std::abs(two->value));
      const double off = std::abs(one->value - two->value);
      // 36.05 and 36.0 are one number; 19.0 and 19.00 too.
      const double reach = std::max(one->half_unit, two->half_unit);
      if (off <= 1e-9 * size || (one->half_unit != two->half_unit && off <= reach + 1e-9 * size)) {
        ++agreeing;
        continue;
      }
      agreeing += off <= near * size ? 1 : 0;
      misses.push_back({name, a.table().columns[c], a.text(row, c), b.text(other->second, d),
                        finding_grade::contradiction});
    }
  }
  if (shared < 2 || 2 * agreeing < shared) return;
  for (const miss& each : misses) {
    findings.push_back({each.grade, "printed_twice",
                        a.table().name + ", " + b.table().name + ": " + each.name,
                        each.column + ' ' + each.one + " here, " + each.other + " there", 1});
  }
}

// --- circle_total ----------------------------------------------------------------------------

void compare_circles(const printed_cells& circles, const printed_cells& provinces,
                     std::vector<finding>& findings) {
  if (circles.texts().size() != 1 || provinces.texts().size() != 1) return;
  std::map<std::string_view, std::size_t> circle_row;
  for (std::size_t r = 0; r < circles.row_count(); ++r) {
    circle_row.try_emplace(circles.text(r, circles.texts()[0]), r);
  }
  std::map<std::string_view, std::size_t> province_row;
  for (std::size_t r = 0; r < provinces.row_count(); ++r) {
    province_row.try_emplace(detail::without_rank(provinces.text(r, provinces.texts()[0])), r);
  }
  struct known {
    std::size_t row;
    std::string name;
    std::vector<std::size_t> members;
  };
  std::vector<known> complete;
  for (const circle& each : default_circles()) {
    const auto found = circle_row.find(each.name);
    if (found == circle_row.end()) continue;
    known one{found->second, each.name, {}};
    for (const std::string& province : each.provinces) {
      const auto member = province_row.find(province);
      if (member != province_row.end()) one.members.push_back(member->second);
    }
    if (one.members.size() == each.provinces.size()) complete.push_back(std::move(one));
  }
  if (complete.size() < 2) return;
  for (const std::size_t c : circles.amounts()) {
    for (const std::size_t d : provinces.amounts()) {
      std::vector<finding> off;
      std::size_t counted = 0;
      std::size_t fits = 0;
      for (const known& one : complete) {
        double sum = 0.0;
        double reach = 0.0;
        bool is_complete = circles.number(one.row, c).has_value();
        for (const std::size_t member : one.members) {
          is_complete = is_complete && provinces.number(member, d).has_value();
          if (!is_complete) break;
          sum += provinces.number(member, d)->value;
          reach += provinces.number(member, d)->half_unit;
        }
        if (!is_complete) continue;
        ++counted;
        const agreement how = compare(sum, reach, *circles.number(one.row, c));
        fits += how == agreement::different ? 0 : 1;
        if (how == agreement::equal) continue;
        const bool is_rounding = how == agreement::rounding;
        off.push_back({is_rounding ? finding_grade::rounding : finding_grade::contradiction,
                       "circle_total",
                       circles.table().name + ", " + provinces.table().name + ": " + one.name,
                       provinces.table().columns[d] + " of its provinces adds up to " + shown(sum) +
                           ", printed " + circles.table().columns[c] + ' ' +
                           shown(circles.number(one.row, c)->value) +
                           (is_rounding ? " (rounding explains it)" : ""),
                       1});
      }
      if (counted >= 2 && fits >= 2 && 4 * fits >= 3 * counted) {
        findings.insert(findings.end(), off.begin(), off.end());
      }
    }
  }
}

// --- name_variant ----------------------------------------------------------------------------

struct name_column {
  std::size_t table;
  std::size_t column;
  std::set<std::string_view> names;
};

/// Whether the longer name only adds the rank of a place.
bool is_ranked_place(std::string_view name, std::string_view longer) {
  return detail::without_rank(longer) == name;
}

void check_name_variants(const std::vector<printed_cells>& tables, std::vector<finding>& findings) {
  constexpr std::size_t most_names = 10000;
  constexpr std::size_t fewest_names = 8;
  constexpr std::size_t shortest_name = 6;  // bytes: two Chinese characters
  std::vector<name_column> columns;
  for (std::size_t t = 0; t < tables.size() && t < most_compared_tables; ++t) {
    std::size_t taken = 0;
    for (const std::size_t c : tables[t].texts()) {
      name_column one{t, c, {}};
      for (std::size_t r = 0; r < tables[t].row_count() && one.names.size() <= most_names; ++r) {
        if (!tables[t].text(r, c).empty()) one.names.insert(tables[t].text(r, c));
      }
      if (one.names.size() >= fewest_names && one.names.size() <= most_names &&
          taken++ < most_columns_of_table) {
        columns.push_back(std::move(one));
      }
    }
  }
  std::set<std::tuple<std::string_view, std::string_view, std::size_t, std::size_t>> said;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    for (std::size_t j = 0; j < columns.size(); ++j) {
      const name_column& a = columns[i];
      const name_column& b = columns[j];
      if (a.table == b.table) continue;
      std::size_t common = 0;
      for (const std::string_view name : a.names) common += b.names.count(name);
      if (2 * common < std::min(a.names.size(), b.names.size())) continue;
      for (const std::string_view name : a.names) {
        if (name.size() < shortest_name || b.names.count(name) != 0) continue;
        for (auto longer = b.names.upper_bound(name);
             longer != b.names.end() && longer->starts_with(name); ++longer) {
          if (a.names.count(*longer) != 0 || is_ranked_place(name, *longer) ||
              !said.insert({name, *longer, a.table, b.table}).second) {
            continue;
          }
          findings.push_back({finding_grade::doubt, "name_variant",
                              tables[a.table].table().name + ", " + tables[b.table].table().name,
                              std::string(name) + " here, " + std::string(*longer) +
                                  " there, among " + std::to_string(common) +
                                  " names that both list: one actor?",
                              1});
        }
      }
    }
  }
}

}  // namespace

void check_table_pairs(const std::vector<printed_cells>& tables, const table_check_options& options,
                       std::vector<finding>& findings) {
  check_near_totals(tables, options.near, findings);
  const std::size_t count = std::min(tables.size(), most_compared_tables);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j) {
      if (i < j) compare_cells(tables[i], tables[j], options.near, findings);
      if (i != j) compare_circles(tables[i], tables[j], findings);
    }
  }
  check_name_variants(tables, findings);
}

}  // namespace valuenet
