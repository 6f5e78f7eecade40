// GCC 12 takes the optionals inside Boost's own edge iterators for uninitialised.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include "valuenet/interop/boost_graph.hpp"

#include "valuenet/graph/subgraph.hpp"
#include "valuenet/synthesis/random_graph.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <queue>
#include <random>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include <boost/concept_check.hpp>
#include <boost/functional/hash.hpp>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/adjacency_matrix.hpp>
#include <boost/graph/bellman_ford_shortest_paths.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/bipartite.hpp>
#include <boost/graph/boyer_myrvold_planar_test.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/clustering_coefficient.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/core_numbers.hpp>
#include <boost/graph/dag_shortest_paths.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/johnson_all_pairs_shortest.hpp>
#include <boost/graph/kruskal_min_spanning_tree.hpp>
#include <boost/graph/max_cardinality_matching.hpp>
#include <boost/graph/page_rank.hpp>
#include <boost/graph/prim_minimum_spanning_tree.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/graph/sequential_vertex_coloring.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <boost/graph/undirected_dfs.hpp>
#include <boost/graph/vf2_sub_graph_iso.hpp>

#include "catch.hpp"

namespace vn = valuenet;

namespace {

template <class Graph>
struct models_all {
  BOOST_CONCEPT_ASSERT((boost::concepts::VertexListGraph<Graph>));
  BOOST_CONCEPT_ASSERT((boost::concepts::EdgeListGraph<Graph>));
  BOOST_CONCEPT_ASSERT((boost::concepts::IncidenceGraph<Graph>));
  BOOST_CONCEPT_ASSERT((boost::concepts::AdjacencyGraph<Graph>));
  BOOST_CONCEPT_ASSERT((boost::concepts::BidirectionalGraph<Graph>));
  BOOST_CONCEPT_ASSERT(
      (boost::concepts::ReadablePropertyGraph<Graph, vn::vertex_id, boost::vertex_index_t>));
  BOOST_CONCEPT_ASSERT(
      (boost::concepts::ReadablePropertyGraph<Graph, vn::graph_edge, boost::edge_index_t>));
  BOOST_CONCEPT_ASSERT(
      (boost::concepts::ReadablePropertyGraph<Graph, vn::graph_edge, boost::edge_weight_t>));
};
template struct models_all<vn::graph>;
template struct models_all<vn::undirected_graph>;
BOOST_CONCEPT_ASSERT((boost::concepts::AdjacencyMatrix<vn::undirected_graph>));

using weight = boost::property<boost::edge_weight_t, double>;
using boost_directed = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS,
                                             boost::no_property, weight>;
using boost_undirected =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property, weight>;

struct sample {
  std::vector<vn::edge> edges;
  vn::vertex_id vertices;

  [[nodiscard]] vn::graph graph(vn::direction direction) const {
    return vn::build_graph(edges, {.direction = direction, .vertex_count = vertices});
  }
  template <class BoostGraph>
  [[nodiscard]] BoostGraph boost_graph() const {
    BoostGraph g(vertices);
    for (const vn::edge& e : edges) add_edge(e.source, e.target, weight(e.weight), g);
    return g;
  }
};

/// Loops, parallels and isolated vertices among them; the weights differ, so that a minimum is one.
sample random_sample(unsigned seed, vn::vertex_id vertices = 14, unsigned edges = 26) {
  std::mt19937 random(seed);
  sample s{{}, vertices};
  for (unsigned i = 0; i < edges; ++i) {
    const auto a = static_cast<vn::vertex_id>(random() % vertices);
    const auto b = static_cast<vn::vertex_id>(random() % vertices);
    s.edges.push_back({a, b, 1.0 + static_cast<double>(random() % 1000) + i * 1e-3});
  }
  return s;
}

template <class T>
auto by_vertex(std::vector<T>& values) {
  return boost::make_iterator_property_map(values.begin(),
                                           boost::typed_identity_property_map<vn::vertex_id>());
}

/// Two labellings that split the vertices alike.
bool same_partition(const std::vector<int>& a, const std::vector<int>& b) {
  std::map<int, int> there;
  std::map<int, int> back;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (there.emplace(a[i], b[i]).first->second != b[i]) return false;
    if (back.emplace(b[i], a[i]).first->second != a[i]) return false;
  }
  return true;
}

