// Who gives, who takes: degrees, their distribution, density.
#include <iostream>
#include <vector>

#include <valuenet/graph/builder.hpp>
#include <valuenet/metrics/degree.hpp>
#include <valuenet/metrics/density.hpp>

namespace vn = valuenet;

int main() {
  const std::vector<vn::edge> relations{{0, 1}, {0, 2}, {1, 2}, {2, 0}, {2, 3}, {3, 4}};
  const vn::graph g = vn::build_graph(relations, {.vertex_count = 6});  // actor 5 has no relation

  const auto gave = vn::degrees(g, vn::degree_kind::out);
  const auto took = vn::degrees(g, vn::degree_kind::in);
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    std::cout << "actor " << v << " gave " << gave[v] << ", took " << took[v] << "\n";
  }
  for (const auto& [degree, vertices] : vn::degree_distribution(vn::degrees(g))) {
    std::cout << vertices << " of total degree " << degree << "\n";
  }
  std::cout << "average degree: Gephi " << *vn::average_degree(g, vn::convention::gephi)
            << ", NetworkX and igraph " << *vn::average_degree(g, vn::convention::networkx) << "\n"
            << "density " << *vn::density(g) << "\n"
            << "out-degree centralization " << *vn::degree_centralization(g, vn::degree_kind::out)
            << "\n";
}
