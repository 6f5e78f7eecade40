// valuenet flows: who gives to whom, between groups of actors.
#include "valuenet/network/flows.hpp"
#include "valuenet/network/parties.hpp"

#include <map>
#include <memory>

#include "cli/groups.hpp"
#include "cli/output.hpp"
#include "cli/program.hpp"

namespace valuenet::cli {
namespace {

const std::map<std::string, flow_scope> scopes{
    {"all", flow_scope::all}, {"within", flow_scope::within}, {"across", flow_scope::across}};

template <class Map>
std::vector<std::string> keys(const Map& map) {
  std::vector<std::string> names;
  for (const auto& [name, value] : map) names.push_back(name);
  return names;
}

struct flows_arguments {
  input_arguments input;
  filter_arguments filters;
  output_arguments output;
  group_arguments groups;
  std::string takers_by;
  std::string scope = "all";
  std::size_t top = 20;
  bool matrix = false;
  std::string counting = "pairs";
};

json matrix_json(const std::vector<double>& cells, std::size_t columns) {
  json rows = json::array();
  for (std::size_t i = 0; i < cells.size(); i += columns) {
    rows.push_back(std::vector<double>(cells.begin() + static_cast<std::ptrdiff_t>(i),
                                       cells.begin() + static_cast<std::ptrdiff_t>(i + columns)));
  }
  return rows;
}

table matrix_table(const flow_matrix_result& flows) {
  table text{.columns = {{flows.giver_grouping + " -> " + flows.taker_grouping}}};
  for (const std::string& taker : flows.taker_groups) {
    text.columns.push_back({taker, alignment::right});
  }
  text.columns.push_back({"given", alignment::right});
  for (std::size_t i = 0; i < flows.giver_groups.size(); ++i) {
    std::vector<std::string> row{flows.giver_groups[i]};
    for (std::size_t j = 0; j < flows.taker_groups.size(); ++j) {
      row.push_back(format_number(flows(i, j)));
    }
    row.push_back(format_number(flows.given[i]));
    text.rows.push_back(std::move(row));
  }
  std::vector<std::string> sums{"taken"};
  for (const double taken : flows.taken) sums.push_back(format_number(taken));
  sums.push_back(format_number(flows.total));
  text.rows.push_back(std::move(sums));
  return text;
}

table flow_list(const flow_matrix_result& flows, const std::vector<ranked_flow>& top,
                const expected_flows_result& expected, const std::vector<double>& net,
                const std::vector<double>& gross) {
  table text{.columns = {{"rank", alignment::right},
                         {"from"},
                         {"to"},
                         {"flow", alignment::right},
                         {"share", alignment::right},
                         {"cumulative", alignment::right},
                         {"expected", alignment::right},
                         {"residual", alignment::right}}};
  if (!net.empty()) {
    text.columns.push_back({"net", alignment::right});
    text.columns.push_back({"gross", alignment::right});
  }
  for (std::size_t r = 0; r < top.size(); ++r) {
    const std::size_t cell = top[r].giver_group * flows.taker_groups.size() + top[r].taker_group;
    text.rows.push_back({format_count(r + 1), flows.giver_groups[top[r].giver_group],
                         flows.taker_groups[top[r].taker_group], format_number(top[r].flow),
                         percent(top[r].share), percent(top[r].cumulative_share),
                         format_number(expected.expected[cell], 5),
                         format_number(expected.residual[cell], 4)});
    if (net.empty()) continue;
    text.rows.back().push_back(format_number(net[cell]));
    text.rows.back().push_back(format_number(gross[cell]));
  }
  return text;
}

/// Records by the groups of their givers and takers, each record once a cell.
void show_party_flows(const flows_arguments& arguments, const program& shared) {
  if (arguments.input.parties.empty()) {
    throw std::invalid_argument("flows --counting " + arguments.counting +
                                ": --parties DELIMITER says what stands between parties");
  }
  if (!arguments.takers_by.empty() && arguments.takers_by != arguments.groups.by) {
    throw std::invalid_argument("flows --counting " + arguments.counting +
                                ": givers and takers are grouped alike; leave --takers-by out");
  }
  const read_result input = read_input(arguments.input, arguments.filters, shared, std::nullopt);
  const value_network& records = input.network;
  const record_parties parties =
      split_parties(records, {.delimiter = arguments.input.parties}, shared.exec);
  const party_matrix matrix = cross_parties(
      records, parties, grouping_of(parties.parties, arguments.groups.by, arguments.groups.names),
      {.counting = arguments.counting == "any" ? party_counting::any : party_counting::combination,
       .selection = selection_of(arguments.filters, records)},
      shared.exec);
  table text{.title = "Records from " + arguments.groups.by + " to " + arguments.groups.by +
                      " of their parties, counted by " + arguments.counting,
             .columns = {{"from -> to"}}};
  for (const std::string& label : matrix.taker_labels) {
    text.columns.push_back({label, alignment::right});
  }
  text.columns.push_back({"given", alignment::right});
  for (std::size_t i = 0; i < matrix.giver_labels.size(); ++i) {
    std::vector<std::string> row{matrix.giver_labels[i]};
    for (std::size_t j = 0; j < matrix.taker_labels.size(); ++j) {
      row.push_back(format_number(matrix(i, j)));
    }
    row.push_back(format_number(matrix.given[i]));
    text.rows.push_back(std::move(row));
  }
  std::vector<std::string> sums{"taken"};
  for (const double taken : matrix.taken) sums.push_back(format_number(taken));
  sums.push_back(format_number(matrix.total));
  text.rows.push_back(std::move(sums));
  text.notes.push_back(
      (arguments.counting == "any"
           ? std::string(
                 "A record counts under every group that a giver or a taker of it is in, so "
                 "rows and columns add up to more; given, taken and the total count it "
                 "once. ")
           : std::string()) +
      "Without a group: " + format_number(matrix.without_group) + ".");
  json object = with_provenance(records, "flows");
  object["counting"] = arguments.counting;
  object["by"] = arguments.groups.by;
  object["giver_groups"] = matrix.giver_labels;
  object["taker_groups"] = matrix.taker_labels;
  object["flow"] = matrix.taker_labels.empty()
                       ? json::array()
                       : matrix_json(matrix.cells, matrix.taker_labels.size());
  object["given"] = matrix.given;
  object["taken"] = matrix.taken;
  object["total"] = matrix.total;
  object["without_group"] = matrix.without_group;
  print_result(arguments.output, text, object);
}

void show_flows(const flows_arguments& arguments, const program& shared) {
  if (arguments.counting != "pairs") {
    show_party_flows(arguments, shared);
    return;
  }
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const value_network& network = input.network;
  const grouping givers = grouping_of(network, arguments.groups.by, arguments.groups.names);
  const flow_options options{.selection = selection_of(arguments.filters, network),
                             .measure = measure_of(arguments.groups)};
  const bool one_grouping =
      arguments.takers_by.empty() || arguments.takers_by == arguments.groups.by;
  const flow_matrix_result flows =
      one_grouping ? flow_matrix(network, givers, options, shared.exec)
                   : flow_matrix(network, givers,
                                 grouping_of(network, arguments.takers_by, arguments.groups.names),
                                 options, shared.exec);
  const flow_scope scope = scopes.at(arguments.scope);
  const std::vector<ranked_flow> top = top_flows(flows, arguments.top, scope);
  const expected_flows_result expected = expected_flows(
      flows, {.scope = scope == flow_scope::across ? flow_scope::across : flow_scope::all});
  const std::vector<double> net = one_grouping ? net_flows(flows) : std::vector<double>{};
  const std::vector<double> gross = one_grouping ? gross_flows(flows) : std::vector<double>{};

  table text = arguments.matrix ? matrix_table(flows) : flow_list(flows, top, expected, net, gross);
  text.title = "Flows of " + arguments.groups.measure + " from " + flows.giver_grouping + " to " +
               flows.taker_grouping;
  text.notes.push_back("Shares are of " + format_number(flows.total) +
                       ", the flow between actors with a group; without a group: giver " +
                       format_number(flows.without_giver_group) + ", taker " +
                       format_number(flows.without_taker_group) + ", both " +
                       format_number(flows.without_both_groups) + ".");
  if (flows.within && flows.total > 0.0) {
    text.notes.push_back("Within groups " + format_number(*flows.within) + " (" +
                         percent(*flows.within / flows.total) + "), across " +
                         format_number(*flows.across) + " (" +
                         percent(*flows.across / flows.total) + ").");
  }
  if (one_grouping && !arguments.matrix) {
    text.notes.push_back(
        "Net: less what flows back; gross: with what flows back (within a group once).");
  }
  text.notes.push_back(
      scope == flow_scope::across
          ? "Expected: a_i b_j with the same sums given and taken across groups."
          : "Expected: given x taken / total. Residual: (flow - expected) / sqrt(expected).");
  if (!network.surrogate_notice().empty()) {
    text.notes.push_back("Made-up network: " + network.surrogate_notice());
  }

  json object = with_provenance(network, "flows");
  object["measure"] = arguments.groups.measure;
  object["giver_grouping"] = flows.giver_grouping;
  object["taker_grouping"] = flows.taker_grouping;
  object["giver_groups"] = flows.giver_groups;
  object["taker_groups"] = flows.taker_groups;
  // Of thousands of cities three matrices in JSON would take longer than all else.
  const bool with_matrices = arguments.output.json;
  if (with_matrices) object["flow"] = matrix_json(flows.flow, flows.taker_groups.size());
  object["given"] = flows.given;
  object["taken"] = flows.taken;
  object["total"] = flows.total;
  object["within"] = optional_json(flows.within);
  object["across"] = optional_json(flows.across);
  object["without_giver_group"] = flows.without_giver_group;
  object["without_taker_group"] = flows.without_taker_group;
  object["without_both_groups"] = flows.without_both_groups;
  if (with_matrices) {
    object["expected"] = matrix_json(expected.expected, flows.taker_groups.size());
    object["residual"] = matrix_json(expected.residual, flows.taker_groups.size());
  }
  object["chi_squared"] = expected.chi_squared;
  object["degrees_of_freedom"] = expected.degrees_of_freedom;
  object["top"] = json::array();
  for (const ranked_flow& each : top) {
    object["top"].push_back({{"from", flows.giver_groups[each.giver_group]},
                             {"to", flows.taker_groups[each.taker_group]},
                             {"flow", each.flow},
                             {"share", each.share},
                             {"cumulative_share", each.cumulative_share}});
    if (!one_grouping) continue;
    const std::size_t cell = each.giver_group * flows.taker_groups.size() + each.taker_group;
    object["top"].back()["net"] = net[cell];
    object["top"].back()["gross"] = gross[cell];
  }
  print_result(arguments.output, text, object);
}

}  // namespace

void add_flows(CLI::App& app, program& shared) {
  CLI::App* verb = app.add_subcommand(
      "flows", "Flows between places, circles, types or sectors, and what size would let expect");
  auto arguments = std::make_shared<flows_arguments>();
  add_input(*verb, arguments->input);
  add_filters(*verb, arguments->filters);
  add_output(*verb, arguments->output);
  add_groups(*verb, arguments->groups);
  const auto group = "Flows";
  verb->add_option("--takers-by", arguments->takers_by, "Group takers by something else")
      ->group(group);
  verb->add_option("--scope", arguments->scope, "all, within groups, across groups")
      ->check(CLI::IsMember(keys(scopes)))
      ->capture_default_str()
      ->group(group);
  verb->add_option("-k,--top", arguments->top, "How many of the largest flows; 0: all")
      ->capture_default_str()
      ->group(group);
  verb->add_flag("--matrix", arguments->matrix, "The whole matrix instead of the largest flows")
      ->group(group);
  verb->add_option("--counting", arguments->counting,
                   "With --parties: pairs (of givers and takers), combination (a record once, "
                   "under the groups of all its givers and of all its takers), any (under every "
                   "group that one of them is in)")
      ->check(CLI::IsMember({"pairs", "combination", "any"}))
      ->capture_default_str()
      ->group(group);
  verb->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { show_flows(*arguments, shared); };
  });
}

}  // namespace valuenet::cli
