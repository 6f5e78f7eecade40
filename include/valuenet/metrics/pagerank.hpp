// PageRank: where a walker is found that follows arcs at random and now and then jumps.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/arc_weights.hpp"
#include "valuenet/graph/convention.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace valuenet {

struct pagerank_options {
  valuenet::convention convention = convention::gephi;
  /// Chance of following an arc instead of jumping; in [0, 1).
  double damping = 0.85;
  /// When to stop, see pagerank(); positive. Nothing: 1e-3 (gephi), 1e-6 (networkx), 1e-10
  /// (igraph).
  std::optional<double> tolerance{};
  /// At least 1.
  std::uint32_t max_iterations = 1000;
  arc_weights weights = arc_weights::ignore;
  /// Where jumps lead: empty (anywhere alike), or a weight for every vertex, not negative, not all
  /// 0.
  std::span<const double> jump_weights{};
};

struct pagerank_result {
  std::vector<double> score;
  bool converged = false;
  std::uint32_t iterations = 0;
  /// Sum over all vertices of the last change. The sum of errors is at most damping / (1 - damping)
  /// times this.
  double residual = 0.0;
};

/// PageRank of every vertex: the fixed point of
///   x(v) = (1 - d) t(v) + d (sum over arcs u->v of x(u) w(uv) / w(u) + t(v) * sum of x(u), w(u) =
///   0),
/// with w(u) the weight of u's out-arcs, t uniform or the jump weights over their sum. An
/// undirected edge is an arc both ways. Found by repeating the right side from x = t.
///
/// Conventions:
///   networkx  stops when the sum of changes is below tolerance * n. Scores sum to 1.
///   igraph    (which solves to about 1e-10) stops when the sum of changes is below the tolerance.
///             A loop of an undirected graph counts twice, as two ends of an edge.
///   gephi     stops when no score has grown by tolerance times itself or more, which may be far
///             from the fixed point. Parallel arcs from u to v bring x(u) / k(u) once and loops
///             nothing, though the degree k(u) counts them: then the scores sum to less than 1.
///             With weights, which Gephi's results here do not cover: parallel arcs bring the sum
///             of their weights.
/// Population: all vertices. The null graph: no scores, converged.
/// Cost: an iteration reads 4 bytes an arc (weighted 12) and 24 a vertex, and memory bandwidth
/// bounds it; as much memory beside the graph where that has more than 2^17 vertices.
/// Throws std::invalid_argument for an option out of range or a weight that is negative or not
/// finite; cancelled. Deterministic: the same bits at any thread count.
/// Sources: S. Brin and L. Page 1998, doi:10.1016/S0169-7552(98)00110-X; Gephi 0.9.2 as measured,
/// see tests/reference/gephi.
[[nodiscard]] pagerank_result pagerank(const graph& g, const pagerank_options& options = {},
                                       const execution& exec = {});

}  // namespace valuenet
