#include "valuenet/interop/eigen.hpp"

#include "valuenet/graph/builder.hpp"
#include "valuenet/synthesis/random_graph.hpp"

#include <random>
#include <vector>

#include <Eigen/Dense>
#include <Eigen/IterativeLinearSolvers>

#include "catch.hpp"

namespace vn = valuenet;

namespace {

/// Loops, parallels, isolated vertices.
vn::graph random_graph(vn::direction direction, bool weighted, unsigned seed) {
  std::mt19937 random(seed);
  const vn::vertex_id n = 12;
  std::vector<vn::edge> edges;
  for (int i = 0; i < 40; ++i) {
    edges.push_back({static_cast<vn::vertex_id>(random() % n),
                     static_cast<vn::vertex_id>(random() % n),
                     weighted ? 0.5 + static_cast<double>(random() % 20) : 1.0});
  }
  return vn::build_graph(edges,
                         {.direction = direction,
                          .vertex_count = n + 2,
                          .duplicates = weighted ? vn::duplicates::keep : vn::duplicates::first});
}

Eigen::MatrixXd dense(const vn::graph& g, const vn::graph_operator_options& options) {
  const auto n = static_cast<Eigen::Index>(g.vertex_count());
  Eigen::MatrixXd a = Eigen::MatrixXd::Zero(n, n);
  for (vn::arc_id arc = 0; arc < g.arc_count(); ++arc) {
    a(static_cast<Eigen::Index>(g.source(arc)), static_cast<Eigen::Index>(g.target(arc))) +=
        g.weight(arc);
  }
  if (options.matrix == vn::graph_matrix::laplacian) {
    const Eigen::MatrixXd diagonal = a.rowwise().sum().asDiagonal();
    a = (diagonal - a).eval();
  }
  return options.shift * Eigen::MatrixXd::Identity(n, n) + options.scale * a;
}

const std::vector<vn::graph_operator_options> all_options{
    {},
    {.matrix = vn::graph_matrix::adjacency, .scale = -0.25, .shift = 3.0},
    {.matrix = vn::graph_matrix::laplacian},
    {.matrix = vn::graph_matrix::laplacian, .scale = 0.5, .shift = 0.125}};

}  // namespace

TEST_CASE("products with a graph's operator are those with its matrix", "[eigen]") {
  for (const vn::direction direction : {vn::direction::directed, vn::direction::undirected}) {
    for (const bool weighted : {false, true}) {
      for (const vn::graph_operator_options& options : all_options) {
        const vn::graph g = random_graph(direction, weighted, 5);
        const vn::graph_operator m(g, options);
        const Eigen::MatrixXd d = dense(g, options);
        const Eigen::VectorXd x = Eigen::VectorXd::LinSpaced(m.rows(), -1.0, 2.0);
        const Eigen::MatrixXd many = Eigen::MatrixXd::Random(m.rows(), 3);

        const Eigen::VectorXd y = m * x;
        CHECK((y - d * x).norm() < 1e-12 * (1.0 + (d * x).norm()));
        Eigen::VectorXd z = x;
        z += 2.0 * (m * x);
        CHECK((z - x - 2.0 * d * x).norm() < 1e-12 * (1.0 + z.norm()));
        z.noalias() -= m * x;
        CHECK((z - x - d * x).norm() < 1e-12 * (1.0 + z.norm()));
        CHECK(x.dot(m * x) == Catch::Approx(x.dot(d * x)));
        const Eigen::MatrixXd product = m * many;
        CHECK((product - d * many).norm() < 1e-12 * (1.0 + product.norm()));
        // Operands that are not contiguous vectors.
        const Eigen::VectorXd of_row = m * many.transpose().row(1).transpose();
        CHECK((of_row - d * many.col(1)).norm() < 1e-12 * (1.0 + of_row.norm()));
        if (options.matrix == vn::graph_matrix::laplacian && g.is_directed()) {
          CHECK_THROWS_AS(m.transpose(), std::invalid_argument);
        } else {
          const Eigen::VectorXd turned = m.transpose() * x;
          CHECK((turned - d.transpose() * x).norm() < 1e-12 * (1.0 + turned.norm()));
        }
        CHECK((Eigen::MatrixXd(vn::to_sparse_matrix(m)) - d).norm() < 1e-12);
      }
    }
  }
}

