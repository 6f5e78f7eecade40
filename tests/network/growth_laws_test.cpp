// Densification and preferential attachment: closed forms, known kernels, plain oracles.
#include "valuenet/network/densification.hpp"
#include "valuenet/network/preferential_attachment.hpp"
#include "valuenet/network/slices.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "catch.hpp"
#include "detail/random.hpp"

namespace vn = valuenet;
using Catch::Approx;

namespace {

struct row {
  int giver = 0;
  int taker = 0;
  int year = 0;
};

vn::value_network network_of(const std::vector<row>& rows) {
  vn::actor_table actors;
  vn::relation_table relations;
  int most = -1;
  for (const row& each : rows) most = std::max({most, each.giver, each.taker});
  for (int i = 0; i <= most; ++i) actors.ids.intern(std::to_string(i));
  for (const row& each : rows) {
    relations.givers.push_back(static_cast<vn::actor_id>(each.giver));
    relations.takers.push_back(static_cast<vn::actor_id>(each.taker));
    relations.years.push_back(each.year);
  }
  return {std::move(actors), std::move(relations)};
}

/// New actors each give `ties` relations a year to actors chosen with probability ~ in-degree^b
/// times their own quality, degrees of the year before.
std::vector<row> grow(std::uint64_t seed, double exponent, double quality_spread = 0.0,
                      int years = 12, int newcomers = 150, int ties = 3) {
  vn::detail::random_stream random(seed);
  std::vector<row> rows;
  std::vector<double> degree;
  std::vector<double> quality;
  int actors = 40;
  for (int i = 0; i < actors; ++i) {
    rows.push_back({i, (i + 1) % actors, 2000});
  }
  degree.assign(static_cast<std::size_t>(actors), 1.0);
  for (int i = 0; i < actors; ++i) quality.push_back(std::exp(quality_spread * random.normal()));
  for (int year = 2001; year <= 2000 + years; ++year) {
    std::vector<double> cumulative;
    double sum = 0.0;
    for (std::size_t i = 0; i < degree.size(); ++i) {
      if (degree[i] > 0.0) sum += quality[i] * std::pow(degree[i], exponent);
      cumulative.push_back(sum);
    }
    std::vector<double> next = degree;
    for (int i = 0; i < newcomers; ++i) {
      const int giver = actors++;
      for (int j = 0; j < ties; ++j) {
        const double at = random.uniform() * sum;
        const auto taker = static_cast<std::size_t>(
            std::upper_bound(cumulative.begin(), cumulative.end(), at) - cumulative.begin());
        rows.push_back({giver, static_cast<int>(taker), year});
        next[taker] += 1.0;
      }
      next.push_back(1.0);  // and someone older gives to each newcomer once
      rows.push_back({0, giver, year});
      quality.push_back(std::exp(quality_spread * random.normal()));
    }
    degree = next;
  }
  return rows;
}

vn::attachment_options in_degrees() {
  vn::attachment_options options;
  options.kind = vn::degree_kind::in;
  options.selection.duplicates = vn::duplicates::keep;
  return options;
}

}  // namespace

TEST_CASE("two classes of actors have a kernel in closed form") {
  // At the end of 2000: in-degree 1 at actors 0, 1, 2; in-degree 2 at actor 3. In 2001 three ends
  // go to degree 1 and five to degree 2: 5/8 = 2^b / (3 + 2^b), b = log2 5.
  std::vector<row> rows{{4, 0, 2000}, {4, 1, 2000}, {4, 2, 2000}, {4, 3, 2000}, {5, 3, 2000}};
  for (int i = 0; i < 3; ++i) rows.push_back({6 + i, i, 2001});
  for (int i = 0; i < 5; ++i) rows.push_back({6 + i, 3, 2001});
  rows.push_back({6, 5, 2001});  // its first
  const auto found = vn::preferential_attachment(network_of(rows), in_degrees());
  REQUIRE(found.status == vn::attachment_status::fitted);
  CHECK(found.converged);
  CHECK(*found.exponent == Approx(std::log2(5.0)).epsilon(1e-12));
  // Information: m p (1 - p) ln^2 2.
  CHECK(found.standard_error ==
        Approx(1.0 / std::sqrt(8.0 * 0.625 * 0.375) / std::log(2.0)).epsilon(1e-12));
  // Shares of the score: (5 - 5) of actor 3; each of the others (1 - 8/8 ...) = 1 - 1 = 0.
  CHECK(found.robust_standard_error == Approx(0.0).margin(1e-9));
  CHECK(found.arrivals == 8);
  CHECK(found.first_ends == 6);  // five of 2000, one of 2001
  CHECK(found.years == 1);
  REQUIRE(found.kernel.size() == 2);
  CHECK(found.kernel[1].attractiveness / found.kernel[0].attractiveness == Approx(5.0));
  CHECK(found.kernel[1].arrivals == 5);
  // ln likelihood: 3 ln(1/8) + 5 ln(5/8) against 8 ln(1/4).
  CHECK(found.gain_over_uniform ==
        Approx(3 * std::log(0.125) + 5 * std::log(0.625) - 8 * std::log(0.25)));
}

