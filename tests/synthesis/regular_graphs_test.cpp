#include "valuenet/synthesis/random_graph.hpp"

#include <set>
#include <utility>

#include "catch.hpp"

namespace vn = valuenet;

namespace {

using pairs = std::multiset<std::pair<vn::vertex_id, vn::vertex_id>>;

pairs edges_of(const vn::graph& g) {
  pairs result;
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    for (const vn::vertex_id u : g.out_neighbors(v)) {
      if (g.is_directed() || v <= u) result.emplace(v, u);
    }
  }
  return result;
}

}  // namespace

TEST_CASE("paths, cycles and stars", "[regular]") {
  CHECK(edges_of(vn::path_graph(0)).empty());
  CHECK(vn::path_graph(1).vertex_count() == 1);
  CHECK(edges_of(vn::path_graph(4)) == pairs{{0, 1}, {1, 2}, {2, 3}});
  CHECK(edges_of(vn::path_graph(3, vn::direction::directed)) == pairs{{0, 1}, {1, 2}});
  CHECK(edges_of(vn::cycle_graph(0)).empty());
  CHECK(edges_of(vn::cycle_graph(1)) == pairs{{0, 0}});
  CHECK(edges_of(vn::cycle_graph(2)) == pairs{{0, 1}, {0, 1}});
  CHECK(edges_of(vn::cycle_graph(2, vn::direction::directed)) == pairs{{0, 1}, {1, 0}});
  CHECK(edges_of(vn::cycle_graph(4)) == pairs{{0, 1}, {1, 2}, {2, 3}, {0, 3}});
  CHECK(edges_of(vn::star_graph(3)) == pairs{{0, 1}, {0, 2}, {0, 3}});
  CHECK(vn::star_graph(0).vertex_count() == 1);
  CHECK_THROWS_AS(vn::star_graph(0xFFFFFFFEU), std::invalid_argument);
}

TEST_CASE("complete graphs", "[regular]") {
  for (vn::vertex_id n = 0; n <= 9; ++n) {
    pairs both_ways;
    pairs once;
    for (vn::vertex_id a = 0; a < n; ++a) {
      for (vn::vertex_id b = 0; b < n; ++b) {
        if (a != b) both_ways.emplace(a, b);
        if (a < b) once.emplace(a, b);
      }
    }
    CHECK(edges_of(vn::complete_graph(n)) == once);
    CHECK(edges_of(vn::complete_graph(n, vn::direction::directed)) == both_ways);
  }
}

TEST_CASE("grids", "[regular]") {
  CHECK(edges_of(vn::grid_graph(2, 3)) ==
        pairs{{0, 1}, {1, 2}, {3, 4}, {4, 5}, {0, 3}, {1, 4}, {2, 5}});
  CHECK(edges_of(vn::grid_graph(1, 4)) == edges_of(vn::path_graph(4)));
  CHECK(edges_of(vn::grid_graph(4, 1)) == edges_of(vn::path_graph(4)));
  CHECK(vn::grid_graph(0, 5).vertex_count() == 0);
  CHECK_THROWS_AS(vn::grid_graph(65536, 65536), std::invalid_argument);
}
