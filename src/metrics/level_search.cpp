#include "metrics/level_search.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace valuenet::detail {
namespace {

/// Precondition: a bit is set.
vertex_id first_row(const std::vector<std::uint64_t>& marked) {
  std::size_t i = 0;
  while (marked[i] == 0) ++i;
  return static_cast<vertex_id>(i * 64) + static_cast<vertex_id>(std::countr_zero(marked[i]));
}

}  // namespace

search_rows rows_along(const graph& g) {
  return {{g.out_offsets().data(), g.out_targets().data()},
          {g.in_offsets().data(), g.in_sources().data()},
          g.vertex_count(),
          g.arc_count()};
}

search_rows rows_against(const graph& g) {
  search_rows rows = rows_along(g);
  std::swap(rows.after, rows.before);
  return rows;
}

level_search::level_search(const search_rows& rows, parallel& workers)
    : rows_(rows),
      workers_(workers),
      levels_(rows.count, not_met),
      met_(std::size_t{rows.count} + 1),
      marked_((std::size_t{rows.count} + 63) / 64),
      next_marked_(marked_.size()) {}

void level_search::forget() {
  if (is_listed_) {
    for (std::size_t i = 0; i < met_size_; ++i) levels_[met_[i]] = not_met;
  } else {
    std::fill(levels_.begin(), levels_.end(), not_met);
  }
  met_size_ = 0;
  is_listed_ = true;
}

void level_search::run(vertex_id root) {
  forget();
  levels_[root] = 0;
  met_[met_size_++] = root;
  frontier_begin_ = 0;
  frontier now{1, rows_.arcs_after(root)};
  arc_id arcs_left = rows_.arcs;
  bool up = false;
  for (std::uint32_t level = 0;; ++level) {
    workers_.check_stop();
    arcs_left -= now.arcs;
    // Beamer's two thresholds; and a step up looks at every row, so it must be worth that.
    const bool many = now.arcs > arcs_left / 14 && now.arcs > rows_.count;
    if (!up && many) {
      up = true;
      mark_frontier();
    } else if (up && now.rows < rows_.count / 24) {
      up = false;
      list_frontier();
    }
    const std::size_t begin = frontier_begin_;
    now = up ? step_up(level + 1) : step_down(level + 1);
    if (now.rows > 0) continue;
    depth_ = level;
    farthest_ = up ? first_row(next_marked_)
                   : *std::min_element(met_.data() + begin, met_.data() + met_size_);
    return;
  }
}

level_search::frontier level_search::step_down(std::uint32_t level) {
  const std::size_t begin = met_size_;
  for (std::size_t i = frontier_begin_; i < begin; ++i) {
    for (const vertex_id u : rows_.after_row(met_[i])) {
      // Every row is noted, and the size says whether it stays: no branch to guess wrong.
      const bool is_new = levels_[u] == not_met;
      levels_[u] = is_new ? level : levels_[u];
      met_[met_size_] = u;
      met_size_ += is_new ? 1 : 0;
    }
  }
  frontier_begin_ = begin;
  frontier next{static_cast<vertex_id>(met_size_ - begin), 0};
  for (std::size_t i = begin; i < met_size_; ++i) next.arcs += rows_.arcs_after(met_[i]);
  return next;
}

level_search::frontier level_search::step_up(std::uint32_t level) {
  constexpr std::size_t grain = std::size_t{1} << 14;  // a multiple of 64: no word is shared
  const frontier next = workers_.reduce(
      rows_.count, grain, frontier{},
      [&](std::size_t begin, std::size_t end) {
        frontier part;
        for (std::size_t first = begin; first < end; first += 64) {
          std::uint64_t bits = 0;
          for (std::size_t v = first; v < std::min(end, first + 64); ++v) {
            if (levels_[v] != not_met) continue;
            for (arc_id arc = rows_.before.offsets[v]; arc < rows_.before.offsets[v + 1]; ++arc) {
              const vertex_id u = rows_.before.targets[arc];
              if ((marked_[u / 64] >> (u % 64) & 1U) == 0) continue;
              levels_[v] = level;
              bits |= std::uint64_t{1} << (v % 64);
              ++part.rows;
              part.arcs += rows_.arcs_after(static_cast<vertex_id>(v));
              break;
            }
          }
          next_marked_[first / 64] = bits;
        }
        return part;
      },
      [](frontier a, frontier b) {
        return frontier{a.rows + b.rows, a.arcs + b.arcs};
      });
  marked_.swap(next_marked_);
  return next;
}

void level_search::mark_frontier() {
  std::fill(marked_.begin(), marked_.end(), 0);
  for (std::size_t i = frontier_begin_; i < met_size_; ++i) {
    marked_[met_[i] / 64] |= std::uint64_t{1} << (met_[i] % 64);
  }
  is_listed_ = false;
}

void level_search::list_frontier() {
  met_size_ = 0;  // what was met is not listed any more
  frontier_begin_ = 0;
  for (std::size_t i = 0; i < marked_.size(); ++i) {
    for (std::uint64_t left = marked_[i]; left != 0; left &= left - 1) {
      met_[met_size_++] =
          static_cast<vertex_id>(i * 64) + static_cast<vertex_id>(std::countr_zero(left));
    }
  }
}

void depth_search::run(std::span<const vertex_id> sources, std::uint32_t* depths) {
  met_.assign(rows_.count, 0);
  fresh_.resize(rows_.count);
  next_.resize(rows_.count);
  frontier_.clear();
  std::uint64_t all = 0;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const std::uint64_t bit = std::uint64_t{1} << i;
    met_[sources[i]] = fresh_[sources[i]] = bit;
    all |= bit;
    frontier_.push_back(sources[i]);
    depths[i] = 0;
  }
  for (std::uint32_t level = 1; !frontier_.empty(); ++level) {
    workers_.check_stop();
    arc_id arcs = 0;
    for (const vertex_id v : frontier_) arcs += rows_.arcs_after(v);
    touched_.clear();
    if (arcs < rows_.arcs / 8) {
      push();
    } else {
      pull(all);
    }
    for (const vertex_id v : frontier_) fresh_[v] = 0;
    std::uint64_t found = 0;
    for (const vertex_id v : touched_) {
      found |= next_[v];
      met_[v] |= next_[v];
      fresh_[v] = std::exchange(next_[v], 0);
    }
    for (; found != 0; found &= found - 1) depths[std::countr_zero(found)] = level;
    frontier_.swap(touched_);
  }
}

void depth_search::push() {
  for (const vertex_id v : frontier_) {
    for (arc_id arc = rows_.after.offsets[v]; arc < rows_.after.offsets[v + 1]; ++arc) {
      const vertex_id u = rows_.after.targets[arc];
      const std::uint64_t now = fresh_[v] & ~met_[u];
      if (now == 0) continue;
      if (next_[u] == 0) touched_.push_back(u);
      next_[u] |= now;
    }
  }
}

void depth_search::pull(std::uint64_t all) {
  for (vertex_id v = 0; v < rows_.count; ++v) {
    if (v % (1U << 14) == 0) workers_.check_stop();
    const std::uint64_t missing = all & ~met_[v];
    std::uint64_t now = 0;
    for (arc_id arc = rows_.before.offsets[v]; arc < rows_.before.offsets[v + 1]; ++arc) {
      if (now == missing) break;
      now |= fresh_[rows_.before.targets[arc]] & missing;
    }
    if (now == 0) continue;
    next_[v] = now;
    touched_.push_back(v);
  }
}

}  // namespace valuenet::detail
