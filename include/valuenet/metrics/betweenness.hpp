// Betweenness: how often a vertex, or an edge, lies on the shortest paths of others.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/convention.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/metrics/arc_length.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace valuenet {

enum class betweenness_scale : std::uint8_t {
  by_convention,  ///< networkx: fraction; else pairs
  pairs,          ///< sum over pairs, unnormalised
  fraction,       ///< over the pairs that do not have the vertex as an end (an edge: all pairs)
};

struct betweenness_options {
  /// gephi and igraph: parallel arcs are different paths, values unnormalised. networkx: parallel
  /// arcs are one, values are fractions.
  valuenet::convention convention = convention::gephi;
  arc_length length = arc_length::hop;
  betweenness_scale scale = betweenness_scale::by_convention;
  /// Nothing: exact. Else only this many sources, drawn without replacement; at least 1, and exact
  /// where there are no more vertices.
  std::optional<std::uint32_t> sampled_sources{};
  std::uint64_t seed = 42;
  /// Of the bound that a sampled result states; in (0, 1).
  double confidence = 0.95;
};

struct betweenness_result {
  /// One a vertex (betweenness) or one an arc (edge_betweenness; of an undirected edge both arcs
  /// have the edge's value).
  std::vector<double> values;
  /// Of a sampled result: the standard error of each value, from the spread of the sampled sources.
  std::vector<double> standard_errors;
  /// Of a sampled result: with probability `confidence` no value is off by more than this
  /// (Hoeffding's inequality over all values at once).
  std::optional<double> error_bound;
  std::uint32_t sources = 0;
};

/// Betweenness of every vertex v: sum over pairs s != t, both not v, of sigma_st(v) / sigma_st,
/// with sigma_st the number of shortest paths from s to t and sigma_st(v) that of those through v.
///
/// Conventions: ordered pairs in a directed graph, unordered ones in an undirected graph. Pairs
/// without a path add nothing. Loops change nothing. Parallel arcs: by the convention; with lengths
/// only those of the smallest length make a shortest path. `fraction` divides by (n - 1)(n - 2) of
/// a directed, (n - 1)(n - 2) / 2 of an undirected graph. Path lengths within a relative 1e-10 of
/// each other are equal. Method: trees that hang on an undirected graph are folded and counted in
/// closed form, in a directed one sources of a single out-arc and sinks of a single in-arc, and a
/// vertex with one way out is searched together with the one that this leads to; what
/// remains is searched from sixteen sources at once. Cost: O(vertices arcs) operations, with
/// lengths O(vertices (arcs + vertices log vertices)); about 150 bytes a vertex and 12 bytes an arc
/// for each thread (at worst, where sixteen searches that run together have no level in common, 350
/// and 96), and 8 bytes a vertex for each of up to 32 partial sums. Throws std::invalid_argument
/// for an option out of range, or with lengths for a weight that is not positive and finite;
/// cancelled. Deterministic: the same bits at any thread count and on any instruction set. Sources:
/// U. Brandes 2001, doi:10.1080/0022250X.2001.9990249; folding: M. Baglioni et al. 2012,
/// doi:10.1109/ASONAM.2012.45; sampling: U. Brandes and C. Pich 2007,
/// doi:10.1142/S0218127407018403.
[[nodiscard]] betweenness_result betweenness(const graph& g,
                                             const betweenness_options& options = {},
                                             const execution& exec = {});

/// Betweenness of every arc a: sum over pairs s != t of sigma_st(a) / sigma_st. As above; parallel
/// arcs share the value of their pair of vertices evenly (igraph, gephi: each is a path of its own;
/// networkx: so that the sum is NetworkX's value). `fraction` divides by n (n - 1), of an
/// undirected graph by n (n - 1) / 2. Loops have 0. 8 bytes an arc more for each of up to 16
/// partial sums. Source: M. Girvan and M. Newman 2002, doi:10.1073/pnas.122653799.
[[nodiscard]] betweenness_result edge_betweenness(const graph& g,
                                                  const betweenness_options& options = {},
                                                  const execution& exec = {});

}  // namespace valuenet
