#include "valuenet/network/selection.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>

#include "detail/graph_access.hpp"
#include "detail/parallel.hpp"

namespace valuenet {
namespace {

constexpr std::size_t grain = std::size_t{1} << 16;

/// A condition ready to be asked of a row: a bit for every symbol of the column's vocabulary.
class text_condition {
 public:
  text_condition(const text_column& column, const any_of& wanted)
      : column_(&column), passes_(column.words().size(), 0) {
    for (const std::string& value : wanted.values()) {
      if (const auto found = column.words().find(value)) passes_[*found] = 1;
    }
  }
  [[nodiscard]] bool operator()(std::size_t row) const { return passes_[column_->code(row)] != 0; }

 private:
  const text_column* column_;
  std::vector<std::uint8_t> passes_;
};

struct named_condition {
  std::string reason;
  std::function<bool(std::size_t)> passes;
};

template <class Table>
const text_column& column_of(const Table& table, const std::string& name, const char* table_name) {
  if (const text_column* column = find_column(table, name)) return *column;
  throw std::invalid_argument(std::string("selection: the ") + table_name +
                              " table has no column \"" + name + '"');
}

void add_condition(std::vector<named_condition>& conditions, const text_column& column,
                   const any_of& wanted, const std::string& name) {
  if (wanted.is_given()) conditions.push_back({name, text_condition(column, wanted)});
}

named_condition year_condition(const relation_table& relations, const selection_options& options) {
  const int from = options.from_year.value_or(no_year);
  const int until = options.until_year.value_or(std::numeric_limits<int>::max());
  if (from > until) {
    throw std::invalid_argument("selection: from_year " + std::to_string(from) +
                                " is after until_year " + std::to_string(until));
  }
  return {"year", [&relations, from, until, undated = options.keep_undated](std::size_t row) {
            const int year = relations.years.empty() ? no_year : relations.years[row];
            return year == no_year ? undated : year >= from && year <= until;
          }};
}

std::vector<named_condition> relation_conditions(const relation_table& relations,
                                                 const selection_options& options) {
  std::vector<named_condition> conditions;
  add_condition(conditions, relations.dimension, options.dimension, "dimension");
  add_condition(conditions, relations.kind, options.kind, "kind");
  add_condition(conditions, relations.technology, options.technology, "technology");
  add_condition(conditions, relations.application, options.application, "application");
  if (options.from_year || options.until_year) {
    conditions.push_back(year_condition(relations, options));
  }
  for (const column_condition& condition : options.relation_columns) {
    add_condition(conditions, column_of(relations, condition.column, "relation"), condition.values,
                  condition.column);
  }
  return conditions;
}

named_condition role_condition(const actor_table& actors, const any_of& wanted) {
  std::array<bool, 3> passes{};
  for (const std::string& value : wanted.values()) {
    if (value == to_string(role::sample)) {
      passes[static_cast<std::size_t>(role::sample)] = true;
    } else if (value == to_string(role::relation)) {
      passes[static_cast<std::size_t>(role::relation)] = true;
    } else {
      throw std::invalid_argument("selection: role \"" + value +
                                  "\" is unknown; roles are sample and relation");
    }
  }
  return {"role", [&actors, passes](std::size_t row) {
            const role value = actors.roles.empty() ? role::unknown : actors.roles[row];
            return passes[static_cast<std::size_t>(value)];
          }};
}

std::vector<named_condition> actor_conditions(const actor_table& actors,
                                              const selection_options& options) {
  std::vector<named_condition> conditions;
  if (options.role.is_given()) conditions.push_back(role_condition(actors, options.role));
  add_condition(conditions, actors.type, options.type, "type");
  add_condition(conditions, actors.country, options.country, "country");
  add_condition(conditions, actors.province, options.province, "province");
  add_condition(conditions, actors.city, options.city, "city");
  add_condition(conditions, actors.sector, options.sector, "sector");
  add_condition(conditions, actors.industry, options.industry, "industry");
  for (const column_condition& condition : options.actor_columns) {
    add_condition(conditions, column_of(actors, condition.column, "actor"), condition.values,
                  condition.column);
  }
  return conditions;
}

/// For every actor the number of the first condition that it fails, or conditions.size().
std::vector<std::uint8_t> first_failures(detail::parallel& workers, std::size_t actors,
                                         const std::vector<named_condition>& conditions) {
  std::vector<std::uint8_t> failed(actors, static_cast<std::uint8_t>(conditions.size()));
  workers.for_each(actors, grain, [&](std::size_t row) {
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      if (conditions[i].passes(row)) continue;
      failed[row] = static_cast<std::uint8_t>(i);
      return;
    }
  });
  return failed;
}

/// The condition on actors that a relation fails at the ends asked for, or `passed`.
std::uint8_t failed_at_ends(std::uint8_t giver, std::uint8_t taker, relation_ends ends,
                            std::uint8_t passed) {
  switch (ends) {
    case relation_ends::giver:
      return giver;
    case relation_ends::taker:
      return taker;
    case relation_ends::either:
      return giver == passed || taker == passed ? passed : std::min(giver, taker);
    case relation_ends::both:
      break;
  }
  return std::min(giver, taker);
}

template <class T>
std::vector<T> gather(detail::parallel& workers, const std::vector<T>& column,
                      std::span<const relation_id> rows) {
  std::vector<T> result(column.empty() ? 0 : rows.size());
  if (!column.empty()) {
    workers.for_each(rows.size(), grain, [&](std::size_t i) { result[i] = column[rows[i]]; });
  }
  return result;
}

}  // namespace

