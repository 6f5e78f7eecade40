#include "valuenet/graph/builder.hpp"

#include "valuenet/error.hpp"

#include <algorithm>
#include <array>
#include <list>
#include <stop_token>
#include <tuple>

#include "naive.hpp"

namespace vn = valuenet;

namespace {

constexpr std::array policies{vn::duplicates::sum, vn::duplicates::keep, vn::duplicates::count,
                              vn::duplicates::first, vn::duplicates::error};

/// The graph, its accounting and its map to rows against the naive one.
void check_against_naive(const naive::table& t, const vn::build_options& options) {
  const naive::built expected = naive::build(t, options);
  if (expected.repeated_row) {
    const std::string message = "row " + std::to_string(*expected.repeated_row) + " repeats";
    CHECK_THROWS_WITH(vn::build_graph(t.columns(), options), Catch::Contains(message));
    CHECK_THROWS_AS(vn::build_graph_with_rows(t.columns(), options), std::invalid_argument);
    return;
  }
  const vn::build_result result = vn::build_graph_with_rows(t.columns(), options);
  const vn::graph& g = result.graph;
  REQUIRE(g.direction() == options.direction);
  naive::arcs found = naive::arcs_of(g);
  for (vn::arc_id id = 0; id < g.arc_count(); ++id) {
    auto& list = found[{g.source(id), g.target(id)}];
    const vn::arc_id first = static_cast<vn::arc_id>(
        std::lower_bound(g.out_neighbors(g.source(id)).begin(), g.out_neighbors(g.source(id)).end(),
                         g.target(id)) -
        g.out_neighbors(g.source(id)).begin());
    const auto rows = result.rows[id];
    list[id - g.first_out_arc(g.source(id)) - first].rows.assign(rows.begin(), rows.end());
  }
  naive::check_same(found, expected.arcs, true);
  CHECK(result.merged == expected.merged);
  CHECK(result.dropped_loops == expected.dropped_loops);
  CHECK(result.mirrored == expected.mirrored);
  CHECK(g.edge_count() == expected.edges);
  CHECK(t.sources.size() + result.mirrored ==
        g.edge_count() + result.merged + result.dropped_loops);

  const vn::graph without_rows = vn::build_graph(t.columns(), options);
  naive::check_same(naive::arcs_of(without_rows), expected.arcs);
  CHECK(without_rows.is_weighted() == g.is_weighted());
}

bool same_bits(const vn::graph& a, const vn::graph& b) {
  const auto equal = [](auto x, auto y) {
    return x.size() == y.size() && std::equal(x.begin(), x.end(), y.begin());
  };
  return a.vertex_count() == b.vertex_count() && a.direction() == b.direction() &&
         a.is_weighted() == b.is_weighted() && a.loop_count() == b.loop_count() &&
         a.parallel_arc_count() == b.parallel_arc_count() &&
         equal(a.out_offsets(), b.out_offsets()) && equal(a.out_targets(), b.out_targets()) &&
         equal(a.out_weights(), b.out_weights()) && equal(a.in_offsets(), b.in_offsets()) &&
         equal(a.in_sources(), b.in_sources()) && equal(a.in_weights(), b.in_weights());
}

/// A table that does not fit one bucket, with a hub of more arcs than a bucket may hold.
naive::table large_table(std::size_t rows, std::size_t hub_rows, bool weighted) {
  naive::dice random(99);
  naive::table t;
  const vn::vertex_id n = 100000;
  for (std::size_t row = 0; row < rows; ++row) {
    t.sources.push_back(row < hub_rows ? 77777 : random(n));
    t.targets.push_back(random(n));
    if (weighted) t.weights.push_back(static_cast<double>(random(100)) / 10.0);
  }
  return t;
}

}  // namespace

TEST_CASE("every policy, direction, key, both-ways and loop setting agrees with the naive table",
          "[builder]") {
  unsigned seed = 1;
  for (const vn::duplicates policy : policies) {
    for (const vn::direction direction : {vn::direction::directed, vn::direction::undirected}) {
      for (const vn::loops keep_loops : {vn::loops::keep, vn::loops::drop}) {
        for (unsigned columns = 0; columns < 8; ++columns) {
          for (const auto& [vertices, rows] :
               {std::tuple{1U, 3U}, {2U, 1U}, {3U, 12U}, {6U, 25U}, {30U, 10U}, {12U, 150U}}) {
            const naive::table t = naive::random_table({.vertices = vertices,
                                                        .rows = rows,
                                                        .weighted = (columns & 1U) != 0,
                                                        .keyed = (columns & 2U) != 0,
                                                        .some_both_ways = (columns & 4U) != 0},
                                                       seed++);
            check_against_naive(t, {.direction = direction,
                                    .vertex_count = vertices + seed % 3,
                                    .duplicates = policy,
                                    .loops = keep_loops});
          }
        }
      }
    }
  }
}

