#include "valuenet/network/graph_metrics.hpp"

#include "valuenet/metrics/assortativity.hpp"
#include "valuenet/metrics/clustering.hpp"
#include "valuenet/metrics/communities.hpp"
#include "valuenet/metrics/components.hpp"
#include "valuenet/metrics/core.hpp"
#include "valuenet/metrics/core_periphery.hpp"
#include "valuenet/metrics/distances.hpp"
#include "valuenet/metrics/reciprocity.hpp"
#include "valuenet/metrics/rich_club.hpp"
#include "valuenet/metrics/triad_census.hpp"
#include "valuenet/network/actor_metrics.hpp"
#include "valuenet/statistics/concentration.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>
#include <system_error>
#include <utility>

namespace valuenet {
namespace {

using options_type = graph_metric_options;

template <class T>
std::optional<double> as_double(const std::optional<T>& value) {
  return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
}
std::optional<double> as_double(std::uint64_t value) {
  return static_cast<double>(value);
}

distances_result all_distances(const graph& g, const execution& exec) {
  return distances(g, {.method = distance_method::exact}, exec);
}

std::uint64_t largest_of(const components_result& found) {
  return found.largest ? found.sizes[*found.largest] : 0;
}

using statistic_function = std::optional<double> (*)(const graph&, const options_type&,
                                                     const execution&);

struct known_metric {
  std::string_view name;
  std::string_view definition;
  statistic_function value;
};

constexpr std::array known_metrics{
    known_metric{"average-clustering", "mean of the local clustering coefficients",
                 [](const graph& g, const options_type& how, const execution& exec) {
                   return clustering(g, {.convention = how.convention}, exec).average;
                 }},
    known_metric{"transitivity", "3 triangles / connected triples",
                 [](const graph& g, const options_type& how, const execution& exec) {
                   return clustering(g, {.convention = how.convention}, exec).transitivity;
                 }},
    known_metric{"triangles", "triples of vertices that are all tied",
                 [](const graph& g, const options_type& how, const execution& exec) {
                   return as_double(
                       clustering(g, {.convention = how.convention}, exec).triangle_count);
                 }},
    known_metric{"mean-distance", "over the reachable ordered pairs",
                 [](const graph& g, const options_type&, const execution& exec) {
                   return all_distances(g, exec).mean;
                 }},
    known_metric{"diameter", "largest distance between reachable vertices",
                 [](const graph& g, const options_type&, const execution& exec) {
                   return as_double(all_distances(g, exec).diameter);
                 }},
    known_metric{"efficiency", "mean of 1 / distance over all ordered pairs",
                 [](const graph& g, const options_type&, const execution& exec) {
                   return all_distances(g, exec).efficiency;
                 }},
    known_metric{"reachable-pairs", "ordered pairs with a path",
                 [](const graph& g, const options_type&, const execution& exec) {
                   return as_double(all_distances(g, exec).reachable_pairs);
                 }},
    known_metric{"reciprocity", "arcs that are returned / arcs",
                 [](const graph& g, const options_type& how, const execution& exec) {
                   return reciprocity(g, {.convention = how.convention}, exec).reciprocity;
                 }},
    known_metric{"assortativity", "correlation of the degrees at the ends of arcs",
                 [](const graph& g, const options_type& how, const execution& exec) {
                   return degree_assortativity(g, {.convention = how.convention}, exec);
                 }},
    known_metric{"modularity", "the better of two Leiden runs",
                 [](const graph& g, const options_type& how, const execution& exec) {
                   return communities(
                              g, {.convention = how.convention, .seed = how.seed, .runs = 2}, exec)
                       .modularity;
                 }},
    known_metric{"weak-components", "parts connected when direction is ignored",
                 [](const graph& g, const options_type&, const execution& exec) {
                   return as_double(std::uint64_t{weak_components(g, exec).count});
                 }},
    known_metric{"largest-weak-component", "vertices in it",
                 [](const graph& g, const options_type&, const execution& exec) {
                   return as_double(largest_of(weak_components(g, exec)));
                 }},
    known_metric{"strong-components", "parts in which each vertex reaches each",
                 [](const graph& g, const options_type&, const execution& exec) {
                   return as_double(std::uint64_t{strong_components(g, exec).count});
                 }},
    known_metric{"largest-strong-component", "vertices in it",
                 [](const graph& g, const options_type&, const execution& exec) {
                   return as_double(largest_of(strong_components(g, exec)));
                 }},
    known_metric{"degeneracy", "largest core number",
                 [](const graph& g, const options_type&, const execution& exec) {
                   return as_double(std::uint64_t{core_numbers(g, exec).degeneracy});
                 }},
    known_metric{"core-correlation", "with an ideal core and periphery (Borgatti and Everett)",
                 [](const graph& g, const options_type& how, const execution& exec) {
                   return core_periphery(g, {.seed = how.seed}, exec).correlation;
                 }},
    known_metric{"coreness-correlation", "of the ties with c_i c_j (Borgatti and Everett)",
                 [](const graph& g, const options_type&, const execution& exec) {
                   const coreness_result found = coreness(g, {}, exec);
                   return found.converged ? found.correlation : std::nullopt;
                 }},
};

constexpr std::string_view triad_prefix = "triad-";
constexpr std::string_view club_prefix = "rich-club-";

std::optional<graph_metric> triad_metric(std::string_view name) {
  const auto found =
      std::find(triad_names.begin(), triad_names.end(), name.substr(triad_prefix.size()));
  if (found == triad_names.end()) return std::nullopt;
  const auto triad_class = static_cast<std::size_t>(found - triad_names.begin());
  return graph_metric{std::string(name), "triples of vertices tied as " + std::string(*found),
                      [triad_class](const graph& g, const execution& exec) {
                        return as_double(triad_census(g, exec)[triad_class]);
                      }};
}

std::optional<graph_metric> club_metric(std::string_view name) {
  const std::string_view digits = name.substr(club_prefix.size());
  std::size_t level = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), level);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return graph_metric{
      std::string(name),
      "density among the vertices with more than " + std::to_string(level) + " neighbours",
      [level](const graph& g, const execution& exec) -> std::optional<double> {
        const std::vector<rich_club_level> levels = rich_club(g, exec);
        return level < levels.size() ? levels[level].coefficient : std::nullopt;
      }};
}

