// valuenet plot: figures for papers, as SVG and PNG.
#include <string>

#include "cli/plot_arguments.hpp"

namespace valuenet::cli {
namespace {

struct example {
  const char* kind;
  const char* line;
};
// Shown below a kind's options.
constexpr example examples[] = {
    {"degrees", "valuenet plot degrees actors.csv relations.csv --degree in -o degrees.svg"},
    {"rank-size", "valuenet plot rank-size actors.csv relations.csv --by city -o cities.svg"},
    {"lorenz",
     "valuenet plot lorenz actors.csv relations.csv --dimension technology -o lorenz.svg"},
    {"distances", "valuenet plot distances actors.csv relations.csv -o distances.svg"},
    {"clustering", "valuenet plot clustering actors.csv relations.csv -o clustering.svg"},
    {"bars", "valuenet plot bars actors.csv relations.csv --by province --top 20 -o bars.png"},
    {"stacked-bars",
     "valuenet plot stacked-bars actors.csv relations.csv --by year --split dimension --vertical "
     "-o years.svg"},
    {"radar",
     "valuenet plot radar hierarchy.json indicators.csv --top 5 --language zh -o radar.svg"},
    {"published",
     "valuenet plot published actors.csv relations.csv --published average_degree=2.28,diameter=14 "
     "-o published.svg"},
    {"heatmap", "valuenet plot heatmap actors.csv relations.csv --by province -o heatmap.svg"},
    {"chord", "valuenet plot chord flows.csv --table from,to,percent --no-within -o chord.svg"},
    {"map", "valuenet plot map actors.csv relations.csv --by city --language zh -o map.svg"},
    {"network", "valuenet plot network actors.csv relations.csv --color-by type -o network.png"},
    {"years",
     "valuenet plot years actors.csv relations.csv --statistics nodes,average_clustering -o "
     "years.svg"},
    {"ranking", "valuenet plot ranking actors.csv relations.csv --by pagerank -o ranking.svg"},
};

}  // namespace

void add_plot(CLI::App& app, program& shared) {
  CLI::App* verb =
      app.add_subcommand("plot", "Figures as SVG or PNG: valuenet plot KIND INPUT -o figure.svg");
  verb->require_subcommand(1);
  add_distribution_plots(*verb, shared);
  add_category_plots(*verb, shared);
  add_flow_plots(*verb, shared);
  add_time_plots(*verb, shared);
  add_network_plots(*verb, shared);
  for (const example& each : examples) {
    verb->get_subcommand(each.kind)->footer(std::string("Example:\n  ") + each.line);
  }
}

}  // namespace valuenet::cli
