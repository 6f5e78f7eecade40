// Steers a wired stage toward its printed structure by swapping heads among its own relations.
#pragma once

#include "valuenet/synthesis/profile.hpp"

#include <cstdint>
#include <optional>
#include <vector>

#include "synthesis/wired_network.hpp"

namespace valuenet::detail {

/// What the targets of a stage are judged by.
struct structure {
  double average_path_length = 0.0;
  double diameter = 0.0;
  double average_clustering = 0.0;
  /// From whom somebody is as far away as the diameter.
  std::vector<actor_id> farthest;
  /// Only where it is a target.
  double modularity = 0.0;
  std::vector<std::uint32_t> community;
};

/// How far the structure is from the stage's targets: 0 at the values, below 1 a target when it is
/// within tolerance.
[[nodiscard]] double distance_to(const stage_target& stage, const structure& now);
[[nodiscard]] bool is_within(const stage_target& stage, const structure& now);

/// Exact distances, clustering kept along, and, where modularity is a target, the best of `runs`
/// runs of Leiden.
[[nodiscard]] structure measure(const wired_network& network, const stage_target& stage,
                                std::uint32_t runs, const execution& exec);

struct steering_result {
  structure reached;
  bool within = false;
  std::uint32_t blocks = 0;
};

/// Swaps heads of arcs [first, end) within a kind, in blocks that are judged and undone where they
/// do no good, until all is within tolerance or `most_blocks` have been tried. `judge_runs` runs of
/// Leiden judge the end.
[[nodiscard]] steering_result steer(wired_network& network, std::size_t first,
                                    const stage_target& stage, std::uint32_t most_blocks,
                                    std::uint64_t seed, std::uint64_t part, const execution& exec);

}  // namespace valuenet::detail
