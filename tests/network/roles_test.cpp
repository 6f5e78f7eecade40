#include "valuenet/network/roles.hpp"

#include "valuenet/graph/builder.hpp"
#include "valuenet/metrics/components.hpp"
#include "valuenet/network/grouping.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.hpp"

namespace vn = valuenet;
using Catch::Approx;

namespace {

using edges = std::vector<vn::edge>;

vn::graph make(const edges& list, vn::vertex_id n, vn::direction way = vn::direction::directed) {
  return vn::build_graph(list, {.direction = way, .vertex_count = n});
}

/// The six actors of the documents: 0->1, 0->2, 1->2, 2->0, 2->3, 3->4; 5 stands alone.
vn::graph six() {
  return make({{0, 1}, {0, 2}, {1, 2}, {2, 0}, {2, 3}, {3, 4}}, 6);
}

vn::graph random_digraph(vn::vertex_id n, int arcs, unsigned seed) {
  edges list;
  unsigned long long state = seed;
  const auto draw = [&] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<vn::vertex_id>((state >> 33) % n);
  };
  for (int i = 0; i < arcs; ++i) list.push_back({draw(), draw()});
  return make(list, n);
}

/// By the definition, on a dense matrix.
std::array<double, 2> burt_oracle(const vn::graph& g, vn::vertex_id i) {
  const std::size_t n = g.vertex_count();
  std::vector<double> z(n * n, 0.0);
  std::set<std::pair<vn::vertex_id, vn::vertex_id>> arcs;
  for (vn::vertex_id v = 0; v < n; ++v) {
    for (const auto w : g.out_neighbors(v)) {
      if (v != w) arcs.insert({v, w});
    }
  }
  for (const auto& [v, w] : arcs) {
    z[v * n + w] += 1;
    z[w * n + v] += 1;
  }
  const auto row_sum = [&](std::size_t v) {
    double all = 0;
    for (std::size_t w = 0; w < n; ++w) all += z[v * n + w];
    return all;
  };
  const auto row_max = [&](std::size_t v) {
    double most = 0;
    for (std::size_t w = 0; w < n; ++w) most = std::max(most, z[v * n + w]);
    return most;
  };
  double constraint = 0;
  double effective = 0;
  for (std::size_t j = 0; j < n; ++j) {
    if (z[i * n + j] == 0) continue;
    double share = z[i * n + j] / row_sum(i);
    double redundancy = 0;
    for (std::size_t q = 0; q < n; ++q) {
      if (q == i || q == j || z[i * n + q] == 0) continue;
      share += z[i * n + q] / row_sum(i) * z[q * n + j] / row_sum(q);
      redundancy += z[i * n + q] / row_sum(i) * z[j * n + q] / row_max(j);
    }
    constraint += share * share;
    effective += 1 - redundancy;
  }
  return {constraint, effective};
}

}  // namespace

TEST_CASE("structural holes of six actors: NetworkX's values, and by hand where it has none") {
  const auto holes = vn::structural_holes(six());
  // NetworkX 3.6.1: constraint and effective_size of the same DiGraph.
  CHECK(holes.constraint[0] == Approx(0.9444444444444443).epsilon(1e-14));
  CHECK(holes.constraint[1] == Approx(1.2569444444444442).epsilon(1e-14));
  CHECK(holes.constraint[2] == Approx(0.626736111111111).epsilon(1e-14));
  CHECK(holes.constraint[3] == Approx(0.5).epsilon(1e-14));
  CHECK(holes.effective_size[0] == Approx(1.1666666666666667).epsilon(1e-14));
  CHECK(holes.effective_size[1] == Approx(1.0).epsilon(1e-14));
  CHECK(holes.effective_size[2] == Approx(2.375).epsilon(1e-14));
  CHECK(holes.effective_size[3] == Approx(2.0).epsilon(1e-14));
  CHECK(holes.efficiency[2] == Approx(2.375 / 3));
  // 4 has one contact in whom it invests all.
  CHECK(holes.constraint[4] == 1.0);
  CHECK(holes.effective_size[4] == 1.0);
  CHECK(holes.hierarchy_defined[4] == 0);
  CHECK(holes.defined[5] == 0);
  // 3's two contacts constrain it alike.
  CHECK(holes.hierarchy[3] == Approx(0.0).margin(1e-15));
  // 0: c = 1/4 and 25/36; shares of their sum 9/34 and 25/34.
  const double a = 18.0 / 34.0;
  const double b = 50.0 / 34.0;
  CHECK(holes.hierarchy[0] == Approx((a * std::log(a) + b * std::log(b)) / (2 * std::log(2.0))));
}

