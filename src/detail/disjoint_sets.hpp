// Sets of vertices that threads unite at once, without locks.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <atomic>
#include <numeric>
#include <utility>
#include <vector>

#include "detail/parallel.hpp"

namespace valuenet::detail {

/// Every vertex starts as a set of its own. Whatever the order in which sets are united, the root
/// of a set is in the end its smallest vertex.
class disjoint_sets {
 public:
  explicit disjoint_sets(vertex_id size) : parents_(size) {
    std::iota(parents_.begin(), parents_.end(), vertex_id{0});
  }

  /// From any number of threads at once.
  void unite(vertex_id a, vertex_id b) {
    while (true) {
      a = find(a);
      b = find(b);
      if (a == b) return;
      if (a < b) std::swap(a, b);
      // The larger root is hung under the smaller, so the last root is the smallest vertex.
      vertex_id expected = a;
      if (parent(parents_[a]).compare_exchange_strong(expected, b, std::memory_order_relaxed)) {
        return;
      }
    }
  }

  /// The root of v's set as it is now: others may be uniting it. From any number of threads at
  /// once.
  vertex_id find(vertex_id v) {
    while (true) {
      const vertex_id up = parent(parents_[v]).load(std::memory_order_relaxed);
      if (up == v) return v;
      const vertex_id above = parent(parents_[up]).load(std::memory_order_relaxed);
      // Path halving; losing the race costs a step, never the answer.
      if (above != up) parent(parents_[v]).store(above, std::memory_order_relaxed);
      v = above;
    }
  }

  /// The root of every vertex's set. Ends the use of this object.
  [[nodiscard]] std::vector<vertex_id> take_roots(parallel& workers) {
    constexpr std::size_t grain = std::size_t{1} << 12;
    workers.for_each(parents_.size(), grain, [&](std::size_t v) {
      const vertex_id root = find(static_cast<vertex_id>(v));
      parent(parents_[v]).store(root, std::memory_order_relaxed);
    });
    return std::move(parents_);
  }

 private:
  using parent = std::atomic_ref<vertex_id>;

  std::vector<vertex_id> parents_;
};

}  // namespace valuenet::detail