enum class summary_of_actors : std::uint8_t { mean, largest, gini };

std::optional<double> summarized(std::span<const double> values, summary_of_actors how) {
  if (values.empty()) return std::nullopt;
  switch (how) {
    case summary_of_actors::mean:
      return std::accumulate(values.begin(), values.end(), 0.0) /
             static_cast<double>(values.size());
    case summary_of_actors::largest:
      return *std::max_element(values.begin(), values.end());
    case summary_of_actors::gini:
      break;
  }
  return gini(values);
}

std::optional<graph_metric> metric_of_actors(std::string_view name, const options_type& options) {
  struct known_summary {
    std::string_view prefix;
    summary_of_actors how;
    std::string_view words;
  };
  constexpr std::array summaries{
      known_summary{"mean-", summary_of_actors::mean, "mean over the actors of: "},
      known_summary{"largest-", summary_of_actors::largest, "largest of the actors': "},
      known_summary{"gini-", summary_of_actors::gini, "Gini coefficient over the actors of: "}};
  for (const known_summary& each : summaries) {
    if (!name.starts_with(each.prefix)) continue;
    const auto metric = parse_actor_metric(name.substr(each.prefix.size()));
    if (!metric) return std::nullopt;
    return graph_metric{std::string(name),
                        std::string(each.words) + std::string(facts_of(*metric).definition),
                        [metric = *metric, how = each.how, convention = options.convention](
                            const graph& g, const execution& exec) -> std::optional<double> {
                          const actor_metric_result found =
                              actor_values(g, metric, {.convention = convention}, exec);
                          if (!found.converged) return std::nullopt;
                          std::vector<double> values;
                          for (std::size_t v = 0; v < found.values.size(); ++v) {
                            if (found.defined[v] != 0) values.push_back(found.values[v]);
                          }
                          return summarized(values, how);
                        }};
  }
  return std::nullopt;
}

}  // namespace

std::optional<graph_metric> find_graph_metric(std::string_view name,
                                              const graph_metric_options& options) {
  for (const known_metric& each : known_metrics) {
    if (each.name != name) continue;
    return graph_metric{std::string(name), std::string(each.definition),
                        [value = each.value, options](const graph& g, const execution& exec) {
                          return value(g, options, exec);
                        }};
  }
  if (name.starts_with(triad_prefix)) return triad_metric(name);
  if (name.starts_with(club_prefix)) return club_metric(name);
  return metric_of_actors(name, options);
}

std::vector<std::string> graph_metric_names() {
  std::vector<std::string> names;
  for (const known_metric& each : known_metrics) names.emplace_back(each.name);
  for (const std::string_view each : triad_names) {
    names.push_back(std::string(triad_prefix) + std::string(each));
  }
  for (const char* pattern : {"rich-club-K", "mean-METRIC", "largest-METRIC", "gini-METRIC"}) {
    names.emplace_back(pattern);
  }
  return names;
}

}  // namespace valuenet
