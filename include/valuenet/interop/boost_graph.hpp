// valuenet::graph as a Boost.Graph graph, and Boost.Graph graphs as a valuenet::graph.
//
// With this header a `graph` models VertexListGraph, EdgeListGraph, IncidenceGraph, AdjacencyGraph
// and BidirectionalGraph, with the property maps vertex_index, edge_index and edge_weight. Nothing
// is copied: descriptors and maps look into the graph, which must outlive them. Algorithms that
// change a graph do not apply.
//
// Boost.Graph wants to know at compile time whether a graph is directed; a `graph` knows at run
// time. As a `graph`, it is for Boost.Graph a directed one, and as_undirected(g) is the same
// storage for algorithms that ask for an undirected one (connected_components, undirected_dfs, ...)
// or count otherwise for it (betweenness). In both forms the edges of an undirected graph are
// listed once by edges(), stand in the out_edges() and in_edges() of both ends (a loop once), and
// have one edge_index and compare equal whichever way they are seen.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/builder.hpp"
#include "valuenet/graph/graph.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>

namespace valuenet {

/// Edge descriptor: an arc of a graph, by its place in an out-row or an in-row.
class graph_edge {
 public:
  graph_edge() noexcept = default;

  [[nodiscard]] vertex_id source() const noexcept { return source_; }
  [[nodiscard]] vertex_id target() const noexcept { return target_; }
  /// The arc's id. O(1) where the edge came from edges() or out_edges(), O(log row) from
  /// in_edges().
  [[nodiscard]] arc_id arc() const noexcept {
    return in_row_ ? graph_->in_arc(target_, position_) : position_;
  }
  /// O(1).
  [[nodiscard]] double weight() const noexcept {
    if (!graph_->is_weighted()) return 1.0;
    return in_row_ ? graph_->in_weights(target_)[position_] : graph_->weight(position_);
  }
  /// The same for both directions of an undirected edge: the id of the arc from its smaller end.
  /// O(log row), O(1) for a directed graph's out-edge.
  [[nodiscard]] arc_id edge() const noexcept {
    if (!turns()) return arc();
    // Rows of an undirected graph are both out- and in-rows: the place of target -> source in the
    // out-row of `source_` is that of source -> target in its in-row, and the other way round.
    if (in_row_) return graph_->first_out_arc(target_) + position_;
    return graph_->in_arc(source_, position_ - graph_->first_out_arc(source_));
  }

  friend bool operator==(const graph_edge& a, const graph_edge& b) noexcept {
    const bool one_way = a.source_ == b.source_ && a.target_ == b.target_;
    const bool two_ways = a.source_ == b.target_ && a.target_ == b.source_;
    if (!one_way && !two_ways) return false;
    if (a.graph_ == nullptr || b.graph_ == nullptr) return a.graph_ == b.graph_;
    if (one_way && a.in_row_ == b.in_row_) return a.position_ == b.position_;
    return (one_way || !a.graph_->is_directed()) && a.edge() == b.edge();
  }

  /// Some total order, for sets of one graph's edges.
  friend bool operator<(const graph_edge& a, const graph_edge& b) noexcept {
    const auto low = [](const graph_edge& e) {
      return e.turns() ? std::pair(e.target_, e.source_) : std::pair(e.source_, e.target_);
    };
    if (low(a) != low(b)) return low(a) < low(b);
    return a.graph_ != nullptr && b.graph_ != nullptr && a.edge() < b.edge();
  }

 private:
  friend class graph_out_edge_iterator;
  friend class graph_in_edge_iterator;
  friend class graph_edge_iterator;

  graph_edge(const graph& g, vertex_id source, vertex_id target, arc_id position,
             bool in_row) noexcept
      : graph_(&g), position_(position), source_(source), target_(target), in_row_(in_row) {}

  /// Whether this is an undirected edge seen from its larger end.
  [[nodiscard]] bool turns() const noexcept {
    return source_ > target_ && graph_ != nullptr && !graph_->is_directed();
  }

