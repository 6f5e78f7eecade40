// The network year by year, how the ranks of its leaders change, and by which law it grows.
// Usage: example_24_evolution [DATA]      (default: data, the folder of the project)
#include "valuenet/valuenet.hpp"

#include <cstdio>
#include <string>

namespace vn = valuenet;

int main(int argc, char** argv) {
  const std::string folder = std::string(argc > 1 ? argv[1] : "data") + "/example";
  const vn::value_network network =
      vn::read_csv({.actors = folder + "/actors.csv", .relations = folder + "/relations.csv"})
          .network;

  const vn::evolution_result evolution =
      vn::evolution(network, {.selection = {.from_year = 2018}, .summary = {.runs = 1}});
  std::puts("until  actors  entering  edges  average degree");
  for (const vn::network_slice& slice : evolution.slices) {
    std::printf("%5d  %6llu  %8llu  %5llu  %14.4f\n", slice.until_year,
                static_cast<unsigned long long>(slice.actors),
                static_cast<unsigned long long>(slice.entering),
                static_cast<unsigned long long>(slice.edges),
                *slice.summary.find("average_degree")->value);
  }

  const vn::rank_evolution_result ranks = vn::rank_evolution(
      network, vn::actor_metric::degree, {.selection = {.from_year = 2018}}, {.k = 3});
  for (const vn::rank_history& each : ranks.actors) {
    std::printf("ranks of %s:", std::string(network.label(each.actor)).c_str());
    for (const auto& rank : each.rank) {
      if (rank) {
        std::printf(" %zu", *rank);
      } else {
        std::printf(" -");
      }
    }
    std::puts("");
  }
}
