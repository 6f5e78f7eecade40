// Every triangle once, one at a time. Vertices are ranked by degree, the largest first, and each
// keeps a row of the neighbours above it: no such row is longer than sqrt(2 edges), however large
// the hubs. A triangle low > middle > high is found at its middle corner: high stands in the row of
// low before middle, and among the marked upper neighbours of middle. So only the beginnings of the
// rows of low are read, and the marks stay in the cache.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "detail/buffer.hpp"
#include "detail/parallel.hpp"

namespace valuenet::detail {

/// Which arcs there are between a vertex and a neighbour, as bits.
enum tie : std::uint8_t { tie_out = 1, tie_in = 2, tie_mutual = 3 };

enum class tie_detail : std::uint8_t {
  none,
  directions,                   ///< fills `ties`
  directions_and_multiplicity,  ///< and `multiplicity`
};

/// The graph with direction, loops and parallel arcs forgotten: rows of distinct neighbours,
/// ascending. Looks into the graph where that is such already.
class skeleton {
 public:
  skeleton(parallel& workers, const graph& g, tie_detail detail,
           std::span<const std::uint32_t> arc_kinds);
  skeleton(const skeleton&) = delete;
  skeleton& operator=(const skeleton&) = delete;

  [[nodiscard]] std::size_t size() const noexcept { return offsets.size() - 1; }
  [[nodiscard]] vertex_id degree(std::size_t v) const noexcept {
    return static_cast<vertex_id>(offsets[v + 1] - offsets[v]);
  }

  std::span<const arc_id> offsets;
  std::span<const vertex_id> neighbors;
  /// Beside neighbors when asked for: bits of `tie` seen from the row's vertex, and the edges of
  /// Gephi's undirected view.
  std::vector<std::uint8_t> ties;
  std::vector<std::uint32_t> multiplicity;

 private:
  std::vector<arc_id> own_offsets_;
  std::vector<vertex_id> own_neighbors_;
};

/// Vertices by falling degree, equal ones in vertex order.
struct degree_order {
  buffer<vertex_id> vertex;  // of a rank
  buffer<vertex_id> rank;    // of a vertex
};
[[nodiscard]] degree_order order_by_degree(const skeleton& s);

struct ranked_rows {
  degree_order order;
  /// Row of a rank: the ranks of its neighbours above it (smaller numbers), ascending.
  buffer<arc_id> offsets;
  buffer<vertex_id> uppers;
  /// Beside uppers: as the skeleton has them.
  buffer<std::uint8_t> ties;
  buffer<std::uint32_t> multiplicity;
};
/// Precondition: the skeleton has ties.
[[nodiscard]] ranked_rows rank_by_degree(parallel& workers, const skeleton& s);

/// Calls visit(low, middle, high, arc of low-middle, arc of low-high, arc of middle-high, worker)
/// for every triangle: ranks low > middle > high, arcs as positions in `uppers`.
template <class Visit>
void for_each_triangle(parallel& workers, const skeleton& s, const ranked_rows& ranked,
                       Visit&& visit) {
  // place[rank]: where it stands in the row of `middle`, from 1; 0 when it does not.
  std::vector<std::vector<vertex_id>> places(workers.workers());
  workers.for_chunks(s.size(), 64, [&](std::size_t begin, std::size_t end, std::size_t worker) {
    std::vector<vertex_id>& place = places[worker];
    if (place.empty()) place.resize(s.size(), 0);
    for (std::size_t middle = begin; middle < end; ++middle) {
      const arc_id first = ranked.offsets[middle];
      const arc_id last = ranked.offsets[middle + 1];
      if (first == last) continue;
      for (arc_id arc = first; arc < last; ++arc) {
        place[ranked.uppers[arc]] = static_cast<vertex_id>(arc - first + 1);
      }
      const vertex_id v = ranked.order.vertex[middle];
      for (arc_id tie = s.offsets[v]; tie < s.offsets[v + std::size_t{1}]; ++tie) {
        const vertex_id low = ranked.order.rank[s.neighbors[tie]];
        if (low < middle) continue;
        const arc_id begin_of_row = ranked.offsets[low];
        arc_id to_middle = begin_of_row;
        while (ranked.uppers[to_middle] != middle) ++to_middle;
        for (arc_id arc = begin_of_row; arc < to_middle; ++arc) {
          const vertex_id high = ranked.uppers[arc];
          if (place[high] == 0) continue;
          visit(low, static_cast<vertex_id>(middle), high, to_middle, arc, first + place[high] - 1,
                worker);
        }
      }
      for (arc_id arc = first; arc < last; ++arc) place[ranked.uppers[arc]] = 0;
    }
  });
}

}  // namespace valuenet::detail
