#include "valuenet/metrics/communities.hpp"

#include "valuenet/error.hpp"
#include "valuenet/graph/builder.hpp"
#include "valuenet/graph/subgraph.hpp"
#include "valuenet/synthesis/random_graph.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "detail/random.hpp"

namespace vn = valuenet;

namespace {

using edges = std::vector<vn::edge>;
using partition = std::vector<std::uint32_t>;

constexpr vn::direction both_directions[] = {vn::direction::directed, vn::direction::undirected};
constexpr vn::community_method both_methods[] = {vn::community_method::leiden,
                                                 vn::community_method::louvain};

vn::graph make(const edges& list, vn::direction direction, vn::vertex_id n) {
  return vn::build_graph(list, {.direction = direction, .vertex_count = n});
}

vn::graph undirected(const edges& list, vn::vertex_id n) {
  return make(list, vn::direction::undirected, n);
}

/// Modularity from the definition, over a dense matrix and all pairs of vertices.
std::optional<double> naive_modularity(const edges& list, vn::direction direction, vn::vertex_id n,
                                       vn::convention convention, double resolution,
                                       const partition& classes) {
  const bool gephi = convention == vn::convention::gephi;
  const bool directed = direction == vn::direction::directed;
  std::vector<std::vector<double>> a(n, std::vector<double>(n, 0.0));
  if (gephi && directed) {
    // The k-th arc from the later to the earlier vertex hides the k-th arc back; loops are dropped.
    std::map<std::pair<vn::vertex_id, vn::vertex_id>, int> hiding;
    for (const vn::edge& each : list) {
      if (each.source > each.target) ++hiding[{each.source, each.target}];
    }
    for (const vn::edge& each : list) {
      if (each.source == each.target) continue;
      if (each.source < each.target && hiding[{each.target, each.source}]-- > 0) continue;
      a[each.source][each.target] += each.weight;
      a[each.target][each.source] += each.weight;
    }
  } else {
    for (const vn::edge& each : list) {
      if (gephi && each.source == each.target) continue;
      a[each.source][each.target] += each.weight;
      if (!directed) a[each.target][each.source] += each.weight;  // a loop counts twice
    }
  }
  double total = 0.0;
  std::vector<double> out(n, 0.0);
  std::vector<double> in(n, 0.0);
  for (vn::vertex_id u = 0; u < n; ++u) {
    for (vn::vertex_id v = 0; v < n; ++v) {
      total += a[u][v];
      out[u] += a[u][v];
      in[v] += a[u][v];
    }
  }
  if (total == 0.0) return std::nullopt;
  double sum = 0.0;
  for (vn::vertex_id u = 0; u < n; ++u) {
    for (vn::vertex_id v = 0; v < n; ++v) {
      if (classes[u] != classes[v]) continue;
      sum += (gephi ? resolution : 1.0) * a[u][v] / total -
             (gephi ? 1.0 : resolution) * out[u] * in[v] / (total * total);
    }
  }
  return sum;
}

/// The best modularity of any partition, by trying all (as restricted growth strings).
double exhaustive_optimum(const edges& list, vn::direction direction, vn::vertex_id n,
                          vn::convention convention, double resolution) {
  double best = -std::numeric_limits<double>::infinity();
  partition classes(n, 0);
  const auto visit = [&](const auto& self, vn::vertex_id v, std::uint32_t used) -> void {
    if (v == n) {
      best = std::max(best, *naive_modularity(list, direction, n, convention, resolution, classes));
      return;
    }
    for (std::uint32_t c = 0; c <= used; ++c) {
      classes[v] = c;
      self(self, v + 1, std::max(used, c + 1));
    }
  };
  visit(visit, 0, 0);
  return best;
}

/// Whether every community hangs together by arcs of weight > 0, direction forgotten.
bool communities_are_connected(const vn::graph& g, const vn::communities_result& found) {
  std::vector<bool> seen(g.vertex_count(), false);
  std::vector<bool> community_seen(found.count, false);
  for (vn::vertex_id root = 0; root < g.vertex_count(); ++root) {
    if (seen[root]) continue;
    if (community_seen[found.community[root]]) return false;
    community_seen[found.community[root]] = true;
    std::vector<vn::vertex_id> stack{root};
    seen[root] = true;
    while (!stack.empty()) {
      const vn::vertex_id v = stack.back();
      stack.pop_back();
      const auto push = [&](auto neighbors, auto weights) {
        for (std::size_t i = 0; i < neighbors.size(); ++i) {
          const vn::vertex_id u = neighbors[i];
          if (seen[u] || found.community[u] != found.community[v]) continue;
          if (!weights.empty() && weights[i] == 0.0) continue;
          seen[u] = true;
          stack.push_back(u);
        }
      };
      push(g.out_neighbors(v), g.out_weights(v));
      push(g.in_neighbors(v), g.in_weights(v));
    }
  }
  return true;
}

/// What holds of every result.
void check_shape(const vn::graph& g, const vn::communities_result& found) {
  REQUIRE(found.community.size() == g.vertex_count());
  REQUIRE(found.sizes.size() == found.count);
  std::vector<std::uint64_t> sizes(found.count, 0);
  for (const std::uint32_t c : found.community) {
    REQUIRE(c < found.count);
    ++sizes[c];
  }
  CHECK(sizes == found.sizes);
  CHECK(std::is_sorted(sizes.rbegin(), sizes.rend()));
  // Communities of one size are met in the order of their numbers.
  std::map<std::uint64_t, std::uint32_t> latest;
  std::vector<bool> met(found.count, false);
  for (const std::uint32_t c : found.community) {
    if (met[c]) continue;
    met[c] = true;
    const auto place = latest.find(sizes[c]);
    if (place != latest.end()) CHECK(place->second < c);
    latest[sizes[c]] = c;
  }
}

bool same_bits(const vn::communities_result& a, const vn::communities_result& b) {
  if (a.community != b.community || a.count != b.count || a.sizes != b.sizes ||
      a.modularity != b.modularity || a.converged != b.converged || a.iterations != b.iterations ||
      a.best_run != b.best_run || a.runs.size() != b.runs.size() ||
      a.agreement.has_value() != b.agreement.has_value()) {
    return false;
  }
  for (std::size_t i = 0; i < a.runs.size(); ++i) {
    if (a.runs[i].modularity != b.runs[i].modularity || a.runs[i].count != b.runs[i].count ||
        a.runs[i].iterations != b.runs[i].iterations ||
        a.runs[i].converged != b.runs[i].converged) {
      return false;
    }
  }
  return !a.agreement ||
         (a.agreement->mean_normalized_mutual_information ==
              b.agreement->mean_normalized_mutual_information &&
          a.agreement->mean_adjusted_rand_index == b.agreement->mean_adjusted_rand_index &&
          a.agreement->modularity_range == b.agreement->modularity_range);
}

edges clique(vn::vertex_id first, vn::vertex_id size) {
  edges list;
  for (vn::vertex_id u = 0; u < size; ++u) {
    for (vn::vertex_id v = u + 1; v < size; ++v) list.push_back({first + u, first + v});
  }
  return list;
}

/// `cliques` cliques of `size`, each joined to the next by one edge, in a ring.
edges ring_of_cliques(vn::vertex_id cliques, vn::vertex_id size) {
  edges list;
  for (vn::vertex_id i = 0; i < cliques; ++i) {
    const edges one = clique(i * size, size);
    list.insert(list.end(), one.begin(), one.end());
    list.push_back({i * size, ((i + 1) % cliques) * size + 1});
  }
  return list;
}

/// `groups` groups of `size`; pairs are joined with probability `inside` or `across`.
edges planted(std::uint64_t seed, vn::vertex_id groups, vn::vertex_id size, double inside,
              double across, bool weighted = false) {
  vn::detail::random_stream random(seed);
  edges list;
  const vn::vertex_id n = groups * size;
  for (vn::vertex_id u = 0; u < n; ++u) {
    for (vn::vertex_id v = u + 1; v < n; ++v) {
      if (random.uniform() >= (u / size == v / size ? inside : across)) continue;
      const double weight = weighted ? 0.1 + random.uniform() : 1.0;
      // Either way round, so that directed readings have something to read.
      if (random.below(2) == 0) {
        list.push_back({u, v, weight});
      } else {
        list.push_back({v, u, weight});
      }
    }
  }
  return list;
}

/// Hubs with many leaves, some ties among hubs: what a value network looks like.
edges hubs_and_leaves(std::uint64_t seed, vn::vertex_id hubs, vn::vertex_id n) {
  vn::detail::random_stream random(seed);
  edges list;
  for (vn::vertex_id v = hubs; v < n; ++v) {
    const std::uint64_t ties = 1 + (random.below(3) == 0 ? random.below(4) : 0);
    for (std::uint64_t i = 0; i < ties; ++i) {
      const double u = random.uniform();
      const auto hub = static_cast<vn::vertex_id>(u * u * static_cast<double>(hubs));
      list.push_back({hub, v});
    }
  }
  return list;
}

edges random_edges(vn::detail::random_stream& random, vn::vertex_id n, std::uint64_t count,
                   bool weighted) {
  edges list;
  for (std::uint64_t i = 0; i < count; ++i) {
    list.push_back({static_cast<vn::vertex_id>(random.below(n)),
                    static_cast<vn::vertex_id>(random.below(n)),
                    weighted ? static_cast<double>(random.below(5)) * 0.75 : 1.0});
  }
  return list;
}

// Zachary's karate club, doi:10.1086/jar.33.4.3629752, vertices from 0.
const edges karate{{1, 0},   {2, 0},   {2, 1},   {3, 0},   {3, 1},   {3, 2},   {4, 0},   {5, 0},
                   {6, 0},   {6, 4},   {6, 5},   {7, 0},   {7, 1},   {7, 2},   {7, 3},   {8, 0},
                   {8, 2},   {9, 2},   {10, 0},  {10, 4},  {10, 5},  {11, 0},  {12, 0},  {12, 3},
                   {13, 0},  {13, 1},  {13, 2},  {13, 3},  {16, 5},  {16, 6},  {17, 0},  {17, 1},
                   {19, 0},  {19, 1},  {21, 0},  {21, 1},  {25, 23}, {25, 24}, {27, 2},  {27, 23},
                   {27, 24}, {28, 2},  {29, 23}, {29, 26}, {30, 1},  {30, 8},  {31, 0},  {31, 24},
                   {31, 25}, {31, 28}, {32, 2},  {32, 8},  {32, 14}, {32, 15}, {32, 18}, {32, 20},
                   {32, 22}, {32, 23}, {32, 29}, {32, 30}, {32, 31}, {33, 8},  {33, 9},  {33, 13},
                   {33, 14}, {33, 15}, {33, 18}, {33, 19}, {33, 20}, {33, 22}, {33, 23}, {33, 26},
                   {33, 27}, {33, 28}, {33, 29}, {33, 30}, {33, 31}, {33, 32}};

}  // namespace

