#include "valuenet/metrics/clustering.hpp"

#include "valuenet/error.hpp"
#include "valuenet/graph/gephi_view.hpp"
#include "valuenet/graph/subgraph.hpp"
#include "valuenet/synthesis/random_graph.hpp"

#include "catch.hpp"
#include "metrics/gephi_reference.hpp"
#include "metrics/structure_oracle.hpp"

namespace vn = valuenet;
constexpr auto directed = vn::direction::directed;
constexpr auto gephi = vn::convention::gephi;
constexpr auto networkx = vn::convention::networkx;
constexpr auto igraph = vn::convention::igraph;

namespace {

struct expectation {
  std::vector<std::uint64_t> triangles;
  std::vector<double> local;
  std::vector<bool> defined;
  double closed_triples = 0.0;
  double triples = 0.0;
};

void set(expectation& e, std::size_t v, double closed, double possible) {
  e.defined[v] = possible > 0;
  e.local[v] = possible > 0 ? closed / possible : 0.0;
}

/// Neighbours of v as Gephi lists them: one entry an edge of the undirected view, v itself if
/// looped.
std::vector<std::size_t> gephi_neighbors(const oracle::matrix& m, std::size_t v) {
  std::vector<std::size_t> list;
  for (std::size_t u = 0; u < m.n; ++u) {
    std::uint64_t edges = std::max(m(u, v), m(v, u));
    if (!m.directed && edges > 1) edges = 1;
    for (std::uint64_t i = 0; i < edges; ++i) list.push_back(u);
  }
  return list;
}

expectation expect(const oracle::matrix& m, vn::convention convention) {
  expectation e{std::vector<std::uint64_t>(m.n, 0), std::vector<double>(m.n, 0.0),
                std::vector<bool>(m.n, false)};
  const auto a = [&](std::size_t u, std::size_t v) { return u != v && m(u, v) > 0 ? 1.0 : 0.0; };
  for (std::size_t v = 0; v < m.n; ++v) {
    double degree = 0.0;
    double sum_of_cubes = 0.0;
    double out_and_in = 0.0;
    double both = 0.0;
    for (std::size_t i = 0; i < m.n; ++i) {
      degree += m.tied(v, i) ? 1.0 : 0.0;
      out_and_in += a(v, i) + a(i, v);
      both += a(v, i) * a(i, v);
      for (std::size_t j = 0; j < m.n; ++j) {
        if (i < j && m.tied(v, i) && m.tied(v, j) && m.tied(i, j)) ++e.triangles[v];
        sum_of_cubes += (a(v, i) + a(i, v)) * (a(i, j) + a(j, i)) * (a(j, v) + a(v, j));
        if (convention == networkx && m.directed && i != j) {
          e.triples += a(v, i) * a(v, j);
          e.closed_triples += a(v, i) * a(v, j) * a(i, j);
        }
      }
    }
    const auto triangles = static_cast<double>(e.triangles[v]);
    if (convention != networkx || !m.directed) {
      e.triples += degree * (degree - 1.0);
      e.closed_triples += 2.0 * triangles;
    }
    if (convention == gephi && m.directed) {
      const auto neighbors = gephi_neighbors(m, v);
      double arcs = 0.0;
      for (const std::size_t one : neighbors) {
        for (const std::size_t other : neighbors) {
          if (one != other && m(one, other) > 0) arcs += 1.0;
        }
      }
      const auto k = static_cast<double>(neighbors.size());
      set(e, v, arcs, k * (k - 1.0));
    } else if (convention == networkx && m.directed) {
      set(e, v, sum_of_cubes, 2.0 * (out_and_in * (out_and_in - 1.0) - 2.0 * both));
    } else {
      const double k = degree + (convention == gephi && m(v, v) > 0 ? 1.0 : 0.0);
      set(e, v, 2.0 * triangles, k * (k - 1.0));
    }
  }
  return e;
}

void require_as(const vn::clustering_result& result, const expectation& e) {
  REQUIRE(result.triangles == e.triangles);
  std::uint64_t corners = 0;
  for (const std::uint64_t triangles : e.triangles) corners += triangles;
  REQUIRE(3 * result.triangle_count == corners);
  REQUIRE(result.defined == e.defined);
  for (std::size_t v = 0; v < e.local.size(); ++v) {
    REQUIRE(result.local[v] == Approx(e.local[v]).margin(1e-15));
  }
  if (e.triples > 0.0) {
    REQUIRE(*result.transitivity == Approx(e.closed_triples / e.triples).margin(1e-15));
  } else {
    REQUIRE_FALSE(result.transitivity);
  }
}

}  // namespace

