// Brandes' dependencies where arcs have lengths: Dijkstra's search from one source at a time.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "metrics/betweenness_core.hpp"
#include "metrics/dependencies.hpp"
#include "metrics/length_search.hpp"

namespace valuenet::detail {

/// Two sums of lengths whose difference is rounding.
inline bool equal_lengths(double a, double b) {
  constexpr double relative = 1e-10;
  return std::abs(a - b) <= relative * std::max(std::abs(a), std::abs(b));
}

/// The length of the shortest of the parallel arcs behind each arc of the core, and how many are
/// that short (1 where parallel arcs are one path).
struct core_lengths {
  std::vector<double> out_lengths;
  std::vector<double> in_lengths;
  std::vector<double> in_multiplicity;
};

/// Throws std::invalid_argument for a weight that is not positive and finite (or whose inverse is
/// not).
[[nodiscard]] core_lengths make_core_lengths(const graph& g, const betweenness_core& core,
                                             arc_length kind, bool parallel_paths);

class length_dependency_search {
 public:
  length_dependency_search(const betweenness_core& core, const core_lengths& lengths);

  void run(std::span<const vertex_id> sources, dependency_sums& sums);

 private:
  void settle(vertex_id source);
  void count_paths(vertex_id source);
  void collect(dependency_sums& sums);

  /// Calls visit(k, v) for the in-arcs k from vertices v that lie before w on shortest paths.
  template <class Visit>
  void for_each_before(vertex_id w, Visit&& visit) const {
    for (arc_id k = core_.in_offsets[w]; k < core_.in_offsets[w + std::size_t{1}]; ++k) {
      const vertex_id v = core_.in_sources[k];
      if (rank_[v] < rank_[w] &&
          equal_lengths(distance_[v] + lengths_.in_lengths[k], distance_[w])) {
        visit(k, v);
      }
    }
  }

  const betweenness_core& core_;
  const core_lengths& lengths_;
  std::vector<double> distance_;
  std::vector<double> paths_;
  std::vector<double> dependencies_;
  std::vector<vertex_id> rank_;  // place in order_, or no_vertex
  std::vector<vertex_id> order_;
  std::vector<std::pair<double, vertex_id>> heap_;
};

}  // namespace valuenet::detail
