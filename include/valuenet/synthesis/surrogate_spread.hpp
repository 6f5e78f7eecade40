// How much printed figures pin down: what differs between networks that all have them.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/synthesis/profile.hpp"
#include "valuenet/synthesis/surrogate.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace valuenet {

struct spread_options {
  /// The networks are those of the seeds first_seed, first_seed + 1, ... 1 to 10,000 of them.
  std::uint64_t first_seed = 1;
  std::uint32_t seeds = 20;
  /// How each is made; its seed is not looked at.
  surrogate_options surrogate{};
};

/// A statistic that was no target, over the networks.
struct statistic_spread {
  /// As in summary_result, or one of those that surrogate_spread() adds.
  std::string name;
  std::string label;
  std::string label_zh;
  std::string definition;
  /// By network, in the order of `spread_result::met`.
  std::vector<double> values;
  double least = 0.0;
  double mean = 0.0;
  double greatest = 0.0;
  /// Sample standard deviation (n - 1); 0 for one network.
  double deviation = 0.0;
};

struct spread_result {
  /// The seeds whose networks have every figure that can be had, and those that have not: only the
  /// former are compared.
  std::vector<std::uint64_t> met;
  std::vector<std::uint64_t> missed;
  /// Without statistics that are undefined in one of the networks.
  std::vector<statistic_spread> statistics;
};

/// Makes a network of each seed, keeps those that meet the whole profile as calibration() measures
/// it, and compares them, all years and kinds together, by every statistic of summarize() that the
/// profile neither has as a target nor settles (counts, average degree, density), and by
/// core_depth (the largest k with a k-core), mean_constraint (Burt's, over actors with a
/// neighbour), gini_in_degree, gini_out_degree, and the power laws fitted to total, in- and
/// out-degrees (fit_power_law): power_law_total, power_law_in, power_law_out, and where their tails
/// begin: power_law_total_from, ... What spreads widely does not follow from the printed figures;
/// what hardly moves does, as far as networks wired as surrogate() wires them go. Networks are made
/// side by side, each by one thread. Cost: that of surrogate(), calibration() and summarize() for
/// every seed. Throws std::invalid_argument for seeds out of range, and what surrogate() throws;
/// cancelled. Deterministic at any thread count.
[[nodiscard]] spread_result surrogate_spread(const surrogate_profile& target,
                                             const spread_options& options = {},
                                             const execution& exec = {});

}  // namespace valuenet
