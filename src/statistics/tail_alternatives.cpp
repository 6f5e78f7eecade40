#include "valuenet/statistics/tail_alternatives.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>
#include <utility>

#include <boost/math/special_functions/gamma.hpp>
#include <fmt/format.h>

#include "detail/hurwitz_zeta.hpp"
#include "detail/parallel.hpp"
#include "statistics/cutoff_power_law.hpp"
#include "statistics/newton.hpp"
#include "statistics/power_law_sample.hpp"
#include "statistics/tail_distributions.hpp"
#include "statistics/truncated_poisson.hpp"

namespace valuenet {

namespace {

using detail::second_order;

// A value of the tail as the continuous rivals see it, in u = ln(x / start).
struct cell {
  double count;
  double low;  // of the cell; of a continuous sample the value itself
  double high;
  double log_width;  // of the cell where it is too thin for a difference; else 0
  bool is_density;   // the value's probability is density times width
};

// The tail and its sums.
struct tail {
  sample_kind kind = sample_kind::discrete;
  double x_min = 0.0;
  double size = 0.0;
  double mean_log = 0.0;     // of ln(x / x_min)
  double mean_excess = 0.0;  // of x - x_min
  std::vector<double> values;
  std::vector<double> counts;
  double start = 0.0;  // where the continuous rivals begin
  std::vector<cell> cells;
};

tail make_tail(const detail::prepared_sample& prepared, const power_law_fit& fit,
               discretization rounding) {
  const detail::tail_sample& sample = prepared.tail;
  tail result;
  result.kind = prepared.kind;
  result.x_min = fit.x_min;
  result.size = sample.tail_size[prepared.first];
  result.mean_log = sample.log_excess[prepared.first] / result.size +
                    (sample.log_value[prepared.first] - std::log(fit.x_min));
  const bool discrete = prepared.kind == sample_kind::discrete;
  const double below = discrete && rounding == discretization::round ? 0.5 : 0.0;
  result.start = fit.x_min - below;
  for (std::size_t i = prepared.first; i < sample.size(); ++i) {
    const double x = sample.value[i];
    const double count = sample.count(i);
    result.values.push_back(x);
    result.counts.push_back(count);
    result.mean_excess += count * (x - fit.x_min);
    const double low = detail::log_step(result.start, x - below);
    if (!discrete) {
      result.cells.push_back({count, low, low, -std::log(x), true});
      continue;
    }
    const double width = std::log1p(1.0 / (x - below));
    // The difference of two survival functions has lost its digits here; the density has not.
    constexpr double thin = 1e-6;
    if (width < thin) {
      result.cells.push_back({count, low + 0.5 * width, low + 0.5 * width, std::log(width), true});
    } else {
      result.cells.push_back({count, low, low + width, 0.0, false});
    }
  }
  result.mean_excess /= result.size;
  return result;
}

template <class Model>
auto log_probability(const Model& model, const cell& c) {
  const auto survival = model.log_survival(c.low);
  if (c.is_density) return survival + model.log_hazard(c.low) + c.log_width;
  return survival + detail::log_one_less_exp(model.log_survival(c.high) - survival);
}

// A fit's log-probability of the i-th value.
using log_density = std::function<double(std::size_t)>;

struct fitted {
  alternative_fit fit;
  log_density density;
};

// Vuong's comparison, term by term.
void compare(const tail& data, const log_density& power_law, const log_density& other,
             double significance, alternative_fit& fit) {
  double power_law_sum = 0.0;
  double ratio = 0.0;
  double log_likelihood = 0.0;
  for (std::size_t i = 0; i < data.values.size(); ++i) {
    const double alternative_term = other(i);
    const double difference = power_law(i) - alternative_term;
    log_likelihood += data.counts[i] * alternative_term;
    ratio += data.counts[i] * difference;
    power_law_sum += data.counts[i] * power_law(i);
  }
  const double mean = ratio / data.size;
  double squares = 0.0;
  for (std::size_t i = 0; i < data.values.size(); ++i) {
    const double deviation = power_law(i) - other(i) - mean;
    squares += data.counts[i] * deviation * deviation;
  }
  fit.log_likelihood = log_likelihood;
  fit.log_likelihood_ratio = ratio;

  double p_value = 1.0;
  const double deviation = std::sqrt(squares / data.size);
  // Rounding alone makes differences of this size.
  const double noise = 1e-13 * (1.0 + std::abs(power_law_sum) / data.size);
  std::optional<double> vuong;
  if (deviation > noise) {
    vuong = ratio / (std::sqrt(data.size) * deviation);
    p_value = std::erfc(std::abs(*vuong) / std::sqrt(2.0));
  }
  if (fit.kind == alternative::power_law_with_cutoff) {
    p_value = std::erfc(std::sqrt(std::max(0.0, -ratio)));  // chi-square(1) beyond 2|R|
    if (!fit.collapsed) fit.boundary_p_value = 0.5 * p_value;
  }
  fit.indistinguishable = p_value > significance;
  if (!fit.collapsed) {
    fit.vuong = vuong;
    fit.p_value = p_value;
  }
}

fitted fit_exponential(const tail& data) {
  fitted result;
  result.fit.kind = alternative::exponential;
  result.fit.converged = true;
  const bool discrete = data.kind == sample_kind::discrete;
  const double lambda = discrete ? std::log1p(1.0 / data.mean_excess) : 1.0 / data.mean_excess;
  const double error = (discrete ? 2.0 * std::sinh(0.5 * lambda) : lambda) / std::sqrt(data.size);
  result.fit.parameters = {{"lambda", lambda, error}};
  const double log_scale = discrete ? detail::log_one_less_exp(-lambda) : std::log(lambda);
  result.density = [&data, lambda, log_scale](std::size_t i) {
    return log_scale - lambda * (data.values[i] - data.x_min);
  };
  return result;
}

fitted fit_poisson(const tail& data) {
  fitted result;
  result.fit.kind = alternative::poisson;
  const double mean = data.x_min + data.mean_excess;
  // The truncated mean grows with mu from x_min without bound and is at least mu.
  double low = -700.0;
  double high = std::log(mean);
  double log_mu = high;
  for (; result.fit.iterations < 200; ++result.fit.iterations) {
    const detail::truncated_poisson model = detail::truncate_poisson(std::exp(log_mu), data.x_min);
    (model.mean > mean ? high : low) = log_mu;
    const double step = (mean - model.mean) / model.variance;
    result.fit.residual = 0.5 * data.size * std::abs(step * (mean - model.mean));
    double next = log_mu + step;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    const bool is_close = std::abs(next - log_mu) <= 1e-14 * (1.0 + std::abs(log_mu));
    log_mu = next;
    if (is_close || result.fit.residual < 1e-14) {
      result.fit.converged = true;
      break;
    }
  }
  const double mu = std::exp(log_mu);
  const detail::truncated_poisson model = detail::truncate_poisson(mu, data.x_min);
  result.fit.parameters = {{"mu", mu, mu / std::sqrt(data.size * model.variance)}};
  result.density = [&data, mu, log_mu, log_survival = model.log_survival](std::size_t i) {
    const double x = data.values[i];
    return -mu + x * log_mu - boost::math::lgamma(x + 1.0) - log_survival;
  };
  return result;
}

fitted fit_cutoff(const tail& data, double alpha, double log_scale) {
  double largest = data.values.back();
  const detail::cutoff_fit found = detail::fit_with_cutoff(
      data.kind, data.size, data.mean_log, data.mean_excess, largest, data.x_min, alpha);
  fitted result;
  result.fit.kind = alternative::power_law_with_cutoff;
  result.fit.converged = found.converged;
  result.fit.iterations = found.iterations;
  result.fit.residual = found.residual;
  result.fit.collapsed = found.collapsed;
  double scale = -found.log_sum;
  if (found.collapsed) {
    result.fit.limit_alpha = alpha;
    scale = log_scale;
  } else {
    const auto error = [](double value) {
      return std::isfinite(value) ? std::optional<double>(value) : std::nullopt;
    };
    result.fit.parameters = {{"alpha", found.alpha, error(found.alpha_error)},
                             {"lambda", found.lambda, error(found.lambda_error)}};
  }
  const double lambda = found.collapsed ? 0.0 : found.lambda;
  result.density = [&data, a = found.alpha, lambda, scale](std::size_t i) {
    return scale - a * std::log(data.values[i] / data.x_min) -
           lambda * (data.values[i] - data.x_min);
  };
  return result;
}

// The log-likelihood of a two-parameter rival over all cells, summed in chunks.
template <template <class> class Model>
second_order log_likelihood(const tail& data, double first, double second,
                            detail::parallel& workers) {
  const Model<second_order> model(second_order::parameter(first, 0),
                                  second_order::parameter(second, 1));
  return workers.reduce(
      data.cells.size(), 2048, second_order{},
      [&](std::size_t begin, std::size_t end) {
        second_order sum;
        for (std::size_t i = begin; i < end; ++i) {
          sum = sum + data.cells[i].count * log_probability(model, data.cells[i]);
        }
        return sum;
      },
      [](const second_order& a, const second_order& b) { return a + b; });
}

template <template <class> class Model>
detail::maximum maximize_over_cells(const tail& data, std::array<double, 2> start,
                                    detail::parallel& workers) {
  return detail::maximize(
      [&](double a, double b) -> second_order {
        if (!(b > 0.0) && !(a > 0.0)) return -std::numeric_limits<double>::infinity();
        return log_likelihood<Model>(data, a, b, workers);
      },
      start);
}

// Variances and covariance of the two parameters, from the observed information.
std::optional<std::array<double, 3>> covariance(const second_order& f) {
  const auto& [h00, h01, h11] = f.second;
  const double determinant = h00 * h11 - h01 * h01;
  if (!(h00 < 0.0 && determinant > 0.0)) return std::nullopt;
  return std::array<double, 3>{-h11 / determinant, h01 / determinant, -h00 / determinant};
}

// Standard error of a function with these derivatives by the two parameters.
std::optional<double> propagate(const std::optional<std::array<double, 3>>& variances, double by_a,
                                double by_b) {
  if (!variances) return std::nullopt;
  const auto& [aa, ab, bb] = *variances;
  return std::sqrt(by_a * by_a * aa + 2.0 * by_a * by_b * ab + by_b * by_b * bb);
}

template <template <class> class Model>
fitted adopt(const tail& data, alternative kind, const detail::maximum& found) {
  fitted result;
  result.fit.kind = kind;
  result.fit.converged = found.converged;
  result.fit.iterations = found.iterations;
  result.fit.residual = found.residual;
  result.fit.collapsed = found.on_boundary;
  if (found.on_boundary) result.fit.limit_alpha = 1.0 + found.at[0];
  result.density = [&data, model = Model<double>(found.at[0], found.at[1])](std::size_t i) {
    return log_probability(model, data.cells[i]);
  };
  return result;
}

// Where Newton begins: the Pareto law with the sample's mean of u, slightly bent.
std::array<double, 2> pareto_start(const tail& data) {
  double sum = 0.0;
  for (const cell& c : data.cells) sum += c.count * 0.5 * (c.low + c.high);
  return {data.size / sum, 0.0};
}

fitted fit_lognormal(const tail& data, detail::parallel& workers) {
  std::array<double, 2> start = pareto_start(data);
  start[1] = 0.02 * start[0] * start[0];
  const detail::maximum found = maximize_over_cells<detail::lognormal_tail>(data, start, workers);
  fitted result = adopt<detail::lognormal_tail>(data, alternative::lognormal, found);
  if (result.fit.collapsed) return result;
  const auto& [slope, curvature] = found.at;
  const double variance = 0.5 / curvature;
  const double sigma = std::sqrt(variance);
  const auto errors = covariance(found.function);
  result.fit.parameters = {{"mu", std::log(data.start) - slope * variance,
                            propagate(errors, -variance, slope * variance / curvature)},
                           {"sigma", sigma, propagate(errors, 0.0, -0.5 * sigma / curvature)}};
  return result;
}

fitted fit_stretched_exponential(const tail& data, detail::parallel& workers) {
  std::array<double, 2> start = pareto_start(data);
  start[1] = 0.02 * start[0];
  const detail::maximum found =
      maximize_over_cells<detail::stretched_exponential_tail>(data, start, workers);
  fitted result =
      adopt<detail::stretched_exponential_tail>(data, alternative::stretched_exponential, found);
  if (result.fit.collapsed) return result;
  const auto& [eta, beta] = found.at;
  const double log_start = std::log(data.start);
  const double lambda = eta / beta * std::exp(-beta * log_start);
  const auto errors = covariance(found.function);
  result.fit.parameters = {
      {"lambda", lambda, propagate(errors, lambda / eta, -lambda * (1.0 / beta + log_start))},
      {"beta", beta, propagate(errors, 0.0, 1.0)}};
  return result;
}

// Parameters that the alternative has beyond x_min.
double parameter_count(alternative kind) {
  return kind == alternative::exponential || kind == alternative::poisson ? 1.0 : 2.0;
}

void set_weights(const tail& data, double power_law_log_likelihood, alternatives_result& result) {
  const auto weigh = [&](double penalty, double& power_law,
                         std::optional<double> alternative_fit::*weight) {
    const double base = penalty - 2.0 * power_law_log_likelihood;
    double least = base;
    const auto criterion = [&](const alternative_fit& fit) {
      return penalty * parameter_count(fit.kind) - 2.0 * fit.log_likelihood;
    };
    for (const alternative_fit& fit : result.alternatives) {
      if (!fit.collapsed) least = std::min(least, criterion(fit));
    }
    double sum = std::exp(-0.5 * (base - least));
    power_law = sum;
    for (alternative_fit& fit : result.alternatives) {
      if (fit.collapsed) continue;
      fit.*weight = std::exp(-0.5 * (criterion(fit) - least));
      sum += *(fit.*weight);
    }
    power_law /= sum;
    for (alternative_fit& fit : result.alternatives) {
      if (!fit.collapsed) fit.*weight = *(fit.*weight) / sum;
    }
  };
  weigh(2.0, result.power_law_aic_weight, &alternative_fit::aic_weight);
  weigh(std::log(data.size), result.power_law_bic_weight, &alternative_fit::bic_weight);
}

}  // namespace

std::string_view to_string(alternative value) noexcept {
  switch (value) {
    case alternative::exponential:
      return "exponential";
    case alternative::lognormal:
      return "lognormal";
    case alternative::stretched_exponential:
      return "stretched_exponential";
    case alternative::power_law_with_cutoff:
      return "power_law_with_cutoff";
    case alternative::poisson:
      return "poisson";
  }
  return "unknown";
}

const alternative_fit* alternatives_result::find(alternative kind) const noexcept {
  const auto found = std::find_if(alternatives.begin(), alternatives.end(),
                                  [kind](const alternative_fit& fit) { return fit.kind == kind; });
  return found == alternatives.end() ? nullptr : &*found;
}

std::optional<alternatives_result> compare_alternatives(const value_counts& sample,
                                                        const power_law_result& fit,
                                                        const alternatives_options& options,
                                                        const execution& exec) {
  if (!(options.significance > 0.0 && options.significance < 1.0)) {
    throw std::invalid_argument(
        fmt::format("alternatives_options.significance is {}; it must lie between 0 and 1",
                    options.significance));
  }
  if (!fit.fit) return std::nullopt;
  detail::parallel workers(exec);
  const detail::prepared_sample prepared =
      detail::prepare(sample, {.kind = fit.kind, .x_min = fit.fit->x_min}, workers);
  if (prepared.status != fit_status::fitted) return std::nullopt;
  const tail data = make_tail(prepared, *fit.fit, options.discretization);

  const double alpha = fit.fit->alpha_maximum_likelihood;
  const double log_scale = data.kind == sample_kind::discrete
                               ? -detail::hurwitz_moments(alpha, data.x_min).log_sum
                               : std::log((alpha - 1.0) / data.x_min);
  const log_density power_law = [&](std::size_t i) {
    return log_scale - alpha * std::log(data.values[i] / data.x_min);
  };

  std::vector<fitted> fits;
  fits.push_back(fit_exponential(data));
  fits.push_back(fit_lognormal(data, workers));
  fits.push_back(fit_stretched_exponential(data, workers));
  fits.push_back(fit_cutoff(data, alpha, log_scale));
  if (data.kind == sample_kind::discrete) fits.push_back(fit_poisson(data));

  alternatives_result result;
  for (fitted& rival : fits) {
    compare(data, power_law, rival.density, options.significance, rival.fit);
    result.alternatives.push_back(std::move(rival.fit));
  }
  set_weights(data, fit.fit->log_likelihood, result);
  return result;
}

}  // namespace valuenet
