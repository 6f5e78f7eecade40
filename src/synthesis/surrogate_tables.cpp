#include "synthesis/surrogate_tables.hpp"

#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "detail/parallel.hpp"
#include "synthesis/streams.hpp"
#include "synthesis/traits.hpp"

namespace valuenet::detail {
namespace {

text_column repeated(const std::string& word, std::size_t rows) {
  vocabulary words;
  const symbol code = words.intern(word);
  return {std::move(words), std::vector<symbol>(rows, code)};
}

text_column& column_of(actor_table& actors, const std::string& name) {
  if (name == "type") return actors.type;
  if (name == "country") return actors.country;
  if (name == "province") return actors.province;
  if (name == "city") return actors.city;
  if (name == "sector") return actors.sector;
  if (name == "industry") return actors.industry;
  for (named_column& each : actors.more) {
    if (each.name == name) return each.values;
  }
  actors.more.push_back({name, {}});
  return actors.more.back().values;
}

}  // namespace

value_network surrogate_tables(const surrogate_profile& profile, const degree_plan& degrees,
                               const wired_arcs& arcs, std::span<const std::size_t> stage_ends,
                               std::uint64_t seed, const execution& exec) {
  const parallel workers(exec);
  const actor_id n = degrees.actor_count();
  const actor_id samples = degrees.sample_count();
  const std::size_t stages = profile.stages.size();
  actor_table actors;
  actors.ids.reserve(n + std::size_t{1});
  text_column from;
  text_column until;
  bool anyone_left = false;
  std::uint32_t made_up_samples = 0;
  std::uint32_t made_up_relations = 0;
  const auto year_of = [&](std::size_t t) { return fmt::format("{}", *profile.stages[t].year); };
  for (actor_id a = 0; a < n; ++a) {
    if (a % 65536 == 0) workers.check_stop();
    const bool sample = a < samples;
    const bool left = sample && degrees.end_of_role(a) < stages;
    anyone_left = anyone_left || left;
    actors.ids.intern(fmt::format("{}{:05}", sample ? "S" : "R", sample ? a + 1 : a - samples + 1));
    actors.roles.push_back(sample && !left ? role::sample : role::relation);
    const named_target* named = degrees.named(a);
    if (named != nullptr) {
      actors.label.push_back(named->label);
    } else {
      actors.label.push_back(sample ? fmt::format("样本企业{:04}", ++made_up_samples)
                                    : fmt::format("关系主体{:05}", ++made_up_relations));
    }
    if (stages > 1) {
      from.push_back(sample ? year_of(degrees.arrival(a)) : "");
      until.push_back(left ? year_of(degrees.end_of_role(a) - 1) : "");
    }
  }
  if (stages > 1) actors.more.push_back({"sample_from", std::move(from)});
  if (anyone_left) actors.more.push_back({"sample_until", std::move(until)});
  // Families of columns, so that the shares come out; then cells that the profile gives by name.
  trait_actors given{actors.roles, {}};
  for (actor_id a = 0; a < n; ++a) given.named.push_back(degrees.named(a));
  std::unordered_set<std::string> filled;
  for (const trait_family& family : profile.traits) {
    const std::vector<std::uint32_t> chosen =
        choose_traits(profile, family, given, arcs, seed, workers);
    for (std::size_t c = 0; c < family.columns.size(); ++c) {
      vocabulary words;
      std::vector<symbol> word_of;
      for (const trait_value& value : family.values)
        word_of.push_back(words.intern(value.cells[c]));
      std::vector<symbol> codes(n);
      for (actor_id a = 0; a < n; ++a) codes[a] = word_of[chosen[a]];
      column_of(actors, family.columns[c]) = {std::move(words), std::move(codes)};
      filled.insert(family.columns[c]);
    }
  }
  std::vector<std::string> columns;
  const auto add_column = [&](const std::string& name) {
    if (filled.insert(name).second) columns.push_back(name);
  };
  add_column("type");
  for (const named_target& named : profile.named) {
    for (const named_cell& cell : named.cells) add_column(cell.column);
  }
  for (const std::string& name : columns) {
    text_column& column = column_of(actors, name);
    for (actor_id a = 0; a < n; ++a) {
      std::string_view word;
      if (name == "type") word = a < samples ? "firm" : "organisation";
      if (const named_target* named = degrees.named(a)) {
        for (const named_cell& cell : named->cells) {
          if (cell.column == name) word = cell.value;
        }
      }
      column.push_back(word);
    }
  }
  actors.more.push_back(
      {std::string(value_network::provenance_column), repeated(profile.title, n)});

  relation_table relations;
  relations.givers = arcs.givers;
  relations.takers = arcs.takers;
  std::vector<std::uint8_t> kinds = arcs.kinds;
  if (stages > 1) {
    for (std::size_t t = 0; t < stages; ++t) {
      relations.years.resize(stage_ends[t], *profile.stages[t].year);
    }
  }
  // Rows that repeat a relation of their kind.
  std::vector<std::vector<std::size_t>> by_kind(profile.kinds.size());
  for (std::size_t i = 0; i < arcs.size(); ++i) by_kind[arcs.kinds[i]].push_back(i);
  for (std::size_t k = 0; k < by_kind.size(); ++k) {
    random_stream random = stream_for(seed, purpose::repeats, k);
    for (std::uint32_t r = 0; r < degrees.repeats(k); ++r) {
      const std::size_t i = by_kind[k][random.below(by_kind[k].size())];
      relations.givers.push_back(arcs.givers[i]);
      relations.takers.push_back(arcs.takers[i]);
      kinds.push_back(arcs.kinds[i]);
      if (stages > 1) relations.years.push_back(relations.years[i]);
    }
  }
  workers.check_stop();
  vocabulary dimension_words;
  vocabulary kind_words;
  std::vector<symbol> dimension_of;
  std::vector<symbol> kind_of;
  for (const kind_target& kind : profile.kinds) {
    dimension_of.push_back(dimension_words.intern(kind.dimension));
    kind_of.push_back(kind_words.intern(kind.kind));
  }
  std::vector<symbol> dimensions;
  std::vector<symbol> kind_codes;
  dimensions.reserve(kinds.size());
  kind_codes.reserve(kinds.size());
  for (const std::uint8_t k : kinds) {
    dimensions.push_back(dimension_of[k]);
    kind_codes.push_back(kind_of[k]);
  }
  relations.dimension = {std::move(dimension_words), std::move(dimensions)};
  relations.kind = {std::move(kind_words), std::move(kind_codes)};
  relations.more.push_back({std::string(value_network::provenance_column),
                            repeated(profile.title, relations.givers.size())});
  return {std::move(actors), std::move(relations)};
}

}  // namespace valuenet::detail
