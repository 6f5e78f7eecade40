// The weighted graphs that a community search works on: the caller's graph as its objective sees
// it, and the graphs of communities above it.
#pragma once

#include "valuenet/graph/convention.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <span>
#include <vector>

#include "detail/parallel.hpp"

namespace valuenet::detail {

/// What of modularity the search needs. For vertices u, v in one community the objective counts
///   bond(u, v) - pull * (out(u) in(v) + in(u) out(v))
/// with the bond = weight between them, both directions, and `out`, `in` the null model's masses;
/// of an undirected graph out = in = mass, and both sides are halved: bond(u, v) - pull mass(u)
/// mass(v). What is inside one vertex never matters.
struct community_level {
  std::vector<std::uint64_t> offsets;  // size() + 1
  std::vector<vertex_id> neighbors;    // symmetric; neither loops nor parallels
  std::vector<double> bonds;
  std::vector<double> out_mass;
  std::vector<double> in_mass;  // empty when undirected
  double pull = 0.0;
  double loops = 0.0;  // of the ground level: what its loops add to the weight within classes

  [[nodiscard]] vertex_id size() const { return static_cast<vertex_id>(out_mass.size()); }
  [[nodiscard]] bool is_directed() const { return !in_mass.empty(); }
};

/// The caller's graph, without loops, seen by `which`; pull so that the search maximises modularity
/// at the resolution. Throws std::invalid_argument for a weight that is negative or not finite.
[[nodiscard]] community_level ground_level(const graph& g, convention which, double resolution,
                                           const execution& exec);

/// One vertex for every class of `classes` (0 .. count - 1).
[[nodiscard]] community_level aggregate(const community_level& below,
                                        std::span<const vertex_id> classes, vertex_id count);

/// Classes that fold each vertex with a single neighbour into it, where no optimum has them apart;
/// returns their number.
[[nodiscard]] vertex_id fold_leaves(const community_level& level, std::vector<vertex_id>& classes);

}  // namespace valuenet::detail
