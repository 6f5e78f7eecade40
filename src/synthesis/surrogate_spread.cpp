#include "valuenet/synthesis/surrogate_spread.hpp"

#include "valuenet/metrics/core.hpp"
#include "valuenet/metrics/degree.hpp"
#include "valuenet/network/roles.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/network/summary.hpp"
#include "valuenet/statistics/concentration.hpp"
#include "valuenet/statistics/power_law.hpp"
#include "valuenet/synthesis/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "detail/parallel.hpp"
#include "detail/progress.hpp"

namespace valuenet {
namespace {

/// One network's statistics, the same ones in the same order for every network.
struct network_facts {
  bool met = false;
  std::vector<statistic> statistics;
};

void add(std::vector<statistic>& to, std::string name, std::string label, std::string label_zh,
         std::optional<double> value, std::string definition) {
  statistic one;
  one.name = std::move(name);
  one.label = std::move(label);
  one.label_zh = std::move(label_zh);
  one.value = value;
  one.definition = std::move(definition);
  to.push_back(std::move(one));
}

void add_degrees(std::vector<statistic>& to, const graph& g, degree_kind kind,
                 const std::string& word, const std::string& label, const std::string& label_zh,
                 const execution& exec) {
  const std::vector<std::uint64_t> sample = degrees(g, kind, exec);
  if (kind != degree_kind::total) {
    const std::vector<double> values(sample.begin(), sample.end());
    add(to, "gini_" + word + "_degree", "Gini of " + label + "s", label_zh + "基尼系数",
        gini(values), "0: all alike; 1: one has all");
  }
  const power_law_result fitted = fit_power_law(sample, {}, exec);
  std::optional<double> alpha;
  std::optional<double> from;
  if (fitted.fit) {
    alpha = fitted.fit->alpha;
    from = fitted.fit->x_min;
  }
  add(to, "power_law_" + word, "power-law exponent of " + label + "s", label_zh + "幂律指数", alpha,
      "maximum likelihood, tail from the least distance");
  add(to, "power_law_" + word + "_from", "power law of " + label + "s from", label_zh + "幂律起点",
      from, "where that tail begins");
}

std::vector<statistic> measure(const value_network& network, const execution& exec) {
  const selection all = select(network, {.all_actors = true}, exec);
  const graph& g = all.graph();
  std::vector<statistic> found = summarize(all, {}, exec).statistics;
  add(found, "core_depth", "core depth", "核深度", core_numbers(g, exec).degeneracy,
      "largest k with a k-core");
  const structural_holes_result holes = structural_holes(g, tie_strength::unit, exec);
  double sum = 0.0;
  double count = 0.0;
  for (std::size_t v = 0; v < holes.constraint.size(); ++v) {
    if (holes.defined[v] == 0) continue;
    sum += holes.constraint[v];
    count += 1.0;
  }
  add(found, "mean_constraint", "mean constraint", "平均约束",
      count > 0.0 ? std::optional(sum / count) : std::nullopt,
      "Burt's, over actors with a neighbour");
  add_degrees(found, g, degree_kind::total, "total", "degree", "度数", exec);
  add_degrees(found, g, degree_kind::in, "in", "in-degree", "入度", exec);
  add_degrees(found, g, degree_kind::out, "out", "out-degree", "出度", exec);
  return found;
}

/// What the profile has as a target, or settles, of the whole network.
std::unordered_set<std::string_view> settled_by(const surrogate_profile& target) {
  const stage_target& stage = target.stages.back();
  std::unordered_set<std::string_view> settled{
      "nodes", "edges", "average_degree", "average_weighted_degree", "density", "loops"};
  if (stage.sample_actors_printed) settled.insert({"sample_nodes", "relation_nodes"});
  if (stage.average_path_length) settled.insert("average_path_length");
  if (stage.diameter) settled.insert("diameter");
  if (stage.average_clustering) settled.insert("average_clustering");
  if (stage.modularity) settled.insert("modularity");
  return settled;
}

}  // namespace

spread_result surrogate_spread(const surrogate_profile& target, const spread_options& options,
                               const execution& exec) {
  if (options.seeds < 1 || options.seeds > 10000) {
    throw std::invalid_argument(
        fmt::format("surrogate_spread: seeds is {}, expected 1 to 10000", options.seeds));
  }
  detail::parallel workers(exec);
  detail::progress done(exec, "surrogates", options.seeds);
  std::vector<network_facts> networks(options.seeds);
  workers.for_each(options.seeds, 1, [&](std::size_t i) {
    const execution own{.threads = 1, .stop = exec.stop};
    surrogate_options how = options.surrogate;
    how.seed = options.first_seed + i;
    const value_network network = surrogate(target, how, own);
    networks[i].met = calibration(network, target, {}, own).all_met_but_contradictions();
    if (networks[i].met) networks[i].statistics = measure(network, own);
    done.advance();
  });
  spread_result result;
  std::vector<const network_facts*> compared;
  for (std::size_t i = 0; i < networks.size(); ++i) {
    (networks[i].met ? result.met : result.missed).push_back(options.first_seed + i);
    if (networks[i].met) compared.push_back(&networks[i]);
  }
  if (compared.empty()) return result;
  const auto settled = settled_by(target);
  for (std::size_t s = 0; s < compared[0]->statistics.size(); ++s) {
    const statistic& first = compared[0]->statistics[s];
    if (settled.contains(first.name)) continue;
    statistic_spread spread{first.name, first.label, first.label_zh, first.definition, {}};
    for (const network_facts* each : compared) {
      const auto& value = each->statistics[s].value;
      if (value) spread.values.push_back(*value);
    }
    if (spread.values.size() < compared.size()) continue;
    const auto [least, greatest] = std::minmax_element(spread.values.begin(), spread.values.end());
    spread.least = *least;
    spread.greatest = *greatest;
    const auto n = static_cast<double>(spread.values.size());
    spread.mean = std::accumulate(spread.values.begin(), spread.values.end(), 0.0) / n;
    double squares = 0.0;
    for (const double value : spread.values) {
      squares += (value - spread.mean) * (value - spread.mean);
    }
    if (n > 1.0) spread.deviation = std::sqrt(squares / (n - 1.0));
    result.statistics.push_back(std::move(spread));
  }
  return result;
}

}  // namespace valuenet
