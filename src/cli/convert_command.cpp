// valuenet convert: from any format to CSV, GEXF, GraphML or a snapshot, with computed statistics
// if wanted.
#include "valuenet/io/csv.hpp"
#include "valuenet/io/gexf.hpp"
#include "valuenet/io/graphml.hpp"
#include "valuenet/io/snapshot.hpp"
#include "valuenet/metrics/clustering.hpp"
#include "valuenet/metrics/communities.hpp"
#include "valuenet/metrics/components.hpp"
#include "valuenet/metrics/degree.hpp"
#include "valuenet/metrics/distances.hpp"
#include "valuenet/report/summary_report.hpp"

#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/input.hpp"
#include "cli/layout_arguments.hpp"
#include "cli/program.hpp"

namespace valuenet::cli {
namespace {

struct convert_arguments {
  input_arguments input;
  filter_arguments filters;
  bool statistics = false;
  bool layout = false;
  layout_arguments drawn;
};

/// Statistics of every vertex, under the column names that Gephi gives them.
std::vector<computed_column> statistics_of(const graph& g, const program& shared) {
  const execution& exec = shared.exec;
  std::vector<computed_column> columns;
  columns.emplace_back("Degree", degrees(g, degree_kind::total, exec));
  if (g.is_directed()) {
    columns.emplace_back("In-Degree", degrees(g, degree_kind::in, exec));
    columns.emplace_back("Out-Degree", degrees(g, degree_kind::out, exec));
  }
  columns.emplace_back("Weighted Degree", weighted_degrees(g, degree_kind::total, exec));
  columns.emplace_back("Eccentricity",
                       distances(g, {.method = distance_method::exact}, exec).eccentricity);
  const clustering_result triangles = clustering(g, {}, exec);
  columns.emplace_back("Clustering Coefficient", triangles.local, triangles.defined);
  columns.emplace_back("Triangles", triangles.triangles);
  columns.emplace_back("Component ID", weak_components(g, exec).component);
  if (g.is_directed()) {
    columns.emplace_back("Strongly-Connected ID", strong_components(g, exec).component);
  }
  columns.emplace_back("Modularity Class",
                       communities(g, {.seed = shared.seed, .runs = 10}, exec).community);
  return columns;
}

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() &&
         std::equal(end.rbegin(), end.rend(), text.rbegin(), [](char a, char b) {
           return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b)));
         });
}

/// The whole network as it was read, or what the filters select of it.
template <class Network>
void write(const Network& network, const std::string& file, const write_options& options,
           const execution& exec) {
  write_result written;
  if (ends_with(file, ".gexf")) {
    written = write_gexf(network, file, options, exec);
  } else if (ends_with(file, ".graphml") || ends_with(file, ".xml")) {
    written = write_graphml(network, file, options, exec);
  } else if (ends_with(file, ".csv")) {
    const std::string prefix = file.substr(0, file.size() - 4);
    written = write_csv(network,
                        {.actors = prefix + ".actors.csv", .relations = prefix + ".relations.csv"},
                        options, exec);
  } else if (ends_with(file, ".vnet")) {
    written = write_snapshot(network, file, options, exec);
  } else {
    throw std::invalid_argument(file +
                                ": its name tells no format that valuenet writes; end it with "
                                ".gexf, .graphml, .csv or .vnet");
  }
  spdlog::info("{}: {} actors, {} relations", file, written.actors, written.relations);
  if (written.replaced_characters != 0) {
    spdlog::warn("{} characters that the format cannot hold became U+FFFD",
                 written.replaced_characters);
  }
  for (const std::string& column : written.replaced_columns) {
    spdlog::warn("the column \"{}\" gave way to the computed one of that name", column);
  }
}

void convert(convert_arguments arguments, const program& shared) {
  const std::string output = arguments.input.files.back();
  arguments.input.files.pop_back();
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const bool whole =
      !has_conditions(arguments.filters) && !arguments.statistics && !arguments.layout;
  if (whole) {
    write(input.network, output, {}, shared.exec);
    return;
  }
  const selection selected =
      select(input.network, selection_of(arguments.filters, input.network), shared.exec);
  for (const std::string& line : accounting_lines(selected.accounting())) spdlog::info("{}", line);
  write_options options;
  if (arguments.statistics) options.actor_columns = statistics_of(selected.graph(), shared);
  if (arguments.layout) {
    if (!ends_with(output, ".gexf") && !ends_with(output, ".graphml") &&
        !ends_with(output, ".xml")) {
      throw std::invalid_argument("--layout: " + output +
                                  " holds no positions; write .gexf or .graphml");
    }
    const network_layout_result layout = lay_out_network(
        selected, layout_options_of(arguments.drawn, input.network, shared), shared.exec);
    options.positions = layout.positions;
    if (ends_with(output, ".gexf")) {
      options.sizes = layout.radii;
      for (const color& each : layout.colors) {
        options.colors.push_back({each.red, each.green, each.blue});
      }
    }
  }
  write(selected, output, options, shared.exec);
}

}  // namespace

void add_convert(CLI::App& app, program& shared) {
  CLI::App* verb = app.add_subcommand(
      "convert", "Write a network, or a part of it, as GEXF, GraphML, CSV tables or a snapshot");
  auto arguments = std::make_shared<convert_arguments>();
  add_input(*verb, arguments->input);
  verb->get_option("FILE")->expected(2, 3)->description(
      "One or two input files as in summary, then the output: NAME.gexf, NAME.graphml, "
      "NAME.csv (which makes NAME.actors.csv and NAME.relations.csv) or NAME.vnet (a snapshot: "
      "one binary file that is read again fastest)");
  add_filters(*verb, arguments->filters);
  verb->add_flag(
          "--statistics", arguments->statistics,
          "Write degree, eccentricity, clustering, components and communities of every actor, "
          "under Gephi's column names")
      ->group("Output");
  verb->add_flag("--layout", arguments->layout,
                 "Lay the network out and write positions (GEXF, GraphML), sizes and colours "
                 "(GEXF): the picture of valuenet plot network, in Gephi")
      ->group("Layout");
  add_layout_arguments(*verb, arguments->drawn);
  verb->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { convert(*arguments, shared); };
  });
}

}  // namespace valuenet::cli
