#include "valuenet/network/rankings.hpp"

#include <limits>
#include <stdexcept>

#include "catch.hpp"
#include "six_actors.hpp"

namespace vn = valuenet;
using Catch::Approx;

namespace {

vn::value_network example() {
  vn::actor_table actors;
  for (const char* id : {"a", "b", "c", "d"}) actors.ids.intern(id);
  for (const char* c : {"中国", "美国", "中国", ""}) actors.country.push_back(c);
  actors.roles = {vn::role::sample, vn::role::relation, vn::role::relation, vn::role::sample};
  vn::relation_table relations;
  relations.givers = {0, 1, 2, 3, 3};
  relations.takers = {1, 0, 0, 0, 1};
  relations.weights = {1, 1, 1, 9, 1};
  return {std::move(actors), std::move(relations)};
}

std::vector<std::size_t> ranks(const vn::ranking_result& result) {
  std::vector<std::size_t> found;
  for (const auto& each : result.actors) found.push_back(each.rank);
  return found;
}

}  // namespace

TEST_CASE("degrees are ranked with shares of the total") {
  const vn::selection all = vn::select(example());
  const auto total = vn::rank_by(all, vn::actor_metric::degree);
  REQUIRE(total.actors.size() == 4);
  CHECK(total.actors[0].actor == 0);
  CHECK(total.actors[0].value == 4);
  CHECK(total.total == 10);
  CHECK(*total.actors[1].share == Approx(0.3));
  CHECK(*total.actors[3].cumulative_share == Approx(1.0));
  const auto given = vn::rank_by(all, vn::actor_metric::out_degree);
  CHECK(given.actors[0].actor == 3);
  const auto weighted = vn::rank_by(all, vn::actor_metric::weighted_in_degree);
  CHECK(weighted.actors[0].value == 11);
}

TEST_CASE("a metric without a total has no shares, and who has no value takes no part") {
  const vn::selection six = vn::select(six_actors(), {.all_actors = true});
  const auto closest = vn::rank_by(six, vn::actor_metric::closeness);
  CHECK(closest.population == 4);
  CHECK(closest.undefined == 2);
  CHECK_FALSE(closest.total);
  CHECK_FALSE(closest.actors[0].share);
  CHECK_FALSE(closest.actors[0].cumulative_share);
  CHECK(closest.actors[0].actor == 3);
  CHECK(ranks(closest) == std::vector<std::size_t>{1, 2, 3, 4});
  // The least constrained first: d (1/2), c (0.627), a (0.944), e (1), b (1.257).
  const auto free = vn::rank_by(six, vn::actor_metric::constraint);
  std::vector<vn::actor_id> order;
  for (const auto& each : free.actors) order.push_back(each.actor);
  CHECK(order == std::vector<vn::actor_id>{3, 2, 0, 4, 1});
  const auto bound = vn::rank_by(six, vn::actor_metric::constraint,
                                 {.k = 1, .order = vn::ranking_order::largest_first});
  CHECK(bound.actors.front().actor == 1);
  // Degrees 3 2 4 2 1 0: of 12, c has a third, c and a 7 of 12.
  const auto degree = vn::rank_by(six, vn::actor_metric::degree, {.k = 2});
  CHECK(degree.total == 12);
  CHECK(*degree.actors[0].share == Approx(1.0 / 3.0));
  CHECK(*degree.actors[1].cumulative_share == Approx(7.0 / 12.0));
}

TEST_CASE("a ranking for every role, type, origin and kind of investor") {
  const vn::value_network network = six_actors();
  const vn::selection six = vn::select(network, {.all_actors = true});
  const auto degree = vn::actor_values(six, vn::actor_metric::degree);
  const auto roles = vn::rank_by_group(six, degree, vn::group_actors(network, "role"));
  REQUIRE(roles.size() == 2);
  CHECK(roles[0].label == "sample");
  CHECK(roles[0].ranking.total == 9);  // a 3, b 2, c 4
  CHECK(roles[0].ranking.actors[0].actor == 2);
  CHECK(*roles[0].ranking.actors[0].share == Approx(4.0 / 9.0));
  CHECK(roles[1].ranking.population == 3);
  const auto origins = vn::rank_by_group(six, degree, vn::group_by_origin(network));
  REQUIRE(origins.size() == 2);
  CHECK(origins[0].label == "domestic");
  CHECK(origins[0].ranking.population == 4);
  CHECK(origins[1].ranking.actors.at(0).actor == 3);  // d is American; f's country is not known
  CHECK(vn::group_by_origin(network, "美国").group[0] == 1);
  const auto investors = vn::group_investors(network);
  CHECK(investors.group == std::vector<std::uint32_t>{vn::no_group, vn::no_group, vn::no_group, 0,
                                                      vn::no_group, vn::no_group});
  CHECK(vn::group_investors(network, {"bank"}).group[3] == 1);
  // Among some actors only; groups without any are left out.
  const std::vector<std::uint8_t> among{0, 0, 0, 1, 1, 0};
  const auto types =
      vn::rank_by_group(six, degree, vn::group_actors(network, "type"), {.among = among});
  REQUIRE(types.size() == 2);
  CHECK(types[0].label == "firm");
  CHECK(types[0].ranking.actors.at(0).actor == 4);
  CHECK(types[1].label == "investor");
  CHECK_THROWS_AS(vn::rank_by_group(six, degree, {.name = "x", .labels = {}, .group = {0}}),
                  std::invalid_argument);
}

TEST_CASE("ties share a rank, and none is cut off by the order of the table") {
  const vn::selection all = vn::select(example());
  const std::vector<double> values{5, 7, 5, 1};
  CHECK(ranks(vn::rank_actors(all, values)) == std::vector<std::size_t>{1, 2, 2, 4});
  CHECK(ranks(vn::rank_actors(all, values, {.ties = vn::tie_rule::dense})) ==
        std::vector<std::size_t>{1, 2, 2, 3});
  CHECK(ranks(vn::rank_actors(all, values, {.k = 2, .ties = vn::tie_rule::ordinal})) ==
        std::vector<std::size_t>{1, 2});
  CHECK(vn::rank_actors(all, values, {.k = 2}).actors.size() == 3);
  CHECK(vn::rank_actors(all, values, {.k = 2}).population == 4);
}

TEST_CASE("rankings among some actors") {
  const vn::selection all = vn::select(example());
  const auto among = [&](const vn::actor_conditions& conditions) {
    return vn::matching_vertices(all, conditions);
  };
  CHECK(among({.role = "sample"}) == std::vector<std::uint8_t>{1, 0, 0, 1});
  CHECK(among({.country = "中国"}) == std::vector<std::uint8_t>{1, 0, 1, 0});
  CHECK(among({.not_country = "中国"}) == std::vector<std::uint8_t>{0, 1, 0, 0});
  const auto foreign = among({.not_country = "中国"});
  const auto ranked = vn::rank_by(all, vn::actor_metric::degree, {.among = foreign});
  REQUIRE(ranked.actors.size() == 1);
  CHECK(ranked.actors[0].actor == 1);
  CHECK(*ranked.actors[0].share == Approx(1.0));
  CHECK_THROWS_AS(among({.role = "boss"}), std::invalid_argument);
  CHECK_THROWS_AS(among({.columns = {{"colour", "red"}}}), std::invalid_argument);
  CHECK_THROWS_AS(vn::rank_actors(all, std::vector<double>{1}), std::invalid_argument);
  CHECK_THROWS_AS(
      vn::rank_actors(all, std::vector<double>{1, 2, 3, std::numeric_limits<double>::quiet_NaN()}),
      std::invalid_argument);
}
