#include "valuenet/synthesis/profile.hpp"

#include "valuenet/error.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "detail/shipped_profiles.hpp"
#include "synthesis/profile_reader.hpp"

namespace valuenet {
namespace {

using detail::json_place;

/// "technology_in" as a degree, if it ends like one.
std::optional<degree_target> degree_key(const std::string& key) {
  constexpr std::pair<std::string_view, degree_side> ends[] = {
      {"_in", degree_side::in}, {"_out", degree_side::out}, {"_total", degree_side::total}};
  for (const auto& [end, side] : ends) {
    if (key.size() > end.size() && key.ends_with(end)) {
      return degree_target{key.substr(0, key.size() - end.size()), side, 0};
    }
  }
  return std::nullopt;
}

role read_role(const json_place& from) {
  const std::string name = from.text();
  if (name == to_string(role::sample)) return role::sample;
  if (name == to_string(role::relation)) return role::relation;
  from.fail("\"sample\" or \"relation\"");
}

std::vector<degree_target> read_caps(const json_place& from) {
  std::vector<degree_target> caps;
  from.for_fields([&](const std::string& key, const json_place& field) {
    auto degree = degree_key(key);
    if (!degree) field.fail_with("no degree; expected WORD_in, WORD_out or WORD_total");
    degree->value = field.count();
    caps.push_back(*degree);
  });
  return caps;
}

kind_target read_kind(const json_place& from) {
  from.only({"dimension", "kind", "surveyed", "relations", "share", "relation_side_actors",
             "relation_side_exponent", "sample_to_sample"});
  kind_target to;
  to.dimension = from.at("dimension").text_of("a dimension");
  to.kind = from.at("kind").text_of("a kind");
  const std::string surveyed = from.at("surveyed").text();
  if (surveyed != "giver" && surveyed != "taker") {
    from.at("surveyed").fail("\"giver\" or \"taker\"");
  }
  to.sample_gives = surveyed == "giver";
  if (const auto relations = from.find("relations")) {
    to.relations = relations->count(1);
  } else {
    to.share = from.at("share").number(1e-9, 1.0);
  }
  to.relation_side_actors = from.at("relation_side_actors").count();
  if (const auto exponent = from.find("relation_side_exponent")) {
    to.relation_side_exponent = exponent->number(1.05, 20.0);
  }
  if (const auto inner = from.find("sample_to_sample")) {
    to.sample_to_sample = inner->number(0.0, 1.0);
  }
  return to;
}

structure_target read_target(const json_place& from) {
  from.only({"value", "tolerance", "weight"});
  structure_target to;
  to.value = from.at("value").number(0.0, 1e9);
  to.tolerance = from.at("tolerance").number(0.0, 1e9);
  if (const auto weight = from.find("weight")) to.weight = weight->number(0.0, 1e6);
  return to;
}

stage_target read_stage(const json_place& from) {
  from.only({"year", "actors", "sample_actors", "relation_actors", "assumed_sample_actors", "edges",
             "average_degree", "average_path_length", "diameter", "average_clustering",
             "modularity", "top_out_degree", "sample_to_sample_factor", "stickiness",
             "old_actor_weight", "relation_correlation"});
  stage_target to;
  if (const auto year = from.find("year")) to.year = static_cast<int>(year->count(1, 9999));
  if (const auto samples = from.find("sample_actors")) {
    to.sample_actors = samples->count(1);
    to.actors = to.sample_actors + from.at("relation_actors").count();
    if (from.find("actors")) {
      from.at("actors").fail_with("sample_actors and relation_actors say it already");
    }
  } else {
    to.actors = from.at("actors").count(1);
    to.sample_actors = from.at("assumed_sample_actors").count(1, to.actors);
    to.sample_actors_printed = false;
  }
  to.edges = from.at("edges").count(1);
  const auto read = [&](const char* key, std::optional<structure_target>& target) {
    if (const auto field = from.find(key)) target = read_target(*field);
  };
  read("average_degree", to.average_degree);
  read("average_path_length", to.average_path_length);
  read("diameter", to.diameter);
  read("average_clustering", to.average_clustering);
  read("modularity", to.modularity);
  if (const auto top = from.find("top_out_degree")) {
    top->for_entries([&](const json_place& each) {
      each.only({"top_percent", "percent", "tolerance"});
      top_share_target share;
      share.top_percent = each.at("top_percent").number(1e-6, 100.0);
      share.percent = each.at("percent").number(0.0, 100.0);
      if (const auto tolerance = each.find("tolerance")) {
        share.tolerance = tolerance->number(0.0, 100.0);
      }
      to.top_out_degree.push_back(share);
    });
  }
  if (const auto factor = from.find("sample_to_sample_factor")) {
    to.sample_to_sample_factor = factor->number(0.0, 1000.0);
  }
  if (const auto sticky = from.find("stickiness")) to.stickiness = sticky->number(0.0, 1.0);
  if (const auto old = from.find("old_actor_weight")) to.old_actor_weight = old->number(0.0, 1e6);
  if (const auto correlation = from.find("relation_correlation")) {
    to.relation_correlation = correlation->number(0.0, 1.0);
  }
  return to;
}

trait_family read_family(const json_place& from) {
  from.only({"columns", "values"});
  trait_family to;
  from.at("columns").for_entries([&](const json_place& each) {
    to.columns.push_back(each.text_of("the name of a column"));
    if (to.columns.back() == "id" || to.columns.back() == "label" || to.columns.back() == "role" ||
        to.columns.back() == value_network::provenance_column) {
      each.fail("a column other than id, label, role and provenance");
    }
  });
  if (to.columns.empty()) from.at("columns").fail("at least one column");
  from.at("values").for_entries([&](const json_place& each) {
    trait_value value;
    json_place cells = each;
    if (each.value().is_object()) {
      each.only({"cells", "role"});
      cells = each.at("cells");
      if (const auto who = each.find("role")) value.role = read_role(*who);
    }
    cells.for_entries([&](const json_place& cell) { value.cells.push_back(cell.text()); });
    if (value.cells.size() != to.columns.size()) {
      cells.fail(fmt::format("{} cells, one for each column", to.columns.size()));
    }
    to.values.push_back(std::move(value));
  });
  if (to.values.empty()) from.at("values").fail("at least one value");
  return to;
}

std::vector<trait_condition> read_conditions(const std::optional<json_place>& from) {
  std::vector<trait_condition> to;
  if (!from) return to;
  from->for_fields([&](const std::string& column, const json_place& field) {
    trait_condition condition{column, {}, field.value().is_object()};
    if (condition.negated) field.only({"not"});
    const json_place words = condition.negated ? field.at("not") : field;
    if (words.value().is_array()) {
      words.for_entries([&](const json_place& each) { condition.values.push_back(each.text()); });
    } else {
      condition.values.push_back(words.text());
    }
    if (condition.values.empty()) words.fail("at least one value");
    to.push_back(std::move(condition));
  });
  return to;
}

void read_shares(const json_place& from, std::vector<share_target>& shares) {
  from.only({"label", "count", "of", "role", "among", "tolerance", "weight", "parts"});
  share_target common;
  const std::string label = from.at("label").text_of("a label");
  constexpr std::pair<std::string_view, counted> names[] = {{"actors", counted::actors},
                                                            {"giver", counted::giver},
                                                            {"taker", counted::taker},
                                                            {"partner", counted::partner},
                                                            {"both_ends", counted::both_ends}};
  const std::string count = from.at("count").text();
  const auto found = std::find_if(std::begin(names), std::end(names),
                                  [&](const auto& each) { return each.first == count; });
  if (found == std::end(names)) {
    from.at("count").fail("\"actors\", \"giver\", \"taker\", \"partner\" or \"both_ends\"");
  }
  common.counted = found->second;
  if (const auto of = from.find("of")) {
    of->for_entries(
        [&](const json_place& each) { common.of.push_back(each.text_of("a dimension or kind")); });
  }
  if (const auto who = from.find("role")) common.role = read_role(*who);
  if (const auto among = from.find("among")) {
    among->only({"actor", "opposite"});
    common.among_actor = read_conditions(among->find("actor"));
    common.among_opposite = read_conditions(among->find("opposite"));
  }
  if (const auto tolerance = from.find("tolerance")) {
    common.tolerance = tolerance->number(0.0, 100.0);
  }
  if (const auto weight = from.find("weight")) common.weight = weight->number(0.0, 1e6);
  from.at("parts").for_entries([&](const json_place& each) {
    each.only({"label", "of", "actor", "opposite", "percent", "tolerance", "weight"});
    share_target share = common;
    share.actor = read_conditions(each.find("actor"));
    share.opposite = read_conditions(each.find("opposite"));
    if (const auto of = each.find("of")) {
      of->for_entries([&](const json_place& word) {
        share.part_of.push_back(word.text_of("a dimension or kind"));
      });
    }
    if (share.actor.empty() && share.opposite.empty() && share.part_of.empty()) {
      each.fail_with("has no condition, expected some on \"of\", \"actor\" or \"opposite\"");
    }
    share.percent = each.at("percent").number(0.0, 100.0);
    if (const auto tolerance = each.find("tolerance")) {
      share.tolerance = tolerance->number(0.0, 100.0);
    }
    if (const auto weight = each.find("weight")) share.weight = weight->number(0.0, 1e6);
    share.label = label + ": ";
    if (const auto own = each.find("label")) {
      share.label += own->text();
    } else {
      share.label += fmt::format("{}", fmt::join(share.part_of, "+"));
      for (const auto* conditions : {&share.actor, &share.opposite}) {
        if (conditions->empty()) continue;
        const trait_condition& finest = conditions->back();
        share.label += fmt::format("{}{}{}", conditions == &share.opposite ? " -> " : "",
                                   finest.negated ? "not " : "", fmt::join(finest.values, "+"));
      }
    }
    shares.push_back(std::move(share));
  });
}

named_target read_named(const json_place& from, const std::set<std::string>& columns) {
  named_target to;
  from.for_fields([&](const std::string& key, const json_place& field) {
    if (key == "label") {
      to.label = field.text_of("a label");
    } else if (key == "role") {
      to.role = read_role(field);
    } else if (columns.contains(key)) {
      to.cells.push_back({key, field.text()});
    } else if (auto degree = degree_key(key)) {
      degree->value = field.count();
      to.degrees.push_back(*degree);
    } else {
      field.fail_with(
          "neither label, role, a column of traits nor a degree (WORD_in, WORD_out, "
          "WORD_total)");
    }
  });
  if (to.label.empty()) from.fail_with("has no field \"label\"");
  static_cast<void>(from.at("role"));
  return to;
}

/// What no single field shows.
void check_words(const surrogate_profile& profile, const json_place& root) {
  std::set<std::string> words;
  std::set<std::pair<std::string, std::string>> kinds;
  for (const kind_target& kind : profile.kinds) {
    words.insert(kind.dimension);
    words.insert(kind.kind);
    if (!kinds.emplace(kind.dimension, kind.kind).second) {
      root.at("kinds").fail_with(fmt::format("the kind {} stands twice", kind.kind));
    }
  }
  std::set<std::string> columns;
  for (const trait_family& family : profile.traits) {
    for (const std::string& column : family.columns) {
      if (!columns.insert(column).second) {
        root.at("traits").fail_with(fmt::format("the column {} stands in two families", column));
      }
    }
  }
  std::set<std::string> labels;
  for (const named_target& named : profile.named) {
    if (!labels.insert(named.label).second) {
      root.at("named").fail_with(fmt::format("{} stands twice", named.label));
    }
  }
  std::optional<int> year;
  for (const stage_target& stage : profile.stages) {
    if (profile.stages.size() > 1 && !stage.year) {
      root.at("stages").fail_with("a stage has no year, expected one for each of several stages");
    }
    if (year && stage.year && *stage.year <= *year) {
      root.at("stages").fail_with(
          fmt::format("{} comes after {}, expected ascending years", *stage.year, *year));
    }
    year = stage.year;
  }
  for (const share_target& share : profile.shares) {
    for (const auto* list : {&share.of, &share.part_of}) {
      for (const std::string& word : *list) {
        if (!words.contains(word)) {
          root.at("shares").fail_with(
              fmt::format("{}: \"{}\" is no dimension and no kind", share.label, word));
        }
      }
    }
    const trait_family* only_family = nullptr;
    for (const auto* conditions :
         {&share.actor, &share.opposite, &share.among_actor, &share.among_opposite}) {
      for (const trait_condition& condition : *conditions) {
        const auto family = std::find_if(
            profile.traits.begin(), profile.traits.end(), [&](const trait_family& each) {
              return std::find(each.columns.begin(), each.columns.end(), condition.column) !=
                     each.columns.end();
            });
        if (family == profile.traits.end()) {
          root.at("shares").fail_with(fmt::format("{}: no family of traits has the column {}",
                                                  share.label, condition.column));
        }
        if (only_family != nullptr && only_family != &*family) {
          root.at("shares").fail_with(fmt::format(
              "{}: its conditions are on two families of traits, expected one", share.label));
        }
        only_family = &*family;
        const auto place = static_cast<std::size_t>(
            std::find(family->columns.begin(), family->columns.end(), condition.column) -
            family->columns.begin());
        for (const std::string& word : condition.values) {
          const bool known =
              std::any_of(family->values.begin(), family->values.end(),
                          [&](const trait_value& value) { return value.cells[place] == word; });
          if (!known) {
            root.at("shares").fail_with(fmt::format("{}: no value of traits has the {} \"{}\"",
                                                    share.label, condition.column, word));
          }
        }
      }
    }
  }
}

surrogate_profile read_profile(const json_place& from) {
  from.only({"name", "title", "source", "seed", "kinds", "stages", "caps", "communities",
             "community_slope", "communities_by_kind", "sample_spread", "traits", "shares",
             "named"});
  surrogate_profile to;
  to.name = from.at("name").text_of("a name");
  to.title = from.at("title").text_of("a title");
  if (!to.title.starts_with("surrogate")) {
    from.at("title").fail("a title that begins with \"surrogate\": it tells that all is made up");
  }
  if (const auto source = from.find("source")) to.source = source->text();
  if (const auto seed = from.find("seed")) to.seed = seed->count();
  from.at("kinds").for_entries(
      [&](const json_place& each) { to.kinds.push_back(read_kind(each)); });
  if (to.kinds.empty() || to.kinds.size() > 32) from.at("kinds").fail("1 to 32 kinds");
  from.at("stages").for_entries(
      [&](const json_place& each) { to.stages.push_back(read_stage(each)); });
  if (to.stages.empty()) from.at("stages").fail("at least one stage");
  if (const auto caps = from.find("caps")) {
    caps->only({"sample", "relation"});
    if (const auto each = caps->find("sample")) to.sample_caps = read_caps(*each);
    if (const auto each = caps->find("relation")) to.relation_caps = read_caps(*each);
  }
  if (const auto field = from.find("communities")) to.communities = field->count(1, 1000000);
  if (const auto field = from.find("communities_by_kind")) to.communities_by_kind = field->flag();
  if (const auto field = from.find("community_slope"))
    to.community_slope = field->number(0.0, 10.0);
  if (const auto field = from.find("sample_spread")) to.sample_spread = field->number(0.0, 10.0);
  std::set<std::string> columns{"type", "country", "province", "city", "sector", "industry"};
  if (const auto traits = from.find("traits")) {
    traits->for_entries([&](const json_place& each) {
      to.traits.push_back(read_family(each));
      columns.insert(to.traits.back().columns.begin(), to.traits.back().columns.end());
    });
  }
  if (const auto shares = from.find("shares")) {
    shares->for_entries([&](const json_place& each) { read_shares(each, to.shares); });
  }
  if (const auto named = from.find("named")) {
    named->for_entries(
        [&](const json_place& each) { to.named.push_back(read_named(each, columns)); });
  }
  check_words(to, from);
  return to;
}

}  // namespace

std::vector<std::string> profile_names() {
  std::vector<std::string> names;
  for (const auto& [name, text] : detail::shipped_profiles) names.emplace_back(name);
  return names;
}

surrogate_profile profile(std::string_view name) {
  std::string known;
  for (const auto& [each, text] : detail::shipped_profiles) {
    if (each == name) return parse_profile(text, std::string(name) + ".json");
    known += (known.empty() ? "" : ", ") + std::string(each);
  }
  throw std::invalid_argument("profile \"" + std::string(name) + "\" does not ship; there is " +
                              known);
}

surrogate_profile parse_profile(std::string_view text, const std::string& file) {
  using json = json_place::json;
  json parsed;
  try {
    // Deeper than any profile: refused here, before a hostile file can exhaust the stack.
    parsed = json::parse(text, [&](int depth, json::parse_event_t, json&) {
      if (depth > 32) throw parse_error({file, 0, 0}, "nested too deeply; expected a profile");
      return true;
    });
  } catch (const json::parse_error& e) {
    const std::string_view before = text.substr(0, std::min<std::size_t>(e.byte, text.size()));
    const auto line =
        static_cast<std::uint64_t>(1 + std::count(before.begin(), before.end(), '\n'));
    throw parse_error({file, line, 0}, "no JSON here; expected a surrogate profile");
  } catch (const json::exception& e) {
    throw parse_error({file, 0, 0}, std::string("not a surrogate profile: ") + e.what());
  }
  return read_profile({parsed, file, ""});
}

surrogate_profile scaled(const surrogate_profile& target, std::uint32_t factor) {
  if (factor == 0) throw std::invalid_argument("scaled: factor is 0, expected at least 1");
  if (factor == 1) return target;
  surrogate_profile to = target;
  const auto grow = [&](std::uint32_t& value) {
    const std::uint64_t grown = std::uint64_t{value} * factor;
    if (grown >= std::uint64_t{1} << 31) {
      throw std::invalid_argument(fmt::format(
          "scaled: factor is {}, which makes {} of {}, more than 2^31", factor, grown, value));
    }
    value = static_cast<std::uint32_t>(grown);
  };
  const auto grow_all = [&](std::vector<degree_target>& degrees) {
    for (degree_target& each : degrees) grow(each.value);
  };
  for (kind_target& kind : to.kinds) {
    if (kind.relations) grow(*kind.relations);
    grow(kind.relation_side_actors);
  }
  for (stage_target& stage : to.stages) {
    grow(stage.actors);
    grow(stage.edges);
    grow(stage.sample_actors);
    stage.average_path_length.reset();
    stage.diameter.reset();
    stage.average_clustering.reset();
    stage.modularity.reset();
  }
  for (named_target& named : to.named) grow_all(named.degrees);
  grow_all(to.sample_caps);
  grow_all(to.relation_caps);
  to.name += fmt::format(" x {}", factor);
  // A word on every actor and relation: short, as files of millions are written.
  to.title = fmt::format("surrogate of {} (made up)", to.name);
  return to;
}

}  // namespace valuenet
