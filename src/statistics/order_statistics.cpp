#include "statistics/order_statistics.hpp"

#include <cmath>

namespace valuenet::detail {

namespace {

// The kernel estimator's smoothing exponent; above 1/2 (Groeneboom et al. 2003).
constexpr double smoothing = 0.6;

// From the sums over ranks: weighted by the kernel c (1 - (u/h)^2)^m, u = rank / size, and by the
// derivative of u^(1+a) times it. `coefficients`: of c (1 - x)^m.
template <std::size_t terms>
double kernel_estimate(const std::array<double, 4>& odd, const std::array<double, 4>& smooth,
                       const std::array<double, terms>& coefficients, double h) {
  double positive = 0.0;  // the Hill estimate's counterpart
  double q1 = 0.0;
  double q2 = 0.0;
  double scale = 1.0 / h;
  for (std::size_t p = 0; p < terms; ++p) {
    const double weight = coefficients[p] * scale;
    positive += weight * odd[p];
    q1 += weight * smooth[p];
    q2 += weight * (1.0 + smoothing + 2.0 * static_cast<double>(p)) * smooth[p];
    scale /= h * h;
  }
  return positive - 1.0 + q2 / q1;
}

}  // namespace

order_statistics::order_statistics(std::size_t size, std::size_t most)
    : size_(size), inverse_size_(1.0 / static_cast<double>(size)), power_(most + 1) {
  for (std::size_t rank = 0; rank <= most; ++rank) {
    power_[rank] = std::pow(static_cast<double>(rank) * inverse_size_, smoothing);
  }
}

estimates_at_k order_statistics::estimate(const sums& s, std::size_t k, double next_log) const {
  const double inverse = 1.0 / static_cast<double>(k);
  const double mean = s.one * inverse;
  const double mean2 = s.two * inverse;
  // Moments of ln(X_(i) / X_(k+1)), i <= k.
  const double m1 = mean - next_log;
  const double m2 = mean2 - next_log * (2.0 * mean - next_log);
  const double m3 =
      s.three * inverse - next_log * (3.0 * mean2 - next_log * (3.0 * mean - next_log));
  const double h = static_cast<double>(k) * inverse_size_;
  constexpr std::array<double, 3> biweight{15.0 / 8, -30.0 / 8, 15.0 / 8};
  constexpr std::array<double, 4> triweight{35.0 / 16, -105.0 / 16, 105.0 / 16, -35.0 / 16};
  // Hill's auxiliary: M2 - 2 M1^2 vanishes for an exact power law.
  return {paired_estimate{m1, m1 + (m2 - 2.0 * m1 * m1)},
          paired_estimate{m1 + 1.0 - 0.5 / (1.0 - m1 * m1 / m2),
                          std::sqrt(0.5 * m2) + 1.0 - (2.0 / 3.0) / (1.0 - m1 * m2 / m3)},
          paired_estimate{kernel_estimate(s.odd, s.smooth, biweight, h),
                          kernel_estimate(s.odd, s.smooth, triweight, h)}};
}

}  // namespace valuenet::detail
