// Triangles, and how often two neighbours of a vertex are tied to each other.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/convention.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace valuenet {

/// Which vertices the average clustering is over.
enum class clustering_population : std::uint8_t {
  by_convention,  ///< see clustering()
  all,            ///< every vertex; an undefined coefficient counts as 0 (igraph's mode "zero")
  defined,        ///< vertices whose coefficient is defined (igraph's mode "nan")
};

struct clustering_options {
  valuenet::convention convention = convention::gephi;
  clustering_population population = clustering_population::by_convention;
  /// Convention `gephi` of a directed graph with parallel arcs only: the kind of every arc, see
  /// gephi_undirected_view().
  std::span<const std::uint32_t> arc_kinds{};
};

struct clustering_result {
  /// Triangles that each vertex is a corner of, and all of them: triples of vertices, each two of
  /// which are tied in some direction. The same under every convention.
  std::vector<std::uint64_t> triangles;
  std::uint64_t triangle_count = 0;
  /// Local clustering coefficient; 0 where it is not defined.
  std::vector<double> local;
  std::vector<bool> defined;
  /// Mean of `local` over `averaged_over` vertices; nothing when there is none.
  std::optional<double> average;
  std::uint64_t averaged_over = 0;
  /// 3 triangles / connected triples. Nothing when there is no connected triple.
  std::optional<double> transitivity;
};

/// Clustering of every vertex v with k(v) neighbours, all triangles, and their averages.
///
///   gephi, directed      arcs between different neighbours of v / (k (k - 1)); a neighbour in
///   either
///                        direction counts once; average over all vertices
///   gephi, undirected    2 triangles / (k (k - 1)); average over vertices with k >= 2
///   networkx, directed   Fagiolo: ((A + A^T)^3)_vv / (2 (d (d - 1) - 2 m)) with d the sum of in-
///   and
///                        out-degree and m the neighbours both ways; average over all vertices
///   networkx, undirected 2 triangles / (k (k - 1)); average over all vertices
///   igraph               2 triangles / (k (k - 1)), direction ignored; average over k >= 2
///
/// A coefficient is defined when its divisor is not 0. Transitivity ignores direction, but under
/// `networkx` a directed graph's is the share of ordered pairs (a, b) of out-neighbours of a vertex
/// with an arc a->b, which is what NetworkX computes.
///
/// Conventions: parallel arcs count once and loops are left out, except under `gephi`, where a
/// vertex with a loop is its own neighbour, and where in a directed graph a neighbour stands in k
/// (and in the pairs) as often as it has edges to v in gephi_undirected_view(). Weights are
/// ignored. Cost: O(arcs^1.5) at worst. Memory: 4 bytes a pair of neighbours and direction, 8 to 24
/// a vertex, 8 more a vertex and thread. Throws std::invalid_argument (arc_kinds neither empty nor
/// one an arc), cancelled. Deterministic. Sources: D. Watts and S. Strogatz 1998,
/// doi:10.1038/30918; G. Fagiolo 2007, doi:10.1103/PhysRevE.76.026107; Gephi 0.9.2 as measured, see
/// tests/reference/gephi.
[[nodiscard]] clustering_result clustering(const graph& g, const clustering_options& options = {},
                                           const execution& exec = {});

}  // namespace valuenet
