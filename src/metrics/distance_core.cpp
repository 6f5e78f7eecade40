#include "metrics/distance_core.hpp"

#include <algorithm>
#include <array>

namespace valuenet::detail {

void tail_counts::hang(std::size_t v, std::size_t u) {
  if (slots_[u] == 0) {
    tails_.emplace_back();
    slots_[u] = static_cast<std::uint32_t>(tails_.size());
  }
  slot& onto = tails_[slots_[u] - 1];
  const std::span<const std::uint32_t> counts = (*this)[v];
  for (std::size_t depth = 0; depth < counts.size(); ++depth) {
    onto.counts[depth + 1] += counts[depth];
  }
  onto.length = std::max(onto.length, static_cast<std::uint32_t>(counts.size()) + 1);
}

tail_counts tail_counts::restricted(std::span<const vertex_id> original) const {
  tail_counts result(original.size());
  for (std::size_t i = 0; i < original.size(); ++i) {
    if (slots_[original[i]] == 0) continue;
    result.tails_.push_back(tails_[slots_[original[i]] - 1]);
    result.slots_[i] = static_cast<std::uint32_t>(result.tails_.size());
  }
  return result;
}

distance_core::distance_core(const graph& g, fold_trees fold)
    : is_directed_(g.is_directed()),
      vertex_count_(g.vertex_count()),
      roles_(g.vertex_count(), role::row),
      in_degrees_(g.vertex_count()),
      out_degrees_(g.is_directed() ? g.vertex_count() : 0),
      source_tails_(g.vertex_count()),
      target_tails_(g.is_directed() ? g.vertex_count() : 0),
      folded_pairs_(2 * tail_counts::longest) {
  for (vertex_id v = 0; v < vertex_count_; ++v) {
    in_degrees_[v] = static_cast<vertex_id>(g.in_arc_count(v));
    if (is_directed_) out_degrees_[v] = static_cast<vertex_id>(g.out_arc_count(v));
  }
  if (fold == fold_trees::yes) {
    if (is_directed_) {
      fold_directed(g);
    } else {
      fold_undirected(g);
    }
  }
  relabel(g);
}

void distance_core::add_pairs(std::size_t distance, std::uint64_t pairs) {
  folded_pairs_[distance] += pairs;
}

void distance_core::fold_undirected(const graph& g) {
  std::vector<vertex_id>& degree = in_degrees_;
  std::vector<vertex_id> leaves;
  for (vertex_id v = 0; v < vertex_count_; ++v) {
    if (degree[v] == 1) leaves.push_back(v);
  }
  while (!leaves.empty()) {
    const vertex_id v = leaves.back();
    leaves.pop_back();
    if (degree[v] != 1 || source_tails_.height(v) + 1 == tail_counts::longest) continue;
    const auto row = g.out_neighbors(v);
    const vertex_id parent =
        *std::find_if(row.begin(), row.end(), [&](vertex_id u) { return roles_[u] == role::row; });

    const auto own = source_tails_[v];
    const auto other = source_tails_[parent];
    for (std::size_t i = 0; i < own.size(); ++i) {
      for (std::size_t j = 0; j < other.size(); ++j) {
        add_pairs(i + j + 1, 2 * std::uint64_t{own[i]} * other[j]);
      }
    }
    source_tails_.hang(v, parent);
    roles_[v] = role::source_tail;
    folded_.push_back({v, parent});
    degree[v] = 0;
    if (--degree[parent] == 1) leaves.push_back(parent);
  }
}

/// Pairs between the sources that hang on v, v itself, and the targets that hang on it.
void distance_core::count_own_pairs(vertex_id v) {
  const auto sources = source_tails_[v];
  const auto targets = target_tails_[v];
  for (std::size_t i = 0; i < sources.size(); ++i) {
    for (std::size_t j = i == 0 ? 1 : 0; j < targets.size(); ++j) {
      add_pairs(i + j, std::uint64_t{sources[i]} * targets[j]);
    }
  }
}

/// A source that nobody enters and that has one way out has the distances of what it leads to, plus
/// one; a target that leads nowhere and has one way in likewise.
void distance_core::fold_directed(const graph& g) {
  const auto is_source_tail = [&](vertex_id v) {
    return in_degrees_[v] == 0 && out_degrees_[v] == 1 &&
           source_tails_.height(v) + 1 < tail_counts::longest;
  };
  const auto is_target_tail = [&](vertex_id v) {
    return out_degrees_[v] == 0 && in_degrees_[v] == 1 &&
           target_tails_.height(v) + 1 < tail_counts::longest;
  };
  std::vector<vertex_id> waiting;
  for (vertex_id v = 0; v < vertex_count_; ++v) {
    if (is_source_tail(v) || is_target_tail(v)) waiting.push_back(v);
  }
  const auto is_row = [&](vertex_id u) { return roles_[u] == role::row; };
  while (!waiting.empty()) {
    const vertex_id v = waiting.back();
    waiting.pop_back();
    if (!is_row(v)) continue;
    if (is_source_tail(v)) {
      const auto row = g.out_neighbors(v);
      const vertex_id parent = *std::find_if(row.begin(), row.end(), is_row);
      count_own_pairs(v);
      source_tails_.hang(v, parent);
      roles_[v] = role::source_tail;
      folded_.push_back({v, parent});
      --in_degrees_[parent];
      if (is_source_tail(parent) || is_target_tail(parent)) waiting.push_back(parent);
    } else if (is_target_tail(v)) {
      const auto row = g.in_neighbors(v);
      const vertex_id parent = *std::find_if(row.begin(), row.end(), is_row);
      count_own_pairs(v);
      target_tails_.hang(v, parent);
      roles_[v] = role::target_tail;
      folded_.push_back({v, parent});
      --out_degrees_[parent];
      if (is_source_tail(parent) || is_target_tail(parent)) waiting.push_back(parent);
    }
  }
  for (vertex_id v = 0; v < vertex_count_; ++v) {
    if (is_row(v)) count_own_pairs(v);
  }
}

void distance_core::relabel(const graph& g) {
  // Counting sort by falling in-degree. Vertices without an arc to another row stay out.
  const auto is_row = [&](vertex_id v) {
    return roles_[v] == role::row && (in_degrees_[v] > 0 || (is_directed_ && out_degrees_[v] > 0));
  };
  vertex_id largest = 0;
  for (vertex_id v = 0; v < vertex_count_; ++v) {
    if (is_row(v)) largest = std::max(largest, in_degrees_[v]);
  }
  std::vector<vertex_id> place(std::size_t{largest} + 2);
  for (vertex_id v = 0; v < vertex_count_; ++v) {
    if (is_row(v)) ++place[largest - in_degrees_[v] + 1];
  }
  for (std::size_t i = 1; i < place.size(); ++i) place[i] += place[i - 1];
  std::vector<vertex_id> row_of(vertex_count_, no_vertex);
  original_.resize(place.back());
  for (vertex_id v = 0; v < vertex_count_; ++v) {
    if (!is_row(v)) continue;
    row_of[v] = place[largest - in_degrees_[v]]++;
    original_[row_of[v]] = v;
  }

  const auto rows = static_cast<vertex_id>(original_.size());
  const auto transpose_into = [&](std::vector<arc_id>& offsets, std::vector<vertex_id>& arcs,
                                  const std::vector<vertex_id>& degrees, auto&& neighbors) {
    offsets.resize(std::size_t{rows} + 1);
    for (vertex_id row = 0; row < rows; ++row) {
      offsets[row + 1] = offsets[row] + degrees[original_[row]];
    }
    arcs.resize(offsets[rows]);
    std::vector<arc_id> end(offsets.begin(), offsets.end() - 1);
    for (vertex_id row = 0; row < rows; ++row) {  // ascending, so that every row comes out sorted
      for (const vertex_id u : neighbors(original_[row])) {
        if (row_of[u] != no_vertex) arcs[end[row_of[u]]++] = row;
      }
    }
  };
  transpose_into(before_offsets_, before_arcs_, in_degrees_,
                 [&](vertex_id v) { return g.out_neighbors(v); });
  if (is_directed_) {
    transpose_into(after_offsets_, after_arcs_, out_degrees_,
                   [&](vertex_id v) { return g.in_neighbors(v); });
    target_tails_ = target_tails_.restricted(original_);
  }
  source_tails_ = source_tails_.restricted(original_);
}

std::vector<std::uint32_t> distance_core::unfold_eccentricities(
    std::span<const std::uint32_t> farthest) const {
  std::vector<std::uint32_t> eccentricity(vertex_count_);
  for (std::size_t row = 0; row < original_.size(); ++row) {
    eccentricity[original_[row]] = farthest[row];
  }
  if (is_directed_) {
    unfold_directed(eccentricity);
  } else {
    unfold_undirected(eccentricity);
  }
  return eccentricity;
}

void distance_core::unfold_undirected(std::vector<std::uint32_t>& eccentricity) const {
  // The two deepest branches below every vertex, then the longest way up and away from each.
  struct branches {
    std::uint32_t deepest = 0;
    std::uint32_t second = 0;
  };
  std::vector<branches> below(vertex_count_);
  for (const auto& [v, parent] : folded_) {
    const std::uint32_t depth = below[v].deepest + 1;
    branches& at = below[parent];
    at.second = std::max(at.second, std::min(at.deepest, depth));
    at.deepest = std::max(at.deepest, depth);
  }
  for (auto it = folded_.rbegin(); it != folded_.rend(); ++it) {
    const auto& [v, parent] = *it;
    const branches& at = below[parent];
    const std::uint32_t beside = below[v].deepest + 1 == at.deepest ? at.second : at.deepest;
    eccentricity[v] = 1 + std::max(eccentricity[parent], beside);  // upwards only, so far
  }
  for (vertex_id v = 0; v < vertex_count_; ++v) {
    eccentricity[v] = std::max(eccentricity[v], below[v].deepest);
  }
}

void distance_core::unfold_directed(std::vector<std::uint32_t>& eccentricity) const {
  // A folded vertex leads to what hangs on it, and a source to what its parent leads to.
  std::vector<std::uint32_t> below(vertex_count_);
  for (const auto& [v, parent] : folded_) {
    if (roles_[v] == role::target_tail) below[parent] = std::max(below[parent], below[v] + 1);
  }
  for (vertex_id v = 0; v < vertex_count_; ++v) {
    eccentricity[v] = std::max(eccentricity[v], below[v]);
  }
  for (auto it = folded_.rbegin(); it != folded_.rend(); ++it) {
    const auto& [v, parent] = *it;
    if (roles_[v] == role::source_tail) {
      eccentricity[v] = std::max(eccentricity[v], 1 + eccentricity[parent]);
    }
  }
}

void distance_core::unfold_sums(void (*visit)(void*, vertex_id, const way_out&, const near_sums&),
                                void* context) const {
  // By distance, the vertex itself first: what hangs below a vertex, and all that it reaches within
  // the trees. Only of vertices on which others hang.
  struct tree_counts {
    std::array<std::uint32_t, tail_counts::longest> below{1};
    std::array<std::uint32_t, 2 * tail_counts::longest> all{};
  };
  std::vector<std::uint32_t> slots(vertex_count_);  // 0: nothing hangs on it
  std::vector<tree_counts> trees;
  const std::array<std::uint32_t, tail_counts::longest> alone{1};
  const auto below = [&](vertex_id v) -> const std::array<std::uint32_t, tail_counts::longest>& {
    return slots[v] == 0 ? alone : trees[slots[v] - 1].below;
  };
  for (const auto& [v, parent] : folded_) {
    if (slots[parent] == 0) {
      trees.emplace_back();
      slots[parent] = static_cast<std::uint32_t>(trees.size());
    }
    if (is_directed_ && roles_[v] == role::source_tail) continue;  // an arc up
    auto& under = trees[slots[parent] - 1].below;
    const auto& own = below(v);
    for (std::size_t d = 0; d + 1 < own.size(); ++d) under[d + 1] += own[d];
  }

  std::vector<way_out> ways(vertex_count_);
  for (vertex_id row = 0; row < row_count(); ++row) ways[original_[row]].row = row;
  const auto tell = [&](vertex_id v, std::span<const std::uint32_t> counts) {
    near_sums sums;
    for (std::size_t d = counts.size(); d-- > 1;) {
      sums.reachable_count += counts[d];
      sums.distance_sum += std::uint64_t{counts[d]} * d;
      sums.inverse_distance_sum += static_cast<double>(counts[d]) / static_cast<double>(d);
    }
    visit(context, v, ways[v], sums);
  };
  for (vertex_id v = 0; v < vertex_count_; ++v) {
    if (roles_[v] != role::row) continue;
    const auto& own = below(v);
    if (slots[v] != 0) std::copy(own.begin(), own.end(), trees[slots[v] - 1].all.begin());
    tell(v, own);
  }
  for (auto it = folded_.rbegin(); it != folded_.rend(); ++it) {
    const auto& [v, parent] = *it;
    const auto& own = below(v);
    std::array<std::uint32_t, 2 * tail_counts::longest> all{};
    std::copy(own.begin(), own.end(), all.begin());
    if (!is_directed_ || roles_[v] == role::source_tail) {
      ways[v] = {ways[parent].row, ways[parent].depth + 1};
      // Through the parent, all that is not below the vertex itself.
      const auto& around = trees[slots[parent] - 1].all;
      for (std::size_t d = 1; d < all.size(); ++d) all[d] += around[d - 1];
      if (!is_directed_) {
        for (std::size_t d = 0; d < own.size(); ++d) all[d + 2] -= own[d];
      }
    }
    if (slots[v] != 0) trees[slots[v] - 1].all = all;
    tell(v, all);
  }
}

}  // namespace valuenet::detail
