#include "metrics/length_dependencies.hpp"

#include <functional>
#include <limits>
#include <stdexcept>
#include <string>

namespace valuenet::detail {

core_lengths make_core_lengths(const graph& g, const betweenness_core& core, arc_length kind,
                               bool parallel_paths) {
  core_lengths result;
  std::vector<double> out_multiplicity;
  result.out_lengths.resize(core.out_targets.size());
  out_multiplicity.resize(core.out_targets.size());
  for (vertex_id c = 0; c < core.size; ++c) {
    const vertex_id v = core.original[c];
    const auto row = g.out_neighbors(v);
    const auto weights = g.out_weights(v);
    const auto begin = core.out_targets.begin() + static_cast<std::ptrdiff_t>(core.out_offsets[c]);
    const auto end = core.out_targets.begin() +
                     static_cast<std::ptrdiff_t>(core.out_offsets[c + std::size_t{1}]);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const double weight = weights.empty() ? 1.0 : weights[i];
      const double length = length_of(weight, kind);
      if (!(weight > 0.0 && std::isfinite(weight) && length > 0.0 && std::isfinite(length))) {
        throw std::invalid_argument("betweenness: the arc " + std::to_string(v) + " -> " +
                                    std::to_string(row[i]) + " has the weight " +
                                    std::to_string(weight) +
                                    "; lengths need positive and finite weights");
      }
      if (row[i] == v) continue;
      const auto at = static_cast<std::size_t>(std::lower_bound(begin, end, core.position[row[i]]) -
                                               core.out_targets.begin());
      double& shortest = result.out_lengths[at];
      if (out_multiplicity[at] != 0.0 && equal_lengths(length, shortest)) {
        out_multiplicity[at] += parallel_paths ? 1.0 : 0.0;
      } else if (out_multiplicity[at] == 0.0 || length < shortest) {
        shortest = length;
        out_multiplicity[at] = 1.0;
      }
    }
  }
  result.in_lengths.resize(core.in_sources.size());
  result.in_multiplicity.resize(core.in_sources.size());
  for (std::size_t k = 0; k < core.in_sources.size(); ++k) {
    result.in_lengths[k] = result.out_lengths[core.in_arcs[k]];
    result.in_multiplicity[k] = out_multiplicity[core.in_arcs[k]];
  }
  return result;
}

length_dependency_search::length_dependency_search(const betweenness_core& core,
                                                   const core_lengths& lengths)
    : core_(core),
      lengths_(lengths),
      distance_(core.size, std::numeric_limits<double>::infinity()),
      paths_(core.size, 0.0),
      dependencies_(core.size, 0.0),
      rank_(core.size, no_vertex) {}

void length_dependency_search::run(std::span<const vertex_id> sources, dependency_sums& sums) {
  for (const vertex_id source : sources) {
    settle(source);
    count_paths(source);
    collect(sums);
    for (const vertex_id v : order_) {
      distance_[v] = std::numeric_limits<double>::infinity();
      paths_[v] = 0.0;
      dependencies_[v] = 0.0;
      rank_[v] = no_vertex;
    }
  }
}

void length_dependency_search::settle(vertex_id source) {
  order_.clear();
  heap_.assign(1, {0.0, source});
  distance_[source] = 0.0;
  while (!heap_.empty()) {
    std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
    const auto [distance, v] = heap_.back();
    heap_.pop_back();
    if (rank_[v] != no_vertex) continue;
    rank_[v] = static_cast<vertex_id>(order_.size());
    order_.push_back(v);
    for (arc_id arc = core_.out_offsets[v]; arc < core_.out_offsets[v + std::size_t{1}]; ++arc) {
      const vertex_id u = core_.out_targets[arc];
      const double through = distance + lengths_.out_lengths[arc];
      if (rank_[u] != no_vertex || through >= distance_[u]) continue;
      distance_[u] = through;
      heap_.emplace_back(through, u);
      std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
    }
  }
}

void length_dependency_search::count_paths(vertex_id source) {
  paths_[source] = 1.0;
  for (const vertex_id w : order_) {
    for_each_before(
        w, [&](arc_id k, vertex_id v) { paths_[w] += paths_[v] * lengths_.in_multiplicity[k]; });
  }
}

void length_dependency_search::collect(dependency_sums& sums) {
  for (std::size_t i = order_.size(); i-- > 1;) {
    const vertex_id w = order_[i];
    const double share = (1.0 + dependencies_[w]) / paths_[w];
    for_each_before(w, [&](arc_id k, vertex_id v) {
      const double amount = share * paths_[v] * lengths_.in_multiplicity[k];
      dependencies_[v] += amount;
      if (!sums.arcs.empty()) sums.arcs[core_.in_arcs[k]] += amount;
      if (!sums.arc_squares.empty()) sums.arc_squares[core_.in_arcs[k]] += amount * amount;
    });
    sums.vertices[w] += dependencies_[w];
    if (!sums.vertex_squares.empty()) sums.vertex_squares[w] += dependencies_[w] * dependencies_[w];
  }
}

}  // namespace valuenet::detail