void check_values(const std::vector<double>& a, const std::vector<double>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i] == Catch::Approx(b[i]).margin(1e-12));
}

template <class Graph>
std::vector<double> dijkstra(const Graph& g) {
  std::vector<double> distances(num_vertices(g));
  boost::dijkstra_shortest_paths(g, vertex(0, g), boost::distance_map(by_vertex(distances)));
  return distances;
}

}  // namespace

namespace valuenet {
/// Boost.Graph's own containers have it; here vertices are their numbers.
inline vertex_id vertex(std::size_t i, const graph&) {
  return static_cast<vertex_id>(i);
}
}  // namespace valuenet

TEST_CASE("edges are listed once and have one index from both ends", "[boost]") {
  for (const vn::direction direction : {vn::direction::directed, vn::direction::undirected}) {
    for (unsigned seed = 0; seed < 20; ++seed) {
      const sample s = random_sample(seed, 5, 12);
      const vn::graph g = s.graph(direction);
      const auto index = get(boost::edge_index, g);
      const auto weights = get(boost::edge_weight, g);
      std::multiset<std::tuple<vn::vertex_id, vn::vertex_id, double>> found;
      std::multiset<std::tuple<vn::vertex_id, vn::vertex_id, double>> expected;
      for (const vn::edge& e : s.edges) {
        const bool turn = !g.is_directed() && e.source > e.target;
        expected.emplace(turn ? e.target : e.source, turn ? e.source : e.target, e.weight);
      }
      std::vector<vn::graph_edge> listed;
      for (auto [e, end] = edges(g); e != end; ++e) {
        CHECK(get(index, *e) == listed.size());  // 0, 1, 2, ...
        CHECK(get(boost::edge_index, g, *e) == listed.size());
        found.emplace(source(*e, g), target(*e, g), get(weights, *e));
        listed.push_back(*e);
      }
      CHECK(found == expected);
      CHECK(num_edges(g) == s.edges.size());

      std::size_t ends = 0;
      for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
        const auto [out, out_end] = out_edges(v, g);
        CHECK(static_cast<std::size_t>(out_end - out) == out_degree(v, g));
        const auto [adjacent, adjacent_end] = adjacent_vertices(v, g);
        CHECK(static_cast<std::size_t>(adjacent_end - adjacent) == out_degree(v, g));
        for (auto e = out; e != out_end; ++e) {
          CHECK(source(*e, g) == v);
          CHECK(target(*e, g) == adjacent[e - out]);
          const vn::graph_edge& same = listed[get(index, *e)];
          CHECK(*e == same);
          CHECK(hash_value(*e) == hash_value(same));
          CHECK(std::hash<vn::graph_edge>()(*e) == boost::hash<vn::graph_edge>()(same));
          CHECK((*e).weight() == same.weight());
          ++ends;
          for (const vn::graph_edge& other : listed) {
            CHECK((*e == other) == (get(index, *e) == get(index, other)));
            CHECK((*e != other) == (get(index, *e) != get(index, other)));
          }
        }
        for (auto [e, end] = in_edges(v, g); e != end; ++e) {
          CHECK(target(*e, g) == v);
          const vn::graph_edge& same = listed[get(index, *e)];
          CHECK(*e == same);
          CHECK((*e).weight() == same.weight());
          for (const vn::graph_edge& other : listed) {
            CHECK((*e == other) == (get(index, *e) == get(index, other)));
            CHECK((*e < other || other < *e) == (*e != other));
            CHECK_FALSE((*e < other && other < *e));
          }
        }
        CHECK(degree(v, g) ==
              (g.is_directed() ? out_degree(v, g) + in_degree(v, g) : out_degree(v, g)));
      }
      CHECK(ends == g.arc_count());
    }
  }
  CHECK(vn::graph_edge{} == vn::graph_edge{});
  const vn::graph null;
  CHECK((edges(null).first == edges(null).second));
  CHECK((vertices(null).first == vertices(null).second));
}

TEST_CASE("only an undirected graph can be taken as one", "[boost]") {
  const vn::graph g = vn::path_graph(3, vn::direction::directed);
  CHECK_THROWS_AS(vn::as_undirected(g), std::invalid_argument);
  CHECK(num_edges(vn::as_undirected(vn::path_graph(3))) == 2);
  CHECK(vn::as_undirected(vn::graph{}).vertex_count() == 0);
}

