// Do the same actors meet in technology, human capital and investment?
// Usage: example_23_layers [DATA]      (default: data, the folder of the project)
#include "valuenet/valuenet.hpp"

#include <cstdio>
#include <string>

namespace vn = valuenet;

int main(int argc, char** argv) {
  const std::string folder = std::string(argc > 1 ? argv[1] : "data") + "/example";
  const vn::value_network network =
      vn::read_csv({.actors = folder + "/actors.csv", .relations = folder + "/relations.csv"})
          .network;

  const vn::layers_result layers = vn::layers_of(network, "dimension");
  const vn::multiplexity_result shared = vn::multiplexity(layers);
  for (const vn::layer_pair& pair : shared.pairs) {
    const vn::layer& first = layers.layers[pair.first];
    const vn::layer& second = layers.layers[pair.second];
    const vn::qap_result qap =
        vn::qap_correlation(first.graph, second.graph, {.permutations = 2000});
    std::printf(
        "%s and %s: %llu arcs in both (%.3f of those in either), %llu actors; "
        "QAP correlation %.3f, p = %.3f\n",
        first.name.c_str(), second.name.c_str(), static_cast<unsigned long long>(pair.common_arcs),
        pair.overlap.value_or(0.0), static_cast<unsigned long long>(pair.common_actors),
        qap.correlation.value_or(0.0), qap.p_two_sided.value_or(1.0));
  }
  for (std::size_t i = 0; i < layers.actors.size(); ++i) {
    if (shared.layers_of_actor[i] < 3) continue;
    std::printf("in all three: %s, participation %.3f\n",
                std::string(network.label(layers.actors[i])).c_str(), shared.participation[i]);
  }
}
