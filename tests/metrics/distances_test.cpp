#include "valuenet/metrics/distances.hpp"

#include "valuenet/error.hpp"
#include "valuenet/graph/builder.hpp"
#include "valuenet/graph/subgraph.hpp"
#include "valuenet/metrics/diameter.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <sstream>
#include <string>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "detail/instruction_set.hpp"
#include "detail/random.hpp"
#include "metrics/distance_counts.hpp"
#include "metrics/distance_kernel.hpp"
#include "metrics/distance_oracle.hpp"

namespace vn = valuenet;

namespace {

using edges = std::vector<vn::edge>;
constexpr auto directed = vn::direction::directed;
constexpr auto undirected = vn::direction::undirected;

vn::graph make(vn::vertex_id n, const edges& list, vn::direction direction) {
  return vn::build_graph(list, {.direction = direction, .vertex_count = n});
}

edges path(vn::vertex_id n) {
  edges list;
  for (vn::vertex_id v = 0; v + 1 < n; ++v) list.push_back({v, v + 1});
  return list;
}
edges cycle(vn::vertex_id n) {
  edges list = path(n);
  list.push_back({n - 1, 0});
  return list;
}
edges star(vn::vertex_id leaves) {
  edges list;
  for (vn::vertex_id v = 1; v <= leaves; ++v) list.push_back({0, v});
  return list;
}
edges complete(vn::vertex_id n) {
  edges list;
  for (vn::vertex_id u = 0; u < n; ++u) {
    for (vn::vertex_id v = 0; v < n; ++v) {
      if (u != v) list.push_back({u, v});
    }
  }
  return list;
}

using histogram = std::vector<std::uint64_t>;

void require_same(const vn::distances_result& a, const vn::distances_result& b) {
  REQUIRE(a.histogram == b.histogram);
  REQUIRE(a.eccentricity == b.eccentricity);
  REQUIRE(a.reachable_count == b.reachable_count);
  REQUIRE(a.distance_sum == b.distance_sum);
  REQUIRE(a.inverse_distance_sum == b.inverse_distance_sum);
  REQUIRE(a.mean == b.mean);
  REQUIRE(a.efficiency == b.efficiency);
  REQUIRE(a.effective_diameter == b.effective_diameter);
}

void require_as_oracle(vn::vertex_id n, const edges& list, vn::direction direction) {
  const auto rows = oracle::all_distances(n, list, direction == directed);
  histogram counts{0};
  std::vector<std::uint32_t> eccentricity(n);
  std::vector<std::uint32_t> reachable(n);
  std::vector<std::uint64_t> sum(n);
  std::vector<double> inverse(n);
  std::uint64_t pairs = 0;
  for (vn::vertex_id u = 0; u < n; ++u) {
    for (vn::vertex_id v = 0; v < n; ++v) {
      const std::uint32_t d = rows[u][v];
      if (u == v || d == oracle::unreachable) continue;
      if (counts.size() <= d) counts.resize(d + 1);
      ++counts[d];
      ++pairs;
      eccentricity[u] = std::max(eccentricity[u], d);
      ++reachable[u];
      sum[u] += d;
      inverse[u] += 1.0 / d;
    }
  }
  const auto result = vn::distances(
      make(n, list, direction), {.vertex_distances = vn::vertex_distances::sums}, {.threads = 2});
  REQUIRE(result.histogram == counts);
  REQUIRE(result.eccentricity == eccentricity);
  REQUIRE(result.reachable_count == reachable);
  REQUIRE(result.distance_sum == sum);
  REQUIRE(result.reachable_pairs == pairs);
  REQUIRE(result.unreachable_pairs == std::uint64_t{n} * (n - (n > 0 ? 1 : 0)) - pairs);
  double worst = 0.0;
  for (vn::vertex_id v = 0; v < n; ++v) {
    worst = std::max(worst, std::abs(result.inverse_distance_sum[v] - inverse[v]));
  }
  REQUIRE(worst <= 1e-12 * n);
  // Totals take another way (trees are folded), on every instruction set and width of a batch.
  const vn::graph g = make(n, list, direction);
  for (const auto set : vn::detail::supported_instruction_sets()) {
    for (const std::size_t searches : {vn::detail::narrow_batch, vn::detail::wide_batch}) {
      CAPTURE(vn::detail::to_string(set), searches);
      const auto totals =
          vn::detail::count_distances(g, {.set = set, .searches = searches}, {.threads = 1});
      REQUIRE(totals.histogram == counts);
      REQUIRE(totals.eccentricity == eccentricity);
      REQUIRE(totals.reachable_count.empty());
      const auto sums = vn::detail::count_distances(
          g, {.kept = vn::vertex_distances::sums, .set = set, .searches = searches},
          {.threads = 1});
      REQUIRE(sums.histogram == counts);
      REQUIRE(sums.distance_sum == sum);
      REQUIRE(sums.inverse_distance_sum == result.inverse_distance_sum);
    }
  }
}

/// A small graph of one of many shapes; the seed decides which, and how large.
struct shaped_graph {
  std::string shape;
  vn::vertex_id vertices = 0;
  edges list;
};

shaped_graph make_shape(std::uint64_t seed, vn::vertex_id largest) {
  vn::detail::random_stream random(seed);
  const auto n = static_cast<vn::vertex_id>(2 + random.below(largest - 1));
  const auto any = [&](std::uint64_t bound) {
    return static_cast<vn::vertex_id>(random.below(bound));
  };
  shaped_graph result{"", n, {}};
  edges& list = result.list;
  switch (seed % 10) {
    case 0:
      result.shape = "sparse, with loops and parallels";
      for (vn::vertex_id i = 0; i < n; ++i) list.push_back({any(n), any(n)});
      break;
    case 1:
      result.shape = "hubs";
      for (vn::vertex_id i = 0; i < 2 * n; ++i) list.push_back({any(n), any(any(n) + 1U)});
      break;
    case 2:
      result.shape = "recursive tree";
      for (vn::vertex_id v = 1; v < n; ++v) list.push_back({v, any(v)});
      break;
    case 3:
      result.shape = "tree of long branches";
      for (vn::vertex_id v = 1; v < n; ++v) list.push_back({v - 1 - any(std::min(v, 3U)), v});
      break;
    case 4:
      result.shape = "path with a dense end";
      list = path(n);
      for (int i = 0; i < 200; ++i) list.push_back({any(std::min(n, 20U)), any(std::min(n, 20U))});
      break;
    case 5:
      result.shape = "stars joined in a cycle";
      for (vn::vertex_id v = 0; v < n; ++v) {
        const vn::vertex_id centre = v - v % 7;
        list.push_back(v == centre ? vn::edge{v, (v + 7) % n} : vn::edge{v, centre});
      }
      break;
    case 6:
      result.shape = "dense";
      for (vn::vertex_id i = 0; i < std::min(n * n / 2, 20000U); ++i)
        list.push_back({any(n), any(n)});
      break;
    case 7:
      result.shape = "many components";
      for (vn::vertex_id v = 0; v + 3 < n; v += 4) {
        list.push_back({v, v + 1});
        list.push_back({v + 1, v + 2});
        if (any(2) == 0) list.push_back({v + 2, v});
      }
      break;
    case 8:
      result.shape = "acyclic, with pendant paths";
      for (vn::vertex_id v = 1; v < n; ++v) {
        list.push_back({any(v), v});
        if (any(3) == 0) list.push_back({any(v), v});
      }
      break;
    default:
      result.shape = "grid";
      for (vn::vertex_id v = 0; v < n; ++v) {
        if (v % 9 != 8 && v + 1 < n) list.push_back({v, v + 1});
        if (v + 9 < n) list.push_back({v, v + 9});
      }
  }
  return result;
}

std::filesystem::path shared(const std::string& name) {
  return std::filesystem::path(VALUENET_SHARED_DIR) / name;
}

/// The edge lists of data/graphs: a comment with the number of vertices, then two columns.
struct edge_list {
  vn::vertex_id vertices = 0;
  edges list;
};

edge_list read_edge_list(const std::filesystem::path& file) {
  std::ifstream in(file);
  edge_list result;
  std::string line;
  while (std::getline(in, line)) {
    if (line.starts_with('#')) {
      const auto at = line.find("vertices=");
      if (at != std::string::npos) {
        result.vertices = static_cast<vn::vertex_id>(std::stoul(line.substr(at + 9)));
      }
      continue;
    }
    std::istringstream fields(line);
    vn::edge each;
    if (fields >> each.source >> each.target) result.list.push_back(each);
  }
  return result;
}

}  // namespace

