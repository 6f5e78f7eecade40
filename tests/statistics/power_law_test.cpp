#include "valuenet/statistics/power_law.hpp"

#include "valuenet/error.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <thread>

#include "catch.hpp"
#include "detail/hurwitz_zeta.hpp"
#include "detail/random.hpp"
#include "statistics/power_law_kernel.hpp"
#include "statistics/power_law_samples.hpp"

namespace vn = valuenet;

namespace {

vn::power_law_options options_for(const power_law_samples::csv_row& row) {
  return {.kind =
              row.at("discrete") == "1" ? vn::sample_kind::discrete : vn::sample_kind::continuous};
}

// An oracle that shares nothing with the kernel: single values, plain sums, bisection.
struct plain_fit {
  double alpha = 0.0;
  double distance = std::numeric_limits<double>::infinity();
  double x_min = 0.0;
};

double plain_zeta(double s, double q) {
  double sum = 0.0;
  double k = q;
  for (; k < q + 3000.0; k += 1.0) sum += std::pow(k, -s);
  return sum + std::pow(k - 0.5, 1.0 - s) / (s - 1.0);
}

double plain_alpha(const std::vector<double>& tail, double x_min, bool discrete) {
  double mean = 0.0;
  for (const double x : tail) mean += std::log(x);
  mean /= static_cast<double>(tail.size());
  if (!discrete) return 1.0 + 1.0 / (mean - std::log(x_min));
  const auto score = [&](double a) {  // derivative of the log-likelihood over n, by differences
    const double h = 1e-5;
    return -(std::log(plain_zeta(a + h, x_min)) - std::log(plain_zeta(a - h, x_min))) / (2 * h) -
           mean;
  };
  double low = 1.05;
  double high = 60.0;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    (score(middle) > 0 ? low : high) = middle;
  }
  return low;
}

double plain_distance(std::vector<double> tail, double x_min, double alpha, bool discrete,
                      vn::distance_convention convention) {
  std::sort(tail.begin(), tail.end());
  const auto n = static_cast<double>(tail.size());
  const auto fitted_below = [&](double x) {  // P(X < x)
    return discrete ? 1.0 - plain_zeta(alpha, x) / plain_zeta(alpha, x_min)
                    : 1.0 - std::pow(x / x_min, 1.0 - alpha);
  };
  const auto share = [&](auto&& condition) {
    return static_cast<double>(std::count_if(tail.begin(), tail.end(), condition)) / n;
  };
  double distance = 0.0;
  if (!discrete) {
    for (std::size_t k = 0; k < tail.size(); ++k) {
      const double fitted = fitted_below(tail[k]);
      if (convention == vn::distance_convention::compatible) {
        distance = std::max(distance, std::abs(fitted - static_cast<double>(k) / n));
      } else {
        distance =
            std::max(distance, std::abs(fitted - share([&](double y) { return y < tail[k]; })));
        distance =
            std::max(distance, std::abs(fitted - share([&](double y) { return y <= tail[k]; })));
      }
    }
    return distance;
  }
  if (convention == vn::distance_convention::compatible) {
    for (const double x : tail) {
      distance =
          std::max(distance, std::abs(fitted_below(x) - share([&](double y) { return y < x; })));
    }
    return distance;
  }
  for (double x = x_min; x <= tail.back() + 1.0; x += 1.0) {  // the whole lattice
    distance =
        std::max(distance, std::abs(fitted_below(x) - share([&](double y) { return y < x; })));
  }
  return distance;
}

plain_fit plain_power_law(const std::vector<double>& sample, bool discrete,
                          vn::distance_convention convention) {
  std::vector<double> candidates = sample;
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  candidates.pop_back();
  plain_fit best;
  for (const double x_min : candidates) {
    std::vector<double> tail;
    std::copy_if(sample.begin(), sample.end(), std::back_inserter(tail),
                 [&](double x) { return x >= x_min; });
    const double alpha = plain_alpha(tail, x_min, discrete);
    const double distance = plain_distance(tail, x_min, alpha, discrete, convention);
    if (distance < best.distance - 1e-9) best = {alpha, distance, x_min};
  }
  return best;
}

std::vector<double> pareto_sample(std::uint64_t seed, std::size_t size, double alpha,
                                  double x_min) {
  vn::detail::random_stream random(seed);
  std::vector<double> sample(size);
  for (double& x : sample) x = x_min * std::pow(random.uniform_positive(), -1.0 / (alpha - 1.0));
  return sample;
}

