// The dependency kernel for any processor, and the choice among the builds.
#include "metrics/dependency_kernel.hpp"

#include "metrics/distance_kernel_builds.hpp"

namespace valuenet::detail {
namespace {

struct machine {
  typedef double lane __attribute__((vector_size(16), may_alias));
  typedef std::int32_t halves __attribute__((vector_size(16), may_alias));
  typedef std::int64_t bits_of_lane __attribute__((vector_size(16), may_alias));

  /// All bits of a lane set where its bit is: by halves, as the oldest processors cannot compare
  /// wider.
  static VALUENET_INLINE bits_of_lane spread(unsigned bits) {
    const halves own = {1, 1, 2, 2};
    const auto all = static_cast<std::int32_t>(bits);
    const halves given = {all, all, all, all};
    return (bits_of_lane)((given & own) == own);
  }
  static VALUENET_INLINE lane where(lane x, unsigned bits) {
    return (lane)((bits_of_lane)x & spread(bits));
  }
  static VALUENET_INLINE void add_where(lane& to, lane x, unsigned bits) { to += where(x, bits); }
  static VALUENET_INLINE lane choose(unsigned bits, lane x, lane y) {
    const bits_of_lane mask = spread(bits);
    return (lane)(((bits_of_lane)x & mask) | ((bits_of_lane)y & ~mask));
  }
};

#include "metrics/dependency_kernel_loops.hpp"

}  // namespace

dependency_kernel dependency_kernel_baseline() {
  return dependency_loops<machine>::table();
}

dependency_kernel select_dependency_kernel(instruction_set set) {
#if defined(__x86_64__)
  switch (set) {
    case instruction_set::avx512:
      return dependency_kernel_avx512();
    case instruction_set::avx2:
      return dependency_kernel_avx2();
    case instruction_set::baseline:
      break;
  }
#else
  static_cast<void>(set);
#endif
  return dependency_kernel_baseline();
}

}  // namespace valuenet::detail
