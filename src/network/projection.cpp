#include "valuenet/network/projection.hpp"

#include "valuenet/graph/builder.hpp"
#include "valuenet/graph/subgraph.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "detail/parallel.hpp"

namespace valuenet {

std::string_view to_string(projection_weight weight) noexcept {
  switch (weight) {
    case projection_weight::count:
      return "count";
    case projection_weight::fractional:
      return "fractional";
    case projection_weight::newman:
      return "newman";
    case projection_weight::jaccard:
      return "jaccard";
    case projection_weight::cosine:
      break;
  }
  return "cosine";
}

projection_result project(const value_network& network, const projection_options& options,
                          const execution& exec) {
  if (options.most_parties < 2) {
    throw std::invalid_argument("project: most_parties = " + std::to_string(options.most_parties) +
                                "; at least 2");
  }
  const detail::parallel workers(exec);
  selection_options choice = options.selection;
  choice.direction = direction::directed;
  choice.duplicates = duplicates::first;
  const selection selected = select(network, choice, exec);
  const graph simple = simple_view(selected.graph(), duplicates::first, exec);
  // From now on arcs run from the event to its parties.
  const graph events = options.onto == projected_end::takers ? simple : transpose(simple);
  const vertex_id n = events.vertex_count();

  projection_result result;
  std::vector<vertex_id> place(n, no_vertex);
  for (vertex_id v = 0; v < n; ++v) {
    const std::size_t its_events = events.in_arc_count(v);
    if (its_events == 0) continue;
    result.actors_in_both_modes += events.out_arc_count(v) > 0 ? 1 : 0;
    place[v] = static_cast<vertex_id>(result.actors.size());
    result.actors.push_back(selected.actor(v));
    result.events_of_actor.push_back(its_events);
  }
  std::uint64_t pairs = 0;
  for (vertex_id event = 0; event < n; ++event) {
    const std::uint64_t parties = events.out_arc_count(event);
    if (parties == 0) continue;
    ++result.events;
    result.lone_events += parties == 1 ? 1 : 0;
    if (parties > options.most_parties) {
      ++result.events_left_out;
      continue;
    }
    pairs += parties * (parties - 1) / 2;
  }
  if (pairs > (std::uint64_t{1} << 31)) {
    throw std::invalid_argument("project: the events have " + std::to_string(pairs) +
                                " pairs of parties, over 2147483648; leave the largest events out "
                                "with most_parties");
  }
  std::vector<vertex_id> sources;
  std::vector<vertex_id> targets;
  std::vector<double> weights;
  sources.reserve(pairs);
  targets.reserve(pairs);
  weights.reserve(pairs);
  for (vertex_id event = 0; event < n; ++event) {
    const auto parties = events.out_neighbors(event);
    if (parties.size() < 2 || parties.size() > options.most_parties) continue;
    if (parties.size() > 256) workers.check_stop();
    const auto k = static_cast<double>(parties.size());
    const double weight = options.weight == projection_weight::fractional ? 2.0 / (k * (k - 1.0))
                          : options.weight == projection_weight::newman   ? 1.0 / (k - 1.0)
                                                                          : 1.0;
    for (std::size_t i = 0; i < parties.size(); ++i) {
      for (std::size_t j = i + 1; j < parties.size(); ++j) {
        sources.push_back(place[parties[i]]);
        targets.push_back(place[parties[j]]);
        weights.push_back(weight);
      }
    }
  }
  const build_options undirected{.direction = direction::undirected,
                                 .vertex_count = static_cast<vertex_id>(result.actors.size()),
                                 .duplicates = duplicates::sum};
  result.graph = build_graph(
      edge_columns{.sources = sources, .targets = targets, .weights = weights}, undirected, exec);
  if (options.weight != projection_weight::jaccard && options.weight != projection_weight::cosine) {
    return result;
  }
  sources.clear();
  targets.clear();
  weights.clear();
  for (vertex_id v = 0; v < result.graph.vertex_count(); ++v) {
    const auto row = result.graph.out_neighbors(v);
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (row[i] < v) continue;
      const double shared = result.graph.weight(result.graph.first_out_arc(v) + i);
      const auto one = static_cast<double>(result.events_of_actor[v]);
      const auto other = static_cast<double>(result.events_of_actor[row[i]]);
      sources.push_back(v);
      targets.push_back(row[i]);
      weights.push_back(options.weight == projection_weight::jaccard
                            ? shared / (one + other - shared)
                            : shared / std::sqrt(one * other));
    }
  }
  result.graph = build_graph(
      edge_columns{.sources = sources, .targets = targets, .weights = weights}, undirected, exec);
  return result;
}

}  // namespace valuenet
