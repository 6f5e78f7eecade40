// Graphs made from graphs.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/builder.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace valuenet {

/// A graph on some vertices of another: vertex v here is original[v] there.
struct subgraph_result {
  valuenet::graph graph;
  /// Ascending.
  std::vector<vertex_id> original;
};

/// The vertices given and every arc between two of them, loops, parallels and weights kept.
/// `vertices` in any order, repeats ignored. O(vertices + arcs). Throws std::invalid_argument for a
/// vertex out of range.
[[nodiscard]] subgraph_result induced_subgraph(const graph& g, std::span<const vertex_id> vertices,
                                               const execution& exec = {});

/// Every arc turned round. O(1): storage is shared. Arc ids are those of the new graph's rows. An
/// undirected graph is its own transpose.
[[nodiscard]] graph transpose(const graph& g);

/// Direction forgotten: each arc becomes an edge. `merge` says what becomes of arcs between the
/// same two vertices, in either direction (keep: u->v and v->u become two parallel edges). An
/// undirected graph comes back as it is with `keep`, else merged. O(arcs).
[[nodiscard]] graph undirected_view(const graph& g, duplicates merge = duplicates::sum,
                                    const execution& exec = {});

/// Loops dropped and parallel arcs merged by the rule (`sum`, `count` or `first`); direction kept
/// (u->v and v->u stay two arcs of a directed graph). With `first` an unweighted graph stays
/// unweighted. O(arcs).
[[nodiscard]] graph simple_view(const graph& g, duplicates merge = duplicates::sum,
                                const execution& exec = {});

/// The largest weakly connected component; of several equally large ones, that of the smallest
/// vertex. O(vertices + arcs).
[[nodiscard]] subgraph_result largest_component(const graph& g, const execution& exec = {});

}  // namespace valuenet