TEST_CASE("known kernels are recovered within their errors") {
  for (const double exponent : {0.0, 0.5, 1.0, 1.2}) {
    double chi_square = 0.0;
    constexpr int networks = 12;
    for (std::uint64_t seed = 0; seed < networks; ++seed) {
      const auto found =
          vn::preferential_attachment(network_of(grow(seed + 1, exponent)), in_degrees());
      REQUIRE(found.exponent);
      const double off = (*found.exponent - exponent) / found.standard_error;
      chi_square += off * off;
      CHECK(found.robust_standard_error == Approx(found.standard_error).epsilon(0.6));
      CHECK(found.gain_over_uniform >= 0.0);
      CHECK(found.gain_over_linear >= 0.0);
    }
    INFO("exponent " << exponent << ", chi-square " << chi_square);
    CHECK(chi_square < 32.9);  // 99.9% at 12 degrees of freedom
    CHECK(chi_square > 2.2);   // 0.1%
  }
}

TEST_CASE("the free kernel follows the power that made it") {
  const auto found = vn::preferential_attachment(network_of(grow(5, 1.0)), in_degrees());
  const vn::kernel_bin& base = found.kernel.front();
  int judged = 0;
  for (const vn::kernel_bin& bin : found.kernel) {
    CHECK(bin.from <= bin.to);
    CHECK(bin.degree >= static_cast<double>(bin.from) - 1e-9);
    CHECK(bin.degree <= static_cast<double>(bin.to) + 1e-9);
    if (bin.arrivals < 30 || bin.to > 40) continue;
    ++judged;
    const double ratio = bin.attractiveness / base.attractiveness;
    CHECK(ratio == Approx(bin.degree / base.degree)
                       .epsilon(5.0 / std::sqrt(static_cast<double>(bin.arrivals)) + 0.05));
  }
  CHECK(judged > 5);
}

TEST_CASE("actors of unequal quality widen the robust error alone") {
  const auto found = vn::preferential_attachment(network_of(grow(3, 0.5, 1.0)), in_degrees());
  REQUIRE(found.exponent);
  CHECK(found.robust_standard_error > 1.5 * found.standard_error);
}

TEST_CASE("in, out and total count their own ends") {
  const std::vector<row> rows{{0, 1, 2000}, {1, 2, 2000}, {0, 2, 2001}, {2, 0, 2001}, {3, 2, 2002}};
  const vn::value_network network = network_of(rows);
  const auto ends = [&](vn::degree_kind kind) {
    vn::attachment_options options;
    options.kind = kind;
    const auto found = vn::preferential_attachment(network, options);
    return std::pair{found.arrivals, found.first_ends};
  };
  // 2000 itself: 2 ends in, 2 out, 4 in total, all first. 2001: to 2 (had 1), to 0 (first).
  CHECK(ends(vn::degree_kind::in) == std::pair<std::uint64_t, std::uint64_t>{2, 3});
  CHECK(ends(vn::degree_kind::out) == std::pair<std::uint64_t, std::uint64_t>{1, 4});
  CHECK(ends(vn::degree_kind::total) == std::pair<std::uint64_t, std::uint64_t>{5, 5});
}

TEST_CASE("samples without a kernel say why") {
  using s = vn::attachment_status;
  const auto status = [](const std::vector<row>& rows) {
    const auto found = vn::preferential_attachment(network_of(rows));
    CHECK(found.exponent.has_value() == (found.status == s::fitted));
    CHECK(!vn::explain(found.status).empty());
    return found.status;
  };
  CHECK(vn::preferential_attachment(vn::value_network()).status == s::no_years);
  CHECK(status({{0, 1, vn::no_year}}) == s::no_years);
  CHECK(status({{0, 1, 2000}, {2, 3, 2001}}) == s::no_arrivals);
  CHECK(status({{0, 1, 2000}, {0, 1, 2001}}) == s::no_arrivals);  // one edge, of 2000
  CHECK(status({{0, 1, 2000}, {2, 0, 2001}}) == s::no_choice);
  CHECK(status({{0, 1, 2000}, {0, 2, 2000}, {3, 0, 2001}}) == s::unbounded);
  CHECK(status({{0, 1, 2000}, {0, 2, 2000}, {3, 1, 2001}}) == s::unbounded);
  CHECK(status({{0, 1, 2000}, {0, 2, 2000}, {3, 1, 2001}, {3, 0, 2001}}) == s::fitted);
}

