#include "valuenet/index/composite.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "detail/parallel.hpp"
#include "detail/random.hpp"

namespace valuenet {
namespace {

constexpr double tie_tolerance = 1e-12;

/// The shape of the hierarchy and the standardised indicators: all that does not change when
/// weights do.
struct prepared {
  std::size_t objects = 0;
  std::vector<std::size_t> indicators{};
  std::vector<double> values{};
  std::vector<std::uint8_t> defined{};
};

struct scores {
  std::vector<double> global_weights{};
  std::vector<double> contributions{};
  std::vector<std::uint8_t> contributions_defined{};
  std::vector<double> totals{};
  std::vector<std::uint8_t> totals_defined{};
};

std::vector<std::size_t> indicators_of(std::span<const criterion> hierarchy) {
  if (hierarchy.empty()) throw std::invalid_argument("hierarchy: no criteria");
  std::vector<std::uint8_t> is_parent(hierarchy.size(), 0);
  for (std::size_t c = 0; c < hierarchy.size(); ++c) {
    const criterion& one = hierarchy[c];
    if (!(one.weight > 0.0) || !std::isfinite(one.weight)) {
      throw std::invalid_argument("hierarchy: weight of \"" + one.name + "\" is " +
                                  std::to_string(one.weight) + ", a positive number expected");
    }
    if (!one.parent) continue;
    if (*one.parent >= c) {
      throw std::invalid_argument("hierarchy: the parent of \"" + one.name +
                                  "\" does not stand before it");
    }
    is_parent[*one.parent] = 1;
  }
  std::vector<std::size_t> indicators;
  for (std::size_t c = 0; c < hierarchy.size(); ++c) {
    if (is_parent[c] == 0) indicators.push_back(c);
  }
  return indicators;
}

/// One indicator's values, of those objects that have one, in place.
void standardize(std::vector<double>& x, const criterion& one, normalization how) {
  if (x.empty()) return;
  const auto n = static_cast<double>(x.size());
  const auto [low_at, high_at] = std::minmax_element(x.begin(), x.end());
  const double low = *low_at;
  const double high = *high_at;
  const auto refuse = [&](const char* what) {
    throw std::invalid_argument("values: indicator \"" + one.name + "\" " + what);
  };
  switch (how) {
    case normalization::min_max:
      for (double& value : x) {
        const double above = one.is_cost ? high - value : value - low;
        value = high > low ? above / (high - low) : 0.0;
      }
      return;
    case normalization::z_score: {
      const double mean = std::accumulate(x.begin(), x.end(), 0.0) / n;
      double squares = 0.0;
      for (const double value : x) squares += (value - mean) * (value - mean);
      const double deviation = std::sqrt(squares / n);
      for (double& value : x) {
        value = high > low && deviation > 0.0 ? (value - mean) / deviation : 0.0;
        if (one.is_cost) value = -value;
      }
      return;
    }
    case normalization::of_maximum:
    case normalization::of_sum: {
      if (one.is_cost && low <= 0.0) refuse("is a cost and not positive");
      if (low < 0.0) refuse("has a negative value, of which a share makes no sense");
      if (high <= 0.0) refuse("has no positive value, of which a share makes no sense");
      if (one.is_cost) {
        for (double& value : x) value = 1.0 / value;
      }
      const double whole = how == normalization::of_maximum
                               ? *std::max_element(x.begin(), x.end())
                               : std::accumulate(x.begin(), x.end(), 0.0);
      for (double& value : x) value /= whole;
      return;
    }
    case normalization::rank: {
      std::vector<double> sorted = x;
      std::sort(sorted.begin(), sorted.end());
      for (double& value : x) {
        const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), value);
        const auto less = static_cast<double>(first - sorted.begin());
        const auto as_much = static_cast<double>(last - first) - 1.0;
        const double share = x.size() > 1 ? (less + as_much / 2.0) / (n - 1.0) : 0.0;
        value = one.is_cost && x.size() > 1 ? 1.0 - share : share;
      }
      return;
    }
    case normalization::none:
      if (one.is_cost) {
        for (double& value : x) value = -value;
      }
      return;
  }
}

