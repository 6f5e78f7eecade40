#include "valuenet/statistics/trend.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/math/distributions/normal.hpp>

namespace valuenet {
namespace {

constexpr std::size_t most_points = 10'000;
constexpr std::size_t most_exact = 100;

void check(std::span<const double> times, std::span<const double> values,
           const trend_options& options) {
  if (times.size() != values.size()) {
    throw std::invalid_argument("trend: " + std::to_string(times.size()) + " times and " +
                                std::to_string(values.size()) + " values");
  }
  if (times.size() > most_points) {
    throw std::invalid_argument("trend: " + std::to_string(times.size()) + " points; at most " +
                                std::to_string(most_points));
  }
  const auto is_finite = [](double x) { return std::isfinite(x); };
  if (!std::all_of(times.begin(), times.end(), is_finite) ||
      !std::all_of(values.begin(), values.end(), is_finite)) {
    throw std::invalid_argument("trend: a time or value is not finite");
  }
  if (!(options.confidence > 0.0 && options.confidence < 1.0)) {
    throw std::invalid_argument("confidence: " + std::to_string(options.confidence) +
                                " is not in (0, 1)");
  }
}

/// Sizes of the runs of equal values.
std::vector<double> ties_of(std::span<const double> values) {
  std::map<double, double> count;
  for (const double value : values) ++count[value];
  std::vector<double> ties;
  for (const auto& [value, times] : count) {
    if (times > 1.0) ties.push_back(times);
  }
  return ties;
}

template <class Term>
double sum_over(const std::vector<double>& ties, Term&& term) {
  double sum = 0.0;
  for (const double t : ties) sum += term(t);
  return sum;
}

double choose2(double n) {
  return n * (n - 1.0) / 2.0;
}

/// Kendall 1975: of S with ties in either series.
double variance_of(double n, const std::vector<double>& x, const std::vector<double>& y) {
  const auto cubic = [](double t) { return t * (t - 1.0) * (2.0 * t + 5.0); };
  const auto pairs = [](double t) { return t * (t - 1.0); };
  const auto triples = [](double t) { return t * (t - 1.0) * (t - 2.0); };
  double variance = (cubic(n) - sum_over(x, cubic) - sum_over(y, cubic)) / 18.0;
  variance += sum_over(x, triples) * sum_over(y, triples) / (9.0 * triples(n));
  variance += sum_over(x, pairs) * sum_over(y, pairs) / (2.0 * pairs(n));
  return variance;
}

/// Chance that a random order of n has an S as far from 0: over the number of inversions, whose
/// distribution is a product of uniform ones.
double exact_p_value(std::size_t n, long long score) {
  std::vector<double> chance{1.0};
  for (std::size_t k = 2; k <= n; ++k) {
    std::vector<double> next(chance.size() + k - 1, 0.0);
    double window = 0.0;
    for (std::size_t i = 0; i < next.size(); ++i) {
      if (i < chance.size()) window += chance[i];
      if (i >= k) window -= chance[i - k];
      next[i] = std::max(0.0, window) / static_cast<double>(k);
    }
    chance = std::move(next);
  }
  const auto pairs = static_cast<long long>(chance.size()) - 1;
  double p = 0.0;
  for (long long inversions = 0; inversions <= pairs; ++inversions) {
    if (std::llabs(pairs - 2 * inversions) >= std::llabs(score)) {
      p += chance[static_cast<std::size_t>(inversions)];
    }
  }
  return std::min(1.0, p);
}

double median_of(std::vector<double>& values) {
  const std::size_t half = values.size() / 2;
  std::sort(values.begin(), values.end());
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2.0;
}

}  // namespace

std::optional<trend_result> trend(std::span<const double> times, std::span<const double> values,
                                  const trend_options& options) {
  check(times, values, options);
  const std::size_t n = times.size();
  if (n < 3) return std::nullopt;
  trend_result result{.points = n, .slope_interval = {}};
  std::vector<double> slopes;
  slopes.reserve(n * (n - 1) / 2);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) {
      const double time = times[j] - times[i];
      const double rise = values[j] - values[i];
      if (time == 0.0) continue;
      slopes.push_back(rise / time);
      if (rise != 0.0) result.score += (rise > 0.0) == (time > 0.0) ? 1 : -1;
    }
  }
  if (slopes.empty()) return std::nullopt;

  const auto count = static_cast<double>(n);
  const std::vector<double> time_ties = ties_of(times);
  const std::vector<double> value_ties = ties_of(values);
  const double untied_times = choose2(count) - sum_over(time_ties, choose2);
  const double untied_values = choose2(count) - sum_over(value_ties, choose2);
  const auto score = static_cast<double>(result.score);
  if (untied_values > 0.0) result.tau = score / std::sqrt(untied_times * untied_values);
  const double variance = variance_of(count, time_ties, value_ties);
  const boost::math::normal_distribution<double> normal;
  result.is_exact = time_ties.empty() && value_ties.empty() && n <= most_exact;
  if (result.is_exact) {
    result.p_value = exact_p_value(n, result.score);
  } else if (variance > 0.0) {
    const double far = std::max(0.0, std::abs(score) - 1.0) / std::sqrt(variance);
    result.p_value = 2.0 * boost::math::cdf(boost::math::complement(normal, far));
  }

  result.slope = median_of(slopes);
  std::vector<double> rests(n);
  for (std::size_t i = 0; i < n; ++i) rests[i] = values[i] - result.slope * times[i];
  result.intercept = median_of(rests);
  const double spread = boost::math::quantile(normal, 0.5 + options.confidence / 2.0) *
                        std::sqrt(std::max(0.0, variance));
  const auto pairs = static_cast<double>(slopes.size());
  const auto at = [&](double rank) {  // from 1
    return slopes[static_cast<std::size_t>(std::clamp(rank, 1.0, pairs)) - 1];
  };
  result.slope_interval = {at(std::floor((pairs - spread) / 2.0)),
                           at(std::ceil((pairs + spread) / 2.0) + 1.0)};
  return result;
}

}  // namespace valuenet
