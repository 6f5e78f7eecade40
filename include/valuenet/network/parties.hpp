// Records with several parties: patents of co-applicants, transfers from one group to another.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/network/grouping.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/network/value_network.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace valuenet {

/// Which ends of a relation name several parties.
enum class party_ends : std::uint8_t { both, giver, taker };

struct party_options {
  /// Between the parties of an end: "海尔;山东大学".
  std::string delimiter = ";";
  party_ends ends = party_ends::both;
};

/// The relations of a table read as records, and the parties at each end.
struct record_parties {
  std::string delimiter;
  /// Every party is an actor, with the columns that the records' actor table has of it; no
  /// relation.
  value_network parties;
  /// Of record r: giver_parties[giver_begin[r]] to giver_parties[giver_begin[r + 1] - 1], distinct,
  /// in the order in which they are named; and so for takers.
  std::vector<std::uint64_t> giver_begin;
  std::vector<actor_id> giver_parties;
  std::vector<std::uint64_t> taker_begin;
  std::vector<actor_id> taker_parties;
  /// Parties named again in one end of a record: counted once.
  std::uint64_t repeated = 0;

  [[nodiscard]] relation_id record_count() const noexcept {
    return giver_begin.empty() ? 0 : static_cast<relation_id>(giver_begin.size() - 1);
  }
  [[nodiscard]] std::span<const actor_id> givers(relation_id record) const noexcept {
    return {giver_parties.data() + giver_begin[record],
            giver_parties.data() + giver_begin[record + 1]};
  }
  [[nodiscard]] std::span<const actor_id> takers(relation_id record) const noexcept {
    return {taker_parties.data() + taker_begin[record],
            taker_parties.data() + taker_begin[record + 1]};
  }
};

/// Cuts the ids at the chosen ends of every relation into parties. Blanks around a party are no
/// part of it, nothing between two delimiters is no party, and an id of delimiters alone is one
/// party. Parties are numbered in order of first appearance, the giver's before the taker's;
/// actors of no relation follow. O(bytes of the ids + relations + parties). Throws
/// std::invalid_argument for an empty delimiter, and where the ends name over 2^28 parties.
/// Deterministic.
[[nodiscard]] record_parties split_parties(const value_network& records,
                                           const party_options& options = {},
                                           const execution& exec = {});

/// What a record with g givers and t takers adds to each of its g t pairs.
enum class pair_weight : std::uint8_t {
  full,        ///< its weight
  fractional,  ///< its weight / (g t): every record adds up to its weight
};

/// The network between parties: of every record one relation from each giver to each taker, with
/// the record's columns. A party at both ends has a relation with itself. What was two-mode stays
/// so: from records whose givers are patents and whose takers are applicants, project() makes the
/// co-application network. O(pairs). Throws std::invalid_argument for over 2^28 pairs, or parties
/// of other records.
[[nodiscard]] value_network expand_parties(const value_network& records,
                                           const record_parties& parties,
                                           pair_weight weight = pair_weight::full,
                                           const execution& exec = {});

/// How a record whose parties are of several groups counts.
enum class party_counting : std::uint8_t {
  combination,  ///< once, under the set of its parties' groups: "企业+大专院校"
  any,          ///< once under every group that a party of it is in
  fractional,   ///< under every group with the share of its parties that are in it
};
/// "combination", "any", "fractional".
[[nodiscard]] std::string_view to_string(party_counting counting) noexcept;

struct party_count_options {
  party_counting counting = party_counting::combination;
  /// Which records; conditions on actors see the ends as they stand in the records.
  selection_options selection{};
  /// Only records with so many parties at the end (at both ends together where two are crossed).
  std::uint32_t fewest_parties = 1;
  std::uint32_t most_parties = 0xFFFFFFFFU;
  /// Joins the groups of a combination; within one, groups stand in the order of the grouping.
  std::string join = "+";
};

/// Records by the groups of their parties at one end.
struct party_counts {
  struct row {
    std::string label;
    /// Weight of its records (their number where records have no weights).
    double records = 0.0;
    /// Distinct sets of parties: how many relations of co-operation, whatever the records of each.
    std::uint64_t relations = 0;
    /// Distinct parties of these records; with `any` and `fractional` those in the group.
    std::uint64_t parties = 0;
  };
  /// In the order of the records; with `any` and `fractional` in that of the groups.
  std::vector<row> rows;
  /// Over every selected record with a group, each once: with `any` less than the rows add up to.
  row total;
  /// Records (weight) that no row counts: a party, or with `any` every party, is in no group; of
  /// `fractional` the share of such parties.
  double without_group = 0.0;
};

/// Counts records at one end, `giver` or `taker`. O(selected records' parties log). Throws
/// std::invalid_argument for `both`, a grouping of other parties, fewest_parties > most_parties,
/// and what select() throws. Deterministic: sums run in the order of the records.
[[nodiscard]] party_counts count_parties(const value_network& records,
                                         const record_parties& parties, const grouping& groups,
                                         party_ends end, const party_count_options& options = {},
                                         const execution& exec = {});

/// Records by the groups of their givers and of their takers.
struct party_matrix {
  std::vector<std::string> giver_labels;
  std::vector<std::string> taker_labels;
  /// Row-major, weight of the records.
  std::vector<double> cells;
  /// Records of a row or a column, each once: with `any` not the sum of its cells.
  std::vector<double> given;
  std::vector<double> taken;
  /// Every selected record with a group at both ends, once.
  double total = 0.0;
  double without_group = 0.0;

  [[nodiscard]] double operator()(std::size_t giver, std::size_t taker) const noexcept {
    return cells[giver * taker_labels.size() + taker];
  }
  /// The cell of these labels; 0 where one of them does not occur.
  [[nodiscard]] double of(std::string_view giver, std::string_view taker) const noexcept;
  /// The givers' (takers') total of a label; 0 where it does not occur.
  [[nodiscard]] double given_by(std::string_view giver) const noexcept;
  [[nodiscard]] double taken_by(std::string_view taker) const noexcept;
};

/// The same crossed: who transfers to whom. With `any` a record counts in every cell (a giver's
/// group, a taker's group), with `fractional` in each with the product of both shares. O(records'
/// parties log + groups^2). Throws as count_parties, and for over 2^26 cells.
[[nodiscard]] party_matrix cross_parties(const value_network& records,
                                         const record_parties& parties, const grouping& groups,
                                         const party_count_options& options = {},
                                         const execution& exec = {});

}  // namespace valuenet
