// Polarisation: do relations stay within groups, and does the core feed the periphery?
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/network/accounting.hpp"
#include "valuenet/network/grouping.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace valuenet {

struct ei_options {
  /// Random dealings of the groups; 0: no test.
  int permutations = 1000;
  std::uint64_t seed = 42;
};

struct ei_result {
  /// Edges between two groups, and within one. Edges with an end in no group are in neither.
  std::uint64_t external = 0;
  std::uint64_t internal = 0;
  std::uint64_t without_group = 0;
  /// (E - I) / (E + I): -1 all within, 1 all between. Nothing where there is no such edge.
  std::optional<double> index;
  /// Mean over the dealings in closed form: an edge is between groups with probability
  /// 1 - sum_g n_g (n_g - 1) / (n (n - 1)), loops set aside.
  std::optional<double> expected;
  /// Standard deviation over the permutations, and (1 + permutations as far from the expected) /
  /// (1 + permutations).
  std::optional<double> deviation;
  std::optional<double> p_value;
  /// Of every group: external and internal edges at its actors, its index.
  struct group {
    std::uint64_t external = 0;
    std::uint64_t internal = 0;
    std::optional<double> index;
  };
  std::vector<group> groups;
  int permutations = 0;
  std::uint64_t seed = 0;
};

/// The E-I index of the edges (arcs of a directed graph; parallel ones each; loops left out), one
/// group a vertex or no_group, with a permutation test: groups are dealt out anew over the vertices
/// that have one, their sizes kept. O(edges) a permutation, spread over threads; the same bits at
/// any number of them. Throws std::invalid_argument for `group` of another length, over 2^24
/// groups, or permutations < 0. Source: D. Krackhardt and R. N. Stern 1988, doi:10.2307/2786835.
[[nodiscard]] ei_result ei_index(const graph& g, std::span<const std::uint32_t> group,
                                 const ei_options& options = {}, const execution& exec = {});

/// Relations by where they run: "core to core", "core to periphery", "periphery to core",
/// "periphery to periphery"; no group where an end's group is not known. The core are the groups
/// named (such as provinces). Crossed with the year by count_relations() it gives the core's share
/// and the core-to-periphery share over the years: polarisation and diffusion. Throws
/// std::invalid_argument for a core group that does not occur, or for none.
[[nodiscard]] relation_grouping group_core_periphery(const value_network& network,
                                                     const grouping& actors,
                                                     const std::vector<std::string>& core);

}  // namespace valuenet
