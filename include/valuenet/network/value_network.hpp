// The value network: every actor and every relation of a study, as columns.
#pragma once

#include "valuenet/network/vocabulary.hpp"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace valuenet {

/// Row numbers: actors in the order of first appearance (actor table first; within a relation the
/// giver before the taker), relations in the order of their files.
using actor_id = std::uint32_t;
using relation_id = std::uint32_t;

/// Whether the study surveyed an actor, or found it named in a surveyed actor's relations.
/// `unknown` where the tables do not say.
enum class role : std::uint8_t { unknown, sample, relation };

/// "", "sample", "relation".
[[nodiscard]] std::string_view to_string(role value) noexcept;

/// Stored for a relation without a year.
inline constexpr std::int32_t no_year = std::numeric_limits<std::int32_t>::min();

/// Columns of actors. A text column is absent (not given) or as long as there are actors.
struct actor_table {
  /// Actor a has the id ids[a + 1]; ids are unique and not empty.
  vocabulary ids;
  text_column label;
  /// Empty: every role is unknown.
  std::vector<valuenet::role> roles;
  text_column type;
  text_column country;
  text_column province;
  text_column city;
  text_column sector;
  text_column industry;
  /// Any further columns, by their names.
  std::vector<named_column> more;

  [[nodiscard]] std::size_t size() const noexcept { return ids.size() - 1; }
};

/// Columns of relations. Every column but givers and takers is absent or as long as these.
/// Memory: 8 bytes a relation, and for each column given 4 (text, year), 8 (weight) or 1
/// (both_ways).
struct relation_table {
  std::vector<actor_id> givers;
  std::vector<actor_id> takers;
  text_column dimension;
  text_column kind;
  text_column technology;
  text_column application;
  /// Empty: every weight is 1.
  std::vector<double> weights;
  /// Empty: no years. A single relation without one holds no_year.
  std::vector<std::int32_t> years;
  /// Empty: every relation runs from giver to taker. Nonzero: it holds both ways (undirected).
  std::vector<std::uint8_t> both_ways;
  std::vector<named_column> more;

  [[nodiscard]] std::size_t size() const noexcept { return givers.size(); }
};

/// An immutable value network. Copies share the tables and cost nothing.
class value_network {
 public:
  /// No actors, no relations.
  value_network();
  /// Takes the tables over. Throws std::invalid_argument, naming the column, where a column's
  /// length is wrong, an actor number is out of range, or a weight is not finite. O(relations).
  value_network(actor_table actors, relation_table relations);

  [[nodiscard]] const actor_table& actors() const noexcept { return *actors_; }
  [[nodiscard]] const relation_table& relations() const noexcept { return *relations_; }
  [[nodiscard]] actor_id actor_count() const noexcept {
    return static_cast<actor_id>(actors_->size());
  }
  [[nodiscard]] relation_id relation_count() const noexcept {
    return static_cast<relation_id>(relations_->size());
  }

  /// Precondition of these: the row exists.
  [[nodiscard]] std::string_view id(actor_id actor) const noexcept {
    return actors().ids[actor + 1];
  }
  /// The label, or the id where there is none.
  [[nodiscard]] std::string_view label(actor_id actor) const noexcept {
    const std::string_view given = actors().label[actor];
    return given.empty() ? id(actor) : given;
  }
  [[nodiscard]] valuenet::role role(actor_id actor) const noexcept {
    return actors().roles.empty() ? valuenet::role::unknown : actors().roles[actor];
  }
  [[nodiscard]] actor_id giver(relation_id relation) const noexcept {
    return relations().givers[relation];
  }
  [[nodiscard]] actor_id taker(relation_id relation) const noexcept {
    return relations().takers[relation];
  }
  [[nodiscard]] double weight(relation_id relation) const noexcept {
    return relations().weights.empty() ? 1.0 : relations().weights[relation];
  }
  [[nodiscard]] std::optional<int> year(relation_id relation) const noexcept {
    if (relations().years.empty() || relations().years[relation] == no_year) return std::nullopt;
    return relations().years[relation];
  }
  [[nodiscard]] bool holds_both_ways(relation_id relation) const noexcept {
    return !relations().both_ways.empty() && relations().both_ways[relation] != 0;
  }

  /// The network with the roles that its actors had in a year. A study that is repeated surveys
  /// others each time: the actor columns `sample_from` and `sample_until` hold the first and the
  /// last year in which an actor was in the sample. Who has a year in one of them is a sample actor
  /// from the first to the last (an empty cell: from ever, for ever) and a relation actor in other
  /// years; who has none, or words that are no years, keeps its role. Without these columns the
  /// network as it is. O(actors); the relations are shared.
  [[nodiscard]] value_network as_of(int year) const;

  /// The actor with this id. Expected O(1).
  [[nodiscard]] std::optional<actor_id> find_actor(std::string_view id) const noexcept;
  /// Whether there is a relation and every one holds both ways: the file was undirected.
  [[nodiscard]] bool is_undirected() const noexcept { return is_undirected_; }

  /// The name of the column in which a made-up network says so, on actors and relations.
  static constexpr std::string_view provenance_column = "provenance";
  /// The words of the provenance column that begin with "surrogate", joined by "; "; empty for a
  /// network that does not say it is made up. Whoever prints or saves a network passes it on.
  [[nodiscard]] const std::string& surrogate_notice() const noexcept { return surrogate_notice_; }

 private:
  std::shared_ptr<const actor_table> actors_;
  std::shared_ptr<const relation_table> relations_;
  std::string surrogate_notice_;
  bool is_undirected_ = false;
};

/// A column of a table by name: the known ones ("label", "type", "country", "province", "city",
/// "sector", "industry"; "dimension", "kind", "technology", "application") and any further one.
/// nullptr when there is none of that name.
[[nodiscard]] const text_column* find_column(const actor_table& actors,
                                             std::string_view name) noexcept;
[[nodiscard]] const text_column* find_column(const relation_table& relations,
                                             std::string_view name) noexcept;

}  // namespace valuenet
