// valuenet report: everything that is computed for one network, as one page, Markdown or JSON.
#include "valuenet/graph/convention.hpp"
#include "valuenet/report/document.hpp"

#include <cstdlib>
#include <ctime>
#include <map>
#include <memory>
#include <string>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/input.hpp"
#include "cli/program.hpp"

namespace valuenet::cli {
namespace {

struct report_arguments {
  input_arguments input;
  filter_arguments filters;
  bool json = false;
  bool markdown = false;
  std::string file;
  std::string convention = "gephi";
  std::string time;
  valuenet::language language = valuenet::language::english;
  document_options options;
};

/// Now, or what SOURCE_DATE_EPOCH says (reproducible-builds.org), in universal time.
std::string time_of_day() {
  std::time_t now = std::time(nullptr);
  if (const char* fixed = std::getenv("SOURCE_DATE_EPOCH")) {
    char* end = nullptr;
    const long long seconds = std::strtoll(fixed, &end, 10);
    if (end != fixed && *end == '\0') now = static_cast<std::time_t>(seconds);
  }
  return fmt::format("{:%Y-%m-%d %H:%M:%S} UTC", fmt::gmtime(now));
}

void make_report(const report_arguments& arguments, const program& shared) {
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  document_options options = arguments.options;
  options.selection = selection_of(arguments.filters, input.network);
  options.convention = *parse_convention(arguments.convention);
  options.seed = shared.seed;
  options.command = shared.command;
  options.time = arguments.time.empty() ? time_of_day() : arguments.time;
  // The picture is for the page alone; JSON counts it.
  options.with_picture = options.with_picture && !arguments.markdown && !arguments.json;
  const document report = compose_document(input, options, shared.exec);
  write_output(arguments.file, arguments.json       ? render_json(report)
                               : arguments.markdown ? render_markdown(report, arguments.language)
                                                    : render_html(report, arguments.language));
  if (!arguments.file.empty()) spdlog::info("report written to {}", arguments.file);
}

}  // namespace

void add_report(CLI::App& app, program& shared) {
  CLI::App* verb = app.add_subcommand(
      "report",
      "Everything about a network in one page that explains itself, in Chinese and English");
  auto arguments = std::make_shared<report_arguments>();
  add_input(*verb, arguments->input);
  add_filters(*verb, arguments->filters);
  const auto group = "Output";
  const auto own = "Report";
  const std::map<std::string, valuenet::language> languages{{"en", valuenet::language::english},
                                                            {"zh", valuenet::language::chinese}};
  auto* json = verb->add_flag("--json", arguments->json, "As JSON")->group(group);
  verb->add_flag("--markdown", arguments->markdown, "As Markdown, in one language")
      ->excludes(json)
      ->group(group);
  verb->add_option("-o,--output", arguments->file, "Write to this file instead of standard output")
      ->type_name("FILE")
      ->group(group);
  verb->add_option("--language", arguments->language,
                   "The language shown first (the page holds both): en, zh")
      ->transform(CLI::CheckedTransformer(languages, CLI::ignore_case))
      ->type_name("LANGUAGE")
      ->default_str("en")
      ->group(own);
  verb->add_option("--title", arguments->options.title, "Title of the report")->group(own);
  verb->add_option("--time", arguments->time,
                   "The time that the report bears; default: now, or that of SOURCE_DATE_EPOCH")
      ->type_name("TEXT")
      ->group(own);
  verb->add_option("--top", arguments->options.top, "Actors, places and flows that a table lists")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str()
      ->group(own);
  verb->add_flag_callback(
          "--no-picture", [arguments] { arguments->options.with_picture = false; },
          "Leave the network picture out: a smaller page")
      ->group(own);
  verb->add_option("--convention", arguments->convention,
                   "Whose definitions: gephi, networkx, igraph")
      ->check(CLI::IsMember({"gephi", "networkx", "igraph"}))
      ->capture_default_str()
      ->group(own);
  verb->add_option("--replicates", arguments->options.replicates,
                   "Replicates of the power laws' p-values; 0: none")
      ->check(CLI::Range(0, 1000000))
      ->capture_default_str()
      ->group(own);
  verb->add_option("--permutations", arguments->options.permutations, "Permutations of QAP")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str()
      ->group(own);
  verb->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { make_report(*arguments, shared); };
  });
}

}  // namespace valuenet::cli
