// Roles of actors: who spans structural holes, who brokers between groups, who holds the network
// together, who is its core.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace valuenet {

enum class tie_strength : std::uint8_t {
  unit,   ///< a_ij = 1 where there is an arc from i to j
  weight  ///< a_ij = sum of the weights of the arcs from i to j
};

/// Burt's measures of structural holes, one entry a vertex. Undefined (0 and not `defined`) for a
/// vertex without a neighbour; hierarchy also below two neighbours.
struct structural_holes_result {
  /// c_i = sum_j (p_ij + sum_q p_iq p_qj)^2 over the neighbours j of i, q apart from i and j.
  std::vector<double> constraint;
  /// n_i less the mean redundancy: sum_j (1 - sum_q p_iq m_jq).
  std::vector<double> effective_size;
  /// effective_size / number of neighbours.
  std::vector<double> efficiency;
  /// Coleman-Theil inequality of the constraint over the neighbours: sum_j (c_ij / C) ln(c_ij / C)
  /// / (n ln n), with C the mean of the c_ij: 0 where every contact constrains alike, 1 where one
  /// holds all.
  std::vector<double> hierarchy;
  std::vector<std::uint8_t> defined;
  std::vector<std::uint8_t> hierarchy_defined;
};

/// Of every vertex, with z_ij = a_ij + a_ji, p_ij = z_ij / sum_k z_ik, m_jq = z_jq / max_k z_jk.
/// Loops are left out; with `unit`, parallel arcs count once; an undirected edge is one arc each
/// way. Neighbours are those at either end of an arc (NetworkX's constraint of a directed graph
/// leaves a vertex without an arc out undefined; here it has one). Cost: O(sum over edges of the
/// degrees at their ends), spread over threads; 16 bytes an arc and 12 a vertex and thread. Throws
/// std::invalid_argument for a weight below 0. Deterministic. Source: R. S. Burt 1992, "Structural
/// Holes", Harvard University Press, ch. 2.
[[nodiscard]] structural_holes_result structural_holes(const graph& g,
                                                       tie_strength strength = tie_strength::unit,
                                                       const execution& exec = {});

/// What a broker b does in an open path a -> b -> c (an arc a -> b, an arc b -> c, none a -> c).
enum class brokerage_role : std::uint8_t {
  coordinator,     ///< all three in one group
  itinerant,       ///< a and c in one group, the broker in another (consultant)
  gatekeeper,      ///< b and c in one group, a in another: lets things in
  representative,  ///< a and b in one group, c in another: lets things out
  liaison,         ///< three groups
};
inline constexpr std::size_t brokerage_roles = 5;
/// "coordinator", "itinerant", ...
[[nodiscard]] std::string_view to_string(brokerage_role role) noexcept;

struct brokerage_result {
  /// Open paths through each vertex by role.
  std::vector<std::array<std::uint64_t, brokerage_roles>> counts;
  /// What the vertex's broker count would be by role if groups were dealt out at random over the
  /// vertices that have a group, their sizes kept, the broker's own group kept; and its standard
  /// deviation, from permutations. Empty without permutations.
  std::vector<std::array<double, brokerage_roles>> expected;
  std::vector<std::array<double, brokerage_roles>> deviation;
  /// (count - expected) / deviation; nothing where the deviation is 0.
  [[nodiscard]] std::optional<double> z_score(vertex_id v, brokerage_role role) const;
  std::array<std::uint64_t, brokerage_roles> total{};
  int permutations = 0;
  std::uint64_t seed = 0;
};

struct brokerage_options {
  /// Random dealings of the groups for expectation and z-scores; 0: none.
  int permutations = 0;
  std::uint64_t seed = 42;
};

/// Gould and Fernandez's brokerage of every vertex. `group` has one entry a vertex; vertices with
/// the entry no_group (0xFFFFFFFF) take no part. Loops and parallel arcs do not count; an
/// undirected edge is an arc each way, so that a path counts in both directions. The broker counts
/// each ordered pair (a, c), a != c. Cost: O(sum of in x out degrees) with a look at a's marked
/// out-arcs, each permutation as much. Throws std::invalid_argument for a `group` of another length
/// or permutations < 0. The same bits at any number of threads. Source: R. V. Gould and R. M.
/// Fernandez 1989, doi:10.2307/270949.
[[nodiscard]] brokerage_result brokerage(const graph& g, std::span<const std::uint32_t> group,
                                         const brokerage_options& options = {},
                                         const execution& exec = {});

/// Whose loss would split a component, direction ignored.
struct cut_result {
  /// Nonzero: without the vertex its component falls apart (articulation point).
  std::vector<std::uint8_t> is_articulation;
  /// Into how many parts (1: it does not; 0: it stands alone).
  std::vector<std::uint32_t> parts;
  /// Edges whose loss splits a component: {u, v}, u < v, ascending. A pair joined by two arcs or
  /// parallel edges counts as one edge.
  std::vector<std::array<vertex_id, 2>> bridges;
};

/// Articulation points and bridges. O(vertices + arcs), without recursion. Source: R. Tarjan 1972,
/// doi:10.1137/0201010.
[[nodiscard]] cut_result cuts(const graph& g, const execution& exec = {});

struct participation_result {
  /// P_v = 1 - sum_s (k_vs / k_v)^2, k_vs the neighbours in group s, k_v those in any group: 0
  /// where all are in one group, towards 1 - 1/groups where they are spread evenly. 0 and not
  /// `defined` without a neighbour in a group.
  std::vector<double> participation;
  std::vector<std::uint8_t> defined;
  /// How far the neighbours in one's own group exceed what is usual there: (k_vg - mean) / standard
  /// deviation over the group's vertices. Not defined without a group, or where all have as many.
  std::vector<double> within_z;
  std::vector<std::uint8_t> z_defined;
};

/// How each vertex spreads its ties over the groups. Neighbours are distinct vertices at either end
/// of an arc; loops, parallel arcs and weights change nothing; who is in no group does not count as
/// a neighbour. O(arcs). Throws std::invalid_argument for a `group` of another length.
/// Deterministic. Source: R. Guimera and L. A. N. Amaral 2005, doi:10.1038/nature03288.
[[nodiscard]] participation_result participation(const graph& g,
                                                 std::span<const std::uint32_t> group,
                                                 const execution& exec = {});

}  // namespace valuenet