TEST_CASE("years bound what is measured, not what went before") {
  auto rows = grow(9, 1.0, 0.0, 6);
  rows.push_back({1, 2, vn::no_year});
  const vn::value_network network = network_of(rows);
  vn::attachment_options options = in_degrees();
  const auto all = vn::preferential_attachment(network, options);
  CHECK(all.years == 6);
  CHECK(all.undated == 1);
  options.selection.from_year = 2005;
  const auto late = vn::preferential_attachment(network, options);
  CHECK(late.years == 2);
  CHECK(late.arrivals == 900);
  CHECK(late.first_ends == 300);
  options.selection.until_year = 2005;
  CHECK(vn::preferential_attachment(network, options).years == 1);
  options.selection.keep_undated = true;
  CHECK(vn::preferential_attachment(network, options).undated == 0);
}

TEST_CASE("growth laws are the same bits at any thread count") {
  const vn::value_network network = network_of(grow(4, 0.8));
  const auto one = vn::preferential_attachment(network, in_degrees(), {.threads = 1});
  for (const int threads : {2, 8}) {
    const auto more = vn::preferential_attachment(network, in_degrees(), {.threads = threads});
    CHECK(*more.exponent == *one.exponent);
    CHECK(more.robust_standard_error == one.robust_standard_error);
    CHECK(more.gain_over_linear == one.gain_over_linear);
    for (std::size_t i = 0; i < one.kernel.size(); ++i) {
      CHECK(more.kernel[i].attractiveness == one.kernel[i].attractiveness);
    }
  }
}

TEST_CASE("a complete graph that grows has densification exponent near 2, a tree near 1") {
  // Every year one more actor, tied to all before it: edges n (n - 1) / 2.
  std::vector<row> complete;
  std::vector<row> star;
  for (int i = 1; i < 40; ++i) {
    for (int j = 0; j < i; ++j) complete.push_back({i, j, 2000 + i});
    star.push_back({i, 0, 2000 + i});
  }
  const auto dense = vn::densification(network_of(complete));
  REQUIRE(dense.exponent);
  CHECK(dense.points.size() == 39);
  CHECK(dense.points[0].actors == 2);
  CHECK(dense.points[38].edges == 780);
  CHECK(*dense.exponent == Approx(2.0).margin(0.15));
  CHECK(*dense.r_squared > 0.99);
  CHECK(*dense.lowest <= *dense.exponent);
  CHECK(*dense.highest >= *dense.exponent);
  const auto thin = vn::densification(network_of(star));
  CHECK(*thin.exponent == Approx(1.0).margin(0.15));
  CHECK(*thin.standard_error < 0.02);
}

TEST_CASE("densification's line is the least-squares line") {
  // Actors 2, 4, 8; edges 1, 4, 16: a straight line of slope 2 through (ln 2, 0).
  std::vector<row> rows{{0, 1, 2000}, {2, 0, 2001}, {3, 0, 2001}, {3, 1, 2001}};
  for (int i = 4; i < 8; ++i) {
    for (int j = 0; j < 3; ++j) rows.push_back({i, j, 2002});
  }
  const auto found = vn::densification(network_of(rows));
  REQUIRE(found.points.size() == 3);
  CHECK(found.points[1].actors == 4);
  CHECK(found.points[1].edges == 4);
  CHECK(found.points[2].actors == 8);
  CHECK(found.points[2].edges == 16);
  CHECK(*found.exponent == Approx(2.0));
  CHECK(found.log_factor == Approx(-2.0 * std::log(2.0)));
  CHECK(*found.standard_error == Approx(0.0).margin(1e-7));
  CHECK(*found.r_squared == Approx(1.0));

  CHECK_FALSE(vn::densification(vn::value_network()).exponent);
  CHECK_FALSE(vn::densification(network_of({{0, 1, 2000}})).exponent);
  CHECK_FALSE(vn::densification(network_of({{0, 1, 2000}, {1, 0, 2001}})).exponent);
  const auto two = vn::densification(network_of({{0, 1, 2000}, {2, 0, 2001}, {2, 1, 2001}}));
  CHECK(*two.exponent == Approx(std::log(3.0) / std::log(1.5)));
  CHECK_FALSE(two.standard_error);
  CHECK_FALSE(two.lowest);
}

TEST_CASE("densification's points are the cumulative slices") {
  const vn::value_network network = network_of(grow(2, 1.0, 0.0, 5));
  const auto found = vn::densification(network);
  const auto evolved = vn::evolution(network);
  REQUIRE(found.points.size() == evolved.slices.size());
  for (std::size_t i = 0; i < found.points.size(); ++i) {
    CHECK(found.points[i].year == evolved.slices[i].until_year);
    CHECK(found.points[i].actors == evolved.slices[i].actors);
    CHECK(found.points[i].edges == evolved.slices[i].edges);
  }
}
