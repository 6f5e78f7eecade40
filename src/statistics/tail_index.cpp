#include "valuenet/statistics/tail_index.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "detail/parallel.hpp"
#include "detail/progress.hpp"
#include "detail/random.hpp"
#include "statistics/multinomial.hpp"
#include "statistics/order_statistics.hpp"
#include "statistics/power_law_sample.hpp"

namespace valuenet {

namespace {

constexpr std::size_t estimators = 3;
constexpr std::size_t smallest_sample = 20;

// The k at which estimates are compared: all small ones, then steps of 1.5%.
std::vector<std::size_t> search_grid(std::size_t most) {
  std::vector<std::size_t> ks;
  for (std::size_t k = 2; k <= most;
       k = std::max(k + 1, static_cast<std::size_t>(static_cast<double>(k) * 1.015))) {
    ks.push_back(k);
  }
  return ks;
}

// Resamples of one size: where estimates are compared, and how.
struct resample_size {
  std::size_t size;
  std::vector<std::size_t> ks;
  detail::order_statistics statistics;

  resample_size(std::size_t values, double share_searched)
      : size(values),
        ks(search_grid(static_cast<std::size_t>(share_searched * static_cast<double>(values)))),
        statistics(values, ks.empty() ? 0 : ks.back()) {}
};

// Sums of squared differences between estimate and auxiliary, per estimator and k.
struct squared_errors {
  std::vector<double> sum;
  std::vector<std::uint32_t> count;

  void add(const squared_errors& other) {
    if (sum.empty())
      *this = squared_errors{std::vector<double>(other.sum.size()),
                             std::vector<std::uint32_t>(other.sum.size())};
    for (std::size_t i = 0; i < other.sum.size(); ++i) {
      sum[i] += other.sum[i];
      count[i] += other.count[i];
    }
  }
};

// The largest values' logarithms, descending, of the whole sample or, for whole numbers, with
// noise.
class log_values {
 public:
  log_values(const value_counts& sample, std::size_t most) : sample_(&sample), most_(most) {}

  [[nodiscard]] std::vector<double> draw(bool with_noise, detail::random_stream random) const {
    std::vector<double> logs;
    logs.reserve(most_);
    for (std::size_t i = sample_->values.size(); i-- > 0 && logs.size() < most_;) {
      const double value = sample_->values[i];
      if (value <= 0.0) break;
      const std::uint64_t count = sample_->counts[i];
      // The largest of `count` uniform numbers, then the largest of the others below it, ...
      double uniform = 1.0;
      for (std::uint64_t left = count; left > 0 && logs.size() < most_; --left) {
        if (with_noise) {
          uniform *= std::pow(random.uniform_positive(), 1.0 / static_cast<double>(left));
          logs.push_back(std::log(value - 0.5 + uniform));
        } else {
          logs.push_back(std::log(value));
        }
      }
    }
    return logs;
  }

