// Closeness and harmonic centrality: how near a vertex is to the others.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/convention.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/metrics/arc_length.hpp"

#include <cstdint>
#include <vector>

namespace valuenet {

/// Whose distances are meant in a directed graph.
enum class path_direction : std::uint8_t {
  by_convention,  ///< networkx: incoming; gephi, igraph: outgoing
  outgoing,       ///< from the vertex to the others
  incoming,       ///< from the others to the vertex
};

enum class closeness_scale : std::uint8_t {
  by_convention,     ///< networkx: wasserman_faust; gephi, igraph: reachable
  reachable,         ///< r / S: the inverse of the mean distance
  wasserman_faust,   ///< r / S * r / (n - 1): less for who reaches few (NetworkX's wf_improved)
  inverse_distance,  ///< 1 / S (igraph's unnormalised one)
};

enum class harmonic_scale : std::uint8_t {
  by_convention,  ///< gephi: reachable; networkx, igraph: sum
  sum,            ///< H
  reachable,      ///< H / r
  others,         ///< H / (n - 1)
};

struct closeness_options {
  valuenet::convention convention = convention::gephi;
  arc_length length = arc_length::hop;
  path_direction paths = path_direction::by_convention;
  closeness_scale scale = closeness_scale::by_convention;
};

struct harmonic_closeness_options {
  valuenet::convention convention = convention::gephi;
  arc_length length = arc_length::hop;
  path_direction paths = path_direction::by_convention;
  harmonic_scale scale = harmonic_scale::by_convention;
};

struct closeness_result {
  /// One a vertex; 0 where it is not defined (Gephi and NetworkX print that 0, igraph NaN).
  std::vector<double> values;
  /// Whether the vertex reaches another one.
  std::vector<bool> defined;
};

/// Closeness of every vertex v, from the number r of other vertices that it reaches (paths =
/// incoming: that reach it) and the sum S of the distances to them.
///
///   reachable r / S,  wasserman_faust r^2 / (S (n - 1)),  inverse_distance 1 / S.
///
/// Conventions: unreachable vertices enter neither r nor S; loops and parallel arcs change nothing
/// (with lengths the shortest parallel arc counts). An undirected graph's paths have no direction.
/// NetworkX without its wf_improved: {.convention = networkx, .scale = reachable}.
/// Cost: that of distances(), O(vertices arcs / 512) operations on words of 512 bits; with lengths
/// a search from each vertex, O(vertices (arcs + vertices log vertices)), 24 bytes a vertex and
/// thread. Throws std::invalid_argument with lengths for a weight that is not positive and finite;
/// cancelled. Deterministic: the same bits at any thread count and on any instruction set.
/// Sources: L. Freeman 1978, doi:10.1016/0378-8733(78)90021-7; S. Wasserman and K. Faust 1994,
/// doi:10.1017/CBO9780511815478.
[[nodiscard]] closeness_result closeness(const graph& g, const closeness_options& options = {},
                                         const execution& exec = {});

/// Harmonic centrality of every vertex: H = sum of 1 / distance over the vertices that it reaches,
/// as it is (sum), over r (reachable: the mean inverse distance) or over n - 1 (others).
/// Conventions, cost, throws and determinism as above. `defined` where the vertex reaches another
/// one, though H is a true 0 where it does not. Source: P. Boldi and S. Vigna 2014,
/// doi:10.1080/15427951.2013.865686.
[[nodiscard]] closeness_result harmonic_closeness(const graph& g,
                                                  const harmonic_closeness_options& options = {},
                                                  const execution& exec = {});

}  // namespace valuenet
