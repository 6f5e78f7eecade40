#include "valuenet/metrics/shortest_paths.hpp"

#include "valuenet/error.hpp"
#include "valuenet/graph/builder.hpp"
#include "valuenet/graph/subgraph.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <stop_token>
#include <vector>

#include "catch.hpp"
#include "detail/random.hpp"

namespace vn = valuenet;

namespace {

constexpr double none = std::numeric_limits<double>::infinity();

/// Bellman and Ford: relax every arc until nothing changes.
std::vector<double> relaxed(const vn::graph& g, vn::vertex_id source, vn::arc_length length) {
  std::vector<double> distance(g.vertex_count(), none);
  distance[source] = 0.0;
  for (bool changed = true; changed;) {
    changed = false;
    for (vn::arc_id arc = 0; arc < g.arc_count(); ++arc) {
      const double weight = g.is_weighted() ? g.weight(arc) : 1.0;
      const double own = length == vn::arc_length::hop      ? 1.0
                         : length == vn::arc_length::weight ? weight
                                                            : 1.0 / weight;
      const double through = distance[g.source(arc)] + own;
      if (through >= distance[g.target(arc)]) continue;
      distance[g.target(arc)] = through;
      changed = true;
    }
  }
  return distance;
}

enum class lengths_of { several, many_zeros, one };

vn::graph random_graph(std::uint64_t seed, vn::vertex_id largest, lengths_of kind) {
  vn::detail::random_stream random(seed, 31);
  const std::uint64_t n = 1 + random.below(largest);
  const std::uint64_t m = random.below(4 * n + 2);
  std::vector<vn::edge> edges;
  for (std::uint64_t i = 0; i < m; ++i) {
    const double weight = kind == lengths_of::one ? 1.0
                          : kind == lengths_of::many_zeros
                              ? static_cast<double>(random.below(2))
                              : 0.1 * static_cast<double>(1 + random.below(50));
    edges.push_back({static_cast<vn::vertex_id>(random.below(n)),
                     static_cast<vn::vertex_id>(random.below(1 + random.below(n))), weight});
  }
  return vn::build_graph(
      edges, {.direction = seed % 2 == 0 ? vn::direction::directed : vn::direction::undirected,
              .vertex_count = static_cast<vn::vertex_id>(n)});
}

/// Every reached vertex has a path of its distance, told by the parents.
template <class Result>
void require_tree(const vn::graph& g, vn::vertex_id source, vn::arc_length length,
                  const Result& found) {
  bool right = found.parents[source] == vn::no_vertex;
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    const auto path = vn::path_between(found.parents, source, v);
    right = right && path.empty() != found.defined[v];
    if (path.empty()) continue;
    double sum = 0.0;
    for (std::size_t i = 1; i < path.size(); ++i) {
      double shortest = none;
      const auto row = g.out_neighbors(path[i - 1]);
      for (std::size_t k = 0; k < row.size(); ++k) {
        if (row[k] != path[i]) continue;
        const double weight = g.is_weighted() ? g.out_weights(path[i - 1])[k] : 1.0;
        shortest = std::min(shortest, length == vn::arc_length::hop      ? 1.0
                                      : length == vn::arc_length::weight ? weight
                                                                         : 1.0 / weight);
      }
      sum += shortest;
    }
    right = right && sum == static_cast<double>(found.distances[v]);
  }
  REQUIRE(right);
}

void require_right(const vn::graph& g, vn::vertex_id source, vn::arc_length length) {
  const std::vector<double> expected = relaxed(g, source, length);
  const auto found = vn::shortest_paths(g, source, {.length = length}, {.threads = 2});
  bool same = true;
  vn::vertex_id reached = 0;
  for (std::size_t v = 0; v < expected.size(); ++v) {
    same = same && found.defined[v] == (expected[v] != none) &&
           found.distances[v] == (expected[v] == none ? 0.0 : expected[v]);
    reached += expected[v] == none ? 0 : 1;
  }
  REQUIRE(same);
  REQUIRE(found.reached == reached);
  require_tree(g, source, length, found);
}

}  // namespace