TEST_CASE("Boost's algorithms for any graph run on ours as on its own", "[boost]") {
  for (unsigned seed = 0; seed < 30; ++seed) {
    const sample s = random_sample(seed);
    const auto theirs_directed = s.boost_graph<boost_directed>();
    const auto theirs_undirected = s.boost_graph<boost_undirected>();
    const vn::graph directed = s.graph(vn::direction::directed);
    const vn::undirected_graph undirected = vn::as_undirected(s.graph(vn::direction::undirected));

    SECTION("Dijkstra " + std::to_string(seed)) {
      CHECK(dijkstra(directed) == dijkstra(theirs_directed));
      CHECK(dijkstra(undirected) == dijkstra(theirs_undirected));
      // An undirected graph without the wrapper: its out-edges are all its edges.
      CHECK(dijkstra(static_cast<const vn::graph&>(undirected)) == dijkstra(theirs_undirected));
    }
    SECTION("Bellman-Ford " + std::to_string(seed)) {
      const auto run = [&](const auto& g) {
        std::vector<double> distances(num_vertices(g), 1e9);
        distances[0] = 0.0;
        CHECK(boost::bellman_ford_shortest_paths(
            g, static_cast<int>(num_vertices(g)),
            boost::weight_map(get(boost::edge_weight, g)).distance_map(by_vertex(distances))));
        return distances;
      };
      CHECK(run(directed) == run(theirs_directed));
    }
    SECTION("Johnson, all pairs " + std::to_string(seed)) {
      const auto run = [&](const auto& g) {
        std::vector<std::vector<double>> distances(num_vertices(g),
                                                   std::vector<double>(num_vertices(g)));
        CHECK(boost::johnson_all_pairs_shortest_paths(g, distances));
        return distances;
      };
      CHECK(run(directed) == run(theirs_directed));
    }
    SECTION("breadth-first search " + std::to_string(seed)) {
      const auto run = [&](const auto& g) {
        std::vector<int> depth(num_vertices(g), 0);
        boost::breadth_first_search(g, vertex(0, g),
                                    boost::visitor(boost::make_bfs_visitor(boost::record_distances(
                                        by_vertex(depth), boost::on_tree_edge()))));
        return depth;
      };
      CHECK(run(directed) == run(theirs_directed));
      CHECK(run(undirected) == run(theirs_undirected));
    }
    SECTION("strong components " + std::to_string(seed)) {
      const auto run = [&](const auto& g) {
        std::vector<int> component(num_vertices(g));
        boost::strong_components(g, by_vertex(component));
        return component;
      };
      CHECK(same_partition(run(directed), run(theirs_directed)));
    }
    SECTION("connected components " + std::to_string(seed)) {
      const auto run = [&](const auto& g) {
        std::vector<int> component(num_vertices(g));
        boost::connected_components(g, by_vertex(component));
        return component;
      };
      CHECK(run(undirected) == run(theirs_undirected));
    }
    SECTION("Kruskal and Prim " + std::to_string(seed)) {
      const auto total = [](const auto& g) {
        std::vector<typename boost::graph_traits<std::decay_t<decltype(g)>>::edge_descriptor> tree;
        boost::kruskal_minimum_spanning_tree(g, std::back_inserter(tree));
        double sum = 0.0;
        for (const auto& e : tree) sum += get(boost::edge_weight, g, e);
        return std::pair(tree.size(), sum);
      };
      CHECK(total(undirected) == total(theirs_undirected));
      // Without loops: at one, Boost's Prim updates a vertex that has left its heap.
      const vn::undirected_graph simple =
          vn::as_undirected(vn::simple_view(undirected, vn::duplicates::first));
      boost_undirected theirs(num_vertices(simple));
      for (auto [e, end] = edges(simple); e != end; ++e) {
        add_edge(source(*e, simple), target(*e, simple), weight((*e).weight()), theirs);
      }
      const auto prim = [](const auto& g) {
        std::vector<std::size_t> parent(num_vertices(g));
        boost::prim_minimum_spanning_tree(g, by_vertex(parent));
        return parent;
      };
      CHECK(prim(simple) == prim(theirs));
    }
    SECTION("betweenness " + std::to_string(seed)) {
      const auto run = [&](const auto& g) {
        std::vector<double> centrality(num_vertices(g));
        boost::brandes_betweenness_centrality(g, by_vertex(centrality));
        return centrality;
      };
      check_values(run(directed), run(theirs_directed));
      check_values(run(undirected), run(theirs_undirected));
    }
    SECTION("edge betweenness by edge index " + std::to_string(seed)) {
      // The map must give both directions of an edge one place, or the sums come out halved.
      const auto index = get(boost::edge_index, undirected);
      std::vector<double> ours(num_edges(undirected));
      std::vector<double> vertex_values(num_vertices(undirected));
      boost::brandes_betweenness_centrality(undirected, by_vertex(vertex_values),
                                            boost::make_iterator_property_map(ours.begin(), index));
      std::map<boost_undirected::edge_descriptor, double> theirs_map;
      std::vector<double> theirs_values(num_vertices(theirs_undirected));
      boost::brandes_betweenness_centrality(theirs_undirected, by_vertex(theirs_values),
                                            boost::make_assoc_property_map(theirs_map));
      std::map<double, double> by_weight;  // weights tell edges apart
      for (const auto& [e, value] : theirs_map) {
        by_weight[get(boost::edge_weight, theirs_undirected, e)] = value;
      }
      for (auto [e, end] = edges(undirected); e != end; ++e) {
        if (source(*e, undirected) == target(*e, undirected)) continue;
        CHECK(ours[get(index, *e)] == Catch::Approx(by_weight[(*e).weight()]).margin(1e-12));
      }
    }
    SECTION("core numbers " + std::to_string(seed)) {
      // On simple graphs: Boost counts a loop of its own graphs twice.
      const vn::undirected_graph simple =
          vn::as_undirected(vn::simple_view(undirected, vn::duplicates::first));
      boost_undirected theirs(num_vertices(simple));
      for (auto [e, end] = edges(simple); e != end; ++e) {
        add_edge(source(*e, simple), target(*e, simple), theirs);
      }
      const auto run = [&](const auto& g) {
        std::vector<int> core(num_vertices(g));
        boost::core_numbers(g, by_vertex(core));
        return core;
      };
      CHECK(run(simple) == run(theirs));
      const auto clustering = [&](const auto& g) {
        std::vector<double> local(num_vertices(g));
        const double mean = boost::all_clustering_coefficients(g, by_vertex(local));
        local.push_back(mean);
        return local;
      };
      check_values(clustering(simple), clustering(theirs));
      const auto matching = [&](const auto& g) {
        std::vector<typename boost::graph_traits<std::decay_t<decltype(g)>>::vertex_descriptor>
            mate(num_vertices(g));
        CHECK(boost::checked_edmonds_maximum_cardinality_matching(g, by_vertex(mate)));
        return boost::matching_size(g, by_vertex(mate));
      };
      CHECK(matching(simple) == matching(theirs));
      CHECK(boost::boyer_myrvold_planarity_test(simple) ==
            boost::boyer_myrvold_planarity_test(theirs));
    }
    SECTION("biconnected components " + std::to_string(seed)) {
      // No loops: in Boost's own graphs they stand twice.
      const vn::undirected_graph simple =
          vn::as_undirected(vn::simple_view(undirected, vn::duplicates::first));
      const auto index = get(boost::edge_index, simple);
      std::vector<std::size_t> ours(num_edges(simple));
      std::vector<vn::vertex_id> cut;
      const auto found = boost::biconnected_components(
          simple, boost::make_iterator_property_map(ours.begin(), index), std::back_inserter(cut));
      boost_undirected theirs(num_vertices(simple));
      for (auto [e, end] = edges(simple); e != end; ++e) {
        add_edge(source(*e, simple), target(*e, simple), theirs);
      }
      std::map<boost_undirected::edge_descriptor, std::size_t> theirs_map;
      std::vector<std::size_t> theirs_cut;
      CHECK(found.first == boost::biconnected_components(theirs,
                                                         boost::make_assoc_property_map(theirs_map),
                                                         std::back_inserter(theirs_cut))
                               .first);
      CHECK(std::set<std::size_t>(cut.begin(), cut.end()) ==
            std::set<std::size_t>(theirs_cut.begin(), theirs_cut.end()));
    }
    SECTION("PageRank " + std::to_string(seed)) {
      const auto run = [&](const auto& g) {
        std::vector<double> rank(num_vertices(g));
        boost::graph::page_rank(g, by_vertex(rank), boost::graph::n_iterations(30));
        return rank;
      };
      check_values(run(directed), run(theirs_directed));
    }
    SECTION("colouring and bipartiteness " + std::to_string(seed)) {
      std::vector<std::size_t> color(num_vertices(undirected));
      boost::sequential_vertex_coloring(undirected, by_vertex(color));
      for (auto [e, end] = edges(undirected); e != end; ++e) {
        const auto a = source(*e, undirected);
        const auto b = target(*e, undirected);
        if (a != b) CHECK(color[a] != color[b]);
      }
      CHECK(boost::is_bipartite(undirected) == boost::is_bipartite(theirs_undirected));
    }
    SECTION("reversed and filtered views " + std::to_string(seed)) {
      CHECK(dijkstra(boost::make_reverse_graph(vn::transpose(directed))) == dijkstra(directed));
      CHECK(dijkstra(boost::make_reverse_graph(directed)) ==
            dijkstra(boost::make_reverse_graph(theirs_directed)));
      const std::function<bool(vn::graph_edge)> light = [](const vn::graph_edge& e) {
        return e.weight() < 500.0;
      };
      const boost::filtered_graph<vn::graph, std::function<bool(vn::graph_edge)>> part(directed,
                                                                                       light);
      const std::function<bool(boost_directed::edge_descriptor)> light_there =
          [&](const boost_directed::edge_descriptor& e) {
            return get(boost::edge_weight, theirs_directed, e) < 500.0;
          };
      const boost::filtered_graph<boost_directed,
                                  std::function<bool(boost_directed::edge_descriptor)>>
          part_there(theirs_directed, light_there);
      std::vector<double> a(directed.vertex_count());
      std::vector<double> b(directed.vertex_count());
      boost::dijkstra_shortest_paths(
          part, 0U,
          boost::distance_map(by_vertex(a)).weight_map(get(boost::edge_weight, directed)));
      boost::dijkstra_shortest_paths(part_there, 0, boost::distance_map(by_vertex(b)));
      CHECK(a == b);
    }
  }
}

