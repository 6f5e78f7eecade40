#include "synthesis/steering.hpp"

#include "valuenet/error.hpp"
#include "valuenet/metrics/communities.hpp"
#include "valuenet/metrics/distances.hpp"
#include "valuenet/network/summary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

#include "synthesis/streams.hpp"

namespace valuenet::detail {
namespace {

/// Small within tolerance, where next to nothing is left to gain; beyond, each doubling of the
/// deviation counts the same, so that no target drowns the others because its tolerance is narrow.
double off(const std::optional<structure_target>& target, double now) {
  if (!target) return 0.0;
  const double deviation =
      std::abs(now - target->value) / std::max(target->tolerance, 1e-6 * (1.0 + target->value));
  return target->weight *
         (deviation <= 1.0 ? 0.1 * deviation * deviation : 0.1 + std::log2(deviation));
}

/// A diameter is far harder to move than a mean.
double off_diameter(const std::optional<structure_target>& target, double now) {
  if (!target) return 0.0;
  return target->weight * 3.0 * std::max(0.0, std::abs(now - target->value) - target->tolerance);
}

bool within(const std::optional<structure_target>& target, double now) {
  return !target || std::abs(now - target->value) <= target->tolerance + 1e-12;
}

/// Modularity of the best of ten runs is above that of one by about so much.
constexpr double usual_gain_of_runs = 0.0015;
constexpr std::uint32_t judging_runs = 10;

/// What the judge finds beyond what blocks go by: modularity of the best of several runs, and
/// Gephi's clustering, to which a neighbour with relations of different kinds either way is two.
struct judged_gains {
  double modularity = usual_gain_of_runs;
  double clustering = 0.0;
};

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
    in_.assign(network.actor_count(), 0);
    out_.assign(network.actor_count(), 0);
    for (std::size_t i = 0; i < network.arcs().size(); ++i) {
      ++out_[network.arcs().givers[i]];
      ++in_[network.arcs().takers[i]];
    }
  }

