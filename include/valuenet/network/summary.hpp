// The summary of a value network: the table of network statistics that a report prints, each number
// with its definition and the population it was averaged over.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/convention.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/metrics/distances.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/statistics/interval.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace valuenet {

/// What a person chose in the dialogs of Gephi's statistics for a directed graph.
enum class gephi_dialog : std::uint8_t {
  directed,
  /// Paths, clustering and density of the undirected view (of a reciprocal pair one edge); degrees
  /// remain those of the directed graph. Under other conventions without effect.
  undirected,
};

struct summary_options {
  valuenet::convention convention = valuenet::convention::gephi;
  gephi_dialog dialog = gephi_dialog::directed;
  /// Modularity is that of the best of `runs` Leiden partitions at this resolution, whose direction
  /// the convention fixes (Gephi: higher gives fewer, larger communities). The best
  /// `finalists` of them after a trial are carried to the end, see communities_options.
  double resolution = 1.0;
  int runs = 10;
  std::uint32_t finalists = 2;
  std::uint32_t most_patience = 32;
  std::uint64_t seed = 42;
  /// How distances are found, and up to which effort `automatic` counts them all: see
  /// distances_options.
  distance_method distances = distance_method::automatic;
  std::uint64_t exact_budget = distances_options{}.exact_budget;
};

/// One line of the summary.
struct statistic {
  /// For programs: "average_path_length".
  std::string name;
  /// For people: "average path length", and in Chinese "平均路径长度".
  std::string label;
  std::string label_zh;
  /// Nothing where the statistic is undefined; then `definition` says why.
  std::optional<double> value;
  /// A whole number of things, to be printed in full.
  bool is_count = false;
  /// What was computed, by whose convention, with the formula.
  std::string definition;
  /// What it was counted or averaged over, with how many there were.
  std::string population;
  /// Where chance had a part.
  std::optional<std::uint64_t> seed{};
  /// Of an estimate: the true value lies there with a probability of 95%.
  std::optional<valuenet::interval> interval{};
};

struct summary_result {
  valuenet::convention convention = valuenet::convention::gephi;
  valuenet::direction direction = valuenet::direction::directed;
  gephi_dialog dialog = gephi_dialog::directed;
  /// In the order of the report's table, then the further ones.
  std::vector<statistic> statistics;
  /// Empty, or what a reader must be told of the network ("surrogate ...").
  std::string notice;

  /// By name; nullptr when there is none.
  [[nodiscard]] const statistic* find(std::string_view name) const noexcept;
};

/// Every statistic of the report's 表3 (sample_nodes, relation_nodes, nodes, edges, average_degree,
/// average_weighted_degree, diameter, density, modularity, average_clustering, average_path_length)
/// and radius, reachable_pairs, unreachable_pairs, effective_diameter, global_efficiency,
/// weak_components, largest_weak_component, strong_components, largest_strong_component, triangles,
/// transitivity, reciprocity, degree_assortativity, communities, loops, parallel_edges,
/// in_degree_centralization, out_degree_centralization, degree_centralization.
/// Each under options.convention, read as the graph is: directed or undirected. Throws
/// std::invalid_argument for an option out of range, cancelled.
/// Cost: that of the distances of all pairs (metrics/distances.hpp), which on large graphs are
/// estimated and then say so, with an interval, and of `runs` Leiden runs; where distances are
/// estimated, the diameter is searched for apart (metrics/diameter.hpp) in at most some thousand
/// searches. The modularity is a lower bound of the maximum: found by a search, the same for one
/// seed.
[[nodiscard]] summary_result summarize(const graph& g, const summary_options& options = {},
                                       const execution& exec = {});

/// As above, with the roles of the selection's actors and the network's notice.
[[nodiscard]] summary_result summarize(const selection& selected,
                                       const summary_options& options = {},
                                       const execution& exec = {});

}  // namespace valuenet
