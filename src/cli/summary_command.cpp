// valuenet summary, valuenet conventions: the network's statistics, by one convention or by all.
#include "valuenet/graph/convention.hpp"
#include "valuenet/network/published.hpp"
#include "valuenet/network/summary.hpp"
#include "valuenet/report/summary_report.hpp"
#include "valuenet/report/table.hpp"

#include <map>
#include <memory>
#include <string>

#include <spdlog/spdlog.h>

#include "cli/input.hpp"
#include "cli/program.hpp"
#include "cli/published_file.hpp"

namespace valuenet::cli {
namespace {

struct summary_arguments {
  input_arguments input;
  filter_arguments filters;
  output_arguments output;
  std::string convention = "gephi";
  std::string published;
  summary_options options;
};

table_format format_of(const output_arguments& output) {
  if (output.csv) return table_format::csv;
  return output.markdown ? table_format::markdown : table_format::text;
}

void add_search(CLI::App& verb, summary_arguments& arguments) {
  const auto group = "Communities";
  verb.add_option("--resolution", arguments.options.resolution,
                  "Resolution of modularity, in the convention's direction")
      ->check(CLI::PositiveNumber)
      ->capture_default_str()
      ->group(group);
  verb.add_option("--runs", arguments.options.runs, "Runs of the search; the best counts")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str()
      ->group(group);
  const std::map<std::string, distance_method> methods{{"automatic", distance_method::automatic},
                                                       {"exact", distance_method::exact},
                                                       {"sampled", distance_method::sampled},
                                                       {"hyperball", distance_method::hyperball}};
  verb.add_option("--distances", arguments.options.distances,
                  "How path statistics are found: exact; estimated from sampled nodes or by "
                  "HyperBall, with an interval; automatic: exact where that takes minutes at most")
      ->transform(CLI::CheckedTransformer(methods, CLI::ignore_case))
      ->option_text("automatic|exact|sampled|hyperball")
      ->default_str("automatic")
      ->group("Paths");
  verb.add_option("--published", arguments.published,
                  "Published values to set beside: NAME=VALUE[,NAME=VALUE...] or a CSV file with "
                  "columns statistic,value")
      ->type_name("VALUES")
      ->group("Output");
}

void summarize_input(const summary_arguments& arguments, const program& shared) {
  const std::vector<published_value> published = read_published(arguments.published);
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const selection selected =
      select(input.network, selection_of(arguments.filters, input.network), shared.exec);
  for (const std::string& line : accounting_lines(selected.accounting())) spdlog::info("{}", line);
  summary_options options = arguments.options;
  options.convention = *parse_convention(arguments.convention);
  options.seed = shared.seed;
  const summary_result summary = summarize(selected, options, shared.exec);
  write_output(arguments.output.file,
               arguments.output.json
                   ? summary_json(summary, input.accounting, selected.accounting(), published)
                   : render(summary_table(summary, published), format_of(arguments.output)));
}

void compare_input(const summary_arguments& arguments, const program& shared) {
  const std::vector<published_value> published = read_published(arguments.published);
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  summary_options options = arguments.options;
  options.seed = shared.seed;
  const std::vector<reading> readings = compare_conventions(
      input.network, selection_of(arguments.filters, input.network), options, shared.exec);
  write_output(arguments.output.file,
               arguments.output.json
                   ? conventions_json(readings, input.accounting, published)
                   : render(conventions_table(readings, published), format_of(arguments.output)));
}

}  // namespace

void add_summary(CLI::App& app, program& shared) {
  CLI::App* verb = app.add_subcommand("summary", "The network statistics of a value network");
  auto arguments = std::make_shared<summary_arguments>();
  add_input(*verb, arguments->input);
  add_filters(*verb, arguments->filters);
  add_output(*verb, arguments->output);
  add_search(*verb, *arguments);
  verb->add_option("--convention", arguments->convention,
                   "Whose definitions: gephi, networkx, igraph")
      ->check(CLI::IsMember({"gephi", "networkx", "igraph"}))
      ->capture_default_str();
  verb->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { summarize_input(*arguments, shared); };
  });
}

void add_conventions(CLI::App& app, program& shared) {
  CLI::App* verb = app.add_subcommand(
      "conventions",
      "The same network by the conventions of Gephi, NetworkX and igraph, directed and undirected");
  auto arguments = std::make_shared<summary_arguments>();
  add_input(*verb, arguments->input);
  add_filters(*verb, arguments->filters);
  add_output(*verb, arguments->output);
  add_search(*verb, *arguments);
  verb->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { compare_input(*arguments, shared); };
  });
}

}  // namespace valuenet::cli