TEST_CASE("a table of many buckets and a hub agrees with a comparison sort", "[builder]") {
  for (const bool weighted : {false, true}) {
    const naive::table t = large_table(1'300'000, 1'150'000, weighted);
    std::vector<std::tuple<vn::vertex_id, vn::vertex_id, std::uint32_t>> arcs;
    for (std::uint32_t row = 0; row < t.sources.size(); ++row) {
      arcs.emplace_back(t.sources[row], t.targets[row], row);
    }
    std::sort(arcs.begin(), arcs.end());
    const vn::build_result built = vn::build_graph_with_rows(t.columns(), {});
    REQUIRE(built.graph.arc_count() == arcs.size());
    bool same = true;
    for (std::size_t i = 0; i < arcs.size(); ++i) {
      const auto& [source, target, row] = arcs[i];
      same = same && built.graph.out_targets()[i] == target && built.rows[i][0] == row &&
             built.graph.out_offsets()[source] <= i &&
             built.graph.out_offsets()[source + std::size_t{1}] > i;
      if (weighted) same = same && built.graph.out_weights()[i] == t.weights[row];
    }
    CHECK(same);

    std::sort(arcs.begin(), arcs.end(), [](const auto& a, const auto& b) {
      return std::tuple(std::get<1>(a), std::get<0>(a), std::get<2>(a)) <
             std::tuple(std::get<1>(b), std::get<0>(b), std::get<2>(b));
    });
    same = true;
    for (std::size_t i = 0; i < arcs.size(); ++i) {
      const auto& [source, target, row] = arcs[i];
      same = same && built.graph.in_sources()[i] == source &&
             built.graph.in_offsets()[target] <= i &&
             built.graph.in_offsets()[target + std::size_t{1}] > i;
      if (weighted) same = same && built.graph.in_weights()[i] == t.weights[row];
    }
    CHECK(same);
  }
}

TEST_CASE("the graph is the same bits at 1, 2 and 8 threads", "[builder]") {
  naive::table t = large_table(400'000, 100'000, true);
  for (std::size_t row = 0; row < t.sources.size(); ++row) {
    t.sources[row] %= 5000;  // plenty of repeats
    t.targets[row] %= 50;
    t.keys.push_back(static_cast<std::uint32_t>(row % 7));
  }
  for (const vn::duplicates policy :
       {vn::duplicates::sum, vn::duplicates::keep, vn::duplicates::count, vn::duplicates::first}) {
    for (const vn::direction direction : {vn::direction::directed, vn::direction::undirected}) {
      const vn::build_options options{.direction = direction, .duplicates = policy};
      const auto one = vn::build_graph_with_rows(t.columns(), options, {.threads = 1});
      for (const int threads : {2, 8}) {
        const auto many = vn::build_graph_with_rows(t.columns(), options, {.threads = threads});
        CHECK(same_bits(one.graph, many.graph));
        CHECK(one.merged == many.merged);
        bool same = one.rows.row_count() == many.rows.row_count();
        for (vn::arc_id arc = 0; same && arc < one.graph.arc_count(); ++arc) {
          same = std::ranges::equal(one.rows[arc], many.rows[arc]);
        }
        CHECK(same);
      }
    }
  }
}

TEST_CASE("weights of merged rows are added in table order", "[builder]") {
  // 1e16 + 1 + 1 - 1e16 is 0 from left to right and 2 in a better order.
  const std::vector<vn::edge> edges{{0, 1, 1e16}, {1, 0, 1.0}, {0, 1, 1.0}, {1, 0, -1e16}};
  const vn::graph g = vn::build_graph(
      edges, {.direction = vn::direction::undirected, .duplicates = vn::duplicates::sum});
  CHECK(g.out_weights(0)[0] == 0.0);
  CHECK(g.out_weights(1)[0] == 0.0);
}

TEST_CASE("an unweighted table becomes weighted only where merging made it so", "[builder]") {
  const auto build = [](const naive::table& t, vn::duplicates policy) {
    return vn::build_graph(t.columns(), {.duplicates = policy});
  };
  const naive::table once{
      .sources = {0, 1}, .targets = {1, 2}, .weights = {}, .keys = {}, .both_ways = {}};
  const naive::table twice{
      .sources = {0, 0}, .targets = {1, 1}, .weights = {}, .keys = {}, .both_ways = {}};
  for (const vn::duplicates policy :
       {vn::duplicates::sum, vn::duplicates::keep, vn::duplicates::count, vn::duplicates::first}) {
    CHECK_FALSE(build(once, policy).is_weighted());
    CHECK(build(twice, policy).is_weighted() ==
          (policy == vn::duplicates::sum || policy == vn::duplicates::count));
  }
  CHECK(build(twice, vn::duplicates::sum).weight(0) == 2.0);
}