prepared prepare(std::span<const criterion> hierarchy,
                 std::span<const std::optional<double>> values, const composite_options& options) {
  if (!std::isfinite(options.scale)) throw std::invalid_argument("scale: must be finite");
  prepared ready;
  ready.indicators = indicators_of(hierarchy);
  const std::size_t width = ready.indicators.size();
  if (values.size() % width != 0) {
    throw std::invalid_argument("values: " + std::to_string(values.size()) + " for " +
                                std::to_string(width) + " indicators: rows are not whole");
  }
  ready.objects = values.size() / width;
  ready.values.assign(values.size(), 0.0);
  ready.defined.assign(values.size(), 0);
  for (std::size_t k = 0; k < width; ++k) {
    const criterion& one = hierarchy[ready.indicators[k]];
    std::vector<double> present;
    for (std::size_t o = 0; o < ready.objects; ++o) {
      const std::optional<double>& value = values[o * width + k];
      if (!value) continue;
      if (!std::isfinite(*value)) {
        throw std::invalid_argument("values: indicator \"" + one.name + "\" is not finite");
      }
      present.push_back(*value);
    }
    standardize(present, one, options.normalization);
    std::optional<double> instead;
    if (!present.empty() && options.missing == missing_rule::lowest) {
      instead = *std::min_element(present.begin(), present.end());
    } else if (!present.empty() && options.missing == missing_rule::mean) {
      instead = std::accumulate(present.begin(), present.end(), 0.0) /
                static_cast<double>(present.size());
    }
    std::size_t next = 0;
    for (std::size_t o = 0; o < ready.objects; ++o) {
      const bool given = values[o * width + k].has_value();
      if (!given && !instead) continue;
      ready.values[o * width + k] = given ? present[next++] : *instead;
      ready.defined[o * width + k] = 1;
    }
  }
  return ready;
}

/// From the indicators up: each criterion's own score is the mean of its children's by weight.
scores synthesize(std::span<const criterion> hierarchy, const prepared& ready,
                  std::span<const double> weights, const composite_options& options) {
  const std::size_t count = hierarchy.size();
  const std::size_t width = ready.indicators.size();
  constexpr std::size_t no_parent = static_cast<std::size_t>(-1);
  const auto place = [&](std::size_t c) { return hierarchy[c].parent.value_or(no_parent); };
  // The last entry stands above the first level.
  std::vector<double> sibling_sum(count + 1, 0.0);
  const auto above = [&](std::size_t c) { return place(c) == no_parent ? count : place(c); };
  for (std::size_t c = 0; c < count; ++c) sibling_sum[above(c)] += weights[c];

  scores result;
  result.global_weights.resize(count);
  for (std::size_t c = 0; c < count; ++c) {
    const double whole = place(c) == no_parent ? 1.0 : result.global_weights[place(c)];
    result.global_weights[c] = whole * weights[c] / sibling_sum[above(c)];
  }
  result.contributions.assign(ready.objects * count, 0.0);
  result.contributions_defined.assign(ready.objects * count, 0);
  result.totals.assign(ready.objects, 0.0);
  result.totals_defined.assign(ready.objects, 0);
  std::vector<double> own(count + 1);
  std::vector<double> weight_seen(count + 1);
  std::vector<std::uint8_t> whole(count + 1);
  std::vector<double> share(count + 1);
  for (std::size_t o = 0; o < ready.objects; ++o) {
    std::fill(own.begin(), own.end(), 0.0);
    std::fill(weight_seen.begin(), weight_seen.end(), 0.0);
    std::fill(whole.begin(), whole.end(), std::uint8_t{1});
    std::size_t k = width;
    for (std::size_t c = count; c-- > 0;) {
      if (k > 0 && ready.indicators[k - 1] == c) {
        --k;
        own[c] = ready.values[o * width + k];
        whole[c] = ready.defined[o * width + k];
      } else if (options.missing == missing_rule::reweight) {
        whole[c] = weight_seen[c] > 0.0 ? 1 : 0;
        if (whole[c] != 0) own[c] /= weight_seen[c];
      } else {
        own[c] /= sibling_sum[c];
      }
      if (whole[c] != 0) {
        own[above(c)] += weights[c] * own[c];
        weight_seen[above(c)] += weights[c];
      } else {
        whole[above(c)] = 0;
      }
    }
    const bool reweighted = options.missing == missing_rule::reweight;
    result.totals_defined[o] = reweighted ? weight_seen[count] > 0.0 : whole[count] != 0;
    share[count] = 1.0;
    for (std::size_t c = 0; c < count; ++c) {
      const double of = reweighted ? weight_seen[above(c)] : sibling_sum[above(c)];
      share[c] = of > 0.0 ? share[above(c)] * weights[c] / of : 0.0;
      if (whole[c] == 0) continue;
      result.contributions[o * count + c] = options.scale * share[c] * own[c];
      result.contributions_defined[o * count + c] = 1;
      if (place(c) == no_parent) result.totals[o] += result.contributions[o * count + c];
    }
    if (result.totals_defined[o] == 0) result.totals[o] = 0.0;
  }
  return result;
}

