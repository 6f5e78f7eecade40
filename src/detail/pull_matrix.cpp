#include "detail/pull_matrix.hpp"

#include <algorithm>
#include <numeric>

#include "detail/row_chunks.hpp"
#include "detail/running_sum.hpp"

namespace valuenet::detail {
namespace {

constexpr std::size_t vertex_grain = std::size_t{1} << 12;

bool uses_weights(const graph& g, const pull_options& options) {
  return g.is_weighted() && options.weights == arc_weights::use && !options.parallels_once;
}

bool changes_loops(const graph& g, const pull_options& options) {
  return g.loop_count() > 0 && options.loop_factor != 1.0;
}

/// Calls visit(column, weight) for the entries of v's row.
template <class Visit>
void for_each_entry(const graph& g, const pull_options& options, vertex_id v, Visit&& visit) {
  const bool along = options.direction == pull::along;
  const auto columns = along ? g.in_neighbors(v) : g.out_neighbors(v);
  const auto weights = along ? g.in_weights(v) : g.out_weights(v);
  const bool weighted = uses_weights(g, options);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (options.parallels_once && i > 0 && columns[i] == columns[i - 1]) continue;
    const double weight = weighted ? weights[i] : 1.0;
    visit(columns[i], columns[i] == v ? options.loop_factor * weight : weight);
  }
}

}  // namespace

vertex_order order_for_reading(parallel& workers, std::span<const arc_id> offsets) {
  constexpr std::size_t cached = std::size_t{1} << 17;
  vertex_order order;
  if (offsets.size() <= cached) return order;
  const std::size_t n = offsets.size() - 1;
  const auto length = [&](std::size_t v) { return offsets[v + 1] - offsets[v]; };
  // Beyond this length rows are read so often that their order does not matter.
  constexpr arc_id longest = arc_id{1} << 20;
  std::vector<vertex_id> next(longest + 2, 0);
  for (std::size_t v = 0; v < n; ++v) ++next[longest - std::min(longest, length(v)) + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  order.vertex = buffer<vertex_id>(n);
  order.position = buffer<vertex_id>(n);
  for (std::size_t v = 0; v < n; ++v) {
    const vertex_id position = next[longest - std::min(longest, length(v))]++;
    order.position[v] = position;
    order.vertex[position] = static_cast<vertex_id>(v);
  }
  workers.check_stop();
  return order;
}

pull_matrix::pull_matrix(parallel& workers, const graph& g, const pull_options& options,
                         const vertex_order& rows, const vertex_order& columns)
    : workers_(workers) {
  const bool along = options.direction == pull::along;
  const bool as_given =
      !changes_loops(g, options) && (!options.parallels_once || g.parallel_arc_count() == 0);
  if (g.vertex_count() > 0 && as_given && rows.is_identity() && columns.is_identity()) {
    offsets_ = along ? g.in_offsets() : g.out_offsets();
    columns_ = along ? g.in_sources() : g.out_targets();
    if (uses_weights(g, options)) weights_ = along ? g.in_weights() : g.out_weights();
  } else {
    copy_rows(g, options, rows, columns);
  }
  scattered_ = !columns.is_identity();
  const row_chunks chunks(offsets_);
  for (std::size_t chunk = 0; chunk <= chunks.count(); ++chunk) {
    bounds_.push_back(chunk == chunks.count() ? size() : chunks.begin(chunk));
  }
}

void pull_matrix::copy_rows(const graph& g, const pull_options& options, const vertex_order& rows,
                            const vertex_order& columns) {
  const std::size_t n = g.vertex_count();
  own_offsets_ = buffer<arc_id>(n + 1);
  own_offsets_[0] = 0;
  const bool weighted = uses_weights(g, options) || changes_loops(g, options);
  workers_.for_each(n, vertex_grain, [&](std::size_t row) {
    const auto v = static_cast<vertex_id>(rows.vertex_at(row));
    arc_id count = 0;
    if (options.parallels_once) {
      for_each_entry(g, options, v, [&](vertex_id, double) { ++count; });
    } else {
      count = options.direction == pull::along ? g.in_arc_count(v) : g.out_arc_count(v);
    }
    own_offsets_[row + 1] = count;
  });
  running_sum(workers_, std::span(own_offsets_.data(), n + 1));
  own_columns_ = buffer<vertex_id>(own_offsets_[n]);
  if (weighted) own_weights_ = buffer<double>(own_offsets_[n]);
  // In vertex order, so that what is read next is known: positions are asked for ahead.
  constexpr arc_id soon = 64;
  const bool along = options.direction == pull::along;
  const std::span<const arc_id> starts = along ? g.in_offsets() : g.out_offsets();
  const std::span<const vertex_id> all = along ? g.in_sources() : g.out_targets();
  const vertex_id* const position = columns.position.data();
  workers_.for_each(n, vertex_grain / 4, [&](std::size_t i) {
    const auto v = static_cast<vertex_id>(i);
    if (!columns.is_identity()) {
      const arc_id last = std::min<arc_id>(starts[i + 1] + soon, all.size());
      for (arc_id arc = starts[i] + soon; arc < last; ++arc) {
        __builtin_prefetch(position + all[arc]);
      }
    }
    arc_id slot = own_offsets_[rows.position_of(v)];
    for_each_entry(g, options, v, [&](vertex_id column, double weight) {
      own_columns_[slot] = static_cast<vertex_id>(columns.position_of(column));
      if (weighted) own_weights_[slot] = weight;
      ++slot;
    });
  });
  offsets_ = std::span<const arc_id>(own_offsets_.data(), n + 1);
  columns_ = std::span<const vertex_id>(own_columns_.data(), own_columns_.size());
  weights_ = std::span<const double>(own_weights_.data(), own_weights_.size());
}

}  // namespace valuenet::detail
