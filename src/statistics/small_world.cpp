#include "valuenet/statistics/small_world.hpp"

#include "valuenet/graph/subgraph.hpp"
#include "valuenet/metrics/clustering.hpp"
#include "valuenet/metrics/distances.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "detail/parallel.hpp"

namespace valuenet {
namespace {

void check_at_least(const char* field, std::uint32_t value, std::uint32_t least) {
  if (value < least) {
    throw std::invalid_argument(
        fmt::format("small_world_options.{} is {}; it must be at least {}", field, value, least));
  }
}

std::optional<double> ratio(std::optional<double> a, std::optional<double> b) {
  if (!a || !b || *b == 0.0) return std::nullopt;
  return *a / *b;
}

/// (from - at) / (from - to), within [0, 1].
std::optional<double> share_of_way(std::optional<double> from, std::optional<double> at,
                                   std::optional<double> to) {
  if (!from || !at || !to || *from == *to) return std::nullopt;
  return std::clamp((*from - *at) / (*from - *to), 0.0, 1.0);
}

}  // namespace

small_world_result small_world(const graph& g, const small_world_options& options,
                               const execution& exec) {
  check_at_least("replicates", options.replicates, 2);
  check_at_least("lattices", options.lattices, 1);
  const graph component = simple_view(largest_component(g, exec).graph, duplicates::first, exec);
  const std::array<graph_statistic, 2> statistics{
      [&options](const graph& each, const execution& how) {
        const clustering_result found = clustering(each, {.convention = options.convention}, how);
        return options.measure == clustering_measure::average ? found.average : found.transitivity;
      },
      [](const graph& each, const execution& how) {
        return distances(each, {.method = distance_method::exact}, how).mean;
      }};

  small_world_result result;
  result.vertices = component.vertex_count();
  result.edges = component.edge_count();
  const null_model_options random{
      .replicates = options.replicates,
      .rewiring = {.constraint = options.connected ? rewiring_constraint::connected
                                                   : rewiring_constraint::none,
                   .attempts_per_edge = options.attempts_per_edge,
                   .seed = options.seed}};
  std::vector<null_comparison> found = compare_with_null(component, statistics, random, exec);
  result.clustering = std::move(found[0]);
  result.mean_distance = std::move(found[1]);

  std::vector<std::array<std::optional<double>, 2>> lattices(options.lattices);
  execution one_thread;
  one_thread.threads = 1;
  one_thread.stop = exec.stop;
  detail::parallel workers(exec);
  workers.for_each(options.lattices, 1, [&](std::size_t i) {
    const rewiring_options rewiring{.constraint = rewiring_constraint::lattice,
                                    .attempts_per_edge = options.lattice_attempts_per_edge,
                                    .seed = options.seed,
                                    .replicate = std::uint64_t{options.replicates} + i};
    const graph lattice = rewire(component, rewiring, one_thread).graph;
    for (std::size_t s = 0; s < 2; ++s) lattices[i][s] = statistics[s](lattice, one_thread);
  });
  const auto mean_of = [&](std::size_t s) -> std::optional<double> {
    double sum = 0.0;
    for (const auto& each : lattices) {
      if (!each[s]) return std::nullopt;
      sum += *each[s];
    }
    return sum / static_cast<double>(lattices.size());
  };
  result.lattice_clustering = mean_of(0);
  result.lattice_mean_distance = mean_of(1);

  const null_comparison& c = result.clustering;
  const null_comparison& l = result.mean_distance;
  result.sigma = ratio(ratio(c.observed, c.mean), ratio(l.observed, l.mean));
  const auto short_paths = ratio(l.mean, l.observed);
  const auto clustered = ratio(c.observed, result.lattice_clustering);
  if (short_paths && clustered) result.omega = *short_paths - *clustered;
  const auto far_c = share_of_way(result.lattice_clustering, c.observed, c.mean);
  const auto far_l = share_of_way(l.mean, l.observed, result.lattice_mean_distance);
  if (far_c && far_l) {
    result.propensity = 1.0 - std::sqrt((*far_c * *far_c + *far_l * *far_l) / 2.0);
  }
  return result;
}

}  // namespace valuenet
