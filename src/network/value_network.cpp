#include "valuenet/network/value_network.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace valuenet {
namespace {

using actor_column = text_column actor_table::*;
using relation_column = text_column relation_table::*;

constexpr std::array<std::pair<std::string_view, actor_column>, 7> actor_columns{{
    {"label", &actor_table::label},
    {"type", &actor_table::type},
    {"country", &actor_table::country},
    {"province", &actor_table::province},
    {"city", &actor_table::city},
    {"sector", &actor_table::sector},
    {"industry", &actor_table::industry},
}};

constexpr std::array<std::pair<std::string_view, relation_column>, 4> relation_columns{{
    {"dimension", &relation_table::dimension},
    {"kind", &relation_table::kind},
    {"technology", &relation_table::technology},
    {"application", &relation_table::application},
}};

template <class Table, class Known>
const text_column* find(const Table& table, const Known& known, std::string_view name) noexcept {
  for (const auto& [known_name, column] : known) {
    if (known_name == name) return (table.*column).is_given() ? &(table.*column) : nullptr;
  }
  for (const named_column& column : table.more) {
    if (column.name == name) return &column.values;
  }
  return nullptr;
}

void check_length(std::size_t length, std::size_t rows, const char* table,
                  std::string_view column) {
  if (length == 0 || length == rows) return;
  throw std::invalid_argument(std::string(table) + '.' + std::string(column) + " has " +
                              std::to_string(length) + " rows where the table has " +
                              std::to_string(rows));
}

void check_codes(const text_column& column, std::size_t rows, const char* table,
                 std::string_view name) {
  check_length(column.codes().size(), rows, table, name);
  const std::size_t words = column.words().size();
  const auto codes = column.codes();
  const auto wrong = std::find_if(codes.begin(), codes.end(), [&](symbol s) { return s >= words; });
  if (wrong != codes.end()) {
    throw std::invalid_argument(std::string(table) + '.' + std::string(name) + " holds symbol " +
                                std::to_string(*wrong) + " of a vocabulary of " +
                                std::to_string(words));
  }
}

template <class Table, class Known>
void check_texts(const Table& table, const Known& known, const char* name) {
  for (const auto& [column, member] : known) check_codes(table.*member, table.size(), name, column);
  for (const named_column& column : table.more) {
    check_codes(column.values, table.size(), name, column.name);
  }
}

void check(const actor_table& actors, const relation_table& relations) {
  constexpr std::size_t most = 0xFFFFFFFEU;
  if (actors.size() > most || relations.size() > most) {
    throw std::invalid_argument(
        "a value network holds at most 4294967294 actors and as many relations");
  }
  check_texts(actors, actor_columns, "actors");
  check_length(actors.roles.size(), actors.size(), "actors", "roles");
  if (relations.takers.size() != relations.givers.size()) {
    throw std::invalid_argument("relations.takers has " + std::to_string(relations.takers.size()) +
                                " rows where the table has " + std::to_string(relations.size()));
  }
  check_texts(relations, relation_columns, "relations");
  check_length(relations.weights.size(), relations.size(), "relations", "weights");
  check_length(relations.years.size(), relations.size(), "relations", "years");
  check_length(relations.both_ways.size(), relations.size(), "relations", "both_ways");
  const auto out_of_range = [&](const std::vector<actor_id>& column) {
    return std::any_of(column.begin(), column.end(),
                       [&](actor_id a) { return a >= actors.size(); });
  };
  if (out_of_range(relations.givers) || out_of_range(relations.takers)) {
    throw std::invalid_argument("relations name an actor beyond the last of " +
                                std::to_string(actors.size()));
  }
  if (!std::all_of(relations.weights.begin(), relations.weights.end(),
                   [](double w) { return std::isfinite(w); })) {
    throw std::invalid_argument("relations.weights holds a value that is not finite");
  }
}

void add_surrogate_words(const text_column* column, std::set<std::string>& found) {
  if (column == nullptr) return;
  for (symbol s = 1; s < column->words().size(); ++s) {
    const std::string_view word = column->words()[s];
    if (word.starts_with("surrogate")) found.emplace(word);
  }
}

/// Of every word of a column the year that it is, where it is one.
std::vector<std::optional<int>> years_of(const text_column& column) {
  std::vector<std::optional<int>> years(column.words().size());
  for (symbol s = 1; s < years.size(); ++s) {
    const std::string_view word = column.words()[s];
    int year = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), year);
    if (error == std::errc() && end == word.data() + word.size()) years[s] = year;
  }
  return years;
}

}  // namespace

std::string_view to_string(role value) noexcept {
  switch (value) {
    case role::sample:
      return "sample";
    case role::relation:
      return "relation";
    case role::unknown:
      break;
  }
  return "";
}

value_network::value_network()
    : actors_(std::make_shared<const actor_table>()),
      relations_(std::make_shared<const relation_table>()) {}

value_network::value_network(actor_table actors, relation_table relations) {
  check(actors, relations);
  actors_ = std::make_shared<const actor_table>(std::move(actors));
  relations_ = std::make_shared<const relation_table>(std::move(relations));
  const relation_table& kept = *relations_;
  is_undirected_ =
      !kept.both_ways.empty() && std::all_of(kept.both_ways.begin(), kept.both_ways.end(),
                                             [](std::uint8_t both) { return both != 0; });
  std::set<std::string> notices;
  add_surrogate_words(find_column(*actors_, provenance_column), notices);
  add_surrogate_words(find_column(*relations_, provenance_column), notices);
  for (const std::string& notice : notices) {
    if (!surrogate_notice_.empty()) surrogate_notice_ += "; ";
    surrogate_notice_ += notice;
  }
}

value_network value_network::as_of(int year) const {
  const text_column* from = find_column(*actors_, "sample_from");
  const text_column* until = find_column(*actors_, "sample_until");
  if (from == nullptr && until == nullptr) return *this;
  const auto first = from != nullptr ? years_of(*from) : std::vector<std::optional<int>>(1);
  const auto last = until != nullptr ? years_of(*until) : std::vector<std::optional<int>>(1);
  std::vector<valuenet::role> roles(actor_count());
  bool differs = false;
  for (actor_id a = 0; a < actor_count(); ++a) {
    const auto begins = first[from != nullptr ? from->code(a) : 0];
    const auto ends = last[until != nullptr ? until->code(a) : 0];
    const bool is_in = (!begins || *begins <= year) && (!ends || year <= *ends);
    roles[a] = !begins && !ends ? role(a)
               : is_in          ? valuenet::role::sample
                                : valuenet::role::relation;
    differs = differs || roles[a] != role(a);
  }
  if (!differs) return *this;
  actor_table actors = *actors_;
  actors.roles = std::move(roles);
  value_network result = *this;
  result.actors_ = std::make_shared<const actor_table>(std::move(actors));
  return result;
}

std::optional<actor_id> value_network::find_actor(std::string_view id) const noexcept {
  const std::optional<symbol> found = actors().ids.find(id);
  if (!found || *found == 0) return std::nullopt;
  return *found - 1;
}

const text_column* find_column(const actor_table& actors, std::string_view name) noexcept {
  return find(actors, actor_columns, name);
}

const text_column* find_column(const relation_table& relations, std::string_view name) noexcept {
  return find(relations, relation_columns, name);
}

}  // namespace valuenet