std::vector<std::uint32_t> ranks_of_totals(const scores& found, tie_rule ties) {
  double largest = 0.0;
  for (const double total : found.totals) largest = std::max(largest, std::abs(total));
  return ranks_of(found.totals, ties, tie_tolerance * largest, found.totals_defined);
}

std::vector<double> weights_of(std::span<const criterion> hierarchy) {
  std::vector<double> weights;
  for (const criterion& one : hierarchy) weights.push_back(one.weight);
  return weights;
}

/// Rows of each year, ascending.
std::map<int, std::vector<std::size_t>> rows_by_year(std::span<const criterion> hierarchy,
                                                     std::span<const std::optional<double>> values,
                                                     std::span<const std::string> objects,
                                                     std::span<const int> years) {
  const std::size_t width = indicators_of(hierarchy).size();
  if (objects.size() != years.size() || values.size() != objects.size() * width) {
    throw std::invalid_argument("values: " + std::to_string(values.size()) + " for " +
                                std::to_string(objects.size()) + " objects, " +
                                std::to_string(years.size()) + " years and " +
                                std::to_string(width) + " indicators");
  }
  std::map<int, std::vector<std::size_t>> rows;
  std::map<std::pair<int, std::string_view>, std::size_t> seen;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    rows[years[i]].push_back(i);
    if (!seen.emplace(std::pair{years[i], std::string_view(objects[i])}, i).second) {
      throw std::invalid_argument("objects: \"" + objects[i] + "\" has two rows in " +
                                  std::to_string(years[i]));
    }
  }
  return rows;
}

/// What is comparable within a year, with a hierarchy that has no cost any more.
struct standardized_rows {
  std::vector<criterion> hierarchy{};
  composite_options options{};
  std::vector<std::optional<double>> values{};
};

standardized_rows standardized(std::span<const criterion> hierarchy,
                               std::span<const std::optional<double>> values,
                               const std::map<int, std::vector<std::size_t>>& rows,
                               const yearly_options& options) {
  standardized_rows result{{hierarchy.begin(), hierarchy.end()}, options.composite, {}};
  for (criterion& one : result.hierarchy) one.is_cost = false;
  result.options.normalization = normalization::none;
  result.values.resize(values.size());
  const std::size_t width = indicators_of(hierarchy).size();
  const auto take = [&](std::span<const std::size_t> some) {
    std::vector<std::optional<double>> cells;
    for (const std::size_t i : some) {
      for (std::size_t k = 0; k < width; ++k) cells.push_back(values[i * width + k]);
    }
    const prepared ready = prepare(hierarchy, cells, options.composite);
    for (std::size_t r = 0; r < some.size(); ++r) {
      for (std::size_t k = 0; k < width; ++k) {
        if (ready.defined[r * width + k] == 0) continue;
        result.values[some[r] * width + k] = ready.values[r * width + k];
      }
    }
  };
  if (options.over == standardized_over::each_year) {
    for (const auto& entry : rows) take(entry.second);
  } else {
    std::vector<std::size_t> all(values.size() / width);
    std::iota(all.begin(), all.end(), std::size_t{0});
    take(all);
  }
  // What no rule has filled must not be filled among the rows of a year alone.
  if (options.composite.missing != missing_rule::reweight) {
    result.options.missing = missing_rule::undefined;
  }
  return result;
}

}  // namespace

