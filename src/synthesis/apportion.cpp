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
  std::sort(fractions.begin(), fractions.end());
  while (given != total) {
    const std::uint64_t before = given;
    for (const auto& [fraction, i] : fractions) {
      if (given < total && result[i] < caps[i]) ++result[i], ++given;
      if (given > total && result[i] > least[i]) --result[i], --given;
      if (given == total) break;
    }
    if (given == before) break;  // cannot be: the bounds were checked
  }
  return result;
}

}  // namespace valuenet::detail
