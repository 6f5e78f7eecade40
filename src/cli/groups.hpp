// The groups of actors that verbs take: places, circles, types, sectors, any column.
#pragma once

#include "valuenet/network/flows.hpp"
#include "valuenet/network/grouping.hpp"

#include <string>
#include <vector>

#include "cli/program.hpp"

namespace valuenet::cli {

/// --circle, --home and --groups: what names of groupings mean beside columns.
struct grouping_arguments {
  std::vector<std::string> circles;
  std::string home = "中国";
  /// A table whose first column has the name of a column of actors and its words, and whose further
  /// columns are groups of these, each a grouping of its own name.
  std::string table;
};

/// What may stand for a group, for the help of --by and its kin.
inline constexpr const char* grouping_names =
    "country, province, city, circle, type, role, sector, industry, origin (domestic, foreign), "
    "investor (institutional, other) any column of the actor table, or one of --groups";

void add_grouping(CLI::App& verb, grouping_arguments& arguments, const char* group);
[[nodiscard]] grouping grouping_of(const value_network& network, const std::string& by,
                                   const grouping_arguments& arguments = {});

/// --by, --circle, --home and --measure.
struct group_arguments {
  std::string by = "province";
  grouping_arguments names;
  std::string measure = "relations";
};

void add_groups(CLI::App& verb, group_arguments& arguments);
[[nodiscard]] flow_measure measure_of(const group_arguments& arguments);

}  // namespace valuenet::cli
