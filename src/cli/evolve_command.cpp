// valuenet evolve: the summary year by year.
#include "valuenet/graph/convention.hpp"
#include "valuenet/network/densification.hpp"
#include "valuenet/network/preferential_attachment.hpp"
#include "valuenet/network/slices.hpp"

#include <array>
#include <cmath>
#include <memory>

#include <fmt/format.h>
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
  bool laws = false;
  std::string ranks;
  std::size_t top = 20;
};

constexpr std::array degree_kinds{degree_kind::total, degree_kind::in, degree_kind::out};
constexpr std::array degree_names{"total", "in", "out"};

/// Densification, and attachment by total, in- and out-degree (total alone where the network is
/// undirected).
struct growth_laws {
  densification_result densification;
  std::vector<attachment_result> attachment;
};

growth_laws laws_of(const value_network& network, const selection_options& selection,
                    const execution& exec) {
  growth_laws laws{.densification = densification(network, {.selection = selection}, exec),
                   .attachment = {}};
  const bool is_undirected =
      selection.direction ? *selection.direction == direction::undirected : network.is_undirected();
  for (std::size_t i = 0; i < (is_undirected ? 1 : degree_kinds.size()); ++i) {
    laws.attachment.push_back(
        preferential_attachment(network, {.selection = selection, .kind = degree_kinds[i]}, exec));
  }
  return laws;
}

// What an exponent says, at two of its standard errors.
const char* reading_of(const attachment_result& found) {
  const double error = 2.0 * found.robust_standard_error;
  const bool may_be_none = std::abs(*found.exponent) <= error;
  const bool may_be_linear = std::abs(*found.exponent - 1.0) <= error;
  if (may_be_none && may_be_linear) return "none or linear: the data do not tell";
  if (may_be_none) return "no preference that the data show";
  if (*found.exponent < 0.0) return "new relations avoid actors with more relations";
  if (may_be_linear) return "linear preference";
  return *found.exponent < 1.0 ? "preference, weaker than linear"
                               : "preference, stronger than linear";
}

table laws_table(const growth_laws& laws) {
  table text{.title = "Laws of growth",
             .columns = {{"law"},
                         {"degree from", alignment::right},
                         {"to", alignment::right},
                         {"value", alignment::right},
                         {"standard error", alignment::right},
                         {"observations", alignment::right},
                         {"reading"}}};
  const densification_result& dense = laws.densification;
  text.rows.push_back(
      {"densification exponent", "", "", optional_text(dense.exponent),
       dense.standard_error ? format_number(*dense.standard_error, 3) : std::string(),
       format_count(dense.points.size()),
       dense.lowest ? fmt::format("{:.4g} to {:.4g} without any one year; R^2 {:.4f}",
                                  *dense.lowest, *dense.highest, dense.r_squared.value_or(1.0))
                    : std::string("too few years")});
  for (std::size_t i = 0; i < laws.attachment.size(); ++i) {
    const attachment_result& found = laws.attachment[i];
    text.rows.push_back({fmt::format("attachment exponent, {} degree", degree_names[i]), "", "",
                         optional_text(found.exponent),
                         found.exponent ? format_number(found.robust_standard_error, 3) : "",
                         format_count(found.arrivals),
                         found.exponent ? reading_of(found) : explain(found.status)});
  }
  for (std::size_t i = 0; i < laws.attachment.size(); ++i) {
    for (const kernel_bin& bin : laws.attachment[i].kernel) {
      text.rows.push_back(
          {fmt::format("attractiveness, {} degree", degree_names[i]), format_count(bin.from),
           format_count(bin.to), format_number(bin.attractiveness, 5),
           bin.standard_error ? format_number(*bin.standard_error, 3) : std::string(),
           format_count(bin.arrivals), ""});
    }
  }
  text.notes.push_back(
      "Densification: edges ~ actors^exponent, by least squares over the years (1: the mean degree "
      "stays).");
  text.notes.push_back(
      "Attachment: a new relation's end goes to an actor of degree k with chance ~ k^exponent, by "
      "maximum likelihood; errors allow for actors that differ in more than degree.");
  text.notes.push_back("Attractiveness: the same without a form, an average actor's being 1.");
  return text;
}

std::vector<std::string> law_notes(const growth_laws& laws) {
  std::vector<std::string> notes;
  const densification_result& dense = laws.densification;
  if (dense.exponent && dense.standard_error) {
    notes.push_back(
        fmt::format("Densification: edges ~ actors^{:.4g} (standard error {:.2g}; {:.4g} "
                    "to {:.4g} without any one year).",
                    *dense.exponent, *dense.standard_error, *dense.lowest, *dense.highest));
  }
  for (std::size_t i = 0; i < laws.attachment.size(); ++i) {
    const attachment_result& found = laws.attachment[i];
    if (!found.exponent) continue;
    notes.push_back(fmt::format(
        "Attachment by {} degree k: chance ~ k^{:.3f} (standard error {:.2g}): {}.",
        degree_names[i], *found.exponent, found.robust_standard_error, reading_of(found)));
  }
  return notes;
}

