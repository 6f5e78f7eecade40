// Refinement, the second phase of Leiden on one level.
#pragma once

#include <span>
#include <vector>

#include "detail/parallel.hpp"
#include "detail/random.hpp"
#include "metrics/communities_level.hpp"

namespace valuenet::detail {

/// Splits every class into parts: each vertex is put alone and may once join another part of its
/// class, chosen at random with a bias to what gains most, when both are well connected to the rest
/// of the class. Every part is connected. Returns the parts, numbered 0 .. count - 1 by their first
/// vertex. Large levels are worked on in batches, as in move_vertices().
template <class Level>
[[nodiscard]] std::vector<vertex_id> refine(parallel& workers, const Level& level,
                                            std::span<const vertex_id> classes,
                                            random_stream& random, vertex_id& count);

}  // namespace valuenet::detail
