// Weights that a statistic can use.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

#include "detail/parallel.hpp"

namespace valuenet::detail {

/// Throws std::invalid_argument, naming the statistic, when a weight is negative or not finite.
inline void check_weights(const graph& g, const char* statistic, const execution& exec) {
  const auto weights = g.out_weights();
  parallel workers(exec);
  workers.for_chunks(weights.size(), std::size_t{1} << 16, [&](std::size_t begin, std::size_t end) {
    for (std::size_t arc = begin; arc < end; ++arc) {
      if (weights[arc] >= 0.0 && !std::isinf(weights[arc])) continue;
      throw std::invalid_argument(std::string(statistic) + ": arc " + std::to_string(arc) +
                                  " has the weight " + std::to_string(weights[arc]) +
                                  "; it needs finite weights of at least 0");
    }
  });
}

}  // namespace valuenet::detail
