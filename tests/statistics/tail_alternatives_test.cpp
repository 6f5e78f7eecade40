#include "valuenet/statistics/tail_alternatives.hpp"

#include <cmath>
#include <sstream>
#include <stdexcept>

#include "catch.hpp"
#include "detail/random.hpp"
#include "statistics/power_law_samples.hpp"

namespace vn = valuenet;

namespace {

struct named_alternative {
  vn::alternative kind;
  std::string column;
};

std::vector<named_alternative> columns_of(bool discrete, vn::discretization rounding) {
  const std::string suffix = rounding == vn::discretization::round ? "_round" : "_floor";
  std::vector<named_alternative> result{{vn::alternative::exponential, "exp"},
                                        {vn::alternative::lognormal, "ln" + suffix},
                                        {vn::alternative::stretched_exponential, "se" + suffix},
                                        {vn::alternative::power_law_with_cutoff, "tpl"}};
  if (discrete) result.push_back({vn::alternative::poisson, "poi"});
  return result;
}

void check_row(const vn::alternative_fit& fit, const power_law_samples::csv_row& row,
               const std::string& column) {
  INFO(row.at("name") << ' ' << column);
  CHECK(fit.converged);
  CHECK(std::abs(fit.log_likelihood_ratio - std::stod(row.at(column + "_R"))) < 1e-4);
  const double p_value = std::stod(row.at(column + "_p"));
  CHECK(fit.indistinguishable == (p_value > 0.1));
  // The file does not mark this one, whose sigma of 2.5 million is a collapse: see the
  // specification.
  const bool unmarked = row.at("name") == "moby_sample" && column == "ln_floor";
  std::istringstream parameters(row.at(column + "_par"));
  if (unmarked || row.at(column + "_par").starts_with("PLlimit")) {
    CHECK(fit.collapsed);
    CHECK(!fit.vuong);
    CHECK(!fit.p_value);
    CHECK(!fit.aic_weight);
    CHECK(fit.parameters.empty());
    REQUIRE(fit.limit_alpha);
    std::string word;
    double exponent = 0.0;
    if (!unmarked && parameters >> word >> exponent) {
      CHECK(*fit.limit_alpha - 1.0 == Approx(exponent).margin(2e-6));
    }
    return;
  }
  CHECK(!fit.collapsed);
  CHECK(!fit.limit_alpha);
  REQUIRE(fit.vuong);
  CHECK(std::abs(*fit.vuong - std::stod(row.at(column + "_V"))) < 3e-5);
  REQUIRE(fit.p_value);
  CHECK(std::abs(*fit.p_value - p_value) < 2e-5);
  for (const vn::distribution_parameter& parameter : fit.parameters) {
    INFO(parameter.name);
    double expected = 0.0;
    REQUIRE(parameters >> expected);
    REQUIRE(parameter.standard_error);
    CHECK(*parameter.standard_error > 0.0);
    CHECK(std::abs(parameter.value - expected) < 0.01 * *parameter.standard_error);
  }
  std::string left;
  CHECK(!(parameters >> left));
}

std::vector<double> draw(std::uint64_t seed, std::size_t size,
                         double (*transform)(vn::detail::random_stream&)) {
  vn::detail::random_stream random(seed, 77);
  std::vector<double> sample(size);
  for (double& x : sample) x = transform(random);
  return sample;
}

// Whether a parameter lies within five standard errors of the truth.
void check_recovered(const vn::alternative_fit& fit, std::size_t which, double truth) {
  INFO(fit.parameters[which].name << " = " << fit.parameters[which].value << " +- "
                                  << *fit.parameters[which].standard_error << ", truth " << truth);
  CHECK(std::abs(fit.parameters[which].value - truth) <
        5.0 * *fit.parameters[which].standard_error);
}

}  // namespace

TEST_CASE("every reference comparison is met", "[alternatives]") {
  int missing = 0;
  for (const auto& row : power_law_samples::expected_rows()) {
    const auto sample = power_law_samples::load(row);
    if (!sample) {
      ++missing;
      continue;
    }
    const bool discrete = row.at("discrete") == "1";
    const auto fit = vn::fit_power_law(
        *sample, {.kind = discrete ? vn::sample_kind::discrete : vn::sample_kind::continuous});
    for (const auto rounding : {vn::discretization::round, vn::discretization::floor}) {
      if (!discrete && rounding == vn::discretization::floor) continue;
      const auto result = vn::compare_alternatives(*sample, fit, {.discretization = rounding});
      REQUIRE(result);
      CHECK(result->alternatives.size() == (discrete ? 5U : 4U));
      for (const auto& [kind, column] : columns_of(discrete, rounding)) {
        const vn::alternative_fit* alternative = result->find(kind);
        REQUIRE(alternative != nullptr);
        check_row(*alternative, row, column);
      }
    }
  }
  if (missing > 0) WARN(missing << " reference samples are not beside the checkout: skipped");
}

