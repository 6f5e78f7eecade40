// Who stands between others, and who is near them.
#include <iostream>
#include <vector>

#include <valuenet/graph/builder.hpp>
#include <valuenet/metrics/betweenness.hpp>
#include <valuenet/metrics/closeness.hpp>

namespace vn = valuenet;

int main() {
  const std::vector<vn::edge> relations{{0, 1}, {0, 2}, {1, 2}, {2, 0}, {2, 3}, {3, 4}};
  const vn::graph g = vn::build_graph(relations, {.vertex_count = 6});

  const vn::betweenness_result between = vn::betweenness(g);
  const vn::closeness_result near = vn::closeness(g);
  const vn::closeness_result harmonic = vn::harmonic_closeness(g);
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    std::cout << "actor " << v << ": betweenness " << between.values[v];
    if (near.defined[v]) {
      std::cout << ", closeness " << near.values[v] << ", harmonic " << harmonic.values[v] << "\n";
    } else {
      std::cout << ", reaches nobody\n";
    }
  }
  const vn::betweenness_result ties = vn::edge_betweenness(g);
  for (vn::arc_id arc = 0; arc < g.arc_count(); ++arc) {
    std::cout << g.source(arc) << " -> " << g.target(arc) << ": " << ties.values[arc] << "\n";
  }
}
