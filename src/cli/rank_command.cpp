// valuenet rank: the actors with the most relations, or the most central ones.
#include "valuenet/graph/convention.hpp"
#include "valuenet/network/accounting.hpp"
#include "valuenet/network/rankings.hpp"

#include <map>
#include <memory>
#include <utility>

#include <spdlog/spdlog.h>

#include "cli/groups.hpp"
#include "cli/output.hpp"
#include "cli/program.hpp"

namespace valuenet::cli {
namespace {

const std::map<std::string, tie_rule> tie_rules{{"competition", tie_rule::competition},
                                                {"dense", tie_rule::dense},
                                                {"ordinal", tie_rule::ordinal}};

struct rank_arguments {
  input_arguments input;
  filter_arguments filters;
  output_arguments output;
  grouping_arguments names;
  std::string by = "degree";
  std::string split;
  std::size_t top = 20;
  std::string ties = "competition";
  std::string order = "auto";
  std::string convention = "gephi";
  bool weighted = false;
  std::vector<std::string> among_role, among_type, among_country, among_province, among_city,
      not_country;
};

ranking_options options_of(const rank_arguments& arguments, std::span<const std::uint8_t> among) {
  ranking_options options{.k = arguments.top, .ties = tie_rules.at(arguments.ties), .among = among};
  if (arguments.order == "largest") options.order = ranking_order::largest_first;
  if (arguments.order == "smallest") options.order = ranking_order::smallest_first;
  return options;
}

std::vector<std::uint8_t> among_of(const rank_arguments& arguments, const selection& selected) {
  return matching_vertices(selected, {.role = arguments.among_role,
                                      .type = arguments.among_type,
                                      .country = arguments.among_country,
                                      .province = arguments.among_province,
                                      .city = arguments.among_city,
                                      .columns = {},
                                      .not_country = arguments.not_country});
}

/// The metric, with a word where its iteration did not settle.
actor_metric_result values_of(const rank_arguments& arguments, const selection& selected,
                              const program& shared) {
  actor_metric_result found =
      actor_values(selected, *parse_actor_metric(arguments.by),
                   {.convention = *parse_convention(arguments.convention),
                    .weights = arguments.weighted ? arc_weights::use : arc_weights::ignore},
                   shared.exec);
  if (!found.converged) {
    spdlog::warn("{} did not converge: the order of close values is not settled", arguments.by);
  }
  return found;
}

/// One ranking, or one for every value of the column split by.
std::vector<split_ranking> rankings_of(const rank_arguments& arguments,
                                       const value_network& network, const program& shared) {
  selection_options choice = selection_of(arguments.filters, network);
  // A column of relations: the ranking of each word is that of its relations alone.
  if (arguments.split == "year" || (find_column(network.relations(), arguments.split) != nullptr &&
                                    find_column(network.actors(), arguments.split) == nullptr)) {
    std::vector<split_ranking> all;
    const relation_grouping parts = group_relations(network, arguments.split);
    choice.all_actors = false;
    for (const std::string& word : parts.labels) {
      selection_options part = choice;
      if (arguments.split == "year") {
        const int year = std::stoi(word);
        if (part.from_year.value_or(year) > year || part.until_year.value_or(year) < year) continue;
        part.from_year = part.until_year = year;
        part.keep_undated = false;
      } else {
        part.relation_columns.push_back({arguments.split, word});
      }
      const selection selected = select(network, part, shared.exec);
      if (selected.graph().vertex_count() == 0) continue;
      const std::vector<std::uint8_t> among = among_of(arguments, selected);
      all.push_back({word, rank_actors(selected, values_of(arguments, selected, shared),
                                       options_of(arguments, among))});
    }
    return all;
  }
  const selection selected = select(network, choice, shared.exec);
  const std::vector<std::uint8_t> among = among_of(arguments, selected);
  const actor_metric_result values = values_of(arguments, selected, shared);
  const ranking_options options = options_of(arguments, among);
  if (arguments.split.empty()) return {{"", rank_actors(selected, values, options)}};
  return rank_by_group(selected, values, grouping_of(network, arguments.split, arguments.names),
                       options);
}

std::string share_text(const std::optional<double>& share) {
  return share ? percent(*share) : std::string();
}

json ranking_json(const value_network& network, const ranking_result& ranking) {
  json object;
  object["population"] = ranking.population;
  object["undefined"] = ranking.undefined;
  object["total"] = optional_json(ranking.total);
  object["actors"] = json::array();
  for (const ranked_actor& each : ranking.actors) {
    object["actors"].push_back({{"rank", each.rank},
                                {"id", network.id(each.actor)},
                                {"label", network.label(each.actor)},
                                {"role", to_string(network.role(each.actor))},
                                {"type", network.actors().type[each.actor]},
                                {"value", each.value},
                                {"share", optional_json(each.share)},
                                {"cumulative_share", optional_json(each.cumulative_share)}});
  }
  return object;
}

void rank(const rank_arguments& arguments, const program& shared) {
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const value_network& network = input.network;
  const std::vector<split_ranking> rankings = rankings_of(arguments, network, shared);
  const actor_metric_facts& facts = facts_of(*parse_actor_metric(arguments.by));
  const bool is_split = !arguments.split.empty();

  table text{.title = "Actors by " + arguments.by +
                      (is_split ? ", for each " + arguments.split : std::string())};
  if (is_split) text.columns.push_back({arguments.split});
  for (table_column column : {table_column{"rank", alignment::right},
                              {"actor"},
                              {"role"},
                              {"type"},
                              {arguments.by, alignment::right}}) {
    text.columns.push_back(std::move(column));
  }
  if (facts.has_total) {
    text.columns.push_back({"share", alignment::right});
    text.columns.push_back({"cumulative", alignment::right});
  }
  std::size_t undefined = 0;
  for (const split_ranking& part : rankings) {
    undefined += part.ranking.undefined;
    for (const ranked_actor& each : part.ranking.actors) {
      std::vector<std::string> row;
      if (is_split) row.push_back(part.label);
      row.push_back(format_count(each.rank));
      row.emplace_back(network.label(each.actor));
      row.emplace_back(to_string(network.role(each.actor)));
      row.emplace_back(network.actors().type[each.actor]);
      row.push_back(format_number(each.value));
      if (facts.has_total) {
        row.push_back(share_text(each.share));
        row.push_back(share_text(each.cumulative_share));
      }
      text.rows.push_back(std::move(row));
    }
    const std::string whose = is_split ? part.label + ": s" : std::string("S");
    if (part.ranking.total) {
      text.notes.push_back(whose + "hares are of " + format_number(*part.ranking.total) +
                           ", the sum over " + format_count(part.ranking.population) +
                           " actors; ties: " + arguments.ties + ".");
    } else {
      text.notes.push_back((is_split ? part.label + ": " : std::string()) + "Among " +
                           format_count(part.ranking.population) +
                           " actors; ties: " + arguments.ties + ".");
    }
  }
  text.notes.push_back(arguments.by + ": " + std::string(facts.definition) + '.');
  if (undefined != 0) {
    text.notes.push_back("Not defined for " + format_count(undefined) +
                         (undefined == 1 ? " actor, who takes" : " actors, who take") +
                         " no part.");
  }
  json object = with_provenance(network, "rank");
  object["by"] = arguments.by;
  object["definition"] = facts.definition;
  object["ties"] = arguments.ties;
  if (is_split) {
    object["split"] = arguments.split;
    object["rankings"] = json::array();
    for (const split_ranking& part : rankings) {
      json one{{"value", part.label}};
      one.update(ranking_json(network, part.ranking));
      object["rankings"].push_back(std::move(one));
    }
  } else {
    object.update(ranking_json(network, rankings.front().ranking));
  }
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
  std::vector<std::string> metrics;
  for (const actor_metric_facts& each : actor_metrics()) metrics.emplace_back(each.name);
  verb->add_option("--by", arguments->by,
                   "What counts: in-degree is taken, out-degree given; the least constrained first")
      ->check(CLI::IsMember(metrics))
      ->capture_default_str()
      ->group(group);
  verb->add_option("--split", arguments->split,
                   std::string("One ranking for each value of: dimension, kind, year or any column "
                               "of the relation table; ") +
                       grouping_names)
      ->type_name("COLUMN")
      ->group(group);
  verb->add_option("--convention", arguments->convention,
                   "Whose betweenness, closeness, clustering and PageRank: gephi, networkx, igraph")
      ->check(CLI::IsMember({"gephi", "networkx", "igraph"}))
      ->capture_default_str()
      ->group(group);
  verb->add_flag("--weighted", arguments->weighted,
                 "PageRank, eigenvector, hub, authority, Katz and Burt's measures by weight")
      ->group(group);
  verb->add_option("--order", arguments->order, "largest or smallest first; auto: the notable")
      ->check(CLI::IsMember({"auto", "largest", "smallest"}))
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
    verb->add_option(name, target, meaning)
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("VALUE")
        ->group(group);
  };
  add_grouping(*verb, arguments->names, group);
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
