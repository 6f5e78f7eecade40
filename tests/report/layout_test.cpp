#include "valuenet/report/layout.hpp"

#include "valuenet/error.hpp"
#include "valuenet/graph/builder.hpp"
#include "valuenet/report/layout_quality.hpp"
#include "valuenet/synthesis/random_graph.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <set>
#include <stop_token>
#include <vector>

#include "catch.hpp"
#include "detail/random.hpp"
#include "report/coarsening.hpp"
#include "report/disc_packing.hpp"
#include "report/force_field.hpp"

namespace vn = valuenet;
using edges = std::vector<vn::edge>;
constexpr auto undirected = vn::direction::undirected;

namespace {

double distance(vn::position a, vn::position b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

vn::graph graph_of(const edges& list, vn::vertex_id vertices,
                   vn::direction direction = vn::direction::directed) {
  return vn::build_graph(list, {.direction = direction, .vertex_count = vertices});
}

/// Hubs with leaves, tied at random: what value networks look like. A tenth of the vertices are
/// isolated or in pairs.
vn::graph hubs_and_leaves(vn::vertex_id vertices, std::uint64_t seed) {
  vn::detail::random_stream random(seed);
  edges list;
  const vn::vertex_id hubs = vertices / 10;
  for (vn::vertex_id v = 0; v < vertices - vertices / 10; ++v) {
    const auto hub = static_cast<vn::vertex_id>(
        std::floor(hubs * random.uniform() * random.uniform() * random.uniform()));
    list.push_back({v, hub, 1.0 + static_cast<double>(random.below(3))});
    if (v < 2 * hubs) list.push_back({static_cast<vn::vertex_id>(random.below(hubs)), v, 1.0});
  }
  for (vn::vertex_id v = vertices - vertices / 10; v + 3 < vertices; v += 3) {
    list.push_back({v, v + 1, 1.0});
  }
  return graph_of(list, vertices);
}

bool same_bits(const std::vector<vn::position>& a, const std::vector<vn::position>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](vn::position p, vn::position q) {
    return std::bit_cast<std::uint64_t>(p.x) == std::bit_cast<std::uint64_t>(q.x) &&
           std::bit_cast<std::uint64_t>(p.y) == std::bit_cast<std::uint64_t>(q.y);
  });
}

bool all_finite(const std::vector<vn::position>& positions) {
  return std::all_of(positions.begin(), positions.end(),
                     [](vn::position p) { return std::isfinite(p.x) && std::isfinite(p.y); });
}

std::size_t overlaps(const std::vector<vn::position>& centres, const std::vector<double>& radii) {
  std::size_t found = 0;
  for (std::size_t a = 0; a < centres.size(); ++a) {
    for (std::size_t b = a + 1; b < centres.size(); ++b) {
      if (distance(centres[a], centres[b]) < (radii[a] + radii[b]) * (1.0 - 1e-9)) ++found;
    }
  }
  return found;
}

struct cloud {
  vn::detail::places at;
  std::vector<double> mass;
};

/// Clusters of very different density, some bodies on one spot.
cloud random_cloud(std::size_t count, std::uint64_t seed) {
  vn::detail::random_stream random(seed);
  cloud made;
  for (std::size_t i = 0; i < count; ++i) {
    const double spread = std::pow(10.0, static_cast<double>(i % 4) - 1.0);
    const auto cluster = static_cast<double>(i % 7);
    made.at.x.push_back(100.0 * std::cos(cluster) + spread * random.normal());
    made.at.y.push_back(100.0 * std::sin(cluster) + spread * random.normal());
    if (i > 50 && i < 90) {
      made.at.x.back() = 3.0;
      made.at.y.back() = 4.0;
    }
    made.mass.push_back(1.0 + static_cast<double>(random.below(20)));
  }
  return made;
}

}  // namespace