TEST_CASE("structural holes of closed forms") {
  // Star: the centre of n leaves has constraint 1/n and effective size n; a leaf 1 and 1.
  const auto star =
      vn::structural_holes(make({{0, 1}, {0, 2}, {0, 3}, {0, 4}}, 5, vn::direction::undirected));
  CHECK(star.constraint[0] == Approx(0.25));
  CHECK(star.effective_size[0] == Approx(4));
  CHECK(star.constraint[1] == Approx(1));
  // Complete graph of 4: p = 1/3, c = 3 (1/3 + 2/9)^2; effective size n - 2 t / n = 3 - 2.
  edges all;
  for (vn::vertex_id i = 0; i < 4; ++i) {
    for (vn::vertex_id j = i + 1; j < 4; ++j) all.push_back({i, j});
  }
  const auto complete = vn::structural_holes(make(all, 4, vn::direction::undirected));
  CHECK(complete.constraint[2] == Approx(3.0 * 25.0 / 81.0));
  CHECK(complete.effective_size[2] == Approx(1.0));
  CHECK(complete.hierarchy[2] == Approx(0.0).margin(1e-14));
  CHECK(vn::structural_holes(vn::graph()).constraint.empty());
  // Loops and parallel arcs change nothing.
  const auto doubled = vn::structural_holes(
      make({{0, 1}, {0, 1}, {0, 0}, {0, 2}, {0, 3}, {0, 4}}, 5, vn::direction::undirected));
  CHECK(doubled.constraint == star.constraint);
}

TEST_CASE("structural holes agree with the definition on random graphs, at any thread count") {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    const vn::graph g = random_digraph(60, 200, seed);
    const auto holes = vn::structural_holes(g);
    for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
      if (holes.defined[v] == 0) continue;
      const auto expected = burt_oracle(g, v);
      CHECK(holes.constraint[v] == Approx(expected[0]).epsilon(1e-12));
      CHECK(holes.effective_size[v] == Approx(expected[1]).epsilon(1e-12));
    }
    for (const int threads : {1, 2, 8}) {
      const auto again = vn::structural_holes(g, vn::tie_strength::unit, {.threads = threads});
      CHECK(again.constraint == holes.constraint);
      CHECK(again.hierarchy == holes.hierarchy);
    }
  }
}

TEST_CASE("structural holes of Zachary's club are NetworkX's, with and without weights") {
  // karate_club_graph() of NetworkX 3.6.1, whose weights are these.
  const edges club{
#include "../reference/networkx/karate_edges.inc"
  };
  const vn::graph g = make(club, 34, vn::direction::undirected);
  const auto unit = vn::structural_holes(g);
  CHECK(unit.constraint[0] == Approx(0.15542329764660495).epsilon(1e-13));
  CHECK(unit.constraint[11] == Approx(1.0));
  CHECK(unit.constraint[33] == Approx(0.1564186851211073).epsilon(1e-13));
  CHECK(unit.constraint[8] == Approx(0.3036007136678201).epsilon(1e-13));
  CHECK(unit.effective_size[0] == Approx(13.75).epsilon(1e-13));
  CHECK(unit.effective_size[33] == Approx(15.235294117647058).epsilon(1e-13));
  CHECK(unit.effective_size[8] == Approx(3.0).epsilon(1e-13));
  const auto weighted = vn::structural_holes(g, vn::tie_strength::weight);
  CHECK(weighted.constraint[0] == Approx(0.19062348905638032).epsilon(1e-13));
  CHECK(weighted.constraint[33] == Approx(0.18628728563229374).epsilon(1e-13));
  CHECK(weighted.constraint[8] == Approx(0.3344147563587521).epsilon(1e-13));
  CHECK(weighted.effective_size[0] == Approx(13.775000000000002).epsilon(1e-13));
  CHECK(weighted.effective_size[8] == Approx(3.396078431372549).epsilon(1e-13));
  const auto cut = vn::cuts(g);
  CHECK(cut.is_articulation[0] == 1);
  CHECK(std::count(cut.is_articulation.begin(), cut.is_articulation.end(), 1) == 1);
  REQUIRE(cut.bridges.size() == 1);
  CHECK(cut.bridges[0] == std::array<vn::vertex_id, 2>{0, 11});
  CHECK_THROWS_AS(vn::structural_holes(make({{0, 1, -1.0}}, 2), vn::tie_strength::weight),
                  std::invalid_argument);
}

