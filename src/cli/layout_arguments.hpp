// How a verb is told what a network's picture shows.
#pragma once

#include "valuenet/report/network_picture.hpp"

#include <string>

#include "cli/groups.hpp"
#include "cli/program.hpp"

namespace valuenet::cli {

/// --color-by, --size-by, --circle, --home and --groups, --iterations.
struct layout_arguments {
  std::string color_by = "community";
  std::string size_by = "degree";
  grouping_arguments names;
  std::uint32_t iterations = 100;
};

void add_layout_arguments(CLI::App& verb, layout_arguments& arguments);
[[nodiscard]] network_layout_options layout_options_of(const layout_arguments& arguments,
                                                       const value_network& network,
                                                       const program& shared);

}  // namespace valuenet::cli