TEST_CASE("two tied vertices come to rest where their forces balance", "[layout]") {
  const vn::graph pair = graph_of({{0, 1, 1.0}}, 2);
  const auto rest = [&](const vn::force_atlas2_options& options, const vn::graph& g) {
    const vn::force_atlas2_result result = vn::force_atlas2(g, options);
    return distance(result.positions[0], result.positions[1]);
  };
  vn::force_atlas2_options options{
      .scaling = 3.0, .gravity = 0.0, .iterations = 5000, .tolerance = 1e-12};
  // d = k 2 2 / d
  CHECK(rest(options, pair) == Approx(2.0 * std::sqrt(3.0)).epsilon(1e-5));

  SECTION("under gravity: d + 2 g = 4 k / d") {
    options.gravity = 0.7;
    const double d = rest(options, pair);
    CHECK(d + 2.0 * 0.7 == Approx(4.0 * 3.0 / d).epsilon(1e-5));
  }
  SECTION("under strong gravity: d + 2 g d / 2 = 4 k / d") {
    options.gravity = 0.7;
    options.gravity_law = vn::gravity_law::strong;
    const double d = rest(options, pair);
    CHECK(d + 0.7 * d == Approx(4.0 * 3.0 / d).epsilon(1e-5));
  }
  SECTION("LinLog: log(1 + d) = 4 k / d") {
    options.attraction = vn::attraction::logarithmic;
    const double d = rest(options, pair);
    CHECK(std::log1p(d) == Approx(4.0 * 3.0 / d).epsilon(1e-5));
  }
  SECTION("by rims: d - r - s = 2 sqrt(k)") {
    const std::vector<double> radii{5.0, 2.0};
    options.radii = radii;
    CHECK(rest(options, pair) == Approx(7.0 + 2.0 * std::sqrt(3.0)).epsilon(1e-5));
  }
  SECTION("a weight w to the power i: w^i d = 4 k / d") {
    const vn::graph heavy = graph_of({{0, 1, 16.0}}, 2);
    options.edge_weight_influence = 0.5;
    CHECK(rest(options, heavy) == Approx(std::sqrt(4.0 * 3.0 / 4.0)).epsilon(1e-5));
    options.edge_weight_influence = 0.0;
    CHECK(rest(options, heavy) == Approx(std::sqrt(4.0 * 3.0)).epsilon(1e-5));
  }
  SECTION("two arcs attract twice and count twice for the degree") {
    const double d = rest(options, graph_of({{0, 1, 1.0}, {1, 0, 1.0}, {0, 0, 1.0}}, 2));
    CHECK(2.0 * d == Approx(3.0 * 3.0 * 3.0 / d).epsilon(1e-5));
  }
  SECTION("hubs dissuaded: d / (deg + 1) of the giver") {
    options.dissuade_hubs = true;
    const double d = rest(options, pair);
    CHECK(d / 2.0 == Approx(4.0 * 3.0 / d).epsilon(1e-5));
    CHECK(rest(options, graph_of({{0, 1, 1.0}}, 2, undirected)) == Approx(d).epsilon(1e-5));
  }
}

TEST_CASE("a star's leaves come to rest at one distance, evenly spread", "[layout]") {
  const vn::graph star = graph_of({{0, 1, 1.0}, {0, 2, 1.0}, {0, 3, 1.0}}, 4);
  const vn::force_atlas2_result result = vn::force_atlas2(
      star, {.scaling = 2.0, .gravity = 0.0, .iterations = 20000, .tolerance = 1e-13});
  // A leaf of mass 2 at distance d from a hub of mass 4, two leaves of mass 2 at sqrt(3) d:
  // d = 8 k / d + 2 cos(30 degrees) 4 k / (sqrt(3) d) = 12 k / d.
  for (std::size_t leaf = 1; leaf < 4; ++leaf) {
    CHECK(distance(result.positions[0], result.positions[leaf]) ==
          Approx(std::sqrt(24.0)).epsilon(1e-3));
  }
  CHECK(distance(result.positions[1], result.positions[2]) ==
        Approx(std::sqrt(72.0)).epsilon(1e-3));
}

