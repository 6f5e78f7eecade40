#include "statistics/truncated_poisson.hpp"

#include <cmath>

#include <boost/math/special_functions/gamma.hpp>

namespace valuenet::detail {

truncated_poisson truncate_poisson(double mu, double k) {
  const double log_term = -mu + k * std::log(mu) - boost::math::lgamma(k + 1.0);  // of P(X = k)
  double log_survival = 0.0;
  if (mu <= k) {
    // Sum of mu^j / ((k+1) ... (k+j)). Where k is so large that it converges slowly, its ratio has
    // become constant before the cap.
    double sum = 1.0;
    double term = 1.0;
    double divisor = k;
    for (int j = 0; j < 100'000 && term > 1e-17 * sum; ++j) {
      divisor += 1.0;
      term *= mu / divisor;
      sum += term;
    }
    sum += term * mu / (divisor + 1.0 - mu);
    log_survival = log_term + std::log(sum);
  } else {
    log_survival = std::log(boost::math::gamma_p(k, mu));
  }
  // P(X = k - 1) / P(X >= k).
  const double hazard = std::exp(log_term + std::log(k / mu) - log_survival);
  const double mean = mu * (1.0 + hazard);
  return {log_survival, mean, mean + mu * hazard * (k - 1.0 - mean)};
}

}  // namespace valuenet::detail
