// A multilevel layout's coarser levels: bodies merged with those they are most strongly tied to.
#pragma once

#include <cstddef>
#include <vector>

#include "report/force_field.hpp"

namespace valuenet::detail {

struct coarser_level {
  force_level level;
  /// The coarser body that each body became a part of.
  std::vector<vertex_id> body;
};

/// Merges bodies in groups of at most `most_merged`: each, those with the fewest ties first, joins
/// the group among its neighbours that pulls it hardest; those whose groups are all full, such as
/// the leaves of a hub, are merged with each other; so are those without neighbours. Masses and
/// pulls add up. The forces that whole groups exert on each other at a distance are thereby those
/// of their members. O(bodies + springs), on one thread. Sources: Meyerhenke, Sanders and Schulz
/// 2014, doi:10.1007/978-3-319-07959-2_30 (size-constrained label propagation).
[[nodiscard]] coarser_level coarsen(const force_level& level, std::size_t most_merged);

}  // namespace valuenet::detail
