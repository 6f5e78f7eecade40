// Weak components by lock-free union: the root of a component is its smallest vertex. Most arcs of
// the largest component are left out, as by M. Sutton, T. Ben-Nun and A. Barak 2018
// (doi:10.1109/IPDPS.2018.00092).
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"

#include <vector>

namespace valuenet::detail {

/// roots[v]: the smallest vertex of v's weak component. Nearly O(vertices + arcs).
[[nodiscard]] std::vector<vertex_id> weak_component_roots(const graph& g, const execution& exec);

}  // namespace valuenet::detail
