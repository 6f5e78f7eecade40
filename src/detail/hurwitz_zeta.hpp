// The Hurwitz zeta function, zeta(s, q) = sum_{k >= 0} (q + k)^-s, scaled by q^s so that neither a
// large exponent nor a large argument underflows: every power law of whole numbers needs it.
#pragma once

namespace valuenet::detail {

/// The distribution P(X = x) = x^-s / zeta(s, q) on x = q, q + 1, ... in logarithms.
struct zeta_moments {
  /// ln sum (1 + k/q)^-s, so that ln zeta(s, q) = log_sum - s ln q.
  double log_sum;
  /// E ln(X/q) = -d log_sum / ds.
  double mean_log;
  /// Var ln X = d^2 log_sum / ds^2.
  double variance_log;
};

/// Euler-Maclaurin summation with seven Bernoulli terms after a shift to q + k >= 16 (further for
/// large s, where the terms fall off so fast that few are needed). Relative error below 1e-14 in
/// each of the three. Precondition: s > 1, q > 0, both finite. 20-40 ns for q >= 16.
[[nodiscard]] zeta_moments hurwitz_moments(double s, double q);

/// sum_{k >= 0} (1 + k/q)^-s alone. Same preconditions.
[[nodiscard]] double hurwitz_scaled(double s, double q);

/// ln zeta(s, q).
[[nodiscard]] double log_hurwitz_zeta(double s, double q);

/// P(X >= x | X >= q) for the distribution above. Precondition: x >= q.
[[nodiscard]] double zeta_survival(double s, double q, double x);

}  // namespace valuenet::detail
