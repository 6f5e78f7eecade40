// From a value network to a graph: which relations and actors, and the way back.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/builder.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/network/value_network.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace valuenet {

/// A condition on a text: passes when it equals one of the values; without values, always.
class any_of {
 public:
  any_of() = default;
  any_of(const char* value) : values_{value} {}                    // NOLINT: implicit on purpose
  any_of(std::string value) : values_{std::move(value)} {}         // NOLINT
  any_of(std::string_view value) : values_{std::string(value)} {}  // NOLINT
  any_of(std::vector<std::string> values) : values_(std::move(values)) {}  // NOLINT
  any_of(std::initializer_list<std::string> values) : values_(values) {}

  [[nodiscard]] bool is_given() const noexcept { return !values_.empty(); }
  [[nodiscard]] const std::vector<std::string>& values() const noexcept { return values_; }

 private:
  std::vector<std::string> values_;
};

/// A condition on a column that valuenet has no member for.
struct column_condition {
  std::string column;
  any_of values;
};

/// Which ends of a relation must meet the conditions on actors.
enum class relation_ends : std::uint8_t { both, either, giver, taker };

struct selection_options {
  // Conditions on relations.
  any_of dimension{};
  any_of kind{};
  any_of technology{};
  any_of application{};
  std::optional<int> from_year{};
  std::optional<int> until_year{};
  /// Whether relations without a year pass a condition on years.
  bool keep_undated = false;
  std::vector<column_condition> relation_columns{};

  // Conditions on actors.
  /// "sample" or "relation".
  any_of role{};
  any_of type{};
  any_of country{};
  any_of province{};
  any_of city{};
  any_of sector{};
  any_of industry{};
  std::vector<column_condition> actor_columns{};
  valuenet::relation_ends ends = valuenet::relation_ends::both;

  /// false: actors with at least one selected relation. true: also every actor that meets the
  /// conditions on actors, related or not.
  bool all_actors = false;

  // How relations become arcs.
  /// Nothing: undirected when every relation of the network holds both ways, else directed.
  std::optional<valuenet::direction> direction{};
  /// Of relations with the same giver, taker and kind.
  valuenet::duplicates duplicates = valuenet::duplicates::sum;
  valuenet::loops loops = valuenet::loops::keep;
};

/// How many rows for which reason.
struct reason_count {
  std::string reason;
  std::uint64_t count = 0;
};

/// Where every relation went:
///   relations = sum of `dropped` + selected
///   selected + mirrored = edges + merged + dropped_loops
struct selection_accounting {
  std::uint64_t relations = 0;
  /// By the first condition that the relation failed, in the order of selection_options.
  std::vector<reason_count> dropped;
  std::uint64_t selected = 0;
  /// Relations that hold both ways and became a second arc of a directed graph.
  std::uint64_t mirrored = 0;
  /// Joined to an earlier relation of the same giver, taker and kind.
  std::uint64_t merged = 0;
  std::uint64_t dropped_loops = 0;
  /// Edges of the graph (arcs of a directed one).
  std::uint64_t edges = 0;
  std::uint64_t actors = 0;
  /// Actors of the network that have no place in the graph.
  std::uint64_t actors_left_out = 0;
};

/// A graph with the way back to the tables. Vertices are actors in table order.
class selection {
 public:
  selection() = default;

  [[nodiscard]] const valuenet::graph& graph() const noexcept { return graph_; }
  [[nodiscard]] const value_network& network() const noexcept { return network_; }
  /// Actors of the vertices, ascending.
  [[nodiscard]] std::span<const actor_id> actors() const noexcept { return actors_; }
  [[nodiscard]] actor_id actor(vertex_id v) const noexcept { return actors_[v]; }
  /// The actor's vertex, if it was selected. O(log vertices).
  [[nodiscard]] std::optional<vertex_id> vertex(actor_id actor) const noexcept;
  /// Relations behind an arc, ascending; at least one.
  [[nodiscard]] std::span<const relation_id> relations(arc_id arc) const noexcept {
    return rows_[arc];
  }
  [[nodiscard]] const selection_accounting& accounting() const noexcept { return accounting_; }

 private:
  friend selection select(const value_network& network, const selection_options& options,
                          const execution& exec);
  valuenet::graph graph_;
  value_network network_;
  std::vector<actor_id> actors_;
  arc_rows rows_;
  selection_accounting accounting_;
};

/// Selects relations and actors and builds their graph. With until_year roles are those of that
/// year, in conditions and in the result (value_network::as_of()). An unweighted table gives a
/// weighted graph only where rows were merged. Weights of merged rows are summed in row order (or
/// as `duplicates` says); merging looks at giver, taker and kind, so that relations of two kinds
/// stay parallel arcs. In an undirected graph a pair is one pair whichever actor gave. Cost:
/// O(relations + actors), about 30 bytes of scratch a selected relation. Throws
/// std::invalid_argument for a condition on a further column that does not exist, an unknown role,
/// or from_year > until_year. A value that does not occur selects nothing: that is an answer.
[[nodiscard]] selection select(const value_network& network, const selection_options& options = {},
                               const execution& exec = {});

/// What was selected as a value network of its own: the selection's actors, in their order, and the
/// relations behind its arcs, in the order of their rows, with all their columns. O(actors +
/// relations). Deterministic.
[[nodiscard]] value_network selected_network(const selection& selected);

}  // namespace valuenet
