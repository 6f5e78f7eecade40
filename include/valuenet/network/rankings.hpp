// Rankings of actors by degree, by any metric, among all or some of them.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/metrics/degree.hpp"
#include "valuenet/network/selection.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace valuenet {

/// How equal values are ranked.
enum class tie_rule : std::uint8_t {
  competition,  ///< 1, 2, 2, 4
  dense,        ///< 1, 2, 2, 3
  ordinal,      ///< 1, 2, 3, 4: by the order of the actor table
};

struct ranking_options {
  /// How many; 0: all. With `competition` and `dense` every actor that equals the last one listed
  /// is listed too, so that no actor is left out by the order of a table.
  std::size_t k = 20;
  tie_rule ties = tie_rule::competition;
  /// Empty: among all vertices of the selection. Else one entry a vertex: nonzero takes part. See
  /// matching_vertices().
  std::span<const std::uint8_t> among{};
};

struct ranked_actor {
  actor_id actor = 0;
  vertex_id vertex = 0;
  std::size_t rank = 0;
  double value = 0.0;
  /// Of ranking_result::total; 0 where the total is 0.
  double share = 0.0;
  double cumulative_share = 0.0;
};

struct ranking_result {
  std::vector<ranked_actor> actors;
  /// Sum of the values of all that took part, listed or not, and how many these were.
  double total = 0.0;
  std::size_t population = 0;
};

/// The actors with the largest values, one value a vertex of the selection; of equal ones the
/// earlier in the actor table first. O(n log n). Throws std::invalid_argument for values or `among`
/// of another length, or a value that is not finite.
[[nodiscard]] ranking_result rank_actors(const selection& selected, std::span<const double> values,
                                         const ranking_options& options = {});

enum class ranking_measure : std::uint8_t { degree, weighted_degree };

/// By degree or weighted degree: of relations given (out), taken (in) or both (total).
[[nodiscard]] ranking_result rank_by_degree(const selection& selected,
                                            degree_kind kind = degree_kind::total,
                                            ranking_measure measure = ranking_measure::degree,
                                            const ranking_options& options = {},
                                            const execution& exec = {});

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
