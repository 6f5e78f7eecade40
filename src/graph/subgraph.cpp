// Views of a graph whose rows are already sorted: every one keeps or merges sorted rows, so nothing
// is sorted again and each is linear.
#include "valuenet/graph/subgraph.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

#include "detail/buffer.hpp"
#include "detail/graph_access.hpp"
#include "detail/parallel.hpp"
#include "detail/row_chunks.hpp"
#include "detail/running_sum.hpp"
#include "detail/weak_components.hpp"

namespace valuenet {
namespace {

using detail::buffer;
using detail::parallel;
using detail::row_chunks;

constexpr std::size_t vertex_grain = std::size_t{1} << 14;

/// Sorted rows under construction.
struct half {
  buffer<arc_id> offsets;
  buffer<vertex_id> neighbors;
  buffer<double> weights;
  bool is_weighted = false;
};

struct row_rules {
  duplicates merge = duplicates::keep;
  loops keep_loops = loops::keep;
  bool is_weighted = false;
  std::string_view caller;
};

/// Rows of the neighbours that each_row(v, sink) gives to sink(neighbor, weight) in ascending
/// order, the same ones at each call. `chunks` share out the work.
template <class EachRow>
half make_rows(parallel& workers, const row_chunks& chunks, std::size_t vertices,
               const row_rules& rules, EachRow&& each_row) {
  const bool merges = rules.merge == duplicates::sum || rules.merge == duplicates::count ||
                      rules.merge == duplicates::first;
  half rows;
  rows.offsets = buffer<arc_id>(vertices + 1);
  rows.offsets[0] = 0;
  const int anything_merged = workers.reduce(
      chunks.count(), 1, 0,
      [&](std::size_t chunk, std::size_t) {
        int found = 0;
        const std::size_t end = chunks.begin(chunk + 1);
        for (std::size_t v = chunks.begin(chunk); v < end; ++v) {
          arc_id kept = 0;
          vertex_id last = no_vertex;
          each_row(static_cast<vertex_id>(v), [&](vertex_id neighbor, double) {
            if (neighbor == v && rules.keep_loops == loops::drop) return;
            const bool repeated = neighbor == last;
            if (repeated && rules.merge == duplicates::error) {
              throw std::invalid_argument(
                  std::string(rules.caller) + ": more than one edge between " + std::to_string(v) +
                  " and " + std::to_string(neighbor) + "; duplicates::error allows none");
            }
            last = neighbor;
            kept += merges && repeated ? 0 : 1;
            if (merges && repeated) found = 1;
          });
          rows.offsets[v + 1] = kept;
        }
        return found;
      },
      [](int a, int b) { return a | b; });
  detail::running_sum<arc_id>(workers, rows.offsets);

  rows.is_weighted =
      rules.merge == duplicates::count
          ? anything_merged != 0
          : rules.is_weighted || (rules.merge == duplicates::sum && anything_merged != 0);
  rows.neighbors = buffer<vertex_id>(rows.offsets[vertices]);
  if (rows.is_weighted) rows.weights = buffer<double>(rows.neighbors.size());
  workers.for_each(chunks.count(), 1, [&](std::size_t chunk) {
    const std::size_t end = chunks.begin(chunk + 1);
    for (std::size_t v = chunks.begin(chunk); v < end; ++v) {
      arc_id next = rows.offsets[v];
      vertex_id last = no_vertex;
      each_row(static_cast<vertex_id>(v), [&](vertex_id neighbor, double weight) {
        if (neighbor == v && rules.keep_loops == loops::drop) return;
        if (rules.merge == duplicates::count) weight = 1.0;
        if (merges && neighbor == last) {
          if (rows.is_weighted && rules.merge != duplicates::first)
            rows.weights[next - 1] += weight;
          return;
        }
        last = neighbor;
        rows.neighbors[next] = neighbor;
        if (rows.is_weighted) rows.weights[next] = weight;
        ++next;
      });
    }
  });
  return rows;
}

graph make_graph(parallel& workers, half out, half in, direction direction) {
  const std::size_t vertices = out.offsets.size() - 1;
  const row_chunks chunks(out.offsets);
  using counts = std::pair<arc_id, arc_id>;
  const auto [loops_found, parallels] = workers.reduce(
      chunks.count(), 1, counts{},
      [&](std::size_t chunk, std::size_t) {
        counts found{};
        const std::size_t end = chunks.begin(chunk + 1);
        for (std::size_t v = chunks.begin(chunk); v < end; ++v) {
          for (arc_id arc = out.offsets[v]; arc < out.offsets[v + 1]; ++arc) {
            found.first += out.neighbors[arc] == v ? 1 : 0;
            found.second +=
                arc > out.offsets[v] && out.neighbors[arc] == out.neighbors[arc - 1] ? 1 : 0;
          }
        }
        return found;
      },
      [](counts a, counts b) {
        return counts{a.first + b.first, a.second + b.second};
      });
  const detail::graph_facts facts{.vertex_count = static_cast<vertex_id>(vertices),
                                  .direction = direction,
                                  .is_weighted = out.is_weighted,
                                  .loop_count = loops_found,
                                  .parallel_arc_count = parallels};
  detail::owned_rows rows;
  rows.out_offsets = std::move(out.offsets);
  rows.out_targets = std::move(out.neighbors);
  rows.out_weights = std::move(out.weights);
  rows.in_offsets = std::move(in.offsets);
  rows.in_sources = std::move(in.neighbors);
  rows.in_weights = std::move(in.weights);
  return detail::graph_access::make(std::move(rows), facts);
}

template <class Sink>
void each_of(std::span<const vertex_id> neighbors, std::span<const double> weights, Sink&& sink) {
  if (weights.empty()) {
    for (const vertex_id neighbor : neighbors) sink(neighbor, 1.0);
  } else {
    for (std::size_t i = 0; i < neighbors.size(); ++i) sink(neighbors[i], weights[i]);
  }
}

/// Out-row and in-row of v as one sorted row, loops once. Of two vertices' arcs those from the
/// smaller come first, so that both ends see them in one order.
template <class Sink>
void each_of_both(const graph& g, vertex_id v, Sink&& sink) {
  const auto out = g.out_neighbors(v);
  const auto in = g.in_neighbors(v);
  const auto out_weights = g.out_weights(v);
  const auto in_weights = g.in_weights(v);
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < out.size() || j < in.size()) {
    if (j < in.size() && in[j] == v) {
      ++j;
    } else if (j == in.size() ||
               (i < out.size() && (out[i] < in[j] || (out[i] == in[j] && v < out[i])))) {
      sink(out[i], out_weights.empty() ? 1.0 : out_weights[i]);
      ++i;
    } else {
      sink(in[j], in_weights.empty() ? 1.0 : in_weights[j]);
      ++j;
    }
  }
}

/// position[v] of the vertices in `wanted`, no_vertex for the others; and `original` the way back.
buffer<vertex_id> number_vertices(parallel& workers, const graph& g,
                                  std::span<const vertex_id> wanted,
                                  std::vector<vertex_id>& original) {
  buffer<vertex_id> position(g.vertex_count());
  workers.for_chunks(position.size(), vertex_grain, [&](std::size_t begin, std::size_t end) {
    std::fill(position.begin() + begin, position.begin() + end, no_vertex);
  });
  workers.for_each(wanted.size(), vertex_grain, [&](std::size_t i) {
    if (wanted[i] >= g.vertex_count()) {
      throw std::invalid_argument("induced_subgraph: vertex " + std::to_string(wanted[i]) +
                                  " of a graph with " + std::to_string(g.vertex_count()));
    }
    std::atomic_ref(position[wanted[i]]).store(0, std::memory_order_relaxed);
  });
  std::vector<std::size_t> first((position.size() + vertex_grain - 1) / vertex_grain + 1, 0);
  workers.for_chunks(position.size(), vertex_grain, [&](std::size_t begin, std::size_t end) {
    first[begin / vertex_grain + 1] = static_cast<std::size_t>(
        std::count(position.begin() + begin, position.begin() + end, vertex_id{0}));
  });
  std::partial_sum(first.begin(), first.end(), first.begin());
  original.resize(first.back());
  workers.for_chunks(position.size(), vertex_grain, [&](std::size_t begin, std::size_t end) {
    std::size_t next = first[begin / vertex_grain];
    for (std::size_t v = begin; v < end; ++v) {
      if (position[v] == no_vertex) continue;
      original[next] = static_cast<vertex_id>(v);
      position[v] = static_cast<vertex_id>(next++);
    }
  });
  return position;
}

}  // namespace

