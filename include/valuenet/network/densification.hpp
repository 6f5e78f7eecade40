// Whether a network grows denser: edges as a power of actors over the years.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/network/value_network.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace valuenet {

struct densification_options {
  /// Conditions beside the years. from_year and until_year bound the years that are looked at;
  /// what came before is part of the network. keep_undated: relations without a year are part of
  /// it from the start, else they are left out. all_actors is not looked at.
  selection_options selection{};
};

/// The network up to and with a year.
struct growth_point {
  int year = 0;
  /// Actors with a relation by then.
  std::uint64_t actors = 0;
  std::uint64_t edges = 0;
};

struct densification_result {
  /// a of edges ~ actors^a. Nothing where fewer than two different numbers of actors occur.
  std::optional<double> exponent{};
  /// Of the regression, residuals taken as independent: too small where they are not, which in a
  /// cumulative series is the rule. Nothing for fewer than three points.
  std::optional<double> standard_error{};
  /// The exponent's range when any one year is left out. Nothing for fewer than three points.
  std::optional<double> lowest{};
  std::optional<double> highest{};
  /// ln c of edges = c actors^a.
  double log_factor = 0.0;
  /// Share of the variance of ln edges that the line explains. Nothing where they do not vary.
  std::optional<double> r_squared{};
  /// Years in which edges were added, ascending.
  std::vector<growth_point> points{};
  /// Edges left out for want of a year.
  std::uint64_t undated = 0;
};

/// Fits edges(t) = c actors(t)^a to the cumulative network at every year t that adds edges, by
/// least squares of the logarithms. a = 1: the mean degree stays; a = 2: every actor is tied to a
/// constant share of the others; between them the network grows denser.
///
/// Conventions: an edge (rows of one giver, taker and kind, merged as selection_options says)
/// exists from the first year of its rows. Actors count from their first edge on; none leaves.
/// Cost: one selection, O(edges log edges). Throws what select() throws. Deterministic.
///
/// Source: Leskovec, Kleinberg & Faloutsos 2007, doi:10.1145/1217299.1217301.
[[nodiscard]] densification_result densification(const value_network& network,
                                                 const densification_options& options = {},
                                                 const execution& exec = {});

}  // namespace valuenet
