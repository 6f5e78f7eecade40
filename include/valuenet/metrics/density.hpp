// Which share of all possible ties exists.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <optional>

namespace valuenet {

/// Density: E / (N (N - 1)) of a directed graph, 2 E / (N (N - 1)) of an undirected one.
///
/// Conventions: E = edge_count(), loops and parallel arcs included, so the value may exceed 1; the
/// divisor knows no loops. Gephi, NetworkX and igraph agree on this. A directed graph under Gephi's
/// option "undirected" has density(gephi_undirected_view(g)): a reciprocal pair counts once. Gephi
/// prints three decimals: 5.1e-5 appears as 0.000.
/// Population: all ordered (directed) or unordered pairs of vertices. Nothing below two vertices
/// (NetworkX: 0). O(1).
[[nodiscard]] std::optional<double> density(const graph& g);

}  // namespace valuenet
