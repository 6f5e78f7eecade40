// Sectors and industries: who empowers whom, between the core sector and the industries.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/network/flows.hpp"
#include "valuenet/network/grouping.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace valuenet {

/// An industry's place in a classification: 汽车制造业 lies in the section 制造业, and that in the
/// sector secondary. A section's own line has the section as label.
struct industry_class {
  std::string label;
  std::string section;
  std::string sector;
};

/// China's: the 20 sections and 97 divisions of GB/T 4754-2017 with their sectors (primary,
/// secondary, tertiary) by the National Bureau of Statistics' division of three sectors of 2018
/// (the services to agriculture and mining and the repair of machines are tertiary).
[[nodiscard]] std::vector<industry_class> national_classification();

enum class industry_level : std::uint8_t {
  sector,    ///< primary, secondary, tertiary
  section,   ///< 制造业, 金融业, ...
  division,  ///< 汽车制造业, ...: the label as it stands, where it lies below a section
};

/// The actors by their words in `column`, at one level. A word is found as it stands, or with 业
/// put behind it (教育 is 教育, 汽车制造 is 汽车制造业). An actor whose word is not in the
/// classification, or only known by its section where divisions are asked for, is in no group.
/// Groups are in the order of the classification. Throws std::invalid_argument where there is no
/// such column, or a label stands in the classification twice with different places.
[[nodiscard]] grouping group_by_industry(
    const value_network& network, industry_level level, std::string_view column = "industry",
    const std::vector<industry_class>& classification = national_classification());

/// A word of a column and the group that its actors are put in.
struct regrouped_word {
  std::string word;
  std::string group;
};

/// The actors by their words in a column, put together by a table of one's own: group names in the
/// order of the table; words that it does not hold are in no group. Throws std::invalid_argument
/// where there is no such column, or a word stands in two groups.
[[nodiscard]] grouping regroup_actors(const value_network& network, std::string_view column,
                                      const std::vector<regrouped_word>& words,
                                      std::string_view name);

/// What the focus exchanges with one group of others.
struct exchange_partner {
  std::string name;
  /// From the focus to the group, and back.
  double given = 0.0;
  double taken = 0.0;
  /// Of all that the focus gives to groups, takes from them, both. Nothing where that is 0.
  std::optional<double> share_of_given;
  std::optional<double> share_of_taken;
  std::optional<double> share_of_both;
  /// given / (given + taken).
  std::optional<double> given_of_both;
};

struct exchange_result {
  /// In the order of the groups' labels, those with an exchange only.
  std::vector<exchange_partner> partners;
  double given = 0.0;
  double taken = 0.0;
  /// Within the focus, and with others who are in no group.
  double within = 0.0;
  double given_without_group = 0.0;
  double taken_without_group = 0.0;
};

/// What the actors of the focus (nonzero; one entry an actor of the network) exchange with the
/// groups of all others. O(relations + groups). Throws std::invalid_argument for other lengths, and
/// what select() throws.
[[nodiscard]] exchange_result exchange(const value_network& network,
                                       const std::vector<std::uint8_t>& focus,
                                       const grouping& partners, const flow_options& options = {},
                                       const execution& exec = {});

struct sector_options {
  /// The column that tells the focus from the rest, and its word for the focus.
  std::string side_column = "sector";
  std::string focus = "core";
  /// Empty: the sides alone.
  std::string industry_column = "industry";
  std::vector<industry_class> classification = national_classification();
  flow_options flows{};
};

/// One line of the exchange of the focus with the others, at some level.
struct sector_exchange {
  /// "side", "sector", "section" or "division".
  std::string level;
  /// What the line is a part of: shares are of that. A section's parent is its sector.
  std::string parent;
  exchange_partner partner;
};

struct sector_result {
  /// Sides first (the focus itself, then the others), then sectors, sections, divisions, each under
  /// the groups above it.
  std::vector<sector_exchange> lines;
  /// Exchange of the focus with actors of the other sides whose industry is not in the
  /// classification.
  double unclassified_given = 0.0;
  double unclassified_taken = 0.0;
};

/// The sectors' exchange, level by level: of what the core gives, which part goes to the core
/// itself and which to converged sectors; of that, to primary, secondary and tertiary industries;
/// of the secondary, to 制造业 and so on; and in each the core's share as the giver. Actors without
/// a word in the side column take no part. Cost: four flow counts. Throws std::invalid_argument
/// where a column does not exist or no actor has the focus' word.
[[nodiscard]] sector_result sector_exchanges(const value_network& network,
                                             const sector_options& options = {},
                                             const execution& exec = {});

}  // namespace valuenet
