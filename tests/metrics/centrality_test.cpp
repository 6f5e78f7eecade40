#include "valuenet/graph/gephi_view.hpp"
#include "valuenet/metrics/eigenvector.hpp"
#include "valuenet/metrics/hits.hpp"
#include "valuenet/metrics/katz.hpp"
#include "valuenet/metrics/pagerank.hpp"
#include "valuenet/synthesis/random_graph.hpp"

#include <limits>
#include <numeric>

#include <Eigen/Dense>

#include "catch.hpp"
#include "detail/pull_matrix.hpp"
#include "metrics/gephi_reference.hpp"
#include "metrics/structure_oracle.hpp"

namespace vn = valuenet;
constexpr auto directed = vn::direction::directed;
constexpr auto networkx = vn::convention::networkx;
constexpr auto igraph = vn::convention::igraph;

namespace {

Eigen::MatrixXd dense(const oracle::matrix& m, bool weighted, double undirected_loop) {
  const auto n = static_cast<Eigen::Index>(m.n);
  Eigen::MatrixXd a(n, n);
  for (Eigen::Index u = 0; u < n; ++u) {
    for (Eigen::Index v = 0; v < n; ++v) {
      const auto i = static_cast<std::size_t>(u);
      const auto j = static_cast<std::size_t>(v);
      a(u, v) = weighted ? m.weight(i, j) : static_cast<double>(m(i, j));
      if (u == v && !m.directed) a(u, v) *= undirected_loop;
    }
  }
  return a;
}

/// PageRank by solving its linear equations.
Eigen::VectorXd solve_pagerank(const Eigen::MatrixXd& a, double damping,
                               const Eigen::VectorXd& jump) {
  const Eigen::Index n = a.rows();
  Eigen::MatrixXd p(n, n);  // p(v, u): the chance to go from u to v
  for (Eigen::Index u = 0; u < n; ++u) {
    const double out = a.row(u).sum();
    for (Eigen::Index v = 0; v < n; ++v) p(v, u) = out > 0.0 ? a(u, v) / out : jump(v);
  }
  const Eigen::MatrixXd system = Eigen::MatrixXd::Identity(n, n) - damping * p;
  return system.partialPivLu().solve((1.0 - damping) * jump);
}

vn::graph karate() {
  return oracle::read_edge_list(oracle::shared("data/graphs/karate.tsv")).graph();
}
bool have_karate() {
  return std::filesystem::exists(oracle::shared("data/graphs/karate.tsv"));
}

}  // namespace

TEST_CASE("pagerank of closed forms", "[pagerank]") {
  for (const auto convention : vn::conventions) {
    CHECK(vn::pagerank(vn::graph{}, {.convention = convention}).score.empty());
    const auto cycle = vn::pagerank(vn::cycle_graph(5, directed), {.convention = convention});
    CHECK(cycle.converged);
    for (const double score : cycle.score) CHECK(score == Approx(0.2));
    const auto alone = vn::pagerank(vn::build_graph(std::vector<vn::edge>{}, {.vertex_count = 1}),
                                    {.convention = convention});
    CHECK(alone.score == std::vector<double>{1.0});
  }
  // Two leaves around a centre: c = 0.05 + 0.85 * 2 l, l = 0.05 + 0.425 c.
  const auto star = vn::pagerank(vn::star_graph(2), {.convention = igraph});
  CHECK(star.converged);
  CHECK(star.score[0] == Approx((0.05 + 0.85 * 0.1) / (1 - 0.85 * 0.85)).epsilon(1e-9));
  CHECK(star.score[1] == Approx(star.score[2]));
}

