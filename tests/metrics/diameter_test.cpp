#include "valuenet/metrics/diameter.hpp"

#include "valuenet/error.hpp"
#include "valuenet/graph/builder.hpp"
#include "valuenet/metrics/distances.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "catch.hpp"
#include "detail/random.hpp"
#include "metrics/distance_oracle.hpp"

namespace vn = valuenet;

namespace {

using edges = std::vector<vn::edge>;
constexpr auto directed = vn::direction::directed;
constexpr auto undirected = vn::direction::undirected;

vn::graph make(vn::vertex_id n, const edges& list, vn::direction direction) {
  return vn::build_graph(list, {.direction = direction, .vertex_count = n});
}

/// Random, leaning towards hubs, trees, long branches, scattered small components, cycles of stars.
edges make_edges(std::uint64_t seed, vn::vertex_id n) {
  vn::detail::random_stream random(seed);
  const auto any = [&](std::uint64_t bound) {
    return static_cast<vn::vertex_id>(random.below(bound));
  };
  edges list;
  for (vn::vertex_id v = 1; v < n; ++v) {
    switch (seed % 6) {
      case 0:
        list.push_back({any(n), any(n)});
        break;
      case 1:
        list.push_back({v, any(any(v) + 1U)});
        list.push_back({any(any(n) + 1U), any(n)});
        break;
      case 2:
        list.push_back({any(v), v});
        break;
      case 3:
        list.push_back({v, v - 1 - any(std::min(v, 3U))});
        if (any(4) == 0) list.push_back({any(n), v});
        break;
      case 4:
        if (v % 5 != 0) list.push_back({v - 1, v});
        if (v % 5 == 3 && any(2) == 0) list.push_back({v, v - 3});
        break;
      default:
        list.push_back(v % 7 == 0 ? vn::edge{v - 7, v} : vn::edge{v, v - v % 7});
    }
  }
  return list;
}

}  // namespace

TEST_CASE("diameters in closed form", "[diameter]") {
  REQUIRE_FALSE(vn::diameter(vn::graph{}).diameter.has_value());
  for (const auto direction : {directed, undirected}) {
    const auto alone = vn::diameter(make(3, {{1, 1}}, direction));
    REQUIRE(alone.diameter == 0U);
    REQUIRE(alone.source == vn::no_vertex);
    edges path;
    for (vn::vertex_id v = 0; v < 999; ++v) path.push_back({v, v + 1});
    const auto along = vn::diameter(make(1000, path, direction));
    REQUIRE(along.diameter == 999U);
    REQUIRE(std::min(along.source, along.target) == 0);
    REQUIRE(std::max(along.source, along.target) == 999);
    path.push_back({999, 0});
    REQUIRE(vn::diameter(make(1000, path, direction)).diameter ==
            (direction == directed ? 999U : 500U));
  }
  // A grid: nobody but the corners needs to be searched from.
  edges grid;
  const vn::vertex_id side = 60;
  for (vn::vertex_id v = 0; v < side * side; ++v) {
    if (v % side + 1 < side) grid.push_back({v, v + 1});
    if (v + side < side * side) grid.push_back({v, v + side});
  }
  const auto mesh = vn::diameter(make(side * side, grid, undirected));
  REQUIRE(mesh.diameter == 2 * (side - 1));
  REQUIRE(mesh.searches < 100);
}

TEST_CASE("the diameter is the largest of all distances, and lies where it says", "[diameter]") {
  for (std::uint64_t seed = 0; seed < 1200; ++seed) {
    vn::detail::random_stream random(seed, 1);
    const auto n = static_cast<vn::vertex_id>(2 + random.below(seed < 1180 ? 60 : 3000));
    const edges list = make_edges(seed, n);
    for (const auto direction : {directed, undirected}) {
      CAPTURE(seed, n, direction == directed);
      const vn::graph g = make(n, list, direction);
      const auto found = vn::diameter(g, {}, {.threads = 1});
      if (n > 100) {
        REQUIRE(found.diameter == vn::distances(g).diameter);
        continue;
      }
      const auto rows = oracle::all_distances(n, list, direction == directed);
      std::uint32_t largest = 0;
      for (const auto& row : rows) {
        for (const std::uint32_t d : row) {
          if (d != oracle::unreachable) largest = std::max(largest, d);
        }
      }
      REQUIRE(found.diameter == largest);
      REQUIRE(found.upper_bound == largest);
      if (largest > 0) REQUIRE(rows[found.source][found.target] == largest);
    }
  }
}

TEST_CASE("few searches bound the diameter from both sides", "[diameter]") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    for (const auto direction : {directed, undirected}) {
      CAPTURE(seed, direction == directed);
      const vn::graph g = make(2000, make_edges(seed, 2000), direction);
      const auto exact = vn::diameter(g);
      const auto bounded = vn::diameter(g, {.most_searches = 1});
      REQUIRE(*bounded.diameter <= *exact.diameter);
      REQUIRE(bounded.upper_bound >= *exact.diameter);
    }
  }
  // A torus, where no vertex can be ruled out.
  edges torus;
  const vn::vertex_id side = 40;
  for (vn::vertex_id v = 0; v < side * side; ++v) {
    torus.push_back({v, v % side + 1 < side ? v + 1 : v + 1 - side});
    torus.push_back({v, (v + side) % (side * side)});
  }
  const vn::graph g = make(side * side, torus, undirected);
  const auto bounded = vn::diameter(g, {.most_searches = 100});
  REQUIRE(bounded.diameter == side);
  REQUIRE(bounded.upper_bound > side);
  REQUIRE(bounded.searches < 300);
  REQUIRE(vn::diameter(g).upper_bound == side);
}

TEST_CASE("the diameter's search is the same at any thread count and stops", "[diameter]") {
  const edges list = make_edges(1, 4000);
  for (const auto direction : {directed, undirected}) {
    const vn::graph g = make(4000, list, direction);
    const auto one = vn::diameter(g, {}, {.threads = 1});
    for (const int threads : {2, 8}) {
      const auto more = vn::diameter(g, {}, {.threads = threads});
      REQUIRE(more.diameter == one.diameter);
      REQUIRE(more.source == one.source);
      REQUIRE(more.target == one.target);
      REQUIRE(more.searches == one.searches);
    }
    std::stop_source stop;
    stop.request_stop();
    REQUIRE_THROWS_AS(vn::diameter(g, {}, {.stop = stop.get_token()}), vn::cancelled);
  }
}
