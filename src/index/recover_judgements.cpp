// Published weights back to judgements: a search over Saaty's scale.
#include "valuenet/error.hpp"
#include "valuenet/index/ahp.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string>

namespace valuenet {
namespace {

constexpr std::size_t maximum_order = 9;

struct interval {
  double low = 0.0;
  double high = 0.0;
};

double excess(double ratio) {
  return ratio + 1.0 / ratio - 2.0;
}

/// One judgement to be found, and every pair (row, column) that it stands for.
struct unknown {
  std::vector<std::pair<std::size_t, std::size_t>> pairs{};
  struct candidate {
    double value = 1.0;
    double least_excess = 0.0;  // of all its pairs together
  };
  std::vector<candidate> candidates{};
  double remaining_excess = 0.0;  // least of this and all later unknowns
};

struct problem {
  std::size_t order = 0;
  double total = 1.0;
  std::vector<double> printed{};
  std::vector<interval> weights{};
  interval lambda{};
  interval ratio{};
  double random = 0.0;
  const recover_options* options = nullptr;
  const execution* exec = nullptr;
};

std::vector<double> saaty_scale() {
  std::vector<double> scale;
  for (int k = 9; k >= 2; --k) scale.push_back(1.0 / k);
  for (int k = 1; k <= 9; ++k) scale.push_back(k);
  return scale;
}

class search {
 public:
  search(const problem& asked, recover_result& result, std::vector<unknown> unknowns, bool alike)
      : asked_(asked), result_(result), unknowns_(std::move(unknowns)), alike_(alike) {
    const std::size_t n = asked_.order;
    matrix_.order = n;
    matrix_.values.assign(n * n, 1.0);
    budget_ = static_cast<double>(n) * (asked_.lambda.high - static_cast<double>(n)) + 1e-9;
    prepare();
  }

  /// Whether the whole space was seen.
  bool run() {
    if (possible_) descend(0, 0.0);
    return !stopped_;
  }

 private:
  void prepare() {
    const std::vector<double> scale = saaty_scale();
    for (unknown& u : unknowns_) {
      for (const double value : scale) {
        double least = 0.0;
        double at_printed = 0.0;
        for (const auto& [i, j] : u.pairs) {
          const interval a = asked_.weights[i];
          const interval b = asked_.weights[j];
          const double low = value * b.low / a.high;
          const double high = value * b.high / a.low;
          if (low > 1.0) least += excess(low);
          if (high < 1.0) least += excess(high);
          at_printed += excess(value * asked_.printed[j] / asked_.printed[i]);
        }
        if (least <= budget_) {
          u.candidates.push_back({value, least});
          order_.push_back(at_printed);
        }
      }
      sort_candidates(u);
      if (u.candidates.empty()) possible_ = false;
    }
    if (!possible_) return;
    double remaining = 0.0;
    for (std::size_t k = unknowns_.size(); k-- > 0;) {
      double least = unknowns_[k].candidates.front().least_excess;
      for (const auto& c : unknowns_[k].candidates) least = std::min(least, c.least_excess);
      remaining += least;
      unknowns_[k].remaining_excess = remaining;
    }
    rows_.assign(asked_.order, {});
    for (const unknown& u : unknowns_) {
      const auto [smallest, largest] = extremes(u);
      for (const auto& [i, j] : u.pairs) {
        add(i, j, smallest, largest, 1.0);
        add(j, i, 1.0 / largest, 1.0 / smallest, 1.0);
      }
    }
    // Pairs that are no unknown's (equals judged alike) hold 1 from the start.
    std::vector<char> covered(asked_.order * asked_.order, 0);
    for (const unknown& u : unknowns_) {
      for (const auto& [i, j] : u.pairs) {
        covered[i * asked_.order + j] = covered[j * asked_.order + i] = 1;
      }
    }
    for (std::size_t i = 0; i < asked_.order; ++i) {
      for (std::size_t j = 0; j < asked_.order; ++j) {
        if (i != j && covered[i * asked_.order + j] == 0) add(i, j, 1.0, 1.0, 1.0);
      }
    }
  }

  void sort_candidates(unknown& u) {
    std::vector<std::pair<double, unknown::candidate>> keyed;
    for (std::size_t k = 0; k < u.candidates.size(); ++k) {
      keyed.emplace_back(order_[k], u.candidates[k]);
    }
    std::stable_sort(keyed.begin(), keyed.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t k = 0; k < keyed.size(); ++k) u.candidates[k] = keyed[k].second;
    order_.clear();
  }

