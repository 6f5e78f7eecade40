// Slow, serial, obvious: what the kernels are held against where igraph is not asked. Nothing here
// shares code with them.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <vector>

namespace bench {

/// Distances from one vertex by a queue; -1: not reached.
[[nodiscard]] std::vector<int> distances_from(const valuenet::graph& g, valuenet::vertex_id source);

/// Triangles of an undirected simple graph: of each edge the neighbours of both ends that have more
/// neighbours than either.
[[nodiscard]] std::uint64_t count_triangles(const valuenet::graph& g);

}  // namespace bench
