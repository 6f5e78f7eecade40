#include "valuenet/statistics/trend.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "catch.hpp"

namespace vn = valuenet;
using Catch::Approx;

TEST_CASE("a trend of four years by hand") {
  const std::vector<double> years{1, 2, 3, 4};
  const std::vector<double> values{1, 3, 2, 4};
  const auto found = vn::trend(years, values);
  REQUIRE(found);
  CHECK(found->points == 4);
  CHECK(found->score == 4);  // five pairs rise, one falls
  CHECK(found->tau == Approx(4.0 / 6.0));
  // Orders of four with at most one inversion, or at least five: 4 + 4 of 24.
  CHECK(found->is_exact);
  CHECK(found->p_value == Approx(1.0 / 3.0));
  CHECK(found->slope == Approx(0.75));       // of -1, 1/2, 1/2, 1, 2, 2
  CHECK(found->intercept == Approx(0.625));  // of 0.25, 1.5, -0.25, 1
  CHECK(found->slope_interval.lower == -1);
  CHECK(found->slope_interval.upper == 2);
}

TEST_CASE("ties enter tau-b and the variance") {
  const auto found =
      vn::trend(std::vector<double>{1, 2, 3, 4, 5}, std::vector<double>{1, 1, 2, 2, 2});
  REQUIRE(found);
  CHECK(found->score == 6);
  CHECK(found->tau == Approx(6.0 / std::sqrt(10.0 * 6.0)));
  CHECK_FALSE(found->is_exact);
  // (5*4*15 - 2*1*9 - 3*2*11) / 18 = 12; z = 5 / sqrt(12).
  CHECK(found->p_value == Approx(std::erfc(5.0 / std::sqrt(12.0) / std::sqrt(2.0))));
  const auto flat = vn::trend(std::vector<double>{1, 2, 3}, std::vector<double>{7, 7, 7});
  REQUIRE(flat);
  CHECK(flat->tau == 0);
  CHECK(flat->p_value == 1);
  CHECK(flat->slope == 0);
  CHECK(flat->intercept == 7);
}

TEST_CASE("the exact p against all orders of six") {
  std::vector<double> years(6);
  std::iota(years.begin(), years.end(), 2014.0);
  std::vector<double> values{1, 2, 3, 4, 5, 6};
  std::vector<long long> scores;
  std::vector<std::pair<long long, double>> said;
  do {
    const auto found = vn::trend(years, values);
    scores.push_back(found->score);
    said.emplace_back(found->score, found->p_value);
  } while (std::next_permutation(values.begin(), values.end()));
  REQUIRE(scores.size() == 720);
  for (std::size_t i = 0; i < said.size(); i += 37) {
    const auto as_far = std::count_if(scores.begin(), scores.end(), [&](long long s) {
      return std::llabs(s) >= std::llabs(said[i].first);
    });
    CHECK(said[i].second == Approx(static_cast<double>(as_far) / 720.0));
  }
}

TEST_CASE("a line is found whatever one odd year says") {
  std::vector<double> years, values;
  for (int i = 0; i < 12; ++i) {
    years.push_back(2010 + i);
    values.push_back(3.0 + 2.0 * i);
  }
  values[5] = 1000;
  const auto found = vn::trend(years, values);
  CHECK(found->slope == Approx(2.0));
  CHECK(found->slope_interval.lower <= 2.0);
  CHECK(found->slope_interval.upper >= 2.0);
  // The order in which points are given does not matter.
  std::reverse(years.begin(), years.end());
  std::reverse(values.begin(), values.end());
  const auto turned = vn::trend(years, values);
  CHECK(turned->score == found->score);
  CHECK(turned->slope == Approx(found->slope));
}

TEST_CASE("trends that are none, and refused") {
  CHECK_FALSE(vn::trend({}, {}));
  CHECK_FALSE(vn::trend(std::vector<double>{1, 2}, std::vector<double>{1, 2}));
  CHECK_FALSE(vn::trend(std::vector<double>{1, 1, 1}, std::vector<double>{1, 2, 3}));
  const std::vector<double> three{1, 2, 3};
  CHECK_THROWS_AS(vn::trend(three, std::vector<double>{1}), std::invalid_argument);
  CHECK_THROWS_AS(vn::trend(three, three, {.confidence = 1}), std::invalid_argument);
  CHECK_THROWS_AS(
      vn::trend(three, std::vector<double>{1, 2, std::numeric_limits<double>::infinity()}),
      std::invalid_argument);
  const std::vector<double> many(10'001, 1.0);
  CHECK_THROWS_AS(vn::trend(many, many), std::invalid_argument);
}