TEST_CASE("communities of nothing and next to nothing", "[communities]") {
  for (const auto method : both_methods) {
    for (const auto convention : vn::conventions) {
      const vn::communities_options options{.method = method, .convention = convention, .runs = 2};
      for (const auto direction : both_directions) {
        const auto null = vn::communities(vn::graph{}, options);
        CHECK(null.count == 0);
        CHECK(null.community.empty());
        CHECK_FALSE(null.modularity);
        CHECK(null.converged);

        const auto single = vn::communities(make({}, direction, 1), options);
        CHECK(single.community == partition{0});
        CHECK_FALSE(single.modularity);

        const auto isolated = vn::communities(make({}, direction, 4), options);
        CHECK(isolated.community == partition{0, 1, 2, 3});
        CHECK_FALSE(isolated.modularity);

        const auto weightless =
            vn::communities(make({{0, 1, 0.0}, {1, 2, 0.0}}, direction, 3), options);
        CHECK(weightless.community == partition{0, 1, 2});
        CHECK_FALSE(weightless.modularity);
      }
      const auto pair = vn::communities(undirected({{0, 1}}, 2), options);
      CHECK(pair.community == partition{0, 0});
      CHECK(*pair.modularity == Approx(0.0).margin(1e-15));
    }
  }
}