TEST_CASE("clustering of closed forms", "[clustering]") {
  for (const auto convention : vn::conventions) {
    const auto complete = vn::clustering(vn::complete_graph(6), {.convention = convention});
    CHECK(complete.triangle_count == 20);
    CHECK(complete.triangles == std::vector<std::uint64_t>(6, 10));
    CHECK(complete.average == 1.0);
    CHECK(complete.transitivity == 1.0);
    const auto both_ways =
        vn::clustering(vn::complete_graph(6, directed), {.convention = convention});
    CHECK(both_ways.triangle_count == 20);
    CHECK(both_ways.average == 1.0);
    CHECK(both_ways.transitivity == 1.0);
    const auto star = vn::clustering(vn::star_graph(5), {.convention = convention});
    CHECK(star.triangle_count == 0);
    CHECK(star.transitivity == 0.0);
    CHECK(star.average == 0.0);
    CHECK(star.averaged_over == (convention == networkx ? 6 : 1));
    const auto null = vn::clustering(vn::graph{}, {.convention = convention});
    CHECK_FALSE(null.average);
    CHECK_FALSE(null.transitivity);
    CHECK(null.triangle_count == 0);
    CHECK(vn::clustering(vn::cycle_graph(5), {.convention = convention}).average == 0.0);
  }
  // A directed triangle: one of two arcs between the neighbours of each.
  const auto cycle = vn::cycle_graph(3, directed);
  CHECK(vn::clustering(cycle).average == 0.5);
  CHECK(vn::clustering(cycle, {.convention = networkx}).average == 0.5);
  CHECK(vn::clustering(cycle, {.convention = igraph}).average == 1.0);
  CHECK(vn::clustering(cycle, {.convention = networkx}).transitivity == std::nullopt);
}

TEST_CASE("clustering averages over the population asked for", "[clustering]") {
  // A triangle with a tail: coefficients 1, 1, 1/3, and an undefined one.
  const auto g = vn::build_graph(std::vector<vn::edge>{{0, 1}, {1, 2}, {2, 0}, {2, 3}},
                                 {.direction = vn::direction::undirected});
  using population = vn::clustering_population;
  CHECK(*vn::clustering(g).average == Approx(7.0 / 9.0));
  CHECK(vn::clustering(g).averaged_over == 3);
  CHECK(*vn::clustering(g, {.population = population::all}).average == Approx(7.0 / 12.0));
  CHECK(*vn::clustering(g, {.convention = networkx}).average == Approx(7.0 / 12.0));
  CHECK(*vn::clustering(g, {.convention = networkx, .population = population::defined}).average ==
        Approx(7.0 / 9.0));
  CHECK(*vn::clustering(g, {.convention = igraph}).average == Approx(7.0 / 9.0));
  CHECK(*vn::clustering(g).transitivity == Approx(3.0 / 5.0));
  const auto isolated = vn::build_graph(std::vector<vn::edge>{}, {.vertex_count = 3});
  CHECK(vn::clustering(isolated).average == 0.0);
  CHECK_FALSE(vn::clustering(isolated, {.convention = igraph}).average);
}

TEST_CASE("clustering of random graphs as by loops over all triples", "[clustering]") {
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    const auto edges = oracle::random_edges(seed, seed % 10 == 0 ? 30 : 11);
    const auto m = edges.as_matrix();
    const auto g = edges.graph();
    for (const auto convention : vn::conventions) {
      INFO("seed " << seed << ' ' << vn::to_string(convention));
      require_as(vn::clustering(g, {.convention = convention}, {.threads = 2}),
                 expect(m, convention));
    }
  }
}

