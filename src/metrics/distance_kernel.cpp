// The distance kernel for any processor, and the choice among the builds.
#include "metrics/distance_kernel.hpp"

#include "metrics/distance_kernel_builds.hpp"

namespace valuenet::detail {
namespace {

struct machine {
  typedef std::uint64_t lane __attribute__((vector_size(16), may_alias));

  static VALUENET_INLINE bool any(lane x) { return (x[0] | x[1]) != 0; }
  /// Bits of each part by adding neighbours: pairs, nibbles, bytes, then all bytes.
  static VALUENET_INLINE lane count(lane x) {
    x -= (x >> 1) & 0x5555555555555555U;
    x = (x & 0x3333333333333333U) + ((x >> 2) & 0x3333333333333333U);
    x = (x + (x >> 4)) & 0x0F0F0F0F0F0F0F0FU;
    x += x >> 8;
    x += x >> 16;
    x += x >> 32;
    return x & 0xFFU;
  }
};

#include "metrics/distance_kernel_loops.hpp"

}  // namespace

distance_kernel distance_kernel_baseline(std::size_t searches) {
  return searches == 512 ? distance_loops<machine, 8>::table()
                         : distance_loops<machine, 16>::table();
}

distance_kernel select_distance_kernel(instruction_set set, std::size_t searches) {
#if defined(__x86_64__)
  switch (set) {
    case instruction_set::avx512:
      return distance_kernel_avx512(searches);
    case instruction_set::avx2:
      return distance_kernel_avx2(searches);
    case instruction_set::baseline:
      break;
  }
#else
  static_cast<void>(set);
#endif
  return distance_kernel_baseline(searches);
}

}  // namespace valuenet::detail
