#include "detail/erfcx.hpp"

#include <cmath>

namespace valuenet::detail {

double log_erfcx(double x) {
  if (x < 3.0) return x * x + std::log(std::erfc(x));
  // Laplace's continued fraction; the depth leaves an error below 3e-16 from the bound on.
  const int depth = x < 5.0 ? 34 : (x < 9.0 ? 20 : 10);
  double fraction = x;
  for (int k = depth; k > 0; --k) fraction = x + 0.5 * static_cast<double>(k) / fraction;
  constexpr double half_log_pi = 0.5723649429247001;
  return -std::log(fraction) - half_log_pi;
}

}  // namespace valuenet::detail
