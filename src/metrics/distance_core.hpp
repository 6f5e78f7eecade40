// A graph made smaller and better ordered before its distances are counted.
//
// Pendant trees are folded: a vertex that hangs on one other by one arc has that vertex's distances
// plus one, so it is removed and remembered as a tail. What is left, the core, is relabelled with
// its most entered vertices first, because their words are the ones that everybody reads.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "metrics/distance_kernel.hpp"

namespace valuenet::detail {

/// For some vertices: how many folded vertices hang on them at each depth; depth 0 is themselves.
/// A vertex without a tail has the counts {1}.
class tail_counts {
 public:
  static constexpr std::size_t longest = 16;

  explicit tail_counts(std::size_t vertices = 0) : slots_(vertices) {}

  [[nodiscard]] std::span<const std::uint32_t> operator[](std::size_t v) const {
    if (slots_[v] == 0) return none();
    const slot& own = tails_[slots_[v] - 1];
    return {own.counts.data(), own.length};
  }
  /// The depth of the deepest vertex on v.
  [[nodiscard]] std::uint32_t height(std::size_t v) const {
    return slots_[v] == 0 ? 0 : tails_[slots_[v] - 1].length - 1;
  }
  [[nodiscard]] bool has_tail(std::size_t v) const { return slots_[v] != 0; }

  /// What a vertex without a tail has.
  [[nodiscard]] static std::span<const std::uint32_t> none() { return {alone_.data(), 1}; }

  /// Hangs v with its tail on u, one deeper. Precondition: height(v) + 1 < longest.
  void hang(std::size_t v, std::size_t u);
  /// Tails of the vertices given only: vertex i there is original[i] here.
  [[nodiscard]] tail_counts restricted(std::span<const vertex_id> original) const;

 private:
  struct slot {
    std::array<std::uint32_t, longest> counts{1};
    std::uint32_t length = 1;
  };
  static constexpr std::array<std::uint32_t, 1> alone_{1};
  std::vector<std::uint32_t> slots_;  // 0: no tail; else 1 + the index of its slot
  std::vector<slot> tails_;
};

enum class fold_trees : std::uint8_t { no, yes };

class distance_core {
 public:
  /// Precondition: g is simple.
  distance_core(const graph& g, fold_trees fold);

  [[nodiscard]] vertex_id row_count() const { return static_cast<vertex_id>(original_.size()); }
  [[nodiscard]] arc_id arc_count() const { return before_arcs_.size(); }
  /// The vertex that a row was made of.
  [[nodiscard]] vertex_id original(vertex_id row) const { return original_[row]; }
  /// Rows with an arc to, and from, each row; ascending.
  [[nodiscard]] adjacency before() const { return {before_offsets_.data(), before_arcs_.data()}; }
  [[nodiscard]] adjacency after() const {
    return is_directed_ ? adjacency{after_offsets_.data(), after_arcs_.data()} : before();
  }
  /// What a row stands for as the source, and as the target, of a path.
  [[nodiscard]] const tail_counts& source_tails() const { return source_tails_; }
  [[nodiscard]] const tail_counts& target_tails() const {
    return is_directed_ ? target_tails_ : source_tails_;
  }
  /// Pairs at each distance whose path does not go from one row to another.
  [[nodiscard]] const std::vector<std::uint64_t>& folded_pairs() const { return folded_pairs_; }

  /// The eccentricity of every vertex from the rows' farthest[row]: the largest distance from the
  /// row to the end of another row's tail, 0 when it reaches no other row.
  [[nodiscard]] std::vector<std::uint32_t> unfold_eccentricities(
      std::span<const std::uint32_t> farthest) const;

  /// How a folded vertex leaves the trees that hang on rows.
  struct way_out {
    vertex_id row = no_vertex;  // the row that it reaches through its tail, or none
    std::uint32_t depth = 0;    // so many arcs away
  };
  /// How many vertices a vertex reaches without going from one row to another, itself left out,
  /// and the sums of its distances to them and of their inverses.
  struct near_sums {
    std::uint32_t reachable_count = 0;
    std::uint64_t distance_sum = 0;
    double inverse_distance_sum = 0.0;
  };
  /// Calls visit(vertex, way_out, near_sums) for every vertex, rows too. 200 bytes for each vertex
  /// on which others hang.
  template <class Visit>
  void for_each_unfolded(Visit&& visit) const {
    unfold_sums([](void* context, vertex_id v, const way_out& out,
                   const near_sums& sums) { (*static_cast<Visit*>(context))(v, out, sums); },
                &visit);
  }

 private:
  enum class role : std::uint8_t { row, source_tail, target_tail };
  struct folded_vertex {
    vertex_id vertex;
    vertex_id parent;
  };

  void fold_undirected(const graph& g);
  void fold_directed(const graph& g);
  void count_own_pairs(vertex_id v);
  void add_pairs(std::size_t distance, std::uint64_t pairs);
  void relabel(const graph& g);
  void unfold_undirected(std::vector<std::uint32_t>& eccentricity) const;
  void unfold_directed(std::vector<std::uint32_t>& eccentricity) const;
  void unfold_sums(void (*visit)(void*, vertex_id, const way_out&, const near_sums&),
                   void* context) const;

  bool is_directed_;
  vertex_id vertex_count_;
  std::vector<role> roles_;
  std::vector<folded_vertex> folded_;  // in the order of folding: children before parents
  // While folding: arcs to and from vertices that are not folded yet; undirected: `in` alone.
  std::vector<vertex_id> in_degrees_;
  std::vector<vertex_id> out_degrees_;
  tail_counts source_tails_;  // by vertex while folding, then by row
  tail_counts target_tails_;  // directed only
  std::vector<std::uint64_t> folded_pairs_;
  std::vector<vertex_id> original_;
  std::vector<arc_id> before_offsets_;
  std::vector<vertex_id> before_arcs_;
  std::vector<arc_id> after_offsets_;  // directed only
  std::vector<vertex_id> after_arcs_;
};

}  // namespace valuenet::detail
