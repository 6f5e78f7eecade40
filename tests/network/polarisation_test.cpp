#include "valuenet/network/polarisation.hpp"

#include "valuenet/graph/builder.hpp"

#include <stdexcept>

#include "catch.hpp"

namespace vn = valuenet;
using Catch::Approx;

namespace {

vn::graph make(const std::vector<vn::edge>& list, vn::vertex_id n,
               vn::direction way = vn::direction::directed) {
  return vn::build_graph(list, {.direction = way, .vertex_count = n});
}

}  // namespace

TEST_CASE("the E-I index of six actors by hand") {
  const vn::graph g = make({{0, 1}, {0, 2}, {1, 2}, {2, 0}, {2, 3}, {3, 4}, {1, 1}}, 6);
  const std::vector<std::uint32_t> group{0, 0, 1, 1, vn::no_group, 0};
  const auto ei = vn::ei_index(g, group, {.permutations = 3000, .seed = 5});
  CHECK(ei.internal == 2);  // 0-1, 2-3
  CHECK(ei.external == 3);  // 0-2, 1-2, 2-0
  CHECK(ei.without_group == 1);
  CHECK(ei.index == Approx(0.2));
  // Sizes 3 and 2 of 5: within with probability (6 + 2) / 20.
  CHECK(ei.expected == Approx(1.0 - 2.0 * 0.4));
  CHECK(ei.groups[0].external == 3);
  CHECK(ei.groups[0].index == Approx(0.5));
  CHECK(*ei.p_value == Approx(1.0));  // it is what is expected
  for (const int threads : {1, 2, 8}) {
    const auto again =
        vn::ei_index(g, group, {.permutations = 3000, .seed = 5}, {.threads = threads});
    CHECK(again.deviation == ei.deviation);
    CHECK(again.p_value == ei.p_value);
  }
}

TEST_CASE("groups that keep to themselves are told from chance") {
  std::vector<vn::edge> list;
  std::vector<std::uint32_t> group(20);
  for (vn::vertex_id v = 0; v < 20; ++v) {
    group[v] = v / 10;
    for (vn::vertex_id w = v + 1; w < 20; ++w) {
      if (v / 10 == w / 10) list.push_back({v, w});
    }
  }
  const auto apart = vn::ei_index(make(list, 20, vn::direction::undirected), group);
  CHECK(apart.index == Approx(-1.0));
  CHECK(*apart.p_value < 0.01);
  const vn::graph none = make({{3, 3}}, 5);
  CHECK_FALSE(vn::ei_index(none, std::vector<std::uint32_t>(5, 0)).index);
  CHECK_FALSE(vn::ei_index(vn::graph(), {}).index);
  CHECK_THROWS_AS(vn::ei_index(none, group), std::invalid_argument);
  CHECK_THROWS_AS(vn::ei_index(none, std::vector<std::uint32_t>(5, 0), {.permutations = -1}),
                  std::invalid_argument);
}

TEST_CASE("core and periphery by hand, over the years") {
  vn::actor_table actors;
  for (const char* id : {"a", "b", "c", "d"}) actors.ids.intern(id);
  for (const char* p : {"北京市", "江苏省", "河北省", ""}) actors.province.push_back(p);
  vn::relation_table relations;
  relations.givers = {0, 0, 1, 1, 2, 3};
  relations.takers = {0, 1, 0, 2, 1, 0};
  relations.years = {2020, 2021, 2021, 2020, 2021, 2021};
  const vn::value_network network(std::move(actors), std::move(relations));
  const auto provinces = vn::group_actors(network, vn::by::province);
  const auto flows = vn::group_core_periphery(network, provinces, {"北京市"});
  const auto counts = vn::count_relations(network, flows, vn::group_relations(network, "year"));
  CHECK(counts.cells == std::vector<double>{1, 0, 0, 1, 0, 1, 1, 1});
  CHECK(counts.without_group == 1);
  CHECK_THROWS_AS(vn::group_core_periphery(network, provinces, {"上海市"}), std::invalid_argument);
  CHECK_THROWS_AS(vn::group_core_periphery(network, provinces, {}), std::invalid_argument);
}
