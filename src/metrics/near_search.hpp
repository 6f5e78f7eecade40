// Shortest paths by lengths from one source, on all threads.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "detail/buffer.hpp"
#include "detail/parallel.hpp"
#include "metrics/distance_kernel.hpp"

namespace valuenet::detail {

/// Vertices whose distance fell wait in bins of a distance's width. Those of the nearest bin are
/// relaxed at once, in rounds, until it is empty. What is relaxed too early is relaxed again, so
/// that the distances do not depend on the order: each is the least sum over all paths, however it
/// was found. What an emptied bin held is settled: a bit says so, in the cache, and spares the look
/// at its distance, which lies anywhere in memory.
class near_search {
 public:
  static constexpr double not_reached = std::numeric_limits<double>::infinity();

  /// `lengths` beside the arcs (null: all 1), none negative.
  near_search(const adjacency& after, const double* lengths, vertex_id vertex_count,
              parallel& workers);

  void run(vertex_id source);

  [[nodiscard]] const buffer<double>& distances() const { return distances_; }

 private:
  static constexpr std::size_t bin_count = 1024;

  /// What one worker found.
  struct waiting_vertices {
    std::array<std::vector<vertex_id>, bin_count> bins;
    std::vector<vertex_id> far;  // beyond the last bin
    arc_id relaxed = 0;
  };

  [[nodiscard]] double choose_width();
  void relax_near();
  template <bool shared>
  void relax(vertex_id v, waiting_vertices& waiting);
  void put(vertex_id v, double distance, waiting_vertices& waiting) const;
  void take_bin();
  [[nodiscard]] bool next_bin();
  void settle_bin();
  void bin_far();
  void finish_in_order();

  adjacency after_;
  const double* lengths_;
  parallel& workers_;
  buffer<double> distances_;
  buffer<double> relaxed_at_;  // the distance at which a vertex was relaxed last
  double start_ = 0.0;         // distance at which bin 0 begins
  double width_ = 1.0;
  std::size_t bin_ = 0;
  arc_id relaxed_ = 0;
  std::vector<vertex_id> near_;
  std::vector<vertex_id> of_bin_;  // all that has been near since the bin was begun
  std::vector<std::uint64_t> settled_;
  std::vector<waiting_vertices> waiting_;  // one a worker
};

}  // namespace valuenet::detail
