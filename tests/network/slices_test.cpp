#include "valuenet/network/slices.hpp"

#include <stdexcept>

#include "catch.hpp"

namespace vn = valuenet;
using Catch::Approx;

namespace {

vn::value_network example() {
  vn::actor_table actors;
  for (const char* id : {"a", "b", "c", "d", "e"}) actors.ids.intern(id);
  vn::relation_table relations;
  relations.givers = {0, 1, 2, 3, 4};
  relations.takers = {1, 2, 0, 4, 0};
  relations.years = {2014, 2014, 2016, 2016, vn::no_year};
  return {std::move(actors), std::move(relations)};
}

}  // namespace

TEST_CASE("cumulative slices contain what came before") {
  const auto result = vn::evolution(example());
  REQUIRE(result.slices.size() == 3);
  CHECK(result.undated == 1);
  CHECK(result.slices[0].actors == 3);
  CHECK(result.slices[1].edges == 2);
  CHECK(result.slices[1].entering == 0);
  CHECK(result.slices[2].entering == 2);
  CHECK(result.slices[2].leaving == 0);
  CHECK(result.slices[2].edges == 4);
  CHECK_FALSE(result.slices[2].from_year);
  const auto rates = vn::growth(result, "edges");
  CHECK_FALSE(rates[0]);
  CHECK(*rates[1] == Approx(0.0));
  CHECK(*rates[2] == Approx(1.0));
  CHECK_FALSE(vn::growth(result, "no such statistic")[2]);
}

TEST_CASE("a window forgets") {
  const auto result = vn::evolution(example(), {.window = 2});
  REQUIRE(result.slices.size() == 3);
  CHECK(result.slices[1].from_year == 2014);
  CHECK(result.slices[2].edges == 2);
  CHECK(result.slices[2].leaving == 1);
  CHECK(result.slices[2].entering == 2);
}

TEST_CASE("bounds, undated rows and nonsense") {
  CHECK(vn::evolution(example(), {.selection = {.from_year = 2015, .until_year = 2015}})
            .slices.size() == 1);
  CHECK(vn::evolution(example(), {.selection = {.keep_undated = true}}).slices[0].edges == 3);
  CHECK(vn::evolution(vn::value_network()).slices.empty());
  CHECK_THROWS_AS(vn::evolution(example(), {.window = 0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::evolution(example(), {.selection = {.from_year = -30000}}),
                  std::invalid_argument);
}
