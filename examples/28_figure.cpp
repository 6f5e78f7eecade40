// A figure for a paper: what cities give and take, as bars, in SVG.
// Usage: example_28_figure [DATA [FIGURE.svg]]   (default: data, the folder of the project; no
// file)
#include "valuenet/valuenet.hpp"

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

namespace vn = valuenet;

int main(int argc, char** argv) {
  const std::string folder = std::string(argc > 1 ? argv[1] : "data") + "/example";
  const vn::value_network network =
      vn::read_csv({.actors = folder + "/actors.csv", .relations = folder + "/relations.csv"})
          .network;
  const vn::flow_matrix_result flows = vn::flow_matrix(network, vn::by::city);

  std::vector<vn::bar_series> series{{.label = "given"}, {.label = "taken"}};
  for (std::size_t i = 0; i < flows.giver_groups.size(); ++i) {
    series[0].values.emplace_back(flows.given[i]);
    series[1].values.emplace_back(flows.taken[i]);
  }
  vn::bar_plot_options options;
  options.plot.width = 642.0;  // 170 mm, the width of a page
  options.plot.title = "Relations by city";
  options.plot.note = network.surrogate_notice();  // says so of a made-up network
  options.quantity = "relations";
  options.most = 5;
  const vn::drawing figure = vn::plot_bars(flows.giver_groups, series, options);
  const std::string svg = vn::render_svg(figure);
  std::printf("%s: %s\n", figure.title.c_str(), figure.description.c_str());
  std::printf("%g CSS pixels wide, %s\n", figure.width,
              svg.find("</svg>") != std::string::npos ? "as SVG with real text" : "cut off");
  if (argc > 2) std::ofstream(argv[2], std::ios::binary) << svg;
}
