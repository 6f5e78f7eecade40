#include "valuenet/network/grouping.hpp"

#include <map>
#include <stdexcept>

#include "detail/place_names.hpp"

namespace valuenet {
namespace {

grouping group_by_column(const text_column& column, std::size_t actors, std::string_view name) {
  grouping result{.name = std::string(name), .labels = {}, .group = {}};
  result.group.assign(actors, no_group);
  std::vector<std::uint32_t> group_of_word(column.words().size(), no_group);
  for (std::size_t a = 0; a < actors; ++a) {
    const symbol word = column.code(a);
    if (word == 0) continue;
    if (group_of_word[word] == no_group) {
      group_of_word[word] = static_cast<std::uint32_t>(result.labels.size());
      result.labels.emplace_back(column.words()[word]);
    }
    result.group[a] = group_of_word[word];
  }
  return result;
}

/// What there is to group by, for a message.
std::string columns_of(const actor_table& actors) {
  std::string names;
  const auto add = [&](std::string_view name) {
    names += (names.empty() ? "" : ", ") + std::string(name);
  };
  if (!actors.roles.empty()) add("role");
  for (const char* name : {"label", "type", "country", "province", "city", "sector", "industry"}) {
    if (find_column(actors, name) != nullptr) add(name);
  }
  for (const named_column& each : actors.more) add(each.name);
  return names.empty() ? "it has none but ids" : "it has " + names;
}

grouping group_by_role(const value_network& network) {
  text_column roles;
  for (actor_id a = 0; a < network.actor_count(); ++a) roles.push_back(to_string(network.role(a)));
  return group_by_column(roles, network.actor_count(), "role");
}

}  // namespace

grouping group_actors(const value_network& network, by what) {
  const actor_table& actors = network.actors();
  const std::size_t n = network.actor_count();
  switch (what) {
    case by::country:
      return group_by_column(actors.country, n, "country");
    case by::province:
      return group_by_column(actors.province, n, "province");
    case by::city:
      return group_by_column(actors.city, n, "city");
    case by::type:
      return group_by_column(actors.type, n, "type");
    case by::sector:
      return group_by_column(actors.sector, n, "sector");
    case by::industry:
      return group_by_column(actors.industry, n, "industry");
    case by::role:
      break;
  }
  return group_by_role(network);
}

grouping group_actors(const value_network& network, std::string_view column) {
  if (column == "role") return group_by_role(network);
  const text_column* found = find_column(network.actors(), column);
  if (found == nullptr) {
    throw std::invalid_argument("grouping: the actor table has no column \"" + std::string(column) +
                                "\"; " + columns_of(network.actors()));
  }
  return group_by_column(*found, network.actor_count(), column);
}

std::vector<circle> default_circles() {
  return {{"京津冀", {"北京", "天津", "河北"}},
          {"长三角", {"上海", "江苏", "浙江", "安徽"}},
          {"珠三角", {"广东"}},
          {"川渝", {"四川", "重庆"}}};
}

grouping group_actors(const value_network& network, const std::vector<circle>& circles) {
  grouping result{.name = "circle", .labels = {}, .group = {}};
  std::map<std::string, std::uint32_t, std::less<>> circle_of;
  for (const circle& each : circles) {
    const auto number = static_cast<std::uint32_t>(result.labels.size());
    result.labels.push_back(each.name);
    for (const std::string& province : each.provinces) {
      if (!circle_of.emplace(detail::without_rank(province), number).second) {
        throw std::invalid_argument("circles: " + province +
                                    " is in two of them; a province is in "
                                    "one circle at most");
      }
    }
  }
  const text_column& provinces = network.actors().province;
  std::vector<std::uint32_t> group_of_word(provinces.words().size(), no_group);
  for (symbol word = 1; word < provinces.words().size(); ++word) {
    const auto found = circle_of.find(detail::without_rank(provinces.words()[word]));
    if (found != circle_of.end()) group_of_word[word] = found->second;
  }
  result.group.resize(network.actor_count());
  for (std::size_t a = 0; a < result.group.size(); ++a) {
    result.group[a] = group_of_word[provinces.code(a)];
  }
  return result;
}

grouping group_by_origin(const value_network& network, std::string_view home) {
  grouping result{.name = "origin", .labels = {"domestic", "foreign"}, .group = {}};
  const text_column& country = network.actors().country;
  const auto at_home = country.words().find(home);
  result.group.resize(network.actor_count(), no_group);
  for (std::size_t a = 0; a < result.group.size(); ++a) {
    const symbol word = country.code(a);
    if (word != 0) result.group[a] = at_home && word == *at_home ? 0 : 1;
  }
  return result;
}

std::vector<std::string> default_institutional_types() {
  return {"investor",
          "institutional_investor",
          "investment_institution",
          "venture_capital",
          "fund",
          "投资机构",
          "机构投资者",
          "创投机构",
          "基金"};
}

grouping group_investors(const value_network& network,
                         const std::vector<std::string>& institutional_types) {
  grouping result{.name = "investor", .labels = {"institutional", "other"}, .group = {}};
  result.group.resize(network.actor_count(), no_group);
  const relation_table& relations = network.relations();
  const auto investment = relations.dimension.words().find("investment");
  if (!investment || !relations.dimension.is_given()) return result;
  const text_column& type = network.actors().type;
  std::vector<std::uint8_t> is_institutional(type.words().size(), 0);
  for (const std::string& each : institutional_types) {
    if (const auto word = type.words().find(each)) is_institutional[*word] = 1;
  }
  for (std::size_t r = 0; r < relations.size(); ++r) {
    if (relations.dimension.code(r) != *investment) continue;
    const actor_id giver = relations.givers[r];
    const symbol word = type.code(giver);
    if (word != 0) result.group[giver] = is_institutional[word] != 0 ? 0 : 1;
  }
  return result;
}

}  // namespace valuenet