TEST_CASE("distances of graphs too small to have any", "[distances]") {
  const auto null = vn::distances(vn::graph{});
  REQUIRE(null.histogram == histogram{0});
  REQUIRE_FALSE(null.diameter.has_value());
  REQUIRE_FALSE(null.radius.has_value());
  REQUIRE_FALSE(null.mean.has_value());
  REQUIRE_FALSE(null.efficiency.has_value());
  REQUIRE_FALSE(null.effective_diameter.has_value());

  for (const auto direction : {directed, undirected}) {
    const auto one = vn::distances(make(1, {{0, 0}, {0, 0}}, direction));
    REQUIRE(one.histogram == histogram{0});
    REQUIRE(one.diameter == 0U);
    REQUIRE(one.radius == 0U);
    REQUIRE(one.unreachable_pairs == 0);
    REQUIRE_FALSE(one.mean.has_value());
    REQUIRE_FALSE(one.efficiency.has_value());

    const auto isolated = vn::distances(make(3, {}, direction));
    REQUIRE(isolated.reachable_pairs == 0);
    REQUIRE(isolated.unreachable_pairs == 6);
    REQUIRE(isolated.diameter == 0U);
    REQUIRE(isolated.efficiency == 0.0);
    REQUIRE_FALSE(isolated.mean.has_value());
  }
}

