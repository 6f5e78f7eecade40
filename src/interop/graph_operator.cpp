#include "valuenet/interop/eigen.hpp"

#include <cassert>

#include "detail/parallel.hpp"
#include "detail/row_chunks.hpp"

namespace valuenet::detail {

void multiply(const graph& g, const graph_operator_options& options, std::span<const double> x,
              std::span<double> y, const execution& exec) {
  assert(x.size() == g.vertex_count() && y.size() == g.vertex_count());
  parallel workers(exec);
  const row_chunks chunks(g.out_offsets());
  const bool laplacian = options.matrix == graph_matrix::laplacian;
  workers.for_each(chunks.count(), 1, [&](std::size_t chunk) {
    const std::size_t end = chunks.begin(chunk + 1);
    for (std::size_t i = chunks.begin(chunk); i < end; ++i) {
      const auto v = static_cast<vertex_id>(i);
      const auto targets = g.out_neighbors(v);
      const auto weights = g.out_weights(v);
      // The Laplacian's row is summed as differences: no large diagonal to cancel.
      const double own = laplacian ? x[v] : 0.0;
      double sum = 0.0;
      if (weights.empty()) {
        for (const vertex_id u : targets) sum += x[u] - own;
      } else {
        for (std::size_t k = 0; k < targets.size(); ++k) sum += weights[k] * (x[targets[k]] - own);
      }
      y[v] = options.shift * x[v] + options.scale * (laplacian ? -sum : sum);
    }
  });
}

}  // namespace valuenet::detail
