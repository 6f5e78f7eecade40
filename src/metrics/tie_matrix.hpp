// The matrix of ties a_ij without loops, made symmetric: (A + A^T) / 2 by rows, with the sums that
// a correlation over all ordered pairs needs.
#pragma once

#include "valuenet/graph/arc_weights.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace valuenet::detail {

struct tie_matrix {
  std::vector<arc_id> offsets;
  std::vector<vertex_id> neighbors;
  std::vector<double> ties;
  /// Over the ordered pairs i != j: n (n - 1), sum of a_ij, sum of a_ij^2.
  double pairs = 0.0;
  double sum = 0.0;
  double squares = 0.0;

  [[nodiscard]] std::size_t size() const noexcept { return offsets.size() - 1; }
  [[nodiscard]] std::span<const vertex_id> row(std::size_t v) const noexcept {
    return {neighbors.data() + offsets[v], neighbors.data() + offsets[v + 1]};
  }
  [[nodiscard]] const double* ties_of(std::size_t v) const noexcept {
    return ties.data() + offsets[v];
  }
  /// pairs^2 times the variance of a_ij.
  [[nodiscard]] double spread() const noexcept { return pairs * squares - sum * sum; }
};

/// Throws std::invalid_argument for a weight that is negative or not finite.
[[nodiscard]] tie_matrix ties_between(const graph& g, arc_weights weights, const char* what);

}  // namespace valuenet::detail
