#include "valuenet/metrics/modularity.hpp"

#include "valuenet/graph/gephi_view.hpp"
#include "valuenet/metrics/degree.hpp"
#include "valuenet/synthesis/random_graph.hpp"

#include <limits>

#include "catch.hpp"
#include "metrics/gephi_reference.hpp"
#include "metrics/structure_oracle.hpp"

namespace vn = valuenet;
using partition = std::vector<std::uint32_t>;
constexpr auto networkx = vn::convention::networkx;
constexpr auto igraph = vn::convention::igraph;

namespace {

/// The definition over all pairs: sum of (w_uv / W - k_out(u) k_in(v) / W^2) [c(u) = c(v)].
std::optional<double> over_pairs(const std::vector<std::vector<double>>& w, const partition& c,
                                 double bonds_factor, double expected_factor) {
  const std::size_t n = w.size();
  double total = 0.0;
  std::vector<double> out(n, 0.0);
  std::vector<double> in(n, 0.0);
  for (std::size_t u = 0; u < n; ++u) {
    for (std::size_t v = 0; v < n; ++v) {
      total += w[u][v];
      out[u] += w[u][v];
      in[v] += w[u][v];
    }
  }
  if (total == 0.0) return std::nullopt;
  double q = 0.0;
  for (std::size_t u = 0; u < n; ++u) {
    for (std::size_t v = 0; v < n; ++v) {
      if (c[u] != c[v]) continue;
      q += bonds_factor * w[u][v] / total - expected_factor * out[u] * in[v] / total / total;
    }
  }
  return q;
}

/// Gephi's pair rule on a list of edges of one kind: the i-th u->v against the i-th v->u.
std::vector<std::vector<double>> gephi_weights(const oracle::edges& edges) {
  const auto m = edges.as_matrix();
  std::vector<std::vector<double>> w(m.n, std::vector<double>(m.n, 0.0));
  for (std::size_t later = 0; later < m.n; ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      std::vector<double> up;
      std::vector<double> down;
      for (const auto& each : edges.list) {
        if (each.source == later && each.target == earlier) up.push_back(each.weight);
        if (each.source == earlier && each.target == later) down.push_back(each.weight);
      }
      double weight = 0.0;
      for (const double each : up) weight += each;
      for (std::size_t i = edges.directed ? up.size() : 0; i < down.size(); ++i) weight += down[i];
      w[later][earlier] = w[earlier][later] = weight;
    }
  }
  return w;
}

void require_close(const std::optional<double>& found, const std::optional<double>& expected) {
  REQUIRE(found.has_value() == expected.has_value());
  if (expected) REQUIRE(*found == Approx(*expected).margin(1e-13));
}

}  // namespace

TEST_CASE("modularity of closed forms", "[modularity]") {
  // Two triangles joined by an edge: W = 7, bonds 6/7, degrees 7 of 14 on each side.
  const auto barbell =
      vn::build_graph(std::vector<vn::edge>{{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5}, {5, 3}, {2, 3}},
                      {.direction = vn::direction::undirected});
  const partition sides{7, 7, 7, 2, 2, 2};
  for (const auto convention : vn::conventions) {
    CHECK(*vn::modularity(barbell, sides, {.convention = convention}) == Approx(6.0 / 7.0 - 0.5));
    CHECK(*vn::modularity(barbell, partition(6, 0), {.convention = convention}) ==
          Approx(0.0).margin(1e-15));
    CHECK_FALSE(vn::modularity(vn::graph{}, {}, {.convention = convention}));
  }
  CHECK(*vn::modularity(barbell, sides, {.resolution = 2.0}) == Approx(12.0 / 7.0 - 0.5));
  CHECK(*vn::modularity(barbell, sides, {.convention = networkx, .resolution = 2.0}) ==
        Approx(6.0 / 7.0 - 1.0));

  // A directed cycle of four cut in two: two of four arcs within; out- and in-degrees 2 and 2.
  const auto cycle = vn::cycle_graph(4, vn::direction::directed);
  CHECK(*vn::modularity(cycle, partition{0, 0, 1, 1}, {.convention = networkx}) ==
        Approx(0.5 - 0.5));
}

TEST_CASE("modularity treats loops as its convention does", "[modularity]") {
  const std::vector<vn::edge> edges{{0, 0, 2.0}, {0, 1, 1.0}};
  const partition apart{0, 1};
  const auto undirected = vn::build_graph(edges, {.direction = vn::direction::undirected});
  CHECK(*vn::modularity(undirected, apart) == Approx(-0.5));
  // W = 3, degrees 5 and 1 of 6.
  CHECK(*vn::modularity(undirected, apart, {.convention = igraph}) ==
        Approx(2.0 / 3.0 - 26.0 / 36.0));
  const auto directed = vn::build_graph(edges);
  CHECK(*vn::modularity(directed, apart, {.convention = igraph}) ==
        Approx(2.0 / 3.0 - (3.0 * 2.0 + 0.0 * 1.0) / 9.0).margin(1e-15));
  CHECK(*vn::modularity(undirected, apart,
                        {.convention = igraph, .weights = vn::arc_weights::ignore}) ==
        Approx(1.0 / 2.0 - 10.0 / 16.0));
}