composite_result composite(std::span<const criterion> hierarchy,
                           std::span<const std::optional<double>> values,
                           const composite_options& options) {
  prepared ready = prepare(hierarchy, values, options);
  scores found = synthesize(hierarchy, ready, weights_of(hierarchy), options);
  composite_result result;
  result.ranks = ranks_of_totals(found, options.ties);
  result.global_weights = std::move(found.global_weights);
  result.contributions = std::move(found.contributions);
  result.contributions_defined = std::move(found.contributions_defined);
  result.totals = std::move(found.totals);
  result.totals_defined = std::move(found.totals_defined);
  result.indicators = std::move(ready.indicators);
  result.standardized = std::move(ready.values);
  result.standardized_defined = std::move(ready.defined);
  return result;
}

std::vector<std::uint32_t> ranks_of(std::span<const double> values, tie_rule ties, double tolerance,
                                    std::span<const std::uint8_t> defined) {
  if (!defined.empty() && defined.size() != values.size()) {
    throw std::invalid_argument("defined: " + std::to_string(defined.size()) + " for " +
                                std::to_string(values.size()) + " values");
  }
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (defined.empty() || defined[i] != 0) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
  std::vector<std::uint32_t> ranks(values.size(), 0);
  std::uint32_t rank = 0;
  double first = 0.0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const double value = values[order[k]];
    const bool tied = k > 0 && first - value <= tolerance;
    if (!tied || ties == tie_rule::ordinal) {
      rank = ties == tie_rule::dense ? rank + 1 : static_cast<std::uint32_t>(k + 1);
    }
    if (!tied) first = value;
    ranks[order[k]] = rank;
  }
  return ranks;
}

std::vector<std::optional<double>> group_totals(std::span<const double> values,
                                                std::span<const object_group> groups,
                                                std::span<const std::uint8_t> defined) {
  if (!defined.empty() && defined.size() != values.size()) {
    throw std::invalid_argument("defined: " + std::to_string(defined.size()) + " for " +
                                std::to_string(values.size()) + " values");
  }
  std::vector<std::optional<double>> totals;
  for (const object_group& group : groups) {
    std::optional<double> total = 0.0;
    for (const std::size_t member : group.members) {
      if (member >= values.size()) {
        throw std::invalid_argument("groups: member " + std::to_string(member) + " of \"" +
                                    group.name + "\" is no object");
      }
      if (!defined.empty() && defined[member] == 0) {
        total = std::nullopt;
        break;
      }
      *total += values[member];
    }
    totals.push_back(total);
  }
  return totals;
}

std::vector<rank_range> rank_sensitivity(std::span<const criterion> hierarchy,
                                         std::span<const std::optional<double>> values,
                                         const composite_options& options,
                                         const rank_sensitivity_options& how,
                                         const execution& exec) {
  if (!(how.spread >= 0.0 && how.spread < 1.0)) {
    throw std::invalid_argument("spread: " + std::to_string(how.spread) +
                                ", a number from 0 to below 1 expected");
  }
  if (how.replicates < 1 || how.replicates > 10'000'000) {
    throw std::invalid_argument("replicates: " + std::to_string(how.replicates) +
                                ", 1 to 10,000,000 expected");
  }
  const prepared ready = prepare(hierarchy, values, options);
  const std::vector<double> weights = weights_of(hierarchy);
  const std::vector<std::uint32_t> base =
      ranks_of_totals(synthesize(hierarchy, ready, weights, options), options.ties);

  // Whole numbers: their sums do not depend on the order.
  struct tally {
    std::uint32_t best = 0;
    std::uint32_t worst = 0;
    std::uint64_t sum = 0;
    std::uint64_t unchanged = 0;
  };
  using tallies = std::vector<tally>;
  constexpr std::size_t grain = 64;
  detail::parallel workers(exec);
  const auto merge = [](tallies all, const tallies& part) {
    if (all.empty()) return part;
    for (std::size_t o = 0; o < part.size(); ++o) {
      all[o].best = std::min(all[o].best, part[o].best);
      all[o].worst = std::max(all[o].worst, part[o].worst);
      all[o].sum += part[o].sum;
      all[o].unchanged += part[o].unchanged;
    }
    return all;
  };
  const auto some = [&](std::size_t begin, std::size_t end) {
    tallies part;
    std::vector<double> perturbed(weights.size());
    for (std::size_t r = begin; r < end; ++r) {
      workers.check_stop();
      detail::random_stream random(how.seed, r);
      for (std::size_t c = 0; c < weights.size(); ++c) {
        perturbed[c] = weights[c] * (1.0 + how.spread * (2.0 * random.uniform() - 1.0));
      }
      const std::vector<std::uint32_t> ranks =
          ranks_of_totals(synthesize(hierarchy, ready, perturbed, options), options.ties);
      tallies one(ready.objects);
      for (std::size_t o = 0; o < ready.objects; ++o) {
        one[o] = {ranks[o], ranks[o], ranks[o], ranks[o] == base[o] ? 1U : 0U};
      }
      part = merge(std::move(part), one);
    }
    return part;
  };
  const tallies all = workers.reduce(how.replicates, grain, tallies{}, some, merge);
  std::vector<rank_range> ranges(ready.objects);
  for (std::size_t o = 0; o < ready.objects; ++o) {
    if (base[o] == 0) continue;
    ranges[o] = {base[o], all[o].best, all[o].worst,
                 static_cast<double>(all[o].sum) / how.replicates,
                 static_cast<double>(all[o].unchanged) / how.replicates};
  }
  return ranges;
}

