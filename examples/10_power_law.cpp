// Is the tail of a sample a power law, and how sure can one be?
#include <cmath>
#include <cstdint>
#include <iostream>
#include <vector>

#include <valuenet/statistics/power_law.hpp>

namespace vn = valuenet;

int main() {
  // What the 1,000 quantiles of a power law with exponent 2.5 above 1 would be, as whole numbers.
  std::vector<std::uint64_t> degrees;
  for (int i = 0; i < 1000; ++i) {
    const double share = (i + 0.5) / 1000.0;
    degrees.push_back(static_cast<std::uint64_t>(std::floor(std::pow(share, -1.0 / 1.5) + 0.5)));
  }

  const vn::power_law_result result =
      vn::fit_power_law(degrees, {.bootstrap_replicates = 1000, .seed = 42});
  if (!result.fit) {
    std::cout << vn::explain(result.status) << "\n";
    return 1;
  }
  const vn::power_law_fit& fit = *result.fit;
  std::cout << "alpha " << fit.alpha << " ± " << fit.alpha_standard_error << " above " << fit.x_min
            << "\n"
            << fit.tail_size << " of " << result.sample.kept << " values are in the tail\n"
            << "distance " << fit.ks_distance << ", p " << fit.goodness->p_value << " ± "
            << fit.goodness->standard_error << "\n";
}
