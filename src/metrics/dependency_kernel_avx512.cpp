// The dependency kernel for x86-64 with AVX-512.
#include "metrics/dependency_kernel.hpp"
#include "metrics/distance_kernel_builds.hpp"

#if defined(__x86_64__)

#include <immintrin.h>

#define VALUENET_TARGET "avx512f,avx512bw,avx512dq,avx512vl,bmi,bmi2,popcnt"
#include "detail/target_begin.hpp"

namespace valuenet::detail {
namespace {

struct machine {
  typedef double lane __attribute__((vector_size(64), may_alias));

  static VALUENET_INLINE lane where(lane x, unsigned bits) {
    return (lane)_mm512_maskz_mov_pd(static_cast<__mmask8>(bits), (__m512d)x);
  }
  static VALUENET_INLINE void add_where(lane& to, lane x, unsigned bits) {
    to =
        (lane)_mm512_mask_add_pd((__m512d)to, static_cast<__mmask8>(bits), (__m512d)to, (__m512d)x);
  }
  static VALUENET_INLINE lane choose(unsigned bits, lane x, lane y) {
    return (lane)_mm512_mask_mov_pd((__m512d)y, static_cast<__mmask8>(bits), (__m512d)x);
  }
};

#include "metrics/dependency_kernel_loops.hpp"

}  // namespace

dependency_kernel dependency_kernel_avx512() {
  return dependency_loops<machine>::table();
}

}  // namespace valuenet::detail

#include "detail/target_end.hpp"

#endif
