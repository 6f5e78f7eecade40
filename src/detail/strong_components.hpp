// Strong components in an order that dynamic programming over them can follow.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <span>
#include <vector>

#include "detail/parallel.hpp"

namespace valuenet::detail {

/// Components are numbered so that every arc between two of them leads to the smaller number.
struct ordered_components {
  std::vector<vertex_id> component;  // of every vertex
  std::vector<vertex_id> vertices;   // component after component
  std::vector<vertex_id> offsets;    // component c is vertices[offsets[c]] .. [offsets[c + 1] - 1]

  [[nodiscard]] vertex_id count() const { return static_cast<vertex_id>(offsets.size() - 1); }
  [[nodiscard]] std::span<const vertex_id> members(vertex_id c) const {
    return std::span(vertices).subspan(offsets[c], offsets[c + 1] - offsets[c]);
  }
};

/// Tarjan's algorithm (1972, doi:10.1137/0201010) on a stack of its own. O(vertices + arcs), 32
/// bytes a vertex.
[[nodiscard]] ordered_components find_strong_components(const graph& g, const parallel& workers);

/// The same for the vertices of parts below `end`, along arcs within a part only: names[v] becomes
/// a vertex of v's component, the same for all of it. Others keep their names.
void name_strong_components(const graph& g, std::span<const std::uint8_t> parts, std::uint8_t end,
                            std::span<vertex_id> names, const parallel& workers);

}  // namespace valuenet::detail