TEST_CASE("true alternatives are found, with their parameters", "[alternatives]") {
  SECTION("lognormal") {
    const auto sample =
        draw(1, 4000, [](auto& random) { return std::exp(1.2 + 0.8 * random.normal()); });
    const auto counts = vn::count_values(sample);
    const auto fit = vn::fit_power_law(counts, {.x_min = 1.5});
    const auto result = vn::compare_alternatives(counts, fit);
    const auto* lognormal = result->find(vn::alternative::lognormal);
    check_recovered(*lognormal, 0, 1.2);
    check_recovered(*lognormal, 1, 0.8);
    CHECK(*lognormal->vuong < -5.0);
    CHECK(!lognormal->indistinguishable);
    CHECK(*lognormal->aic_weight > 0.99);
    CHECK(result->power_law_aic_weight < 1e-6);
  }
  SECTION("stretched exponential, in whole numbers") {
    const auto sample = draw(2, 6000, [](auto& random) {
      return std::round(std::pow(-std::log(random.uniform_positive()) / 0.5, 1.0 / 0.6));
    });
    const auto counts = vn::count_values(sample);
    const auto fit = vn::fit_power_law(counts, {.x_min = 3.0});
    const auto result = vn::compare_alternatives(counts, fit);
    const auto* stretched = result->find(vn::alternative::stretched_exponential);
    check_recovered(*stretched, 0, 0.5);
    check_recovered(*stretched, 1, 0.6);
    CHECK(*stretched->vuong < -5.0);
  }
  SECTION("exponential, in whole numbers") {
    const auto sample = draw(3, 3000, [](auto& random) {
      return std::floor(1.0 - 8.0 * std::log(random.uniform_positive()));
    });
    const auto counts = vn::count_values(sample);
    const auto fit = vn::fit_power_law(counts, {.x_min = 2.0});
    const auto result = vn::compare_alternatives(counts, fit);
    const auto* exponential = result->find(vn::alternative::exponential);
    check_recovered(*exponential, 0, 1.0 / 8.0);
    CHECK(*exponential->vuong < -5.0);
  }
  SECTION("Poisson") {
    const auto sample = draw(4, 3000, [](auto& random) {
      double product = random.uniform_positive();
      double count = 0.0;
      for (; product > std::exp(-6.0); product *= random.uniform_positive()) count += 1.0;
      return count;
    });
    const auto counts = vn::count_values(sample);
    const auto fit = vn::fit_power_law(counts, {.x_min = 4.0});
    const auto result = vn::compare_alternatives(counts, fit);
    const auto* poisson = result->find(vn::alternative::poisson);
    check_recovered(*poisson, 0, 6.0);
    CHECK(*poisson->vuong < -5.0);
  }
  SECTION("power law with cut-off") {
    // Rejection from a Pareto law: density ~ x^-1.8 exp(-0.02 x).
    const auto sample = draw(5, 6000, [](auto& random) {
      for (;;) {
        const double x = std::pow(random.uniform_positive(), -1.0 / 0.8);
        if (random.uniform() < std::exp(-0.02 * (x - 1.0))) return x;
      }
    });
    const auto counts = vn::count_values(sample);
    const auto fit = vn::fit_power_law(counts, {.x_min = 1.0});
    const auto result = vn::compare_alternatives(counts, fit);
    const auto* cutoff = result->find(vn::alternative::power_law_with_cutoff);
    check_recovered(*cutoff, 0, 1.8);
    check_recovered(*cutoff, 1, 0.02);
    CHECK(*cutoff->p_value < 1e-6);
    CHECK(*cutoff->boundary_p_value == 0.5 * *cutoff->p_value);
  }
}

