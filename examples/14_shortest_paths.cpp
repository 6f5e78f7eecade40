// How one actor reaches the others: in fewest steps, and along the strongest ties.
#include <iostream>
#include <vector>

#include <valuenet/graph/builder.hpp>
#include <valuenet/metrics/shortest_paths.hpp>

namespace vn = valuenet;

int main() {
  const std::vector<vn::edge> relations{{0, 1, 8}, {0, 2, 1}, {1, 2, 4},
                                        {2, 0, 2}, {2, 3, 2}, {3, 4, 1}};
  const vn::graph g = vn::build_graph(relations, {.vertex_count = 6});

  const vn::breadth_first_search_result steps = vn::breadth_first_search(g, 0);
  const vn::shortest_paths_result ties =
      vn::shortest_paths(g, 0, {.length = vn::arc_length::inverse_weight});
  for (vn::vertex_id v = 1; v < g.vertex_count(); ++v) {
    std::cout << "to actor " << v << ": ";
    if (!steps.defined[v]) {
      std::cout << "no path\n";
      continue;
    }
    std::cout << steps.distances[v] << " steps, length " << ties.distances[v] << " by";
    for (const vn::vertex_id u : vn::path_between(ties.parents, 0, v)) std::cout << ' ' << u;
    std::cout << "\n";
  }
}
