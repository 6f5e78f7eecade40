// How a kernel's time and memory grow with the graph: one table over R-MAT scales.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/synthesis/random_graph.hpp"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace bench {

/// What a kernel of the series runs on: R-MAT, edge factor 16, simple.
enum class growing_graph {
  undirected,
  directed,
  with_lengths,  // undirected, each edge with a length in (0, 1]
};

struct growth_input {
  const valuenet::edge_list& edges;
  const valuenet::graph& graph;
  /// A vertex with most arcs, for searches from one.
  valuenet::vertex_id busiest = 0;
};

struct growing_kernel {
  std::string name{};
  growing_graph on = growing_graph::undirected;
  /// Makes what the runs need beside the graph, and is not timed; may be nothing.
  std::function<void(const growth_input&)> prepare{};
  std::function<void(const growth_input&, const valuenet::execution&)> run{};
};

struct growth_options {
  int threads = 0;
  int first_scale = 14;
  int last_scale = 22;
  /// A kernel that would take longer than this on the next graph, by its growth so far, ends there.
  double seconds_a_run = 120.0;
  bool markdown = false;
  std::string filter{};
  /// When triggered, the table is made of what is known then.
  std::stop_token stop{};
};

/// Runs every kernel on every scale, the shortest of up to three runs each, and prints one row a
/// kernel: times, the largest memory beyond the graph in bytes an arc, and the exponent x of
/// time ~ arcs^x fitted by least squares on the logarithms.
int run_growth(const std::vector<growing_kernel>& kernels, const growth_options& chosen);

}  // namespace bench
