// Replicates of a sample: from the fitted law (p-value) or from the sample itself (intervals).
#pragma once

#include "valuenet/statistics/power_law.hpp"

#include "detail/parallel.hpp"
#include "statistics/power_law_sample.hpp"

namespace valuenet::detail {

/// alpha (n-1)/n + 1/n.
[[nodiscard]] double corrected_alpha(double alpha, double tail_size);

/// The semi-parametric bootstrap of the fit. Precondition: `prepared` is the sample that `fit`
/// fits.
[[nodiscard]] goodness_of_fit test_fit(const prepared_sample& prepared, const power_law_fit& fit,
                                       const power_law_options& options, parallel& workers,
                                       const execution& exec);

/// The nonparametric bootstrap of the whole procedure. Precondition: status is `fitted`.
[[nodiscard]] std::optional<bootstrap_result> resample_fits(const prepared_sample& prepared,
                                                            const power_law_options& options,
                                                            const bootstrap_options& bootstrap,
                                                            parallel& workers,
                                                            const execution& exec);

}  // namespace valuenet::detail
