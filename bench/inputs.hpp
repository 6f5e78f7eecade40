// The graphs that the benches run on: made when they are first asked for, shared by all kernels.
#pragma once

#include "valuenet/graph/graph.hpp"
#include "valuenet/synthesis/random_graph.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

#ifdef VALUENET_BENCH_IGRAPH
#include <igraph.h>
#endif

namespace bench {

enum class graph_name {
  hub43k_directed,
  hub43k,
  surrogate_directed,  // the surrogate of the 2021 profile
  surrogate,
  power_grid,
  mesh,  // like roads: a million crossings in a grid, every fourth street between them missing
  rmat16,
  rmat18,
  rmat18_directed,
  rmat20,
  rmat20_directed,
  rmat22,
  rmat22_directed,
};

[[nodiscard]] std::string to_string(graph_name name);
[[nodiscard]] bool is_directed(graph_name name);
/// Millions of edges: only run when asked for.
[[nodiscard]] bool is_large(graph_name name);

#ifdef VALUENET_BENCH_IGRAPH
/// igraph's own copy of a graph.
class igraph_copy {
 public:
  explicit igraph_copy(const valuenet::graph& g);
  ~igraph_copy() { igraph_destroy(&graph_); }
  igraph_copy(const igraph_copy&) = delete;
  igraph_copy& operator=(const igraph_copy&) = delete;
  [[nodiscard]] const igraph_t* get() const { return &graph_; }

 private:
  igraph_t graph_{};
};
#endif

/// Keeps the graphs of one name at a time, as the large ones would not fit beside each other: ask
/// for everything of one graph before the next. Not for several threads at once.
class inputs {
 public:
  explicit inputs(int threads) : threads_(threads) {}

  [[nodiscard]] const valuenet::graph& graph(graph_name name);
  /// The rows from which graph(name) is built.
  [[nodiscard]] const valuenet::edge_list& edges(graph_name name);
#ifdef VALUENET_BENCH_IGRAPH
  [[nodiscard]] const igraph_t* igraph(graph_name name);
#endif
  /// The real hub43k is there, so that its published counts hold.
  [[nodiscard]] static bool has_hub43k();
  [[nodiscard]] static bool has_power_grid();
  [[nodiscard]] int threads() const {
    return threads_;
  }
  /// What making igraph's copies has taken so far.
  [[nodiscard]] double copying_seconds() const {
    return copying_seconds_;
  }

 private:
  struct store {
    std::unique_ptr<valuenet::edge_list> edges;
    std::unique_ptr<valuenet::graph> graph;
#ifdef VALUENET_BENCH_IGRAPH
    std::unique_ptr<igraph_copy> igraph;
#endif
  };
  store& of(graph_name name);

  int threads_;
  double copying_seconds_ = 0.0;
  std::map<graph_name, store> stores_;
};

}  // namespace bench
