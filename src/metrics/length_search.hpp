// Dijkstra's search where arcs have lengths, one source at a time.
#pragma once

#include "valuenet/graph/graph.hpp"
#include "valuenet/metrics/arc_length.hpp"

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "detail/parallel.hpp"
#include "metrics/distance_kernel.hpp"

namespace valuenet::detail {

/// 1 / weight or the weight itself.
[[nodiscard]] inline double length_of(double weight, arc_length length) {
  return length == arc_length::inverse_weight ? 1.0 / weight : weight;
}

enum class zero_lengths : std::uint8_t { refuse, accept };

/// The lengths of a graph's out-arcs, in their order. Outlived by the graph.
class arc_lengths {
 public:
  /// Throws std::invalid_argument, in the name of `who`, for a weight (or inverse of one) that is
  /// not positive and finite; 0 passes as a length where that is accepted.
  arc_lengths(const graph& g, arc_length length, std::string_view who, zero_lengths zero,
              parallel& workers);

  /// Null: all 1.
  [[nodiscard]] const double* data() const { return data_; }

 private:
  std::vector<double> inverse_;
  const double* data_ = nullptr;
};

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
