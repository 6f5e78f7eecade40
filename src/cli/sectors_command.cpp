// valuenet sectors: who empowers whom, between the core sector and the industries.
#include "valuenet/error.hpp"
#include "valuenet/network/sectors.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "cli/groups.hpp"
#include "cli/output.hpp"
#include "cli/program.hpp"
#include "cli/published_file.hpp"

namespace valuenet::cli {
namespace {

struct sectors_arguments {
  input_arguments input;
  filter_arguments filters;
  output_arguments output;
  sector_options options;
  std::string classification;
  std::string level;
  std::string measure = "relations";
};

/// Columns label, section and sector; section may lack: then each label is its own.
std::vector<industry_class> read_classification(const std::string& file) {
  const printed_table table = read_printed_table(file);
  const auto column = [&](const char* name) -> std::optional<std::size_t> {
    const auto at = std::find(table.columns.begin(), table.columns.end(), name);
    if (at == table.columns.end()) return std::nullopt;
    return static_cast<std::size_t>(at - table.columns.begin());
  };
  const auto label = column("label");
  const auto section = column("section");
  const auto sector = column("sector");
  if (!label || !sector) {
    throw parse_error({file, 1, 0},
                      "the columns label and sector were expected (and section, if there are any)");
  }
  std::vector<industry_class> all;
  for (const auto& row : table.rows) {
    all.push_back({row[*label], section ? row[*section] : row[*label], row[*sector]});
  }
  return all;
}

std::string share_text(const std::optional<double>& share) {
  return share ? percent(*share) : std::string();
}

void show_sectors(const sectors_arguments& arguments, const program& shared) {
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const value_network& network = input.network;
  sector_options options = arguments.options;
  options.flows = {.selection = selection_of(arguments.filters, network),
                   .measure = measure_of({.by = "", .names = {}, .measure = arguments.measure})};
  // A table without industries still has its sides; a column asked for by name must be there.
  if (options.industry_column == sector_options{}.industry_column &&
      find_column(network.actors(), options.industry_column) == nullptr) {
    options.industry_column.clear();
  }
  if (!arguments.classification.empty()) {
    options.classification = read_classification(arguments.classification);
  }
  const sector_result found = sector_exchanges(network, options, shared.exec);

  const std::string& focus = options.focus;
  table text{.title = "What " + focus + " exchanges with the sectors and industries",
             .columns = {{"level"},
                         {"of"},
                         {"with"},
                         {"given", alignment::right},
                         {"share", alignment::right},
                         {"taken", alignment::right},
                         {"share", alignment::right},
                         {"share of both", alignment::right},
                         {"given / both", alignment::right}}};
  json object = with_provenance(network, "sectors");
  object["focus"] = focus;
  object["measure"] = arguments.measure;
  object["unclassified_given"] = found.unclassified_given;
  object["unclassified_taken"] = found.unclassified_taken;
  object["lines"] = json::array();
  for (const sector_exchange& line : found.lines) {
    if (!arguments.level.empty() && line.level != arguments.level) continue;
    const exchange_partner& with = line.partner;
    text.rows.push_back({line.level, line.parent, with.name, format_number(with.given),
                         share_text(with.share_of_given), format_number(with.taken),
                         share_text(with.share_of_taken), share_text(with.share_of_both),
                         share_text(with.given_of_both)});
    object["lines"].push_back({{"level", line.level},
                               {"of", line.parent},
                               {"with", with.name},
                               {"given", with.given},
                               {"taken", with.taken},
                               {"share_of_given", optional_json(with.share_of_given)},
                               {"share_of_taken", optional_json(with.share_of_taken)},
                               {"share_of_both", optional_json(with.share_of_both)},
                               {"given_of_both", optional_json(with.given_of_both)}});
  }
  text.notes.push_back(
      "Given: by " + focus + ", taken: from the others. Side: of all that " + focus +
      " gives or takes, itself included; below, of what it exchanges with actors of "
      "another side in that sector or section.");
  if (!options.industry_column.empty()) {
    text.notes.push_back("With actors whose " + options.industry_column +
                         " is in no class: given " + format_number(found.unclassified_given) +
                         ", taken " + format_number(found.unclassified_taken) + ".");
  }
  if (!network.surrogate_notice().empty()) {
    text.notes.push_back("Made-up network: " + network.surrogate_notice());
  }
  print_result(arguments.output, text, object);
}

}  // namespace

void add_sectors(CLI::App& app, program& shared) {
  CLI::App* verb = app.add_subcommand(
      "sectors", "Who empowers whom: the core sector and primary, secondary, tertiary industries");
  auto arguments = std::make_shared<sectors_arguments>();
  add_input(*verb, arguments->input);
  add_filters(*verb, arguments->filters);
  add_output(*verb, arguments->output);
  const auto group = "Sectors";
  verb->add_option("--side-column", arguments->options.side_column,
                   "The column that tells the core from the rest")
      ->capture_default_str()
      ->group(group);
  verb->add_option("--focus", arguments->options.focus, "Its word whose exchange is shown")
      ->capture_default_str()
      ->group(group);
  verb->add_option("--industry-column", arguments->options.industry_column,
                   "The column of the industries")
      ->capture_default_str()
      ->group(group);
  verb->add_option("--classification", arguments->classification,
                   "Your own CSV table with the columns label, section, sector (default: GB/T "
                   "4754-2017)")
      ->type_name("FILE")
      ->group(group);
  verb->add_option("--level", arguments->level, "One level only")
      ->check(CLI::IsMember({"side", "sector", "section", "division"}))
      ->group(group);
  verb->add_option("--measure", arguments->measure,
                   "relations (rows), edges (distinct giver, taker and kind), weight")
      ->check(CLI::IsMember({"relations", "edges", "weight"}))
      ->capture_default_str()
      ->group(group);
  verb->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { show_sectors(*arguments, shared); };
  });
}

}  // namespace valuenet::cli
