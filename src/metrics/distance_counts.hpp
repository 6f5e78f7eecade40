// Distances of all ordered pairs, counted: what distances() and closeness() are made of.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/metrics/distances.hpp"

#include <cstdint>
#include <vector>

namespace valuenet::detail {

/// The fields of distances_result that are counted rather than computed; the same meanings.
struct distance_counts {
  std::vector<std::uint64_t> histogram;
  std::vector<std::uint32_t> eccentricity;
  std::vector<std::uint32_t> reachable_count;
  std::vector<std::uint64_t> distance_sum;
  std::vector<double> inverse_distance_sum;
};

[[nodiscard]] distance_counts count_distances(const graph& g, vertex_distances kept,
                                              const execution& exec);

}  // namespace valuenet::detail
