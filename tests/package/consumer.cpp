// Somebody else's program.
#include <array>
#include <cstdio>

#include <valuenet/graph/builder.hpp>
#include <valuenet/report/drawing.hpp>
#include <valuenet/version.hpp>

int main() {
  const std::array<valuenet::edge, 2> edges{
      {{.source = 0, .target = 1}, {.source = 2, .target = 1}}};
  const valuenet::graph g = valuenet::build_graph(edges);
  // What needs the libraries behind this one.
  const valuenet::png_result image =
      valuenet::render_png({.width = 40, .height = 30}, {.scale = 1.0});
  std::printf("valuenet %s: %u vertices, %llu arcs, %u by %u pixels\n", valuenet::version(),
              g.vertex_count(), static_cast<unsigned long long>(g.arc_count()), image.width,
              image.height);
}
