// Layouts. The ratio compares times; what the times bought is verified: neighbours are kept no
// worse than by igraph's layout of the same graph, and a hub layout's circles do not overlap.
#include "valuenet/metrics/communities.hpp"
#include "valuenet/report/layout.hpp"
#include "valuenet/report/layout_quality.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "suite.hpp"

namespace bench {

namespace vn = valuenet;

namespace {

/// Of every 40th vertex with neighbours: the share of neighbours among as many nearest vertices.
double kept_neighbors(const vn::graph& g, const std::vector<vn::position>& at) {
  double shares = 0.0;
  double counted = 0.0;
  std::vector<vn::vertex_id> order(g.vertex_count());
  for (vn::vertex_id v = 0; v < g.vertex_count(); v += 40) {
    std::vector<vn::vertex_id> neighbors(g.out_neighbors(v).begin(), g.out_neighbors(v).end());
    std::erase(neighbors, v);
    if (neighbors.empty()) continue;
    std::iota(order.begin(), order.end(), vn::vertex_id{0});
    const auto squared = [&](vn::vertex_id u) {
      const double x = at[u].x - at[v].x;
      const double y = at[u].y - at[v].y;
      return u == v ? -1.0 : x * x + y * y;
    };
    const auto last = order.begin() + static_cast<std::ptrdiff_t>(neighbors.size() + 1);
    std::partial_sort(order.begin(), last, order.end(), [&](vn::vertex_id a, vn::vertex_id b) {
      const double first = squared(a);
      const double second = squared(b);
      return first != second ? first < second : a < b;
    });
    std::size_t hits = 0;
    for (auto each = order.begin() + 1; each != last; ++each) {
      hits += std::find(neighbors.begin(), neighbors.end(), *each) != neighbors.end() ? 1 : 0;
    }
    shares += static_cast<double>(hits) / static_cast<double>(neighbors.size());
    counted += 1.0;
  }
  return shares / counted;
}

/// The pairs of circles that overlap, by a sweep from left to right.
std::size_t overlapping(const vn::hub_layout_result& layout) {
  std::vector<std::size_t> order(layout.positions.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return layout.positions[a].x < layout.positions[b].x;
  });
  const double widest = 2.0 * *std::max_element(layout.radii.begin(), layout.radii.end());
  std::size_t found = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const vn::position& a = layout.positions[order[i]];
    for (std::size_t j = i + 1; j < order.size() && layout.positions[order[j]].x - a.x < widest;
         ++j) {
      const vn::position& b = layout.positions[order[j]];
      const double reach = layout.radii[order[i]] + layout.radii[order[j]];
      if (std::hypot(a.x - b.x, a.y - b.y) < reach * (1.0 - 1e-9)) ++found;
    }
  }
  return found;
}

#ifdef VALUENET_BENCH_IGRAPH
/// Fruchterman and Reingold's forces on a grid, 500 iterations: igraph's default.
std::vector<vn::position> igraph_layout(const igraph_t* g) {
  igraph_matrix_t places;
  igraph_matrix_init(&places, 0, 0);
  igraph_rng_seed(igraph_rng_default(), 42);
  igraph_layout_fruchterman_reingold(
      g, &places, false, 500, std::sqrt(static_cast<double>(igraph_vcount(g))), IGRAPH_LAYOUT_GRID,
      nullptr, nullptr, nullptr, nullptr, nullptr);
  std::vector<vn::position> result;
  for (igraph_integer_t i = 0; i < igraph_vcount(g); ++i) {
    result.push_back({MATRIX(places, i, 0), MATRIX(places, i, 1)});
  }
  igraph_matrix_destroy(&places);
  return result;
}
#endif

std::string held_against_peer([[maybe_unused]] inputs& in, [[maybe_unused]] graph_name name,
                              const std::vector<vn::position>& positions) {
  const vn::graph& g = in.graph(name);
  const double kept = kept_neighbors(g, positions);
  const vn::layout_quality_result measured =
      vn::layout_quality(g, positions, {.samples = 4096}, {.threads = in.threads()});
  // The library's own measure over a sample, beside the oracle's over every 40th.
  if (std::abs(*measured.neighbourhood - kept) > 0.05) {
    return expect_equal("neighbours kept", *measured.neighbourhood, kept);
  }
#ifdef VALUENET_BENCH_IGRAPH
  const double peer = kept_neighbors(g, igraph_layout(in.igraph(name)));
  if (kept < peer) return expect_equal("neighbours kept", kept, peer);
#endif
  return "";
}

void add_layout(suite& benches, kernel k) {
  const graph_name name = k.graph;
#ifdef VALUENET_BENCH_IGRAPH
  k.peer = [=](inputs& in, double) { return igraph_layout(in.igraph(name)).front().x; };
#endif
  k.work = [=](inputs& in, const machine&) {
    return work{.items = static_cast<double>(in.graph(name).vertex_count()), .unit = "vertices"};
  };
  benches.add(std::move(k));
}

}  // namespace

void add_layouts(suite& benches) {
  for (const graph_name name : {graph_name::power_grid, graph_name::hub43k}) {
    if (name == graph_name::power_grid && !inputs::has_power_grid()) continue;
    const vn::force_atlas2_options forces{.seed = 42};
    add_layout(
        benches,
        {.name = "ForceAtlas2",
         .graph = name,
         .verify =
             [=](inputs& in) {
               return held_against_peer(
                   in, name,
                   vn::force_atlas2(in.graph(name), forces, {.threads = in.threads()}).positions);
             },
         .run =
             [=](inputs& in, const vn::execution& exec) {
               return vn::force_atlas2(in.graph(name), forces, exec).positions.front().x;
             }});
  }
  const graph_name name = graph_name::hub43k;
  add_layout(benches, {.name = "hub layout",
                       .graph = name,
                       .verify =
                           [=](inputs& in) {
                             const vn::hub_layout_result layout =
                                 vn::hub_layout(in.graph(name), {}, {.threads = in.threads()});
                             const std::size_t overlaps = overlapping(layout);
                             if (overlaps != 0) {
                               return expect_equal("overlaps", static_cast<double>(overlaps), 0.0);
                             }
                             return held_against_peer(in, name, layout.positions);
                           },
                       .run =
                           [=](inputs& in, const vn::execution& exec) {
                             return vn::hub_layout(in.graph(name), {}, exec).radius;
                           }});
}

}  // namespace bench