TEST_CASE("a loop counts by convention", "[communities]") {
  const vn::graph g = undirected({{0, 0}, {1, 1}}, 2);
  const auto gephi = vn::communities(g);
  CHECK_FALSE(gephi.modularity);
  const auto networkx = vn::communities(g, {.convention = vn::convention::networkx});
  CHECK(*networkx.modularity == Approx(0.5));
  // A leaf whose loop outweighs its edge does not belong to its neighbour.
  const edges list{{0, 1}, {1, 2}, {0, 2}, {2, 3}, {3, 3, 9.0}};
  const auto found =
      vn::communities(undirected(list, 4), {.convention = vn::convention::networkx, .runs = 4});
  CHECK(found.community == partition{0, 0, 0, 1});
}

TEST_CASE("two cliques joined by an edge", "[communities]") {
  edges list = clique(0, 5);
  const edges second = clique(5, 5);
  list.insert(list.end(), second.begin(), second.end());
  list.push_back({4, 5});
  for (const auto method : both_methods) {
    for (const auto direction : both_directions) {
      for (const auto convention : vn::conventions) {
        const auto found = vn::communities(make(list, direction, 10),
                                           {.method = method, .convention = convention});
        CHECK(found.community == partition{0, 0, 0, 0, 0, 1, 1, 1, 1, 1});
        CHECK(found.converged);
        // Each half has 10 of 21 edges inside and half of the ends.
        if (direction == vn::direction::undirected) {
          CHECK(*found.modularity == Approx(20.0 / 21.0 - 0.5));
        }
      }
    }
  }
}