  const graph* graph_ = nullptr;
  arc_id position_ = 0;  // arc id, or where in_row_ the place in target's in-row
  vertex_id source_ = no_vertex;
  vertex_id target_ = no_vertex;
  bool in_row_ = false;
};

/// For boost::hash; std::hash is below.
[[nodiscard]] inline std::size_t hash_value(const graph_edge& e) noexcept {
  const std::uint64_t pair =
      (std::uint64_t{std::min(e.source(), e.target())} << 32) | std::max(e.source(), e.target());
  return static_cast<std::size_t>((pair ^ (pair >> 29)) * 0x9E3779B97F4A7C15U);
}

class graph_out_edge_iterator
    : public boost::iterator_facade<graph_out_edge_iterator, graph_edge,
                                    boost::random_access_traversal_tag, graph_edge> {
 public:
  graph_out_edge_iterator() noexcept = default;
  graph_out_edge_iterator(const graph& g, vertex_id v, arc_id arc) noexcept
      : graph_(&g), arc_(arc), vertex_(v) {}

 private:
  friend class boost::iterator_core_access;
  [[nodiscard]] graph_edge dereference() const noexcept {
    return {*graph_, vertex_, graph_->target(arc_), arc_, false};
  }
  [[nodiscard]] bool equal(const graph_out_edge_iterator& other) const noexcept {
    return arc_ == other.arc_;
  }
  void increment() noexcept { ++arc_; }
  void decrement() noexcept { --arc_; }
  void advance(std::ptrdiff_t steps) noexcept { arc_ += static_cast<arc_id>(steps); }
  [[nodiscard]] std::ptrdiff_t distance_to(const graph_out_edge_iterator& other) const noexcept {
    return static_cast<std::ptrdiff_t>(other.arc_ - arc_);
  }

  const graph* graph_ = nullptr;
  arc_id arc_ = 0;
  vertex_id vertex_ = no_vertex;
};

class graph_in_edge_iterator
    : public boost::iterator_facade<graph_in_edge_iterator, graph_edge,
                                    boost::random_access_traversal_tag, graph_edge> {
 public:
  graph_in_edge_iterator() noexcept = default;
  graph_in_edge_iterator(const graph& g, vertex_id v, arc_id place) noexcept
      : graph_(&g), place_(place), vertex_(v) {}

 private:
  friend class boost::iterator_core_access;
  [[nodiscard]] graph_edge dereference() const noexcept {
    return {*graph_, graph_->in_neighbors(vertex_)[place_], vertex_, place_, true};
  }
  [[nodiscard]] bool equal(const graph_in_edge_iterator& other) const noexcept {
    return place_ == other.place_;
  }
  void increment() noexcept { ++place_; }
  void decrement() noexcept { --place_; }
  void advance(std::ptrdiff_t steps) noexcept { place_ += static_cast<arc_id>(steps); }
  [[nodiscard]] std::ptrdiff_t distance_to(const graph_in_edge_iterator& other) const noexcept {
    return static_cast<std::ptrdiff_t>(other.place_ - place_);
  }

  const graph* graph_ = nullptr;
  arc_id place_ = 0;
  vertex_id vertex_ = no_vertex;
};

/// All edges by their sources; of an undirected graph each from its smaller end.
class graph_edge_iterator
    : public boost::iterator_facade<graph_edge_iterator, graph_edge, boost::forward_traversal_tag,
                                    graph_edge> {
 public:
  graph_edge_iterator() noexcept = default;
  /// The first edge at or after the row of v.
  graph_edge_iterator(const graph& g, vertex_id v) noexcept : graph_(&g), vertex_(v) {
    enter_row();
  }

 private:
  friend class boost::iterator_core_access;
  [[nodiscard]] graph_edge dereference() const noexcept {
    return {*graph_, vertex_, graph_->target(arc_), arc_, false};
  }
  [[nodiscard]] bool equal(const graph_edge_iterator& other) const noexcept {
    return arc_ == other.arc_ && vertex_ == other.vertex_;
  }
  void increment() noexcept {
    ++arc_;
    if (arc_ == graph_->out_offsets()[vertex_ + std::size_t{1}]) {
      ++vertex_;
      enter_row();
    }
  }
  void enter_row() noexcept {
    for (; vertex_ < graph_->vertex_count(); ++vertex_) {
      const auto row = graph_->out_neighbors(vertex_);
      const auto first =
          graph_->is_directed() ? row.begin() : std::lower_bound(row.begin(), row.end(), vertex_);
      arc_ = graph_->first_out_arc(vertex_) + static_cast<arc_id>(first - row.begin());
      if (first != row.end()) return;
    }
    arc_ = graph_->arc_count();
  }

  const graph* graph_ = nullptr;
  arc_id arc_ = 0;
  vertex_id vertex_ = 0;
};

// --- The functions that Boost.Graph calls, found through their argument
// ---------------------------

[[nodiscard]] inline vertex_id num_vertices(const graph& g) {
  return g.vertex_count();
}
[[nodiscard]] inline std::pair<boost::counting_iterator<vertex_id>,
                               boost::counting_iterator<vertex_id>>
vertices(const graph& g) {
  return {boost::counting_iterator<vertex_id>(0),
          boost::counting_iterator<vertex_id>(g.vertex_count())};
}

[[nodiscard]] inline arc_id num_edges(const graph& g) {
  return g.edge_count();
}
[[nodiscard]] inline std::pair<graph_edge_iterator, graph_edge_iterator> edges(const graph& g) {
  return {graph_edge_iterator(g, 0), graph_edge_iterator(g, g.vertex_count())};
}
[[nodiscard]] inline vertex_id source(const graph_edge& e, const graph&) {
  return e.source();
}
[[nodiscard]] inline vertex_id target(const graph_edge& e, const graph&) {
  return e.target();
}

[[nodiscard]] inline std::pair<graph_out_edge_iterator, graph_out_edge_iterator> out_edges(
    vertex_id v, const graph& g) {
  const arc_id first = g.first_out_arc(v);
  return {graph_out_edge_iterator(g, v, first),
          graph_out_edge_iterator(g, v, first + g.out_arc_count(v))};
}
[[nodiscard]] inline arc_id out_degree(vertex_id v, const graph& g) {
  return g.out_arc_count(v);
}

[[nodiscard]] inline std::pair<graph_in_edge_iterator, graph_in_edge_iterator> in_edges(
    vertex_id v, const graph& g) {
  return {graph_in_edge_iterator(g, v, 0), graph_in_edge_iterator(g, v, g.in_arc_count(v))};
}
[[nodiscard]] inline arc_id in_degree(vertex_id v, const graph& g) {
  return g.in_arc_count(v);
}
/// Out- and in-edges of a directed graph; edges at v of an undirected one (a loop counts one).
[[nodiscard]] inline arc_id degree(vertex_id v, const graph& g) {
  return g.is_directed() ? g.out_arc_count(v) + g.in_arc_count(v) : g.out_arc_count(v);
}

[[nodiscard]] inline std::pair<const vertex_id*, const vertex_id*> adjacent_vertices(
    vertex_id v, const graph& g) {
  const auto row = g.out_neighbors(v);
  return {row.data(), row.data() + row.size()};
}

// --- Property maps
// --------------------------------------------------------------------------------

/// edge_index: edges numbered 0 .. num_edges - 1 in the order of edges(). A directed edge's is its
/// arc id. For an undirected graph the map holds 8 bytes a vertex and takes O(vertices log row) to
/// make, so make it once; its copies share them.
class graph_edge_index_map {
 public:
  using key_type = graph_edge;
  using value_type = arc_id;
  using reference = arc_id;
  using category = boost::readable_property_map_tag;

