#include "synthesis/steering.hpp"

#include "valuenet/error.hpp"
#include "valuenet/metrics/communities.hpp"
#include "valuenet/metrics/distances.hpp"
#include "valuenet/network/summary.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "synthesis/streams.hpp"

namespace valuenet::detail {
namespace {

double off(const std::optional<structure_target>& target, double now, double least_tolerance) {
  if (!target) return 0.0;
  const double tolerance = std::max(target->tolerance, least_tolerance);
  const double deviation = std::abs(now - target->value) / tolerance;
  // Within tolerance there is next to nothing to gain: what is left counts to what is outside.
  return target->weight * (deviation <= 1.0 ? 0.1 * deviation * deviation : deviation - 0.9);
}

bool within(const std::optional<structure_target>& target, double now) {
  return !target || std::abs(now - target->value) <= target->tolerance + 1e-12;
}

/// Modularity of the best of ten runs is above that of one by about so much.
constexpr double usual_gain_of_runs = 0.0015;
constexpr std::uint32_t judging_runs = 10;

class block_walk {
 public:
  block_walk(wired_network& network, std::size_t first, const stage_target& stage,
             random_stream& random)
      : network_(network), first_(first), stage_(stage), random_(random) {
    for (std::size_t i = first; i < network.arcs().size(); ++i) {
      const std::uint8_t k = network.arcs().kinds[i];
      if (by_kind_.size() <= k) by_kind_.resize(k + std::size_t{1});
      by_kind_[k].push_back(i);
    }
  }

  /// A block of about `swaps` swaps, against the communities and modularity found last.
  void walk(std::size_t swaps, const structure& now, double modularity_gain) {
    undo_.clear();
    const auto arcs = static_cast<double>(network_.arcs().size());
    // One relation more within a community is worth 1 / arcs of modularity.
    double wanted_inside = 0.0;
    if (stage_.modularity) {
      wanted_inside = (stage_.modularity->value - now.modularity - modularity_gain) * arcs;
    }
    const double band_inside =
        stage_.modularity ? std::max(1.0, stage_.modularity->tolerance * arcs * 0.15) : 1.0;
    const auto badness = [&](double clustering, double inside) {
      double sum = 0.0;
      if (stage_.average_clustering) {
        const double band = std::max(1e-6, stage_.average_clustering->tolerance * 0.2);
        sum += std::max(1.0, std::abs(clustering - stage_.average_clustering->value) / band);
      }
      if (stage_.modularity) sum += std::max(1.0, std::abs(inside - wanted_inside) / band_inside);
      return sum;
    };
    double inside = 0.0;
    double bad = badness(network_.clustering(), inside);
    std::size_t done = 0;
    for (std::size_t tries = 0; tries < swaps * 60 && done < swaps; ++tries) {
      const std::size_t i = first_ + random_.below(network_.arcs().size() - first_);
      const auto& peers = by_kind_[network_.arcs().kinds[i]];
      const std::size_t j = peers[random_.below(peers.size())];
      if (i == j || !network_.can_swap(i, j)) continue;
      double inside_after = inside;
      if (stage_.modularity) {
        const auto& c = now.community;
        const auto& g = network_.arcs().givers;
        const auto& t = network_.arcs().takers;
        inside_after += (c[g[i]] == c[t[j]] ? 1.0 : 0.0) + (c[g[j]] == c[t[i]] ? 1.0 : 0.0) -
                        (c[g[i]] == c[t[i]] ? 1.0 : 0.0) - (c[g[j]] == c[t[j]] ? 1.0 : 0.0);
      }
      network_.swap_heads(i, j);
      const double after = badness(network_.clustering(), inside_after);
      if (after > bad) {
        network_.swap_heads(i, j);
        continue;
      }
      bad = after;
      inside = inside_after;
      undo_.emplace_back(i, j);
      ++done;
    }
  }

  void undo() {
    for (auto each = undo_.rbegin(); each != undo_.rend(); ++each) {
      network_.swap_heads(each->first, each->second);
    }
    undo_.clear();
  }

 private:
  wired_network& network_;
  std::size_t first_;
  const stage_target& stage_;
  random_stream& random_;
  std::vector<std::vector<std::size_t>> by_kind_;
  std::vector<std::pair<std::size_t, std::size_t>> undo_;
};

}  // namespace

double distance_to(const stage_target& stage, const structure& now) {
  return off(stage.average_path_length, now.average_path_length, 1e-9) +
         off(stage.diameter, now.diameter, 0.4) +
         off(stage.average_clustering, now.average_clustering, 1e-9) +
         off(stage.modularity, now.modularity, 1e-9);
}

bool is_within(const stage_target& stage, const structure& now) {
  return within(stage.average_path_length, now.average_path_length) &&
         within(stage.diameter, now.diameter) &&
         within(stage.average_clustering, now.average_clustering) &&
         within(stage.modularity, now.modularity);
}

structure measure(const wired_network& network, const stage_target& stage, std::uint32_t runs,
                  const execution& exec) {
  structure now;
  now.average_clustering = network.clustering();
  const graph g = network.to_graph(exec);
  if (stage.average_path_length || stage.diameter) {
    const distances_result paths = distances(g, {.method = distance_method::exact}, exec);
    now.average_path_length = paths.mean.value_or(0.0);
    now.diameter = paths.diameter.value_or(0);
  }
  if (stage.modularity) {
    // As the summary of a network does it, so that it finds the same.
    communities_result found =
        communities(g, {.seed = summary_options{}.seed, .runs = runs, .finalists = 2}, exec);
    now.modularity = found.modularity.value_or(0.0);
    now.community = std::move(found.community);
  }
  return now;
}

steering_result steer(wired_network& network, std::size_t first, const stage_target& stage,
                      std::uint32_t most_blocks, std::uint64_t seed, std::uint64_t part,
                      const execution& exec) {
  random_stream random = stream_for(seed, purpose::steer, part);
  double gain = usual_gain_of_runs;
  const auto look = [&] { return measure(network, stage, 1, exec); };
  const auto energy = [&](structure now) {
    now.modularity += gain;
    return distance_to(stage, now);
  };
  structure now = look();
  steering_result result;
  block_walk blocks(network, first, stage, random);
  const std::size_t most_swaps = std::max<std::size_t>(40, (network.arcs().size() - first) / 40);
  while (true) {
    structure judged = now;
    judged.modularity += gain;
    if (is_within(stage, judged)) {
      if (stage.modularity) {
        structure best = measure(network, stage, judging_runs, exec);
        gain = best.modularity - now.modularity;
        judged = std::move(best);
      }
      if (is_within(stage, judged)) {
        result.reached = std::move(judged);
        result.within = true;
        return result;
      }
    }
    if (result.blocks == most_blocks) {
      result.reached = std::move(judged);
      return result;
    }
    ++result.blocks;
    // Large blocks while far off, small ones near the end; and always a few of each.
    const double size = 40.0 * std::pow(static_cast<double>(most_swaps) / 40.0, random.uniform());
    blocks.walk(static_cast<std::size_t>(size), now, gain);
    structure after = look();
    if (energy(after) <= energy(now)) {
      now = std::move(after);
    } else {
      blocks.undo();
    }
  }
}

}  // namespace valuenet::detail
