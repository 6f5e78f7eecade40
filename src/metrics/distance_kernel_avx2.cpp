// The distance kernel for x86-64 with AVX2.
#include "metrics/distance_kernel_builds.hpp"

#if defined(__x86_64__)

#include <immintrin.h>

#define VALUENET_TARGET "avx2,bmi,bmi2,popcnt"
#include "detail/target_begin.hpp"

namespace valuenet::detail {
namespace {

struct machine {
  typedef std::uint64_t lane __attribute__((vector_size(32), may_alias));

  static VALUENET_INLINE bool any(lane x) {
    return _mm256_testz_si256((__m256i)x, (__m256i)x) == 0;
  }
  /// Four-bit table look-ups (Mula, Kurz, Lemire 2018, doi:10.1093/comjnl/bxx046).
  static VALUENET_INLINE lane count(lane x) {
    const __m256i bits_of = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,  //
                                             0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    const __m256i nibble = _mm256_set1_epi8(15);
    const __m256i low = _mm256_and_si256((__m256i)x, nibble);
    const __m256i high = _mm256_and_si256(_mm256_srli_epi16((__m256i)x, 4), nibble);
    const __m256i bytes =
        _mm256_add_epi8(_mm256_shuffle_epi8(bits_of, low), _mm256_shuffle_epi8(bits_of, high));
    return (lane)_mm256_sad_epu8(bytes, _mm256_setzero_si256());
  }
};

#include "metrics/distance_kernel_loops.hpp"

}  // namespace

distance_kernel distance_kernel_avx2(std::size_t searches) {
  return searches == 512 ? distance_loops<machine, 8>::table()
                         : distance_loops<machine, 16>::table();
}

}  // namespace valuenet::detail

#include "detail/target_end.hpp"

#endif