TEST_CASE("brokerage of six actors by hand") {
  // Open paths: 1->2->0 (0->... 1->0 is not there), 1->2->3, 0->2->3, 2->3->4, 2->0->1.
  const std::vector<std::uint32_t> group{0, 0, 1, 1, 2, 0};
  const auto roles = vn::brokerage(six(), group);
  const auto count = [&](vn::vertex_id v, vn::brokerage_role r) {
    return roles.counts[v][static_cast<std::size_t>(r)];
  };
  CHECK(count(2, vn::brokerage_role::itinerant) == 1);   // 0 1 0: 1->2->0
  CHECK(count(2, vn::brokerage_role::gatekeeper) == 2);  // 1->2->3, 0->2->3
  CHECK(count(3, vn::brokerage_role::representative) == 1);
  CHECK(count(0, vn::brokerage_role::gatekeeper) == 1);  // 2->0->1
  CHECK(roles.total == std::array<std::uint64_t, 5>{0, 1, 3, 1, 0});
  const auto liaison = vn::brokerage(six(), std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5});
  CHECK(liaison.total == std::array<std::uint64_t, 5>{0, 0, 0, 0, 5});
  const auto one = vn::brokerage(six(), std::vector<std::uint32_t>(6, 0));
  CHECK(one.total[0] == 5);
  std::vector<std::uint32_t> partly(6, 0);
  partly[1] = vn::no_group;
  CHECK(vn::brokerage(six(), partly).total[0] == 2);
  CHECK_THROWS_AS(vn::brokerage(six(), std::vector<std::uint32_t>(5, 0)), std::invalid_argument);
  CHECK_THROWS_AS(vn::brokerage(six(), group, {.permutations = -1}), std::invalid_argument);
}

TEST_CASE("brokerage's expectation is that of dealt groups") {
  // The broker 1 of 0->1->2 and an actor 3: groups A, A, B, B. Dealt over 0, 2, 3 are A, B, B:
  // 0 and 2 are (A,B), (B,A) or (B,B), each with probability 1/3.
  const vn::graph g = make({{0, 1}, {1, 2}}, 4);
  const std::vector<std::uint32_t> group{0, 0, 1, 1};
  const vn::brokerage_options options{.permutations = 20000, .seed = 7};
  const auto roles = vn::brokerage(g, group, options);
  const auto& expected = roles.expected[1];
  CHECK(expected[0] == 0.0);
  for (const std::size_t r : {1U, 2U, 3U}) CHECK(expected[r] == Approx(1.0 / 3).margin(0.014));
  CHECK(roles.deviation[1][2] == Approx(std::sqrt(2.0) / 3).margin(0.01));
  REQUIRE(roles.z_score(1, vn::brokerage_role::representative));
  CHECK_FALSE(roles.z_score(1, vn::brokerage_role::liaison));
  for (const int threads : {1, 2, 8}) {
    CHECK(vn::brokerage(g, group, options, {.threads = threads}).expected == roles.expected);
  }
}

TEST_CASE("brokers of random graphs agree with a count over all triples") {
  const vn::graph g = random_digraph(40, 220, 3);
  std::vector<std::uint32_t> group(40);
  for (std::uint32_t v = 0; v < 40; ++v) group[v] = v % 3;
  std::vector<std::uint8_t> arc(1600, 0);
  for (vn::vertex_id v = 0; v < 40; ++v) {
    for (const auto w : g.out_neighbors(v)) arc[v * 40U + w] = 1;
  }
  const auto roles = vn::brokerage(g, group);
  for (std::size_t b = 0; b < 40; ++b) {
    std::array<std::uint64_t, 5> count{};
    for (std::size_t a = 0; a < 40; ++a) {
      for (std::size_t c = 0; c < 40; ++c) {
        if (a == b || b == c || a == c) continue;
        if (arc[a * 40 + b] == 0 || arc[b * 40 + c] == 0 || arc[a * 40 + c] != 0) continue;
        const bool ab = group[a] == group[b];
        const bool bc = group[b] == group[c];
        const bool ac = group[a] == group[c];
        ++count[ab && bc ? 0 : ac ? 1 : bc ? 2 : ab ? 3 : 4];
      }
    }
    CHECK(roles.counts[b] == count);
  }
}