TEST_CASE("pagerank of random graphs solves its equations", "[pagerank]") {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const auto edges = oracle::random_edges(seed);
    const auto m = edges.as_matrix();
    if (m.n == 0) continue;
    const auto n = static_cast<Eigen::Index>(m.n);
    vn::detail::random_stream random(seed, 4);
    std::vector<double> jump_weights(m.n);
    for (double& weight : jump_weights) weight = static_cast<double>(random.below(4));
    jump_weights[random.below(m.n)] += 1.0;
    Eigen::VectorXd jump = Eigen::Map<Eigen::VectorXd>(jump_weights.data(), n);
    jump /= jump.sum();
    const Eigen::VectorXd uniform = Eigen::VectorXd::Constant(n, 1.0 / static_cast<double>(m.n));
    const double damping = 0.5 + 0.1 * static_cast<double>(random.below(5));
    for (const bool weighted : {false, true}) {
      for (const bool jumping : {false, true}) {
        for (const auto convention : {networkx, igraph}) {
          const auto result = vn::pagerank(
              edges.graph(),
              {.convention = convention,
               .damping = damping,
               .tolerance = 1e-13,
               .weights = weighted ? vn::arc_weights::use : vn::arc_weights::ignore,
               .jump_weights = jumping ? std::span(jump_weights) : std::span<const double>{}});
          REQUIRE(result.converged);
          const Eigen::VectorXd expected =
              solve_pagerank(dense(m, weighted, convention == igraph ? 2.0 : 1.0), damping,
                             jumping ? jump : uniform);
          for (Eigen::Index v = 0; v < n; ++v) {
            REQUIRE(result.score[static_cast<std::size_t>(v)] == Approx(expected(v)).margin(1e-11));
          }
          REQUIRE(std::accumulate(result.score.begin(), result.score.end(), 0.0) == Approx(1.0));
        }
      }
    }
  }
}

TEST_CASE("pagerank agrees with Gephi", "[pagerank][gephi]") {
  for (const auto& each : gephi_reference::cases(true)) {
    INFO(each.name << '.' << each.variant);
    const auto network = gephi_reference::read(each);
    const auto& g = network.graph;
    const auto result =
        vn::pagerank(each.reads_directed() ? g : vn::gephi_undirected_view(g, network.arc_kinds));
    CHECK(result.converged);
    for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
      REQUIRE(result.score[v] == Approx(each.node(network.names[v], "pageranks")).epsilon(1e-12));
    }
  }
}

TEST_CASE("eigenvector centrality of closed forms", "[eigenvector]") {
  CHECK(vn::eigenvector(vn::graph{}).score.empty());
  const auto complete = vn::eigenvector(vn::complete_graph(6));
  CHECK(*complete.eigenvalue == Approx(5.0));
  CHECK(complete.score == std::vector<double>(6, 1.0));
  // Star: the square root of the leaves, at the centre and as eigenvalue (a bipartite graph).
  const auto star = vn::eigenvector(vn::star_graph(9));
  CHECK(star.converged);
  CHECK(*star.eigenvalue == Approx(3.0));
  CHECK(star.score[5] == Approx(1.0 / 3.0));
  const auto path = vn::eigenvector(vn::path_graph(4, directed));
  CHECK(path.converged);
  CHECK_FALSE(path.eigenvalue);
  CHECK(path.score == std::vector<double>(4, 0.0));
  // A directed cycle with a tail: the tail is pointed to, so it counts as much.
  const auto tailed = vn::eigenvector(
      vn::build_graph(std::vector<vn::edge>{{0, 1}, {1, 2}, {2, 0}, {2, 3}, {4, 0}}));
  CHECK(*tailed.eigenvalue == Approx(1.0));
  for (const std::size_t v : {0U, 1U, 2U, 3U}) CHECK(tailed.score[v] == Approx(1.0));
  CHECK(tailed.score[4] == Approx(0.0).margin(1e-9));
  const auto weightless = vn::build_graph(std::vector<vn::edge>{{0, 1, 0.0}, {1, 0, 0.0}});
  CHECK_FALSE(vn::eigenvector(weightless, {.weights = vn::arc_weights::use}).eigenvalue);
}

