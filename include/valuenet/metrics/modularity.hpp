// How well a given partition cuts a graph into communities.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/arc_weights.hpp"
#include "valuenet/graph/convention.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace valuenet {

struct modularity_options {
  valuenet::convention convention = convention::gephi;
  /// Finite and >= 0.
  double resolution = 1.0;
  arc_weights weights = arc_weights::use;
  /// Convention `gephi` of a directed graph only: see gephi_undirected_view().
  std::span<const std::uint32_t> arc_kinds{};
};

/// Modularity of a partition: community[v] is any number that v's community has to itself.
///
///   gephi                 Q = sum over c of  r * w(c) / W - (k(c) / 2W)^2
///                         of gephi_undirected_view(g) without its loops
///   networkx and igraph   directed:    Q = sum over c of  w(c) / W - r * k_out(c) k_in(c) / W^2
///                         undirected:  Q = sum over c of  w(c) / W - r * (k(c) / 2W)^2
///
/// with W the weight of all edges, w(c) of those within c, k(c) the sum of its vertices' weighted
/// degrees, r the resolution: Gephi multiplies the first term with it, the others the second.
///
/// Conventions: NetworkX and igraph count loops (twice in an undirected degree) and parallel arcs.
/// igraph with `directed = false` is undirected_view(g, duplicates::keep). Larger resolution
/// favours fewer communities under `gephi`, more under the others. Population: all edges. Nothing
/// when W is 0. Cost: O(arcs + vertices); 24 bytes a vertex, and a copy of a directed graph under
/// `gephi`. Throws std::invalid_argument for a community that is not vertex_count() long, an option
/// out of range, an arc whose weight is negative or not finite; cancelled. Deterministic. Sources:
/// M. Newman and M. Girvan 2004, doi:10.1103/PhysRevE.69.026113; E. Leicht and M. Newman 2008,
/// doi:10.1103/PhysRevLett.100.118703 (directed); J. Reichardt and S. Bornholdt 2006,
/// doi:10.1103/PhysRevE.74.016110 (resolution).
[[nodiscard]] std::optional<double> modularity(const graph& g,
                                               std::span<const std::uint32_t> community,
                                               const modularity_options& options = {},
                                               const execution& exec = {});

}  // namespace valuenet
