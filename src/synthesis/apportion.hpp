// Whole numbers in proportion to weights.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace valuenet::detail {

inline constexpr std::uint32_t unlimited = 0xFFFFFFFFU;

/// Whole numbers in [least[i], caps[i]] that add up to `total`, in proportion to the weights as far
/// as the bounds allow; remainders by largest fraction, ties by position. O(n log n). Throws
/// std::invalid_argument, saying `what`, where the bounds do not allow it.
[[nodiscard]] std::vector<std::uint32_t> apportion(std::span<const double> weights,
                                                   std::uint64_t total,
                                                   std::span<const std::uint32_t> least,
                                                   std::span<const std::uint32_t> caps,
                                                   const std::string& what);

}  // namespace valuenet::detail
