#include "valuenet/network/layers.hpp"

#include "valuenet/graph/subgraph.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "detail/parallel.hpp"
#include "detail/random.hpp"

namespace valuenet {
namespace {

bool has_arc(const graph& g, vertex_id from, vertex_id to) {
  const auto row = g.out_neighbors(from);
  return std::binary_search(row.begin(), row.end(), to);
}

std::uint64_t degree_of(const graph& g, vertex_id v) {
  return g.is_directed() ? g.out_arc_count(v) + g.in_arc_count(v) : g.out_arc_count(v);
}

/// Ranks, equal values sharing the mean of theirs.
std::vector<double> ranks_of(const std::vector<std::uint64_t>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i;
    while (end < order.size() && values[order[end]] == values[order[i]]) ++end;
    const double shared = 0.5 * static_cast<double>(i + end - 1);
    for (; i < end; ++i) ranks[order[i]] = shared;
  }
  return ranks;
}

std::optional<double> correlation_of(const std::vector<double>& x, const std::vector<double>& y) {
  if (x.size() < 2) return std::nullopt;
  const auto n = static_cast<double>(x.size());
  const double mean_x = std::accumulate(x.begin(), x.end(), 0.0) / n;
  const double mean_y = std::accumulate(y.begin(), y.end(), 0.0) / n;
  double xx = 0.0;
  double yy = 0.0;
  double xy = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    yy += (y[i] - mean_y) * (y[i] - mean_y);
    xy += (x[i] - mean_x) * (y[i] - mean_y);
  }
  if (xx <= 0.0 || yy <= 0.0) return std::nullopt;
  return xy / std::sqrt(xx * yy);
}

void check(const qap_options& options) {
  if (options.permutations >= 1) return;
  throw std::invalid_argument(
      "qap_correlation: permutations = " + std::to_string(options.permutations) + "; at least 1");
}

/// correlate(permutation) -> correlation, for each of the permutations; then the result.
template <class Correlate>
qap_result permute(std::optional<double> observed, std::size_t n, const qap_options& options,
                   const execution& exec, Correlate&& correlate) {
  qap_result result{.correlation = observed,
                    .p_greater = {},
                    .p_two_sided = {},
                    .permutations = options.permutations,
                    .seed = options.seed};
  if (!observed) return result;
  const auto times = static_cast<std::size_t>(options.permutations);
  std::vector<double> permuted(times);
  detail::parallel workers(exec);
  workers.for_chunks(times, 1, [&](std::size_t begin, std::size_t end) {
    std::vector<vertex_id> to(n);
    for (std::size_t p = begin; p < end; ++p) {
      std::iota(to.begin(), to.end(), vertex_id{0});
      detail::random_stream stream(options.seed, p);
      stream.shuffle(to);
      permuted[p] = correlate(to);
    }
  });
  // What differs by rounding alone counts as equal.
  const double least = *observed - 1e-12;
  const double far = std::abs(*observed) - 1e-12;
  std::size_t greater = 1;
  std::size_t as_far = 1;
  double sum = 0.0;
  for (const double r : permuted) {
    greater += r >= least ? 1 : 0;
    as_far += std::abs(r) >= far ? 1 : 0;
    sum += r;
  }
  const auto count = static_cast<double>(times);
  result.permuted_mean = sum / count;
  double squares = 0.0;
  for (const double r : permuted) {
    squares += (r - result.permuted_mean) * (r - result.permuted_mean);
  }
  result.permuted_deviation = std::sqrt(squares / count);
  result.p_greater = static_cast<double>(greater) / (count + 1.0);
  result.p_two_sided = static_cast<double>(as_far) / (count + 1.0);
  return result;
}

}  // namespace

