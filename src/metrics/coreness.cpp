// Continuous coreness: core_periphery.hpp's coreness().
#include "valuenet/metrics/core_periphery.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

#include "detail/parallel.hpp"
#include "metrics/tie_matrix.hpp"

namespace valuenet {
namespace {

using detail::tie_matrix;

/// Scores, and the sums over them that the correlation is made of.
class ascent {
 public:
  ascent(const tie_matrix& ties, std::vector<double> start)
      : ties_(ties), score_(std::move(start)) {
    rescale();
  }

  [[nodiscard]] const std::vector<double>& score() const { return score_; }

  /// Over the ordered pairs: pairs * sum(a p) - sum(a) * sum(p) over the root of the spreads, p the
  /// products; -2 where all products are equal.
  [[nodiscard]] double correlation() const {
    const double products = sum_ * sum_ - squares_;
    const double product_squares = squares_ * squares_ - fourths_;
    const double spread = ties_.pairs * product_squares - products * products;
    if (!(spread > 0.0)) return -2.0;
    return (ties_.pairs * tied_ - ties_.sum * products) /
           (std::sqrt(spread) * std::sqrt(ties_.spread()));
  }

  void sweep() {
    for (std::size_t v = 0; v < score_.size(); ++v) set_best(v);
    rescale();
  }

 private:
  /// Sets one score to its optimum given the others. The correlation is (alpha + beta c) /
  /// sqrt(gamma
  /// + delta c + epsilon c^2) in it: one stationary point, and the bound 0.
  void set_best(std::size_t v) {
    const auto row = ties_.row(v);
    const double* tie = ties_.ties_of(v);
    double held = 0.0;
    for (std::size_t i = 0; i < row.size(); ++i) held += tie[i] * score_[row[i]];
    const double old = score_[v];
    const double sum = sum_ - old;
    const double squares = squares_ - old * old;
    const double fourths = fourths_ - old * old * old * old;
    const double tied = tied_ - 2.0 * old * held;
    const double n = ties_.pairs;
    const double others = sum * sum - squares;
    const double alpha = n * tied - ties_.sum * others;
    const double beta = 2.0 * (n * held - ties_.sum * sum);
    const double gamma = n * (squares * squares - fourths) - others * others;
    const double delta = -4.0 * others * sum;
    const double epsilon = 2.0 * n * squares - 4.0 * sum * sum;
    const auto value = [&](double c) {
      const double spread = gamma + delta * c + epsilon * c * c;
      return spread > 0.0 ? (alpha + beta * c) / std::sqrt(spread) : -1e300;
    };
    double best = old;
    double height = value(old);
    const auto offer = [&](double c) {
      if (!(c >= 0.0) || !std::isfinite(c)) return;
      const double found = value(c);
      if (found > height) {
        height = found;
        best = c;
      }
    };
    offer(0.0);
    const double divisor = beta * delta / 2.0 - alpha * epsilon;
    if (divisor != 0.0) offer((alpha * delta / 2.0 - beta * gamma) / divisor);
    if (best == old) return;
    score_[v] = best;
    sum_ = sum + best;
    squares_ = squares + best * best;
    fourths_ = fourths + best * best * best * best;
    tied_ = tied + 2.0 * best * held;
  }

  /// Sum of squares 1, and the sums afresh, so that errors do not pile up.
  void rescale() {
    double squares = 0.0;
    for (const double c : score_) squares += c * c;
    const double scale = squares > 0.0 ? 1.0 / std::sqrt(squares) : 0.0;
    sum_ = squares_ = fourths_ = tied_ = 0.0;
    for (double& c : score_) {
      c *= scale;
      sum_ += c;
      squares_ += c * c;
      fourths_ += c * c * c * c;
    }
    for (std::size_t v = 0; v < score_.size(); ++v) {
      const auto row = ties_.row(v);
      const double* tie = ties_.ties_of(v);
      double held = 0.0;
      for (std::size_t i = 0; i < row.size(); ++i) held += tie[i] * score_[row[i]];
      tied_ += score_[v] * held;
    }
  }

  const tie_matrix& ties_;
  std::vector<double> score_;
  double sum_ = 0.0;
  double squares_ = 0.0;
  double fourths_ = 0.0;
  double tied_ = 0.0;
};

coreness_result climb(const tie_matrix& ties, std::vector<double> start,
                      const coreness_options& options, const detail::parallel& workers) {
  ascent at(ties, std::move(start));
  coreness_result result;
  double height = at.correlation();
  while (result.iterations < options.max_sweeps) {
    workers.check_stop();
    at.sweep();
    ++result.iterations;
    const double found = at.correlation();
    result.residual = found - height;
    height = std::max(height, found);
    if (result.residual < options.tolerance) {
      result.converged = true;
      break;
    }
  }
  result.score = at.score();
  if (at.correlation() > -2.0) result.correlation = at.correlation();
  return result;
}

/// Where 1 for the largest and 0 for the others is most like the scores.
std::size_t best_cut(const std::vector<double>& score) {
  std::vector<double> sorted = score;
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  const auto n = static_cast<double>(sorted.size());
  const double sum = std::accumulate(sorted.begin(), sorted.end(), 0.0);
  std::size_t best = 0;
  double height = 0.0;
  double held = 0.0;
  for (std::size_t k = 1; k < sorted.size(); ++k) {
    held += sorted[k - 1];
    const auto size = static_cast<double>(k);
    const double found = (n * held - size * sum) / std::sqrt(size * (n - size));
    if (found > height) {
      height = found;
      best = k;
    }
  }
  return best;
}

void check(const coreness_options& options) {
  if (!(options.tolerance > 0.0)) {
    throw std::invalid_argument("tolerance: " + std::to_string(options.tolerance) +
                                " is not above 0");
  }
  if (options.max_sweeps == 0) {
    throw std::invalid_argument("max_sweeps: 0; give at least 1");
  }
}

}  // namespace

coreness_result coreness(const graph& g, const coreness_options& options, const execution& exec) {
  check(options);
  const detail::parallel workers(exec);
  const tie_matrix ties = detail::ties_between(g, options.weights, "coreness");
  coreness_result result;
  if (ties.size() < 3 || !(ties.spread() > 0.0)) {
    result.score.assign(ties.size(), 0.0);
    result.converged = true;
    return result;
  }
  std::vector<double> degrees(ties.size(), 0.0);
  for (std::size_t v = 0; v < ties.size(); ++v) {
    const double* tie = ties.ties_of(v);
    degrees[v] = std::accumulate(tie, tie + ties.row(v).size(), 0.0);
  }
  result = climb(ties, std::move(degrees), options, workers);
  coreness_result other = climb(ties, std::vector<double>(ties.size(), 1.0), options, workers);
  constexpr double clearly = 1e-9;  // equal maxima: the first, whatever the rounding
  if (other.correlation.value_or(-2.0) > result.correlation.value_or(-2.0) + clearly) {
    result = std::move(other);
  }
  if (!result.correlation) {
    result.score.assign(ties.size(), 0.0);
  } else {
    result.core_size = best_cut(result.score);
  }
  return result;
}

}  // namespace valuenet
