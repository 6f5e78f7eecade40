#include "valuenet/network/polarisation.hpp"

#include "valuenet/graph/builder.hpp"
#include "valuenet/network/actor_metrics.hpp"
#include "valuenet/statistics/concentration.hpp"

#include <cmath>
#include <stdexcept>

#include "catch.hpp"
#include "six_actors.hpp"

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

TEST_CASE("polarisation of six actors over three years by hand") {
  // 2020: a->b, a->c; 2021: b->c, c->a; 2022: c->d, d->e. Beijing a, b; Shanghai c, e; d abroad.
  const vn::value_network network = six_actors();
  const auto places = vn::group_actors(network, vn::by::province);
  const auto found = vn::polarisation(network, places, {.core = {"北京"}});
  CHECK(found.years == std::vector<int>{2020, 2021, 2022});
  CHECK(found.core == std::vector<std::string>{"北京"});
  using list = std::vector<std::optional<double>>;
  const auto values = [&](const char* name) { return found.find(name)->values; };
  CHECK(values("total") == list{4, 4, 4});
  CHECK(values("members") == list{3, 3, 3});
  // Ends: 2020 Beijing 3, Shanghai 1; 2021 Beijing 2, Shanghai 2; 2022 Shanghai 2, abroad 2.
  CHECK(values("largest_share") == list{0.75, 0.5, 0.5});
  CHECK(values("core_share") == list{0.75, 0.5, 0});
  CHECK(*values("gini")[0] == Approx((0 * -2 + 1 * 0 + 3 * 2) / 12.0));
  CHECK(*values("herfindahl")[0] == Approx(10.0 / 16.0));
  CHECK(values("core_to_core") == list{0.5, 0, 0});
  CHECK(values("core_to_periphery") == list{0.5, 0.5, 0});
  CHECK(values("periphery_to_core") == list{0, 0.5, 0});
  CHECK(values("periphery_to_periphery") == list{0, 0, 1});
  CHECK(values("core_given") == list{1, 0.5, 0});
  CHECK(values("core_taken") == list{0.5, 0.5, 0});
  CHECK(values("diffusion") == list{1, 0.5, std::nullopt});
  // 0.75, 0.5, 0 falls in all three pairs: p = 2 / 6; slopes -0.25, -0.375, -0.5.
  const auto& trend = found.find("core_share")->trend;
  REQUIRE(trend);
  CHECK(trend->score == -3);
  CHECK(trend->p_value == Approx(1.0 / 3.0));
  CHECK(trend->slope == Approx(-0.375));
  CHECK_FALSE(found.find("diffusion")->trend);  // two years only
}

TEST_CASE("polarisation in windows, cumulative, over actors and of those active") {
  const vn::value_network network = six_actors();
  const auto places = vn::group_actors(network, vn::by::province);
  using list = std::vector<std::optional<double>>;
  const auto all = vn::polarisation(network, places, {.window = std::nullopt});
  CHECK(all.find("total")->values == list{4, 8, 12});
  // Of 12 ends Beijing has 5, Shanghai 5, d 2: the first two of the table are the core.
  CHECK(all.core == std::vector<std::string>{"北京", "上海"});
  CHECK(*all.find("core_share")->values[2] == Approx(10.0 / 12.0));
  const auto two = vn::polarisation(network, places, {.window = 2});
  CHECK(two.find("total")->values == list{4, 8, 8});
  const auto active =
      vn::polarisation(network, places, {.population = vn::polarisation_population::active});
  CHECK(active.find("members")->values == list{2, 2, 2});
  const auto weight = vn::polarisation(
      network, places, {.measure = vn::count_measure::weight, .end = vn::counted_end::giver});
  CHECK(weight.find("total")->values == list{3, 4, 5});
  const auto bounded =
      vn::polarisation(network, places, {.selection = {.from_year = 2021, .until_year = 2021}});
  CHECK(bounded.years == std::vector<int>{2021});
  CHECK_FALSE(bounded.find("gini")->trend);

  CHECK(vn::polarisation(network, places, {.selection = {.dimension = "none"}}).years.empty());
  CHECK_THROWS_AS(vn::polarisation(network, places, {.window = 0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::polarisation(network, places, {.core_share = 1}), std::invalid_argument);
  CHECK_THROWS_AS(vn::polarisation(network, places, {.core = {"广州"}}), std::invalid_argument);
  CHECK_THROWS_AS(vn::polarisation(vn::value_network{}, places), std::invalid_argument);
}

TEST_CASE("how unequal six actors are, by hand") {
  const vn::selection six = vn::select(six_actors(), {.all_actors = true});
  const std::vector<double> x =
      vn::actor_values(six, vn::actor_metric::degree).values;  // 3 2 4 2 1 0
  CHECK(*vn::top_share(x, 0.1) == Approx(4.0 / 12));
  CHECK(*vn::concentration_ratio(x, 2) == Approx(7.0 / 12));
  // 0 1 2 2 3 4 by -5 -3 -1 1 3 5.
  CHECK(*vn::gini(x) == Approx(26.0 / 72));
  CHECK(vn::herfindahl(x)->index == Approx(34.0 / 144));
  const auto curve = vn::lorenz_curve(x);
  REQUIRE(curve.size() == 7);
  CHECK(curve[3].population == Approx(0.5));
  CHECK(curve[3].value == Approx(0.25));
  // Mean 2: T = (3 ln 3/2 + 4 ln 2 + ln 1/2) / 12. Firms a, b, e have 6, the others 6.
  const double whole = (3 * std::log(1.5) + 4 * std::log(2.0) + std::log(0.5)) / 12;
  CHECK(*vn::theil(x) == Approx(whole));
  const auto parts = vn::decompose_theil(x, std::vector<std::uint32_t>{0, 0, 1, 1, 0, 1});
  const double firms = (3 * std::log(1.5) + std::log(0.5)) / 6;
  const double others = (4 * std::log(2.0)) / 6;
  CHECK(*parts->groups[0].within == Approx(firms));
  CHECK(*parts->groups[1].within == Approx(others));
  CHECK(parts->within == Approx((firms + others) / 2));
  CHECK(parts->between == Approx(0).margin(1e-12));
  // Sizes 4 3 2 2 1: ln(rank - 1/2) on ln(size), by the normal equations.
  const double sizes[] = {4, 3, 2, 2, 1};
  double sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (int i = 0; i < 5; ++i) {
    const double lx = std::log(sizes[i]), ly = std::log(i + 0.5);
    sx += lx, sy += ly, sxx += lx * lx, sxy += lx * ly;
  }
  CHECK(vn::rank_size(x)->exponent == Approx(-(5 * sxy - sx * sy) / (5 * sxx - sx * sx)));
  // Places by technology, at both ends: Beijing 视觉 3, 芯片 1; Shanghai 视觉 2, 芯片 1; d 视觉 1.
  const auto counts = vn::count_relations(
      six_actors(),
      vn::group_relations(six_actors(), vn::group_actors(six_actors(), vn::by::province),
                          vn::counted_end::both),
      vn::group_relations(six_actors(), "technology"));
  CHECK(counts.cells == std::vector<double>{3, 1, 2, 1, 1, 0});
  const auto quotients = vn::location_quotients(counts.cells, 3, 2);
  CHECK(*quotients[0] == Approx((3.0 / 4) / (6.0 / 8)));
  CHECK(*quotients[1] == Approx((1.0 / 4) / (2.0 / 8)));
  CHECK(*quotients[3] == Approx((1.0 / 3) / (2.0 / 8)));
  CHECK(*quotients[5] == 0);
}
