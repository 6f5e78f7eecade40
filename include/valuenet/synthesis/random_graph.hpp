// Made-up graphs: random models and closed forms, for tests, benches and null hypotheses. Every one
// is the same graph for the same options at any number of threads.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/builder.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <vector>

namespace valuenet {

/// Edges as a generator draws them, before anything is merged, sorted or dropped.
struct edge_list {
  vertex_id vertex_count = 0;
  std::vector<vertex_id> sources;
  std::vector<vertex_id> targets;

  [[nodiscard]] edge_columns columns() const noexcept {
    return {.sources = sources, .targets = targets};
  }
};

/// Graph500's parameters by default.
struct rmat_options {
  /// 2^scale vertices; 0 to 31.
  int scale = 16;
  /// Rows drawn for each vertex; the simple graph has fewer edges.
  double edge_factor = 16.0;
  /// Chances of the four quadrants of the adjacency matrix; the fourth is 1 - a - b - c.
  double a = 0.57;
  double b = 0.19;
  double c = 0.19;
  valuenet::direction direction = valuenet::direction::undirected;
  valuenet::duplicates duplicates = valuenet::duplicates::first;
  valuenet::loops loops = valuenet::loops::drop;
  std::uint64_t seed = 42;
};

/// R-MAT: round(edge_factor * 2^scale) rows, each of which descends `scale` times into a quadrant
/// of the adjacency matrix; vertex ids are then scrambled by a bijection that the seed picks, so
/// that they tell nothing of the degree. By default loops are dropped and repeats merged (simple,
/// unweighted).
/// Cost: O(rows * scale / 6) and the building; 8 bytes a row beside the graph and its building.
/// Throws std::invalid_argument for a scale outside 0..31, an edge_factor that is negative, not
/// finite or asks for 2^40 rows or more, or chances that are negative or add up to more than 1.
/// Source: Chakrabarti, Zhan, Faloutsos 2004, doi:10.1137/1.9781611972740.43; graph500.org.
[[nodiscard]] graph rmat(const rmat_options& options = {}, const execution& exec = {});

/// The rows alone; direction, duplicates and loops of the options do not matter.
[[nodiscard]] edge_list rmat_edges(const rmat_options& options = {}, const execution& exec = {});

/// 0 - 1 - ... - (vertices - 1): vertices - 1 edges, directed ones upward. O(vertices), as below.
[[nodiscard]] graph path_graph(vertex_id vertices, direction direction = direction::undirected,
                               const execution& exec = {});
/// A path and the edge from its last vertex to vertex 0. One vertex: a loop; two: parallel edges
/// when undirected, a reciprocal pair when directed.
[[nodiscard]] graph cycle_graph(vertex_id vertices, direction direction = direction::undirected,
                                const execution& exec = {});
/// Vertex 0 joined to `leaves` others, directed ones away from it.
[[nodiscard]] graph star_graph(vertex_id leaves, direction direction = direction::undirected,
                               const execution& exec = {});
/// Every pair of different vertices; directed: both ways. O(vertices^2).
[[nodiscard]] graph complete_graph(vertex_id vertices, direction direction = direction::undirected,
                                   const execution& exec = {});
/// Vertex r * columns + c is joined to its right and lower neighbours, directed ones away from it.
/// Throws std::invalid_argument for 2^32 - 1 vertices or more.
[[nodiscard]] graph grid_graph(vertex_id rows, vertex_id columns,
                               direction direction = direction::undirected,
                               const execution& exec = {});

}  // namespace valuenet
