// Whether a statistic that can use weights does.
#pragma once

#include <cstdint>

namespace valuenet {

enum class arc_weights : std::uint8_t {
  use,     ///< those of the graph; 1 for every arc when the graph is not weighted
  ignore,  ///< 1 for every arc
};

}  // namespace valuenet
