// Groups that are tied more among themselves than chance would have it, and how far to trust them.
#include <iostream>
#include <vector>

#include <valuenet/graph/builder.hpp>
#include <valuenet/metrics/communities.hpp>
#include <valuenet/metrics/modularity.hpp>

namespace vn = valuenet;

int main() {
  // Two groups of four, everybody in a group with everybody, and one relation between the groups.
  std::vector<vn::edge> edges{{3, 4}};
  for (const vn::vertex_id first : {0U, 4U}) {
    for (vn::vertex_id u = first; u < first + 4; ++u) {
      for (vn::vertex_id v = u + 1; v < first + 4; ++v) edges.push_back({u, v});
    }
  }
  const vn::graph g = vn::build_graph(edges, {.direction = vn::direction::undirected});

  const vn::communities_result found = vn::communities(g, {.seed = 42, .runs = 10});
  std::cout << found.count << " communities, modularity " << *found.modularity << "\n";
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    std::cout << (v == 0 ? "" : " ") << found.community[v];
  }
  std::cout << "\n"
            << "the runs agree: NMI at least "
            << found.agreement->smallest_normalized_mutual_information << ", modularity within "
            << found.agreement->modularity_range << "\n";

  // A partition that somebody else found, or that the actor table gives.
  const std::vector<std::uint32_t> given{0, 0, 0, 1, 1, 1, 1, 1};
  std::cout << "a given partition: modularity " << *vn::modularity(g, given) << "\n";
}
