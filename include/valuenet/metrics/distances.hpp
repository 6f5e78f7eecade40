// Shortest-path statistics over all pairs: how far apart actors are, counted in relations.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/statistics/interval.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace valuenet {

/// What is kept for every vertex beside the totals.
enum class vertex_distances : std::uint8_t {
  eccentricity,  ///< the largest distance from it
  sums,          ///< that, the vertices it reaches, and the sums of distances and of their inverses
};

/// How distances are found.
enum class distance_method : std::uint8_t {
  /// `exact` when exact_budget allows it. Else an estimate: `hyperball` when sums are wanted of
  /// every vertex, `sampled` when not.
  automatic,
  exact,      ///< a search from every vertex
  sampled,    ///< searches from vertices drawn at random; everything else follows from these
  hyperball,  ///< every vertex's balls at once, each counted by a HyperLogLog counter
};

struct distances_options {
  valuenet::vertex_distances vertex_distances = valuenet::vertex_distances::eccentricity;
  /// Which share of the reachable pairs lies within the effective diameter; in (0, 1].
  double effective_share = 0.9;

  distance_method method = distance_method::automatic;
  /// `automatic` is exact when the exact search is estimated to visit at most so many arcs: seconds
  /// to a few minutes on two cores. The estimate is made from the graph alone:
  ///   sum over weak components of  vertices * arcs / 512 * min(depth, 512),
  /// the depth being that of one search from its vertex of most arcs, and 512 the searches that
  /// share a visit.
  std::uint64_t exact_budget = 100'000'000'000;
  /// `sampled`: sources, drawn without replacement from the vertices with an arc out; at least 2,
  /// and exact where there are no more vertices.
  std::uint32_t sampled_sources = 1024;
  /// `hyperball`: registers of a counter, a power of two from 64 to 16384, and independent runs, at
  /// least 2, from whose spread the intervals come.
  std::uint32_t hyperball_registers = 64;
  std::uint32_t hyperball_runs = 8;
  /// Of the intervals; in (0, 1).
  double confidence = 0.95;
  std::uint64_t seed = 42;
};

/// A pair is an ordered pair (u, v) of two vertices, u != v; a distance is a number of arcs.
struct distances_result {
  /// The method that was taken, never `automatic`.
  distance_method method = distance_method::exact;
  /// What `automatic` held against the budget; 0 when it was not asked.
  std::uint64_t estimated_arc_visits = 0;
  /// Vertices that were searched from; `hyperball`: 0.
  std::uint64_t sources = 0;

  /// histogram[d]: pairs at distance d. histogram[0] is 0; the last entry is not (no pair: {0}).
  /// Estimates are rounded.
  std::vector<std::uint64_t> histogram;
  /// Pairs with a path from u to v, and without. Together vertices * (vertices - 1).
  std::uint64_t reachable_pairs = 0;
  std::uint64_t unreachable_pairs = 0;

  /// Mean distance over the reachable pairs. Nothing when there is none.
  std::optional<double> mean;
  /// Largest and smallest eccentricity. Nothing for the null graph. Of an estimate, `diameter` is a
  /// lower bound, the largest distance met (metrics/diameter.hpp finds it exactly); no radius.
  std::optional<std::uint32_t> diameter;
  std::optional<std::uint32_t> radius;
  /// The distance within which `effective_share` of the reachable pairs lies, interpolated linearly
  /// between whole distances. Nothing when no pair is reachable.
  std::optional<double> effective_diameter;
  /// Global efficiency: the mean of 1 / distance over all pairs, an unreachable one counting 0.
  /// Nothing below two vertices.
  std::optional<double> efficiency;

  /// One entry a vertex: its largest distance to a vertex it reaches; 0 when it reaches none.
  /// `hyperball`: a lower bound. `sampled`: empty.
  std::vector<std::uint32_t> eccentricity;
  /// One entry a vertex each, or empty (`vertex_distances::sums` fills them): how many other
  /// vertices it reaches, the sum of its distances to them, and the sum of 1 / distance.
  /// `hyperball`: estimates. `sampled`: empty.
  std::vector<std::uint32_t> reachable_count;
  std::vector<std::uint64_t> distance_sum;
  std::vector<double> inverse_distance_sum;

  /// Of an estimate: where the true values lie with probability `confidence`, by Student's t over
  /// the sampled sources or the runs, each interval for itself. Nothing and empty when exact.
  std::optional<interval> mean_interval;
  std::optional<interval> efficiency_interval;
  std::optional<interval> reachable_pairs_interval;
  std::vector<interval> histogram_intervals;
  /// `hyperball`: relative standard error of one vertex's number of vertices within a distance,
  /// 1.04 / sqrt(registers runs).
  std::optional<double> counter_error;
};

/// Distances of all ordered pairs of vertices: their histogram and what follows from it. Exact, or
/// estimated with its error stated where exact counting is out of reach: see distance_method.
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
/// Estimates. `sampled`: the histogram is that of the sources, scaled; unbiased, and exact for what
/// is the same from all sources. The sources that reach the hub and those that do not are drawn
/// apart, in proportion, but at least a sixteenth of either. The mean is a ratio of two such
/// estimates. `hyperball`: a vertex's ball of radius t is the union of its neighbours' balls of
/// radius t - 1, so that one pass over the arcs makes all balls one larger; a counter's size is
/// estimated by Ertl's method. Undirected: the pairs that are reachable are known exactly, and the
/// histogram is scaled to them.
/// Cost. `exact`: O(vertices * arcs / 512) operations on words of 512 bits where distances are
/// short, and up to 512 times that on long cycles; memory at most 300 bytes a vertex and thread, of
/// more than 8192 vertices 600, and 4 bytes an arc (directed 8); folded trees and vertices without
/// arcs take 40. `sampled`: the same operations for sources / 512 in place of vertices / 512; 300
/// bytes. `hyperball`: O(runs * diameter * arcs * registers) operations on bytes, less where few
/// balls still grow; 2 * registers + 40 bytes a vertex with an arc, 4 bytes an arc (directed 8).
/// Throws std::invalid_argument (an option out of range, or more registers than memory has room
/// for), cancelled.
/// Deterministic: the same bits at any thread count and on any instruction set.
/// Source: multi-source breadth-first search, M. Then et al. 2014, doi:10.14778/2735496.2735507;
/// efficiency: V. Latora and M. Marchiori 2001, doi:10.1103/PhysRevLett.87.198701; effective
/// diameter: J. Leskovec et al. 2007, doi:10.1145/1217299.1217301; HyperBall: P. Boldi and S. Vigna
/// 2013, doi:10.1109/ICDMW.2013.10, arXiv:1308.2144; its counters: P. Flajolet et al. 2007,
/// doi:10.46298/dmtcs.3545, O. Ertl 2017, arXiv:1702.01284; sampled sources: D. Eppstein and J.
/// Wang 2004, doi:10.7155/jgaa.00081.
[[nodiscard]] distances_result distances(const graph& g, const distances_options& options = {},
                                         const execution& exec = {});

}  // namespace valuenet
