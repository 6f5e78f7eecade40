// Degrees, triangles and clustering, components: what is counted in a pass or a few.
#include "valuenet/metrics/clustering.hpp"
#include "valuenet/metrics/components.hpp"
#include "valuenet/metrics/degree.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <benchmark/benchmark.h>

#include "oracle.hpp"
#include "suite.hpp"

namespace bench {

namespace vn = valuenet;

namespace {

double bytes_of_rows(const vn::graph& g) {
  return 4.0 * static_cast<double>(g.arc_count()) + 8.0 * static_cast<double>(g.vertex_count());
}

void add_degrees(suite& benches, graph_name name) {
  kernel k{.name = "degrees", .graph = name};
  k.verify = [=](inputs& in) {
    const vn::graph& g = in.graph(name);
    const std::vector<std::uint64_t> found =
        vn::degrees(g, vn::degree_kind::total, {.threads = in.threads()});
    std::vector<std::uint64_t> expected(g.vertex_count(), 0);
    for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
      for (const vn::vertex_id target : g.out_neighbors(v)) {
        ++expected[v];
        if (g.is_directed()) ++expected[target];
      }
    }
    return found == expected ? std::string{} : "degrees differ from counted arcs";
  };
  k.run = [=](inputs& in, const vn::execution& exec) {
    return static_cast<double>(vn::degrees(in.graph(name), vn::degree_kind::total, exec)[0]);
  };
  k.plain = [=](inputs& in) {
    const vn::graph& g = in.graph(name);
    const auto out = g.out_offsets();
    const auto into = g.in_offsets();
    std::vector<std::uint64_t> result(g.vertex_count());
    if (g.is_directed()) {
      for (std::size_t v = 0; v < result.size(); ++v) {
        result[v] = out[v + 1] - out[v] + into[v + 1] - into[v];
      }
    } else {
      for (std::size_t v = 0; v < result.size(); ++v) result[v] = out[v + 1] - out[v];
    }
    return static_cast<double>(result[0]);
  };
#ifdef VALUENET_BENCH_IGRAPH
  k.peer = [=](inputs& in, double) {
    igraph_vector_int_t degrees;
    igraph_vector_int_init(&degrees, 0);
    igraph_degree(in.igraph(name), &degrees, igraph_vss_all(), IGRAPH_ALL, IGRAPH_LOOPS);
    const auto first = static_cast<double>(VECTOR(degrees)[0]);
    igraph_vector_int_destroy(&degrees);
    return first;
  };
#endif
  k.work = [=](inputs& in, const machine& m) {
    const auto vertices = static_cast<double>(in.graph(name).vertex_count());
    return work{.items = vertices,
                .unit = "vertices",
                .limit_seconds = m.seconds((is_directed(name) ? 24.0 : 16.0) * vertices)};
  };
  benches.add(std::move(k));
}

void add_clustering(suite& benches, graph_name name) {
  kernel k{.name = "clustering", .graph = name};
#ifdef VALUENET_BENCH_IGRAPH
  const bool is_peered = name != graph_name::rmat22;  // igraph would take a quarter of an hour
#endif
  k.verify = [=](inputs& in) {
    const vn::graph& g = in.graph(name);
    const vn::clustering_result found =
        vn::clustering(g, {.convention = vn::convention::igraph}, {.threads = in.threads()});
    double triples = 0.0;
    for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
      const auto degree = static_cast<double>(g.out_neighbors(v).size());
      triples += degree * (degree - 1.0) / 2.0;
    }
    const auto triangles = static_cast<double>(count_triangles(g));
    std::vector<std::string> verdicts{
        expect_equal("triangles", static_cast<double>(found.triangle_count), triangles),
        expect_near("transitivity", found.transitivity.value_or(-1.0), 3.0 * triangles / triples,
                    1e-12)};
#ifdef VALUENET_BENCH_IGRAPH
    if (is_peered) {
      double average = 0.0;
      igraph_transitivity_avglocal_undirected(in.igraph(name), &average, IGRAPH_TRANSITIVITY_NAN);
      verdicts.push_back(expect_near("average", found.average.value_or(-1.0), average, 1e-9));
    }
#endif
    return first_failure(verdicts);
  };
  k.run = [=](inputs& in, const vn::execution& exec) {
    return vn::clustering(in.graph(name), {.convention = vn::convention::igraph}, exec)
        .average.value_or(0.0);
  };
  k.plain = [=](inputs& in) { return static_cast<double>(count_triangles(in.graph(name))); };
#ifdef VALUENET_BENCH_IGRAPH
  if (is_peered) {
    k.peer = [=](inputs& in, double) {
      igraph_vector_t local;
      igraph_vector_init(&local, 0);
      igraph_transitivity_local_undirected(in.igraph(name), &local, igraph_vss_all(),
                                           IGRAPH_TRANSITIVITY_NAN);
      double transitivity = 0.0;
      igraph_transitivity_undirected(in.igraph(name), &transitivity, IGRAPH_TRANSITIVITY_NAN);
      igraph_vector_destroy(&local);
      return transitivity;
    };
  }
#endif
  // No limit: what must be looked at depends on the order chosen, and lies in cache or not by it.
  k.work = [=](inputs& in, const machine&) {
    return work{.items = static_cast<double>(in.graph(name).arc_count())};
  };
  benches.add(std::move(k));
}

