// How the phases of a community search cut their work: in which order vertices are visited and how
// many at once. All of it depends on the level alone, never on the number of threads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include "detail/random.hpp"
#include "metrics/communities_level.hpp"

namespace valuenet::detail {

/// Arcs looked at between two looks at the stop token.
inline constexpr std::uint64_t stop_interval = std::uint64_t{1} << 20;

/// Levels with this many arcs are worked on in batches, by all threads.
inline constexpr std::uint64_t large_level = std::uint64_t{1} << 20;

template <class Level>
[[nodiscard]] bool is_large(const Level& level) {
  return level.arc_count >= large_level;
}

/// Vertices that choose at once: enough to share among threads, and so few that hardly two of them
/// are neighbours.
template <class Level>
[[nodiscard]] std::size_t batch_size(const Level& level) {
  return std::clamp<std::size_t>(level.size() / 128, 64, 4096);
}

/// Vertices of a batch that a thread takes at once.
inline constexpr std::size_t batch_grain = 32;
/// How far ahead of the one at hand rows are fetched.
inline constexpr std::size_t fetch_ahead = 4;

/// All vertices, in an order drawn at random. On a large level runs of neighbours in number stay
/// together, so that their rows are read from memory as they lie.
template <class Level>
[[nodiscard]] std::vector<vertex_id> visiting_order(const Level& level, random_stream& random) {
  const vertex_id n = level.size();
  const vertex_id together = is_large(level) ? 32 : 1;
  std::vector<vertex_id> runs((std::size_t{n} + together - 1) / together);
  std::iota(runs.begin(), runs.end(), vertex_id{0});
  random.shuffle(runs);
  if (together == 1) return runs;
  std::vector<vertex_id> order;
  order.reserve(n);
  for (const vertex_id run : runs) {
    const vertex_id end = std::min(n, (run + 1) * together);
    for (vertex_id v = run * together; v < end; ++v) order.push_back(v);
  }
  return order;
}

}  // namespace valuenet::detail
