// valuenet plot heatmap, chord, map.
#include "valuenet/network/flows.hpp"
#include "valuenet/report/flow_map.hpp"
#include "valuenet/report/flow_plots.hpp"

#include <map>
#include <memory>
#include <stdexcept>

#include <spdlog/spdlog.h>

#include "cli/cell_table.hpp"
#include "cli/groups.hpp"
#include "cli/plot_arguments.hpp"

namespace valuenet::cli {
namespace {

struct flow_arguments {
  input_arguments input;
  filter_arguments filters;
  plot_arguments plot;
  group_arguments groups;
  std::string takers;
  std::size_t most = 12;
  std::string scale = "log";
  bool within = true;
  bool tiles = false;
  std::vector<std::string> table;
};

// A table with a flow a row: FROM, TO and VALUE are columns.
flow_matrix_result flows_in_table(const flow_arguments& arguments, const program& shared) {
  if (arguments.input.files.size() != 1) {
    throw std::invalid_argument("--table reads one table of flows; give one file");
  }
  if (arguments.table.size() != 3) {
    throw std::invalid_argument(
        "--table: expected the columns of giver, taker and flow, such as --table from,to,percent");
  }
  const cell_table cells = read_cells(arguments.input.files[0], shared.exec);
  const std::size_t from = cells.needed(arguments.table[0]);
  const std::size_t to = cells.needed(arguments.table[1]);
  const std::size_t flow = cells.needed(arguments.table[2]);
  flow_matrix_result flows{.giver_grouping = arguments.table[0],
                           .taker_grouping = arguments.table[1],
                           .giver_groups = {},
                           .taker_groups = {},
                           .flow = {},
                           .given = {},
                           .taken = {},
                           .within = 0.0,
                           .across = 0.0};
  std::map<std::string, std::size_t> places;
  const auto place_of = [&](const std::string& name) {
    const auto [at, is_new] = places.try_emplace(name, places.size());
    if (is_new) flows.giver_groups.push_back(name);
    return at->second;
  };
  struct one_flow {
    std::size_t from;
    std::size_t to;
    double value;
  };
  std::vector<one_flow> rows;
  for (const auto& row : cells.rows) {
    const auto value = number_of(cells, row[flow]);
    if (!value) continue;
    if (*value < 0.0) cells.source.fail(row[flow].at, "a flow below 0");
    rows.push_back({place_of(row[from].text), place_of(row[to].text), *value});
  }
  flows.taker_groups = flows.giver_groups;
  const std::size_t count = flows.giver_groups.size();
  if (count > 4096) cells.source.fail(0, "over 4,096 groups; expected a table that can be drawn");
  flows.flow.assign(count * count, 0.0);
  flows.given.assign(count, 0.0);
  flows.taken.assign(count, 0.0);
  for (const one_flow& each : rows) {
    flows.flow[each.from * count + each.to] += each.value;
    flows.given[each.from] += each.value;
    flows.taken[each.to] += each.value;
    flows.total += each.value;
    (each.from == each.to ? flows.within : flows.across).value() += each.value;
  }
  return flows;
}

struct found_flows {
  flow_matrix_result flows;
  plot_options options;
};

found_flows flows_of(const flow_arguments& arguments, const program& shared) {
  if (!arguments.table.empty()) {
    return {flows_in_table(arguments, shared), plot_options_of(arguments.plot)};
  }
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const grouping givers = grouping_of(input.network, arguments.groups.by, arguments.groups.names);
  const flow_options options{.selection = selection_of(arguments.filters, input.network),
                             .measure = measure_of(arguments.groups)};
  flow_matrix_result flows =
      arguments.takers.empty()
          ? flow_matrix(input.network, givers, options, shared.exec)
          : flow_matrix(input.network, givers,
                        grouping_of(input.network, arguments.takers, arguments.groups.names),
                        options, shared.exec);
  return {std::move(flows), plot_options_of(arguments.plot, &input.network)};
}

void heat_map(const flow_arguments& arguments, const program& shared) {
  check_figure_file(arguments.plot);
  const found_flows found = flows_of(arguments, shared);
  write_figure(
      arguments.plot,
      plot_heat_map(found.flows, {.plot = found.options,
                                  .most = arguments.most,
                                  .scale = arguments.scale == "linear" ? color_scale::linear
                                                                       : color_scale::logarithmic}),
      shared);
}

void chord(const flow_arguments& arguments, const program& shared) {
  check_figure_file(arguments.plot);
  const found_flows found = flows_of(arguments, shared);
  write_figure(
      arguments.plot,
      plot_chord(found.flows,
                 {.plot = found.options, .most = arguments.most, .shows_within = arguments.within}),
      shared);
}

const std::map<std::string, place_level> levels{{"country", place_level::country},
                                                {"province", place_level::province},
                                                {"city", place_level::city}};

void flow_map(const flow_arguments& arguments, const program& shared) {
  check_figure_file(arguments.plot);
  const auto level = levels.find(arguments.groups.by);
  if (level == levels.end()) {
    throw std::invalid_argument("plot map --by " + arguments.groups.by +
                                ": a map shows places; give country, province or city");
  }
  const found_flows found = flows_of(arguments, shared);
  const flow_map_result map = draw_flow_map(
      found.flows, level->second,
      {.plot = found.options,
       .positions = arguments.tiles ? map_positions::tiles : map_positions::geographic,
       .most_flows = arguments.most});
  if (!map.unknown.empty()) {
    spdlog::warn(
        "{} of {} names are not on the map, such as \"{}\"; {} of the flow of {} touches "
        "them",
        map.unknown.size(), found.flows.giver_groups.size(), map.unknown.front(), map.unknown_flow,
        found.flows.total);
  }
  write_figure(arguments.plot, map.picture, shared);
}

std::shared_ptr<flow_arguments> add_common(
    CLI::App& kind, std::size_t most,
    const char* most_words = "The largest so many groups, the rest as one; 0: all") {
  auto arguments = std::make_shared<flow_arguments>();
  arguments->most = most;
  add_input(kind, arguments->input);
  add_filters(kind, arguments->filters);
  add_plot_arguments(kind, arguments->plot);
  add_groups(kind, arguments->groups);
  kind.add_option("-k,--top", arguments->most, most_words)->capture_default_str()->group("Groups");
  kind.add_option("--table", arguments->table,
                  "The file is a plain table with a flow a row: its columns of giver, taker and "
                  "flow")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("FROM,TO,VALUE")
      ->group("Groups");
  return arguments;
}

}  // namespace

void add_flow_plots(CLI::App& plot, program& shared) {
  {
    CLI::App* kind = plot.add_subcommand("heatmap", "A flow matrix as cells, givers by takers");
    const auto arguments = add_common(*kind, 20);
    kind->add_option("--to", arguments->takers, "Groups of the takers, where not those of --by")
        ->type_name("COLUMN")
        ->group("Groups");
    kind->add_option("--scale", arguments->scale, "Of the colours: log, linear")
        ->check(CLI::IsMember({"log", "linear"}))
        ->capture_default_str()
        ->group("Groups");
    kind->callback([arguments, &shared] {
      shared.action = [arguments, &shared] { heat_map(*arguments, shared); };
    });
  }
  {
    CLI::App* kind = plot.add_subcommand("chord", "A flow matrix as ribbons in a circle");
    const auto arguments = add_common(*kind, 12);
    kind->add_flag("!--no-within", arguments->within, "Without the flows within a group")
        ->group("Groups");
    kind->callback([arguments, &shared] {
      shared.action = [arguments, &shared] { chord(*arguments, shared); };
    });
  }
  {
    CLI::App* kind = plot.add_subcommand(
        "map", "Flows between places as arrows on a schematic map without borders");
    const auto arguments = add_common(*kind, 30, "Arrows for so many of the largest flows; 0: all");
    kind->add_flag("--tiles", arguments->tiles,
                   "Provinces in rows and columns instead of longitude and latitude")
        ->group("Groups");
    kind->callback([arguments, &shared] {
      shared.action = [arguments, &shared] { flow_map(*arguments, shared); };
    });
  }
}

}  // namespace valuenet::cli
