// Maximises a function of two parameters, the second of which may not be negative.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "statistics/second_order.hpp"

namespace valuenet::detail {

struct maximum {
  std::array<double, 2> at{};
  /// The function there, with its derivatives.
  second_order function{};
  bool converged = false;
  /// The second parameter is 0 and the function falls from there.
  bool on_boundary = false;
  int iterations = 0;
  /// What the last quadratic model still promised to gain.
  double residual = 0.0;
};

/// Newton's method with a line search; where the function is not concave, along its scaled
/// gradient. `function(a, b)` gives a second_order; not finite means outside the domain. `start` is
/// inside.
template <class Function>
[[nodiscard]] maximum maximize(Function&& function, std::array<double, 2> start) {
  constexpr double enough = 1e-10;
  constexpr int most_iterations = 200;
  maximum best;
  best.at = start;
  best.function = function(start[0], start[1]);
  for (; best.iterations < most_iterations; ++best.iterations) {
    const second_order& f = best.function;
    const auto& [g0, g1] = f.first;
    const auto& [h00, h01, h11] = f.second;
    const bool held = best.at[1] == 0.0 && g1 <= 0.0;
    std::array<double, 2> step{};
    const double determinant = h00 * h11 - h01 * h01;
    if (held) {
      step[0] = h00 < 0.0 ? -g0 / h00 : g0 / (std::abs(h00) + std::abs(g0));
    } else if (h00 < 0.0 && determinant > 0.0) {
      step = {(h01 * g1 - h11 * g0) / determinant, (h01 * g0 - h00 * g1) / determinant};
    } else {
      step = {g0 / (std::abs(h00) + std::abs(g0) / (1.0 + std::abs(best.at[0]))),
              g1 / (std::abs(h11) + std::abs(g1) / (1.0 + std::abs(best.at[1])))};
    }
    const double promise = g0 * step[0] + (held ? 0.0 : g1 * step[1]);
    best.residual = 0.5 * std::abs(promise);
    if (!(promise > enough)) {
      best.converged = std::isfinite(promise);
      break;
    }
    // Shorten the step at the boundary, then until the function grows.
    double length = 1.0;
    const bool hits = best.at[1] + step[1] < 0.0;
    if (hits) length = -best.at[1] / step[1];
    bool moved = false;
    for (int halving = 0; halving < 60 && !moved; ++halving) {
      std::array<double, 2> next{best.at[0] + length * step[0], best.at[1] + length * step[1]};
      if (hits && halving == 0) next[1] = 0.0;
      const second_order value = function(next[0], std::max(0.0, next[1]));
      if (std::isfinite(value.value) && value.value >= f.value + 1e-4 * length * promise) {
        best.at = {next[0], std::max(0.0, next[1])};
        best.function = value;
        moved = true;
      }
      length *= 0.5;
    }
    if (!moved) {  // as good as rounding lets us tell
      best.converged = best.residual < 1e-7 * (1.0 + std::abs(f.value));
      break;
    }
  }
  best.on_boundary = best.at[1] == 0.0 && best.function.first[1] <= 0.0;
  return best;
}

}  // namespace valuenet::detail