TEST_CASE("closed forms: path, star, cycle, complete, two components", "[communities]") {
  const auto best = [](const edges& list, vn::vertex_id n) {
    const auto found = vn::communities(undirected(list, n), {.runs = 8});
    check_shape(undirected(list, n), found);
    return found;
  };
  // A path of 9 edges: the optimum has three pieces of 3, 4, 3 vertices (or as good).
  edges path;
  for (vn::vertex_id v = 0; v + 1 < 10; ++v) path.push_back({v, v + 1});
  CHECK(*best(path, 10).modularity == Approx(exhaustive_optimum(path, vn::direction::undirected, 10,
                                                                vn::convention::gephi, 1.0)));
  edges star;
  for (vn::vertex_id v = 1; v < 20; ++v) star.push_back({0, v});
  CHECK(best(star, 20).count == 1);
  edges cycle;
  for (vn::vertex_id v = 0; v < 16; ++v) cycle.push_back({v, (v + 1) % 16});
  // Arcs of 4 vertices: 3/4 of the edges inside, 4 shares of 1/4.
  CHECK(*best(cycle, 16).modularity == Approx(0.75 - 0.25));
  CHECK(best(clique(0, 7), 7).count == 1);
  const auto apart = best({{0, 1}, {1, 2}, {0, 2}, {3, 4}, {4, 5}, {3, 5}}, 7);
  CHECK(apart.community == partition{0, 0, 0, 1, 1, 1, 2});
  CHECK(apart.sizes == std::vector<std::uint64_t>{3, 3, 1});
  CHECK(*apart.modularity == Approx(0.5));
}

TEST_CASE("karate club: the known optimum", "[communities]") {
  // 0.41978961 is optimal: Brandes et al. 2008, doi:10.1109/TKDE.2007.190689.
  const vn::graph g = undirected(karate, 34);
  const auto found = vn::communities(g, {.runs = 10});
  check_shape(g, found);
  CHECK(found.count == 4);
  CHECK(*found.modularity == Approx(0.4197896120973));
  CHECK(communities_are_connected(g, found));
  for (const auto& run : found.runs) {
    CHECK(*run.modularity > 0.41);
    CHECK(run.converged);
  }
  CHECK(*vn::communities(g, {.method = vn::community_method::louvain, .runs = 10}).modularity ==
        Approx(0.4197896120973));
}

TEST_CASE("ring of cliques", "[communities]") {
  // 30 cliques of 5: pairs of neighbouring cliques are the optimum at resolution 1 (Fortunato and
  // Barthelemy 2007, doi:10.1073/pnas.0605965104: 0.888 against 0.876 for single cliques).
  const vn::graph g = undirected(ring_of_cliques(30, 5), 150);
  const auto one = vn::communities(g, {.runs = 20});
  CHECK(one.count <= 17);
  CHECK(*one.modularity > 0.886);
  CHECK(*one.modularity <= 1.0 - 15.0 / 330.0 - 1.0 / 15.0 + 1e-12);
  // A larger resolution (second term) or a smaller one (Gephi's, first term) parts them.
  const auto networkx =
      vn::communities(g, {.convention = vn::convention::networkx, .resolution = 2.0, .runs = 4});
  const auto gephi = vn::communities(g, {.resolution = 0.5, .runs = 4});
  CHECK(networkx.count == 30);
  CHECK(gephi.community == networkx.community);
  CHECK(*gephi.modularity == Approx(0.5 * *networkx.modularity));
}

TEST_CASE("extremes of the resolution", "[communities]") {
  const edges list = planted(3, 3, 12, 0.6, 0.1);
  const vn::graph g = undirected(list, 37);  // one vertex isolated
  for (const auto method : both_methods) {
    const auto count = [&](vn::convention convention, double resolution) {
      const vn::communities_options options{
          .method = method, .convention = convention, .resolution = resolution, .runs = 3};
      const auto found = vn::communities(g, options);
      check_shape(g, found);
      CHECK(*found.modularity == Approx(*naive_modularity(list, vn::direction::undirected, 37,
                                                          convention, resolution, found.community))
                                     .margin(1e-12));
      return found.count;
    };
    CHECK(count(vn::convention::networkx, 0.0) == 2);  // components
    CHECK(count(vn::convention::networkx, 1e6) == 37);
    CHECK(count(vn::convention::networkx, 1e300) == 37);
    CHECK(count(vn::convention::gephi, 0.0) == 37);
    CHECK(count(vn::convention::gephi, 1e-6) == 37);
    CHECK(count(vn::convention::gephi, 1e9) == 2);
  }
}

TEST_CASE("planted partitions are recovered", "[communities]") {
  for (const bool weighted : {false, true}) {
    for (const auto direction : both_directions) {
      const edges list = planted(7, 6, 40, 0.35, 0.01, weighted);
      const vn::graph g = make(list, direction, 240);
      partition truth(240);
      for (std::uint32_t v = 0; v < 240; ++v) truth[v] = v / 40;
      for (const auto method : both_methods) {
        for (const auto convention : vn::conventions) {
          const vn::communities_options options{
              .method = method, .convention = convention, .seed = 5};
          const auto found = vn::communities(g, options);
          CHECK(found.community == truth);
        }
      }
    }
  }
}

