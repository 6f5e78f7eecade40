// Centralities of shortest paths: betweenness, closeness, harmonic.
#include "valuenet/metrics/betweenness.hpp"
#include "valuenet/metrics/closeness.hpp"
#include "valuenet/metrics/distances.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include <benchmark/benchmark.h>

#include "lengths.hpp"
#include "oracle.hpp"
#include "search_limit.hpp"
#include "suite.hpp"

namespace bench {

namespace vn = valuenet;

namespace {

double total(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// A pair at distance d has d - 1 vertices and d arcs on each of its paths: what all values add up
/// to, counted by another kernel.
double expected_total(const vn::graph& g, bool arcs, const vn::execution& exec) {
  const vn::distances_result paths = vn::distances(g, {}, exec);
  double sum = 0.0;
  for (std::size_t d = 1; d < paths.histogram.size(); ++d) {
    sum += static_cast<double>(paths.histogram[d]) * static_cast<double>(arcs ? d : d - 1);
  }
  // Both arcs of an undirected edge have its value.
  return g.is_directed() || arcs ? sum : sum / 2.0;
}

std::string expect_total(const vn::graph& g, bool arcs, const std::vector<double>& values,
                         double tolerance, const vn::execution& exec) {
  const double expected = expected_total(g, arcs, exec);
  return expect_near("sum", total(values), expected, tolerance * expected);
}

#ifdef VALUENET_BENCH_IGRAPH
/// Every so manieth vertex.
class vertex_share {
 public:
  vertex_share(const igraph_t* g, double share) {
    const igraph_integer_t vertices = igraph_vcount(g);
    const auto count = std::max<igraph_integer_t>(
        1, static_cast<igraph_integer_t>(share * static_cast<double>(vertices)));
    igraph_vector_int_init(&chosen_, count);
    for (igraph_integer_t i = 0; i < count; ++i) VECTOR(chosen_)[i] = vertices * i / count;
  }
  ~vertex_share() { igraph_vector_int_destroy(&chosen_); }
  vertex_share(const vertex_share&) = delete;
  vertex_share& operator=(const vertex_share&) = delete;
  [[nodiscard]] igraph_vs_t get() const { return igraph_vss_vector(&chosen_); }

 private:
  igraph_vector_int_t chosen_{};
};

/// Brandes' sums from a share of the sources: the work is theirs alone.
double igraph_betweenness_of(const igraph_t* g, double share, bool directed, bool arcs) {
  igraph_vector_t values;
  igraph_vector_init(&values, 0);
  const vertex_share sources(g, share);
  if (arcs) {
    igraph_edge_betweenness_subset(g, &values, igraph_ess_all(IGRAPH_EDGEORDER_ID), directed,
                                   sources.get(), igraph_vss_all(), nullptr);
  } else {
    igraph_betweenness_subset(g, &values, igraph_vss_all(), directed, sources.get(),
                              igraph_vss_all(), nullptr);
  }
  const double first = VECTOR(values)[0];
  igraph_vector_destroy(&values);
  return first;
}
#endif

void add_betweenness(suite& benches, graph_name name, bool arcs) {
  kernel k{.name = arcs ? "edge betweenness" : "betweenness", .graph = name};
  const auto compute = [=](const vn::graph& g, const vn::execution& exec) {
    return arcs ? vn::edge_betweenness(g, {}, exec).values : vn::betweenness(g, {}, exec).values;
  };
  k.verify = [=](inputs& in) {
    const vn::execution exec{.threads = in.threads()};
    const vn::graph& g = in.graph(name);
    const std::vector<double> values = compute(g, exec);
    std::vector<std::string> verdicts{expect_total(g, arcs, values, 1e-12, exec)};
    if (name == graph_name::hub43k && inputs::has_hub43k() && !arcs) {
      // By a program that shares nothing with this one.
      verdicts.push_back(expect_near("largest", *std::max_element(values.begin(), values.end()),
                                     191'853'657.0, 0.5));
    }
    return first_failure(verdicts);
  };
  k.run = [=](inputs& in, const vn::execution& exec) {
    return compute(in.graph(name), exec).front();
  };
#ifdef VALUENET_BENCH_IGRAPH
  k.peer = [=](inputs& in, double share) {
    return igraph_betweenness_of(in.igraph(name), share, is_directed(name), arcs);
  };
  k.peer_share = 0.02;
#endif
  k.work = [=](inputs& in, const machine& m) {
    const vn::graph& g = in.graph(name);
    work result{.items = static_cast<double>(g.vertex_count()) * static_cast<double>(g.arc_count()),
                .unit = "arcs from all sources"};
    if (!arcs) result.limit_seconds = betweenness_limit(g, name, m);
    return result;
  };
  benches.add(std::move(k));
}

void add_sampled_betweenness(suite& benches, graph_name name, std::uint32_t sources) {
  kernel k{.name = "sampled betweenness", .graph = name};
  k.input = to_string(name) + ", " + std::to_string(sources) + " sources";
  k.verify = [=](inputs& in) -> std::string {
    const vn::execution exec{.threads = in.threads()};
    const vn::graph& g = in.graph(name);
    const auto found = vn::betweenness(g, {.sampled_sources = sources}, exec);
    if (!found.error_bound || *found.error_bound <= 0.0) return "no error bound";
    // All distances of the largest graphs take minutes.
    return is_large(name) ? std::string{} : expect_total(g, false, found.values, 0.05, exec);
  };
  k.run = [=](inputs& in, const vn::execution& exec) {
    return vn::betweenness(in.graph(name), {.sampled_sources = sources}, exec).values.front();
  };
#ifdef VALUENET_BENCH_IGRAPH
  k.peer = [=](inputs& in, double share) {
    const double all = static_cast<double>(in.graph(name).vertex_count());
    return igraph_betweenness_of(in.igraph(name), share * sources / all, is_directed(name), false);
  };
  // Half of the vertices of an R-MAT graph have no neighbour: of four sources all might be such.
  k.peer_share = 16.0 / sources;
#endif
  k.work = [=](inputs& in, const machine&) {
    return work{.items = sources * static_cast<double>(in.graph(name).arc_count()),
                .unit = "arcs from all sources"};
  };
  benches.add(std::move(k));
}

enum class nearness { closeness, harmonic };

void add_nearness(suite& benches, graph_name name, nearness what) {
  const bool harmonic = what == nearness::harmonic;
  kernel k{.name = harmonic ? "harmonic" : "closeness", .graph = name};
  const auto compute = [=](const vn::graph& g, const vn::execution& exec) {
    return harmonic ? vn::harmonic_closeness(g, {.convention = vn::convention::igraph}, exec).values
                    : vn::closeness(g, {.convention = vn::convention::igraph}, exec).values;
  };
  k.verify = [=](inputs& in) -> std::string {
    const vn::graph& g = in.graph(name);
    const std::vector<double> found = compute(g, {.threads = in.threads()});
    constexpr vn::vertex_id sources = 24;
    for (vn::vertex_id i = 0; i < sources; ++i) {
      const auto source = static_cast<vn::vertex_id>(std::uint64_t{g.vertex_count()} * i / sources);
      double reached = 0.0;
      double distance = 0.0;
      double inverse = 0.0;
      for (const int d : distances_from(g, source)) {
        if (d <= 0) continue;
        reached += 1.0;
        distance += d;
        inverse += 1.0 / d;
      }
      const double expected = harmonic ? inverse : reached == 0.0 ? 0.0 : reached / distance;
      if (std::abs(found[source] - expected) > 1e-12 * std::max(1.0, expected)) {
        return "vertex " + std::to_string(source) + " differs from a plain search's";
      }
    }
    return {};
  };
  k.run = [=](inputs& in, const vn::execution& exec) {
    return compute(in.graph(name), exec).front();
  };
#ifdef VALUENET_BENCH_IGRAPH
  k.peer = [=](inputs& in, double share) {
    igraph_vector_t values;
    igraph_vector_init(&values, 0);
    const igraph_t* g = in.igraph(name);
    const vertex_share chosen(g, share);
    if (harmonic) {
      igraph_harmonic_centrality(g, &values, chosen.get(), IGRAPH_OUT, nullptr, false);
    } else {
      igraph_closeness(g, &values, nullptr, nullptr, chosen.get(), IGRAPH_OUT, nullptr, true);
    }
    const double first = VECTOR(values)[0];
    igraph_vector_destroy(&values);
    return first;
  };
  k.peer_share = 0.02;
#endif
  k.work = [=](inputs& in, const machine& m) {
    const auto vertices = static_cast<double>(in.graph(name).vertex_count());
    work result{.items = vertices * (vertices - 1), .unit = "pairs"};
    result.limit_seconds = all_pairs_limit(in.graph(name), name, m);  // the same searches
    return result;
  };
  benches.add(std::move(k));
}

/// Brandes' and closeness by lengths, one Dijkstra search a source.
void add_by_lengths(suite& benches, graph_name name, bool between) {
  const auto kept = std::make_shared<std::unique_ptr<with_lengths>>();
  const auto input = [=](inputs& in) -> const with_lengths& {
    if (!*kept) *kept = add_lengths(in.graph(name), in.threads());
    return **kept;
  };
  const auto compute = [=](const vn::graph& g, const vn::execution& exec) {
    return between
               ? vn::betweenness(g, {.length = vn::arc_length::weight}, exec).values
               : vn::closeness(
                     g, {.convention = vn::convention::igraph, .length = vn::arc_length::weight},
                     exec)
                     .values;
  };
  kernel k{.name = between ? "betweenness by lengths" : "closeness by lengths", .graph = name};
  k.verify = [=](inputs& in) -> std::string {
    const with_lengths& on = input(in);
    const std::vector<double> found = compute(on.graph, {.threads = in.threads()});
#ifdef VALUENET_BENCH_IGRAPH
    // igraph's own, of a few vertices (closeness) or of a graph small enough for all its sources.
    igraph_vector_t values;
    igraph_vector_init(&values, 0);
    const igraph_t* g = in.igraph(name);
    std::string verdict;
    if (between) {
      const bool small = on.graph.vertex_count() < 10'000;
      if (small) {
        igraph_betweenness(g, &values, igraph_vss_all(), is_directed(name), &on.lengths);
        for (std::size_t v = 0; v < found.size() && verdict.empty(); ++v) {
          verdict = expect_near("betweenness", found[v], VECTOR(values)[v],
                                1e-9 * (1.0 + std::abs(found[v])));
        }
      }
    } else {
      const vertex_share chosen(g, 24.0 / static_cast<double>(found.size()));
      igraph_closeness(g, &values, nullptr, nullptr, chosen.get(), IGRAPH_OUT, &on.lengths, true);
      const auto count = igraph_vector_size(&values);
      for (igraph_integer_t i = 0; i < count && verdict.empty(); ++i) {
        const auto v = static_cast<std::size_t>(igraph_vcount(g) * i / count);
        if (!std::isfinite(VECTOR(values)[i])) continue;  // it reaches nobody
        verdict = expect_near("closeness", found[v], VECTOR(values)[i], 1e-9);
      }
    }
    igraph_vector_destroy(&values);
    if (!verdict.empty()) return verdict;
#endif
    return found.empty() ? "no values" : std::string{};
  };
  k.run = [=](inputs& in, const vn::execution& exec) {
    return compute(input(in).graph, exec).front();
  };
#ifdef VALUENET_BENCH_IGRAPH
  k.peer = [=](inputs& in, double share) {
    const with_lengths& on = input(in);
    igraph_vector_t values;
    igraph_vector_init(&values, 0);
    const igraph_t* g = in.igraph(name);
    const vertex_share chosen(g, share);
    if (between) {
      igraph_betweenness_subset(g, &values, igraph_vss_all(), is_directed(name), chosen.get(),
                                igraph_vss_all(), &on.lengths);
    } else {
      igraph_closeness(g, &values, nullptr, nullptr, chosen.get(), IGRAPH_OUT, &on.lengths, true);
    }
    const double first = VECTOR(values)[0];
    igraph_vector_destroy(&values);
    return first;
  };
  k.peer_share = 0.005;
#endif
  k.work = [=](inputs& in, const machine&) {
    const vn::graph& g = in.graph(name);
    return work{.items = static_cast<double>(g.vertex_count()) * static_cast<double>(g.arc_count()),
                .unit = "arcs from all sources"};
  };
  benches.add(std::move(k));
}

}  // namespace

void add_centrality(suite& benches) {
  for (const graph_name name : {graph_name::hub43k, graph_name::hub43k_directed,
                                graph_name::surrogate, graph_name::surrogate_directed}) {
    add_betweenness(benches, name, false);
    add_betweenness(benches, name, true);
    add_nearness(benches, name, nearness::closeness);
    add_nearness(benches, name, nearness::harmonic);
  }
  for (const graph_name name :
       {graph_name::power_grid, graph_name::hub43k, graph_name::hub43k_directed}) {
    add_by_lengths(benches, name, true);
    add_by_lengths(benches, name, false);
  }
  add_sampled_betweenness(benches, graph_name::rmat18, 512);
  add_sampled_betweenness(benches, graph_name::rmat20, 256);
}

}  // namespace bench
