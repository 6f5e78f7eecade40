// What a network reaches of a profile's targets, and which targets cannot be met together.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/network/value_network.hpp"
#include "valuenet/synthesis/profile.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace valuenet {

enum class target_group : std::uint8_t { counts, structure, concentration, degrees, shares };

/// "counts", "structure", "concentration", "degrees", "shares".
[[nodiscard]] std::string to_string(target_group group);

/// One target and what was reached.
struct calibration_line {
  target_group group = target_group::counts;
  /// Of the stage; nothing where it is no matter of years.
  std::optional<int> year{};
  std::string target;
  double wanted = 0.0;
  /// Nothing where it is undefined or the actor is not there.
  std::optional<double> reached{};
  double tolerance = 0.0;
  /// |reached - wanted| <= tolerance.
  bool within = false;
  /// Whether another target rules it out: see calibration_report::contradictions.
  bool is_ruled_out = false;
};

/// Targets that cannot be met together.
struct contradiction {
  /// Which, by how much, and what is favoured: one sentence.
  std::string sentence;
  /// Words of the targets given up, as in calibration_line::target, with their stage.
  std::string target;
  std::optional<int> year{};
};

struct calibration_report {
  std::vector<calibration_line> lines;
  std::vector<contradiction> contradictions;

  [[nodiscard]] std::size_t met() const noexcept;
  /// Every target is within tolerance but those that another one rules out.
  [[nodiscard]] bool all_met_but_contradictions() const noexcept;
};

struct calibration_options {
  /// Modularity is that of the best of `runs` runs of Leiden, as summarize() finds it.
  std::uint64_t seed = 42;
  std::uint32_t runs = 10;
};

/// Measures any network, made up or read from files, against a profile: counts by role, kind and
/// year; degrees of named actors over distinct relations; Gephi's structure of the network up to
/// each year, directed, all kinds together; shares of places and industries. Who is a sample actor
/// in a year is told by the columns `sample_from` and `sample_until`, where they are there, else by
/// the role. Nothing is taken from how the network was made. Cost: O(relations * (shares + years))
/// and the metrics of every stage. Throws cancelled. Deterministic.
[[nodiscard]] calibration_report calibration(const value_network& network,
                                             const surrogate_profile& target,
                                             const calibration_options& options = {},
                                             const execution& exec = {});

/// Which of a profile's targets contradict each other, by arithmetic alone: an average degree that
/// edges / actors is not, shares of one whole that add up to more than it, rows that must repeat
/// each other. O(targets).
[[nodiscard]] std::vector<contradiction> contradictions(const surrogate_profile& target);

}  // namespace valuenet
