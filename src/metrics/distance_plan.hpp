// Which searches of a core run together, and over which rows.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "detail/parallel.hpp"
#include "metrics/distance_core.hpp"

namespace valuenet::detail {

/// Rows [first, last) of a list, which are pulled alike.
struct row_segment {
  unsigned row_length = 0;  // as pull_step::row_length
  bool has_tails = false;
  std::size_t first = 0;
  std::size_t last = 0;
};

/// The rows that a batch may meet and that have rows before them.
struct target_rows {
  std::vector<vertex_id> rows;
  std::vector<row_segment> segments;
  arc_id arcs = 0;  // into them
};

/// Up to as many searches as a word has bits.
struct source_batch {
  std::span<const vertex_id> sources;
  const target_rows* targets = nullptr;
};

/// The searches from the rows that have an arc, or from those of them that is_source marks when it
/// is not empty, cut into batches of sources that reach the same hub, in the order of a
/// breadth-first search from it: they meet the same rows at nearly the same distances, so words go
/// from empty to full in few steps. Sources with tails come together, because a batch that has them
/// costs more to count.
class search_plan {
 public:
  search_plan(const distance_core& core, std::span<const char> is_source, std::size_t searches,
              const parallel& workers);
  search_plan(const search_plan&) = delete;
  search_plan& operator=(const search_plan&) = delete;

  [[nodiscard]] const std::vector<source_batch>& batches() const { return batches_; }

 private:
  std::vector<vertex_id> sources_;
  std::deque<target_rows> targets_;  // one a group of batches
  std::vector<source_batch> batches_;
};

}  // namespace valuenet::detail
