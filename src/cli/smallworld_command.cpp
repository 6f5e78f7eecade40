// valuenet smallworld: clustering and distances, or any statistic, against chance and a lattice.
#include "valuenet/graph/subgraph.hpp"
#include "valuenet/network/graph_metrics.hpp"
#include "valuenet/statistics/small_world.hpp"

#include <memory>

#include <fmt/format.h>

#include "cli/output.hpp"
#include "cli/program.hpp"

namespace valuenet::cli {
namespace {

struct smallworld_arguments {
  input_arguments input;
  filter_arguments filters;
  output_arguments output;
  std::string convention = "gephi";
  std::string measure = "average";
  std::uint32_t replicates = 20;
  std::uint32_t lattices = 2;
  bool connected = false;
  double attempts = 10.0;
  double lattice_attempts = 200.0;
  std::vector<std::string> statistics;
};

json comparison_json(const null_comparison& found) {
  return {{"value", optional_json(found.observed)},
          {"random_mean", optional_json(found.mean)},
          {"random_deviation", optional_json(found.deviation)},
          {"z_score", optional_json(found.z_score)},
          {"p_above", optional_json(found.p_above)},
          {"p_below", optional_json(found.p_below)},
          {"replicates", found.replicates}};
}

/// Instead of the small world: any statistics of the graph against their values by chance.
void show_statistics(const smallworld_arguments& arguments, const selection& selected,
                     const program& shared) {
  std::vector<graph_metric> metrics;
  std::vector<graph_statistic> statistics;
  for (const std::string& name : arguments.statistics) {
    auto found = find_graph_metric(
        name, {.convention = *parse_convention(arguments.convention), .seed = shared.seed});
    if (!found) {
      std::string names;
      for (const std::string& each : graph_metric_names()) {
        if (each.starts_with("triad-") && each != "triad-030C") continue;
        names += (names.empty() ? "" : ", ") + each;
      }
      throw std::invalid_argument("--statistic " + name + " is not known; there are " + names +
                                  " and the other triads, with a METRIC of rank --by");
    }
    statistics.push_back(found->value);
    metrics.push_back(std::move(*found));
  }
  const graph& whole = selected.graph();
  const graph studied =
      arguments.connected ? largest_component(whole, shared.exec).graph : graph(whole);
  const std::vector<null_comparison> found = compare_with_null(
      studied, statistics,
      {.replicates = arguments.replicates,
       .rewiring = {.constraint = arguments.connected ? rewiring_constraint::connected
                                                      : rewiring_constraint::none,
                    .attempts_per_edge = arguments.attempts,
                    .seed = shared.seed}},
      shared.exec);
  table text{.title = "Statistics against random graphs of the same degrees",
             .columns = {{"statistic"},
                         {"value", alignment::right},
                         {"random graphs", alignment::right},
                         {"deviation", alignment::right},
                         {"z-score", alignment::right},
                         {"p above", alignment::right},
                         {"p below", alignment::right},
                         {"definition"}}};
  json object = with_provenance(selected.network(), "smallworld");
  object["convention"] = arguments.convention;
  object["seed"] = shared.seed;
  object["vertices"] = studied.vertex_count();
  object["statistics"] = json::object();
  for (std::size_t i = 0; i < found.size(); ++i) {
    const null_comparison& each = found[i];
    const auto p_text = [](const std::optional<double>& p) {
      return p ? format_number(*p, 3) : std::string();
    };
    text.rows.push_back({metrics[i].name, optional_text(each.observed), optional_text(each.mean),
                         optional_text(each.deviation), optional_text(each.z_score, ""),
                         p_text(each.p_above), p_text(each.p_below), metrics[i].definition});
    object["statistics"][metrics[i].name] = comparison_json(each);
    object["statistics"][metrics[i].name]["definition"] = metrics[i].definition;
  }
  text.notes.push_back(fmt::format("Of the {} {} vertices, simple and without weights{}.",
                                   arguments.connected ? "largest component's" : "network's",
                                   format_count(studied.vertex_count()),
                                   whole.is_directed() ? ", directed" : ""));
  text.notes.push_back(
      fmt::format("{} random graphs with the same degrees, {:g} attempted switches an edge, seed "
                  "{}{}; p: share "
                  "of them at or above (below), the network itself counted in.",
                  format_count(arguments.replicates), arguments.attempts, shared.seed,
                  arguments.connected ? ", kept connected" : ""));
  if (!selected.network().surrogate_notice().empty()) {
    text.notes.push_back("Made-up network: " + selected.network().surrogate_notice());
  }
  print_result(arguments.output, text, object);
}

void smallworld(const smallworld_arguments& arguments, const program& shared) {
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const selection selected =
      select(input.network, selection_of(arguments.filters, input.network), shared.exec);
  if (!arguments.statistics.empty()) {
    show_statistics(arguments, selected, shared);
    return;
  }
  const small_world_options options{.measure = arguments.measure == "average"
                                                   ? clustering_measure::average
                                                   : clustering_measure::transitivity,
                                    .convention = *parse_convention(arguments.convention),
                                    .replicates = arguments.replicates,
                                    .lattices = arguments.lattices,
                                    .connected = arguments.connected,
                                    .attempts_per_edge = arguments.attempts,
                                    .lattice_attempts_per_edge = arguments.lattice_attempts,
                                    .seed = shared.seed};
  const small_world_result found = small_world(selected.graph(), options, shared.exec);

  table text{.title = "Small world",
             .columns = {{"statistic"},
                         {"value", alignment::right},
                         {"random graphs", alignment::right},
                         {"deviation", alignment::right},
                         {"z-score", alignment::right},
                         {"lattice", alignment::right}}};
  const auto row = [&](const std::string& name, const null_comparison& compared,
                       const std::optional<double>& lattice) {
    text.rows.push_back({name, optional_text(compared.observed), optional_text(compared.mean),
                         optional_text(compared.deviation), optional_text(compared.z_score, ""),
                         optional_text(lattice)});
  };
  row(arguments.measure == "average" ? "average clustering" : "transitivity", found.clustering,
      found.lattice_clustering);
  row("mean distance", found.mean_distance, found.lattice_mean_distance);
  for (const auto& [name, value] : {std::pair{"sigma", found.sigma},
                                    {"omega", found.omega},
                                    {"propensity", found.propensity}}) {
    text.rows.push_back({name, optional_text(value), "", "", "", ""});
  }
  text.notes.push_back(
      fmt::format("Of the largest component's {} vertices and {} edges, simple and without "
                  "weights{}; clustering "
                  "by the {} convention.",
                  format_count(found.vertices), format_count(found.edges),
                  selected.graph().is_directed() ? ", directed" : "", arguments.convention));
  text.notes.push_back(fmt::format(
      "{} random graphs and {} lattices with the same degrees, {:g} and {:g} attempted switches an "
      "edge, seed {}{}.",
      format_count(arguments.replicates), format_count(arguments.lattices), arguments.attempts,
      arguments.lattice_attempts, shared.seed,
      arguments.connected ? "; random graphs kept connected" : ""));
  text.notes.push_back(
      "sigma = (C / C random) / (L / L random), above 1: a small world. omega = L random / L - C / "
      "C "
      "lattice: 0 a small world, 1 random, -1 a lattice. propensity: near 1 a small world.");
  if (!input.network.surrogate_notice().empty()) {
    text.notes.push_back("Made-up network: " + input.network.surrogate_notice());
  }

  json object = with_provenance(input.network, "smallworld");
  object["convention"] = arguments.convention;
  object["measure"] = arguments.measure;
  object["seed"] = shared.seed;
  object["vertices"] = found.vertices;
  object["edges"] = found.edges;
  object["clustering"] = comparison_json(found.clustering);
  object["clustering"]["lattice"] = optional_json(found.lattice_clustering);
  object["mean_distance"] = comparison_json(found.mean_distance);
  object["mean_distance"]["lattice"] = optional_json(found.lattice_mean_distance);
  object["sigma"] = optional_json(found.sigma);
  object["omega"] = optional_json(found.omega);
  object["propensity"] = optional_json(found.propensity);
  print_result(arguments.output, text, object);
}

}  // namespace

void add_smallworld(CLI::App& app, program& shared) {
  CLI::App* verb = app.add_subcommand(
      "smallworld", "Clustering and distances against random graphs and lattices of equal degrees");
  auto arguments = std::make_shared<smallworld_arguments>();
  add_input(*verb, arguments->input);
  add_filters(*verb, arguments->filters);
  add_output(*verb, arguments->output);
  const auto group = "Small world";
  verb->add_option("--convention", arguments->convention, "gephi, networkx, igraph")
      ->check(CLI::IsMember({"gephi", "networkx", "igraph"}))
      ->capture_default_str()
      ->group(group);
  verb->add_option("--clustering", arguments->measure, "average or transitivity")
      ->check(CLI::IsMember({"average", "transitivity"}))
      ->capture_default_str()
      ->group(group);
  verb->add_option("--statistic", arguments->statistics,
                   "Instead: any statistics against the random graphs, such as "
                   "transitivity,reciprocity,triad-030C,rich-club-10,gini-betweenness")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("NAME")
      ->group(group);
  verb->add_option("--replicates", arguments->replicates, "Random graphs")
      ->check(CLI::Range(2, 1'000'000))
      ->capture_default_str()
      ->group(group);
  verb->add_option("--lattices", arguments->lattices, "Lattices")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str()
      ->group(group);
  verb->add_flag("--connected", arguments->connected, "Keep the random graphs connected")
      ->group(group);
  verb->add_option("--swaps", arguments->attempts, "Attempted switches an edge")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str()
      ->group(group);
  verb->add_option("--lattice-swaps", arguments->lattice_attempts, "The same of lattices")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str()
      ->group(group);
  verb->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { smallworld(*arguments, shared); };
  });
}

}  // namespace valuenet::cli
