#include "valuenet/metrics/betweenness.hpp"

#include "valuenet/graph/builder.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "catch.hpp"
#include "detail/instruction_set.hpp"
#include "detail/random.hpp"
#include "metrics/dependencies.hpp"
#include "metrics/gephi_reference.hpp"

namespace vn = valuenet;
using Catch::Approx;

namespace {

/// Shortest-path lengths and counts of all pairs by dynamic programming over path lengths in whole
/// numbers, and betweenness by its definition: nothing in common with Brandes' accumulation.
struct definition {
  std::vector<std::vector<double>> distance;
  std::vector<std::vector<double>> paths;
  std::vector<double> vertices;
  std::vector<std::vector<double>> pairs;  // betweenness of the step u -> v

  explicit definition(const vn::graph& g, bool by_weight, bool parallel_paths) {
    const std::size_t n = g.vertex_count();
    constexpr double none = std::numeric_limits<double>::infinity();
    std::vector<std::vector<double>> step(n, std::vector<double>(n, none));
    std::vector<std::vector<double>> ways(n, std::vector<double>(n, 0.0));
    for (vn::vertex_id u = 0; u < n; ++u) {
      const auto row = g.out_neighbors(u);
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i] == u) continue;
        const double length = by_weight && g.is_weighted() ? g.out_weights(u)[i] : 1.0;
        if (length < step[u][row[i]]) {
          step[u][row[i]] = length;
          ways[u][row[i]] = 1.0;
        } else if (length == step[u][row[i]] && parallel_paths) {
          ways[u][row[i]] += 1.0;
        }
      }
    }
    distance = step;
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
          distance[i][j] = std::min(distance[i][j], distance[i][k] + distance[k][j]);
        }
      }
    }
    for (std::size_t i = 0; i < n; ++i) distance[i][i] = 0.0;
    // paths[s][t] by ascending distance from s.
    paths.assign(n, std::vector<double>(n, 0.0));
    for (std::size_t s = 0; s < n; ++s) {
      std::vector<std::size_t> order(n);
      std::iota(order.begin(), order.end(), std::size_t{0});
      std::sort(order.begin(), order.end(),
                [&](std::size_t a, std::size_t b) { return distance[s][a] < distance[s][b]; });
      paths[s][s] = 1.0;
      for (const std::size_t t : order) {
        if (t == s || distance[s][t] == none) continue;
        for (std::size_t v = 0; v < n; ++v) {
          if (step[v][t] != none && distance[s][v] + step[v][t] == distance[s][t]) {
            paths[s][t] += paths[s][v] * ways[v][t];
          }
        }
      }
    }
    const double share = g.is_directed() ? 1.0 : 0.5;
    vertices.assign(n, 0.0);
    pairs.assign(n, std::vector<double>(n, 0.0));
    for (std::size_t s = 0; s < n; ++s) {
      for (std::size_t t = 0; t < n; ++t) {
        if (s == t || distance[s][t] == none) continue;
        for (std::size_t v = 0; v < n; ++v) {
          if (v != s && v != t && distance[s][v] + distance[v][t] == distance[s][t]) {
            vertices[v] += share * paths[s][v] * paths[v][t] / paths[s][t];
          }
          for (std::size_t u = 0; u < n; ++u) {
            if (step[v][u] != none &&
                distance[s][v] + step[v][u] + distance[u][t] == distance[s][t]) {
              pairs[v][u] += share * paths[s][v] * ways[v][u] * paths[u][t] / paths[s][t];
            }
          }
        }
      }
    }
    if (!g.is_directed()) {
      for (std::size_t u = 0; u < n; ++u) {
        for (std::size_t v = u + 1; v < n; ++v) {
          pairs[u][v] = pairs[v][u] = pairs[u][v] + pairs[v][u];
        }
      }
    }
  }
};