  graph_edge_index_map() = default;
  explicit graph_edge_index_map(const graph& g) {
    if (g.is_directed()) return;
    // Before the edges from v stand the arcs of earlier rows and of its own that lead to smaller
    // vertices: these are seen from their other end.
    auto skipped = std::make_shared<std::vector<arc_id>>(g.vertex_count());
    arc_id sum = 0;
    for (vertex_id v = 0; v < g.vertex_count(); ++v) {
      const auto row = g.out_neighbors(v);
      sum += static_cast<arc_id>(std::lower_bound(row.begin(), row.end(), v) - row.begin());
      (*skipped)[v] = sum;
    }
    skipped_ = std::move(skipped);
  }

  friend arc_id get(const graph_edge_index_map& map, const graph_edge& e) {
    if (!map.skipped_) return e.arc();
    return e.edge() - (*map.skipped_)[std::min(e.source(), e.target())];
  }
  arc_id operator[](const graph_edge& e) const { return get(*this, e); }

 private:
  std::shared_ptr<const std::vector<arc_id>> skipped_;
};

/// edge_weight: the weight, 1 in a graph without weights.
class graph_edge_weight_map {
 public:
  using key_type = graph_edge;
  using value_type = double;
  using reference = double;
  using category = boost::readable_property_map_tag;

