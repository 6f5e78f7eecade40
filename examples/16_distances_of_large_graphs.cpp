// Distances of a graph too large for all pairs: sampled sources with an interval, and HyperBall.
#include <cstdio>

#include <valuenet/graph/builder.hpp>
#include <valuenet/metrics/distances.hpp>
#include <valuenet/synthesis/random_graph.hpp>

namespace vn = valuenet;

int main() {
  const vn::edge_list edges = vn::rmat_edges({.scale = 12});
  const vn::graph g = vn::build_graph(edges.columns(), {.direction = vn::direction::undirected,
                                                        .vertex_count = edges.vertex_count,
                                                        .duplicates = vn::duplicates::first,
                                                        .loops = vn::loops::drop});

  const vn::distances_result exact = vn::distances(g, {.method = vn::distance_method::exact});
  std::printf("exact:     mean %.4f\n", *exact.mean);
  const vn::distances_result sampled = vn::distances(g, {.method = vn::distance_method::sampled});
  std::printf("sampled:   mean %.3f, 95%% sure between %.3f and %.3f\n", *sampled.mean,
              sampled.mean_interval->lower, sampled.mean_interval->upper);
  const vn::distances_result balls = vn::distances(g, {.method = vn::distance_method::hyperball});
  std::printf("HyperBall: mean %.3f, 95%% sure between %.3f and %.3f\n", *balls.mean,
              balls.mean_interval->lower, balls.mean_interval->upper);
  // Which one it took follows from the graph and the budget alone, not from clock or threads.
  const vn::distances_result chosen = vn::distances(g, {.exact_budget = 1000});
  std::printf("with a budget of 1,000 arc visits: %s\n",
              chosen.method == vn::distance_method::exact ? "exact" : "an estimate");
}