vn::graph random_graph(std::uint64_t seed, vn::direction direction, bool weighted) {
  vn::detail::random_stream random(seed, 11);
  const std::uint64_t n = 1 + random.below(14);
  // From forests to dense ones, loops and parallel arcs among them.
  const std::uint64_t m = random.below(2 * n + 2);
  std::vector<vn::edge> edges;
  for (std::uint64_t i = 0; i < m; ++i) {
    edges.push_back({static_cast<vn::vertex_id>(random.below(n)),
                     static_cast<vn::vertex_id>(random.below(n)),
                     weighted ? static_cast<double>(1 + random.below(3)) : 1.0});
  }
  return vn::build_graph(edges,
                         {.direction = direction, .vertex_count = static_cast<vn::vertex_id>(n)});
}

vn::graph path(vn::vertex_id n, vn::direction direction) {
  std::vector<vn::edge> edges;
  for (vn::vertex_id v = 1; v < n; ++v) edges.push_back({v - 1, v});
  return vn::build_graph(edges, {.direction = direction, .vertex_count = n});
}

void compare(const vn::graph& g, const vn::betweenness_options& options, bool by_weight) {
  const bool parallel_paths = options.convention != vn::convention::networkx;
  const definition expected(g, by_weight, parallel_paths);
  const auto vertices = vn::betweenness(g, options, {.threads = 1});
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    REQUIRE(vertices.values[v] == Approx(expected.vertices[v]).epsilon(1e-9).margin(1e-9));
  }
  const auto arcs = vn::edge_betweenness(g, options, {.threads = 1});
  for (vn::vertex_id u = 0; u < g.vertex_count(); ++u) {
    const auto row = g.out_neighbors(u);
    for (std::size_t i = 0; i < row.size();) {
      double sum = 0.0;
      const vn::vertex_id v = row[i];
      for (; i < row.size() && row[i] == v; ++i) sum += arcs.values[g.first_out_arc(u) + i];
      REQUIRE(sum == Approx(u == v ? 0.0 : expected.pairs[u][v]).epsilon(1e-9).margin(1e-9));
    }
  }
}

}  // namespace

TEST_CASE("betweenness in closed form", "[betweenness]") {
  // On a path of n vertices: i (n - 1 - i) pairs pass vertex i.
  for (const vn::direction direction : {vn::direction::directed, vn::direction::undirected}) {
    const auto values = vn::betweenness(path(7, direction)).values;
    for (int i = 0; i < 7; ++i) {
      CHECK(values[static_cast<std::size_t>(i)] == Approx(i * (6 - i)));
    }
    const auto edges = vn::edge_betweenness(path(7, direction)).values;
    CHECK(edges[0] == Approx(6.0));
  }
  std::vector<vn::edge> star;
  for (vn::vertex_id leaf = 1; leaf < 6; ++leaf) star.push_back({0, leaf});
  const vn::graph undirected = vn::build_graph(star, {.direction = vn::direction::undirected});
  CHECK(vn::betweenness(undirected).values[0] == Approx(10.0));
  CHECK(vn::betweenness(undirected, {.convention = vn::convention::networkx}).values[0] ==
        Approx(1.0));
  CHECK(vn::betweenness(vn::build_graph(star)).values[0] == 0.0);
  std::vector<vn::edge> cycle;
  for (vn::vertex_id v = 0; v < 6; ++v) cycle.push_back({v, (v + 1) % 6});
  CHECK(
      vn::betweenness(vn::build_graph(cycle, {.direction = vn::direction::undirected})).values[2] ==
      Approx(2.0));
  CHECK(vn::betweenness(vn::build_graph(cycle)).values[2] == Approx(10.0));
}

TEST_CASE("betweenness of nothing, and of vertices alone", "[betweenness]") {
  CHECK(vn::betweenness(vn::graph()).values.empty());
  CHECK(vn::edge_betweenness(vn::graph()).values.empty());
  const vn::graph alone = vn::build_graph(std::vector<vn::edge>{{0, 0}}, {.vertex_count = 3});
  CHECK(vn::betweenness(alone).values == std::vector<double>{0, 0, 0});
  CHECK(vn::edge_betweenness(alone).values == std::vector<double>{0});
}

