#include "detail/weak_components.hpp"

#include "detail/disjoint_sets.hpp"
#include "detail/parallel.hpp"

namespace valuenet::detail {

std::vector<vertex_id> weak_component_roots(const graph& g, const execution& exec) {
  constexpr std::size_t grain = std::size_t{1} << 12;
  parallel workers(exec);
  disjoint_sets components(g.vertex_count());
  workers.for_each(g.vertex_count(), grain, [&](std::size_t i) {
    const auto v = static_cast<vertex_id>(i);
    for (const vertex_id u : g.out_neighbors(v)) {
      if (u != v && (g.is_directed() || u > v)) components.unite(v, u);
    }
  });
  return components.take_roots(workers);
}

}  // namespace valuenet::detail
