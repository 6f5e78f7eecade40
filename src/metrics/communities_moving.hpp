// Local moving and refinement: the two phases of Leiden on one level.
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
template <class Level>
double move_vertices(parallel& workers, const Level& level, std::vector<vertex_id>& classes,
                     tie_breaking ties, random_stream& random);

/// Splits every class into well-connected, connected parts: each vertex is put alone, then joins
/// others of its class. Returns the parts, numbered 0 .. count - 1 by their first vertex.
template <class Level>
std::vector<vertex_id> refine(parallel& workers, const Level& level,
                              const std::vector<vertex_id>& classes, random_stream& random,
                              vertex_id& count);

/// Numbers the classes that occur 0, 1, ... by their first vertex; returns how many there are.
vertex_id renumber(std::vector<vertex_id>& classes);

}  // namespace valuenet::detail