TEST_CASE("betweenness agrees with its definition on random graphs", "[betweenness]") {
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    INFO("seed " << seed);
    for (const vn::direction direction : {vn::direction::directed, vn::direction::undirected}) {
      const vn::graph g = random_graph(seed, direction, false);
      compare(g, {}, false);
      compare(g, {.convention = vn::convention::networkx, .scale = vn::betweenness_scale::pairs},
              false);
      const vn::graph weighted = random_graph(seed, direction, true);
      compare(weighted, {.length = vn::arc_length::weight}, true);
    }
  }
}

TEST_CASE("betweenness agrees with Gephi 0.9.2", "[betweenness]") {
  int compared = 0;
  for (const auto& reference : gephi_reference::cases(false)) {
    if (!reference.results.contains("node_columns") ||
        reference.results.at("node_columns").empty()) {
      continue;
    }
    // What Gephi's dialog calls undirected is the undirected view of the graph.
    if (reference.model_is_directed() != reference.reads_directed()) continue;
    INFO(reference.name << ' ' << reference.variant);
    const auto network = gephi_reference::read(reference);
    const auto values = vn::betweenness(network.graph).values;
    for (std::size_t v = 0; v < network.names.size(); ++v) {
      CHECK(values[v] ==
            Approx(reference.node(network.names[v], "betweenesscentrality")).margin(1e-9));
      ++compared;
    }
  }
  REQUIRE(compared > 50);
}

TEST_CASE("path counts beyond the range of a double leave their ratios right", "[betweenness]") {
  // A chain of 1,200 diamonds: 2^1200 shortest paths from end to end.
  std::vector<vn::edge> edges;
  constexpr vn::vertex_id diamonds = 1200;
  for (vn::vertex_id d = 0; d < diamonds; ++d) {
    const vn::vertex_id first = 3 * d;
    for (const vn::vertex_id middle : {first + 1, first + 2}) {
      edges.push_back({first, middle});
      edges.push_back({middle, first + 3});
    }
  }
  const auto values =
      vn::betweenness(vn::build_graph(edges, {.direction = vn::direction::undirected})).values;
  for (const double value : values) REQUIRE(std::isfinite(value));
  CHECK(values[1] == Approx(values[2]));
  // A joint j: every pair with an end on each side.
  const double left = 3.0 * 600;
  const double right = 3.0 * (diamonds - 600);
  // ... and half of the pair within each neighbouring diamond does not end beyond it.
  CHECK(values[3 * 600] == Approx(left * right + 2.0 * 0.5));
}

