#include "valuenet/statistics/empirical_distribution.hpp"

#include <cmath>
#include <numeric>
#include <stdexcept>

#include "catch.hpp"
#include "detail/random.hpp"
#include "statistics/power_law_samples.hpp"

namespace vn = valuenet;

namespace {

double at(const std::vector<vn::ccdf_point>& curve, double x) {
  for (const vn::ccdf_point& point : curve) {
    if (point.value == x) return point.probability;
  }
  FAIL("no point at " << x);
  return 0.0;
}

}  // namespace

TEST_CASE("the CCDF is P(X >= x) over all values", "[empirical]") {
  const auto ccdf = vn::empirical_ccdf(vn::value_counts{{0.0, 1.0, 5.0}, {2, 5, 3}});
  REQUIRE(ccdf.size() == 3);
  CHECK(ccdf[0].probability == 1.0);
  CHECK(ccdf[1].value == 1.0);
  CHECK(ccdf[1].probability == Approx(0.8));
  CHECK(ccdf[2].probability == Approx(0.3));
  CHECK(vn::empirical_ccdf(vn::value_counts{}).empty());
}

TEST_CASE("log bins of whole numbers divide by the numbers they span", "[empirical]") {
  // One bin a decade: [1, 10), [10, 100). Zeros are in the population, not in a bin.
  const vn::value_counts sample{{0.0, 1.0, 9.0, 10.0, 99.0}, {4, 3, 3, 6, 4}};
  const auto bins = vn::log_binned_density(sample, 1);
  REQUIRE(bins.size() == 2);
  CHECK(bins[0].from == 1.0);
  CHECK(bins[0].to == 10.0);
  CHECK(bins[0].count == 6);
  CHECK(bins[0].density == Approx(6.0 / 20 / 9));
  CHECK(bins[0].center == Approx(3.0));
  CHECK(bins[1].density == Approx(10.0 / 20 / 90));
  CHECK_THROWS_AS(vn::log_binned_density(sample, 0), std::invalid_argument);
}

TEST_CASE("log bins hold every positive value once", "[empirical]") {
  vn::detail::random_stream random(4);
  std::vector<double> sample(5000);
  for (const bool whole : {true, false}) {
    for (double& x : sample) {
      x = std::pow(random.uniform_positive(), -1.1);
      if (whole) x = std::floor(x);
    }
    const auto counts = vn::count_values(sample);
    for (const int per_decade : {1, 7, 10, 40}) {
      const auto bins = vn::log_binned_density(counts, per_decade);
      std::uint64_t total = 0;
      double integral = 0.0;
      for (std::size_t i = 0; i < bins.size(); ++i) {
        CHECK(bins[i].from < bins[i].to);
        CHECK(bins[i].center >= bins[i].from);
        CHECK(bins[i].center <= bins[i].to);
        if (i > 0) CHECK(bins[i].from >= bins[i - 1].to);
        total += bins[i].count;
        integral += bins[i].density * (bins[i].to - bins[i].from);
      }
      CHECK(total == sample.size());
      CHECK(integral == Approx(1.0));
    }
  }
}

TEST_CASE("fitted curves lie on the data", "[empirical]") {
  const auto sample = power_law_samples::load(power_law_samples::expected("ba40k_m2"));
  REQUIRE(sample);
  const auto fit = vn::fit_power_law(*sample);
  const auto ccdf = vn::empirical_ccdf(*sample);
  const auto curve = vn::fitted_ccdf(fit, *sample);
  CHECK(curve.front().value == fit.fit->x_min);
  CHECK(curve.front().probability == Approx(at(ccdf, fit.fit->x_min)));
  CHECK(curve.back().value == sample->values.back());
  // No further off than the Kolmogorov-Smirnov distance, scaled by the tail's share.
  std::size_t compared = 0;
  for (const vn::ccdf_point& point : curve) {
    CHECK(std::floor(point.value) == point.value);
    for (const vn::ccdf_point& data : ccdf) {
      if (data.value != point.value) continue;
      CHECK(std::abs(point.probability - data.probability) <=
            fit.fit->ks_distance * fit.fit->tail_share * (1 + 1e-9));
      ++compared;
    }
  }
  CHECK(compared > 30);

  for (const auto rounding : {vn::discretization::round, vn::discretization::floor}) {
    const auto alternatives = vn::compare_alternatives(*sample, fit, {.discretization = rounding});
    for (const vn::alternative_fit& alternative : alternatives->alternatives) {
      INFO(vn::to_string(alternative.kind));
      const auto other = vn::fitted_ccdf(alternative, fit, *sample, rounding);
      REQUIRE(!other.empty());
      CHECK(other.front().probability == Approx(at(ccdf, fit.fit->x_min)));
      for (std::size_t i = 1; i < other.size(); ++i) {
        CHECK(other[i].probability <= other[i - 1].probability);
      }
      if (alternative.kind == vn::alternative::exponential ||
          alternative.kind == vn::alternative::poisson) {
        continue;
      }
      // As close as a good rival must be.
      for (const vn::ccdf_point& point : other) {
        for (const vn::ccdf_point& data : ccdf) {
          if (data.value == point.value) {
            CHECK(std::abs(point.probability - data.probability) < 0.03 * fit.fit->tail_share);
          }
        }
      }
    }
  }
}

