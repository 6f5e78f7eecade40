#include "oracle.hpp"

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
  const vn::vertex_id n = g.vertex_count();
  const auto is_above = [&](vn::vertex_id u, vn::vertex_id v) {
    const std::size_t of_u = g.out_neighbors(u).size();
    const std::size_t of_v = g.out_neighbors(v).size();
    return of_u != of_v ? of_u > of_v : u > v;
  };
  std::vector<std::uint64_t> begins(std::size_t{n} + 1, 0);
  std::vector<vn::vertex_id> above;
  above.reserve(g.arc_count() / 2);
  for (vn::vertex_id v = 0; v < n; ++v) {
    for (const vn::vertex_id u : g.out_neighbors(v)) {
      if (is_above(u, v)) above.push_back(u);
    }
    begins[std::size_t{v} + 1] = above.size();
  }
  std::uint64_t triangles = 0;
  std::vector<vn::vertex_id> met_from(n, vn::no_vertex);
  for (vn::vertex_id v = 0; v < n; ++v) {
    const std::uint64_t end = begins[std::size_t{v} + 1];
    for (std::uint64_t i = begins[v]; i < end; ++i) met_from[above[i]] = v;
    for (std::uint64_t i = begins[v]; i < end; ++i) {
      const vn::vertex_id u = above[i];
      for (std::uint64_t j = begins[u]; j < begins[std::size_t{u} + 1]; ++j) {
        triangles += met_from[above[j]] == v ? 1 : 0;
      }
    }
  }
  return triangles;
}

}  // namespace bench
