// How much memory a call may still take without pushing the machine into swapping.
#pragma once

#include <cstdint>

namespace valuenet::detail {

/// Bytes that can be had now: what the system calls available, less where a control group (as of
/// a container) or a resource limit allows less. At least 64 MiB, so that a limit derived from it
/// never refuses what is small.
[[nodiscard]] std::uint64_t available_memory();

}  // namespace valuenet::detail
