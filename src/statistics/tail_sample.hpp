// A sample prepared for fits at every cut-off.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace valuenet::detail {

/// Distinct positive values, ascending, with what a fit at cut-off i needs of those from i on.
struct tail_sample {
  /// Only fits of whole numbers look at these; replicates of other samples leave them out.
  std::vector<double> value;
  std::vector<double> log_value;
  /// Occurrences of values at or above the i-th, and a 0 after the last. Whole numbers; doubles
  /// because they are divided.
  std::vector<double> tail_size;
  /// Sum of the logarithms of those occurrences, each less the i-th value's.
  std::vector<double> log_excess;

  [[nodiscard]] std::size_t size() const noexcept { return log_value.size(); }
  /// Occurrences of the i-th value.
  [[nodiscard]] double count(std::size_t i) const noexcept {
    return tail_size[i] - tail_size[i + 1];
  }

  void clear() {
    value.clear();
    log_value.clear();
    tail_size.clear();
    log_excess.clear();
  }
};

/// ln(above / below) without cancellation where the two are close.
inline double log_step(double below, double above) {
  return std::log1p((above - below) / below);
}

}  // namespace valuenet::detail
