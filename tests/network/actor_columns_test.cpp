#include "valuenet/network/actor_columns.hpp"

#include <stdexcept>
#include <vector>

#include "catch.hpp"

namespace vn = valuenet;

namespace {

/// Deals: x buys a, y buys b, x buys b, b buys a; countries of both sides, one cell wrong.
vn::value_network deals() {
  vn::actor_table actors;
  for (const char* id : {"x", "y", "a", "b"}) actors.ids.intern(id);
  for (const char* word : {"", "", "Norway", ""}) actors.country.push_back(word);
  vn::relation_table relations;
  relations.givers = {0, 1, 0, 3};
  relations.takers = {2, 3, 3, 2};
  vn::text_column buyer;
  vn::text_column bought;
  for (const char* word : {"USA", "", "USA", "CHN"}) buyer.push_back(word);
  for (const char* word : {"SWE", "USA", "CHN", ""}) bought.push_back(word);
  relations.more.push_back({"buyer country", std::move(buyer)});
  relations.more.push_back({"country", std::move(bought)});
  return {std::move(actors), std::move(relations)};
}

}  // namespace

TEST_CASE("actors are described by what their relations say of them") {
  const std::vector<vn::actor_column_source> sources{
      {.name = "country", .giver_column = "buyer country", .taker_column = "country"},
      {.name = "bought from", .giver_column = "", .taker_column = "country"}};
  const auto result = vn::describe_actors(deals(), sources);
  const auto& country = result.network.actors().country;
  CHECK(country[0] == "USA");
  CHECK(country[1] == "");        // nothing is said of y
  CHECK(country[2] == "Norway");  // the table of actors has the first word
  CHECK(country[3] == "CHN");     // once USA, twice CHN
  REQUIRE(result.columns.size() == 2);
  CHECK(result.columns[0].actors == 3);
  CHECK(result.columns[0].contradicted == 1);
  const auto* own = vn::find_column(result.network.actors(), "bought from");
  REQUIRE(own != nullptr);
  CHECK((*own)[2] == "SWE");
  CHECK((*own)[3] == "USA");  // USA and CHN once each: the first in row order
  CHECK(result.network.relation_count() == 4);
  CHECK(vn::find_column(result.network.relations(), "country") != nullptr);
}

TEST_CASE("what cannot describe actors is refused") {
  const auto describe = [](vn::actor_column_source source) {
    return vn::describe_actors(deals(), std::vector{std::move(source)});
  };
  CHECK_THROWS_AS(describe({.name = "", .giver_column = "country"}), std::invalid_argument);
  CHECK_THROWS_AS(describe({.name = "id", .giver_column = "country"}), std::invalid_argument);
  CHECK_THROWS_AS(describe({.name = "country"}), std::invalid_argument);
  CHECK_THROWS_AS(describe({.name = "country", .giver_column = "colour"}), std::invalid_argument);
}
