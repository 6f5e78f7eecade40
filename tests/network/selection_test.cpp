#include "valuenet/network/selection.hpp"

#include <stdexcept>

#include "catch.hpp"
#include "six_actors.hpp"

namespace vn = valuenet;

namespace {

/// Four actors; two technology relations of one pair and kind, one of another kind, an investment
/// that loops, a shared person that holds both ways.
vn::value_network example() {
  vn::actor_table actors;
  for (const char* id : {"huawei", "tsinghua", "tencent", "alone"}) actors.ids.intern(id);
  for (const char* city : {"深圳", "北京", "深圳", "上海"}) actors.city.push_back(city);
  actors.roles = {vn::role::sample, vn::role::relation, vn::role::sample, vn::role::relation};
  vn::relation_table relations;
  relations.givers = {1, 1, 1, 0, 2};
  relations.takers = {0, 0, 0, 0, 0};
  for (const char* d : {"technology", "technology", "technology", "investment", "human_capital"}) {
    relations.dimension.push_back(d);
  }
  for (const char* k : {"input", "input", "licence", "made", "shared_person"}) {
    relations.kind.push_back(k);
  }
  relations.weights = {1.0, 2.0, 4.0, 8.0, 16.0};
  relations.years = {2014, 2016, vn::no_year, 2018, 2018};
  relations.both_ways = {0, 0, 0, 0, 1};
  return {std::move(actors), std::move(relations)};
}

}  // namespace

TEST_CASE("a selection merges rows of one giver, taker and kind, and leads back to them") {
  const vn::selection all = vn::select(example());
  CHECK(all.accounting().relations == 5);
  CHECK(all.accounting().selected == 5);
  CHECK(all.accounting().merged == 1);
  CHECK(all.accounting().mirrored == 1);
  CHECK(all.accounting().edges == 5);
  CHECK(all.accounting().actors == 3);
  CHECK(all.accounting().actors_left_out == 1);
  REQUIRE(all.graph().vertex_count() == 3);
  const auto tsinghua = all.vertex(1);
  REQUIRE(tsinghua);
  const vn::arc_id first = all.graph().first_out_arc(*tsinghua);
  REQUIRE(all.relations(first).size() == 2);
  CHECK(all.relations(first)[1] == 1);
  CHECK(all.graph().weight(first) == 3.0);
  CHECK(all.graph().weight(first + 1) == 4.0);
  CHECK_FALSE(all.vertex(3));
}

TEST_CASE("conditions on relations, years and places drop rows with a reason") {
  const vn::value_network network = example();
  const vn::selection dated = vn::select(network, {.until_year = 2016});
  CHECK(dated.accounting().selected == 2);
  REQUIRE(dated.accounting().dropped.size() == 1);
  CHECK(dated.accounting().dropped[0].reason == "year");
  CHECK(dated.accounting().dropped[0].count == 3);
  CHECK(vn::select(network, {.until_year = 2016, .keep_undated = true}).accounting().selected == 3);
  CHECK(vn::select(network, {.dimension = "technology"}).accounting().selected == 3);
  CHECK(vn::select(network, {.dimension = {"technology", "investment"}}).accounting().selected ==
        4);
  CHECK(vn::select(network, {.city = "深圳"}).accounting().selected == 2);
  CHECK(vn::select(network, {.city = "深圳", .ends = vn::relation_ends::either})
            .accounting()
            .selected == 5);
  CHECK(vn::select(network, {.role = "sample", .ends = vn::relation_ends::giver})
            .accounting()
            .selected == 2);
  CHECK(vn::select(network, {.kind = "no such kind"}).graph().vertex_count() == 0);
  CHECK_THROWS_AS(vn::select(network, {.role = "firm"}), std::invalid_argument);
  CHECK_THROWS_AS(vn::select(network, {.from_year = 2019, .until_year = 2018}),
                  std::invalid_argument);
  CHECK_THROWS_AS(vn::select(network, {.relation_columns = {{"colour", "red"}}}),
                  std::invalid_argument);
}

TEST_CASE("every actor can be kept, loops dropped, directions forgotten") {
  const vn::value_network network = example();
  CHECK(vn::select(network, {.all_actors = true}).graph().vertex_count() == 4);
  const vn::selection no_loops = vn::select(network, {.loops = vn::loops::drop});
  CHECK(no_loops.accounting().dropped_loops == 1);
  CHECK(no_loops.graph().loop_count() == 0);
  const vn::selection undirected = vn::select(network, {.direction = vn::direction::undirected});
  CHECK(undirected.accounting().mirrored == 0);
  CHECK(undirected.accounting().edges == 4);
  CHECK(undirected.graph().edge_count() == 4);
  CHECK_THROWS_AS(vn::select(network, {.duplicates = vn::duplicates::error}),
                  std::invalid_argument);
}

TEST_CASE("what was selected is a network of its own") {
  const vn::value_network six = six_actors();
  const auto selected = vn::select(six, {.dimension = "technology", .province = {"北京", "上海"}});
  const vn::value_network part = vn::selected_network(selected);
  REQUIRE(part.actor_count() == 3);
  CHECK(part.id(2) == "c");
  CHECK(part.actors().city[2] == "徐汇");
  CHECK(part.role(0) == vn::role::sample);
  REQUIRE(part.relation_count() == 3);
  CHECK(part.giver(2) == 1);
  CHECK(part.taker(2) == 2);
  CHECK(part.relations().technology[2] == "芯片");
  CHECK(part.weight(1) == 2.0);
  CHECK(part.year(2) == 2021);
  const auto again = vn::select(part);
  CHECK(again.graph().arc_count() == selected.graph().arc_count());
  // Rows that were merged are all there, loops that were dropped are not.
  vn::relation_table relations = six.relations();
  relations.takers = {1, 1, 1, 0, 2, 4};
  relations.givers = {0, 0, 1, 2, 2, 3};
  relations.kind = {};
  const vn::value_network merging(six.actors(), std::move(relations));
  CHECK(vn::selected_network(vn::select(merging, {.loops = vn::loops::drop})).relation_count() ==
        4);
  CHECK(vn::selected_network(vn::select(merging, {.all_actors = true})).actor_count() == 6);
}