TEST_CASE("an alternative's curve falls by its probabilities", "[empirical]") {
  // The log-likelihood recomputed from the curve must be the one that was maximised.
  const vn::value_counts sample{{3, 4, 5, 6, 7, 9, 12, 20}, {40, 30, 16, 9, 8, 5, 3, 1}};
  const auto fit = vn::fit_power_law(sample, {.x_min = 3.0});
  const auto alternatives = vn::compare_alternatives(sample, fit);
  for (const vn::alternative_fit& alternative : alternatives->alternatives) {
    INFO(vn::to_string(alternative.kind));
    if (alternative.collapsed) continue;
    vn::value_counts longer = sample;  // one more value, so that the curve reaches beyond 20
    longer.values.push_back(21.0);
    longer.counts.push_back(1);
    auto curve = vn::fitted_ccdf(alternative, fit, longer, vn::discretization::round, 400);
    REQUIRE(curve.size() == 19);  // every whole number from 3 to 21
    double log_likelihood = 0.0;
    const double share = curve.front().probability;
    for (std::size_t i = 0; i < sample.values.size(); ++i) {
      const auto k = static_cast<std::size_t>(sample.values[i] - 3.0);
      log_likelihood += static_cast<double>(sample.counts[i]) *
                        std::log((curve[k].probability - curve[k + 1].probability) / share);
    }
    CHECK(log_likelihood == Approx(alternative.log_likelihood).epsilon(1e-9));
  }
}

TEST_CASE("continuous curves are those of their densities", "[empirical]") {
  const vn::value_counts sample{{1.5, 2.25, 3.5, 4.75, 9.0, 30.5}, {9, 6, 4, 3, 2, 1}};
  const auto fit = vn::fit_power_law(sample, {.x_min = 1.5});
  const auto alternatives = vn::compare_alternatives(sample, fit);
  const auto curve = vn::fitted_ccdf(fit, sample, 50);
  CHECK(curve.front().probability == 1.0);
  CHECK(curve.back().probability == Approx(std::pow(30.5 / 1.5, 1.0 - fit.fit->alpha)));
  for (const vn::alternative_fit& alternative : alternatives->alternatives) {
    if (alternative.kind != vn::alternative::power_law_with_cutoff || alternative.collapsed)
      continue;
    // Its survival function by Simpson's rule in ln x.
    const double alpha = alternative.parameters[0].value;
    const double lambda = alternative.parameters[1].value;
    const auto tail = [&](double from) {
      constexpr int steps = 20'000;
      const double width = std::log(4000.0 / from) / steps;
      double sum = 0.0;
      for (int i = 0; i <= steps; ++i) {
        const double x = from * std::exp(width * i);
        sum += (i == 0 || i == steps ? 1 : (i % 2 == 1 ? 4 : 2)) * std::pow(x, 1 - alpha) *
               std::exp(-lambda * x);
      }
      return sum * width / 3;
    };
    for (const vn::ccdf_point& point : vn::fitted_ccdf(alternative, fit, sample, {}, 9)) {
      CHECK(point.probability == Approx(tail(point.value) / tail(1.5)).epsilon(1e-6));
    }
  }
  CHECK(vn::fitted_ccdf(vn::power_law_result{}, sample).empty());
}
