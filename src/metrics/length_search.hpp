// Dijkstra's search where arcs have lengths, one source at a time.
#pragma once

#include "valuenet/graph/graph.hpp"
#include "valuenet/metrics/arc_length.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

#include "detail/parallel.hpp"
#include "metrics/distance_kernel.hpp"
#include "metrics/length_queue.hpp"

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
  [[nodiscard]] double operator[](arc_id arc) const { return data_ == nullptr ? 1.0 : data_[arc]; }

 private:
  std::vector<double> inverse_;
  const double* data_ = nullptr;
};

/// 12 bytes a vertex, and 24 an arc at worst.
class length_search {
 public:
  /// Rows and the lengths beside their arcs (null: all 1) outlive the search.
  length_search(const adjacency& after, const double* lengths, vertex_id vertex_count);

  /// Settles everything that the source reaches, in the order of distance (of equal ones the
  /// smaller vertex first): visit(vertex, distance).
  template <class Visit>
  void run(vertex_id source, Visit&& visit) {
    start(source);
    length_queue::waiting next;
    while (queue_.take(next, distance_.data())) {
      visit(next.vertex, next.distance);
      relax(next);
    }
    forget();
  }

 private:
  void start(vertex_id source);
  void relax(const length_queue::waiting& from);
  void forget();

  adjacency after_;
  const double* lengths_;
  std::vector<double> distance_;
  std::vector<vertex_id> met_;
  length_queue queue_;
};

}  // namespace valuenet::detail
