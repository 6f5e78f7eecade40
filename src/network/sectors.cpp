#include "valuenet/network/sectors.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <stdexcept>
#include <utility>

namespace valuenet {
namespace {

const text_column& column_of(const value_network& network, std::string_view name) {
  const text_column* found = find_column(network.actors(), name);
  if (found == nullptr) {
    throw std::invalid_argument("grouping: the actor table has no column \"" + std::string(name) +
                                '"');
  }
  return *found;
}

/// Numbers labels in the order in which they come.
class labels {
 public:
  explicit labels(grouping& groups) : groups_(groups) {}
  std::uint32_t operator()(const std::string& label) {
    const auto [at, is_new] =
        numbers_.try_emplace(label, static_cast<std::uint32_t>(groups_.labels.size()));
    if (is_new) groups_.labels.push_back(label);
    return at->second;
  }

 private:
  grouping& groups_;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
};

/// Each actor the group of its word, where the table has it.
void put_actors(const value_network& network, const text_column& column,
                const std::map<std::string, std::uint32_t, std::less<>>& group_of,
                bool ending_may_lack, grouping& result) {
  constexpr std::string_view ending = "业";
  std::vector<std::uint32_t> group_of_word(column.words().size(), no_group);
  for (symbol word = 1; word < column.words().size(); ++word) {
    const std::string_view text = column.words()[word];
    auto found = group_of.find(text);
    if (found == group_of.end() && ending_may_lack) {
      found = group_of.find(std::string(text) + std::string(ending));
    }
    if (found != group_of.end()) group_of_word[word] = found->second;
  }
  result.group.resize(network.actor_count());
  for (std::size_t a = 0; a < result.group.size(); ++a) {
    result.group[a] = group_of_word[column.code(a)];
  }
}

std::optional<double> ratio(double part, double whole) {
  if (whole == 0.0) return std::nullopt;
  return part / whole;
}

/// The actors of `groups` that are in one group of another grouping; the others in none.
grouping within(const grouping& groups, const grouping& wider, std::uint32_t which) {
  grouping result = groups;
  for (std::size_t a = 0; a < result.group.size(); ++a) {
    if (wider.group[a] != which) result.group[a] = no_group;
  }
  return result;
}

/// The levels below the sides, one within the other.
class ladder {
 public:
  ladder(const value_network& network, const std::vector<std::uint8_t>& focus,
         const sector_options& options, const execution& exec)
      : network_(network), focus_(focus), options_(options), exec_(exec) {}

  void add(const char* level, const std::string& parent, const grouping& groups,
           sector_result& result) const {
    const exchange_result found = exchange(network_, focus_, groups, options_.flows, exec_);
    for (const exchange_partner& partner : found.partners) {
      result.lines.push_back({level, parent, partner});
    }
  }

  /// `lower` under each group of `upper`.
  void add_under(const char* level, const grouping& upper, const grouping& lower,
                 sector_result& result) const {
    for (std::uint32_t group = 0; group < upper.labels.size(); ++group) {
      const grouping part = within(lower, upper, group);
      const bool is_empty = std::all_of(part.group.begin(), part.group.end(),
                                        [](std::uint32_t g) { return g == no_group; });
      if (!is_empty) add(level, upper.labels[group], part, result);
    }
  }

