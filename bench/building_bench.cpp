// From rows to sorted compressed rows: count, scatter, sort, merge.
#include "valuenet/graph/builder.hpp"

#include <algorithm>

#include <benchmark/benchmark.h>

#include "suite.hpp"

namespace bench {

namespace vn = valuenet;

namespace {

constexpr vn::build_options undirected_simple{.direction = vn::direction::undirected,
                                              .vertex_count = {},
                                              .duplicates = vn::duplicates::first,
                                              .loops = vn::loops::drop};

/// The distinct undirected edges by sorting pairs: another way to the same graph.
std::vector<std::uint64_t> sorted_pairs(const vn::edge_list& edges) {
  std::vector<std::uint64_t> pairs;
  pairs.reserve(edges.sources.size() * 2);
  for (std::size_t i = 0; i < edges.sources.size(); ++i) {
    const std::uint64_t s = edges.sources[i];
    const std::uint64_t t = edges.targets[i];
    if (s == t) continue;
    pairs.push_back(s << 32 | t);
    pairs.push_back(t << 32 | s);
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

/// Counting sort by source, then each row sorted and its repeats left out.
double build_plainly(const vn::edge_list& edges) {
  std::vector<std::uint64_t> offsets(edges.vertex_count + std::size_t{1}, 0);
  const std::size_t rows = edges.sources.size();
  for (std::size_t i = 0; i < rows; ++i) {
    if (edges.sources[i] == edges.targets[i]) continue;
    ++offsets[edges.sources[i] + std::size_t{1}];
    ++offsets[edges.targets[i] + std::size_t{1}];
  }
  for (std::size_t v = 1; v < offsets.size(); ++v) offsets[v] += offsets[v - 1];
  std::vector<vn::vertex_id> targets(offsets.back());
  std::vector<std::uint64_t> cursors(offsets.begin(), offsets.end() - 1);
  for (std::size_t i = 0; i < rows; ++i) {
    if (edges.sources[i] == edges.targets[i]) continue;
    targets[cursors[edges.sources[i]]++] = edges.targets[i];
    targets[cursors[edges.targets[i]]++] = edges.sources[i];
  }
  std::uint64_t written = 0;
  for (std::size_t v = 0; v < edges.vertex_count; ++v) {
    const auto begin = targets.begin() + static_cast<std::ptrdiff_t>(offsets[v]);
    const auto end = targets.begin() + static_cast<std::ptrdiff_t>(offsets[v + 1]);
    std::sort(begin, end);
    offsets[v] = written;
    for (auto each = begin; each != end; ++each) {
      if (each != begin && *each == *(each - 1)) continue;
      targets[written++] = *each;
    }
  }
  targets.resize(written);
  return static_cast<double>(targets.size());
}

}  // namespace

void add_building(suite& benches) {
  for (const graph_name name :
       {graph_name::hub43k, graph_name::rmat18, graph_name::rmat20, graph_name::rmat22}) {
    kernel k{.name = "build graph", .graph = name};
    k.verify = [name](inputs& in) -> std::string {
      const vn::graph g =
          vn::build_graph(in.edges(name).columns(), undirected_simple, {.threads = in.threads()});
      const std::vector<std::uint64_t> pairs = sorted_pairs(in.edges(name));
      if (g.arc_count() != pairs.size()) {
        return expect_equal("arcs", static_cast<double>(g.arc_count()),
                            static_cast<double>(pairs.size()));
      }
      std::size_t i = 0;
      for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
        for (const vn::vertex_id target : g.out_neighbors(v)) {
          if (pairs[i++] != (std::uint64_t{v} << 32 | target)) {
            return "the row of vertex " + std::to_string(v) + " is not what sorting pairs gives";
          }
        }
      }
      return {};
    };
    k.run = [name](inputs& in, const vn::execution& exec) {
      const vn::graph g = vn::build_graph(in.edges(name).columns(), undirected_simple, exec);
      return static_cast<double>(g.arc_count());
    };
    k.plain = [name](inputs& in) { return build_plainly(in.edges(name)); };
#ifdef VALUENET_BENCH_IGRAPH
    k.peer = [name](inputs& in, double) {
      const vn::edge_list& edges = in.edges(name);
      const auto rows = static_cast<igraph_integer_t>(edges.sources.size());
      igraph_vector_int_t ends;
      igraph_vector_int_init(&ends, 2 * rows);
      for (igraph_integer_t i = 0; i < rows; ++i) {
        VECTOR(ends)[2 * i] = edges.sources[static_cast<std::size_t>(i)];
        VECTOR(ends)[2 * i + 1] = edges.targets[static_cast<std::size_t>(i)];
      }
      igraph_t g;
      igraph_create(&g, &ends, edges.vertex_count, false);
      igraph_vector_int_destroy(&ends);
      igraph_simplify(&g, true, true, nullptr);
      const auto count = static_cast<double>(igraph_ecount(&g));
      igraph_destroy(&g);
      return count;
    };
#endif
    k.work = [name](inputs& in, const machine& m) {
      const auto rows = static_cast<double>(in.edges(name).sources.size());
      const auto arcs = static_cast<double>(in.graph(name).arc_count());
      // Rows are read twice (count, scatter), each end lands somewhere in the targets, and the
      // result is written once.
      return work{.items = rows,
                  .unit = "rows",
                  .limit_seconds = m.seconds(16 * rows + 4 * arcs, 2 * rows, 8 * rows)};
    };
    benches.add(std::move(k));
  }
}

}  // namespace bench
