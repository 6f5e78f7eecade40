#include "valuenet/metrics/components.hpp"

#include <algorithm>
#include <span>

#include "detail/parallel.hpp"
#include "detail/weak_components.hpp"
#include "metrics/strong_search.hpp"

namespace valuenet {
namespace {

/// Numbers components by their smallest vertices. `names[v]` is any number below the number of
/// vertices that v's component has to itself.
components_result numbered(std::span<const vertex_id> names) {
  components_result result;
  result.component.resize(names.size());
  std::vector<vertex_id> number(names.size(), no_vertex);
  for (std::size_t v = 0; v < names.size(); ++v) {
    vertex_id& mine = number[names[v]];
    if (mine == no_vertex) {
      mine = result.count++;
      result.sizes.push_back(0);
    }
    result.component[v] = mine;
    ++result.sizes[mine];
  }
  if (result.count > 0) {
    const auto largest = std::max_element(result.sizes.begin(), result.sizes.end());
    result.largest = static_cast<vertex_id>(largest - result.sizes.begin());
  }
  return result;
}

}  // namespace

components_result weak_components(const graph& g, const execution& exec) {
  return numbered(detail::weak_component_roots(g, exec));
}

components_result strong_components(const graph& g, const execution& exec) {
  if (!g.is_directed()) return weak_components(g, exec);
  detail::parallel workers(exec);
  workers.check_stop();
  return numbered(detail::strong_component_names(g, workers));
}

}  // namespace valuenet
