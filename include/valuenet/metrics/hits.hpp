// Hubs and authorities: who gives to the much given to, and who is given to by such givers.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/arc_weights.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/metrics/score_scale.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace valuenet {

struct hits_options {
  arc_weights weights = arc_weights::ignore;
  score_scale scale = score_scale::maximum;
  /// Of the residual, see hits_result; positive.
  double tolerance = 1e-10;
  /// At least 1.
  std::uint32_t max_iterations = 10'000;
};

struct hits_result {
  /// All 0 in a graph without arcs.
  std::vector<double> hub;
  std::vector<double> authority;
  /// The largest singular value of the adjacency matrix; nothing without arcs.
  std::optional<double> singular_value;
  bool converged = false;
  std::uint32_t iterations = 0;
  /// |A^T A a - sigma^2 a| / (sigma^2 |a|) in the Euclidean norm, a the authorities.
  double residual = 0.0;
};

/// Kleinberg's hubs h and authorities a: a(v) proportional to the sum of h(u) over arcs u->v, h(u)
/// to the sum of a(v), the leading singular vectors of the (weighted) adjacency matrix.
///
/// Conventions: parallel arcs and loops count each. In an undirected graph hubs are authorities.
/// Where the largest singular value is not unique, the mixture that a uniform start leads to. Gephi
/// stops when no score grows by 1e-4 of itself, which may be far from this.
/// Population: all vertices. Cost: an iteration as two of pagerank(), and 32 bytes a vertex more.
/// Throws std::invalid_argument for an option out of range or a weight that is negative or not
/// finite; cancelled. Deterministic: the same bits at any thread count.
/// Source: J. Kleinberg 1999, doi:10.1145/324133.324140.
[[nodiscard]] hits_result hits(const graph& g, const hits_options& options = {},
                               const execution& exec = {});

}  // namespace valuenet