subgraph_result induced_subgraph(const graph& g, std::span<const vertex_id> vertices,
                                 const execution& exec) {
  parallel workers(exec);
  subgraph_result result;
  const buffer<vertex_id> position = number_vertices(workers, g, vertices, result.original);
  const std::size_t count = result.original.size();

  // Ids keep their order, so rows stay sorted.
  const auto copy = [&](std::span<const arc_id> offsets, std::span<const vertex_id> neighbors,
                        std::span<const double> weights) {
    std::vector<arc_id> lengths(count + 1, 0);
    workers.for_each(count, vertex_grain, [&](std::size_t v) {
      const vertex_id old = result.original[v];
      lengths[v + 1] = offsets[old + std::size_t{1}] - offsets[old];
    });
    detail::running_sum<arc_id>(workers, lengths);
    return make_rows(workers, row_chunks(lengths), count,
                     {.is_weighted = g.is_weighted(), .caller = "induced_subgraph"},
                     [&](vertex_id v, auto&& sink) {
                       const vertex_id old = result.original[v];
                       const arc_id end = offsets[old + std::size_t{1}];
                       for (arc_id arc = offsets[old]; arc < end; ++arc) {
                         const vertex_id neighbor = position[neighbors[arc]];
                         if (neighbor == no_vertex) continue;
                         sink(neighbor, weights.empty() ? 1.0 : weights[arc]);
                       }
                     });
  };
  half out = copy(g.out_offsets(), g.out_targets(), g.out_weights());
  half in;
  if (g.is_directed()) in = copy(g.in_offsets(), g.in_sources(), g.in_weights());
  result.graph = make_graph(workers, std::move(out), std::move(in), g.direction());
  return result;
}

