#include "valuenet/metrics/closeness.hpp"

#include "valuenet/graph/subgraph.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "detail/parallel.hpp"
#include "detail/progress.hpp"
#include "metrics/distance_counts.hpp"
#include "metrics/length_search.hpp"

namespace valuenet {
namespace {

/// Of every vertex: how many it reaches, and the sums of the distances and of their inverses.
struct reach {
  std::vector<std::uint32_t> count;
  std::vector<double> distance;
  std::vector<double> inverse_distance;
};

graph searched(const graph& g, valuenet::convention convention, path_direction paths) {
  const bool incoming =
      paths == path_direction::incoming ||
      (paths == path_direction::by_convention && convention == convention::networkx);
  return incoming ? transpose(g) : g;
}

reach reach_by_hops(const graph& g, const execution& exec) {
  detail::distance_counts counts =
      detail::count_distances(g, {.kept = vertex_distances::sums}, exec);
  return {std::move(counts.reachable_count),
          {counts.distance_sum.begin(), counts.distance_sum.end()},
          std::move(counts.inverse_distance_sum)};
}

/// A vertex whose arcs all lead to one other reaches what that one reaches, a step further: it is a
/// follower of that one, and need not be searched from, unless that one follows as well.
class followers {
 public:
  followers(const graph& g, const detail::arc_lengths& lengths)
      : head_(g.vertex_count(), no_vertex), step_(g.vertex_count()) {
    const vertex_id n = g.vertex_count();
    std::vector<vertex_id> only(n, no_vertex);
    for (vertex_id v = 0; v < n; ++v) only[v] = only_neighbor(g, v);
    offsets_.assign(std::size_t{n} + 2, 0);
    for (vertex_id v = 0; v < n; ++v) {
      if (only[v] == no_vertex || only[only[v]] != no_vertex) continue;
      head_[v] = only[v];
      step_[v] = shortest_step(g, lengths, v);
      ++offsets_[head_[v] + std::size_t{2}];
    }
    std::partial_sum(offsets_.begin(), offsets_.end(), offsets_.begin());
    of_heads_.resize(offsets_.back());
    for (vertex_id v = 0; v < n; ++v) {
      if (head_[v] != no_vertex) of_heads_[offsets_[head_[v] + std::size_t{1}]++] = v;
    }
  }

  /// no_vertex: it follows none.
  [[nodiscard]] vertex_id head(vertex_id v) const { return head_[v]; }
  [[nodiscard]] double step(vertex_id v) const { return step_[v]; }
  [[nodiscard]] std::span<const vertex_id> of(vertex_id head) const {
    return std::span(of_heads_).subspan(offsets_[head], offsets_[head + 1] - offsets_[head]);
  }

 private:
  static vertex_id only_neighbor(const graph& g, vertex_id v) {
    vertex_id only = no_vertex;
    for (const vertex_id u : g.out_neighbors(v)) {
      if (u == v || u == only) continue;
      if (only != no_vertex) return no_vertex;
      only = u;
    }
    return only;
  }

  static double shortest_step(const graph& g, const detail::arc_lengths& lengths, vertex_id v) {
    double shortest = std::numeric_limits<double>::infinity();
    for (std::uint64_t i = 0; i < g.out_arc_count(v); ++i) {
      const arc_id arc = g.first_out_arc(v) + i;
      if (g.target(arc) != v) shortest = std::min(shortest, lengths[arc]);
    }
    return shortest;
  }

  std::vector<vertex_id> head_;
  std::vector<double> step_;  // to the head
  std::vector<std::size_t> offsets_;
  std::vector<vertex_id> of_heads_;
};

/// One worker's searches.
class length_reach {
 public:
  length_reach(const graph& g, const detail::arc_lengths& lengths, const followers& following,
               const detail::parallel& workers)
      : search_({g.out_offsets().data(), g.out_targets().data()}, lengths.data(), g.vertex_count()),
        following_(following),
        workers_(workers),
        place_(g.vertex_count(), nowhere) {}

