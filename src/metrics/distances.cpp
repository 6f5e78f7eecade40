// From counts per distance to the statistics. The counting is distance_counts.cpp's, estimating
// that of sampled_distances.cpp and hyperball.cpp.
#include "valuenet/metrics/distances.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

#include <boost/math/distributions/students_t.hpp>

#include "metrics/distance_counts.hpp"
#include "metrics/distance_estimates.hpp"

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

[[noreturn]] void refuse(const char* field, const std::string& value, const char* expected) {
  throw std::invalid_argument(std::string("distances_options.") + field + " is " + value +
                              "; it must be " + expected);
}

void validate(const distances_options& options) {
  if (!(options.effective_share > 0.0 && options.effective_share <= 1.0)) {
    refuse("effective_share", std::to_string(options.effective_share), "above 0 and at most 1");
  }
  if (options.sampled_sources < 2) {
    refuse("sampled_sources", std::to_string(options.sampled_sources), "at least 2");
  }
  const std::uint32_t registers = options.hyperball_registers;
  if (!std::has_single_bit(registers) || registers < 64 || registers > 16384) {
    refuse("hyperball_registers", std::to_string(registers), "a power of two from 64 to 16384");
  }
  if (options.hyperball_runs < 2) {
    refuse("hyperball_runs", std::to_string(options.hyperball_runs), "at least 2");
  }
  if (!(options.confidence > 0.0 && options.confidence < 1.0)) {
    refuse("confidence", std::to_string(options.confidence), "between 0 and 1");
  }
}

/// Also what `automatic` stands for on this graph.
distance_method choose(const graph& g, const distances_options& options, distances_result& result,
                       const execution& exec) {
  distance_method method = options.method;
  if (method == distance_method::automatic) {
    result.estimated_arc_visits = detail::estimate_arc_visits(g, options.exact_budget, exec);
    method = result.estimated_arc_visits <= options.exact_budget  ? distance_method::exact
             : options.vertex_distances == vertex_distances::sums ? distance_method::hyperball
                                                                  : distance_method::sampled;
  }
  if (method == distance_method::sampled &&
      detail::vertices_with_arcs_out(g).size() <= options.sampled_sources) {
    method = distance_method::exact;
  }
  return method;
}

/// Counts everything.
void take_exact(const graph& g, const distances_options& options, distances_result& result,
                const execution& exec) {
  detail::distance_counts counts =
      detail::count_distances(g, {.kept = options.vertex_distances}, exec);
  result.sources = g.vertex_count();
  result.histogram = std::move(counts.histogram);
  result.eccentricity = std::move(counts.eccentricity);
  result.reachable_count = std::move(counts.reachable_count);
  result.distance_sum = std::move(counts.distance_sum);
  result.inverse_distance_sum = std::move(counts.inverse_distance_sum);
  if (g.vertex_count() == 0) return;
  const auto [smallest, largest] =
      std::minmax_element(result.eccentricity.begin(), result.eccentricity.end());
  result.radius = *smallest;
  result.diameter = *largest;
}

void take_estimates(detail::distance_estimates&& found, distances_result& result) {
  result.sources = found.sources;
  for (const double pairs : found.histogram) {
    result.histogram.push_back(static_cast<std::uint64_t>(std::llround(pairs)));
  }
  while (result.histogram.size() > 1 && result.histogram.back() == 0) result.histogram.pop_back();
  result.eccentricity = std::move(found.eccentricity);
  result.reachable_count = std::move(found.reachable_count);
  result.distance_sum = std::move(found.distance_sum);
  result.inverse_distance_sum = std::move(found.inverse_distance_sum);
  result.diameter = found.longest;
}

/// The intervals around what has been computed from the estimates.
void state_intervals(const detail::distance_estimates& found, double confidence,
                     distances_result& result) {
  const boost::math::students_t spread(static_cast<double>(found.observations - 1));
  const double errors = boost::math::quantile(spread, 0.5 + confidence / 2.0);
  const auto around = [&](double value, double standard_error) {
    return interval{std::max(0.0, value - errors * standard_error),
                    value + errors * standard_error};
  };
  if (result.mean) result.mean_interval = around(*result.mean, found.mean_error);
  if (result.efficiency) {
    result.efficiency_interval = around(*result.efficiency, found.efficiency_error);
  }
  result.reachable_pairs_interval =
      around(static_cast<double>(result.reachable_pairs), found.reachable_pairs_error);
  for (std::size_t d = 0; d < result.histogram.size(); ++d) {
    result.histogram_intervals.push_back(around(found.histogram[d], found.histogram_errors[d]));
  }
}

}  // namespace

distances_result distances(const graph& g, const distances_options& options,
                           const execution& exec) {
  validate(options);
  distances_result result;
  result.method = choose(g, options, result, exec);
  detail::distance_estimates found;
  if (result.method == distance_method::exact || g.vertex_count() == 0) {
    result.method = distance_method::exact;
    take_exact(g, options, result, exec);
  } else {
    found = result.method == distance_method::sampled
                ? detail::sample_distances(g, options, exec)
                : detail::estimate_by_hyperball(g, options, exec);
    take_estimates(std::move(found), result);
  }

  const std::uint64_t n = g.vertex_count();
  const std::uint64_t all_pairs = n == 0 ? 0 : n * (n - 1);
  for (const std::uint64_t pairs : result.histogram) result.reachable_pairs += pairs;
  result.reachable_pairs = std::min(result.reachable_pairs, all_pairs);
  result.unreachable_pairs = all_pairs - result.reachable_pairs;
  if (result.reachable_pairs > 0) {
    result.mean = mean_distance(result.histogram, result.reachable_pairs);
    result.effective_diameter =
        effective_diameter(result.histogram, result.reachable_pairs, options.effective_share);
  }
  if (n > 1) result.efficiency = efficiency(result.histogram, static_cast<double>(all_pairs));

  if (result.method != distance_method::exact) state_intervals(found, options.confidence, result);
  if (result.method == distance_method::hyperball) {
    // sqrt(3 ln 2 - 1) / sqrt(m), of a counter in each run.
    result.counter_error = 1.0389617 / std::sqrt(static_cast<double>(options.hyperball_registers) *
                                                 static_cast<double>(options.hyperball_runs));
  }
  return result;
}

}  // namespace valuenet
