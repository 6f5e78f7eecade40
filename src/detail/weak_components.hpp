// Weak components by lock-free union: the root of a component is its smallest vertex.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"

#include <vector>

namespace valuenet::detail {

/// roots[v]: the smallest vertex of v's weak component. Nearly O(vertices + arcs).
[[nodiscard]] std::vector<vertex_id> weak_component_roots(const graph& g, const execution& exec);

}  // namespace valuenet::detail