std::optional<vertex_id> selection::vertex(actor_id actor) const noexcept {
  const auto found = std::lower_bound(actors_.begin(), actors_.end(), actor);
  if (found == actors_.end() || *found != actor) return std::nullopt;
  return static_cast<vertex_id>(found - actors_.begin());
}

selection select(const value_network& given, const selection_options& options,
                 const execution& exec) {
  detail::parallel workers(exec);
  const value_network network = options.until_year ? given.as_of(*options.until_year) : given;
  const actor_table& actors = network.actors();
  const relation_table& relations = network.relations();
  const auto on_relations = relation_conditions(relations, options);
  const auto on_actors = actor_conditions(actors, options);
  if (on_actors.size() > 250) {
    throw std::invalid_argument("selection: over 250 conditions on actors");
  }
  const auto passed = static_cast<std::uint8_t>(on_actors.size());
  const std::vector<std::uint8_t> actor_failure = first_failures(workers, actors.size(), on_actors);

  // Which relations, and why not the others.
  const std::size_t reasons = on_relations.size() + on_actors.size();
  std::vector<std::uint8_t> kept(relations.size());
  const auto counts = workers.reduce(
      relations.size(), grain, std::vector<std::uint64_t>(reasons, 0),
      [&](std::size_t begin, std::size_t end) {
        std::vector<std::uint64_t> dropped(reasons, 0);
        for (std::size_t row = begin; row < end; ++row) {
          std::size_t failed = 0;
          while (failed < on_relations.size() && on_relations[failed].passes(row)) ++failed;
          if (failed == on_relations.size()) {
            failed += failed_at_ends(actor_failure[relations.givers[row]],
                                     actor_failure[relations.takers[row]], options.ends, passed);
          }
          kept[row] = failed == reasons ? 1 : 0;
          if (failed != reasons) ++dropped[failed];
        }
        return dropped;
      },
      [](std::vector<std::uint64_t> a, const std::vector<std::uint64_t>& b) {
        for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
        return a;
      });

  selection result;
  result.network_ = network;
  selection_accounting& accounting = result.accounting_;
  accounting.relations = relations.size();
  for (std::size_t i = 0; i < reasons; ++i) {
    const auto& condition =
        i < on_relations.size() ? on_relations[i] : on_actors[i - on_relations.size()];
    if (counts[i] != 0) accounting.dropped.push_back({condition.reason, counts[i]});
  }
  std::vector<relation_id> rows;
  rows.reserve(relations.size());
  for (std::size_t row = 0; row < relations.size(); ++row) {
    if (kept[row] != 0) rows.push_back(static_cast<relation_id>(row));
  }
  kept = {};
  accounting.selected = rows.size();

  // Dropped loops are taken out here and not by the builder: their actors may have no vertex.
  if (options.loops == loops::drop) {
    accounting.dropped_loops = std::erase_if(
        rows, [&](relation_id row) { return relations.givers[row] == relations.takers[row]; });
  }

  // Which actors.
  std::vector<std::uint8_t> present(actors.size(), 0);
  if (options.all_actors) {
    for (std::size_t a = 0; a < actors.size(); ++a) present[a] = actor_failure[a] == passed ? 1 : 0;
  }
  for (const relation_id row : rows) {
    present[relations.givers[row]] = 1;
    present[relations.takers[row]] = 1;
  }
  std::vector<vertex_id> vertex_of(actors.size(), no_vertex);
  for (std::size_t a = 0; a < actors.size(); ++a) {
    if (present[a] == 0) continue;
    vertex_of[a] = static_cast<vertex_id>(result.actors_.size());
    result.actors_.push_back(static_cast<actor_id>(a));
  }
  accounting.actors = result.actors_.size();
  accounting.actors_left_out = actors.size() - result.actors_.size();

  // The graph.
  std::vector<vertex_id> sources(rows.size());
  std::vector<vertex_id> targets(rows.size());
  std::vector<std::uint32_t> keys(relations.kind.is_given() ? rows.size() : 0);
  workers.for_each(rows.size(), grain, [&](std::size_t i) {
    sources[i] = vertex_of[relations.givers[rows[i]]];
    targets[i] = vertex_of[relations.takers[rows[i]]];
    if (!keys.empty()) keys[i] = relations.kind.code(rows[i]);
  });
  const std::vector<double> weights = gather(workers, relations.weights, rows);
  const std::vector<std::uint8_t> both_ways = gather(workers, relations.both_ways, rows);
  const direction wanted = options.direction.value_or(
      network.is_undirected() ? direction::undirected : direction::directed);
  build_result built =
      build_graph_with_rows({.sources = sources,
                             .targets = targets,
                             .weights = weights,
                             .keys = keys,
                             .both_ways = both_ways},
                            {.direction = wanted,
                             .vertex_count = static_cast<vertex_id>(result.actors_.size()),
                             .duplicates = options.duplicates},
                            exec);
  result.graph_ = std::move(built.graph);
  result.rows_ = detail::graph_access::renamed(workers, built.rows, rows);
  accounting.merged = built.merged;
  accounting.mirrored = built.mirrored;
  accounting.edges = result.graph_.edge_count();
  return result;
}

