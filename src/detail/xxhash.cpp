#include "detail/xxhash.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>

namespace valuenet::detail {
namespace {

template <class Word>
Word load_little_endian(const char* bytes) noexcept {
  Word word{};
  std::memcpy(&word, bytes, sizeof word);
  if constexpr (std::endian::native == std::endian::big) {
    Word swapped{};
    for (std::size_t i = 0; i < sizeof word; ++i) {
      swapped = static_cast<Word>((swapped << 8) | ((word >> (8 * i)) & 0xFF));
    }
    return swapped;
  }
  return word;
}

}  // namespace

inline std::uint64_t xxh64::round(std::uint64_t lane, std::uint64_t input) noexcept {
  return std::rotl(lane + input * prime2, 31) * prime1;
}

void xxh64::stripes(const char* bytes, std::size_t count) noexcept {
  // In variables of their own: what is written through `this` might alter the bytes, as far as the
  // compiler knows, and would go through memory.
  auto [a, b, c, d] = lanes_;
  for (const char* const end = bytes + 32 * count; bytes != end; bytes += 32) {
    a = round(a, load_little_endian<std::uint64_t>(bytes));
    b = round(b, load_little_endian<std::uint64_t>(bytes + 8));
    c = round(c, load_little_endian<std::uint64_t>(bytes + 16));
    d = round(d, load_little_endian<std::uint64_t>(bytes + 24));
  }
  lanes_ = {a, b, c, d};
}

void xxh64::update(std::string_view bytes) noexcept {
  std::size_t waiting = total_ % 32;
  total_ += bytes.size();
  if (waiting != 0) {
    const std::size_t taken = std::min(32 - waiting, bytes.size());
    std::copy_n(bytes.data(), taken, rest_ + waiting);
    bytes.remove_prefix(taken);
    if (waiting + taken < 32) return;
    stripes(rest_, 1);
  }
  stripes(bytes.data(), bytes.size() / 32);
  bytes.remove_prefix(bytes.size() / 32 * 32);
  std::copy_n(bytes.data(), bytes.size(), rest_);
}

std::uint64_t xxh64::value() const noexcept {
  std::uint64_t hash = prime5;
  if (total_ >= 32) {
    hash = std::rotl(lanes_[0], 1) + std::rotl(lanes_[1], 7) + std::rotl(lanes_[2], 12) +
           std::rotl(lanes_[3], 18);
    for (const std::uint64_t lane : lanes_) hash = (hash ^ round(0, lane)) * prime1 + prime4;
  }
  hash += total_;
  const char* at = rest_;
  const char* const end = rest_ + total_ % 32;
  for (; end - at >= 8; at += 8) {
    hash ^= round(0, load_little_endian<std::uint64_t>(at));
    hash = std::rotl(hash, 27) * prime1 + prime4;
  }
  if (end - at >= 4) {
    hash ^= load_little_endian<std::uint32_t>(at) * prime1;
    hash = std::rotl(hash, 23) * prime2 + prime3;
    at += 4;
  }
  for (; at != end; ++at) {
    hash ^= static_cast<unsigned char>(*at) * prime5;
    hash = std::rotl(hash, 11) * prime1;
  }
  hash = (hash ^ (hash >> 33)) * prime2;
  hash = (hash ^ (hash >> 29)) * prime3;
  return hash ^ (hash >> 32);
}

std::string hexadecimal(std::uint64_t value) {
  std::string digits(16, '0');
  for (std::size_t i = 0; i < 16; ++i) {
    digits[15 - i] = "0123456789abcdef"[(value >> (4 * i)) & 15];
  }
  return digits;
}

}  // namespace valuenet::detail
