#include "cli/layout_arguments.hpp"

#include <stdexcept>

namespace valuenet::cli {

void add_layout_arguments(CLI::App& verb, layout_arguments& arguments) {
  const auto group = "Layout";
  verb.add_option("--color-by", arguments.color_by,
                  "What colours show: community, or " + std::string(grouping_names))
      ->capture_default_str()
      ->group(group);
  verb.add_option("--size-by", arguments.size_by,
                  "What sizes show: degree, in-degree, betweenness, ... as in rank --by; none")
      ->capture_default_str()
      ->group(group);
  verb.add_option("--iterations", arguments.iterations,
                  "Of the forces, on each level of the layout")
      ->check(CLI::Range(0, 1'000'000))
      ->capture_default_str()
      ->group(group);
  add_grouping(verb, arguments.names, group);
}

network_layout_options layout_options_of(const layout_arguments& arguments,
                                         const value_network& network, const program& shared) {
  network_layout_options options{.seed = shared.seed};
  options.layout.forces.iterations = arguments.iterations;
  if (arguments.color_by != "community") {
    options.groups = grouping_of(network, arguments.color_by, arguments.names);
  }
  if (arguments.size_by == "none") {
    options.size.reset();
  } else {
    options.size = parse_actor_metric(arguments.size_by);
    if (!options.size) {
      throw std::invalid_argument("--size-by " + arguments.size_by +
                                  ": there is no metric of that name; valuenet rank --help lists "
                                  "them, and none draws all alike");
    }
  }
  return options;
}

}  // namespace valuenet::cli
