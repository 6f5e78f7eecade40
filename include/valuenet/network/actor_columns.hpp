// Columns of actors that stand in the table of relations: who the giver is, and who the taker.
#pragma once

#include "valuenet/network/value_network.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace valuenet {

/// A table of deals often says of each end where and what it is, and there is no table of actors.
struct actor_column_source {
  /// The column of actors to be filled: "label", "country", ..., or one of your own.
  std::string name;
  /// Columns of relations that say it of the giver and of the taker; empty: none does.
  std::string giver_column{};
  std::string taker_column{};
};

/// How one column came out.
struct described_column {
  std::string name;
  /// Actors that have a word now, by their own column or by their relations.
  std::uint64_t actors = 0;
  /// Actors of which relations say different things: the most frequent word was taken.
  std::uint64_t contradicted = 0;
};

struct description_result {
  value_network network;
  /// One a source, in their order.
  std::vector<described_column> columns;
};

/// Fills columns of actors from columns of relations: an actor gets the word that most of its
/// relations say of it, of equally frequent ones the first in row order; a word that the table of
/// actors gives stays. The columns of relations stay too. O(relations log relations) a source.
/// Throws std::invalid_argument for a source without a name or without a column, a column that the
/// relations do not have, and the names "id" and "role". Deterministic.
[[nodiscard]] description_result describe_actors(const value_network& network,
                                                 std::span<const actor_column_source> sources);

}  // namespace valuenet
