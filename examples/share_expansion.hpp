// From printed shares back to whole numbers: shares printed to two decimals leave few totals that
// can have given them, and the smallest of these is mostly the one.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include <valuenet/network/published.hpp>

namespace report {

/// The count out of `total` that prints as this share in per cent; nothing where none does.
inline std::optional<std::uint32_t> count_printed_as(const std::string& percent,
                                                     std::uint32_t total) {
  const double near = std::stod(percent) * total / 100.0;
  for (const double count : {std::round(near), std::floor(near), std::ceil(near)}) {
    if (count < 0.0 || count > total) continue;
    if (valuenet::reproduces(100.0 * count / total, percent)) {
      return static_cast<std::uint32_t>(count);
    }
  }
  return std::nullopt;
}

/// As above; the nearest count where none prints so.
inline std::uint32_t nearest_count(const std::string& percent, std::uint32_t total) {
  const auto exact = count_printed_as(percent, total);
  return exact ? *exact
               : static_cast<std::uint32_t>(std::round(std::stod(percent) * total / 100.0));
}

/// The smallest total of which every share is the print of a count, and of whose parts (shares of
/// the same total that leave nothing out) the counts add up to it.
inline std::optional<std::uint32_t> smallest_total(
    const std::vector<std::string>& shares,
    const std::vector<std::vector<std::string>>& wholes = {}, std::uint32_t most = 20'000) {
  for (std::uint32_t total = 1; total <= most; ++total) {
    bool fits = true;
    for (const std::string& share : shares) {
      fits = fits && count_printed_as(share, total).has_value();
      if (!fits) break;
    }
    for (const std::vector<std::string>& parts : wholes) {
      std::uint32_t sum = 0;
      for (const std::string& share : parts) {
        const auto count = fits ? count_printed_as(share, total) : std::nullopt;
        fits = count.has_value();
        if (!fits) break;
        sum += *count;
      }
      fits = fits && sum == total;
      if (!fits) break;
    }
    if (fits) return total;
  }
  return std::nullopt;
}

}  // namespace report
