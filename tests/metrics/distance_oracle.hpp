// The distances' oracle: one plain breadth-first search a source, over adjacency lists of its own.
#pragma once

#include "valuenet/graph/builder.hpp"
#include "valuenet/graph/graph.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <set>
#include <utility>
#include <vector>

namespace oracle {

constexpr std::uint32_t unreachable = ~std::uint32_t{0};

/// rows[u][v]: the distance from u to v.
inline std::vector<std::vector<std::uint32_t>> all_distances(
    std::uint32_t vertices, const std::vector<valuenet::edge>& edges, bool directed) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> arcs;
  for (const auto& each : edges) {
    arcs.insert({each.source, each.target});
    if (!directed) arcs.insert({each.target, each.source});
  }
  std::vector<std::vector<std::uint32_t>> next(vertices);
  for (const auto& [source, target] : arcs) next[source].push_back(target);
  std::vector<std::vector<std::uint32_t>> rows;
  for (std::uint32_t source = 0; source < vertices; ++source) {
    std::vector<std::uint32_t> row(vertices, unreachable);
    std::deque<std::uint32_t> waiting{source};
    row[source] = 0;
    while (!waiting.empty()) {
      const std::uint32_t v = waiting.front();
      waiting.pop_front();
      for (const std::uint32_t u : next[v]) {
        if (row[u] != unreachable) continue;
        row[u] = row[v] + 1;
        waiting.push_back(u);
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace oracle