 private:
  const value_counts* sample_;
  std::size_t most_;
};

// Draws with replacement among `counts.size()` positions, two from each 64 random bits.
void scatter(detail::random_stream& random, std::uint64_t draws,
             std::vector<std::uint16_t>& counts) {
  std::fill(counts.begin(), counts.end(), std::uint16_t{0});
  const std::uint64_t size = counts.size();
  const std::uint64_t uneven = (std::uint64_t{1} << 32) % size;
  std::uint64_t bits = 0;
  for (bool half = false; draws > 0; half = !half) {
    bits = half ? bits >> 32 : random();
    const std::uint64_t product = (bits & 0xFFFFFFFFU) * size;
    if ((product & 0xFFFFFFFFU) < uneven) continue;  // would favour some positions
    ++counts[product >> 32];
    --draws;
  }
}

// One repeat's findings.
struct repeat_result {
  std::array<std::optional<double>, estimators> index{};
  std::array<std::size_t, estimators> k{};
};

// Draisma et al. 1999: the factor between k1^2/k2 and the best k of the moments estimator.
double moments_factor(double xi, double n1, double k1) {
  const double rho = std::log(k1) / (2.0 * (std::log(k1) - std::log(n1)));
  const double r = 1.0 - rho;
  double variance = 0.0;
  double auxiliary_variance = 0.0;
  double bias = 0.0;
  double auxiliary_bias = 0.0;
  if (xi >= 0.0) {
    variance = 1.0 + xi * xi;
    auxiliary_variance = 0.25 * (1.0 + xi * xi);
    bias = xi / (rho * r) + 1.0 / (r * r);
    auxiliary_bias = -(rho + xi * r) / (2.0 * r * r * r);
  } else {
    const double y = 1.0 - xi;
    variance = y * y * (1.0 - 2.0 * xi) * (6.0 * xi * xi - xi + 1.0) /
               ((1.0 - 3.0 * xi) * (1.0 - 4.0 * xi));
    const double polynomial =
        1.0 + xi * (-8.0 + xi * (48.0 + xi * (-154.0 + xi * (263.0 + xi * (-222.0 + xi * 72.0)))));
    auxiliary_variance = 0.25 * y * y * polynomial /
                         ((1.0 - 2.0 * xi) * (1.0 - 3.0 * xi) * (1.0 - 4.0 * xi) *
                          (1.0 - 5.0 * xi) * (1.0 - 6.0 * xi));
    if (xi < rho) {
      bias = y * (1.0 - 2.0 * xi) / ((r - xi) * (r - 2.0 * xi));
      auxiliary_bias = -0.5 * rho * y * y / ((r - xi) * (r - 2.0 * xi) * (r - 3.0 * xi));
    } else {
      bias = 1.0 / y;
      auxiliary_bias = (1.0 - 2.0 * xi - std::sqrt(y * (1.0 - 2.0 * xi))) / (y * (1.0 - 2.0 * xi));
    }
  }
  return std::pow(variance * auxiliary_bias * auxiliary_bias / (auxiliary_variance * bias * bias),
                  1.0 / (1.0 - 2.0 * rho));
}

// Qi 2008.
double hill_factor(double n1, double k1) {
  const double ratio = std::log(k1) / std::log(n1);
  return std::pow(2.0 * (1.0 / ratio - 1.0), ratio - 1.0);
}

// Groeneboom et al. 2003, for biweight and triweight: between h1^2/h2 and the best bandwidth.
double kernel_factor(double n1, double h1) {
  const double log_n = std::log(n1);
  const double log_h = std::log(h1);
  const double up = log_n + log_h;
  const double down = log_n - 13.0 * log_h;
  return std::pow(143.0 * up * up / (3.0 * down * down), -log_h / log_n);
}

// The k with the least mean squared error among those not below `lowest`; 0 when there is none.
std::size_t least_error(const squared_errors& errors, const resample_size& resample,
                        std::size_t estimator, std::size_t lowest, std::uint32_t replicates) {
  double least = std::numeric_limits<double>::infinity();
  std::size_t best = 0;
  const std::size_t offset = estimator * resample.ks.size();
  for (std::size_t i = 0; i < resample.ks.size(); ++i) {
    const std::uint32_t count = errors.count[offset + i];
    if (resample.ks[i] < lowest || 2 * count < replicates) continue;
    const double mean = errors.sum[offset + i] / static_cast<double>(count);
    if (mean < least) {
      least = mean;
      best = resample.ks[i];
    }
  }
  return best;
}

class double_bootstrap {
 public:
  double_bootstrap(std::size_t sample_size, std::size_t looked_at,
                   const tail_index_options& options, detail::parallel& workers)
      : options_(options),
        sample_size_(sample_size),
        looked_at_(looked_at),
        first_(first_size(sample_size), searched()),
        second_(first_.size * first_.size / sample_size, searched()),
        all_(sample_size, looked_at),
        workers_(&workers),
        counts_(workers.workers()) {}

  repeat_result run(const std::vector<double>& logs, std::uint64_t first_stream,
                    detail::progress& report) {
    const squared_errors first = resample(logs, first_, first_stream, report);
    const squared_errors second =
        resample(logs, second_, first_stream + options_.replicates, report);
    repeat_result result;
    for (std::size_t estimator = 0; estimator < estimators; ++estimator) {
      const std::size_t k = choose(logs, estimator, first, second);
      if (k == 0) continue;
      const double index = estimate(logs, estimator, k);
      if (!std::isfinite(index)) continue;
      result.index[estimator] = index;
      result.k[estimator] = k;
    }
    return result;
  }

 private:
  // n^(1 - epsilon) with the second size, n1^2 / n, half of n.
  static std::size_t first_size(std::size_t n) {
    const double size = static_cast<double>(n);
    return static_cast<std::size_t>(std::sqrt(size * std::floor(0.5 * size)));
  }

  // The share of a sample in which k is searched: not the very last values; where only some of the
  // values are looked at, a resample may hold fewer of these than expected.
  [[nodiscard]] double searched() const {
    constexpr double all_but = 0.99;
    if (looked_at_ == sample_size_) return all_but;
    return 0.95 * static_cast<double>(looked_at_) / static_cast<double>(sample_size_);
  }

