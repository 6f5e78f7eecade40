#include "valuenet/graph/builder.hpp"

#include "catch.hpp"

namespace vn = valuenet;

TEST_CASE("a directed graph keeps parallel arcs in order", "[builder]") {
  const std::vector<vn::edge> edges{{0, 1, 2.0}, {1, 0, 3.0}, {0, 1, 5.0}, {2, 2, 7.0}};
  const vn::graph g = vn::build_graph(edges);
  REQUIRE(g.vertex_count() == 3);
  REQUIRE(g.arc_count() == 4);
  REQUIRE(g.loop_count() == 1);
  REQUIRE(g.parallel_arc_count() == 1);
  REQUIRE(g.out_weights(0)[0] == 2.0);
  REQUIRE(g.out_weights(0)[1] == 5.0);
  REQUIRE(g.in_arc(1, 1) == 1);
}
