#include "valuenet/metrics/closeness.hpp"

#include "valuenet/error.hpp"
#include "valuenet/graph/builder.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <stop_token>
#include <vector>

#include "catch.hpp"
#include "detail/random.hpp"
#include "metrics/gephi_reference.hpp"

namespace vn = valuenet;
using Catch::Approx;

namespace {

constexpr double none = std::numeric_limits<double>::infinity();

/// Lengths of all shortest paths by dynamic programming over the vertices between.
std::vector<std::vector<double>> all_lengths(const vn::graph& g, vn::arc_length length) {
  const std::size_t n = g.vertex_count();
  std::vector<std::vector<double>> distance(n, std::vector<double>(n, none));
  for (vn::vertex_id u = 0; u < n; ++u) {
    const auto row = g.out_neighbors(u);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const double weight = g.is_weighted() ? g.out_weights(u)[i] : 1.0;
      const double step = length == vn::arc_length::hop      ? 1.0
                          : length == vn::arc_length::weight ? weight
                                                             : 1.0 / weight;
      distance[u][row[i]] = std::min(distance[u][row[i]], step);
    }
    distance[u][u] = 0.0;
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        distance[i][j] = std::min(distance[i][j], distance[i][k] + distance[k][j]);
      }
    }
  }
  return distance;
}

struct sums {
  double reached = 0.0;
  double distance = 0.0;
  double inverse = 0.0;
};

std::vector<sums> sums_of(const vn::graph& g, vn::arc_length length, bool incoming) {
  const auto distance = all_lengths(g, length);
  std::vector<sums> result(distance.size());
  for (std::size_t v = 0; v < distance.size(); ++v) {
    for (std::size_t u = 0; u < distance.size(); ++u) {
      const double d = incoming ? distance[u][v] : distance[v][u];
      if (u == v || d == none) continue;
      result[v].reached += 1.0;
      result[v].distance += d;
      result[v].inverse += 1.0 / d;
    }
  }
  return result;
}

vn::graph random_graph(std::uint64_t seed, vn::direction direction) {
  vn::detail::random_stream random(seed, 21);
  const std::uint64_t n = 1 + random.below(40);
  const std::uint64_t m = random.below(3 * n + 2);
  std::vector<vn::edge> edges;
  for (std::uint64_t i = 0; i < m; ++i) {
    edges.push_back({static_cast<vn::vertex_id>(random.below(n)),
                     static_cast<vn::vertex_id>(random.below(1 + random.below(n))),
                     0.5 * static_cast<double>(1 + random.below(6))});
  }
  return vn::build_graph(edges,
                         {.direction = direction, .vertex_count = static_cast<vn::vertex_id>(n)});
}

vn::graph six_actors() {
  return vn::build_graph(std::vector<vn::edge>{{0, 1}, {0, 2}, {1, 2}, {2, 0}, {2, 3}, {3, 4}},
                         {.vertex_count = 6});
}

void require_values(const vn::closeness_result& found, const std::vector<double>& expected) {
  REQUIRE(found.values.size() == expected.size());
  for (std::size_t v = 0; v < expected.size(); ++v) {
    REQUIRE(found.values[v] == Approx(expected[v]).epsilon(1e-12));
    REQUIRE(found.defined[v] == (expected[v] != 0.0));
  }
}

}  // namespace

