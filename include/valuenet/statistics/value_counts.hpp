// A sample as its distinct values and how often each occurs.
#pragma once

#include "valuenet/execution.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace valuenet {

/// A sample's distinct values, ascending, each with its number of occurrences. Everything that
/// valuenet computes from a sample it computes from these: a degree sequence of a hundred million
/// vertices has a few thousand of them.
struct value_counts {
  /// Finite and strictly ascending.
  std::vector<double> values;
  /// As long as `values`; none is zero.
  std::vector<std::uint64_t> counts;
  /// Values of the sample that are infinite or not a number; they are in no entry above.
  std::uint64_t not_finite = 0;

  /// Occurrences of all finite values.
  [[nodiscard]] std::uint64_t total() const noexcept;
  /// Whether every value is a whole number.
  [[nodiscard]] bool is_whole() const noexcept;
};

/// Counts the distinct values of a sample. -0 counts as 0. Whole numbers above 2^53 are rounded to
/// the nearest double. Cost: O(n) for whole numbers below 65,536, O(m log m) for the m others;
/// 24 bytes of scratch for each of these. Deterministic at any thread count.
[[nodiscard]] value_counts count_values(std::span<const double> sample, const execution& exec = {});
[[nodiscard]] value_counts count_values(std::span<const std::uint64_t> sample,
                                        const execution& exec = {});
[[nodiscard]] value_counts count_values(std::span<const std::uint32_t> sample,
                                        const execution& exec = {});

/// From values with counts in any order; equal values are joined, counts of zero dropped. Throws
/// std::invalid_argument when the lengths differ.
[[nodiscard]] value_counts count_values(std::span<const double> values,
                                        std::span<const std::uint64_t> counts);

}  // namespace valuenet
