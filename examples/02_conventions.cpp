// One name, several definitions: the same graph as Gephi, NetworkX and igraph see it.
#include <iomanip>
#include <iostream>
#include <vector>

#include <valuenet/graph/builder.hpp>
#include <valuenet/graph/convention.hpp>
#include <valuenet/metrics/clustering.hpp>
#include <valuenet/metrics/degree.hpp>
#include <valuenet/metrics/modularity.hpp>

namespace vn = valuenet;

int main() {
  // Two triangles that share an arc both ways, and a leaf.
  const std::vector<vn::edge> edges{{.source = 0, .target = 1}, {.source = 1, .target = 0},
                                    {.source = 1, .target = 2}, {.source = 2, .target = 0},
                                    {.source = 1, .target = 3}, {.source = 0, .target = 3},
                                    {.source = 3, .target = 4}};
  const vn::graph g = vn::build_graph(edges);
  const std::vector<std::uint32_t> community{0, 0, 0, 1, 1};

  std::cout << "convention  average degree  average clustering  modularity\n"
            << std::fixed << std::setprecision(4);
  for (const vn::convention convention : vn::conventions) {
    std::cout << std::left << std::setw(10) << vn::to_string(convention) << std::right
              << std::setw(16) << *vn::average_degree(g, convention) << std::setw(20)
              << *vn::clustering(g, {.convention = convention}).average << std::setw(12)
              << *vn::modularity(g, community, {.convention = convention}) << "\n";
  }
}
