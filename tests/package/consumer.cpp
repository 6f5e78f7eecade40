// Somebody else's program.
#include <array>
#include <cstdio>

#include <valuenet/graph/builder.hpp>
#include <valuenet/version.hpp>

int main() {
  const std::array<valuenet::edge, 2> edges{
      {{.source = 0, .target = 1}, {.source = 2, .target = 1}}};
  const valuenet::graph g = valuenet::build_graph(edges);
  std::printf("valuenet %s: %u vertices, %llu arcs\n", valuenet::version(), g.vertex_count(),
              static_cast<unsigned long long>(g.arc_count()));
}
