#include "valuenet/metrics/hits.hpp"

#include "detail/parallel.hpp"
#include "detail/progress.hpp"
#include "detail/pull_matrix.hpp"
#include "metrics/arc_weight_checks.hpp"
#include "metrics/score_vectors.hpp"

namespace valuenet {

hits_result hits(const graph& g, const hits_options& options, const execution& exec) {
  detail::check_iteration("hits_options", options.tolerance, options.max_iterations);
  if (options.weights == arc_weights::use) detail::check_weights(g, "hits", exec);
  const std::size_t n = g.vertex_count();
  hits_result result;
  detail::parallel workers(exec);
  // Hubs are read when authorities are computed, so they lie by out-degree; and the other way
  // round.
  const detail::vertex_order hub_order = detail::order_for_reading(workers, g.out_offsets());
  const detail::vertex_order authority_order = detail::order_for_reading(workers, g.in_offsets());
  const detail::pull_matrix to_authorities(
      workers, g, {.direction = detail::pull::along, .weights = options.weights}, authority_order,
      hub_order);
  const detail::pull_matrix to_hubs(
      workers, g, {.direction = detail::pull::against, .weights = options.weights}, hub_order,
      authority_order);

  detail::buffer<double> authority =
      detail::score_vector(workers, n, n == 0 ? 0.0 : 1.0 / std::sqrt(static_cast<double>(n)));
  detail::buffer<double> hub = detail::score_vector(workers, n, 0.0);
  detail::buffer<double> next = detail::score_vector(workers, n, 0.0);
  double square = 0.0;
  detail::progress progress(exec, "hits", options.max_iterations);
  while (!result.converged && result.iterations < options.max_iterations) {
    to_hubs.multiply(authority.data(), [&](std::size_t i, double sum) {
      hub[i] = sum;
      return 0.0;
    });
    // With |a| = 1 the Rayleigh quotient of A^T A is a . (A^T A a).
    struct products {
      double quotient = 0.0;
      double norm = 0.0;
      products& operator+=(const products& other) {
        quotient += other.quotient;
        norm += other.norm;
        return *this;
      }
    };
    const products sums = to_authorities.multiply(hub.data(), [&](std::size_t i, double sum) {
      next[i] = sum;
      return products{authority[i] * sum, sum * sum};
    });
    ++result.iterations;
    progress.advance();
    square = sums.quotient;
    if (!(sums.norm > 0.0)) {
      result.converged = true;  // no arcs, or none with a weight
      square = 0.0;
      break;
    }
    const double norm = std::sqrt(sums.norm);
    const double error = to_authorities.for_rows([&](std::size_t i) {
      const double off = next[i] - square * authority[i];
      authority[i] = next[i] / norm;
      return off * off;
    });
    result.residual = square > 0.0 ? std::sqrt(error) / square : 1.0;
    result.converged = result.residual <= options.tolerance;
  }
  if (square > 0.0) {
    result.singular_value = std::sqrt(square);
    detail::scale_scores(authority, options.scale);
    detail::scale_scores(hub, options.scale);
  } else {
    authority = detail::score_vector(workers, n, 0.0);
    hub = detail::score_vector(workers, n, 0.0);
  }
  result.authority = detail::in_vertex_order(workers, authority, authority_order);
  result.hub = detail::in_vertex_order(workers, hub, hub_order);
  return result;
}

}  // namespace valuenet
