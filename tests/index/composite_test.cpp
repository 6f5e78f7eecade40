// Composite scores: by hand, and their properties.
#include "valuenet/index/composite.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

#include "catch.hpp"

using namespace valuenet;

namespace {

using cells = std::vector<std::optional<double>>;

// A (weight 3) has the indicators a and b, B (weight 1) is an indicator and a cost.
const std::vector<criterion> hierarchy{
    {"A", {}, 3.0}, {"a", 0, 1.0}, {"b", 0, 3.0}, {"B", {}, 1.0, true}};
const cells values{0,  0, 1,  //
                   5,  1, 2,  //
                   10, 4, 3};

}  // namespace

TEST_CASE("a hierarchy sums weighted standardised indicators") {
  const composite_result found = composite(hierarchy, values);
  CHECK(found.indicators == std::vector<std::size_t>{1, 2, 3});
  const std::vector<double> weights{0.75, 0.1875, 0.5625, 0.25};
  for (std::size_t c = 0; c < 4; ++c) CHECK(found.global_weights[c] == Approx(weights[c]));
  // 100 x: 0.25; 0.1875 / 2 + 0.5625 / 4 + 0.25 / 2; 0.75.
  CHECK(found.totals[0] == Approx(25.0));
  CHECK(found.totals[1] == Approx(9.375 + 14.0625 + 12.5));
  CHECK(found.totals[2] == Approx(75.0));
  CHECK(found.ranks == std::vector<std::uint32_t>{3, 2, 1});
  for (std::size_t o = 0; o < 3; ++o) {
    CHECK(found.contributions[o * 4] ==
          Approx(found.contributions[o * 4 + 1] + found.contributions[o * 4 + 2]));
  }
}

TEST_CASE("standardisations by hand") {
  const std::vector<criterion> one{{"x"}};
  const std::vector<criterion> cost{{"x", {}, 1.0, true}};
  const cells x{1, 2, 2, 5};
  const auto standard = [&](const std::vector<criterion>& what, normalization how) {
    return composite(what, x, {.normalization = how}).standardized;
  };
  CHECK(standard(one, normalization::of_maximum)[1] == Approx(0.4));
  CHECK(standard(cost, normalization::of_maximum)[1] == Approx(0.5));
  CHECK(standard(one, normalization::of_sum)[3] == Approx(0.5));
  CHECK(standard(cost, normalization::of_sum)[0] == Approx(1.0 / 2.2));
  CHECK(standard(one, normalization::z_score)[3] == Approx(2.5 / 1.5));
  CHECK(standard(cost, normalization::z_score)[3] == Approx(-2.5 / 1.5));
  CHECK(standard(one, normalization::rank)[1] == Approx(0.5));
  CHECK(standard(cost, normalization::rank)[0] == Approx(1.0));
  CHECK(standard(cost, normalization::min_max)[1] == Approx(0.75));
  const auto same = composite(one, cells{3, 3});
  CHECK(same.totals == std::vector<double>{0.0, 0.0});
  CHECK(same.ranks == std::vector<std::uint32_t>{1, 1});
}

TEST_CASE("missing values follow the rule that was chosen") {
  cells gap = values;
  gap[4] = std::nullopt;  // b of the second object
  const auto undefined = composite(hierarchy, gap);
  CHECK(undefined.totals_defined == std::vector<std::uint8_t>{1, 0, 1});
  CHECK(undefined.ranks == std::vector<std::uint32_t>{2, 0, 1});
  CHECK(undefined.contributions_defined[4 + 0] == 0);
  CHECK(undefined.contributions_defined[4 + 1] == 1);
  CHECK(composite(hierarchy, gap, {.missing = missing_rule::lowest}).totals[1] == Approx(21.875));
  CHECK(composite(hierarchy, gap, {.missing = missing_rule::mean}).totals[1] == Approx(50.0));
  const auto scaled = composite(hierarchy, gap, {.missing = missing_rule::reweight});
  CHECK(scaled.totals[1] == Approx(37.5 + 12.5));
  CHECK(scaled.contributions[4] == Approx(scaled.contributions[5]));
  const auto nothing = composite(hierarchy, cells(3), {.missing = missing_rule::reweight});
  CHECK(nothing.totals_defined[0] == 0);
  CHECK(composite(hierarchy, {}).totals.empty());
}

TEST_CASE("ranks keep their tie rule") {
  const std::vector<double> x{3, 5, 5, 1};
  CHECK(ranks_of(x) == std::vector<std::uint32_t>{3, 1, 1, 4});
  CHECK(ranks_of(x, tie_rule::dense) == std::vector<std::uint32_t>{2, 1, 1, 3});
  CHECK(ranks_of(x, tie_rule::ordinal) == std::vector<std::uint32_t>{3, 1, 2, 4});
  CHECK(ranks_of({}).empty());
}

