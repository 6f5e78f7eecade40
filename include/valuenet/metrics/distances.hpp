// Shortest-path statistics over all pairs: how far apart actors are, counted in relations.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace valuenet {

/// What is kept for every vertex beside the totals.
enum class vertex_distances : std::uint8_t {
  eccentricity,  ///< the largest distance from it
  sums,          ///< that, the vertices it reaches, and the sums of distances and of their inverses
};

struct distances_options {
  valuenet::vertex_distances vertex_distances = valuenet::vertex_distances::eccentricity;
  /// Which share of the reachable pairs lies within the effective diameter; in (0, 1].
  double effective_share = 0.9;
};

/// A pair is an ordered pair (u, v) of two vertices, u != v; a distance is a number of arcs.
struct distances_result {
  /// histogram[d]: pairs at distance d. histogram[0] is 0; the last entry is not (no pair: {0}).
  std::vector<std::uint64_t> histogram;
  /// Pairs with a path from u to v, and without. Together vertices * (vertices - 1).
  std::uint64_t reachable_pairs = 0;
  std::uint64_t unreachable_pairs = 0;

  /// Mean distance over the reachable pairs. Nothing when there is none.
  std::optional<double> mean;
  /// Largest and smallest eccentricity. Nothing for the null graph.
  std::optional<std::uint32_t> diameter;
  std::optional<std::uint32_t> radius;
  /// The distance within which `effective_share` of the reachable pairs lies, interpolated linearly
  /// between whole distances. Nothing when no pair is reachable.
  std::optional<double> effective_diameter;
  /// Global efficiency: the mean of 1 / distance over all pairs, an unreachable one counting 0.
  /// Nothing below two vertices.
  std::optional<double> efficiency;

  /// One entry a vertex: its largest distance to a vertex it reaches; 0 when it reaches none.
  std::vector<std::uint32_t> eccentricity;
  /// One entry a vertex each, or empty (`vertex_distances::sums` fills them): how many other
  /// vertices it reaches, the sum of its distances to them, and the sum of 1 / distance.
  std::vector<std::uint32_t> reachable_count;
  std::vector<std::uint64_t> distance_sum;
  std::vector<double> inverse_distance_sum;
};

/// Distances of all ordered pairs of vertices, exactly: their histogram and what follows from it.
///
///   mean = sum_d d h(d) / sum_d h(d),   efficiency = sum_d h(d)/d / (n (n - 1)),
///   eccentricity(u) = max { d(u, v) : v reachable from u },
///   effective diameter = the smallest real d with H(d) >= share * H(infinity),
///     H(d) the pairs within d, linear between whole numbers.
///
/// Conventions: unweighted, weights are ignored; a directed graph's paths follow its arcs, an
/// undirected graph's its edges; loops and parallel arcs change nothing. Unreachable pairs are
/// counted apart and enter no mean but the efficiency. Radius is Gephi's and igraph's: an actor
/// that reaches nobody has eccentricity 0, and so has then the network's radius.
/// Gephi's pair counter overflows above 46,341 mutually reachable vertices; this one counts in 64
/// bits.
/// Cost: O(vertices * arcs / 512) operations on words of 512 bits in the worst case; memory 200
/// bytes a vertex and thread.
/// Throws std::invalid_argument (effective_share outside (0, 1]), cancelled.
/// Deterministic: the same bits at any thread count and on any instruction set.
/// Source: multi-source breadth-first search, M. Then et al. 2014, doi:10.14778/2735496.2735507;
/// efficiency: V. Latora and M. Marchiori 2001, doi:10.1103/PhysRevLett.87.198701; effective
/// diameter: J. Leskovec et al. 2007, doi:10.1145/1217299.1217301.
[[nodiscard]] distances_result distances(const graph& g, const distances_options& options = {},
                                         const execution& exec = {});

}  // namespace valuenet
