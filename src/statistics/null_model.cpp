#include "valuenet/statistics/null_model.hpp"

#include "valuenet/graph/builder.hpp"
#include "valuenet/graph/subgraph.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include <fmt/format.h>

#include "detail/parallel.hpp"
#include "detail/progress.hpp"
#include "detail/random.hpp"
#include "statistics/edge_switching.hpp"

namespace valuenet {
namespace {

constexpr std::size_t polled_every = std::size_t{1} << 16;

std::uint64_t switch_freely(detail::edge_switching& edges, detail::random_stream& random,
                            std::uint64_t count, const detail::parallel& workers) {
  std::uint64_t switched = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (i % polled_every == 0) workers.check_stop();
    const auto pair = edges.draw(random);
    if (!edges.is_allowed(pair)) continue;
    edges.make(pair);
    ++switched;
  }
  return switched;
}

std::uint64_t switch_connected(detail::edge_switching& edges, detail::random_stream& random,
                               std::uint64_t count, const detail::parallel& workers) {
  // Pieces of this size and more are rare, and found by looking at the whole graph.
  constexpr std::size_t small_piece = 16;
  struct attempt {
    detail::edge_switching::pair pair;
    bool was_made = false;
  };
  std::uint64_t switched = 0;
  std::vector<attempt> attempts;
  std::uint64_t window = std::max<std::uint64_t>(1, edges.edge_count() / 10);
  for (std::uint64_t done = 0; done < count;) {
    workers.check_stop();
    window = std::min({window, count - done, std::uint64_t{2} * edges.edge_count()});
    attempts.clear();
    std::uint64_t made = 0;
    for (std::uint64_t i = 0; i < window; ++i) {
      if (i % polled_every == 0) workers.check_stop();
      attempt next{.pair = edges.draw(random)};
      if (edges.is_allowed(next.pair)) {
        edges.make(next.pair);
        next.was_made = !edges.is_cut_off(edges.sources()[next.pair.first], small_piece) &&
                        !edges.is_cut_off(edges.sources()[next.pair.second], small_piece);
        if (!next.was_made) edges.make(next.pair);  // once more: back
        made += next.was_made ? 1 : 0;
      }
      attempts.push_back(next);
    }
    done += window;
    if (edges.is_connected()) {
      switched += made;
      window *= 2;
      continue;
    }
    for (auto each = attempts.rbegin(); each != attempts.rend(); ++each) {
      edges.take_back(each->pair, each->was_made);
    }
    window = std::max<std::uint64_t>(1, window / 2);
  }
  return switched;
}

std::uint64_t switch_to_lattice(detail::edge_switching& edges, detail::random_stream& random,
                                std::uint64_t count, vertex_id vertices,
                                const detail::parallel& workers) {
  std::vector<vertex_id> place(vertices);
  std::iota(place.begin(), place.end(), vertex_id{0});
  random.shuffle(place);
  std::vector<vertex_id> at(vertices);
  for (vertex_id v = 0; v < vertices; ++v) at[place[v]] = v;
  const auto apart = [&](vertex_id u, vertex_id v) -> std::uint64_t {
    const std::uint64_t off = place[u] > place[v] ? place[u] - place[v] : place[v] - place[u];
    return std::min<std::uint64_t>(off, vertices - off);
  };
  // Distances are drawn with chances falling as their inverse, so that every scale gets its turn.
  const double scales = std::log(std::max(2.0, static_cast<double>(vertices) / 2.0));
  const auto near = [&](vertex_id v) {
    const auto off = static_cast<std::uint64_t>(std::exp(random.uniform() * scales));
    const std::uint64_t from = random.below(2) == 1 ? place[v] + off : place[v] + vertices - off;
    return at[from % vertices];
  };
  const auto& from = edges.sources();
  const auto& to = edges.targets();
  std::uint64_t switched = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (i % polled_every == 0) workers.check_stop();
    const auto pair = edges.draw_near(random, near);
    if (!pair || !edges.is_allowed(*pair)) continue;
    const std::size_t e = pair->first;
    const std::size_t f = pair->second;
    if (apart(from[e], to[f]) + apart(from[f], to[e]) >=
        apart(from[e], to[e]) + apart(from[f], to[f])) {
      continue;
    }
    edges.make(*pair);
    ++switched;
  }
  return switched;
}

void check(const rewiring_options& options) {
  if (!(options.attempts_per_edge >= 0.0) || !std::isfinite(options.attempts_per_edge)) {
    throw std::invalid_argument(
        fmt::format("rewiring_options.attempts_per_edge is {}; it must be finite and not below 0",
                    options.attempts_per_edge));
  }
}

