// Does a series rise or fall? For yearly series of a dozen points.
#pragma once

#include "valuenet/statistics/interval.hpp"

#include <cstddef>
#include <optional>
#include <span>

namespace valuenet {

struct trend_options {
  /// Of the slope's interval; in (0, 1).
  double confidence = 0.95;
};

struct trend_result {
  std::size_t points = 0;
  /// Kendall's S: pairs of points that rise less pairs that fall, and tau-b = S / sqrt((P - T_x)
  /// (P - T_y)) with P pairs, T tied pairs.
  long long score = 0;
  double tau = 0.0;
  /// Two-sided chance of |S| or more without a trend (Mann and Kendall's test): exact without ties
  /// up to 100 points, else by the normal approximation with the variance corrected for ties and
  /// one taken from |S| for continuity.
  double p_value = 1.0;
  bool is_exact = false;
  /// Theil and Sen's slope: the median of the slopes of all pairs at different times; the intercept
  /// is the median of value - slope * time.
  double slope = 0.0;
  double intercept = 0.0;
  /// Sen's interval of the slope from the normal approximation of S, clamped to the slopes that
  /// occur: with few points it holds all of them.
  interval slope_interval;
};

/// Why these two and not least squares: a yearly series has few points, one odd year must not make
/// the trend, and nothing speaks for normal errors. The test supposes that the points are
/// independent: a cumulative series is not, and its p is too small; use the years apart.
///
/// Nothing below three points or where all times are equal. Throws std::invalid_argument for
/// lengths that differ, values that are not finite, over 10,000 points, or a confidence out of
/// range. O(n^2 log n), n^2 / 2 slopes of memory. Deterministic. Sources: H. B. Mann 1945,
/// doi:10.2307/1907187; M. G. Kendall 1975, "Rank Correlation Methods", Griffin; P. K. Sen 1968,
/// doi:10.1080/01621459.1968.10480934.
[[nodiscard]] std::optional<trend_result> trend(std::span<const double> times,
                                                std::span<const double> values,
                                                const trend_options& options = {});

}  // namespace valuenet
