// valuenet plot network.
#include "valuenet/report/network_picture.hpp"

#include <memory>

#include "cli/layout_arguments.hpp"
#include "cli/plot_arguments.hpp"

namespace valuenet::cli {
namespace {

struct network_arguments {
  input_arguments input;
  filter_arguments filters;
  plot_arguments plot;
  layout_arguments layout;
  std::size_t labels = 40;
  bool legend = true;
};

void plot_network(const network_arguments& arguments, const program& shared) {
  check_figure_file(arguments.plot);
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const network_layout_options layout = layout_options_of(arguments.layout, input.network, shared);
  const selection selected =
      select(input.network, selection_of(arguments.filters, input.network), shared.exec);
  write_figure(arguments.plot,
               draw_network(selected, lay_out_network(selected, layout, shared.exec),
                            {.plot = plot_options_of(arguments.plot, &input.network),
                             .labels = arguments.labels,
                             .legend = arguments.legend}),
               shared);
}

}  // namespace

void add_network_plots(CLI::App& plot, program& shared) {
  CLI::App* kind = plot.add_subcommand(
      "network", "The network: actors as circles, leaves around their hubs, communities apart");
  const auto arguments = std::make_shared<network_arguments>();
  add_input(*kind, arguments->input);
  add_filters(*kind, arguments->filters);
  add_plot_arguments(*kind, arguments->plot);
  add_layout_arguments(*kind, arguments->layout);
  kind->add_option("-k,--labels", arguments->labels, "Names of so many of the largest actors")
      ->capture_default_str()
      ->group("Layout");
  kind->add_flag("!--no-legend", arguments->legend, "Without the legend")->group("Layout");
  kind->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { plot_network(*arguments, shared); };
  });
}

}  // namespace valuenet::cli