TEST_CASE("Barnes and Hut's repulsion is within its bound of the exact one", "[layout]") {
  const cloud bodies = random_cloud(3000, 5);
  const std::size_t count = bodies.mass.size();
  vn::detail::parallel workers(vn::execution{.threads = 2});
  vn::detail::quadtree tree;
  tree.build(workers, bodies.at, bodies.mass, {});
  std::vector<double> x(count), y(count);
  const double scaling = 2.5;
  const auto worst_share = [&](double theta) {
    tree.repel(workers, {.scaling = scaling, .theta = theta}, x, y);
    // With b = theta / 2 a cell at distance d is off by at most M / d x b^2 / (1 - b): the first
    // moment about its centre of mass is nothing.
    const double b = 0.5 * theta;
    double worst = 0.0;
    for (std::size_t i = 0; i < count; i += 7) {
      double exact_x = 0.0;
      double exact_y = 0.0;
      double strength = 0.0;
      for (std::size_t j = 0; j < count; ++j) {
        const double dx = bodies.at.x[i] - bodies.at.x[j];
        const double dy = bodies.at.y[i] - bodies.at.y[j];
        const double squared = dx * dx + dy * dy;
        if (squared == 0.0) continue;
        const double factor = scaling * bodies.mass[i] * bodies.mass[j] / squared;
        exact_x += factor * dx;
        exact_y += factor * dy;
        strength += factor * std::sqrt(squared);
      }
      const double bound = strength * (b * b * (1.0 + b) / (1.0 - b) + 1e-9);
      worst = std::max(worst, std::hypot(x[i] - exact_x, y[i] - exact_y) / bound);
    }
    return worst;
  };
  CHECK(worst_share(0.0) <= 1.0);
  CHECK(worst_share(0.5) <= 1.0);
  CHECK(worst_share(1.2) <= 1.0);
}

TEST_CASE("a coarser level keeps mass, pulls between groups and their sizes", "[layout]") {
  vn::detail::random_stream random(3);
  vn::detail::force_level level;
  const std::size_t count = 500;
  std::vector<std::vector<std::pair<vn::vertex_id, double>>> rows(count);
  for (vn::vertex_id v = 1; v < 450; ++v) {
    const auto u = static_cast<vn::vertex_id>(random.below(v) / 5);
    if (u == v) continue;
    const double pull = random.uniform();
    rows[v].emplace_back(u, pull);
    rows[u].emplace_back(v, pull);
  }
  for (const auto& row : rows) {
    for (const auto& [target, pull] : row) {
      level.targets.push_back(target);
      level.pulls.push_back(pull);
    }
    level.offsets.push_back(level.targets.size());
    level.mass.push_back(1.0 + static_cast<double>(row.size()));
  }
  const vn::detail::coarser_level coarse = vn::detail::coarsen(level, 6);
  CHECK(coarse.level.size() < count / 2);
  std::vector<std::size_t> members(coarse.level.size(), 0);
  std::vector<double> mass(coarse.level.size(), 0.0);
  double across = 0.0;
  for (std::size_t v = 0; v < count; ++v) {
    ++members[coarse.body[v]];
    mass[coarse.body[v]] += level.mass[v];
    for (std::size_t arc = level.offsets[v]; arc < level.offsets[v + 1]; ++arc) {
      if (coarse.body[v] != coarse.body[level.targets[arc]]) across += level.pulls[arc];
    }
  }
  CHECK(*std::max_element(members.begin(), members.end()) <= 6);
  CHECK(*std::min_element(members.begin(), members.end()) >= 1);
  CHECK(mass == coarse.level.mass);
  CHECK(std::accumulate(coarse.level.pulls.begin(), coarse.level.pulls.end(), 0.0) ==
        Approx(across));
  for (std::size_t body = 0; body < coarse.level.size(); ++body) {
    std::set<vn::vertex_id> distinct;
    for (std::size_t arc = coarse.level.offsets[body]; arc < coarse.level.offsets[body + 1];
         ++arc) {
      CHECK(coarse.level.targets[arc] != body);
      CHECK(distinct.insert(coarse.level.targets[arc]).second);
    }
  }
}

