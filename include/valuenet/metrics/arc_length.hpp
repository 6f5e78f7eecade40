// How long an arc is, for statistics of shortest paths.
#pragma once

#include <cstdint>

namespace valuenet {

enum class arc_length : std::uint8_t {
  hop,             ///< 1: every arc alike
  weight,          ///< its weight: a cost (1 when the graph is not weighted)
  inverse_weight,  ///< 1 / weight: a strength; strong ties are short
};

}  // namespace valuenet
