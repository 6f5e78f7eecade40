// valuenet check, valuenet count: what relations there are, and what does not add up.
#include "valuenet/error.hpp"
#include "valuenet/network/accounting.hpp"
#include "valuenet/network/polarisation.hpp"
#include "valuenet/network/table_checks.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include "cli/groups.hpp"
#include "cli/output.hpp"
#include "cli/program.hpp"
#include "cli/published_file.hpp"

namespace valuenet::cli {
namespace {

struct check_arguments {
  input_arguments input;
  filter_arguments filters;
  output_arguments output;
  std::vector<std::string> tables;
  std::string titles;
  double near = 0.001;
  std::size_t most_cases = 20;
};

void show_check(const check_arguments& arguments, const program& shared) {
  table text{.columns = {{"grade"}, {"rule"}, {"where"}, {"finding"}}};
  value_network network;
  std::vector<finding> findings;
  json object;
  if (!arguments.tables.empty()) {
    if (!arguments.input.files.empty()) {
      throw std::invalid_argument("check: give a network, or --table FILE, not both");
    }
    if (has_conditions(arguments.filters)) {
      throw std::invalid_argument(
          "check: conditions select relations of a network; printed tables are checked whole");
    }
    std::vector<printed_table> tables;
    for (const std::string& file : arguments.tables) tables.push_back(read_printed_table(file));
    if (!arguments.titles.empty()) {
      const auto titles = read_titles(arguments.titles);
      for (printed_table& each : tables) {
        const auto found = titles.find(each.name);
        if (found != titles.end()) each.title = found->second;
      }
    }
    findings = check_tables(tables, {.near = arguments.near, .most_cases = arguments.most_cases});
    text.title = "What does not add up in " + format_count(tables.size()) + " printed tables";
    object = with_provenance(network, "check");
    object["tables"] = arguments.tables;
  } else {
    if (arguments.input.files.empty()) {
      throw std::invalid_argument(
          "check: give a table of relations (and of actors before it), or printed tables with "
          "--table FILE");
    }
    network = read_input(arguments.input, arguments.filters, shared).network;
    if (has_conditions(arguments.filters)) {
      network =
          selected_network(select(network, selection_of(arguments.filters, network), shared.exec));
    }
    findings = check_network(network, arguments.most_cases);
    const sample_structure sample = structure_of_sample(network);
    text.title = "What does not fit together in the network";
    text.notes.push_back("Actors: " + format_count(sample.sample_actors) + " sample, " +
                         format_count(sample.relation_actors) + " relation, " +
                         format_count(sample.unknown_actors) + " of unknown role; " +
                         format_count(sample.isolated_actors) + " without a relation.");
    text.notes.push_back("Relations: between sample actors " + format_count(sample.between_sample) +
                         ", sample to relation " + format_count(sample.sample_to_relation) +
                         ", relation to sample " + format_count(sample.relation_to_sample) +
                         ", between relation actors " + format_count(sample.between_relation) +
                         ", of unknown roles " + format_count(sample.unknown) + ".");
    object = with_provenance(network, "check");
    object["sample"] = {{"sample_actors", sample.sample_actors},
                        {"relation_actors", sample.relation_actors},
                        {"unknown_actors", sample.unknown_actors},
                        {"isolated_actors", sample.isolated_actors},
                        {"between_sample", sample.between_sample},
                        {"sample_to_relation", sample.sample_to_relation},
                        {"relation_to_sample", sample.relation_to_sample},
                        {"between_relation", sample.between_relation},
                        {"unknown", sample.unknown}};
  }
  object["findings"] = json::array();
  std::array<std::size_t, 3> of_grade{};
  for (const finding& each : findings) {
    ++of_grade[static_cast<std::size_t>(each.grade)];
    text.rows.push_back({std::string(to_string(each.grade)), each.rule, each.where, each.message});
    object["findings"].push_back({{"grade", to_string(each.grade)},
                                  {"rule", each.rule},
                                  {"where", each.where},
                                  {"message", each.message},
                                  {"rows", each.rows}});
  }
  text.notes.push_back(format_count(of_grade[0]) + " contradictions, " + format_count(of_grade[1]) +
                       " doubts, " + format_count(of_grade[2]) + " that rounding explains.");
  print_result(arguments.output, text, object);
}

struct count_arguments {
  input_arguments input;
  filter_arguments filters;
  output_arguments output;
  std::string by = "relation";
  std::string across;
  std::string count_at = "both";
  std::string home = "中国";
  std::string measure = "relations";
  bool shares = false;
  bool row_shares = false;
  bool actors = false;
  std::vector<std::string> core;
  std::string core_of = "province";
};

relation_grouping relations_by(const value_network& network, const std::string& by,
                               const count_arguments& arguments) {
  if (by == "core") {
    return group_core_periphery(network, group_actors(network, arguments.core_of), arguments.core);
  }
  if (by == "origin") return group_domestic_foreign(network, arguments.home);
  if (by == "relation" || by == "year" || find_column(network.relations(), by) != nullptr) {
    return group_relations(network, by);
  }
  const grouping actors = grouping_of(network, by);
  const counted_end end = arguments.count_at == "giver"   ? counted_end::giver
                          : arguments.count_at == "taker" ? counted_end::taker
                                                          : counted_end::both;
  return group_relations(network, actors, end);
}

relation_counts count_by(const value_network& network, const count_arguments& arguments,
                         const execution& exec) {
  count_options options{
      .selection = selection_of(arguments.filters, network),
      .measure = arguments.measure == "weight" ? count_measure::weight : count_measure::relations};
  const bool is_crossed = !arguments.across.empty();
  if (arguments.actors) {
    options.selection.all_actors = !arguments.filters.related_actors;
    const grouping rows = grouping_of(network, arguments.by == "relation" ? "role" : arguments.by);
    return is_crossed
               ? count_actors(network, rows, grouping_of(network, arguments.across), options, exec)
               : count_actors(network, rows, options, exec);
  }
  const relation_grouping rows = relations_by(network, arguments.by, arguments);
  return is_crossed
             ? count_relations(network, rows, relations_by(network, arguments.across, arguments),
                               options, exec)
             : count_relations(network, rows, options, exec);
}

void show_count(const count_arguments& arguments, const program& shared) {
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const value_network& network = input.network;
  const relation_counts counts = count_by(network, arguments, shared.exec);
  const bool is_crossed = !arguments.across.empty();

  table text{.title = (arguments.actors ? "Actors by " : "Relations by ") + counts.row_name +
                      (is_crossed ? " and " + counts.column_name : std::string()),
             .columns = {{counts.row_name}}};
  // Years and words of which nothing was selected are no columns.
  std::vector<std::size_t> columns;
  for (std::size_t j = 0; is_crossed && j < counts.columns.size(); ++j) {
    if (counts.column_totals[j] == 0.0) continue;
    columns.push_back(j);
    text.columns.push_back({counts.columns[j], alignment::right});
  }
  text.columns.push_back({arguments.actors ? "actors" : arguments.measure, alignment::right});
  text.columns.push_back({"share", alignment::right});
  json object = with_provenance(network, "count");
  object["counted"] = arguments.actors ? "actors" : "relations";
  object["by"] = counts.row_name;
  object["across"] = is_crossed ? json(counts.column_name) : json(nullptr);
  object["total"] = counts.total;
  object["denominator"] = counts.denominator;
  object["without_group"] = counts.without_group;
  object["selected"] = counts.selected;
  object["rows"] = json::array();
  std::vector<std::size_t> order(counts.rows.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  if (arguments.by != "year") {
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return counts.row_totals[a] > counts.row_totals[b];
    });
  }
  for (const std::size_t i : order) {
    if (counts.row_totals[i] == 0.0) continue;
    std::vector<std::string> row{counts.rows[i]};
    json one{{"name", counts.rows[i]}, {"count", counts.row_totals[i]}, {"share", counts.share(i)}};
    if (is_crossed) {
      one["cells"] = json::object();
      for (const std::size_t j : columns) {
        const double whole = arguments.row_shares ? counts.row_totals[i] : counts.column_totals[j];
        row.push_back(!arguments.shares && !arguments.row_shares ? format_number(counts(i, j))
                      : whole > 0.0                              ? percent(counts(i, j) / whole)
                                                                 : std::string());
        one["cells"][counts.columns[j]] = counts(i, j);
      }
    }
    row.push_back(format_number(counts.row_totals[i]));
    row.push_back(percent(counts.share(i)));
    text.rows.push_back(std::move(row));
    object["rows"].push_back(std::move(one));
  }
  text.notes.push_back("Shares are of " + format_number(counts.total) + " " + counts.denominator +
                       "; in no group: " + format_number(counts.without_group) + ".");
  if (!network.surrogate_notice().empty()) {
    text.notes.push_back("Made-up network: " + network.surrogate_notice());
  }
  print_result(arguments.output, text, object);
}

}  // namespace

