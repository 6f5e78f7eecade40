// A graph's matrices for Eigen: graph_operator multiplies straight from the graph's rows, without a
// copy, in products and in Eigen's iterative solvers; to_sparse_matrix copies.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/graph/subgraph.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>

#include <Eigen/Core>
#include <Eigen/SparseCore>

namespace valuenet {
class graph_operator;
}  // namespace valuenet

namespace Eigen::internal {
// To Eigen the operator looks like a sparse matrix of doubles, which it need not be stored as.
template <>
struct traits<valuenet::graph_operator> : traits<SparseMatrix<double, RowMajor, std::ptrdiff_t>> {};
}  // namespace Eigen::internal

namespace valuenet {

/// A is the adjacency matrix: A(u, v) is the sum of the weights of the arcs from u to v (1 each in
/// a graph without weights; an undirected loop counts once). L = D - A is the Laplacian, D the
/// diagonal of A's row sums, so that loops cancel.
enum class graph_matrix : std::uint8_t { adjacency, laplacian };

struct graph_operator_options {
  graph_matrix matrix = graph_matrix::adjacency;
  /// The operator is shift * I + scale * (A or L).
  double scale = 1.0;
  double shift = 0.0;
};

namespace detail {
/// y = shift * x + scale * M x. Precondition: both vectors have vertex_count() entries.
void multiply(const graph& g, const graph_operator_options& options, std::span<const double> x,
              std::span<double> y, const execution& exec);
}  // namespace detail

/// The matrix M = shift * I + scale * A (or L) of a graph, one row a vertex, as an operator: it
/// holds the graph (whose storage it shares) and no matrix. Good for
///   y = M * x;  y = M.transpose() * x;  Y = M * X;  x.dot(M * x)
///   Eigen::ConjugateGradient<graph_operator, Eigen::Lower | Eigen::Upper>  (undirected graphs)
///   Eigen::BiCGSTAB<graph_operator>, LeastSquaresConjugateGradient with IdentityPreconditioner,
///   ...
/// Cost of a product: O(vertices + arcs) a column, in parallel by rows, and one vector beside it.
/// Sums run along the rows: the same bits at any number of threads.
class graph_operator : public Eigen::EigenBase<graph_operator> {
 public:
  using Scalar = double;
  using RealScalar = double;
  using StorageIndex = std::ptrdiff_t;
  using Index = Eigen::Index;
  enum {
    ColsAtCompileTime = Eigen::Dynamic,
    MaxColsAtCompileTime = Eigen::Dynamic,
    RowsAtCompileTime = Eigen::Dynamic,
    MaxRowsAtCompileTime = Eigen::Dynamic,
    IsRowMajor = true
  };

  graph_operator() = default;
  explicit graph_operator(valuenet::graph g, const graph_operator_options& options = {},
                          execution exec = {})
      : graph_(std::move(g)), options_(options), execution_(std::move(exec)) {}

  [[nodiscard]] Index rows() const noexcept { return static_cast<Index>(graph_.vertex_count()); }
  [[nodiscard]] Index cols() const noexcept { return rows(); }
  [[nodiscard]] Index outerSize() const noexcept { return rows(); }
  [[nodiscard]] Index innerSize() const noexcept { return rows(); }
  [[nodiscard]] const valuenet::graph& graph() const noexcept { return graph_; }
  [[nodiscard]] const graph_operator_options& options() const noexcept { return options_; }

  /// The operator of the transposed matrix. O(1) for A. Of a directed graph's L it is refused with
  /// std::invalid_argument: its diagonal would be that of the other direction.
  [[nodiscard]] graph_operator transpose() const {
    if (options_.matrix == graph_matrix::laplacian && graph_.is_directed()) {
      throw std::invalid_argument(
          "graph_operator::transpose: not for the Laplacian of a directed graph; "
          "use to_sparse_matrix");
    }
    return graph_operator(valuenet::transpose(graph_), options_, execution_);
  }
  [[nodiscard]] graph_operator adjoint() const { return transpose(); }

  template <class Right>
  [[nodiscard]] Eigen::Product<graph_operator, Right, Eigen::AliasFreeProduct> operator*(
      const Eigen::MatrixBase<Right>& right) const {
    return {*this, right.derived()};
  }

  /// y = M * x for contiguous vectors.
  void multiply(std::span<const double> x, std::span<double> y) const {
    detail::multiply(graph_, options_, x, y, execution_);
  }

