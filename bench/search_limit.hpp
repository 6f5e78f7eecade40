// The least time for searches from all vertices, by the lines that they load.
#pragma once

#include "valuenet/graph/graph.hpp"

#include "inputs.hpp"
#include "machine.hpp"

namespace bench {

/// Of the searches behind distances and closeness, 1,024 at once; 0: nobody counted their lines.
[[nodiscard]] double all_pairs_limit(const valuenet::graph& g, graph_name name, const machine& m);

/// Of Brandes' searches on hub43k, sixteen at once: 18,063 vertices and 135,242 arcs are left when
/// trees are folded; each recorded arc (all but half of the arcs, an edge being on a shortest path
/// one way) loads two lines on the way out and two on the way back. 0 for other graphs.
[[nodiscard]] double betweenness_limit(const valuenet::graph& g, graph_name name, const machine& m);

}  // namespace bench