namespace {

text_column gather(const text_column& column, const std::vector<std::uint32_t>& rows) {
  if (!column.is_given()) return {};
  std::vector<symbol> codes;
  codes.reserve(rows.size());
  for (const std::uint32_t row : rows) codes.push_back(column.code(row));
  return {column.words(), std::move(codes)};
}

template <class T>
std::vector<T> gather(const std::vector<T>& column, const std::vector<std::uint32_t>& rows) {
  std::vector<T> result;
  if (column.empty()) return result;
  result.reserve(rows.size());
  for (const std::uint32_t row : rows) result.push_back(column[row]);
  return result;
}

std::vector<named_column> gather(const std::vector<named_column>& columns,
                                 const std::vector<std::uint32_t>& rows) {
  std::vector<named_column> result;
  for (const named_column& each : columns) {
    result.push_back({each.name, gather(each.values, rows)});
  }
  return result;
}

}  // namespace

value_network selected_network(const selection& selected) {
  const actor_table& actors = selected.network().actors();
  const relation_table& relations = selected.network().relations();
  const std::vector<actor_id> of_actor(selected.actors().begin(), selected.actors().end());
  std::vector<std::uint8_t> is_kept(relations.size(), 0);
  for (arc_id arc = 0; arc < selected.graph().arc_count(); ++arc) {
    for (const relation_id row : selected.relations(arc)) is_kept[row] = 1;
  }
  std::vector<relation_id> of_relation;
  for (std::size_t row = 0; row < is_kept.size(); ++row) {
    if (is_kept[row] != 0) of_relation.push_back(static_cast<relation_id>(row));
  }

  actor_table who{.ids = {},
                  .label = gather(actors.label, of_actor),
                  .roles = gather(actors.roles, of_actor),
                  .type = gather(actors.type, of_actor),
                  .country = gather(actors.country, of_actor),
                  .province = gather(actors.province, of_actor),
                  .city = gather(actors.city, of_actor),
                  .sector = gather(actors.sector, of_actor),
                  .industry = gather(actors.industry, of_actor),
                  .more = gather(actors.more, of_actor)};
  for (const actor_id a : of_actor) who.ids.intern(selected.network().id(a));
  relation_table what{.givers = gather(relations.givers, of_relation),
                      .takers = gather(relations.takers, of_relation),
                      .dimension = gather(relations.dimension, of_relation),
                      .kind = gather(relations.kind, of_relation),
                      .technology = gather(relations.technology, of_relation),
                      .application = gather(relations.application, of_relation),
                      .weights = gather(relations.weights, of_relation),
                      .years = gather(relations.years, of_relation),
                      .both_ways = gather(relations.both_ways, of_relation),
                      .more = gather(relations.more, of_relation)};
  for (auto* ends : {&what.givers, &what.takers}) {
    for (actor_id& actor : *ends) actor = *selected.vertex(actor);
  }
  return {std::move(who), std::move(what)};
}

}  // namespace valuenet