/// Precondition: simple.
rewiring_result rewire_simple(const graph& simple, const rewiring_options& options,
                              const execution& exec) {
  execution one_thread = exec;
  one_thread.threads = 1;
  one_thread.progress = {};
  const detail::parallel workers(one_thread);
  detail::edge_switching edges(simple);
  rewiring_result result;
  if (options.constraint == rewiring_constraint::connected && !edges.is_connected()) {
    throw std::invalid_argument(
        "rewire: the graph is not connected, so it cannot stay so; take its largest_component()");
  }
  detail::random_stream random(options.seed, options.replicate);
  constexpr double most = 1e18;
  const double attempts =
      std::round(options.attempts_per_edge * static_cast<double>(edges.edge_count()));
  result.attempted = static_cast<std::uint64_t>(std::min(attempts, most));
  if (edges.edge_count() > 0) {
    switch (options.constraint) {
      case rewiring_constraint::none:
        result.switched = switch_freely(edges, random, result.attempted, workers);
        break;
      case rewiring_constraint::connected:
        result.switched = switch_connected(edges, random, result.attempted, workers);
        break;
      case rewiring_constraint::lattice:
        result.switched =
            switch_to_lattice(edges, random, result.attempted, simple.vertex_count(), workers);
        break;
    }
  }
  result.graph = build_graph(
      edge_columns{.sources = edges.sources(), .targets = edges.targets()},
      {.direction = simple.direction(), .vertex_count = simple.vertex_count()}, one_thread);
  return result;
}

null_comparison compare(std::optional<double> observed,
                        const std::vector<std::optional<double>>& by_replicate) {
  null_comparison result{.observed = observed};
  for (const std::optional<double>& value : by_replicate) {
    if (value) result.values.push_back(*value);
  }
  result.replicates = static_cast<std::uint32_t>(result.values.size());
  if (result.values.empty()) return result;
  const auto n = static_cast<double>(result.values.size());
  const double mean = std::accumulate(result.values.begin(), result.values.end(), 0.0) / n;
  result.mean = mean;
  if (result.values.size() > 1) {
    double squares = 0.0;
    for (const double value : result.values) squares += (value - mean) * (value - mean);
    result.deviation = std::sqrt(squares / (n - 1.0));
    if (observed && *result.deviation > 0.0) {
      result.z_score = (*observed - mean) / *result.deviation;
    }
  }
  if (observed) {
    const auto share = [&](auto&& counts) {
      return (1.0 + static_cast<double>(
                        std::count_if(result.values.begin(), result.values.end(), counts))) /
             (1.0 + n);
    };
    result.p_above = share([&](double value) { return value >= *observed; });
    result.p_below = share([&](double value) { return value <= *observed; });
  }
  return result;
}

}  // namespace

rewiring_result rewire(const graph& g, const rewiring_options& options, const execution& exec) {
  check(options);
  return rewire_simple(simple_view(g, duplicates::first, exec), options, exec);
}

std::vector<null_comparison> compare_with_null(const graph& g,
                                               std::span<const graph_statistic> statistics,
                                               const null_model_options& options,
                                               const execution& exec) {
  check(options.rewiring);
  if (options.replicates < 2) {
    throw std::invalid_argument(fmt::format(
        "null_model_options.replicates is {}; it must be at least 2", options.replicates));
  }
  const graph simple = simple_view(g, duplicates::first, exec);
  std::vector<std::vector<std::optional<double>>> values(
      statistics.size(), std::vector<std::optional<double>>(options.replicates));
  execution one_thread;
  one_thread.threads = 1;
  one_thread.stop = exec.stop;
  detail::parallel workers(exec);
  detail::progress report(exec, "random graphs", options.replicates);
  workers.for_each(options.replicates, 1, [&](std::size_t replicate) {
    rewiring_options rewiring = options.rewiring;
    rewiring.replicate = replicate;
    const rewiring_result random = rewire_simple(simple, rewiring, one_thread);
    for (std::size_t i = 0; i < statistics.size(); ++i) {
      values[i][replicate] = statistics[i](random.graph, one_thread);
    }
    report.advance();
  });
  std::vector<null_comparison> result;
  for (std::size_t i = 0; i < statistics.size(); ++i) {
    result.push_back(compare(statistics[i](simple, exec), values[i]));
  }
  return result;
}

}  // namespace valuenet
