// Polarisation: do relations stay within groups, and does the core feed the periphery?
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/network/accounting.hpp"
#include "valuenet/network/grouping.hpp"
#include "valuenet/statistics/trend.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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

/// Over whom the concentration of a year is taken.
enum class polarisation_population : std::uint8_t {
  ever,    ///< all groups that hold something in any of the years: who is out holds nothing
  active,  ///< the groups that hold something in these years
};

struct polarisation_options {
  /// Which relations; from_year and until_year bound the series. Relations without a year are out.
  selection_options selection{};
  count_measure measure = count_measure::relations;
  counted_end end = counted_end::both;
  /// Years of a slice, its last included; nothing: all up to it. The trend's test supposes slices
  /// that do not overlap, so 1.
  std::optional<int> window = 1;
  polarisation_population population = polarisation_population::ever;
  /// The groups that are the core. Empty: the largest over all the years that together hold
  /// `core_share` of the total, as few as possible.
  std::vector<std::string> core{};
  /// In (0, 1).
  double core_share = 0.5;
};

/// A statistic over the years.
struct polarisation_series {
  /// For programs: "gini", "core_share", ...
  std::string name;
  /// The formula, for people.
  std::string definition;
  /// One a slice; nothing where undefined.
  std::vector<std::optional<double>> values;
  /// Mann-Kendall test and Theil-Sen slope a year over the years where it is defined.
  std::optional<trend_result> trend;
};

struct polarisation_result {
  /// Last year of each slice; every year from the first to the last that occur.
  std::vector<int> years;
  /// The groups that are taken for the core, the largest first.
  std::vector<std::string> core;
  /// total, members, largest_share, top_10_percent_share, top_1_percent_share,
  /// top_0.1_percent_share, gini, herfindahl, theil, core_share (of the ends counted),
  /// core_to_core, core_to_periphery, periphery_to_core, periphery_to_periphery (shares of the
  /// relations with a group at both ends), core_given, core_taken and diffusion = core_to_periphery
  /// / (core_to_periphery + periphery_to_core): above 1/2 the core gives the periphery more than it
  /// takes from it.
  std::vector<polarisation_series> series;

  /// By name; nullptr when there is none.
  [[nodiscard]] const polarisation_series* find(std::string_view name) const noexcept;
};

/// Concentration over the groups and the core's part, year by year, with their trends. A relation
/// counts in its year at the ends that options.end says; no slices where nothing selected has a
/// year. O(relations + groups x years). Throws std::invalid_argument for a grouping of another
/// length, a core group that does not occur, window < 1, core_share out of range, more than 10,000
/// years or 2^26 groups x years, a negative amount, and what select() throws. Deterministic.
[[nodiscard]] polarisation_result polarisation(const value_network& network, const grouping& actors,
                                               const polarisation_options& options = {},
                                               const execution& exec = {});

}  // namespace valuenet
