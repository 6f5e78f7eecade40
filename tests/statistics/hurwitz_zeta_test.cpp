#include "detail/hurwitz_zeta.hpp"

#include <cmath>
#include <string>

#include "catch.hpp"
#include "statistics/power_law_samples.hpp"

namespace detail = valuenet::detail;

TEST_CASE("zeta and its derivatives agree with the reference to 1e-13", "[hurwitz]") {
  const auto rows =
      power_law_samples::read_csv(power_law_samples::reference_directory() + "hurwitz.csv");
  REQUIRE(rows.size() == 72);
  for (const auto& row : rows) {
    const double s = std::stod(row.at("s"));
    const double q = std::stod(row.at("q"));
    INFO("s = " << s << ", q = " << q);
    long double log_zeta = std::stold(row.at("ln_zeta"));
    long double slope = std::stold(row.at("minus_dlnzeta_ds"));
    long double curvature = std::stold(row.at("d2lnzeta_ds2"));
    // The table is for the decimal s; a double cannot hold 1.0001, and next to the pole its
    // rounding alone moves the answer by 2e-13. There ln zeta is -ln(s - 1) but for a constant.
    const long double rounding = static_cast<long double>(s) - std::stold(row.at("s"));
    log_zeta -= rounding * slope;
    slope -= rounding * curvature;
    curvature -= rounding * 2.0L * curvature * std::sqrt(curvature);

    const detail::zeta_moments moments = detail::hurwitz_moments(s, q);
    const auto relative = [](double found, long double exact) {
      return static_cast<double>(std::abs((static_cast<long double>(found) - exact) / exact));
    };
    CHECK(relative(detail::log_hurwitz_zeta(s, q), log_zeta) < 1e-13);
    CHECK(relative(std::log(q) + moments.mean_log, slope) < 1e-13);
    CHECK(relative(moments.variance_log, curvature) < 1e-13);
    CHECK(detail::hurwitz_scaled(s, q) == Approx(std::exp(moments.log_sum)).epsilon(1e-13));
  }
}

TEST_CASE("zeta agrees with a plain sum where that converges", "[hurwitz]") {
  for (const double s : {9.0, 17.5, 33.0, 120.0, 900.0}) {
    for (const double q : {1.0, 2.5, 13.0, 60.0, 333.0}) {
      INFO("s = " << s << ", q = " << q);
      long double sum = 0;  // without the first term, which is 1
      long double logs = 0;
      long double squares = 0;
      for (int k = 20'000; k > 0; --k) {
        const long double ratio = std::log1p(static_cast<long double>(k) / q);
        const long double term = std::exp(-s * ratio);
        sum += term;
        logs += term * ratio;
        squares += term * ratio * ratio;
      }
      const detail::zeta_moments moments = detail::hurwitz_moments(s, q);
      const auto mean = static_cast<double>(logs / (1 + sum));
      CHECK(moments.log_sum == Approx(static_cast<double>(std::log1p(sum))).epsilon(1e-11));
      CHECK(moments.mean_log == Approx(mean).epsilon(1e-11));
      const auto square = static_cast<double>(squares / (1 + sum));
      CHECK(moments.variance_log == Approx(square - mean * mean).epsilon(1e-9));
    }
  }
}

TEST_CASE("zeta's survival function falls from 1 by the terms of the sum", "[hurwitz]") {
  const double s = 2.2;
  const double q = 3.0;
  CHECK(detail::zeta_survival(s, q, q) == 1.0);
  for (double x = q; x < 200.0; x += 1.0) {
    const double term = std::exp(-s * std::log(x) - detail::log_hurwitz_zeta(s, q));
    const double step = detail::zeta_survival(s, q, x) - detail::zeta_survival(s, q, x + 1.0);
    REQUIRE(step == Approx(term).epsilon(1e-10));
  }
  // Neither a huge exponent nor a huge argument underflows on the way.
  const double pareto = std::exp(-9999.0 * std::log1p(1e-4));
  CHECK(detail::zeta_survival(1e4, 1e6, 1e6 + 100.0) == Approx(pareto).epsilon(1e-6));
  CHECK(detail::zeta_survival(2.0, 1e12, 2e12) == Approx(0.5).epsilon(1e-11));
}
