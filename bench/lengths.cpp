#include "lengths.hpp"

#include "valuenet/graph/builder.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace bench {

namespace vn = valuenet;

namespace {

double length_between(vn::vertex_id u, vn::vertex_id v) {
  const auto [low, high] = std::minmax(u, v);
  std::uint64_t hash = (std::uint64_t{low} << 32 | high) + 0x9E3779B97F4A7C15U;
  hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9U;
  hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBU;
  return static_cast<double>((hash ^ (hash >> 31)) >> 11) * 0x1p-53 + 0x1p-54;
}

}  // namespace

vn::vertex_id busiest(const vn::graph& g) {
  vn::vertex_id best = 0;
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    if (g.out_arc_count(v) > g.out_arc_count(best)) best = v;
  }
  return best;
}

std::unique_ptr<with_lengths> add_lengths(const vn::graph& g, int threads) {
  auto result = std::make_unique<with_lengths>();
  std::vector<vn::vertex_id> sources;
  std::vector<vn::vertex_id> targets;
  std::vector<double> weights;
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    for (const vn::vertex_id u : g.out_neighbors(v)) {
      if (!g.is_directed() && u < v) continue;  // the order of igraph's copy
      sources.push_back(v);
      targets.push_back(u);
      weights.push_back(length_between(v, u));
#ifdef VALUENET_BENCH_IGRAPH
      igraph_vector_push_back(&result->lengths, weights.back());
#endif
    }
  }
  result->graph = vn::build_graph({.sources = sources, .targets = targets, .weights = weights},
                                  {.direction = g.direction(), .vertex_count = g.vertex_count()},
                                  {.threads = threads});
  result->source = busiest(g);
  return result;
}

}  // namespace bench
