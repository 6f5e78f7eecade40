// Strong components without an order among them, on all threads.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <vector>

#include "detail/parallel.hpp"

namespace valuenet::detail {

/// For every vertex a number below the number of vertices that its strong component has to itself.
///
/// Real graphs have one large component and many of one vertex. The large one is what a search
/// along the arcs and one against them from a well-tied vertex both meet (L. Fleischer,
/// B. Hendrickson and A. Pinar 2000, doi:10.1007/3-540-45591-4_68); those of one vertex have lost
/// all givers or all takers (W. McLendon et al., J. Parallel and
/// Distributed Computing 65, 901-910, 2005). The rest is
/// left to Tarjan's algorithm. O(vertices + arcs), whatever the graph.
[[nodiscard]] std::vector<vertex_id> strong_component_names(const graph& g, parallel& workers);

}  // namespace valuenet::detail
