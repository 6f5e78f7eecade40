// The two kernels of every power-law fit: alpha at a cut-off, and the Kolmogorov-Smirnov distance,
// which is nearly always given up early.
//
// Both work on distinct values. The distance at cut-off i is a maximum over j >= i of
// |model(j) - sample(j)|, where both fall in j. So an interval of js can be bounded from its ends:
// it is split only while its bound is above what is looked for. And since nearly every cut-off is
// only compared with the best one, one j that lies further off settles it; neighbouring cut-offs
// fail at the same j, which is therefore tried first.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "detail/hurwitz_zeta.hpp"
#include "detail/parallel.hpp"
#include "statistics/tail_sample.hpp"

namespace valuenet::detail {

/// The exponent whose zeta distribution from x_min on has this mean of ln(X/x_min). Precondition:
/// mean_log > 0.
[[nodiscard]] double solve_zeta_exponent(double mean_log, double x_min);

/// P(X >= x) and P(X > x) under the fitted law.
struct survival {
  double at_least;
  double above;
};

/// The zeta distribution fitted at one cut-off.
class discrete_model {
 public:
  explicit discrete_model(const tail_sample& sample) : sample_(&sample) {}

  /// Fits from x_min on, given the mean of ln(x/x_min) over the tail.
  void fit(double x_min, double log_x_min, double mean_log);
  void fit_at(std::size_t i, double mean_log) {
    fit(sample_->value[i], sample_->log_value[i], mean_log);
  }
  [[nodiscard]] double alpha() const noexcept { return alpha_; }

  [[nodiscard]] survival at(std::size_t j) const {
    const double scale = std::exp(-alpha_ * (sample_->log_value[j] - log_x_min_)) * inverse_sum_;
    const double sum = scaled_sum(sample_->value[j]);
    return {scale * sum, scale * (sum - 1.0)};
  }

 private:
  [[nodiscard]] double scaled_sum(double x) const {
    return x < table_end_ ? table_[static_cast<std::size_t>(x)] : hurwitz_scaled(alpha_, x);
  }

  const tail_sample* sample_;
  double alpha_ = 0.0;
  double log_x_min_ = 0.0;
  double inverse_sum_ = 0.0;
  double table_end_ = 0.0;
  std::array<double, 64> table_{};  // scaled sums of small whole numbers
};

/// The Pareto distribution fitted at one cut-off.
class continuous_model {
 public:
  explicit continuous_model(const tail_sample& sample) : sample_(&sample) {}

  void fit(double /*x_min*/, double log_x_min, double mean_log) {
    slope_ = 1.0 / mean_log;
    log_x_min_ = log_x_min;
  }
  void fit_at(std::size_t i, double mean_log) { fit(0.0, sample_->log_value[i], mean_log); }
  [[nodiscard]] double alpha() const noexcept { return 1.0 + slope_; }

  [[nodiscard]] survival at(std::size_t j) const {
    const double p = std::exp(-slope_ * (sample_->log_value[j] - log_x_min_));
    return {p, p};
  }

 private:
  const tail_sample* sample_;
  double slope_ = 0.0;
  double log_x_min_ = 0.0;
};

/// Which deviations count.
struct distance_rule {
  /// Those just above a value, too.
  bool above = true;
  /// Added to the number of values above: 1 where each of equal values is compared on its own.
  double above_extra = 0.0;
};

/// A cut-off and how far its fit is from the sample.
struct scored_cut_off {
  double distance = std::numeric_limits<double>::infinity();
  std::size_t index = std::numeric_limits<std::size_t>::max();

  [[nodiscard]] bool is_better_than(const scored_cut_off& other) const noexcept {
    return distance < other.distance || (distance == other.distance && index < other.index);
  }
};

template <class Model>
class cut_off_scorer {
 public:
  cut_off_scorer(const tail_sample& sample, const distance_rule& rule)
      : sample_(&sample), rule_(rule), model_(sample) {}

  [[nodiscard]] const Model& model() const noexcept { return model_; }

  /// Fits at the i-th distinct value. Precondition: a larger one exists.
  void fit(std::size_t i) {
    first_ = i;
    inverse_size_ = 1.0 / sample_->tail_size[i];
    model_.fit_at(i, sample_->log_excess[i] * inverse_size_);
  }

  /// Fits at x_min <= value[i], the tail beginning with value[i].
  void fit(std::size_t i, double x_min) {
    first_ = i;
    inverse_size_ = 1.0 / sample_->tail_size[i];
    const double log_x_min = std::log(x_min);
    model_.fit(x_min, log_x_min,
               sample_->log_excess[i] * inverse_size_ + (sample_->log_value[i] - log_x_min));
  }

  /// Whether the fit lies further off than `limit`. `hint`: a value to try first; becomes the one
  /// that settled it.
  [[nodiscard]] bool exceeds(double limit, std::size_t& hint) {
    if (hint > first_ && hint < sample_->size() && deviation(hint, model_.at(hint)) > limit) {
      return true;
    }
    double found = limit;
    return search<true>(found, hint);
  }

