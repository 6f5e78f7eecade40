// Who spans structural holes, who lets things into a city, who holds the network together.
// Usage: example_22_roles [DATA]      (default: data, the folder of the project)
#include "valuenet/valuenet.hpp"

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace vn = valuenet;

int main(int argc, char** argv) {
  const std::string folder = std::string(argc > 1 ? argv[1] : "data") + "/example";
  const vn::value_network network =
      vn::read_csv({.actors = folder + "/actors.csv", .relations = folder + "/relations.csv"})
          .network;
  const vn::selection selected = vn::select(network);
  const vn::graph& g = selected.graph();

  // The cities of the graph's vertices.
  const vn::grouping cities = vn::group_actors(network, vn::by::city);
  std::vector<std::uint32_t> city;
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    city.push_back(cities.group[selected.actor(v)]);
  }
  const vn::structural_holes_result holes = vn::structural_holes(g);
  const vn::brokerage_result brokers = vn::brokerage(g, city);
  const vn::cut_result cuts = vn::cuts(g);

  const auto gatekeeper = static_cast<std::size_t>(vn::brokerage_role::gatekeeper);
  const auto liaison = static_cast<std::size_t>(vn::brokerage_role::liaison);
  std::puts("constraint  effective size  gatekeeper  liaison  holds together");
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    if (holes.defined[v] == 0 || holes.constraint[v] > 0.5) continue;
    std::printf("%10.3f  %14.2f  %10llu  %7llu  %14s  %s\n", holes.constraint[v],
                holes.effective_size[v],
                static_cast<unsigned long long>(brokers.counts[v][gatekeeper]),
                static_cast<unsigned long long>(brokers.counts[v][liaison]),
                cuts.is_articulation[v] != 0 ? "yes" : "no",
                std::string(network.label(selected.actor(v))).c_str());
  }
}
