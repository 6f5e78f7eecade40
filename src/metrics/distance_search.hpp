// The searches from every row of a core, in batches.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "detail/parallel.hpp"
#include "metrics/distance_core.hpp"
#include "metrics/distance_kernel.hpp"

namespace valuenet::detail {

/// How far one row is from the others and from what hangs on them.
struct source_sums {
  std::uint32_t reachable_count = 0;
  std::uint64_t distance_sum = 0;
  double inverse_distance_sum = 0.0;
};

/// Sums of squares of 32-bit counts.
__extension__ using wide_count = unsigned __int128;

struct core_distances {
  /// Pairs of vertices whose path goes from one row to another, tails included.
  std::vector<std::uint64_t> histogram;
  /// By row, as distance_core::unfold_eccentricities wants it.
  std::vector<std::uint32_t> farthest;
  /// By row, when wanted.
  std::vector<source_sums> sums;
  /// When sums are wanted: the sum over sources of the square of their pairs at each distance.
  std::vector<wide_count> histogram_squares;
  /// From tail_offsets[row] on, when wanted: the inverse_distance_sum of what hangs on the row as a
  /// source at the depths 1, 2, ...
  std::vector<std::size_t> tail_offsets;
  std::vector<double> tail_inverse_sums;
};

enum class source_sums_wanted : std::uint8_t { no, yes };

/// Searches from every row that has an arc, or from those of them that is_source marks when it is
/// not empty: marks need a core that has not been folded.
[[nodiscard]] core_distances search_core(const distance_core& core, std::span<const char> is_source,
                                         source_sums_wanted wanted, const distance_kernel& kernel,
                                         parallel& workers, const execution& exec);

}  // namespace valuenet::detail
