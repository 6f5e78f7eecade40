// From edges to numbers: build a graph, ask for its statistics.
#include <iostream>
#include <vector>

#include <valuenet/graph/builder.hpp>
#include <valuenet/metrics/clustering.hpp>
#include <valuenet/metrics/degree.hpp>
#include <valuenet/metrics/density.hpp>
#include <valuenet/metrics/distances.hpp>

namespace vn = valuenet;

int main() {
  // An arc runs from the giver to the taker. The last row repeats the first one.
  const std::vector<vn::edge> relations{{.source = 0, .target = 1}, {.source = 0, .target = 2},
                                        {.source = 1, .target = 2}, {.source = 2, .target = 3},
                                        {.source = 3, .target = 4}, {.source = 0, .target = 1}};

  // Options have names and defaults. `sum` makes one arc of weight 2 of the repeated row, as Gephi
  // does.
  const vn::graph g = vn::build_graph(relations, {.duplicates = vn::duplicates::sum});
  std::cout << g.vertex_count() << " vertices, " << g.arc_count() << " arcs\n";

  for (const vn::vertex_id taker : g.out_neighbors(0)) std::cout << "0 gives to " << taker << "\n";

  const vn::distances_result paths = vn::distances(g);
  std::cout << "density         " << *vn::density(g) << "\n"
            << "average degree  " << *vn::average_degree(g) << "\n"
            << "clustering      " << *vn::clustering(g).average << "\n"
            << "reachable pairs " << paths.reachable_pairs << "\n"
            << "mean distance   " << *paths.mean << "\n"
            << "diameter        " << *paths.diameter << "\n";
}
