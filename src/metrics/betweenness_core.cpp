#include "metrics/betweenness_core.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "detail/weak_components.hpp"

namespace valuenet::detail {
namespace {

/// Calls visit(neighbour, parallel arcs) for the distinct neighbours of v in one row, v left out.
template <class Visit>
void for_each_distinct(std::span<const vertex_id> row, vertex_id v, Visit&& visit) {
  for (std::size_t i = 0; i < row.size();) {
    std::size_t next = i + 1;
    while (next < row.size() && row[next] == row[i]) ++next;
    if (row[i] != v) visit(row[i], next - i);
    i = next;
  }
}

std::size_t distinct_count(std::span<const vertex_id> row, vertex_id v) {
  std::size_t count = 0;
  for_each_distinct(row, v, [&](vertex_id, std::size_t) { ++count; });
  return count;
}

/// The one distinct neighbour in the row that is not folded yet.
vertex_id last_neighbor(std::span<const vertex_id> row, vertex_id v,
                        const std::vector<fold>& folded) {
  for (const vertex_id u : row) {
    if (u != v && folded[u] == fold::none) return u;
  }
  return no_vertex;
}

void fold_trees(const graph& g, betweenness_core& core, const execution& exec) {
  const vertex_id n = g.vertex_count();
  std::vector<vertex_id> degree(n);
  std::vector<vertex_id> leaves;
  for (vertex_id v = 0; v < n; ++v) {
    degree[v] = static_cast<vertex_id>(distinct_count(g.out_neighbors(v), v));
    if (degree[v] == 1) leaves.push_back(v);
  }
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    const vertex_id v = leaves[i];
    if (degree[v] != 1) continue;  // its neighbour was folded into it meanwhile
    const vertex_id u = last_neighbor(g.out_neighbors(v), v, core.folded);
    core.folded[v] = fold::tree;
    core.parent[v] = u;
    core.fold_order.push_back(v);
    core.sources[u] += core.sources[v];
    core.branch_squares[u] += core.sources[v] * core.sources[v];
    if (--degree[u] == 1) leaves.push_back(u);
  }
  core.targets = core.sources;
  const std::vector<vertex_id> roots = weak_component_roots(g, exec);
  std::vector<double> sizes(n, 0.0);
  for (const vertex_id root : roots) sizes[root] += 1.0;
  core.component_size.resize(n);
  for (vertex_id v = 0; v < n; ++v) core.component_size[v] = sizes[roots[v]];
}

void fold_ends(const graph& g, betweenness_core& core) {
  const vertex_id n = g.vertex_count();
  std::vector<vertex_id> outs(n);
  std::vector<vertex_id> ins(n);
  std::vector<vertex_id> queue;
  const auto foldable = [&](vertex_id v) {
    return (ins[v] == 0 && outs[v] == 1) || (outs[v] == 0 && ins[v] == 1);
  };
  for (vertex_id v = 0; v < n; ++v) {
    outs[v] = static_cast<vertex_id>(distinct_count(g.out_neighbors(v), v));
    ins[v] = static_cast<vertex_id>(distinct_count(g.in_neighbors(v), v));
  }
  for (vertex_id v = 0; v < n; ++v) {
    if (foldable(v)) queue.push_back(v);
  }
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const vertex_id v = queue[i];
    if (core.folded[v] != fold::none || !foldable(v)) continue;
    const bool is_source = outs[v] == 1;
    const vertex_id u =
        last_neighbor(is_source ? g.out_neighbors(v) : g.in_neighbors(v), v, core.folded);
    core.folded[v] = is_source ? fold::source : fold::sink;
    core.parent[v] = u;
    core.fold_order.push_back(v);
    if (is_source) {
      core.sources[u] += core.sources[v];
      --ins[u];
    } else {
      core.targets[u] += core.targets[v];
      --outs[u];
    }
    if (foldable(u)) queue.push_back(u);
  }
}