layers_result layers_of(const value_network& network, std::string_view column,
                        const selection_options& selection, const execution& exec) {
  const text_column* words = find_column(network.relations(), column);
  if (words == nullptr) {
    throw std::invalid_argument("layers_of: the relation table has no column \"" +
                                std::string(column) + '"');
  }
  selection_options choice = selection;
  choice.direction = direction::directed;
  choice.duplicates = duplicates::keep;
  const valuenet::selection selected = select(network, choice, exec);
  const graph& g = selected.graph();
  std::vector<std::vector<edge>> arcs;
  std::vector<symbol> symbols;
  layers_result result;
  std::vector<std::uint32_t> layer_of_word(words->words().size(), ~std::uint32_t{0});
  std::vector<relation_id> first_row;
  for (vertex_id v = 0; v < g.vertex_count(); ++v) {
    const auto targets = g.out_neighbors(v);
    for (std::size_t i = 0; i < targets.size(); ++i) {
      for (const relation_id row : selected.relations(g.first_out_arc(v) + i)) {
        const symbol word = words->code(row);
        if (word == 0) {
          ++result.without_layer;
          continue;
        }
        std::uint32_t& number = layer_of_word[word];
        if (number == ~std::uint32_t{0}) {
          if (arcs.size() == 64) {
            throw std::invalid_argument("layers_of: over 64 words in the column " +
                                        std::string(column) + "; select some of them");
          }
          number = static_cast<std::uint32_t>(arcs.size());
          arcs.emplace_back();
          symbols.push_back(word);
          first_row.push_back(row);
        }
        first_row[number] = std::min(first_row[number], row);
        if (v != targets[i]) arcs[number].push_back({v, targets[i], 1.0});
      }
    }
  }
  std::vector<std::size_t> order(arcs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return first_row[a] < first_row[b]; });
  std::vector<vertex_id> place(g.vertex_count(), choice.all_actors ? 0 : no_vertex);
  for (const auto& list : arcs) {
    for (const edge& each : list) place[each.source] = place[each.target] = 0;
  }
  for (vertex_id v = 0; v < g.vertex_count(); ++v) {
    if (place[v] == no_vertex) continue;
    place[v] = static_cast<vertex_id>(result.actors.size());
    result.actors.push_back(selected.actor(v));
  }
  const auto n = static_cast<vertex_id>(result.actors.size());
  for (const std::size_t l : order) {
    std::vector<vertex_id> sources;
    std::vector<vertex_id> targets;
    for (const edge& each : arcs[l]) {
      sources.push_back(place[each.source]);
      targets.push_back(place[each.target]);
    }
    result.layers.push_back(
        {std::string(words->words()[symbols[l]]),
         build_graph(edge_columns{.sources = sources, .targets = targets},
                     {.vertex_count = n, .duplicates = duplicates::first}, exec)});
  }
  return result;
}

multiplexity_result multiplexity(const layers_result& input, const execution& exec) {
  const detail::parallel workers(exec);
  const std::size_t count = input.layers.size();
  const std::size_t n = input.actors.size();
  multiplexity_result result;
  result.arcs_in.assign(count + 1, 0);
  result.actors_in.assign(count + 1, 0);
  result.active_actors.assign(count, 0);
  result.layers_of_actor.assign(n, 0);
  result.participation.assign(n, 0.0);
  for (vertex_id v = 0; v < n; ++v) {
    double all = 0.0;
    double squares = 0.0;
    for (std::size_t l = 0; l < count; ++l) {
      const auto degree = static_cast<double>(degree_of(input.layers[l].graph, v));
      if (degree == 0.0) continue;
      ++result.layers_of_actor[v];
      ++result.active_actors[l];
      all += degree;
      squares += degree * degree;
    }
    ++result.actors_in[result.layers_of_actor[v]];
    if (count > 1 && all > 0.0) {
      const auto layers = static_cast<double>(count);
      result.participation[v] = layers / (layers - 1.0) * (1.0 - squares / (all * all));
    }
  }
  // An arc is counted in the first layer that has it.
  for (std::size_t l = 0; l < count; ++l) {
    workers.check_stop();
    const graph& g = input.layers[l].graph;
    for (vertex_id v = 0; v < n; ++v) {
      for (const vertex_id w : g.out_neighbors(v)) {
        std::size_t times = 1;
        bool is_first = true;
        for (std::size_t other = 0; other < count && is_first; ++other) {
          if (other == l || !has_arc(input.layers[other].graph, v, w)) continue;
          ++times;
          is_first = other > l;
        }
        if (is_first) ++result.arcs_in[times];
      }
    }
  }
  for (std::size_t a = 0; a < count; ++a) {
    for (std::size_t b = a + 1; b < count; ++b) {
      workers.check_stop();
      const graph& first = input.layers[a].graph;
      const graph& second = input.layers[b].graph;
      layer_pair pair{.first = a,
                      .second = b,
                      .overlap = {},
                      .actor_overlap = {},
                      .degree_correlation = {},
                      .common_degree_correlation = {}};
      std::vector<std::uint64_t> first_degrees;
      std::vector<std::uint64_t> second_degrees;
      std::vector<std::uint64_t> first_of_both;
      std::vector<std::uint64_t> second_of_both;
      for (vertex_id v = 0; v < n; ++v) {
        for (const vertex_id w : first.out_neighbors(v)) {
          pair.common_arcs += has_arc(second, v, w) ? 1 : 0;
        }
        const std::uint64_t x = degree_of(first, v);
        const std::uint64_t y = degree_of(second, v);
        if (x + y == 0) continue;
        if (x > 0 && y > 0) {
          ++pair.common_actors;
          first_of_both.push_back(x);
          second_of_both.push_back(y);
        }
        first_degrees.push_back(x);
        second_degrees.push_back(y);
      }
      const std::uint64_t either = first.arc_count() + second.arc_count() - pair.common_arcs;
      if (either > 0) {
        pair.overlap = static_cast<double>(pair.common_arcs) / static_cast<double>(either);
        pair.actor_overlap =
            static_cast<double>(pair.common_actors) / static_cast<double>(first_degrees.size());
      }
      pair.degree_correlation = correlation_of(ranks_of(first_degrees), ranks_of(second_degrees));
      pair.common_degree_correlation =
          correlation_of(ranks_of(first_of_both), ranks_of(second_of_both));
      result.pairs.push_back(pair);
    }
  }
  return result;
}

