#include "valuenet/graph/graph.hpp"

#include <algorithm>

namespace valuenet {

vertex_id graph::source(arc_id arc) const noexcept {
  assert(arc < arc_count());
  const auto after = std::upper_bound(out_offsets_.begin(), out_offsets_.end(), arc);
  return static_cast<vertex_id>(after - out_offsets_.begin() - 1);
}

arc_id graph::in_arc(vertex_id v, std::size_t i) const noexcept {
  const auto sources = in_neighbors(v);
  assert(i < sources.size());
  const vertex_id u = sources[i];
  // Parallel arcs keep one order in both rows: the k-th from u here is the k-th to v there.
  const auto first = std::lower_bound(sources.begin(), sources.end(), u);
  const auto rank = i - static_cast<std::size_t>(first - sources.begin());
  const auto targets = out_neighbors(u);
  const auto there = std::lower_bound(targets.begin(), targets.end(), v);
  return first_out_arc(u) + static_cast<arc_id>(there - targets.begin()) + rank;
}

std::size_t graph::memory_bytes() const noexcept {
  const std::size_t out =
      out_offsets_.size_bytes() + out_targets_.size_bytes() + out_weights_.size_bytes();
  if (!is_directed()) return out;
  return out + in_offsets_.size_bytes() + in_sources_.size_bytes() + in_weights_.size_bytes();
}

}  // namespace valuenet
