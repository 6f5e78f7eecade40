#include "statistics/power_law_bootstrap.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "detail/hurwitz_zeta.hpp"
#include "detail/progress.hpp"
#include "detail/random.hpp"
#include "statistics/multinomial.hpp"

namespace valuenet::detail {

namespace {

// An exact draw from the zeta distribution on x_min, x_min + 1, ..., by inversion: a Pareto law's
// guess, put right by the distribution itself.
double draw_zeta(random_stream& random, double alpha, double x_min) {
  const double u = random.uniform_positive();
  const double guess = (x_min - 0.5) * std::pow(u, -1.0 / (alpha - 1.0)) + 0.5;
  constexpr double exact_whole = 4503599627370496.0;  // 2^52: beyond it the guess is as good
  constexpr double largest = 1e300;
  if (!(guess < exact_whole)) return std::min(guess, largest);
  double x = std::max(x_min, std::floor(guess));
  while (x > x_min && zeta_survival(alpha, x_min, x) < u) x -= 1.0;
  while (zeta_survival(alpha, x_min, x + 1.0) >= u) x += 1.0;
  return x;
}

// What one worker needs to make and judge replicates.
struct scratch {
  std::vector<std::uint64_t> counts;
  std::vector<double> draws;
  tail_sample sample;
};

void append(tail_sample& sample, double log_value, double count) {
  sample.log_value.push_back(log_value);
  sample.tail_size.push_back(count);
}

// Turns counts per value into the sums that fits need.
void accumulate(tail_sample& sample) {
  const std::size_t size = sample.size();
  sample.tail_size.push_back(0.0);
  sample.log_excess.assign(size, 0.0);
  for (std::size_t i = size; i-- > 0;) {
    const double above = sample.tail_size[i + 1];
    if (i + 1 < size) {
      sample.log_excess[i] =
          sample.log_excess[i + 1] + above * (sample.log_value[i + 1] - sample.log_value[i]);
    }
    sample.tail_size[i] += above;
  }
}

// Makes replicates: values below x_min as in the sample, the others from the fitted law. All values
// that are likely share one multinomial draw; those far out in the tail are drawn one by one.
class replicate_maker {
 public:
  replicate_maker(const prepared_sample& prepared, const power_law_fit& fit)
      : kind_(prepared.kind), alpha_(fit.alpha_maximum_likelihood), x_min_(fit.x_min) {
    const std::vector<double>& known = prepared.tail.value;
    const auto head_end = std::lower_bound(known.begin(), known.end(), fit.x_min);
    values_.assign(known.begin(), head_end);
    head_ = values_.size();
    std::vector<double> weights(head_);
    for (std::size_t i = 0; i < head_; ++i) weights[i] = prepared.tail.count(i);

    const auto tail_size = static_cast<double>(fit.tail_size);
    double far = tail_size;  // expected number of values beyond the table
    far_start_ = x_min_;
    if (kind_ == sample_kind::discrete) {
      // A cell that is hit more rarely costs more to look at than its values cost to draw.
      constexpr double rare = 0.01;
      constexpr std::size_t most_cells = std::size_t{1} << 16;
      constexpr double exact_whole = 4503599627370496.0;
      for (std::size_t k = 0; k < most_cells && far_start_ < exact_whole; ++k) {
        const double beyond = tail_size * zeta_survival(alpha_, x_min_, far_start_ + 1.0);
        if (far - beyond < rare) break;
        values_.push_back(far_start_);
        weights.push_back(far - beyond);
        far = beyond;
        far_start_ += 1.0;
      }
    }
    weights.push_back(far);
    logs_.resize(values_.size());
    std::transform(values_.begin(), values_.end(), logs_.begin(),
                   [](double value) { return std::log(value); });
    sampler_ = multinomial_sampler(weights, prepared.accounting.kept);
  }

  /// Returns the number of distinct values below the fitted x_min.
  std::size_t make(random_stream& random, scratch& work) const {
    work.counts.resize(sampler_.cells());
    sampler_.draw(random, work.counts);
    work.sample.clear();
    std::size_t below = 0;
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (work.counts[i] == 0) continue;
      work.sample.value.push_back(values_[i]);
      append(work.sample, logs_[i], static_cast<double>(work.counts[i]));
      if (i < head_) ++below;
    }
    if (kind_ == sample_kind::discrete) {
      draw_far(random, work, work.counts.back());
    } else {
      draw_pareto(random, work.sample, work.counts.back());
    }
    accumulate(work.sample);
    return below;
  }

 private:
  void draw_far(random_stream& random, scratch& work, std::uint64_t count) const {
    work.draws.resize(count);
    for (double& draw : work.draws) draw = draw_zeta(random, alpha_, far_start_);
    std::sort(work.draws.begin(), work.draws.end());
    const double* last = nullptr;
    for (const double& value : work.draws) {
      if (last != nullptr && *last == value) {
        work.sample.tail_size.back() += 1.0;
      } else {
        work.sample.value.push_back(value);
        append(work.sample, std::log(value), 1.0);
      }
      last = &value;
    }
  }

