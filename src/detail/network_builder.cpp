#include "detail/network_builder.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <set>
#include <utility>

#include "detail/available_memory.hpp"
#include "detail/cell_values.hpp"
#include "detail/parallel.hpp"
#include "detail/wording.hpp"

namespace valuenet::detail {
namespace {

constexpr std::size_t most_rows = 0xFFFFFFFEU;
constexpr std::size_t grain = std::size_t{1} << 16;
constexpr std::size_t shown_text = 200;
constexpr const char* repeated_actor = "actor listed before, joined with the first";
// Columns are found by going through them.
constexpr std::size_t most_columns = 10000;

/// How often each word of a column occurs.
std::vector<std::uint64_t> occurrences(const building_column& column) {
  std::vector<std::uint64_t> counts(column.words.size(), 0);
  for (const symbol code : column.codes) ++counts[code];
  return counts;
}

/// Makes the column as long as the table.
text_column complete(building_column& column, std::size_t rows) {
  if (column.codes.empty()) return {};
  column.codes.resize(rows, 0);
  return {std::move(column.words), std::move(column.codes)};
}

/// Gives further columns names that no other column of the table has.
class free_names {
 public:
  explicit free_names(std::initializer_list<std::string_view> taken)
      : taken_(taken.begin(), taken.end()) {}
  std::string operator()(const std::string& name) {
    std::string candidate = name;
    for (int i = 2; !taken_.insert(candidate).second; ++i)
      candidate = name + '_' + std::to_string(i);
    return candidate;
  }