TEST_CASE("eigenvector centrality of random graphs as by dense decomposition", "[eigenvector]") {
  std::size_t compared = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const auto edges = oracle::random_edges(seed);
    const auto m = edges.as_matrix();
    if (m.n == 0) continue;
    for (const bool weighted : {false, true}) {
      const Eigen::MatrixXd a = dense(m, weighted, 1.0);
      const auto result = vn::eigenvector(
          edges.graph(), {.weights = weighted ? vn::arc_weights::use : vn::arc_weights::ignore,
                          .scale = vn::score_scale::euclidean});
      const Eigen::VectorXcd values = a.transpose().eigenvalues();
      const double largest = values.cwiseAbs().maxCoeff();
      if (!result.eigenvalue) {
        REQUIRE(largest < 1e-3);  // nilpotent: rounding leaves its n-th root
        continue;
      }
      // Only where nothing is near the largest eigenvalue does the iteration settle quickly.
      if (!result.converged) continue;
      REQUIRE(*result.eigenvalue == Approx(largest).epsilon(1e-8));
      const Eigen::Map<const Eigen::VectorXd> x(result.score.data(), a.rows());
      REQUIRE((a.transpose() * x - *result.eigenvalue * x).norm() <= 1e-9 * largest);
      REQUIRE(x.minCoeff() >= 0.0);
      REQUIRE(x.norm() == Approx(1.0));
      ++compared;
    }
  }
  REQUIRE(compared > 400);
}

TEST_CASE("hubs and authorities of closed forms", "[hits]") {
  CHECK(vn::hits(vn::graph{}).hub.empty());
  const auto star = vn::hits(vn::star_graph(4, directed));
  CHECK(star.converged);
  CHECK(*star.singular_value == Approx(2.0));
  CHECK(star.hub == std::vector<double>{1, 0, 0, 0, 0});
  CHECK(star.authority == std::vector<double>{0, 1, 1, 1, 1});
  const auto none = vn::hits(vn::build_graph(std::vector<vn::edge>{}, {.vertex_count = 3}));
  CHECK(none.converged);
  CHECK_FALSE(none.singular_value);
  CHECK(none.hub == std::vector<double>(3, 0.0));
}

TEST_CASE("hubs and authorities of random graphs as by dense decomposition", "[hits]") {
  std::size_t compared = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const auto edges = oracle::random_edges(seed);
    const auto m = edges.as_matrix();
    if (m.n == 0 || edges.list.empty()) continue;
    const Eigen::MatrixXd a = dense(m, false, 1.0);
    const Eigen::JacobiSVD<Eigen::MatrixXd> svd(a, Eigen::ComputeFullU | Eigen::ComputeFullV);
    const auto sigma = svd.singularValues();
    const auto result = vn::hits(edges.graph(), {.scale = vn::score_scale::euclidean});
    REQUIRE(*result.singular_value == Approx(sigma(0)).epsilon(1e-8));
    if (sigma.size() > 1 && sigma(1) > 0.9 * sigma(0)) continue;
    REQUIRE(result.converged);
    for (Eigen::Index v = 0; v < a.rows(); ++v) {
      REQUIRE(result.hub[static_cast<std::size_t>(v)] ==
              Approx(std::abs(svd.matrixU()(v, 0))).margin(1e-8));
      REQUIRE(result.authority[static_cast<std::size_t>(v)] ==
              Approx(std::abs(svd.matrixV()(v, 0))).margin(1e-8));
    }
    ++compared;
  }
  REQUIRE(compared > 100);
}

