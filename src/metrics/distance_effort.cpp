// What is known of distances without searching from many vertices.
#include "valuenet/metrics/components.hpp"

#include <algorithm>

#include "detail/parallel.hpp"
#include "metrics/distance_estimates.hpp"
#include "metrics/level_search.hpp"

namespace valuenet::detail {
namespace {

constexpr std::uint32_t searches = 512;  // that share a visit

double visits(double vertices, double arcs, std::uint32_t depth) {
  return vertices * arcs / searches * std::min(depth, searches);
}

std::uint64_t rounded(double count) {
  constexpr double most = 0x1.0p63;
  return static_cast<std::uint64_t>(std::min(count, most));
}

struct component_size {
  std::uint64_t vertices = 0;
  std::uint64_t arcs = 0;
  vertex_id hub = no_vertex;
};

}  // namespace

std::uint64_t estimate_arc_visits(const graph& g, std::uint64_t enough, const execution& exec) {
  const vertex_id n = g.vertex_count();
  const auto arcs = static_cast<double>(g.arc_count());
  const double at_most = visits(n, arcs, n);
  if (at_most <= static_cast<double>(enough)) return rounded(at_most);

  const components_result components = weak_components(g, exec);
  std::vector<component_size> sizes(components.count);
  const auto degree = [&](vertex_id v) { return g.out_arc_count(v) + g.in_arc_count(v); };
  for (vertex_id v = 0; v < n; ++v) {
    if (degree(v) == 0) continue;
    component_size& own = sizes[components.component[v]];
    own.arcs += g.out_arc_count(v);
    ++own.vertices;
    if (own.hub == no_vertex || degree(v) > degree(own.hub)) own.hub = v;
  }
  parallel workers(exec);
  level_search along(rows_along(g), workers);
  level_search against(rows_against(g), workers);
  double sum = 0.0;
  for (const component_size& each : sizes) {
    if (each.hub == no_vertex) continue;
    along.run(each.hub);
    std::uint32_t depth = along.depth();
    if (g.is_directed()) {
      against.run(each.hub);
      depth = std::max(depth, against.depth());
    }
    sum += visits(static_cast<double>(each.vertices), static_cast<double>(each.arcs),
                  std::max(depth, 1U));
  }
  return rounded(sum);
}

double count_connected_pairs(const graph& g, const execution& exec) {
  double pairs = 0.0;
  for (const vertex_id size : weak_components(g, exec).sizes) {
    pairs += static_cast<double>(size) * (static_cast<double>(size) - 1.0);
  }
  return pairs;
}

}  // namespace valuenet::detail
