// The distance kernel for x86-64 with AVX-512.
#include "metrics/distance_kernel_builds.hpp"

#if defined(__x86_64__)

#include <immintrin.h>

#define VALUENET_TARGET "avx512f,avx512bw,avx512dq,avx512vl,avx512vpopcntdq,bmi,bmi2,popcnt"
#include "detail/target_begin.hpp"

namespace valuenet::detail {
namespace {

struct machine {
  typedef std::uint64_t lane __attribute__((vector_size(64), may_alias));

  static VALUENET_INLINE bool any(lane x) {
    return _mm512_test_epi64_mask((__m512i)x, (__m512i)x) != 0;
  }
  static VALUENET_INLINE lane count(lane x) { return (lane)_mm512_popcnt_epi64((__m512i)x); }
};

#include "metrics/distance_kernel_loops.hpp"

}  // namespace

distance_kernel distance_kernel_avx512(std::size_t searches) {
  return searches == 512 ? distance_loops<machine, 8>::table()
                         : distance_loops<machine, 16>::table();
}

}  // namespace valuenet::detail

#include "detail/target_end.hpp"

#endif