TEST_CASE("an acyclic graph is sorted and searched", "[boost]") {
  const vn::graph g = vn::grid_graph(4, 5, vn::direction::directed);
  std::vector<vn::vertex_id> order;
  boost::topological_sort(g, std::back_inserter(order));
  std::vector<std::size_t> place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  for (auto [e, end] = edges(g); e != end; ++e) CHECK(place[source(*e, g)] > place[target(*e, g)]);

  std::vector<double> distances(g.vertex_count());
  boost::dag_shortest_paths(g, 0U, boost::distance_map(by_vertex(distances)));
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) CHECK(distances[v] == v / 5 + v % 5);
}

TEST_CASE("an undirected graph finds its edges, and small graphs in it", "[boost]") {
  const vn::undirected_graph square = vn::as_undirected(vn::cycle_graph(4));
  const vn::undirected_graph mesh = vn::as_undirected(vn::grid_graph(3, 3));
  CHECK_FALSE(edge(0, 4, mesh).second);
  CHECK(edge(4, 1, mesh).second);
  CHECK(edge(4, 1, mesh).first == edge(1, 4, mesh).first);
  CHECK(get(boost::edge_index, mesh, edge(1, 0, mesh).first) == 0);
  std::size_t squares = 0;
  boost::vf2_subgraph_mono(square, mesh, [&](const auto&, const auto&) {
    ++squares;
    return true;
  });
  CHECK(squares == 4 * 8);  // four squares, eight ways to lay each
}

