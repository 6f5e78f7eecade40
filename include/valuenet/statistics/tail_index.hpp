// The tail index by extreme-value theory: a second opinion on power laws that assumes less.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/statistics/value_counts.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace valuenet {

enum class tail_index_estimator : std::uint8_t {
  hill,     ///< mean of ln(X_(i) / X_(k+1)) over the k largest values; positive by construction
  moments,  ///< Dekkers, Einmahl & de Haan: M1 + 1 - 1/(2 (1 - M1^2/M2)); any sign
  kernel,   ///< Groeneboom, Lopuhaae & de Wolf, biweight kernel; any sign
};

/// "hill", "moments", "kernel".
[[nodiscard]] std::string_view to_string(tail_index_estimator value) noexcept;

struct tail_index_options {
  /// Times the whole estimation is repeated, each with its own noise (on whole numbers) and its own
  /// resamples: their spread is what chance adds. At least 1.
  std::uint32_t repeats = 5;
  /// Resamples of each of the two sizes in a repeat. At least 2.
  std::uint32_t replicates = 100;
  /// Only this many of the largest values are looked at (at least 20): all of a sample of that
  /// size.
  std::size_t most_order_statistics = 50'000;
  std::uint64_t seed = 1;
};

struct tail_index_estimate {
  tail_index_estimator estimator = tail_index_estimator::hill;
  /// xi: P(X > x) ~ x^(-1/xi). The median over the repeats; nothing where fewer than half of them
  /// found one.
  std::optional<double> index{};
  /// Over the repeats.
  double lowest = 0.0;
  double highest = 0.0;
  /// 1 + 1/xi, the exponent of the density, where xi > 0.
  std::optional<double> alpha{};
  /// Largest values that the median repeat's estimate rests on.
  std::uint64_t order_statistics = 0;
  /// Repeats that found an index.
  std::uint32_t repeats = 0;
};

/// What three estimates say together.
enum class tail_class : std::uint8_t {
  not_power_law,     ///< some xi <= 0
  hardly_power_law,  ///< all above 0, some xi <= 1/4 (alpha of 5 or more)
  power_law,         ///< all xi > 1/4
  /// All xi > 1/2: alpha < 3, the variance grows without bound with the sample.
  power_law_with_diverging_variance,
};

/// "not a power law", "hardly a power law", "a power law", "a power law with diverging variance".
[[nodiscard]] std::string_view to_string(tail_class value) noexcept;

struct tail_index_result {
  /// In the order of the enum.
  std::array<tail_index_estimate, 3> estimates{};
  /// By the medians; nothing where an index is missing, unless another is <= 0.
  std::optional<tail_class> verdict{};
  /// Share of the repeats with a verdict that give this one: below 1, chance has a say in it.
  double agreement = 0.0;
  /// Positive values of the sample.
  std::uint64_t sample_size = 0;
  /// Whether noise was added.
  bool had_noise = false;

  [[nodiscard]] const tail_index_estimate& operator[](
      tail_index_estimator estimator) const noexcept {
    return estimates[static_cast<std::size_t>(estimator)];
  }
};

/// Estimates xi of a tail that need be a power law only in the limit (regularly varying), by three
/// consistent estimators. How many of the largest values each uses is chosen by double bootstrap:
/// resamples of n1 = n/sqrt 2 and n2 = n/2 values give the k at which an auxiliary estimate differs
/// least (in mean square) from the estimate, k1 and k2; then k = k1^2/k2 times a known factor. k is
/// searched over all values up to 64 and in steps of 1.5% beyond.
///
/// To whole numbers uniform noise in (-1/2, 1/2) is added, since equal values break the theory.
/// Then the answer depends on the noise; `repeats` shows how much.
///
/// Population: the positive values. An estimate is missing for samples of fewer than 20 of them,
/// or where the resamples contradict each other (k2 >= k1 throughout).
///
/// Cost: repeats x replicates x 2 resamples, each O(order statistics), 10-15 ns each: 0.3 s of one
/// core for 40,000 values, and bounded by most_order_statistics. Throws std::invalid_argument
/// (values not ascending, options below their least) and cancelled. Same bits at any thread count.
///
/// Source: Voitalov, van der Hoorn, van der Hofstad & Krioukov 2019,
/// doi:10.1103/PhysRevResearch.1.033034; Hill 1975, doi:10.1214/aos/1176343247; Dekkers et al.
/// 1989, doi:10.1214/aos/1176347397; Groeneboom et al. 2003, doi:10.1214/aos/1074290333. Double
/// bootstrap: Qi 2008, doi:10.1007/s10687-007-0049-8; Draisma et al. 1999,
/// doi:10.1023/A:1009900215680.
[[nodiscard]] tail_index_result tail_index(const value_counts& sample,
                                           const tail_index_options& options = {},
                                           const execution& exec = {});

}  // namespace valuenet
