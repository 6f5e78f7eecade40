// Chunks of vertices with about as many arcs each. Chunks of as many vertices each would leave one
// worker with all hubs where ids follow degrees.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <cstddef>
#include <span>

namespace valuenet::detail {

/// Chunk k holds the vertices [begin(k), begin(k + 1)). Bounds depend on the rows alone.
class row_chunks {
 public:
  /// `grain`: arcs and vertices a chunk, together; a single row may be longer.
  explicit row_chunks(std::span<const arc_id> offsets, std::size_t grain = std::size_t{1} << 15)
      : offsets_(offsets), grain_(grain) {}

  [[nodiscard]] std::size_t count() const noexcept {
    return (cost(vertices()) + grain_ - 1) / grain_;
  }

  [[nodiscard]] std::size_t begin(std::size_t chunk) const noexcept {
    std::size_t low = 0;
    std::size_t high = vertices();
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      if (cost(middle) < chunk * grain_) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

 private:
  [[nodiscard]] std::size_t vertices() const noexcept { return offsets_.size() - 1; }
  [[nodiscard]] std::size_t cost(std::size_t v) const noexcept {
    return static_cast<std::size_t>(offsets_[v]) - static_cast<std::size_t>(offsets_[0]) + v;
  }

  std::span<const arc_id> offsets_;
  std::size_t grain_;
};

}  // namespace valuenet::detail
