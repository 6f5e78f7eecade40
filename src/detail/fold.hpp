// The mixing step of our hashes.
#pragma once

#include <cstdint>

namespace valuenet::detail {

/// Both halves of a 128-bit product folded: every input bit reaches every output bit.
[[nodiscard]] inline std::uint64_t fold(std::uint64_t a, std::uint64_t b) noexcept {
  __extension__ using wide = unsigned __int128;
  const wide product = static_cast<wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

}  // namespace valuenet::detail
