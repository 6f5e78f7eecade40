#include "valuenet/network/layers.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "catch.hpp"

namespace vn = valuenet;
using Catch::Approx;

namespace {

/// Six actors in two layers: technology 0->1, 1->2, 2->3, 3->4; investment 0->1, 2->1, 3->4, 4->5;
/// one relation without a dimension, one loop and one repeat.
vn::value_network example() {
  vn::actor_table actors;
  for (const char* id : {"a", "b", "c", "d", "e", "f"}) actors.ids.intern(id);
  vn::relation_table relations;
  relations.givers = {0, 1, 2, 3, 0, 2, 3, 4, 5, 1, 0};
  relations.takers = {1, 2, 3, 4, 1, 1, 4, 5, 0, 1, 1};
  for (int i = 0; i < 4; ++i) relations.dimension.push_back("technology");
  for (int i = 0; i < 4; ++i) relations.dimension.push_back("investment");
  for (const char* d : {"", "technology", "technology"}) relations.dimension.push_back(d);
  return {std::move(actors), std::move(relations)};
}

vn::graph make(const std::vector<vn::edge>& list, vn::vertex_id n) {
  return vn::build_graph(list, {.vertex_count = n});
}

}  // namespace

TEST_CASE("two layers of six actors by hand") {
  const auto layers = vn::layers_of(example());
  REQUIRE(layers.layers.size() == 2);
  CHECK(layers.layers[0].name == "technology");
  CHECK(layers.layers[0].graph.arc_count() == 4);
  CHECK(layers.layers[1].graph.arc_count() == 4);
  CHECK(layers.without_layer == 1);
  CHECK(layers.actors.size() == 6);
  const auto all = vn::multiplexity(layers);
  CHECK(all.arcs_in == std::vector<std::uint64_t>{0, 4, 2});
  CHECK(all.actors_in == std::vector<std::uint64_t>{0, 1, 5});
  CHECK(all.active_actors == std::vector<std::uint64_t>{5, 6});
  REQUIRE(all.pairs.size() == 1);
  CHECK(all.pairs[0].common_arcs == 2);
  CHECK(all.pairs[0].overlap == Approx(2.0 / 6.0));
  CHECK(all.pairs[0].actor_overlap == Approx(5.0 / 6.0));
  // Degrees 1 2 2 2 1 0 and 1 2 1 1 2 1: ranks 1.5 4 4 4 1.5 0 and 1.5 4.5 1.5 1.5 4.5 1.5.
  CHECK(all.pairs[0].degree_correlation == Approx(1.5 / std::sqrt(15.0 * 12.0)));
  // Of a to e, who are in both: ranks .5 3 3 3 .5 and 1 3.5 1 1 3.5.
  CHECK(*all.pairs[0].common_degree_correlation == Approx(-1.25 / 7.5));
  CHECK(all.participation[0] == Approx(1.0));
  CHECK(all.participation[5] == Approx(0.0));
  CHECK(all.participation[2] == Approx(2.0 * (1.0 - 5.0 / 9.0)));
}

TEST_CASE("layers take filters, other columns and empty networks") {
  CHECK_THROWS_AS(vn::layers_of(example(), "colour"), std::invalid_argument);
  const auto one = vn::layers_of(example(), "dimension", {.dimension = "investment"});
  CHECK(one.layers.size() == 1);
  CHECK(one.actors.size() == 6);
  CHECK(vn::multiplexity(one).pairs.empty());
  CHECK_THROWS_AS(vn::layers_of(vn::value_network()), std::invalid_argument);  // no such column
}

TEST_CASE("QAP of graphs is QAP of their matrices, over all permutations as by hand") {
  const vn::graph a = make({{0, 1}, {1, 2}, {2, 3}}, 4);
  const vn::graph b = make({{0, 1}, {1, 2}, {3, 2}, {1, 1}}, 4);
  std::vector<double> x(16, 0.0);
  std::vector<double> y(16, 0.0);
  x[1] = x[6] = x[11] = 1;
  y[1] = y[6] = y[14] = 1;
  const vn::qap_options options{.permutations = 4000, .seed = 3};
  const auto sparse = vn::qap_correlation(a, b, options);
  const auto dense = vn::qap_correlation(x, y, 4, options);
  // 12 pairs, 3 arcs each, 2 common: (2/12 - 1/16) / (3/12 * 9/12).
  CHECK(sparse.correlation == Approx((2.0 / 12 - 1.0 / 16) / (3.0 / 16)));
  CHECK(dense.correlation == Approx(*sparse.correlation));
  CHECK(dense.permuted_mean == Approx(sparse.permuted_mean));
  CHECK(dense.p_greater == sparse.p_greater);
  std::vector<std::size_t> to(4);
  std::iota(to.begin(), to.end(), std::size_t{0});
  int as_high = 0;
  do {
    double common = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < 4; ++j) common += x[i * 4 + j] * y[to[i] * 4 + to[j]];
    }
    as_high += common >= 2 ? 1 : 0;
  } while (std::next_permutation(to.begin(), to.end()));
  CHECK(*sparse.p_greater == Approx(as_high / 24.0).margin(0.025));
}

TEST_CASE("QAP is certain of itself, undefined for constants, and the same at any thread count") {
  std::vector<vn::edge> list;
  for (vn::vertex_id v = 0; v < 40; ++v) list.push_back({v, (v * v + 3) % 40});
  for (vn::vertex_id v = 1; v < 40; ++v) list.push_back({0, v});
  const vn::graph g = make(list, 40);
  const auto self = vn::qap_correlation(g, g, {.permutations = 200});
  CHECK(self.correlation == Approx(1.0));
  CHECK(*self.p_greater == Approx(1.0 / 201));
  for (const int threads : {1, 2, 8}) {
    const auto again = vn::qap_correlation(g, g, {.permutations = 200}, {.threads = threads});
    CHECK(again.permuted_mean == self.permuted_mean);
    CHECK(again.permuted_deviation == self.permuted_deviation);
  }
  CHECK_FALSE(vn::qap_correlation(g, make({}, 40)).correlation);
  CHECK_FALSE(vn::qap_correlation(vn::graph(), vn::graph()).p_greater);
  CHECK_THROWS_AS(vn::qap_correlation(g, make({}, 4)), std::invalid_argument);
  CHECK_THROWS_AS(vn::qap_correlation(g, g, {.permutations = 0}), std::invalid_argument);
  const std::vector<double> three(9, 1.0);
  CHECK_FALSE(vn::qap_correlation(three, three, 3).correlation);
  CHECK_THROWS_AS(vn::qap_correlation(three, three, 2), std::invalid_argument);
}