TEST_CASE("distances in closed form", "[distances]") {
  SECTION("undirected path: 2 (n - d) pairs at distance d, mean (n + 1) / 3") {
    for (const vn::vertex_id n : {2U, 3U, 10U, 600U, 1500U}) {
      const auto result = vn::distances(make(n, path(n), undirected));
      REQUIRE(result.histogram.size() == n);
      for (std::uint64_t d = 1; d < n; ++d) REQUIRE(result.histogram[d] == 2 * (n - d));
      REQUIRE(*result.mean == Approx((n + 1.0) / 3.0));
      REQUIRE(result.diameter == n - 1);
      REQUIRE(result.radius == n / 2);
    }
  }
  SECTION("directed path: n - d pairs, the last vertex is a sink") {
    const vn::vertex_id n = 700;
    const auto result = vn::distances(make(n, path(n), directed));
    for (std::uint64_t d = 1; d < n; ++d) REQUIRE(result.histogram[d] == n - d);
    REQUIRE(result.diameter == n - 1);
    REQUIRE(result.radius == 0U);
    REQUIRE(result.unreachable_pairs == std::uint64_t{n} * (n - 1) / 2);
    REQUIRE(result.eccentricity[0] == n - 1);
    REQUIRE(result.eccentricity[n - 1] == 0);
  }
  SECTION("cycles") {
    const auto around = vn::distances(make(1000, cycle(1000), directed));
    for (std::uint64_t d = 1; d < 1000; ++d) REQUIRE(around.histogram[d] == 1000);
    REQUIRE(around.radius == 999U);
    const auto both = vn::distances(make(1001, cycle(1001), undirected));
    REQUIRE(both.histogram.size() == 501);
    for (std::uint64_t d = 1; d < 501; ++d) REQUIRE(both.histogram[d] == 2 * 1001);
  }
  SECTION("star: efficiency and effective diameter by hand") {
    const vn::vertex_id leaves = 2000;
    const auto result = vn::distances(make(leaves + 1, star(leaves), undirected));
    const std::uint64_t far = std::uint64_t{leaves} * (leaves - 1);
    REQUIRE(result.histogram == histogram{0, 2 * leaves, far});
    REQUIRE(result.radius == 1U);
    REQUIRE(result.eccentricity[0] == 1);
    REQUIRE(result.eccentricity[1] == 2);
    const double pairs = static_cast<double>(far + 2 * leaves);
    REQUIRE(*result.efficiency == Approx((2.0 * leaves + static_cast<double>(far) / 2) / pairs));
    REQUIRE(*result.effective_diameter ==
            Approx(1.0 + (0.9 * pairs - 2.0 * leaves) / static_cast<double>(far)));
    const auto outward = vn::distances(make(leaves + 1, star(leaves), directed));
    REQUIRE(outward.histogram == histogram{0, leaves});
    REQUIRE(outward.radius == 0U);
    REQUIRE(*outward.effective_diameter == Approx(0.9));
  }
  SECTION("complete graph and two components") {
    const auto all = vn::distances(make(40, complete(40), directed));
    REQUIRE(all.histogram == histogram{0, 40 * 39});
    REQUIRE(all.efficiency == 1.0);
    edges two = complete(3);
    two.push_back({3, 4});
    const auto apart = vn::distances(make(6, two, undirected));
    REQUIRE(apart.histogram == histogram{0, 8});
    REQUIRE(apart.unreachable_pairs == 22);
    REQUIRE(apart.mean == 1.0);
    REQUIRE(apart.radius == 0U);
  }
}

TEST_CASE("loops and parallel arcs change no distance", "[distances]") {
  const edges simple{{0, 1}, {1, 2}, {2, 3}, {3, 1}};
  edges more = simple;
  for (int repeat = 0; repeat < 3; ++repeat) {
    more.insert(more.end(), simple.begin(), simple.end());
    more.push_back({2, 2});
  }
  for (const auto direction : {directed, undirected}) {
    const vn::distances_options all{.vertex_distances = vn::vertex_distances::sums};
    require_same(vn::distances(make(5, simple, direction), all),
                 vn::distances(make(5, more, direction), all));
  }
}

