#include "synthesis/apportion.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace valuenet::detail {
namespace {

/// What all get at a rate of `rate` a weight, within the bounds.
double given_at(double rate, std::span<const double> weights, std::span<const std::uint32_t> least,
                std::span<const std::uint32_t> caps) {
  double sum = 0.0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sum += std::clamp(weights[i] * rate, static_cast<double>(least[i]),
                      static_cast<double>(std::max(caps[i], least[i])));
  }
  return sum;
}

}  // namespace

std::vector<std::uint32_t> apportion(std::span<const double> weights, std::uint64_t total,
                                     std::span<const std::uint32_t> least,
                                     std::span<const std::uint32_t> caps, const std::string& what) {
  const std::size_t n = weights.size();
  std::uint64_t most = 0;
  std::uint64_t fewest = 0;
  for (std::size_t i = 0; i < n; ++i) {
    fewest += least[i];
    most += std::max(caps[i], least[i]);
  }
  if (total < fewest || total > most) {
    throw std::invalid_argument(
        fmt::format("surrogate: {} {} cannot be shared out over {} unnamed actors, whose bounds "
                    "allow {} to {} together",
                    total, what, n, fewest, most));
  }
  // The rate at which the bounded shares add up to the total: they grow with it.
  double low = 0.0;
  double high = 1.0;
  const auto wanted = static_cast<double>(total);
  for (int i = 0; i < 200 && given_at(high, weights, least, caps) < wanted; ++i) high *= 2;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (given_at(middle, weights, least, caps) < wanted ? low : high) = middle;
  }
  std::vector<std::uint32_t> result(n);
  std::vector<std::pair<double, std::size_t>> fractions(n);
  std::uint64_t given = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double share = std::clamp(weights[i] * high, static_cast<double>(least[i]),
                                    static_cast<double>(std::max(caps[i], least[i])));
    result[i] = static_cast<std::uint32_t>(share);
    given += result[i];
    fractions[i] = {std::floor(share) - share, i};
  }
  // One more, or less, for those of the largest fractions that have room.
  while (given != total) {
    const bool more = given < total;
    const auto open_end = std::partition(fractions.begin(), fractions.end(), [&](const auto& each) {
      return more ? result[each.second] < caps[each.second]
                  : result[each.second] > least[each.second];
    });
    const auto open = open_end - fractions.begin();
    const auto moved = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(
        more ? total - given : given - total, static_cast<std::uint64_t>(open)));
    if (moved == 0) break;  // cannot be: the bounds were checked
    std::nth_element(fractions.begin(), fractions.begin() + moved - 1, open_end);
    for (std::ptrdiff_t i = 0; i < moved; ++i) {
      const std::size_t at = fractions[static_cast<std::size_t>(i)].second;
      more ? ++result[at] : --result[at];
    }
    given = more ? given + static_cast<std::uint64_t>(moved)
                 : given - static_cast<std::uint64_t>(moved);
  }
  return result;
}

}  // namespace valuenet::detail
