// From two modes to one: people, deals or patents onto the organisations that share them.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/network/value_network.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace valuenet {

/// Which actors of two-mode relations are kept; those at the other end are what they share.
enum class projected_end : std::uint8_t { givers, takers };

/// What an event with k parties adds to each pair of them.
enum class projection_weight : std::uint8_t {
  count,       ///< 1: how many events they share (full counting)
  fractional,  ///< 2 / (k (k - 1)): every event adds up to 1 over its pairs
  newman,      ///< 1 / (k - 1): every event adds 1 to each party's strength
  jaccard,     ///< events shared / events of either, whatever k
  cosine,      ///< events shared / sqrt(events of one x events of the other)
};
/// "count", "fractional", ...
[[nodiscard]] std::string_view to_string(projection_weight weight) noexcept;

struct projection_options {
  valuenet::projected_end onto = projected_end::takers;
  projection_weight weight = projection_weight::count;
  selection_options selection{};
  /// Events with more parties are left out (and counted): each adds k (k - 1) / 2 pairs.
  std::uint32_t most_parties = 10000;
};

struct projection_result {
  /// Undirected, simple, weighted. Vertices are `actors`.
  valuenet::graph graph;
  /// Actors at the projected end of a selected relation, ascending.
  std::vector<actor_id> actors;
  /// Of every vertex: its events.
  std::vector<std::uint64_t> events_of_actor;
  std::uint64_t events = 0;
  /// Events with one party: no pair.
  std::uint64_t lone_events = 0;
  std::uint64_t events_left_out = 0;
  /// Actors that are at both ends of selected relations: the network is not two-mode where there
  /// are any; each counts as an event at the one end and as a party at the other.
  std::uint64_t actors_in_both_modes = 0;
};

/// Joins two actors that have a relation with the same actor at the other end (the event). Repeated
/// relations of a party with an event count once. O(sum of k^2 log) over the events' parties k.
/// Throws std::invalid_argument for most_parties < 2, what select() throws, and where the pairs
/// before merging would be over 2^31. Deterministic. Source of `newman`: M. E. J. Newman 2001,
/// doi:10.1103/PhysRevE.64.016132.
[[nodiscard]] projection_result project(const value_network& network,
                                        const projection_options& options = {},
                                        const execution& exec = {});

}  // namespace valuenet