TEST_CASE("sampled betweenness states how far off it is", "[betweenness]") {
  vn::detail::random_stream random(5);
  std::vector<vn::edge> edges;
  for (int i = 0; i < 1500; ++i) {
    edges.push_back({static_cast<vn::vertex_id>(random.below(400)),
                     static_cast<vn::vertex_id>(random.below(400))});
  }
  for (const vn::direction direction : {vn::direction::directed, vn::direction::undirected}) {
    const vn::graph g = vn::build_graph(edges, {.direction = direction, .vertex_count = 400});
    const auto exact = vn::betweenness(g).values;
    const auto sampled = vn::betweenness(g, {.sampled_sources = 150});
    REQUIRE(sampled.error_bound);
    CHECK(sampled.sources == 150);
    // A vertex that few sources pass has a spread that a sample may miss: look at the larger half.
    const double mean = std::accumulate(exact.begin(), exact.end(), 0.0) / 400.0;
    int large = 0;
    int within_three = 0;
    for (std::size_t v = 0; v < exact.size(); ++v) {
      CHECK(std::abs(sampled.values[v] - exact[v]) <= *sampled.error_bound);
      if (exact[v] < mean) continue;
      ++large;
      within_three +=
          std::abs(sampled.values[v] - exact[v]) <= 3.0 * sampled.standard_errors[v] ? 1 : 0;
    }
    CHECK(large > 100);
    CHECK(within_three >= large * 8 / 9);  // Chebyshev's inequality
    // As many sources as vertices is exact.
    CHECK(vn::betweenness(g, {.sampled_sources = 400}).values == exact);
    CHECK_FALSE(vn::betweenness(g, {.sampled_sources = 400}).error_bound);
  }
  const vn::graph any = path(5, vn::direction::directed);
  CHECK_THROWS_AS(vn::betweenness(any, {.sampled_sources = 0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::betweenness(any, {.confidence = 1.0}), std::invalid_argument);
}

TEST_CASE("lengths are positive", "[betweenness]") {
  const vn::graph g = vn::build_graph(std::vector<vn::edge>{{0, 1, 0.0}, {1, 2, 1.0}});
  CHECK_THROWS_AS(vn::betweenness(g, {.length = vn::arc_length::weight}), std::invalid_argument);
  CHECK_NOTHROW(vn::betweenness(g));
}

TEST_CASE("betweenness has the same bits at any thread count", "[betweenness]") {
  vn::detail::random_stream random(9);
  std::vector<vn::edge> edges;
  for (int i = 0; i < 4000; ++i) {
    edges.push_back({static_cast<vn::vertex_id>(random.below(1000)),
                     static_cast<vn::vertex_id>(random.below(1000))});
  }
  for (const vn::direction direction : {vn::direction::directed, vn::direction::undirected}) {
    const vn::graph g = vn::build_graph(edges, {.direction = direction, .vertex_count = 1000});
    const auto one = vn::betweenness(g, {}, {.threads = 1}).values;
    CHECK(one == vn::betweenness(g, {}, {.threads = 2}).values);
    CHECK(one == vn::betweenness(g, {}, {.threads = 8}).values);
    const auto arcs = vn::edge_betweenness(g, {}, {.threads = 1}).values;
    CHECK(arcs == vn::edge_betweenness(g, {}, {.threads = 8}).values);
  }
}

TEST_CASE("dependencies have the same bits on every instruction set", "[betweenness]") {
  namespace internal = vn::detail;
  const auto sets = internal::supported_instruction_sets();
  WARN("instruction sets compared: " << sets.size());
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    INFO("seed " << seed);
    internal::random_stream random(seed, 12);
    const std::uint64_t n = 20 + random.below(150);
    std::vector<vn::edge> edges;  // parallel arcs among them
    for (std::uint64_t i = 0; i < 3 * n; ++i) {
      edges.push_back({static_cast<vn::vertex_id>(random.below(n)),
                       static_cast<vn::vertex_id>(random.below(1 + random.below(n)))});
    }
    const auto direction = seed % 2 == 0 ? vn::direction::directed : vn::direction::undirected;
    const vn::graph g = vn::build_graph(
        edges, {.direction = direction, .vertex_count = static_cast<vn::vertex_id>(n)});
    const auto core =
        internal::make_betweenness_core(g, internal::folding::leaves_and_merged, seed % 3 != 0, {});
    const auto sums_on = [&](internal::instruction_set set) {
      internal::dependency_sums sums;
      sums.vertices.assign(core.size, 0.0);
      sums.vertex_squares.assign(core.size, 0.0);
      sums.arcs.assign(core.out_targets.size(), 0.0);
      sums.arc_squares.assign(core.out_targets.size(), 0.0);
      sums.reached_by.assign(core.size, 0.0);
      sums.reaches.assign(core.size, 0.0);
      internal::dependency_search search(core, internal::select_dependency_kernel(set));
      std::vector<vn::vertex_id> sources(core.size);
      std::iota(sources.begin(), sources.end(), vn::vertex_id{0});
      for (std::size_t first = 0; first < sources.size(); first += internal::lane_count) {
        const std::size_t size = std::min(internal::lane_count, sources.size() - first);
        search.run(std::span(sources).subspan(first, size), sums);
      }
      return sums;
    };
    const auto expected = sums_on(internal::instruction_set::baseline);
    for (const internal::instruction_set set : sets) {
      const auto found = sums_on(set);
      REQUIRE(found.vertices == expected.vertices);
      REQUIRE(found.vertex_squares == expected.vertex_squares);
      REQUIRE(found.arcs == expected.arcs);
      REQUIRE(found.arc_squares == expected.arc_squares);
      REQUIRE(found.reached_by == expected.reached_by);
      REQUIRE(found.reaches == expected.reaches);
    }
  }
}
