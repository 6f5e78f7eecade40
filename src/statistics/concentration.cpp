#include "valuenet/statistics/concentration.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>

namespace valuenet {
namespace {

/// Ascending; refuses what is no amount.
std::vector<double> sorted_amounts(std::span<const double> values) {
  for (const double x : values) {
    if (!std::isfinite(x) || x < 0.0) {
      throw std::invalid_argument("values: " + std::to_string(x) +
                                  " is no amount; amounts are finite and not negative");
    }
  }
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

double sum_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// T over the values given their sum; values of zero add nothing.
double theil_of(std::span<const double> sorted, double sum) {
  const double mean = sum / static_cast<double>(sorted.size());
  double total = 0.0;
  for (const double x : sorted) {
    if (x > 0.0) total += x / mean * std::log(x / mean);
  }
  return std::max(0.0, total / static_cast<double>(sorted.size()));
}

}  // namespace

std::optional<double> concentration_ratio(std::span<const double> values, std::size_t k) {
  const std::vector<double> sorted = sorted_amounts(values);
  const double total = sum_of(sorted);
  if (total <= 0.0) return std::nullopt;
  const std::size_t rest = sorted.size() - std::min(k, sorted.size());
  return (total - sum_of(std::span(sorted).first(rest))) / total;
}

std::optional<double> top_share(std::span<const double> values, double fraction) {
  if (!(fraction > 0.0 && fraction <= 1.0)) {
    throw std::invalid_argument("fraction: " + std::to_string(fraction) + " is not in (0, 1]");
  }
  // The slack keeps 0.1 * 30 from becoming 4 because 0.1 is a little more than a tenth.
  constexpr double slack = 1e-9;
  const double wanted = std::ceil(fraction * static_cast<double>(values.size()) - slack);
  return concentration_ratio(values, static_cast<std::size_t>(std::max(1.0, wanted)));
}

std::vector<lorenz_point> lorenz_curve(std::span<const double> values) {
  const std::vector<double> sorted = sorted_amounts(values);
  const double total = sum_of(sorted);
  std::vector<lorenz_point> curve;
  if (total <= 0.0) return curve;
  curve.reserve(sorted.size() + 1);
  curve.push_back({0.0, 0.0});
  double held = 0.0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    held += sorted[i];
    curve.push_back(
        {static_cast<double>(i + 1) / static_cast<double>(sorted.size()), held / total});
  }
  return curve;
}

std::optional<double> gini(std::span<const double> values) {
  const std::vector<double> sorted = sorted_amounts(values);
  const double total = sum_of(sorted);
  if (total <= 0.0) return std::nullopt;
  const auto n = static_cast<double>(sorted.size());
  double weighted = 0.0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    weighted += (2.0 * static_cast<double>(i + 1) - n - 1.0) * sorted[i];
  }
  return std::max(0.0, weighted / (n * total));
}

std::optional<herfindahl_result> herfindahl(std::span<const double> values) {
  const std::vector<double> sorted = sorted_amounts(values);
  const double total = sum_of(sorted);
  if (total <= 0.0) return std::nullopt;
  herfindahl_result result;
  for (const double x : sorted) result.index += (x / total) * (x / total);
  result.effective_number = 1.0 / result.index;
  if (sorted.size() > 1) {
    const double least = 1.0 / static_cast<double>(sorted.size());
    result.normalized = std::max(0.0, (result.index - least) / (1.0 - least));
  }
  return result;
}

std::optional<double> entropy(std::span<const double> values) {
  const std::vector<double> sorted = sorted_amounts(values);
  const double total = sum_of(sorted);
  if (total <= 0.0) return std::nullopt;
  double sum = 0.0;
  for (const double x : sorted) {
    if (x > 0.0) sum -= x / total * std::log(x / total);
  }
  return std::max(0.0, sum);
}

