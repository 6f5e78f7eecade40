// Distances from some vertices, drawn at random, in place of all.
//
// Sources that reach the hub reach nearly the same vertices; the others reach few. The two kinds
// are drawn from apart, in proportion but never too few of either: a kind that no draw had met
// would be missing from the standard errors too.
#include "valuenet/graph/subgraph.hpp"

#include <algorithm>
#include <cmath>

#include "detail/parallel.hpp"
#include "detail/random.hpp"
#include "metrics/distance_core.hpp"
#include "metrics/distance_estimates.hpp"
#include "metrics/distance_kernel.hpp"
#include "metrics/distance_search.hpp"
#include "metrics/level_search.hpp"

namespace valuenet::detail {
namespace {

/// Sources of one kind and what they reach.
struct stratum {
  std::vector<vertex_id> vertices;
  std::size_t drawn = 0;  // the first of them
  std::vector<source_sums> sums;
  std::vector<std::uint64_t> histogram;
  std::vector<wide_count> histogram_squares;
  std::uint32_t longest = 0;

  /// How many sources one drawn stands for.
  [[nodiscard]] double weight() const {
    return static_cast<double>(vertices.size()) / static_cast<double>(drawn);
  }
  /// The variance of the estimated total over all sources, given the squared deviations of the
  /// drawn ones' values from their mean; drawn without replacement.
  [[nodiscard]] double variance_of_total(double squared_deviations) const {
    if (drawn == vertices.size()) return 0.0;
    const auto population = static_cast<double>(vertices.size());
    const auto count = static_cast<double>(drawn);
    return population * (population - count) / count * std::max(0.0, squared_deviations) /
           (count - 1.0);
  }
};

/// Draws sources and puts them first.
void draw(stratum& from, std::size_t count, random_stream& random) {
  from.drawn = count;
  for (std::size_t i = 0; i < count; ++i) {  // the start of a shuffle
    std::swap(from.vertices[i], from.vertices[i + random.below(from.vertices.size() - i)]);
  }
}

/// Those that reach the vertex with most arcs, and the rest.
std::vector<stratum> divide(const graph& g, parallel& workers) {
  vertex_id hub = 0;
  const auto degree = [&](vertex_id v) { return g.out_arc_count(v) + g.in_arc_count(v); };
  for (vertex_id v = 1; v < g.vertex_count(); ++v) {
    if (degree(v) > degree(hub)) hub = v;
  }
  level_search to_hub(rows_against(g), workers);
  to_hub.run(hub);
  std::vector<stratum> strata(2);
  for (const vertex_id v : vertices_with_arcs_out(g)) {
    strata[to_hub.levels()[v] == not_met ? 1 : 0].vertices.push_back(v);
  }
  return strata;
}

/// Precondition: 2 <= sources < all vertices of both.
void draw_from_both(std::vector<stratum>& strata, std::size_t sources, random_stream& random) {
  stratum& many = strata[0].vertices.size() >= strata[1].vertices.size() ? strata[0] : strata[1];
  stratum& few = &many == &strata[0] ? strata[1] : strata[0];
  const std::size_t least = std::min(few.vertices.size(), std::max<std::size_t>(2, sources / 16));
  if (sources < least + 2) {  // too few to tell them apart
    many.vertices.insert(many.vertices.end(), few.vertices.begin(), few.vertices.end());
    few.vertices.clear();
    draw(many, sources, random);
    return;
  }
  const double share = static_cast<double>(few.vertices.size()) /
                       static_cast<double>(few.vertices.size() + many.vertices.size());
  const auto proportional =
      static_cast<std::size_t>(std::llround(share * static_cast<double>(sources)));
  const std::size_t from_few =
      std::clamp(proportional, least, std::min(few.vertices.size(), sources - 2));
  draw(few, from_few, random);
  draw(many, sources - from_few, random);
}

void search_from(stratum& sources, const distance_core& core, parallel& workers,
                 const execution& exec) {
  std::vector<vertex_id> drawn(
      sources.vertices.begin(),
      sources.vertices.begin() + static_cast<std::ptrdiff_t>(sources.drawn));
  std::sort(drawn.begin(), drawn.end());
  std::vector<char> is_source(core.row_count());
  for (vertex_id row = 0; row < core.row_count(); ++row) {
    is_source[row] = std::binary_search(drawn.begin(), drawn.end(), core.original(row)) ? 1 : 0;
  }
  core_distances found =
      search_core(core, is_source, source_sums_wanted::yes,
                  select_distance_kernel(widest_instruction_set(), narrow_batch), workers, exec);
  sources.histogram = std::move(found.histogram);
  sources.histogram_squares = std::move(found.histogram_squares);
  for (vertex_id row = 0; row < core.row_count(); ++row) {
    if (is_source[row] == 0) continue;
    sources.sums.push_back(found.sums[row]);
    sources.longest = std::max(sources.longest, found.farthest[row]);
  }
}

/// The sum over all sources of what value(source_sums) says, and the variance of that estimate.
struct total {
  double value = 0.0;
  double variance = 0.0;
};

template <class Value>
total estimate_total(const std::vector<stratum>& strata, Value&& value) {
  total result;
  for (const stratum& each : strata) {
    if (each.drawn == 0) continue;
    double sum = 0.0;
    for (const source_sums& source : each.sums) sum += value(source);
    const double mean = sum / static_cast<double>(each.drawn);
    double squares = 0.0;
    for (const source_sums& source : each.sums) {
      squares += (value(source) - mean) * (value(source) - mean);
    }
    result.value += sum * each.weight();
    result.variance += each.variance_of_total(squares);
  }
  return result;
}

}  // namespace

std::vector<vertex_id> vertices_with_arcs_out(const graph& g) {
  std::vector<vertex_id> result;
  for (vertex_id v = 0; v < g.vertex_count(); ++v) {
    if (g.out_arc_count(v) > 0) result.push_back(v);
  }
  return result;
}

distance_estimates sample_distances(const graph& given, const distances_options& options,
                                    const execution& exec) {
  parallel workers(exec);
  const graph g = given.is_simple() ? given : simple_view(given, duplicates::first, exec);
  std::vector<stratum> strata = divide(g, workers);
  random_stream random(options.seed);
  draw_from_both(strata, options.sampled_sources, random);
  const distance_core core(g, fold_trees::no);

  distance_estimates result;
  result.sources = options.sampled_sources;
  std::size_t drawn_from = 0;
  std::size_t length = 1;
  for (stratum& each : strata) {
    if (each.drawn == 0) continue;
    search_from(each, core, workers, exec);
    result.longest = std::max(result.longest, each.longest);
    length = std::max(length, each.histogram.size());
    ++drawn_from;
  }
  result.observations = options.sampled_sources - (drawn_from - 1);

  const total pairs = estimate_total(
      strata, [](const source_sums& s) { return static_cast<double>(s.reachable_count); });
  const total distances = estimate_total(
      strata, [](const source_sums& s) { return static_cast<double>(s.distance_sum); });
  const total inverses =
      estimate_total(strata, [](const source_sums& s) { return s.inverse_distance_sum; });
  // Undirected: the components tell how many pairs are reachable, also those that no source met.
  const double scale =
      g.is_directed() || pairs.value == 0.0 ? 1.0 : count_connected_pairs(g, exec) / pairs.value;
  const auto n = static_cast<double>(g.vertex_count());
  if (g.is_directed()) result.reachable_pairs_error = std::sqrt(pairs.variance);
  result.efficiency_error = scale * std::sqrt(inverses.variance) / (n * (n - 1.0));
  if (pairs.value > 0.0) {
    const double mean = distances.value / pairs.value;
    const total residual = estimate_total(strata, [&](const source_sums& s) {
      return static_cast<double>(s.distance_sum) - mean * s.reachable_count;
    });
    result.mean_error = std::sqrt(residual.variance) / pairs.value;
  }

  result.histogram.resize(length);
  result.histogram_errors.resize(length);
  for (std::size_t d = 1; d < length; ++d) {
    double variance = 0.0;
    for (const stratum& each : strata) {
      if (d >= each.histogram.size()) continue;
      const wide_count sum = each.histogram[d];
      // Whole numbers until the subtraction is done: the two are nearly equal.
      const wide_count deviations = each.histogram_squares[d] * each.drawn - sum * sum;
      result.histogram[d] += scale * each.weight() * static_cast<double>(sum);
      variance +=
          each.variance_of_total(static_cast<double>(deviations) / static_cast<double>(each.drawn));
    }
    result.histogram_errors[d] = scale * std::sqrt(variance);
  }
  return result;
}

}  // namespace valuenet::detail