json laws_json(const growth_laws& laws) {
  json object;
  const densification_result& dense = laws.densification;
  object["densification"] = {{"exponent", optional_json(dense.exponent)},
                             {"standard_error", optional_json(dense.standard_error)},
                             {"lowest", optional_json(dense.lowest)},
                             {"highest", optional_json(dense.highest)},
                             {"r_squared", optional_json(dense.r_squared)}};
  object["densification"]["points"] = json::array();
  for (const growth_point& point : dense.points) {
    object["densification"]["points"].push_back(
        {{"year", point.year}, {"actors", point.actors}, {"edges", point.edges}});
  }
  for (std::size_t i = 0; i < laws.attachment.size(); ++i) {
    const attachment_result& found = laws.attachment[i];
    json one{{"exponent", optional_json(found.exponent)}};
    if (found.exponent) {
      one["standard_error"] = found.robust_standard_error;
      one["standard_error_of_independent_ends"] = found.standard_error;
      one["gain_over_uniform"] = found.gain_over_uniform;
      one["gain_over_linear"] = found.gain_over_linear;
      one["reading"] = reading_of(found);
    } else {
      one["reason"] = explain(found.status);
    }
    one["arrivals"] = found.arrivals;
    one["first_ends"] = found.first_ends;
    one["years"] = found.years;
    one["kernel"] = json::array();
    for (const kernel_bin& bin : found.kernel) {
      one["kernel"].push_back({{"from", bin.from},
                               {"to", bin.to},
                               {"degree", bin.degree},
                               {"arrivals", bin.arrivals},
                               {"attractiveness", bin.attractiveness},
                               {"standard_error", optional_json(bin.standard_error)}});
    }
    object["preferential_attachment"][degree_names[i]] = std::move(one);
  }
  return object;
}

std::string slice_name(const std::optional<int>& window, int year) {
  const int first = year - (window.value_or(1) - 1);
  return first != year ? std::to_string(first) + "-" + std::to_string(year) : std::to_string(year);
}

/// Instead of the summaries: the ranks of the actors that lead in the last slice.
void show_ranks(const evolve_arguments& arguments, const value_network& network,
                const evolution_options& options, const program& shared) {
  const actor_metric metric = *parse_actor_metric(arguments.ranks);
  const rank_evolution_result found =
      rank_evolution(network, metric, options, {.k = arguments.top}, shared.exec);
  if (found.years.empty()) {
    throw std::invalid_argument("no relation has a year; evolve needs a column of years");
  }
  table text{.title = "Ranks by " + arguments.ranks + ", year by year", .columns = {{"actor"}}};
  for (const int year : found.years) {
    text.columns.push_back({slice_name(options.window, year), alignment::right});
  }
  text.columns.push_back({arguments.ranks, alignment::right});
  text.columns.push_back({"rise", alignment::right});
  json object = with_provenance(network, "evolve");
  object["ranks_by"] = arguments.ranks;
  object["years"] = found.years;
  object["actors"] = json::array();
  for (const rank_history& each : found.actors) {
    std::vector<std::string> row{std::string(network.label(each.actor))};
    json ranks = json::array();
    json values = json::array();
    for (std::size_t i = 0; i < each.rank.size(); ++i) {
      row.push_back(each.rank[i] ? format_count(*each.rank[i]) : std::string());
      ranks.push_back(each.rank[i] ? json(*each.rank[i]) : json(nullptr));
      values.push_back(optional_json(each.value[i]));
    }
    row.push_back(optional_text(each.value.back(), ""));
    row.push_back(each.rise ? fmt::format("{:+}", *each.rise) : std::string("new"));
    text.rows.push_back(std::move(row));
    object["actors"].push_back({{"id", network.id(each.actor)},
                                {"label", network.label(each.actor)},
                                {"rank", std::move(ranks)},
                                {"value", std::move(values)},
                                {"rise", each.rise ? json(*each.rise) : json(nullptr)}});
  }
  std::vector<std::string> row{"agreement with the year before (tau-b)"};
  json agreement = json::array();
  for (const auto& tau : found.agreement) {
    row.push_back(tau ? format_number(*tau, 3) : std::string());
    agreement.push_back(optional_json(tau));
  }
  row.resize(text.columns.size());
  text.rows.push_back(std::move(row));
  object["agreement"] = std::move(agreement);
  text.notes.push_back(
      "Ranks are among all actors of a slice, ties share a rank; rise: places won "
      "since the slice before.");
  if (!network.surrogate_notice().empty()) {
    text.notes.push_back("Made-up network: " + network.surrogate_notice());
  }
  print_result(arguments.output, text, object);
}

void evolve(const evolve_arguments& arguments, const program& shared) {
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  evolution_options options{.selection = selection_of(arguments.filters, input.network),
                            .window = arguments.window};
  // An actor belongs to a slice through its relations of those years, unless asked otherwise.
  options.selection.all_actors = arguments.filters.all_actors;
  options.summary.convention = *parse_convention(arguments.convention);
  options.summary.runs = arguments.runs;
  options.summary.seed = shared.seed;
  if (!arguments.ranks.empty()) return show_ranks(arguments, input.network, options, shared);
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
  const growth_laws laws = laws_of(input.network, options.selection, shared.exec);
  object.update(laws_json(laws));
  if (arguments.laws) {
    text = laws_table(laws);
  } else {
    for (std::string& note : law_notes(laws)) text.notes.push_back(std::move(note));
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
  std::vector<std::string> metrics;
  for (const actor_metric_facts& each : actor_metrics()) metrics.emplace_back(each.name);
  verb->add_option("--ranks", arguments->ranks,
                   "Instead of the table: how the ranks by a metric (as of rank --by) change")
      ->check(CLI::IsMember(metrics))
      ->type_name("METRIC")
      ->group(group);
  verb->add_option("-k,--top", arguments->top, "With --ranks: how many actors; 0: all")
      ->capture_default_str()
      ->group(group);
  verb->add_flag("--laws", arguments->laws,
                 "Instead of the table: densification, and how new relations prefer actors that "
                 "have many; beside the rest in JSON")
      ->group(group);
  verb->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { evolve(*arguments, shared); };
  });
}

}  // namespace valuenet::cli
