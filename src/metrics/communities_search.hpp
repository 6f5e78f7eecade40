// One run of Leiden or Louvain.
#pragma once

#include "valuenet/metrics/communities.hpp"

#include <cstdint>
#include <optional>
#include <vector>

#include "detail/parallel.hpp"
#include "detail/random.hpp"
#include "metrics/communities_level.hpp"

namespace valuenet::detail {

struct community_search_result {
  std::vector<vertex_id> classes;  // of the level's vertices, 0 .. count - 1
  vertex_id count = 0;
  std::uint32_t iterations = 0;
  bool converged = false;
};

/// Searches from every vertex alone. `total_bond` is the scale by which gains count.
template <class Level>
[[nodiscard]] community_search_result search_communities(parallel& workers, const Level& ground,
                                                         double total_bond, community_method method,
                                                         std::optional<std::uint32_t> iterations,
                                                         random_stream random);

}  // namespace valuenet::detail
