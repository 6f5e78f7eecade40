// Vectors of scores: how they are scaled, and put back into the callers' order.
#pragma once

#include "valuenet/metrics/score_scale.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "detail/buffer.hpp"
#include "detail/parallel.hpp"
#include "detail/pull_matrix.hpp"

namespace valuenet::detail {

/// A vector of scores that a pull_matrix reads, filled with one value.
inline buffer<double> score_vector(parallel& workers, std::size_t size, double value) {
  constexpr std::size_t grain = std::size_t{1} << 14;
  buffer<double> scores(size);
  workers.for_each(size, grain, [&](std::size_t i) { scores[i] = value; });
  return scores;
}

/// Scales scores that are not all 0.
inline void scale_scores(std::span<double> scores, score_scale scale) {
  double size = 0.0;
  for (const double score : scores) {
    switch (scale) {
      case score_scale::maximum:
        size = std::max(size, score);
        break;
      case score_scale::sum:
        size += score;
        break;
      case score_scale::euclidean:
        size += score * score;
        break;
    }
  }
  if (scale == score_scale::euclidean) size = std::sqrt(size);
  if (!(size > 0.0)) return;
  for (double& score : scores) score /= size;
}

inline std::vector<double> in_vertex_order(parallel& workers, std::span<const double> by_position,
                                           const vertex_order& order) {
  constexpr std::size_t grain = std::size_t{1} << 14;
  std::vector<double> result(by_position.size());
  workers.for_each(result.size(), grain,
                   [&](std::size_t i) { result[order.vertex_at(i)] = by_position[i]; });
  return result;
}

/// Options that every iteration has.
inline void check_iteration(const char* options, double tolerance, std::uint32_t max_iterations) {
  if (!(tolerance > 0.0)) {
    throw std::invalid_argument(std::string(options) + ".tolerance is " +
                                std::to_string(tolerance) + "; it must be positive");
  }
  if (max_iterations == 0) {
    throw std::invalid_argument(std::string(options) +
                                ".max_iterations is 0; it must be at least 1");
  }
}

}  // namespace valuenet::detail
