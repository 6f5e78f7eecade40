// Graphs whose arcs have lengths.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <memory>

#ifdef VALUENET_BENCH_IGRAPH
#include <igraph.h>
#endif

namespace bench {

/// The vertex with the most arcs: R-MAT graphs have many that are alone.
[[nodiscard]] valuenet::vertex_id busiest(const valuenet::graph& g);

/// The graph of a name with lengths in (0, 1] that a hash picks, and igraph's copy of them.
struct with_lengths {
  valuenet::graph graph;
  valuenet::vertex_id source = 0;
#ifdef VALUENET_BENCH_IGRAPH
  igraph_vector_t lengths{};
  with_lengths() {
    igraph_vector_init(&lengths, 0);
  }
  ~with_lengths() {
    igraph_vector_destroy(&lengths);
  }
  with_lengths(const with_lengths&) = delete;
  with_lengths& operator=(const with_lengths&) = delete;
#endif
};

[[nodiscard]] std::unique_ptr<with_lengths> add_lengths(const valuenet::graph& g, int threads);

}  // namespace bench