TEST_CASE("the modularity told is the modularity of the partition", "[communities]") {
  vn::detail::random_stream random(23);
  for (int round = 0; round < 200; ++round) {
    const auto n = static_cast<vn::vertex_id>(1 + random.below(40));
    const bool weighted = random.below(2) == 0;
    const edges list = random_edges(random, n, random.below(3 * n), weighted);
    const auto direction = both_directions[random.below(2)];
    const auto convention = vn::conventions[random.below(3)];
    const auto method = both_methods[random.below(2)];
    const double resolution = random.below(2) == 0 ? 1.0 : 2.0 * random.uniform();
    const vn::graph g = make(list, direction, n);
    const auto found = vn::communities(g, {.method = method,
                                           .convention = convention,
                                           .resolution = resolution,
                                           .seed = static_cast<std::uint64_t>(round),
                                           .runs = 1 + static_cast<std::uint32_t>(round % 3)});
    check_shape(g, found);
    const auto expected =
        naive_modularity(list, direction, n, convention, resolution, found.community);
    REQUIRE(found.modularity.has_value() == expected.has_value());
    if (expected) CHECK(*found.modularity == Approx(*expected).margin(1e-12));
    if (method == vn::community_method::leiden) CHECK(communities_are_connected(g, found));
    // No vertex can be moved, and no two communities be joined, to advantage by much: at least the
    // partition is no worse than the trivial ones.
    if (expected) {
      const partition together(n, 0);
      CHECK(*expected >=
            *naive_modularity(list, direction, n, convention, resolution, together) - 1e-9);
    }
  }
}

TEST_CASE("against the optimum of all partitions of small graphs", "[communities]") {
  vn::detail::random_stream random(5);
  int optimal = 0;
  int graphs = 0;
  while (graphs < 60) {
    const auto n = static_cast<vn::vertex_id>(2 + random.below(7));
    const bool weighted = random.below(3) == 0;
    const edges list = random_edges(random, n, 1 + random.below(2 * n), weighted);
    const auto direction = both_directions[random.below(2)];
    const auto convention = vn::conventions[random.below(3)];
    const double resolution = random.below(2) == 0 ? 1.0 : 0.5 + random.uniform();
    const auto found = vn::communities(
        make(list, direction, n),
        {.convention = convention, .resolution = resolution, .seed = 1, .runs = 10});
    if (!found.modularity) continue;
    const double optimum = exhaustive_optimum(list, direction, n, convention, resolution);
    ++graphs;
    CHECK(*found.modularity <= optimum + 1e-12);
    CHECK(*found.modularity >= optimum - 0.03);
    optimal += *found.modularity >= optimum - 1e-9 ? 1 : 0;
  }
  CHECK(optimal >= 57);
}

TEST_CASE("every community of Leiden is connected", "[communities]") {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    vn::detail::random_stream random(seed, 1);
    // Sparse enough to fall into many small components and bridges.
    const edges list = random_edges(random, 600, 700 + 60 * seed, false);
    for (const auto direction : both_directions) {
      const vn::graph g = make(list, direction, 600);
      for (const double resolution : {0.3, 1.0, 3.0}) {
        const auto found =
            vn::communities(g, {.convention = vn::convention::networkx,
                                .resolution = resolution,
                                .seed = seed,
                                .iterations = 1 + static_cast<std::uint32_t>(seed % 2)});
        CHECK(communities_are_connected(g, found));
      }
    }
  }
}

TEST_CASE("the same bits at any number of threads", "[communities]") {
  const vn::graph g = undirected(hubs_and_leaves(9, 60, 3000), 3000);
  for (const auto method : both_methods) {
    for (const std::uint32_t runs : {1U, 7U}) {
      const vn::communities_options options{.method = method, .seed = 42, .runs = runs};
      const auto one = vn::communities(g, options, {.threads = 1});
      CHECK(same_bits(one, vn::communities(g, options, {.threads = 2})));
      CHECK(same_bits(one, vn::communities(g, options, {.threads = 8})));
      auto other = options;
      other.seed = 43;
      CHECK_FALSE(same_bits(one, vn::communities(g, other, {.threads = 1})));
    }
  }
}

TEST_CASE("large graphs, worked on in batches", "[communities]") {
  // Above a million arcs all threads work on one run.
  const vn::graph big = vn::rmat({.scale = 15, .edge_factor = 20, .seed = 3});
  REQUIRE(big.is_simple());
  REQUIRE(big.arc_count() > (vn::arc_id{1} << 20));
  // Weighted, each edge by its ends: not counts, and another kernel.
  std::vector<vn::edge> weighted;
  for (vn::vertex_id v = 0; v < big.vertex_count(); ++v) {
    for (const vn::vertex_id u : big.out_neighbors(v)) {
      if (v <= u) weighted.push_back({v, u, 0.3 + static_cast<double>((v + u) % 7)});
    }
  }
  for (const vn::graph& g : {big, undirected(weighted, big.vertex_count())}) {
    for (const auto method : both_methods) {
      const vn::communities_options options{
          .method = method, .seed = 6, .iterations = g.is_weighted() ? 1 : 2};
      const auto one = vn::communities(g, options, {.threads = 1});
      CHECK(same_bits(one, vn::communities(g, options, {.threads = 2})));
      CHECK(same_bits(one, vn::communities(g, options, {.threads = 8})));
      check_shape(g, one);
      CHECK(*one.modularity > 0.09);
      if (method == vn::community_method::leiden) CHECK(communities_are_connected(g, one));
    }
  }
}