TEST_CASE("a true power law is not beaten", "[alternatives]") {
  int wins = 0;
  int collapses = 0;
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    vn::detail::random_stream random(seed, 3);
    std::vector<double> sample(1500);
    for (double& x : sample) x = 2.0 * std::pow(random.uniform_positive(), -1.0 / 1.5);
    const auto counts = vn::count_values(sample);
    const auto result = vn::compare_alternatives(counts, vn::fit_power_law(counts, {.x_min = 2.0}),
                                                 {.significance = 0.01});
    for (const auto& alternative : result->alternatives) {
      wins += alternative.log_likelihood_ratio < 0.0 && !alternative.indistinguishable ? 1 : 0;
      collapses += alternative.collapsed ? 1 : 0;
      CHECK(alternative.converged);
      // What contains the power law cannot fit worse.
      if (alternative.kind != vn::alternative::exponential) {
        CHECK(alternative.log_likelihood_ratio < 1e-9);
      }
    }
    CHECK(result->find(vn::alternative::exponential)->log_likelihood_ratio > 100.0);
  }
  CHECK(wins <= 2);
  // Half of the samples lie on each side of the power law.
  CHECK(collapses > 20);
  CHECK(collapses < 70);
}

TEST_CASE("fitted likelihoods are maxima: of the exponential by hand", "[alternatives]") {
  // Whole numbers 1, 2, 3, 4 once each from x_min = 1: geometric of mean excess 3/2.
  const vn::value_counts counts{{1, 2, 3, 4}, {1, 1, 1, 1}};
  const auto result = vn::compare_alternatives(counts, vn::fit_power_law(counts, {.x_min = 1.0}));
  const auto* exponential = result->find(vn::alternative::exponential);
  CHECK(exponential->parameters[0].value == Approx(std::log(1.0 + 1.0 / 1.5)));
  CHECK(exponential->log_likelihood == Approx(4.0 * std::log(0.4) + 6.0 * std::log(0.6)));
  double weights = result->power_law_aic_weight;
  for (const auto& alternative : result->alternatives)
    weights += alternative.aic_weight.value_or(0.0);
  CHECK(weights == Approx(1.0));
}

TEST_CASE("comparisons are the same bits at any thread count", "[alternatives]") {
  const auto counts =
      vn::count_values(draw(9, 9000, [](auto& random) { return std::exp(random.normal()); }));
  const auto fit = vn::fit_power_law(counts, {.x_min = 0.3});
  const auto one = vn::compare_alternatives(counts, fit, {}, {.threads = 1});
  for (const int threads : {2, 8}) {
    const auto more = vn::compare_alternatives(counts, fit, {}, {.threads = threads});
    for (std::size_t i = 0; i < one->alternatives.size(); ++i) {
      CHECK(one->alternatives[i].log_likelihood == more->alternatives[i].log_likelihood);
      CHECK(one->alternatives[i].vuong == more->alternatives[i].vuong);
      for (std::size_t k = 0; k < one->alternatives[i].parameters.size(); ++k) {
        CHECK(one->alternatives[i].parameters[k].value ==
              more->alternatives[i].parameters[k].value);
      }
    }
  }
}

TEST_CASE("odd tails are compared or left alone", "[alternatives]") {
  CHECK(!vn::compare_alternatives({}, vn::fit_power_law(vn::value_counts{})));
  const vn::value_counts two{{1.0, 2.0}, {5, 3}};
  CHECK_THROWS_AS(vn::compare_alternatives(two, vn::fit_power_law(two), {.significance = 0.0}),
                  std::invalid_argument);
  const std::vector<vn::value_counts> odd{
      two,
      {{1e6, 1e6 + 1.0}, {1000, 1}},
      {{5.0, 6.0, 7.0}, {1, 1000, 1}},
      {{1.0, 1e15, 1e300}, {1, 1, 1}},
      {{1e-300, 2e-300, 5e-290}, {4, 2, 1}},
      {{3.0, 1e9, 1e9 + 1.0, 2e9}, {1, 100, 100, 7}},
      {{1e15, 1e15 + 8.0, 4e15}, {10, 10, 10}},
  };
  for (const vn::value_counts& counts : odd) {
    for (const auto kind : {vn::sample_kind::automatic, vn::sample_kind::continuous}) {
      const auto fit = vn::fit_power_law(counts, {.kind = kind});
      const auto result = vn::compare_alternatives(counts, fit);
      REQUIRE(result.has_value() == fit.fit.has_value());
      if (!result) continue;
      for (const auto& alternative : result->alternatives) {
        INFO(vn::to_string(alternative.kind) << " on " << counts.values[0]);
        if (alternative.converged) {
          CHECK(std::isfinite(alternative.log_likelihood_ratio));
          for (const auto& parameter : alternative.parameters)
            CHECK(std::isfinite(parameter.value));
        }
      }
    }
  }
}