  static std::pair<double, double> extremes(const unknown& u) {
    const auto [low, high] =
        std::minmax_element(u.candidates.begin(), u.candidates.end(),
                            [](const auto& a, const auto& b) { return a.value < b.value; });
    return {low->value, high->value};
  }

  void add(std::size_t i, std::size_t j, double smallest, double largest, double sign) {
    rows_[i].low += sign * smallest * asked_.weights[j].low;
    rows_[i].high += sign * largest * asked_.weights[j].high;
  }

  [[nodiscard]] bool row_can_hold(std::size_t i) const {
    constexpr double slack = 1e-9;
    return rows_[i].low <= (asked_.lambda.high - 1.0) * asked_.weights[i].high + slack &&
           rows_[i].high >= (asked_.lambda.low - 1.0) * asked_.weights[i].low - slack;
  }

  bool count_step() {
    if (++result_.steps >= asked_.options->maximum_steps) stopped_ = true;
    if ((result_.steps & 0xFFFFU) == 0 && asked_.exec->stop.stop_requested()) throw cancelled();
    return !stopped_;
  }

  void descend(std::size_t depth, double spent) {
    if (depth == unknowns_.size()) {
      finish();
      return;
    }
    const unknown& u = unknowns_[depth];
    const double later = depth + 1 < unknowns_.size() ? unknowns_[depth + 1].remaining_excess : 0.0;
    const auto [smallest, largest] = extremes(u);
    const auto saved = copy_rows();
    for (const unknown::candidate& c : u.candidates) {
      if (spent + c.least_excess + later > budget_) continue;
      if (!count_step()) return;
      bool holds = true;
      for (const auto& [i, j] : u.pairs) {
        add(i, j, smallest, largest, -1.0);
        add(i, j, c.value, c.value, 1.0);
        add(j, i, 1.0 / largest, 1.0 / smallest, -1.0);
        add(j, i, 1.0 / c.value, 1.0 / c.value, 1.0);
      }
      for (const auto& [i, j] : u.pairs) holds = holds && row_can_hold(i) && row_can_hold(j);
      if (holds) {
        for (const auto& [i, j] : u.pairs) {
          matrix_.values[i * matrix_.order + j] = c.value;
          matrix_.values[j * matrix_.order + i] = 1.0 / c.value;
        }
        descend(depth + 1, spent + c.least_excess);
      }
      std::copy_n(saved.begin(), rows_.size(), rows_.begin());
      if (stopped_) return;
    }
  }

  [[nodiscard]] std::array<interval, maximum_order> copy_rows() const {
    std::array<interval, maximum_order> copy{};
    std::copy(rows_.begin(), rows_.end(), copy.begin());
    return copy;
  }

  /// Solves the complete matrix by the power method, which near consistency gains digits with
  /// every round, and keeps it when it gives what was printed.
  void finish() {
    const std::size_t n = asked_.order;
    std::array<double, maximum_order> w{};
    std::array<double, maximum_order> next{};
    std::copy(asked_.printed.begin(), asked_.printed.end(), w.begin());
    double lambda = 0.0;
    for (int round = 0; round < 1000; ++round) {
      double sum = 0.0;
      for (std::size_t i = 0; i < n; ++i) {
        next[i] = 0.0;
        for (std::size_t j = 0; j < n; ++j) next[i] += matrix_.at(i, j) * w[j];
        sum += next[i];
      }
      double change = 0.0;
      for (std::size_t i = 0; i < n; ++i) {
        next[i] /= sum;
        change = std::max(change, std::abs(next[i] - w[i]));
      }
      w = next;
      lambda = sum;
      if (change < 1e-14) break;
    }
    const double index =
        n < 2 ? 0.0 : (lambda - static_cast<double>(n)) / static_cast<double>(n - 1);
    const double ratio = asked_.random > 0.0 ? index / asked_.random : 0.0;
    constexpr double slack = 1e-9;
    if (ratio < asked_.ratio.low - slack || ratio > asked_.ratio.high + slack) return;
    recovered_matrix found;
    for (std::size_t i = 0; i < n; ++i) {
      found.weights.push_back(w[i] * asked_.total);
      found.largest_difference =
          std::max(found.largest_difference, std::abs(w[i] - asked_.printed[i]) * asked_.total);
    }
    if (found.largest_difference > asked_.options->weight_tolerance + slack) return;
    for (const recovered_matrix& known : result_.matrices) {
      if (known.judgements == matrix_) return;
    }
    if (result_.matrices.size() >= asked_.options->maximum_matrices) {
      stopped_ = true;
      return;
    }
    found.judgements = matrix_;
    found.lambda_max = lambda;
    found.consistency_ratio = std::max(0.0, ratio);
    found.alike_judged_alike = alike_;
    result_.matrices.push_back(std::move(found));
  }

