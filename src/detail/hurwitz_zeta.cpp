#include "detail/hurwitz_zeta.hpp"

#include <array>
#include <cmath>

namespace valuenet::detail {

namespace {

// B_2m / (2m)! for m = 1 .. 7.
constexpr std::array<double, 7> bernoulli{1.0 / 12.0,         -1.0 / 720.0,
                                          1.0 / 30240.0,      -1.0 / 1209600.0,
                                          1.0 / 47900160.0,   -691.0 / 1307674368000.0,
                                          1.0 / 74724249600.0};

// Where the series may start: the first neglected term is then below 1e-16 of the sum.
double shifted_start(double s) {
  const double start = 10.0 + 1.8 * s;
  return start < 16.0 ? 16.0 : start;
}

// Terms of the direct sum below this share of the first one after 1 no longer count.
constexpr double negligible = 1e-19;

// N^(s-1) times sum_{k >= 0} (N + k)^-s, over N: the bracket of the Euler-Maclaurin formula.
double bracket(double s, double n) {
  double sum = n / (s - 1.0) + 0.5;
  const double inverse_square = 1.0 / (n * n);
  double product = s / n;  // s (s+1) ... (s+2m-2) / n^(2m-1)
  for (std::size_t m = 0; m < bernoulli.size(); ++m) {
    sum += bernoulli[m] * product;
    const double next = s + 2.0 * static_cast<double>(m) + 1.0;
    product *= next * (next + 1.0) * inverse_square;
    if (product < 1e-14) break;  // times a Bernoulli factor below 1/720, against a sum above 1/2
  }
  return sum;
}

struct derivatives {
  double value;
  double first;
  double second;
};

// The bracket with its derivatives by s.
derivatives bracket_derivatives(double s, double n) {
  const double inverse = 1.0 / (s - 1.0);
  derivatives sum{n * inverse + 0.5, -n * inverse * inverse, 2.0 * n * inverse * inverse * inverse};
  const double inverse_square = 1.0 / (n * n);
  derivatives product{s / n, 1.0 / n, 0.0};
  for (std::size_t m = 0; m < bernoulli.size(); ++m) {
    sum.value += bernoulli[m] * product.value;
    sum.first += bernoulli[m] * product.first;
    sum.second += bernoulli[m] * product.second;
    // Times (s + a)(s + a + 1) / n^2, by the rule of Leibniz.
    const double a = s + 2.0 * static_cast<double>(m) + 1.0;
    const double factor = a * (a + 1.0) * inverse_square;
    const double factor1 = (2.0 * a + 1.0) * inverse_square;
    const double factor2 = 2.0 * inverse_square;
    product = {product.value * factor, product.first * factor + product.value * factor1,
               product.second * factor + 2.0 * product.first * factor1 + product.value * factor2};
    if (product.value < 1e-16 && product.first < 1e-16 && product.second < 1e-16) break;
  }
  return sum;
}

}  // namespace

zeta_moments hurwitz_moments(double s, double q) {
  const double start = shifted_start(s);
  if (q >= start) {
    const derivatives sum = bracket_derivatives(s, q);
    const double mean = -sum.first / sum.value;
    return {std::log(sum.value), mean, sum.second / sum.value - mean * mean};
  }
  // Terms one by one up to `start`, without the first, which is 1 and has no logarithm.
  double rest = 0.0;
  double rest_log = 0.0;
  double rest_log2 = 0.0;
  double first_term = 0.0;
  bool finished = false;
  double n = q + 1.0;
  for (; n < start; n += 1.0) {
    const double log_ratio = std::log1p((n - q) / q);
    const double term = std::exp(-s * log_ratio);
    if (first_term == 0.0) first_term = term;
    rest += term;
    rest_log += term * log_ratio;
    rest_log2 += term * log_ratio * log_ratio;
    // What is left is below term * (n/(s-1) + 1), its logarithms aside.
    if (term * (n / (s - 1.0) + 1.0) <= negligible * first_term) {
      finished = true;
      break;
    }
  }
  if (!finished) {
    const derivatives sum = bracket_derivatives(s, n);
    const double log_ratio = std::log1p((n - q) / q);
    const double weight = std::exp(-s * log_ratio);
    rest += weight * sum.value;
    rest_log += weight * (log_ratio * sum.value - sum.first);
    rest_log2 += weight * (sum.second + log_ratio * (log_ratio * sum.value - 2.0 * sum.first));
  }
  const double total = 1.0 + rest;
  const double mean = rest_log / total;
  return {std::log1p(rest), mean, rest_log2 / total - mean * mean};
}

double hurwitz_scaled(double s, double q) {
  const double start = shifted_start(s);
  if (q >= start) return bracket(s, q);
  double sum = 1.0;
  double n = q + 1.0;
  for (; n < start; n += 1.0) {
    const double term = std::exp(-s * std::log1p((n - q) / q));
    sum += term;
    if (term * (n / (s - 1.0) + 1.0) <= 1e-18) return sum;
  }
  return sum + std::exp(-s * std::log1p((n - q) / q)) * bracket(s, n);
}

double log_hurwitz_zeta(double s, double q) {
  return hurwitz_moments(s, q).log_sum - s * std::log(q);
}

double zeta_survival(double s, double q, double x) {
  return std::exp(-s * std::log(x / q)) * (hurwitz_scaled(s, x) / hurwitz_scaled(s, q));
}

}  // namespace valuenet::detail
