#include "metrics/triangles.hpp"

#include <algorithm>
#include <numeric>

#include "detail/neighborhood.hpp"

namespace valuenet::detail {
namespace {

constexpr std::size_t vertex_grain = std::size_t{1} << 11;

void rank_vertices(ranked_graph& ranked, std::span<const vertex_id> degree) {
  const std::size_t n = degree.size();
  const vertex_id largest = n == 0 ? 0 : *std::max_element(degree.begin(), degree.end());
  std::vector<vertex_id> next(largest + std::size_t{2}, 0);
  for (const vertex_id d : degree) ++next[largest - d + std::size_t{1}];
  std::partial_sum(next.begin(), next.end(), next.begin());
  ranked.vertex.resize(n);
  ranked.rank.resize(n);
  ranked.degree.resize(n);
  for (std::size_t v = 0; v < n; ++v) {
    const vertex_id rank = next[largest - degree[v]]++;
    ranked.rank[v] = rank;
    ranked.vertex[rank] = static_cast<vertex_id>(v);
    ranked.degree[rank] = degree[v];
  }
}

/// Edges of Gephi's view between v and the neighbour.
std::uint32_t view_edges(const graph& g, vertex_id v, const neighbor_place& place,
                         std::span<const std::uint32_t> arc_kinds) {
  std::uint32_t edges = static_cast<std::uint32_t>(place.out_count);
  for_each_unpaired_in_arc(g, v, place, arc_kinds, [&](std::size_t) { ++edges; });
  return edges;
}

}  // namespace

ranked_graph rank_by_degree(parallel& workers, const graph& g, tie_detail detail,
                            std::span<const std::uint32_t> arc_kinds) {
  const std::size_t n = g.vertex_count();
  ranked_graph ranked;
  {
    std::vector<vertex_id> degree(n, 0);
    workers.for_each(n, vertex_grain, [&](std::size_t v) {
      for_each_neighbor(g, static_cast<vertex_id>(v), [&](const neighbor_place& place) {
        degree[v] += place.neighbor != v ? 1 : 0;
      });
    });
    rank_vertices(ranked, degree);
  }

  ranked.offsets.assign(n + 1, 0);
  workers.for_each(n, vertex_grain, [&](std::size_t rank) {
    for_each_neighbor(g, ranked.vertex[rank], [&](const neighbor_place& place) {
      ranked.offsets[rank + 1] += ranked.rank[place.neighbor] < rank ? 1 : 0;
    });
  });
  std::partial_sum(ranked.offsets.begin(), ranked.offsets.end(), ranked.offsets.begin());

  const bool directions = detail != tie_detail::none;
  const bool multiplicity = detail == tie_detail::directions_and_multiplicity;
  ranked.uppers.resize(ranked.offsets[n]);
  if (directions) ranked.ties.resize(ranked.offsets[n]);
  if (multiplicity) ranked.multiplicity.resize(ranked.offsets[n]);
  struct entry {
    vertex_id upper;
    std::uint8_t ties;
    std::uint32_t multiplicity;
  };
  std::vector<std::vector<entry>> scratch(workers.workers());
  workers.for_chunks(n, vertex_grain, [&](std::size_t begin, std::size_t end, std::size_t worker) {
    std::vector<entry>& row = scratch[worker];
    for (std::size_t rank = begin; rank < end; ++rank) {
      row.clear();
      const vertex_id v = ranked.vertex[rank];
      for_each_neighbor(g, v, [&](const neighbor_place& place) {
        const vertex_id upper = ranked.rank[place.neighbor];
        if (upper >= rank) return;
        const int up = place.out_count > 0 ? tie_up : 0;
        const int down = place.in_count > 0 ? tie_down : 0;
        row.push_back({upper, static_cast<std::uint8_t>(up | down),
                       multiplicity ? view_edges(g, v, place, arc_kinds) : 1});
      });
      std::sort(row.begin(), row.end(),
                [](const entry& a, const entry& b) { return a.upper < b.upper; });
      arc_id slot = ranked.offsets[rank];
      for (const entry& each : row) {
        ranked.uppers[slot] = each.upper;
        if (directions) ranked.ties[slot] = each.ties;
        if (multiplicity) ranked.multiplicity[slot] = each.multiplicity;
        ++slot;
      }
    }
  });
  return ranked;
}

}  // namespace valuenet::detail
