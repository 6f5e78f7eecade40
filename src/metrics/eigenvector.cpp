#include "valuenet/metrics/eigenvector.hpp"

#include "valuenet/graph/builder.hpp"
#include "valuenet/metrics/components.hpp"

#include "detail/parallel.hpp"
#include "detail/progress.hpp"
#include "detail/pull_matrix.hpp"
#include "metrics/arc_weight_checks.hpp"
#include "metrics/score_vectors.hpp"

namespace valuenet {
namespace {

/// The graph without the arcs that carry nothing.
graph without_zeros(const graph& g, const execution& exec) {
  std::vector<vertex_id> sources;
  std::vector<vertex_id> targets;
  for (vertex_id v = 0; v < g.vertex_count(); ++v) {
    const auto row = g.out_neighbors(v);
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!(g.out_weights(v)[i] > 0.0)) continue;
      sources.push_back(v);
      targets.push_back(row[i]);
    }
  }
  return build_graph(edge_columns{.sources = sources, .targets = targets},
                     {.vertex_count = g.vertex_count()}, exec);
}

/// Whether some walk can go on for ever. Else A is nilpotent.
bool has_cycle(const graph& g, bool weighted, const execution& exec) {
  const auto weights = g.out_weights();
  if (weighted && std::find(weights.begin(), weights.end(), 0.0) != weights.end()) {
    return has_cycle(without_zeros(g, exec), false, exec);
  }
  if (!g.is_directed()) return g.arc_count() > 0;
  return g.loop_count() > 0 || strong_components(g, exec).count < g.vertex_count();
}

}  // namespace

eigenvector_result eigenvector(const graph& g, const eigenvector_options& options,
                               const execution& exec) {
  detail::check_iteration("eigenvector_options", options.tolerance, options.max_iterations);
  const bool weighted = options.weights == arc_weights::use && g.is_weighted();
  if (weighted) detail::check_weights(g, "eigenvector", exec);
  const std::size_t n = g.vertex_count();
  eigenvector_result result;
  if (!has_cycle(g, weighted, exec)) {
    result.score.assign(n, 0.0);
    result.converged = true;
    return result;
  }

  detail::parallel workers(exec);
  const detail::vertex_order order = detail::order_for_reading(workers, g.out_offsets());
  const detail::pull_matrix matrix(workers, g, {.weights = options.weights}, order, order);
  detail::buffer<double> x =
      detail::score_vector(workers, n, 1.0 / std::sqrt(static_cast<double>(n)));
  detail::buffer<double> y = detail::score_vector(workers, n, 0.0);
  detail::progress progress(exec, "eigenvector", options.max_iterations);
  double eigenvalue = 0.0;
  while (!result.converged && result.iterations < options.max_iterations) {
    eigenvalue = matrix.multiply(x.data(), [&](std::size_t i, double sum) {
      y[i] = sum;
      return x[i] * sum;
    });
    if (!(eigenvalue > 0.0)) {
      // Nothing has come round yet: x is not where the cycles are.
      eigenvalue = std::sqrt(matrix.for_rows([&](std::size_t i) { return y[i] * y[i]; }));
    }
    struct norms {
      double residual = 0.0;
      double next = 0.0;
      norms& operator+=(const norms& other) {
        residual += other.residual;
        next += other.next;
        return *this;
      }
    };
    const double shift = eigenvalue / 4.0;
    const norms sums = matrix.for_rows([&](std::size_t i) {
      const double error = y[i] - eigenvalue * x[i];
      y[i] += shift * x[i];
      return norms{error * error, y[i] * y[i]};
    });
    ++result.iterations;
    progress.advance();
    result.residual = eigenvalue > 0.0 ? std::sqrt(sums.residual) / eigenvalue : 1.0;
    result.converged = result.residual <= options.tolerance;
    const double norm = std::sqrt(sums.next);
    if (!(norm > 0.0)) break;
    matrix.for_rows([&](std::size_t i) {
      x[i] = y[i] / norm;
      return 0.0;
    });
  }
  result.eigenvalue = eigenvalue;
  detail::scale_scores(x, options.scale);
  result.score = detail::in_vertex_order(workers, x, order);
  return result;
}

}  // namespace valuenet
