#include "metrics/tie_matrix.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "detail/neighborhood.hpp"

namespace valuenet::detail {
namespace {

double sum_of(std::span<const double> row, std::size_t first, std::size_t count) {
  double sum = 0.0;
  for (std::size_t i = first; i < first + count; ++i) sum += row[i];
  return sum;
}

}  // namespace

tie_matrix ties_between(const graph& g, arc_weights weights, const char* what) {
  const bool weighted = weights == arc_weights::use && g.is_weighted();
  if (weighted) {
    for (const double weight : g.out_weights()) {
      if (weight >= 0.0 && std::isfinite(weight)) continue;
      throw std::invalid_argument(std::string(what) + ": a weight is " + std::to_string(weight) +
                                  "; ties are finite and 0 or more");
    }
  }
  const vertex_id n = g.vertex_count();
  tie_matrix matrix;
  matrix.pairs = static_cast<double>(n) * (static_cast<double>(n) - 1.0);
  matrix.offsets.assign(std::size_t{n} + 1, 0);
  for (vertex_id v = 0; v < n; ++v) {
    for_each_neighbor(g, v, [&](const neighbor_place& place) {
      if (place.neighbor == v) return;
      const double out = weighted ? sum_of(g.out_weights(v), place.first_out, place.out_count)
                                  : (place.out_count > 0 ? 1.0 : 0.0);
      const double in = !g.is_directed() ? out
                        : weighted       ? sum_of(g.in_weights(v), place.first_in, place.in_count)
                                         : (place.in_count > 0 ? 1.0 : 0.0);
      matrix.sum += out;
      matrix.squares += out * out;
      if (out + in <= 0.0) return;
      matrix.neighbors.push_back(place.neighbor);
      matrix.ties.push_back(0.5 * (out + in));
    });
    matrix.offsets[v + std::size_t{1}] = matrix.neighbors.size();
  }
  return matrix;
}

}  // namespace valuenet::detail