 private:
  const value_network& network_;
  const std::vector<std::uint8_t>& focus_;
  const sector_options& options_;
  const execution& exec_;
};

}  // namespace

grouping group_by_industry(const value_network& network, industry_level level,
                           std::string_view column,
                           const std::vector<industry_class>& classification) {
  const char* const names[] = {"industry sector", "industry section", "industry division"};
  grouping result{.name = names[static_cast<std::size_t>(level)], .labels = {}, .group = {}};
  const text_column& words = column_of(network, column);
  labels number(result);
  std::map<std::string, std::uint32_t, std::less<>> group_of;
  for (const industry_class& each : classification) {
    const std::string& name = level == industry_level::sector    ? each.sector
                              : level == industry_level::section ? each.section
                                                                 : each.label;
    if (name.empty() || (level == industry_level::division && each.label == each.section)) continue;
    const auto [at, is_new] = group_of.try_emplace(each.label, number(name));
    if (!is_new && result.labels[at->second] != name) {
      throw std::invalid_argument("classification: " + each.label + " stands in " +
                                  result.labels[at->second] + " and in " + name);
    }
  }
  put_actors(network, words, group_of, true, result);
  return result;
}

grouping regroup_actors(const value_network& network, std::string_view column,
                        const std::vector<regrouped_word>& words, std::string_view name) {
  grouping result{.name = std::string(name), .labels = {}, .group = {}};
  const text_column& found = column_of(network, column);
  labels number(result);
  std::map<std::string, std::uint32_t, std::less<>> group_of;
  for (const regrouped_word& each : words) {
    if (each.word.empty() || each.group.empty()) continue;
    const auto [at, is_new] = group_of.try_emplace(each.word, number(each.group));
    if (!is_new && result.labels[at->second] != each.group) {
      throw std::invalid_argument("groups: " + each.word + " stands in " +
                                  result.labels[at->second] + " and in " + each.group);
    }
  }
  put_actors(network, found, group_of, false, result);
  return result;
}

exchange_result exchange(const value_network& network, const std::vector<std::uint8_t>& focus,
                         const grouping& partners, const flow_options& options,
                         const execution& exec) {
  if (focus.size() != network.actor_count() || partners.group.size() != network.actor_count()) {
    throw std::invalid_argument("exchange: focus has " + std::to_string(focus.size()) +
                                " actors, partners " + std::to_string(partners.group.size()) +
                                ", the network " + std::to_string(network.actor_count()));
  }
  grouping inside{.name = "focus", .labels = {"focus"}, .group = {}};
  grouping others = partners;
  // The focus among the partners' groups, behind them all.
  const auto own = static_cast<std::uint32_t>(others.labels.size());
  const std::uint32_t without = own + 1;
  others.labels.insert(others.labels.end(), {"focus", "no group"});
  for (std::size_t a = 0; a < focus.size(); ++a) {
    inside.group.push_back(focus[a] != 0 ? 0 : no_group);
    if (focus[a] != 0) {
      others.group[a] = own;
    } else if (others.group[a] == no_group) {
      others.group[a] = without;
    }
  }
  const flow_matrix_result given = flow_matrix(network, inside, others, options, exec);
  const flow_matrix_result taken = flow_matrix(network, others, inside, options, exec);
  exchange_result result;
  result.within = given(0, own);
  result.given_without_group = given(0, without);
  result.taken_without_group = taken(without, 0);
  for (std::size_t group = 0; group < own; ++group) {
    const double out = given(0, group);
    const double in = taken(group, 0);
    result.given += out;
    result.taken += in;
    if (out == 0.0 && in == 0.0) continue;
    result.partners.push_back({partners.labels[group], out, in, {}, {}, {}, {}});
  }
  for (exchange_partner& each : result.partners) {
    each.share_of_given = ratio(each.given, result.given);
    each.share_of_taken = ratio(each.taken, result.taken);
    each.share_of_both = ratio(each.given + each.taken, result.given + result.taken);
    each.given_of_both = ratio(each.given, each.given + each.taken);
  }
  return result;
}

sector_result sector_exchanges(const value_network& network, const sector_options& options,
                               const execution& exec) {
  const grouping sides = group_actors(network, options.side_column);
  const auto at = std::find(sides.labels.begin(), sides.labels.end(), options.focus);
  if (at == sides.labels.end()) {
    throw std::invalid_argument("sectors: no actor's " + options.side_column + " is " +
                                options.focus);
  }
  const auto focus_side = static_cast<std::uint32_t>(at - sides.labels.begin());
  std::vector<std::uint8_t> focus(network.actor_count(), 0);
  for (std::size_t a = 0; a < focus.size(); ++a) focus[a] = sides.group[a] == focus_side ? 1 : 0;

  sector_result result;
  // What the focus has with itself is a line among those of the sides, and enters their shares.
  exchange_result across = exchange(network, focus, sides, options.flows, exec);
  across.partners.insert(across.partners.begin(),
                         {options.focus, across.within, across.within, {}, {}, {}, {}});
  const double given = across.given + across.within;
  const double taken = across.taken + across.within;
  for (exchange_partner& side : across.partners) {
    side.share_of_given = ratio(side.given, given);
    side.share_of_taken = ratio(side.taken, taken);
    side.share_of_both = ratio(side.given + side.taken, given + taken);
    side.given_of_both = ratio(side.given, side.given + side.taken);
    result.lines.push_back({"side", "", side});
  }

  if (options.industry_column.empty()) return result;
  const auto industries = [&](industry_level level) {
    grouping groups =
        group_by_industry(network, level, options.industry_column, options.classification);
    for (std::size_t a = 0; a < groups.group.size(); ++a) {
      if (sides.group[a] == no_group) groups.group[a] = no_group;
    }
    return groups;
  };
  const grouping sectors = industries(industry_level::sector);
  const grouping sections = industries(industry_level::section);
  const grouping divisions = industries(industry_level::division);
  const ladder steps(network, focus, options, exec);
  steps.add("sector", "", sectors, result);
  steps.add_under("section", sectors, sections, result);
  steps.add_under("division", sections, divisions, result);
  // With actors of a side, but of no industry that is known.
  grouping unknown{.name = "unclassified", .labels = {"unclassified"}, .group = {}};
  for (std::size_t a = 0; a < sectors.group.size(); ++a) {
    const bool is_unknown = sides.group[a] != no_group && sectors.group[a] == no_group;
    unknown.group.push_back(is_unknown ? 0 : no_group);
  }
  const exchange_result rest = exchange(network, focus, unknown, options.flows, exec);
  result.unclassified_given = rest.given;
  result.unclassified_taken = rest.taken;
  return result;
}

}  // namespace valuenet
