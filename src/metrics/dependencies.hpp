// Brandes' dependencies from eight sources at once, a lane each.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "detail/buffer.hpp"
#include "metrics/betweenness_core.hpp"

namespace valuenet::detail {

inline constexpr std::size_t lane_count = 8;

/// Where the dependencies go. Each is added to, in the order of the searches.
struct dependency_sums {
  /// By core vertex: sum over sources s != v of source_weight(s) delta_s(v).
  std::vector<double> vertices;
  /// The same with delta squared (sampling); empty: not wanted.
  std::vector<double> vertex_squares;
  /// By core out-arc: sum of source_weight(s) times the dependency on the arc; empty: not wanted.
  std::vector<double> arcs;
  std::vector<double> arc_squares;
  /// By core vertex: the sum of the source weights of the others that reach it, and of the target
  /// weights of the others that it reaches; empty: not wanted (undirected).
  std::vector<double> reached_by;
  std::vector<double> reaches;
};

/// One worker's scratch: 136 bytes a core vertex, and what the levels need.
class dependency_search {
 public:
  explicit dependency_search(const betweenness_core& core);

  /// Searches from up to lane_count distinct core vertices and adds to the sums.
  void run(std::span<const vertex_id> sources, dependency_sums& sums);

 private:
  void search_forward(std::span<const vertex_id> sources);
  void rescale_level(std::size_t first, std::size_t last);
  void collect_backward(std::span<const vertex_id> sources, dependency_sums& sums);
  void clear();

  const betweenness_core& core_;
  double growth_ = 1.0;             // log2 of how much path counts can grow in a level
  buffer<double> paths_;            // lane_count a vertex: shortest paths from each source
  buffer<double> dependencies_;     // lane_count a vertex
  std::vector<std::uint8_t> seen_;  // lanes that reached the vertex on an earlier level
  std::vector<std::uint8_t>
      pending_;  // lanes that reach it on the next; backward: that left it last
  // Vertices in the order of their levels; a vertex stands once for every level it is on.
  std::vector<vertex_id> order_;
  std::vector<std::uint8_t> lanes_;
  std::vector<std::size_t> level_starts_;
  /// By level and lane: what path counts of the level were multiplied with to stay finite.
  std::vector<std::array<double, lane_count>> level_scales_;
};

}  // namespace valuenet::detail
