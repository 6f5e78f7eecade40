#include "valuenet/metrics/closeness.hpp"

#include "valuenet/graph/subgraph.hpp"

#include <algorithm>
#include <memory>
#include <utility>

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

reach reach_by_length(const graph& g, arc_length length, const execution& exec) {
  const vertex_id n = g.vertex_count();
  reach result{std::vector<std::uint32_t>(n), std::vector<double>(n), std::vector<double>(n)};
  detail::parallel workers(exec);
  const detail::arc_lengths lengths(g, length, "closeness", detail::zero_lengths::refuse, workers);
  detail::progress progress(exec, "closeness", n);
  const detail::adjacency after{g.out_offsets().data(), g.out_targets().data()};
  std::vector<std::unique_ptr<detail::length_search>> searches(workers.workers());
  workers.for_chunks(n, 1, [&](std::size_t begin, std::size_t, std::size_t worker) {
    auto& search = searches[worker];
    if (!search) {
      search = std::make_unique<detail::length_search>(after, lengths.data(), n);
    }
    const auto source = static_cast<vertex_id>(begin);
    search->run(source, [&](vertex_id v, double distance) {
      if (v == source) return;
      ++result.count[source];
      result.distance[source] += distance;
      result.inverse_distance[source] += 1.0 / distance;
    });
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
