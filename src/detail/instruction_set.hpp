// The one place that asks the processor what it can do. Kernels with several builds take the
// instruction set as an argument, so that a test runs each of them without touching anything
// global.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace valuenet::detail {

enum class instruction_set : std::uint8_t {
  baseline,  ///< what the compiler emits for its plain target
  avx2,      ///< x86-64 with AVX2, BMI and POPCNT
  avx512,    ///< x86-64 with AVX-512 F, BW, DQ, VL and VPOPCNTDQ
};

/// The widest one that both the processor and the operating system support.
[[nodiscard]] instruction_set widest_instruction_set() noexcept;

/// Every one that runs here, baseline first: what tests go through.
[[nodiscard]] std::vector<instruction_set> supported_instruction_sets();

/// "baseline", "avx2", "avx512".
[[nodiscard]] std::string_view to_string(instruction_set value) noexcept;

}  // namespace valuenet::detail
