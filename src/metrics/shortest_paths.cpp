#include "valuenet/metrics/shortest_paths.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "detail/parallel.hpp"
#include "metrics/length_search.hpp"
#include "metrics/level_search.hpp"
#include "metrics/near_search.hpp"

namespace valuenet {
namespace {

constexpr std::size_t grain = std::size_t{1} << 13;

void check_source(const graph& g, vertex_id source, const char* who) {
  if (source < g.vertex_count()) return;
  throw std::invalid_argument(std::string(who) + ": source is " + std::to_string(source) +
                              "; the graph has " + std::to_string(g.vertex_count()) + " vertices");
}

/// Parents where an arc of some length leads to the vertex, and which vertices are left without.
class parent_search {
 public:
  parent_search(const graph& g, arc_length length, const detail::buffer<double>& distances,
                detail::parallel& workers)
      : g_(g), length_(length), distances_(distances), workers_(workers) {}

  std::vector<vertex_id> run(vertex_id source) {
    const vertex_id n = g_.vertex_count();
    parents_.assign(n, no_vertex);
    std::vector<std::vector<vertex_id>> left((n + grain - 1) / grain);
    workers_.for_chunks(n, grain, [&](std::size_t begin, std::size_t end) {
      for (auto v = static_cast<vertex_id>(begin); v < end; ++v) {
        if (v == source || distances_[v] == detail::near_search::not_reached) continue;
        parents_[v] = first_before(v, [&](vertex_id u) { return distances_[u] < distances_[v]; });
        if (parents_[v] == no_vertex) left[begin / grain].push_back(v);
      }
    });
    std::vector<vertex_id> rest;
    for (const auto& part : left) rest.insert(rest.end(), part.begin(), part.end());
    if (!rest.empty()) follow_arcs_of_no_length(source, rest);
    return std::move(parents_);
  }

 private:
  [[nodiscard]] double length_at(std::span<const double> weights, std::size_t i) const {
    return weights.empty() || length_ == arc_length::hop ? 1.0
                                                         : detail::length_of(weights[i], length_);
  }

  /// The smallest vertex that passes and from which a shortest path reaches v.
  template <class Passes>
  vertex_id first_before(vertex_id v, Passes&& passes) const {
    const auto row = g_.in_neighbors(v);
    const auto weights = g_.in_weights(v);
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (distances_[row[i]] + length_at(weights, i) == distances_[v] && passes(row[i])) {
        return row[i];
      }
    }
    return no_vertex;
  }

  /// Level by level away from the vertices that have a parent, so that no circle is closed.
  void follow_arcs_of_no_length(vertex_id source, const std::vector<vertex_id>& rest) {
    std::vector<vertex_id> level;
    std::vector<vertex_id> before;
    for (const vertex_id v : rest) {
      const vertex_id u =
          first_before(v, [&](vertex_id w) { return w == source || parents_[w] != no_vertex; });
      if (u == no_vertex) continue;
      level.push_back(v);
      before.push_back(u);
    }
    for (std::size_t i = 0; i < level.size(); ++i) parents_[level[i]] = before[i];
    while (!level.empty()) {
      workers_.check_stop();
      std::vector<vertex_id> next;
      for (const vertex_id v : level) {
        const auto row = g_.out_neighbors(v);
        const auto weights = g_.out_weights(v);
        for (std::size_t i = 0; i < row.size(); ++i) {
          const vertex_id u = row[i];
          if (u == source || parents_[u] != no_vertex ||
              distances_[v] + length_at(weights, i) != distances_[u]) {
            continue;
          }
          parents_[u] = v;
          next.push_back(u);
        }
      }
      std::sort(next.begin(), next.end());
      level.swap(next);
    }
  }

  const graph& g_;
  arc_length length_;
  const detail::buffer<double>& distances_;
  detail::parallel& workers_;
  std::vector<vertex_id> parents_;
};

}  // namespace

breadth_first_search_result breadth_first_search(const graph& g, vertex_id source,
                                                 const breadth_first_search_options& options,
                                                 const execution& exec) {
  check_source(g, source, "breadth_first_search");
  detail::parallel workers(exec);
  detail::level_search search(detail::rows_along(g), workers);
  search.run(source);
  const vertex_id n = g.vertex_count();
  const std::vector<std::uint32_t>& levels = search.levels();
  breadth_first_search_result result;
  result.distances.resize(n);
  result.defined.resize(n);
  result.depth = search.depth();
  if (options.parents == path_parents::find) result.parents.assign(n, no_vertex);
  result.reached = workers.reduce(
      n, grain, vertex_id{0},
      [&](std::size_t begin, std::size_t end) {
        vertex_id reached = 0;
        for (auto v = static_cast<vertex_id>(begin); v < end; ++v) {
          if (levels[v] == detail::not_met) continue;
          ++reached;
          result.distances[v] = levels[v];
          if (result.parents.empty() || v == source) continue;
          for (const vertex_id u : g.in_neighbors(v)) {
            if (levels[u] + 1 != levels[v]) continue;
            result.parents[v] = u;
            break;
          }
        }
        return reached;
      },
      [](vertex_id a, vertex_id b) { return a + b; });
  for (vertex_id v = 0; v < n; ++v) result.defined[v] = levels[v] != detail::not_met;
  return result;
}

shortest_paths_result shortest_paths(const graph& g, vertex_id source,
                                     const shortest_paths_options& options, const execution& exec) {
  check_source(g, source, "shortest_paths");
  detail::parallel workers(exec);
  const detail::arc_lengths lengths(g, options.length, "shortest_paths",
                                    detail::zero_lengths::accept, workers);
  const vertex_id n = g.vertex_count();
  detail::near_search search({g.out_offsets().data(), g.out_targets().data()}, lengths.data(), n,
                             workers);
  search.run(source);
  const detail::buffer<double>& distances = search.distances();
  shortest_paths_result result;
  result.distances.resize(n);
  result.defined.resize(n);
  if (options.parents == path_parents::find) {
    result.parents = parent_search(g, options.length, distances, workers).run(source);
  }
  for (vertex_id v = 0; v < n; ++v) {
    if (distances[v] == detail::near_search::not_reached) continue;
    result.distances[v] = distances[v];
    result.defined[v] = true;
    ++result.reached;
  }
  return result;
}

std::vector<vertex_id> path_between(std::span<const vertex_id> parents, vertex_id source,
                                    vertex_id target) {
  for (const vertex_id v : {source, target}) {
    if (v < parents.size()) continue;
    throw std::invalid_argument("path_between: the vertex " + std::to_string(v) +
                                " has no entry among " + std::to_string(parents.size()) +
                                " parents");
  }
  std::vector<vertex_id> path{target};
  while (path.back() != source) {
    const vertex_id before = parents[path.back()];
    if (before == no_vertex || path.size() > parents.size()) return {};
    if (before >= parents.size()) {
      throw std::invalid_argument("path_between: the parent " + std::to_string(before) +
                                  " is out of range");
    }
    path.push_back(before);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace valuenet
