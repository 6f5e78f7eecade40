// The kernels of the growth table.
#include "valuenet/valuenet.hpp"

#include <cstdio>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <unistd.h>

#include "suite.hpp"

namespace bench {

namespace vn = valuenet;

namespace {

constexpr auto undirected = growing_graph::undirected;
constexpr auto directed = growing_graph::directed;
constexpr auto with_lengths = growing_graph::with_lengths;

/// Compute is a function of a growth_input and an execution.
template <class Compute>
void grow(suite& benches, const std::string& name, growing_graph on, Compute compute) {
  const char* const suffix = on == directed ? ", directed" : "";
  benches.add(growing_kernel{.name = name + suffix,
                             .on = on,
                             .run = [=](const growth_input& in, const vn::execution& exec) {
                               benchmark::DoNotOptimize(compute(in, exec));
                             }});
}

/// Written once and opened again; the file goes.
std::uint64_t write_and_open(const vn::graph& g, const vn::execution& exec) {
  const std::string name = (std::filesystem::temp_directory_path() /
                            fmt::format("valuenet-bench-growth-{}.vnet", ::getpid()))
                               .string();
  vn::write_snapshot(g, name, exec);
  const std::uint64_t arcs = vn::read_graph_snapshot(name, {}, exec).arc_count();
  std::filesystem::remove(name);
  return arcs;
}

std::vector<std::uint32_t> categories(vn::vertex_id vertices) {
  std::vector<std::uint32_t> result(vertices);
  for (std::size_t v = 0; v < result.size(); ++v) {
    result[v] = static_cast<std::uint32_t>((v * 0x9E3779B97F4A7C15U >> 33) % 31);
  }
  return result;
}

void add_distances_growing(suite& benches) {
  for (const growing_graph on : {undirected, directed}) {
    grow(benches, "distances", on, [](const growth_input& in, const vn::execution& exec) {
      return vn::distances(in.graph, {.method = vn::distance_method::exact}, exec);
    });
    grow(benches, "diameter", on, [](const growth_input& in, const vn::execution& exec) {
      return vn::diameter(in.graph, {}, exec);
    });
  }
  grow(benches, "distances sampled", undirected,
       [](const growth_input& in, const vn::execution& exec) {
         return vn::distances(in.graph, {.method = vn::distance_method::sampled}, exec);
       });
  grow(benches, "distances HyperBall", undirected,
       [](const growth_input& in, const vn::execution& exec) {
         return vn::distances(in.graph, {.method = vn::distance_method::hyperball}, exec);
       });
}

void add_centrality_growing(suite& benches) {
  grow(benches, "closeness", undirected, [](const growth_input& in, const vn::execution& exec) {
    return vn::closeness(in.graph, {.convention = vn::convention::igraph}, exec);
  });
  grow(benches, "harmonic", undirected, [](const growth_input& in, const vn::execution& exec) {
    return vn::harmonic_closeness(in.graph, {.convention = vn::convention::igraph}, exec);
  });
  for (const growing_graph on : {undirected, directed}) {
    grow(benches, "betweenness", on, [](const growth_input& in, const vn::execution& exec) {
      return vn::betweenness(in.graph, {}, exec);
    });
  }
  grow(benches, "edge betweenness", undirected,
       [](const growth_input& in, const vn::execution& exec) {
         return vn::edge_betweenness(in.graph, {}, exec);
       });
  grow(benches, "betweenness by lengths", with_lengths,
       [](const growth_input& in, const vn::execution& exec) {
         return vn::betweenness(in.graph, {.length = vn::arc_length::weight}, exec);
       });
  grow(benches, "sampled betweenness, 64 sources", undirected,
       [](const growth_input& in, const vn::execution& exec) {
         return vn::betweenness(in.graph, {.sampled_sources = 64}, exec);
       });
}

void add_spectral_growing(suite& benches) {
  grow(benches, "PageRank", directed, [](const growth_input& in, const vn::execution& exec) {
    return vn::pagerank(in.graph, {}, exec);
  });
  grow(benches, "HITS", directed, [](const growth_input& in, const vn::execution& exec) {
    return vn::hits(in.graph, {}, exec);
  });
  grow(benches, "Katz", directed, [](const growth_input& in, const vn::execution& exec) {
    // Converges on every graph.
    const double attenuation = 0.5 / static_cast<double>(in.graph.out_arc_count(in.busiest) + 1);
    return vn::katz(in.graph, {.attenuation = attenuation}, exec);
  });
  grow(benches, "eigenvector", undirected, [](const growth_input& in, const vn::execution& exec) {
    return vn::eigenvector(in.graph, {}, exec);
  });
}

void add_structure_growing(suite& benches) {
  grow(benches, "degrees", undirected, [](const growth_input& in, const vn::execution& exec) {
    return vn::degrees(in.graph, vn::degree_kind::total, exec);
  });
  for (const growing_graph on : {undirected, directed}) {
    grow(benches, "clustering", on, [](const growth_input& in, const vn::execution& exec) {
      return vn::clustering(in.graph, {}, exec);
    });
  }
  grow(benches, "weak components", undirected,
       [](const growth_input& in, const vn::execution& exec) {
         return vn::weak_components(in.graph, exec);
       });
  grow(benches, "strong components", directed,
       [](const growth_input& in, const vn::execution& exec) {
         return vn::strong_components(in.graph, exec);
       });
  grow(benches, "k-core and onion", undirected,
       [](const growth_input& in, const vn::execution& exec) {
         return vn::core_numbers(in.graph, exec);
       });
  grow(benches, "breadth-first search", undirected,
       [](const growth_input& in, const vn::execution& exec) {
         return vn::breadth_first_search(in.graph, in.busiest, {}, exec);
       });
  grow(benches, "shortest paths", with_lengths,
       [](const growth_input& in, const vn::execution& exec) {
         return vn::shortest_paths(in.graph, in.busiest, {}, exec);
       });
  grow(benches, "triad census", directed, [](const growth_input& in, const vn::execution& exec) {
    return vn::triad_census(in.graph, exec);
  });
  grow(benches, "rich club", undirected, [](const growth_input& in, const vn::execution& exec) {
    return vn::rich_club(in.graph, exec);
  });
  grow(benches, "reciprocity", directed, [](const growth_input& in, const vn::execution& exec) {
    return vn::reciprocity(in.graph, {}, exec);
  });
  grow(benches, "degree assortativity", directed,
       [](const growth_input& in, const vn::execution& exec) {
         return vn::degree_assortativity(in.graph, {}, exec);
       });
  grow(benches, "mixing of 31 categories", directed,
       [](const growth_input& in, const vn::execution& exec) {
         return vn::attribute_mixing(in.graph, categories(in.graph.vertex_count()), {}, exec);
       });
}

}  // namespace

void add_growing(suite& benches) {
  grow(benches, "build graph", undirected, [](const growth_input& in, const vn::execution& exec) {
    return vn::build_graph(in.edges.columns(),
                           {.direction = vn::direction::undirected,
                            .vertex_count = in.edges.vertex_count,
                            .duplicates = vn::duplicates::first,
                            .loops = vn::loops::drop},
                           exec);
  });
  grow(benches, "write and open snapshot", undirected,
       [](const growth_input& in, const vn::execution& exec) {
         return write_and_open(in.graph, exec);
       });
  add_distances_growing(benches);
  add_centrality_growing(benches);
  add_spectral_growing(benches);
  add_structure_growing(benches);
  for (const vn::community_method method :
       {vn::community_method::leiden, vn::community_method::louvain}) {
    grow(benches, method == vn::community_method::leiden ? "Leiden" : "Louvain", undirected,
         [=](const growth_input& in, const vn::execution& exec) {
           return vn::communities(in.graph, {.method = method, .seed = 42}, exec);
         });
  }
}

}  // namespace bench
