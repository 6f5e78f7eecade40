#include "valuenet/graph/subgraph.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "detail/graph_access.hpp"
#include "detail/parallel.hpp"
#include "detail/weak_components.hpp"

namespace valuenet {
namespace {

constexpr std::size_t vertex_grain = std::size_t{1} << 12;

/// Edges of a graph as columns: of an undirected graph each edge once, from its smaller end.
struct owned_columns {
  std::vector<vertex_id> sources;
  std::vector<vertex_id> targets;
  std::vector<double> weights;
};

owned_columns edges_of(detail::parallel& workers, const graph& g) {
  owned_columns columns;
  const std::size_t n = g.vertex_count();
  const auto counted = [&](vertex_id source, vertex_id target) {
    return g.is_directed() || source <= target;
  };
  std::vector<arc_id> offsets(n + 1, 0);
  workers.for_each(n, vertex_grain, [&](std::size_t v) {
    const auto source = static_cast<vertex_id>(v);
    for (const vertex_id target : g.out_neighbors(source)) {
      offsets[v + 1] += counted(source, target) ? 1 : 0;
    }
  });
  for (std::size_t v = 0; v < n; ++v) offsets[v + 1] += offsets[v];
  columns.sources.resize(offsets[n]);
  columns.targets.resize(offsets[n]);
  if (g.is_weighted()) columns.weights.resize(offsets[n]);
  workers.for_each(n, vertex_grain, [&](std::size_t v) {
    const auto source = static_cast<vertex_id>(v);
    const auto targets = g.out_neighbors(source);
    const auto weights = g.out_weights(source);
    arc_id position = offsets[v];
    for (std::size_t i = 0; i < targets.size(); ++i) {
      if (!counted(source, targets[i])) continue;
      columns.sources[position] = source;
      columns.targets[position] = targets[i];
      if (g.is_weighted()) columns.weights[position] = weights[i];
      ++position;
    }
  });
  return columns;
}

graph rebuild(const graph& g, const build_options& options, const execution& exec) {
  detail::parallel workers(exec);
  const owned_columns columns = edges_of(workers, g);
  return build_graph(
      edge_columns{
          .sources = columns.sources, .targets = columns.targets, .weights = columns.weights},
      options, exec);
}

}  // namespace

subgraph_result induced_subgraph(const graph& g, std::span<const vertex_id> vertices,
                                 const execution& exec) {
  detail::parallel workers(exec);
  constexpr vertex_id absent = no_vertex;
  std::vector<vertex_id> position(g.vertex_count(), absent);
  for (const vertex_id v : vertices) {
    if (v >= g.vertex_count()) {
      throw std::invalid_argument("induced_subgraph: vertex " + std::to_string(v) +
                                  " of a graph with " + std::to_string(g.vertex_count()));
    }
    position[v] = 0;
  }
  subgraph_result result;
  for (vertex_id v = 0; v < g.vertex_count(); ++v) {
    if (position[v] == absent) continue;
    position[v] = static_cast<vertex_id>(result.original.size());
    result.original.push_back(v);
  }

  // Order within rows is kept by a map that ascends, so rows are copied, not sorted again.
  const std::size_t n = result.original.size();
  detail::owned_rows rows;
  const auto copy = [&](std::span<const arc_id> from_offsets, std::span<const vertex_id> from,
                        std::span<const double> from_weights, std::vector<arc_id>& offsets,
                        std::vector<vertex_id>& neighbors, std::vector<double>& weights) {
    offsets.assign(n + 1, 0);
    workers.for_each(n, vertex_grain, [&](std::size_t v) {
      const vertex_id old = result.original[v];
      for (arc_id arc = from_offsets[old]; arc < from_offsets[old + std::size_t{1}]; ++arc) {
        offsets[v + 1] += position[from[arc]] != absent ? 1 : 0;
      }
    });
    for (std::size_t v = 0; v < n; ++v) offsets[v + 1] += offsets[v];
    neighbors.resize(offsets[n]);
    if (g.is_weighted()) weights.resize(offsets[n]);
    workers.for_each(n, vertex_grain, [&](std::size_t v) {
      const vertex_id old = result.original[v];
      arc_id out = offsets[v];
      for (arc_id arc = from_offsets[old]; arc < from_offsets[old + std::size_t{1}]; ++arc) {
        if (position[from[arc]] == absent) continue;
        neighbors[out] = position[from[arc]];
        if (g.is_weighted()) weights[out] = from_weights[arc];
        ++out;
      }
    });
  };
  copy(g.out_offsets(), g.out_targets(), g.out_weights(), rows.out_offsets, rows.out_targets,
       rows.out_weights);
  if (g.is_directed()) {
    copy(g.in_offsets(), g.in_sources(), g.in_weights(), rows.in_offsets, rows.in_sources,
         rows.in_weights);
  }
  detail::graph_facts facts{.vertex_count = static_cast<vertex_id>(n),
                            .direction = g.direction(),
                            .is_weighted = g.is_weighted()};
  for (std::size_t v = 0; v < n; ++v) {
    for (arc_id arc = rows.out_offsets[v]; arc < rows.out_offsets[v + 1]; ++arc) {
      facts.loop_count += rows.out_targets[arc] == v ? 1 : 0;
      facts.parallel_arc_count +=
          arc > rows.out_offsets[v] && rows.out_targets[arc] == rows.out_targets[arc - 1] ? 1 : 0;
    }
  }
  result.graph = detail::graph_access::make(std::move(rows), facts);
  return result;
}

graph transpose(const graph& g) {
  return g.is_directed() ? detail::graph_access::transposed(g) : g;
}

graph undirected_view(const graph& g, duplicates merge, const execution& exec) {
  if (!g.is_directed() && (merge == duplicates::keep || g.parallel_arc_count() == 0)) return g;
  return rebuild(
      g,
      {.direction = direction::undirected, .vertex_count = g.vertex_count(), .duplicates = merge},
      exec);
}

graph simple_view(const graph& g, duplicates merge, const execution& exec) {
  if (merge == duplicates::keep || merge == duplicates::error) {
    throw std::invalid_argument("simple_view: merge must be sum, count or first");
  }
  if (g.is_simple() && merge != duplicates::count) return g;
  return rebuild(g,
                 {.direction = g.direction(),
                  .vertex_count = g.vertex_count(),
                  .duplicates = merge,
                  .loops = loops::drop},
                 exec);
}

subgraph_result largest_component(const graph& g, const execution& exec) {
  const std::vector<vertex_id> roots = detail::weak_component_roots(g, exec);
  std::vector<vertex_id> sizes(g.vertex_count(), 0);
  for (const vertex_id root : roots) ++sizes[root];
  // Roots are the smallest vertices of their components, so the first largest is the one wanted.
  const auto largest = std::max_element(sizes.begin(), sizes.end());
  std::vector<vertex_id> members;
  for (vertex_id v = 0; v < g.vertex_count(); ++v) {
    if (roots[v] == static_cast<vertex_id>(largest - sizes.begin())) members.push_back(v);
  }
  return induced_subgraph(g, members, exec);
}

}  // namespace valuenet
