#include "valuenet/network/rankings.hpp"

#include <limits>
#include <stdexcept>

#include "catch.hpp"

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
  const auto total = vn::rank_by_degree(all);
  REQUIRE(total.actors.size() == 4);
  CHECK(total.actors[0].actor == 0);
  CHECK(total.actors[0].value == 4);
  CHECK(total.total == 10);
  CHECK(total.actors[1].share == Approx(0.3));
  CHECK(total.actors[3].cumulative_share == Approx(1.0));
  const auto given = vn::rank_by_degree(all, vn::degree_kind::out);
  CHECK(given.actors[0].actor == 3);
  const auto weighted =
      vn::rank_by_degree(all, vn::degree_kind::in, vn::ranking_measure::weighted_degree);
  CHECK(weighted.actors[0].value == 11);
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
  const auto ranked = vn::rank_by_degree(all, vn::degree_kind::total, vn::ranking_measure::degree,
                                         {.among = foreign});
  REQUIRE(ranked.actors.size() == 1);
  CHECK(ranked.actors[0].actor == 1);
  CHECK(ranked.actors[0].share == Approx(1.0));
  CHECK_THROWS_AS(among({.role = "boss"}), std::invalid_argument);
  CHECK_THROWS_AS(among({.columns = {{"colour", "red"}}}), std::invalid_argument);
  CHECK_THROWS_AS(vn::rank_actors(all, std::vector<double>{1}), std::invalid_argument);
  CHECK_THROWS_AS(
      vn::rank_actors(all, std::vector<double>{1, 2, 3, std::numeric_limits<double>::quiet_NaN()}),
      std::invalid_argument);
}
