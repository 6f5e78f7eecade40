#include "valuenet/network/accounting.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "detail/look_alikes.hpp"

namespace valuenet {
namespace {

/// Labels in the order in which they first occur.
class group_numbers {
 public:
  explicit group_numbers(relation_grouping& result) : result_(result) {}
  std::uint32_t operator()(const std::string& label) {
    const auto [at, is_new] =
        numbers_.try_emplace(label, static_cast<std::uint32_t>(result_.labels.size()));
    if (is_new) result_.labels.push_back(label);
    return at->second;
  }

 private:
  relation_grouping& result_;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
};

relation_grouping group_by_year(const value_network& network) {
  relation_grouping result{.name = "year", .labels = {}, .group = {}, .other_end = {}};
  std::set<int> years;
  const relation_id m = network.relation_count();
  for (relation_id r = 0; r < m; ++r) {
    if (const auto year = network.year(r)) years.insert(*year);
  }
  std::map<int, std::uint32_t> number;
  for (const int year : years) {
    number.emplace(year, static_cast<std::uint32_t>(result.labels.size()));
    result.labels.push_back(std::to_string(year));
  }
  result.group.assign(m, no_group);
  for (relation_id r = 0; r < m; ++r) {
    if (const auto year = network.year(r)) result.group[r] = number.at(*year);
  }
  return result;
}

relation_grouping group_by_dimension_and_kind(const value_network& network) {
  relation_grouping result{.name = "relation", .labels = {}, .group = {}, .other_end = {}};
  const relation_table& table = network.relations();
  result.group.assign(table.size(), no_group);
  group_numbers number(result);
  std::map<std::pair<symbol, symbol>, std::uint32_t> seen;
  for (std::size_t r = 0; r < table.size(); ++r) {
    const std::pair codes{table.dimension.code(r), table.kind.code(r)};
    if (codes.first == 0 && codes.second == 0) continue;
    const auto [at, is_new] = seen.try_emplace(codes, 0);
    if (is_new) {
      std::string label(table.dimension[r]);
      if (!label.empty() && codes.second != 0) label += ": ";
      label += table.kind[r];
      at->second = number(label);
    }
    result.group[r] = at->second;
  }
  return result;
}

/// Empty cells for the groups.
relation_counts make_counts(const std::string& row_name, const std::vector<std::string>& rows,
                            const std::string& column_name,
                            const std::vector<std::string>& columns) {
  relation_counts result;
  result.row_name = row_name;
  result.column_name = column_name;
  result.rows = rows;
  result.columns = columns;
  const std::size_t width = columns.size();
  if (width != 0 && rows.size() > (std::size_t{1} << 26) / width) {
    throw std::invalid_argument("counts: " + std::to_string(rows.size()) + " x " +
                                std::to_string(width) + " cells; at most 67108864");
  }
  result.cells.assign(rows.size() * width, 0.0);
  result.row_totals.assign(rows.size(), 0.0);
  result.column_totals.assign(width, 0.0);
  return result;
}

void add_to_cell(relation_counts& counts, std::uint32_t row, std::uint32_t column, double amount) {
  if (row == no_group || column == no_group) {
    counts.without_group += amount;
    return;
  }
  counts.cells[row * counts.columns.size() + column] += amount;
  counts.row_totals[row] += amount;
  counts.column_totals[column] += amount;
  counts.total += amount;
}

relation_counts count(const value_network& network, const grouping& rows, const grouping* columns,
                      const count_options& options, const execution& exec) {
  for (const grouping* groups : {&rows, columns}) {
    if (groups != nullptr && groups->group.size() != network.actor_count()) {
      throw std::invalid_argument("count_actors: grouping \"" + groups->name + "\" has " +
                                  std::to_string(groups->group.size()) + " actors, the network " +
                                  std::to_string(network.actor_count()));
    }
  }
  if (options.measure != count_measure::relations) {
    throw std::invalid_argument("count_actors: measure weight: actors have none");
  }
  relation_counts result =
      make_counts(rows.name, rows.labels, columns == nullptr ? std::string{} : columns->name,
                  columns == nullptr ? std::vector<std::string>{"actors"} : columns->labels);
  const selection selected = select(network, options.selection, exec);
  for (const actor_id actor : selected.actors()) {
    result.selected += 1.0;
    add_to_cell(result, rows.group[actor], columns == nullptr ? 0 : columns->group[actor], 1.0);
  }
  result.denominator = "selected actors with a " + rows.name;
  if (columns != nullptr) result.denominator += " and a " + columns->name;
  return result;
}

relation_counts count(const value_network& network, const relation_grouping& rows,
                      const relation_grouping* columns, const count_options& options,
                      const execution& exec) {
  const relation_id m = network.relation_count();
  const auto check = [&](const relation_grouping& groups) {
    if (groups.group.size() != m || (!groups.other_end.empty() && groups.other_end.size() != m)) {
      throw std::invalid_argument("count_relations: grouping \"" + groups.name + "\" has " +
                                  std::to_string(groups.group.size()) + " relations, the network " +
                                  std::to_string(m));
    }
  };
  check(rows);
  if (columns != nullptr) {
    check(*columns);
    if (!columns->other_end.empty()) {
      throw std::invalid_argument("count_relations: column grouping \"" + columns->name +
                                  "\" counts at both ends; only rows can");
    }
  }
  relation_counts result =
      make_counts(rows.name, rows.labels, columns == nullptr ? std::string{} : columns->name,
                  columns == nullptr ? std::vector<std::string>{"relations"} : columns->labels);
  selection_options choice = options.selection;
  choice.direction = direction::directed;
  choice.duplicates = duplicates::keep;
  const selection selected = select(network, choice, exec);
  std::vector<std::uint8_t> is_selected(m, 0);
  for (arc_id arc = 0; arc < selected.graph().arc_count(); ++arc) {
    for (const relation_id row : selected.relations(arc)) is_selected[row] = 1;
  }
  for (relation_id r = 0; r < m; ++r) {
    if (is_selected[r] == 0) continue;
    const double amount = options.measure == count_measure::weight ? network.weight(r) : 1.0;
    result.selected += amount;
    const std::uint32_t column = columns == nullptr ? 0 : columns->group[r];
    add_to_cell(result, rows.group[r], column, amount);
    if (!rows.other_end.empty()) add_to_cell(result, rows.other_end[r], column, amount);
  }
  result.denominator = options.measure == count_measure::weight ? "weight of " : "";
  result.denominator += rows.other_end.empty() ? "selected relations with a "
                                               : "ends of selected relations (two each) with a ";
  result.denominator += rows.name;
  if (columns != nullptr) result.denominator += " and a " + columns->name;
  return result;
}

/// Collects at most `most` cases of a rule, and says how many more there were.
class finding_list {
 public:
  explicit finding_list(std::size_t most) : most_(most) {}
  void add(finding_grade grade, const char* rule, std::string where, std::string message,
           std::uint64_t rows = 1) {
    const std::size_t cases = ++cases_[rule];
    if (cases <= most_) {
      findings_.push_back({grade, rule, std::move(where), std::move(message), rows});
    }
  }
  std::vector<finding> take() {
    for (const auto& [rule, cases] : cases_) {
      if (cases <= most_) continue;
      findings_.push_back({finding_grade::doubt, rule, "the tables",
                           "and " + std::to_string(cases - most_) + " more cases", cases - most_});
    }
    return std::move(findings_);
  }

