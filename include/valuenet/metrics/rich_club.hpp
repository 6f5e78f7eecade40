// Whether the well-tied are tied to each other.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace valuenet {

/// The club of the vertices with more than some number of neighbours.
struct rich_club_level {
  std::uint64_t vertices = 0;
  /// Ties among them.
  std::uint64_t ties = 0;
  /// ties over the pairs of its vertices; nothing below two vertices.
  std::optional<double> coefficient;
};

/// The rich-club coefficient phi(k) = 2 E(k) / (N(k) (N(k) - 1)) for k = 0, 1, ... below the
/// largest number of neighbours (index: k), with N(k) the vertices of more than k neighbours and
/// E(k) the ties among them.
///
/// Conventions: neighbours are distinct vertices tied in either direction; loops, parallel arcs and
/// weights change nothing. Not normalised: NetworkX's is this with normalized=False. A graph
/// without ties: empty. O(vertices + arcs). Throws cancelled. Deterministic. Source: V. Colizza, A.
/// Flammini, M. Serrano and A. Vespignani 2006, doi:10.1038/nphys209.
[[nodiscard]] std::vector<rich_club_level> rich_club(const graph& g, const execution& exec = {});

}  // namespace valuenet
