#include "valuenet/metrics/pagerank.hpp"

#include "valuenet/metrics/degree.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

#include "detail/parallel.hpp"
#include "detail/progress.hpp"
#include "detail/pull_matrix.hpp"
#include "metrics/arc_weight_checks.hpp"
#include "metrics/score_vectors.hpp"

namespace valuenet {
namespace {

using detail::pull_matrix;

double tolerance_of(const pagerank_options& options) {
  if (options.tolerance) return *options.tolerance;
  switch (options.convention) {
    case convention::networkx:
      return 1e-6;
    case convention::igraph:
      return 1e-10;
    case convention::gephi:
      break;
  }
  return 1e-3;
}

void check(const graph& g, const pagerank_options& options) {
  if (!(options.damping >= 0.0 && options.damping < 1.0)) {
    throw std::invalid_argument("pagerank_options.damping is " + std::to_string(options.damping) +
                                "; it must be at least 0 and less than 1");
  }
  if (options.tolerance && !(*options.tolerance > 0.0)) {
    throw std::invalid_argument("pagerank_options.tolerance is " +
                                std::to_string(*options.tolerance) + "; it must be positive");
  }
  if (options.max_iterations == 0) {
    throw std::invalid_argument("pagerank_options.max_iterations is 0; it must be at least 1");
  }
  if (options.jump_weights.empty()) return;
  if (options.jump_weights.size() != g.vertex_count()) {
    throw std::invalid_argument(
        "pagerank_options.jump_weights has " + std::to_string(options.jump_weights.size()) +
        " entries, the graph " + std::to_string(g.vertex_count()) + " vertices");
  }
  double sum = 0.0;
  for (const double weight : options.jump_weights) {
    if (!(weight >= 0.0)) {
      throw std::invalid_argument("pagerank_options.jump_weights has " + std::to_string(weight) +
                                  "; weights must not be negative");
    }
    sum += weight;
  }
  if (!(sum > 0.0) || std::isinf(sum)) {
    throw std::invalid_argument("pagerank_options.jump_weights sum to " + std::to_string(sum) +
                                "; the sum must be positive and finite");
  }
}

/// What the score of a vertex is divided by when it is handed on: by position.
detail::buffer<double> out_weights(detail::parallel& workers, const graph& g,
                                   const pagerank_options& options,
                                   const detail::vertex_order& order, const execution& exec) {
  const bool weighted = options.weights == arc_weights::use && g.is_weighted();
  std::vector<double> sums;
  std::vector<std::uint64_t> counts;
  if (weighted) {
    detail::check_weights(g, "pagerank", exec);
    sums = weighted_degrees(g, degree_kind::out, exec);
  } else {
    counts = degrees(g, degree_kind::out, exec);
  }
  const bool one_end =
      options.convention == convention::networkx && !g.is_directed() && g.loop_count() > 0;
  constexpr std::size_t grain = std::size_t{1} << 12;
  detail::buffer<double> by_position(g.vertex_count());
  workers.for_each(by_position.size(), grain, [&](std::size_t i) {
    const auto v = static_cast<vertex_id>(order.vertex_at(i));
    double sum = weighted ? sums[v] : static_cast<double>(counts[v]);
    if (one_end) {
      const auto row = g.out_neighbors(v);
      const auto weights = g.out_weights(v);
      for (std::size_t arc = 0; arc < row.size(); ++arc) {
        if (row[arc] == v) sum -= weighted ? weights[arc] : 1.0;
      }
    }
    by_position[i] = sum;
  });
  return by_position;
}

/// What one iteration adds up.
struct step_sums {
  double change = 0.0;
  double dangling = 0.0;
  bool grows = false;

  step_sums& operator+=(const step_sums& other) {
    change += other.change;
    dangling += other.dangling;
    grows = grows || other.grows;
    return *this;
  }
};

}  // namespace

pagerank_result pagerank(const graph& g, const pagerank_options& options, const execution& exec) {
  check(g, options);
  const std::size_t n = g.vertex_count();
  pagerank_result result;
  if (n == 0) {
    result.converged = true;
    return result;
  }
  detail::parallel workers(exec);
  const bool gephi = options.convention == convention::gephi;
  const bool weighted = options.weights == arc_weights::use && g.is_weighted();
  const detail::vertex_order order = detail::order_for_reading(workers, g.out_offsets());
  const bool two_ends = options.convention == convention::igraph && !g.is_directed();
  const pull_matrix matrix(workers, g,
                           {.direction = detail::pull::along,
                            .weights = options.weights,
                            .parallels_once = gephi && !weighted,
                            .loop_factor = gephi      ? 0.0
                                           : two_ends ? 2.0
                                                      : 1.0},
                           order, order);
  const detail::buffer<double> divisor = out_weights(workers, g, options, order, exec);

  detail::buffer<double> jump = detail::score_vector(workers, n, 1.0 / static_cast<double>(n));
  if (!options.jump_weights.empty()) {
    double sum = 0.0;
    for (const double weight : options.jump_weights) sum += weight;
    for (std::size_t i = 0; i < n; ++i) jump[i] = options.jump_weights[order.vertex_at(i)] / sum;
  }

  detail::buffer<double> score(n);
  detail::buffer<double> handed_on(n);  // score / divisor
  detail::buffer<double> next_handed_on(n);
  const auto hand_on = [&](std::size_t i) {
    return divisor[i] > 0.0 ? score[i] / divisor[i] : 0.0;
  };
  double dangling = matrix.for_rows([&](std::size_t i) {
    score[i] = jump[i];
    handed_on[i] = hand_on(i);
    return divisor[i] > 0.0 ? 0.0 : score[i];
  });
  const double tolerance = tolerance_of(options);
  detail::progress progress(exec, "pagerank", options.max_iterations);
  while (!result.converged && result.iterations < options.max_iterations) {
    const double spread = (1.0 - options.damping) + options.damping * dangling;
    const step_sums sums = matrix.multiply(handed_on.data(), [&](std::size_t i, double received) {
      const double before = score[i];
      const double after = spread * jump[i] + options.damping * received;
      score[i] = after;
      next_handed_on[i] = hand_on(i);
      return step_sums{.change = std::abs(after - before),
                       .dangling = divisor[i] > 0.0 ? 0.0 : after,
                       .grows = after - before >= tolerance * before && after > before};
    });
    std::swap(handed_on, next_handed_on);
    dangling = sums.dangling;
    result.residual = sums.change;
    ++result.iterations;
    progress.advance();
    switch (options.convention) {
      case convention::gephi:
        result.converged = !sums.grows;
        break;
      case convention::networkx:
        result.converged = sums.change < tolerance * static_cast<double>(n);
        break;
      case convention::igraph:
        result.converged = sums.change < tolerance;
        break;
    }
  }
  result.score = detail::in_vertex_order(workers, score, order);
  return result;
}

}  // namespace valuenet
