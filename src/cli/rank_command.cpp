// valuenet rank: the actors with the most relations, or the most central ones.
#include "valuenet/metrics/betweenness.hpp"
#include "valuenet/metrics/closeness.hpp"
#include "valuenet/network/rankings.hpp"

#include <map>
#include <memory>

#include "cli/output.hpp"
#include "cli/program.hpp"

namespace valuenet::cli {
namespace {

/// One value a vertex; what is not defined counts as 0.
using measure = std::vector<double> (*)(const graph& g, const execution& exec);

template <degree_kind kind>
std::vector<double> degree_values(const graph& g, const execution& exec) {
  const std::vector<std::uint64_t> counts = degrees(g, kind, exec);
  return {counts.begin(), counts.end()};
}

template <degree_kind kind>
std::vector<double> weighted_degree_values(const graph& g, const execution& exec) {
  return weighted_degrees(g, kind, exec);
}

const std::map<std::string, measure> measures{
    {"degree", degree_values<degree_kind::total>},
    {"in-degree", degree_values<degree_kind::in>},
    {"out-degree", degree_values<degree_kind::out>},
    {"weighted-degree", weighted_degree_values<degree_kind::total>},
    {"weighted-in-degree", weighted_degree_values<degree_kind::in>},
    {"weighted-out-degree", weighted_degree_values<degree_kind::out>},
    {"betweenness",
     [](const graph& g, const execution& exec) { return betweenness(g, {}, exec).values; }},
    {"closeness",
     [](const graph& g, const execution& exec) { return closeness(g, {}, exec).values; }},
    {"harmonic",
     [](const graph& g, const execution& exec) { return harmonic_closeness(g, {}, exec).values; }}};

const std::map<std::string, tie_rule> tie_rules{{"competition", tie_rule::competition},
                                                {"dense", tie_rule::dense},
                                                {"ordinal", tie_rule::ordinal}};

struct rank_arguments {
  input_arguments input;
  filter_arguments filters;
  output_arguments output;
  std::string by = "degree";
  std::size_t top = 20;
  std::string ties = "competition";
  std::vector<std::string> among_role, among_type, among_country, among_province, among_city,
      not_country;
};

void rank(const rank_arguments& arguments, const program& shared) {
  const read_result input = read_input(arguments.input, shared);
  const selection selected =
      select(input.network, selection_of(arguments.filters, input.network), shared.exec);
  const std::vector<std::uint8_t> among =
      matching_vertices(selected, {.role = arguments.among_role,
                                   .type = arguments.among_type,
                                   .country = arguments.among_country,
                                   .province = arguments.among_province,
                                   .city = arguments.among_city,
                                   .columns = {},
                                   .not_country = arguments.not_country});
  const std::vector<double> values = measures.at(arguments.by)(selected.graph(), shared.exec);
  const ranking_result ranking = rank_actors(
      selected, values, {.k = arguments.top, .ties = tie_rules.at(arguments.ties), .among = among});

  table text{.title = "Actors by " + arguments.by,
             .columns = {{"rank", alignment::right},
                         {"actor"},
                         {"role"},
                         {"type"},
                         {arguments.by, alignment::right},
                         {"share", alignment::right},
                         {"cumulative", alignment::right}}};
  json object = with_provenance(selected.network(), "rank");
  object["by"] = arguments.by;
  object["ties"] = arguments.ties;
  object["population"] = ranking.population;
  object["total"] = ranking.total;
  object["actors"] = json::array();
  const value_network& network = selected.network();
  for (const ranked_actor& each : ranking.actors) {
    const std::string label(network.label(each.actor));
    const std::string role(to_string(network.role(each.actor)));
    const std::string type(network.actors().type[each.actor]);
    text.rows.push_back({format_count(each.rank), label, role, type, format_number(each.value),
                         percent(each.share), percent(each.cumulative_share)});
    object["actors"].push_back({{"rank", each.rank},
                                {"id", network.id(each.actor)},
                                {"label", label},
                                {"role", role},
                                {"type", type},
                                {"value", each.value},
                                {"share", each.share},
                                {"cumulative_share", each.cumulative_share}});
  }
  text.notes.push_back("Shares are of " + format_number(ranking.total) + ", the sum over " +
                       format_count(ranking.population) + " actors; ties: " + arguments.ties + ".");
  if (!network.surrogate_notice().empty()) {
    text.notes.push_back("Made-up network: " + network.surrogate_notice());
  }
  print_result(arguments.output, text, object);
}

template <class Map>
std::vector<std::string> keys(const Map& map) {
  std::vector<std::string> names;
  for (const auto& [name, value] : map) names.push_back(name);
  return names;
}

}  // namespace

void add_rank(CLI::App& app, program& shared) {
  CLI::App* verb =
      app.add_subcommand("rank", "The actors with the most relations, or the most central");
  auto arguments = std::make_shared<rank_arguments>();
  add_input(*verb, arguments->input);
  add_filters(*verb, arguments->filters);
  add_output(*verb, arguments->output);
  const auto group = "Ranking";
  verb->add_option("--by", arguments->by,
                   "What counts: in-degree is taken, out-degree given; betweenness, closeness and "
                   "harmonic as "
                   "Gephi defines them")
      ->check(CLI::IsMember(keys(measures)))
      ->capture_default_str()
      ->group(group);
  verb->add_option("-k,--top", arguments->top, "How many; 0: all")
      ->capture_default_str()
      ->group(group);
  verb->add_option("--ties", arguments->ties, "1 2 2 4, 1 2 2 3 or 1 2 3 4")
      ->check(CLI::IsMember(keys(tie_rules)))
      ->capture_default_str()
      ->group(group);
  const auto among = [&](const char* name, std::vector<std::string>& target, const char* meaning) {
    verb->add_option(name, target, meaning)->delimiter(',')->type_name("VALUE")->group(group);
  };
  among("--among-role", arguments->among_role, "Rank only sample or relation actors");
  among("--among-type", arguments->among_type, "Rank only actors of these types");
  among("--among-country", arguments->among_country, "Rank only actors of these countries");
  among("--among-province", arguments->among_province, "Rank only actors of these provinces");
  among("--among-city", arguments->among_city, "Rank only actors of these cities");
  among("--not-country", arguments->not_country,
        "Rank only actors of other countries (foreign ones: --not-country 中国)");
  verb->callback(
      [arguments, &shared] { shared.action = [arguments, &shared] { rank(*arguments, shared); }; });
}

}  // namespace valuenet::cli