TEST_CASE("distances agree with one plain search a source", "[distances]") {
  const auto check = [](std::uint64_t seed, vn::vertex_id largest) {
    const shaped_graph g = make_shape(seed, largest);
    for (const auto direction : {directed, undirected}) {
      CAPTURE(seed, g.shape, g.vertices, direction == directed);
      require_as_oracle(g.vertices, g.list, direction);
    }
  };
  for (std::uint64_t seed = 0; seed < 700; ++seed) check(seed, 40);
  // Several batches of either width.
  for (std::uint64_t seed = 1000; seed < 1010; ++seed) check(seed, 2300);
}

TEST_CASE("distances are the same at any thread count", "[distances]") {
  vn::detail::random_stream random(7);
  const vn::vertex_id n = 3000;
  edges list;
  for (int i = 0; i < 6000; ++i) {
    list.push_back({static_cast<vn::vertex_id>(random.below(n)),
                    static_cast<vn::vertex_id>(random.below(random.below(n) + 1))});
  }
  for (const auto direction : {directed, undirected}) {
    const vn::graph g = make(n, list, direction);
    const vn::distances_options all{.vertex_distances = vn::vertex_distances::sums};
    const auto one = vn::distances(g, all, {.threads = 1});
    require_same(one, vn::distances(g, all, {.threads = 2}));
    require_same(one, vn::distances(g, all, {.threads = 8}));
  }
}

TEST_CASE("distances refuse bad options and stop when asked", "[distances]") {
  const vn::graph g = make(2, {{0, 1}}, directed);
  for (const double share : {0.0, -1.0, 1.5, std::numeric_limits<double>::quiet_NaN()}) {
    REQUIRE_THROWS_AS(vn::distances(g, {.effective_share = share}), std::invalid_argument);
  }
  std::stop_source stop;
  stop.request_stop();
  REQUIRE_THROWS_AS(vn::distances(g, {}, {.stop = stop.get_token()}), vn::cancelled);
}

TEST_CASE("distances of real networks as an independent program computed them", "[distances]") {
  const auto table = shared("data/graphs/statistics.csv");
  if (!std::filesystem::exists(table)) {
    WARN("skipped: ../shared/data/graphs is not there");
    return;
  }
  std::ifstream in(table);
  std::string line;
  std::getline(in, line);
  int checked = 0;
  while (std::getline(in, line)) {
    std::istringstream fields(line);
    std::vector<std::string> cells;
    for (std::string cell; std::getline(fields, cell, ',');) cells.push_back(cell);
    const auto [n, list] = read_edge_list(shared("data/graphs/" + cells[0]));
    CAPTURE(cells[0]);
    REQUIRE(n == std::stoul(cells[2]));
    const auto lcc = vn::largest_component(make(n, list, undirected));
    REQUIRE(lcc.graph.vertex_count() == std::stoul(cells[9]));
    const auto result = vn::distances(lcc.graph);
    REQUIRE(result.diameter == std::stoul(cells[16]));
    REQUIRE(vn::diameter(lcc.graph).diameter == result.diameter);
    for (const auto direction : {directed, undirected}) {
      const vn::graph all = make(n, list, direction);
      REQUIRE(vn::diameter(all).diameter == vn::distances(all).diameter);
    }
    REQUIRE(*result.mean == Approx(std::stod(cells[17])).margin(5.1e-5));
    REQUIRE(result.unreachable_pairs == 0);
    ++checked;
  }
  REQUIRE(checked == 14);
}

TEST_CASE("distances of the 43k network of the value network's shape", "[distances]") {
  const auto file = shared("data/graphs/hub43k.tsv");
  if (!std::filesystem::exists(file)) {
    WARN("skipped: ../shared/data/graphs/hub43k.tsv is not there");
    return;
  }
  const auto [n, list] = read_edge_list(file);
  // Three programs agree on these: see ../shared/reference/peers.md. Gephi 0.9.2 on the directed
  // graph: reference/gephi/hub43k.directed.json.
  const auto undirected_result = vn::distances(make(n, list, undirected));
  REQUIRE(undirected_result.reachable_pairs == 1913318822);
  REQUIRE(undirected_result.diameter == 14U);
  REQUIRE(*undirected_result.mean == Approx(4.297405926).margin(5e-10));
  REQUIRE(vn::diameter(make(n, list, undirected)).diameter == 14U);
  REQUIRE(vn::diameter(make(n, list, directed)).diameter == 15U);
  const auto directed_result = vn::distances(make(n, list, directed));
  REQUIRE(directed_result.reachable_pairs == 768252994);
  REQUIRE(directed_result.diameter == 15U);
  REQUIRE(directed_result.radius == 0U);
  REQUIRE(*directed_result.mean == Approx(4.75101216071538).epsilon(1e-12));
}