qap_result qap_correlation(const graph& a, const graph& b, const qap_options& options,
                           const execution& exec) {
  check(options);
  if (a.vertex_count() != b.vertex_count()) {
    throw std::invalid_argument("qap_correlation: the graphs have " +
                                std::to_string(a.vertex_count()) + " and " +
                                std::to_string(b.vertex_count()) +
                                " vertices; they must be the "
                                "same");
  }
  const graph first = simple_view(a, duplicates::first, exec);
  const graph second = simple_view(b, duplicates::first, exec);
  const auto n = static_cast<double>(a.vertex_count());
  const double pairs = n * (n - 1.0);
  const auto x = static_cast<double>(first.arc_count());
  const auto y = static_cast<double>(second.arc_count());
  const double scale = std::sqrt(x * (pairs - x)) * std::sqrt(y * (pairs - y));
  // Of 0s and 1s the correlation follows from how many arcs fall on arcs.
  const auto correlate = [&](std::span<const vertex_id> to) {
    std::uint64_t common = 0;
    for (vertex_id v = 0; v < first.vertex_count(); ++v) {
      for (const vertex_id w : first.out_neighbors(v)) {
        common += has_arc(second, to.empty() ? v : to[v], to.empty() ? w : to[w]) ? 1 : 0;
      }
    }
    return (pairs * static_cast<double>(common) - x * y) / scale;
  };
  std::optional<double> observed;
  if (scale > 0.0) observed = correlate({});
  return permute(observed, a.vertex_count(), options, exec, correlate);
}

qap_result qap_correlation(std::span<const double> a, std::span<const double> b, std::size_t n,
                           const qap_options& options, const execution& exec) {
  check(options);
  if (n > (std::size_t{1} << 16) || a.size() != n * n || b.size() != n * n) {
    throw std::invalid_argument("qap_correlation: matrices of " + std::to_string(a.size()) +
                                " and " + std::to_string(b.size()) + " values are not " +
                                std::to_string(n) + " x " + std::to_string(n));
  }
  double mean_a = 0.0;
  double mean_b = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!std::isfinite(a[i]) || !std::isfinite(b[i])) {
      throw std::invalid_argument("qap_correlation: value " + std::to_string(i) + " is not finite");
    }
    if (i / n == i % n) continue;
    mean_a += a[i];
    mean_b += b[i];
  }
  const double pairs = n > 1 ? static_cast<double>(n) * static_cast<double>(n - 1) : 1.0;
  mean_a /= pairs;
  mean_b /= pairs;
  double square_a = 0.0;
  double square_b = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (i / n == i % n) continue;
    square_a += (a[i] - mean_a) * (a[i] - mean_a);
    square_b += (b[i] - mean_b) * (b[i] - mean_b);
  }
  const double scale = std::sqrt(square_a) * std::sqrt(square_b);
  const auto correlate = [&](std::span<const vertex_id> to) {
    double product = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        if (i == j) continue;
        const std::size_t at = to.empty() ? i * n + j : to[i] * n + to[j];
        product += (a[i * n + j] - mean_a) * (b[at] - mean_b);
      }
    }
    return product / scale;
  };
  std::optional<double> observed;
  if (scale > 0.0) observed = correlate({});
  return permute(observed, n, options, exec, correlate);
}

}  // namespace valuenet
