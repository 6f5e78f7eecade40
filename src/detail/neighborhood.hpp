// A vertex's distinct neighbours in either direction, from its two sorted rows.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace valuenet::detail {

/// Where a neighbour stands in the rows of a vertex. Of an undirected graph only the out-row
/// counts.
struct neighbor_place {
  vertex_id neighbor = 0;
  std::size_t first_out = 0;
  std::size_t out_count = 0;
  std::size_t first_in = 0;
  std::size_t in_count = 0;
};

/// Calls visit(neighbor_place) for every distinct neighbour of v, itself included, ascending.
template <class Visit>
void for_each_neighbor(const graph& g, vertex_id v, Visit&& visit) {
  const auto outs = g.out_neighbors(v);
  const auto ins = g.is_directed() ? g.in_neighbors(v) : std::span<const vertex_id>{};
  neighbor_place place;
  while (place.first_out < outs.size() || place.first_in < ins.size()) {
    place.neighbor = std::min(place.first_out < outs.size() ? outs[place.first_out] : no_vertex,
                              place.first_in < ins.size() ? ins[place.first_in] : no_vertex);
    const auto run = [&](std::span<const vertex_id> row, std::size_t first) {
      std::size_t last = first;
      while (last < row.size() && row[last] == place.neighbor) ++last;
      return last - first;
    };
    place.out_count = run(outs, place.first_out);
    place.in_count = run(ins, place.first_in);
    visit(static_cast<const neighbor_place&>(place));
    place.first_out += place.out_count;
    place.first_in += place.in_count;
  }
}

/// Throws std::invalid_argument unless the kinds are absent or one an arc.
inline void check_arc_kinds(const graph& g, std::span<const std::uint32_t> arc_kinds) {
  if (arc_kinds.empty() || arc_kinds.size() == g.arc_count()) return;
  throw std::invalid_argument("arc_kinds has " + std::to_string(arc_kinds.size()) +
                              " entries, the graph " + std::to_string(g.arc_count()) + " arcs");
}

/// Calls visit(position in v's in-row) for the in-arcs from a neighbour that have no partner of the
/// same kind and rank among the out-arcs to it. Precondition: the place is v's.
template <class Visit>
void for_each_unpaired_in_arc(const graph& g, vertex_id v, const neighbor_place& place,
                              std::span<const std::uint32_t> arc_kinds, Visit&& visit) {
  if (arc_kinds.empty() || place.out_count == 0 || place.in_count == 0) {
    for (std::size_t i = place.out_count; i < place.in_count; ++i) visit(place.first_in + i);
    return;
  }
  std::vector<std::uint32_t> kinds(place.out_count);
  for (std::size_t i = 0; i < place.out_count; ++i) {
    kinds[i] = arc_kinds[g.first_out_arc(v) + place.first_out + i];
  }
  std::sort(kinds.begin(), kinds.end());
  // Ranks within a kind: the r-th in-arc of a kind is paired when there are more than r out-arcs.
  std::vector<std::pair<std::uint32_t, std::size_t>> ins(place.in_count);
  for (std::size_t i = 0; i < place.in_count; ++i) {
    ins[i] = {arc_kinds[g.in_arc(v, place.first_in + i)], place.first_in + i};
  }
  std::sort(ins.begin(), ins.end());
  std::size_t k = 0;
  for (const auto& [kind, position] : ins) {
    while (k < kinds.size() && kinds[k] < kind) ++k;
    if (k < kinds.size() && kinds[k] == kind) {
      ++k;
    } else {
      visit(position);
    }
  }
}

}  // namespace valuenet::detail