void add_check(CLI::App& app, program& shared) {
  CLI::App* verb = app.add_subcommand(
      "check", "What does not add up: in a network's tables, or in printed tables");
  auto arguments = std::make_shared<check_arguments>();
  add_input(*verb, arguments->input);
  verb->get_option("FILE")->required(false)->expected(0, 2);
  add_filters(*verb, arguments->filters);
  verb->add_option("--table", arguments->tables,
                   "Printed tables (CSV with a header) instead of a network; tables given together "
                   "are held against each other")
      ->type_name("FILE")
      ->group("Printed tables");
  verb->add_option("--titles", arguments->titles,
                   "CSV with columns file and title: what was printed above each table")
      ->type_name("FILE")
      ->group("Printed tables");
  verb->add_option("--most-cases", arguments->most_cases, "Findings of one rule at most")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1000000}))
      ->capture_default_str();
  verb->add_option("--near", arguments->near,
                   "Sums of two tables that differ by less than this share were meant to agree")
      ->capture_default_str()
      ->group("Printed tables");
  add_output(*verb, arguments->output);
  verb->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { show_check(*arguments, shared); };
  });
}

void add_count(CLI::App& app, program& shared) {
  CLI::App* verb = app.add_subcommand(
      "count",
      "Relations by dimension and kind, origin, place, year, technology or application; actors");
  auto arguments = std::make_shared<count_arguments>();
  add_input(*verb, arguments->input);
  add_filters(*verb, arguments->filters);
  add_output(*verb, arguments->output);
  const auto group = "Counting";
  verb->add_option(
          "--by", arguments->by,
          "relation (dimension and kind), year, origin (domestic or foreign), circle, core, a "
          "column of the relation table, or one of the actor table")
      ->capture_default_str()
      ->group(group);
  verb->add_option("--across", arguments->across, "Crossed with another of these, as columns")
      ->group(group);
  verb->add_flag("--shares", arguments->shares,
                 "With --across: each cell's share of its column, such as of its year")
      ->group(group);
  verb->add_flag("--row-shares", arguments->row_shares,
                 "With --across: each cell's share of its row, such as the foreign ones of a kind")
      ->excludes("--shares")
      ->group(group);
  verb->add_flag("--actors", arguments->actors,
                 "Count actors, such as the sample's (--role sample): --by and --across are role, "
                 "circle, origin, or a column of the actor table")
      ->group(group);
  verb->add_option("--count-at", arguments->count_at,
                   "Where a relation counts for a column of actors: giver, taker, both ends")
      ->check(CLI::IsMember({"giver", "taker", "both"}))
      ->capture_default_str()
      ->group(group);
  verb->add_option("--core", arguments->core,
                   "For --by core: the groups that are the core, such as 北京市,广东省")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->group(group);
  verb->add_option("--core-of", arguments->core_of, "For --by core: the column of these groups")
      ->capture_default_str()
      ->group(group);
  verb->add_option("--home", arguments->home, "Country whose relations are domestic")
      ->capture_default_str()
      ->group(group);
  verb->add_option("--measure", arguments->measure, "relations (rows), weight")
      ->check(CLI::IsMember({"relations", "weight"}))
      ->capture_default_str()
      ->group(group);
  verb->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { show_count(*arguments, shared); };
  });
}

}  // namespace valuenet::cli
