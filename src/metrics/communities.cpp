#include "valuenet/metrics/communities.hpp"

#include "valuenet/graph/gephi_view.hpp"
#include "valuenet/metrics/modularity.hpp"
#include "valuenet/metrics/partition_similarity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "detail/parallel.hpp"
#include "detail/progress.hpp"
#include "metrics/communities_level.hpp"
#include "metrics/communities_search.hpp"

namespace valuenet {
namespace {

constexpr std::uint32_t most_runs = 1'000'000;
constexpr std::uint32_t no_limit = std::numeric_limits<std::uint32_t>::max();
/// Of many runs, each is compared with this many before and after it.
constexpr std::uint32_t compared_neighbors = 32;

void check(const communities_options& options) {
  const auto refuse = [](const std::string& field, const std::string& value,
                         const std::string& expected) {
    throw std::invalid_argument("communities_options." + field + " is " + value + "; " + expected);
  };
  if (!(options.resolution >= 0.0) || std::isinf(options.resolution)) {
    refuse("resolution", std::to_string(options.resolution), "give a finite number of at least 0");
  }
  if (options.runs == 0 || options.runs > most_runs) {
    refuse("runs", std::to_string(options.runs), "give 1 to " + std::to_string(most_runs));
  }
  if (options.most_patience < 2) {
    refuse("most_patience", std::to_string(options.most_patience), "give at least 2");
  }
  if (options.finalists && *options.finalists == 0) {
    refuse("finalists", "0", "give at least 1, or nothing to carry every run to its end");
  }
  if (options.iterations && *options.iterations == 0) {
    refuse("iterations", "0", "give at least 1, or nothing to go on until stable");
  }
}

/// Renumbers classes by size, equally large ones by their smallest vertex; returns the sizes.
std::vector<std::uint64_t> number_by_size(std::vector<std::uint32_t>& classes,
                                          std::uint32_t count) {
  std::vector<std::uint64_t> sizes(count, 0);
  std::vector<std::uint32_t> smallest(count, no_vertex);
  for (std::uint32_t v = 0; v < classes.size(); ++v) {
    if (sizes[classes[v]]++ == 0) smallest[classes[v]] = v;
  }
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return sizes[a] != sizes[b] ? sizes[a] > sizes[b] : smallest[a] < smallest[b];
  });
  std::vector<std::uint32_t> number(count);
  std::vector<std::uint64_t> sorted(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    number[order[i]] = i;
    sorted[i] = sizes[order[i]];
  }
  for (std::uint32_t& each : classes) each = number[each];
  return sorted;
}

run_agreement agreement_of(detail::parallel& workers,
                           const std::vector<std::vector<std::uint32_t>>& partitions,
                           const std::vector<community_run>& runs, const execution& exec) {
  const auto count = static_cast<std::uint32_t>(partitions.size());
  struct sums {
    std::uint64_t pairs = 0;
    double information = 0.0;
    double least_information = 1.0;
    double rand = 0.0;
    double least_rand = 1.0;
  };
  const execution serial{.threads = 1, .stop = exec.stop, .progress = {}, .log = {}};
  const sums total = workers.reduce(
      count, 1, sums{},
      [&](std::size_t begin, std::size_t) {
        sums part;
        for (std::uint32_t step = 1; step <= compared_neighbors && 2 * step <= count; ++step) {
          // Half way round a ring of even length each pair would be met from both ends.
          if (2 * step == count && begin >= step) break;
          const auto similarity =
              partition_similarity(partitions[begin], partitions[(begin + step) % count], serial);
          ++part.pairs;
          part.information += similarity.normalized_mutual_information;
          part.least_information =
              std::min(part.least_information, similarity.normalized_mutual_information);
          part.rand += similarity.adjusted_rand_index;
          part.least_rand = std::min(part.least_rand, similarity.adjusted_rand_index);
        }
        return part;
      },
      [](sums a, const sums& b) {
        a.pairs += b.pairs;
        a.information += b.information;
        a.least_information = std::min(a.least_information, b.least_information);
        a.rand += b.rand;
        a.least_rand = std::min(a.least_rand, b.least_rand);
        return a;
      });
  const auto [least, most] = std::minmax_element(
      runs.begin(), runs.end(), [](const community_run& a, const community_run& b) {
        return a.modularity.value_or(0.0) < b.modularity.value_or(0.0);
      });
  const auto pairs = static_cast<double>(total.pairs);
  return {.pairs = total.pairs,
          .mean_normalized_mutual_information = total.information / pairs,
          .smallest_normalized_mutual_information = total.least_information,
          .mean_adjusted_rand_index = total.rand / pairs,
          .smallest_adjusted_rand_index = total.least_rand,
          .modularity_range = most->modularity.value_or(0.0) - least->modularity.value_or(0.0)};
}

/// The caller's vertices by community, from the classes of the ground's level and the settled ones.
template <class Ground>
std::vector<std::uint32_t> communities_of(const Ground& ground,
                                          const detail::community_search_result& found) {
  std::vector<std::uint32_t> community(ground.place.size());
  const vertex_id size = ground.level.size();
  for (std::size_t v = 0; v < community.size(); ++v) {
    const vertex_id place = ground.place[v];
    community[v] = place < size ? found.classes[place] : found.count + (place - size);
  }
  return community;
}

