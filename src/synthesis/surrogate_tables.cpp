#include "synthesis/surrogate_tables.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "detail/parallel.hpp"
#include "detail/vocabulary_access.hpp"
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

/// Words of all actors, made side by side.
class word_list {
 public:
  word_list(std::size_t count, parallel& workers, auto&& append_word)
      : words_(count), blocks_((count + grain - 1) / grain) {
    workers.for_chunks(count, grain, [&](std::size_t begin, std::size_t end) {
      std::string& block = blocks_[begin / grain];
      std::vector<std::size_t> ends;
      for (std::size_t i = begin; i < end; ++i) {
        append_word(static_cast<actor_id>(i), block);
        ends.push_back(block.size());
      }
      std::size_t at = 0;
      for (std::size_t i = begin; i < end; ++i) {
        words_[i] = std::string_view(block).substr(at, ends[i - begin] - at);
        at = ends[i - begin];
      }
    });
  }
  [[nodiscard]] std::span<const std::string_view> words() const { return words_; }

 private:
  static constexpr std::size_t grain = std::size_t{1} << 14;
  std::vector<std::string_view> words_;
  std::vector<std::string> blocks_;
};

/// Ids say the role that an actor had first; labels are printed or numbered.
void name_actors(const degree_plan& degrees, actor_table& actors, parallel& workers) {
  const actor_id n = degrees.actor_count();
  const actor_id samples = degrees.sample_count();
  // Named actors come first among their role.
  actor_id named_samples = 0;
  while (named_samples < samples && degrees.named(named_samples) != nullptr) ++named_samples;
  actor_id named_relations = 0;
  while (samples + named_relations < n && degrees.named(samples + named_relations) != nullptr) {
    ++named_relations;
  }
  const word_list ids(n, workers, [&](actor_id a, std::string& to) {
    const bool sample = a < samples;
    fmt::format_to(std::back_inserter(to), "{}{:05}", sample ? 'S' : 'R',
                   sample ? a + 1 : a - samples + 1);
  });
  actors.ids = vocabulary_access::of_distinct(ids.words(), workers);
  const word_list labels(n, workers, [&](actor_id a, std::string& to) {
    if (const named_target* named = degrees.named(a)) {
      to += named->label;
    } else if (a < samples) {
      fmt::format_to(std::back_inserter(to), "样本企业{:04}", a - named_samples + 1);
    } else {
      fmt::format_to(std::back_inserter(to), "关系主体{:05}", a - samples - named_relations + 1);
    }
  });
  if (auto distinct = vocabulary_access::of_unchecked(labels.words(), workers)) {
    std::vector<symbol> codes(n);
    std::iota(codes.begin(), codes.end(), symbol{1});
    actors.label = {std::move(*distinct), std::move(codes)};
  } else {  // a profile may name two actors alike
    for (const std::string_view label : labels.words()) actors.label.push_back(label);
  }
}

}  // namespace

value_network surrogate_tables(const surrogate_profile& profile, const degree_plan& degrees,
                               const wired_arcs& arcs, std::span<const std::size_t> stage_ends,
                               std::uint64_t seed, const execution& exec) {
  parallel workers(exec);
  const actor_id n = degrees.actor_count();
  const actor_id samples = degrees.sample_count();
  const std::size_t stages = profile.stages.size();
  actor_table actors;
  actors.roles.resize(n, role::relation);
  for (actor_id a = 0; a < samples; ++a) {
    if (degrees.end_of_role(a) == stages) actors.roles[a] = role::sample;
  }
  name_actors(degrees, actors, workers);
  if (stages > 1) {
    vocabulary years;
    std::vector<symbol> year_of;
    for (const stage_target& stage : profile.stages) {
      year_of.push_back(years.intern(fmt::format("{}", *stage.year)));
    }
    std::vector<symbol> from(n, 0);
    std::vector<symbol> until(n, 0);
    bool anyone_left = false;
    for (actor_id a = 0; a < samples; ++a) {
      from[a] = year_of[degrees.arrival(a)];
      if (degrees.end_of_role(a) == stages) continue;
      until[a] = year_of[degrees.end_of_role(a) - 1];
      anyone_left = true;
    }
    actors.more.push_back({"sample_from", {years, std::move(from)}});
    if (anyone_left) {
      actors.more.push_back({"sample_until", {std::move(years), std::move(until)}});
    }
  }
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
    vocabulary words;
    const bool is_type = name == "type";
    std::vector<symbol> codes(n, is_type ? words.intern("organisation") : 0);
    if (is_type) std::fill_n(codes.begin(), samples, words.intern("firm"));
    for (actor_id a = 0; a < n; ++a) {
      if (given.named[a] == nullptr) continue;
      for (const named_cell& cell : given.named[a]->cells) {
        if (cell.column == name) codes[a] = words.intern(cell.value);
      }
    }
    column_of(actors, name) = {std::move(words), std::move(codes)};
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
  std::vector<std::vector<std::uint32_t>> by_kind(profile.kinds.size());
  for (std::size_t i = 0; i < arcs.size(); ++i) {
    if (degrees.repeats(arcs.kinds[i]) > 0) {
      by_kind[arcs.kinds[i]].push_back(static_cast<std::uint32_t>(i));
    }
  }
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
