#include "inputs.hpp"

#include "valuenet/graph/builder.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/synthesis/surrogate.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

namespace bench {

namespace vn = valuenet;

namespace {

const std::string hub43k_file = std::string(VALUENET_SHARED_DIR) + "/data/graphs/hub43k.tsv";
const std::string power_grid_file = std::string(VALUENET_SHARED_DIR) + "/data/graphs/power.tsv";

/// Two numbers a line, comments after '#'.
vn::edge_list read_rows(const std::string& path, vn::vertex_id vertices) {
  std::ifstream file(path);
  vn::edge_list result{.vertex_count = vertices, .sources = {}, .targets = {}};
  for (std::string text; std::getline(file, text);) {
    std::istringstream row(text);
    vn::vertex_id source = 0;
    vn::vertex_id target = 0;
    if (!(row >> source >> target)) continue;
    result.sources.push_back(source);
    result.targets.push_back(target);
  }
  return result;
}

/// Where the file is not there: as many vertices and about as many arcs, with hubs and leaves.
vn::edge_list make_up_hub43k(int threads) {
  vn::edge_list result = vn::rmat_edges(
      {.scale = 16, .edge_factor = 97980.0 / 65536.0, .a = 0.65, .b = 0.15, .c = 0.15},
      {.threads = threads});
  for (vn::vertex_id& v : result.sources) v %= 43742;
  for (vn::vertex_id& v : result.targets) v %= 43742;
  result.vertex_count = 43742;
  return result;
}

/// The relations of a made-up network with the figures printed for 2021.
vn::edge_list make_surrogate(int threads) {
  const vn::execution exec{.threads = threads};
  const vn::selection selected = vn::select(vn::surrogate(vn::profile("2021"), {}, exec), {}, exec);
  const vn::graph& g = selected.graph();
  vn::edge_list result{.vertex_count = g.vertex_count(), .sources = {}, .targets = {}};
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    for (const vn::vertex_id target : g.out_neighbors(v)) {
      result.sources.push_back(v);
      result.targets.push_back(target);
    }
  }
  return result;
}

/// A grid of side * side crossings without the streets that a hash picks, a quarter of all.
vn::edge_list make_mesh(vn::vertex_id side) {
  vn::edge_list result{.vertex_count = side * side, .sources = {}, .targets = {}};
  std::uint64_t street = 0;
  const auto add = [&](vn::vertex_id v, vn::vertex_id u) {
    const std::uint64_t hash = ++street * 0x9E3779B97F4A7C15U;
    if (((hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9U) >> 62 == 0) return;
    result.sources.push_back(v);
    result.targets.push_back(u);
  };
  for (vn::vertex_id v = 0; v < side * side; ++v) {
    if (v % side + 1 < side) add(v, v + 1);
    if (v / side + 1 < side) add(v, v + side);
  }
  return result;
}

/// 0: not an R-MAT graph.
int scale_of(graph_name name) {
  switch (name) {
    case graph_name::hub43k:
    case graph_name::hub43k_directed:
    case graph_name::surrogate:
    case graph_name::surrogate_directed:
    case graph_name::power_grid:
    case graph_name::mesh:
      return 0;
    case graph_name::rmat16:
      return 16;
    case graph_name::rmat18:
    case graph_name::rmat18_directed:
      return 18;
    case graph_name::rmat20:
    case graph_name::rmat20_directed:
      return 20;
    case graph_name::rmat22:
    case graph_name::rmat22_directed:
      return 22;
  }
  return 0;
}

vn::edge_list make_edges(graph_name name, int threads) {
  switch (name) {
    case graph_name::hub43k:
    case graph_name::hub43k_directed:
      return inputs::has_hub43k() ? read_rows(hub43k_file, 43742) : make_up_hub43k(threads);
    case graph_name::surrogate:
    case graph_name::surrogate_directed:
      return make_surrogate(threads);
    case graph_name::power_grid:
      return inputs::has_power_grid() ? read_rows(power_grid_file, 4941) : make_mesh(70);
    case graph_name::mesh:
      return make_mesh(1000);
    default:
      return vn::rmat_edges({.scale = scale_of(name)}, {.threads = threads});
  }
}

}  // namespace

bool is_directed(graph_name name) {
  return name == graph_name::hub43k_directed || name == graph_name::surrogate_directed ||
         name == graph_name::rmat18_directed || name == graph_name::rmat20_directed ||
         name == graph_name::rmat22_directed;
}

bool is_large(graph_name name) {
  return scale_of(name) >= 20;
}

std::string to_string(graph_name name) {
  if (name == graph_name::power_grid) return "power grid";
  if (name == graph_name::mesh) return "mesh 1000";
  if (name == graph_name::surrogate) return "surrogate 2021";
  if (name == graph_name::surrogate_directed) return "surrogate 2021 directed";
  const int scale = scale_of(name);
  return fmt::format("{}{}", scale == 0 ? "hub43k" : fmt::format("R-MAT {}", scale),
                     is_directed(name) ? " directed" : "");
}

bool inputs::has_hub43k() {
  return std::filesystem::exists(hub43k_file);
}

bool inputs::has_power_grid() {
  return std::filesystem::exists(power_grid_file);
}

inputs::store& inputs::of(graph_name name) {
  if (!stores_.contains(name)) stores_.clear();
  return stores_[name];
}

const vn::edge_list& inputs::edges(graph_name name) {
  store& s = of(name);
  if (!s.edges) s.edges = std::make_unique<vn::edge_list>(make_edges(name, threads_));
  return *s.edges;
}

const vn::graph& inputs::graph(graph_name name) {
  store& s = of(name);
  if (!s.graph) {
    s.graph = std::make_unique<vn::graph>(vn::build_graph(
        edges(name).columns(),
        {.direction = is_directed(name) ? vn::direction::directed : vn::direction::undirected,
         .vertex_count = edges(name).vertex_count,
         .duplicates = vn::duplicates::first,
         .loops = vn::loops::drop},
        {.threads = threads_}));
  }
  return *s.graph;
}

#ifdef VALUENET_BENCH_IGRAPH

igraph_copy::igraph_copy(const vn::graph& g) {
  igraph_vector_int_t ends;
  igraph_vector_int_init(&ends, static_cast<igraph_integer_t>(2 * g.edge_count()));
  igraph_integer_t at = 0;
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    for (const vn::vertex_id target : g.out_neighbors(v)) {
      if (!g.is_directed() && target < v) continue;
      VECTOR(ends)[at++] = v;
      VECTOR(ends)[at++] = target;
    }
  }
  const igraph_error_t status = igraph_create(
      &graph_, &ends, static_cast<igraph_integer_t>(g.vertex_count()), g.is_directed());
  igraph_vector_int_destroy(&ends);
  if (status != IGRAPH_SUCCESS) throw std::runtime_error("igraph could not build the graph");
}

const igraph_t* inputs::igraph(graph_name name) {
  const vn::graph& g = graph(name);
  store& s = of(name);
  if (!s.igraph) {
    const auto start = std::chrono::steady_clock::now();
    s.igraph = std::make_unique<igraph_copy>(g);
    copying_seconds_ +=
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
  return s.igraph->get();
}

#endif

}  // namespace bench
