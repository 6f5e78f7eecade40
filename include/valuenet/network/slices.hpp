// The network year by year: cumulative or in a moving window.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/network/rankings.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/network/summary.hpp"
#include "valuenet/network/value_network.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace valuenet {

struct evolution_options {
  /// Conditions beside the years. Its from_year and until_year bound the slices: the first slice
  /// ends with from_year, the last with until_year (nothing: the first and last years that occur).
  /// keep_undated puts relations without a year into every slice.
  selection_options selection{};
  /// Years a slice spans, its last included; nothing: all years up to it (cumulative).
  std::optional<int> window{};
  /// By default the search for communities is shorter than that of summarize(), since it is made
  /// for every slice: one run is carried to the end, and small slices are searched no longer than
  /// large ones. Modularity, a lower bound in any case, may come out some thousandths lower.
  summary_options summary{.finalists = 1, .most_patience = 4};
};

/// The network of some years.
struct network_slice {
  /// Nothing for a cumulative slice: from the beginning.
  std::optional<int> from_year;
  int until_year = 0;
  summary_result summary;
  /// Actors and edges of the slice.
  std::uint64_t actors = 0;
  std::uint64_t edges = 0;
  /// Actors here that the slice before did not have, and the reverse. The first slice's all enter.
  std::uint64_t entering = 0;
  std::uint64_t leaving = 0;
  selection_accounting accounting;
};

struct evolution_result {
  std::vector<network_slice> slices;
  /// Relations without a year: left out of every slice, or in each with keep_undated.
  std::uint64_t undated = 0;
};

/// One slice for every year, with its whole summary. Years without a relation have a slice too.
/// A network without a dated relation has none.
/// Cost: a selection and a summary a slice, slices side by side on the threads (one after the
/// other, each on all threads, where there are fewer slices than threads or over 2^22 relations).
/// Throws std::invalid_argument (window < 1, or over 10,000 years between the bounds: give
/// from_year and until_year), and what select() and summarize() throw.
[[nodiscard]] evolution_result evolution(const value_network& network,
                                         const evolution_options& options = {},
                                         const execution& exec = {});

/// Growth of a statistic from each slice to the next, value / previous value - 1: one entry a
/// slice, nothing for the first, where either is undefined, or where the previous value is 0.
[[nodiscard]] std::vector<std::optional<double>> growth(const evolution_result& evolution,
                                                        std::string_view statistic);

/// An actor's place in every slice.
struct rank_history {
  actor_id actor = 0;
  /// One a slice; nothing where the actor is not in it, or the metric not defined.
  std::vector<std::optional<std::size_t>> rank;
  std::vector<std::optional<double>> value;
  /// Rank in the slice before the last less rank in the last: positive where the actor rose.
  /// Nothing where it had or has none.
  std::optional<long long> rise;
};

struct rank_evolution_result {
  /// Last year of each slice.
  std::vector<int> years;
  /// The actors ranked in the last slice, in that order.
  std::vector<rank_history> actors;
  /// Of each slice with the one before, over the actors ranked in both: Kendall's tau-b of the
  /// values. Nothing for the first, and where it is undefined.
  std::vector<std::optional<double>> agreement;
};

/// How ranks change: the actors that ranking.k, ranking.ties and ranking.order list in the last
/// slice (ranking.among does not apply), with their ranks among all actors of every slice. Slices
/// are those of evolution(). Cost: a selection and the metric a slice. Throws what evolution() and
/// actor_values() throw.
[[nodiscard]] rank_evolution_result rank_evolution(const value_network& network,
                                                   actor_metric metric = actor_metric::degree,
                                                   const evolution_options& options = {},
                                                   const ranking_options& ranking = {},
                                                   const execution& exec = {});

}  // namespace valuenet
