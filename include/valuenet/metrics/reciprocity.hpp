// How often a tie is returned.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/convention.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <optional>

namespace valuenet {

struct reciprocity_options {
  valuenet::convention convention = convention::gephi;
};

struct reciprocity_result {
  /// Arcs that are returned, over the arcs counted. Nothing when none counts.
  std::optional<double> reciprocity;
  std::uint64_t reciprocated_arcs = 0;
  std::uint64_t arcs = 0;
  /// Unordered pairs of different vertices with arcs both ways, one way, and not at all.
  std::uint64_t mutual_pairs = 0;
  std::uint64_t asymmetric_pairs = 0;
  std::uint64_t null_pairs = 0;
  /// Mutual over connected pairs (igraph's mode "ratio"). Nothing when no pair is connected.
  std::optional<double> pair_ratio;
  /// (r - a) / (1 - a) with r = reciprocated / all arcs and a the density, both of the simple
  /// graph: 0 for a random graph, negative when ties avoid being returned. Nothing without arcs or
  /// when every arc exists.
  std::optional<double> correlation;
  /// Sum over ordered pairs of min(w(u,v), w(v,u)), over the sum of w, weights of parallel arcs
  /// added. Nothing when that sum is 0.
  std::optional<double> weighted;
};

/// Reciprocity: the share of arcs u->v, u != v, for which v->u exists.
///
/// Conventions: `gephi` (which has no such statistic): as defined, loops left out, parallel arcs
/// counted once. `networkx`: the same, but loops stay in the divisor. `igraph`: loops left out,
/// parallel arcs counted each, the i-th u->v being returned by the i-th v->u. Counts of pairs,
/// pair_ratio, correlation and weighted are those of the simple graph whatever the convention. In
/// an undirected graph every edge is returned. Negative weights: std::invalid_argument. O(arcs).
/// Throws cancelled. Deterministic. Sources: D. Garlaschelli and M. Loffredo 2004,
/// doi:10.1103/PhysRevLett.93.268701 (correlation); T. Squartini et al. 2013, doi:10.1038/srep02729
/// (weighted).
[[nodiscard]] reciprocity_result reciprocity(const graph& g,
                                             const reciprocity_options& options = {},
                                             const execution& exec = {});

}  // namespace valuenet
