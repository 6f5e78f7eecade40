// valuenet project: people, deals or patents onto the organisations that share them.
#include "valuenet/network/parties.hpp"
#include "valuenet/network/projection.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "cli/groups.hpp"
#include "cli/output.hpp"
#include "cli/program.hpp"

namespace valuenet::cli {
namespace {

const std::map<std::string, projection_weight> weights{
    {"count", projection_weight::count},
    {"fractional", projection_weight::fractional},
    {"newman", projection_weight::newman},
    {"jaccard", projection_weight::jaccard},
    {"cosine", projection_weight::cosine}};

const std::map<std::string, party_counting> countings{{"combination", party_counting::combination},
                                                      {"any", party_counting::any},
                                                      {"fractional", party_counting::fractional}};

struct project_arguments {
  input_arguments input;
  filter_arguments filters;
  output_arguments output;
  std::string onto = "takers";
  std::string weight = "count";
  std::uint32_t most_parties = 10000;
  /// Nothing: 20 in a table for people, all in one for programs.
  std::optional<std::size_t> top;
  bool combinations = false;
  std::string by = "type";
  grouping_arguments groups;
  std::string counting = "combination";
  std::uint32_t fewest_of_record = 1;
  std::uint32_t most_of_record = 0xFFFFFFFFU;
};

/// The records by the groups of their parties: actor types that co-operate.
void show_combinations(const project_arguments& arguments, const program& shared) {
  if (arguments.input.parties.empty()) {
    throw std::invalid_argument(
        "project --combinations: --parties DELIMITER says what stands between parties");
  }
  const read_result input = read_input(arguments.input, arguments.filters, shared, std::nullopt);
  const value_network& records = input.network;
  const party_ends end = arguments.onto == "givers" ? party_ends::giver : party_ends::taker;
  const record_parties parties =
      split_parties(records, {.delimiter = arguments.input.parties, .ends = end}, shared.exec);
  const party_counts counts = count_parties(
      records, parties, grouping_of(parties.parties, arguments.by, arguments.groups), end,
      {.counting = countings.at(arguments.counting),
       .selection = selection_of(arguments.filters, records),
       .fewest_parties = arguments.fewest_of_record,
       .most_parties = arguments.most_of_record},
      shared.exec);
  table text{.title = "Records by " + arguments.by + " of their " + arguments.onto +
                      ", counted by " + arguments.counting,
             .columns = {{arguments.by},
                         {"relations", alignment::right},
                         {"records", alignment::right},
                         {"share", alignment::right},
                         {"parties", alignment::right}}};
  json object = with_provenance(records, "project");
  object["by"] = arguments.by;
  object["onto"] = arguments.onto;
  object["counting"] = arguments.counting;
  object["rows"] = json::array();
  const double all = counts.total.records;
  const auto add = [&](const party_counts::row& row, const std::string& label) {
    const double share = all > 0.0 ? row.records / all : 0.0;
    text.rows.push_back({label, format_count(row.relations), format_number(row.records),
                         percent(share), format_count(row.parties)});
    return json{{"name", label},
                {"relations", row.relations},
                {"records", row.records},
                {"share", share},
                {"parties", row.parties}};
  };
  std::vector<party_counts::row> rows = counts.rows;
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.records > b.records; });
  const std::size_t top = arguments.top.value_or(0);
  if (top != 0 && rows.size() > top) rows.resize(top);
  for (const party_counts::row& row : rows) object["rows"].push_back(add(row, row.label));
  object["total"] = add(counts.total, "total");
  object["without_group"] = counts.without_group;
  text.notes.push_back(
      "Relations: distinct sets of parties. Shares are of " + format_number(all) +
      " records, each once; without a group: " + format_number(counts.without_group) + ".");
  print_result(arguments.output, text, object);
}

struct joined {
  vertex_id first;
  vertex_id second;
  double weight;
};

/// As a number for programs.
std::string plain(double weight) {
  std::string number = format_number(weight, 12);
  std::erase(number, ',');
  return number;
}

std::vector<table_column> edge_columns() {
  return {{"source"}, {"target"}, {"weight", alignment::right}, {"type"}};
}

/// A table of undirected relations that every verb reads back, rendered in pieces: there may be
/// millions.
std::string csv_of(const value_network& network, const projection_result& result,
                   const std::vector<joined>& edges) {
  constexpr std::size_t most_rows = 10000;
  std::string text;
  for (std::size_t from = 0; from == 0 || from < edges.size(); from += most_rows) {
    table piece{.columns = edge_columns()};
    for (std::size_t i = from; i < std::min(from + most_rows, edges.size()); ++i) {
      piece.rows.push_back({std::string(network.id(result.actors[edges[i].first])),
                            std::string(network.id(result.actors[edges[i].second])),
                            plain(edges[i].weight), "Undirected"});
    }
    const std::string rendered = render(piece, table_format::csv);
    text += from == 0 ? rendered : rendered.substr(rendered.find('\n') + 1);
  }
  return text;
}

