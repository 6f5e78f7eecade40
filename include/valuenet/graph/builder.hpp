// From edges to a graph, in parallel.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <vector>

namespace valuenet {

/// What becomes of rows with the same source, target and key (undirected: the same pair and key).
/// Where the table has no weights, `sum` and `count` give a weighted graph only if rows were
/// merged: otherwise every weight is 1 and none is stored.
enum class duplicates : std::uint8_t {
  sum,    ///< one arc, the weights added up in table order, as Gephi does
  keep,   ///< every row its own arc; keys do not matter
  count,  ///< one arc, weighted with the number of rows; the table's weights do not matter
  first,  ///< one arc with the weight of the first row
  error,  ///< std::invalid_argument naming the first repeated row
};

enum class loops : std::uint8_t { keep, drop };

/// One edge of a caller's range.
struct edge {
  vertex_id source = 0;
  vertex_id target = 0;
  double weight = 1.0;
};

/// Edges as columns: what build_graph works on without a copy.
struct edge_columns {
  std::span<const vertex_id> sources{};
  std::span<const vertex_id> targets{};
  /// Empty (every weight is 1), or as long as sources.
  std::span<const double> weights{};
  /// Empty, or as long as sources: rows of different keys are never duplicates of each other.
  std::span<const std::uint32_t> keys{};
  /// Empty, or as long as sources: nonzero marks a row that holds both ways. In a directed graph it
  /// becomes two arcs, source->target and target->source (a loop: one). In an undirected graph
  /// every row holds both ways, marked or not.
  std::span<const std::uint8_t> both_ways{};
};

struct build_options {
  valuenet::direction direction = valuenet::direction::directed;
  /// Nothing: one more than the largest vertex id.
  std::optional<vertex_id> vertex_count{};
  valuenet::duplicates duplicates = valuenet::duplicates::keep;
  valuenet::loops loops = valuenet::loops::keep;
};

/// Which rows each arc came from. A copy shares the storage. Memory: 4 bytes a row and arc that it
/// became (an undirected edge's row is named by both of its arcs), and 8 an arc where rows were
/// merged.
class arc_rows {
 public:
  /// Rows of the arc, ascending. Precondition: arc < the graph's arc_count().
  [[nodiscard]] std::span<const std::uint32_t> operator[](arc_id arc) const noexcept {
    if (offsets_.empty()) return rows_.subspan(arc, 1);
    return rows_.subspan(offsets_[arc], offsets_[arc + 1] - offsets_[arc]);
  }
  /// Rows of all arcs together: a row that became two arcs counts twice.
  [[nodiscard]] std::size_t row_count() const noexcept { return rows_.size(); }

 private:
  friend struct detail::graph_access;
  std::shared_ptr<const void> storage_;
  std::span<const std::uint32_t> rows_;
  std::span<const arc_id> offsets_;  // empty when every arc has exactly one row
};

struct build_result {
  valuenet::graph graph;
  valuenet::arc_rows rows;
  /// rows given + mirrored rows = edges of the graph + merged + dropped loops.
  std::uint64_t merged = 0;
  std::uint64_t dropped_loops = 0;
  /// Rows that hold both ways and became a second arc of a directed graph.
  std::uint64_t mirrored = 0;
};

/// Builds the graph. Arcs of one source and target stand in table order (with keys and a policy
/// that merges: in the order of keys); weights that are merged are added in table order. Cost:
/// O(rows + vertices), whatever the degrees. Memory beside the table and the graph: 8 bytes an arc;
/// 16 with weights; 12 and 20 where keys, the error policy or the map to rows ask for row numbers;
/// and while keys are sorted, 8 a row. A vertex with more than 2^20 arcs and a hundredth of all
/// takes its share once more. Throws std::invalid_argument for columns of different lengths, a
/// vertex >= vertex_count, 2^32 - 1 vertices or more, or, with keys or the error policy, 2^32 rows
/// or more. Determinism: the same bits at any number of threads.
[[nodiscard]] graph build_graph(const edge_columns& edges, const build_options& options = {},
                                const execution& exec = {});

/// As above, with the map from arcs back to rows, which takes 4 bytes a row that became an arc
/// (twice for one that became two), and 8 an arc where rows were merged. At most 2^32 - 1 rows.
[[nodiscard]] build_result build_graph_with_rows(const edge_columns& edges,
                                                 const build_options& options = {},
                                                 const execution& exec = {});

/// A range of anything with members source, target and perhaps weight.
template <class R>
concept edge_range = std::ranges::input_range<R> &&
    requires(std::ranges::range_reference_t<R> each) {
  { each.source } -> std::convertible_to<vertex_id>;
  { each.target } -> std::convertible_to<vertex_id>;
};

/// Builds from a caller's own edge type (copies the range into columns first).
template <edge_range Range>
[[nodiscard]] graph build_graph(const Range& edges, const build_options& options = {},
                                const execution& exec = {}) {
  constexpr bool weighted = requires(std::ranges::range_reference_t<const Range> each) {
    { each.weight } -> std::convertible_to<double>;
  };
  std::vector<vertex_id> sources;
  std::vector<vertex_id> targets;
  std::vector<double> weights;
  if constexpr (std::ranges::sized_range<const Range>) {
    sources.reserve(std::ranges::size(edges));
    targets.reserve(std::ranges::size(edges));
    if constexpr (weighted) weights.reserve(std::ranges::size(edges));
  }
  for (const auto& each : edges) {
    sources.push_back(static_cast<vertex_id>(each.source));
    targets.push_back(static_cast<vertex_id>(each.target));
    if constexpr (weighted) weights.push_back(static_cast<double>(each.weight));
  }
  return build_graph(edge_columns{.sources = sources, .targets = targets, .weights = weights},
                     options, exec);
}

}  // namespace valuenet
