// How many triangles each vertex is a corner of, as fast as the machine can.
#pragma once

#include <cstdint>
#include <vector>

#include "detail/instruction_set.hpp"
#include "detail/parallel.hpp"
#include "metrics/triangles.hpp"

namespace valuenet::detail {

/// By vertex. Any instruction set gives the same counts.
[[nodiscard]] std::vector<std::uint64_t> count_triangles(parallel& workers, const skeleton& s,
                                                         instruction_set set);

struct mutual_triangles {
  std::vector<std::uint64_t> triangles;
  /// Of these, the ones whose other two corners have arcs both ways.
  std::vector<std::uint64_t> opposite_mutual;
};

/// Precondition: the skeleton has ties and at most 2^31 vertices.
[[nodiscard]] mutual_triangles count_mutual_triangles(parallel& workers, const skeleton& s,
                                                      instruction_set set);

}  // namespace valuenet::detail
