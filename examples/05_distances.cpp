// How far apart actors are, over all pairs, exactly.
#include <iostream>
#include <vector>

#include <valuenet/graph/builder.hpp>
#include <valuenet/metrics/distances.hpp>

namespace vn = valuenet;

int main() {
  const std::vector<vn::edge> relations{{0, 1}, {0, 2}, {1, 2}, {2, 0}, {2, 3}, {3, 4}};
  const vn::graph g = vn::build_graph(relations, {.vertex_count = 6});

  const vn::distances_result paths = vn::distances(g);
  for (std::size_t d = 1; d < paths.histogram.size(); ++d) {
    std::cout << paths.histogram[d] << " pairs at distance " << d << "\n";
  }
  std::cout << paths.reachable_pairs << " pairs are reachable, " << paths.unreachable_pairs
            << " are not\n"
            << "mean " << *paths.mean << ", diameter " << *paths.diameter << ", radius "
            << *paths.radius << "\n"
            << "effective diameter " << *paths.effective_diameter << ", efficiency "
            << *paths.efficiency << "\n";
}
