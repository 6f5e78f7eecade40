// Every number that the library has of an actor, by one name: for rankings, tables and exports.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/arc_weights.hpp"
#include "valuenet/graph/convention.hpp"
#include "valuenet/network/selection.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace valuenet {

enum class actor_metric : std::uint8_t {
  degree,
  in_degree,
  out_degree,
  weighted_degree,
  weighted_in_degree,
  weighted_out_degree,
  betweenness,
  closeness,
  harmonic,
  eccentricity,
  pagerank,
  eigenvector,
  hub,
  authority,
  katz,
  core,
  onion_layer,
  coreness,
  clustering,
  triangles,
  constraint,
  effective_size,
  efficiency,
  hierarchy,
  brokerage,
  parts,
};

/// What a reader must know of a metric.
struct actor_metric_facts {
  actor_metric metric = actor_metric::degree;
  /// For programs: "in-degree".
  std::string_view name;
  /// One line: what it is, with the formula.
  std::string_view definition;
  /// Whether the actors' values add up to something, so that shares of the total mean anything.
  bool has_total = false;
  /// Whether the small values are the notable ones (constraint).
  bool least_first = false;
};

/// All of them, in the order of the enumeration.
[[nodiscard]] std::span<const actor_metric_facts> actor_metrics() noexcept;
[[nodiscard]] const actor_metric_facts& facts_of(actor_metric metric) noexcept;
/// Nothing where none has this name.
[[nodiscard]] std::optional<actor_metric> parse_actor_metric(std::string_view name) noexcept;

struct actor_metric_options {
  /// Of betweenness, closeness, harmonic, clustering and PageRank.
  valuenet::convention convention = valuenet::convention::gephi;
  /// Of PageRank, eigenvector, hub, authority, Katz, coreness and Burt's measures. Weighted degrees
  /// always use them; paths, cores, triangles and brokerage never do.
  arc_weights weights = arc_weights::ignore;
  /// Of Katz centrality. Nothing: half the largest that converges, 1 / (2 lambda) with the largest
  /// eigenvalue lambda; 0.1 in a graph without a cycle, where every value converges.
  std::optional<double> katz_attenuation{};
};

struct actor_metric_result {
  actor_metric metric = actor_metric::degree;
  /// One a vertex; 0 where not defined.
  std::vector<double> values;
  /// One a vertex: nonzero where the metric is defined.
  std::vector<std::uint8_t> defined;
  /// Of those found by iteration; the others always are.
  bool converged = true;
};

/// The metric of every vertex, with the other options of its header at their defaults. Undefined:
/// closeness of who reaches nobody, clustering of who has no two neighbours, Burt's measures of who
/// has no neighbour, eigenvector centrality of a graph without a cycle, eccentricity of who reaches
/// nobody. Cost, errors and sources are those of the metric: metrics/*.hpp, network/roles.hpp.
/// Deterministic.
[[nodiscard]] actor_metric_result actor_values(const selection& selected, actor_metric metric,
                                               const actor_metric_options& options = {},
                                               const execution& exec = {});

/// The same of a bare graph, whose parallel arcs are of one kind.
[[nodiscard]] actor_metric_result actor_values(const graph& g, actor_metric metric,
                                               const actor_metric_options& options = {},
                                               const execution& exec = {});

}  // namespace valuenet
