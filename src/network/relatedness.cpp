#include "valuenet/network/relatedness.hpp"

#include "valuenet/statistics/concentration.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "detail/parallel.hpp"

namespace valuenet {
namespace {

void check(std::span<const double> amounts, std::size_t places, std::size_t categories,
           const relatedness_options& options) {
  constexpr std::size_t most_categories = std::size_t{1} << 13;
  constexpr std::size_t most_cells = std::size_t{1} << 26;
  if (categories > most_categories) {
    throw std::invalid_argument("relatedness: " + std::to_string(categories) +
                                " categories; at most " + std::to_string(most_categories));
  }
  if (categories != 0 && places > most_cells / categories) {
    throw std::invalid_argument("relatedness: " + std::to_string(places) + " x " +
                                std::to_string(categories) + " cells; at most " +
                                std::to_string(most_cells));
  }
  if (amounts.size() != places * categories) {
    throw std::invalid_argument("relatedness: " + std::to_string(amounts.size()) +
                                " amounts are not " + std::to_string(places) + " x " +
                                std::to_string(categories));
  }
  if (!(options.threshold >= 0.0) || !std::isfinite(options.threshold)) {
    throw std::invalid_argument("threshold: " + std::to_string(options.threshold) +
                                " is not a number from 0 on");
  }
}

std::optional<double> mean(double sum, std::size_t count) {
  if (count == 0) return std::nullopt;
  return sum / static_cast<double>(count);
}

/// The categories in which each place has an advantage, ascending.
std::vector<std::vector<std::uint32_t>> advantages_of(const relatedness_result& result) {
  std::vector<std::vector<std::uint32_t>> lists(result.places);
  for (std::size_t p = 0; p < result.places; ++p) {
    for (std::size_t c = 0; c < result.categories; ++c) {
      if (result.has_advantage[p * result.categories + c] != 0) {
        lists[p].push_back(static_cast<std::uint32_t>(c));
      }
    }
  }
  return lists;
}

void add_counts(relatedness_result& result, const std::vector<std::vector<std::uint32_t>>& lists) {
  result.diversity.assign(result.places, 0);
  result.ubiquity.assign(result.categories, 0);
  for (std::size_t p = 0; p < result.places; ++p) {
    result.diversity[p] = lists[p].size();
    for (const std::uint32_t c : lists[p]) ++result.ubiquity[c];
  }
  std::vector<double> diversities(result.categories, 0.0);
  for (std::size_t p = 0; p < result.places; ++p) {
    double ubiquities = 0.0;
    for (const std::uint32_t c : lists[p]) {
      ubiquities += static_cast<double>(result.ubiquity[c]);
      diversities[c] += static_cast<double>(result.diversity[p]);
    }
    result.mean_ubiquity.push_back(mean(ubiquities, result.diversity[p]));
  }
  for (std::size_t c = 0; c < result.categories; ++c) {
    result.mean_diversity.push_back(mean(diversities[c], result.ubiquity[c]));
  }
}

void add_proximity(relatedness_result& result, const std::vector<std::vector<std::uint32_t>>& lists,
                   proximity_measure measure, detail::parallel& workers) {
  const std::size_t k = result.categories;
  std::vector<std::vector<std::uint32_t>> places_of(k);
  for (std::size_t p = 0; p < result.places; ++p) {
    for (const std::uint32_t c : lists[p]) places_of[c].push_back(static_cast<std::uint32_t>(p));
  }
  result.proximity.assign(k * k, 0.0);
  workers.for_chunks(k, 8, [&](std::size_t begin, std::size_t end) {
    std::vector<std::size_t> both(k);
    for (std::size_t a = begin; a < end; ++a) {
      std::fill(both.begin(), both.end(), std::size_t{0});
      for (const std::uint32_t p : places_of[a]) {
        for (const std::uint32_t b : lists[p]) ++both[b];
      }
      for (std::size_t b = 0; b < k; ++b) {
        if (both[b] == 0) continue;
        const auto ua = static_cast<double>(result.ubiquity[a]);
        const auto ub = static_cast<double>(result.ubiquity[b]);
        const double size =
            measure == proximity_measure::cosine ? std::sqrt(ua * ub) : std::max(ua, ub);
        result.proximity[a * k + b] = static_cast<double>(both[b]) / size;
      }
    }
  });
}

void add_density(relatedness_result& result, const std::vector<std::vector<std::uint32_t>>& lists,
                 detail::parallel& workers) {
  const std::size_t k = result.categories;
  std::vector<double> near(k, 0.0);
  for (std::size_t c = 0; c < k; ++c) {
    for (std::size_t other = 0; other < k; ++other) {
      if (other != c) near[c] += result.proximity[c * k + other];
    }
  }
  result.density.assign(result.places * k, std::nullopt);
  workers.for_chunks(result.places, 8, [&](std::size_t begin, std::size_t end) {
    for (std::size_t p = begin; p < end; ++p) {
      for (std::size_t c = 0; c < k; ++c) {
        if (near[c] <= 0.0) continue;
        double held = 0.0;
        for (const std::uint32_t other : lists[p]) {
          if (other != c) held += result.proximity[c * k + other];
        }
        result.density[p * k + c] = held / near[c];
      }
    }
  });
}

}  // namespace

relatedness_result relatedness(std::span<const double> amounts, std::size_t places,
                               std::size_t categories, const relatedness_options& options,
                               const execution& exec) {
  check(amounts, places, categories, options);
  detail::parallel workers(exec);
  relatedness_result result;
  result.places = places;
  result.categories = categories;
  // Throws for what is no amount.
  result.advantage = location_quotients(amounts, places, categories);
  result.has_advantage.assign(amounts.size(), 0);
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    const auto& quotient = result.advantage[i];
    result.has_advantage[i] = quotient && *quotient > options.threshold ? 1 : 0;
  }
  for (std::size_t p = 0; p < places; ++p) {
    result.entropy.push_back(
        categories == 0 ? std::nullopt : entropy(amounts.subspan(p * categories, categories)));
  }
  const auto lists = advantages_of(result);
  add_counts(result, lists);
  add_proximity(result, lists, options.proximity, workers);
  add_density(result, lists, workers);
  return result;
}

}  // namespace valuenet
