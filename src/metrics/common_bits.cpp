#include "metrics/common_bits.hpp"

namespace valuenet::detail {
namespace {

// The same loop for each instruction set: the compilers know its best form there. Inlined, because
// a function is compiled for its caller's target only then.
#define VALUENET_COUNT_COMMON_BITS                                                         \
  for (std::size_t i = 0; i < rows_wanted.size(); ++i) {                                   \
    const std::uint64_t* const row = matrix.bits + rows_wanted[i] * matrix.row_words;      \
    std::uint64_t common = 0;                                                              \
    for (std::size_t word = 0; word < words; ++word) {                                     \
      common += static_cast<std::uint64_t>(__builtin_popcountll(marks[word] & row[word])); \
    }                                                                                      \
    commons[i] = static_cast<std::uint32_t>(common);                                       \
  }

#if defined(__x86_64__)
__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vpopcntdq,bmi2,popcnt"))) void
with_avx512(const std::uint64_t* marks, std::size_t words, bit_rows matrix,
            std::span<const std::uint32_t> rows_wanted, std::uint32_t* commons) {
  VALUENET_COUNT_COMMON_BITS
}

__attribute__((target("avx2,bmi2,popcnt"))) void with_avx2(
    const std::uint64_t* marks, std::size_t words, bit_rows matrix,
    std::span<const std::uint32_t> rows_wanted, std::uint32_t* commons) {
  VALUENET_COUNT_COMMON_BITS
}
#endif

void with_baseline(const std::uint64_t* marks, std::size_t words, bit_rows matrix,
                   std::span<const std::uint32_t> rows_wanted, std::uint32_t* commons) {
  VALUENET_COUNT_COMMON_BITS
}

#undef VALUENET_COUNT_COMMON_BITS

}  // namespace

void count_common_bits(instruction_set set, const std::uint64_t* marks, std::size_t words,
                       bit_rows matrix, std::span<const std::uint32_t> rows_wanted,
                       std::uint32_t* commons) {
#if defined(__x86_64__)
  if (set == instruction_set::avx512) {
    return with_avx512(marks, words, matrix, rows_wanted, commons);
  }
  if (set == instruction_set::avx2) return with_avx2(marks, words, matrix, rows_wanted, commons);
#endif
  static_cast<void>(set);
  with_baseline(marks, words, matrix, rows_wanted, commons);
}

}  // namespace valuenet::detail
