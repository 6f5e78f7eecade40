// Places and industries of a surrogate's actors, so that the printed shares come out.
#pragma once

#include "valuenet/synthesis/profile.hpp"

#include <cstdint>
#include <vector>

#include "detail/parallel.hpp"
#include "synthesis/wired_network.hpp"

namespace valuenet::detail {

/// A share target as a count over arcs and values of its family.
struct compiled_share {
  const share_target* target;
  /// By kind: whether the giver's or the taker's end is counted, in the base and in the part.
  struct ends {
    bool giver = false;
    bool taker = false;
  };
  std::vector<ends> base_ends;
  std::vector<ends> part_ends;
  /// By value of the family: whether an actor with it meets the conditions.
  std::vector<std::uint8_t> actor_base, actor_part, opposite_base, opposite_part;
  /// Whether the conditions on the opposite end leave anybody out.
  bool looks_across = false;
};

/// The shares whose conditions are on this family's columns.
[[nodiscard]] std::vector<compiled_share> compile_shares(const surrogate_profile& profile,
                                                         const trait_family& family);

/// What a family's values are given to.
struct trait_actors {
  /// Sample or relation actor, in the end.
  std::vector<valuenet::role> roles;
  /// By actor: nothing, or the profile's cells for it.
  std::vector<const named_target*> named;
};

/// By actor, the number of its value in the family. Local search from a random beginning: an actor
/// takes the value that brings the shares nearest to their targets. Cost: O(sweeps * actors *
/// values * shares). Throws std::invalid_argument for an actor whose cells fit no value.
[[nodiscard]] std::vector<std::uint32_t> choose_traits(const surrogate_profile& profile,
                                                       const trait_family& family,
                                                       const trait_actors& actors,
                                                       const wired_arcs& arcs, std::uint64_t seed,
                                                       const parallel& workers);

}  // namespace valuenet::detail
