#include "valuenet/error.hpp"
#include "valuenet/synthesis/surrogate.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>

#include "detail/shipped_profiles.hpp"

namespace valuenet {
namespace {

using nlohmann::json;

void read(const json& from, const char* key, std::optional<std::uint32_t>& to) {
  if (from.contains(key)) to = from.at(key).get<std::uint32_t>();
}

degree_targets read_degrees(const json& from) {
  degree_targets to;
  read(from, "technology_in", to.technology_in);
  read(from, "technology_out", to.technology_out);
  read(from, "technology_total", to.technology_total);
  read(from, "prior_study_out", to.prior_study_out);
  read(from, "prior_work_out", to.prior_work_out);
  read(from, "received_out", to.received_out);
  return to;
}

role read_role(const std::string& name) {
  if (name == to_string(role::sample)) return role::sample;
  if (name == to_string(role::relation)) return role::relation;
  throw std::invalid_argument("role \"" + name + "\" is neither sample nor relation");
}

kind_target read_kind(const json& from) {
  kind_target to;
  to.dimension = from.at("dimension").get<std::string>();
  to.kind = from.at("kind").get<std::string>();
  to.relations = from.at("relations").get<std::uint32_t>();
  to.sample_gives = read_role(from.at("giver").get<std::string>()) == role::sample;
  to.relation_side_actors = from.at("relation_side_actors").get<std::uint32_t>();
  to.relation_side_exponent = from.value("relation_side_exponent", to.relation_side_exponent);
  to.sample_to_sample = from.value("sample_to_sample", to.sample_to_sample);
  return to;
}

named_target read_named(const json& from) {
  return {.label = from.at("label").get<std::string>(),
          .role = read_role(from.at("role").get<std::string>()),
          .type = from.value("type", std::string{}),
          .country = from.value("country", std::string{}),
          .degrees = read_degrees(from)};
}

surrogate_profile read_profile(const json& from) {
  surrogate_profile to;
  to.name = from.at("name").get<std::string>();
  to.title = from.at("title").get<std::string>();
  to.source = from.value("source", std::string{});
  to.sample_actors = from.at("sample_actors").get<std::uint32_t>();
  to.relation_actors = from.at("relation_actors").get<std::uint32_t>();
  to.merged_edges = from.at("merged_edges").get<std::uint32_t>();
  for (const json& kind : from.at("kinds")) to.kinds.push_back(read_kind(kind));
  if (from.contains("named")) {
    for (const json& named : from.at("named")) to.named.push_back(read_named(named));
  }
  if (from.contains("caps")) {
    to.sample_caps = read_degrees(from.at("caps").at("sample"));
    to.relation_caps = read_degrees(from.at("caps").at("relation"));
  }
  if (from.contains("structure")) {
    const json& structure = from.at("structure");
    to.communities = structure.value("communities", to.communities);
    to.community_slope = structure.value("community_slope", to.community_slope);
    to.stickiness = structure.value("stickiness", to.stickiness);
    to.sample_spread = structure.value("sample_spread", to.sample_spread);
  }
  if (to.communities == 0) throw std::invalid_argument("structure.communities is 0");
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
  try {
    return read_profile(json::parse(text));
  } catch (const json::parse_error& e) {
    const std::string_view before = text.substr(0, std::min<std::size_t>(e.byte, text.size()));
    const auto line =
        static_cast<std::uint64_t>(1 + std::count(before.begin(), before.end(), '\n'));
    throw parse_error({file, line, 0}, "no JSON here; expected a surrogate profile");
  } catch (const json::exception& e) {
    throw parse_error({file, 0, 0}, std::string("not a surrogate profile: ") + e.what());
  } catch (const std::invalid_argument& e) {
    throw parse_error({file, 0, 0}, std::string("not a surrogate profile: ") + e.what());
  }
}

}  // namespace valuenet