  friend double get(const graph_edge_weight_map&, const graph_edge& e) { return e.weight(); }
  double operator[](const graph_edge& e) const { return e.weight(); }
};

using graph_vertex_index_map = boost::typed_identity_property_map<vertex_id>;

[[nodiscard]] inline graph_vertex_index_map get(boost::vertex_index_t, const graph&) {
  return {};
}
[[nodiscard]] inline vertex_id get(boost::vertex_index_t, const graph&, vertex_id v) {
  return v;
}
[[nodiscard]] inline graph_edge_index_map get(boost::edge_index_t, const graph& g) {
  return graph_edge_index_map(g);
}
/// O(vertices log row) for an undirected graph: use the map for more than one edge.
[[nodiscard]] inline arc_id get(boost::edge_index_t, const graph& g, const graph_edge& e) {
  return get(graph_edge_index_map(g), e);
}
[[nodiscard]] inline graph_edge_weight_map get(boost::edge_weight_t, const graph&) {
  return {};
}
[[nodiscard]] inline double get(boost::edge_weight_t, const graph&, const graph_edge& e) {
  return e.weight();
}

/// An undirected graph whose type says so to Boost.Graph. It is the graph, so that everything above
/// applies to it.
class undirected_graph : public graph {
 public:
  undirected_graph() = default;
  /// Throws std::invalid_argument for a directed graph: take undirected_view(g) first.
  explicit undirected_graph(graph g) : graph(std::move(g)) {
    if (is_directed() && vertex_count() != 0) {
      throw std::invalid_argument(
          "as_undirected: the graph is directed; undirected_view(g) forgets the direction");
    }
  }

  // A friend, for there is a type of this name, which some compilers warn is shadowed.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
  /// The first edge between u and v, and whether there is one. O(log row).
  [[nodiscard]] friend std::pair<graph_edge, bool> edge(vertex_id u, vertex_id v,
                                                        const undirected_graph& g) {
    const auto row = g.out_neighbors(u);
    const auto found = std::lower_bound(row.begin(), row.end(), v);
    if (found == row.end() || *found != v) return {graph_edge{}, false};
    return {*graph_out_edge_iterator(g, u,
                                     g.first_out_arc(u) + static_cast<arc_id>(found - row.begin())),
            true};
  }
};

/// The same graph, sharing its storage. O(1).
[[nodiscard]] inline undirected_graph as_undirected(const graph& g) {
  return undirected_graph(g);
}

}  // namespace valuenet

template <>
struct std::hash<valuenet::graph_edge> {
  std::size_t operator()(const valuenet::graph_edge& e) const noexcept { return hash_value(e); }
};

namespace boost {

template <>
struct graph_traits<valuenet::graph> {
  struct traversal_category : public virtual vertex_list_graph_tag,
                              public virtual edge_list_graph_tag,
                              public virtual adjacency_graph_tag,
                              public virtual bidirectional_graph_tag {};
  using directed_category = bidirectional_tag;
  using edge_parallel_category = allow_parallel_edge_tag;

  using vertex_descriptor = valuenet::vertex_id;
  using edge_descriptor = valuenet::graph_edge;
  using vertex_iterator = counting_iterator<valuenet::vertex_id>;
  using edge_iterator = valuenet::graph_edge_iterator;
  using out_edge_iterator = valuenet::graph_out_edge_iterator;
  using in_edge_iterator = valuenet::graph_in_edge_iterator;
  using adjacency_iterator = const valuenet::vertex_id*;

  using vertices_size_type = valuenet::vertex_id;
  using edges_size_type = valuenet::arc_id;
  using degree_size_type = valuenet::arc_id;

  static vertex_descriptor null_vertex() { return valuenet::no_vertex; }
};

template <>
struct graph_traits<valuenet::undirected_graph> : graph_traits<valuenet::graph> {
  struct traversal_category : public graph_traits<valuenet::graph>::traversal_category,
                              public virtual adjacency_matrix_tag {};
  using directed_category = undirected_tag;
};

// Some algorithms ask with a const type.
template <>
struct graph_traits<const valuenet::graph> : graph_traits<valuenet::graph> {};
template <>
struct graph_traits<const valuenet::undirected_graph> : graph_traits<valuenet::undirected_graph> {};

template <>
struct property_map<valuenet::graph, vertex_index_t> {
  using type = valuenet::graph_vertex_index_map;
  using const_type = type;
};
template <>
struct property_map<valuenet::graph, edge_index_t> {
  using type = valuenet::graph_edge_index_map;
  using const_type = type;
};
template <>
struct property_map<valuenet::graph, edge_weight_t> {
  using type = valuenet::graph_edge_weight_map;
  using const_type = type;
};
template <class Tag>
struct property_map<valuenet::undirected_graph, Tag> : property_map<valuenet::graph, Tag> {};

}  // namespace boost

