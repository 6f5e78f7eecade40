// The network year by year: cumulative or in a moving window.
#pragma once

#include "valuenet/execution.hpp"
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
  summary_options summary{};
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
/// Cost: a selection and a summary a slice. Throws std::invalid_argument (window < 1, or over
/// 10,000 years between the bounds: give from_year and until_year), and what select() and
/// summarize() throw.
[[nodiscard]] evolution_result evolution(const value_network& network,
                                         const evolution_options& options = {},
                                         const execution& exec = {});

/// Growth of a statistic from each slice to the next, value / previous value - 1: one entry a
/// slice, nothing for the first, where either is undefined, or where the previous value is 0.
[[nodiscard]] std::vector<std::optional<double>> growth(const evolution_result& evolution,
                                                        std::string_view statistic);

}  // namespace valuenet
