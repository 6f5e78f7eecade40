// Are ties returned, and is like tied to like?
#include <iostream>
#include <vector>

#include <valuenet/graph/builder.hpp>
#include <valuenet/metrics/assortativity.hpp>
#include <valuenet/metrics/reciprocity.hpp>

namespace vn = valuenet;

int main() {
  const std::vector<vn::edge> relations{{0, 1}, {0, 2}, {1, 2}, {2, 0}, {2, 3}, {3, 4}};
  const vn::graph g = vn::build_graph(relations, {.vertex_count = 6});

  const vn::reciprocity_result returned = vn::reciprocity(g);
  std::cout << returned.reciprocated_arcs << " of " << returned.arcs
            << " arcs are returned: " << *returned.reciprocity << "\n"
            << returned.mutual_pairs << " mutual pair, " << returned.asymmetric_pairs
            << " asymmetric, " << returned.null_pairs << " without a tie\n"
            << "degree assortativity " << *vn::degree_assortativity(g) << "\n";

  // Actors 0 to 2 are firms, 3 to 5 are universities.
  const std::vector<std::uint32_t> type{0, 0, 0, 1, 1, 1};
  const vn::mixing_result mixing = vn::attribute_mixing(g, type);
  std::cout << "firms gave firms " << mixing.counts[0] << ", universities " << mixing.counts[1]
            << "; universities gave firms " << mixing.counts[2] << ", universities "
            << mixing.counts[3] << "; assortativity " << *mixing.assortativity << "\n";
}
