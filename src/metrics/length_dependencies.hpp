// Brandes' dependencies where arcs have lengths: Dijkstra's search from one source at a time.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "metrics/betweenness_core.hpp"
#include "metrics/dependencies.hpp"
#include "metrics/length_queue.hpp"
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

[[nodiscard]] core_lengths make_core_lengths(const graph& g, const betweenness_core& core,
                                             const arc_lengths& lengths, bool parallel_paths);

/// 44 bytes a core vertex, 8 an arc on shortest paths, 24 an arc at worst.
class length_dependency_search {
 public:
  length_dependency_search(const betweenness_core& core, const core_lengths& lengths);

  void run(std::span<const vertex_id> sources, dependency_sums& sums);

 private:
  void settle(vertex_id source);
  void count_paths(vertex_id w);
  void relax(vertex_id v);
  void count_reach(vertex_id source, dependency_sums& sums) const;
  void collect(vertex_id source, dependency_sums& sums);
  void forget();
  /// 2 to the power of by how much v's paths are scaled less than w's.
  [[nodiscard]] double scale(vertex_id v, vertex_id w) const;

  const betweenness_core& core_;
  const core_lengths& lengths_;
  std::vector<double> distance_;
  std::vector<double> paths_;
  std::vector<double> dependencies_;
  std::vector<vertex_id> rank_;   // place in order_, or no_vertex
  std::vector<vertex_id> order_;  // by distance
  std::vector<arc_id> before_;    // the in-arcs on shortest paths, by the order of their targets
  std::vector<std::size_t> before_ends_;
  /// Path counts double and double again on a lattice; a vertex's are its paths_ times
  /// 2^(512 steps). All 0 while no search has needed it.
  std::vector<std::int32_t> steps_;
  bool scaled_ = false;
  length_queue queue_;
};

}  // namespace valuenet::detail
