// Are the fits and p-values what they claim? Samples whose law is known, fitted as if it were not.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <numbers>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <valuenet/statistics/power_law.hpp>
#include <valuenet/statistics/tail_alternatives.hpp>

namespace vn = valuenet;

namespace {

/// The standard's engines give the same bits everywhere, its distributions do not.
class source {
 public:
  explicit source(std::uint64_t seed) : engine_(seed) {}
  double uniform() { return (static_cast<double>(engine_() >> 11) + 1.0) * 0x1.0p-53; }
  double normal() {
    const double radius = std::sqrt(-2.0 * std::log(uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
  }
  double pareto(double alpha, double x_min) {
    return x_min * std::pow(uniform(), -1.0 / (alpha - 1.0));
  }
  /// P(k) ~ k^-alpha, k >= x_min: Pareto draws from x_min on, rounded down and thinned until the
  /// law is exact. The ratio of k^-alpha to the integral over [k, k + 1) grows with k towards 1.
  double zeta(double alpha, double x_min) {
    while (true) {
      const double k = std::floor(pareto(alpha, x_min));
      const double share = std::pow(k, -alpha) * (alpha - 1.0) /
                           (std::pow(k, 1.0 - alpha) - std::pow(k + 1.0, 1.0 - alpha));
      const double most = std::pow(x_min, -alpha) * (alpha - 1.0) /
                          (std::pow(x_min, 1.0 - alpha) - std::pow(x_min + 1.0, 1.0 - alpha));
      if (k < 1e12 && uniform() * most <= share) return k;
    }
  }

 private:
  std::mt19937_64 engine_;
};

using draw = std::function<double(source&)>;

std::vector<double> sample_of(std::uint64_t seed, std::size_t size, const draw& next) {
  source random(seed);
  std::vector<double> sample(size);
  for (double& value : sample) value = next(random);
  return sample;
}

/// Half of the values below 10 in any way, half from the law on.
draw behind_a_body(const draw& tail, bool whole) {
  return [=](source& random) {
    if (random.uniform() < 0.5) return tail(random);
    const double body = 1.0 + 9.0 * random.uniform() * (1.0 - 1e-9);
    return whole ? std::floor(body) : body;
  };
}

void recovery(const char* name, double alpha, const draw& next) {
  constexpr int samples = 200;
  constexpr std::size_t size = 2000;
  double sum = 0.0;
  double squares = 0.0;
  double errors = 0.0;
  int covered = 0;
  std::vector<double> cut_offs;
  for (int i = 0; i < samples; ++i) {
    const auto fit = vn::fit_power_law(sample_of(static_cast<std::uint64_t>(i), size, next)).fit;
    if (!fit) continue;
    const double off = fit->alpha - alpha;
    sum += off;
    squares += off * off;
    errors += fit->alpha_standard_error;
    covered += std::abs(off) < 1.96 * fit->alpha_standard_error ? 1 : 0;
    cut_offs.push_back(fit->x_min);
  }
  std::nth_element(cut_offs.begin(), cut_offs.begin() + samples / 2, cut_offs.end());
  std::printf("%-26s %9.4f %9.4f %9.4f %8.1f%% %9.1f\n", name, sum / samples,
              std::sqrt(squares / samples), errors / samples, 100.0 * covered / samples,
              cut_offs[samples / 2]);
}

void calibration(const char* name, std::size_t size, std::optional<double> x_min,
                 const draw& next) {
  constexpr int samples = 400;
  std::vector<double> p_values;
  for (int i = 0; i < samples; ++i) {
    const auto seed = static_cast<std::uint64_t>(1000 + i);
    const auto fit = vn::fit_power_law(sample_of(seed, size, next),
                                       {.x_min = x_min, .bootstrap_replicates = 200, .seed = seed})
                         .fit;
    p_values.push_back(fit->goodness->p_value);
  }
  std::sort(p_values.begin(), p_values.end());
  double distance = 0.0;
  for (std::size_t i = 0; i < p_values.size(); ++i) {
    distance = std::max(distance, std::abs(p_values[i] - (static_cast<double>(i) + 0.5) / samples));
  }
  std::printf("%-26s", name);
  for (const double level : {0.05, 0.1, 0.25, 0.5, 0.75, 0.9}) {
    const auto below = std::upper_bound(p_values.begin(), p_values.end(), level) - p_values.begin();
    std::printf(" %6.3f", static_cast<double>(below) / samples);
  }
  std::printf("   %.3f\n", distance);
}

void power(const char* name, vn::alternative truth, const draw& next) {
  constexpr int samples = 100;
  for (const std::size_t size : {std::size_t{100}, std::size_t{1000}, std::size_t{5000}}) {
    int rejected = 0;
    int rejected_at_quartile = 0;
    int favored = 0;
    std::vector<std::uint64_t> tails;
    for (int i = 0; i < samples; ++i) {
      const auto seed = static_cast<std::uint64_t>(5000 + i);
      const vn::value_counts counts = vn::count_values(sample_of(seed, size, next));
      const auto found = vn::fit_power_law(counts, {.bootstrap_replicates = 100, .seed = seed});
      if (!found.fit) continue;
      tails.push_back(found.fit->tail_size);
      rejected += found.fit->goodness->p_value < 0.1 ? 1 : 0;
      // The same with the tail from the lower quartile on.
      double below = 0.0;
      std::size_t at = 0;
      while (below < 0.25 * static_cast<double>(size)) {
        below += static_cast<double>(counts.counts[at++]);
      }
      const auto given = vn::fit_power_law(
          counts, {.x_min = counts.values[at - 1], .bootstrap_replicates = 100, .seed = seed});
      const auto rivals = vn::compare_alternatives(counts, given);
      if (!rivals) continue;
      rejected_at_quartile += given.fit->goodness->p_value < 0.1 ? 1 : 0;
      const vn::alternative_fit& rival = *rivals->find(truth);
      favored += !rival.collapsed && !rival.indistinguishable && rival.log_likelihood_ratio < 0.0;
    }
    std::nth_element(tails.begin(), tails.begin() + samples / 2, tails.end());
    std::printf("%-26s %6zu %9llu %8d%% %12d%% %9d%%\n", name, size,
                static_cast<unsigned long long>(tails[samples / 2]), rejected, rejected_at_quartile,
                favored);
  }
}

}  // namespace

int main() {
  std::printf("200 samples of 2,000 values: the exponent 2.5, found with x_min\n");
  std::printf("%-26s %9s %9s %9s %9s %9s\n", "law", "bias", "rms error", "std error", "covered",
              "x_min");
  const draw zeta = [](source& random) { return random.zeta(2.5, 1.0); };
  const draw zeta10 = [](source& random) { return random.zeta(2.5, 10.0); };
  const draw pareto = [](source& random) { return random.pareto(2.5, 1.0); };
  const draw pareto10 = [](source& random) { return random.pareto(2.5, 10.0); };
  recovery("zeta from 1", 2.5, zeta);
  recovery("body, zeta from 10", 2.5, behind_a_body(zeta10, true));
  recovery("Pareto from 1", 2.5, pareto);
  recovery("body, Pareto from 10", 2.5, behind_a_body(pareto10, false));

  std::printf("\n400 samples that are power laws: the share with p at or below\n");
  std::printf("%-26s %6s %6s %6s %6s %6s %6s   %s\n", "law", "0.05", "0.10", "0.25", "0.50", "0.75",
              "0.90", "farthest");
  calibration("x_min given: zeta", 500, 1.0, zeta);
  calibration("x_min given: Pareto", 200, 1.0, pareto);
  calibration("found: zeta", 500, {}, zeta);
  calibration("found: body, zeta", 500, {}, behind_a_body(zeta10, true));
  calibration("found: body, Pareto", 200, {}, behind_a_body(pareto10, false));

  std::printf(
      "\n100 samples that are none, with x_min found and with the tail from the lower quartile "
      "on\n");
  std::printf("%-26s %6s %9s %9s %13s %10s\n", "", "", "found:", "", "quartile:", "the truth");
  std::printf("%-26s %6s %9s %9s %13s %10s\n", "law", "values", "tail", "p < 0.1", "p < 0.1",
              "favoured");
  power("exponential, mean 10", vn::alternative::exponential,
        [](source& random) { return std::ceil(-10.0 * std::log(random.uniform())); });
  power("lognormal, mu 2, sigma 1", vn::alternative::lognormal,
        [](source& random) { return std::max(1.0, std::round(std::exp(2.0 + random.normal()))); });
  power("stretched exp., beta 0.5", vn::alternative::stretched_exponential, [](source& random) {
    return std::max(1.0, std::round(3.0 * std::pow(-std::log(random.uniform()), 2.0)));
  });
}
