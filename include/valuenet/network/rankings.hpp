// Rankings of actors by degree, by any metric, among all or some of them.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/network/actor_metrics.hpp"
#include "valuenet/network/grouping.hpp"
#include "valuenet/network/selection.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace valuenet {

/// How equal values are ranked.
enum class tie_rule : std::uint8_t {
  competition,  ///< 1, 2, 2, 4
  dense,        ///< 1, 2, 2, 3
  ordinal,      ///< 1, 2, 3, 4: by the order of the actor table
};

enum class ranking_order : std::uint8_t { largest_first, smallest_first };

struct ranking_options {
  /// How many; 0: all. With `competition` and `dense` every actor that equals the last one listed
  /// is listed too, so that no actor is left out by the order of a table.
  std::size_t k = 20;
  tie_rule ties = tie_rule::competition;
  /// Nothing: the largest first, or what facts_of() says of a metric.
  std::optional<ranking_order> order{};
  /// Empty: among all vertices of the selection. Else one entry a vertex: nonzero takes part. See
  /// matching_vertices().
  std::span<const std::uint8_t> among{};
};

struct ranked_actor {
  actor_id actor = 0;
  vertex_id vertex = 0;
  std::size_t rank = 0;
  double value = 0.0;
  /// Of ranking_result::total; nothing where there is no total, or it is 0.
  std::optional<double> share;
  /// Of this and the actors listed before it.
  std::optional<double> cumulative_share;
};

struct ranking_result {
  std::vector<ranked_actor> actors;
  /// Sum of the values of all that took part, listed or not; nothing where values are not such that
  /// their sum means anything (a clustering coefficient).
  std::optional<double> total;
  /// How many took part.
  std::size_t population = 0;
  /// Left out because the metric is not defined for them.
  std::size_t undefined = 0;
};

/// The actors with the largest values, one value a vertex of the selection; of equal ones the
/// earlier in the actor table first. O(n log n). Throws std::invalid_argument for values or `among`
/// of another length, or a value that is not finite.
[[nodiscard]] ranking_result rank_actors(const selection& selected, std::span<const double> values,
                                         const ranking_options& options = {});

/// The same by a metric of the library; actors for whom it is not defined take no part. Throws what
/// rank_actors() throws.
[[nodiscard]] ranking_result rank_actors(const selection& selected,
                                         const actor_metric_result& metric,
                                         const ranking_options& options = {});

/// Shorthand for rank_actors(selected, actor_values(selected, metric), options).
[[nodiscard]] ranking_result rank_by(const selection& selected, actor_metric metric,
                                     const ranking_options& options = {},
                                     const execution& exec = {});

/// One ranking of several.
struct split_ranking {
  std::string label;
  ranking_result ranking;
};

/// One ranking for every group of actors, in the order of the groups' labels, without groups that
/// have no vertex in the selection: the metric is that of the whole selection, shares are of the
/// group. Throws std::invalid_argument also for a grouping of another network's length.
[[nodiscard]] std::vector<split_ranking> rank_by_group(const selection& selected,
                                                       const actor_metric_result& metric,
                                                       const grouping& groups,
                                                       const ranking_options& options = {});

/// Conditions on actors, for rankings among some of them.
struct actor_conditions {
  any_of role{};
  any_of type{};
  any_of country{};
  any_of province{};
  any_of city{};
  any_of sector{};
  any_of industry{};
  std::vector<column_condition> columns{};
  /// Actors of these countries are left out: {.not_country = "中国"} are the foreign ones. Actors
  /// without a country are neither domestic nor foreign: they are left out too.
  any_of not_country{};
};

/// One entry a vertex: 1 where the actor meets every condition. O(vertices). Throws
/// std::invalid_argument for a column that does not exist or an unknown role.
[[nodiscard]] std::vector<std::uint8_t> matching_vertices(const selection& selected,
                                                          const actor_conditions& conditions);

}  // namespace valuenet
