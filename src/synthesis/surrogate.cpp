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
  }

  /// Makes all stages; gives up after one that stays off where `give_up` says so.
  attempt run(bool give_up, progress& done) {
    attempt result;
    for (std::size_t t = 0; t < profile_.stages.size(); ++t) {
      const stage_target& stage = profile_.stages[t];
      const bool steered = options_.effort == surrogate_effort::calibrated && has_structure(stage);
      start best = steered ? nearest_start(t) : make_start(t, stage.sample_to_sample_factor, 0);
      const std::size_t first = result.arcs.size();
      if (steered) {
        wired_network network(std::move(best.arcs), stage.actors);
        const steering_result reached =
            steer(network, first, stage, options_.blocks, seed_, t, quiet_);
        result.distance += distance_to(stage, reached.reached);
        result.within = result.within && reached.within;
        if (exec_.log) {
          exec_.log(
              severity::debug,
              fmt::format("stage {}: path length {:.4f}, diameter {}, clustering {:.5f}, "
                          "modularity {:.4f} after {} blocks: {}",
                          t + 1, reached.reached.average_path_length, reached.reached.diameter,
                          reached.reached.average_clustering, reached.reached.modularity,
                          reached.blocks, reached.within ? "within" : "off"));
        }
        result.arcs = network.arcs();
        best.pairs = pair_table(result.arcs.size());
        for (std::size_t i = 0; i < result.arcs.size(); ++i) {
          best.pairs.insert(result.arcs.givers[i], result.arcs.takers[i]);
        }
      } else {
        result.arcs = std::move(best.arcs);
      }
      arcs_ = result.arcs;
      pairs_ = std::move(best.pairs);
      communities_ = std::move(best.communities);
      degrees_.advance(std::move(best.plan));
      result.stage_ends.push_back(result.arcs.size());
      done.advance();
      if (!result.within && give_up) break;
    }
    return result;
  }

  [[nodiscard]] const degree_plan& degrees() const { return degrees_; }

 private:
  struct start {
    stage_plan plan;
    planted_communities communities;
    pair_table pairs;
    wired_arcs arcs;
  };

  start make_start(std::size_t t, double factor, std::uint64_t part) {
    start made{degrees_.next(factor), communities_, pairs_, arcs_};
    made.communities.settle(degrees_, made.plan);
    wire(made.plan, profile_, made.communities, profile_.stages[t].stickiness,
         seed_ * 1000003 + t * 1009 + part, workers_, made.pairs, made.arcs);
    return made;
  }

  /// More relations between sample actors make paths shorter: seeks the share that brings the path
  /// length to where swaps reach, then keeps the start that is nearest over all.
  start nearest_start(std::size_t t) {
    const stage_target& stage = profile_.stages[t];
    double factor = stage.sample_to_sample_factor;
    std::optional<start> best;
    double best_distance = 0.0;
    std::optional<double> low;   // too long at this factor
    std::optional<double> high;  // too short
    constexpr std::uint64_t most_starts = 10;
    for (std::uint64_t s = 0; s < most_starts; ++s) {
      start made = make_start(t, factor, s);
      const wired_network network(made.arcs, stage.actors);
      stage_target without = stage;
      without.modularity.reset();
      const structure now = measure(network, without, 1, quiet_);
      const double distance = distance_to(without, now);
      if (exec_.log) {
        exec_.log(severity::debug,
                  fmt::format("stage {}, start {}: factor {:.3f}, path length {:.4f}, diameter {}, "
                              "clustering {:.5f}",
                              t + 1, s, factor, now.average_path_length, now.diameter,
                              now.average_clustering));
      }
      if (!best || distance < best_distance) {
        best = std::move(made);
        best_distance = distance;
      }
      if (!stage.average_path_length) break;
      const double off = now.average_path_length - stage.average_path_length->value;
      const double near = std::max(0.02, 3 * stage.average_path_length->tolerance);
      if (std::abs(off) < near) break;
      (off > 0 ? low : high) = factor;
      if (low && high) {
        factor = (*low + *high) / 2;
      } else {
        factor = off > 0 ? factor * 1.25 + 0.02 : factor / 1.25;
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
    attempt made = maker.run(best.has_value(), done);
    const bool complete = made.stage_ends.size() == target.stages.size();
    if (complete && (!best || made.within || made.distance < best->distance)) {
      best = std::move(made);
      best_degrees.emplace(maker.degrees());
    }
    if (best->within) break;
  }
  return surrogate_tables(target, *best_degrees, best->arcs, best->stage_ends, seed, exec);
}

}  // namespace valuenet
