// What each random stream of a surrogate is for: a stream of its own keeps one choice from moving
// the others.
#pragma once

#include <cstdint>

#include "detail/random.hpp"

namespace valuenet::detail {

enum class purpose : std::uint64_t {
  community,
  sample_weights,
  noise,
  membership,
  split,
  match,
  repair,
  repeats,
  steer,
  traits,
  relation_ranks
};

inline random_stream stream_for(std::uint64_t seed, purpose what, std::uint64_t part = 0) {
  return random_stream(seed, (static_cast<std::uint64_t>(what) << 32) + part);
}

}  // namespace valuenet::detail