TEST_CASE("clustering does not care how vertices are numbered", "[clustering]") {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    auto edges = oracle::random_edges(seed, 25);
    const auto before = vn::clustering(edges.graph());
    std::vector<vn::vertex_id> names(edges.n);
    for (vn::vertex_id v = 0; v < edges.n; ++v) names[v] = v;
    vn::detail::random_stream random(seed, 5);
    random.shuffle(names);
    for (auto& each : edges.list) {
      each.source = names[each.source];
      each.target = names[each.target];
    }
    const auto after = vn::clustering(edges.graph());
    for (vn::vertex_id v = 0; v < edges.n; ++v) {
      REQUIRE(before.triangles[v] == after.triangles[names[v]]);
      REQUIRE(before.local[v] == after.local[names[v]]);
    }
  }
}

TEST_CASE("clustering agrees with Gephi", "[clustering][gephi]") {
  for (const auto& each : gephi_reference::cases(true)) {
    INFO(each.name << '.' << each.variant);
    const auto network = gephi_reference::read(each);
    const auto result =
        each.reads_directed()
            ? vn::clustering(network.graph, {.arc_kinds = network.arc_kinds})
            : vn::clustering(vn::gephi_undirected_view(network.graph, network.arc_kinds));
    if (each.has("average_clustering")) {
      CHECK(*result.average == Approx(each.number("average_clustering")).margin(1e-6));
    } else {
      CHECK_FALSE(result.average);  // Gephi: NaN
    }
    if (each.has("total_triangles")) {
      CHECK(static_cast<double>(result.triangle_count) == each.number("total_triangles"));
    }
    for (vn::vertex_id v = 0; v < network.graph.vertex_count(); ++v) {
      REQUIRE(result.local[v] == Approx(each.node(network.names[v], "clustering")).margin(1e-6));
      if (each.has("total_triangles")) {
        REQUIRE(static_cast<double>(result.triangles[v]) ==
                each.node(network.names[v], "Triangles"));
      }
    }
  }
}

TEST_CASE("clustering of the classic networks", "[clustering][shared]") {
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
    const auto g = vn::simple_view(vn::undirected_view(
        oracle::read_edge_list(oracle::shared("data/graphs/" + fields[0])).graph()));
    const auto all = vn::clustering(g, {.convention = networkx});
    const auto defined = vn::clustering(g, {.convention = igraph});
    CHECK(g.edge_count() == std::stoull(fields[6]));
    CHECK(*all.average == Approx(std::stod(fields[12])).margin(6e-5));
    CHECK(*defined.average == Approx(std::stod(fields[13])).margin(6e-5));
    CHECK(all.triangle_count == std::stoull(fields[14]));
    CHECK(*all.transitivity == Approx(std::stod(fields[15])).margin(6e-5));
    ++networks;
  }
  CHECK(networks == 14);
}

TEST_CASE("clustering is the same at any number of threads", "[clustering]") {
  const auto g = vn::rmat({.scale = 12,
                           .direction = directed,
                           .duplicates = vn::duplicates::keep,
                           .loops = vn::loops::keep});
  for (const auto convention : vn::conventions) {
    const auto one = vn::clustering(g, {.convention = convention}, {.threads = 1});
    for (const int threads : {2, 8}) {
      const auto many = vn::clustering(g, {.convention = convention}, {.threads = threads});
      CHECK(many.triangles == one.triangles);
      CHECK(many.local == one.local);
      CHECK(many.average == one.average);
      CHECK(many.transitivity == one.transitivity);
    }
  }
}

TEST_CASE("clustering refuses kinds of the wrong length and can be stopped", "[clustering]") {
  const auto g = vn::complete_graph(4);
  const std::vector<std::uint32_t> kinds(3, 0);
  CHECK_THROWS_AS(vn::clustering(g, {.arc_kinds = kinds}), std::invalid_argument);
  std::stop_source stop;
  stop.request_stop();
  CHECK_THROWS_AS(vn::clustering(g, {}, {.stop = stop.get_token()}), vn::cancelled);
}
