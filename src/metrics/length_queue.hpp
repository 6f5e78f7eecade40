// The vertices that a search by lengths has met and not settled, the nearest first.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace valuenet::detail {

/// A heap of those in the nearest bin alone: what falls into a later bin waits there unsorted. Bins
/// are as wide as suits the lengths, but the order in which vertices are taken, by distance and of
/// equal ones the smaller first, does not depend on that. Nothing may be put nearer than what was
/// taken last. Cost of a vertex: O(1), and the logarithm of the vertices in its bin.
class length_queue {
 public:
  struct waiting {
    double distance = 0.0;
    vertex_id vertex = 0;
  };

  /// `lengths` (empty: all 1) say how wide bins should be.
  explicit length_queue(std::span<const double> lengths);

  /// The queue is empty then, and distances begin at 0.
  void start();

  void put(waiting met) {
    const double bin = (met.distance - begin_) * per_bin_;
    if (bin < nearest_end_) {
      put_near(met);
    } else if (bin < static_cast<double>(bin_count)) {
      put_in_bin(met, static_cast<std::size_t>(bin));
    } else {
      far_.push_back(met);
    }
  }

  /// False: empty. What does not stand at its distance in `distances` any more is dropped.
  bool take(waiting& nearest, const double* distances) {
    for (;;) {
      while (!near_.empty()) {
        take_near(nearest);
        if (nearest.distance == distances[nearest.vertex]) return true;
      }
      if (!open_next_bin(distances)) return false;
    }
  }

 private:
  static constexpr std::size_t bin_count = 1024;
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  struct listed {
    waiting entry;
    std::uint32_t next = none;
  };

  void put_near(waiting met);
  void take_near(waiting& nearest);
  void put_in_bin(waiting met, std::size_t bin) {
    listed_.push_back({met, heads_[bin]});
    heads_[bin] = static_cast<std::uint32_t>(listed_.size() - 1);
    filled_[bin / 64] |= std::uint64_t{1} << (bin % 64);
  }
  bool open_next_bin(const double* distances);
  void begin_at_the_nearest_far(const double* distances);

  double usual_width_ = 1.0;
  double begin_ = 0.0;        // distance at which bin 0 begins
  double per_bin_ = 1.0;      // 1 / width
  double nearest_end_ = 1.0;  // number of the bin after the one in the heap
  std::vector<waiting> near_;
  std::vector<listed> listed_;
  std::array<std::uint32_t, bin_count> heads_{};
  std::array<std::uint64_t, bin_count / 64> filled_{};
  std::vector<waiting> far_;  // beyond the last bin
};

}  // namespace valuenet::detail