TEST_CASE("articulation points and bridges agree with taking each away") {
  CHECK(vn::cuts(six()).bridges == std::vector<std::array<vn::vertex_id, 2>>{{2, 3}, {3, 4}});
  const auto parts = vn::cuts(six()).parts;
  CHECK(parts == std::vector<std::uint32_t>{1, 1, 2, 2, 1, 0});
  for (unsigned seed = 1; seed <= 5; ++seed) {
    const vn::graph g = random_digraph(30, 34, seed);
    const auto cut = vn::cuts(g);
    const auto components = [](const edges& list, vn::vertex_id n) {
      return vn::weak_components(make(list, n)).sizes.size();
    };
    edges all;
    for (vn::vertex_id v = 0; v < 30; ++v) {
      for (const auto w : g.out_neighbors(v)) all.push_back({v, w});
    }
    const std::size_t before = components(all, 30);
    for (vn::vertex_id v = 0; v < 30; ++v) {
      edges without;
      bool is_isolated = true;
      for (const auto& e : all) {
        if (e.source != v && e.target != v) {
          without.push_back(e);
        } else if (e.source != e.target) {
          is_isolated = false;
        }
      }
      // v itself is left standing alone: one component more.
      const std::size_t after = components(without, 30) - 1;
      const std::size_t expected = is_isolated ? 0 : after - before + 1;
      CHECK(cut.parts[v] == expected);
    }
    std::set<std::array<vn::vertex_id, 2>> bridges;
    for (const auto& e : all) {
      edges without;
      for (const auto& other : all) {
        const bool same = (other.source == e.source && other.target == e.target) ||
                          (other.source == e.target && other.target == e.source);
        if (!same) without.push_back(other);
      }
      if (components(without, 30) > before) {
        bridges.insert({std::min(e.source, e.target), std::max(e.source, e.target)});
      }
    }
    CHECK(std::vector(bridges.begin(), bridges.end()) == cut.bridges);
  }
  CHECK(vn::cuts(vn::graph()).bridges.empty());
}

TEST_CASE("participation of six actors by hand") {
  // Groups: 0, 1 | 2, 4 | 3; 5 in none. Neighbours: 0: 1 2; 1: 0 2; 2: 0 1 3; 3: 2 4; 4: 3.
  const std::vector<std::uint32_t> group{0, 0, 1, 2, 1, vn::no_group};
  const auto found = vn::participation(six(), group);
  CHECK(found.participation[0] == Approx(0.5));
  CHECK(found.participation[1] == Approx(0.5));
  CHECK(found.participation[2] == Approx(1.0 - (4.0 + 1.0) / 9.0));
  CHECK(found.participation[3] == Approx(0.0));  // both are of one group
  CHECK(found.participation[4] == Approx(0.0));
  CHECK(found.defined == std::vector<std::uint8_t>{1, 1, 1, 1, 1, 0});
  // In their own group 0 and 1 have one neighbour each, 2 and 4 none: nobody stands out.
  CHECK(found.z_defined == std::vector<std::uint8_t>{0, 0, 0, 0, 0, 0});
  // One group of 0, 1, 2, 3: they have 2, 2, 3, 1 there; mean 2, deviation sqrt(1/2).
  const std::vector<std::uint32_t> wide{0, 0, 0, 0, 1, 1};
  const auto z = vn::participation(six(), wide);
  CHECK(z.within_z[0] == Approx(0.0).margin(1e-12));
  CHECK(z.within_z[2] == Approx(std::sqrt(2.0)));
  CHECK(z.within_z[3] == Approx(-std::sqrt(2.0)));
  CHECK(z.participation[3] == Approx(0.5));
  CHECK_THROWS_AS(vn::participation(six(), std::vector<std::uint32_t>{0}), std::invalid_argument);
  for (const int threads : {1, 2, 8}) {
    CHECK(vn::participation(six(), group, {.threads = threads}).participation ==
          found.participation);
  }
}