TEST_CASE("closeness in closed form", "[closeness]") {
  constexpr vn::vertex_id n = 9;
  std::vector<vn::edge> path;
  std::vector<vn::edge> star;
  for (vn::vertex_id v = 1; v < n; ++v) {
    path.push_back({v - 1, v});
    star.push_back({0, v});
  }
  const vn::graph line = vn::build_graph(path, {.direction = vn::direction::undirected});
  const auto along = vn::closeness(line).values;
  const auto harmonic =
      vn::harmonic_closeness(line, {.convention = vn::convention::networkx}).values;
  for (std::size_t v = 0; v < n; ++v) {
    const double before = static_cast<double>(v);
    const double after = static_cast<double>(n - 1 - v);
    CHECK(along[v] == Approx((n - 1) / (before * (before + 1) / 2 + after * (after + 1) / 2)));
    double sum = 0.0;
    for (std::size_t u = 0; u < n; ++u) {
      if (u != v) sum += 1.0 / std::abs(static_cast<double>(u) - static_cast<double>(v));
    }
    CHECK(harmonic[v] == Approx(sum));
  }
  const vn::graph hub = vn::build_graph(star, {.direction = vn::direction::undirected});
  CHECK(vn::closeness(hub).values[0] == 1.0);
  CHECK(vn::closeness(hub).values[3] == Approx(8.0 / 15.0));
  CHECK(vn::harmonic_closeness(hub).values[3] == Approx((1.0 + 7.0 / 2.0) / 8.0));
  // Directed, outwards: the leaves reach nobody; inwards: only the centre is reached by nobody.
  const vn::graph outwards = vn::build_graph(star);
  CHECK(vn::closeness(outwards).defined == std::vector<bool>{1, 0, 0, 0, 0, 0, 0, 0, 0});
  CHECK(vn::closeness(outwards, {.paths = vn::path_direction::incoming}).values[3] == 1.0);
  // Two components: a triangle and an edge.
  const vn::graph two = vn::build_graph(std::vector<vn::edge>{{0, 1}, {1, 2}, {2, 0}, {3, 4}},
                                        {.direction = vn::direction::undirected});
  CHECK(vn::closeness(two).values == std::vector<double>{1, 1, 1, 1, 1});
  CHECK(vn::closeness(two, {.scale = vn::closeness_scale::wasserman_faust}).values ==
        std::vector<double>{0.5, 0.5, 0.5, 0.25, 0.25});
  CHECK(vn::closeness(two, {.scale = vn::closeness_scale::inverse_distance}).values ==
        std::vector<double>{0.5, 0.5, 0.5, 1, 1});
  CHECK(vn::harmonic_closeness(two, {.scale = vn::harmonic_scale::others}).values ==
        std::vector<double>{0.5, 0.5, 0.5, 0.25, 0.25});
}

TEST_CASE("closeness of nothing, and of vertices alone", "[closeness]") {
  CHECK(vn::closeness(vn::graph()).values.empty());
  CHECK(vn::harmonic_closeness(vn::graph()).values.empty());
  const vn::graph alone =
      vn::build_graph(std::vector<vn::edge>{{0, 0}, {0, 0}}, {.vertex_count = 2});
  for (const vn::arc_length length : {vn::arc_length::hop, vn::arc_length::weight}) {
    const auto result = vn::closeness(alone, {.length = length});
    CHECK(result.values == std::vector<double>{0, 0});
    CHECK(result.defined == std::vector<bool>{false, false});
  }
}

TEST_CASE("closeness agrees with NetworkX 2.8.8", "[closeness]") {
  const vn::graph g = six_actors();
  constexpr auto networkx = vn::convention::networkx;
  require_values(vn::closeness(g, {.convention = networkx}),
                 {4.0 / 15, 4.0 / 15, 0.4, 0.36, 16.0 / 45, 0});
  require_values(
      vn::closeness(g, {.convention = networkx, .scale = vn::closeness_scale::reachable}),
      {2.0 / 3, 2.0 / 3, 1, 0.6, 4.0 / 9, 0});
  require_values(vn::harmonic_closeness(g, {.convention = networkx}),
                 {1.5, 1.5, 2, 2, 13.0 / 6, 0});
}

TEST_CASE("closeness agrees with Gephi 0.9.2", "[closeness]") {
  int compared = 0;
  for (const auto& reference : gephi_reference::cases(false)) {
    if (!reference.results.contains("node_columns") ||
        reference.results.at("node_columns").empty() ||
        reference.model_is_directed() != reference.reads_directed()) {
      continue;
    }
    INFO(reference.name << ' ' << reference.variant);
    const auto network = gephi_reference::read(reference);
    const auto closeness = vn::closeness(network.graph).values;
    const auto harmonic = vn::harmonic_closeness(network.graph).values;
    for (std::size_t v = 0; v < network.names.size(); ++v) {
      CHECK(closeness[v] ==
            Approx(reference.node(network.names[v], "closnesscentrality")).margin(1e-9));
      CHECK(harmonic[v] ==
            Approx(reference.node(network.names[v], "harmonicclosnesscentrality")).margin(1e-9));
      ++compared;
    }
  }
  REQUIRE(compared > 50);
}

