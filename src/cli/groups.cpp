#include "cli/groups.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

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

}  // namespace

void add_grouping(CLI::App& verb, grouping_arguments& arguments, const char* group) {
  verb.add_option(
          "--circle", arguments.circles,
          "NAME=PROVINCE[,PROVINCE]: a circle of your own (default: 京津冀, 长三角, 珠三角, "
          "川渝)")
      ->group(group);
  verb.add_option("--home", arguments.home, "Country that is domestic")
      ->capture_default_str()
      ->group(group);
}

grouping grouping_of(const value_network& network, const std::string& by,
                     const grouping_arguments& arguments) {
  // A table's own column comes first.
  if (find_column(network.actors(), by) == nullptr) {
    if (by == "circle") return group_actors(network, circles_of(arguments.circles));
    if (by == "origin") return group_by_origin(network, arguments.home);
    if (by == "investor") return group_investors(network);
  }
  return group_actors(network, by);
}

}  // namespace valuenet::cli
