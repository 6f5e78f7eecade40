#include "valuenet/metrics/components.hpp"

#include "valuenet/error.hpp"
#include "valuenet/synthesis/random_graph.hpp"

#include <numeric>

#include "catch.hpp"
#include "metrics/gephi_reference.hpp"
#include "metrics/structure_oracle.hpp"

namespace vn = valuenet;
using labels = std::vector<vn::vertex_id>;
constexpr auto directed = vn::direction::directed;

namespace {

/// Who reaches whom, by repeated squaring of "one step or none".
std::vector<std::vector<bool>> reachability(const oracle::matrix& m, bool both_ways) {
  std::vector<std::vector<bool>> reach(m.n, std::vector<bool>(m.n, false));
  for (std::size_t u = 0; u < m.n; ++u) {
    for (std::size_t v = 0; v < m.n; ++v) {
      reach[u][v] = u == v || m(u, v) > 0 || (both_ways && m(v, u) > 0);
    }
  }
  for (std::size_t k = 0; k < m.n; ++k) {
    for (std::size_t u = 0; u < m.n; ++u) {
      for (std::size_t v = 0; v < m.n; ++v) {
        if (reach[u][k] && reach[k][v]) reach[u][v] = true;
      }
    }
  }
  return reach;
}

void require_classes(const vn::components_result& result,
                     const std::vector<std::vector<bool>>& reach) {
  const std::size_t n = reach.size();
  REQUIRE(result.component.size() == n);
  REQUIRE(result.sizes.size() == result.count);
  vn::vertex_id next = 0;
  for (std::size_t v = 0; v < n; ++v) {
    std::size_t size = 0;
    for (std::size_t u = 0; u < n; ++u) {
      const bool together = reach[u][v] && reach[v][u];
      REQUIRE((result.component[u] == result.component[v]) == together);
      size += together ? 1 : 0;
    }
    REQUIRE(result.sizes[result.component[v]] == size);
    REQUIRE(result.component[v] <= next);
    if (result.component[v] == next) ++next;
  }
  REQUIRE(next == result.count);
  if (n > 0) {
    for (const auto size : result.sizes) REQUIRE(size <= result.sizes[*result.largest]);
    for (vn::vertex_id c = 0; c < *result.largest; ++c) {
      REQUIRE(result.sizes[c] < result.sizes[*result.largest]);
    }
  } else {
    REQUIRE_FALSE(result.largest);
  }
}

}  // namespace

TEST_CASE("components of closed forms", "[components]") {
  CHECK(vn::weak_components(vn::graph{}).count == 0);
  CHECK(vn::strong_components(vn::graph{}).count == 0);
  CHECK(vn::weak_components(vn::path_graph(1)).component == labels{0});
  CHECK(vn::strong_components(vn::path_graph(5, directed)).component == labels{0, 1, 2, 3, 4});
  CHECK(vn::weak_components(vn::path_graph(5, directed)).count == 1);
  CHECK(vn::strong_components(vn::cycle_graph(5, directed)).count == 1);
  CHECK(vn::strong_components(vn::path_graph(5)).count == 1);

  // Two triangles joined by an arc, an isolated vertex in between, and a loop.
  const auto g = vn::build_graph(
      std::vector<vn::edge>{{5, 6}, {6, 1}, {1, 5}, {6, 0}, {0, 4}, {4, 2}, {2, 0}, {7, 7}},
      {.vertex_count = 8});
  const auto strong = vn::strong_components(g);
  CHECK(strong.component == labels{0, 1, 0, 2, 0, 1, 1, 3});
  CHECK(strong.sizes == labels{3, 3, 1, 1});
  CHECK(strong.largest == 0);
  const auto weak = vn::weak_components(g);
  CHECK(weak.component == labels{0, 0, 0, 1, 0, 0, 0, 2});
  CHECK(weak.sizes == labels{6, 1, 1});
}

TEST_CASE("components of random graphs as by reachability", "[components]") {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const auto edges = oracle::random_edges(seed, 14);
    const auto g = edges.graph();
    require_classes(vn::weak_components(g), reachability(edges.as_matrix(), true));
    require_classes(vn::strong_components(g), reachability(edges.as_matrix(), !edges.directed));
  }
}

TEST_CASE("strong components of a path of ten million vertices need no deep stack",
          "[components]") {
  constexpr vn::vertex_id n = 10'000'000;
  const auto path = vn::path_graph(n, directed);
  CHECK(vn::strong_components(path).count == n);
  CHECK(vn::strong_components(vn::cycle_graph(n / 10, directed)).count == 1);
}

TEST_CASE("components agree with Gephi", "[components][gephi]") {
  for (const auto& each : gephi_reference::cases(true)) {
    INFO(each.name << '.' << each.variant);
    const auto g = gephi_reference::read(each).graph;
    CHECK(vn::weak_components(g).count == each.number("weak_components"));
    if (each.has("strong_components")) {
      CHECK(vn::strong_components(g).count == each.number("strong_components"));
    }
  }
}

TEST_CASE("components of the classic networks", "[components][shared]") {
  std::ifstream in(oracle::shared("data/graphs/statistics.csv"));
  if (!in) {
    WARN("skipped: the classic networks are not here");
    return;
  }
  std::string line;
  std::getline(in, line);
  std::size_t networks = 0;
  while (std::getline(in, line)) {
    std::istringstream row(line);
    std::vector<std::string> fields;
    for (std::string field; std::getline(row, field, ',');) fields.push_back(field);
    INFO(fields[0]);
    const auto g = oracle::read_edge_list(oracle::shared("data/graphs/" + fields[0])).graph();
    const auto weak = vn::weak_components(g);
    CHECK(weak.count == std::stoull(fields[8]));
    CHECK(weak.sizes[*weak.largest] == std::stoull(fields[9]));
    if (g.is_directed()) {
      const auto strong = vn::strong_components(g);
      CHECK(strong.count == std::stoull(fields[19]));
      CHECK(strong.sizes[*strong.largest] == std::stoull(fields[18]));
    }
    ++networks;
  }
  CHECK(networks == 14);
}

TEST_CASE("components are the same at any number of threads and can be stopped", "[components]") {
  const auto g = vn::rmat({.scale = 13, .edge_factor = 2, .direction = directed});
  const auto weak = vn::weak_components(g, {.threads = 1});
  const auto strong = vn::strong_components(g, {.threads = 1});
  CHECK(std::accumulate(weak.sizes.begin(), weak.sizes.end(), 0U) == g.vertex_count());
  CHECK(strong.count >= weak.count);
  for (const int threads : {2, 8}) {
    CHECK(vn::weak_components(g, {.threads = threads}).component == weak.component);
    CHECK(vn::strong_components(g, {.threads = threads}).component == strong.component);
  }
  std::stop_source stop;
  stop.request_stop();
  CHECK_THROWS_AS(vn::weak_components(g, {.stop = stop.get_token()}), vn::cancelled);
  CHECK_THROWS_AS(vn::strong_components(g, {.stop = stop.get_token()}), vn::cancelled);
}