 private:
  std::set<std::string, std::less<>> taken_;
};

/// The column of this name; a new one has the field unless another has it.
template <class Column, class Field>
std::uint32_t find_or_make(std::vector<Column>& columns, std::string_view name, Field field) {
  const auto same = std::find_if(columns.begin(), columns.end(),
                                 [&](const Column& column) { return column.name == name; });
  if (same != columns.end()) return static_cast<std::uint32_t>(same - columns.begin());
  const bool is_taken = std::any_of(columns.begin(), columns.end(),
                                    [&](const Column& column) { return column.field == field; });
  Column made;
  made.name = name;
  made.field = is_taken ? Field::more : field;
  columns.push_back(std::move(made));
  return static_cast<std::uint32_t>(columns.size() - 1);
}

constexpr std::array<std::pair<actor_field, text_column actor_table::*>, 7> actor_members{{
    {actor_field::label, &actor_table::label},
    {actor_field::type, &actor_table::type},
    {actor_field::country, &actor_table::country},
    {actor_field::province, &actor_table::province},
    {actor_field::city, &actor_table::city},
    {actor_field::sector, &actor_table::sector},
    {actor_field::industry, &actor_table::industry},
}};

constexpr std::array<std::pair<relation_field, text_column relation_table::*>, 4> relation_members{{
    {relation_field::dimension, &relation_table::dimension},
    {relation_field::kind, &relation_table::kind},
    {relation_field::technology, &relation_table::technology},
    {relation_field::application, &relation_table::application},
}};

}  // namespace

void network_builder::start_file(const text_source& source, std::string format) {
  close_file();
  source_ = &source;
  lines_ = line_counter(source.text());
  file_accounting started;
  started.file = source.file();
  started.format = std::move(format);
  started.encoding = source.encoding();
  started.hash = source.hash();
  started.bytes = source.bytes();
  accounting_.files.push_back(std::move(started));
  if (source.was_compressed()) note("inflated from gzip");
  // Mostly empty columns would take far more memory than their file: cells are paid for by text.
  cell_memory_limit_ += std::min<std::uint64_t>(
      (std::uint64_t{64} << 20) + 64 * static_cast<std::uint64_t>(source.text().size()),
      available_memory());
}

std::uint32_t network_builder::actor_column(std::string_view name) {
  const actor_field field = actor_field_named(name);
  check_columns(actor_columns_.size());
  return find_or_make(actor_columns_, name, field == actor_field::id ? actor_field::more : field);
}

std::uint32_t network_builder::relation_column(std::string_view name) {
  const relation_field field = relation_field_named(name);
  const bool is_end = field == relation_field::giver || field == relation_field::taker;
  check_columns(relation_columns_.size());
  return find_or_make(relation_columns_, name, is_end ? relation_field::more : field);
}

void network_builder::check_columns(std::size_t columns) const {
  if (columns < most_columns) return;
  throw parse_error({source_->file(), 0, 0},
                    "has over " + std::to_string(most_columns) +
                        " columns; no table of actors or relations has so many");
}

void network_builder::charge_cells(std::size_t cells) {
  cell_memory_ += cells * sizeof(symbol);
  if (cell_memory_ <= cell_memory_limit_) return;
  throw parse_error({file().file, 0, 0},
                    "its columns are nearly empty: they would take over " +
                        std::to_string(cell_memory_limit_ >> 20) +
                        " MiB; remove columns that hold no values, or split the file");
}

actor_id network_builder::intern_actor(std::string_view id) {
  const symbol found = ids_.intern(id);
  if (ids_.size() - 1 > has_row_.size()) {
    if (has_row_.size() >= most_rows) {
      throw parse_error({file().file, 0, 0}, "names over 4294967294 actors");
    }
    has_row_.push_back(0);
  }
  return found - 1;
}

bool network_builder::has_actor(std::string_view id) const noexcept {
  const auto found = ids_.find(id);
  return found && *found != 0;
}

void network_builder::set_actor_cell(std::size_t actor, const cell& value) {
  if (value.text.empty()) return;
  actor_building& column = actor_columns_[value.column];
  if (column.codes.size() <= actor) {
    charge_cells(actor + 1 - column.codes.size());
    column.codes.resize(actor + 1, 0);
  }
  symbol& code = column.codes[actor];
  const symbol given = column.words.intern(value.text);
  if (code == 0) {
    code = given;
  } else if (code != given) {
    if (column.field == actor_field::role) {
      if (parse_role(value.text) == role::sample) code = given;
    } else {
      ++contradictions_;
    }
  }
}

bool network_builder::add_actor(row_place place, std::string_view id, std::span<const cell> cells) {
  if (id.empty()) {
    reject_actor(place, "the actor has no id");
    return false;
  }
  ++file().actor_rows;
  const std::size_t actor = intern_actor(id);
  if (has_row_[actor] != 0) {
    drop(repeated_actor, 1);
  } else {
    has_row_[actor] = 1;
    ++file().actors_kept;
  }
  for (const cell& value : cells) set_actor_cell(actor, value);
  return true;
}

bool network_builder::add_relation(row_place place, std::string_view giver, std::string_view taker,
                                   relation_direction direction, std::span<const cell> cells) {
  double weight = 1.0;
  for (const cell& value : cells) {
    if (relation_columns_[value.column].field != relation_field::weight) continue;
    const std::string_view text = trim(value.text);
    if (text.empty()) continue;
    const parsed_number number = parse_number(text, false);
    if (number.problem != number_problem::none) {
      reject_relation(place, describe(number.problem, text, "weight"));
      return false;
    }
    weight = number.value;
    if (number.had_comma) ++decimal_commas_;
  }
  return add_relation(place, giver, taker, direction, weight, cells);
}

bool network_builder::add_relation(row_place place, std::string_view giver, std::string_view taker,
                                   relation_direction direction, double weight,
                                   std::span<const cell> cells) {
  if (giver.empty() || taker.empty()) {
    reject_relation(place, giver.empty() ? "the giver is missing" : "the taker is missing");
    return false;
  }
  const std::size_t row = givers_.size();
  if (row >= most_rows) throw parse_error({file().file, 0, 0}, "holds over 4294967294 relations");
  ++file().relation_rows;
  ++file().relations_kept;
  givers_.push_back(intern_actor(giver));
  takers_.push_back(intern_actor(taker));
  if (weight == 0.0) ++zero_weights_;
  if (weight != 1.0) {
    weights_.resize(row, 1.0);
    weights_.push_back(weight);
  }
  if (direction == relation_direction::both_ways) {
    both_ways_.resize(row, 0);
    both_ways_.push_back(1);
  }
  for (const cell& value : cells) {
    if (relation_columns_[value.column].field != relation_field::weight) {
      set_relation_cell(row, value);
    }
  }
  return true;
}

void network_builder::set_relation_cell(std::size_t relation, const cell& value) {
  if (value.text.empty()) return;
  relation_building& column = relation_columns_[value.column];
  if (column.codes.size() <= relation) {
    charge_cells(relation + 1 - column.codes.size());
    column.codes.resize(relation + 1, 0);
  }
  column.codes[relation] = column.words.intern(value.text);
}

void network_builder::fill_in_relation(std::size_t relation, const cell& value) {
  set_relation_cell(relation, value);
}

void network_builder::reject(row_place place, std::string reason) {
  ++file().rejected;
  ++accounting_.rejected_count;
  const bool is_kept = accounting_.rejected.size() < options_.rejected_kept;
  if (!is_kept && !options_.on_rejected) return;
  rejected_row row{file().file, lines_.line(place.offset), std::move(reason),
                   std::string(shortened(place.text, shown_text))};
  if (options_.on_rejected) options_.on_rejected(row);
  if (is_kept) accounting_.rejected.push_back(std::move(row));
}

void network_builder::reject_actor(row_place place, std::string reason) {
  ++file().actor_rows;
  reject(place, std::move(reason));
}

void network_builder::reject_relation(row_place place, std::string reason) {
  ++file().relation_rows;
  reject(place, std::move(reason));
}

void network_builder::drop(const std::string& reason, std::uint64_t count) {
  if (count == 0) return;
  std::vector<reason_count>& dropped = file().dropped;
  const auto found = std::find_if(dropped.begin(), dropped.end(),
                                  [&](const reason_count& each) { return each.reason == reason; });
  if (found != dropped.end()) {
    found->count += count;
  } else {
    dropped.push_back({reason, count});
  }
}

void network_builder::drop_actors(const std::string& reason, std::uint64_t count) {
  file().actor_rows += count;
  drop(reason, count);
}

void network_builder::drop_relations(const std::string& reason, std::uint64_t count) {
  file().relation_rows += count;
  drop(reason, count);
}

bool network_builder::shows_rejected() const noexcept {
  return options_.on_rejected || accounting_.rejected.size() < options_.rejected_kept;
}

void network_builder::reject_unseen(row_of table, std::uint64_t count) {
  (table == row_of::actors ? file().actor_rows : file().relation_rows) += count;
  file().rejected += count;
  accounting_.rejected_count += count;
}

/// The actors of the words 1, 2, ... of a table.
std::vector<actor_id> network_builder::intern_actors(vocabulary words, parallel& workers) {
  std::vector<actor_id> actors(words.size() - 1);
  if (ids_.size() == 1) {  // nobody yet: the table's numbers are the actors'
    ids_ = std::move(words);
    has_row_.assign(actors.size(), 0);
    std::iota(actors.begin(), actors.end(), actor_id{0});
    return actors;
  }
  // Those known are found by all workers; the new ones get their numbers one after the other.
  constexpr actor_id unknown = 0xFFFFFFFFU;
  workers.for_each(actors.size(), std::size_t{1} << 11, [&](std::size_t i) {
    const auto found = ids_.find(words[static_cast<symbol>(i + 1)]);
    actors[i] = found ? *found - 1 : unknown;
  });
  for (std::size_t i = 0; i < actors.size(); ++i) {
    if (i % grain == 0) workers.check_stop();
    if (actors[i] == unknown) actors[i] = intern_actor(words[static_cast<symbol>(i + 1)]);
  }
  return actors;
}

void network_builder::adopt_actors(parsed_table table, std::vector<actor_table_column> columns,
                                   parallel& workers) {
  const bool is_first = ids_.size() == 1 && actor_columns_.empty();
  const std::vector<actor_id> actors = intern_actors(std::move(table.ids), workers);
  const std::uint64_t rows = table.rows;
  std::uint64_t repeated = 0;
  for (const symbol id : table.first) {
    std::uint8_t& has_row = has_row_[actors[id - 1]];
    repeated += has_row;
    has_row = 1;
  }
  file().actor_rows += rows;
  file().actors_kept += rows - repeated;
  drop(repeated_actor, repeated);

  for (actor_table_column& column : columns) {
    if (column.values.codes.empty()) continue;
    if (is_first && repeated == 0) {  // row and actor are one
      charge_cells(rows);
      actor_building made;
      made.name = std::move(column.name);
      made.field = column.field;
      made.words = std::move(column.values.words);
      made.codes = std::move(column.values.codes);
      actor_columns_.push_back(std::move(made));
      continue;
    }
    const std::uint32_t handle = find_or_make(actor_columns_, column.name, column.field);
    for (std::size_t r = 0; r < rows; ++r) {
      if (r % grain == 0) workers.check_stop();
      const symbol code = column.values.codes[r];
      if (code != 0) {
        set_actor_cell(actors[table.first[r] - 1], {handle, column.values.words[code]});
      }
    }
  }
}

void network_builder::adopt_relations(parsed_table table,
                                      std::vector<relation_table_column> columns,
                                      relation_direction direction, parallel& workers) {
  const std::vector<actor_id> actors = intern_actors(std::move(table.ids), workers);
  const auto to_actors = [&](std::vector<symbol>& ids) {
    workers.for_each(ids.size(), grain, [&](std::size_t r) { ids[r] = actors[ids[r] - 1]; });
    return std::move(ids);
  };
  file().relation_rows += table.rows;
  file().relations_kept += table.rows;
  file().actor_rows += table.lone_actors;
  file().actors_kept += table.lone_actors;
  decimal_commas_ += table.decimal_commas;
  givers_ = to_actors(table.first);
  takers_ = to_actors(table.second);
  weights_ = std::move(table.weights);
  if (direction == relation_direction::both_ways) both_ways_.assign(table.rows, 1);
  for (relation_table_column& column : columns) {
    charge_cells(column.values.codes.size());
    relation_building made;
    made.name = std::move(column.name);
    made.field = column.field;
    made.words = std::move(column.values.words);
    made.codes = std::move(column.values.codes);
    relation_columns_.push_back(std::move(made));
  }
}

void network_builder::note(std::string fact) {
  file().notes.push_back(std::move(fact));
}

void network_builder::close_file() {
  if (accounting_.files.empty()) return;
  if (contradictions_ != 0) {
    note(count_of(contradictions_, "value of a repeated actor differs",
                  "values of repeated actors differ") +
         " from what stood before; the first was kept");
  }
  if (decimal_commas_ != 0) {
    note(count_of(decimal_commas_, "weight was", "weights were") +
         " read with a decimal comma (1,33 is 1.33)");
  }
  if (zero_weights_ != 0) {
    note(count_of(zero_weights_, "relation has", "relations have") + " the weight 0 and " +
         (zero_weights_ == 1 ? "is" : "are") + " kept");
  }
  contradictions_ = 0;
  decimal_commas_ = 0;
  zero_weights_ = 0;
}

bool network_builder::finish_roles(actor_table& actors, const building_column& column) {
  const std::vector<std::uint64_t> counts = occurrences(column);
  std::vector<role> roles(column.words.size(), role::unknown);
  std::uint64_t unknown = 0;
  bool is_role = false;
  std::string example;
  for (symbol s = 1; s < roles.size(); ++s) {
    const auto parsed = parse_role(column.words[s]);
    roles[s] = parsed.value_or(role::unknown);
    is_role = is_role || parsed;
    if (parsed || counts[s] == 0) continue;
    if (unknown == 0) example = quoted(column.words[s]);
    unknown += counts[s];
  }
  if (!is_role) return false;
  if (unknown != 0) {
    note(count_of(unknown, "role is", "roles are") + " neither sample nor relation, such as " +
         example + "; taken as not given");
  }
  actors.roles.assign(actors.size(), role::unknown);
  for (std::size_t a = 0; a < column.codes.size(); ++a) actors.roles[a] = roles[column.codes[a]];
  // Only named in relations, and not listed: that is what a relation actor is.
  for (std::size_t a = 0; a < actors.size(); ++a) {
    if (has_row_[a] == 0) actors.roles[a] = role::relation;
  }
  return true;
}

actor_table network_builder::finish_actors() {
  actor_table actors;
  actors.ids = std::move(ids_);
  const std::size_t rows = actors.size();
  const auto only_named =
      static_cast<std::uint64_t>(std::count(has_row_.begin(), has_row_.end(), std::uint8_t{0}));
  bool has_roles = false;
  for (actor_building& column : actor_columns_) {
    if (column.codes.empty()) continue;
    if (column.field == actor_field::role && finish_roles(actors, column)) {
      has_roles = true;
      continue;
    }
    const auto* const member =
        std::find_if(actor_members.begin(), actor_members.end(),
                     [&](const auto& each) { return each.first == column.field; });
    if (member != actor_members.end()) {
      actors.*(member->second) = complete(column, rows);
    }
  }
  free_names names{"id",       "role", "label",  "type",    "country",
                   "province", "city", "sector", "industry"};
  for (actor_building& column : actor_columns_) {
    if (column.codes.empty() || (column.field == actor_field::role && has_roles)) continue;
    if (column.field != actor_field::more && column.field != actor_field::role) continue;
    actors.more.push_back({names(column.name), complete(column, rows)});
  }
  if (only_named != 0 && only_named != rows) {
    note(count_of(only_named, "actor appears", "actors appear") + " only in relations" +
         (has_roles ? "; their role is relation" : ""));
  }
  return actors;
}

bool network_builder::finish_years(relation_table& relations, const building_column& column,
                                   parallel& workers) {
  constexpr std::int32_t earliest = 1800;
  constexpr std::int32_t latest = 2100;
  const std::vector<std::uint64_t> counts = occurrences(column);
  std::vector<std::int32_t> years(column.words.size(), no_year);
  std::int32_t low = std::numeric_limits<std::int32_t>::max();
  std::int32_t high = std::numeric_limits<std::int32_t>::min();
  std::uint64_t odd = 0;
  std::uint64_t unreadable = 0;
  std::string example;
  bool all_plain = true;
  for (symbol s = 1; s < years.size(); ++s) {
    if (counts[s] == 0) continue;
    const parsed_year parsed = parse_year(column.words[s]);
    years[s] = parsed.year;
    all_plain = all_plain && parsed.is_plain;
    if (parsed.year == no_year) {
      if (unreadable == 0) example = quoted(column.words[s]);
      unreadable += counts[s];
    } else if (parsed.year < earliest || parsed.year > latest) {
      odd += counts[s];
      low = std::min(low, parsed.year);
      high = std::max(high, parsed.year);
    }
  }
  if (odd != 0) {
    note(count_of(odd, "year lies", "years lie") + " outside " + std::to_string(earliest) + " to " +
         std::to_string(latest) + ": " + std::to_string(low) +
         (odd == 1 ? "" : " to " + std::to_string(high)) + "; kept as given");
  }
  if (unreadable != 0) {
    note(count_of(unreadable, "year", "years") + " in column " + quoted(column.name) +
         " could not be read, such as " + example + "; taken as not given");
  }
  relations.years.assign(relations.size(), no_year);
  workers.for_each(column.codes.size(), grain,
                   [&](std::size_t r) { relations.years[r] = years[column.codes[r]]; });
  if (std::all_of(years.begin(), years.end(), [](std::int32_t y) { return y == no_year; })) {
    relations.years.clear();
  }
  return all_plain;
}

bool network_builder::finish_directions(const building_column& column, std::size_t rows,
                                        bool has_kinds) {
  const std::vector<std::uint64_t> counts = occurrences(column);
  std::vector<std::uint8_t> is_both(column.words.size(), 0);
  bool is_direction = false;
  bool any_both = false;
  std::uint64_t other = 0;
  std::string example;
  for (symbol s = 1; s < is_both.size(); ++s) {
    const auto parsed = parse_direction(column.words[s]);
    is_direction = is_direction || parsed;
    is_both[s] = parsed == direction_word::undirected ? 1 : 0;
    any_both = any_both || (is_both[s] != 0 && counts[s] != 0);
    if (parsed) continue;
    if (other == 0) example = quoted(column.words[s]);
    other += counts[s];
  }
  if (!is_direction) return false;
  if (other != 0) {
    note(count_of(other, "direction", "directions") + " in column " + quoted(column.name) +
         " could not be read, such as " + example + "; taken as " +
         (has_kinds ? "the kind says" : "directed"));
  }
  if (any_both) {
    both_ways_.resize(rows, 0);
    for (std::size_t r = 0; r < column.codes.size(); ++r) {
      both_ways_[r] = static_cast<std::uint8_t>(both_ways_[r] | is_both[column.codes[r]]);
    }
  }
  return true;
}

void network_builder::finish_kinds(relation_table& relations, parallel& workers) {
  const vocabulary& words = relations.kind.words();
  std::vector<std::uint8_t> is_both(words.size(), 0);
  bool any_both = false;
  for (symbol s = 1; s < words.size(); ++s) {
    const auto& named = options_.undirected_kinds;
    is_both[s] = words[s].ends_with("_undirected") ||
                         std::find(named.begin(), named.end(), words[s]) != named.end()
                     ? 1
                     : 0;
    any_both = any_both || is_both[s] != 0;
  }
  if (!any_both) return;
  relations.both_ways.resize(relations.size(), 0);
  workers.for_each(relations.size(), grain, [&](std::size_t r) {
    relations.both_ways[r] =
        static_cast<std::uint8_t>(relations.both_ways[r] | is_both[relations.kind.code(r)]);
  });
}

relation_table network_builder::finish_relations(parallel& workers) {
  relation_table relations;
  const std::size_t rows = givers_.size();
  relations.givers = std::move(givers_);
  relations.takers = std::move(takers_);
  if (!weights_.empty()) weights_.resize(rows, 1.0);
  relations.weights = std::move(weights_);

  const bool has_kinds =
      std::any_of(relation_columns_.begin(), relation_columns_.end(), [](const auto& column) {
        return column.field == relation_field::kind && !column.codes.empty();
      });
  for (relation_building& column : relation_columns_) {
    if (column.codes.empty()) continue;
    if (column.field == relation_field::direction) {
      if (finish_directions(column, rows, has_kinds)) {
        column.codes = {};
        continue;
      }
      column.field = has_kinds ? relation_field::more : relation_field::kind;
    }
    if (column.field == relation_field::year) {
      if (finish_years(relations, column, workers)) {
        column.codes = {};
        continue;
      }
      column.field = relation_field::more;  // dates stay beside their years
      if (plain_name(column.name) == "year") column.name = "date";
    }
    const auto* const member =
        std::find_if(relation_members.begin(), relation_members.end(),
                     [&](const auto& each) { return each.first == column.field; });
    if (member != relation_members.end()) relations.*(member->second) = complete(column, rows);
  }
  free_names names{"giver", "taker", "weight",     "year",       "dimension",
                   "kind",  "type",  "technology", "application"};
  for (relation_building& column : relation_columns_) {
    if (column.codes.empty() || column.field != relation_field::more) continue;
    relations.more.push_back({names(column.name), complete(column, rows)});
  }
  if (!both_ways_.empty()) both_ways_.resize(rows, 0);
  relations.both_ways = std::move(both_ways_);
  finish_kinds(relations, workers);
  return relations;
}

read_result network_builder::finish(const execution& exec) {
  parallel workers(exec);
  for (const actor_building& column : actor_columns_) {
    if (!column.codes.empty()) charge_cells(actor_count() - column.codes.size());
  }
  for (const relation_building& column : relation_columns_) {
    if (!column.codes.empty()) charge_cells(relation_count() - column.codes.size());
  }
  relation_table relations = finish_relations(workers);
  actor_table actors = finish_actors();
  close_file();
  workers.check_stop();
  accounting_.hash_name = "XXH64";
  accounting_.actors = actors.size();
  accounting_.relations = relations.size();
  return {value_network(std::move(actors), std::move(relations)), std::move(accounting_)};
}

}  // namespace valuenet::detail
