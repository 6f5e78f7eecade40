#include "detail/weak_components.hpp"

#include <algorithm>
#include <cstdint>

#include "detail/disjoint_sets.hpp"
#include "detail/parallel.hpp"

namespace valuenet::detail {
namespace {

constexpr std::size_t grain = std::size_t{1} << 12;

/// The root of most of some vertices. Precondition: there are vertices.
vertex_id commonest_root(disjoint_sets& sets, vertex_id vertices) {
  constexpr std::uint64_t looked_at = 1024;
  const std::uint64_t step = std::max<std::uint64_t>(1, vertices / looked_at);
  std::vector<vertex_id> roots;
  for (std::uint64_t v = 0; v < vertices; v += step) {
    roots.push_back(sets.find(static_cast<vertex_id>(v)));
  }
  std::sort(roots.begin(), roots.end());
  vertex_id best = roots.front();
  std::ptrdiff_t most = 0;
  for (auto begin = roots.begin(); begin != roots.end();) {
    const auto end = std::upper_bound(begin, roots.end(), *begin);
    if (end - begin > most) {
      most = end - begin;
      best = *begin;
    }
    begin = end;
  }
  return best;
}

}  // namespace

std::vector<vertex_id> weak_component_roots(const graph& g, const execution& exec) {
  parallel workers(exec);
  const vertex_id n = g.vertex_count();
  disjoint_sets sets(n);
  if (n == 0) return sets.take_roots(workers);
  // Two arcs of each vertex unite most of the largest component.
  constexpr std::size_t first_arcs = 2;
  for (std::size_t i = 0; i < first_arcs; ++i) {
    workers.for_each(n, grain, [&](std::size_t v) {
      const auto row = g.out_neighbors(static_cast<vertex_id>(v));
      if (row.size() > i) sets.unite(static_cast<vertex_id>(v), row[i]);
    });
  }
  // Who is in it already need not look at the rest of its arcs: those that lead out of it are met
  // from their other ends.
  const vertex_id large = commonest_root(sets, n);
  workers.for_each(n, grain, [&](std::size_t i) {
    const auto v = static_cast<vertex_id>(i);
    if (sets.find(v) == sets.find(large)) return;
    const auto row = g.out_neighbors(v);
    for (std::size_t a = first_arcs; a < row.size(); ++a) sets.unite(v, row[a]);
    if (!g.is_directed()) return;
    for (const vertex_id u : g.in_neighbors(v)) sets.unite(v, u);
  });
  return sets.take_roots(workers);
}

}  // namespace valuenet::detail
