#include "valuenet/network/flows.hpp"

#include <numeric>
#include <stdexcept>

#include "catch.hpp"

namespace vn = valuenet;
using Catch::Approx;

namespace {

/// Two firms in Beijing, one in Jiangsu, one in Guangdong, one of no known place.
vn::value_network example() {
  vn::actor_table actors;
  for (const char* id : {"a", "b", "c", "d", "e"}) actors.ids.intern(id);
  for (const char* p : {"北京市", "北京市", "江苏省", "广东", ""}) actors.province.push_back(p);
  for (const char* t : {"firm", "university", "firm", "firm", "firm"}) actors.type.push_back(t);
  vn::relation_table relations;
  relations.givers = {0, 0, 1, 2, 3, 4, 0, 0};
  relations.takers = {1, 2, 2, 0, 0, 0, 4, 2};
  for (int i = 0; i < 8; ++i) relations.kind.push_back("input");
  relations.weights = {1, 2, 3, 4, 5, 6, 7, 8};
  return {std::move(actors), std::move(relations)};
}

}  // namespace

TEST_CASE("flows between provinces by hand") {
  const auto flows = vn::flow_matrix(example(), vn::by::province);
  REQUIRE(flows.giver_groups == std::vector<std::string>{"北京市", "江苏省", "广东"});
  CHECK(flows.flow == std::vector<double>{1, 3, 0, 1, 0, 0, 1, 0, 0});
  CHECK(flows.total == 6);
  CHECK(flows.within == 1.0);
  CHECK(flows.across == 5.0);
  CHECK(flows.without_giver_group == 1);
  CHECK(flows.without_taker_group == 1);
  CHECK(flows.given == std::vector<double>{4, 1, 1});
  CHECK(vn::net_flows(flows)[1] == 2);
  CHECK(vn::net_flows(flows)[3] == -2);
  CHECK(vn::gross_flows(flows)[2] == 1);
  const auto top = vn::top_flows(flows, 2);
  REQUIRE(top.size() == 2);
  CHECK(top[0].taker_group == 1);
  CHECK(top[0].share == Approx(0.5));
  CHECK(top[1].cumulative_share == Approx(4.0 / 6.0));
  CHECK(vn::top_flows(flows, 0, vn::flow_scope::within).size() == 1);
}

TEST_CASE("measures count rows, distinct relations or weights") {
  const auto count = [](vn::flow_measure measure) {
    return vn::flow_matrix(example(), vn::by::province, {.measure = measure})(0, 1);
  };
  CHECK(count(vn::flow_measure::relations) == 3);
  CHECK(count(vn::flow_measure::edges) == 2);
  CHECK(count(vn::flow_measure::weight) == 13);
}

TEST_CASE("circles take provinces with or without their rank") {
  const auto groups = vn::group_actors(example(), vn::default_circles());
  CHECK(groups.group == std::vector<std::uint32_t>{0, 0, 1, 2, vn::no_group});
  CHECK_THROWS_AS(vn::group_actors(example(), {{"x", {"北京"}}, {"y", {"北京市"}}}),
                  std::invalid_argument);
  CHECK_THROWS_AS(vn::group_actors(example(), "colour"), std::invalid_argument);
}

TEST_CASE("two groupings make a rectangle") {
  const vn::value_network network = example();
  const auto flows = vn::flow_matrix(network, vn::group_actors(network, vn::by::type),
                                     vn::group_actors(network, vn::by::province));
  CHECK(flows.giver_groups.size() == 2);
  CHECK(flows.taker_groups.size() == 3);
  CHECK_FALSE(flows.within);
  CHECK(flows(1, 1) == 1);
  CHECK_THROWS_AS(vn::net_flows(flows), std::invalid_argument);
}

TEST_CASE("the expectation has the sums of the flows") {
  vn::flow_matrix_result flows = vn::flow_matrix(example(), vn::by::province);
  flows.flow = {50, 20, 10, 30, 40, 5, 10, 15, 60};
  flows.given = {80, 75, 85};
  flows.taken = {90, 75, 75};
  flows.total = 240;
  const auto all = vn::expected_flows(flows);
  CHECK(all.converged);
  CHECK(all.expected[0] == Approx(80.0 * 90.0 / 240.0));
  CHECK(all.degrees_of_freedom == 4);
  CHECK(all.residual[0] > 0);
  const auto across = vn::expected_flows(flows, {.scope = vn::flow_scope::across});
  CHECK(across.converged);
  CHECK(across.expected[0] == 0);
  CHECK(across.expected[1] + across.expected[2] == Approx(30.0));
  CHECK(across.expected[3] + across.expected[6] == Approx(40.0));
  CHECK(across.degrees_of_freedom == 1);
  CHECK_THROWS_AS(vn::expected_flows(flows, {.scope = vn::flow_scope::within}),
                  std::invalid_argument);
}

TEST_CASE("an empty network has an empty matrix") {
  const auto flows = vn::flow_matrix(vn::value_network(), vn::by::city);
  CHECK(flows.flow.empty());
  CHECK(flows.total == 0);
  CHECK(vn::expected_flows(flows).converged);
  CHECK(vn::top_flows(flows, 5).empty());
}
