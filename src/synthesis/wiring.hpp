// Typed stub matching: the ends of a stage's new relations are joined kind by kind, mostly within
// made-up communities, and pairs that came twice are undone by swaps.
#pragma once

#include "valuenet/synthesis/profile.hpp"

#include <cstdint>
#include <vector>

#include "detail/parallel.hpp"
#include "synthesis/degree_plan.hpp"
#include "synthesis/pair_table.hpp"
#include "synthesis/wired_network.hpp"

namespace valuenet::detail {

/// Made-up communities: sizes fall with the rank; a relation actor's is drawn as the sample actors'
/// ends are spread, so that within each there are about as many ends on either side.
class planted_communities {
 public:
  planted_communities(const surrogate_profile& profile, const degree_plan& degrees,
                      std::uint64_t seed);
  [[nodiscard]] std::uint32_t of(actor_id a) const { return community_[a]; }
  [[nodiscard]] std::uint32_t count() const { return count_; }
  [[nodiscard]] bool by_kind() const { return by_kind_; }
  /// Draws those of the relation actors that arrive in this stage.
  void settle(const degree_plan& degrees, const stage_plan& plan);

 private:
  std::uint32_t count_;
  bool by_kind_;
  std::uint64_t seed_;
  std::vector<std::uint32_t> community_;
};

/// Adds the stage's arcs to `arcs`. Throws std::invalid_argument for a kind too dense to be wired
/// without repeating a pair.
void wire(const stage_plan& plan, const surrogate_profile& profile,
          const planted_communities& communities, double stickiness, std::uint64_t seed,
          parallel& workers, pair_table& pairs, wired_arcs& arcs);

}  // namespace valuenet::detail
