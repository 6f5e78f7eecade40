// The continuous rivals of the power law, written in u = ln(x / x_min), where a Pareto law is
// exp(-b u): the lognormal adds a square, the stretched exponential bends the hazard. Both contain
// the Pareto law at curvature 0, smoothly. `Real` is double or second_order.
#pragma once

#include <array>
#include <cmath>

#include "statistics/second_order.hpp"

namespace valuenet::detail {

/// Density proportional to exp(-b u - c u^2), u >= 0: a normal law of mean -b/(2c) and variance
/// 1/(2c), cut at 0. c >= 0; b > 0 where c = 0.
template <class Real>
class lognormal_tail {
 public:
  lognormal_tail(const Real& slope, const Real& curvature) : b_(slope), c_(curvature) {
    is_nearly_pareto_ = number(b_) > 0.0 && 4.0 * number(c_) < nearly * number(b_) * number(b_);
    if (is_nearly_pareto_) {
      ratio_ = c_ * reciprocal(b_);
      start_ = 4.0 * (ratio_ * reciprocal(b_));
    } else {
      root_ = sqrt(c_);
      start_ = b_ * (0.5 * reciprocal(root_));
    }
  }

  [[nodiscard]] Real log_survival(double u) const {
    if (is_nearly_pareto_) {
      const Real growth = 2.0 * u * ratio_;
      const Real shrink = reciprocal(Real(1.0) + growth);
      return -(u * b_) - (u * u) * c_ - log1p(growth) + log_series(start_ * shrink * shrink) -
             log_series(start_);
    }
    const Real z = start_ + u * root_;
    // One of the two forms does not cancel.
    if (number(start_) < 1.0) return log_erfc(z) - log_erfc(start_);
    return -(u * b_) - (u * u) * c_ + log_erfcx(z) - log_erfcx(start_);
  }

  [[nodiscard]] Real log_hazard(double u) const {
    if (is_nearly_pareto_) {
      const Real growth = 2.0 * u * ratio_;
      const Real shrink = reciprocal(Real(1.0) + growth);
      return log(b_) + log1p(growth) - log_series(start_ * shrink * shrink);
    }
    constexpr double log_two_over_root_pi = 0.12078223763524522;
    return Real(log_two_over_root_pi) + log(root_) - log_erfcx(start_ + u * root_);
  }

 private:
  // ln erfcx(z) + ln(z sqrt(pi)) is a series in 1/z^2; below this bound its terms here suffice.
  static constexpr double nearly = 1.0 / 400.0;

  static double number(double x) { return x; }
  static double number(const second_order& x) { return x.value; }

  // ln(1 - s/2 + 3 s^2/4 - 15 s^3/8 + ...).
  static std::array<double, 3> series(double s) {
    double f = 0.0;
    double f1 = 0.0;
    double f2 = 0.0;
    // Coefficients (-1)^k (2k-1)!! / 2^k.
    constexpr std::array<double, 9> coefficients{
        1.0, -0.5, 0.75, -1.875, 6.5625, -29.53125, 162.421875, -1055.7421875, 7918.06640625};
    for (std::size_t k = coefficients.size(); k-- > 0;) {
      f2 = f2 * s + 2.0 * f1;
      f1 = f1 * s + f;
      f = f * s + coefficients[k];
    }
    return {f, f1, f2};
  }
  static double log_series(double s) { return std::log(series(s)[0]); }
  static second_order log_series(const second_order& s) {
    const auto [f, f1, f2] = series(s.value);
    return chain(s, std::log(f), f1 / f, (f2 * f - f1 * f1) / (f * f));
  }

  Real b_;
  Real c_;
  Real root_{0.0};   // sqrt c
  Real ratio_{0.0};  // c / b
  Real start_{0.0};  // b / (2 sqrt c), or its inverse square where the law is nearly Pareto's
  bool is_nearly_pareto_ = false;
};

/// P(U >= u) = exp(-eta (e^(beta u) - 1)/beta): Weibull's law of shape beta in x. eta > 0, beta >=
/// 0.
template <class Real>
class stretched_exponential_tail {
 public:
  stretched_exponential_tail(const Real& eta, const Real& beta) : eta_(eta), beta_(beta) {}

  [[nodiscard]] Real log_survival(double u) const { return -(u * (eta_ * exp_slope(u * beta_))); }
  [[nodiscard]] Real log_hazard(double u) const { return log(eta_) + u * beta_; }

 private:
  Real eta_;
  Real beta_;
};

}  // namespace valuenet::detail