  // In ascending order at once: the steps between ordered logarithms are exponential (Renyi 1953).
  // Fits of such samples look at logarithms only.
  void draw_pareto(random_stream& random, tail_sample& sample, std::uint64_t count) const {
    double log_value = std::log(x_min_);
    for (std::uint64_t left = count; left > 0; --left) {
      log_value -=
          std::log(random.uniform_positive()) / (static_cast<double>(left) * (alpha_ - 1.0));
      if (left < count && sample.log_value.back() == log_value) {
        sample.tail_size.back() += 1.0;
      } else {
        append(sample, log_value, 1.0);
      }
    }
  }

  sample_kind kind_;
  double alpha_;
  double x_min_;
  double far_start_;
  std::size_t head_ = 0;  // values_[0 .. head_) are the sample's below x_min
  std::vector<double> values_;
  std::vector<double> logs_;
  multinomial_sampler sampler_;
};

// Whether the values from `first` on are not all x_min.
bool has_fit_from(const tail_sample& sample, std::size_t first, double x_min) {
  return first < sample.size() &&
         (first + 1 < sample.size() || sample.log_value[first] > std::log(x_min));
}

// Whether some cut-off of the replicate fits better than the data's distance. The search starts
// where it is likely, at the fitted x_min, and goes outwards.
template <class Model>
bool fits_better(const tail_sample& sample, const distance_rule& rule, double distance,
                 std::size_t start, std::size_t candidates, const parallel& workers) {
  cut_off_scorer<Model> scorer(sample, rule);
  const double limit = std::nextafter(distance, 0.0);  // "at least the distance" is failure
  std::size_t up = std::min(start, candidates);
  std::size_t down = up;
  std::size_t hint_up = 0;
  std::size_t hint_down = 0;
  for (std::size_t round = 1; up < candidates || down > 0; ++round) {
    if (round % 65536 == 0) workers.check_stop();
    if (up < candidates) {
      scorer.fit(up++);
      if (!scorer.exceeds(limit, hint_up)) return true;
    }
    if (down > 0) {
      scorer.fit(--down);
      if (!scorer.exceeds(limit, hint_down)) return true;
    }
  }
  return false;
}

template <class Model>
bool fits_better_at(const tail_sample& sample, const distance_rule& rule, double distance,
                    std::size_t first, double x_min) {
  if (!has_fit_from(sample, first, x_min)) return false;
  cut_off_scorer<Model> scorer(sample, rule);
  scorer.fit(first, x_min);
  std::size_t hint = 0;
  return !scorer.exceeds(std::nextafter(distance, 0.0), hint);
}

// Candidates are the values but the largest with enough values at or above them.
std::size_t candidate_count(const tail_sample& sample, std::uint64_t min_tail_size) {
  if (sample.size() < 2) return 0;
  const auto smallest = static_cast<double>(std::max<std::uint64_t>(2, min_tail_size));
  const auto end = sample.tail_size.begin() + static_cast<std::ptrdiff_t>(sample.size() - 1);
  return static_cast<std::size_t>(
      std::partition_point(sample.tail_size.begin(), end,
                           [&](double size) { return size >= smallest; }) -
      sample.tail_size.begin());
}

// Enough work for a chunk to be worth handing out, little enough to be stopped in time.
std::size_t replicates_per_chunk(const prepared_sample& prepared) {
  return std::clamp<std::size_t>(20'000 / (prepared.tail.size() + 1), 1, 32);
}

template <class Model>
goodness_of_fit test(const prepared_sample& prepared, const power_law_fit& fit,
                     const power_law_options& options, parallel& workers, const execution& exec) {
  const distance_rule rule = rule_of(prepared.kind, prepared.distance);
  const replicate_maker maker(prepared, fit);
  const bool is_fixed = prepared.x_min.has_value();
  std::vector<scratch> scratches(workers.workers());
  std::atomic<std::uint64_t> better{0};
  progress report(exec, "power-law p-value", options.bootstrap_replicates);
  workers.for_chunks(
      options.bootstrap_replicates, replicates_per_chunk(prepared),
      [&](std::size_t begin, std::size_t end, std::size_t worker) {
        scratch& work = scratches[worker];
        std::uint64_t found = 0;
        for (std::size_t replicate = begin; replicate < end; ++replicate) {
          random_stream random(options.seed, replicate);
          const std::size_t first = maker.make(random, work);
          const bool is_better =
              is_fixed ? fits_better_at<Model>(work.sample, rule, fit.ks_distance, first, fit.x_min)
                       : fits_better<Model>(work.sample, rule, fit.ks_distance, first,
                                            candidate_count(work.sample, options.min_tail_size),
                                            workers);
          found += is_better ? 1 : 0;
        }
        better += found;
        report.advance(end - begin);
      });

  goodness_of_fit result;
  result.replicates = options.bootstrap_replicates;
  const auto replicates = static_cast<double>(result.replicates);
  result.p_value = static_cast<double>(result.replicates - better.load()) / replicates;
  result.standard_error = std::sqrt(result.p_value * (1.0 - result.p_value) / replicates);
  return result;
}

// What one replicate of the nonparametric bootstrap found.
struct refit {
  double alpha = 0.0;  // 0: no fit
  double x_min = 0.0;
  double tail_size = 0.0;
};

template <class Model>
refit fit_again(const tail_sample& sample, const prepared_sample& prepared,
                const power_law_options& options, const distance_rule& rule) {
  cut_off_scorer<Model> scorer(sample, rule);
  refit result;
  std::size_t first = 0;
  if (prepared.x_min) {
    result.x_min = *prepared.x_min;
    first = static_cast<std::size_t>(
        std::lower_bound(sample.value.begin(), sample.value.end(), result.x_min) -
        sample.value.begin());
    if (!has_fit_from(sample, first, result.x_min)) return result;
  } else {
    const std::size_t candidates = candidate_count(sample, options.min_tail_size);
    if (candidates == 0) return result;
    first = best_cut_off<Model>(sample, rule, candidates).index;
    result.x_min = sample.value[first];
  }
  scorer.fit(first, result.x_min);
  result.alpha = scorer.model().alpha();
  result.tail_size = sample.tail_size[first];
  if (options.correction == finite_size_correction::applied) {
    result.alpha = corrected_alpha(result.alpha, result.tail_size);
  }
  return result;
}

// The percentile interval and the standard deviation of one field.
interval summarize(std::vector<double>& values, double confidence, double& deviation) {
  double mean = 0.0;
  for (const double value : values) mean += value;
  mean /= static_cast<double>(values.size());
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  deviation =
      values.size() < 2 ? 0.0 : std::sqrt(squares / (static_cast<double>(values.size()) - 1.0));
  std::sort(values.begin(), values.end());
  // Values that occurred: an x_min between two whole numbers would be none.
  const auto quantile = [&](double share) {
    return values[static_cast<std::size_t>(
        std::round(share * (static_cast<double>(values.size()) - 1.0)))];
  };
  const double outside = 0.5 * (1.0 - confidence);
  return {quantile(outside), quantile(1.0 - outside)};
}

}  // namespace

double corrected_alpha(double alpha, double tail_size) {
  return alpha * (tail_size - 1.0) / tail_size + 1.0 / tail_size;
}

goodness_of_fit test_fit(const prepared_sample& prepared, const power_law_fit& fit,
                         const power_law_options& options, parallel& workers,
                         const execution& exec) {
  return prepared.kind == sample_kind::discrete
             ? test<discrete_model>(prepared, fit, options, workers, exec)
             : test<continuous_model>(prepared, fit, options, workers, exec);
}

std::optional<bootstrap_result> resample_fits(const prepared_sample& prepared,
                                              const power_law_options& options,
                                              const bootstrap_options& bootstrap, parallel& workers,
                                              const execution& exec) {
  const distance_rule rule = rule_of(prepared.kind, prepared.distance);
  std::vector<double> weights(prepared.tail.size());
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = prepared.tail.count(i);
  const multinomial_sampler sampler(weights, prepared.accounting.kept);
  std::vector<scratch> scratches(workers.workers());
  std::vector<refit> refits(bootstrap.replicates);
  progress report(exec, "power-law intervals", bootstrap.replicates);
  workers.for_chunks(
      bootstrap.replicates, replicates_per_chunk(prepared),
      [&](std::size_t begin, std::size_t end, std::size_t worker) {
        scratch& work = scratches[worker];
        for (std::size_t replicate = begin; replicate < end; ++replicate) {
          random_stream random(bootstrap.seed, replicate);
          work.counts.resize(sampler.cells());
          sampler.draw(random, work.counts);
          work.sample.clear();
          for (std::size_t i = 0; i < work.counts.size(); ++i) {
            if (work.counts[i] == 0) continue;
            work.sample.value.push_back(prepared.tail.value[i]);
            append(work.sample, prepared.tail.log_value[i], static_cast<double>(work.counts[i]));
          }
          accumulate(work.sample);
          refits[replicate] =
              prepared.kind == sample_kind::discrete
                  ? fit_again<discrete_model>(work.sample, prepared, options, rule)
                  : fit_again<continuous_model>(work.sample, prepared, options, rule);
        }
        report.advance(end - begin);
      });

  std::erase_if(refits, [](const refit& fit) { return fit.alpha == 0.0; });
  if (refits.empty()) return std::nullopt;
  bootstrap_result result;
  result.replicates = refits.size();
  result.without_fit = bootstrap.replicates - refits.size();
  std::vector<double> values(refits.size());
  const auto summary = [&](double refit::*field, double& deviation) {
    std::transform(refits.begin(), refits.end(), values.begin(),
                   [field](const refit& fit) { return fit.*field; });
    return summarize(values, bootstrap.confidence, deviation);
  };
  result.alpha = summary(&refit::alpha, result.alpha_deviation);
  result.x_min = summary(&refit::x_min, result.x_min_deviation);
  result.tail_size = summary(&refit::tail_size, result.tail_size_deviation);
  return result;
}

}  // namespace valuenet::detail
