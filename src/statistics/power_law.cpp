#include "valuenet/statistics/power_law.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "detail/parallel.hpp"
#include "statistics/power_law_bootstrap.hpp"
#include "statistics/power_law_sample.hpp"

namespace valuenet {

namespace {

using detail::prepared_sample;

double log_likelihood(sample_kind kind, double alpha, double x_min, double size,
                      double log_excess) {
  if (kind == sample_kind::discrete) {
    return -alpha * log_excess - size * detail::hurwitz_moments(alpha, x_min).log_sum;
  }
  return size * std::log((alpha - 1.0) / x_min) - alpha * log_excess;
}

double standard_error(sample_kind kind, double alpha, double x_min, double size) {
  if (kind == sample_kind::discrete) {
    return 1.0 / std::sqrt(size * detail::hurwitz_moments(alpha, x_min).variance_log);
  }
  return (alpha - 1.0) / std::sqrt(size);
}

template <class Model>
power_law_fit fit_tail(const prepared_sample& prepared, const power_law_options& options,
                       detail::parallel& workers, const execution& exec) {
  const detail::tail_sample& tail = prepared.tail;
  const detail::distance_rule rule = detail::rule_of(prepared.kind, prepared.distance);
  std::size_t first = prepared.first;
  if (!prepared.x_min) {
    first = detail::best_cut_off<Model>(tail, rule, prepared.candidates, &workers).index;
  }
  const double x_min = prepared.x_min.value_or(tail.value[first]);
  detail::cut_off_scorer<Model> scorer(tail, rule);
  scorer.fit(first, x_min);
  const double size = tail.tail_size[first];
  const double log_excess =
      tail.log_excess[first] + size * (tail.log_value[first] - std::log(x_min));

  power_law_fit fit;
  fit.alpha_maximum_likelihood = scorer.model().alpha();
  fit.alpha = fit.alpha_maximum_likelihood;
  if (options.correction == finite_size_correction::applied) {
    fit.alpha = detail::corrected_alpha(fit.alpha, size);
  }
  fit.alpha_standard_error =
      standard_error(prepared.kind, fit.alpha_maximum_likelihood, x_min, size);
  fit.x_min = x_min;
  fit.tail_size = static_cast<std::uint64_t>(size);
  fit.tail_share = size / static_cast<double>(prepared.accounting.kept);
  fit.tail_distinct = tail.size() - first;
  fit.ks_distance = scorer.distance();
  fit.log_likelihood =
      log_likelihood(prepared.kind, fit.alpha_maximum_likelihood, x_min, size, log_excess);
  if (options.bootstrap_replicates > 0) {
    fit.goodness = detail::test_fit(prepared, fit, options, workers, exec);
  }
  return fit;
}

// About `most` cut-offs, evenly spaced in the logarithm of the tail size, `best` among them.
std::vector<std::size_t> choose_cut_offs(const detail::tail_sample& tail, std::size_t candidates,
                                         std::size_t most, std::size_t best) {
  std::vector<std::size_t> chosen;
  if (candidates <= most) {
    chosen.resize(candidates);
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    return chosen;
  }
  const double first = std::log(tail.tail_size[0]);
  const double last = std::log(tail.tail_size[candidates - 1]);
  const double step = (first - last) / static_cast<double>(std::max<std::size_t>(2, most) - 1);
  double next = first;
  for (std::size_t i = 0; i < candidates; ++i) {
    const bool is_due = std::log(tail.tail_size[i]) <= next;
    if (is_due) {
      while (next >= std::log(tail.tail_size[i]) && step > 0.0) next -= step;
    }
    if (is_due || i == best) chosen.push_back(i);
  }
  return chosen;
}

template <class Model>
std::vector<cut_off> score_cut_offs(const prepared_sample& prepared, std::size_t most,
                                    detail::parallel& workers) {
  const detail::tail_sample& tail = prepared.tail;
  const detail::distance_rule rule = detail::rule_of(prepared.kind, prepared.distance);
  const std::size_t best =
      detail::best_cut_off<Model>(tail, rule, prepared.candidates, &workers).index;
  const std::vector<std::size_t> chosen = choose_cut_offs(tail, prepared.candidates, most, best);
  std::vector<cut_off> curve(chosen.size());
  workers.for_chunks(chosen.size(), 16, [&](std::size_t begin, std::size_t end) {
    detail::cut_off_scorer<Model> scorer(tail, rule);
    for (std::size_t i = begin; i < end; ++i) {
      scorer.fit(chosen[i]);
      curve[i] = {tail.value[chosen[i]], static_cast<std::uint64_t>(tail.tail_size[chosen[i]]),
                  scorer.model().alpha(), scorer.distance()};
    }
  });
  return curve;
}

}  // namespace

std::string explain(fit_status status) {
  switch (status) {
    case fit_status::fitted:
      return "a power law was fitted";
    case fit_status::empty_sample:
      return "the sample is empty";
    case fit_status::not_finite:
      return "the sample holds values that are infinite or not numbers";
    case fit_status::nothing_positive:
      return "no value is positive: a power law is about positive values";
    case fit_status::not_whole:
      return "a discrete fit needs whole numbers; these are not: ask for a continuous fit";
    case fit_status::constant_sample:
      return "every positive value is the same: no exponent fits best";
    case fit_status::tail_too_small:
      return "too few values lie at or above x_min";
    case fit_status::constant_tail:
      return "every value at or above x_min equals it: no exponent fits best";
  }
  return "unknown";
}

std::string explain_zh(fit_status status) {
  switch (status) {
    case fit_status::fitted:
      return "已拟合幂律";
    case fit_status::empty_sample:
      return "样本为空";
    case fit_status::not_finite:
      return "样本中有无穷大或非数值";
    case fit_status::nothing_positive:
      return "没有正值：幂律只针对正值";
    case fit_status::not_whole:
      return "离散拟合需要整数，而样本不全是整数：请用连续拟合";
    case fit_status::constant_sample:
      return "所有正值都相同：没有最佳指数";
    case fit_status::tail_too_small:
      return "不小于 x_min 的值太少";
    case fit_status::constant_tail:
      return "不小于 x_min 的值都等于 x_min：没有最佳指数";
  }
  return "未知";
}

power_law_result fit_power_law(const value_counts& sample, const power_law_options& options,
                               const execution& exec) {
  detail::parallel workers(exec);
  const prepared_sample prepared = detail::prepare(sample, options, workers);
  power_law_result result;
  result.status = prepared.status;
  result.kind = prepared.kind;
  result.distance = prepared.distance;
  result.sample = prepared.accounting;
  if (prepared.status != fit_status::fitted) return result;
  result.fit = prepared.kind == sample_kind::discrete
                   ? fit_tail<detail::discrete_model>(prepared, options, workers, exec)
                   : fit_tail<detail::continuous_model>(prepared, options, workers, exec);
  return result;
}

std::vector<cut_off> distance_curve(const value_counts& sample, const power_law_options& options,
                                    std::size_t most, const execution& exec) {
  power_law_options scanned = options;
  scanned.x_min.reset();
  detail::parallel workers(exec);
  const prepared_sample prepared = detail::prepare(sample, scanned, workers);
  if (prepared.status != fit_status::fitted) return {};
  return prepared.kind == sample_kind::discrete
             ? score_cut_offs<detail::discrete_model>(prepared, most, workers)
             : score_cut_offs<detail::continuous_model>(prepared, most, workers);
}

std::optional<bootstrap_result> bootstrap_power_law(const value_counts& sample,
                                                    const power_law_options& options,
                                                    const bootstrap_options& bootstrap,
                                                    const execution& exec) {
  if (!(bootstrap.confidence > 0.0 && bootstrap.confidence < 1.0)) {
    throw std::invalid_argument(fmt::format(
        "bootstrap_options.confidence is {}; it must lie between 0 and 1", bootstrap.confidence));
  }
  detail::parallel workers(exec);
  const prepared_sample prepared = detail::prepare(sample, options, workers);
  if (prepared.status != fit_status::fitted || bootstrap.replicates == 0) return std::nullopt;
  return detail::resample_fits(prepared, options, bootstrap, workers, exec);
}

power_law_result fit_power_law(std::span<const double> sample, const power_law_options& options,
                               const execution& exec) {
  return fit_power_law(count_values(sample, exec), options, exec);
}

power_law_result fit_power_law(std::span<const std::uint64_t> sample,
                               const power_law_options& options, const execution& exec) {
  return fit_power_law(count_values(sample, exec), options, exec);
}

power_law_result fit_power_law(std::span<const std::uint32_t> sample,
                               const power_law_options& options, const execution& exec) {
  return fit_power_law(count_values(sample, exec), options, exec);
}

}  // namespace valuenet
