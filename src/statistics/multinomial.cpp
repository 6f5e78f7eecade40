#include "statistics/multinomial.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace valuenet::detail {

namespace {

// ln k! less Stirling's leading terms at k + 1: the correction that makes them exact.
double stirling_correction(std::uint64_t k) {
  static constexpr std::array<double, 10> table{
      0.08106146679532726,  0.04134069595540929, 0.02767792568499834, 0.02079067210376509,
      0.01664469118982119,  0.01387612882307075, 0.01189670994589177, 0.01041126526197209,
      0.009255462182712733, 0.008330563433362871};
  if (k < table.size()) return table[k];
  const double inverse = 1.0 / static_cast<double>(k + 1);
  const double square = inverse * inverse;
  return (1.0 / 12 - (1.0 / 360 - square / 1260) * square) * inverse;
}

// n p below 10: walks up the cumulative distribution.
std::uint64_t binomial_by_inversion(random_stream& random, std::uint64_t n, double p) {
  const double odds = p / (1.0 - p);
  const double none = std::exp(static_cast<double>(n) * std::log1p(-p));
  for (;;) {
    double left = random.uniform();
    double probability = none;
    for (std::uint64_t k = 0; k <= n; ++k) {
      if (left < probability) return k;
      left -= probability;
      probability *= odds * static_cast<double>(n - k) / static_cast<double>(k + 1);
      if (probability < 1e-300) break;  // rounding used up what was left: draw again
    }
  }
}

// p <= 1/2, n p >= 10.
std::uint64_t binomial_by_rejection(random_stream& random, std::uint64_t n, double p) {
  const auto trials = static_cast<double>(n);
  const double q = 1.0 - p;
  const double deviation = std::sqrt(trials * p * q);
  const double b = 1.15 + 2.53 * deviation;
  const double a = -0.0873 + 0.0248 * b + 0.01 * p;
  const double c = trials * p + 0.5;
  const double squeeze = 0.92 - 4.2 / b;
  const double alpha = (2.83 + 5.1 / b) * deviation;
  const double mode = std::floor((trials + 1.0) * p);
  for (;;) {
    const double u = random.uniform() - 0.5;
    double v = random.uniform_positive();
    const double us = 0.5 - std::abs(u);
    if (us <= 0.0) continue;
    const double k = std::floor((2.0 * a / us + b) * u + c);
    if (k < 0.0 || k > trials) continue;
    if (us >= 0.07 && v <= squeeze) return static_cast<std::uint64_t>(k);
    v = std::log(v * alpha / (a / (us * us) + b));
    const auto correction = [](double count) {
      return stirling_correction(static_cast<std::uint64_t>(count));
    };
    const double at_most = (mode + 0.5) * std::log((mode + 1.0) * q / (p * (trials - mode + 1.0))) +
                           (trials + 1.0) * std::log((trials - mode + 1.0) / (trials - k + 1.0)) +
                           (k + 0.5) * std::log((trials - k + 1.0) * p / (q * (k + 1.0))) +
                           correction(mode) + correction(trials - mode) - correction(k) -
                           correction(trials - k);
    if (v <= at_most) return static_cast<std::uint64_t>(k);
  }
}

}  // namespace

std::uint64_t draw_binomial(random_stream& random, std::uint64_t n, double p) {
  if (n == 0 || p <= 0.0) return 0;
  if (p >= 1.0) return n;
  if (p > 0.5) return n - draw_binomial(random, n, 1.0 - p);
  return static_cast<double>(n) * p < 10.0 ? binomial_by_inversion(random, n, p)
                                           : binomial_by_rejection(random, n, p);
}

multinomial_sampler::multinomial_sampler(std::span<const double> weights, std::uint64_t items)
    : cells_(weights.size()), items_(items) {
  double total = 0.0;
  for (const double weight : weights) total += weight;
  // A binomial draw costs about as much as this many draws from the alias table.
  constexpr double worth_a_binomial = 12.0;
  std::vector<std::size_t> small;
  double small_weight = 0.0;
  for (std::size_t cell = 0; cell < cells_; ++cell) {
    if (weights[cell] * static_cast<double>(items) >= worth_a_binomial * total) {
      large_.push_back({cell, 0.0});
    } else if (weights[cell] > 0.0) {
      small.push_back(cell);
      small_weight += weights[cell];
    }
  }
  double rest = small_weight;
  for (std::size_t i = large_.size(); i-- > 0;) {
    const double weight = weights[large_[i].cell];
    rest += weight;
    large_[i].share_of_rest = weight / rest;
  }
  if (small.empty()) {
    if (!large_.empty()) large_.back().share_of_rest = 1.0;
    return;
  }

  // Vose's construction. Thresholds are fractions of 2^64.
  const double mean = small_weight / static_cast<double>(small.size());
  std::vector<double> scaled(small.size());
  std::vector<std::uint32_t> below;
  std::vector<std::uint32_t> above;
  for (std::size_t i = 0; i < small.size(); ++i) {
    scaled[i] = weights[small[i]] / mean;
    (scaled[i] < 1.0 ? below : above).push_back(static_cast<std::uint32_t>(i));
  }
  small_.resize(small.size());
  constexpr std::uint64_t always = ~std::uint64_t{0};
  for (std::size_t i = 0; i < small.size(); ++i) {
    const auto own = static_cast<std::uint32_t>(small[i]);
    small_[i] = {always, own, own};
  }
  while (!below.empty() && !above.empty()) {
    const std::uint32_t poor = below.back();
    const std::uint32_t rich = above.back();
    below.pop_back();
    small_[poor].threshold = static_cast<std::uint64_t>(std::ldexp(scaled[poor], 64));
    small_[poor].other = static_cast<std::uint32_t>(small[rich]);
    scaled[rich] -= 1.0 - scaled[poor];
    if (scaled[rich] < 1.0) {
      above.pop_back();
      below.push_back(rich);
    }
  }
}

void multinomial_sampler::draw(random_stream& random, std::span<std::uint64_t> counts) const {
  std::fill(counts.begin(), counts.begin() + static_cast<std::ptrdiff_t>(cells_), std::uint64_t{0});
  std::uint64_t left = items_;
  for (const large_cell& large : large_) {
    if (left == 0) return;
    const std::uint64_t drawn = draw_binomial(random, left, large.share_of_rest);
    counts[large.cell] = drawn;
    left -= drawn;
  }
  if (small_.empty()) return;
  const std::uint64_t size = small_.size();
  for (; left > 0; --left) {
    const alias_entry& entry = small_[random.below(size)];
    ++counts[random() < entry.threshold ? entry.own : entry.other];
  }
}

}  // namespace valuenet::detail
