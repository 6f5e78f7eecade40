#include "valuenet/network/actor_columns.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <tuple>
#include <utility>

namespace valuenet {
namespace {

/// What a row says of an actor.
struct said {
  actor_id actor = 0;
  symbol word = 0;
  std::size_t row = 0;
};

/// The member for a known name, or the further column of it, new or old.
text_column& column_for(actor_table& actors, const std::string& name) {
  constexpr std::pair<std::string_view, text_column actor_table::*> known[] = {
      {"label", &actor_table::label},       {"type", &actor_table::type},
      {"country", &actor_table::country},   {"province", &actor_table::province},
      {"city", &actor_table::city},         {"sector", &actor_table::sector},
      {"industry", &actor_table::industry},
  };
  for (const auto& [known_name, member] : known) {
    if (known_name == name) return actors.*member;
  }
  for (named_column& each : actors.more) {
    if (each.name == name) return each.values;
  }
  actors.more.push_back({name, {}});
  return actors.more.back().values;
}

void check(const actor_column_source& source) {
  if (source.name.empty() || source.name == "id" || source.name == "role") {
    throw std::invalid_argument("describe_actors: \"" + source.name +
                                "\" is no column that relations can fill");
  }
  if (source.giver_column.empty() && source.taker_column.empty()) {
    throw std::invalid_argument("describe_actors: no column of relations says the " + source.name +
                                " of givers or takers");
  }
}

/// Every word that the relations say of an actor, by actor and word.
std::vector<said> words_said(const value_network& network, const actor_column_source& source,
                             vocabulary& words) {
  std::vector<said> all;
  const relation_table& relations = network.relations();
  const auto collect = [&](const std::string& name, const std::vector<actor_id>& ends) {
    if (name.empty()) return;
    const text_column* column = find_column(relations, name);
    if (column == nullptr) {
      throw std::invalid_argument("describe_actors: the relation table has no column \"" + name +
                                  '"');
    }
    std::vector<symbol> renamed(column->words().size());
    for (symbol s = 1; s < renamed.size(); ++s) renamed[s] = words.intern(column->words()[s]);
    for (std::size_t row = 0; row < ends.size(); ++row) {
      const symbol word = renamed[column->code(row)];
      if (word != 0) all.push_back({ends[row], word, row});
    }
  };
  collect(source.giver_column, relations.givers);
  collect(source.taker_column, relations.takers);
  std::sort(all.begin(), all.end(), [](const said& a, const said& b) {
    return std::tuple(a.actor, a.word, a.row) < std::tuple(b.actor, b.word, b.row);
  });
  return all;
}

}  // namespace

description_result describe_actors(const value_network& network,
                                   std::span<const actor_column_source> sources) {
  actor_table actors = network.actors();
  description_result result;
  for (const actor_column_source& source : sources) {
    check(source);
    vocabulary words;
    const std::vector<said> all = words_said(network, source, words);
    std::vector<symbol> taken(actors.size(), 0);
    described_column filled{.name = source.name};
    for (std::size_t i = 0; i < all.size();) {
      const actor_id actor = all[i].actor;
      std::size_t most = 0;
      std::size_t first_row = 0;
      std::size_t different = 0;
      while (i < all.size() && all[i].actor == actor) {
        const said& one = all[i];
        std::size_t times = 0;
        for (; i < all.size() && all[i].actor == actor && all[i].word == one.word; ++i) ++times;
        ++different;
        if (times > most || (times == most && one.row < first_row)) {
          most = times;
          first_row = one.row;
          taken[actor] = one.word;
        }
      }
      filled.contradicted += different > 1 ? 1 : 0;
    }
    text_column& column = column_for(actors, source.name);
    text_column described;
    for (std::size_t a = 0; a < actors.size(); ++a) {
      const std::string_view given = column[a];
      described.push_back(given.empty() ? words[taken[a]] : given);
      filled.actors += described.code(a) != 0 ? 1 : 0;
    }
    column = std::move(described);
    result.columns.push_back(std::move(filled));
  }
  result.network = value_network(std::move(actors), network.relations());
  return result;
}

}  // namespace valuenet