TEST_CASE("groups sum their members") {
  const std::vector<double> x{1, 2, 4};
  const std::vector<object_group> groups{{"pair", {0, 2}}, {"none", {}}};
  const auto totals = group_totals(x, groups);
  CHECK(totals[0] == 5.0);
  CHECK(totals[1] == 0.0);
  const std::vector<std::uint8_t> defined{1, 1, 0};
  CHECK_FALSE(group_totals(x, groups, defined)[0]);
  CHECK_THROWS_AS(group_totals(x, std::vector<object_group>{{"bad", {3}}}), std::invalid_argument);
}

TEST_CASE("ranks under perturbed weights are the same bits at any number of threads") {
  const std::vector<criterion> two{{"x"}, {"y"}};
  const cells close{1.0, 0.0, 0.0, 1.0, 0.9, 0.9};
  const auto at = [&](int threads) {
    return rank_sensitivity(two, close, {}, {.spread = 0.5, .replicates = 500},
                            {.threads = threads});
  };
  const auto one = at(1);
  CHECK(one[2].rank == 1);
  CHECK(one[2].unchanged == 1.0);
  CHECK(one[0].best == 2);
  CHECK(one[0].worst == 3);
  CHECK(one[0].mean > 2.2);
  CHECK(one[0].mean < 2.8);
  for (const int threads : {2, 8}) {
    const auto other = at(threads);
    for (std::size_t o = 0; o < one.size(); ++o) {
      CHECK(other[o].mean == one[o].mean);
      CHECK(other[o].unchanged == one[o].unchanged);
    }
  }
  const auto still = rank_sensitivity(two, close, {}, {.spread = 0.0, .replicates = 3});
  CHECK(still[0].best == still[0].worst);
}

TEST_CASE("scores by year rank within the year and say who moved") {
  const std::vector<criterion> one{{"x"}};
  const std::vector<std::string> names{"a", "b", "c", "b", "a"};
  const std::vector<int> years{2020, 2020, 2020, 2021, 2021};
  const cells x{8, 4, 0, 10, 6};
  const auto all = composite_by_year(one, x, names, years);
  CHECK(all.years == std::vector<int>{2020, 2021});
  const std::vector<double> totals{80, 40, 0, 100, 60};
  for (std::size_t i = 0; i < totals.size(); ++i) CHECK(all.scores.totals[i] == Approx(totals[i]));
  CHECK(all.scores.ranks == std::vector<std::uint32_t>{1, 2, 3, 1, 2});
  CHECK_FALSE(all.rank_changes[0]);
  CHECK(all.rank_changes[3] == 1);
  CHECK(all.rank_changes[4] == -1);
  const auto each = composite_by_year(one, x, names, years, {.over = standardized_over::each_year});
  CHECK(each.scores.totals[0] == Approx(100.0));
  CHECK(each.scores.totals[1] == Approx(50.0));
  CHECK(each.scores.totals[3] == Approx(100.0));
  CHECK(each.scores.totals[4] == Approx(0.0));
  // A cost turns around once only.
  const std::vector<criterion> cost{{"x", {}, 1.0, true}};
  CHECK(composite_by_year(cost, x, names, years).scores.totals[3] == Approx(0.0));
  // A year's missing value is filled by the rule over all years.
  cells gap = x;
  gap[4] = std::nullopt;
  const auto lowest =
      composite_by_year(one, gap, names, years, {.composite = {.missing = missing_rule::lowest}});
  CHECK(lowest.scores.totals[4] == Approx(0.0));
  const auto undefined = composite_by_year(one, gap, names, years);
  CHECK(undefined.scores.ranks[4] == 0);
  CHECK_FALSE(undefined.rank_changes[4]);
  const auto ranges = rank_sensitivity_by_year(one, x, names, years, {}, {.replicates = 10});
  CHECK(ranges[4].rank == 2);
  CHECK(ranges[4].unchanged == 1.0);
  CHECK_THROWS_AS(composite_by_year(one, x, names, std::vector<int>{2020, 2020, 2020, 2021, 2020}),
                  std::invalid_argument);
  CHECK_THROWS_AS(composite_by_year(one, x, names, std::vector<int>{2020}), std::invalid_argument);
}

TEST_CASE("what is no hierarchy is refused") {
  CHECK_THROWS_AS(composite({}, {}), std::invalid_argument);
  CHECK_THROWS_AS(composite(std::vector<criterion>{{"x", 0}}, {}), std::invalid_argument);
  CHECK_THROWS_AS(composite(std::vector<criterion>{{"x", {}, 0.0}}, {}), std::invalid_argument);
  CHECK_THROWS_AS(composite(hierarchy, cells(4)), std::invalid_argument);
  const std::vector<criterion> one{{"x"}};
  CHECK_THROWS_AS(composite(one, cells{std::numeric_limits<double>::infinity()}),
                  std::invalid_argument);
  CHECK_THROWS_AS(composite(one, cells{-1, 2}, {.normalization = normalization::of_sum}),
                  std::invalid_argument);
  CHECK_THROWS_AS(rank_sensitivity(one, cells{1}, {}, {.spread = 1.0}), std::invalid_argument);
}
