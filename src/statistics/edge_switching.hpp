// A simple graph whose edges are switched in place: who is tied to whom in a hash table, the edges
// at every vertex in slots that never move, since degrees never change.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "detail/random.hpp"

namespace valuenet::detail {

/// A set of arcs (u, v): open addressing, at most half full, no tombstones.
class arc_set {
 public:
  explicit arc_set(std::size_t most);
  [[nodiscard]] bool contains(std::uint64_t key) const noexcept;
  /// Precondition: not there, and fewer than `most` are.
  void insert(std::uint64_t key) noexcept;
  /// Precondition: there.
  void erase(std::uint64_t key) noexcept;

 private:
  [[nodiscard]] std::size_t home(std::uint64_t key) const noexcept;
  [[nodiscard]] std::size_t slot_of(std::uint64_t key) const noexcept;
  std::vector<std::uint64_t> slots_;
  int shift_ = 0;
};

class edge_switching {
 public:
  /// Precondition: simple.
  explicit edge_switching(const graph& simple);

  [[nodiscard]] std::size_t edge_count() const noexcept { return sources_.size(); }
  [[nodiscard]] const std::vector<vertex_id>& sources() const noexcept { return sources_; }
  [[nodiscard]] const std::vector<vertex_id>& targets() const noexcept { return targets_; }

  /// Two edges: a-b and c-d are to become a-d and c-b.
  struct pair {
    std::size_t first = 0;
    std::size_t second = 0;
    /// Drawing turned the second one round.
    bool is_turned = false;
  };
  /// Two random edges, an undirected second one in a random way round. Precondition: an edge.
  [[nodiscard]] pair draw(random_stream& random);
  /// A random edge a-b and a random one c-d into d = near(a); nothing where d has none. Undirected
  /// ones are turned as is needed, for good. Precondition: an edge.
  template <class Near>
  [[nodiscard]] std::optional<pair> draw_near(random_stream& random, Near&& near) {
    pair edges{.first = static_cast<std::size_t>(random.below(edge_count()))};
    if (!is_directed_ && random.below(2) == 1) turn(edges.first);
    const vertex_id d = near(sources_[edges.first]);
    const std::size_t degree = offsets_[std::size_t{d} + 1] - offsets_[d];
    if (degree == 0) return std::nullopt;
    edges.second = incident_[offsets_[d] + static_cast<std::size_t>(random.below(degree))];
    if (targets_[edges.second] != d) {
      if (is_directed_ || edges.second == edges.first) return std::nullopt;
      turn(edges.second);
    }
    return edges;
  }
  /// Whether the switch leaves the graph simple.
  [[nodiscard]] bool is_allowed(pair edges) const noexcept;
  void make(pair edges) noexcept;
  /// Back to before draw() gave the pair. Only in the reverse order of drawing.
  void take_back(pair edges, bool was_made) noexcept;

  /// Whether fewer than `most` vertices hang together around v, direction ignored.
  [[nodiscard]] bool is_cut_off(vertex_id v, std::size_t most);
  /// Whether all vertices hang together. O(vertices + edges).
  [[nodiscard]] bool is_connected() const;

 private:
  [[nodiscard]] std::uint64_t key(vertex_id u, vertex_id v) const noexcept;
  void turn(std::size_t edge) noexcept;

  bool is_directed_;
  std::vector<vertex_id> sources_;
  std::vector<vertex_id> targets_;
  arc_set arcs_;
  // The edges at v: incident_[offsets_[v]] up to offsets_[v + 1].
  std::vector<std::size_t> offsets_;
  std::vector<std::uint32_t> incident_;
  std::vector<std::size_t> source_slots_;
  std::vector<std::size_t> target_slots_;
  std::vector<vertex_id> seen_;
};

}  // namespace valuenet::detail
