// The Poisson distribution from a value on.
#pragma once

namespace valuenet::detail {

/// ln P(X >= k) of a Poisson variable of mean mu, and its mean and variance given that X >= k.
struct truncated_poisson {
  double log_survival;
  double mean;
  double variance;
};

/// Precondition: mu > 0, k >= 1. No underflow where mu is far below k.
[[nodiscard]] truncated_poisson truncate_poisson(double mu, double k);

}  // namespace valuenet::detail
