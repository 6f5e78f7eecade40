#include "valuenet/network/slices.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>

#include "detail/parallel.hpp"
#include "detail/progress.hpp"

namespace valuenet {
namespace {

struct year_bounds {
  int first = 0;
  int last = 0;
};

std::optional<year_bounds> years_of(const value_network& network,
                                    const evolution_options& options) {
  std::optional<year_bounds> found;
  for (const std::int32_t year : network.relations().years) {
    if (year == no_year) continue;
    if (!found) found = year_bounds{year, year};
    found->first = std::min(found->first, year);
    found->last = std::max(found->last, year);
  }
  if (!found) return found;
  found->first = options.selection.from_year.value_or(found->first);
  found->last = options.selection.until_year.value_or(found->last);
  return found;
}

/// Members of the first list that are not in the second; both ascending.
std::uint64_t without(std::span<const actor_id> these, std::span<const actor_id> those) {
  std::uint64_t common = 0;
  auto other = those.begin();
  for (const actor_id a : these) {
    while (other != those.end() && *other < a) ++other;
    common += other != those.end() && *other == a ? 1 : 0;
  }
  return these.size() - common;
}

/// The years of the slices, checked.
std::optional<year_bounds> slice_years(const value_network& network,
                                       const evolution_options& options) {
  if (options.window && *options.window < 1) {
    throw std::invalid_argument("evolution: window is " + std::to_string(*options.window) +
                                "; a slice spans at least 1 year");
  }
  const std::optional<year_bounds> bounds = years_of(network, options);
  if (!bounds || bounds->first > bounds->last) return std::nullopt;
  constexpr std::int64_t most_slices = 10000;
  if (std::int64_t{bounds->last} - bounds->first + 1 > most_slices) {
    throw std::invalid_argument("evolution: the years run from " + std::to_string(bounds->first) +
                                " to " + std::to_string(bounds->last) +
                                "; give from_year and until_year");
  }
  return bounds;
}

/// The relations up to a year, or of the window that ends with it.
selection_options slice_of(const evolution_options& options, int year) {
  selection_options choice = options.selection;
  choice.from_year = std::nullopt;
  if (options.window) choice.from_year = year - (*options.window - 1);
  choice.until_year = year;
  return choice;
}

/// Of every slice the first of the run of slices that hold the same relations as it: in years in
/// which nothing begins or drops out of the window, as where one date lies centuries off.
std::vector<std::size_t> repeated_slices(const value_network& network,
                                         const evolution_options& options,
                                         const year_bounds& bounds) {
  const auto slices = static_cast<std::size_t>(std::int64_t{bounds.last} - bounds.first + 1);
  std::vector<std::uint8_t> changes(slices, 0);
  const auto mark = [&](std::int64_t year) {
    if (year >= bounds.first && year <= bounds.last) {
      changes[static_cast<std::size_t>(year - bounds.first)] = 1;
    }
  };
  for (const std::int32_t year : network.relations().years) {
    if (year == no_year) continue;
    mark(year);
    if (options.window) mark(std::int64_t{year} + *options.window);
  }
  for (const char* column : {"sample_from", "sample_until"}) {
    // Roles may change in any year.
    if (find_column(network.actors(), column) != nullptr)
      std::fill(changes.begin(), changes.end(), 1);
  }
  std::vector<std::size_t> same_as(slices);
  for (std::size_t i = 0; i < slices; ++i) {
    same_as[i] = i == 0 || changes[i] != 0 ? i : same_as[i - 1];
  }
  return same_as;
}

/// Calls work(slice, execution) for every slice: side by side, each on one thread, or one after the
/// other on all threads where these are more than the slices or memory for all at once is dear. The
/// last slices come first: the cumulative ones are the largest.
template <class Work>
void for_each_slice(const value_network& network, const year_bounds& bounds, const execution& exec,
                    Work&& work) {
  const auto slices = static_cast<std::size_t>(std::int64_t{bounds.last} - bounds.first + 1);
  detail::progress progress(exec, "slices", slices);
  detail::parallel workers(exec);
  execution inner = exec;  // the slices are the progress, not what each of them does
  inner.progress = {};
  constexpr relation_id most_side_by_side = relation_id{1} << 22;
  if (slices < workers.workers() || network.relation_count() > most_side_by_side) {
    for (std::size_t i = slices; i-- > 0;) {
      work(i, inner);
      progress.advance();
    }
    return;
  }
  std::mutex speaking;
  if (exec.log) {
    inner.log = [&](severity level, std::string_view message) {
      const std::scoped_lock lock(speaking);
      exec.log(level, message);
    };
  }
  inner.threads = 1;
  workers.for_each(slices, 1, [&](std::size_t i) {
    work(slices - 1 - i, inner);
    progress.advance();
  });
}

}  // namespace

evolution_result evolution(const value_network& network, const evolution_options& options,
                           const execution& exec) {
  evolution_result result;
  const std::optional<year_bounds> bounds = slice_years(network, options);
  const auto& years = network.relations().years;
  result.undated =
      years.empty() ? network.relation_count()
                    : static_cast<std::uint64_t>(std::count(years.begin(), years.end(), no_year));
  if (!bounds) return result;
  result.slices.resize(static_cast<std::size_t>(std::int64_t{bounds->last} - bounds->first + 1));
  const std::vector<std::size_t> same_as = repeated_slices(network, options, *bounds);
  std::vector<std::vector<actor_id>> members(result.slices.size());
  for_each_slice(network, *bounds, exec, [&](std::size_t i, const execution& inner) {
    if (same_as[i] != i) return;
    const int year = bounds->first + static_cast<int>(i);
    const selection_options choice = slice_of(options, year);
    const selection selected = select(network, choice, inner);
    network_slice& slice = result.slices[i];
    slice.from_year = choice.from_year;
    slice.until_year = year;
    slice.summary = summarize(selected, options.summary, inner);
    slice.accounting = selected.accounting();
    slice.actors = selected.actors().size();
    slice.edges = selected.graph().edge_count();
    members[i].assign(selected.actors().begin(), selected.actors().end());
  });
  for (std::size_t i = 0; i < same_as.size(); ++i) {
    if (same_as[i] == i) continue;
    const int year = bounds->first + static_cast<int>(i);
    result.slices[i] = result.slices[same_as[i]];
    result.slices[i].from_year = slice_of(options, year).from_year;
    result.slices[i].until_year = year;
    members[i] = members[same_as[i]];
  }
  for (std::size_t i = 0; i < members.size(); ++i) {
    const std::span<const actor_id> before =
        i > 0 ? std::span<const actor_id>(members[i - 1]) : std::span<const actor_id>();
    result.slices[i].entering = without(members[i], before);
    result.slices[i].leaving = without(before, members[i]);
  }
  return result;
}

std::vector<std::optional<double>> growth(const evolution_result& evolution,
                                          std::string_view statistic) {
  std::vector<std::optional<double>> rates;
  std::optional<double> previous;
  for (const network_slice& slice : evolution.slices) {
    const auto* found = slice.summary.find(statistic);
    const std::optional<double> value = found != nullptr ? found->value : std::nullopt;
    std::optional<double> rate;
    if (value && previous && *previous != 0.0) rate = *value / *previous - 1.0;
    rates.push_back(rate);
    previous = value;
  }
  return rates;
}

namespace {

struct slice_ranking {
  std::vector<actor_id> actors;   // of the vertices, ascending
  std::vector<std::size_t> rank;  // of each, 0: none
  std::vector<double> value;
};

/// Pairs of equal neighbours in a sorted list, as tau counts ties.
template <class Equal>
double tied_pairs(std::size_t n, Equal&& equal) {
  double pairs = 0.0;
  for (std::size_t i = 0; i < n;) {
    std::size_t j = i + 1;
    while (j < n && equal(i, j)) ++j;
    const auto run = static_cast<double>(j - i);
    pairs += run * (run - 1.0) / 2.0;
    i = j;
  }
  return pairs;
}

/// Inversions of the values while they are sorted by merging.
std::uint64_t sort_counting(std::vector<double>& values) {
  std::vector<double> other(values.size());
  std::uint64_t inversions = 0;
  for (std::size_t width = 1; width < values.size(); width *= 2) {
    for (std::size_t begin = 0; begin < values.size(); begin += 2 * width) {
      const std::size_t middle = std::min(begin + width, values.size());
      const std::size_t end = std::min(begin + 2 * width, values.size());
      std::size_t a = begin;
      std::size_t b = middle;
      for (std::size_t to = begin; to < end; ++to) {
        if (b == end || (a < middle && values[a] <= values[b])) {
          other[to] = values[a++];
        } else {
          inversions += middle - a;
          other[to] = values[b++];
        }
      }
    }
    values.swap(other);
  }
  return inversions;
}

/// Knight's way to tau-b, O(n log n).
std::optional<double> kendall(std::vector<std::pair<double, double>> pairs) {
  const std::size_t n = pairs.size();
  if (n < 2) return std::nullopt;
  std::sort(pairs.begin(), pairs.end());
  const auto count = static_cast<double>(n);
  const double all = count * (count - 1.0) / 2.0;
  const double tied_first =
      tied_pairs(n, [&](std::size_t a, std::size_t b) { return pairs[a].first == pairs[b].first; });
  const double tied_both =
      tied_pairs(n, [&](std::size_t a, std::size_t b) { return pairs[a] == pairs[b]; });
  std::vector<double> second;
  for (const auto& pair : pairs) second.push_back(pair.second);
  const auto swaps = static_cast<double>(sort_counting(second));
  const double tied_second =
      tied_pairs(n, [&](std::size_t a, std::size_t b) { return second[a] == second[b]; });
  const double scale = std::sqrt((all - tied_first) * (all - tied_second));
  if (scale <= 0.0) return std::nullopt;
  return (all - tied_first - tied_second + tied_both - 2.0 * swaps) / scale;
}

std::optional<double> agreement_of(const slice_ranking& before, const slice_ranking& after) {
  std::vector<std::pair<double, double>> pairs;
  std::size_t other = 0;
  for (std::size_t i = 0; i < after.actors.size(); ++i) {
    while (other < before.actors.size() && before.actors[other] < after.actors[i]) ++other;
    if (other == before.actors.size()) break;
    if (before.actors[other] != after.actors[i] || before.rank[other] == 0 || after.rank[i] == 0) {
      continue;
    }
    pairs.emplace_back(before.value[other], after.value[i]);
  }
  return kendall(std::move(pairs));
}

}  // namespace

rank_evolution_result rank_evolution(const value_network& network, actor_metric metric,
                                     const evolution_options& options,
                                     const ranking_options& ranking, const execution& exec) {
  rank_evolution_result result;
  const std::optional<year_bounds> bounds = slice_years(network, options);
  if (!bounds) return result;
  for (int year = bounds->first; year <= bounds->last; ++year) result.years.push_back(year);
  std::vector<slice_ranking> slices(result.years.size());
  for_each_slice(network, *bounds, exec, [&](std::size_t i, const execution& inner) {
    const selection selected =
        select(network, slice_of(options, bounds->first + static_cast<int>(i)), inner);
    ranking_options whole{.k = 0, .ties = ranking.ties, .order = ranking.order};
    const ranking_result ranked =
        rank_actors(selected, actor_values(selected, metric, {}, inner), whole);
    slice_ranking& slice = slices[i];
    slice.actors.assign(selected.actors().begin(), selected.actors().end());
    slice.rank.assign(slice.actors.size(), 0);
    slice.value.assign(slice.actors.size(), 0.0);
    for (const ranked_actor& each : ranked.actors) {
      slice.rank[each.vertex] = each.rank;
      slice.value[each.vertex] = each.value;
    }
    if (i + 1 != slices.size()) return;
    for (const ranked_actor& each : ranked.actors) {
      // As rank_actors() cuts: with ordinal ranks at k, else all that equal the k-th too.
      if (ranking.k != 0 && result.actors.size() >= ranking.k &&
          (ranking.ties == tie_rule::ordinal ||
           each.rank != slice.rank[ranked.actors[ranking.k - 1].vertex])) {
        break;
      }
      result.actors.push_back({.actor = each.actor, .rank = {}, .value = {}, .rise = {}});
    }
  });
  for (rank_history& history : result.actors) {
    for (const slice_ranking& slice : slices) {
      const auto at = std::lower_bound(slice.actors.begin(), slice.actors.end(), history.actor);
      const auto place = static_cast<std::size_t>(at - slice.actors.begin());
      const bool is_ranked =
          at != slice.actors.end() && *at == history.actor && slice.rank[place] != 0;
      history.rank.push_back(is_ranked ? std::optional(slice.rank[place]) : std::nullopt);
      history.value.push_back(is_ranked ? std::optional(slice.value[place]) : std::nullopt);
    }
    const std::size_t last = history.rank.size() - 1;
    if (last > 0 && history.rank[last] && history.rank[last - 1]) {
      history.rise = static_cast<long long>(*history.rank[last - 1]) -
                     static_cast<long long>(*history.rank[last]);
    }
  }
  result.agreement.push_back(std::nullopt);
  for (std::size_t i = 1; i < slices.size(); ++i) {
    result.agreement.push_back(agreement_of(slices[i - 1], slices[i]));
  }
  return result;
}

}  // namespace valuenet
