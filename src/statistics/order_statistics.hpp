// The three tail-index estimators as functions of the number of largest values used.
#pragma once

#include "valuenet/statistics/tail_index.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace valuenet::detail {

/// An estimate and the auxiliary one whose difference from it stands for the error. Not finite
/// where ties leave nothing to estimate from.
struct paired_estimate {
  double estimate;
  double auxiliary;
};

/// The three estimators at k, in the order of the enum.
using estimates_at_k = std::array<paired_estimate, 3>;

/// Goes through a sample's values from the largest down and gives the estimates at chosen k. The
/// sample may be a resample, given as counts of the sorted values.
class order_statistics {
 public:
  /// `size`: values in the whole sample (those looked at may be fewer); it scales the kernel's
  /// bandwidths, h = k / size. `most`: the largest k that will be asked for.
  order_statistics(std::size_t size, std::size_t most);

  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  /// logs: logarithms of the largest values, descending. counts: how often each is taken; empty:
  /// once. ks: ascending, in [1, most]. Calls found(i, estimates) for each ks[i] below the number
  /// of values taken.
  template <class Found>
  void visit(std::span<const double> logs, std::span<const std::uint16_t> counts,
             std::span<const std::size_t> ks, Found&& found) const;

 private:
  /// Sums over the values passed.
  struct sums {
    // Powers of the logarithms, less the smallest one looked at.
    double one = 0.0;
    double two = 0.0;
    double three = 0.0;
    // Of (rank/size)^p ln(X_(rank) / X_(rank + 1)), p = 1, 3, 5, 7 and a, 2 + a, 4 + a, 6 + a.
    std::array<double, 4> odd{};
    std::array<double, 4> smooth{};
  };

  void add_gap(sums& s, std::size_t rank, double gap) const {
    const double u = static_cast<double>(rank) * inverse_size_;
    const double square = u * u;
    double odd = u * gap;
    double smooth = power_[rank] * gap;
    for (std::size_t p = 0; p < 4; ++p) {
      s.odd[p] += odd;
      s.smooth[p] += smooth;
      odd *= square;
      smooth *= square;
    }
  }

  [[nodiscard]] estimates_at_k estimate(const sums& s, std::size_t k, double next_log) const;

  std::size_t size_;
  double inverse_size_;
  std::vector<double> power_;  // (rank / size)^a
};

template <class Found>
void order_statistics::visit(std::span<const double> logs, std::span<const std::uint16_t> counts,
                             std::span<const std::size_t> ks, Found&& found) const {
  sums passed;
  std::size_t rank = 0;  // values passed
  std::size_t next = 0;  // of ks
  double last = 0.0;
  const double smallest = logs.empty() ? 0.0 : logs.back();
  for (std::size_t i = 0; i < logs.size() && next < ks.size(); ++i) {
    const std::size_t count = counts.empty() ? 1 : counts[i];
    if (count == 0) continue;
    const double log_value = logs[i] - smallest;
    if (rank > 0 && last > log_value) add_gap(passed, rank, last - log_value);
    last = log_value;
    const double square = log_value * log_value;
    // The (k + 1)-th value is this one for k = rank .. rank + count - 1.
    while (next < ks.size() && ks[next] < rank + count) {
      if (ks[next] >= rank && rank > 0) {
        const auto more = static_cast<double>(ks[next] - rank);
        sums here = passed;
        here.one += more * log_value;
        here.two += more * square;
        here.three += more * square * log_value;
        found(next, estimate(here, ks[next], log_value));
      }
      ++next;
    }
    const auto all = static_cast<double>(count);
    passed.one += all * log_value;
    passed.two += all * square;
    passed.three += all * square * log_value;
    rank += count;
  }
}

}  // namespace valuenet::detail
