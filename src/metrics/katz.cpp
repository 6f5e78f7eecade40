#include "valuenet/metrics/katz.hpp"

#include "detail/parallel.hpp"
#include "detail/progress.hpp"
#include "detail/pull_matrix.hpp"
#include "metrics/arc_weight_checks.hpp"
#include "metrics/score_vectors.hpp"

namespace valuenet {
namespace {

void check_positive(const char* name, double value) {
  if (value > 0.0 && !std::isinf(value)) return;
  throw std::invalid_argument("katz_options." + std::string(name) + " is " + std::to_string(value) +
                              "; it must be positive and finite");
}

}  // namespace

katz_result katz(const graph& g, const katz_options& options, const execution& exec) {
  detail::check_iteration("katz_options", options.tolerance, options.max_iterations);
  check_positive("attenuation", options.attenuation);
  check_positive("base", options.base);
  if (options.weights == arc_weights::use) detail::check_weights(g, "katz", exec);
  const std::size_t n = g.vertex_count();
  katz_result result;
  detail::parallel workers(exec);
  const detail::vertex_order order = detail::order_for_reading(workers, g.out_offsets());
  const detail::pull_matrix matrix(workers, g, {.weights = options.weights}, order, order);
  detail::buffer<double> score = detail::score_vector(workers, n, options.base);
  detail::buffer<double> next = detail::score_vector(workers, n, 0.0);
  detail::progress progress(exec, "katz", options.max_iterations);
  constexpr double diverged = 1e200;
  while (!result.converged && result.iterations < options.max_iterations) {
    struct totals {
      double change = 0.0;
      double sum = 0.0;
      totals& operator+=(const totals& other) {
        change += other.change;
        sum += other.sum;
        return *this;
      }
    };
    const totals sums = matrix.multiply(score.data(), [&](std::size_t i, double sum) {
      next[i] = options.attenuation * sum + options.base;
      return totals{std::abs(next[i] - score[i]), next[i]};
    });
    ++result.iterations;
    progress.advance();
    if (!(sums.sum < diverged)) {
      result.residual = 1.0;
      break;  // and keep the last scores that are numbers
    }
    std::swap(score, next);
    result.residual = sums.sum > 0.0 ? sums.change / sums.sum : 0.0;
    result.converged = result.residual <= options.tolerance;
  }
  if (options.scale) detail::scale_scores(score, *options.scale);
  result.score = detail::in_vertex_order(workers, score, order);
  return result;
}

}  // namespace valuenet
