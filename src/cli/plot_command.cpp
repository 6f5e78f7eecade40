// valuenet plot: figures for papers, as SVG and PNG.
#include "cli/plot_arguments.hpp"

namespace valuenet::cli {

void add_plot(CLI::App& app, program& shared) {
  CLI::App* verb =
      app.add_subcommand("plot", "Figures as SVG or PNG: valuenet plot KIND INPUT -o figure.svg");
  verb->require_subcommand(1);
  add_distribution_plots(*verb, shared);
  add_category_plots(*verb, shared);
  add_flow_plots(*verb, shared);
  add_time_plots(*verb, shared);
}

}  // namespace valuenet::cli