TEST_CASE("the operator looks into the graph, the sparse matrix is a copy", "[eigen]") {
  const vn::graph g = random_graph(vn::direction::directed, true, 9);
  const vn::graph_operator m(g);
  CHECK(m.graph().out_targets().data() == g.out_targets().data());
  CHECK(m.transpose().graph().out_targets().data() == g.in_sources().data());
  const auto sparse = vn::to_sparse_matrix<std::int64_t>(g);
  CHECK(static_cast<vn::arc_id>(sparse.nonZeros()) == g.arc_count() - g.parallel_arc_count());
  CHECK((Eigen::MatrixXd(sparse) - dense(g, {})).norm() == 0.0);
  CHECK_THROWS_AS(vn::to_sparse_matrix<signed char>(vn::complete_graph(20)), std::invalid_argument);
  CHECK(vn::to_sparse_matrix(vn::graph{}).rows() == 0);
  CHECK((vn::graph_operator(vn::graph{}) * Eigen::VectorXd(0)).eval().size() == 0);
}

TEST_CASE("conjugate gradients solve a shifted Laplacian", "[eigen]") {
  const vn::graph g = vn::grid_graph(30, 40);
  const vn::graph_operator_options options{.matrix = vn::graph_matrix::laplacian, .shift = 0.01};
  const vn::graph_operator m(g, options);
  const Eigen::VectorXd wanted = Eigen::VectorXd::Random(m.rows());
  const Eigen::VectorXd right = m * wanted;
  const auto solve = [&](auto solver) {
    solver.setTolerance(1e-12);
    solver.compute(m);
    const Eigen::VectorXd x = solver.solve(right);
    CHECK(solver.info() == Eigen::Success);
    CHECK((x - wanted).norm() < 1e-7 * wanted.norm());
    return solver.iterations();
  };
  solve(Eigen::ConjugateGradient<vn::graph_operator, Eigen::Lower | Eigen::Upper,
                                 Eigen::IdentityPreconditioner>());
  solve(Eigen::ConjugateGradient<vn::graph_operator, Eigen::Lower | Eigen::Upper>());
}

TEST_CASE("the default preconditioner reads the diagonal", "[eigen]") {
  const vn::graph g = random_graph(vn::direction::undirected, true, 2);
  const vn::graph_operator_options options{.matrix = vn::graph_matrix::laplacian, .shift = 0.5};
  const vn::graph_operator m(g, options);
  const Eigen::DiagonalPreconditioner<double> preconditioner(m);
  const Eigen::VectorXd ones = Eigen::VectorXd::Ones(m.rows());
  const Eigen::VectorXd scaled = preconditioner.solve(ones);
  CHECK((scaled - dense(g, options).diagonal().cwiseInverse()).norm() < 1e-12);
}

TEST_CASE("a directed system is solved by BiCGSTAB and by least squares", "[eigen]") {
  // Katz: x = 1 + a A^T x.
  const vn::graph g = random_graph(vn::direction::directed, true, 3);
  const double norm = dense(g, {}).norm();
  const vn::graph_operator m(vn::transpose(g), {.scale = -0.5 / norm, .shift = 1.0});
  const Eigen::VectorXd ones = Eigen::VectorXd::Ones(m.rows());
  const Eigen::VectorXd expected =
      (Eigen::MatrixXd::Identity(m.rows(), m.rows()) - 0.5 / norm * dense(g, {}).transpose())
          .partialPivLu()
          .solve(ones);
  Eigen::BiCGSTAB<vn::graph_operator> direct(m);
  direct.setTolerance(1e-14);
  CHECK((direct.solve(ones) - expected).norm() < 1e-10);
  Eigen::LeastSquaresConjugateGradient<vn::graph_operator, Eigen::IdentityPreconditioner> least;
  least.setTolerance(1e-14);
  least.compute(m);
  CHECK((least.solve(ones) - expected).norm() < 1e-8);
}

TEST_CASE("products are the same bits at 1, 2 and 8 threads", "[eigen]") {
  const vn::graph g = vn::rmat({.scale = 14});
  const vn::graph_operator_options options{.matrix = vn::graph_matrix::laplacian, .shift = 0.1};
  const Eigen::VectorXd x = Eigen::VectorXd::Random(static_cast<Eigen::Index>(g.vertex_count()));
  const Eigen::VectorXd one = vn::graph_operator(g, options, {.threads = 1}) * x;
  for (const int threads : {2, 8}) {
    const Eigen::VectorXd many = vn::graph_operator(g, options, {.threads = threads}) * x;
    CHECK((many.array() == one.array()).all());
  }
}
