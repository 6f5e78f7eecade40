// How often two partners of an actor are tied to each other, by three definitions.
#include <iostream>
#include <vector>

#include <valuenet/graph/builder.hpp>
#include <valuenet/metrics/clustering.hpp>

namespace vn = valuenet;

int main() {
  const std::vector<vn::edge> relations{{0, 1}, {0, 2}, {1, 2}, {2, 0}, {2, 3}, {3, 4}};
  const vn::graph g = vn::build_graph(relations, {.vertex_count = 6});

  for (const vn::convention convention : vn::conventions) {
    const vn::clustering_result found = vn::clustering(g, {.convention = convention});
    std::cout << vn::to_string(convention) << ": average " << *found.average << " over "
              << found.averaged_over << " actors; actor 2 has " << found.local[2] << "\n";
  }
  const vn::clustering_result found = vn::clustering(g);
  std::cout << found.triangle_count << " triangle, transitivity " << *found.transitivity << "\n";
}
