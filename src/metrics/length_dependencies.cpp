#include "metrics/length_dependencies.hpp"

#include <limits>

namespace valuenet::detail {
namespace {

constexpr double not_reached = std::numeric_limits<double>::infinity();

}  // namespace

core_lengths make_core_lengths(const graph& g, const betweenness_core& core,
                               const arc_lengths& lengths, bool parallel_paths) {
  core_lengths result;
  std::vector<double> out_multiplicity;
  result.out_lengths.resize(core.out_targets.size());
  out_multiplicity.resize(core.out_targets.size());
  for (vertex_id c = 0; c < core.size; ++c) {
    const vertex_id v = core.original[c];
    const auto row = g.out_neighbors(v);
    const arc_id first = g.first_out_arc(v);
    const auto begin = core.out_targets.begin() + static_cast<std::ptrdiff_t>(core.out_offsets[c]);
    const auto end = core.out_targets.begin() +
                     static_cast<std::ptrdiff_t>(core.out_offsets[c + std::size_t{1}]);
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (row[i] == v || core.position[row[i]] == no_vertex) continue;  // folded
      const double length = lengths[first + i];
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
      distance_(core.size, not_reached),
      paths_(core.size, 0.0),
      dependencies_(core.size, 0.0),
      rank_(core.size, no_vertex),
      steps_(core.size, 0),
      queue_(lengths.out_lengths) {}

void length_dependency_search::run(std::span<const vertex_id> sources, dependency_sums& sums) {
  for (const vertex_id source : sources) {
    settle(source);
    if (!sums.reaches.empty()) count_reach(source, sums);
    collect(source, sums);
    forget();
  }
}

void length_dependency_search::settle(vertex_id source) {
  distance_[source] = 0.0;
  paths_[source] = 1.0;
  queue_.start();
  queue_.put({0.0, source});
  length_queue::waiting next;
  while (queue_.take(next, distance_.data())) {
    rank_[next.vertex] = static_cast<vertex_id>(order_.size());
    order_.push_back(next.vertex);
    if (next.vertex != source) count_paths(next.vertex);
    before_ends_.push_back(before_.size());
    relax(next.vertex);
  }
}

void length_dependency_search::relax(vertex_id v) {
  const double distance = distance_[v];
  for (arc_id arc = core_.out_offsets[v]; arc < core_.out_offsets[v + std::size_t{1}]; ++arc) {
    const vertex_id u = core_.out_targets[arc];
    const double through = distance + lengths_.out_lengths[arc];
    if (through >= distance_[u]) continue;
    distance_[u] = through;
    queue_.put({through, u});
  }
}

/// From those before w, all of which are settled: lengths are positive.
void length_dependency_search::count_paths(vertex_id w) {
  const std::size_t first = before_.size();
  const double distance = distance_[w];
  std::int32_t most = 0;
  for (arc_id k = core_.in_offsets[w]; k < core_.in_offsets[w + std::size_t{1}]; ++k) {
    const vertex_id v = core_.in_sources[k];
    if (!equal_lengths(distance_[v] + lengths_.in_lengths[k], distance)) continue;
    if (rank_[v] >= rank_[w]) continue;  // a length that rounding swallows; or not reached
    before_.push_back(k);
    most = std::max(most, steps_[v]);
  }
  steps_[w] = most;
  double paths = 0.0;
  for (std::size_t i = first; i < before_.size(); ++i) {
    const vertex_id v = core_.in_sources[before_[i]];
    paths += paths_[v] * scale(v, w) * lengths_.in_multiplicity[before_[i]];
  }
  constexpr double many = 0x1p+512;
  if (paths > many) {
    paths *= 0x1p-512;
    ++steps_[w];
    scaled_ = true;
  }
  paths_[w] = paths;
}

double length_dependency_search::scale(vertex_id v, vertex_id w) const {
  if (!scaled_ || steps_[v] == steps_[w]) return 1.0;
  return steps_[w] - steps_[v] == 1 ? 0x1p-512 : 0.0;
}

void length_dependency_search::count_reach(vertex_id source, dependency_sums& sums) const {
  for (const vertex_id v : order_) {
    if (v == source) continue;
    sums.reaches[source] += core_.target_weight[v];
    sums.reached_by[v] += core_.source_weight[source];
  }
}

void length_dependency_search::collect(vertex_id source, dependency_sums& sums) {
  const double weight = core_.source_weight[source];
  for (std::size_t i = order_.size(); i-- > 1;) {
    const vertex_id w = order_[i];
    const double share = (core_.target_weight[w] + dependencies_[w]) / paths_[w];
    for (std::size_t at = before_ends_[i - 1]; at < before_ends_[i]; ++at) {
      const arc_id k = before_[at];
      const vertex_id v = core_.in_sources[k];
      const double amount = share * (paths_[v] * scale(v, w)) * lengths_.in_multiplicity[k];
      dependencies_[v] += amount;
      if (!sums.arcs.empty()) sums.arcs[core_.in_arcs[k]] += weight * amount;
      if (!sums.arc_squares.empty()) sums.arc_squares[core_.in_arcs[k]] += amount * amount;
    }
    sums.vertices[w] += weight * dependencies_[w];
    if (!sums.vertex_squares.empty()) sums.vertex_squares[w] += dependencies_[w] * dependencies_[w];
  }
}

void length_dependency_search::forget() {
  for (const vertex_id v : order_) {
    distance_[v] = not_reached;
    paths_[v] = 0.0;
    dependencies_[v] = 0.0;
    rank_[v] = no_vertex;
    steps_[v] = 0;
  }
  order_.clear();
  before_.clear();
  before_ends_.clear();
  scaled_ = false;
}

}  // namespace valuenet::detail
