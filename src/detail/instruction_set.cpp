#include "detail/instruction_set.hpp"

namespace valuenet::detail {

instruction_set widest_instruction_set() noexcept {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512vpopcntdq")) {
    return instruction_set::avx512;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
      __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt")) {
    return instruction_set::avx2;
  }
#endif
  return instruction_set::baseline;
}

std::vector<instruction_set> supported_instruction_sets() {
  const instruction_set widest = widest_instruction_set();
  std::vector<instruction_set> sets{instruction_set::baseline};
  if (widest >= instruction_set::avx2) sets.push_back(instruction_set::avx2);
  if (widest >= instruction_set::avx512) sets.push_back(instruction_set::avx512);
  return sets;
}

std::string_view to_string(instruction_set value) noexcept {
  switch (value) {
    case instruction_set::avx2:
      return "avx2";
    case instruction_set::avx512:
      return "avx512";
    case instruction_set::baseline:
      break;
  }
  return "baseline";
}

}  // namespace valuenet::detail
