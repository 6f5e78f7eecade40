#include "valuenet/statistics/empirical_distribution.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>

#include "detail/hurwitz_zeta.hpp"
#include "statistics/cutoff_power_law.hpp"
#include "statistics/power_law_sample.hpp"
#include "statistics/tail_distributions.hpp"
#include "statistics/truncated_poisson.hpp"

namespace valuenet {

namespace {

double parameter(const alternative_fit& fit, std::string_view name) {
  for (const distribution_parameter& p : fit.parameters) {
    if (p.name == name) return p.value;
  }
  return 0.0;
}

// ln P(X >= x | X >= x_min) of an alternative.
std::function<double(double)> log_survival(const alternative_fit& alternative, sample_kind kind,
                                           double x_min, discretization rounding) {
  // Where the continuous rivals begin, and how far below x the whole number x begins.
  const bool is_rounded = kind == sample_kind::discrete && rounding == discretization::round;
  const double below = is_rounded ? 0.5 : 0.0;
  const double start = x_min - below;
  const auto logarithm = [start, below](double x) { return detail::log_step(start, x - below); };
  switch (alternative.kind) {
    case alternative::exponential:
      return [lambda = parameter(alternative, "lambda"), x_min](double x) {
        return -lambda * (x - x_min);
      };
    case alternative::lognormal: {
      const double variance = std::pow(parameter(alternative, "sigma"), 2);
      const double slope = (std::log(start) - parameter(alternative, "mu")) / variance;
      return [model = detail::lognormal_tail<double>(slope, 0.5 / variance), logarithm](double x) {
        return model.log_survival(logarithm(x));
      };
    }
    case alternative::stretched_exponential: {
      const double beta = parameter(alternative, "beta");
      const double eta = parameter(alternative, "lambda") * beta * std::exp(beta * std::log(start));
      return [model = detail::stretched_exponential_tail<double>(eta, beta), logarithm](double x) {
        return model.log_survival(logarithm(x));
      };
    }
    case alternative::power_law_with_cutoff:
      return [alpha = parameter(alternative, "alpha"), lambda = parameter(alternative, "lambda"),
              kind, x_min](double x) {
        const auto log_sum = [&](double from) {
          return detail::moments_with_cutoff(kind, alpha, lambda, from).log_sum;
        };
        return -alpha * std::log(x / x_min) - lambda * (x - x_min) + log_sum(x) - log_sum(x_min);
      };
    case alternative::poisson:
      return [mu = parameter(alternative, "mu"), x_min](double x) {
        return detail::truncate_poisson(mu, x).log_survival -
               detail::truncate_poisson(mu, x_min).log_survival;
      };
  }
  return {};
}

// The scaled curve over the tail.
std::vector<ccdf_point> curve(const power_law_fit& fit, sample_kind kind,
                              const value_counts& sample, std::size_t points,
                              const std::function<double(double)>& log_survival_at) {
  const double share = static_cast<double>(fit.tail_size) / static_cast<double>(sample.total());
  const double largest = std::max(sample.values.back(), fit.x_min);
  const std::size_t steps = std::max<std::size_t>(points, 2) - 1;
  const double range = std::log(largest / fit.x_min);
  std::vector<ccdf_point> result;
  for (std::size_t i = 0; i <= steps; ++i) {
    double x = fit.x_min * std::exp(range * static_cast<double>(i) / static_cast<double>(steps));
    if (kind == sample_kind::discrete) x = std::round(x);
    if (i == steps) x = largest;
    if (!result.empty() && x <= result.back().value) continue;
    result.push_back({x, share * std::exp(log_survival_at(x))});
  }
  return result;
}

}  // namespace

std::vector<ccdf_point> empirical_ccdf(const value_counts& sample) {
  detail::check_ascending(sample);
  std::vector<ccdf_point> result(sample.values.size());
  const auto total = static_cast<double>(sample.total());
  std::uint64_t at_least = 0;
  for (std::size_t i = sample.values.size(); i-- > 0;) {
    at_least += sample.counts[i];
    result[i] = {sample.values[i], static_cast<double>(at_least) / total};
  }
  return result;
}

std::vector<density_bin> log_binned_density(const value_counts& sample, int bins_per_decade) {
  if (bins_per_decade < 1) {
    throw std::invalid_argument(
        fmt::format("bins_per_decade is {}; it must be at least 1", bins_per_decade));
  }
  detail::check_ascending(sample);
  const bool is_whole = sample.is_whole();
  const auto total = static_cast<double>(sample.total());
  const auto edge = [&](double bin) {
    const double value = std::pow(10.0, bin / bins_per_decade);
    return is_whole ? std::ceil(value * (1.0 - 1e-12)) : value;  // 10^2 may come out above 100
  };
  std::vector<density_bin> result;
  double bin = 0.0;
  for (std::size_t i = 0; i < sample.values.size(); ++i) {
    const double value = sample.values[i];
    if (value <= 0.0) continue;
    if (result.empty() || value >= result.back().to) {
      bin = std::floor(std::log10(value) * bins_per_decade);
      while (edge(bin) > value) bin -= 1.0;  // rounding of the logarithm
      while (edge(bin + 1.0) <= value) bin += 1.0;
      density_bin next;
      next.from = edge(bin);
      next.to = std::min(edge(bin + 1.0), std::numeric_limits<double>::max());
      const double last = is_whole ? next.to - 1.0 : next.to;
      next.center = last == next.from ? last : std::sqrt(next.from) * std::sqrt(last);
      result.push_back(next);
    }
    result.back().count += sample.counts[i];
  }
  for (density_bin& b : result) {
    b.density = static_cast<double>(b.count) / (total * (b.to - b.from));
  }
  return result;
}

std::vector<ccdf_point> fitted_ccdf(const power_law_result& fit, const value_counts& sample,
                                    std::size_t points) {
  if (!fit.fit || sample.values.empty()) return {};
  const double alpha = fit.fit->alpha;
  const double x_min = fit.fit->x_min;
  return curve(*fit.fit, fit.kind, sample, points, [&](double x) {
    return fit.kind == sample_kind::discrete ? std::log(detail::zeta_survival(alpha, x_min, x))
                                             : -(alpha - 1.0) * std::log(x / x_min);
  });
}

std::vector<ccdf_point> fitted_ccdf(const alternative_fit& alternative, const power_law_result& fit,
                                    const value_counts& sample,
                                    valuenet::discretization discretization, std::size_t points) {
  if (!fit.fit || sample.values.empty() || alternative.collapsed) return {};
  return curve(*fit.fit, fit.kind, sample, points,
               log_survival(alternative, fit.kind, fit.fit->x_min, discretization));
}

}  // namespace valuenet