TEST_CASE("runs: the best, the first of the best, and their agreement", "[communities]") {
  const vn::graph g = undirected(hubs_and_leaves(2, 40, 1500), 1500);
  const auto many = vn::communities(g, {.seed = 8, .runs = 9});
  REQUIRE(many.runs.size() == 9);
  double best = 0.0;
  double worst = 1.0;
  for (const auto& run : many.runs) {
    best = std::max(best, *run.modularity);
    worst = std::min(worst, *run.modularity);
  }
  CHECK(*many.modularity == best);
  for (std::uint32_t run = 0; run < many.best_run; ++run) CHECK(*many.runs[run].modularity < best);
  CHECK(*many.runs[many.best_run].modularity == best);
  CHECK(many.runs[many.best_run].iterations == many.iterations);
  REQUIRE(many.agreement);
  CHECK(many.agreement->pairs == 36);
  CHECK(many.agreement->modularity_range == best - worst);
  CHECK(many.agreement->mean_normalized_mutual_information <= 1.0);
  CHECK(many.agreement->mean_normalized_mutual_information > 0.5);
  CHECK(many.agreement->smallest_normalized_mutual_information <=
        many.agreement->mean_normalized_mutual_information);
  CHECK(many.agreement->smallest_adjusted_rand_index <= many.agreement->mean_adjusted_rand_index);

  // The runs of a shorter call are the first of a longer one.
  const auto few = vn::communities(g, {.seed = 8, .runs = 4});
  for (std::size_t run = 0; run < 4; ++run) {
    CHECK(*few.runs[run].modularity == *many.runs[run].modularity);
  }
  CHECK(few.agreement->pairs == 6);
  CHECK_FALSE(vn::communities(g, {.seed = 8}).agreement);

  // Where all runs agree, they agree entirely; of more than 65 runs not all pairs are compared.
  const auto agreed = vn::communities(undirected(ring_of_cliques(3, 6), 18), {.runs = 100});
  CHECK(agreed.agreement->pairs == 3200);
  CHECK(agreed.agreement->mean_normalized_mutual_information == 1.0);
  CHECK(agreed.agreement->smallest_adjusted_rand_index == 1.0);
  CHECK(agreed.agreement->modularity_range == 0.0);
  CHECK(agreed.best_run == 0);
}

TEST_CASE("finalists are carried to the end, the others through their trial", "[communities]") {
  // Of a size for which the trial is two sweeps.
  const vn::graph g = undirected(hubs_and_leaves(5, 2000, 45000), 45000);
  const auto all = vn::communities(g, {.seed = 8, .runs = 6});
  const auto trial = vn::communities(g, {.seed = 8, .runs = 6, .iterations = 2});
  const auto some = vn::communities(g, {.seed = 8, .runs = 6, .finalists = 2});
  std::vector<double> qualities;
  for (const auto& run : trial.runs) qualities.push_back(*run.modularity);
  std::sort(qualities.rbegin(), qualities.rend());
  std::size_t ended = 0;
  for (std::size_t run = 0; run < 6; ++run) {
    const bool finalist = *trial.runs[run].modularity >= qualities[1];
    ended += finalist ? 1 : 0;
    const auto& expected = finalist ? all.runs[run] : trial.runs[run];
    CHECK(*some.runs[run].modularity == *expected.modularity);
    CHECK(some.runs[run].iterations == expected.iterations);
    CHECK(some.runs[run].converged == expected.converged);
  }
  CHECK(ended == 2);
  CHECK(some.converged);
  CHECK(*some.modularity >= qualities[0]);
  // As many finalists as runs, or more: no trial.
  const auto every = vn::communities(g, {.seed = 8, .runs = 6, .finalists = 9});
  CHECK(every.community == all.community);
  for (const int threads : {1, 2, 8}) {
    CHECK(vn::communities(g, {.seed = 8, .runs = 6, .finalists = 2}, {.threads = threads})
              .community == some.community);
  }
}

