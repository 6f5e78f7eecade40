#include "valuenet/graph/subgraph.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "naive.hpp"

namespace vn = valuenet;

namespace {

constexpr std::array directions{vn::direction::directed, vn::direction::undirected};

vn::graph random_graph(vn::direction direction, bool weighted, unsigned seed,
                       vn::vertex_id vertices = 8, std::size_t rows = 24) {
  const naive::table t =
      naive::random_table({.vertices = vertices, .rows = rows, .weighted = weighted}, seed);
  return vn::build_graph(t.columns(), {.direction = direction, .vertex_count = vertices});
}

/// A graph's arcs as rows of a table: of an undirected graph each edge once, from its smaller end.
naive::table table_of(const vn::graph& g) {
  naive::table t;
  for (vn::arc_id arc = 0; arc < g.arc_count(); ++arc) {
    if (!g.is_directed() && g.source(arc) > g.target(arc)) continue;
    t.sources.push_back(g.source(arc));
    t.targets.push_back(g.target(arc));
    if (g.is_weighted()) t.weights.push_back(g.weight(arc));
  }
  return t;
}

bool same_bits(const vn::graph& a, const vn::graph& b) {
  return std::ranges::equal(a.out_offsets(), b.out_offsets()) &&
         std::ranges::equal(a.out_targets(), b.out_targets()) &&
         std::ranges::equal(a.out_weights(), b.out_weights()) &&
         std::ranges::equal(a.in_offsets(), b.in_offsets()) &&
         std::ranges::equal(a.in_sources(), b.in_sources()) &&
         std::ranges::equal(a.in_weights(), b.in_weights());
}

}  // namespace

TEST_CASE("an induced subgraph has the arcs between its vertices", "[subgraph]") {
  std::mt19937 random(3);
  for (const vn::direction direction : directions) {
    for (const bool weighted : {false, true}) {
      for (unsigned seed = 0; seed < 20; ++seed) {
        const vn::graph g = random_graph(direction, weighted, seed);
        std::vector<vn::vertex_id> wanted;
        for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
          if (random() % 3 != 0) wanted.insert(wanted.end(), 1 + random() % 2, v);
        }
        std::shuffle(wanted.begin(), wanted.end(), random);
        const vn::subgraph_result part = vn::induced_subgraph(g, wanted);

        std::sort(wanted.begin(), wanted.end());
        wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
        REQUIRE(part.original == wanted);
        REQUIRE(part.graph.vertex_count() == wanted.size());
        CHECK(part.graph.direction() == direction);
        CHECK(part.graph.is_weighted() == weighted);
        naive::arcs expected;
        for (const auto& [pair, list] : naive::arcs_of(g)) {
          const auto a = std::find(wanted.begin(), wanted.end(), pair.first);
          const auto b = std::find(wanted.begin(), wanted.end(), pair.second);
          if (a == wanted.end() || b == wanted.end()) continue;
          expected[{static_cast<vn::vertex_id>(a - wanted.begin()),
                    static_cast<vn::vertex_id>(b - wanted.begin())}] = list;
        }
        naive::check_same(naive::arcs_of(part.graph), expected);
      }
    }
  }
  const vn::graph g = random_graph(vn::direction::directed, false, 1);
  CHECK(vn::induced_subgraph(g, {}).graph.vertex_count() == 0);
  const std::vector<vn::vertex_id> beyond{0, 8};
  CHECK_THROWS_AS(vn::induced_subgraph(g, beyond), std::invalid_argument);
}

TEST_CASE("a transpose turns every arc round", "[subgraph]") {
  for (const bool weighted : {false, true}) {
    const vn::graph g = random_graph(vn::direction::directed, weighted, 4);
    const vn::graph turned = vn::transpose(g);
    naive::arcs expected;
    for (const auto& [pair, list] : naive::arcs_of(g)) expected[{pair.second, pair.first}] = list;
    naive::check_same(naive::arcs_of(turned), expected);
    CHECK(same_bits(vn::transpose(turned), g));
    CHECK(turned.out_targets().data() == g.in_sources().data());  // nothing copied
    const vn::graph undirected = random_graph(vn::direction::undirected, weighted, 4);
    CHECK(same_bits(vn::transpose(undirected), undirected));
  }
}

TEST_CASE("the undirected view is the graph of the same rows without direction", "[subgraph]") {
  for (const vn::direction direction : directions) {
    for (const bool weighted : {false, true}) {
      for (const vn::duplicates merge : {vn::duplicates::sum, vn::duplicates::keep,
                                         vn::duplicates::count, vn::duplicates::first}) {
        for (unsigned seed = 0; seed < 20; ++seed) {
          const vn::graph g = random_graph(direction, weighted, seed, 7, 1 + seed * 2);
          const vn::graph view = vn::undirected_view(g, merge);
          CHECK_FALSE(view.is_directed());
          CHECK(view.vertex_count() == g.vertex_count());
          // Arcs sorted by their smaller end, those from it first, give the order of summing.
          naive::table rows = table_of(g);
          std::vector<std::size_t> order(rows.sources.size());
          std::iota(order.begin(), order.end(), std::size_t{0});
          std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return (rows.sources[a] <= rows.targets[a]) > (rows.sources[b] <= rows.targets[b]);
          });
          naive::table sorted;
          for (const std::size_t row : order) {
            sorted.sources.push_back(rows.sources[row]);
            sorted.targets.push_back(rows.targets[row]);
            if (weighted) sorted.weights.push_back(rows.weights[row]);
          }
          naive::check_same(
              naive::arcs_of(view),
              naive::build(sorted, {.direction = vn::direction::undirected, .duplicates = merge})
                  .arcs);
        }
      }
    }
  }
  const vn::graph pair = vn::build_graph(std::vector<vn::edge>{{0, 1}, {1, 0}});
  CHECK_THROWS_WITH(vn::undirected_view(pair, vn::duplicates::error),
                    Catch::Contains("more than one edge between 0 and 1"));
  CHECK(vn::undirected_view(pair, vn::duplicates::keep).edge_count() == 2);
  const vn::graph simple = vn::undirected_view(pair);
  CHECK(simple.edge_count() == 1);
  CHECK(simple.out_weights(0)[0] == 2.0);
  CHECK(vn::undirected_view(simple).out_targets().data() == simple.out_targets().data());
}

