#include "statistics/cutoff_power_law.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/quadrature/gauss.hpp>

#include "detail/hurwitz_zeta.hpp"

namespace valuenet::detail {

namespace {

// Sums of weights, and of weights times powers of l = ln(x/x_min) and y = x - x_min.
struct power_sums {
  double one = 0.0;
  double l = 0.0;
  double y = 0.0;
  double ll = 0.0;
  double ly = 0.0;
  double yy = 0.0;

  void add(double weight, double log_ratio, double excess) {
    one += weight;
    l += weight * log_ratio;
    y += weight * excess;
    ll += weight * log_ratio * log_ratio;
    ly += weight * log_ratio * excess;
    yy += weight * excess * excess;
  }
};

// The integral of the weights from `from` on, in v = ln(x / from), by Gauss and Legendre on panels
// in which the logarithm of the weight varies little enough for 16 points.
void add_integral(power_sums& sums, double alpha, double lambda, double x_min, double from,
                  double reference) {
  const double log_from = std::log(from / x_min);
  const auto log_weight = [&](double v) {
    const double x = from * std::exp(v);
    return -alpha * (log_from + v) - lambda * (x - x_min) + std::log(x) - reference;
  };
  // The heaviest integrand carries y^2; it ends where it has fallen by e^45 from its peak.
  const auto heaviest = [&](double v) { return (3.0 - alpha) * v - lambda * from * std::expm1(v); };
  const double peak = std::max(0.0, std::log(std::max(1e-300, (3.0 - alpha) / (lambda * from))));
  double end = peak;
  const double floor = heaviest(peak) - 45.0;
  const double step = std::min(0.5, 12.0 / (10.0 + std::abs(alpha)));
  while (heaviest(end) > floor) end += step;
  const auto panels = static_cast<int>(std::ceil(end / step));
  using rule = boost::math::quadrature::gauss<double, 16>;
  const double half = 0.5 * step;
  for (int panel = 0; panel < panels; ++panel) {
    const double middle = (static_cast<double>(panel) + 0.5) * step;
    for (std::size_t i = 0; i < rule::abscissa().size(); ++i) {
      for (const double sign : {-1.0, 1.0}) {
        const double v = middle + sign * half * rule::abscissa()[i];
        const double weight = half * rule::weights()[i] * std::exp(log_weight(v));
        sums.add(weight, log_from + v, from * std::exp(v) - x_min);
      }
    }
  }
}

}  // namespace

cutoff_moments moments_with_cutoff(sample_kind kind, double alpha, double lambda, double x_min) {
  // Everything relative to the largest term, so that nothing overflows for alpha < 0.
  const double mode = std::max(x_min, -alpha / lambda);
  const double reference = -alpha * std::log(mode / x_min) - lambda * (mode - x_min);
  power_sums sums;
  if (kind == sample_kind::discrete) {
    constexpr int direct_terms = 400;
    bool finished = false;
    double excess = 0.0;
    for (int k = 0; k < direct_terms && !finished; ++k, excess += 1.0) {
      const double log_ratio = std::log1p(excess / x_min);
      const double weight = std::exp(-alpha * log_ratio - lambda * excess - reference);
      sums.add(weight, log_ratio, excess);
      // Beyond the mode the terms fall faster than e^(-lambda).
      finished = x_min + excess > mode && weight < 1e-20 * sums.one * std::min(1.0, lambda);
    }
    if (!finished) {
      // Sum from x on = integral from x - 1/2 on, plus a 24th of the slope there.
      const double from = x_min + excess - 0.5;
      const double log_ratio = std::log(from / x_min);
      const double y = from - x_min;
      const double f = std::exp(-alpha * log_ratio - lambda * y - reference) / 24.0;
      const double slope = -alpha / from - lambda;  // of ln f
      add_integral(sums, alpha, lambda, x_min, from, reference);
      sums.one += f * slope;
      sums.l += f * (slope * log_ratio + 1.0 / from);
      sums.y += f * (slope * y + 1.0);
      sums.ll += f * log_ratio * (slope * log_ratio + 2.0 / from);
      sums.ly += f * (slope * log_ratio * y + y / from + log_ratio);
      sums.yy += f * y * (slope * y + 2.0);
    }
  } else {
    add_integral(sums, alpha, lambda, x_min, x_min, reference);
  }
  const double mean_log = sums.l / sums.one;
  const double mean_excess = sums.y / sums.one;
  return {std::log(sums.one) + reference,
          mean_log,
          mean_excess,
          sums.ll / sums.one - mean_log * mean_log,
          sums.ly / sums.one - mean_log * mean_excess,
          sums.yy / sums.one - mean_excess * mean_excess};
}

cutoff_fit fit_with_cutoff(sample_kind kind, double size, double mean_log, double mean_excess,
                           double largest, double x_min, double alpha) {
  cutoff_fit fit;
  fit.alpha = alpha;
  // Without cut-off the mean of x is finite for alpha > 2 only; where it does not exceed the
  // sample's, a cut-off cannot help.
  if (alpha > 2.0) {
    const double mean = kind == sample_kind::discrete
                            ? x_min * std::expm1(hurwitz_moments(alpha - 1.0, x_min).log_sum -
                                                 hurwitz_moments(alpha, x_min).log_sum)
                            : x_min / (alpha - 2.0);
    if (mean <= mean_excess) {
      fit.collapsed = true;
      fit.converged = true;
      return fit;
    }
  }
  // An exponential family: the log-likelihood is concave in (alpha, lambda).
  const auto log_likelihood = [&](double a, double lambda, double log_sum) {
    return -size * (a * mean_log + lambda * mean_excess + log_sum);
  };
  fit.lambda = 1.0 / largest;
  cutoff_moments model = moments_with_cutoff(kind, fit.alpha, fit.lambda, x_min);
  double best = log_likelihood(fit.alpha, fit.lambda, model.log_sum);
  constexpr int most_iterations = 200;
  for (; fit.iterations < most_iterations; ++fit.iterations) {
    const double g_alpha = model.mean_log - mean_log;
    const double g_lambda = model.mean_excess - mean_excess;
    const double determinant =
        model.variance_log * model.variance_excess - model.covariance * model.covariance;
    const double step_alpha =
        (model.variance_excess * g_alpha - model.covariance * g_lambda) / determinant;
    const double step_lambda =
        (model.variance_log * g_lambda - model.covariance * g_alpha) / determinant;
    const double promise = size * (g_alpha * step_alpha + g_lambda * step_lambda);
    fit.residual = 0.5 * std::abs(promise);
    if (!(promise > 1e-10)) {
      fit.converged = std::isfinite(promise);
      break;
    }
    double length = 1.0;
    if (fit.lambda + step_lambda <= 0.0) length = -0.875 * fit.lambda / step_lambda;
    bool moved = false;
    for (int halving = 0; halving < 50 && !moved; ++halving, length *= 0.5) {
      const double a = fit.alpha + length * step_alpha;
      const double lambda = fit.lambda + length * step_lambda;
      // Beyond this the law is a spike for which the sums here are not made.
      if (std::abs(a) > 1e4) continue;
      const cutoff_moments next = moments_with_cutoff(kind, a, lambda, x_min);
      const double value = log_likelihood(a, lambda, next.log_sum);
      if (std::isfinite(value) && value >= best + 1e-4 * length * promise) {
        fit.alpha = a;
        fit.lambda = lambda;
        model = next;
        best = value;
        moved = true;
      }
    }
    if (!moved) {
      fit.converged = fit.residual < 1e-7 * (1.0 + std::abs(best));
      break;
    }
    if (fit.lambda * largest < 1e-12) {  // the cut-off lies beyond any value by twelve digits
      fit.collapsed = true;
      fit.converged = true;
      return fit;
    }
  }
  fit.log_sum = model.log_sum;
  const double determinant =
      model.variance_log * model.variance_excess - model.covariance * model.covariance;
  fit.alpha_error = std::sqrt(model.variance_excess / (size * determinant));
  fit.lambda_error = std::sqrt(model.variance_log / (size * determinant));
  return fit;
}

}  // namespace valuenet::detail