TEST_CASE("katz centrality solves its equations", "[katz]") {
  CHECK(vn::katz(vn::graph{}).score.empty());
  // A directed path: 1, 1 + a, 1 + a + a^2.
  const auto path = vn::katz(vn::path_graph(3, directed), {.attenuation = 0.5});
  CHECK(path.score == std::vector<double>{1.0, 1.5, 1.75});
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const auto edges = oracle::random_edges(seed);
    const auto m = edges.as_matrix();
    if (m.n == 0) continue;
    for (const bool weighted : {false, true}) {
      const Eigen::MatrixXd a = dense(m, weighted, 1.0);
      const double largest = a.eigenvalues().cwiseAbs().maxCoeff();
      const double attenuation = largest > 0.0 ? 0.8 / std::max(largest, 0.1) : 0.3;
      const auto result = vn::katz(
          edges.graph(), {.attenuation = attenuation,
                          .base = 2.0,
                          .weights = weighted ? vn::arc_weights::use : vn::arc_weights::ignore});
      REQUIRE(result.converged);
      const Eigen::MatrixXd system =
          Eigen::MatrixXd::Identity(a.rows(), a.rows()) - attenuation * a.transpose();
      const Eigen::VectorXd expected =
          system.partialPivLu().solve(Eigen::VectorXd::Constant(a.rows(), 2.0));
      for (Eigen::Index v = 0; v < a.rows(); ++v) {
        REQUIRE(result.score[static_cast<std::size_t>(v)] == Approx(expected(v)).epsilon(1e-9));
      }
    }
  }
  const auto diverging = vn::katz(vn::complete_graph(10), {.attenuation = 0.5});
  CHECK_FALSE(diverging.converged);
  for (const double score : diverging.score) CHECK(std::isfinite(score));
}

TEST_CASE("centralities of Zachary's club as NetworkX computes them", "[centrality][shared]") {
  if (!have_karate()) {
    WARN("skipped: the classic networks are not here");
    return;
  }
  // NetworkX 3.6.1 without weights, tolerance 1e-14 where it takes one; its hits divided by the
  // sum.
  const auto g = karate();
  const auto rank = vn::pagerank(g, {.convention = networkx});
  CHECK(rank.score[0] == Approx(0.09700181758983709).epsilon(1e-12));
  CHECK(rank.score[33] == Approx(0.1009179167487121).epsilon(1e-12));
  CHECK(rank.score[11] == Approx(0.009564916863537148).epsilon(1e-12));
  const auto eigen = vn::eigenvector(g, {.scale = vn::score_scale::euclidean});
  CHECK(eigen.score[0] == Approx(0.35549144452448955).epsilon(1e-9));
  CHECK(eigen.score[33] == Approx(0.37336347029155703).epsilon(1e-9));
  CHECK(eigen.score[11] == Approx(0.05285569749350583).epsilon(1e-9));
  const auto walks = vn::katz(g, {.scale = vn::score_scale::euclidean});
  CHECK(walks.score[0] == Approx(0.3213246219124109).epsilon(1e-9));
  CHECK(walks.score[33] == Approx(0.33140642739978216).epsilon(1e-9));
  CHECK(walks.score[11] == Approx(0.09661671600809041).epsilon(1e-9));
  const auto sides = vn::hits(g, {.scale = vn::score_scale::sum});
  CHECK(sides.hub[0] == Approx(0.07141272880825196).epsilon(1e-9));
  CHECK(sides.authority[33] == Approx(0.07500294215657555).epsilon(1e-9));
}

