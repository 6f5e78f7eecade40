#include "valuenet/statistics/tail_index.hpp"

#include "valuenet/error.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <stop_token>

#include "catch.hpp"
#include "detail/random.hpp"
#include "statistics/order_statistics.hpp"
#include "statistics/power_law_samples.hpp"

namespace vn = valuenet;
using vn::tail_index_estimator;

namespace {

// The estimators written from their definitions, on descending logarithms.
double plain_moment(const std::vector<double>& logs, std::size_t k, int power) {
  double sum = 0.0;
  for (std::size_t i = 0; i < k; ++i) sum += std::pow(logs[i] - logs[k], power);
  return sum / static_cast<double>(k);
}

double plain_kernel(const std::vector<double>& logs, std::size_t k, std::size_t size, int degree) {
  const auto n = static_cast<double>(size);
  const double h = static_cast<double>(k) / n;
  const double c = degree == 2 ? 15.0 / 8 : 35.0 / 16;
  constexpr double a = 0.6;
  const auto kernel = [&](double u) { return c * std::pow(1.0 - u * u / (h * h), degree) / h; };
  double positive = 0.0;
  double q1 = 0.0;
  double q2 = 0.0;
  for (std::size_t i = 1; i < k; ++i) {
    const double u = static_cast<double>(i) / n;
    const double gap = logs[i - 1] - logs[i];
    const double slope = (std::pow(u + 1e-7, a + 1) * kernel(u + 1e-7) -
                          std::pow(u - 1e-7, a + 1) * kernel(u - 1e-7)) /
                         2e-7;
    positive += u * kernel(u) * gap;
    q1 += std::pow(u, a) * kernel(u) * gap;
    q2 += slope * gap;
  }
  return positive - 1.0 + q2 / q1;
}

template <class Draw>
vn::value_counts sample_of(std::uint64_t seed, std::size_t size, Draw&& draw) {
  vn::detail::random_stream random(seed, 11);
  std::vector<double> sample(size);
  for (double& x : sample) x = draw(random);
  return vn::count_values(sample);
}

}  // namespace

TEST_CASE("estimators at k equal their definitions, on a sample and on a resample",
          "[tail_index]") {
  vn::detail::random_stream random(3);
  std::vector<double> logs(200);
  for (double& x : logs) x = 1.0 - 0.7 * std::log(random.uniform_positive());
  std::sort(logs.rbegin(), logs.rend());
  std::vector<std::uint16_t> counts(logs.size());
  std::vector<double> resample;
  for (std::size_t i = 0; i < logs.size(); ++i) {
    counts[i] = static_cast<std::uint16_t>(random.below(4));
    resample.insert(resample.end(), counts[i], logs[i]);
  }
  for (const bool is_resample : {false, true}) {
    const std::vector<double>& plain = is_resample ? resample : logs;
    const std::vector<std::size_t> ks{2, 3, 17, 18, 60, plain.size() - 1};
    const vn::detail::order_statistics statistics(plain.size(), ks.back());
    std::size_t visited = 0;
    statistics.visit(
        logs,
        is_resample ? std::span<const std::uint16_t>(counts) : std::span<const std::uint16_t>{}, ks,
        [&](std::size_t i, const vn::detail::estimates_at_k& found) {
          const std::size_t k = ks[i];
          INFO("resample " << is_resample << ", k = " << k);
          ++visited;
          const double m1 = plain_moment(plain, k, 1);
          const double m2 = plain_moment(plain, k, 2);
          const double m3 = plain_moment(plain, k, 3);
          CHECK(found[0].estimate == Approx(m1));
          CHECK(found[0].auxiliary - found[0].estimate == Approx(m2 - 2 * m1 * m1).margin(1e-12));
          if (m2 > 1.001 * m1 * m1) {
            CHECK(found[1].estimate == Approx(m1 + 1 - 0.5 / (1 - m1 * m1 / m2)).epsilon(1e-7));
            CHECK(found[1].auxiliary ==
                  Approx(std::sqrt(m2 / 2) + 1 - 2.0 / 3 / (1 - m1 * m2 / m3)).epsilon(1e-7));
          }
          if (plain[0] > plain[k - 1]) {
            CHECK(found[2].estimate ==
                  Approx(plain_kernel(plain, k, plain.size(), 2)).epsilon(1e-4));
            CHECK(found[2].auxiliary ==
                  Approx(plain_kernel(plain, k, plain.size(), 3)).epsilon(1e-4));
          }
        });
    CHECK(visited == ks.size());
  }
}

TEST_CASE("a Pareto law's index is found by all three", "[tail_index]") {
  for (const double xi : {0.35, 0.7, 1.2}) {
    INFO("xi = " << xi);
    const auto result = vn::tail_index(sample_of(
        5, 8000, [xi](auto& random) { return std::pow(random.uniform_positive(), -xi); }));
    CHECK(!result.had_noise);
    CHECK(result.sample_size == 8000);
    for (const auto& estimate : result.estimates) {
      INFO(vn::to_string(estimate.estimator));
      REQUIRE(estimate.index);
      CHECK(*estimate.index == Approx(xi).epsilon(0.08));
      CHECK(*estimate.alpha == Approx(1.0 + 1.0 / *estimate.index));
      CHECK(estimate.lowest <= *estimate.index);
      CHECK(estimate.highest >= *estimate.index);
      CHECK(estimate.order_statistics > 400);
    }
    REQUIRE(result.verdict);
    CHECK(*result.verdict == (xi > 0.5 ? vn::tail_class::power_law_with_diverging_variance
                                       : vn::tail_class::power_law));
    CHECK(result.agreement == 1.0);
  }
}