TEST_CASE("the simple view drops loops and merges parallels by the rule", "[subgraph]") {
  for (const vn::direction direction : directions) {
    for (const bool weighted : {false, true}) {
      for (const vn::duplicates merge :
           {vn::duplicates::sum, vn::duplicates::count, vn::duplicates::first}) {
        for (unsigned seed = 0; seed < 20; ++seed) {
          const vn::graph g = random_graph(direction, weighted, seed, 7, 1 + seed * 2);
          const vn::graph view = vn::simple_view(g, merge);
          CHECK(view.is_simple());
          CHECK(view.direction() == direction);
          if (merge == vn::duplicates::first) CHECK(view.is_weighted() == weighted);
          naive::check_same(
              naive::arcs_of(view),
              naive::build(table_of(g),
                           {.direction = direction, .duplicates = merge, .loops = vn::loops::drop})
                  .arcs);
        }
      }
    }
  }
  const vn::graph g = random_graph(vn::direction::directed, false, 1);
  CHECK_THROWS_AS(vn::simple_view(g, vn::duplicates::keep), std::invalid_argument);
  CHECK_THROWS_AS(vn::simple_view(g, vn::duplicates::error), std::invalid_argument);
}

TEST_CASE("counting replaces weights even where nothing is merged", "[subgraph]") {
  const vn::graph g =
      vn::build_graph(std::vector<vn::edge>{{0, 1, 5.0}}, {.direction = vn::direction::undirected});
  CHECK(vn::simple_view(g, vn::duplicates::count).weight(0) == 1.0);
  CHECK(vn::undirected_view(g, vn::duplicates::count).weight(0) == 1.0);
}

TEST_CASE("the largest component", "[subgraph]") {
  // 0 -> 3 -> 5 and 1 -> 2, 4 alone.
  const std::vector<vn::edge> edges{{0, 3}, {5, 3}, {1, 2}};
  const vn::subgraph_result largest = vn::largest_component(vn::build_graph(edges));
  CHECK(largest.original == std::vector<vn::vertex_id>{0, 3, 5});
  CHECK(largest.graph.edge_count() == 2);
  // Two of two vertices: that of the smallest vertex.
  const std::vector<vn::edge> tie{{1, 3}, {0, 2}};
  CHECK(vn::largest_component(vn::build_graph(tie)).original == std::vector<vn::vertex_id>{0, 2});
  CHECK(vn::largest_component(vn::graph{}).original.empty());
  CHECK(vn::largest_component(vn::build_graph(vn::edge_columns{}, {.vertex_count = 3})).original ==
        std::vector<vn::vertex_id>{0});
  for (unsigned seed = 0; seed < 50; ++seed) {
    const vn::graph g =
        random_graph(seed % 2 == 0 ? directions[0] : directions[1], false, seed, 40, 30);
    // By relabelling until nothing changes.
    std::vector<vn::vertex_id> label(g.vertex_count());
    std::iota(label.begin(), label.end(), vn::vertex_id{0});
    for (bool changed = true; changed;) {
      changed = false;
      for (vn::arc_id arc = 0; arc < g.arc_count(); ++arc) {
        vn::vertex_id& a = label[g.source(arc)];
        vn::vertex_id& b = label[g.target(arc)];
        changed = changed || a != b;
        a = b = std::min(a, b);
      }
    }
    vn::vertex_id best = 0;
    for (const vn::vertex_id l : label) {
      const auto size = [&](vn::vertex_id of) {
        return std::count(label.begin(), label.end(), of);
      };
      if (size(l) > size(best) || (size(l) == size(best) && l < best)) best = l;
    }
    std::vector<vn::vertex_id> members;
    for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
      if (label[v] == best) members.push_back(v);
    }
    CHECK(vn::largest_component(g).original == members);
  }
}

TEST_CASE("views are the same bits at 1, 2 and 8 threads", "[subgraph]") {
  for (const vn::direction direction : directions) {
    const vn::graph g = random_graph(direction, true, 8, 20000, 150000);
    std::vector<vn::vertex_id> odd;
    for (vn::vertex_id v = 1; v < g.vertex_count(); v += 2) odd.push_back(v);
    const vn::execution one{.threads = 1};
    for (const int threads : {2, 8}) {
      const vn::execution many{.threads = threads};
      CHECK(same_bits(vn::undirected_view(g, vn::duplicates::sum, one),
                      vn::undirected_view(g, vn::duplicates::sum, many)));
      CHECK(same_bits(vn::simple_view(g, vn::duplicates::sum, one),
                      vn::simple_view(g, vn::duplicates::sum, many)));
      CHECK(same_bits(vn::induced_subgraph(g, odd, one).graph,
                      vn::induced_subgraph(g, odd, many).graph));
      CHECK(same_bits(vn::largest_component(g, one).graph, vn::largest_component(g, many).graph));
    }
  }
}
