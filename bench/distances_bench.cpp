// Exact distances of all pairs.
#include "valuenet/metrics/distances.hpp"

#include <algorithm>

#include <benchmark/benchmark.h>

#include "oracle.hpp"
#include "suite.hpp"

namespace bench {

namespace vn = valuenet;

namespace {

/// Distances from some sources by a queue, against the eccentricities, counts and sums found.
std::string verify_sources(const vn::graph& g, const vn::execution& exec) {
  const vn::distances_result found =
      vn::distances(g, {.vertex_distances = vn::vertex_distances::sums}, exec);
  constexpr vn::vertex_id sources = 24;
  for (vn::vertex_id i = 0; i < sources; ++i) {
    const auto source = static_cast<vn::vertex_id>(std::uint64_t{g.vertex_count()} * i / sources);
    const std::vector<int> distance = distances_from(g, source);
    std::uint32_t reached = 0;
    std::uint64_t sum = 0;
    for (const int d : distance) {
      if (d <= 0) continue;
      ++reached;
      sum += static_cast<std::uint64_t>(d);
    }
    const auto furthest =
        static_cast<std::uint32_t>(*std::max_element(distance.begin(), distance.end()));
    if (found.reachable_count[source] != reached || found.distance_sum[source] != sum ||
        found.eccentricity[source] != furthest) {
      return "distances from vertex " + std::to_string(source) + " differ from a plain search's";
    }
  }
  return {};
}

/// The counts that other programs found on hub43k (reference values of this project).
std::string verify_known_counts(const vn::graph& g, const vn::execution& exec) {
  const vn::distances_result found = vn::distances(g, {}, exec);
  const bool directed = g.is_directed();
  return first_failure(
      {expect_equal("pairs", static_cast<double>(found.reachable_pairs),
                    directed ? 768'252'994.0 : 1'913'318'822.0),
       expect_near("mean", found.mean.value_or(0.0), directed ? 4.751012161 : 4.297405926, 1e-9),
       expect_equal("diameter", found.diameter.value_or(0), directed ? 15 : 14)});
}

#ifdef VALUENET_BENCH_IGRAPH
/// igraph's search from every vertex, or from a share of them.
double igraph_distances(const igraph_t* g, double share, bool directed) {
  if (share >= 1.0) {
    igraph_vector_t histogram;
    igraph_vector_init(&histogram, 0);
    igraph_real_t unconnected = 0;
    igraph_path_length_hist(g, &histogram, &unconnected, directed);
    igraph_vector_destroy(&histogram);
    return unconnected;
  }
  const igraph_integer_t vertices = igraph_vcount(g);
  const auto sources = std::max<igraph_integer_t>(
      1, static_cast<igraph_integer_t>(share * static_cast<double>(vertices)));
  igraph_vector_int_t chosen;
  igraph_vector_int_init(&chosen, sources);
  for (igraph_integer_t i = 0; i < sources; ++i) VECTOR(chosen)[i] = vertices * i / sources;
  igraph_matrix_t distances;
  igraph_matrix_init(&distances, 0, 0);
  igraph_distances(g, &distances, igraph_vss_vector(&chosen), igraph_vss_all(), IGRAPH_OUT);
  const double corner = MATRIX(distances, 0, 0);
  igraph_matrix_destroy(&distances);
  igraph_vector_int_destroy(&chosen);
  return corner;
}
#endif

}  // namespace

void add_distances(suite& benches) {
  for (const graph_name name : {graph_name::hub43k, graph_name::hub43k_directed, graph_name::rmat16,
                                graph_name::rmat18, graph_name::rmat20}) {
    const bool is_hub43k = name == graph_name::hub43k || name == graph_name::hub43k_directed;
    kernel k{.name = "distances", .graph = name};
    k.verify = [=](inputs& in) {
      const vn::execution exec{.threads = in.threads()};
      const vn::graph& g = in.graph(name);
      if (!is_hub43k || !inputs::has_hub43k()) return verify_sources(g, exec);
      return first_failure({verify_known_counts(g, exec), verify_sources(g, exec)});
    };
    k.run = [=](inputs& in, const vn::execution& exec) {
      return vn::distances(in.graph(name), {}, exec).mean.value_or(0.0);
    };
#ifdef VALUENET_BENCH_IGRAPH
    k.peer = [=](inputs& in, double share) {
      return igraph_distances(in.igraph(name), share, is_directed(name));
    };
    k.peer_share = is_hub43k                    ? 0.01
                   : name == graph_name::rmat16 ? 0.001
                   : name == graph_name::rmat18 ? 0.0001
                                                : 0.00002;
#endif
    k.work = [=](inputs& in, const machine& m) {
      const vn::graph& g = in.graph(name);
      const auto vertices = static_cast<double>(g.vertex_count());
      work result{.items = vertices * (vertices - 1), .unit = "pairs"};
      // What a bit-parallel search of this graph must load at least, counted with tree folding,
      // hub-first order and saturated vertices left out: 64-byte lines, anywhere in the words of
      // one batch.
      if (name == graph_name::hub43k) result.limit_seconds = m.seconds(0, 12.05e6, 18'063 * 128.0);
      if (name == graph_name::rmat20) result.limit_seconds = m.seconds(0, 11.2e9, vertices * 16.0);
      return result;
    };
    benches.add(std::move(k));
  }
  benches.add(growing_kernel{"distances", [](const growth_input& input, const vn::execution& exec) {
                               benchmark::DoNotOptimize(vn::distances(input.graph, {}, exec));
                             }});
}

}  // namespace bench
