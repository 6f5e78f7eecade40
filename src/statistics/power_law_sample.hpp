// From a caller's sample to one that can be fitted, or the reason why it cannot. Shared by the fit,
// the alternatives and the tail index.
#pragma once

#include "valuenet/statistics/power_law.hpp"

#include <optional>

#include "statistics/power_law_kernel.hpp"
#include "statistics/tail_sample.hpp"

namespace valuenet::detail {

struct prepared_sample {
  fit_status status = fit_status::fitted;
  sample_kind kind = sample_kind::discrete;
  distance_convention distance = distance_convention::exact;
  sample_accounting accounting{};
  /// Positive values; complete only when status is `fitted`.
  tail_sample tail{};
  /// The caller's x_min, rounded up for a discrete fit.
  std::optional<double> x_min{};
  /// The first value at or above it.
  std::size_t first = 0;
  /// Without a given x_min: the values [0, candidates) may be one.
  std::size_t candidates = 0;
};

/// Throws std::invalid_argument unless values are finite and ascending and counts positive.
void check_ascending(const value_counts& sample);

/// Throws std::invalid_argument for a bad option or values that are not ascending.
[[nodiscard]] prepared_sample prepare(const value_counts& sample, const power_law_options& options,
                                      parallel& workers);

[[nodiscard]] distance_rule rule_of(sample_kind kind, distance_convention convention);

}  // namespace valuenet::detail
