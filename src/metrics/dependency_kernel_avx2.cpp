// The dependency kernel for x86-64 with AVX2.
#include "metrics/dependency_kernel.hpp"
#include "metrics/distance_kernel_builds.hpp"

#if defined(__x86_64__)

#include <immintrin.h>

#define VALUENET_TARGET "avx2,bmi,bmi2,popcnt"
#include "detail/target_begin.hpp"

namespace valuenet::detail {
namespace {

struct machine {
  typedef double lane __attribute__((vector_size(32), may_alias));

  static VALUENET_INLINE __m256d spread(unsigned bits) {
    const __m256i own = _mm256_setr_epi64x(1, 2, 4, 8);
    const __m256i given = _mm256_set1_epi64x(static_cast<long long>(bits));
    return _mm256_castsi256_pd(_mm256_cmpeq_epi64(_mm256_and_si256(given, own), own));
  }
  static VALUENET_INLINE lane where(lane x, unsigned bits) {
    return (lane)_mm256_and_pd((__m256d)x, spread(bits));
  }
  static VALUENET_INLINE void add_where(lane& to, lane x, unsigned bits) { to += where(x, bits); }
  static VALUENET_INLINE lane choose(unsigned bits, lane x, lane y) {
    return (lane)_mm256_blendv_pd((__m256d)y, (__m256d)x, spread(bits));
  }
};

#include "metrics/dependency_kernel_loops.hpp"

}  // namespace

dependency_kernel dependency_kernel_avx2() {
  return dependency_loops<machine>::table();
}

}  // namespace valuenet::detail

#include "detail/target_end.hpp"

#endif