TEST_CASE("seeds of a sunflower and rings of circles do not overlap", "[layout]") {
  for (const double hub : {0.0, 0.5, 1.0, 8.0}) {
    for (const std::size_t count : {1U, 7U, 400U}) {
      std::vector<vn::position> centres = vn::detail::sunflower(count, hub, 1.0, 0.1, 0.3);
      std::vector<double> radii(count, 1.0);
      centres.push_back({0.0, 0.0});
      radii.push_back(hub);
      CHECK(overlaps(centres, radii) == 0);
    }
  }
  std::vector<double> radii;
  for (int i = 0; i < 300; ++i) radii.push_back(10.0 / (1.0 + 0.1 * i));
  const bool in_order = GENERATE(true, false);
  if (!in_order) radii.push_back(4.0);
  std::vector<vn::position> centres = vn::detail::rings(radii, 12.0, 0.2);
  centres.push_back({0.0, 0.0});
  radii.push_back(12.0);
  CHECK(overlaps(centres, radii) == 0);
  // All of them within twice the area that they need at least.
  double area = 0.0;
  double outermost = 0.0;
  for (std::size_t i = 0; i < radii.size(); ++i) {
    area += radii[i] * radii[i];
    outermost = std::max(outermost, std::hypot(centres[i].x, centres[i].y) + radii[i]);
  }
  CHECK(outermost * outermost < (in_order ? 2.0 : 3.0) * area);
}

TEST_CASE("circles are pushed apart, from one spot too", "[layout]") {
  vn::detail::random_stream random(9);
  const bool on_one_spot = GENERATE(false, true);
  std::vector<vn::position> centres;
  std::vector<double> radii;
  for (int i = 0; i < 400; ++i) {
    radii.push_back(i == 0 ? 30.0 : 0.5 + random.uniform());
    centres.push_back(on_one_spot ? vn::position{}
                                  : vn::position{30.0 * random.normal(), 30.0 * random.normal()});
  }
  vn::detail::push_apart(
      centres, radii, 0.2, [](void*) {}, nullptr);
  CHECK(all_finite(centres));
  CHECK(overlaps(centres, radii) == 0);
}

TEST_CASE("a grid unfolds from a multilevel start", "[layout]") {
  constexpr vn::vertex_id side = 24;
  edges list;
  for (vn::vertex_id row = 0; row < side; ++row) {
    for (vn::vertex_id column = 0; column < side; ++column) {
      const vn::vertex_id v = row * side + column;
      if (column + 1 < side) list.push_back({v, v + 1, 1.0});
      if (row + 1 < side) list.push_back({v, v + side, 1.0});
    }
  }
  const vn::graph grid = graph_of(list, side * side, undirected);
  const vn::force_atlas2_result result = vn::force_atlas2(grid, {.iterations = 100, .seed = 1});
  const vn::layout_quality_result quality =
      vn::layout_quality(grid, result.positions, {.sources = 576, .samples = 576});
  // Drawn as it is, a grid has a stress of 0.036: its distances are not straight lines.
  CHECK(*quality.stress < 0.07);
  CHECK(*quality.neighbourhood > 0.8);
}

TEST_CASE("layouts have the same bits at any number of threads", "[layout]") {
  const vn::graph g = hubs_and_leaves(9000, 4);
  std::vector<std::uint32_t> community(g.vertex_count());
  for (std::size_t v = 0; v < community.size(); ++v) {
    community[v] = static_cast<std::uint32_t>(v % 5);
  }
  vn::hub_layout_options options{.community = community};
  options.forces.iterations = 20;
  options.forces.seed = 7;
  const vn::hub_layout_result one = vn::hub_layout(g, options, {.threads = 1});
  const vn::force_atlas2_options plain{
      .attraction = vn::attraction::logarithmic, .iterations = 10, .seed = 7};
  const vn::force_atlas2_result one_plain = vn::force_atlas2(g, plain, {.threads = 1});
  for (const int threads : {2, 8}) {
    CHECK(same_bits(vn::hub_layout(g, options, {.threads = threads}).positions, one.positions));
    CHECK(
        same_bits(vn::force_atlas2(g, plain, {.threads = threads}).positions, one_plain.positions));
  }
  const vn::layout_quality_options sample{.sources = 20, .samples = 50, .seed = 3};
  const auto quality = vn::layout_quality(g, one.positions, sample, {.threads = 1});
  const auto again = vn::layout_quality(g, one.positions, sample, {.threads = 8});
  CHECK(quality.stress == again.stress);
  CHECK(quality.neighbourhood == again.neighbourhood);
  options.forces.seed = 8;
  CHECK_FALSE(same_bits(vn::hub_layout(g, options).positions, one.positions));
}

