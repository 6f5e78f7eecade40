// Searches from one vertex: by hops and by lengths.
#include "valuenet/metrics/shortest_paths.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <queue>
#include <utility>

#include <benchmark/benchmark.h>

#include "lengths.hpp"
#include "oracle.hpp"
#include "suite.hpp"

namespace bench {

namespace vn = valuenet;

namespace {

void add_hops(suite& benches, graph_name name) {
  kernel k{.name = "breadth-first search", .graph = name};
  k.verify = [=](inputs& in) -> std::string {
    const vn::graph& g = in.graph(name);
    const vn::vertex_id source = busiest(g);
    const auto found = vn::breadth_first_search(g, source, {}, {.threads = in.threads()});
    const std::vector<int> expected = distances_from(g, source);
    for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
      if (found.defined[v] != (expected[v] >= 0) ||
          (expected[v] > 0 && (static_cast<int>(found.distances[v]) != expected[v] ||
                               expected[found.parents[v]] + 1 != expected[v]))) {
        return "vertex " + std::to_string(v) + " differs from a plain search's";
      }
    }
    return {};
  };
  k.run = [=](inputs& in, const vn::execution& exec) {
    const vn::graph& g = in.graph(name);
    return static_cast<double>(vn::breadth_first_search(g, busiest(g), {}, exec).reached);
  };
  k.plain = [=](inputs& in) {
    const vn::graph& g = in.graph(name);
    return static_cast<double>(distances_from(g, busiest(g)).back());
  };
#ifdef VALUENET_BENCH_IGRAPH
  k.peer = [=](inputs& in, double) {
    igraph_vector_int_t order;
    igraph_vector_int_t layers;
    igraph_vector_int_t parents;
    igraph_vector_int_init(&order, 0);
    igraph_vector_int_init(&layers, 0);
    igraph_vector_int_init(&parents, 0);
    const vn::vertex_id source = busiest(in.graph(name));
    igraph_bfs_simple(in.igraph(name), source, IGRAPH_OUT, &order, &layers, &parents);
    const auto reached = static_cast<double>(igraph_vector_int_size(&order));
    igraph_vector_int_destroy(&order);
    igraph_vector_int_destroy(&layers);
    igraph_vector_int_destroy(&parents);
    return reached;
  };
#endif
  k.work = [=](inputs& in, const machine& m) {
    const vn::graph& g = in.graph(name);
    const auto vertices = static_cast<double>(g.vertex_count());
    // Every row looked up, one arc of each read somewhere, distances and parents written twice.
    return work{.items = static_cast<double>(g.arc_count()),
                .limit_seconds =
                    m.seconds(32.0 * vertices, vertices, 4.0 * static_cast<double>(g.arc_count()))};
  };
  benches.add(std::move(k));
}

/// Dijkstra's algorithm with a queue of the standard library.
std::vector<double> plain_lengths(const vn::graph& g, vn::vertex_id source) {
  using waiting = std::pair<double, vn::vertex_id>;
  std::vector<double> distance(g.vertex_count(), -1.0);
  std::vector<char> settled(g.vertex_count(), 0);
  std::priority_queue<waiting, std::vector<waiting>, std::greater<>> queue;
  distance[source] = 0.0;
  queue.emplace(0.0, source);
  while (!queue.empty()) {
    const vn::vertex_id v = queue.top().second;
    queue.pop();
    if (settled[v] != 0) continue;
    settled[v] = 1;
    const auto row = g.out_neighbors(v);
    const auto lengths = g.out_weights(v);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const double through = distance[v] + lengths[i];
      if (distance[row[i]] >= 0.0 && through >= distance[row[i]]) continue;
      distance[row[i]] = through;
      queue.emplace(through, row[i]);
    }
  }
  return distance;
}

void add_length_search(suite& benches, graph_name name) {
  // Kept between the calls of this kernel alone.
  const auto kept = std::make_shared<std::unique_ptr<with_lengths>>();
  const auto input = [=](inputs& in) -> const with_lengths& {
    if (!*kept) *kept = add_lengths(in.graph(name), in.threads());
    return **kept;
  };
  kernel k{.name = "shortest paths", .graph = name};
  k.verify = [=](inputs& in) -> std::string {
    const with_lengths& on = input(in);
    const auto found = vn::shortest_paths(on.graph, on.source, {}, {.threads = in.threads()});
    const std::vector<double> expected = plain_lengths(on.graph, on.source);
    for (vn::vertex_id v = 0; v < on.graph.vertex_count(); ++v) {
      if (found.defined[v] != (expected[v] >= 0.0) ||
          (found.defined[v] && found.distances[v] != expected[v])) {
        return "vertex " + std::to_string(v) + " differs from a plain search's";
      }
    }
    return {};
  };
  k.run = [=](inputs& in, const vn::execution& exec) {
    const with_lengths& on = input(in);
    return vn::shortest_paths(on.graph, on.source, {}, exec).distances.back();
  };
  k.plain = [=](inputs& in) {
    const with_lengths& on = input(in);
    return plain_lengths(on.graph, on.source).back();
  };
#ifdef VALUENET_BENCH_IGRAPH
  k.peer = [=](inputs& in, double) {
    const with_lengths& on = input(in);
    igraph_matrix_t distances;
    igraph_matrix_init(&distances, 0, 0);
    igraph_distances_dijkstra(in.igraph(name), &distances, igraph_vss_1(on.source),
                              igraph_vss_all(), &on.lengths, IGRAPH_OUT);
    const double corner = MATRIX(distances, 0, 0);
    igraph_matrix_destroy(&distances);
    return corner;
  };
#endif
  k.work = [=](inputs& in, const machine& m) {
    const vn::graph& g = in.graph(name);
    const auto arcs = static_cast<double>(g.arc_count());
    // Every arc and its length streamed once, the distance at its end looked up, and again for the
    // parents.
    return work{.items = arcs,
                .limit_seconds = m.seconds(2.0 * 12.0 * arcs, 2.0 * arcs,
                                           8.0 * static_cast<double>(g.vertex_count()))};
  };
  benches.add(std::move(k));
}

}  // namespace

void add_searches(suite& benches) {
  for (const graph_name name : {graph_name::rmat18, graph_name::mesh, graph_name::rmat22}) {
    add_hops(benches, name);
    add_length_search(benches, name);
  }
}

}  // namespace bench
