// The complementary error function without its Gaussian factor.
#pragma once

namespace valuenet::detail {

/// ln(exp(x^2) erfc(x)), for any finite x: nothing overflows and nothing underflows. Absolute error
/// below 1e-14 where |result| < 10, else relative.
[[nodiscard]] double log_erfcx(double x);

}  // namespace valuenet::detail