  void run(vertex_id source, reach& result) {
    const auto led = following_.of(source);
    distances_.clear();
    sums own;
    search_.run(source, [&](vertex_id v, double distance) {
      if (following_.head(v) == source) place_[v] = distances_.size();
      if (!led.empty()) distances_.push_back(distance);
      if (v != source) own.add(distance);
    });
    own.store(source, result);
    for (const vertex_id v : led) {
      workers_.check_stop();
      const std::size_t place = std::min(std::exchange(place_[v], nowhere), distances_.size());
      const double step = following_.step(v);
      sums with_step;
      for (std::size_t i = 0; i < place; ++i) with_step.add(step + distances_[i]);
      for (std::size_t i = place + 1; i < distances_.size(); ++i) {
        with_step.add(step + distances_[i]);
      }
      with_step.store(v, result);
    }
  }

 private:
  static constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

  struct sums {
    std::uint32_t count = 0;
    double distance = 0.0;
    double inverse_distance = 0.0;

    void add(double added) {
      ++count;
      distance += added;
      inverse_distance += 1.0 / added;
    }
    void store(vertex_id v, reach& result) const {
      result.count[v] = count;
      result.distance[v] = distance;
      result.inverse_distance[v] = inverse_distance;
    }
  };

  detail::length_search search_;
  const followers& following_;
  const detail::parallel& workers_;
  std::vector<std::size_t> place_;  // of a follower that its head reaches, among the distances
  std::vector<double> distances_;   // from the source to all that it reaches, itself first
};

reach reach_by_length(const graph& g, arc_length length, const execution& exec) {
  const vertex_id n = g.vertex_count();
  reach result{std::vector<std::uint32_t>(n), std::vector<double>(n), std::vector<double>(n)};
  detail::parallel workers(exec);
  const detail::arc_lengths lengths(g, length, "closeness", detail::zero_lengths::refuse, workers);
  const followers following(g, lengths);
  detail::progress progress(exec, "closeness", n);
  std::vector<std::unique_ptr<length_reach>> searches(workers.workers());
  workers.for_chunks(n, 1, [&](std::size_t begin, std::size_t, std::size_t worker) {
    auto& search = searches[worker];
    if (!search) search = std::make_unique<length_reach>(g, lengths, following, workers);
    const auto source = static_cast<vertex_id>(begin);
    if (following.head(source) == no_vertex) search->run(source, result);
    progress.advance();
  });
  return result;
}

reach find_reach(const graph& g, arc_length length, const execution& exec) {
  return length == arc_length::hop ? reach_by_hops(g, exec) : reach_by_length(g, length, exec);
}

/// value(v) where the vertex reaches another one, and 0 where it does not.
template <class Value>
closeness_result where_defined(const reach& reached, Value&& value) {
  closeness_result result;
  result.values.resize(reached.count.size());
  result.defined.resize(reached.count.size());
  for (std::size_t v = 0; v < reached.count.size(); ++v) {
    if (reached.count[v] == 0) continue;
    result.defined[v] = true;
    result.values[v] = value(v);
  }
  return result;
}

}  // namespace

closeness_result closeness(const graph& g, const closeness_options& options,
                           const execution& exec) {
  closeness_scale scale = options.scale;
  if (scale == closeness_scale::by_convention) {
    scale = options.convention == convention::networkx ? closeness_scale::wasserman_faust
                                                       : closeness_scale::reachable;
  }
  const reach reached =
      find_reach(searched(g, options.convention, options.paths), options.length, exec);
  const double others = static_cast<double>(g.vertex_count()) - 1.0;
  return where_defined(reached, [&](std::size_t v) {
    const auto count = static_cast<double>(reached.count[v]);
    if (scale == closeness_scale::inverse_distance) return 1.0 / reached.distance[v];
    const double value = count / reached.distance[v];
    return scale == closeness_scale::wasserman_faust ? value * (count / others) : value;
  });
}

closeness_result harmonic_closeness(const graph& g, const harmonic_closeness_options& options,
                                    const execution& exec) {
  harmonic_scale scale = options.scale;
  if (scale == harmonic_scale::by_convention) {
    scale =
        options.convention == convention::gephi ? harmonic_scale::reachable : harmonic_scale::sum;
  }
  const reach reached =
      find_reach(searched(g, options.convention, options.paths), options.length, exec);
  const double others = static_cast<double>(g.vertex_count()) - 1.0;
  return where_defined(reached, [&](std::size_t v) {
    const double sum = reached.inverse_distance[v];
    if (scale == harmonic_scale::reachable) return sum / static_cast<double>(reached.count[v]);
    return scale == harmonic_scale::others ? sum / others : sum;
  });
}

}  // namespace valuenet