// Whole numbers from the zeta distribution, by walking up its terms.
std::vector<double> zeta_sample(std::uint64_t seed, std::size_t size, double alpha, double x_min) {
  vn::detail::random_stream random(seed);
  const double zeta = std::exp(vn::detail::log_hurwitz_zeta(alpha, x_min));
  std::vector<double> sample(size);
  for (double& x : sample) {
    double left = random.uniform();
    x = x_min;
    for (double term = std::pow(x, -alpha) / zeta; left >= term && x < 1e5;
         term = std::pow(x, -alpha) / zeta) {
      left -= term;
      x += 1.0;
    }
  }
  return sample;
}

bool same(const vn::power_law_fit& a, const vn::power_law_fit& b) {
  return a.alpha == b.alpha && a.x_min == b.x_min && a.ks_distance == b.ks_distance &&
         a.log_likelihood == b.log_likelihood && a.tail_size == b.tail_size &&
         a.alpha_standard_error == b.alpha_standard_error &&
         a.goodness->p_value == b.goodness->p_value;
}

}  // namespace

TEST_CASE("every reference fit is met to the printed digits", "[power_law]") {
  int missing = 0;
  for (const auto& row : power_law_samples::expected_rows()) {
    INFO(row.at("name"));
    const auto sample = power_law_samples::load(row);
    if (!sample) {
      ++missing;
      continue;
    }
    const auto number = [&](const char* column) { return std::stod(row.at(column)); };
    const vn::power_law_result result = vn::fit_power_law(*sample, options_for(row));
    REQUIRE(result.fit);
    const vn::power_law_fit& fit = *result.fit;
    CHECK(static_cast<double>(result.sample.kept) == number("n"));
    CHECK(fit.x_min == Approx(number("xmin")).epsilon(1e-10));
    CHECK(std::abs(fit.alpha - number("alpha")) <= 6e-11);
    CHECK(std::abs(fit.alpha_standard_error - number("sigma_fisher")) <= 6e-7);
    CHECK(static_cast<double>(fit.tail_size) == number("ntail"));
    CHECK(std::abs(fit.log_likelihood - number("loglik")) <= 6e-7);
    vn::power_law_options options = options_for(row);
    options.distance = vn::distance_convention::exact;
    CHECK(std::abs(vn::fit_power_law(*sample, options).fit->ks_distance - number("D_exact_sup")) <=
          6e-11);
    options.distance = vn::distance_convention::compatible;
    CHECK(std::abs(vn::fit_power_law(*sample, options).fit->ks_distance - number("D_left_plfit")) <=
          6e-11);
  }
  if (missing > 0) WARN(missing << " reference samples are not beside the checkout: skipped");
}

TEST_CASE("every reference p-value is met within its Monte Carlo error", "[power_law]") {
  int missing = 0;
  for (const auto& row : power_law_samples::expected_rows()) {
    INFO(row.at("name"));
    const auto sample = power_law_samples::load(row);
    if (!sample) ++missing;
    if (!sample || row.at("p").empty()) continue;
    double expected = std::stod(row.at("p"));
    double replicates = std::stod(row.at("p_reps"));
    // See tests/reference/power_law/README.md.
    if (row.at("name") == "blackouts_k") expected = 0.6199, replicates = 30'000;
    if (row.at("name") == "surnames_k") expected = 0.1905, replicates = 6'000;
    vn::power_law_options options = options_for(row);
    options.bootstrap_replicates = 2500;
    options.seed = 20;
    const auto goodness = vn::fit_power_law(*sample, options).fit->goodness;
    REQUIRE(goodness);
    CHECK(goodness->replicates == 2500);
    CHECK(goodness->standard_error ==
          Approx(std::sqrt(goodness->p_value * (1 - goodness->p_value) / 2500)));
    const double error = std::sqrt(expected * (1 - expected) * (1 / 2500.0 + 1 / replicates));
    CHECK(std::abs(goodness->p_value - expected) < 3.5 * error);
  }
  if (missing > 0) WARN(missing << " reference samples are not beside the checkout: skipped");
}