std::optional<double> theil(std::span<const double> values) {
  const std::vector<double> sorted = sorted_amounts(values);
  const double total = sum_of(sorted);
  if (total <= 0.0) return std::nullopt;
  return theil_of(sorted, total);
}

std::optional<theil_decomposition> decompose_theil(std::span<const double> values,
                                                   std::span<const std::uint32_t> groups) {
  if (values.size() != groups.size()) {
    throw std::invalid_argument("groups has " + std::to_string(groups.size()) +
                                " entries, values has " + std::to_string(values.size()));
  }
  const std::vector<double> sorted = sorted_amounts(values);
  const double total = sum_of(sorted);
  if (total <= 0.0) return std::nullopt;
  theil_decomposition result;
  result.total = theil_of(sorted, total);
  std::size_t count = 0;
  for (const std::uint32_t g : groups) count = std::max<std::size_t>(count, g + std::size_t{1});
  std::vector<std::vector<double>> members(count);
  for (std::size_t i = 0; i < values.size(); ++i) members[groups[i]].push_back(values[i]);
  const double mean = total / static_cast<double>(values.size());
  for (std::vector<double>& group : members) {
    std::sort(group.begin(), group.end());
    theil_group one{.members = group.size(), .share = sum_of(group) / total, .within = {}};
    if (one.share > 0.0) {
      const double sum = sum_of(group);
      one.within = theil_of(group, sum);
      result.within += one.share * *one.within;
      result.between += one.share * std::log(sum / static_cast<double>(group.size()) / mean);
    }
    result.groups.push_back(one);
  }
  return result;
}

std::optional<rank_size_result> rank_size(std::span<const double> values, std::size_t top) {
  std::vector<double> sizes = sorted_amounts(values);
  std::reverse(sizes.begin(), sizes.end());
  while (!sizes.empty() && sizes.back() <= 0.0) sizes.pop_back();
  if (top != 0 && sizes.size() > top) sizes.resize(top);
  if (sizes.size() < 3 || sizes.front() == sizes.back()) return std::nullopt;
  const auto n = static_cast<double>(sizes.size());
  double mean_size = 0.0;
  double mean_rank = 0.0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    mean_size += std::log(sizes[i]) / n;
    mean_rank += std::log(static_cast<double>(i) + 0.5) / n;
  }
  double size_size = 0.0;
  double size_rank = 0.0;
  double rank_rank = 0.0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const double size = std::log(sizes[i]) - mean_size;
    const double rank = std::log(static_cast<double>(i) + 0.5) - mean_rank;
    size_size += size * size;
    size_rank += size * rank;
    rank_rank += rank * rank;
  }
  rank_size_result result;
  result.exponent = -size_rank / size_size;
  result.standard_error = result.exponent * std::sqrt(2.0 / n);
  result.intercept = mean_rank + result.exponent * mean_size;
  result.r_squared = size_rank * size_rank / (size_size * rank_rank);
  result.population = sizes.size();
  return result;
}

std::vector<std::optional<double>> location_quotients(std::span<const double> values,
                                                      std::size_t rows, std::size_t columns) {
  if (values.size() != rows * columns) {
    throw std::invalid_argument("values has " + std::to_string(values.size()) + " entries for " +
                                std::to_string(rows) + " rows and " + std::to_string(columns) +
                                " columns");
  }
  static_cast<void>(sorted_amounts(values));  // refuses what is no amount
  std::vector<double> row_sums(rows, 0.0);
  std::vector<double> column_sums(columns, 0.0);
  double total = 0.0;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      row_sums[i] += values[i * columns + j];
      column_sums[j] += values[i * columns + j];
      total += values[i * columns + j];
    }
  }
  std::vector<std::optional<double>> quotients(values.size());
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      if (row_sums[i] <= 0.0 || column_sums[j] <= 0.0) continue;
      quotients[i * columns + j] =
          (values[i * columns + j] / row_sums[i]) / (column_sums[j] / total);
    }
  }
  return quotients;
}

}  // namespace valuenet
