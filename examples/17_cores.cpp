// How deep in the network an actor lies: k-cores, onion layers, core and periphery.
#include <cstdio>
#include <vector>

#include <valuenet/graph/builder.hpp>
#include <valuenet/metrics/core.hpp>
#include <valuenet/metrics/core_periphery.hpp>

namespace vn = valuenet;

int main() {
  const std::vector<vn::edge> relations{{0, 1}, {0, 2}, {1, 2}, {2, 0}, {2, 3}, {3, 4}};
  const vn::graph g = vn::build_graph(relations, {.vertex_count = 6});

  const vn::core_result cores = vn::core_numbers(g);
  const vn::core_periphery_result discrete = vn::core_periphery(g);
  const vn::coreness_result continuous = vn::coreness(g);

  std::puts("actor  core  layer  in core  coreness");
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    std::printf("%5u %5u %6u  %7s  %8.3f\n", v, cores.core[v], cores.layer[v],
                discrete.in_core[v] != 0 ? "yes" : "no", continuous.score[v]);
  }
  std::printf("degeneracy %u in %u layers\n", cores.degeneracy, cores.layers);
  std::printf(
      "core of %zu: correlation with the ideal %.3f, ties within it %.2f, in the periphery "
      "%.2f\n",
      discrete.core_size, *discrete.correlation, discrete.core_density.value_or(0.0),
      discrete.periphery_density.value_or(0.0));
  std::printf("coreness: correlation %.3f, a core would hold %zu\n", *continuous.correlation,
              continuous.core_size);
}
