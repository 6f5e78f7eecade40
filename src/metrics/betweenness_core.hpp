// What is left of a graph for betweenness when everything with a closed form has been folded away.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <vector>

namespace valuenet::detail {

/// A vertex folded into another one.
enum class fold : std::uint8_t { none, tree, source, sink };

/// The core: its vertices renumbered, hubs first; every pair of tied vertices one arc each way it
/// runs, with how many parallel arcs it stands for.
struct betweenness_core {
  vertex_id size = 0;
  std::vector<vertex_id> original;  // of core vertices
  std::vector<vertex_id> position;  // of all vertices in the core, or no_vertex
  std::vector<arc_id> out_offsets;
  std::vector<vertex_id> out_targets;
  std::vector<arc_id> in_offsets;  // of an undirected core: the same as out
  std::vector<vertex_id> in_sources;
  /// For each in-arc its place among the out-arcs.
  std::vector<arc_id> in_arcs;
  /// Parallel arcs behind each out-arc and in-arc; empty where none is more than one.
  std::vector<double> out_multiplicity;
  std::vector<double> in_multiplicity;
  /// Sources and targets that a core vertex stands for, itself included.
  std::vector<double> source_weight;
  std::vector<double> target_weight;
  /// Directed, folded: the vertex into whose searches a vertex's own are merged, or no_vertex; and
  /// for each vertex from merged_offsets on the vertices that are merged into it. A vertex with one
  /// way out reaches everything through the vertex it leads to.
  std::vector<vertex_id> merged_into;
  std::vector<vertex_id> merged_offsets;
  std::vector<vertex_id> merged;

  // Of all vertices of the graph.
  /// How each was folded, into whom, and the folding order.
  std::vector<fold> folded;
  std::vector<vertex_id> parent;
  std::vector<vertex_id> fold_order;
  std::vector<double> sources;  // source weight when folded, or in the core
  std::vector<double> targets;
  /// Undirected: sum of squares of the sizes of the trees that hang on each vertex, and the size of
  /// its component.
  std::vector<double> branch_squares;
  std::vector<double> component_size;
};

/// What is taken out of the graph, or out of the searches.
enum class folding : std::uint8_t {
  nothing,            ///< the core is the whole graph, as sampling needs it
  leaves,             ///< trees, and sources and sinks of one arc
  leaves_and_merged,  ///< and searches from vertices with one way out are merged
};

/// `parallel_paths` false: parallel arcs are one. O(arcs).
[[nodiscard]] betweenness_core make_betweenness_core(const graph& g, folding folded,
                                                     bool parallel_paths, const execution& exec);

}  // namespace valuenet::detail
