#include "valuenet/metrics/core.hpp"

#include <algorithm>
#include <utility>

#include "detail/parallel.hpp"
#include "metrics/triangles.hpp"

namespace valuenet {

core_result core_numbers(const graph& g, const execution& exec) {
  detail::parallel workers(exec);
  const detail::skeleton s(workers, g, detail::tie_detail::none, {});
  const std::size_t n = s.size();
  core_result result{.core = std::vector<vertex_id>(n, 0), .layer = std::vector<vertex_id>(n, 0)};
  std::vector<vertex_id> left(n);  // neighbours not removed yet
  std::vector<vertex_id> remaining(n);
  for (std::size_t v = 0; v < n; ++v) {
    left[v] = s.degree(v);
    remaining[v] = static_cast<vertex_id>(v);
  }
  std::vector<vertex_id> round;
  std::vector<vertex_id> next;
  // Who remains at k has k neighbours at least, so all scans together read O(ties log k) entries.
  while (!remaining.empty()) {
    workers.check_stop();
    std::erase_if(remaining, [&](vertex_id v) { return result.layer[v] != 0; });
    if (remaining.empty()) break;
    vertex_id fewest = left[remaining.front()];
    for (const vertex_id v : remaining) fewest = std::min(fewest, left[v]);
    const vertex_id k = std::max(fewest, result.degeneracy);
    result.degeneracy = k;
    round.clear();
    for (const vertex_id v : remaining) {
      if (left[v] <= k) round.push_back(v);
    }
    while (!round.empty()) {
      workers.check_stop();
      ++result.layers;
      for (const vertex_id v : round) {
        result.core[v] = k;
        result.layer[v] = result.layers;
      }
      next.clear();
      for (const vertex_id v : round) {
        for (const vertex_id u : s.neighbors.subspan(s.offsets[v], s.degree(v))) {
          if (result.layer[u] != 0) continue;
          // Once: when it comes down to k, from k + 1.
          if (--left[u] == k) next.push_back(u);
        }
      }
      std::swap(round, next);
    }
  }
  return result;
}

}  // namespace valuenet
