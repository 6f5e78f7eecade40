// Relation accounting: how many relations of which dimension, kind, place, year; who the sample is;
// and what in the tables does not fit together.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/network/grouping.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/network/value_network.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace valuenet {

/// Relations put into groups.
struct relation_grouping {
  /// What the groups are, with the end that counts: "kind", "province of the giver", ...
  std::string name;
  std::vector<std::string> labels;
  /// Group of every relation, or no_group.
  std::vector<std::uint32_t> group;
  /// Empty, or the group at the other end: then a relation counts once at each end.
  std::vector<std::uint32_t> other_end;
};

/// By a column of the relation table; "year" in ascending order; "relation" for dimension and kind
/// together ("technology: input"). Throws std::invalid_argument where there is no such column.
/// O(relations).
[[nodiscard]] relation_grouping group_relations(const value_network& network,
                                                std::string_view column);

enum class counted_end : std::uint8_t {
  giver,
  taker,
  both,  ///< once at each end: shares are of twice the relations
};

/// By the group of an actor at the end named. O(relations).
[[nodiscard]] relation_grouping group_relations(const value_network& network,
                                                const grouping& actors, counted_end end);

/// "foreign": an end is known to be elsewhere than `home`; "domestic": both ends are there; no
/// group: neither is foreign and the country of one is not known. Countries are compared as they
/// are written.
[[nodiscard]] relation_grouping group_domestic_foreign(const value_network& network,
                                                       std::string_view home = "中国");

enum class count_measure : std::uint8_t { relations, weight };

struct count_options {
  /// Which relations; options about arcs have no effect.
  selection_options selection{};
  count_measure measure = count_measure::relations;
};

struct relation_counts {
  std::string row_name;
  /// Empty where there is one column.
  std::string column_name;
  std::vector<std::string> rows;
  std::vector<std::string> columns;
  /// Row-major.
  std::vector<double> cells;
  std::vector<double> row_totals;
  std::vector<double> column_totals;
  /// Of the cells: the denominator of shares. Where an other end counts, of ends, not relations.
  double total = 0.0;
  /// Selected, but in no group.
  double without_group = 0.0;
  /// Selected relations (their weight), each once.
  double selected = 0.0;
  /// What `total` is, in words.
  std::string denominator;

  [[nodiscard]] double operator()(std::size_t row, std::size_t column) const noexcept {
    return cells[row * columns.size() + column];
  }
  [[nodiscard]] double share(std::size_t row) const noexcept {
    return total > 0.0 ? row_totals[row] / total : 0.0;
  }
};

/// Counts the selected relations, each row of the table once, by one grouping or crossed by two.
/// A relation holding both ways counts once. O(relations + rows x columns). Throws
/// std::invalid_argument for a grouping of another length, a column grouping with two ends, or over
/// 2^26 cells, and what select() throws.
[[nodiscard]] relation_counts count_relations(const value_network& network,
                                              const relation_grouping& rows,
                                              const count_options& options = {},
                                              const execution& exec = {});
[[nodiscard]] relation_counts count_relations(const value_network& network,
                                              const relation_grouping& rows,
                                              const relation_grouping& columns,
                                              const count_options& options = {},
                                              const execution& exec = {});

/// Counts actors instead of relations, by one grouping or crossed by two: the sample's structure,
/// {.role = "sample", .all_actors = true}. Counted are the actors that options.selection selects:
/// with all_actors every one that meets its conditions, else those with a selected relation. The
/// other fields are as above: `total` and shares are of actors with a group, `without_group` has
/// the others. O(relations + actors + rows x columns). Throws std::invalid_argument for a grouping
/// of another length, over 2^26 cells, or measure weight, and what select() throws.
[[nodiscard]] relation_counts count_actors(const value_network& network, const grouping& rows,
                                           const count_options& options = {},
                                           const execution& exec = {});
[[nodiscard]] relation_counts count_actors(const value_network& network, const grouping& rows,
                                           const grouping& columns,
                                           const count_options& options = {},
                                           const execution& exec = {});

/// Who the study surveyed, and how relations lie about them.
struct sample_structure {
  std::uint64_t sample_actors = 0;
  std::uint64_t relation_actors = 0;
  std::uint64_t unknown_actors = 0;
  std::uint64_t isolated_actors = 0;
  /// Relations by the roles of their ends; `unknown` where an end's role is not known.
  std::uint64_t between_sample = 0;
  std::uint64_t sample_to_relation = 0;
  std::uint64_t relation_to_sample = 0;
  std::uint64_t between_relation = 0;
  std::uint64_t unknown = 0;
};

/// O(actors + relations).
[[nodiscard]] sample_structure structure_of_sample(const value_network& network);

enum class finding_grade : std::uint8_t {
  contradiction,  ///< it cannot be so
  doubt,          ///< it can be so, but is rarely meant
  rounding,       ///< off by no more than the rounding of the printed numbers allows
};

/// "contradiction", "doubt", "rounding".
[[nodiscard]] std::string_view to_string(finding_grade grade) noexcept;

struct finding {
  finding_grade grade = finding_grade::doubt;
  /// The rule, for programs: "city_in_two_provinces", ...
  std::string rule;
  /// Where: "relation 17", "表 r2021_sectors.csv: converged_empowers_core".
  std::string where;
  /// What was found and what was expected, one sentence.
  std::string message;
  /// How many rows it concerns.
  std::uint64_t rows = 1;
};

/// What in the relations and actors does not fit together: a city in two provinces, a province in
/// two countries, one label on several actors, labels in look-alike letters of another script, a
/// kind in two dimensions, relations of an actor with itself, repeated rows, relations between two
/// actors that were not surveyed, missing dimensions, kinds and years, years far from the others,
/// weights that are 0 or negative, actors without a relation. One finding a rule and case, at most
/// `most_cases` of a rule. Expected O((actors + relations) log). Deterministic.
[[nodiscard]] std::vector<finding> check_network(const value_network& network,
                                                 std::size_t most_cases = 20);

}  // namespace valuenet
