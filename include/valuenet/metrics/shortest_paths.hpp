// Shortest paths from one vertex: by hops (breadth-first search) and by lengths.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/metrics/arc_length.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace valuenet {

enum class path_parents : std::uint8_t {
  skip,  ///< distances alone
  find,  ///< the vertex before each on a shortest path too
};

struct breadth_first_search_options {
  path_parents parents = path_parents::find;
};

struct breadth_first_search_result {
  /// Arcs on a shortest path from the source, one a vertex; 0 where there is none.
  std::vector<std::uint32_t> distances;
  /// Whether there is one.
  std::vector<bool> defined;
  /// The vertex before each; no_vertex for the source and where there is no path. Empty: skipped.
  std::vector<vertex_id> parents;
  /// Vertices with a path, the source among them, and the largest distance.
  vertex_id reached = 0;
  std::uint32_t depth = 0;
};

/// Distances in arcs from a source to every vertex, and a tree of shortest paths.
///
/// Conventions: along the arcs of a directed graph (search transpose(g) for the distances to the
/// source); weights are ignored; loops and parallel arcs change nothing. The parent is the smallest
/// vertex that can be it. Cost: O(vertices + arcs), usually far fewer arcs, as levels with many
/// vertices are searched from the vertices not yet met; 17 bytes a vertex. Throws
/// std::invalid_argument for a source out of range; cancelled. Deterministic: the same at any
/// thread count. Source: S. Beamer, K. Asanovic and D. Patterson 2012, doi:10.1109/SC.2012.50.
[[nodiscard]] breadth_first_search_result breadth_first_search(
    const graph& g, vertex_id source, const breadth_first_search_options& options = {},
    const execution& exec = {});

struct shortest_paths_options {
  arc_length length = arc_length::weight;
  path_parents parents = path_parents::find;
};

struct shortest_paths_result {
  /// Length of a shortest path from the source, one a vertex; 0 where there is none.
  std::vector<double> distances;
  std::vector<bool> defined;
  std::vector<vertex_id> parents;
  vertex_id reached = 0;
};

/// Lengths of shortest paths from a source to every vertex, and a tree of them.
///
/// distance(v) = min over paths of the sum of lengths, added up from the source on in double
/// precision. Conventions: as above; weights are lengths (an unweighted graph's are 1) or
/// strengths whose inverses are; of parallel arcs the shortest counts. A path whose lengths add up
/// to more than the largest double is none. The parent is the smallest
/// vertex u with distance(u) + length(u -> v) = distance(v) and distance(u) < distance(v); where
/// only arcs of no length lead to a vertex, one of fewest such arcs. Method: vertices wait in bins
/// of a distance's width, the nearest bin is relaxed at once, in parallel; a graph on which that
/// repeats itself is finished by Dijkstra's algorithm. Cost: O(arcs + vertices) operations usually,
/// O(arcs log vertices) at worst; about 40 bytes a vertex, and 8 an arc with inverse_weight. Throws
/// std::invalid_argument for a source out of range, a weight that is negative or not finite, or
/// with inverse_weight one that is 0; cancelled. Deterministic: the same bits at any thread count.
/// Sources: E. Dijkstra 1959, doi:10.1007/BF01386390; U. Meyer and P. Sanders 2003,
/// doi:10.1016/S0196-6774(03)00076-2.
[[nodiscard]] shortest_paths_result shortest_paths(const graph& g, vertex_id source,
                                                   const shortest_paths_options& options = {},
                                                   const execution& exec = {});

/// The vertices from the source to `target`, both included, by the parents of either search; empty
/// when the target has no parent and is not `source`. Throws std::invalid_argument for a vertex out
/// of range of the parents. O(length of the path).
[[nodiscard]] std::vector<vertex_id> path_between(std::span<const vertex_id> parents,
                                                  vertex_id source, vertex_id target);

}  // namespace valuenet
