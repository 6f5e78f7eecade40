// Circles beside each other without overlap: leaves around a hub, components around the largest,
// and circles that forces have left too close.
#pragma once

#include "valuenet/io/write.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace valuenet::detail {

/// The positions of `count` circles around one of radius `hub` at the origin, like the seeds of a
/// sunflower: seed i at distance c sqrt(i + a) and i times the golden angle (Vogel 1979).
/// Neighbours are 2 radius + gap apart or more. `turn` is the angle of the first.
[[nodiscard]] std::vector<position> sunflower(std::size_t count, double hub, double radius,
                                              double gap, double turn);

/// Rings of circles around one of radius `middle` at the origin, the first given innermost. Best in
/// descending order of size. O(circles).
[[nodiscard]] std::vector<position> rings(std::span<const double> radii, double middle, double gap);

/// Moves circles until any two are `gap` apart or more, small ones more than large ones; where that
/// does not come to an end, enlarges the whole. Whoever calls it polls `stop` through `poll`,
/// called once a round. O(circles) a round where sizes are alike; on one thread.
void push_apart(std::span<position> centres, std::span<const double> radii, double gap,
                void (*poll)(void*), void* context);

/// Whether two circles overlap by more than `tolerance`. O(circles log circles) where they do not.
[[nodiscard]] std::size_t count_overlaps(std::span<const position> centres,
                                         std::span<const double> radii, double tolerance);

}  // namespace valuenet::detail
