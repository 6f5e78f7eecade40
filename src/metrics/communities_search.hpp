// One run of Leiden or Louvain.
#pragma once

#include "valuenet/metrics/communities.hpp"

#include <cstdint>
#include <optional>
#include <vector>

#include "detail/parallel.hpp"
#include "metrics/communities_level.hpp"

namespace valuenet::detail {

struct community_search_result {
  std::vector<vertex_id> community;  // of the level's vertices, 0 .. count - 1
  vertex_id count = 0;
  std::uint32_t iterations = 0;
  bool converged = false;
};

/// `workers` is asked for the stop token only.
[[nodiscard]] community_search_result search_communities(const community_level& ground,
                                                         community_method method,
                                                         std::optional<std::uint32_t> iterations,
                                                         std::uint64_t seed, std::uint64_t run,
                                                         const parallel& workers);

}  // namespace valuenet::detail
