// The way to a surrogate: plan the degrees, wire a stage, steer it, and go on to the next; then
// fill in the actors' cells.
#include "valuenet/synthesis/surrogate.hpp"

#include "valuenet/error.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "detail/parallel.hpp"
#include "detail/progress.hpp"
#include "synthesis/degree_plan.hpp"
#include "synthesis/steering.hpp"
#include "synthesis/streams.hpp"
#include "synthesis/surrogate_tables.hpp"
#include "synthesis/wiring.hpp"

namespace valuenet {
namespace {

using namespace detail;

bool has_structure(const stage_target& stage) {
  return stage.average_path_length || stage.diameter || stage.average_clustering ||
         stage.modularity;
}

/// The stage without the targets of weight 0, which are reported but not steered toward.
stage_target weighed(const stage_target& stage) {
  stage_target result = stage;
  for (auto* each : {&result.average_path_length, &result.diameter, &result.average_clustering,
                     &result.modularity}) {
    if (*each && (*each)->weight == 0.0) each->reset();
  }
  return result;
}

/// Of a profile of several; a single stage has its restarts in the attempts.
constexpr std::uint32_t rounds_of_a_stage = 4;

/// One network, from its own seed.
struct attempt {
  wired_arcs arcs;
  std::vector<std::size_t> stage_ends;
  /// Sum over stages of how far the structure is off.
  double distance = 0.0;
  bool within = true;
};

class attempt_maker {
 public:
  attempt_maker(const surrogate_profile& profile, const surrogate_options& options,
                std::uint64_t seed, const execution& exec)
      : profile_(profile),
        options_(options),
        seed_(seed),
        exec_(exec),
        quiet_(exec),
        workers_(exec),
        degrees_(profile, seed),
        communities_(profile, degrees_, seed),
        pairs_(profile.stages.back().edges) {
    quiet_.progress = {};
    if (profile.stages.size() > 1) rounds_ = rounds_of_a_stage;
  }

  /// Makes all stages; gives up after one that stays off where `give_up` says so.
  attempt run(bool give_up, progress& done) {
    attempt result;
    for (std::size_t t = 0; t < profile_.stages.size(); ++t) {
      const stage_target stage = weighed(profile_.stages[t]);
      const bool steered = options_.effort == surrogate_effort::calibrated && has_structure(stage);
      const std::size_t first = arcs_.size();
      std::optional<start> best;
      if (steered) {
        // A stage that stays off is begun anew upon the same one before.
        steering_result reached;
        for (std::uint32_t round = 0; round < rounds_ && !reached.within; ++round) {
          start made = nearest_start(t, round);
          wired_network network(std::move(made.arcs), degrees_.actor_count(), stage.actors);
          steering_result tried =
              steer(network, first, stage, options_.blocks, seed_, t + 64 * round, quiet_);
          if (exec_.log) {
            exec_.log(severity::debug,
                      fmt::format("stage {}: path length {:.4f}, diameter {}, clustering {:.5f}, "
                                  "modularity {:.4f} after {} blocks: {}",
                                  t + 1, tried.reached.average_path_length, tried.reached.diameter,
                                  tried.reached.average_clustering, tried.reached.modularity,
                                  tried.blocks, tried.within ? "within" : "off"));
          }
          if (best && !tried.within &&
              distance_to(stage, tried.reached) >= distance_to(stage, reached.reached)) {
            continue;
          }
          reached = std::move(tried);
          made.arcs = network.arcs();
          best = std::move(made);
        }
        result.distance += distance_to(stage, reached.reached);
        result.within = result.within && reached.within;
        best->pairs = pair_table(best->arcs.size());
        for (std::size_t i = 0; i < best->arcs.size(); ++i) {
          best->pairs.insert(best->arcs.givers[i], best->arcs.takers[i]);
        }
      } else {
        // Nothing is begun anew: the start takes over what stands.
        start made{degrees_.next(stage.sample_to_sample_factor), std::move(communities_),
                   std::move(pairs_), std::move(arcs_)};
        wire_start(made, t, 0);
        best = std::move(made);
      }
      arcs_ = std::move(best->arcs);
      pairs_ = std::move(best->pairs);
      communities_ = std::move(best->communities);
      degrees_.advance(std::move(best->plan));
      result.stage_ends.push_back(arcs_.size());
      done.advance();
      if (!result.within && give_up) break;
    }
    result.arcs = std::move(arcs_);
    return result;
  }

  [[nodiscard]] degree_plan degrees() && { return std::move(degrees_); }

