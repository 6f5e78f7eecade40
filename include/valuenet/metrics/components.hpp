// The pieces that a graph falls into.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace valuenet {

struct components_result {
  /// Component of every vertex: 0 .. count - 1, numbered by their smallest vertices.
  std::vector<vertex_id> component;
  /// Vertices of every component.
  std::vector<vertex_id> sizes;
  vertex_id count = 0;
  /// The largest one; of equally large ones the first. Nothing for the null graph.
  std::optional<vertex_id> largest;
};

/// Weakly connected components: vertices joined by a path that may use arcs against their
/// direction. An isolated vertex is a component. The null graph has none. Loops and parallel arcs
/// change nothing. Nearly O(vertices + arcs), 8 bytes a vertex. Throws cancelled. Deterministic.
[[nodiscard]] components_result weak_components(const graph& g, const execution& exec = {});

/// Strongly connected components: vertices with paths both ways between them; of an undirected
/// graph its weak ones. O(vertices + arcs), at most 40 bytes a vertex; no recursion, so that a path
/// of any length is safe. Throws cancelled. Deterministic. Sources: R. Tarjan 1972,
/// doi:10.1137/0201010; L. Fleischer, B. Hendrickson and A. Pinar 2000,
/// doi:10.1007/3-540-45591-4_68.
[[nodiscard]] components_result strong_components(const graph& g, const execution& exec = {});

}  // namespace valuenet