namespace valuenet {

namespace detail {

/// Calls each(source index, target index, edge) for every edge of a Boost.Graph graph once.
template <class BoostGraph, class VertexIndexMap, class Each>
void each_boost_edge(const BoostGraph& g, const VertexIndexMap& index, Each&& each) {
  using traits = boost::graph_traits<BoostGraph>;
  const auto tell = [&](const auto& e) {
    each(static_cast<std::uint64_t>(get(index, source(e, g))),
         static_cast<std::uint64_t>(get(index, target(e, g))), e);
  };
  if constexpr (std::is_convertible_v<typename traits::traversal_category,
                                      boost::edge_list_graph_tag>) {
    const auto [first, last] = edges(g);
    for (auto e = first; e != last; ++e) tell(*e);
  } else {
    const auto [first, last] = vertices(g);
    for (auto v = first; v != last; ++v) {
      const auto [out, end] = out_edges(*v, g);
      for (auto e = out; e != end; ++e) {
        // Both ends list an undirected edge.
        if (!boost::is_directed(g) && get(index, source(*e, g)) > get(index, target(*e, g)))
          continue;
        tell(*e);
      }
    }
  }
}

template <class BoostGraph, class VertexIndexMap, class WeightOf>
graph from_boost(const BoostGraph& g, const VertexIndexMap& index, WeightOf&& weight_of,
                 const execution& exec) {
  const auto count = static_cast<std::uint64_t>(num_vertices(g));
  if (count >= no_vertex) {
    throw std::invalid_argument("from_boost: a graph holds at most 4294967294 vertices");
  }
  std::vector<vertex_id> sources;
  std::vector<vertex_id> targets;
  std::vector<double> weights;
  each_boost_edge(g, index, [&](std::uint64_t s, std::uint64_t t, const auto& e) {
    if (s >= count || t >= count) {
      throw std::invalid_argument(
          "from_boost: the vertex index map must number the vertices 0 .. num_vertices - 1");
    }
    sources.push_back(static_cast<vertex_id>(s));
    targets.push_back(static_cast<vertex_id>(t));
    if constexpr (!std::is_null_pointer_v<std::decay_t<WeightOf>>) {
      weights.push_back(static_cast<double>(weight_of(e)));
    }
  });
  return build_graph(
      edge_columns{.sources = sources, .targets = targets, .weights = weights},
      {.direction = boost::is_directed(g) ? direction::directed : direction::undirected,
       .vertex_count = static_cast<vertex_id>(count)},
      exec);
}

}  // namespace detail

/// Copies any Boost.Graph graph that lists its vertices and its edges (or out-edges). Loops and
/// parallel edges are kept; directed as the graph is. `index` numbers the vertices 0 ..
/// num_vertices - 1 and becomes their ids. Cost: O(vertices + edges) and 8 bytes an edge (16 with
/// weights) beside the building. Throws std::invalid_argument for another index or 2^32 - 1
/// vertices or more. (Of an undirected graph that lists no edges, a loop comes once for each time
/// that out_edges lists it.)
template <class BoostGraph, class VertexIndexMap>
[[nodiscard]] graph from_boost(const BoostGraph& g, const VertexIndexMap& index,
                               const execution& exec = {}) {
  return detail::from_boost(g, index, nullptr, exec);
}

/// As above, with the graph's own vertex_index.
template <class BoostGraph>
[[nodiscard]] graph from_boost(const BoostGraph& g) {
  return detail::from_boost(g, get(boost::vertex_index, g), nullptr, {});
}

/// As above, weighted with a property map over the edges.
template <class BoostGraph, class VertexIndexMap, class WeightMap>
[[nodiscard]] graph from_boost_weighted(const BoostGraph& g, const VertexIndexMap& index,
                                        const WeightMap& weights, const execution& exec = {}) {
  return detail::from_boost(
      g, index, [&](const auto& e) { return get(weights, e); }, exec);
}

/// As above, with the graph's own vertex_index.
template <class BoostGraph, class WeightMap>
[[nodiscard]] graph from_boost_weighted(const BoostGraph& g, const WeightMap& weights) {
  return from_boost_weighted(g, get(boost::vertex_index, g), weights);
}

}  // namespace valuenet