TEST_CASE("closeness agrees with all paths' lengths on random graphs", "[closeness]") {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    INFO("seed " << seed);
    const auto direction = seed % 2 == 0 ? vn::direction::directed : vn::direction::undirected;
    const vn::graph g = random_graph(seed, direction);
    for (const vn::arc_length length :
         {vn::arc_length::hop, vn::arc_length::weight, vn::arc_length::inverse_weight}) {
      for (const vn::path_direction paths :
           {vn::path_direction::outgoing, vn::path_direction::incoming}) {
        const auto expected = sums_of(g, length, paths == vn::path_direction::incoming);
        const auto close = vn::closeness(g, {.length = length, .paths = paths}, {.threads = 1});
        const auto harmonic = vn::harmonic_closeness(
            g, {.length = length, .paths = paths, .scale = vn::harmonic_scale::sum},
            {.threads = 1});
        bool same = true;
        for (std::size_t v = 0; v < expected.size(); ++v) {
          const auto& [reached, distance, inverse] = expected[v];
          const double value = reached == 0.0 ? 0.0 : reached / distance;
          same = same && close.defined[v] == (reached != 0.0) &&
                 close.values[v] == Approx(value).epsilon(1e-12) &&
                 harmonic.values[v] == Approx(inverse).epsilon(1e-12);
        }
        REQUIRE(same);
      }
    }
  }
}

TEST_CASE("closeness has the same bits at any thread count", "[closeness]") {
  vn::detail::random_stream random(3);
  std::vector<vn::edge> edges;
  for (int i = 0; i < 1400; ++i) {
    edges.push_back({static_cast<vn::vertex_id>(random.below(700)),
                     static_cast<vn::vertex_id>(random.below(1 + random.below(700))),
                     0.1 * static_cast<double>(1 + random.below(9))});
  }
  for (const vn::direction direction : {vn::direction::directed, vn::direction::undirected}) {
    const vn::graph g = vn::build_graph(edges, {.direction = direction, .vertex_count = 700});
    for (const vn::arc_length length : {vn::arc_length::hop, vn::arc_length::weight}) {
      const auto close = vn::closeness(g, {.length = length}, {.threads = 1}).values;
      const auto harmonic = vn::harmonic_closeness(g, {.length = length}, {.threads = 1}).values;
      for (const int threads : {2, 8}) {
        CHECK(close == vn::closeness(g, {.length = length}, {.threads = threads}).values);
        CHECK(harmonic ==
              vn::harmonic_closeness(g, {.length = length}, {.threads = threads}).values);
      }
    }
  }
}

TEST_CASE("closeness refuses lengths that are not positive, and can be stopped", "[closeness]") {
  for (const double weight : {0.0, -1.0, none, std::numeric_limits<double>::quiet_NaN()}) {
    const std::vector<vn::edge> edges{{0, 1, weight}, {1, 2, 2.0}};
    vn::graph g;
    try {
      g = vn::build_graph(edges);
    } catch (const std::exception&) {
      continue;  // the builder takes no such weight
    }
    CHECK_THROWS_AS(vn::closeness(g, {.length = vn::arc_length::weight}), std::invalid_argument);
    CHECK_THROWS_AS(vn::harmonic_closeness(g, {.length = vn::arc_length::inverse_weight}),
                    std::invalid_argument);
    CHECK_NOTHROW(vn::closeness(g));
  }
  std::stop_source stop;
  stop.request_stop();
  CHECK_THROWS_AS(vn::closeness(six_actors(), {}, {.stop = stop.get_token()}), vn::cancelled);
  CHECK_THROWS_AS(
      vn::closeness(six_actors(), {.length = vn::arc_length::weight}, {.stop = stop.get_token()}),
      vn::cancelled);
}
