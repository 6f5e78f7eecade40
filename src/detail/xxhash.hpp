// XXH64, a fast fingerprint of a file's bytes (not a cryptographic one).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace valuenet::detail {

/// XXH64 with seed 0, as `xxhsum -H64` prints it. Several GB/s on one core; strictly serial.
/// Source: Y. Collet, XXH64 specification 0.1.1, https://github.com/Cyan4973/xxHash/tree/dev/doc.
class xxh64 {
 public:
  void update(std::string_view bytes) noexcept;
  [[nodiscard]] std::uint64_t value() const noexcept;

 private:
  static constexpr std::uint64_t prime1 = 0x9E3779B185EBCA87U;
  static constexpr std::uint64_t prime2 = 0xC2B2AE3D27D4EB4FU;
  static constexpr std::uint64_t prime3 = 0x165667B19E3779F9U;
  static constexpr std::uint64_t prime4 = 0x85EBCA77C2B2AE63U;
  static constexpr std::uint64_t prime5 = 0x27D4EB2F165667C5U;

  [[nodiscard]] static std::uint64_t round(std::uint64_t lane, std::uint64_t input) noexcept;
  /// So many times 32 bytes.
  void stripes(const char* bytes, std::size_t count) noexcept;

  std::array<std::uint64_t, 4> lanes_{prime1 + prime2, prime2, 0, 0 - prime1};
  std::uint64_t total_ = 0;
  char rest_[32] = {};  // the last total_ % 32 bytes
};

/// 16 hexadecimal digits.
[[nodiscard]] std::string hexadecimal(std::uint64_t value);

}  // namespace valuenet::detail
