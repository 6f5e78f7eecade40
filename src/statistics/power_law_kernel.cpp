#include "statistics/power_law_kernel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace valuenet::detail {

namespace {

constexpr std::size_t table_size = 64;

// ln((k + 1) / k).
const std::array<double, table_size> log_ratios = [] {
  std::array<double, table_size> table{};
  for (std::size_t k = 1; k < table_size; ++k) table[k] = std::log1p(1.0 / static_cast<double>(k));
  return table;
}();

}  // namespace

double solve_zeta_exponent(double mean_log, double x_min) {
  // Two limits: a Pareto law from x_min - 1/2 on, and, where the mean is far below the lattice's
  // first step, a geometric law.
  const double first_step = std::log1p(1.0 / x_min);
  const double pareto = 1.0 + 1.0 / (mean_log - std::log1p(-0.5 / x_min));
  const double geometric = std::log1p(first_step / mean_log) / first_step;
  double alpha = std::max(pareto, geometric);
  double low = 1.0;
  double high = std::numeric_limits<double>::infinity();
  // Newton on 1/mean(alpha), which is nearly alpha - 1: for a Pareto law one step is exact.
  constexpr int most_steps = 200;
  for (int step = 0; step < most_steps; ++step) {
    const zeta_moments model = hurwitz_moments(alpha, x_min);
    (model.mean_log > mean_log ? low : high) = alpha;
    double next = alpha + model.mean_log * (model.mean_log / mean_log - 1.0) / model.variance_log;
    if (!(next > low && next < high)) {
      next = std::isinf(high) ? 2.0 * alpha : low + 0.5 * (high - low);
    }
    const double change = std::abs(next - alpha);
    alpha = next;
    if (change <= 1e-8 * (alpha - 1.0)) break;  // quadratic: the next change would be 1e-16
    if (high - low <= 4e-16 * alpha) break;
  }
  return alpha;
}

void discrete_model::fit(double x_min, double log_x_min, double mean_log) {
  alpha_ = solve_zeta_exponent(mean_log, x_min);
  log_x_min_ = log_x_min;
  table_end_ = 0.0;
  const double end = std::ceil(std::max(16.0, 10.0 + 1.8 * alpha_));
  if (x_min < end && end < static_cast<double>(table_size)) {
    const auto first = static_cast<std::size_t>(x_min);
    auto k = static_cast<std::size_t>(end);
    double sum = hurwitz_scaled(alpha_, end);
    while (k-- > first) {
      sum = 1.0 + std::exp(-alpha_ * log_ratios[k]) * sum;
      table_[k] = sum;
    }
    table_end_ = end;
    inverse_sum_ = 1.0 / sum;
  } else {
    inverse_sum_ = 1.0 / hurwitz_scaled(alpha_, x_min);
  }
}

}  // namespace valuenet::detail