  const problem& asked_;
  recover_result& result_;
  std::vector<unknown> unknowns_;
  bool alike_ = false;
  bool possible_ = true;
  bool stopped_ = false;
  double budget_ = 0.0;
  std::vector<interval> rows_{};
  std::vector<double> order_{};
  judgement_matrix matrix_{};
};

/// One unknown for each pair of `group`s: with a group for each weight of its own, for each pair of
/// criteria. Heavy criteria first: their rows are known best.
std::vector<unknown> unknowns_between(const std::vector<std::vector<std::size_t>>& groups) {
  std::vector<unknown> unknowns;
  for (std::size_t a = 0; a < groups.size(); ++a) {
    for (std::size_t b = a + 1; b < groups.size(); ++b) {
      unknown u;
      for (const std::size_t i : groups[a]) {
        for (const std::size_t j : groups[b]) u.pairs.emplace_back(i, j);
      }
      unknowns.push_back(std::move(u));
    }
  }
  return unknowns;
}

problem pose(std::span<const double> weights, double ratio, const recover_options& options,
             const execution& exec) {
  if (weights.empty() || weights.size() > maximum_order) {
    throw std::invalid_argument("weights: " + std::to_string(weights.size()) +
                                " given, 1 to 9 expected");
  }
  if (!(ratio >= 0.0 && ratio <= 10.0)) {
    throw std::invalid_argument("consistency_ratio: " + std::to_string(ratio) +
                                ", a number from 0 to 10 expected");
  }
  if (!(options.weight_tolerance >= 0.0 && options.ratio_tolerance >= 0.0)) {
    throw std::invalid_argument("weight_tolerance, ratio_tolerance: must not be negative");
  }
  problem asked;
  asked.order = weights.size();
  asked.options = &options;
  asked.exec = &exec;
  double sum = 0.0;
  for (const double w : weights) {
    if (!(w > options.weight_tolerance) || !std::isfinite(w)) {
      throw std::invalid_argument("weights: " + std::to_string(w) +
                                  ", a number above weight_tolerance expected");
    }
    sum += w;
  }
  asked.total = options.total.value_or(sum);
  if (!(asked.total > 0.0) || !std::isfinite(asked.total)) {
    throw std::invalid_argument("total: " + std::to_string(asked.total) +
                                ", a positive number expected");
  }
  for (const double w : weights) {
    asked.printed.push_back(w / asked.total);
    asked.weights.push_back({(w - options.weight_tolerance) / asked.total,
                             (w + options.weight_tolerance) / asked.total});
  }
  asked.random = random_index_value(options.random_index, asked.order).value_or(0.0);
  const auto n = static_cast<double>(asked.order);
  asked.ratio = {std::max(0.0, ratio - options.ratio_tolerance), ratio + options.ratio_tolerance};
  asked.lambda = {n + (n - 1) * asked.random * asked.ratio.low,
                  n + (n - 1) * asked.random * asked.ratio.high};
  return asked;
}

}  // namespace

recover_result recover_judgements(std::span<const double> weights, double consistency_ratio,
                                  const recover_options& options, const execution& exec) {
  const problem asked = pose(weights, consistency_ratio, options, exec);
  std::vector<std::size_t> heavy_first(asked.order);
  for (std::size_t i = 0; i < asked.order; ++i) heavy_first[i] = i;
  std::stable_sort(heavy_first.begin(), heavy_first.end(),
                   [&](std::size_t a, std::size_t b) { return weights[a] > weights[b]; });
  std::vector<std::vector<std::size_t>> alone;
  std::vector<std::vector<std::size_t>> alike;
  for (const std::size_t i : heavy_first) {
    if (alike.empty() || weights[alike.back().front()] != weights[i]) alike.emplace_back();
    alike.back().push_back(i);
    alone.push_back({i});
  }
  recover_result result;
  search(asked, result, unknowns_between(alike), true).run();
  result.exhausted = alike.size() == alone.size()
                         ? result.steps < options.maximum_steps &&
                               result.matrices.size() < options.maximum_matrices
                         : search(asked, result, unknowns_between(alone), false).run();
  std::stable_sort(result.matrices.begin(), result.matrices.end(),
                   [](const recovered_matrix& a, const recovered_matrix& b) {
                     if (a.alike_judged_alike != b.alike_judged_alike) return a.alike_judged_alike;
                     return a.largest_difference < b.largest_difference;
                   });
  return result;
}

}  // namespace valuenet