  /// A block of about `swaps` swaps, against the communities and modularity found last. `lever`
  /// makes walks of three arcs more (1) or fewer (-1), which moves path lengths; 0: either.
  void walk(std::size_t swaps, const structure& now, const judged_gains& gains, int lever) {
    const auto arcs = static_cast<double>(network_.arcs().size());
    // One relation more within a community is worth 1 / arcs of modularity.
    double wanted_inside = 0.0;
    if (stage_.modularity) {
      wanted_inside = (stage_.modularity->value - now.modularity - gains.modularity) * arcs;
    }
    const double band_inside =
        stage_.modularity ? std::max(1.0, stage_.modularity->tolerance * arcs * 0.15) : 1.0;
    const auto badness = [&](double clustering, double inside) {
      double sum = 0.0;
      if (stage_.average_clustering) {
        const double band = std::max(1e-6, stage_.average_clustering->tolerance * 0.2);
        const double wanted = stage_.average_clustering->value - gains.clustering;
        sum += std::max(1.0, std::abs(clustering - wanted) / band);
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
      if (i == j || (lever != 0 && walks_gained(i, j) * lever <= 0)) continue;
      if (!network_.can_swap(i, j)) continue;
      double inside_after = inside;
      if (stage_.modularity) {
        inside_after += inside_gained(i, j, now.community);
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

  /// Brings clustering to its target at once, as far as swaps do: paths and communities follow more
  /// easily than it does.
  /// Where it is far, `community` is not mixed by it.
  void settle_clustering(std::size_t most_swaps, std::span<const std::uint32_t> community) {
    if (!stage_.average_clustering) return;
    const double wanted = stage_.average_clustering->value;
    const bool careful =
        !community.empty() && std::abs(network_.clustering() - wanted) > 0.2 * wanted;
    if (careful) most_swaps *= 4;
    const double band = std::max(1e-6, stage_.average_clustering->tolerance * 0.5);
    std::size_t done = 0;
    for (std::size_t tries = 0; tries < most_swaps * 20 && done < most_swaps; ++tries) {
      const double before = std::abs(network_.clustering() - wanted);
      if (before <= band) return;
      const std::size_t i = first_ + random_.below(network_.arcs().size() - first_);
      const auto& peers = by_kind_[network_.arcs().kinds[i]];
      const std::size_t j = peers[random_.below(peers.size())];
      if (i == j || !network_.can_swap(i, j)) continue;
      if (careful && inside_gained(i, j, community) < 0) continue;
      network_.swap_heads(i, j);
      if (std::abs(network_.clustering() - wanted) >= before) {
        network_.swap_heads(i, j);
      } else {
        ++done;
      }
    }
  }

  /// Mends a diameter that is too large or too small at one of its ends: takes a pair of actors so
  /// far apart and gives the farther one a nearer giver, or the last but one only givers as far
  /// away as itself.
  void mend_diameter(const structure& now) {
    undo_.clear();
    if (!stage_.diameter || now.farthest.empty() || now.diameter == stage_.diameter->value) return;
    const bool shorten = now.diameter > stage_.diameter->value;
    const auto& arcs = network_.arcs();
    std::vector<std::vector<actor_id>> out(network_.actor_count());
    for (std::size_t i = 0; i < arcs.size(); ++i) out[arcs.givers[i]].push_back(arcs.takers[i]);
    given_.assign(network_.actor_count(), {});
    taken_.assign(network_.actor_count(), {});
    for (std::size_t i = first_; i < arcs.size(); ++i) {
      given_[arcs.givers[i]].push_back(i);
      taken_[arcs.takers[i]].push_back(i);
    }
    const std::size_t sources = shorten ? std::min<std::size_t>(now.farthest.size(), 12) : 1;
    for (std::size_t s = 0; s < sources; ++s) {
      const actor_id source = now.farthest[random_.below(now.farthest.size())];
      const std::vector<std::uint32_t> distance = distances_from(source, out);
      const auto far = static_cast<std::uint32_t>(now.diameter);
      std::vector<std::uint8_t> wanted(distance.size(), 0);
      if (shorten) {
        for (std::size_t v = 0; v < distance.size(); ++v) wanted[v] = distance[v] == far;
      } else {
        // One actor of the last level but one that gives to somebody of the last.
        std::vector<actor_id> last_but_one;
        for (std::size_t i = 0; i < arcs.size(); ++i) {
          if (distance[arcs.takers[i]] == far) last_but_one.push_back(arcs.givers[i]);
        }
        if (last_but_one.empty()) return;
        wanted[last_but_one[random_.below(last_but_one.size())]] = 1;
      }
      if (shorten) bypass(source, wanted, out, distance);
      for (std::size_t i = first_; i < arcs.size(); ++i) {
        if (wanted[arcs.takers[i]] == 0) continue;
        const auto& peers = by_kind_[arcs.kinds[i]];
        for (int tries = 0; tries < 4000; ++tries) {
          const std::size_t j = peers[random_.below(peers.size())];
          const std::uint32_t there = distance[arcs.givers[j]];
          // What takes this arc's place must not come to lie too far away itself.
          const bool fits = shorten ? there + 2 < far && distance[arcs.takers[j]] + 2 < far
                                    : there == far - 1 && distance[arcs.takers[j]] == far;
          if (i == j || !fits || !network_.can_swap(i, j)) continue;
          network_.swap_heads(i, j);
          undo_.emplace_back(i, j);
          break;
        }
      }
    }
  }

  void undo() {
    for (auto each = undo_.rbegin(); each != undo_.rend(); ++each) {
      network_.swap_heads(each->first, each->second);
    }
    undo_.clear();
  }

 private:
  /// How many relations within a community a swap of heads adds.
  [[nodiscard]] int inside_gained(std::size_t i, std::size_t j,
                                  std::span<const std::uint32_t> community) const {
    const auto inside = [&](std::size_t giver_of, std::size_t taker_of) {
      return community[network_.arcs().givers[giver_of]] ==
                     community[network_.arcs().takers[taker_of]]
                 ? 1
                 : 0;
    };
    return inside(i, j) + inside(j, i) - inside(i, i) - inside(j, j);
  }

  /// How many walks of three arcs through either a swap of heads adds: degrees stay what they are.
  [[nodiscard]] std::int64_t walks_gained(std::size_t i, std::size_t j) const {
    const auto& givers = network_.arcs().givers;
    const auto& takers = network_.arcs().takers;
    return (in_[givers[i]] - in_[givers[j]]) * (out_[takers[j]] - out_[takers[i]]);
  }

  /// Lets somebody early on the shortest way to each wanted actor give to somebody late on it.
  void bypass(actor_id source, const std::vector<std::uint8_t>& wanted,
              const std::vector<std::vector<actor_id>>& out,
              const std::vector<std::uint32_t>& distance) {
    std::vector<actor_id> before(out.size(), source);
    for (std::size_t v = 0; v < out.size(); ++v) {
      for (const actor_id w : out[v]) {
        if (distance[w] == distance[v] + 1) before[w] = static_cast<actor_id>(v);
      }
    }
    int left = 8;
    for (std::size_t far = 0; far < wanted.size() && left > 0; ++far) {
      if (wanted[far] == 0) continue;
      --left;
      std::vector<actor_id> way{static_cast<actor_id>(far)};
      while (way.back() != source) way.push_back(before[way.back()]);
      std::reverse(way.begin(), way.end());
      // The widest gaps first, down to three steps saved.
      bool done = false;
      for (std::size_t gap = way.size() - 1; gap > 3 && !done; --gap) {
        for (std::size_t a = 0; a + gap < way.size() && !done; ++a) {
          done = give(way[a], way[a + gap]);
        }
      }
    }
  }

  /// Swaps heads of new arcs so that one stands from `giver` to `taker`. Whether it could.
  bool give(actor_id giver, actor_id taker) {
    for (const std::size_t i : given_[giver]) {
      for (const std::size_t j : taken_[taker]) {
        const auto& arcs = network_.arcs();
        // Lists may be behind what swaps have done since.
        if (arcs.givers[i] != giver || arcs.takers[j] != taker || arcs.kinds[i] != arcs.kinds[j] ||
            i == j || !network_.can_swap(i, j)) {
          continue;
        }
        network_.swap_heads(i, j);
        undo_.emplace_back(i, j);
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] static std::vector<std::uint32_t> distances_from(
      actor_id source, const std::vector<std::vector<actor_id>>& out) {
    constexpr std::uint32_t unreached = 0x7FFFFFFFU;
    std::vector<std::uint32_t> distance(out.size(), unreached);
    std::vector<actor_id> queue{source};
    distance[source] = 0;
    for (std::size_t i = 0; i < queue.size(); ++i) {
      for (const actor_id w : out[queue[i]]) {
        if (distance[w] != unreached) continue;
        distance[w] = distance[queue[i]] + 1;
        queue.push_back(w);
      }
    }
    return distance;
  }

  wired_network& network_;
  std::size_t first_;
  const stage_target& stage_;
  random_stream& random_;
  std::vector<std::vector<std::size_t>> by_kind_;
  std::vector<std::vector<std::size_t>> given_;
  std::vector<std::vector<std::size_t>> taken_;
  std::vector<std::int64_t> in_;
  std::vector<std::int64_t> out_;
  std::vector<std::pair<std::size_t, std::size_t>> undo_;
};

/// Which lever moves the path length the way it has to go: learnt from what each did.
class lever_choice {
 public:
  explicit lever_choice(const stage_target& stage) : target_(stage.average_path_length) {}

  int choose(double path_length, random_stream& random) {
    if (!target_ || std::abs(path_length - target_->value) <= target_->tolerance * 0.5) return 0;
    const double wanted = target_->value - path_length;
    const int best = effect(1) * wanted > effect(-1) * wanted ? 1 : -1;
    const double draw = random.uniform();
    return draw < 0.7 ? best : draw < 0.85 ? 0 : -best;
  }
  void learn(int lever, double change) {
    effects_[static_cast<std::size_t>(lever + 1)] =
        0.8 * effects_[static_cast<std::size_t>(lever + 1)] + 0.2 * change;
  }

 private:
  [[nodiscard]] double effect(int lever) const {
    return effects_[static_cast<std::size_t>(lever + 1)];
  }
  std::optional<structure_target> target_;
  /// Of fewer, either and more walks, per swap; at first it is only known which way they go.
  std::array<double, 3> effects_{1e-9, 0.0, -1e-9};
};

}  // namespace

double distance_to(const stage_target& stage, const structure& now) {
  return off(stage.average_path_length, now.average_path_length) +
         off_diameter(stage.diameter, now.diameter) +
         off(stage.average_clustering, now.average_clustering) +
         off(stage.modularity, now.modularity);
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
    for (vertex_id v = 0; v < g.vertex_count(); ++v) {
      if (paths.eccentricity[v] == paths.diameter) now.farthest.push_back(v);
    }
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
  judged_gains gains;
  const auto look = [&] { return measure(network, stage, 1, exec); };
  const auto with_gains = [&](structure now) {
    now.modularity += gains.modularity;
    now.average_clustering += gains.clustering;
    return now;
  };
  const auto energy = [&](const structure& now) { return distance_to(stage, with_gains(now)); };
  steering_result result;
  block_walk blocks(network, first, stage, random);
  blocks.settle_clustering(network.arcs().size() - first,
                           stage.modularity ? look().community : std::vector<std::uint32_t>());
  structure now = look();
  lever_choice levers(stage);
  const std::size_t new_arcs = network.arcs().size() - first;
  while (true) {
    const bool is_last = result.blocks == most_blocks;
    if (is_last || is_within(stage, with_gains(now))) {
      structure judged = stage.modularity ? measure(network, stage, judging_runs, exec) : now;
      if (stage.average_clustering) judged.average_clustering = network.exact_clustering(exec);
      gains = {judged.modularity - now.modularity,
               judged.average_clustering - now.average_clustering};
      result.within = is_within(stage, judged);
      if (is_last || result.within) {
        result.reached = std::move(judged);
        return result;
      }
    }
    ++result.blocks;
    // Large blocks while far off, small ones near the end; and always a few of each.
    const bool far = stage.average_path_length &&
                     std::abs(now.average_path_length - stage.average_path_length->value) >
                         20 * stage.average_path_length->tolerance;
    const double most = std::max(40.0, static_cast<double>(new_arcs) / (far ? 12 : 40));
    const auto size = static_cast<std::size_t>(2.0 * std::pow(most / 2.0, random.uniform()));
    const int lever = levers.choose(now.average_path_length, random);
    blocks.mend_diameter(now);
    blocks.walk(size, now, gains, lever);
    structure after = look();
    levers.learn(lever,
                 (after.average_path_length - now.average_path_length) / static_cast<double>(size));
    if (energy(after) <= energy(now)) {
      now = std::move(after);
    } else {
      blocks.undo();
    }
  }
}

}  // namespace valuenet::detail
