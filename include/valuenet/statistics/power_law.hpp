// Power laws: exact fit, cut-off, uncertainty and p-value.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/statistics/interval.hpp"
#include "valuenet/statistics/value_counts.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace valuenet {

/// What the values of a sample are. `automatic`: discrete when every value is a whole number.
enum class sample_kind : std::uint8_t {
  automatic,
  discrete,    ///< whole numbers, P(X = x) = x^-alpha / zeta(alpha, x_min)
  continuous,  ///< density (alpha - 1)/x_min (x/x_min)^-alpha
};

/// How the Kolmogorov-Smirnov distance between the sample's tail and the fitted law treats ties.
/// F is the fitted, S the empirical distribution function of the tail.
enum class distance_convention : std::uint8_t {
  /// The supremum of |F - S| over all x. Discrete: over every whole number x >= x_min, as in
  /// Clauset, Shalizi & Newman. Continuous: on both sides of every distinct value.
  exact,
  /// What the common programs compute. Discrete (plfit, igraph, Python powerlaw): |F - S| just
  /// below each distinct value only. Continuous (plfit, Matlab, R): |F(x_(k)) - (k-1)/n| over the
  /// sorted values, each of equal values with its own k.
  compatible,
};

/// Whether alpha is corrected for its bias in small tails: alpha (n-1)/n + 1/n, n the tail's size.
enum class finite_size_correction : std::uint8_t { none, applied };

struct power_law_options {
  valuenet::sample_kind kind = valuenet::sample_kind::automatic;
  /// Nothing: the value of the sample, other than the largest, with the least distance; of equal
  /// distances the smallest value. Given: kept, in the replicates too; in a discrete fit rounded up
  /// to a whole number. Not positive or not finite: std::invalid_argument.
  std::optional<double> x_min{};
  /// Values with fewer values at or above them are not tried as x_min.
  std::uint64_t min_tail_size = 2;
  /// Nothing: `exact` for discrete fits, `compatible` for continuous ones.
  std::optional<distance_convention> distance{};
  finite_size_correction correction = finite_size_correction::none;
  /// Replicates of the p-value's bootstrap; 0: no p-value.
  std::uint64_t bootstrap_replicates = 0;
  std::uint64_t seed = 1;
};

/// How often samples that truly follow the fit lie as far from their own fits as the data do from
/// theirs.
struct goodness_of_fit {
  /// Share of the replicates whose distance is at least the data's.
  double p_value = 0.0;
  /// sqrt(p (1 - p) / replicates): the p-value's own Monte Carlo error.
  double standard_error = 0.0;
  std::uint64_t replicates = 0;
};

struct power_law_fit {
  /// The exponent; where a finite-size correction was asked for, the corrected one.
  double alpha = 0.0;
  double alpha_standard_error = 0.0;
  /// The exponent without correction: distance and likelihood belong to it.
  double alpha_maximum_likelihood = 0.0;
  double x_min = 0.0;
  /// Values at or above x_min.
  std::uint64_t tail_size = 0;
  /// tail_size over the values that the fit saw (sample_accounting::kept).
  double tail_share = 0.0;
  /// Distinct values at or above x_min.
  std::uint64_t tail_distinct = 0;
  double ks_distance = 0.0;
  /// Of the tail.
  double log_likelihood = 0.0;
  /// When replicates were asked for.
  std::optional<valuenet::goodness_of_fit> goodness{};
};

/// Where every value of the sample went: given = not_finite + negative + zero + kept.
struct sample_accounting {
  std::uint64_t given = 0;
  std::uint64_t not_finite = 0;
  std::uint64_t negative = 0;
  std::uint64_t zero = 0;
  /// Positive values: those that a power law can be about.
  std::uint64_t kept = 0;
  /// Distinct values among them.
  std::uint64_t distinct = 0;
};

/// Why there is no fit.
enum class fit_status : std::uint8_t {
  fitted,
  empty_sample,      ///< no values at all
  not_finite,        ///< a value is infinite or not a number
  nothing_positive,  ///< no value above zero
  not_whole,         ///< a discrete fit was asked for; a value is not whole
  constant_sample,   ///< every positive value is the same
  tail_too_small,    ///< fewer than two values, or than min_tail_size, at or above every x_min
  constant_tail,     ///< every value at or above the given x_min equals it
};

/// One sentence for people, such as "every positive value is the same: no exponent is the best".
[[nodiscard]] std::string explain(fit_status status);
/// The same in Chinese.
[[nodiscard]] std::string explain_zh(fit_status status);