yearly_result composite_by_year(std::span<const criterion> hierarchy,
                                std::span<const std::optional<double>> values,
                                std::span<const std::string> objects, std::span<const int> years,
                                const yearly_options& options) {
  const auto rows = rows_by_year(hierarchy, values, objects, years);
  const standardized_rows comparable = standardized(hierarchy, values, rows, options);
  yearly_result result;
  result.scores = composite(comparable.hierarchy, comparable.values, comparable.options);
  result.rank_changes.resize(objects.size());
  std::map<std::string_view, std::uint32_t> before;
  for (const auto& [year, members] : rows) {
    result.years.push_back(year);
    std::vector<double> totals;
    std::vector<std::uint8_t> defined;
    double largest = 0.0;
    for (const std::size_t i : members) {
      totals.push_back(result.scores.totals[i]);
      defined.push_back(result.scores.totals_defined[i]);
      largest = std::max(largest, std::abs(totals.back()));
    }
    const std::vector<std::uint32_t> ranks =
        ranks_of(totals, options.composite.ties, tie_tolerance * largest, defined);
    std::map<std::string_view, std::uint32_t> now;
    for (std::size_t r = 0; r < members.size(); ++r) {
      const std::size_t i = members[r];
      result.scores.ranks[i] = ranks[r];
      if (ranks[r] == 0) continue;
      now[objects[i]] = ranks[r];
      const auto earlier = before.find(objects[i]);
      if (earlier == before.end()) continue;
      result.rank_changes[i] = static_cast<int>(earlier->second) - static_cast<int>(ranks[r]);
    }
    before = std::move(now);
  }
  return result;
}

std::vector<rank_range> rank_sensitivity_by_year(
    std::span<const criterion> hierarchy, std::span<const std::optional<double>> values,
    std::span<const std::string> objects, std::span<const int> years, const yearly_options& options,
    const rank_sensitivity_options& how, const execution& exec) {
  const auto rows = rows_by_year(hierarchy, values, objects, years);
  const standardized_rows comparable = standardized(hierarchy, values, rows, options);
  const std::size_t width = indicators_of(hierarchy).size();
  std::vector<rank_range> ranges(objects.size());
  for (const auto& entry : rows) {
    std::vector<std::optional<double>> cells;
    for (const std::size_t i : entry.second) {
      for (std::size_t k = 0; k < width; ++k) cells.push_back(comparable.values[i * width + k]);
    }
    const std::vector<rank_range> of_year =
        rank_sensitivity(comparable.hierarchy, cells, comparable.options, how, exec);
    for (std::size_t r = 0; r < of_year.size(); ++r) ranges[entry.second[r]] = of_year[r];
  }
  return ranges;
}

}  // namespace valuenet
