// Distances of all ordered pairs, counted: what distances() and closeness() are made of.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/metrics/distances.hpp"

#include <cstdint>
#include <vector>

#include "detail/instruction_set.hpp"

namespace valuenet::detail {

/// The fields of distances_result that are counted rather than computed; the same meanings.
struct distance_counts {
  std::vector<std::uint64_t> histogram;
  std::vector<std::uint32_t> eccentricity;
  std::vector<std::uint32_t> reachable_count;
  std::vector<std::uint64_t> distance_sum;
  std::vector<double> inverse_distance_sum;
};

struct count_options {
  vertex_distances kept = vertex_distances::eccentricity;
  // How, not what: tests go through all of them.
  instruction_set set = widest_instruction_set();
  /// Searches of a batch: narrow_batch, wide_batch, or 0 to go by the size of the graph.
  std::size_t searches = 0;
};

[[nodiscard]] distance_counts count_distances(const graph& g, const count_options& options,
                                              const execution& exec);

}  // namespace valuenet::detail
