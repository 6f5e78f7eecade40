// The graph that Gephi works on when a directed one is read as undirected.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <span>

namespace valuenet {

/// Gephi 0.9.2's undirected view: of two arcs u->v and v->u that make a pair, u > v, only u->v
/// becomes an edge (the other one and its weight are forgotten); every other arc becomes an edge.
/// Modularity under convention `gephi` is a property of this view, and so are density, triangles
/// and clustering of a directed graph under Gephi's option "undirected".
///
/// Conventions: the first arc u->v pairs with the first arc v->u, the second with the second, and
/// so on. `arc_kinds` names the kind of every arc (arc id as index): arcs of different kinds then
/// never pair, as in Gephi. Empty: one kind. Parallel arcs and loops stay. The result depends on
/// the numbering of the vertices when the two weights of a pair differ: that is Gephi's. An
/// undirected graph is its own view.
/// Cost: O(arcs log arcs of a row); 16 to 24 bytes an edge of scratch.
/// Throws std::invalid_argument when arc_kinds is neither empty nor arc_count() long, cancelled.
/// Deterministic. Source: measured on Gephi 0.9.2, see tests/reference/gephi.
[[nodiscard]] graph gephi_undirected_view(const graph& g,
                                          std::span<const std::uint32_t> arc_kinds = {},
                                          const execution& exec = {});

}  // namespace valuenet
