// The diameter alone: far cheaper than all distances.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <limits>
#include <optional>

namespace valuenet {

struct diameter_options {
  /// After about so many searches the bounds are taken as they are.
  std::uint64_t most_searches = std::numeric_limits<std::uint64_t>::max();
};

struct diameter_result {
  /// The largest finite distance. Nothing for the null graph; 0 when no vertex reaches another.
  /// Where most_searches were not enough, the largest one found.
  std::optional<std::uint32_t> diameter;
  /// No distance is larger. Equal to `diameter` when that is exact.
  std::uint32_t upper_bound = 0;
  /// Two vertices at that distance, `target` from `source`. no_vertex when the diameter is 0.
  vertex_id source = no_vertex;
  vertex_id target = no_vertex;
  /// Vertices whose distances to all others were searched for; the rest were ruled out.
  std::uint64_t searches = 0;
};

/// The largest finite distance between two vertices, exactly unless options.most_searches ends it:
///
///   diameter = max { d(u, v) : v reachable from u }.
///
/// Conventions: as distances(): unweighted; a directed graph's paths follow its arcs; loops and
/// parallel arcs change nothing; unreachable pairs are left out (Gephi, igraph). It equals
/// distances().diameter.
/// How: a few searches give a lower bound and, for every vertex, an upper bound on how far it can
/// be from others; only vertices whose upper bound is above the lower bound are searched from, 64
/// at once. On networks with hubs that are few. On a graph where all vertices look alike (a torus)
/// none can be ruled out, and the cost is that of distances(), unless options.most_searches ends
/// it. Cost: O(searches (vertices + arcs) / 64) and a few times O(vertices + arcs); 80 bytes a
/// vertex and 40 more for each thread. Throws cancelled. Deterministic, `source`, `target` and
/// `searches` too. Source: undirected: iFUB, P. Crescenzi et al. 2013,
/// doi:10.1016/j.tcs.2012.09.018; directed: ExactSumSweep's bounds over strong components, M.
/// Borassi et al. 2015, doi:10.1016/j.tcs.2015.02.033.
[[nodiscard]] diameter_result diameter(const graph& g, const diameter_options& options = {},
                                       const execution& exec = {});

}  // namespace valuenet
