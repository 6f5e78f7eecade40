// Oracles for the structural statistics: adjacency matrices and loops over all triples, sharing
// nothing with the kernels.
#pragma once

#include "valuenet/graph/builder.hpp"
#include "valuenet/graph/graph.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "detail/random.hpp"

namespace oracle {

/// How many arcs there are from u to v. An undirected edge stands in both cells, a loop in one.
struct matrix {
  std::size_t n = 0;
  bool directed = true;
  std::vector<std::uint64_t> cells;
  std::vector<double> weights;

  [[nodiscard]] std::uint64_t operator()(std::size_t u, std::size_t v) const {
    return cells[u * n + v];
  }
  [[nodiscard]] double weight(std::size_t u, std::size_t v) const { return weights[u * n + v]; }
  /// Tied in some direction.
  [[nodiscard]] bool tied(std::size_t u, std::size_t v) const {
    return u != v && ((*this)(u, v) > 0 || (*this)(v, u) > 0);
  }
};

struct edges {
  valuenet::vertex_id n = 0;
  bool directed = true;
  std::vector<valuenet::edge> list;

  [[nodiscard]] valuenet::graph graph() const {
    return valuenet::build_graph(list, {.direction = directed ? valuenet::direction::directed
                                                              : valuenet::direction::undirected,
                                        .vertex_count = n});
  }
  [[nodiscard]] matrix as_matrix() const {
    matrix m{n, directed, std::vector<std::uint64_t>(std::size_t{n} * n, 0),
             std::vector<double>(std::size_t{n} * n, 0.0)};
    const auto add = [&](std::size_t u, std::size_t v, double weight) {
      m.cells[u * n + v] += 1;
      m.weights[u * n + v] += weight;
    };
    for (const auto& each : list) {
      add(each.source, each.target, each.weight);
      if (!directed && each.source != each.target) add(each.target, each.source, each.weight);
    }
    return m;
  }
};

/// A small random graph, now and then with loops, parallel arcs, isolated vertices or none at all.
/// Weights are multiples of 1/4, so that sums are exact.
inline edges random_edges(std::uint64_t seed, valuenet::vertex_id most_vertices = 12) {
  valuenet::detail::random_stream random(seed, 77);
  edges result;
  result.n = static_cast<valuenet::vertex_id>(random.below(most_vertices + 1));
  result.directed = random.below(2) == 0;
  if (result.n == 0) return result;
  const bool simple = random.below(2) == 0;
  const std::uint64_t rows = random.below(std::uint64_t{result.n} * (result.n < 20 ? 3 : 5) + 1);
  std::vector<std::pair<valuenet::vertex_id, valuenet::vertex_id>> seen;
  for (std::uint64_t row = 0; row < rows; ++row) {
    valuenet::edge each{static_cast<valuenet::vertex_id>(random.below(result.n)),
                        static_cast<valuenet::vertex_id>(random.below(result.n)),
                        static_cast<double>(random.below(16)) / 4.0};
    if (simple) {
      auto key = std::pair{each.source, each.target};
      if (!result.directed && key.first > key.second) std::swap(key.first, key.second);
      if (each.source == each.target) continue;
      if (std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
      seen.push_back(key);
    }
    result.list.push_back(each);
  }
  return result;
}

/// The edge lists of data/graphs: a comment with vertices=N and directed=0|1, then two columns.
inline edges read_edge_list(const std::filesystem::path& file) {
  std::ifstream in(file);
  edges result;
  std::string line;
  while (std::getline(in, line)) {
    if (line.starts_with('#')) {
      const auto number_after = [&](const std::string& key) -> unsigned long {
        const auto at = line.find(key + "=");
        return at == std::string::npos ? 0 : std::stoul(line.substr(at + key.size() + 1));
      };
      result.n = static_cast<valuenet::vertex_id>(number_after("vertices"));
      result.directed = number_after("directed") != 0;
      continue;
    }
    std::istringstream fields(line);
    valuenet::edge each;
    if (fields >> each.source >> each.target) result.list.push_back(each);
  }
  return result;
}

inline std::filesystem::path shared(const std::string& name) {
  return std::filesystem::path(VALUENET_SHARED_DIR) / name;
}

}  // namespace oracle
