// Dijkstra's search where arcs have lengths, one source at a time.
#pragma once

#include "valuenet/graph/graph.hpp"
#include "valuenet/metrics/arc_length.hpp"

#include <string_view>
#include <utility>
#include <vector>

#include "metrics/distance_kernel.hpp"

namespace valuenet::detail {

/// The lengths of the out-arcs, in their order; empty: all 1. Throws std::invalid_argument, in the
/// name of `who`, for a weight (or inverse of one) that is not positive and finite; 0 passes where
/// `zero_passes`, as a weight.
[[nodiscard]] std::vector<double> arc_lengths(const graph& g, arc_length length,
                                              std::string_view who, bool zero_passes = false);

/// 24 bytes a vertex, and 16 an arc at worst.
class length_search {
 public:
  /// Rows and the lengths beside their arcs (null: all 1) outlive the search.
  length_search(const adjacency& after, const double* lengths, vertex_id vertex_count);

  /// Settles everything that the source reaches, in the order of distance (of equal ones the
  /// smaller vertex first). visit(vertex, distance, parent); the source's parent is itself.
  template <class Visit>
  void run(vertex_id source, Visit&& visit) {
    start(source);
    settled next;
    while (take(next)) {
      visit(next.vertex, next.distance, parent_[next.vertex]);
      relax(next);
    }
    forget();
  }

 private:
  struct settled {
    double distance = 0.0;
    vertex_id vertex = 0;

    bool operator<(const settled& other) const {
      return distance != other.distance ? distance < other.distance : vertex < other.vertex;
    }
  };

  void start(vertex_id source);
  [[nodiscard]] bool take(settled& next);
  void relax(const settled& from);
  void push(settled entry);
  void forget();

  adjacency after_;
  const double* lengths_;
  std::vector<double> distance_;
  std::vector<vertex_id> parent_;
  std::vector<vertex_id> met_;
  std::vector<settled> heap_;  // each entry before its four children; outdated ones are skipped
};

}  // namespace valuenet::detail
