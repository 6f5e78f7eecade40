// Core and periphery: is there a set of vertices that all others are tied to, and not to each
// other?
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/arc_weights.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace valuenet {

struct core_periphery_options {
  arc_weights weights = arc_weights::ignore;
  /// Searches from the greedy start shaken at random, beside the greedy one. At least 0.
  std::uint32_t restarts = 20;
  std::uint64_t seed = 42;
};

struct core_periphery_result {
  /// Nonzero: in the core. All 0 where there is no correlation.
  std::vector<std::uint8_t> in_core;
  std::size_t core_size = 0;
  /// Pearson's, of the matrix and the ideal one. Nothing below three vertices, or where all pairs
  /// are tied alike.
  std::optional<double> correlation;
  /// Mean tie of the ordered pairs: within the core, between core and periphery, within the
  /// periphery. Nothing where there is no such pair.
  std::optional<double> core_density;
  std::optional<double> between_density;
  std::optional<double> periphery_density;
  std::uint64_t seed = 0;
};

/// Borgatti and Everett's discrete core: the set C that maximises the correlation over the ordered
/// pairs i != j of a_ij with the ideal pattern, 1 where i or j is in C and 0 within the periphery.
///
/// Conventions: a_ij is 1 where there is an arc from i to j, or with weights the sum of theirs;
/// loops do not count; an undirected edge is an arc each way. Between 1 and n - 2 vertices are in
/// the core. Population: all vertices, isolated ones too. Algorithm: for a given size the
/// correlation depends only on the ties left within the periphery. Greedily the vertex with most
/// ties to the periphery joins the core, which gives a core of every size; from the best one,
/// single moves and swaps while one of them raises the correlation; the same again from that core
/// with a part of it drawn anew, `restarts` times. A lower bound of the maximum, which is NP-hard
/// to find; on small graphs the tests find it equal to the maximum over all sets. Only ties are
/// touched, never the n^2 pairs: O((n + arcs) log n) and as much for a restart, 40 bytes a vertex
/// and 12 an arc, and 100 a vertex and thread. Throws std::invalid_argument for a weight that is
/// negative or not finite; cancelled. Deterministic by its seed at any number of threads. Source:
/// S. P. Borgatti and M. G. Everett 1999, doi:10.1016/S0378-8733(99)00019-2.
[[nodiscard]] core_periphery_result core_periphery(const graph& g,
                                                   const core_periphery_options& options = {},
                                                   const execution& exec = {});

struct coreness_options {
  arc_weights weights = arc_weights::ignore;
  /// A search has converged when a sweep raises the correlation by less; above 0.
  double tolerance = 1e-12;
  /// At least 1.
  std::uint32_t max_sweeps = 1'000;
};

struct coreness_result {
  /// c >= 0 with a sum of squares of 1; all 0 where there is no correlation.
  std::vector<double> score;
  /// Pearson's, over the ordered pairs i != j of a_ij and c_i c_j. Nothing below three vertices, or
  /// where all pairs are tied alike.
  std::optional<double> correlation;
  /// The k for which 1 for the k largest scores and 0 for the others correlates best with the
  /// scores: where a core would be cut off (UCINET's recommendation); ties in vertex order.
  std::size_t core_size = 0;
  bool converged = false;
  std::uint32_t iterations = 0;
  /// What the last sweep raised the correlation by.
  double residual = 0.0;
};

/// Borgatti and Everett's continuous coreness: the c >= 0 that maximises the correlation of a_ij
/// with c_i c_j. Conventions as core_periphery().
///
/// Algorithm: one score at a time is set to its optimum given the others, which has a closed form,
/// in vertex order until a sweep raises the correlation by less than `tolerance`; from the degrees
/// and from equal scores, the better one. Each step raises the correlation: a local maximum. Where
/// one vertex's ties alone are most like the whole there is none: its score grows without bound
/// against the others', the correlation towards a limit, and the search ends at max_sweeps, not
/// converged. O(arcs) a sweep, never the n^2 pairs; 40 bytes a vertex and 12 an arc. Throws
/// std::invalid_argument for an option or weight out of range; cancelled. Deterministic. Source as
/// core_periphery().
[[nodiscard]] coreness_result coreness(const graph& g, const coreness_options& options = {},
                                       const execution& exec = {});

}  // namespace valuenet