TEST_CASE("modularity of random graphs as by its definition over pairs", "[modularity]") {
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    const auto edges = oracle::random_edges(seed);
    const auto g = edges.graph();
    const auto m = edges.as_matrix();
    vn::detail::random_stream random(seed, 3);
    partition c(m.n);
    for (auto& each : c) each = static_cast<std::uint32_t>(random.below(4)) * 1'000'000'007U;
    const double resolution = static_cast<double>(random.below(5)) / 2.0;

    std::vector<std::vector<double>> w(m.n, std::vector<double>(m.n, 0.0));
    std::vector<std::vector<double>> plain = w;
    for (std::size_t u = 0; u < m.n; ++u) {
      for (std::size_t v = 0; v < m.n; ++v) {
        const double times = !m.directed && u == v ? 2.0 : 1.0;
        w[u][v] = times * m.weight(u, v);
        plain[u][v] = times * static_cast<double>(m(u, v));
      }
    }
    for (const auto convention : {networkx, igraph}) {
      require_close(vn::modularity(g, c, {.convention = convention, .resolution = resolution}),
                    over_pairs(w, c, 1.0, resolution));
      require_close(vn::modularity(g, c,
                                   {.convention = convention,
                                    .resolution = resolution,
                                    .weights = vn::arc_weights::ignore}),
                    over_pairs(plain, c, 1.0, resolution));
    }
    require_close(vn::modularity(g, c, {.resolution = resolution}),
                  over_pairs(gephi_weights(edges), c, resolution, 1.0));
  }
}

TEST_CASE("modularity of the partitions that Gephi found", "[modularity][gephi]") {
  for (const auto& each : gephi_reference::cases(true)) {
    INFO(each.name << '.' << each.variant);
    const auto network = gephi_reference::read(each);
    partition classes;
    for (const std::string& name : network.names) {
      classes.push_back(static_cast<std::uint32_t>(each.node(name, "modularity_class")));
    }
    CHECK(*vn::modularity(network.graph, classes, {.arc_kinds = network.arc_kinds}) ==
          Approx(each.number("modularity")).margin(1e-9));
  }
}

TEST_CASE("modularity under gephi depends on the numbering of weighted pairs", "[modularity]") {
  const std::vector<vn::edge> edges{{0, 1, 5.0}, {1, 0, 1.0}, {1, 2, 1.0}};
  const auto view = vn::gephi_undirected_view(vn::build_graph(edges));
  CHECK(view.edge_count() == 2);
  CHECK(view.out_weights(0)[0] == 1.0);
  const std::vector<vn::edge> renumbered{{1, 0, 5.0}, {0, 1, 1.0}, {0, 2, 1.0}};
  CHECK(vn::gephi_undirected_view(vn::build_graph(renumbered)).out_weights(0)[0] == 5.0);
}

TEST_CASE("the undirected view pairs arcs of one kind only", "[gephi_view]") {
  const std::vector<vn::edge> edges{{0, 1, 1.0}, {0, 1, 2.0}, {1, 0, 5.0}, {2, 2, 1.0}};
  const auto g = vn::build_graph(edges);
  // Of one kind: the first 0->1 is the partner of 1->0 and goes.
  CHECK(vn::gephi_undirected_view(g).edge_count() == 3);
  CHECK(vn::weighted_degrees(vn::gephi_undirected_view(g))[0] == 7.0);
  CHECK(vn::gephi_undirected_view(g, std::vector<std::uint32_t>{4, 9, 9, 0}).edge_count() == 3);
  CHECK(vn::weighted_degrees(
            vn::gephi_undirected_view(g, std::vector<std::uint32_t>{4, 9, 9, 0}))[0] == 6.0);
  CHECK(vn::gephi_undirected_view(g, std::vector<std::uint32_t>{4, 9, 7, 0}).edge_count() == 4);
  CHECK_THROWS_AS(vn::gephi_undirected_view(g, std::vector<std::uint32_t>{1}),
                  std::invalid_argument);
}

TEST_CASE("modularity refuses what it cannot use", "[modularity]") {
  const auto g = vn::path_graph(3);
  CHECK_THROWS_AS(vn::modularity(g, partition{0, 0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::modularity(g, partition(3, 0), {.resolution = -1.0}), std::invalid_argument);
  CHECK_THROWS_AS(
      vn::modularity(g, partition(3, 0), {.resolution = std::numeric_limits<double>::infinity()}),
      std::invalid_argument);
  const std::vector<vn::edge> negative{{0, 1, -1.0}, {1, 2, 1.0}};
  CHECK_THROWS_AS(vn::modularity(vn::build_graph(negative), partition(3, 0)),
                  std::invalid_argument);
  const std::vector<vn::edge> weightless{{0, 1, 0.0}};
  CHECK_FALSE(vn::modularity(vn::build_graph(weightless), partition(2, 0)));
}

TEST_CASE("modularity is the same at any number of threads", "[modularity]") {
  const auto g = vn::rmat(
      {.scale = 12, .direction = vn::direction::directed, .duplicates = vn::duplicates::sum});
  partition c(g.vertex_count());
  for (std::size_t v = 0; v < c.size(); ++v) c[v] = static_cast<std::uint32_t>(v % 10);
  for (const auto convention : vn::conventions) {
    const auto one = vn::modularity(g, c, {.convention = convention}, {.threads = 1});
    CHECK(vn::modularity(g, c, {.convention = convention}, {.threads = 2}) == one);
    CHECK(vn::modularity(g, c, {.convention = convention}, {.threads = 8}) == one);
  }
}
