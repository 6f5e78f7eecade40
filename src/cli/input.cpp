#include "cli/input.hpp"

#include "valuenet/network/actor_columns.hpp"
#include "valuenet/report/summary_report.hpp"
#include "valuenet/report/table.hpp"

#include <cstdio>
#include <map>
#include <stdexcept>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace valuenet::cli {
namespace {

const std::map<std::string, relation_ends> ends_names{{"both", relation_ends::both},
                                                      {"either", relation_ends::either},
                                                      {"giver", relation_ends::giver},
                                                      {"taker", relation_ends::taker}};
const std::map<std::string, duplicates> duplicates_names{{"sum", duplicates::sum},
                                                         {"keep", duplicates::keep},
                                                         {"count", duplicates::count},
                                                         {"first", duplicates::first},
                                                         {"error", duplicates::error}};
const std::map<std::string, loops> loops_names{{"keep", loops::keep}, {"drop", loops::drop}};

template <class Map>
std::vector<std::string> names_of(const Map& map) {
  std::vector<std::string> names;
  for (const auto& [name, value] : map) names.push_back(name);
  return names;
}

char separator_of(const std::string& text) {
  if (text.empty() || text == "auto") return 0;
  if (text == "tab" || text == "\\t") return '\t';
  if (text == "space") return ' ';
  if (text == "comma") return ',';
  if (text == "semicolon") return ';';
  if (text.size() == 1) return text[0];
  throw std::invalid_argument("--separator " + text +
                              " is not one character, nor tab, space, comma or semicolon");
}

/// --actor-column NAME=GIVER_COLUMN,TAKER_COLUMN
actor_column_source actor_column_of(const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::size_t comma = text.find(',', equals == std::string::npos ? 0 : equals);
  if (equals == std::string::npos || equals == 0 || comma == std::string::npos) {
    throw std::invalid_argument("--actor-column " + text +
                                " is not NAME=GIVER_COLUMN,TAKER_COLUMN, such as "
                                "country=acquirer_country,company_country");
  }
  return {.name = text.substr(0, equals),
          .giver_column = text.substr(equals + 1, comma - equals - 1),
          .taker_column = text.substr(comma + 1)};
}

void describe(const std::vector<std::string>& texts, value_network& network) {
  std::vector<actor_column_source> sources;
  for (const std::string& text : texts) sources.push_back(actor_column_of(text));
  description_result described = describe_actors(network, sources);
  for (const described_column& each : described.columns) {
    spdlog::info("{} of {} actors have a {} by their relations or their own{}",
                 format_count(each.actors), format_count(network.actor_count()), each.name,
                 each.contradicted == 0
                     ? std::string()
                     : "; of " + format_count(each.contradicted) +
                           " relations say different ones, and the most frequent was taken");
  }
  network = std::move(described.network);
}

/// --where COLUMN=VALUE[,VALUE...]; actor.COLUMN or relation.COLUMN where both tables have it.
void add_where(selection_options& options, const std::string& text, const value_network& network) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw std::invalid_argument("--where " + text +
                                " is not COLUMN=VALUE, such as --where city=北京");
  }
  std::string column = text.substr(0, equals);
  std::vector<std::string> values;
  std::size_t from = equals + 1;
  while (true) {
    const std::size_t comma = text.find(',', from);
    values.push_back(text.substr(from, comma - from));
    if (comma == std::string::npos) break;
    from = comma + 1;
  }
  bool may_be_actor = true;
  bool may_be_relation = true;
  constexpr std::string_view actor_prefix = "actor.";
  constexpr std::string_view relation_prefix = "relation.";
  if (column.starts_with(actor_prefix)) {
    column.erase(0, actor_prefix.size());
    may_be_relation = false;
  } else if (column.starts_with(relation_prefix)) {
    column.erase(0, relation_prefix.size());
    may_be_actor = false;
  }
  const bool of_actors = may_be_actor && find_column(network.actors(), column) != nullptr;
  const bool of_relations = may_be_relation && find_column(network.relations(), column) != nullptr;
  if (of_actors && of_relations) {
    throw std::invalid_argument("--where " + column + ": actors and relations both have this " +
                                "column; write actor." + column + " or relation." + column);
  }
  if (of_actors) {
    options.actor_columns.push_back({column, std::move(values)});
  } else if (of_relations) {
    options.relation_columns.push_back({column, std::move(values)});
  } else {
    throw std::invalid_argument("--where " + column + ": no table has a column of this name");
  }
}

}  // namespace

