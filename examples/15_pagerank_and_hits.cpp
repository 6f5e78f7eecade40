// Scores that follow walks: PageRank, hubs and authorities, eigenvector and Katz centrality.
#include <cstdio>
#include <vector>

#include <valuenet/graph/builder.hpp>
#include <valuenet/metrics/eigenvector.hpp>
#include <valuenet/metrics/hits.hpp>
#include <valuenet/metrics/katz.hpp>
#include <valuenet/metrics/pagerank.hpp>

namespace vn = valuenet;

int main() {
  const std::vector<vn::edge> relations{{0, 1}, {0, 2}, {1, 2}, {2, 0}, {2, 3}, {3, 4}};
  const vn::graph g = vn::build_graph(relations, {.vertex_count = 6});

  const vn::pagerank_result pagerank = vn::pagerank(g, {.convention = vn::convention::igraph});
  const vn::hits_result hits = vn::hits(g);
  const vn::eigenvector_result eigenvector = vn::eigenvector(g);
  const vn::katz_result katz = vn::katz(g, {.attenuation = 0.5});

  std::puts("actor  PageRank    hub  authority  eigenvector   Katz");
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    std::printf("%5u  %8.4f  %5.3f  %9.3f  %11.3f  %5.3f\n", v, pagerank.score[v], hits.hub[v],
                hits.authority[v], eigenvector.score[v], katz.score[v]);
  }
  std::printf("largest eigenvalue %.6f, largest singular value %.6f\n",
              eigenvector.eigenvalue.value_or(0.0), hits.singular_value.value_or(0.0));
}
