// The diameter alone.
#include "valuenet/metrics/diameter.hpp"

#include <algorithm>

#include <benchmark/benchmark.h>

#include "oracle.hpp"
#include "suite.hpp"

namespace bench {

namespace vn = valuenet;

namespace {

/// The path it names must be as long as it says. That none is longer: the known value, or all
/// distances where they are few, or igraph, or searches from some sources where even igraph would
/// take hours.
std::string verify_diameter(const vn::graph& g, std::uint32_t known, bool is_small,
                            const vn::execution& exec) {
  const vn::diameter_result found = vn::diameter(g, {}, exec);
  if (!found.diameter) return "no diameter";
  const auto length = static_cast<int>(*found.diameter);
  if (distances_from(g, found.source)[found.target] != length) {
    return "no path as long as the diameter between the two vertices that it names";
  }
  if (known != 0) return expect_equal("diameter", *found.diameter, known);
  const vn::vertex_id sources = is_small ? g.vertex_count() : 16;
  for (vn::vertex_id i = 0; i < sources; ++i) {
    const auto source = static_cast<vn::vertex_id>(std::uint64_t{g.vertex_count()} * i / sources);
    const std::vector<int> distance = distances_from(g, source);
    if (*std::max_element(distance.begin(), distance.end()) > length) {
      return "a longer path from vertex " + std::to_string(source);
    }
  }
  return {};
}

#ifdef VALUENET_BENCH_IGRAPH
/// igraph_diameter searches from every vertex; a share of it is the eccentricities of some.
double igraph_diameter_of(const igraph_t* g, double share, bool directed) {
  if (share >= 1.0) {
    igraph_real_t length = 0;
    igraph_diameter(g, &length, nullptr, nullptr, nullptr, nullptr, directed, true);
    return length;
  }
  const igraph_integer_t vertices = igraph_vcount(g);
  const auto sources = std::max<igraph_integer_t>(
      1, static_cast<igraph_integer_t>(share * static_cast<double>(vertices)));
  igraph_vector_int_t chosen;
  igraph_vector_int_init(&chosen, sources);
  for (igraph_integer_t i = 0; i < sources; ++i) VECTOR(chosen)[i] = vertices * i / sources;
  igraph_vector_t found;
  igraph_vector_init(&found, 0);
  igraph_eccentricity(g, &found, igraph_vss_vector(&chosen), IGRAPH_OUT);
  const double largest = igraph_vector_max(&found);
  igraph_vector_destroy(&found);
  igraph_vector_int_destroy(&chosen);
  return largest;
}
#endif

/// What other programs found (reference values of this project); 0: nothing known.
std::uint32_t known_diameter(graph_name name) {
  if (name == graph_name::hub43k && inputs::has_hub43k()) return 14;
  if (name == graph_name::hub43k_directed && inputs::has_hub43k()) return 15;
  if (name == graph_name::power_grid && inputs::has_power_grid()) return 46;
  return 0;
}

}  // namespace

void add_diameter(suite& benches) {
  for (const graph_name name :
       {graph_name::hub43k, graph_name::hub43k_directed, graph_name::power_grid, graph_name::mesh,
        graph_name::rmat18, graph_name::rmat18_directed, graph_name::rmat20,
        graph_name::rmat20_directed, graph_name::rmat22, graph_name::rmat22_directed}) {
    kernel k{.name = "diameter", .graph = name};
    k.verify = [=](inputs& in) {
      return verify_diameter(in.graph(name), known_diameter(name), name == graph_name::power_grid,
                             {.threads = in.threads()});
    };
    k.run = [=](inputs& in, const vn::execution& exec) {
      return static_cast<double>(vn::diameter(in.graph(name), {}, exec).diameter.value_or(0));
    };
#ifdef VALUENET_BENCH_IGRAPH
    k.peer = [=](inputs& in, double share) {
      return igraph_diameter_of(in.igraph(name), share, is_directed(name));
    };
    k.peer_share = name == graph_name::power_grid                                      ? 1.0
                   : name == graph_name::hub43k || name == graph_name::hub43k_directed ? 0.01
                   : name == graph_name::mesh                                          ? 0.00001
                   : name == graph_name::rmat18 || name == graph_name::rmat18_directed ? 0.0001
                                                                                       : 0.00001;
#endif
    k.work = [=](inputs& in, const machine& m) {
      // Nobody can tell without having seen every arc.
      const vn::graph& g = in.graph(name);
      const auto arcs = static_cast<double>(g.arc_count());
      return work{.items = arcs, .limit_seconds = m.seconds(4.0 * arcs + 8.0 * g.vertex_count())};
    };
    benches.add(std::move(k));
  }
}

}  // namespace bench