TEST_CASE("undirected depth-first search sees every edge once", "[boost]") {
  struct counter : boost::dfs_visitor<> {
    std::size_t* tree;
    std::size_t* back;
    void tree_edge(const vn::graph_edge&, const vn::undirected_graph&) const { ++*tree; }
    void back_edge(const vn::graph_edge&, const vn::undirected_graph&) const { ++*back; }
  };
  const vn::undirected_graph g = vn::as_undirected(vn::complete_graph(6));
  std::size_t tree = 0;
  std::size_t back = 0;
  counter visitor;
  visitor.tree = &tree;
  visitor.back = &back;
  std::vector<boost::default_color_type> edge_color(num_edges(g));
  boost::undirected_dfs(g, boost::visitor(visitor).edge_color_map(boost::make_iterator_property_map(
                               edge_color.begin(), get(boost::edge_index, g))));
  CHECK(tree == 5);
  CHECK(back == 10);
}

TEST_CASE("any Boost graph becomes a graph", "[boost]") {
  for (unsigned seed = 0; seed < 10; ++seed) {
    const sample s = random_sample(seed);
    const auto same = [](const vn::graph& a, const vn::graph& b) {
      const auto sorted = [](const vn::graph& g) {
        std::vector<std::tuple<vn::vertex_id, vn::vertex_id, double>> arcs;
        for (vn::arc_id arc = 0; arc < g.arc_count(); ++arc) {
          arcs.emplace_back(g.source(arc), g.target(arc), g.weight(arc));
        }
        std::sort(arcs.begin(), arcs.end());
        return arcs;
      };
      return a.direction() == b.direction() && a.vertex_count() == b.vertex_count() &&
             sorted(a) == sorted(b);
    };
    const auto directed = s.boost_graph<boost_directed>();
    const auto undirected = s.boost_graph<boost_undirected>();
    CHECK(same(vn::from_boost_weighted(directed, get(boost::edge_weight, directed)),
               s.graph(vn::direction::directed)));
    CHECK(same(vn::from_boost_weighted(undirected, get(boost::edge_weight, undirected)),
               s.graph(vn::direction::undirected)));
    sample plain = s;
    for (vn::edge& e : plain.edges) e.weight = 1.0;
    CHECK(same(vn::from_boost(directed), plain.graph(vn::direction::directed)));
    CHECK_FALSE(vn::from_boost(directed).is_weighted());

    // Ours and back.
    const vn::graph ours = s.graph(vn::direction::directed);
    CHECK(same(vn::from_boost_weighted(ours, get(boost::edge_weight, ours)), ours));

    // Lists of vertices have no index of their own.
    using listed = boost::adjacency_list<boost::listS, boost::listS, boost::directedS>;
    listed list;
    std::map<listed::vertex_descriptor, std::size_t> index;
    std::vector<listed::vertex_descriptor> made;
    for (vn::vertex_id v = 0; v < s.vertices; ++v) {
      made.push_back(add_vertex(list));
      index[made.back()] = v;
    }
    for (const vn::edge& e : s.edges) add_edge(made[e.source], made[e.target], list);
    const auto numbers = boost::make_assoc_property_map(index);
    CHECK(same(vn::from_boost(list, numbers), plain.graph(vn::direction::directed)));
    index[made[3]] = 999;
    if (in_degree(3U, ours) + out_degree(3U, ours) > 0) {
      CHECK_THROWS_AS(vn::from_boost(list, numbers), std::invalid_argument);
    }

    // A compressed row graph and an adjacency matrix (which cannot hold parallels).
    std::vector<std::pair<vn::vertex_id, vn::vertex_id>> pairs;
    for (const vn::edge& e : s.edges) pairs.emplace_back(e.source, e.target);
    const boost::compressed_sparse_row_graph<> rows(boost::edges_are_unsorted, pairs.begin(),
                                                    pairs.end(), s.vertices);
    CHECK(same(vn::from_boost(rows), plain.graph(vn::direction::directed)));
    boost::adjacency_matrix<boost::undirectedS> matrix(s.vertices);
    for (const auto& [a, b] : pairs) add_edge(a, b, matrix);
    CHECK(same(vn::from_boost(matrix),
               vn::build_graph(plain.edges, {.direction = vn::direction::undirected,
                                             .vertex_count = s.vertices,
                                             .duplicates = vn::duplicates::first})));
  }
  CHECK(vn::from_boost(boost_directed(0)).vertex_count() == 0);
}

TEST_CASE("edges can be kept in sets", "[boost]") {
  const vn::undirected_graph g = vn::as_undirected(vn::complete_graph(5));
  std::unordered_set<vn::graph_edge> kept;
  for (auto [v, end] = vertices(g); v != end; ++v) {
    for (auto [e, last] = out_edges(*v, g); e != last; ++e) kept.insert(*e);
    for (auto [e, last] = in_edges(*v, g); e != last; ++e) kept.insert(*e);
  }
  CHECK(kept.size() == 10);
  const std::set<vn::graph_edge> ordered(kept.begin(), kept.end());
  CHECK(ordered.size() == 10);
}
