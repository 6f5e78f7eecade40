// What the builds of the distance kernel share: their names, and how a function is forced inline.
#pragma once

#include <cstddef>
#include <cstdint>

#include "metrics/distance_kernel.hpp"

#define VALUENET_INLINE inline __attribute__((always_inline))

namespace valuenet::detail {

distance_kernel distance_kernel_baseline(std::size_t searches);
distance_kernel distance_kernel_avx2(std::size_t searches);
distance_kernel distance_kernel_avx512(std::size_t searches);

}  // namespace valuenet::detail