TEST_CASE("whole weights are as good as repeated arcs", "[communities]") {
  // Counted in whole numbers or, next to a fraction, in real ones: the same optimum.
  const edges once = planted(21, 4, 25, 0.6, 0.02, true);
  const auto expected = vn::communities(undirected(once, 100), {.seed = 4, .runs = 3});
  const auto scaled = [&](double factor) {
    edges result = once;
    for (auto& each : result) each.weight *= factor;
    return vn::communities(undirected(result, 100), {.seed = 4, .runs = 3});
  };
  for (const double factor : {3.0, 0.75, 0x1p+33}) {
    const auto found = scaled(factor);
    CHECK(found.community == expected.community);
    CHECK(*found.modularity == Approx(*expected.modularity).epsilon(1e-12));
  }
}

TEST_CASE("iterations are limited, and said so", "[communities]") {
  const vn::graph g = undirected(hubs_and_leaves(4, 80, 4000), 4000);
  const auto one = vn::communities(g, {.seed = 3, .iterations = 1});
  CHECK(one.iterations == 1);
  const auto all = vn::communities(g, {.seed = 3});
  CHECK(all.converged);
  CHECK(all.iterations > 1);
  CHECK(*all.modularity >= *one.modularity);
}

TEST_CASE("weights of any size", "[communities]") {
  const edges plain = planted(13, 4, 15, 0.5, 0.05, true);
  const auto expected = vn::communities(undirected(plain, 60), {.runs = 3});
  // Powers of two change no digit of the weights; far out, sums and products must not overflow.
  for (const double factor : {0x1p-40, 0x1p+60, 0x1p+1000, 0x1p-1000}) {
    edges scaled = plain;
    for (vn::edge& each : scaled) each.weight *= factor;
    const auto found = vn::communities(undirected(scaled, 60), {.runs = 3});
    CHECK(found.community == expected.community);
  }
}

TEST_CASE("weights can be ignored, kinds kept apart", "[communities]") {
  edges list = planted(21, 4, 15, 0.5, 0.05);
  const auto plain = vn::communities(undirected(list, 60), {.seed = 4});
  vn::detail::random_stream random(6);
  for (vn::edge& each : list) each.weight = 0.01 + 50.0 * random.uniform();
  const auto ignoring =
      vn::communities(undirected(list, 60), {.weights = vn::arc_weights::ignore, .seed = 4});
  CHECK(same_bits(plain, ignoring));
  CHECK_FALSE(same_bits(plain, vn::communities(undirected(list, 60), {.seed = 4})));

  // 0 -> 1 and 1 -> 0 of different kinds do not make a pair, so both weights count: without kinds
  // {0, 1} weighs as much as {1, 2} and {2, 3}, with kinds it holds 101 of 103.
  const vn::graph pair = make({{0, 1, 100.0}, {1, 0}, {1, 2}, {2, 3}}, vn::direction::directed, 4);
  const std::vector<std::uint32_t> kinds{0, 1, 0, 0};
  const auto together = vn::communities(pair);
  const auto apart = vn::communities(pair, {.arc_kinds = kinds});
  CHECK(*together.modularity == Approx(2.0 / 3.0 - 0.5));
  CHECK(*apart.modularity == Approx(102.0 / 103.0 - (203.0 * 203.0 + 9.0) / (206.0 * 206.0)));
  CHECK_THROWS_AS(vn::communities(pair, {.arc_kinds = std::span(kinds).first(3)}),
                  std::invalid_argument);
}