  squared_errors resample(const std::vector<double>& logs, const resample_size& resample,
                          std::uint64_t first_stream, detail::progress& report) {
    const std::size_t cells = estimators * resample.ks.size();
    const double share = static_cast<double>(looked_at_) / static_cast<double>(sample_size_);
    std::vector<std::vector<std::uint16_t>>& scratch = counts_;
    constexpr std::size_t grain = 5;
    std::vector<squared_errors> parts((options_.replicates + grain - 1) / grain);
    workers_->for_chunks(
        options_.replicates, grain, [&](std::size_t begin, std::size_t end, std::size_t worker) {
          squared_errors& part = parts[begin / grain];
          part.sum.assign(cells, 0.0);
          part.count.assign(cells, 0);
          std::vector<std::uint16_t>& counts = scratch[worker];
          counts.resize(looked_at_);
          for (std::size_t replicate = begin; replicate < end; ++replicate) {
            detail::random_stream random(options_.seed, first_stream + replicate);
            const std::uint64_t draws = looked_at_ == sample_size_
                                            ? resample.size
                                            : detail::draw_binomial(random, resample.size, share);
            scatter(random, draws, counts);
            resample.statistics.visit(logs, counts, resample.ks,
                                      [&](std::size_t i, const detail::estimates_at_k& estimates) {
                                        for (std::size_t e = 0; e < estimators; ++e) {
                                          const double difference =
                                              estimates[e].estimate - estimates[e].auxiliary;
                                          const double square = difference * difference;
                                          if (!std::isfinite(square)) continue;
                                          part.sum[e * resample.ks.size() + i] += square;
                                          ++part.count[e * resample.ks.size() + i];
                                        }
                                      });
          }
          report.advance(end - begin);
        });
    squared_errors total;
    for (const squared_errors& part : parts) total.add(part);
    return total;
  }

  // The number of values that the estimator should use; 0 when the resamples contradict each other.
  std::size_t choose(const std::vector<double>& logs, std::size_t estimator,
                     const squared_errors& first, const squared_errors& second) const {
    const auto kind = static_cast<tail_index_estimator>(estimator);
    const std::size_t step = std::max<std::size_t>(1, sample_size_ / 200);
    std::size_t k1 = 0;
    std::size_t k2 = 0;
    for (std::size_t lowest = 2;; lowest += step) {
      k1 = least_error(first, first_, estimator, lowest, options_.replicates);
      k2 = least_error(second, second_, estimator, lowest, options_.replicates);
      if (k1 == 0 || k2 == 0) return 0;
      // A larger k from fewer values is a false minimum among the smallest k: look beyond it.
      if (kind == tail_index_estimator::kernel || k2 < k1) break;
    }
    const auto n1 = static_cast<double>(first_.size);
    const auto larger = static_cast<double>(k1);
    const auto smaller = static_cast<double>(k2);
    double k = 0.0;
    switch (kind) {
      case tail_index_estimator::hill:
        k = std::round(larger * larger / smaller * hill_factor(n1, larger));
        break;
      case tail_index_estimator::moments: {
        const auto root = static_cast<std::size_t>(std::sqrt(static_cast<double>(sample_size_)));
        const double xi = estimate(logs, estimator, root);
        k = std::floor(larger * larger / smaller * moments_factor(xi, n1, larger));
        break;
      }
      case tail_index_estimator::kernel: {
        const double h1 = larger / n1;
        const double h2 = smaller / static_cast<double>(second_.size);
        const double h = std::min(1.0, h1 * h1 / h2 * kernel_factor(n1, h1));
        k = std::floor(h * static_cast<double>(sample_size_));
        break;
      }
    }
    if (!std::isfinite(k)) return 0;
    return static_cast<std::size_t>(std::clamp(k, 2.0, static_cast<double>(looked_at_ - 1)));
  }

  double estimate(const std::vector<double>& logs, std::size_t estimator, std::size_t k) const {
    double result = std::numeric_limits<double>::quiet_NaN();
    const std::array<std::size_t, 1> ks{k};
    all_.visit(logs, {}, ks, [&](std::size_t, const detail::estimates_at_k& estimates) {
      result = estimates[estimator].estimate;
    });
    return result;
  }

