// From patents and their applicants to the network of those who apply together.
// Usage: example_25_projection [DATA]      (default: data, the folder of the project)
#include "valuenet/valuenet.hpp"

#include <cstdio>
#include <string>

namespace vn = valuenet;

int main(int argc, char** argv) {
  const std::string folder = std::string(argc > 1 ? argv[1] : "data") + "/example";
  const vn::value_network records =
      vn::read_csv({.actors = folder + "/actors.csv", .relations = folder + "/patents.csv"},
                   {.giver_column = "patent", .taker_column = "applicants"})
          .network;
  // Each end may name several parties; here only the takers do.
  const vn::record_parties parties = vn::split_parties(records, {.ends = vn::party_ends::taker});
  const vn::value_network pairs = vn::expand_parties(records, parties);

  for (const auto weight : {vn::projection_weight::count, vn::projection_weight::fractional,
                            vn::projection_weight::newman}) {
    const vn::projection_result together = vn::project(pairs, {.weight = weight});
    std::printf("%s, from %llu patents of which %llu have one applicant\n",
                vn::to_string(weight).data(), static_cast<unsigned long long>(together.events),
                static_cast<unsigned long long>(together.lone_events));
    const vn::graph& g = together.graph;
    for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
      for (std::size_t i = 0; i < g.out_neighbors(v).size(); ++i) {
        const vn::vertex_id u = g.out_neighbors(v)[i];
        if (u < v) continue;
        std::printf("  %.3f  %s - %s\n", g.out_weights(v)[i],
                    std::string(pairs.label(together.actors[v])).c_str(),
                    std::string(pairs.label(together.actors[u])).c_str());
      }
    }
  }
}
