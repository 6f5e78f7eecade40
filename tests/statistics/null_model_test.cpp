// Random graphs with given degrees, held against all such graphs; small-world measures.
#include "valuenet/statistics/null_model.hpp"

#include "valuenet/error.hpp"
#include "valuenet/graph/builder.hpp"
#include "valuenet/graph/subgraph.hpp"
#include "valuenet/metrics/clustering.hpp"
#include "valuenet/metrics/components.hpp"
#include "valuenet/metrics/degree.hpp"
#include "valuenet/metrics/distances.hpp"
#include "valuenet/statistics/small_world.hpp"
#include "valuenet/synthesis/random_graph.hpp"

#include <atomic>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include "catch.hpp"
#include "detail/random.hpp"

namespace vn = valuenet;

namespace {

using arcs = std::set<std::pair<vn::vertex_id, vn::vertex_id>>;

vn::graph graph_of(const std::vector<vn::edge>& edges, vn::vertex_id vertices,
                   vn::direction direction) {
  return vn::build_graph(edges, {.direction = direction, .vertex_count = vertices});
}

arcs arcs_of(const vn::graph& g) {
  arcs result;
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    for (const vn::vertex_id u : g.out_neighbors(v)) {
      if (g.is_directed() || v <= u) result.emplace(v, u);
    }
  }
  return result;
}

vn::graph random_graph(std::uint64_t seed, vn::vertex_id vertices, std::size_t edges,
                       vn::direction direction) {
  vn::detail::random_stream random(seed);
  std::vector<vn::edge> list;
  for (std::size_t i = 0; i < edges; ++i) {
    list.push_back({static_cast<vn::vertex_id>(random.below(vertices)),
                    static_cast<vn::vertex_id>(random.below(vertices)), 2.0});
  }
  return graph_of(list, vertices, direction);
}

/// Every simple graph with the degrees of g, by trying every set of pairs.
std::set<arcs> all_with_degrees_of(const vn::graph& g) {
  std::vector<std::pair<vn::vertex_id, vn::vertex_id>> pairs;
  for (vn::vertex_id u = 0; u < g.vertex_count(); ++u) {
    for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
      if (u != v && (g.is_directed() || u < v)) pairs.emplace_back(u, v);
    }
  }
  REQUIRE(pairs.size() <= 20);
  const auto wanted_out = vn::degrees(g, vn::degree_kind::out);
  const auto wanted_in = vn::degrees(g, vn::degree_kind::in);
  std::set<arcs> found;
  for (std::uint32_t chosen = 0; chosen < (1U << pairs.size()); ++chosen) {
    std::vector<std::uint64_t> out(g.vertex_count(), 0);
    std::vector<std::uint64_t> in(g.vertex_count(), 0);
    arcs these;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if ((chosen >> i & 1U) == 0) continue;
      ++out[pairs[i].first];
      ++in[pairs[i].second];
      these.insert(pairs[i]);
    }
    if (!g.is_directed()) {
      for (std::size_t v = 0; v < out.size(); ++v) out[v] = in[v] = out[v] + in[v];
    }
    if (out == wanted_out && in == wanted_in) found.insert(these);
  }
  return found;
}

bool is_connected(const arcs& edges, vn::vertex_id vertices) {
  std::vector<vn::edge> list;
  for (const auto& [u, v] : edges) list.push_back({u, v});
  return vn::weak_components(graph_of(list, vertices, vn::direction::directed)).count == 1;
}

/// Vertices on a ring, each tied to `reach` on either side; a share of the ties then goes anywhere.
vn::graph watts_strogatz(vn::vertex_id vertices, vn::vertex_id reach, double rewired) {
  vn::detail::random_stream random(11);
  std::vector<vn::edge> list;
  for (vn::vertex_id v = 0; v < vertices; ++v) {
    for (vn::vertex_id step = 1; step <= reach; ++step) {
      const bool goes = random.uniform() < rewired;
      list.push_back(
          {v, goes ? static_cast<vn::vertex_id>(random.below(vertices)) : (v + step) % vertices});
    }
  }
  return graph_of(list, vertices, vn::direction::undirected);
}

}  // namespace

