// How deep in the graph a vertex lies: k-cores and onion layers.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <vector>

namespace valuenet {

struct core_result {
  /// The largest k for which the vertex is in the k-core; 0 for an isolated one.
  std::vector<vertex_id> core;
  /// In which round it is removed, from 1: see core_numbers().
  std::vector<vertex_id> layer;
  /// The largest core number and the number of rounds; 0 for the null graph.
  vertex_id degeneracy = 0;
  vertex_id layers = 0;
};

/// Core number of every vertex: the k-core is the largest subgraph in which every vertex has at
/// least k neighbours. Onion layers: k grows from 0; each round removes at once all vertices that
/// have k neighbours left or fewer, until none has, and only then k grows.
///
/// Conventions: neighbours are distinct vertices tied in either direction; loops, parallel arcs and
/// weights change nothing. (Of a directed graph NetworkX and igraph count a neighbour both ways
/// twice.) Population: all vertices. Cost: O(vertices + arcs log(degeneracy)), 16 bytes a vertex
/// and, unless the graph is undirected and simple, 8 a tie. Throws cancelled. Deterministic.
/// Sources: S. Seidman 1983, doi:10.1016/0378-8733(83)90028-X; L. Hebert-Dufresne, J. Grochow and
/// A. Allard 2016, doi:10.1038/srep31708 (onion).
[[nodiscard]] core_result core_numbers(const graph& g, const execution& exec = {});

}  // namespace valuenet
