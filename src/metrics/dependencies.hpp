// Brandes' dependencies from a batch of sources, a lane each.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "detail/buffer.hpp"
#include "metrics/betweenness_core.hpp"
#include "metrics/dependency_kernel.hpp"

namespace valuenet::detail {

/// Where the dependencies go. Each is added to, in the order of the searches.
struct dependency_sums {
  /// By core vertex: sum over sources s != v of source_weight(s) delta_s(v).
  std::vector<double> vertices;
  /// The same with its square (sampling, where every weight is 1); empty: not wanted.
  std::vector<double> vertex_squares;
  /// By core out-arc: sum of source_weight(s) times the dependency on the arc; empty: not wanted.
  std::vector<double> arcs;
  std::vector<double> arc_squares;
  /// By core vertex: the sum of the source weights of the others that reach it, and of the target
  /// weights of the others that it reaches; empty: not wanted (undirected).
  std::vector<double> reached_by;
  std::vector<double> reaches;
};

/// Adds what the search of a merged vertex would have found, given the target weights of what it
/// reaches beyond the vertex into which it is merged.
void add_merged_source(const betweenness_core& core, vertex_id v, double reaches_beyond,
                       dependency_sums& sums);

/// One worker's scratch: lane_count doubles and 4 bytes a core vertex, 14 bytes for every time that
/// a vertex is on a level, 6 bytes (with arcs or parallel arcs 14) for every arc on shortest paths.
class dependency_search {
 public:
  dependency_search(const betweenness_core& core, const dependency_kernel& kernel);

  /// Searches from up to lane_count distinct core vertices and adds to the sums.
  void run(std::span<const vertex_id> sources, dependency_sums& sums);

 private:
  using lane_values = std::array<double, lane_count>;

  void search_forward(std::span<const vertex_id> sources, bool keep_arcs);
  void make_room(std::size_t first, std::size_t last, bool keep_arcs);
  void rescale_level(std::size_t first, std::size_t last);
  void collect_backward(dependency_sums& sums);
  void count_reach(std::span<const vertex_id> sources, dependency_sums& sums);
  void mark_merged(std::span<const vertex_id> sources);
  void add_merged(vertex_id source, std::size_t lane, double reaches, dependency_sums& sums);
  [[nodiscard]] std::span<const vertex_id> merged_into(vertex_id source) const;
  void clear();

  [[nodiscard]] recorded_arcs record(bool keep_arcs);

  const betweenness_core& core_;
  dependency_kernel kernel_;
  double growth_ = 1.0;   // log2 of how much path counts can grow in a level
  buffer<double> paths_;  // lane_count a vertex: shortest paths from each source, then ratios
  std::vector<lane_mask> seen_;     // lanes that reached the vertex
  std::vector<lane_mask> pending_;  // lanes that reach it on the next level
  // The first order_size_ entries: vertices in the order of their levels; a vertex stands once for
  // every level it is on.
  std::vector<vertex_id> order_;
  std::vector<lane_mask> masks_;
  std::vector<std::size_t> record_starts_;
  std::size_t order_size_ = 0;
  std::vector<std::size_t> level_starts_;
  // The first record_size_ entries.
  std::vector<vertex_id> record_targets_;
  std::vector<lane_mask> record_masks_;
  std::vector<arc_id> record_arcs_;
  std::size_t record_size_ = 0;
  alignas(64) lane_values source_weights_{};
  std::vector<std::uint8_t> excluded_lanes_;  // empty: nothing is merged
  /// By level and lane: what path counts of the level were multiplied with to stay finite.
  std::vector<lane_values> level_scales_;
  bool rescaled_ = false;
};

}  // namespace valuenet::detail
