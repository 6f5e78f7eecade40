#include "network/dated_edges.hpp"

#include <algorithm>
#include <optional>

namespace valuenet::detail {
namespace {

/// The first year of the rows; nothing where none has one.
std::optional<int> first_year(const value_network& network, std::span<const relation_id> rows,
                              bool keep_undated) {
  std::optional<int> first;
  for (const relation_id row : rows) {
    const std::optional<int> year = network.year(row);
    if (!year && keep_undated) return before_all_years;
    if (year && (!first || *year < *first)) first = year;
  }
  return first;
}

}  // namespace

dated_edges date_edges(const value_network& network, const selection_options& options,
                       const execution& exec) {
  selection_options choice = options;
  choice.from_year = std::nullopt;
  choice.until_year = std::nullopt;
  choice.all_actors = false;
  const selection selected = select(network, choice, exec);
  const graph& g = selected.graph();
  dated_edges result{.edges = {}, .vertices = g.vertex_count(), .is_directed = g.is_directed()};
  for (vertex_id v = 0; v < g.vertex_count(); ++v) {
    const arc_id first_arc = g.first_out_arc(v);
    const auto row = g.out_neighbors(v);
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!g.is_directed() && row[i] < v) continue;  // its other arc stands for the edge
      const auto year =
          first_year(network, selected.relations(first_arc + i), options.keep_undated);
      if (!year) {
        ++result.undated;
      } else if (!options.until_year || *year <= *options.until_year) {
        result.edges.push_back({v, row[i], *year});
      }
    }
  }
  std::stable_sort(result.edges.begin(), result.edges.end(),
                   [](const dated_edge& a, const dated_edge& b) { return a.year < b.year; });
  return result;
}

}  // namespace valuenet::detail
