// A checksum of large arrays that keeps up with memory: eight independent lanes of 64-bit words, so
// that eight multiplications are under way at once, and no instruction that a plain processor
// lacks.
#pragma once

#include <cstdint>
#include <string_view>

namespace valuenet::detail {

/// Precondition: a multiple of 64 bytes. Word i (8 bytes, little-endian) goes into lane i mod 8:
///   lane = rotl(lane + word, 29) * 0x9E3779B97F4A7C15
/// which no change of a single word leaves as it was. At the end the eight lanes and the number of
/// bytes go the same way into one, whose high bits are folded into the low ones. Finds accidents;
/// it is no signature: whoever changes a file on purpose can change its checksums too.
[[nodiscard]] std::uint64_t hash_piece(std::string_view bytes) noexcept;

}  // namespace valuenet::detail
