#include "detail/erfcx.hpp"

#include <cmath>

#include "catch.hpp"

using valuenet::detail::log_erfcx;

TEST_CASE("the scaled error function meets known values", "[erfcx]") {
  // Continued fraction of 3,000 terms in 60-digit decimal arithmetic.
  CHECK(std::exp(log_erfcx(2.0)) == Approx(0.25539567631050574387).epsilon(1e-14));
  CHECK(std::exp(log_erfcx(3.0)) == Approx(0.17900115118138995042).epsilon(1e-14));
  CHECK(std::exp(log_erfcx(5.0)) == Approx(0.11070463773306862637).epsilon(1e-14));
  CHECK(log_erfcx(0.0) == 0.0);
}

TEST_CASE("the scaled error function has no seams and the right limits", "[erfcx]") {
  for (const double seam : {3.0, 5.0, 9.0}) {
    CHECK(log_erfcx(std::nextafter(seam, 0.0)) == Approx(log_erfcx(seam)).epsilon(1e-13));
  }
  // erfcx(-x) = 2 exp(x^2) - erfcx(x).
  for (const double x : {0.1, 0.7, 1.5, 2.5, 4.0}) {
    const double reflected = 2.0 * std::exp(x * x) - std::exp(log_erfcx(x));
    CHECK(log_erfcx(-x) == Approx(std::log(reflected)).epsilon(1e-13));
  }
  CHECK(log_erfcx(-1000.0) == Approx(1e6 + std::log(2.0)).epsilon(1e-15));
  const double far = 1e8;
  CHECK(log_erfcx(far) == Approx(-std::log(far * std::sqrt(std::acos(-1.0)))).epsilon(1e-14));
}
