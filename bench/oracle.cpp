#include "oracle.hpp"

#include <algorithm>
#include <deque>

namespace bench {

namespace vn = valuenet;

std::vector<int> distances_from(const vn::graph& g, vn::vertex_id source) {
  std::vector<int> distance(g.vertex_count(), -1);
  std::deque<vn::vertex_id> queue{source};
  distance[source] = 0;
  while (!queue.empty()) {
    const vn::vertex_id v = queue.front();
    queue.pop_front();
    for (const vn::vertex_id next : g.out_neighbors(v)) {
      if (distance[next] >= 0) continue;
      distance[next] = distance[v] + 1;
      queue.push_back(next);
    }
  }
  return distance;
}

std::uint64_t count_triangles(const vn::graph& g) {
  std::uint64_t triangles = 0;
  for (vn::vertex_id u = 0; u < g.vertex_count(); ++u) {
    const auto of_u = g.out_neighbors(u);
    for (const vn::vertex_id v : of_u) {
      if (v <= u) continue;
      const auto of_v = g.out_neighbors(v);
      auto a = std::upper_bound(of_u.begin(), of_u.end(), v);
      auto b = std::upper_bound(of_v.begin(), of_v.end(), v);
      while (a != of_u.end() && b != of_v.end()) {
        if (*a == *b) ++triangles;
        const bool step_a = *a <= *b;
        const bool step_b = *b <= *a;
        a += step_a;
        b += step_b;
      }
    }
  }
  return triangles;
}

}  // namespace bench
