// The power law with an exponential cut-off, p(x) ~ x^-alpha exp(-lambda x), x >= x_min.
#pragma once

#include "valuenet/statistics/power_law.hpp"

namespace valuenet::detail {

/// Logarithm of the normalising sum (discrete) or integral (continuous) of
/// (x/x_min)^-alpha exp(-lambda (x - x_min)), and the moments of ln(x/x_min) and x - x_min.
struct cutoff_moments {
  double log_sum;
  double mean_log;
  double mean_excess;
  double variance_log;
  double covariance;
  double variance_excess;
};

/// Precondition: lambda > 0, x_min > 0. Any alpha. Relative error about 1e-11. 10-20 us.
[[nodiscard]] cutoff_moments moments_with_cutoff(sample_kind kind, double alpha, double lambda,
                                                 double x_min);

struct cutoff_fit {
  double alpha = 0.0;
  double lambda = 0.0;
  double alpha_error = 0.0;
  double lambda_error = 0.0;
  double log_sum = 0.0;
  /// lambda = 0 is best.
  bool collapsed = false;
  bool converged = false;
  int iterations = 0;
  double residual = 0.0;
};

/// Maximum likelihood from the sufficient statistics of a tail of `size` values. `alpha` is the
/// maximum-likelihood exponent without cut-off.
[[nodiscard]] cutoff_fit fit_with_cutoff(sample_kind kind, double size, double mean_log,
                                         double mean_excess, double largest, double x_min,
                                         double alpha);

}  // namespace valuenet::detail
