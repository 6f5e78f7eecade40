// Surrogates: made-up value networks with the printed figures of a report whose relations are
// private.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/network/value_network.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace valuenet {

/// Degrees of an actor over distinct relations (repeated rows count once), by what they count.
struct degree_targets {
  std::optional<std::uint32_t> technology_in{};
  std::optional<std::uint32_t> technology_out{};
  std::optional<std::uint32_t> technology_total{};
  /// Relations given to sample actors: people who studied or worked there, firms invested in.
  std::optional<std::uint32_t> prior_study_out{};
  std::optional<std::uint32_t> prior_work_out{};
  std::optional<std::uint32_t> received_out{};
};

/// An actor whose figures were printed.
struct named_target {
  std::string label;
  valuenet::role role = valuenet::role::relation;
  std::string type{};
  std::string country{};
  degree_targets degrees{};
};

/// The relations of one kind. One end is always a sample actor; the other a relation actor, or, for
/// `sample_to_sample` of them, another sample actor.
struct kind_target {
  std::string dimension;
  std::string kind;
  /// Rows of the table, exactly.
  std::uint32_t relations = 0;
  /// Whether the sample actor gives (empowerment, made) or takes (input, prior_study, ...).
  bool sample_gives = false;
  /// Relation actors that have a relation of this kind, and the exponent of their degrees.
  std::uint32_t relation_side_actors = 0;
  double relation_side_exponent = 2.5;
  double sample_to_sample = 0.0;
};

/// What a surrogate must match, and the shape of what nobody printed.
struct surrogate_profile {
  std::string name;
  std::string title;
  std::string source;
  std::uint32_t sample_actors = 0;
  std::uint32_t relation_actors = 0;
  /// Distinct (giver, taker, kind): the rest of the rows repeat one of them.
  std::uint32_t merged_edges = 0;
  std::vector<kind_target> kinds;
  std::vector<named_target> named;
  /// Actors without a printed figure stay below the last row of the printed lists.
  degree_targets sample_caps{};
  degree_targets relation_caps{};
  /// Communities whose sizes fall with the power `community_slope` of their rank; a relation stays
  /// within one with probability `stickiness`.
  std::uint32_t communities = 30;
  double community_slope = 0.9;
  double stickiness = 0.7;
  /// Standard deviation of the logarithm of unnamed sample actors' degrees.
  double sample_spread = 1.25;
};

/// Names of the profiles that ship with valuenet ("2021").
[[nodiscard]] std::vector<std::string> profile_names();
/// One of these. Throws std::invalid_argument naming those there are.
[[nodiscard]] surrogate_profile profile(std::string_view name);
/// Reads a profile from JSON text (docs/surrogate.md has the fields). Throws parse_error naming
/// `file` for what is no profile.
[[nodiscard]] surrogate_profile parse_profile(std::string_view json, const std::string& file);

struct surrogate_options {
  std::uint64_t seed = 42;
};

/// A value network with the profile's counts: actors by role, rows by kind, distinct relations and
/// every printed degree exactly; a heavy tail below the printed lists; every actor related.
/// Structure (path lengths, clustering, communities) is what typed stub matching within communities
/// gives: it is near the printed values and not fitted to them. Every actor and relation carries
/// the title in the column `provenance`, so that wherever the network goes it says that it is made
/// up. Cost: O(rows), well under a second for the 2021 profile. Deterministic by seed. Throws
/// std::invalid_argument naming targets that contradict each other.
[[nodiscard]] value_network surrogate(const surrogate_profile& target,
                                      const surrogate_options& options = {},
                                      const execution& exec = {});

}  // namespace valuenet
