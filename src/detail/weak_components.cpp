#include "detail/weak_components.hpp"

#include <atomic>
#include <utility>

#include "detail/parallel.hpp"

namespace valuenet::detail {
namespace {

using parent = std::atomic_ref<vertex_id>;

vertex_id find(std::vector<vertex_id>& parents, vertex_id v) {
  while (true) {
    const vertex_id up = parent(parents[v]).load(std::memory_order_relaxed);
    if (up == v) return v;
    const vertex_id above = parent(parents[up]).load(std::memory_order_relaxed);
    // Path halving; losing the race costs a step, never the answer.
    if (above != up) parent(parents[v]).store(above, std::memory_order_relaxed);
    v = above;
  }
}

/// The larger root is hung under the smaller, so the last root is the smallest vertex.
void unite(std::vector<vertex_id>& parents, vertex_id a, vertex_id b) {
  while (true) {
    a = find(parents, a);
    b = find(parents, b);
    if (a == b) return;
    if (a < b) std::swap(a, b);
    vertex_id expected = a;
    if (parent(parents[a]).compare_exchange_strong(expected, b, std::memory_order_relaxed)) return;
  }
}

}  // namespace

std::vector<vertex_id> weak_component_roots(const graph& g, const execution& exec) {
  constexpr std::size_t grain = std::size_t{1} << 12;
  parallel workers(exec);
  std::vector<vertex_id> parents(g.vertex_count());
  for (vertex_id v = 0; v < g.vertex_count(); ++v) parents[v] = v;
  workers.for_each(g.vertex_count(), grain, [&](std::size_t i) {
    const auto v = static_cast<vertex_id>(i);
    for (const vertex_id u : g.out_neighbors(v)) {
      if (u != v && (g.is_directed() || u > v)) unite(parents, v, u);
    }
  });
  workers.for_each(g.vertex_count(), grain, [&](std::size_t i) {
    const auto v = static_cast<vertex_id>(i);
    const vertex_id root = find(parents, v);
    parent(parents[v]).store(root, std::memory_order_relaxed);
  });
  return parents;
}

}  // namespace valuenet::detail
