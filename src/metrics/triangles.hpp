// Every triangle once. Vertices are ranked by degree, the largest first, and each keeps only the
// neighbours above it: no such row is longer than sqrt(2 edges), however large the hubs.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "detail/parallel.hpp"

namespace valuenet::detail {

/// Which arcs there are between a vertex and its upper neighbour, as bits.
enum tie : std::uint8_t { tie_up = 1, tie_down = 2 };

struct ranked_graph {
  /// vertex[rank], rank[vertex]; equal degrees in vertex order.
  std::vector<vertex_id> vertex;
  std::vector<vertex_id> rank;
  /// Distinct neighbours other than itself, in either direction; by rank.
  std::vector<vertex_id> degree;
  /// Row of a rank: the ranks of its neighbours above it (smaller numbers), ascending.
  std::vector<arc_id> offsets;
  std::vector<vertex_id> uppers;
  /// Beside uppers when asked for: bits of `tie`, and edges of Gephi's undirected view.
  std::vector<std::uint8_t> ties;
  std::vector<std::uint32_t> multiplicity;
};

enum class tie_detail : std::uint8_t {
  none,
  directions,                   ///< fills `ties`
  directions_and_multiplicity,  ///< and `multiplicity`
};

[[nodiscard]] ranked_graph rank_by_degree(parallel& workers, const graph& g, tie_detail detail,
                                          std::span<const std::uint32_t> arc_kinds);

/// Calls visit(low, middle, high, arc of low-middle, arc of low-high, arc of middle-high, worker)
/// for every triangle: ranks low > middle > high, arcs as positions in `uppers`.
template <class Visit>
void for_each_triangle(parallel& workers, const ranked_graph& ranked, Visit&& visit) {
  const std::size_t n = ranked.vertex.size();
  // place[rank]: where it stands in the row at hand, from 1; 0 when it does not.
  std::vector<std::vector<vertex_id>> places(workers.workers());
  workers.for_chunks(n, 256, [&](std::size_t begin, std::size_t end, std::size_t worker) {
    std::vector<vertex_id>& place = places[worker];
    if (place.empty()) place.resize(n, 0);
    for (std::size_t low = begin; low < end; ++low) {
      const arc_id first = ranked.offsets[low];
      const arc_id last = ranked.offsets[low + 1];
      if (last - first < 2) continue;
      for (arc_id arc = first; arc < last; ++arc) {
        place[ranked.uppers[arc]] = static_cast<vertex_id>(arc - first + 1);
      }
      for (arc_id to_middle = first + 1; to_middle < last; ++to_middle) {
        const vertex_id middle = ranked.uppers[to_middle];
        const arc_id end_of_row = ranked.offsets[middle + std::size_t{1}];
        for (arc_id arc = ranked.offsets[middle]; arc < end_of_row; ++arc) {
          const vertex_id high = ranked.uppers[arc];
          if (place[high] == 0) continue;
          visit(static_cast<vertex_id>(low), middle, high, to_middle, first + place[high] - 1, arc,
                worker);
        }
      }
      for (arc_id arc = first; arc < last; ++arc) place[ranked.uppers[arc]] = 0;
    }
  });
}

}  // namespace valuenet::detail