TEST_CASE("shortest paths in closed form", "[shortest_paths]") {
  std::vector<vn::edge> path;
  for (vn::vertex_id v = 0; v < 6; ++v) path.push_back({v, v + 1, 1.0 + v});
  const vn::graph g = vn::build_graph(path, {.vertex_count = 9});
  const auto hops = vn::breadth_first_search(g, 1);
  CHECK(hops.distances == std::vector<std::uint32_t>{0, 0, 1, 2, 3, 4, 5, 0, 0});
  CHECK(hops.defined == std::vector<bool>{0, 1, 1, 1, 1, 1, 1, 0, 0});
  CHECK(hops.parents[1] == vn::no_vertex);
  CHECK(hops.parents[4] == 3);
  CHECK(hops.reached == 6);
  CHECK(hops.depth == 5);
  const auto lengths = vn::shortest_paths(g, 0);
  CHECK(lengths.distances == std::vector<double>{0, 1, 3, 6, 10, 15, 21, 0, 0});
  CHECK(vn::path_between(lengths.parents, 0, 3) == std::vector<vn::vertex_id>{0, 1, 2, 3});
  CHECK(vn::path_between(lengths.parents, 0, 0) == std::vector<vn::vertex_id>{0});
  CHECK(vn::path_between(lengths.parents, 0, 8).empty());
  CHECK(vn::shortest_paths(vn::transpose(g), 3).distances ==
        std::vector<double>{6, 5, 3, 0, 0, 0, 0, 0, 0});
  CHECK(vn::shortest_paths(g, 0, {.parents = vn::path_parents::skip}).parents.empty());
  CHECK(vn::breadth_first_search(g, 0, {.parents = vn::path_parents::skip}).parents.empty());

  // The long way of short arcs is shorter; of parallel arcs the shortest counts; loops are nothing.
  const vn::graph round = vn::build_graph(
      std::vector<vn::edge>{{0, 3, 10}, {0, 1, 5}, {0, 1, 2}, {1, 1, 0}, {1, 2, 2}, {2, 3, 2}});
  CHECK(vn::shortest_paths(round, 0).distances == std::vector<double>{0, 2, 4, 6});
  CHECK(vn::shortest_paths(round, 0, {.length = vn::arc_length::hop}).distances ==
        std::vector<double>{0, 1, 2, 1});
  // Complete graph, star and cycle.
  std::vector<vn::edge> complete;
  std::vector<vn::edge> cycle;
  for (vn::vertex_id u = 0; u < 8; ++u) {
    cycle.push_back({u, (u + 1) % 8});
    for (vn::vertex_id v = 0; v < u; ++v) complete.push_back({u, v});
  }
  const vn::build_options undirected{.direction = vn::direction::undirected};
  CHECK(vn::breadth_first_search(vn::build_graph(complete, undirected), 3).distances ==
        std::vector<std::uint32_t>{1, 1, 1, 0, 1, 1, 1, 1});
  CHECK(vn::breadth_first_search(vn::build_graph(cycle, undirected), 0).distances ==
        std::vector<std::uint32_t>{0, 1, 2, 3, 4, 3, 2, 1});
  CHECK(vn::breadth_first_search(vn::build_graph(cycle), 0).depth == 7);
}

TEST_CASE("shortest paths agree with relaxing every arc on random graphs", "[shortest_paths]") {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    INFO("seed " << seed);
    const auto kind = static_cast<lengths_of>(seed % 3);
    const vn::graph g = random_graph(seed, 60, kind);
    const auto source = static_cast<vn::vertex_id>(seed % g.vertex_count());
    require_right(g, source, vn::arc_length::weight);
    if (kind == lengths_of::several) require_right(g, source, vn::arc_length::inverse_weight);
    const std::vector<double> hops = relaxed(g, source, vn::arc_length::hop);
    const auto found = vn::breadth_first_search(g, source, {}, {.threads = 2});
    bool same = true;
    for (std::size_t v = 0; v < hops.size(); ++v) {
      same = same && found.defined[v] == (hops[v] != none) &&
             found.distances[v] == (hops[v] == none ? 0.0 : hops[v]);
    }
    REQUIRE(same);
    require_tree(g, source, vn::arc_length::hop, found);
  }
}

