// The edges of a selection with the year in which each appeared.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/network/value_network.hpp"

#include <cstdint>
#include <limits>
#include <vector>

namespace valuenet::detail {

struct dated_edge {
  vertex_id source = 0;
  vertex_id target = 0;
  int year = 0;
};

/// The year of edges that are there from the start.
inline constexpr int before_all_years = std::numeric_limits<int>::min();

struct dated_edges {
  /// By year, those there from the start first; within a year in the order of the graph's arcs.
  std::vector<dated_edge> edges;
  vertex_id vertices = 0;
  bool is_directed = true;
  /// Edges without a year that were left out.
  std::uint64_t undated = 0;
};

/// An edge appears in the first year of its rows. Edges of before from_year keep their years, those
/// behind until_year are left out; edges with an undated row are there from the start with
/// keep_undated, else by their other rows or not at all.
[[nodiscard]] dated_edges date_edges(const value_network& network, const selection_options& options,
                                     const execution& exec);

}  // namespace valuenet::detail