graph transpose(const graph& g) {
  return g.is_directed() ? detail::graph_access::transposed(g) : g;
}

graph undirected_view(const graph& g, duplicates merge, const execution& exec) {
  const bool nothing_to_merge = merge == duplicates::keep || g.parallel_arc_count() == 0;
  const bool weights_stay = merge != duplicates::count || !g.is_weighted();
  if (!g.is_directed() && nothing_to_merge && weights_stay) return g;
  parallel workers(exec);
  const row_rules rules{
      .merge = merge, .is_weighted = g.is_weighted(), .caller = "undirected_view"};
  half rows;
  if (g.is_directed()) {
    std::vector<arc_id> lengths(g.vertex_count() + std::size_t{1});
    workers.for_each(lengths.size(), vertex_grain,
                     [&](std::size_t v) { lengths[v] = g.out_offsets()[v] + g.in_offsets()[v]; });
    rows = make_rows(workers, row_chunks(lengths), g.vertex_count(), rules,
                     [&](vertex_id v, auto&& sink) { each_of_both(g, v, sink); });
  } else {
    rows = make_rows(
        workers, row_chunks(g.out_offsets()), g.vertex_count(), rules,
        [&](vertex_id v, auto&& sink) { each_of(g.out_neighbors(v), g.out_weights(v), sink); });
  }
  return make_graph(workers, std::move(rows), {}, direction::undirected);
}

graph simple_view(const graph& g, duplicates merge, const execution& exec) {
  if (merge == duplicates::keep || merge == duplicates::error) {
    throw std::invalid_argument("simple_view: merge must be sum, count or first");
  }
  if (g.is_simple() && (merge != duplicates::count || !g.is_weighted())) return g;
  parallel workers(exec);
  const row_rules rules{.merge = merge,
                        .keep_loops = loops::drop,
                        .is_weighted = g.is_weighted(),
                        .caller = "simple_view"};
  half out = make_rows(
      workers, row_chunks(g.out_offsets()), g.vertex_count(), rules,
      [&](vertex_id v, auto&& sink) { each_of(g.out_neighbors(v), g.out_weights(v), sink); });
  half in;
  if (g.is_directed()) {
    in = make_rows(
        workers, row_chunks(g.in_offsets()), g.vertex_count(), rules,
        [&](vertex_id v, auto&& sink) { each_of(g.in_neighbors(v), g.in_weights(v), sink); });
  }
  return make_graph(workers, std::move(out), std::move(in), g.direction());
}

subgraph_result largest_component(const graph& g, const execution& exec) {
  const std::vector<vertex_id> roots = detail::weak_component_roots(g, exec);
  std::vector<vertex_id> sizes(g.vertex_count(), 0);
  for (const vertex_id root : roots) ++sizes[root];
  // Roots are the smallest vertices of their components, so the first largest is the one wanted.
  const auto largest = std::max_element(sizes.begin(), sizes.end());
  std::vector<vertex_id> members;
  for (vertex_id v = 0; v < g.vertex_count(); ++v) {
    if (roots[v] == static_cast<vertex_id>(largest - sizes.begin())) members.push_back(v);
  }
  return induced_subgraph(g, members, exec);
}

}  // namespace valuenet