TEST_CASE("leaves stand around their hub, and no two circles overlap", "[layout]") {
  const auto components = GENERATE(vn::component_placing::packed, vn::component_placing::together);
  const vn::graph g = hubs_and_leaves(1200, 6);
  std::vector<double> radii(g.vertex_count());
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    radii[v] = 0.5 + 0.2 * std::sqrt(static_cast<double>(g.out_arc_count(v) + g.in_arc_count(v)));
  }
  const vn::hub_layout_result result =
      vn::hub_layout(g, {.radii = radii, .components = components});
  CHECK(result.radii == radii);
  CHECK(all_finite(result.positions));
  CHECK(overlaps(result.positions, radii) == 0);
  std::uint64_t leaves = 0;
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    CHECK(std::hypot(result.positions[v].x, result.positions[v].y) + radii[v] <=
          result.radius * (1.0 + 1e-12));
    std::set<vn::vertex_id> neighbors;
    for (const vn::vertex_id u : g.out_neighbors(v)) neighbors.insert(u);
    for (const vn::vertex_id u : g.in_neighbors(v)) neighbors.insert(u);
    neighbors.erase(v);
    if (result.hub[v] == vn::no_vertex) continue;
    ++leaves;
    REQUIRE(neighbors == std::set<vn::vertex_id>{result.hub[v]});
    // Between the leaf and its hub there is nobody but other leaves of the hub.
    const double reach = distance(result.positions[v], result.positions[result.hub[v]]);
    for (vn::vertex_id u = 0; u < g.vertex_count(); ++u) {
      if (u == result.hub[v] || result.hub[u] == result.hub[v]) continue;
      if (distance(result.positions[u], result.positions[result.hub[v]]) < reach) {
        FAIL("a vertex stands among the leaves of another hub");
      }
    }
  }
  CHECK(leaves == result.leaves);
  CHECK(leaves > 500);
}

TEST_CASE("degenerate graphs have finite layouts", "[layout]") {
  const auto check = [](const vn::graph& g) {
    const vn::hub_layout_result hubs = vn::hub_layout(g);
    CHECK(hubs.positions.size() == g.vertex_count());
    CHECK(all_finite(hubs.positions));
    CHECK(overlaps(hubs.positions, hubs.radii) == 0);
    const vn::force_atlas2_result forces = vn::force_atlas2(g, {.iterations = 30});
    CHECK(forces.positions.size() == g.vertex_count());
    CHECK(all_finite(forces.positions));
    const std::vector<vn::position> one_spot(g.vertex_count(), vn::position{1.0, 1.0});
    CHECK(all_finite(vn::force_atlas2(g, {.iterations = 30, .start = one_spot}).positions));
    const vn::layout_quality_result quality = vn::layout_quality(g, hubs.positions);
    CHECK((!quality.stress || std::isfinite(*quality.stress)));
  };
  check(graph_of({}, 0));
  check(graph_of({}, 1));
  check(graph_of({}, 2));
  check(graph_of({}, 300));
  check(graph_of({{0, 0, 1.0}}, 1));
  check(graph_of({{0, 1, 1.0}}, 2));
  check(graph_of({{0, 1, 1.0}, {1, 0, 1.0}, {0, 1, 2.0}, {1, 1, 1.0}}, 3));
  check(graph_of({{0, 1, 0.0}, {1, 2, 0.0}, {2, 0, 0.0}}, 4));
  check(graph_of({{0, 1, 1e300}, {1, 2, 1e-300}, {2, 0, 1.0}}, 3));
  edges star;
  for (vn::vertex_id leaf = 1; leaf < 500; ++leaf) star.push_back({0, leaf, 1.0});
  check(graph_of(star, 500, undirected));
  const vn::hub_layout_result alone = vn::hub_layout(graph_of(star, 500));
  CHECK(alone.leaves == 499);
  CHECK(alone.positions[0].x == Approx(0.0).margin(1e-9));
}