template <class Bond, class Mass>
communities_result search_all(detail::parallel& workers, const graph& view,
                              const detail::level_reading& reading,
                              const communities_options& options, const execution& exec) {
  const auto ground = detail::prepare_ground<Bond, Mass>(workers, view, reading);

  communities_result result;
  result.runs.resize(options.runs);
  std::vector<std::vector<std::uint32_t>> partitions(options.runs);
  std::vector<std::vector<std::uint64_t>> sizes(options.runs);
  const std::uint32_t finalists = std::min(options.finalists.value_or(options.runs), options.runs);
  const bool trial = finalists < options.runs;
  detail::progress progress(exec, "communities", options.runs + (trial ? finalists : 0));
  std::vector<std::optional<detail::community_search<detail::community_level<Bond, Mass>>>>
      searches(options.runs);

  // Sweeps on, and tells what is found then.
  const auto advance = [&](std::uint32_t run, bool to_the_end, detail::parallel& inner,
                           const execution& inner_exec) {
    auto& search = searches[run];
    if (!search) {
      search.emplace(ground.level, ground.total_bond, options.method, options.most_patience,
                     detail::random_stream(options.seed, run));
    }
    const std::uint32_t most = options.iterations.value_or(no_limit);
    search->sweep(inner, to_the_end ? most : std::min(most, search->patience() / 2));
    const detail::community_search_result found = search->result(inner);
    if (to_the_end) search.reset();
    std::vector<std::uint32_t>& community = partitions[run];
    community = communities_of(ground, found);
    const std::uint32_t count = found.count + (ground.place_count - ground.level.size());
    sizes[run] = number_by_size(community, count);
    result.runs[run] = {.modularity = modularity(view, community,
                                                 {.convention = options.convention,
                                                  .resolution = options.resolution,
                                                  .weights = options.weights},
                                                 inner_exec),
                        .count = count,
                        .iterations = found.iterations,
                        .converged = found.converged};
    progress.advance();
  };
  // Runs side by side when they keep all workers busy, else one after the other on all workers: the
  // result is the same.
  const auto advance_all = [&](std::span<const std::uint32_t> runs, bool to_the_end) {
    if (runs.size() >= workers.workers()) {
      const execution serial{.threads = 1, .stop = exec.stop, .progress = {}, .log = {}};
      workers.for_each(runs.size(), 1, [&](std::size_t i) {
        detail::parallel inner(serial);
        advance(runs[i], to_the_end, inner, serial);
      });
    } else {
      const execution quiet{.threads = exec.threads, .stop = exec.stop, .progress = {}, .log = {}};
      for (const std::uint32_t run : runs) advance(run, to_the_end, workers, quiet);
    }
  };
  std::vector<std::uint32_t> order(options.runs);
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  advance_all(order, !trial);
  if (trial) {
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return result.runs[a].modularity > result.runs[b].modularity;
    });
    advance_all(std::span(order).first(finalists), true);
  }

  for (std::uint32_t run = 1; run < options.runs; ++run) {
    if (result.runs[run].modularity > result.runs[result.best_run].modularity) {
      result.best_run = run;
    }
  }
  if (options.runs > 1) result.agreement = agreement_of(workers, partitions, result.runs, exec);
  const community_run& best = result.runs[result.best_run];
  result.community = std::move(partitions[result.best_run]);
  result.sizes = std::move(sizes[result.best_run]);
  result.count = best.count;
  result.modularity = best.modularity;
  result.converged = best.converged;
  result.iterations = best.iterations;
  return result;
}

}  // namespace

communities_result communities(const graph& g, const communities_options& options,
                               const execution& exec) {
  check(options);
  detail::parallel workers(exec);
  detail::level_reading reading{.convention = options.convention, .resolution = options.resolution};
  // Bonds of both directions fit in 32 bits as long as all together do.
  constexpr double most_counted = 0x1p31;
  bool counts = static_cast<double>(g.arc_count()) < most_counted;
  if (g.is_weighted() && options.weights == arc_weights::use) {
    const detail::weight_facts weights = detail::checked_weights(workers, g);
    counts = weights.all_whole && weights.total < most_counted;
    reading.weighted = true;
    if (!counts && weights.largest > 0.0) {
      reading.scale = std::ldexp(1.0, -std::ilogb(weights.largest));
    }
  }
  const graph view = options.convention == convention::gephi
                         ? gephi_undirected_view(g, options.arc_kinds, exec)
                         : g;
  const auto search = [&]<class Bond, class Mass>(Bond, Mass) {
    return search_all<Bond, Mass>(workers, view, reading, options, exec);
  };
  if (view.is_directed()) return search(double{}, detail::strength_pair{});
  return counts ? search(std::uint32_t{}, detail::strength{})
                : search(double{}, detail::strength{});
}

}  // namespace valuenet
