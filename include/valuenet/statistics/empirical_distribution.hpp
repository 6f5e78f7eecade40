// A sample's distribution and the curves fitted to it, as points for a plot.
#pragma once

#include "valuenet/statistics/power_law.hpp"
#include "valuenet/statistics/tail_alternatives.hpp"
#include "valuenet/statistics/value_counts.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace valuenet {

struct ccdf_point {
  double value = 0.0;
  /// P(X >= value).
  double probability = 0.0;
};

/// The complementary cumulative distribution P(X >= x) at every distinct value, ascending: 1 at the
/// smallest, never 0. (Not P(X > x), which has no point at the largest value and lies off the
/// fitted curve.) Population: all finite values, zeros and negative ones included. O(distinct
/// values).
[[nodiscard]] std::vector<ccdf_point> empirical_ccdf(const value_counts& sample);

struct density_bin {
  /// The values in [from, to).
  double from = 0.0;
  double to = 0.0;
  /// Geometric mean of the bin's ends; for whole numbers, of its first and last whole number.
  double center = 0.0;
  std::uint64_t count = 0;
  /// Share of the population in the bin, over its width; for whole numbers, over how many of them
  /// the bin spans.
  double density = 0.0;
};

/// The density in bins whose width grows with the value: `bins_per_decade` to a factor of ten (for
/// whole numbers merged until each spans at least one). Empty bins are left out. Bins hold the
/// positive values; the population is all finite ones. O(distinct values). Throws
/// std::invalid_argument for bins_per_decade < 1.
[[nodiscard]] std::vector<density_bin> log_binned_density(const value_counts& sample,
                                                          int bins_per_decade = 10);

/// The fitted power law's P(X >= x) from x_min to the largest value, at about `points` values
/// evenly spaced in the logarithm (whole ones for a discrete fit), times the share of `sample` in
/// the tail: so it lies on empirical_ccdf(sample). Empty without a fit. Precondition: the fit is of
/// `sample`.
[[nodiscard]] std::vector<ccdf_point> fitted_ccdf(const power_law_result& fit,
                                                  const value_counts& sample,
                                                  std::size_t points = 200);

/// The same for an alternative that compare_alternatives found with this fit, sample and
/// discretization. Empty for a collapsed one: it is the power law.
[[nodiscard]] std::vector<ccdf_point> fitted_ccdf(
    const alternative_fit& alternative, const power_law_result& fit, const value_counts& sample,
    valuenet::discretization discretization = valuenet::discretization::round,
    std::size_t points = 200);

}  // namespace valuenet