struct power_law_result {
  fit_status status = fit_status::empty_sample;
  /// As used: never automatic.
  valuenet::sample_kind kind = valuenet::sample_kind::discrete;
  /// As used.
  distance_convention distance = distance_convention::exact;
  sample_accounting sample{};
  /// There exactly when status is `fitted`.
  std::optional<power_law_fit> fit{};
};

/// Fits P(x) ~ x^-alpha, x >= x_min, to the upper tail of a sample by maximum likelihood, with
/// x_min chosen so that the Kolmogorov-Smirnov distance D between the tail and the fit is least.
///
/// alpha solves E ln(X/x_min) = mean of ln(x/x_min) over the tail: for whole numbers with the exact
/// zeta distribution (no approximation at any x_min, no upper limit), else alpha = 1 + 1/mean. Its
/// standard error is Fisher's: 1/sqrt(n Var ln X), which is (alpha - 1)/sqrt(n) for continuous
/// data.
///
/// The p-value is that of the semi-parametric bootstrap: a replicate has as many values as the
/// sample; each is, with the tail's share as probability, an exact draw from the fitted law, else
/// one of the values below x_min. x_min (unless given) and alpha are fitted anew; p is the share
/// of replicates with D* >= D. Small p (below 0.1, say the authors) rules the power law out; large
/// p proves nothing. A replicate that has no fit counts as D* >= D.
///
/// Population: the positive values; zeros and negative values are dropped and counted. A sample
/// that has no fit gives a result that says why. Values that are not finite are such a reason.
///
/// Cost: counting the values, then O(d log d) or so for d distinct values (each cut-off is given up
/// at the first value that lies further off than the best cut-off's distance; worst case d^2);
/// 32 d bytes. A replicate costs O(d) and grows with the sample only where distinct values do.
/// Throws std::invalid_argument (x_min; values not ascending or counts of zero in a value_counts)
/// and cancelled. Same bits at any thread count: replicate r draws from stream (seed, r).
///
/// Source: Clauset, Shalizi & Newman 2009, doi:10.1137/070710111.
[[nodiscard]] power_law_result fit_power_law(const value_counts& sample,
                                             const power_law_options& options = {},
                                             const execution& exec = {});
[[nodiscard]] power_law_result fit_power_law(std::span<const double> sample,
                                             const power_law_options& options = {},
                                             const execution& exec = {});
[[nodiscard]] power_law_result fit_power_law(std::span<const std::uint64_t> sample,
                                             const power_law_options& options = {},
                                             const execution& exec = {});
[[nodiscard]] power_law_result fit_power_law(std::span<const std::uint32_t> sample,
                                             const power_law_options& options = {},
                                             const execution& exec = {});

/// A cut-off that was tried.
struct cut_off {
  double x_min = 0.0;
  std::uint64_t tail_size = 0;
  double alpha = 0.0;
  double ks_distance = 0.0;
};

/// D(x_min): the distance at every cut-off, ascending, to see whether the chosen one stands alone
/// or many would do as well. Of more than `most` candidates a selection evenly spaced in the
/// logarithm of the tail size, with the best one in it. Empty when the sample has no fit.
/// `options.x_min` is not looked at. Cost: each full distance O(min(d, 1/D) log d). Throws as
/// fit_power_law.
[[nodiscard]] std::vector<cut_off> distance_curve(const value_counts& sample,
                                                  const power_law_options& options = {},
                                                  std::size_t most = 1000,
                                                  const execution& exec = {});

struct bootstrap_options {
  std::uint64_t replicates = 1000;
  /// Of the intervals; in (0, 1), else std::invalid_argument.
  double confidence = 0.95;
  std::uint64_t seed = 1;
};

struct bootstrap_result {
  /// Percentile intervals.
  interval alpha{};
  interval x_min{};
  interval tail_size{};
  /// Standard deviations over the replicates.
  double alpha_deviation = 0.0;
  double x_min_deviation = 0.0;
  double tail_size_deviation = 0.0;
  /// Replicates that have a fit: the intervals are over these.
  std::uint64_t replicates = 0;
  std::uint64_t without_fit = 0;
};

/// How much alpha, x_min and the tail's size owe to chance: the sample is resampled with
/// replacement and fitted anew (x_min too, unless given), `replicates` times. The intervals hold
/// what the standard error of one fit leaves out, the uncertainty of x_min. Nothing when the
/// sample, or every replicate, has no fit. Cost: one fit a replicate. Throws as fit_power_law.
/// Deterministic at any thread count.
[[nodiscard]] std::optional<bootstrap_result> bootstrap_power_law(
    const value_counts& sample, const power_law_options& options = {},
    const bootstrap_options& bootstrap = {}, const execution& exec = {});

}  // namespace valuenet
