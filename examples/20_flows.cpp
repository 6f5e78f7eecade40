// Where technology goes: flows between provinces, net of returns and of what size would let expect.
// Usage: example_20_flows [DATA]      (default: data, the folder of the project)
#include "valuenet/valuenet.hpp"

#include <cstdio>
#include <string>
#include <vector>

namespace vn = valuenet;

int main(int argc, char** argv) {
  const std::string folder = std::string(argc > 1 ? argv[1] : "data") + "/example";
  const vn::value_network network =
      vn::read_csv({.actors = folder + "/actors.csv", .relations = folder + "/relations.csv"})
          .network;

  const vn::flow_matrix_result flows = vn::flow_matrix(
      network, vn::by::city, {.selection = {.dimension = "technology", .from_year = 2018}});
  const std::vector<double> net = vn::net_flows(flows);
  const vn::expected_flows_result expected =
      vn::expected_flows(flows, {.scope = vn::flow_scope::across});
  std::printf("%g relations between cities, %g of them within one\n", flows.total, *flows.within);
  std::puts("flow  share   net  residual");
  for (const vn::ranked_flow& each : vn::top_flows(flows, 4, vn::flow_scope::across)) {
    const std::size_t cell = each.giver_group * flows.taker_groups.size() + each.taker_group;
    std::printf("%4g  %4.1f%%  %+4g  %+8.3f  %s -> %s\n", each.flow, 100 * each.share, net[cell],
                expected.residual[cell], flows.giver_groups[each.giver_group].c_str(),
                flows.taker_groups[each.taker_group].c_str());
  }
}
