#include "valuenet/metrics/degree.hpp"

#include "valuenet/graph/gephi_view.hpp"
#include "valuenet/metrics/density.hpp"
#include "valuenet/synthesis/random_graph.hpp"

#include "catch.hpp"
#include "metrics/gephi_reference.hpp"
#include "metrics/structure_oracle.hpp"

namespace vn = valuenet;
using counts = std::vector<std::uint64_t>;

TEST_CASE("degrees count loops twice and parallel arcs each", "[degree]") {
  const std::vector<vn::edge> edges{{0, 0, 2.0}, {0, 1, 1.0}, {0, 1, 3.0}, {2, 0, 0.5}};
  const auto directed = vn::build_graph(edges, {.vertex_count = 4});
  CHECK(vn::degrees(directed) == counts{5, 2, 1, 0});
  CHECK(vn::degrees(directed, vn::degree_kind::in) == counts{2, 2, 0, 0});
  CHECK(vn::degrees(directed, vn::degree_kind::out) == counts{3, 0, 1, 0});
  CHECK(vn::weighted_degrees(directed) == std::vector<double>{8.5, 4.0, 0.5, 0.0});
  CHECK(vn::weighted_degrees(directed, vn::degree_kind::in) ==
        std::vector<double>{2.5, 4.0, 0.0, 0.0});

  const auto undirected =
      vn::build_graph(edges, {.direction = vn::direction::undirected, .vertex_count = 4});
  for (const auto kind : {vn::degree_kind::total, vn::degree_kind::in, vn::degree_kind::out}) {
    CHECK(vn::degrees(undirected, kind) == counts{5, 2, 1, 0});
    CHECK(vn::weighted_degrees(undirected, kind) == std::vector<double>{8.5, 4.0, 0.5, 0.0});
  }
}

TEST_CASE("degree averages follow the convention", "[degree]") {
  const auto directed = vn::path_graph(4, vn::direction::directed);
  CHECK(vn::average_degree(directed) == 0.75);
  CHECK(vn::average_degree(directed, vn::convention::networkx) == 1.5);
  CHECK(vn::average_degree(directed, vn::convention::igraph) == 1.5);
  const auto undirected = vn::path_graph(4);
  for (const auto convention : vn::conventions) {
    CHECK(vn::average_degree(undirected, convention) == 1.5);
    CHECK(vn::average_weighted_degree(undirected, convention) == 1.5);
  }
  CHECK_FALSE(vn::average_degree(vn::graph{}));
  CHECK_FALSE(vn::average_weighted_degree(vn::graph{}));
}

TEST_CASE("degree centralization of closed forms", "[degree]") {
  using kind = vn::degree_kind;
  CHECK(vn::degree_centralization(vn::star_graph(5)) == 1.0);
  CHECK(vn::degree_centralization(vn::cycle_graph(6)) == 0.0);
  CHECK(vn::degree_centralization(vn::complete_graph(5)) == 0.0);
  // Path of 4: degrees 1 2 2 1, sum of differences 2, over 3 * 2.
  CHECK(*vn::degree_centralization(vn::path_graph(4)) == Approx(1.0 / 3.0));
  const auto out_star = vn::star_graph(5, vn::direction::directed);
  CHECK(vn::degree_centralization(out_star, kind::out) == 1.0);
  // In-degrees 0 1 1 1 1 1 of 6: one difference of 1, over 25.
  CHECK(*vn::degree_centralization(out_star, kind::in) == Approx(1.0 / 25.0));
  CHECK(*vn::degree_centralization(out_star, kind::total) == Approx(20.0 / 40.0));
  CHECK_FALSE(vn::degree_centralization(vn::graph{}));
  CHECK_FALSE(vn::degree_centralization(vn::path_graph(2)));
  CHECK(vn::degree_centralization(vn::path_graph(2, vn::direction::directed), kind::out) == 1.0);

  // Loops and parallel arcs change nothing.
  const std::vector<vn::edge> edges{{0, 1}, {0, 1}, {0, 2}, {0, 3}, {1, 1}};
  CHECK(vn::degree_centralization(
            vn::build_graph(edges, {.direction = vn::direction::undirected})) == 1.0);
}

