// From counts per distance to the statistics. The counting is distance_counts.cpp's.
#include "valuenet/metrics/distances.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "metrics/distance_counts.hpp"

namespace valuenet {
namespace {

__extension__ using wide = unsigned __int128;

double mean_distance(const std::vector<std::uint64_t>& histogram, std::uint64_t pairs) {
  wide sum = 0;
  for (std::size_t d = 1; d < histogram.size(); ++d) sum += wide{histogram[d]} * d;
  return static_cast<double>(sum) / static_cast<double>(pairs);
}

double efficiency(const std::vector<std::uint64_t>& histogram, double all_pairs) {
  double sum = 0.0;
  for (std::size_t d = histogram.size(); d-- > 1;) {  // small terms first
    sum += static_cast<double>(histogram[d]) / static_cast<double>(d);
  }
  return sum / all_pairs;
}

/// The smallest real d at which the piecewise linear H(d) reaches `share` of its total.
double effective_diameter(const std::vector<std::uint64_t>& histogram, std::uint64_t pairs,
                          double share) {
  const double wanted = share * static_cast<double>(pairs);
  std::uint64_t within = 0;
  for (std::size_t d = 1; d < histogram.size(); ++d) {
    const std::uint64_t before = within;
    within += histogram[d];
    if (histogram[d] == 0 || static_cast<double>(within) < wanted) continue;
    const double missing = std::max(0.0, wanted - static_cast<double>(before));
    return static_cast<double>(d - 1) + missing / static_cast<double>(histogram[d]);
  }
  return static_cast<double>(histogram.size() - 1);
}

void validate(const distances_options& options) {
  if (!(options.effective_share > 0.0 && options.effective_share <= 1.0)) {
    throw std::invalid_argument("distances_options.effective_share is " +
                                std::to_string(options.effective_share) +
                                "; it must be above 0 and at most 1");
  }
}

}  // namespace

distances_result distances(const graph& g, const distances_options& options,
                           const execution& exec) {
  validate(options);
  detail::distance_counts counts =
      detail::count_distances(g, {.kept = options.vertex_distances}, exec);

  distances_result result;
  result.histogram = std::move(counts.histogram);
  result.eccentricity = std::move(counts.eccentricity);
  result.reachable_count = std::move(counts.reachable_count);
  result.distance_sum = std::move(counts.distance_sum);
  result.inverse_distance_sum = std::move(counts.inverse_distance_sum);

  const std::uint64_t n = g.vertex_count();
  const std::uint64_t all_pairs = n == 0 ? 0 : n * (n - 1);
  for (const std::uint64_t pairs : result.histogram) result.reachable_pairs += pairs;
  result.unreachable_pairs = all_pairs - result.reachable_pairs;

  if (n > 0) {
    const auto [smallest, largest] =
        std::minmax_element(result.eccentricity.begin(), result.eccentricity.end());
    result.radius = *smallest;
    result.diameter = *largest;
  }
  if (result.reachable_pairs > 0) {
    result.mean = mean_distance(result.histogram, result.reachable_pairs);
    result.effective_diameter =
        effective_diameter(result.histogram, result.reachable_pairs, options.effective_share);
  }
  if (n > 1) result.efficiency = efficiency(result.histogram, static_cast<double>(all_pairs));
  return result;
}

}  // namespace valuenet
