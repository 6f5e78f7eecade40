#include "valuenet/network/slices.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

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

}  // namespace

evolution_result evolution(const value_network& network, const evolution_options& options,
                           const execution& exec) {
  if (options.window && *options.window < 1) {
    throw std::invalid_argument("evolution: window is " + std::to_string(*options.window) +
                                "; a slice spans at least 1 year");
  }
  evolution_result result;
  const auto& years = network.relations().years;
  result.undated =
      years.empty() ? network.relation_count()
                    : static_cast<std::uint64_t>(std::count(years.begin(), years.end(), no_year));
  const std::optional<year_bounds> bounds = years_of(network, options);
  if (!bounds || bounds->first > bounds->last) return result;
  constexpr std::int64_t most_slices = 10000;
  const std::int64_t slices = std::int64_t{bounds->last} - bounds->first + 1;
  if (slices > most_slices) {
    throw std::invalid_argument("evolution: the years run from " + std::to_string(bounds->first) +
                                " to " + std::to_string(bounds->last) +
                                "; give from_year and until_year");
  }
  detail::progress progress(exec, "slices", static_cast<std::uint64_t>(slices));
  execution quiet = exec;  // the slices are the progress, not what each of them does
  quiet.progress = {};
  std::vector<actor_id> before;
  for (int year = bounds->first; year <= bounds->last; ++year) {
    selection_options choice = options.selection;
    choice.from_year = std::nullopt;
    if (options.window) choice.from_year = year - (*options.window - 1);
    choice.until_year = year;
    const selection selected = select(network, choice, quiet);
    network_slice slice;
    slice.from_year = choice.from_year;
    slice.until_year = year;
    slice.summary = summarize(selected, options.summary, quiet);
    slice.accounting = selected.accounting();
    slice.actors = selected.actors().size();
    slice.edges = selected.graph().edge_count();
    slice.entering = without(selected.actors(), before);
    slice.leaving = without(before, selected.actors());
    before.assign(selected.actors().begin(), selected.actors().end());
    result.slices.push_back(std::move(slice));
    progress.advance();
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

}  // namespace valuenet
