#include "metrics/triangles.hpp"

#include <algorithm>
#include <numeric>

#include "detail/neighborhood.hpp"

namespace valuenet::detail {
namespace {

constexpr std::size_t vertex_grain = std::size_t{1} << 11;

/// Edges of Gephi's view between v and the neighbour.
std::uint32_t view_edges(const graph& g, vertex_id v, const neighbor_place& place,
                         std::span<const std::uint32_t> arc_kinds) {
  std::uint32_t edges = static_cast<std::uint32_t>(place.out_count);
  for_each_unpaired_in_arc(g, v, place, arc_kinds, [&](std::size_t) { ++edges; });
  return edges;
}

}  // namespace

skeleton::skeleton(parallel& workers, const graph& g, tie_detail detail,
                   std::span<const std::uint32_t> arc_kinds) {
  const std::size_t n = g.vertex_count();
  if (!g.is_directed() && g.is_simple() && detail == tie_detail::none && n > 0) {
    offsets = g.out_offsets();
    neighbors = g.out_targets();
    return;
  }
  own_offsets_.assign(n + 1, 0);
  workers.for_each(n, vertex_grain, [&](std::size_t v) {
    for_each_neighbor(g, static_cast<vertex_id>(v), [&](const neighbor_place& place) {
      own_offsets_[v + 1] += place.neighbor != v ? 1 : 0;
    });
  });
  std::partial_sum(own_offsets_.begin(), own_offsets_.end(), own_offsets_.begin());
  own_neighbors_.resize(own_offsets_[n]);
  const bool multiplicities = detail == tie_detail::directions_and_multiplicity;
  if (detail != tie_detail::none) ties.resize(own_offsets_[n]);
  if (multiplicities) multiplicity.resize(own_offsets_[n]);
  workers.for_each(n, vertex_grain, [&](std::size_t i) {
    const auto v = static_cast<vertex_id>(i);
    arc_id slot = own_offsets_[v];
    for_each_neighbor(g, v, [&](const neighbor_place& place) {
      if (place.neighbor == v) return;
      own_neighbors_[slot] = place.neighbor;
      if (!ties.empty()) {
        const int out = place.out_count > 0 ? tie_out : 0;
        const int in = place.in_count > 0 ? tie_in : 0;
        ties[slot] = static_cast<std::uint8_t>(out | in);
      }
      if (multiplicities) multiplicity[slot] = view_edges(g, v, place, arc_kinds);
      ++slot;
    });
  });
  offsets = own_offsets_;
  neighbors = own_neighbors_;
}

degree_order order_by_degree(const skeleton& s) {
  const std::size_t n = s.size();
  degree_order order{buffer<vertex_id>(n), buffer<vertex_id>(n)};
  vertex_id largest = 0;
  for (std::size_t v = 0; v < n; ++v) largest = std::max(largest, s.degree(v));
  std::vector<vertex_id> next(largest + std::size_t{2}, 0);
  for (std::size_t v = 0; v < n; ++v) ++next[largest - s.degree(v) + std::size_t{1}];
  std::partial_sum(next.begin(), next.end(), next.begin());
  for (std::size_t v = 0; v < n; ++v) {
    const vertex_id rank = next[largest - s.degree(v)]++;
    order.rank[v] = rank;
    order.vertex[rank] = static_cast<vertex_id>(v);
  }
  return order;
}

ranked_rows rank_by_degree(parallel& workers, const skeleton& s) {
  const std::size_t n = s.size();
  ranked_rows ranked;
  ranked.order = order_by_degree(s);
  const buffer<vertex_id>& vertex = ranked.order.vertex;
  const buffer<vertex_id>& rank_of = ranked.order.rank;
  ranked.offsets = buffer<arc_id>(n + 1);
  ranked.offsets[0] = 0;
  workers.for_each(n, vertex_grain, [&](std::size_t rank) {
    const vertex_id v = vertex[rank];
    arc_id count = 0;
    for (arc_id tie = s.offsets[v]; tie < s.offsets[v + std::size_t{1}]; ++tie) {
      count += rank_of[s.neighbors[tie]] < rank ? 1 : 0;
    }
    ranked.offsets[rank + 1] = count;
  });
  std::partial_sum(ranked.offsets.begin(), ranked.offsets.end(), ranked.offsets.begin());
  ranked.uppers = buffer<vertex_id>(ranked.offsets[n]);
  ranked.ties = buffer<std::uint8_t>(ranked.offsets[n]);
  if (!s.multiplicity.empty()) ranked.multiplicity = buffer<std::uint32_t>(ranked.offsets[n]);
  struct entry {
    vertex_id upper;
    arc_id tie;
  };
  std::vector<std::vector<entry>> scratch(workers.workers());
  workers.for_chunks(n, vertex_grain, [&](std::size_t begin, std::size_t end, std::size_t worker) {
    std::vector<entry>& row = scratch[worker];
    for (std::size_t rank = begin; rank < end; ++rank) {
      row.clear();
      const vertex_id v = vertex[rank];
      for (arc_id tie = s.offsets[v]; tie < s.offsets[v + std::size_t{1}]; ++tie) {
        const vertex_id upper = rank_of[s.neighbors[tie]];
        if (upper < rank) row.push_back({upper, tie});
      }
      std::sort(row.begin(), row.end(),
                [](const entry& a, const entry& b) { return a.upper < b.upper; });
      arc_id slot = ranked.offsets[rank];
      for (const entry& each : row) {
        ranked.uppers[slot] = each.upper;
        ranked.ties[slot] = s.ties[each.tie];
        if (!s.multiplicity.empty()) ranked.multiplicity[slot] = s.multiplicity[each.tie];
        ++slot;
      }
    }
  });
  return ranked;
}

}  // namespace valuenet::detail