  /// The distance itself.
  [[nodiscard]] double distance() {
    double found = 0.0;
    std::size_t where = 0;
    search<false>(found, where);
    return found;
  }

 private:
  // Rounding may break the order of computed survival functions by this much.
  static constexpr double slack = 1e-14;

  struct span {
    std::size_t low;
    std::size_t high;
    double above_low;      // P(X > value[low])
    double at_least_high;  // P(X >= value[high])
  };

  [[nodiscard]] double deviation(std::size_t j, const survival& model) const {
    const double below = std::abs(model.at_least - sample_->tail_size[j] * inverse_size_);
    if (!rule_.above) return below;
    const double above =
        std::abs(model.above - (sample_->tail_size[j + 1] + rule_.above_extra) * inverse_size_);
    return std::max(below, above);
  }

  // No deviation strictly inside the span is larger.
  [[nodiscard]] double bound(const span& s) const {
    return std::max(s.above_low - sample_->tail_size[s.high] * inverse_size_,
                    sample_->tail_size[s.low + 1] * inverse_size_ - s.at_least_high);
  }

  // Looks for a deviation above `found`: stops at the first one, or raises `found` to the largest.
  template <bool stop_at_first>
  bool search(double& found, std::size_t& where) {
    const auto look = [&](std::size_t j, const survival& model) {
      const double d = deviation(j, model);
      if (d <= found) return false;
      where = j;
      if constexpr (!stop_at_first) found = d;
      return true;
    };
    const std::size_t last = sample_->size() - 1;
    const survival at_first = model_.at(first_);
    if (look(first_, at_first) && stop_at_first) return true;
    if (first_ == last) return false;
    const survival at_last = model_.at(last);
    if (look(last, at_last) && stop_at_first) return true;

    // Depth first, the half with the larger bound first: the stack never exceeds the depth.
    std::array<span, 2 * std::numeric_limits<std::size_t>::digits> stack;
    std::size_t depth = 0;
    stack[depth++] = {first_, last, at_first.above, at_last.at_least};
    while (depth > 0) {
      const span s = stack[--depth];
      if (s.high - s.low < 2 || bound(s) + slack <= found) continue;
      const std::size_t middle = s.low + (s.high - s.low) / 2;
      const survival at_middle = model_.at(middle);
      if (look(middle, at_middle) && stop_at_first) return true;
      const span left{s.low, middle, s.above_low, at_middle.at_least};
      const span right{middle, s.high, at_middle.above, s.at_least_high};
      const bool left_first = bound(left) >= bound(right);
      stack[depth++] = left_first ? right : left;
      stack[depth++] = left_first ? left : right;
    }
    return false;
  }

  const tail_sample* sample_;
  distance_rule rule_;
  Model model_;
  std::size_t first_ = 0;
  double inverse_size_ = 0.0;
};

/// The cut-off with the least distance among indices [0, candidates); of equals the smallest.
/// `workers`, where given, share the work of large samples; the answer does not depend on it.
template <class Model>
[[nodiscard]] scored_cut_off best_cut_off(const tail_sample& sample, const distance_rule& rule,
                                          std::size_t candidates, parallel* workers = nullptr) {
  scored_cut_off best;
  // From coarse to fine: with a good limit early, most cut-offs fail at the first look.
  constexpr std::size_t refinement = 16;
  std::size_t coarsest = 1;
  while (coarsest * refinement * refinement < candidates) coarsest *= refinement;
  for (std::size_t stride = coarsest; stride > 0; stride /= refinement) {
    const std::size_t visits = (candidates + stride - 1) / stride;
    std::atomic<double> limit{best.distance};
    const auto visit_range = [&](std::size_t begin, std::size_t end) {
      cut_off_scorer<Model> scorer(sample, rule);
      scored_cut_off found;
      std::size_t hint = 0;
      for (std::size_t visit = begin; visit < end; ++visit) {
        if (stride != coarsest && visit % refinement == 0) continue;  // seen in an earlier round
        scorer.fit(visit * stride);
        // Another worker's limit only saves time: what is beyond it cannot be the best.
        const double beyond = limit.load(std::memory_order_relaxed);
        if (scorer.exceeds(beyond, hint)) continue;
        const scored_cut_off scored{scorer.distance(), visit * stride};
        if (scored.is_better_than(found)) found = scored;
        double known = beyond;
        while (scored.distance < known &&
               !limit.compare_exchange_weak(known, scored.distance, std::memory_order_relaxed)) {
        }
      }
      return found;
    };
    constexpr std::size_t grain = 2048;
    const auto better = [](const scored_cut_off& a, const scored_cut_off& b) {
      return b.is_better_than(a) ? b : a;
    };
    best = better(best, workers == nullptr ? visit_range(0, visits)
                                           : workers->reduce(visits, grain, scored_cut_off{},
                                                             visit_range, better));
  }
  return best;
}

}  // namespace valuenet::detail
