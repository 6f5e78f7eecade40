// Eigenvector centrality: who is pointed to by those who are pointed to.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/arc_weights.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/metrics/score_scale.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace valuenet {

struct eigenvector_options {
  arc_weights weights = arc_weights::ignore;
  score_scale scale = score_scale::maximum;
  /// Of the residual, see eigenvector_result; positive.
  double tolerance = 1e-10;
  /// At least 1.
  std::uint32_t max_iterations = 10'000;
};

struct eigenvector_result {
  /// All 0 where undefined.
  std::vector<double> score;
  /// The largest eigenvalue. Nothing where there is no cycle, and so no centrality.
  std::optional<double> eigenvalue;
  bool converged = false;
  std::uint32_t iterations = 0;
  /// |A^T x - lambda x| / (lambda |x|) in the Euclidean norm.
  double residual = 0.0;
};

/// Eigenvector centrality x >= 0 of every vertex: A^T x = lambda x for the largest eigenvalue
/// lambda of the (weighted) adjacency matrix A, that is x(v) = sum over arcs u->v of w(uv) x(u) /
/// lambda.
///
/// Conventions: parallel arcs count each, a loop once (igraph: twice in an undirected graph).
/// A graph in several components has the scores of the one with the largest eigenvalue, the others
/// 0; of several equally large ones the mixture that a uniform start leads to. A directed graph
/// without a cycle has no centrality. Gephi stops after 100 rounds and igraph solves exactly: this
/// iterates A^T + lambda / 4 (which does not oscillate on bipartite graphs) until the residual is
/// below the tolerance.
/// Population: all vertices. Cost: an iteration as pagerank(), and 32 bytes a vertex more.
/// Throws std::invalid_argument for an option out of range or a weight that is negative or not
/// finite; cancelled. Deterministic: the same bits at any thread count.
/// Source: P. Bonacich 1972, doi:10.1080/0022250X.1972.9989806.
[[nodiscard]] eigenvector_result eigenvector(const graph& g,
                                             const eigenvector_options& options = {},
                                             const execution& exec = {});

}  // namespace valuenet