 private:
  struct start {
    stage_plan plan;
    planted_communities communities;
    pair_table pairs;
    wired_arcs arcs;
  };

  start make_start(std::size_t t, double factor, std::uint64_t part) {
    start made{degrees_.next(factor), communities_, pairs_, arcs_};
    wire_start(made, t, part);
    return made;
  }

  void wire_start(start& made, std::size_t t, std::uint64_t part) {
    made.communities.settle(degrees_, made.plan);
    wire(made.plan, profile_, made.communities, profile_.stages[t].stickiness,
         seed_ * 1000003 + t * 1009 + part, workers_, made.pairs, made.arcs);
    made.plan.kinds.clear();  // joined: their ends are in the arcs
  }

  /// The share of relations between sample actors decides how many triangles there can be (and,
  /// where clustering is no target, how long paths are): seeks the share that comes near, and keeps
  /// the start that is nearest over all.
  start nearest_start(std::size_t t, std::uint64_t round) {
    stage_target stage = weighed(profile_.stages[t]);
    stage.modularity.reset();
    double factor = stage.sample_to_sample_factor;
    std::optional<start> best;
    double best_distance = 0.0;
    std::optional<double> low;
    std::optional<double> high;
    constexpr std::uint64_t most_starts = 6;
    for (std::uint64_t s = 0; s < most_starts; ++s) {
      std::optional<start> made;
      try {
        made = make_start(t, factor, round * most_starts + s);
      } catch (const std::invalid_argument&) {
        if (!best) throw;
        break;  // so many relations between sample actors leave too few for the others
      }
      const wired_network network(made->arcs, degrees_.actor_count(), stage.actors);
      const structure now = measure(network, stage, 1, quiet_);
      const double distance = distance_to(stage, now);
      if (!best || distance < best_distance) {
        best = std::move(made);
        best_distance = distance;
      }
      // Positive: more relations between sample actors are wanted.
      double wanted = 0.0;
      double near = 0.0;
      if (stage.average_clustering) {
        wanted = stage.average_clustering->value - now.average_clustering;
        near = std::max(3 * stage.average_clustering->tolerance,
                        0.1 * stage.average_clustering->value);
      } else if (stage.average_path_length) {
        wanted = now.average_path_length - stage.average_path_length->value;
        near = std::max(3 * stage.average_path_length->tolerance, 0.02);
      }
      if (std::abs(wanted) <= near) break;
      (wanted > 0 ? low : high) = factor;
      if (low && high) {
        factor = (*low + *high) / 2;
      } else {
        factor = wanted > 0 ? factor * 1.4 + 0.02 : factor / 1.4;
      }
    }
    return std::move(*best);
  }

  const surrogate_profile& profile_;
  const surrogate_options& options_;
  std::uint64_t seed_;
  const execution& exec_;
  execution quiet_;
  parallel workers_;
  degree_plan degrees_;
  planted_communities communities_;
  pair_table pairs_;
  wired_arcs arcs_;
  std::uint32_t rounds_ = 1;
};

}  // namespace

value_network surrogate(const surrogate_profile& target, const surrogate_options& options,
                        const execution& exec) {
  if (options.attempts < 1 || options.attempts > 10000) {
    throw std::invalid_argument(
        fmt::format("surrogate: attempts is {}, expected 1 to 10000", options.attempts));
  }
  if (exec.stop.stop_requested()) throw cancelled();
  const std::uint64_t seed = options.seed.value_or(target.seed);
  std::optional<attempt> best;
  std::optional<degree_plan> best_degrees;
  for (std::uint32_t a = 0; a < options.attempts; ++a) {
    // Each from a seed of its own; the first from the seed itself.
    const std::uint64_t own = a == 0 ? seed : random_stream(seed, 0xA77E3B7ULL + a)();
    attempt_maker maker(target, options, own, exec);
    progress done(exec, "surrogate", target.stages.size());
    attempt made;
    try {
      made = maker.run(best.has_value(), done);
    } catch (const std::invalid_argument&) {
      // Chance made a kind too dense to be wired; where it always does, the last attempt says so.
      if (a + 1 == options.attempts && !best) throw;
      continue;
    }
    const bool complete = made.stage_ends.size() == target.stages.size();
    if (complete && (!best || made.within || made.distance < best->distance)) {
      best = std::move(made);
      best_degrees.emplace(std::move(maker).degrees());
    }
    if (best && best->within) break;
  }
  return surrogate_tables(target, *best_degrees, best->arcs, best->stage_ends, seed, exec);
}

}  // namespace valuenet
