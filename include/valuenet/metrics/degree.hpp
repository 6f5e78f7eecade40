// How many ties a vertex has: degrees, their distribution, averages and centralization.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/convention.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace valuenet {

enum class degree_kind : std::uint8_t {
  total,  ///< in + out; of an undirected graph the ends of edges at the vertex
  in,     ///< arcs that end there (what an actor took in)
  out,    ///< arcs that start there (what it gave)
};

/// Degree of every vertex.
///
/// Conventions: parallel arcs count each. A loop of a directed graph counts 1 in, 1 out, 2 in
/// total; of an undirected graph 2. In and out are the total where a graph is undirected. So in
/// Gephi, NetworkX and igraph. O(vertices) time and 8 bytes a vertex, + O(arcs) for an undirected
/// graph with loops. Throws cancelled.
[[nodiscard]] std::vector<std::uint64_t> degrees(const graph& g,
                                                 degree_kind kind = degree_kind::total,
                                                 const execution& exec = {});

/// Weighted degree (strength) of every vertex: the sum of the weights of the arcs that its degree
/// counts, a loop's weight as often as the loop. The degree itself when the graph is not weighted.
/// O(arcs). Deterministic: each sum runs in row order.
[[nodiscard]] std::vector<double> weighted_degrees(const graph& g,
                                                   degree_kind kind = degree_kind::total,
                                                   const execution& exec = {});

/// How many vertices have a degree.
struct degree_frequency {
  std::uint64_t degree = 0;
  std::uint64_t vertices = 0;
  friend bool operator==(const degree_frequency&, const degree_frequency&) = default;
};

/// The distinct values with their frequencies, degrees ascending. O(n log(distinct values)) at
/// worst, O(n) while the values are below 2^20.
[[nodiscard]] std::vector<degree_frequency> degree_distribution(
    std::span<const std::uint64_t> degrees);

/// Mean degree over all vertices: E / N under `gephi` for a directed graph (arcs a vertex, the mean
/// in- as well as out-degree), else 2 E / N, with E = edge_count(), loops and parallel arcs
/// included. Nothing for the null graph. O(1).
[[nodiscard]] std::optional<double> average_degree(
    const graph& g, valuenet::convention convention = convention::gephi);

/// The same with the sum of all weights for E. O(arcs).
[[nodiscard]] std::optional<double> average_weighted_degree(
    const graph& g, valuenet::convention convention = convention::gephi,
    const execution& exec = {});

/// Freeman's degree centralization: sum over v of (max k - k(v)), divided by its largest value over
/// all simple graphs with as many vertices: (n - 1)^2 for in- or out-degree of a directed graph,
/// 2 (n - 1)(n - 2) for its total degree, (n - 1)(n - 2) for an undirected graph. 1 for a star, 0
/// when all degrees are equal.
///
/// Conventions: of the simple graph, loops left out and parallel arcs counted once, else the value
/// could exceed 1 (igraph counts them). Population: all vertices. Nothing where the divisor is 0.
/// O(arcs). Source: L. C. Freeman 1978, doi:10.1016/0378-8733(78)90021-7.
[[nodiscard]] std::optional<double> degree_centralization(const graph& g,
                                                          degree_kind kind = degree_kind::total,
                                                          const execution& exec = {});

}  // namespace valuenet
