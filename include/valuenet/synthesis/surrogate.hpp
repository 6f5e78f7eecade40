// Surrogates: made-up value networks with the printed figures of a report whose relations are
// private.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/network/value_network.hpp"
#include "valuenet/synthesis/profile.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace valuenet {

/// How a surrogate's structure comes about.
enum class surrogate_effort : std::uint8_t {
  calibrated,    ///< swaps heads of relations until the structure targets are met
  counts_alone,  ///< counts, degrees and shares are met; structure is what the wiring gives
};

struct surrogate_options {
  /// Nothing: the profile's.
  std::optional<std::uint64_t> seed{};
  surrogate_effort effort = surrogate_effort::calibrated;
  /// Networks that are begun anew, each from a stream of its own, until one meets all structure
  /// targets; of none that does, the nearest is returned. 1 to 10,000.
  std::uint32_t attempts = 12;
  /// Blocks of swaps a stage may take, each judged by exact distances and fresh communities.
  std::uint32_t blocks = 150;
};

/// A value network with the profile's counts: actors by role, rows by kind, distinct relations and
/// every printed degree exactly; a heavy tail below the printed lists; every actor related; shares
/// of places and industries and the structure (path lengths, diameter, clustering, modularity)
/// within tolerance where that is possible. calibration() reports what was reached.
///
/// Method: typed stub matching within made-up communities; repeated pairs undone by swaps; then
/// heads of relations of one kind are swapped in blocks that steer clustering and the share of
/// relations inside communities, and that are kept when exact distances and freshly found
/// communities have come nearer to the targets; cells of the actor table last, by local search.
/// Stages follow each other: each adds relations, and only its own are swapped.
///
/// Every actor and relation carries the title in the column `provenance`, so that wherever the
/// network goes it says that it is made up. Sample actors of a profile of several years carry the
/// first and, where they lost the role, the last year in it (`sample_from`, `sample_until`).
/// Cost: O(relations) for the counts alone; each block of calibration takes the exact distances and
/// one search for communities. Deterministic by seed at any thread count. Throws
/// std::invalid_argument naming targets that contradict each other, or an option out of range;
/// cancelled.
[[nodiscard]] value_network surrogate(const surrogate_profile& target,
                                      const surrogate_options& options = {},
                                      const execution& exec = {});

}  // namespace valuenet
