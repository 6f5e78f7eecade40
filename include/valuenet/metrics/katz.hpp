// Katz centrality: how many walks end at a vertex, longer ones counting less.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/arc_weights.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/metrics/score_scale.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace valuenet {

struct katz_options {
  /// What a step more counts; positive. The series converges below 1 / (largest eigenvalue).
  double attenuation = 0.1;
  /// What every vertex has of itself; positive.
  double base = 1.0;
  arc_weights weights = arc_weights::ignore;
  /// Nothing: the solution itself, unscaled.
  std::optional<score_scale> scale{};
  /// Of the residual, see katz_result; positive.
  double tolerance = 1e-12;
  /// At least 1.
  std::uint32_t max_iterations = 10'000;
};

struct katz_result {
  std::vector<double> score;
  /// false also when the attenuation is too large for the series to converge.
  bool converged = false;
  std::uint32_t iterations = 0;
  /// Sum of the last changes over the sum of scores.
  double residual = 0.0;
};

/// Katz centrality of every vertex: the solution of x = attenuation * A^T x + base, that is base
/// times the sum over all walks that end at v of attenuation^(length) * (product of weights).
/// Bonacich's power centrality is of this form.
///
/// Conventions: parallel arcs and loops count each. NetworkX has these defaults, with the scale
/// `euclidean`. Population: all vertices. Cost: an iteration as pagerank().
/// Throws std::invalid_argument for an option out of range or a weight that is negative or not
/// finite; cancelled. Deterministic: the same bits at any thread count.
/// Source: L. Katz 1953, doi:10.1007/BF02289026.
[[nodiscard]] katz_result katz(const graph& g, const katz_options& options = {},
                               const execution& exec = {});

}  // namespace valuenet
