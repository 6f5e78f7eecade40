// valuenet layers: technology, human capital and investment side by side.
#include "valuenet/network/flows.hpp"
#include "valuenet/network/layers.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "cli/groups.hpp"
#include "cli/output.hpp"
#include "cli/program.hpp"

namespace valuenet::cli {
namespace {

struct layers_arguments {
  input_arguments input;
  filter_arguments filters;
  output_arguments output;
  std::string column = "dimension";
  std::string by;
  int permutations = 1000;
  bool bridges = false;
  std::size_t top = 20;
  grouping_arguments names;
};

/// QAP of two layers: of actors, or of the flows between groups of actors.
qap_result correlate(const layers_arguments& arguments, const value_network& network,
                     const layers_result& layers, const layer_pair& pair, const program& shared) {
  const qap_options options{.permutations = arguments.permutations, .seed = shared.seed};
  if (arguments.by.empty()) {
    return qap_correlation(layers.layers[pair.first].graph, layers.layers[pair.second].graph,
                           options, shared.exec);
  }
  const grouping groups = grouping_of(network, arguments.by, arguments.names);
  const auto flows = [&](std::size_t layer) {
    flow_options choice{.selection = selection_of(arguments.filters, network)};
    choice.selection.relation_columns.push_back({arguments.column, layers.layers[layer].name});
    return flow_matrix(network, groups, choice, shared.exec).flow;
  };
  return qap_correlation(flows(pair.first), flows(pair.second), groups.labels.size(), options,
                         shared.exec);
}

void show_layers(const layers_arguments& arguments, const program& shared) {
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const value_network& network = input.network;
  const layers_result layers =
      layers_of(network, arguments.column, selection_of(arguments.filters, network), shared.exec);
  const multiplexity_result all = multiplexity(layers, shared.exec);
  table text{.title = "Layers by " + arguments.column,
             .columns = {{"layer"},
                         {"and"},
                         {"arcs", alignment::right},
                         {"actors", alignment::right},
                         {"overlap", alignment::right},
                         {"actor overlap", alignment::right},
                         {"degree correlation", alignment::right},
                         {"in both", alignment::right},
                         {"QAP r", alignment::right},
                         {"p", alignment::right}}};
  json object = with_provenance(network, "layers");
  object["column"] = arguments.column;
  object["without_layer"] = layers.without_layer;
  object["arcs_in_layers"] = all.arcs_in;
  object["actors_in_layers"] = all.actors_in;
  object["qap"] = {{"of", arguments.by.empty() ? "actors" : arguments.by},
                   {"permutations", arguments.permutations},
                   {"seed", shared.seed}};
  object["layers"] = json::array();
  for (std::size_t l = 0; l < layers.layers.size(); ++l) {
    const arc_id arcs = layers.layers[l].graph.arc_count();
    text.rows.push_back({layers.layers[l].name, "", format_count(arcs),
                         format_count(all.active_actors[l]), "", "", "", "", "", ""});
    object["layers"].push_back(
        {{"name", layers.layers[l].name}, {"arcs", arcs}, {"actors", all.active_actors[l]}});
  }
  object["pairs"] = json::array();
  for (const layer_pair& pair : all.pairs) {
    const qap_result qap = correlate(arguments, network, layers, pair, shared);
    text.rows.push_back({layers.layers[pair.first].name, layers.layers[pair.second].name,
                         format_count(pair.common_arcs), format_count(pair.common_actors),
                         optional_text(pair.overlap), optional_text(pair.actor_overlap),
                         optional_text(pair.degree_correlation),
                         optional_text(pair.common_degree_correlation),
                         optional_text(qap.correlation), optional_text(qap.p_greater)});
    object["pairs"].push_back(
        {{"first", layers.layers[pair.first].name},
         {"second", layers.layers[pair.second].name},
         {"common_arcs", pair.common_arcs},
         {"common_actors", pair.common_actors},
         {"overlap", optional_json(pair.overlap)},
         {"actor_overlap", optional_json(pair.actor_overlap)},
         {"degree_correlation", optional_json(pair.degree_correlation)},
         {"common_degree_correlation", optional_json(pair.common_degree_correlation)},
         {"qap_correlation", optional_json(qap.correlation)},
         {"p_greater", optional_json(qap.p_greater)},
         {"p_two_sided", optional_json(qap.p_two_sided)},
         {"permuted_mean", qap.permuted_mean},
         {"permuted_deviation", qap.permuted_deviation}});
  }
  // How evenly those in several layers are spread over them.
  double evenly = 0.0;
  std::uint64_t bridging = 0;
  for (std::size_t v = 0; v < layers.actors.size(); ++v) {
    if (all.layers_of_actor[v] < 2) continue;
    evenly += all.participation[v];
    ++bridging;
  }
  const std::optional<double> participation =
      bridging > 0 ? std::optional(evenly / static_cast<double>(bridging)) : std::nullopt;
  object["bridging_actors"] = bridging;
  object["mean_participation_of_bridging_actors"] = optional_json(participation);
  std::vector<std::size_t> bridges;
  for (std::size_t v = 0; v < layers.actors.size(); ++v) {
    if (all.layers_of_actor[v] >= 2) bridges.push_back(v);
  }
  std::stable_sort(bridges.begin(), bridges.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(all.layers_of_actor[a], all.participation[a]) >
           std::pair(all.layers_of_actor[b], all.participation[b]);
  });
  if (arguments.top != 0 && bridges.size() > arguments.top) bridges.resize(arguments.top);
  object["bridges"] = json::array();
  for (const std::size_t v : bridges) {
    object["bridges"].push_back({{"id", network.id(layers.actors[v])},
                                 {"label", network.label(layers.actors[v])},
                                 {"layers", all.layers_of_actor[v]},
                                 {"participation", all.participation[v]}});
  }
  if (arguments.bridges) {
    text = {
        .title = "Actors that bridge layers by " + arguments.column,
        .columns = {{"actor"}, {"layers", alignment::right}, {"participation", alignment::right}}};
    for (const std::size_t v : bridges) {
      text.rows.push_back({std::string(network.label(layers.actors[v])),
                           format_count(all.layers_of_actor[v]),
                           format_number(all.participation[v], 4)});
    }
  }
  if (participation) {
    text.notes.push_back(format_count(bridging) +
                         " actors are in two layers or more; their mean "
                         "participation is " +
                         format_number(*participation, 4) +
                         " (0: in one layer only, 1: alike in all).");
  }
  std::string spread = "Actors by the number of layers they are in:";
  for (std::size_t k = 1; k < all.actors_in.size(); ++k) {
    spread += (k > 1 ? ", " : " ") + std::to_string(k) + ": " + format_count(all.actors_in[k]);
  }
  text.notes.push_back(spread + "; relations without a " + arguments.column + ": " +
                       format_count(layers.without_layer) + ".");
  text.notes.push_back(
      "Of a pair of layers: arcs and actors in both; overlap = in both / in either; correlation of "
      "degrees by ranks (Spearman), over actors in either (those in one alone pull it down) and "
      "over "
      "actors in both.");
  text.notes.push_back("QAP: Pearson's r of the " +
                       (arguments.by.empty() ? std::string("actors' arcs (0 or 1)")
                                             : "flows between groups (" + arguments.by + ")") +
                       ", p = (1 + permutations as high) / (1 + " +
                       format_count(static_cast<std::uint64_t>(arguments.permutations)) +
                       "), seed " + std::to_string(shared.seed) + ".");
  if (!network.surrogate_notice().empty()) {
    text.notes.push_back("Made-up network: " + network.surrogate_notice());
  }
  print_result(arguments.output, text, object);
}

}  // namespace

void add_layers(CLI::App& app, program& shared) {
  CLI::App* verb = app.add_subcommand(
      "layers", "Technology, human capital and investment side by side: overlap, QAP correlation");
  auto arguments = std::make_shared<layers_arguments>();
  add_input(*verb, arguments->input);
  add_filters(*verb, arguments->filters);
  add_output(*verb, arguments->output);
  const auto group = "Layers";
  verb->add_option("--column", arguments->column, "Column of relations whose words are the layers")
      ->capture_default_str()
      ->group(group);
  verb->add_option("--by", arguments->by,
                   "QAP between the flows of groups (province, circle, type, ...), not of actors")
      ->group(group);
  verb->add_option("--permutations", arguments->permutations, "Permutations of QAP")
      ->check(CLI::Range(1, 10000000))
      ->capture_default_str()
      ->group(group);
  verb->add_flag("--bridges", arguments->bridges,
                 "Instead: the actors in most layers, the most evenly spread first")
      ->group(group);
  verb->add_option("-k,--top", arguments->top, "With --bridges: how many; 0: all")
      ->capture_default_str()
      ->group(group);
  add_grouping(*verb, arguments->names, group);
  verb->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { show_layers(*arguments, shared); };
  });
}

}  // namespace valuenet::cli
