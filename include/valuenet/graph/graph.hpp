// The immutable graph: compressed sparse rows, out and in. It knows no actor.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace valuenet {

/// A vertex is a number 0 .. vertex_count() - 1; at most 2^32 - 2 of them.
using vertex_id = std::uint32_t;
/// An arc's id is its position in the out-rows: 0 .. arc_count() - 1.
using arc_id = std::uint64_t;

inline constexpr vertex_id no_vertex = ~vertex_id{0};

enum class direction : std::uint8_t { directed, undirected };

namespace detail {
struct graph_access;
}

/// An immutable graph: directed or undirected, weighted or not; loops and parallel arcs allowed.
///
/// Rows are sorted by neighbour id (parallel arcs side by side, in the order in which they were
/// given). A directed graph holds every arc once in its out-rows and once in its in-rows. An
/// undirected graph holds an edge {u, v} as the two arcs u->v and v->u, a loop as ONE arc, and its
/// in-rows are its out-rows.
///
/// A copy shares the storage and costs nothing. Memory, in bytes:
///   directed    16 a vertex, 8 an arc; weighted 24 an arc
///   undirected   8 a vertex, 4 an arc (8 an edge); weighted 12 an arc (24 an edge)
class graph {
 public:
  /// The null graph: no vertices.
  graph() noexcept = default;

  [[nodiscard]] valuenet::direction direction() const noexcept { return direction_; }
  [[nodiscard]] bool is_directed() const noexcept {
    return direction_ == valuenet::direction::directed;
  }
  [[nodiscard]] bool is_weighted() const noexcept { return is_weighted_; }

  [[nodiscard]] vertex_id vertex_count() const noexcept { return vertex_count_; }
  /// Arcs in the out-rows. An undirected edge counts two, an undirected loop one.
  [[nodiscard]] arc_id arc_count() const noexcept { return out_targets_.size(); }
  /// Edges as a person counts them: arcs of a directed graph; edges and loops of an undirected one.
  [[nodiscard]] arc_id edge_count() const noexcept {
    return is_directed() ? arc_count() : (arc_count() + loop_count_) / 2;
  }
  /// Arcs from a vertex to itself.
  [[nodiscard]] arc_id loop_count() const noexcept { return loop_count_; }
  /// Arcs that repeat the source and target of the arc before them (of an undirected edge: both).
  [[nodiscard]] arc_id parallel_arc_count() const noexcept { return parallel_arc_count_; }
  /// No loops and no parallel arcs.
  [[nodiscard]] bool is_simple() const noexcept {
    return loop_count_ == 0 && parallel_arc_count_ == 0;
  }

  /// Precondition of all of these: v < vertex_count(). O(1).
  [[nodiscard]] std::span<const vertex_id> out_neighbors(vertex_id v) const noexcept {
    return row(out_offsets_, out_targets_, v);
  }
  [[nodiscard]] std::span<const vertex_id> in_neighbors(vertex_id v) const noexcept {
    return row(in_offsets_, in_sources_, v);
  }
  /// Weights beside out_neighbors(v) and in_neighbors(v); empty when the graph is not weighted.
  [[nodiscard]] std::span<const double> out_weights(vertex_id v) const noexcept {
    return is_weighted_ ? row(out_offsets_, out_weights_, v) : std::span<const double>{};
  }
  [[nodiscard]] std::span<const double> in_weights(vertex_id v) const noexcept {
    return is_weighted_ ? row(in_offsets_, in_weights_, v) : std::span<const double>{};
  }
  /// Row lengths. These are arcs, not degrees: see metrics/degree.hpp for loops and conventions.
  [[nodiscard]] arc_id out_arc_count(vertex_id v) const noexcept {
    return out_offsets_[v + 1] - out_offsets_[v];
  }
  [[nodiscard]] arc_id in_arc_count(vertex_id v) const noexcept {
    return in_offsets_[v + 1] - in_offsets_[v];
  }
  /// Id of the first arc of v's out-row: arc first_out_arc(v) + i leads to out_neighbors(v)[i].
  [[nodiscard]] arc_id first_out_arc(vertex_id v) const noexcept { return out_offsets_[v]; }

  [[nodiscard]] vertex_id target(arc_id arc) const noexcept { return out_targets_[arc]; }
  /// The vertex whose out-row holds the arc. O(log vertices).
  [[nodiscard]] vertex_id source(arc_id arc) const noexcept;
  [[nodiscard]] double weight(arc_id arc) const noexcept {
    return is_weighted_ ? out_weights_[arc] : 1.0;
  }
  /// The id of the arc at position i of v's in-row. O(log row). For an undirected graph: the id of
  /// the arc in the other direction, so that arc ids of one edge can be told from each other.
  [[nodiscard]] arc_id in_arc(vertex_id v, std::size_t i) const noexcept;

  /// The whole rows, for kernels: offsets have vertex_count() + 1 entries, of a null graph too.
  [[nodiscard]] std::span<const arc_id> out_offsets() const noexcept { return out_offsets_; }
  [[nodiscard]] std::span<const vertex_id> out_targets() const noexcept { return out_targets_; }
  [[nodiscard]] std::span<const double> out_weights() const noexcept { return out_weights_; }
  [[nodiscard]] std::span<const arc_id> in_offsets() const noexcept { return in_offsets_; }
  [[nodiscard]] std::span<const vertex_id> in_sources() const noexcept { return in_sources_; }
  [[nodiscard]] std::span<const double> in_weights() const noexcept { return in_weights_; }

  /// Bytes of the rows.
  [[nodiscard]] std::size_t memory_bytes() const noexcept;

 private:
  friend struct detail::graph_access;

  template <class T>
  [[nodiscard]] static std::span<const T> row(std::span<const arc_id> offsets,
                                              std::span<const T> values, vertex_id v) noexcept {
    assert(v + std::size_t{1} < offsets.size());
    return values.subspan(offsets[v], offsets[v + 1] - offsets[v]);
  }

  std::shared_ptr<const void> storage_;  // owns what the spans look into
  static constexpr std::array<arc_id, 1> no_rows{0};
  std::span<const arc_id> out_offsets_ = no_rows;
  std::span<const vertex_id> out_targets_;
  std::span<const double> out_weights_;
  std::span<const arc_id> in_offsets_ = no_rows;
  std::span<const vertex_id> in_sources_;
  std::span<const double> in_weights_;
  arc_id loop_count_ = 0;
  arc_id parallel_arc_count_ = 0;
  vertex_id vertex_count_ = 0;
  valuenet::direction direction_ = valuenet::direction::directed;
  bool is_weighted_ = false;
};

}  // namespace valuenet
