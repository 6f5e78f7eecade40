// The pieces that a network falls into.
#include <iostream>
#include <vector>

#include <valuenet/graph/builder.hpp>
#include <valuenet/graph/subgraph.hpp>
#include <valuenet/metrics/components.hpp>

namespace vn = valuenet;

int main() {
  const std::vector<vn::edge> relations{{0, 1}, {0, 2}, {1, 2}, {2, 0}, {2, 3}, {3, 4}};
  const vn::graph g = vn::build_graph(relations, {.vertex_count = 6});

  const vn::components_result weak = vn::weak_components(g);
  const vn::components_result strong = vn::strong_components(g);
  std::cout << weak.count << " weak components, the largest of " << weak.sizes[*weak.largest]
            << " actors\n"
            << strong.count << " strong components, the largest of "
            << strong.sizes[*strong.largest] << " actors\n";

  const vn::subgraph_result core = vn::largest_component(g);
  std::cout << "the largest weak component alone: " << core.graph.vertex_count() << " actors, "
            << core.graph.arc_count() << " arcs\n";
}