void show_project(const project_arguments& arguments, const program& shared) {
  if (arguments.combinations) {
    show_combinations(arguments, shared);
    return;
  }
  // Events are one actor each; only the other end names parties.
  const read_result input =
      read_input(arguments.input, arguments.filters, shared,
                 arguments.onto == "givers" ? party_ends::giver : party_ends::taker);
  const value_network& network = input.network;
  const projection_result result =
      project(network,
              {.onto = arguments.onto == "givers" ? projected_end::givers : projected_end::takers,
               .weight = weights.at(arguments.weight),
               .selection = selection_of(arguments.filters, network),
               .most_parties = arguments.most_parties},
              shared.exec);
  const graph& g = result.graph;
  std::vector<joined> edges;
  for (vertex_id v = 0; v < g.vertex_count(); ++v) {
    const auto row = g.out_neighbors(v);
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (v < row[i]) edges.push_back({v, row[i], g.weight(g.first_out_arc(v) + i)});
    }
  }
  std::stable_sort(edges.begin(), edges.end(),
                   [](const joined& a, const joined& b) { return a.weight > b.weight; });
  const std::size_t all = edges.size();
  const bool is_for_people = !arguments.output.csv && !arguments.output.json;
  const std::size_t top = arguments.top.value_or(is_for_people ? 20 : 0);
  if (top != 0 && all > top) edges.resize(top);
  if (arguments.output.csv) {
    write_output(arguments.output.file, csv_of(network, result, edges));
    return;
  }

  table text{.title = "Projected onto " + arguments.onto + ", weighted by " + arguments.weight,
             .columns = edge_columns()};
  json object = with_provenance(network, "project");
  object["onto"] = arguments.onto;
  object["weight"] = arguments.weight;
  object["actors"] = result.actors.size();
  object["events"] = result.events;
  object["lone_events"] = result.lone_events;
  object["events_left_out"] = result.events_left_out;
  object["actors_in_both_modes"] = result.actors_in_both_modes;
  object["edge_count"] = all;
  object["edges"] = json::array();
  for (const joined& each : edges) {
    const std::string_view first = network.id(result.actors[each.first]);
    const std::string_view second = network.id(result.actors[each.second]);
    if (arguments.output.json) {
      object["edges"].push_back({{"source", first}, {"target", second}, {"weight", each.weight}});
    } else {
      text.rows.push_back(
          {std::string(first), std::string(second), plain(each.weight), "Undirected"});
    }
  }
  text.notes.push_back(format_count(result.actors.size()) + " actors, " + format_count(all) +
                       " pairs that share one of " + format_count(result.events) + " events (" +
                       format_count(result.lone_events) + " with one party, " +
                       format_count(result.events_left_out) + " too large and left out).");
  if (edges.size() < all) {
    text.notes.push_back(
        "The heaviest " + format_count(edges.size()) +
        " are listed; --top 0 lists all, --csv writes all as a table of relations.");
  }
  if (result.actors_in_both_modes != 0) {
    text.notes.push_back("Not two-mode: " + format_count(result.actors_in_both_modes) +
                         " actors are at both ends of relations.");
  }
  if (!network.surrogate_notice().empty()) {
    text.notes.push_back("Made-up network: " + network.surrogate_notice());
  }
  print_result(arguments.output, text, object);
}

}  // namespace

void add_project(CLI::App& app, program& shared) {
  CLI::App* verb = app.add_subcommand(
      "project", "From two modes to one: people, deals or patents onto those that share them");
  auto arguments = std::make_shared<project_arguments>();
  add_input(*verb, arguments->input);
  add_filters(*verb, arguments->filters);
  add_output(*verb, arguments->output);
  const auto group = "Projection";
  verb->add_option("--onto", arguments->onto, "Which actors are kept: givers, takers")
      ->check(CLI::IsMember({"givers", "takers"}))
      ->capture_default_str()
      ->group(group);
  verb->add_option(
          "--weight", arguments->weight,
          "count (events shared), fractional (2 / (k (k - 1)) an event of k parties), newman "
          "(1 / (k - 1)), jaccard, cosine")
      ->check(CLI::IsMember({"count", "fractional", "newman", "jaccard", "cosine"}))
      ->capture_default_str()
      ->group(group);
  verb->add_option("--most-parties", arguments->most_parties, "Leave larger events out")
      ->check(CLI::Range(2U, 1000000U))
      ->capture_default_str()
      ->group(group);
  verb->add_option(
          "-k,--top", arguments->top,
          "How many of the heaviest pairs; 0: all (default: 20, with --csv and --json all)")
      ->group(group);
  const auto combined = "Records with several parties (--parties)";
  verb->add_flag("--combinations", arguments->combinations,
                 "Instead of pairs: how many records and distinct sets of parties of which groups")
      ->group(combined);
  verb->add_option("--by", arguments->by, grouping_names)->capture_default_str()->group(combined);
  add_grouping(*verb, arguments->groups, combined);
  verb->add_option("--counting", arguments->counting,
                   "A record counts once under its combination of groups, under any group that a "
                   "party is in, or fractional")
      ->check(CLI::IsMember({"combination", "any", "fractional"}))
      ->capture_default_str()
      ->group(combined);
  verb->add_option("--from-parties", arguments->fewest_of_record,
                   "Only records with so many parties or more")
      ->group(combined);
  verb->add_option("--until-parties", arguments->most_of_record,
                   "Only records with so many parties or fewer")
      ->group(combined);
  verb->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { show_project(*arguments, shared); };
  });
}

}  // namespace valuenet::cli