void add_input(CLI::App& verb, input_arguments& input) {
  verb.add_option("FILE", input.files,
                  "One file (a table of relations, an edge list, GEXF, GraphML, GML, Pajek, a "
                  "matrix, a snapshot; "
                  "- is standard input), or a table of actors and a table of relations")
      ->required()
      ->expected(1, 2)
      ->type_name("");
  const auto group = "Reading";
  verb.add_option("--format", input.options.format,
                  "auto, csv, edge list, matrix, gexf, graphml, gml, pajek, snapshot")
      ->group(group);
  verb.add_option("--encoding", input.options.encoding,
                  "auto, or a name that iconv knows, such as GB18030")
      ->group(group);
  verb.add_option("--separator", input.separator,
                  "auto, tab, space, comma, semicolon or a character")
      ->group(group);
  const auto column = [&](const char* name, std::string& target, const char* meaning) {
    verb.add_option(name, target, meaning)->type_name("NAME")->group(group);
  };
  column("--giver-column", input.options.giver_column, "Column of the giver (source)");
  column("--taker-column", input.options.taker_column, "Column of the taker (target)");
  column("--weight-column", input.options.weight_column, "Column of the weight");
  column("--kind-column", input.options.kind_column, "Column of the kind");
  column("--dimension-column", input.options.dimension_column, "Column of the dimension");
  column("--year-column", input.options.year_column, "Column of the year");
  column("--id-column", input.options.id_column, "Column of an actor's id");
  column("--label-column", input.options.label_column, "Column of an actor's label");
  verb.add_option("--undirected-kind", input.options.undirected_kinds,
                  "A kind that holds both ways")
      ->allow_extra_args(false)
      ->group(group);
  verb.add_option("--parties", input.parties,
                  "Ends name several parties, with this between them, such as ';': a record is a "
                  "relation from each giver to each taker")
      ->type_name("DELIMITER")
      ->group(group);
  verb.add_option("--party-weight", input.party_weight,
                  "Of these relations: full (the record's weight each), fractional (adding up to "
                  "it)")
      ->check(CLI::IsMember({"full", "fractional"}))
      ->capture_default_str()
      ->group(group);
  verb.add_option("--actor-column", input.actor_columns,
                  "NAME=GIVER_COLUMN,TAKER_COLUMN: a column of actors (label, country, city, type, "
                  "...) from columns of relations that say it of giver and taker; one may be left "
                  "out")
      ->type_name("COLUMNS")
      ->allow_extra_args(false)
      ->group(group);
  verb.add_option("--rejects", input.rejects_file, "Write every rejected row to this CSV file")
      ->type_name("FILE")
      ->group(group);
}

read_result read_input(const input_arguments& input, const program& shared,
                       std::optional<party_ends> ends) {
  read_options options = input.options;
  options.separator = separator_of(input.separator);
  table rejects{.columns = {{"file"}, {"line"}, {"reason"}, {"text"}}};
  if (!input.rejects_file.empty()) {
    options.on_rejected = [&](const rejected_row& row) {
      rejects.rows.push_back({row.file, std::to_string(row.line), row.reason, row.text});
    };
  }
  read_result result = input.files.size() == 2
                           ? read_network(input.files[0], input.files[1], options, shared.exec)
                           : read_network(input.files[0], options, shared.exec);
  if (!input.rejects_file.empty()) {
    write_output(input.rejects_file, render(rejects, table_format::csv));
  }
  for (const std::string& line : accounting_lines(result.accounting)) spdlog::info("{}", line);
  if (!input.actor_columns.empty()) describe(input.actor_columns, result.network);
  if (!input.parties.empty() && ends) {
    const record_parties parties =
        split_parties(result.network, {.delimiter = input.parties, .ends = *ends}, shared.exec);
    value_network between = expand_parties(
        result.network, parties,
        input.party_weight == "fractional" ? pair_weight::fractional : pair_weight::full,
        shared.exec);
    spdlog::info("{} records became {} relations between parties",
                 format_count(result.network.relation_count()),
                 format_count(between.relation_count()));
    result.network = std::move(between);
  }
  return result;
}

read_result read_input(const input_arguments& input, const filter_arguments& filters,
                       const program& shared, std::optional<party_ends> ends) {
  read_result result = read_input(input, shared, ends);
  if (filters.until_year) result.network = result.network.as_of(*filters.until_year);
  return result;
}

