// From two tables to the statistics of a report, and to who gives most.
// Usage: example_03_value_network [DATA]      (default: data, the folder of the project)
#include "valuenet/valuenet.hpp"

#include <iostream>
#include <string>

namespace vn = valuenet;

int main(int argc, char** argv) {
  const std::string folder = std::string(argc > 1 ? argv[1] : "data") + "/example";
  const auto [network, accounting] =
      vn::read_csv({.actors = folder + "/actors.csv", .relations = folder + "/relations.csv"});
  std::cout << accounting.actors << " actors, " << accounting.relations << " relations\n";

  const vn::selection technology =
      vn::select(network, {.dimension = "technology", .until_year = 2021});
  const vn::summary_result summary = vn::summarize(technology);
  for (const char* name : {"nodes", "edges", "average_degree", "average_path_length", "diameter"}) {
    const vn::statistic& each = *summary.find(name);
    std::cout << each.label << " " << vn::format_number(*each.value, 4) << " (" << each.definition
              << ")\n";
  }

  const vn::ranking_result givers = vn::rank_by(technology, vn::actor_metric::out_degree, {.k = 3});
  for (const vn::ranked_actor& each : givers.actors) {
    std::cout << each.rank << ". " << network.label(each.actor) << " gives "
              << vn::format_number(each.value) << "\n";
  }

  const vn::flow_matrix_result flows =
      vn::flow_matrix(network, vn::by::city, {.selection = {.dimension = "technology"}});
  for (const vn::ranked_flow& each : vn::top_flows(flows, 3, vn::flow_scope::across)) {
    std::cout << flows.giver_groups[each.giver_group] << " -> "
              << flows.taker_groups[each.taker_group] << " " << vn::format_number(each.flow)
              << "\n";
  }
}
