// What else the tail could be: a power law's rivals on the same values.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/statistics/power_law.hpp"
#include "valuenet/statistics/value_counts.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace valuenet {

enum class alternative : std::uint8_t {
  exponential,            ///< P(X >= x) ~ exp(-lambda x)
  lognormal,              ///< ln x is normal (mu, sigma), cut at x_min
  stretched_exponential,  ///< P(X >= x) ~ exp(-lambda x^beta), Weibull's
  power_law_with_cutoff,  ///< p(x) ~ x^-alpha exp(-lambda x): the power law is lambda = 0
  poisson,                ///< Poisson of mean mu, cut at x_min; discrete samples only
};

/// "exponential", "lognormal", "stretched_exponential", "power_law_with_cutoff", "poisson".
[[nodiscard]] std::string_view to_string(alternative value) noexcept;

/// How a continuous distribution (lognormal, stretched exponential) becomes one of whole numbers.
enum class discretization : std::uint8_t {
  round,  ///< P(x) = P(x - 1/2 <= X < x + 1/2 | X >= x_min - 1/2)
  floor,  ///< P(x) = P(x <= X < x + 1 | X >= x_min), as Broido & Clauset
};

struct alternatives_options {
  valuenet::discretization discretization = valuenet::discretization::round;
  /// An alternative whose p is above this cannot be told from the power law. In (0, 1), else
  /// std::invalid_argument.
  double significance = 0.1;
};

struct distribution_parameter {
  /// "lambda", "mu", "sigma", "beta", "alpha".
  std::string_view name;
  double value = 0.0;
  /// From the inverse of the observed information; nothing where that is singular.
  std::optional<double> standard_error{};
};

struct alternative_fit {
  alternative kind = alternative::exponential;
  /// Empty when collapsed.
  std::vector<distribution_parameter> parameters{};
  double log_likelihood = 0.0;
  /// Power law's less the alternative's: positive favours the power law.
  double log_likelihood_ratio = 0.0;
  /// Vuong's statistic. Nothing when collapsed, or when the two agree on every value.
  std::optional<double> vuong{};
  /// Of Vuong's test; of the likelihood-ratio test (one degree of freedom) for the nested power law
  /// with cut-off. Small: the sign of the ratio can be trusted. Nothing when collapsed.
  std::optional<double> p_value{};
  /// For the power law with cut-off: half of p_value, since lambda = 0 lies on the boundary.
  std::optional<double> boundary_p_value{};
  /// The data do not decide between the two at the significance asked for.
  bool indistinguishable = false;
  /// The alternative's maximum likelihood is where it has itself become a power law (sigma without
  /// bound, beta = 0, lambda = 0). Then it says nothing against one. A fact of its own: in a
  /// discrete sample the limit (a discretised Pareto law) may still fit better or worse than the
  /// zeta law, and `indistinguishable` says whether it does.
  bool collapsed = false;
  /// The exponent of the power law that it has become.
  std::optional<double> limit_alpha{};
  /// Weights exp(-d/2) by Akaike's and by the Bayesian criterion among the power law and all
  /// alternatives that have not collapsed. Nothing when collapsed.
  std::optional<double> aic_weight{};
  std::optional<double> bic_weight{};
  bool converged = false;
  int iterations = 0;
  /// How much the log-likelihood could still grow, by the last quadratic model of it.
  double residual = 0.0;
};

struct alternatives_result {
  /// In the order of the enum; Poisson only for discrete samples.
  std::vector<alternative_fit> alternatives{};
  double power_law_aic_weight = 1.0;
  double power_law_bic_weight = 1.0;

  /// Nothing when there is none of that kind.
  [[nodiscard]] const alternative_fit* find(alternative kind) const noexcept;
};

/// Fits each alternative to the tail that `fit` found (the values at or above its x_min) by maximum
/// likelihood and compares it with the power law.
///
/// R = sum over the tail of ln p(x | power law) - ln p(x | alternative). Vuong's statistic is
/// R / (sqrt(n) s), s the standard deviation of the terms, and p = erfc(|V|/sqrt 2). The power law
/// with cut-off contains the power law: its p is that of chi-square with one degree of freedom at
/// 2|R|. Lognormal and stretched exponential are parametrised so that the power law lies at a
/// finite point of the boundary (curvature 0 in ln x), where a collapse is an exact outcome and not
/// a parameter that ran off.
///
/// Population: the tail. Nothing when `fit` has none. Precondition: `fit` is of this sample. Cost:
/// some tens of passes over the tail's distinct values, 0.2 us each. Throws std::invalid_argument,
/// cancelled. Same bits at any thread count.
///
/// Source: Clauset, Shalizi & Newman 2009, doi:10.1137/070710111; Vuong 1989,
/// doi:10.2307/1912557; Broido & Clauset 2019, doi:10.1038/s41467-019-08746-5.
[[nodiscard]] std::optional<alternatives_result> compare_alternatives(
    const value_counts& sample, const power_law_result& fit,
    const alternatives_options& options = {}, const execution& exec = {});

}  // namespace valuenet
