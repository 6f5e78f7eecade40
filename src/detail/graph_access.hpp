// The one way to make a graph from rows that are already right: for the builder, the views and the
// snapshot reader.
#pragma once

#include "valuenet/graph/builder.hpp"
#include "valuenet/graph/graph.hpp"

#include <memory>
#include <utility>
#include <vector>

namespace valuenet::detail {

/// Rows that own their memory. Undirected graphs leave the in-rows empty; unweighted ones the
/// weights.
struct owned_rows {
  std::vector<arc_id> out_offsets;
  std::vector<vertex_id> out_targets;
  std::vector<double> out_weights;
  std::vector<arc_id> in_offsets;
  std::vector<vertex_id> in_sources;
  std::vector<double> in_weights;
};

/// Rows that somebody else owns (a memory map, another graph).
struct row_view {
  std::span<const arc_id> out_offsets;
  std::span<const vertex_id> out_targets;
  std::span<const double> out_weights;
  std::span<const arc_id> in_offsets;
  std::span<const vertex_id> in_sources;
  std::span<const double> in_weights;
};

struct graph_facts {
  vertex_id vertex_count = 0;
  valuenet::direction direction = valuenet::direction::directed;
  bool is_weighted = false;
  arc_id loop_count = 0;
  arc_id parallel_arc_count = 0;
};

struct graph_access {
  /// Preconditions: rows sorted as graph.hpp says, every id in range, the facts true.
  static graph make(const row_view& rows, const graph_facts& facts,
                    std::shared_ptr<const void> storage) {
    graph g;
    g.storage_ = std::move(storage);
    g.out_offsets_ = rows.out_offsets;
    g.out_targets_ = rows.out_targets;
    g.out_weights_ = rows.out_weights;
    const bool undirected = facts.direction == valuenet::direction::undirected;
    g.in_offsets_ = undirected ? rows.out_offsets : rows.in_offsets;
    g.in_sources_ = undirected ? rows.out_targets : rows.in_sources;
    g.in_weights_ = undirected ? rows.out_weights : rows.in_weights;
    g.vertex_count_ = facts.vertex_count;
    g.direction_ = facts.direction;
    g.is_weighted_ = facts.is_weighted;
    g.loop_count_ = facts.loop_count;
    g.parallel_arc_count_ = facts.parallel_arc_count;
    return g;
  }

  static graph make(owned_rows rows, const graph_facts& facts) {
    const auto owner = std::make_shared<const owned_rows>(std::move(rows));
    const row_view view{owner->out_offsets, owner->out_targets, owner->out_weights,
                        owner->in_offsets,  owner->in_sources,  owner->in_weights};
    return make(view, facts, owner);
  }

  static graph transposed(const graph& g) {
    graph result = g;
    std::swap(result.out_offsets_, result.in_offsets_);
    std::swap(result.out_targets_, result.in_sources_);
    std::swap(result.out_weights_, result.in_weights_);
    return result;
  }

  static arc_rows make_rows(std::vector<std::uint32_t> rows, std::vector<arc_id> offsets) {
    arc_rows result;
    result.rows_ = std::move(rows);
    result.offsets_ = std::move(offsets);
    return result;
  }

  /// Turns row numbers of a part of a table into row numbers of the whole.
  static void rename_rows(arc_rows& rows, std::span<const std::uint32_t> names) {
    for (std::uint32_t& row : rows.rows_) row = names[row];
  }
};

}  // namespace valuenet::detail
