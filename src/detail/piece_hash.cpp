#include "detail/piece_hash.hpp"

#include <bit>
#include <cassert>
#include <cstring>

namespace valuenet::detail {
namespace {

constexpr std::uint64_t factor = 0x9E3779B97F4A7C15U;

std::uint64_t mixed(std::uint64_t lane, std::uint64_t word) noexcept {
  return std::rotl(lane + word, 29) * factor;
}

std::uint64_t word_at(const char* at) noexcept {
  static_assert(std::endian::native == std::endian::little ||
                std::endian::native == std::endian::big);
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

}  // namespace

std::uint64_t hash_piece(std::string_view bytes) noexcept {
  assert(bytes.size() % 64 == 0);
  // Named one by one: as an array GCC makes vectors of them, whose 64-bit products are slow.
  std::uint64_t a = 1;
  std::uint64_t b = 2;
  std::uint64_t c = 3;
  std::uint64_t d = 4;
  std::uint64_t e = 5;
  std::uint64_t f = 6;
  std::uint64_t g = 7;
  std::uint64_t h = 8;
  const char* const end = bytes.data() + bytes.size();
  for (const char* at = bytes.data(); at != end; at += 64) {
    a = mixed(a, word_at(at));
    b = mixed(b, word_at(at + 8));
    c = mixed(c, word_at(at + 16));
    d = mixed(d, word_at(at + 24));
    e = mixed(e, word_at(at + 32));
    f = mixed(f, word_at(at + 40));
    g = mixed(g, word_at(at + 48));
    h = mixed(h, word_at(at + 56));
  }
  std::uint64_t hash = 0;
  for (const std::uint64_t lane : {a, b, c, d, e, f, g, h, std::uint64_t{bytes.size()}}) {
    hash = mixed(hash, lane);
  }
  hash ^= hash >> 32;
  hash *= factor;
  return hash ^ (hash >> 29);
}

}  // namespace valuenet::detail