TEST_CASE("a tail that is a power law only in the limit is found", "[tail_index]") {
  // |Cauchy|: xi = 1, far from a power law in its body.
  const auto cauchy = vn::tail_index(sample_of(6, 10'000, [](auto& random) {
    return std::abs(std::tan(3.14159265358979 * (random.uniform() - 0.5)));
  }));
  for (const auto& estimate : cauchy.estimates) CHECK(*estimate.index == Approx(1.0).margin(0.15));
  CHECK(*cauchy.verdict == vn::tail_class::power_law_with_diverging_variance);
}

TEST_CASE("light tails are no power laws", "[tail_index]") {
  const auto uniform =
      vn::tail_index(sample_of(7, 8000, [](auto& random) { return random.uniform_positive(); }));
  CHECK(*uniform[tail_index_estimator::moments].index == Approx(-1.0).margin(0.15));
  CHECK(*uniform[tail_index_estimator::kernel].index == Approx(-1.0).margin(0.15));
  CHECK(*uniform.verdict == vn::tail_class::not_power_law);

  const auto normal =
      vn::tail_index(sample_of(8, 8000, [](auto& random) { return std::abs(random.normal()); }));
  CHECK(*normal.verdict == vn::tail_class::not_power_law);

  const auto exponential = vn::tail_index(sample_of(9, 8000, [](auto& random) {
    return std::ceil(-10.0 * std::log(random.uniform_positive()));
  }));
  CHECK(exponential.had_noise);
  CHECK(*exponential[tail_index_estimator::moments].index < 0.12);
  CHECK((exponential.verdict == vn::tail_class::not_power_law ||
         exponential.verdict == vn::tail_class::hardly_power_law));
}

TEST_CASE("whole numbers from the zeta law are recognised", "[tail_index]") {
  const auto sample = power_law_samples::load(power_law_samples::expected("zipf22_40k"));
  REQUIRE(sample);
  const auto result = vn::tail_index(*sample, {.repeats = 3, .replicates = 40});
  CHECK(result.had_noise);
  for (const auto& estimate : result.estimates) {
    CHECK(*estimate.alpha == Approx(2.2).margin(0.08));
  }
  CHECK(*result.verdict == vn::tail_class::power_law_with_diverging_variance);
}

TEST_CASE("looking at the largest values only changes little", "[tail_index]") {
  const auto sample =
      sample_of(10, 30'000, [](auto& random) { return std::pow(random.uniform_positive(), -0.6); });
  const auto part =
      vn::tail_index(sample, {.repeats = 3, .replicates = 30, .most_order_statistics = 3000});
  for (const auto& estimate : part.estimates) {
    CHECK(*estimate.index == Approx(0.6).epsilon(0.1));
    CHECK(estimate.order_statistics < 3000);
  }
}

TEST_CASE("tail indices are the same bits at any thread count", "[tail_index]") {
  const auto sample = sample_of(
      11, 3000, [](auto& random) { return std::floor(std::pow(random.uniform_positive(), -0.8)); });
  const auto one = vn::tail_index(sample, {.repeats = 2, .replicates = 21}, {.threads = 1});
  for (const int threads : {2, 8}) {
    const auto more =
        vn::tail_index(sample, {.repeats = 2, .replicates = 21}, {.threads = threads});
    for (std::size_t e = 0; e < 3; ++e) {
      CHECK(one.estimates[e].index == more.estimates[e].index);
      CHECK(one.estimates[e].highest == more.estimates[e].highest);
    }
  }
}

TEST_CASE("samples too small or too odd have no index, and nothing breaks", "[tail_index]") {
  CHECK(!vn::tail_index({}).verdict);
  CHECK(!vn::tail_index({{1, 2, 3}, {1, 1, 1}}).verdict);
  CHECK(!vn::tail_index({{-5.0, 0.0}, {100, 100}}).verdict);
  CHECK(!vn::tail_index({{2.5}, {100}})[tail_index_estimator::hill].index);  // constant
  CHECK(vn::tail_index({{2.0}, {100}}).verdict.value_or(vn::tail_class::not_power_law) ==
        vn::tail_class::not_power_law);  // constant but for the noise
  static_cast<void>(vn::tail_index({{1.0, 1e300}, {30, 1}}));
  static_cast<void>(vn::tail_index({{1e-300, 1.5}, {30, 30}}));
  vn::value_counts broken{{1.0}, {50}};
  broken.not_finite = 1;
  CHECK(!vn::tail_index(broken).verdict);
  CHECK_THROWS_AS(vn::tail_index({{2.0, 1.0}, {1, 1}}), std::invalid_argument);
  CHECK_THROWS_AS(vn::tail_index({}, {.repeats = 0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::tail_index({}, {.replicates = 1}), std::invalid_argument);
  CHECK_THROWS_AS(vn::tail_index({}, {.most_order_statistics = 3}), std::invalid_argument);
}

TEST_CASE("tail-index estimation stops when asked to", "[tail_index]") {
  std::stop_source stop;
  stop.request_stop();
  const auto sample =
      sample_of(1, 1000, [](auto& random) { return 1.0 / random.uniform_positive(); });
  CHECK_THROWS_AS(vn::tail_index(sample, {}, {.stop = stop.get_token()}), vn::cancelled);
}