  /// The entries of a row by ascending column, arcs to one vertex added up, the diagonal always
  /// among them: what Eigen's preconditioners read. The operator must outlive it.
  class InnerIterator {
   public:
    InnerIterator(const graph_operator& matrix, Index row)
        : matrix_(&matrix), row_(static_cast<vertex_id>(row)) {
      if (matrix.options_.matrix == graph_matrix::laplacian) {
        const auto count = matrix.graph_.out_neighbors(row_).size();
        for (std::size_t i = 0; i < count; ++i) row_sum_ += weight(i);
      }
      read();
    }
    explicit operator bool() const noexcept { return column_ != no_vertex; }
    InnerIterator& operator++() {
      read();
      return *this;
    }
    [[nodiscard]] Index index() const noexcept { return static_cast<Index>(column_); }
    [[nodiscard]] Index col() const noexcept { return index(); }
    [[nodiscard]] Index row() const noexcept { return static_cast<Index>(row_); }
    [[nodiscard]] double value() const noexcept { return value_; }

   private:
    [[nodiscard]] double weight(std::size_t i) const {
      const auto weights = matrix_->graph_.out_weights(row_);
      return weights.empty() ? 1.0 : weights[i];
    }
    void read() {
      const auto row = matrix_->graph_.out_neighbors(row_);
      const bool diagonal_is_due = !diagonal_done_ && (next_ == row.size() || row[next_] >= row_);
      if (next_ == row.size() && !diagonal_is_due) {
        column_ = no_vertex;
        return;
      }
      column_ = diagonal_is_due ? row_ : row[next_];
      diagonal_done_ = diagonal_done_ || diagonal_is_due;
      double sum = 0.0;
      for (; next_ < row.size() && row[next_] == column_; ++next_) sum += weight(next_);
      const graph_operator_options& options = matrix_->options_;
      const bool laplacian = options.matrix == graph_matrix::laplacian;
      value_ = options.scale * (laplacian ? -sum : sum);
      if (diagonal_is_due) {
        value_ = options.shift + options.scale * (laplacian ? row_sum_ - sum : sum);
      }
    }

    const graph_operator* matrix_;
    vertex_id row_;
    vertex_id column_ = no_vertex;
    std::size_t next_ = 0;
    double row_sum_ = 0.0;
    double value_ = 0.0;
    bool diagonal_done_ = false;
  };

 private:
  valuenet::graph graph_;
  graph_operator_options options_;
  execution execution_;
};

/// COPIES the matrix of the operator into an Eigen sparse matrix: arcs to one vertex are added up,
/// zeros on the diagonal are left out. 8 bytes and an Index an entry. Throws std::invalid_argument
/// where Index cannot number the entries.
template <class Index = int>
[[nodiscard]] Eigen::SparseMatrix<double, Eigen::RowMajor, Index> to_sparse_matrix(
    const graph_operator& matrix) {
  const valuenet::graph& g = matrix.graph();
  const auto most = static_cast<std::uint64_t>(std::numeric_limits<Index>::max());
  if (g.arc_count() + g.vertex_count() > most) {
    throw std::invalid_argument("to_sparse_matrix: " + std::to_string(g.arc_count()) +
                                " arcs; give a wider Index");
  }
  Eigen::SparseMatrix<double, Eigen::RowMajor, Index> result(matrix.rows(), matrix.cols());
  result.reserve(static_cast<Eigen::Index>(g.arc_count()));
  for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
    result.startVec(row);
    for (graph_operator::InnerIterator entry(matrix, row); entry; ++entry) {
      if (entry.index() == row && entry.value() == 0.0) continue;
      result.insertBack(row, entry.index()) = entry.value();
    }
  }
  result.finalize();
  return result;
}

/// COPIES the adjacency matrix of the graph.
template <class Index = int>
[[nodiscard]] Eigen::SparseMatrix<double, Eigen::RowMajor, Index> to_sparse_matrix(const graph& g) {
  return to_sparse_matrix<Index>(graph_operator(g));
}

}  // namespace valuenet

namespace Eigen::internal {

/// destination += alpha * operator * right, a column at a time.
template <class Right, int ProductTag>
struct generic_product_impl<valuenet::graph_operator, Right, SparseShape, DenseShape, ProductTag>
    : generic_product_impl_base<valuenet::graph_operator, Right,
                                generic_product_impl<valuenet::graph_operator, Right, SparseShape,
                                                     DenseShape, ProductTag>> {
  using Scalar = double;

  template <class Destination>
  static void scaleAndAddTo(Destination& destination, const valuenet::graph_operator& left,
                            const Right& right, const Scalar& alpha) {
    VectorXd x(left.rows());
    VectorXd y(left.rows());
    const auto size = static_cast<std::size_t>(left.rows());
    for (Index column = 0; column < right.cols(); ++column) {
      x = right.col(column);
      left.multiply(std::span<const double>(x.data(), size), std::span<double>(y.data(), size));
      destination.col(column) += alpha * y;
    }
  }
};

}  // namespace Eigen::internal
