// Graphs whose statistics are known in closed form.
#include "valuenet/synthesis/random_graph.hpp"

#include <stdexcept>
#include <string>

#include "detail/parallel.hpp"

namespace valuenet {
namespace {

constexpr std::size_t row_grain = std::size_t{1} << 16;

/// edge_at(i) -> {source, target} for i of [0, count).
template <class EdgeAt>
graph build(vertex_id vertices, std::size_t count, direction direction, const execution& exec,
            EdgeAt&& edge_at) {
  edge_list edges{.vertex_count = vertices, .sources{}, .targets{}};
  edges.sources.resize(count);
  edges.targets.resize(count);
  detail::parallel workers(exec);
  workers.for_each(count, row_grain, [&](std::size_t i) {
    const auto [source, target] = edge_at(i);
    edges.sources[i] = static_cast<vertex_id>(source);
    edges.targets[i] = static_cast<vertex_id>(target);
  });
  return build_graph(edges.columns(), {.direction = direction, .vertex_count = vertices}, exec);
}

struct ends {
  std::uint64_t source;
  std::uint64_t target;
};

}  // namespace

graph path_graph(vertex_id vertices, direction direction, const execution& exec) {
  const std::size_t count = vertices == 0 ? 0 : vertices - std::size_t{1};
  return build(vertices, count, direction, exec, [](std::size_t i) { return ends{i, i + 1}; });
}

graph cycle_graph(vertex_id vertices, direction direction, const execution& exec) {
  return build(vertices, vertices, direction, exec, [&](std::size_t i) {
    return ends{i, i + 1 == vertices ? 0 : i + 1};
  });
}

graph star_graph(vertex_id leaves, direction direction, const execution& exec) {
  if (leaves >= no_vertex - 1) {
    throw std::invalid_argument("star_graph: leaves is " + std::to_string(leaves) +
                                "; at most 4294967293 are possible");
  }
  return build(leaves + 1, leaves, direction, exec, [](std::size_t i) { return ends{0, i + 1}; });
}

graph complete_graph(vertex_id vertices, direction direction, const execution& exec) {
  if (vertices < 2) return build(vertices, 0, direction, exec, [](std::size_t) { return ends{}; });
  const std::size_t others = vertices - std::size_t{1};
  if (direction == direction::directed) {
    return build(vertices, vertices * others, direction, exec, [&](std::size_t i) {
      const std::size_t source = i / others;
      const std::size_t target = i % others;
      return ends{source, target < source ? target : target + 1};
    });
  }
  // Row k of the triangle's first half is folded together with row vertices - 1 - k of the other,
  // so that every folded row has the same length and i needs no square root.
  return build(vertices, vertices * others / 2, direction, exec, [&](std::size_t i) {
    const std::size_t length = vertices % 2 == 0 ? others : vertices;
    const std::size_t row = i / length;
    const std::size_t at = i % length;
    const std::size_t first = vertices - 1 - row;  // of row `row`: targets row + 1 .. vertices - 1
    if (at < first) return ends{row, row + 1 + at};
    const std::size_t mirrored = vertices % 2 == 0 ? vertices - 1 - row : vertices - 2 - row;
    return ends{mirrored, mirrored + 1 + (at - first)};
  });
}

graph grid_graph(vertex_id rows, vertex_id columns, direction direction, const execution& exec) {
  const std::uint64_t vertices = std::uint64_t{rows} * columns;
  if (vertices >= no_vertex) {
    throw std::invalid_argument("grid_graph: " + std::to_string(rows) + " x " +
                                std::to_string(columns) + " vertices; at most 4294967294");
  }
  const std::size_t across = columns == 0 ? 0 : rows * (columns - std::size_t{1});
  const std::size_t down = rows == 0 ? 0 : (rows - std::size_t{1}) * columns;
  return build(static_cast<vertex_id>(vertices), across + down, direction, exec,
               [&](std::size_t i) {
                 if (i >= across) return ends{i - across, i - across + columns};
                 const std::size_t at =
                     i / (columns - std::size_t{1}) * columns + i % (columns - std::size_t{1});
                 return ends{at, at + 1};
               });
}

}  // namespace valuenet