TEST_CASE("degrees of random graphs as counted from the matrix", "[degree]") {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const auto edges = oracle::random_edges(seed);
    const auto m = edges.as_matrix();
    const auto g = edges.graph();
    const auto total = vn::degrees(g);
    const auto out = vn::degrees(g, vn::degree_kind::out);
    const auto in = vn::degrees(g, vn::degree_kind::in);
    const auto weights = vn::weighted_degrees(g);
    std::uint64_t ends = 0;
    double weight_of_all = 0.0;
    std::map<std::uint64_t, std::uint64_t> frequencies;
    for (std::size_t v = 0; v < m.n; ++v) {
      std::uint64_t row = 0;
      std::uint64_t column = 0;
      double weight = 0.0;
      for (std::size_t u = 0; u < m.n; ++u) {
        row += m(v, u);
        column += m(u, v);
        weight += m.weight(v, u) + (m.directed ? m.weight(u, v) : 0.0);
      }
      if (!m.directed) {
        row += m(v, v);
        column = row;
        weight += m.weight(v, v);
      }
      REQUIRE(out[v] == row);
      REQUIRE(in[v] == column);
      REQUIRE(total[v] == (m.directed ? row + column : row));
      REQUIRE(weights[v] == weight);
      ends += total[v];
      weight_of_all += weight;
      ++frequencies[total[v]];
    }
    REQUIRE(ends == 2 * edges.list.size());
    if (m.n > 0) {
      const double n = static_cast<double>(m.n);
      REQUIRE(*vn::average_degree(g, vn::convention::networkx) ==
              Approx(static_cast<double>(ends) / n));
      REQUIRE(*vn::average_weighted_degree(g, vn::convention::networkx) ==
              Approx(weight_of_all / n));
      REQUIRE(*vn::average_weighted_degree(g) ==
              Approx(weight_of_all / n / (m.directed ? 2.0 : 1.0)));
    }
    std::vector<vn::degree_frequency> expected;
    for (const auto& [degree, vertices] : frequencies) expected.push_back({degree, vertices});
    REQUIRE(vn::degree_distribution(total) == expected);
  }
}

TEST_CASE("degree distribution takes huge degrees", "[degree]") {
  const counts degrees{3, std::uint64_t{1} << 40, 3, 0, (std::uint64_t{1} << 40) + 1};
  CHECK(vn::degree_distribution(degrees) ==
        std::vector<vn::degree_frequency>{
            {0, 1}, {3, 2}, {std::uint64_t{1} << 40, 1}, {(std::uint64_t{1} << 40) + 1, 1}});
  CHECK(vn::degree_distribution({}).empty());
}

TEST_CASE("density of closed forms", "[density]") {
  CHECK_FALSE(vn::density(vn::graph{}));
  CHECK_FALSE(vn::density(vn::path_graph(1)));
  CHECK(vn::density(vn::complete_graph(7)) == 1.0);
  CHECK(vn::density(vn::complete_graph(7, vn::direction::directed)) == 1.0);
  CHECK(*vn::density(vn::path_graph(4)) == Approx(0.5));
  CHECK(*vn::density(vn::path_graph(4, vn::direction::directed)) == Approx(0.25));
}

TEST_CASE("degrees and density agree with Gephi", "[degree][density][gephi]") {
  const auto cases = gephi_reference::cases(true);
  REQUIRE(cases.size() >= 44);
  for (const auto& each : cases) {
    INFO(each.name << '.' << each.variant);
    const auto network = gephi_reference::read(each);
    const auto& g = network.graph;
    const auto view = vn::gephi_undirected_view(g, network.arc_kinds);
    CHECK(static_cast<double>(g.edge_count()) == each.number("edges"));
    CHECK(static_cast<double>(view.edge_count()) == each.number("undirected_view_edges"));
    CHECK(*vn::average_degree(g) == Approx(each.number("average_degree")).epsilon(1e-12));
    CHECK(*vn::average_weighted_degree(g) ==
          Approx(each.number("average_weighted_degree")).epsilon(1e-12));
    CHECK(*vn::density(each.reads_directed() ? g : view) ==
          Approx(each.number("density")).epsilon(1e-12));
    const auto check = [&](const char* column, const char* weighted, vn::degree_kind kind) {
      const auto degree = vn::degrees(g, kind);
      const auto strength = vn::weighted_degrees(g, kind);
      for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
        REQUIRE(static_cast<double>(degree[v]) == each.node(network.names[v], column));
        REQUIRE(strength[v] == Approx(each.node(network.names[v], weighted)));
      }
    };
    check("degree", "weighted degree", vn::degree_kind::total);
    if (each.model_is_directed()) {
      check("indegree", "weighted indegree", vn::degree_kind::in);
      check("outdegree", "weighted outdegree", vn::degree_kind::out);
    }
  }
}

TEST_CASE("degree results do not depend on threads", "[degree]") {
  const auto g = vn::rmat({.scale = 12, .duplicates = vn::duplicates::sum});
  const auto one = vn::weighted_degrees(g, vn::degree_kind::total, {.threads = 1});
  for (const int threads : {2, 8}) {
    CHECK(vn::weighted_degrees(g, vn::degree_kind::total, {.threads = threads}) == one);
    CHECK(vn::degree_centralization(g, vn::degree_kind::total, {.threads = threads}) ==
          vn::degree_centralization(g, vn::degree_kind::total, {.threads = 1}));
    CHECK(vn::average_weighted_degree(g, vn::convention::gephi, {.threads = threads}) ==
          vn::average_weighted_degree(g, vn::convention::gephi, {.threads = 1}));
  }
}
