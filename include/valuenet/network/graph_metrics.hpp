// Every number that the library has of a whole graph, by one name: to be held against null models.
#pragma once

#include "valuenet/graph/convention.hpp"
#include "valuenet/statistics/null_model.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace valuenet {

struct graph_metric_options {
  /// Of clustering, reciprocity, assortativity, modularity and the actor metrics that differ.
  valuenet::convention convention = valuenet::convention::gephi;
  /// Of the searches for communities and cores.
  std::uint64_t seed = 42;
};

struct graph_metric {
  /// For programs: "transitivity".
  std::string name;
  /// One line: what it is.
  std::string definition;
  graph_statistic value;
};

/// The statistic of this name; nothing where there is none. There are
///
/// - average-clustering, transitivity, triangles; mean-distance, diameter, efficiency,
///   reachable-pairs; reciprocity, assortativity, modularity; weak-components, strong-components,
///   largest-weak-component, largest-strong-component; degeneracy, core-correlation,
///   coreness-correlation;
/// - triad-003, ... triad-300: a class of the triad census;
/// - rich-club-K for a number K: the density among those with more than K neighbours;
/// - mean-M, largest-M, gini-M for an actor metric M, such as largest-betweenness: over the actors
///   for whom it is defined.
///
/// Definitions, cost and errors are those of the metric's own header, with its options at their
/// defaults; distances are exact, modularity is the best of two Leiden runs. Undefined, and not
/// converged, is nothing. Safe to call from several threads. Deterministic.
[[nodiscard]] std::optional<graph_metric> find_graph_metric(
    std::string_view name, const graph_metric_options& options = {});

/// The names of the first line above, the triads' and patterns such as "rich-club-K" for the
/// others: for help texts.
[[nodiscard]] std::vector<std::string> graph_metric_names();

}  // namespace valuenet