  tail_index_options options_;
  std::size_t sample_size_;
  std::size_t looked_at_;
  resample_size first_;
  resample_size second_;
  detail::order_statistics all_;
  detail::parallel* workers_;
  std::vector<std::vector<std::uint16_t>> counts_;
};

using indices = std::array<std::optional<double>, estimators>;

// Nothing where an index is missing, unless one that is there decides.
std::optional<tail_class> classify(const indices& found) {
  double least = std::numeric_limits<double>::infinity();
  bool is_complete = true;
  for (const std::optional<double>& index : found) {
    if (index) least = std::min(least, *index);
    is_complete = is_complete && index.has_value();
  }
  if (least <= 0.0) return tail_class::not_power_law;
  if (!is_complete) return std::nullopt;
  if (least <= 0.25) return tail_class::hardly_power_law;
  return least <= 0.5 ? tail_class::power_law : tail_class::power_law_with_diverging_variance;
}

void summarize(const std::vector<repeat_result>& repeats, tail_index_result& result) {
  indices medians;
  for (std::size_t e = 0; e < estimators; ++e) {
    tail_index_estimate& estimate = result.estimates[e];
    std::vector<std::pair<double, std::size_t>> found;
    for (const repeat_result& repeat : repeats) {
      if (repeat.index[e]) found.emplace_back(*repeat.index[e], repeat.k[e]);
    }
    estimate.repeats = static_cast<std::uint32_t>(found.size());
    if (2 * found.size() <= repeats.size()) continue;
    std::sort(found.begin(), found.end());
    const auto& [index, k] = found[(found.size() - 1) / 2];
    estimate.index = medians[e] = index;
    estimate.lowest = found.front().first;
    estimate.highest = found.back().first;
    estimate.order_statistics = k;
    if (index > 0.0) estimate.alpha = 1.0 + 1.0 / index;
  }
  result.verdict = classify(medians);
  if (!result.verdict) return;
  std::size_t decided = 0;
  std::size_t agreeing = 0;
  for (const repeat_result& repeat : repeats) {
    const std::optional<tail_class> verdict = classify(repeat.index);
    if (verdict) ++decided;
    if (verdict == result.verdict) ++agreeing;
  }
  result.agreement =
      decided == 0 ? 0.0 : static_cast<double>(agreeing) / static_cast<double>(decided);
}

void check_at_least(const char* field, std::size_t value, std::size_t least) {
  if (value < least) {
    throw std::invalid_argument(
        fmt::format("tail_index_options.{} is {}; it must be at least {}", field, value, least));
  }
}

}  // namespace

std::string_view to_string(tail_index_estimator value) noexcept {
  switch (value) {
    case tail_index_estimator::hill:
      return "hill";
    case tail_index_estimator::moments:
      return "moments";
    case tail_index_estimator::kernel:
      return "kernel";
  }
  return "unknown";
}

std::string_view to_string(tail_class value) noexcept {
  switch (value) {
    case tail_class::not_power_law:
      return "not a power law";
    case tail_class::hardly_power_law:
      return "hardly a power law";
    case tail_class::power_law:
      return "a power law";
    case tail_class::power_law_with_diverging_variance:
      return "a power law with diverging variance";
  }
  return "unknown";
}

tail_index_result tail_index(const value_counts& sample, const tail_index_options& options,
                             const execution& exec) {
  check_at_least("repeats", options.repeats, 1);
  check_at_least("replicates", options.replicates, 2);
  check_at_least("most_order_statistics", options.most_order_statistics, smallest_sample);
  detail::check_ascending(sample);
  detail::parallel workers(exec);

  tail_index_result result;
  for (std::size_t e = 0; e < estimators; ++e) {
    result.estimates[e].estimator = static_cast<tail_index_estimator>(e);
  }
  bool is_whole = true;
  for (std::size_t i = 0; i < sample.values.size(); ++i) {
    if (sample.values[i] <= 0.0) continue;
    result.sample_size += sample.counts[i];
    is_whole = is_whole && std::floor(sample.values[i]) == sample.values[i];
  }
  result.had_noise = is_whole;
  if (result.sample_size < smallest_sample || sample.not_finite > 0) return result;

  const auto size = static_cast<std::size_t>(result.sample_size);
  const std::size_t looked_at = std::min(size, options.most_order_statistics);
  const log_values values(sample, looked_at);
  double_bootstrap bootstrap(size, looked_at, options, workers);
  const std::uint64_t streams = 1 + 2 * std::uint64_t{options.replicates};
  detail::progress report(exec, "tail index",
                          2 * std::uint64_t{options.repeats} * options.replicates);
  std::vector<repeat_result> repeats;
  for (std::uint32_t repeat = 0; repeat < options.repeats; ++repeat) {
    const std::uint64_t stream = repeat * streams;
    const std::vector<double> logs =
        values.draw(is_whole, detail::random_stream(options.seed, stream));
    repeats.push_back(bootstrap.run(logs, stream + 1, report));
  }
  summarize(repeats, result);
  return result;
}

}  // namespace valuenet
