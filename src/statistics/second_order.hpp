// Numbers that carry their first and second derivatives by two parameters, so that likelihoods can
// be written once, as formulas, and maximised by Newton's method.
#pragma once

#include <array>
#include <cmath>

#include "detail/erfcx.hpp"

namespace valuenet::detail {

struct second_order {
  double value = 0.0;
  std::array<double, 2> first{};
  std::array<double, 3> second{};  // aa, ab, bb

  second_order() = default;
  second_order(double v) : value(v) {}  // NOLINT: numbers mix with these on purpose

  /// The parameter number 0 or 1.
  static second_order parameter(double v, std::size_t which) {
    second_order x(v);
    x.first[which] = 1.0;
    return x;
  }
};

/// f(x), given f, f' and f'' at x.
inline second_order chain(const second_order& x, double f, double f1, double f2) {
  second_order y(f);
  y.first = {f1 * x.first[0], f1 * x.first[1]};
  y.second = {f1 * x.second[0] + f2 * x.first[0] * x.first[0],
              f1 * x.second[1] + f2 * x.first[0] * x.first[1],
              f1 * x.second[2] + f2 * x.first[1] * x.first[1]};
  return y;
}

inline second_order operator+(const second_order& x, const second_order& y) {
  second_order z(x.value + y.value);
  for (std::size_t i = 0; i < 2; ++i) z.first[i] = x.first[i] + y.first[i];
  for (std::size_t i = 0; i < 3; ++i) z.second[i] = x.second[i] + y.second[i];
  return z;
}

inline second_order operator-(const second_order& x) {
  return chain(x, -x.value, -1.0, 0.0);
}
inline second_order operator-(const second_order& x, const second_order& y) {
  return x + -y;
}

inline second_order operator*(const second_order& x, const second_order& y) {
  second_order z(x.value * y.value);
  for (std::size_t i = 0; i < 2; ++i) z.first[i] = x.first[i] * y.value + x.value * y.first[i];
  z.second = {x.second[0] * y.value + 2.0 * x.first[0] * y.first[0] + x.value * y.second[0],
              x.second[1] * y.value + x.first[0] * y.first[1] + x.first[1] * y.first[0] +
                  x.value * y.second[1],
              x.second[2] * y.value + 2.0 * x.first[1] * y.first[1] + x.value * y.second[2]};
  return z;
}

inline second_order operator*(double factor, const second_order& x) {
  return chain(x, factor * x.value, factor, 0.0);
}

inline second_order reciprocal(const second_order& x) {
  const double r = 1.0 / x.value;
  return chain(x, r, -r * r, 2.0 * r * r * r);
}
inline double reciprocal(double x) {
  return 1.0 / x;
}

inline second_order log(const second_order& x) {
  const double r = 1.0 / x.value;
  return chain(x, std::log(x.value), r, -r * r);
}
inline double log(double x) {
  return std::log(x);
}

inline second_order log1p(const second_order& x) {
  const double r = 1.0 / (1.0 + x.value);
  return chain(x, std::log1p(x.value), r, -r * r);
}
inline double log1p(double x) {
  return std::log1p(x);
}

inline second_order sqrt(const second_order& x) {
  const double root = std::sqrt(x.value);
  return chain(x, root, 0.5 / root, -0.25 / (root * x.value));
}
inline double sqrt(double x) {
  return std::sqrt(x);
}

/// ln(1 - e^x), x < 0.
inline double log_one_less_exp(double x) {
  return x > -0.6931471805599453 ? std::log(-std::expm1(x)) : std::log1p(-std::exp(x));
}
inline second_order log_one_less_exp(const second_order& x) {
  const double e = std::expm1(-x.value);
  return chain(x, log_one_less_exp(x.value), -1.0 / e, -(e + 1.0) / (e * e));
}

/// (e^x - 1) / x, 1 at 0.
inline double exp_slope(double x) {
  return x == 0.0 ? 1.0 : std::expm1(x) / x;
}
inline second_order exp_slope(const second_order& x) {
  const double v = x.value;
  if (std::abs(v) < 0.05) {
    // Sums of v^k / (k+1)! and of its derivatives; the terms left out are below 1e-17.
    double f = 0.0;
    double f1 = 0.0;
    double f2 = 0.0;
    double coefficient = 1.0 / 39916800.0;  // 1/11!
    for (int k = 10; k >= 0; --k) {
      f2 = f2 * v + 2.0 * f1;
      f1 = f1 * v + f;
      f = f * v + coefficient;
      coefficient *= static_cast<double>(k + 1);
    }
    return chain(x, f, f1, f2);
  }
  const double e = std::exp(v);
  const double f = std::expm1(v) / v;
  const double f1 = (e - f) / v;
  return chain(x, f, f1, (e - 2.0 * f1) / v);
}

// 2/sqrt(pi) exp(-x^2) / erfc(x), the slope of -ln erfc, from ln erfcx(x).
inline double erfc_hazard(double log_erfcx_of_x) {
  return 1.1283791670955126 * std::exp(-log_erfcx_of_x);
}

/// ln erfcx(x), erfcx(x) = exp(x^2) erfc(x).
inline second_order log_erfcx(const second_order& x) {
  const double f = log_erfcx(x.value);
  const double hazard = erfc_hazard(f);
  const double f1 = 2.0 * x.value - hazard;
  return chain(x, f, f1, 2.0 + hazard * f1);
}

/// ln erfc(x).
inline double log_erfc(double x) {
  return x < 0.0 ? std::log(std::erfc(x)) : log_erfcx(x) - x * x;
}
inline second_order log_erfc(const second_order& x) {
  const double hazard = erfc_hazard(log_erfcx(x.value));
  return chain(x, log_erfc(x.value), -hazard, hazard * (2.0 * x.value - hazard));
}

}  // namespace valuenet::detail