TEST_CASE("the fit equals a plain search over all cut-offs", "[power_law]") {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const bool discrete = seed % 2 == 0;
    vn::detail::random_stream random(seed, 99);
    std::vector<double> sample =
        discrete ? zeta_sample(seed, 60, 2.4, 1.0) : pareto_sample(seed, 60, 2.4, 1.0);
    // A body that is no power law, and ties.
    for (std::size_t i = 0; i < 30; ++i)
      sample.push_back(1.0 + static_cast<double>(random.below(6)));
    std::erase_if(sample, [](double x) { return x > 300.0; });  // keeps the oracle's lattice short
    for (const auto convention :
         {vn::distance_convention::exact, vn::distance_convention::compatible}) {
      INFO("seed " << seed << ", convention " << static_cast<int>(convention));
      const plain_fit expected = plain_power_law(sample, discrete, convention);
      const auto result = vn::fit_power_law(
          sample, {.kind = discrete ? vn::sample_kind::discrete : vn::sample_kind::continuous,
                   .distance = convention});
      REQUIRE(result.fit);
      CHECK(result.fit->x_min == expected.x_min);
      CHECK(result.fit->alpha == Approx(expected.alpha).epsilon(2e-5));
      CHECK(result.fit->ks_distance == Approx(expected.distance).margin(2e-5));
      CHECK(result.distance == convention);
    }
  }
}

TEST_CASE("the branching search finds the same best cut-off as full distances", "[power_law]") {
  const std::vector<double> sample = pareto_sample(3, 9000, 2.2, 1.0);
  for (const auto kind : {vn::sample_kind::continuous, vn::sample_kind::discrete}) {
    std::vector<double> values = sample;
    if (kind == vn::sample_kind::discrete) {
      for (double& x : values) x = std::floor(200.0 * x);
    }
    const vn::value_counts counts = vn::count_values(values);
    REQUIRE(counts.values.size() > 1500);
    const auto curve = vn::distance_curve(counts, {.kind = kind}, counts.values.size());
    REQUIRE(curve.size() == counts.values.size() - 1);
    const auto best = std::min_element(
        curve.begin(), curve.end(),
        [](const auto& a, const auto& b) { return a.ks_distance < b.ks_distance; });
    const auto fit = vn::fit_power_law(counts, {.kind = kind}).fit;
    CHECK(fit->x_min == best->x_min);
    CHECK(fit->ks_distance == best->ks_distance);
    CHECK(fit->alpha == best->alpha);
    CHECK(fit->tail_size == best->tail_size);
  }
}

TEST_CASE("closed forms", "[power_law]") {
  SECTION("continuous: alpha = 1 + n / sum of logarithms") {
    const std::vector<double> sample{1.0, std::exp(1.0), std::exp(2.0), std::exp(3.0)};
    const auto result = vn::fit_power_law(sample, {.x_min = 1.0});
    REQUIRE(result.fit);
    CHECK(result.kind == vn::sample_kind::continuous);
    CHECK(result.fit->alpha == Approx(1.0 + 4.0 / 6.0).epsilon(1e-14));
    CHECK(result.fit->alpha_standard_error == Approx(4.0 / 6.0 / 2.0).epsilon(1e-14));
    CHECK(result.fit->log_likelihood ==
          Approx(4 * std::log(4.0 / 6.0) - (1.0 + 4.0 / 6.0) * 6.0).epsilon(1e-14));
    CHECK(result.fit->tail_size == 4);
    CHECK(result.fit->tail_share == 1.0);
  }
  SECTION("discrete: two values with the mean of zeta(2)") {
    // E ln X under zeta(2, 1) is -zeta'(2)/zeta(2) = 0.5699609930945...
    const double share = 0.5699609930945328064 / std::log(2.0);
    const std::uint64_t many = 1'000'000'000;
    const auto twos = static_cast<std::uint64_t>(std::llround(share * static_cast<double>(many)));
    const vn::value_counts sample{{1.0, 2.0}, {many - twos, twos}};
    const auto result = vn::fit_power_law(sample, {.x_min = 1.0});
    REQUIRE(result.fit);
    CHECK(result.fit->alpha == Approx(2.0).epsilon(1e-8));
    CHECK(result.fit->alpha_standard_error ==
          Approx(1.0 / std::sqrt(1e9 * 0.8844818339635238852)).epsilon(1e-8));
  }
}