TEST_CASE("switches keep degrees and leave a simple graph", "[null_model]") {
  for (const auto direction : {vn::direction::directed, vn::direction::undirected}) {
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
      const vn::graph g = random_graph(seed, 60, 200, direction);  // with loops and parallels
      const vn::graph simple = vn::simple_view(g, vn::duplicates::first);
      for (const auto constraint :
           {vn::rewiring_constraint::none, vn::rewiring_constraint::lattice}) {
        const auto found = vn::rewire(g, {.constraint = constraint, .seed = seed});
        CHECK(found.graph.is_simple());
        CHECK_FALSE(found.graph.is_weighted());
        CHECK(found.graph.direction() == direction);
        for (const auto kind : {vn::degree_kind::in, vn::degree_kind::out}) {
          CHECK(vn::degrees(found.graph, kind) == vn::degrees(simple, kind));
        }
        CHECK(found.attempted == 10 * simple.edge_count());
        CHECK(found.switched > 0);
        CHECK(found.switched < found.attempted);
        CHECK(arcs_of(found.graph) != arcs_of(simple));
      }
    }
  }
}

TEST_CASE("every graph with the degrees is equally likely", "[null_model]") {
  using e = std::vector<vn::edge>;
  const vn::graph undirected =
      graph_of(e{{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 0}, {0, 2}}, 6, vn::direction::undirected);
  const vn::graph directed =
      graph_of(e{{0, 1}, {1, 2}, {0, 3}, {3, 4}, {4, 1}, {2, 3}}, 5, vn::direction::directed);
  for (const vn::graph& g : {undirected, directed}) {
    const std::set<arcs> all = all_with_degrees_of(g);
    REQUIRE(all.size() > 5);
    std::map<arcs, int> counts;
    const int draws = 150 * static_cast<int>(all.size());
    for (int i = 0; i < draws; ++i) {
      const auto found = vn::rewire(
          g, {.attempts_per_edge = 15, .seed = 7, .replicate = static_cast<std::uint64_t>(i)});
      ++counts[arcs_of(found.graph)];
    }
    CHECK(counts.size() == all.size());
    double chi_square = 0.0;
    for (const arcs& each : all) {
      const double off = counts[each] - 150.0;
      chi_square += off * off / 150.0;
    }
    const auto freedom = static_cast<double>(all.size()) - 1.0;
    INFO(all.size() << " graphs, chi-square " << chi_square);
    CHECK(chi_square < freedom + 4.0 * std::sqrt(2.0 * freedom));
  }
}

