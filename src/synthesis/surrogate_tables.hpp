// A surrogate's actors and relations as tables.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/network/value_network.hpp"
#include "valuenet/synthesis/profile.hpp"

#include <cstdint>
#include <span>

#include "synthesis/degree_plan.hpp"
#include "synthesis/wired_network.hpp"

namespace valuenet::detail {

/// `stage_ends[t]`: how many arcs there are at the end of stage t.
[[nodiscard]] value_network surrogate_tables(const surrogate_profile& profile,
                                             const degree_plan& degrees, const wired_arcs& arcs,
                                             std::span<const std::size_t> stage_ends,
                                             std::uint64_t seed, const execution& exec);

}  // namespace valuenet::detail
