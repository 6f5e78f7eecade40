#include "cli/groups.hpp"

#include "valuenet/error.hpp"
#include "valuenet/network/sectors.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <stdexcept>
#include <utility>

#include "cli/published_file.hpp"

namespace valuenet::cli {
namespace {

std::vector<circle> circles_of(const std::vector<std::string>& texts) {
  if (texts.empty()) return default_circles();
  std::vector<circle> own;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw std::invalid_argument("--circle " + text + " is not NAME=PROVINCE[,PROVINCE]");
    }
    circle one{.name = text.substr(0, equals), .provinces = {}};
    std::size_t from = equals + 1;
    while (from <= text.size()) {
      const std::size_t comma = std::min(text.find(',', from), text.size());
      one.provinces.push_back(text.substr(from, comma - from));
      from = comma + 1;
    }
    own.push_back(std::move(one));
  }
  return own;
}

const std::map<std::string, flow_measure> measures{{"relations", flow_measure::relations},
                                                   {"edges", flow_measure::edges},
                                                   {"weight", flow_measure::weight}};

/// The grouping of this name in the table, if it has one.
std::optional<grouping> grouping_in(const std::string& file, const value_network& network,
                                    const std::string& name) {
  const printed_table table = read_printed_table(file);
  if (table.columns.size() < 2) {
    throw parse_error({file, 1, 0},
                      "one column; a column of words and columns of their groups were expected");
  }
  const auto at = std::find(table.columns.begin() + 1, table.columns.end(), name);
  if (at == table.columns.end()) return std::nullopt;
  const auto column = static_cast<std::size_t>(at - table.columns.begin());
  std::vector<regrouped_word> words;
  for (const auto& row : table.rows) words.push_back({row.front(), row[column]});
  return regroup_actors(network, table.columns.front(), words, name);
}

}  // namespace

void add_grouping(CLI::App& verb, grouping_arguments& arguments, const char* group) {
  verb.add_option(
          "--circle", arguments.circles,
          "NAME=PROVINCE[,PROVINCE]: a circle of your own (default: 京津冀, 长三角, 珠三角, "
          "川渝)")
      ->allow_extra_args(false)
      ->group(group);
  verb.add_option("--groups", arguments.table,
                  "A CSV table of your own groups: its first column is headed by a column of "
                  "actors (industry) and has its words, each further one is a grouping (branch)")
      ->type_name("FILE")
      ->group(group);
  verb.add_option("--home", arguments.home, "Country that is domestic")
      ->capture_default_str()
      ->group(group);
}

grouping grouping_of(const value_network& network, const std::string& by,
                     const grouping_arguments& arguments) {
  if (!arguments.table.empty()) {
    if (const auto own = grouping_in(arguments.table, network, by)) return *own;
  }
  // A table's own column comes first.
  if (find_column(network.actors(), by) == nullptr) {
    if (by == "circle") return group_actors(network, circles_of(arguments.circles));
    if (by == "origin") return group_by_origin(network, arguments.home);
    if (by == "investor") return group_investors(network);
  }
  return group_actors(network, by);
}

void add_groups(CLI::App& verb, group_arguments& arguments) {
  const auto group = "Groups";
  verb.add_option("--by", arguments.by, grouping_names)->capture_default_str()->group(group);
  add_grouping(verb, arguments.names, group);
  verb.add_option("--measure", arguments.measure,
                  "relations (rows), edges (distinct giver, taker and kind), weight")
      ->check(CLI::IsMember({"relations", "edges", "weight"}))
      ->capture_default_str()
      ->group(group);
}

flow_measure measure_of(const group_arguments& arguments) {
  return measures.at(arguments.measure);
}

}  // namespace valuenet::cli