/// Arcs between different neighbours over k (k - 1), by their definition.
void add_directed_clustering(suite& benches, graph_name name) {
  kernel k{.name = "Gephi clustering", .graph = name};
  k.verify = [=](inputs& in) {
    const vn::graph& g = in.graph(name);
    const vn::clustering_result found = vn::clustering(g, {}, {.threads = in.threads()});
    for (vn::vertex_id i = 0; i < 200; ++i) {
      const auto v = static_cast<vn::vertex_id>(std::uint64_t{g.vertex_count()} * i / 200);
      std::vector<vn::vertex_id> neighbors(g.out_neighbors(v).begin(), g.out_neighbors(v).end());
      neighbors.insert(neighbors.end(), g.in_neighbors(v).begin(), g.in_neighbors(v).end());
      std::sort(neighbors.begin(), neighbors.end());
      neighbors.erase(std::unique(neighbors.begin(), neighbors.end()), neighbors.end());
      double arcs = 0.0;
      for (const vn::vertex_id u : neighbors) {
        for (const vn::vertex_id w : g.out_neighbors(u)) {
          arcs += std::binary_search(neighbors.begin(), neighbors.end(), w) ? 1.0 : 0.0;
        }
      }
      const auto k_v = static_cast<double>(neighbors.size());
      const double expected = k_v < 2.0 ? 0.0 : arcs / (k_v * (k_v - 1.0));
      if (std::abs(found.local[v] - expected) > 1e-12) {
        return expect_equal("clustering of vertex " + std::to_string(v), found.local[v], expected);
      }
    }
    return std::string{};
  };
  k.run = [=](inputs& in, const vn::execution& exec) {
    return vn::clustering(in.graph(name), {}, exec).average.value_or(0.0);
  };
  k.work = [=](inputs& in, const machine&) {
    return work{.items = static_cast<double>(in.graph(name).arc_count())};
  };
  benches.add(std::move(k));
}

void add_components(suite& benches, graph_name name) {
  const bool strong = is_directed(name);
  kernel k{.name = strong ? "strong components" : "weak components", .graph = name};
  const auto compute = [=](const vn::graph& g, const vn::execution& exec) {
    return strong ? vn::strong_components(g, exec) : vn::weak_components(g, exec);
  };
#ifdef VALUENET_BENCH_IGRAPH
  const auto peer = [=](inputs& in, igraph_vector_int_t* membership) {
    igraph_integer_t count = 0;
    igraph_connected_components(in.igraph(name), membership, nullptr, &count,
                                strong ? IGRAPH_STRONG : IGRAPH_WEAK);
    return static_cast<double>(count);
  };
#endif
  k.verify = [=](inputs& in) -> std::string {
    const vn::graph& g = in.graph(name);
    const vn::components_result found = compute(g, {.threads = in.threads()});
#ifdef VALUENET_BENCH_IGRAPH
    igraph_vector_int_t membership;
    igraph_vector_int_init(&membership, 0);
    const double count = peer(in, &membership);
    // Equal counts and every one of our components within one of theirs: the same partition.
    std::vector<igraph_integer_t> theirs(found.count, -1);
    bool same = count == static_cast<double>(found.count);
    for (vn::vertex_id v = 0; v < g.vertex_count() && same; ++v) {
      igraph_integer_t& of = theirs[found.component[v]];
      if (of < 0) of = VECTOR(membership)[v];
      same = of == VECTOR(membership)[v];
    }
    igraph_vector_int_destroy(&membership);
    if (!same) return "components differ from igraph's";
#else
    // A search from a vertex of the largest component reaches at least all of it.
    const auto member = std::find(found.component.begin(), found.component.end(), *found.largest);
    const std::vector<int> distance =
        distances_from(g, static_cast<vn::vertex_id>(member - found.component.begin()));
    for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
      const bool inside = found.component[v] == *found.largest;
      if (strong ? inside && distance[v] < 0 : inside != (distance[v] >= 0)) {
        return "the largest component differs from a plain search's";
      }
    }
#endif
    return {};
  };
  k.run = [=](inputs& in, const vn::execution& exec) {
    return static_cast<double>(compute(in.graph(name), exec).count);
  };
#ifdef VALUENET_BENCH_IGRAPH
  k.peer = [=](inputs& in, double) { return peer(in, nullptr); };
#endif
  k.work = [=](inputs& in, const machine& m) {
    const vn::graph& g = in.graph(name);
    return work{.items = static_cast<double>(g.arc_count()),
                .limit_seconds = m.seconds((strong ? 2.0 : 1.0) * bytes_of_rows(g))};
  };
  benches.add(std::move(k));
}

}  // namespace

void add_structure(suite& benches) {
  for (const graph_name name :
       {graph_name::hub43k_directed, graph_name::rmat18, graph_name::rmat22}) {
    add_degrees(benches, name);
  }
  for (const graph_name name :
       {graph_name::hub43k, graph_name::rmat18, graph_name::rmat20, graph_name::rmat22}) {
    add_clustering(benches, name);
  }
  for (const graph_name name :
       {graph_name::hub43k_directed, graph_name::rmat18_directed, graph_name::rmat20_directed}) {
    add_directed_clustering(benches, name);
  }
  for (const graph_name name :
       {graph_name::hub43k, graph_name::hub43k_directed, graph_name::rmat18,
        graph_name::rmat18_directed, graph_name::rmat22, graph_name::rmat22_directed}) {
    add_components(benches, name);
  }
}

}  // namespace bench
