// Breadth-first search, for those who want distances from few vertices.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <span>
#include <vector>

#include "detail/parallel.hpp"
#include "metrics/distance_kernel.hpp"

namespace valuenet::detail {

inline constexpr std::uint32_t not_met = ~std::uint32_t{0};

/// The rows of a graph as a search sees them that follows arcs, or runs against them.
struct search_rows {
  adjacency after;   // where the search goes from a row
  adjacency before;  // where it comes from
  vertex_id count = 0;
  arc_id arcs = 0;

  [[nodiscard]] arc_id arcs_after(vertex_id v) const {
    return after.offsets[v + 1] - after.offsets[v];
  }
  [[nodiscard]] std::span<const vertex_id> after_row(vertex_id v) const {
    return {after.targets + after.offsets[v], after.targets + after.offsets[v + 1]};
  }
  [[nodiscard]] std::span<const vertex_id> before_row(vertex_id v) const {
    return {before.targets + before.offsets[v], before.targets + before.offsets[v + 1]};
  }
};

[[nodiscard]] search_rows rows_along(const graph& g);
[[nodiscard]] search_rows rows_against(const graph& g);

/// One search after another. Runs through the frontier's arcs while the frontier is small, and else
/// through the arcs that lead to what is not met yet, in parallel (S. Beamer, K. Asanovic and
/// D. Patterson 2012, doi:10.1109/SC.2012.50).
class level_search {
 public:
  level_search(const search_rows& rows, parallel& workers);

  /// Forgets the last search and searches from a root: time by what it meets, not by all rows.
  void run(vertex_id root);

  /// By row: distance from the root, or not_met.
  [[nodiscard]] const std::vector<std::uint32_t>& levels() const { return levels_; }
  /// The largest distance, and of the rows with it that of the smallest number.
  [[nodiscard]] std::uint32_t depth() const { return depth_; }
  [[nodiscard]] vertex_id farthest() const { return farthest_; }

  /// Calls visit(row, level) for every row that was met.
  template <class Visit>
  void for_each_met(Visit&& visit) const {
    if (is_listed_) {
      for (std::size_t i = 0; i < met_size_; ++i) visit(met_[i], levels_[met_[i]]);
    } else {
      for (vertex_id v = 0; v < rows_.count; ++v) {
        if (levels_[v] != not_met) visit(v, levels_[v]);
      }
    }
  }

 private:
  struct frontier {
    vertex_id rows = 0;
    arc_id arcs = 0;  // after them
  };

  void forget();
  [[nodiscard]] frontier step_down(std::uint32_t level);
  [[nodiscard]] frontier step_up(std::uint32_t level);
  void list_frontier();
  void mark_frontier();

  search_rows rows_;
  parallel& workers_;
  std::vector<std::uint32_t> levels_;
  // Going down, the frontier is the end of the list of what was met; going up, a set of bits.
  std::vector<vertex_id> met_;
  std::size_t met_size_ = 0;
  std::size_t frontier_begin_ = 0;
  bool is_listed_ = true;  // all that was met
  std::vector<std::uint64_t> marked_;
  std::vector<std::uint64_t> next_marked_;
  std::uint32_t depth_ = 0;
  vertex_id farthest_ = no_vertex;
};

/// Searches from up to 64 rows at once, a bit each.
class depth_search {
 public:
  static constexpr std::size_t width = 64;

  depth_search(const search_rows& rows, const parallel& workers) : rows_(rows), workers_(workers) {}

  /// depths[i]: the largest distance from sources[i] to a row that it meets. No source twice.
  void run(std::span<const vertex_id> sources, std::uint32_t* depths);

 private:
  void push();
  void pull(std::uint64_t all);

  search_rows rows_;
  const parallel& workers_;
  std::vector<std::uint64_t> met_;    // by row: searches that have met it
  std::vector<std::uint64_t> fresh_;  // those that met it at the last distance
  std::vector<std::uint64_t> next_;
  std::vector<vertex_id> frontier_;
  std::vector<vertex_id> touched_;
};

}  // namespace valuenet::detail
