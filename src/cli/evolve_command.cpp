// valuenet evolve: the summary year by year.
#include "valuenet/graph/convention.hpp"
#include "valuenet/network/slices.hpp"

#include <memory>

#include <spdlog/spdlog.h>

#include "cli/output.hpp"
#include "cli/program.hpp"

namespace valuenet::cli {
namespace {

struct evolve_arguments {
  input_arguments input;
  filter_arguments filters;
  output_arguments output;
  std::optional<int> window;
  std::string convention = "gephi";
  int runs = 10;
};

void evolve(const evolve_arguments& arguments, const program& shared) {
  const read_result input = read_input(arguments.input, shared);
  evolution_options options{.selection = selection_of(arguments.filters, input.network),
                            .window = arguments.window};
  // An actor belongs to a slice through its relations of those years, unless asked otherwise.
  options.selection.all_actors = arguments.filters.all_actors;
  options.summary.convention = *parse_convention(arguments.convention);
  options.summary.runs = arguments.runs;
  options.summary.seed = shared.seed;
  const evolution_result evolved = evolution(input.network, options, shared.exec);
  if (evolved.slices.empty()) {
    throw std::invalid_argument("no relation has a year; evolve needs a column of years");
  }

  table text{.title = "The network year by year (" + arguments.convention + " convention)",
             .columns = {{"statistic"}}};
  json object = with_provenance(input.network, "evolve");
  object["convention"] = arguments.convention;
  object["undated_relations"] = evolved.undated;
  object["slices"] = json::array();
  for (const network_slice& slice : evolved.slices) {
    const std::string until = std::to_string(slice.until_year);
    text.columns.push_back({slice.from_year && *slice.from_year != slice.until_year
                                ? std::to_string(*slice.from_year) + "-" + until
                                : until,
                            alignment::right});
  }
  const auto add_row = [&](const std::string& name, auto&& cell) {
    std::vector<std::string> row{name};
    for (std::size_t i = 0; i < evolved.slices.size(); ++i) row.push_back(cell(i));
    text.rows.push_back(std::move(row));
  };
  for (const statistic& each : evolved.slices.back().summary.statistics) {
    add_row(each.label, [&](std::size_t i) {
      const statistic* found = evolved.slices[i].summary.find(each.name);
      return optional_text(found != nullptr ? found->value : std::nullopt, "");
    });
  }
  add_row("actors entering",
          [&](std::size_t i) { return format_count(evolved.slices[i].entering); });
  add_row("actors leaving", [&](std::size_t i) { return format_count(evolved.slices[i].leaving); });
  const auto node_growth = growth(evolved, "nodes");
  const auto edge_growth = growth(evolved, "edges");
  const auto rate = [](const std::optional<double>& value) {
    return value ? percent(*value) : std::string();
  };
  add_row("growth of nodes", [&](std::size_t i) { return rate(node_growth[i]); });
  add_row("growth of edges", [&](std::size_t i) { return rate(edge_growth[i]); });
  for (std::size_t i = 0; i < evolved.slices.size(); ++i) {
    const network_slice& slice = evolved.slices[i];
    json one;
    one["from_year"] = slice.from_year ? json(*slice.from_year) : json(nullptr);
    one["until_year"] = slice.until_year;
    for (const statistic& s : slice.summary.statistics) {
      one["statistics"][s.name] = {{"value", optional_json(s.value)},
                                   {"definition", s.definition},
                                   {"population", s.population}};
    }
    one["entering"] = slice.entering;
    one["leaving"] = slice.leaving;
    one["growth_of_nodes"] = optional_json(node_growth[i]);
    one["growth_of_edges"] = optional_json(edge_growth[i]);
    object["slices"].push_back(std::move(one));
  }
  if (evolved.undated != 0) {
    text.notes.push_back(format_count(evolved.undated) + " relations have no year and are " +
                         (options.selection.keep_undated ? "in every slice." : "in no slice."));
  }
  if (!input.network.surrogate_notice().empty()) {
    text.notes.push_back("Made-up network: " + input.network.surrogate_notice());
  }
  print_result(arguments.output, text, object);
}

}  // namespace

void add_evolve(CLI::App& app, program& shared) {
  CLI::App* verb = app.add_subcommand(
      "evolve", "The network statistics year by year, cumulative or in a window");
  auto arguments = std::make_shared<evolve_arguments>();
  add_input(*verb, arguments->input);
  add_filters(*verb, arguments->filters);
  add_output(*verb, arguments->output);
  const auto group = "Evolution";
  verb->add_option("--window", arguments->window,
                   "Years a slice spans; default: all up to its year")
      ->type_name("YEARS")
      ->group(group);
  verb->add_option("--convention", arguments->convention, "gephi, networkx, igraph")
      ->check(CLI::IsMember({"gephi", "networkx", "igraph"}))
      ->capture_default_str()
      ->group(group);
  verb->add_option("--runs", arguments->runs, "Runs of the search for communities a slice")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str()
      ->group(group);
  verb->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { evolve(*arguments, shared); };
  });
}

}  // namespace valuenet::cli
