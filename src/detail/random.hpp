// Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011,
// doi:10.1145/2063384.2063405). A stream is named by (seed, stream), so that every replicate,
// vertex or chunk draws from its own and the answer does not depend on who draws first. The
// distributions are ours: the standard library's differ between implementations.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

namespace valuenet::detail {

class random_stream {
 public:
  using result_type = std::uint64_t;

  explicit random_stream(std::uint64_t seed, std::uint64_t stream = 0)
      : seed_(seed), stream_(stream) {}

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return ~result_type{0}; }

  /// 64 random bits.
  result_type operator()() {
    if (left_ == 0) refill();
    return words_[--left_];
  }

  /// Uniform in [0, 1), 53 bits.
  double uniform() { return static_cast<double>((*this)() >> 11) * 0x1.0p-53; }

  /// Uniform in (0, 1]: safe under a logarithm.
  double uniform_positive() { return static_cast<double>(((*this)() >> 11) + 1) * 0x1.0p-53; }

  /// Uniform in [0, bound), without bias (Lemire 2019, doi:10.1145/3230636). Precondition: bound >
  /// 0.
  std::uint64_t below(std::uint64_t bound) {
    __extension__ using wide = unsigned __int128;
    wide product = static_cast<wide>((*this)()) * bound;
    if (static_cast<std::uint64_t>(product) < bound) {
      const std::uint64_t threshold = (0 - bound) % bound;
      while (static_cast<std::uint64_t>(product) < threshold) {
        product = static_cast<wide>((*this)()) * bound;
      }
    }
    return static_cast<std::uint64_t>(product >> 64);
  }

  /// Standard normal, by Box and Muller (the second value is dropped: no hidden state).
  double normal() {
    constexpr double two_pi = 6.283185307179586476925286766559;
    const double radius = std::sqrt(-2.0 * std::log(uniform_positive()));
    return radius * std::cos(two_pi * uniform());
  }

  /// Fisher-Yates over anything indexable.
  template <class Sequence>
  void shuffle(Sequence& values) {
    for (std::uint64_t i = values.size(); i > 1; --i) {
      using std::swap;
      swap(values[i - 1], values[below(i)]);
    }
  }

 private:
  void refill() {
    std::array<std::uint32_t, 4> block{
        static_cast<std::uint32_t>(counter_), static_cast<std::uint32_t>(counter_ >> 32),
        static_cast<std::uint32_t>(stream_), static_cast<std::uint32_t>(stream_ >> 32)};
    auto key0 = static_cast<std::uint32_t>(seed_);
    auto key1 = static_cast<std::uint32_t>(seed_ >> 32);
    for (int round = 0; round < 10; ++round) {
      const std::uint64_t first = std::uint64_t{0xD2511F53U} * block[0];
      const std::uint64_t second = std::uint64_t{0xCD9E8D57U} * block[2];
      block = {static_cast<std::uint32_t>(second >> 32) ^ block[1] ^ key0,
               static_cast<std::uint32_t>(second),
               static_cast<std::uint32_t>(first >> 32) ^ block[3] ^ key1,
               static_cast<std::uint32_t>(first)};
      key0 += 0x9E3779B9U;
      key1 += 0xBB67AE85U;
    }
    ++counter_;
    words_[1] = (std::uint64_t{block[1]} << 32) | block[0];
    words_[0] = (std::uint64_t{block[3]} << 32) | block[2];
    left_ = 2;
  }

  std::uint64_t seed_;
  std::uint64_t stream_;
  std::uint64_t counter_ = 0;
  std::array<std::uint64_t, 2> words_{};
  unsigned left_ = 0;
};

}  // namespace valuenet::detail
