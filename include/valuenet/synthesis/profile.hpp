// What a surrogate must match: the printed figures of a study, with tolerances, and the shape of
// what nobody printed.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/network/value_network.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace valuenet {

/// Which relations of an actor a degree counts.
enum class degree_side : std::uint8_t { in, out, total };

/// A degree over distinct relations (repeated rows count once) of a dimension or a kind.
struct degree_target {
  std::string of;
  degree_side side = degree_side::total;
  std::uint32_t value = 0;
};

/// A cell of the actor table.
struct named_cell {
  std::string column;
  std::string value;
};

/// An actor whose figures were printed. It has them in the last stage, exactly.
struct named_target {
  std::string label;
  valuenet::role role = valuenet::role::relation;
  /// Country, type, sector, ...: as printed or known, never changed.
  std::vector<named_cell> cells;
  std::vector<degree_target> degrees;
};

/// The relations of one kind. The surveyed end is always a sample actor; the other end, the
/// partner, a relation actor, or, for `sample_to_sample` of them, another sample actor.
struct kind_target {
  std::string dimension;
  std::string kind;
  /// Rows of the table, exactly; nothing: what `share` says.
  std::optional<std::uint32_t> relations{};
  /// Of a stage's edges, for a kind whose relations were not printed (an assumption, no target).
  double share = 0.0;
  /// Whether the surveyed end gives (empowerment, made) or takes (input, prior_study, ...).
  bool sample_gives = false;
  /// Relation actors that have a relation of this kind in the end, and the exponent of the power
  /// law of their degrees.
  std::uint32_t relation_side_actors = 0;
  double relation_side_exponent = 2.5;
  double sample_to_sample = 0.0;
};

/// A figure with the deviation that is allowed. `weight` says how much it counts against others
/// where not all can be met; 0: reported, not sought.
struct structure_target {
  double value = 0.0;
  double tolerance = 0.0;
  double weight = 1.0;
};

/// The share of all out-degree that the given share of the actors holds, those of largest
/// out-degree first; both in per cent.
struct top_share_target {
  double top_percent = 0.0;
  double percent = 0.0;
  double tolerance = 0.5;
};

/// The network up to a year: stages are cumulative. A profile of one network has one stage.
struct stage_target {
  std::optional<int> year{};
  /// Sample and relation actors together, and distinct (giver, taker, kind), exactly.
  std::uint32_t actors = 0;
  std::uint32_t edges = 0;
  /// Sample actors, exactly where `sample_actors_printed`, else an assumption. Where there are
  /// fewer than in the stage before, the difference loses the role and stays as relation actors.
  std::uint32_t sample_actors = 0;
  bool sample_actors_printed = true;
  /// Gephi's definitions, directed; modularity of the best of 10 runs of Leiden.
  std::optional<structure_target> average_degree{};
  std::optional<structure_target> average_path_length{};
  std::optional<structure_target> diameter{};
  std::optional<structure_target> average_clustering{};
  std::optional<structure_target> modularity{};
  std::vector<top_share_target> top_out_degree{};
  /// Starting points of the calibration: how much of `sample_to_sample` this stage's new relations
  /// have, and with what probability they stay within a community.
  double sample_to_sample_factor = 1.0;
  double stickiness = 0.7;
  /// What an actor that was there before weighs when new relations are shared out, a new one
  /// being 1.
  double old_actor_weight = 1.0;
  /// The chance that a relation actor that arrives in this stage is as large among those of one
  /// kind as among those of the others, so that who gives much takes much: it makes paths shorter.
  double relation_correlation = 0.0;
};

/// A value that actors can have in a family of columns, in the columns' order ("" leaves a cell
/// empty).
struct trait_value {
  std::vector<std::string> cells;
  /// Which role may have it; unknown: both.
  valuenet::role role = valuenet::role::unknown;
};

/// Columns of the actor table that are filled together, such as country, province and city.
struct trait_family {
  std::vector<std::string> columns;
  std::vector<trait_value> values;
};

/// A condition on an actor: its cell is (or, `negated`, is not) one of the values.
struct trait_condition {
  std::string column;
  std::vector<std::string> values;
  bool negated = false;
};

/// What a share counts. `partner` is the end of a relation that was not surveyed.
enum class counted : std::uint8_t { actors, giver, taker, partner, both_ends };

/// Of all that meets `among`, how many per cent also meet the further conditions. Counted are
/// actors (of the last stage), or ends of distinct relations of the dimensions and kinds `of`
/// (empty: all): conditions on `actor` are on the end counted, on `opposite` on the other one.
/// `part_of` narrows the part to some of these kinds. All conditions are on columns of one family.
struct share_target {
  std::string label;
  valuenet::counted counted = valuenet::counted::partner;
  std::vector<std::string> of;
  std::vector<std::string> part_of;
  std::vector<trait_condition> actor;
  std::vector<trait_condition> opposite;
  std::vector<trait_condition> among_actor;
  std::vector<trait_condition> among_opposite;
  /// `actors` only: of this role; unknown: all.
  valuenet::role role = valuenet::role::unknown;
  double percent = 0.0;
  double tolerance = 0.5;
  double weight = 1.0;
};

/// What a surrogate must match, and the shape of what nobody printed. The JSON fields are
/// documented in docs/surrogate.md.
struct surrogate_profile {
  std::string name;
  std::string title;
  std::string source;
  /// A seed with which everything is known to be met.
  std::uint64_t seed = 42;
  std::vector<kind_target> kinds;
  std::vector<stage_target> stages;
  std::vector<named_target> named;
  /// Actors without a printed figure stay below the last row of the printed lists.
  std::vector<degree_target> sample_caps;
  std::vector<degree_target> relation_caps;
  std::vector<trait_family> traits;
  std::vector<share_target> shares;
  /// Communities whose sizes fall with the power `community_slope` of their rank.
  std::uint32_t communities = 30;
  double community_slope = 0.9;
  /// Whether a relation actor's community is drawn as the sample actors' ends of one of its own
  /// kinds are spread, rather than those of all kinds.
  bool communities_by_kind = false;
  /// Standard deviation of the logarithm of unnamed sample actors' degrees.
  double sample_spread = 1.25;

  /// Of the last stage.
  [[nodiscard]] std::uint32_t actor_count() const noexcept {
    return stages.empty() ? 0 : stages.back().actors;
  }
};

/// Names of the profiles that ship with valuenet ("2021", "2023", "platforms").
[[nodiscard]] std::vector<std::string> profile_names();
/// One of these. Throws std::invalid_argument naming those there are.
[[nodiscard]] surrogate_profile profile(std::string_view name);
/// Reads a profile from JSON text (docs/surrogate.md has the fields). Throws parse_error with the
/// file, the field (as a JSON pointer), what was found and what was expected; unknown fields are
/// errors.
[[nodiscard]] surrogate_profile parse_profile(std::string_view json, const std::string& file);

/// The same shape, `factor` times as large: actors, relations, and the printed and capped degrees;
/// a relation's share of the whole stays what it was. Structure targets but the shares are dropped:
/// they were printed for one size. Throws std::invalid_argument for a factor of 0, or beyond 2^31
/// actors or relations.
[[nodiscard]] surrogate_profile scaled(const surrogate_profile& target, std::uint32_t factor);

}  // namespace valuenet