void add_rows(const graph& g, betweenness_core& core, bool parallel_paths) {
  bool any_parallel = false;
  const auto fill = [&](auto row_of, std::vector<arc_id>& offsets, std::vector<vertex_id>& targets,
                        std::vector<double>& multiplicity) {
    offsets.assign(core.size + std::size_t{1}, 0);
    std::vector<std::pair<vertex_id, double>> row;
    for (vertex_id c = 0; c < core.size; ++c) {
      const vertex_id v = core.original[c];
      row.clear();
      for_each_distinct(row_of(v), v, [&](vertex_id u, std::size_t count) {
        if (core.position[u] == no_vertex) return;
        row.emplace_back(core.position[u], static_cast<double>(count));
        any_parallel = any_parallel || count > 1;
      });
      std::sort(row.begin(), row.end());
      for (const auto& [u, count] : row) {
        targets.push_back(u);
        multiplicity.push_back(count);
      }
      offsets[c + std::size_t{1}] = targets.size();
    }
  };
  fill([&](vertex_id v) { return g.out_neighbors(v); }, core.out_offsets, core.out_targets,
       core.out_multiplicity);
  if (g.is_directed()) {
    fill([&](vertex_id v) { return g.in_neighbors(v); }, core.in_offsets, core.in_sources,
         core.in_multiplicity);
  } else {
    core.in_offsets = core.out_offsets;
    core.in_sources = core.out_targets;
    core.in_multiplicity = core.out_multiplicity;
  }
  if (!any_parallel || !parallel_paths) {
    core.out_multiplicity.clear();
    core.in_multiplicity.clear();
  }
  // Sources ascend within an in-row, so walking the out-rows in order meets each in-row in order.
  core.in_arcs.resize(core.in_sources.size());
  std::vector<arc_id> next(core.in_offsets.begin(), core.in_offsets.end());
  for (arc_id arc = 0; arc < core.out_targets.size(); ++arc) {
    core.in_arcs[next[core.out_targets[arc]]++] = arc;
  }
}

/// Of two vertices with one way out, one leading to the other, the first is merged.
void merge_sources(betweenness_core& core) {
  core.merged_into.assign(core.size, no_vertex);
  core.merged_offsets.assign(core.size + std::size_t{1}, 0);
  std::vector<std::uint8_t> has_merged(core.size, 0);
  for (vertex_id v = 0; v < core.size; ++v) {
    if (core.out_offsets[v + std::size_t{1}] - core.out_offsets[v] != 1 || has_merged[v] != 0) {
      continue;
    }
    const vertex_id u = core.out_targets[core.out_offsets[v]];
    if (core.merged_into[u] != no_vertex) continue;
    core.merged_into[v] = u;
    has_merged[u] = 1;
    ++core.merged_offsets[u + std::size_t{1}];
  }
  std::partial_sum(core.merged_offsets.begin(), core.merged_offsets.end(),
                   core.merged_offsets.begin());
  core.merged.resize(core.merged_offsets.back());
  std::vector<vertex_id> next(core.merged_offsets.begin(), core.merged_offsets.end() - 1);
  for (vertex_id v = 0; v < core.size; ++v) {
    if (core.merged_into[v] != no_vertex) core.merged[next[core.merged_into[v]]++] = v;
  }
}

}  // namespace

betweenness_core make_betweenness_core(const graph& g, folding folded, bool parallel_paths,
                                       const execution& exec) {
  const vertex_id n = g.vertex_count();
  betweenness_core core;
  core.folded.assign(n, fold::none);
  core.parent.assign(n, no_vertex);
  core.sources.assign(n, 1.0);
  core.targets.assign(n, 1.0);
  core.branch_squares.assign(n, 0.0);
  if (folded != folding::nothing) {
    if (g.is_directed()) {
      fold_ends(g, core);
    } else {
      fold_trees(g, core, exec);
    }
  }
  for (vertex_id v = 0; v < n; ++v) {
    if (core.folded[v] == fold::none) core.original.push_back(v);
  }
  // Hubs first: what most searches touch stands together.
  std::stable_sort(core.original.begin(), core.original.end(), [&](vertex_id a, vertex_id b) {
    return g.out_arc_count(a) + g.in_arc_count(a) > g.out_arc_count(b) + g.in_arc_count(b);
  });
  core.size = static_cast<vertex_id>(core.original.size());
  core.position.assign(n, no_vertex);
  for (vertex_id c = 0; c < core.size; ++c) {
    core.position[core.original[c]] = c;
    core.source_weight.push_back(core.sources[core.original[c]]);
    core.target_weight.push_back(core.targets[core.original[c]]);
  }
  add_rows(g, core, parallel_paths);
  if (folded == folding::leaves_and_merged && g.is_directed()) merge_sources(core);
  return core;
}

}  // namespace valuenet::detail
