#include "valuenet/graph/gephi_view.hpp"

#include "valuenet/graph/builder.hpp"

#include <vector>

#include "detail/neighborhood.hpp"
#include "detail/parallel.hpp"

namespace valuenet {
namespace {

constexpr std::size_t vertex_grain = std::size_t{1} << 11;

/// Calls edge(neighbor, weight) for the view's edges between v and neighbours not above it.
template <class Edge>
void for_each_view_edge(const graph& g, vertex_id v, std::span<const std::uint32_t> arc_kinds,
                        Edge&& edge) {
  const auto weight = [](std::span<const double> weights, std::size_t i) {
    return weights.empty() ? 1.0 : weights[i];
  };
  detail::for_each_neighbor(g, v, [&](const detail::neighbor_place& place) {
    if (place.neighbor > v) return;
    for (std::size_t i = place.first_out; i < place.first_out + place.out_count; ++i) {
      edge(place.neighbor, weight(g.out_weights(v), i));
    }
    if (place.neighbor == v) return;
    detail::for_each_unpaired_in_arc(g, v, place, arc_kinds, [&](std::size_t i) {
      edge(place.neighbor, weight(g.in_weights(v), i));
    });
  });
}

}  // namespace

graph gephi_undirected_view(const graph& g, std::span<const std::uint32_t> arc_kinds,
                            const execution& exec) {
  detail::check_arc_kinds(g, arc_kinds);
  if (!g.is_directed()) return g;
  const std::size_t n = g.vertex_count();
  detail::parallel workers(exec);
  std::vector<arc_id> offsets(n + 1, 0);
  workers.for_each(n, vertex_grain, [&](std::size_t v) {
    for_each_view_edge(g, static_cast<vertex_id>(v), arc_kinds,
                       [&](vertex_id, double) { ++offsets[v + 1]; });
  });
  for (std::size_t v = 0; v < n; ++v) offsets[v + 1] += offsets[v];
  std::vector<vertex_id> sources(offsets[n]);
  std::vector<vertex_id> targets(offsets[n]);
  std::vector<double> weights(g.is_weighted() ? offsets[n] : 0);
  workers.for_each(n, vertex_grain, [&](std::size_t v) {
    arc_id slot = offsets[v];
    for_each_view_edge(g, static_cast<vertex_id>(v), arc_kinds, [&](vertex_id u, double weight) {
      sources[slot] = static_cast<vertex_id>(v);
      targets[slot] = u;
      if (!weights.empty()) weights[slot] = weight;
      ++slot;
    });
  });
  return build_graph(edge_columns{.sources = sources, .targets = targets, .weights = weights},
                     {.direction = direction::undirected, .vertex_count = g.vertex_count()}, exec);
}

}  // namespace valuenet