TEST_CASE("what cannot be laid out is refused", "[layout]") {
  const vn::graph g = graph_of({{0, 1, 1.0}}, 3);
  const std::vector<double> short_radii(2, 1.0);
  const std::vector<double> negative{1.0, -1.0, 1.0};
  const std::vector<std::uint32_t> short_community(2, 0);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<vn::position> nowhere(3, vn::position{nan, 0.0});
  CHECK_THROWS_AS(vn::force_atlas2(g, {.scaling = 0.0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::force_atlas2(g, {.gravity = nan}), std::invalid_argument);
  CHECK_THROWS_AS(vn::force_atlas2(g, {.radii = short_radii}), std::invalid_argument);
  CHECK_THROWS_AS(vn::force_atlas2(g, {.radii = negative}), std::invalid_argument);
  CHECK_THROWS_AS(vn::force_atlas2(g, {.theta = -1.0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::force_atlas2(g, {.start = nowhere}), std::invalid_argument);
  CHECK_THROWS_AS(vn::force_atlas2(graph_of({{0, 1, -1.0}}, 2)), std::invalid_argument);
  CHECK_THROWS_AS(vn::hub_layout(g, {.radii = negative}), std::invalid_argument);
  CHECK_THROWS_AS(vn::hub_layout(g, {.community = short_community}), std::invalid_argument);
  CHECK_THROWS_AS(vn::hub_layout(g, {.fill = 0.9}), std::invalid_argument);
  CHECK_THROWS_AS(vn::layout_quality(g, std::vector<vn::position>(2)), std::invalid_argument);
  CHECK_THROWS_AS(vn::layout_quality(g, nowhere), std::invalid_argument);
  std::stop_source stop;
  stop.request_stop();
  CHECK_THROWS_AS(vn::hub_layout(hubs_and_leaves(500, 1), {}, {.stop = stop.get_token()}),
                  vn::cancelled);
}

TEST_CASE("the quality of drawings known by hand", "[layout]") {
  edges list;
  std::vector<vn::position> line;
  for (vn::vertex_id v = 0; v < 10; ++v) {
    if (v > 0) list.push_back({v - 1, v, 1.0});
    line.push_back({3.0 * v, 0.0});
  }
  const vn::graph path = graph_of(list, 10);
  const vn::layout_quality_result perfect = vn::layout_quality(path, line);
  CHECK(*perfect.stress == Approx(0.0).margin(1e-12));
  CHECK(perfect.scale == Approx(1.0 / 3.0));
  CHECK(*perfect.neighbourhood == 1.0);
  CHECK(perfect.pairs == 90);
  // Two vertices at one end of the path change places: 0 and 1.
  std::swap(line[0], line[1]);
  const vn::layout_quality_result swapped = vn::layout_quality(path, line);
  double ratio = 0.0;
  double squared = 0.0;
  for (int a = 0; a < 10; ++a) {
    for (int b = 0; b < 10; ++b) {
      if (a == b) continue;
      const double each =
          distance(line[static_cast<std::size_t>(a)], line[static_cast<std::size_t>(b)]) /
          std::abs(a - b);
      ratio += each;
      squared += each * each;
    }
  }
  CHECK(*swapped.stress == Approx(1.0 - ratio * ratio / squared / 90.0));
  // Drawn 1 0 2 3 ...: vertex 0 has neighbour 1 as near as 2, and smaller; vertex 1 has 0 and then
  // 2; vertex 2 has 0 and 3 nearest, of which 3 is a neighbour; the others keep theirs.
  CHECK(*swapped.neighbourhood == Approx((1.0 + 1.0 + 0.5 + 7.0) / 10.0));
  CHECK(*swapped.neighbourhood_of_edges == Approx(17.0 / 18.0));
}