 private:
  std::size_t most_;
  std::vector<finding> findings_;
  std::map<std::string, std::size_t> cases_;
};

/// A word of `inner` stands under one word of `outer`: a city in one province.
void check_nesting(const text_column& inner, const text_column& outer, std::size_t rows,
                   const char* rule, const std::string& inner_name, const std::string& outer_name,
                   finding_list& list) {
  if (!inner.is_given() || !outer.is_given()) return;
  std::vector<std::map<symbol, std::uint64_t>> above(inner.words().size());
  for (std::size_t r = 0; r < rows; ++r) {
    if (inner.code(r) != 0 && outer.code(r) != 0) ++above[inner.code(r)][outer.code(r)];
  }
  for (symbol word = 1; word < above.size(); ++word) {
    if (above[word].size() < 2) continue;
    std::string message =
        "stands under " + std::to_string(above[word].size()) + " of " + outer_name + ":";
    std::uint64_t all = 0;
    std::size_t shown = 0;
    for (const auto& [over, times] : above[word]) {
      if (shown++ < 5) {
        message += ' ' + std::string(outer.words()[over]) + " (" + std::to_string(times) + ')';
      }
      all += times;
    }
    list.add(finding_grade::doubt, rule, inner_name + ' ' + std::string(inner.words()[word]),
             std::move(message), all);
  }
}

void check_labels(const value_network& network, finding_list& list) {
  std::map<std::string_view, std::vector<actor_id>> with_label;
  for (actor_id a = 0; a < network.actor_count(); ++a) {
    const std::string_view label = network.label(a);
    with_label[label].push_back(a);
    if (detail::is_look_alike(label)) {
      list.add(finding_grade::doubt, "look_alike", "actor " + std::string(network.id(a)),
               "the label " + std::string(label) +
                   " has Cyrillic or Greek letters that look like Latin ones; it will not match "
                   "the Latin name " +
                   detail::latin_form(label));
    }
  }
  for (const auto& [label, actors] : with_label) {
    if (actors.size() < 2) continue;
    list.add(finding_grade::doubt, "repeated_label", "label " + std::string(label),
             std::to_string(actors.size()) + " actors have it, the first two with the ids " +
                 std::string(network.id(actors[0])) + " and " + std::string(network.id(actors[1])),
             actors.size());
  }
}

void check_relations(const value_network& network, finding_list& list) {
  const relation_table& table = network.relations();
  const relation_id m = network.relation_count();
  std::uint64_t loops = 0;
  std::uint64_t negative = 0;
  std::uint64_t zero = 0;
  std::uint64_t undated = 0;
  std::uint64_t no_dimension = 0;
  std::uint64_t no_kind = 0;
  std::uint64_t unsurveyed = 0;
  std::vector<std::int32_t> years;
  using key = std::tuple<actor_id, actor_id, symbol, symbol, std::int32_t>;
  std::vector<key> keys;
  keys.reserve(m);
  for (relation_id r = 0; r < m; ++r) {
    loops += table.givers[r] == table.takers[r] ? 1 : 0;
    negative += network.weight(r) < 0.0 ? 1 : 0;
    zero += network.weight(r) == 0.0 ? 1 : 0;
    const auto year = network.year(r);
    if (year) years.push_back(*year);
    undated += year ? 0 : 1;
    no_dimension += table.dimension.code(r) == 0 ? 1 : 0;
    no_kind += table.kind.code(r) == 0 ? 1 : 0;
    unsurveyed += network.role(table.givers[r]) == role::relation &&
                          network.role(table.takers[r]) == role::relation
                      ? 1
                      : 0;
    keys.emplace_back(table.givers[r], table.takers[r], table.dimension.code(r), table.kind.code(r),
                      year.value_or(no_year));
  }
  const auto say = [&](std::uint64_t rows, const char* rule, finding_grade grade,
                       const std::string& message) {
    if (rows != 0) {
      list.add(grade, rule, "relations",
               std::to_string(rows) + " of " + std::to_string(m) + ' ' + message, rows);
    }
  };
  say(loops, "loop", finding_grade::doubt, "run from an actor to itself");
  say(unsurveyed, "between_relation_actors", finding_grade::contradiction,
      "run between two actors of which neither was surveyed");
  say(negative, "negative_weight", finding_grade::doubt, "have a weight below 0");
  say(zero, "zero_weight", finding_grade::doubt, "have the weight 0");
  if (undated != m) say(undated, "no_year", finding_grade::doubt, "have no year, others have one");
  if (no_dimension != m) {
    say(no_dimension, "no_dimension", finding_grade::doubt, "have no dimension, others have one");
  }
  if (no_kind != m) say(no_kind, "no_kind", finding_grade::doubt, "have no kind, others have one");

  std::sort(keys.begin(), keys.end());
  std::uint64_t repeated = 0;
  for (std::size_t i = 1; i < keys.size(); ++i) repeated += keys[i] == keys[i - 1] ? 1 : 0;
  say(repeated, "repeated_relation", finding_grade::doubt,
      "repeat the giver, taker, dimension, kind and year of an earlier one");

  // A year is far off when it lies further from the middle half than four times that half's width
  // (at least ten years): Tukey's fences, widened, as studies look back decades.
  if (years.size() >= 8) {
    std::sort(years.begin(), years.end());
    const std::int64_t low = years[years.size() / 4];
    const std::int64_t high = years[years.size() - 1 - years.size() / 4];
    const std::int64_t reach = 4 * std::max<std::int64_t>(high - low, 10);
    std::map<std::int32_t, std::uint64_t> far;
    for (const std::int32_t year : years) {
      if (year < low - reach || year > high + reach) ++far[year];
    }
    for (const auto& [year, times] : far) {
      list.add(finding_grade::doubt, "far_year", "year " + std::to_string(year),
               std::to_string(times) + " relations, while half of all lie from " +
                   std::to_string(low) + " to " + std::to_string(high),
               times);
    }
  }
}

}  // namespace

relation_grouping group_relations(const value_network& network, std::string_view column) {
  if (column == "year") return group_by_year(network);
  if (column == "relation") return group_by_dimension_and_kind(network);
  const text_column* found = find_column(network.relations(), column);
  if (found == nullptr) {
    throw std::invalid_argument("group_relations: the relation table has no column \"" +
                                std::string(column) + '"');
  }
  relation_grouping result{.name = std::string(column), .labels = {}, .group = {}, .other_end = {}};
  result.group.assign(network.relation_count(), no_group);
  std::vector<std::uint32_t> of_word(found->words().size(), no_group);
  for (relation_id r = 0; r < network.relation_count(); ++r) {
    const symbol word = found->code(r);
    if (word == 0) continue;
    if (of_word[word] == no_group) {
      of_word[word] = static_cast<std::uint32_t>(result.labels.size());
      result.labels.emplace_back(found->words()[word]);
    }
    result.group[r] = of_word[word];
  }
  return result;
}

relation_grouping group_relations(const value_network& network, const grouping& actors,
                                  counted_end end) {
  if (actors.group.size() != network.actor_count()) {
    throw std::invalid_argument("group_relations: grouping \"" + actors.name + "\" has " +
                                std::to_string(actors.group.size()) + " actors, the network " +
                                std::to_string(network.actor_count()));
  }
  const char* of = end == counted_end::giver   ? " of the giver"
                   : end == counted_end::taker ? " of the taker"
                                               : " at an end";
  relation_grouping result{
      .name = actors.name + of, .labels = actors.labels, .group = {}, .other_end = {}};
  const relation_table& table = network.relations();
  const auto groups_at = [&](const std::vector<actor_id>& ends) {
    std::vector<std::uint32_t> groups;
    groups.reserve(ends.size());
    for (const actor_id actor : ends) groups.push_back(actors.group[actor]);
    return groups;
  };
  result.group = groups_at(end == counted_end::taker ? table.takers : table.givers);
  if (end == counted_end::both) result.other_end = groups_at(table.takers);
  return result;
}

relation_grouping group_domestic_foreign(const value_network& network, std::string_view home) {
  relation_grouping result{.name = "domestic/foreign (home: " + std::string(home) + ")",
                           .labels = {"domestic", "foreign"},
                           .group = {},
                           .other_end = {}};
  const relation_table& table = network.relations();
  const text_column& country = network.actors().country;
  result.group.reserve(table.size());
  for (std::size_t r = 0; r < table.size(); ++r) {
    const std::string_view giver = country[table.givers[r]];
    const std::string_view taker = country[table.takers[r]];
    const bool is_foreign = (!giver.empty() && giver != home) || (!taker.empty() && taker != home);
    result.group.push_back(is_foreign ? 1 : giver.empty() || taker.empty() ? no_group : 0);
  }
  return result;
}

relation_counts count_relations(const value_network& network, const relation_grouping& rows,
                                const count_options& options, const execution& exec) {
  return count(network, rows, nullptr, options, exec);
}

relation_counts count_relations(const value_network& network, const relation_grouping& rows,
                                const relation_grouping& columns, const count_options& options,
                                const execution& exec) {
  return count(network, rows, &columns, options, exec);
}

relation_counts count_actors(const value_network& network, const grouping& rows,
                             const count_options& options, const execution& exec) {
  return count(network, rows, nullptr, options, exec);
}

relation_counts count_actors(const value_network& network, const grouping& rows,
                             const grouping& columns, const count_options& options,
                             const execution& exec) {
  return count(network, rows, &columns, options, exec);
}

sample_structure structure_of_sample(const value_network& network) {
  sample_structure result;
  const relation_table& table = network.relations();
  std::vector<std::uint8_t> related(network.actor_count(), 0);
  for (std::size_t r = 0; r < table.size(); ++r) {
    related[table.givers[r]] = 1;
    related[table.takers[r]] = 1;
    const role giver = network.role(table.givers[r]);
    const role taker = network.role(table.takers[r]);
    if (giver == role::unknown || taker == role::unknown) {
      ++result.unknown;
    } else if (giver == role::sample) {
      ++(taker == role::sample ? result.between_sample : result.sample_to_relation);
    } else {
      ++(taker == role::sample ? result.relation_to_sample : result.between_relation);
    }
  }
  for (actor_id a = 0; a < network.actor_count(); ++a) {
    const role is = network.role(a);
    ++(is == role::sample     ? result.sample_actors
       : is == role::relation ? result.relation_actors
                              : result.unknown_actors);
    result.isolated_actors += related[a] == 0 ? 1 : 0;
  }
  return result;
}

std::string_view to_string(finding_grade grade) noexcept {
  switch (grade) {
    case finding_grade::contradiction:
      return "contradiction";
    case finding_grade::doubt:
      return "doubt";
    case finding_grade::rounding:
      break;
  }
  return "rounding";
}

std::vector<finding> check_network(const value_network& network, std::size_t most_cases) {
  finding_list list(most_cases);
  const actor_table& actors = network.actors();
  check_nesting(actors.city, actors.province, actors.size(), "city_in_two_provinces", "city",
                "province", list);
  check_nesting(actors.province, actors.country, actors.size(), "province_in_two_countries",
                "province", "country", list);
  check_nesting(network.relations().kind, network.relations().dimension, network.relations().size(),
                "kind_in_two_dimensions", "kind", "dimension", list);
  check_labels(network, list);
  check_relations(network, list);
  const sample_structure sample = structure_of_sample(network);
  if (sample.isolated_actors != 0) {
    list.add(finding_grade::doubt, "isolated_actor", "actors",
             std::to_string(sample.isolated_actors) + " of " +
                 std::to_string(network.actor_count()) + " have no relation",
             sample.isolated_actors);
  }
  return list.take();
}

}  // namespace valuenet
