// Distances of all pairs, exact and estimated.
#include "valuenet/metrics/distances.hpp"

#include <algorithm>

#include <benchmark/benchmark.h>

#include "oracle.hpp"
#include "search_limit.hpp"
#include "suite.hpp"

namespace bench {

namespace vn = valuenet;

namespace {

/// Distances from some sources by a queue, against the eccentricities, counts and sums found.
std::string verify_sources(const vn::graph& g, const vn::execution& exec) {
  const vn::distances_result found = vn::distances(
      g, {.vertex_distances = vn::vertex_distances::sums, .method = vn::distance_method::exact},
      exec);
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
  const vn::distances_result found = vn::distances(g, {.method = vn::distance_method::exact}, exec);
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

/// The estimate's intervals against exact distances; 99.9% sure, so that a right one hardly ever
/// fails. Beyond exact reach against each other.
std::string verify_estimates(const vn::graph& g, vn::distances_options options, bool is_known,
                             const vn::execution& exec) {
  options.confidence = 0.999;
  const vn::distances_result found = vn::distances(g, options, exec);
  const auto holds = [](const vn::interval& where, double value) {
    return where.lower <= value && value <= where.upper;
  };
  if (is_known) {
    const vn::distances_result exact =
        vn::distances(g, {.method = vn::distance_method::exact}, exec);
    if (!holds(*found.mean_interval, *exact.mean)) return "the mean is not in its interval";
    if (!holds(*found.efficiency_interval, *exact.efficiency)) {
      return "the efficiency is not in its interval";
    }
    return {};
  }
  options.method = vn::distance_method::sampled;
  options.seed = 1;
  const vn::distances_result other = vn::distances(g, options, exec);
  return found.mean_interval->lower <= other.mean_interval->upper &&
                 other.mean_interval->lower <= found.mean_interval->upper
             ? std::string()
             : "the intervals of two estimates of the mean do not meet";
}

void add_estimates(suite& benches, const std::string& kernel_name, vn::distance_method method) {
  for (const graph_name name :
       {graph_name::rmat18, graph_name::rmat18_directed, graph_name::rmat20, graph_name::rmat22}) {
    const vn::distances_options options{.method = method};
    kernel k{.name = kernel_name, .graph = name};
    k.verify = [=](inputs& in) {
      return verify_estimates(in.graph(name), options, !is_large(name), {.threads = in.threads()});
    };
    k.run = [=](inputs& in, const vn::execution& exec) {
      return vn::distances(in.graph(name), options, exec).mean.value_or(0.0);
    };
    k.work = [=](inputs& in, const machine&) {
      const auto vertices = static_cast<double>(in.graph(name).vertex_count());
      return work{.items = vertices * (vertices - 1), .unit = "pairs"};
    };
    benches.add(std::move(k));
  }
}

}  // namespace

void add_distances(suite& benches) {
  add_estimates(benches, "distances sampled", vn::distance_method::sampled);
  add_estimates(benches, "distances HyperBall", vn::distance_method::hyperball);
  for (const graph_name name : {graph_name::hub43k, graph_name::hub43k_directed,
                                graph_name::surrogate, graph_name::surrogate_directed,
                                graph_name::rmat16, graph_name::rmat18, graph_name::rmat20}) {
    const bool is_hub43k = name == graph_name::hub43k || name == graph_name::hub43k_directed;
    [[maybe_unused]] const bool is_of_43k =
        is_hub43k || name == graph_name::surrogate || name == graph_name::surrogate_directed;
    kernel k{.name = "distances", .graph = name};
    k.verify = [=](inputs& in) {
      const vn::execution exec{.threads = in.threads()};
      const vn::graph& g = in.graph(name);
      if (!is_hub43k || !inputs::has_hub43k()) return verify_sources(g, exec);
      return first_failure({verify_known_counts(g, exec), verify_sources(g, exec)});
    };
    k.run = [=](inputs& in, const vn::execution& exec) {
      return vn::distances(in.graph(name), {.method = vn::distance_method::exact}, exec)
          .mean.value_or(0.0);
    };
#ifdef VALUENET_BENCH_IGRAPH
    k.peer = [=](inputs& in, double share) {
      return igraph_distances(in.igraph(name), share, is_directed(name));
    };
    k.peer_share = is_of_43k                    ? 0.01
                   : name == graph_name::rmat16 ? 0.001
                   : name == graph_name::rmat18 ? 0.0001
                                                : 0.00002;
#endif
    k.work = [=](inputs& in, const machine& m) {
      const vn::graph& g = in.graph(name);
      const auto vertices = static_cast<double>(g.vertex_count());
      work result{.items = vertices * (vertices - 1), .unit = "pairs"};
      result.limit_seconds = all_pairs_limit(g, name, m);
      return result;
    };
    benches.add(std::move(k));
  }
}

}  // namespace bench