TEST_CASE("an x_min that is given is kept", "[power_law]") {
  const std::vector<double> sample = zeta_sample(1, 3000, 2.5, 1.0);
  const auto fit = vn::fit_power_law(sample, {.x_min = 6.0}).fit;
  REQUIRE(fit);
  CHECK(fit->x_min == 6.0);
  // One that is not among the values: the law still begins there.
  std::vector<double> gap = sample;
  std::erase(gap, 6.0);
  const auto without = vn::fit_power_law(gap, {.x_min = 6.0}).fit;
  REQUIRE(without);
  CHECK(without->x_min == 6.0);
  CHECK(without->alpha < fit->alpha);
  CHECK(without->ks_distance >= vn::detail::zeta_survival(without->alpha, 6.0, 6.0) -
                                    vn::detail::zeta_survival(without->alpha, 6.0, 7.0) - 1e-12);
  // Whole numbers: rounded up.
  CHECK(vn::fit_power_law(sample, {.x_min = 5.2}).fit->alpha == fit->alpha);
  CHECK_THROWS_AS(vn::fit_power_law(sample, {.x_min = 0.0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::fit_power_law(sample, {.x_min = std::nan("")}), std::invalid_argument);
}

TEST_CASE("the replicates keep a given x_min", "[power_law]") {
  // A body far from a power law below 8, a true tail above: with the cut-off given, p is uniform
  // under the null, here over seeds.
  double sum = 0.0;
  constexpr int samples = 60;
  for (int seed = 0; seed < samples; ++seed) {
    std::vector<double> sample = zeta_sample(static_cast<std::uint64_t>(seed), 300, 2.6, 8.0);
    sample.insert(sample.end(), 400, 3.0);
    const auto result =
        vn::fit_power_law(sample, {.x_min = 8.0, .bootstrap_replicates = 200, .seed = 4});
    sum += result.fit->goodness->p_value;
  }
  const double mean = sum / samples;
  CHECK(std::abs(mean - 0.5) < 4.0 * std::sqrt(1.0 / 12 / samples));
}

TEST_CASE("parameters are recovered within their standard errors", "[power_law]") {
  for (const bool discrete : {true, false}) {
    double chi_square = 0.0;
    constexpr int samples = 40;
    for (std::uint64_t seed = 0; seed < samples; ++seed) {
      const double alpha = 1.6 + 0.06 * static_cast<double>(seed);
      const auto sample = discrete ? zeta_sample(seed, 2000, alpha + 0.4, 3.0)
                                   : pareto_sample(seed, 2000, alpha, 3.0);
      const auto fit = vn::fit_power_law(sample, {.x_min = 3.0}).fit;
      const double error =
          (fit->alpha - alpha - (discrete ? 0.4 : 0.0)) / fit->alpha_standard_error;
      chi_square += error * error;
    }
    INFO("discrete " << discrete << ", chi-square " << chi_square);
    CHECK(chi_square > 16.9);  // 0.1% and 99.9% quantiles at 40 degrees of freedom
    CHECK(chi_square < 73.4);
  }
}

TEST_CASE("p-values are spread evenly under the null and small under alternatives", "[power_law]") {
  constexpr int samples = 120;
  std::vector<double> p_values;
  for (std::uint64_t seed = 0; seed < samples; ++seed) {
    const auto sample =
        seed % 2 == 0 ? zeta_sample(seed, 500, 2.5, 2.0) : pareto_sample(seed, 300, 2.5, 2.0);
    const auto result = vn::fit_power_law(sample, {.bootstrap_replicates = 150, .seed = seed});
    p_values.push_back(result.fit->goodness->p_value);
  }
  std::sort(p_values.begin(), p_values.end());
  double distance = 0.0;
  for (std::size_t i = 0; i < p_values.size(); ++i) {
    distance = std::max(distance, std::abs(p_values[i] - (static_cast<double>(i) + 0.5) / samples));
  }
  // 99.9% quantile of Kolmogorov's statistic is 1.95/sqrt(n); the replicates' own noise adds a bit.
  CHECK(distance < 1.95 / std::sqrt(samples) + 0.02);

  int rejected = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    vn::detail::random_stream random(seed, 5);
    std::vector<double> sample(1000);
    for (double& x : sample) x = std::floor(1.0 - 12.0 * std::log(random.uniform_positive()));
    const auto result =
        vn::fit_power_law(sample, {.x_min = 2.0, .bootstrap_replicates = 100, .seed = seed});
    rejected += result.fit->goodness->p_value < 0.1 ? 1 : 0;
  }
  CHECK(rejected == 40);  // exponential, n = 1000: no power-law fit survives
}

TEST_CASE("fit and p-value are the same bits at any thread count", "[power_law]") {
  for (const auto& sample : {zeta_sample(2, 4000, 2.3, 1.0), pareto_sample(2, 6000, 2.3, 1.0)}) {
    const auto one =
        vn::fit_power_law(sample, {.bootstrap_replicates = 60, .seed = 3}, {.threads = 1});
    const auto intervals =
        vn::bootstrap_power_law(vn::count_values(sample), {}, {.replicates = 40}, {.threads = 1});
    for (const int threads : {2, 8}) {
      const auto more =
          vn::fit_power_law(sample, {.bootstrap_replicates = 60, .seed = 3}, {.threads = threads});
      CHECK(same(*one.fit, *more.fit));
      const auto again = vn::bootstrap_power_law(vn::count_values(sample), {}, {.replicates = 40},
                                                 {.threads = threads});
      CHECK(intervals->alpha.lower == again->alpha.lower);
      CHECK(intervals->alpha.upper == again->alpha.upper);
      CHECK(intervals->x_min_deviation == again->x_min_deviation);
    }
  }
}

TEST_CASE("bootstrap intervals hold the truth and the fixed x_min", "[power_law]") {
  const auto counts = vn::count_values(zeta_sample(12, 3000, 2.5, 4.0));
  const auto free = vn::bootstrap_power_law(counts, {}, {.replicates = 300});
  REQUIRE(free);
  CHECK(free->replicates == 300);
  CHECK(free->alpha.lower < 2.5);
  CHECK(free->alpha.upper > 2.5);
  CHECK(free->x_min.lower <= 4.0);
  const auto fixed = vn::bootstrap_power_law(counts, {.x_min = 4.0}, {.replicates = 300});
  CHECK(fixed->x_min.lower == 4.0);
  CHECK(fixed->x_min.upper == 4.0);
  // With x_min known, the bootstrap must find Fisher's standard error.
  const auto fit = vn::fit_power_law(counts, {.x_min = 4.0}).fit;
  CHECK(fixed->alpha_deviation == Approx(fit->alpha_standard_error).epsilon(0.2));
  CHECK_THROWS_AS(vn::bootstrap_power_law(counts, {}, {.confidence = 1.0}), std::invalid_argument);
  CHECK(!vn::bootstrap_power_law(vn::value_counts{{2.0}, {9}}));
}

TEST_CASE("a finite-size correction is applied to alpha alone", "[power_law]") {
  const auto sample = pareto_sample(8, 40, 2.5, 1.0);
  const auto plain = vn::fit_power_law(sample).fit;
  const auto corrected =
      vn::fit_power_law(sample, {.correction = vn::finite_size_correction::applied}).fit;
  const auto n = static_cast<double>(plain->tail_size);
  CHECK(corrected->alpha == Approx(plain->alpha * (n - 1) / n + 1 / n));
  CHECK(corrected->alpha_maximum_likelihood == plain->alpha);
  CHECK(corrected->ks_distance == plain->ks_distance);
}

TEST_CASE("samples without a fit say why", "[power_law]") {
  const auto status = [](const std::vector<double>& sample,
                         const vn::power_law_options& options = {}) {
    const auto result = vn::fit_power_law(sample, options);
    CHECK(result.fit.has_value() == (result.status == vn::fit_status::fitted));
    CHECK(!vn::explain(result.status).empty());
    return result.status;
  };
  using s = vn::fit_status;
  CHECK(status({}) == s::empty_sample);
  CHECK(status({0.0, 0.0, -3.0}) == s::nothing_positive);
  CHECK(status({1.0, std::nan("")}) == s::not_finite);
  CHECK(status({1.0, HUGE_VAL}) == s::not_finite);
  CHECK(status({7.0}) == s::constant_sample);
  CHECK(status({7.0, 7.0, 7.0, 0.0}) == s::constant_sample);
  CHECK(status({1.0, 2.5}, {.kind = vn::sample_kind::discrete}) == s::not_whole);
  CHECK(status({1.0, 2.0, 3.0}, {.x_min = 3.0}) == s::tail_too_small);
  CHECK(status({1.0, 2.0, 3.0}, {.x_min = 4.0}) == s::tail_too_small);
  CHECK(status({1.0, 3.0, 3.0}, {.x_min = 3.0}) == s::constant_tail);
  CHECK(status({1.0, 2.0, 3.0}, {.min_tail_size = 4}) == s::tail_too_small);
  CHECK(status({1.0, 2.0}) == s::fitted);
}

TEST_CASE("zeros and negative values are dropped and counted", "[power_law]") {
  std::vector<double> sample = zeta_sample(4, 500, 2.5, 1.0);
  const auto plain = vn::fit_power_law(sample);
  sample.insert(sample.end(), 5000, 0.0);
  sample.insert(sample.end(), 3, -1.0);
  const auto heavy = vn::fit_power_law(sample);
  CHECK(heavy.fit->alpha == plain.fit->alpha);
  CHECK(heavy.fit->tail_share == plain.fit->tail_share);
  CHECK(heavy.sample.zero == 5000);
  CHECK(heavy.sample.negative == 3);
  CHECK(heavy.sample.kept == 500);
  CHECK(heavy.sample.given == 5503);
}

TEST_CASE("extreme values neither overflow nor underflow", "[power_law]") {
  // All but one value equal, far from zero: alpha is enormous and still right.
  const vn::value_counts tight{{1e6, 1e6 + 1.0}, {1000, 1}};
  const auto fit = vn::fit_power_law(tight).fit;
  REQUIRE(fit);
  // A geometric law of ratio r = (1 + 1e-6)^-alpha, whose mean r/(1 - r) is 1/1001.
  CHECK(fit->alpha == Approx(std::log(1002.0) / std::log1p(1e-6)).epsilon(1e-6));
  CHECK(std::isfinite(fit->log_likelihood));

  const vn::value_counts wide{{1.0, 1e15, 1e300}, {1, 1, 1}};
  for (const auto kind : {vn::sample_kind::discrete, vn::sample_kind::continuous}) {
    const auto result = vn::fit_power_law(wide, {.kind = kind, .bootstrap_replicates = 20});
    REQUIRE(result.fit);
    CHECK(result.fit->alpha > 1.0);
    CHECK(std::isfinite(result.fit->ks_distance));
  }
  const vn::value_counts tiny{{1e-300, 2e-300, 5e-290}, {4, 2, 1}};
  CHECK(std::isfinite(vn::fit_power_law(tiny, {.bootstrap_replicates = 20}).fit->alpha));
}

TEST_CASE("other programs' regression samples fit", "[power_law]") {
  for (const std::string name :
       {"underflow_regression_test_1.txt", "underflow_regression_test_2.txt"}) {
    std::ifstream file(std::string(VALUENET_SHARED_DIR) + "/reference/power_law/" + name);
    if (!file) {
      WARN(name << " is not beside the checkout: skipped");
      continue;
    }
    std::vector<double> sample;
    for (double x = 0.0; file >> x;) sample.push_back(x);
    const auto fit = vn::fit_power_law(sample, {.bootstrap_replicates = 50}).fit;
    REQUIRE(fit);
    CHECK(std::isfinite(fit->log_likelihood));
    CHECK(fit->ks_distance > 0.0);
    CHECK(fit->ks_distance < 1.0);
  }
}

TEST_CASE("broken histograms are refused", "[power_law]") {
  CHECK_THROWS_AS(vn::fit_power_law(vn::value_counts{{1.0, 2.0}, {1}}), std::invalid_argument);
  CHECK_THROWS_AS(vn::fit_power_law(vn::value_counts{{2.0, 1.0}, {1, 1}}), std::invalid_argument);
  CHECK_THROWS_AS(vn::fit_power_law(vn::value_counts{{1.0, 2.0}, {1, 0}}), std::invalid_argument);
  CHECK_THROWS_AS(vn::fit_power_law(vn::value_counts{{1.0, HUGE_VAL}, {1, 1}}),
                  std::invalid_argument);
}

TEST_CASE("distance curves are thinned around the best cut-off", "[power_law]") {
  const auto counts = vn::count_values(pareto_sample(5, 5000, 2.4, 1.0));
  const auto curve = vn::distance_curve(counts, {}, 100);
  CHECK(curve.size() >= 80);
  CHECK(curve.size() <= 101);
  const auto fit = vn::fit_power_law(counts).fit;
  CHECK(std::any_of(curve.begin(), curve.end(), [&](const vn::cut_off& c) {
    return c.x_min == fit->x_min && c.ks_distance == fit->ks_distance;
  }));
  CHECK(std::is_sorted(curve.begin(), curve.end(),
                       [](const auto& a, const auto& b) { return a.x_min < b.x_min; }));
  CHECK(vn::distance_curve(vn::value_counts{}).empty());
}

TEST_CASE("a long bootstrap stops when asked to", "[power_law]") {
  const auto counts = vn::count_values(pareto_sample(5, 20'000, 2.4, 1.0));
  std::stop_source stop;
  std::atomic<int> reports{0};
  vn::execution exec{.threads = 2, .stop = stop.get_token()};
  exec.progress = [&](const vn::progress_report&) {
    if (++reports == 2) stop.request_stop();
  };
  CHECK_THROWS_AS(vn::fit_power_law(counts, {.bootstrap_replicates = 100'000}, exec),
                  vn::cancelled);
}
