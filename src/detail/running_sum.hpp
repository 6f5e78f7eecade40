// Prefix sums, such as row lengths turned into row offsets.
#pragma once

#include <cstddef>
#include <numeric>
#include <span>
#include <type_traits>
#include <vector>

#include "detail/parallel.hpp"

namespace valuenet::detail {

/// Replaces every value by the sum of all values up to and with it. Integers only: sums of doubles
/// would depend on the chunks.
template <class T>
void running_sum(parallel& workers, std::span<T> values) {
  static_assert(std::is_integral_v<T>);
  constexpr std::size_t grain = std::size_t{1} << 16;
  std::vector<T> before((values.size() + grain - 1) / grain + 1, 0);
  workers.for_chunks(values.size(), grain, [&](std::size_t begin, std::size_t end) {
    T sum = 0;
    for (std::size_t i = begin; i < end; ++i) sum += values[i];
    before[begin / grain + 1] = sum;
  });
  std::partial_sum(before.begin(), before.end(), before.begin());
  workers.for_chunks(values.size(), grain, [&](std::size_t begin, std::size_t end) {
    T sum = before[begin / grain];
    for (std::size_t i = begin; i < end; ++i) values[i] = sum += values[i];
  });
}

}  // namespace valuenet::detail