TEST_CASE("null, singleton and isolated vertices", "[builder]") {
  for (const vn::direction direction : {vn::direction::directed, vn::direction::undirected}) {
    const vn::graph null = vn::build_graph(vn::edge_columns{}, {.direction = direction});
    CHECK(null.vertex_count() == 0);
    CHECK(null.edge_count() == 0);
    CHECK(null.direction() == direction);
    naive::arcs_of(null);
    const vn::graph isolated =
        vn::build_graph(vn::edge_columns{}, {.direction = direction, .vertex_count = 70000});
    CHECK(isolated.vertex_count() == 70000);
    CHECK(isolated.out_neighbors(69999).empty());
    CHECK(isolated.in_neighbors(0).empty());
    naive::arcs_of(isolated);
    const vn::graph loop =
        vn::build_graph(std::vector<vn::edge>{{0, 0, 1.0}}, {.direction = direction});
    CHECK(loop.arc_count() == 1);
    CHECK(loop.edge_count() == 1);
    CHECK(loop.loop_count() == 1);
    CHECK(loop.in_arc(0, 0) == 0);
  }
  naive::arcs_of(vn::graph{});
}

TEST_CASE("memory is what the documentation says", "[builder]") {
  const naive::table t = naive::random_table({.vertices = 1000, .rows = 5000, .weighted = true}, 5);
  naive::table unweighted = t;
  unweighted.weights.clear();
  const auto bytes = [](const naive::table& table, vn::direction direction) {
    return vn::build_graph(table.columns(), {.direction = direction, .vertex_count = 1000})
        .memory_bytes();
  };
  std::size_t loops = 0;
  for (std::size_t i = 0; i < 5000; ++i) loops += t.sources[i] == t.targets[i] ? 1 : 0;
  const std::size_t arcs = 2 * 5000 - loops;
  CHECK(bytes(unweighted, vn::direction::directed) == 2 * 8 * 1001 + 8 * 5000);
  CHECK(bytes(t, vn::direction::directed) == 2 * 8 * 1001 + 24 * 5000);
  CHECK(bytes(unweighted, vn::direction::undirected) == 8 * 1001 + 4 * arcs);
  CHECK(bytes(t, vn::direction::undirected) == 8 * 1001 + 12 * arcs);
}

TEST_CASE("columns that do not fit are refused with the field's name", "[builder]") {
  const std::vector<vn::vertex_id> two{0, 1};
  const std::vector<vn::vertex_id> one{0};
  const std::vector<double> weight{1.0};
  const std::vector<std::uint32_t> key{1};
  const std::vector<std::uint8_t> both{1};
  CHECK_THROWS_WITH(vn::build_graph(vn::edge_columns{.sources = two, .targets = one}),
                    Catch::Contains("edge_columns.targets has 1 entries, sources has 2"));
  CHECK_THROWS_WITH(
      vn::build_graph(vn::edge_columns{.sources = two, .targets = two, .weights = weight}),
      Catch::Contains("edge_columns.weights"));
  CHECK_THROWS_WITH(vn::build_graph(vn::edge_columns{.sources = two, .targets = two, .keys = key}),
                    Catch::Contains("edge_columns.keys"));
  CHECK_THROWS_WITH(
      vn::build_graph(vn::edge_columns{.sources = two, .targets = two, .both_ways = both}),
      Catch::Contains("edge_columns.both_ways"));
  CHECK_THROWS_WITH(
      vn::build_graph(vn::edge_columns{.sources = two, .targets = two}, {.vertex_count = 1}),
      Catch::Contains("vertex 1 stands in an edge, but build_options.vertex_count is 1"));
  const std::vector<vn::vertex_id> largest{vn::no_vertex};
  CHECK_THROWS_AS(vn::build_graph(vn::edge_columns{.sources = largest, .targets = largest}),
                  std::invalid_argument);
  CHECK_THROWS_AS(
      vn::build_graph(vn::edge_columns{.sources = two, .targets = two}, {}, {.threads = -1}),
      std::invalid_argument);
}

TEST_CASE("a caller's own edge type will do", "[builder]") {
  struct tie {
    int source;
    int target;
  };
  const std::list<tie> ties{{0, 2}, {2, 1}};
  const vn::graph g = vn::build_graph(ties);
  CHECK(g.vertex_count() == 3);
  CHECK_FALSE(g.is_weighted());
  CHECK(g.out_neighbors(0)[0] == 2);
  CHECK(g.out_neighbors(2)[0] == 1);
}

TEST_CASE("building stops when asked", "[builder]") {
  std::stop_source stop;
  stop.request_stop();
  const naive::table t = naive::random_table({}, 1);
  CHECK_THROWS_AS(vn::build_graph(t.columns(), {}, {.stop = stop.get_token()}), vn::cancelled);
}