TEST_CASE("connected graphs stay so, and all of them are reached", "[null_model]") {
  using e = std::vector<vn::edge>;
  const vn::graph g =
      graph_of(e{{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {1, 4}}, 6, vn::direction::undirected);
  std::set<arcs> connected;
  for (const arcs& each : all_with_degrees_of(g)) {
    if (is_connected(each, 6)) connected.insert(each);
  }
  std::map<arcs, int> counts;
  const int draws = 100 * static_cast<int>(connected.size());
  for (int i = 0; i < draws; ++i) {
    const auto found = vn::rewire(g, {.constraint = vn::rewiring_constraint::connected,
                                      .attempts_per_edge = 20,
                                      .replicate = static_cast<std::uint64_t>(i)});
    ++counts[arcs_of(found.graph)];
  }
  CHECK(counts.size() == connected.size());
  double chi_square = 0.0;
  for (const auto& [edges, count] : counts) {
    CHECK(connected.count(edges) == 1);
    chi_square += (count - 100.0) * (count - 100.0) / 100.0;
  }
  const auto freedom = static_cast<double>(connected.size()) - 1.0;
  CHECK(chi_square < freedom + 4.0 * std::sqrt(2.0 * freedom));

  // A sparse tree-like graph, where switches cut off all the time.
  std::vector<vn::edge> tree;
  vn::detail::random_stream random(3);
  for (vn::vertex_id v = 1; v < 2000; ++v) {
    tree.push_back({static_cast<vn::vertex_id>(random.below(v)), v});
  }
  for (int i = 0; i < 300; ++i) {
    tree.push_back({static_cast<vn::vertex_id>(random.below(1000)),
                    static_cast<vn::vertex_id>(1000 + random.below(1000))});
  }
  for (const auto direction : {vn::direction::directed, vn::direction::undirected}) {
    const vn::graph sparse =
        vn::simple_view(graph_of(tree, 2000, direction), vn::duplicates::first);
    const auto found = vn::rewire(sparse, {.constraint = vn::rewiring_constraint::connected});
    CHECK(vn::weak_components(found.graph).count == 1);
    CHECK(found.graph.is_simple());
    CHECK(vn::degrees(found.graph) == vn::degrees(sparse));
    CHECK(found.switched > sparse.edge_count() / 2);
  }
  CHECK_THROWS_AS(vn::rewire(graph_of(e{{0, 1}}, 3, vn::direction::undirected),
                             {.constraint = vn::rewiring_constraint::connected}),
                  std::invalid_argument);
}

TEST_CASE("graphs that the degrees determine stay as they are", "[null_model]") {
  for (const vn::graph& g : {vn::graph(), vn::star_graph(6), vn::complete_graph(5),
                             vn::path_graph(1), vn::path_graph(2)}) {
    const auto found = vn::rewire(g);
    CHECK(found.switched == 0);
    CHECK(arcs_of(found.graph) == arcs_of(g));
    CHECK(found.graph.vertex_count() == g.vertex_count());
  }
  CHECK_THROWS_AS(vn::rewire(vn::star_graph(3), {.attempts_per_edge = -1}), std::invalid_argument);
  CHECK_THROWS_AS(vn::rewire(vn::star_graph(3), {.attempts_per_edge = HUGE_VAL}),
                  std::invalid_argument);
  CHECK(vn::rewire(vn::path_graph(9), {.attempts_per_edge = 0}).attempted == 0);
}

TEST_CASE("statistics are compared with their values by chance", "[null_model]") {
  const vn::graph g = random_graph(1, 50, 120, vn::direction::undirected);
  std::atomic<int> calls{0};
  const std::vector<vn::graph_statistic> statistics{
      [](const vn::graph& each, const vn::execution&) -> std::optional<double> {
        return static_cast<double>(each.edge_count());
      },
      [&](const vn::graph& each, const vn::execution& how) -> std::optional<double> {
        ++calls;
        return vn::clustering(each, {}, how).transitivity;
      },
      [](const vn::graph&, const vn::execution&) -> std::optional<double> { return std::nullopt; }};
  const auto found = vn::compare_with_null(g, statistics, {.replicates = 40});
  REQUIRE(found.size() == 3);
  CHECK(calls == 41);
  CHECK(*found[0].deviation == 0.0);
  CHECK(*found[0].mean == *found[0].observed);
  CHECK_FALSE(found[0].z_score);
  CHECK(*found[0].p_above == 1.0);
  CHECK(*found[0].p_below == 1.0);
  // By hand from the values.
  const vn::null_comparison& clustering = found[1];
  REQUIRE(clustering.values.size() == 40);
  double sum = 0.0;
  int above = 0;
  for (const double value : clustering.values) {
    sum += value;
    above += value >= *clustering.observed ? 1 : 0;
  }
  CHECK(*clustering.mean == Approx(sum / 40));
  CHECK(*clustering.p_above == Approx((1.0 + above) / 41.0));
  CHECK(std::abs(*clustering.z_score) < 5.0);  // a random graph is no surprise
  CHECK_FALSE(found[2].observed);
  CHECK_FALSE(found[2].mean);
  CHECK(found[2].replicates == 0);
  CHECK_THROWS_AS(vn::compare_with_null(g, statistics, {.replicates = 1}), std::invalid_argument);

  const auto clustered =
      vn::compare_with_null(watts_strogatz(200, 4, 0.05), statistics, {.replicates = 40});
  CHECK(*clustered[1].z_score > 10.0);
  CHECK(*clustered[1].p_above == Approx(1.0 / 41.0));
}

TEST_CASE("null models are the same bits at any thread count", "[null_model]") {
  const vn::graph g = watts_strogatz(150, 3, 0.1);
  const auto one = vn::small_world(g, {.replicates = 8}, {.threads = 1});
  for (const int threads : {2, 8}) {
    const auto more = vn::small_world(g, {.replicates = 8}, {.threads = threads});
    CHECK(more.clustering.values == one.clustering.values);
    CHECK(more.mean_distance.values == one.mean_distance.values);
    CHECK(*more.sigma == *one.sigma);
    CHECK(*more.omega == *one.omega);
    CHECK(*more.propensity == *one.propensity);
  }
}

TEST_CASE("rewiring a ring step by step passes the small world", "[small_world]") {
  const auto at = [](double rewired) {
    return vn::small_world(watts_strogatz(400, 4, rewired), {.replicates = 8});
  };
  const auto ring = at(0.0);
  const auto between = at(0.1);
  const auto chance = at(1.0);
  // The ring lattice's C is 3 (k - 2) / (4 (k - 1)) with k = 8 neighbours; its L close to n / 2k.
  CHECK(*ring.clustering.observed == Approx(18.0 / 28.0));
  CHECK(*ring.mean_distance.observed == Approx(25.3).margin(0.5));
  CHECK(*ring.omega < -0.4);
  CHECK(*between.sigma > 5.0);
  CHECK(std::abs(*between.omega) < 0.4);
  CHECK(*between.propensity > *chance.propensity);
  CHECK(*between.propensity > *ring.propensity);
  CHECK(*chance.omega > 0.6);
  CHECK(*chance.sigma == Approx(1.0).margin(0.6));
  CHECK(*between.clustering.z_score > 10.0);
  // A lattice built from the random one is far more clustered, with longer ways.
  CHECK(*chance.lattice_clustering > 5.0 * *chance.clustering.mean);
  CHECK(*chance.lattice_mean_distance > 1.3 * *chance.mean_distance.mean);
  // Sigma, omega and propensity from their parts.
  const double c = *between.clustering.observed;
  const double l = *between.mean_distance.observed;
  CHECK(*between.sigma == Approx(c / *between.clustering.mean / (l / *between.mean_distance.mean)));
  CHECK(*between.omega ==
        Approx(*between.mean_distance.mean / l - c / *between.lattice_clustering));
}

TEST_CASE("what has no small-world measure has none", "[small_world]") {
  const auto nothing = vn::small_world(vn::graph(), {.replicates = 2});
  CHECK(nothing.vertices == 0);
  CHECK_FALSE(nothing.sigma);
  CHECK_FALSE(nothing.omega);
  CHECK_FALSE(nothing.propensity);
  const auto tree = vn::small_world(vn::path_graph(12), {.replicates = 4});
  CHECK(*tree.clustering.observed == 0.0);
  // The largest component alone counts.
  const std::vector<vn::edge> list{{0, 1}, {1, 2}, {2, 0}, {3, 4}};
  CHECK(vn::small_world(graph_of(list, 6, vn::direction::directed), {.replicates = 2}).vertices ==
        3);
  CHECK_THROWS_AS(vn::small_world(vn::star_graph(3), {.replicates = 1}), std::invalid_argument);
  CHECK_THROWS_AS(vn::small_world(vn::star_graph(3), {.lattices = 0}), std::invalid_argument);
}

TEST_CASE("rewiring stops when asked to", "[null_model]") {
  std::stop_source stop;
  stop.request_stop();
  CHECK_THROWS_AS(vn::rewire(vn::cycle_graph(1000), {.attempts_per_edge = 1e9},
                             {.threads = 1, .stop = stop.get_token()}),
                  vn::cancelled);
}
