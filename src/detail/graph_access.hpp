// The one way to make a graph from rows that are already right: for the builder, the views and the
// snapshot reader.
#pragma once

#include "valuenet/graph/builder.hpp"
#include "valuenet/graph/graph.hpp"

#include <memory>
#include <span>
#include <utility>

#include "detail/buffer.hpp"
#include "detail/parallel.hpp"

namespace valuenet::detail {

/// Rows that own their memory. Undirected graphs leave the in-rows empty; unweighted ones the
/// weights.
struct owned_rows {
  buffer<arc_id> out_offsets;
  buffer<vertex_id> out_targets;
  buffer<double> out_weights;
  buffer<arc_id> in_offsets;
  buffer<vertex_id> in_sources;
  buffer<double> in_weights;
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
    return make({.out_offsets = owner->out_offsets,
                 .out_targets = owner->out_targets,
                 .out_weights = owner->out_weights,
                 .in_offsets = owner->in_offsets,
                 .in_sources = owner->in_sources,
                 .in_weights = owner->in_weights},
                facts, owner);
  }

  static graph transposed(const graph& g) {
    graph result = g;
    std::swap(result.out_offsets_, result.in_offsets_);
    std::swap(result.out_targets_, result.in_sources_);
    std::swap(result.out_weights_, result.in_weights_);
    return result;
  }

  /// `offsets` is empty where every arc has one row.
  static arc_rows make_rows(buffer<std::uint32_t> rows, buffer<arc_id> offsets) {
    struct owned {
      buffer<std::uint32_t> rows;
      buffer<arc_id> offsets;
    };
    const auto owner = std::make_shared<const owned>(owned{std::move(rows), std::move(offsets)});
    arc_rows result;
    result.rows_ = owner->rows;
    result.offsets_ = owner->offsets;
    result.storage_ = owner;
    return result;
  }

  /// Row numbers of a part of a table turned into row numbers of the whole.
  static arc_rows renamed(parallel& workers, const arc_rows& rows,
                          std::span<const std::uint32_t> names) {
    struct owned {
      buffer<std::uint32_t> rows;
      std::shared_ptr<const void> offsets;
    };
    buffer<std::uint32_t> whole(rows.rows_.size());
    workers.for_each(whole.size(), std::size_t{1} << 16,
                     [&](std::size_t i) { whole[i] = names[rows.rows_[i]]; });
    const auto owner = std::make_shared<const owned>(owned{std::move(whole), rows.storage_});
    arc_rows result = rows;
    result.rows_ = owner->rows;
    result.storage_ = owner;
    return result;
  }
};

}  // namespace valuenet::detail
