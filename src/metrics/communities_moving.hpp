// Local moving, the first phase of Leiden and Louvain on one level.
#pragma once

#include <cstdint>
#include <vector>

#include "detail/parallel.hpp"
#include "detail/random.hpp"
#include "metrics/communities_level.hpp"

namespace valuenet::detail {

enum class tie_breaking : std::uint8_t {
  first,   ///< stay, or the first of equally good classes
  random,  ///< on the first visit of each vertex any class nearly as good as the best
};

/// Moves vertices to the neighbouring (or an empty) class that gains most, until no vertex gains by
/// a move. `classes` (below level.size()) is improved; returns the gain, on the scale of bonds.
///
/// A small level is worked on by one thread, vertex by vertex from a queue. A large one is worked
/// on in batches: all vertices of a batch choose at once, against the partition as it stands; then
/// those that want to move do so one after the other, each checked against what has changed since.
template <class Level>
double move_vertices(parallel& workers, const Level& level, std::vector<vertex_id>& classes,
                     tie_breaking ties, random_stream& random);

}  // namespace valuenet::detail