TEST_CASE("shortest paths on larger graphs, the same bits at any thread count",
          "[shortest_paths]") {
  for (const std::uint64_t seed : {100U, 101U, 102U, 103U}) {
    const vn::graph g = random_graph(seed, 60'000, static_cast<lengths_of>(seed % 3));
    const vn::vertex_id source = g.vertex_count() / 2;
    require_right(g, source, vn::arc_length::weight);
    const auto one = vn::shortest_paths(g, source, {}, {.threads = 1});
    const auto level = vn::breadth_first_search(g, source, {}, {.threads = 1});
    for (const int threads : {2, 8}) {
      const auto more = vn::shortest_paths(g, source, {}, {.threads = threads});
      CHECK(one.distances == more.distances);
      CHECK(one.parents == more.parents);
      const auto levels = vn::breadth_first_search(g, source, {}, {.threads = threads});
      CHECK(level.distances == levels.distances);
      CHECK(level.parents == levels.parents);
    }
  }
}

TEST_CASE("lengths that make labels fall again and again are finished in order",
          "[shortest_paths]") {
  // From i to j < i an arc of 2 (i - j) - 1: the more arcs a path has, the shorter it is, and in
  // rounds every label falls as often as it has arcs before it.
  std::vector<vn::edge> edges;
  constexpr vn::vertex_id n = 200;
  for (vn::vertex_id i = 0; i < n; ++i) {
    for (vn::vertex_id j = 0; j < i; ++j) edges.push_back({i, j, 2.0 * (i - j) - 1.0});
  }
  edges.push_back({n, n + 1, 1e9});  // makes the mean length, and so what is near, large
  const vn::graph g = vn::build_graph(edges);
  require_right(g, n - 1, vn::arc_length::weight);
  CHECK(vn::shortest_paths(g, n - 1).distances[0] == n - 1.0);
}

TEST_CASE("shortest paths refuse what makes no sense, and can be stopped", "[shortest_paths]") {
  const vn::graph g = vn::build_graph(std::vector<vn::edge>{{0, 1, 0.0}, {1, 2, 3.0}});
  CHECK(vn::shortest_paths(g, 0).distances == std::vector<double>{0, 0, 3});
  CHECK_THROWS_AS(vn::shortest_paths(g, 0, {.length = vn::arc_length::inverse_weight}),
                  std::invalid_argument);
  for (const double weight : {-1.0, none, std::numeric_limits<double>::quiet_NaN()}) {
    vn::graph bad;
    try {
      bad = vn::build_graph(std::vector<vn::edge>{{0, 1, weight}});
    } catch (const std::exception&) {
      continue;  // the builder takes no such weight
    }
    CHECK_THROWS_AS(vn::shortest_paths(bad, 0), std::invalid_argument);
  }
  CHECK_THROWS_AS(vn::shortest_paths(g, 3), std::invalid_argument);
  CHECK_THROWS_AS(vn::shortest_paths(vn::graph(), 0), std::invalid_argument);
  CHECK_THROWS_AS(vn::breadth_first_search(g, 3), std::invalid_argument);
  CHECK_THROWS_AS(vn::breadth_first_search(vn::graph(), 0), std::invalid_argument);
  CHECK_THROWS_AS(vn::path_between(std::vector<vn::vertex_id>{}, 0, 0), std::invalid_argument);
  const vn::graph alone = vn::build_graph(std::vector<vn::edge>{{0, 0, 2.0}});
  CHECK(vn::breadth_first_search(alone, 0).reached == 1);
  CHECK(vn::shortest_paths(alone, 0).reached == 1);
  std::stop_source stop;
  stop.request_stop();
  CHECK_THROWS_AS(vn::shortest_paths(g, 0, {}, {.stop = stop.get_token()}), vn::cancelled);
  CHECK_THROWS_AS(vn::breadth_first_search(g, 0, {}, {.stop = stop.get_token()}), vn::cancelled);
}