void add_filters(CLI::App& verb, filter_arguments& filters) {
  const auto group = "Selecting (values separated by commas; all conditions must hold)";
  const auto condition = [&](const char* name, std::vector<std::string>& target,
                             const char* meaning) {
    verb.add_option(name, target, meaning)
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("VALUE")
        ->group(group);
  };
  condition("--dimension", filters.dimension, "technology, human_capital, investment");
  condition("--kind", filters.kind, "Kind of relation");
  condition("--technology", filters.technology, "Technology of the relation");
  condition("--application", filters.application, "Application field of the relation");
  condition("--role", filters.role, "sample, relation");
  condition("--type", filters.type, "Type of actor");
  condition("--country", filters.country, "Country of actor");
  condition("--province", filters.province, "Province of actor");
  condition("--city", filters.city, "City of actor");
  condition("--sector", filters.sector, "Sector of actor");
  condition("--industry", filters.industry, "Industry of actor");
  verb.add_option("--where", filters.where,
                  "COLUMN=VALUE[,VALUE]: any column; actor.COLUMN or relation.COLUMN to say whose")
      ->type_name("COND")
      ->allow_extra_args(false)
      ->group(group);
  verb.add_option("--from", filters.from_year, "First year")->type_name("YEAR")->group(group);
  verb.add_option("--until", filters.until_year, "Last year")->type_name("YEAR")->group(group);
  verb.add_flag("--keep-undated", filters.keep_undated,
                "Relations without a year pass conditions on years")
      ->group(group);
  verb.add_option("--ends", filters.ends,
                  "Which ends of a relation must meet the conditions on actors")
      ->check(CLI::IsMember(names_of(ends_names)))
      ->capture_default_str()
      ->group(group);
  auto* all =
      verb.add_flag("--all-actors", filters.all_actors,
                    "Keep actors without a selected relation too (default without conditions)")
          ->group(group);
  verb.add_flag("--related-actors", filters.related_actors,
                "Keep only actors with a selected relation (default with conditions)")
      ->excludes(all)
      ->group(group);
  const auto graph_group = "From relations to the graph";
  auto* directed = verb.add_flag("--directed", filters.directed, "Read relations as directed")
                       ->group(graph_group);
  verb.add_flag("--undirected", filters.undirected, "Read relations as undirected")
      ->excludes(directed)
      ->group(graph_group);
  verb.add_option("--duplicates", filters.duplicates,
                  "Rows of one giver, taker and kind: sum, keep, count, first, error")
      ->check(CLI::IsMember(names_of(duplicates_names)))
      ->capture_default_str()
      ->group(graph_group);
  verb.add_option("--loops", filters.loops, "Relations of an actor with itself: keep, drop")
      ->check(CLI::IsMember(names_of(loops_names)))
      ->capture_default_str()
      ->group(graph_group);
}

bool has_conditions(const filter_arguments& f) {
  for (const auto* values : {&f.dimension, &f.kind, &f.technology, &f.application, &f.role, &f.type,
                             &f.country, &f.province, &f.city, &f.sector, &f.industry, &f.where}) {
    if (!values->empty()) return true;
  }
  return f.from_year || f.until_year;
}

selection_options selection_of(const filter_arguments& filters, const value_network& network) {
  selection_options options{
      .dimension = filters.dimension,
      .kind = filters.kind,
      .technology = filters.technology,
      .application = filters.application,
      .from_year = filters.from_year,
      .until_year = filters.until_year,
      .keep_undated = filters.keep_undated,
      .role = filters.role,
      .type = filters.type,
      .country = filters.country,
      .province = filters.province,
      .city = filters.city,
      .sector = filters.sector,
      .industry = filters.industry,
      .ends = ends_names.at(filters.ends),
      .all_actors = filters.all_actors || (!filters.related_actors && !has_conditions(filters)),
      .duplicates = duplicates_names.at(filters.duplicates),
      .loops = loops_names.at(filters.loops),
  };
  if (filters.directed) options.direction = direction::directed;
  if (filters.undirected) options.direction = direction::undirected;
  for (const std::string& condition : filters.where) add_where(options, condition, network);
  return options;
}

void add_output(CLI::App& verb, output_arguments& output) {
  const auto group = "Output";
  auto* json = verb.add_flag("--json", output.json, "As JSON")->group(group);
  auto* csv = verb.add_flag("--csv", output.csv, "As CSV")->excludes(json)->group(group);
  verb.add_flag("--markdown", output.markdown, "As a Markdown table")
      ->excludes(json)
      ->excludes(csv)
      ->group(group);
  verb.add_option("-o,--output", output.file, "Write to this file instead of standard output")
      ->type_name("FILE")
      ->group(group);
}

}  // namespace valuenet::cli