TEST_CASE("what communities refuses", "[communities]") {
  const vn::graph g = undirected({{0, 1}}, 2);
  CHECK_THROWS_AS(vn::communities(g, {.resolution = -0.1}), std::invalid_argument);
  CHECK_THROWS_AS(vn::communities(g, {.resolution = std::nan("")}), std::invalid_argument);
  CHECK_THROWS_AS(vn::communities(g, {.resolution = INFINITY}), std::invalid_argument);
  CHECK_THROWS_AS(vn::communities(g, {.runs = 0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::communities(g, {.runs = 1'000'001}), std::invalid_argument);
  CHECK_THROWS_AS(vn::communities(g, {.iterations = 0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::communities(g, {.runs = 3, .finalists = 0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::communities(g, {}, {.threads = -1}), std::invalid_argument);
  for (const double weight : {-1.0, -1e-300, std::nan(""), double{INFINITY}}) {
    for (const auto direction : both_directions) {
      const vn::graph bad = make({{0, 1, 1.0}, {1, 2, weight}}, direction, 3);
      CHECK_THROWS_AS(vn::communities(bad), std::invalid_argument);
    }
  }
}

TEST_CASE("communities can be stopped and tells its progress", "[communities]") {
  const vn::graph g = undirected(hubs_and_leaves(4, 80, 4000), 4000);
  std::stop_source source;
  source.request_stop();
  CHECK_THROWS_AS(vn::communities(g, {}, {.stop = source.get_token()}), vn::cancelled);
  double last = -1.0;
  const auto found = vn::communities(
      g, {.runs = 3}, {.threads = 1, .progress = [&](const vn::progress_report& each) {
                         CHECK(each.fraction >= last);
                         last = each.fraction;
                       }});
  CHECK(last == 1.0);
  CHECK(found.runs.size() == 3);
}

namespace {

/// Rows "source<TAB>target[<TAB>weight]" after a comment "# vertices=N ..."; nothing when absent.
std::optional<std::pair<edges, vn::vertex_id>> shared_edges(const std::string& name) {
  std::ifstream file(std::string(VALUENET_SHARED_DIR) + "/data/graphs/" + name);
  if (!file) {
    WARN("skipped: no " << name);
    return std::nullopt;
  }
  std::pair<edges, vn::vertex_id> result{{}, 0};
  std::string line;
  while (std::getline(file, line)) {
    if (line.starts_with("# vertices=")) {
      result.second = static_cast<vn::vertex_id>(std::stoul(line.substr(11)));
      continue;
    }
    std::istringstream row(line);
    vn::edge each;
    if (row >> each.source >> each.target) result.first.push_back(each);
  }
  return result;
}

/// A Gephi CSV "Source,Target[,Weight]": vertices in the order of their first appearance.
std::optional<vn::graph> gephi_graph(const std::string& path) {
  std::ifstream file(std::string(VALUENET_SHARED_DIR) + path);
  if (!file) {
    WARN("skipped: no " << path);
    return std::nullopt;
  }
  const auto fields_of = [](const std::string& line) {
    std::vector<std::string> fields{""};
    bool quoted = false;
    for (const char c : line) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.emplace_back();
      } else if (c != '\r') {
        fields.back().push_back(c);
      }
    }
    return fields;
  };
  std::string line;
  std::getline(file, line);
  for (char& c : line) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const auto header = fields_of(line);
  const auto column = [&](const std::string& name) {
    return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
  };
  const std::size_t source = column("source");
  const std::size_t target = column("target");
  const std::size_t weight = column("weight");
  std::map<std::string, vn::vertex_id> ids;
  const auto id = [&](const std::string& name) {
    return ids.try_emplace(name, static_cast<vn::vertex_id>(ids.size())).first->second;
  };
  edges list;
  while (std::getline(file, line)) {
    const auto fields = fields_of(line);
    const vn::vertex_id from = id(fields.at(source));
    if (fields.at(target).empty()) continue;  // a vertex declared alone
    const vn::vertex_id to = id(fields.at(target));
    list.push_back({from, to, weight < fields.size() ? std::stod(fields[weight]) : 1.0});
  }
  return vn::build_graph(list, {.vertex_count = static_cast<vn::vertex_id>(ids.size()),
                                .duplicates = vn::duplicates::sum});
}

}  // namespace

TEST_CASE("at least as good as the best of Gephi's runs", "[communities][shared]") {
  // reference/gephi/random1000.directed.json: 20 runs of Gephi 0.9.2 gave 0.3416 to 0.3496.
  if (const auto g = gephi_graph("/reference/gephi/random1000.csv")) {
    REQUIRE(g->vertex_count() == 1000);
    CHECK(*vn::communities(*g, {.runs = 10}).modularity >= 0.34964047774329204);
  }
  // planted400.directed.json: the four planted communities, 0.542792734564597.
  if (const auto g = gephi_graph("/reference/gephi/planted400.csv")) {
    const auto found = vn::communities(*g, {.runs = 4});
    CHECK(found.count == 4);
    CHECK(*found.modularity == Approx(0.542792734564597));
  }
  // ai_ecosystem.directed.json: 1,982 vertices, 3,317 edges, 20 runs gave 0.679 to 0.741.
  if (const auto g = gephi_graph("/data/value_networks/ai_ecosystem/relations.csv")) {
    REQUIRE(g->vertex_count() == 1982);
    REQUIRE(g->arc_count() == 3317);
    const auto found = vn::communities(*g, {.runs = 10});
    CHECK(*found.modularity >= 0.7412736916409289);
    CHECK(communities_are_connected(*g, found));
  }
}

TEST_CASE("hub43k: better than igraph's Louvain, and published quality", "[communities][shared]") {
  const auto data = shared_edges("hub43k.tsv");
  if (!data) return;
  const vn::graph g = vn::build_graph(data->first, {.direction = vn::direction::undirected,
                                                    .vertex_count = data->second,
                                                    .duplicates = vn::duplicates::first,
                                                    .loops = vn::loops::drop});
  REQUIRE(g.edge_count() == 93300);
  const auto leiden = vn::communities(g, {.seed = 1});
  check_shape(g, leiden);
  CHECK(communities_are_connected(g, leiden));
  CHECK(*leiden.modularity > 0.7125);
  const auto louvain = vn::communities(g, {.method = vn::community_method::louvain, .seed = 1});
  CHECK(*louvain.modularity > 0.7);
}
