#include "valuenet/statistics/concentration.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "catch.hpp"
#include "detail/random.hpp"

namespace vn = valuenet;
using Catch::Approx;

TEST_CASE("closed forms of concentration") {
  const std::vector<double> equal{3, 3, 3, 3};
  CHECK(*vn::gini(equal) == Approx(0.0).margin(1e-15));
  CHECK(*vn::theil(equal) == Approx(0.0).margin(1e-15));
  CHECK(vn::herfindahl(equal)->index == Approx(0.25));
  CHECK(*vn::herfindahl(equal)->normalized == Approx(0.0).margin(1e-15));
  CHECK(*vn::entropy(equal) == Approx(std::log(4.0)));
  const std::vector<double> one_has_all{0, 0, 5, 0};
  CHECK(*vn::gini(one_has_all) == Approx(0.75));
  CHECK(*vn::theil(one_has_all) == Approx(std::log(4.0)));
  CHECK(vn::herfindahl(one_has_all)->effective_number == Approx(1.0));
  CHECK(*vn::top_share(one_has_all, 0.25) == Approx(1.0));
  // Of 1..n: (n - 1) / (3 n).
  const std::vector<double> ramp{4, 2, 5, 1, 3};
  CHECK(*vn::gini(ramp) == Approx(4.0 / 15.0));
  CHECK(*vn::concentration_ratio(ramp, 2) == Approx(9.0 / 15.0));
  CHECK(*vn::concentration_ratio(ramp, 99) == Approx(1.0));
  const auto curve = vn::lorenz_curve(ramp);
  REQUIRE(curve.size() == 6);
  CHECK(curve[2].population == Approx(0.4));
  CHECK(curve[2].value == Approx(3.0 / 15.0));
}

TEST_CASE("top shares take ceil(fraction * n), whatever a tenth is in binary") {
  const std::vector<double> thirty(30, 1.0);
  CHECK(*vn::top_share(thirty, 0.1) == Approx(0.1));
  CHECK(*vn::top_share(thirty, 0.11) == Approx(4.0 / 30.0));
  CHECK(*vn::top_share(thirty, 1e-9) == Approx(1.0 / 30.0));
}

TEST_CASE("Gini is twice the area between Lorenz curve and diagonal") {
  vn::detail::random_stream random(1);
  std::vector<double> values(101);
  for (double& x : values) x = std::exp(2.0 * random.normal());
  double area = 0.0;
  const auto curve = vn::lorenz_curve(values);
  for (std::size_t i = 1; i < curve.size(); ++i) {
    area +=
        (curve[i].population - curve[i - 1].population) * (curve[i].value + curve[i - 1].value) / 2;
  }
  CHECK(*vn::gini(values) == Approx(1.0 - 2.0 * area));
}

TEST_CASE("Theil's T is the sum of its parts") {
  const std::vector<double> values{1, 2, 3, 10, 20, 0, 4};
  const std::vector<std::uint32_t> groups{0, 0, 0, 1, 1, 2, 4};
  const auto parts = vn::decompose_theil(values, groups);
  REQUIRE(parts);
  CHECK(parts->within + parts->between == Approx(parts->total));
  CHECK(parts->total == Approx(*vn::theil(values)));
  REQUIRE(parts->groups.size() == 5);
  CHECK_FALSE(parts->groups[2].within);
  CHECK(parts->groups[3].members == 0);
  CHECK(parts->groups[1].share == Approx(0.75));
  CHECK_THROWS_AS(vn::decompose_theil(values, std::vector<std::uint32_t>{1}),
                  std::invalid_argument);
}

TEST_CASE("an exact rank-size rule gives its exponent back") {
  std::vector<double> sizes;
  for (int rank = 1; rank <= 50; ++rank) sizes.push_back(100.0 * std::pow(rank - 0.5, -1.0 / 1.3));
  const auto fit = vn::rank_size(sizes);
  REQUIRE(fit);
  CHECK(fit->exponent == Approx(1.3));
  CHECK(fit->r_squared == Approx(1.0));
  CHECK(vn::rank_size(sizes, 10)->population == 10);
  CHECK_FALSE(vn::rank_size(std::vector<double>{1, 1, 1, 1}));
  CHECK_FALSE(vn::rank_size(std::vector<double>{1, 2, 0}));
}

TEST_CASE("location quotients compare a share with the whole") {
  const std::vector<double> table{8, 2, 2, 8, 0, 0};
  const auto lq = vn::location_quotients(table, 3, 2);
  CHECK(*lq[0] == Approx(1.6));
  CHECK(*lq[1] == Approx(0.4));
  CHECK_FALSE(lq[4]);
  CHECK_THROWS_AS(vn::location_quotients(table, 2, 2), std::invalid_argument);
}

TEST_CASE("nothing to share has no concentration, and amounts are amounts") {
  const std::vector<double> none;
  const std::vector<double> zeros{0, 0};
  CHECK_FALSE(vn::gini(none));
  CHECK_FALSE(vn::gini(zeros));
  CHECK_FALSE(vn::theil(zeros));
  CHECK_FALSE(vn::herfindahl(none));
  CHECK_FALSE(vn::top_share(zeros, 0.1));
  CHECK(vn::lorenz_curve(zeros).empty());
  CHECK_FALSE(vn::herfindahl(std::vector<double>{2})->normalized);
  CHECK_THROWS_AS(vn::gini(std::vector<double>{-1, 2}), std::invalid_argument);
  CHECK_THROWS_AS(vn::theil(std::vector<double>{std::numeric_limits<double>::infinity()}),
                  std::invalid_argument);
  CHECK_THROWS_AS(vn::top_share(std::vector<double>{1}, 0.0), std::invalid_argument);
}