TEST_CASE("centralities of relabelled rows, at any number of threads", "[centrality]") {
  // Enough vertices that the rows are relabelled inside.
  const auto g = vn::rmat({.scale = 17, .edge_factor = 2, .direction = directed});
  const auto rank = vn::pagerank(g, {.convention = networkx}, {.threads = 1});
  const auto eigen = vn::eigenvector(g, {.max_iterations = 20}, {.threads = 1});
  const auto sides = vn::hits(g, {.max_iterations = 20}, {.threads = 1});
  const auto walks = vn::katz(g, {.attenuation = 0.001}, {.threads = 1});
  for (const int threads : {2, 8}) {
    const vn::execution exec{.threads = threads};
    CHECK(vn::pagerank(g, {.convention = networkx}, exec).score == rank.score);
    CHECK(vn::eigenvector(g, {.max_iterations = 20}, exec).score == eigen.score);
    CHECK(vn::hits(g, {.max_iterations = 20}, exec).hub == sides.hub);
    CHECK(vn::hits(g, {.max_iterations = 20}, exec).authority == sides.authority);
    CHECK(vn::katz(g, {.attenuation = 0.001}, exec).score == walks.score);
  }
  // One more round by plain loops leaves PageRank and Katz where they are.
  std::vector<double> next(g.vertex_count(), 0.0);
  std::vector<double> walked(g.vertex_count(), 1.0);
  double dangling = 0.0;
  for (vn::vertex_id u = 0; u < g.vertex_count(); ++u) {
    if (g.out_arc_count(u) == 0) dangling += rank.score[u];
    for (const vn::vertex_id v : g.out_neighbors(u)) {
      next[v] += 0.85 * rank.score[u] / static_cast<double>(g.out_arc_count(u));
      walked[v] += 0.001 * walks.score[u];
    }
  }
  double change = 0.0;
  double difference = 0.0;
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    next[v] += (0.15 + 0.85 * dangling) / g.vertex_count();
    change += std::abs(next[v] - rank.score[v]);
    difference = std::max(difference, std::abs(walked[v] - walks.score[v]));
  }
  CHECK(change <= 0.85 * rank.residual + 1e-12);
  CHECK(difference <= 1e-9);
}

TEST_CASE("a pulled matrix multiplies as its rows say", "[centrality]") {
  vn::detail::parallel workers({.threads = 2});
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const auto edges = oracle::random_edges(seed);
    const auto g = edges.graph();
    const auto m = edges.as_matrix();
    const vn::detail::vertex_order identity;
    std::vector<double> x(m.n);
    for (std::size_t i = 0; i < m.n; ++i) x[i] = static_cast<double>(i + 1);
    for (const auto direction : {vn::detail::pull::along, vn::detail::pull::against}) {
      for (const bool once : {false, true}) {
        const vn::detail::pull_matrix matrix(
            workers, g, {.direction = direction, .parallels_once = once, .loop_factor = 3.0},
            identity, identity);
        matrix.multiply(x.data(), [&](std::size_t row, double sum) {
          double expected = 0.0;
          for (std::size_t u = 0; u < m.n; ++u) {
            const bool along = direction == vn::detail::pull::along;
            double entry = along ? m.weight(u, row) : m.weight(row, u);
            if (once) entry = (along ? m(u, row) : m(row, u)) > 0 ? 1.0 : 0.0;
            expected += (u == row ? 3.0 : 1.0) * entry * x[u];
          }
          CHECK(sum == Approx(expected).margin(1e-12));
          return 0.0;
        });
      }
    }
  }
}

TEST_CASE("centralities refuse options out of range", "[centrality]") {
  const auto g = vn::path_graph(3);
  const std::vector<double> zeros(3, 0.0);
  CHECK_THROWS_AS(vn::pagerank(g, {.damping = 1.0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::pagerank(g, {.tolerance = 0.0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::pagerank(g, {.max_iterations = 0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::pagerank(g, {.jump_weights = zeros}), std::invalid_argument);
  CHECK_THROWS_AS(vn::eigenvector(g, {.tolerance = -1.0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::hits(g, {.max_iterations = 0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::katz(g, {.attenuation = 0.0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::katz(g, {.base = std::numeric_limits<double>::infinity()}),
                  std::invalid_argument);
  const auto negative = vn::build_graph(std::vector<vn::edge>{{0, 1, -1.0}});
  CHECK_THROWS_AS(vn::pagerank(negative, {.weights = vn::arc_weights::use}), std::invalid_argument);
  CHECK_THROWS_AS(vn::katz(negative, {.weights = vn::arc_weights::use}), std::invalid_argument);
}
