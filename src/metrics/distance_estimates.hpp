// Distances where searching from every vertex is out of reach.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/metrics/distances.hpp"

#include <cstdint>
#include <vector>

namespace valuenet::detail {

/// How many arcs the exact search would visit, from the graph alone: exact_budget's comment has the
/// formula. When even with the longest possible depths it is at most `enough`, that upper bound.
[[nodiscard]] std::uint64_t estimate_arc_visits(const graph& g, std::uint64_t enough,
                                                const execution& exec);

/// Ordered pairs u != v of an undirected graph with a path between them, from its components.
[[nodiscard]] double count_connected_pairs(const graph& g, const execution& exec);

/// Fields of distances_result, estimated, and how far off they may be.
struct distance_estimates {
  std::vector<double> histogram;  // by distance, from 0 on
  std::uint32_t longest = 0;      // the largest distance met
  std::uint64_t sources = 0;
  /// By vertex, where the method has them.
  std::vector<std::uint32_t> eccentricity;
  std::vector<std::uint32_t> reachable_count;
  std::vector<std::uint64_t> distance_sum;
  std::vector<double> inverse_distance_sum;

  /// Standard errors.
  std::vector<double> histogram_errors;
  double reachable_pairs_error = 0.0;
  double mean_error = 0.0;
  double efficiency_error = 0.0;
  /// They come from so many observations.
  std::uint64_t observations = 0;
};

/// Precondition: 2 <= options.sampled_sources < vertices of g with an arc out.
[[nodiscard]] distance_estimates sample_distances(const graph& g, const distances_options& options,
                                                  const execution& exec);

[[nodiscard]] distance_estimates estimate_by_hyperball(const graph& g,
                                                       const distances_options& options,
                                                       const execution& exec);

/// The population of sample_distances.
[[nodiscard]] std::vector<vertex_id> vertices_with_arcs_out(const graph& g);

}  // namespace valuenet::detail
