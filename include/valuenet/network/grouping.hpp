// Actors put into groups: by place, circle of provinces, sector, type, role or any column.
#pragma once

#include "valuenet/network/value_network.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace valuenet {

/// What the actor table tells of an actor's group.
enum class by : std::uint8_t { country, province, city, type, role, sector, industry };

/// An actor in no group: the table does not say.
inline constexpr std::uint32_t no_group = 0xFFFFFFFFU;

struct grouping {
  /// What the groups are: "province", "circle", ...
  std::string name;
  /// Of the groups, in the order of first appearance in the actor table.
  std::vector<std::string> labels;
  /// Group of every actor, or no_group.
  std::vector<std::uint32_t> group;
};

/// O(actors). Labels are the column's words as they stand.
[[nodiscard]] grouping group_actors(const value_network& network, by what);
/// By any column of the actor table, or "role". Throws std::invalid_argument where there is none of
/// that name.
[[nodiscard]] grouping group_actors(const value_network& network, std::string_view column);

/// Provinces that are looked at together.
struct circle {
  std::string name;
  std::vector<std::string> provinces;
};

/// The circles of the source reports: 京津冀, 长三角, 珠三角 (Guangdong) and 川渝.
[[nodiscard]] std::vector<circle> default_circles();

/// By circle, in the order given; actors of other provinces are in no group. Province names match
/// with or without their rank: 江苏 is 江苏省, 北京 is 北京市. Throws std::invalid_argument where
/// two circles share a province.
[[nodiscard]] grouping group_actors(const value_network& network,
                                    const std::vector<circle>& circles);

/// "domestic" where the country is `home`, "foreign" where it is another, no group where it is not
/// given. Countries are compared as they are written.
[[nodiscard]] grouping group_by_origin(const value_network& network,
                                       std::string_view home = "中国");

/// The types that are taken for institutional investors: investor, institutional_investor,
/// investment_institution, venture_capital, fund, 投资机构, 机构投资者, 创投机构, 基金.
[[nodiscard]] std::vector<std::string> default_institutional_types();

/// Of the actors that give an investment (a relation of dimension "investment"): "institutional"
/// where the type is one of these, "other" where it is another; no group where no type is given,
/// and for all that invest in nobody.
[[nodiscard]] grouping group_investors(
    const value_network& network,
    const std::vector<std::string>& institutional_types = default_institutional_types());

}  // namespace valuenet
