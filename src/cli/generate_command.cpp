// valuenet generate: a made-up value network with a report's printed figures; valuenet calibration:
// how near any network is to them.
#include "valuenet/io/csv.hpp"
#include "valuenet/synthesis/calibration.hpp"
#include "valuenet/synthesis/surrogate.hpp"
#include "valuenet/synthesis/surrogate_spread.hpp"

#include <memory>
#include <stdexcept>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/calibration_output.hpp"
#include "cli/input.hpp"
#include "cli/program.hpp"
#include "detail/text_source.hpp"

namespace valuenet::cli {
namespace {

/// Which profile, and how its calibration is reported.
struct profile_arguments {
  std::string like;
  std::string file;
  bool all_targets = false;
};

/// --like and --profile, of which one must be given.
void add_profile(CLI::App& verb, profile_arguments& arguments) {
  auto* group = verb.add_option_group("Profile");
  group->add_option("--like", arguments.like, "A report whose figures to match")
      ->check(CLI::IsMember(profile_names()));
  group
      ->add_option("--profile", arguments.file,
                   "A profile of your own (JSON, see docs/surrogate.md)")
      ->type_name("FILE");
  group->require_option(1);
  verb.add_flag("--all-targets", arguments.all_targets,
                "Report every degree and share in a row of its own");
}

surrogate_profile read_profile(const profile_arguments& arguments, const program& shared) {
  if (arguments.file.empty()) return profile(arguments.like);
  return parse_profile(detail::open_text(arguments.file, {}, shared.exec).text(), arguments.file);
}

void print_calibration(const value_network& network, const surrogate_profile& target,
                       const profile_arguments& arguments, const output_arguments& output,
                       const program& shared) {
  const calibration_report report = calibration(network, target, {}, shared.exec);
  table text = calibration_table(report, "Calibration to the profile " + target.name,
                                 !arguments.all_targets && !output.csv);
  if (!network.surrogate_notice().empty()) {
    text.notes.push_back("Made-up network: " + network.surrogate_notice());
  }
  json object = with_provenance(network, "calibration");
  object["profile"] = target.name;
  object.update(calibration_json(report));
  print_result(output, text, object);
}

struct generate_arguments {
  profile_arguments profile;
  std::string prefix;
  std::uint32_t scale = 1;
  std::uint32_t seeds = 0;
  std::uint32_t attempts = surrogate_options{}.attempts;
  bool counts_alone = false;
  output_arguments output;
};

/// Many networks instead of one: nothing is written but how they differ.
void compare_seeds(const surrogate_profile& target, const surrogate_options& how,
                   const generate_arguments& arguments, const program& shared) {
  const spread_result spread =
      surrogate_spread(target,
                       {.first_seed = shared.seed_is_given ? shared.seed : 1,
                        .seeds = arguments.seeds,
                        .surrogate = how},
                       shared.exec);
  table text = spread_table(spread, "What the profile " + target.name + " leaves open");
  text.notes.push_back("Made-up networks: " + target.title);
  json object = with_provenance({}, "generate");
  object["profile"] = target.name;
  object["surrogate"] = target.title;
  object.update(spread_json(spread));
  print_result(arguments.output, text, object);
}

void generate(const generate_arguments& arguments, const program& shared) {
  const surrogate_profile target = scaled(read_profile(arguments.profile, shared), arguments.scale);
  const surrogate_effort effort =
      arguments.counts_alone ? surrogate_effort::counts_alone : surrogate_effort::calibrated;
  if (arguments.seeds > 0) {
    compare_seeds(target, {.effort = effort, .attempts = arguments.attempts}, arguments, shared);
    return;
  }
  if (arguments.prefix.empty()) {
    throw std::invalid_argument(
        "generate needs --output PREFIX for the files of a network, or --seeds K to compare K "
        "networks");
  }
  // The profile's seed is one with which all is known to be met; --seed makes another network.
  const std::uint64_t seed = shared.seed_is_given ? shared.seed : target.seed;
  const value_network network = surrogate(
      target, {.seed = seed, .effort = effort, .attempts = arguments.attempts}, shared.exec);
  const std::string actors = arguments.prefix + ".actors.csv";
  const std::string relations = arguments.prefix + ".relations.csv";
  write_csv(network, {.actors = actors, .relations = relations}, {}, shared.exec);
  spdlog::info("{}: {} actors", actors, network.actor_count());
  spdlog::info("{}: {} relations", relations, network.relation_count());
  spdlog::info("Made up, seed {}: {}", seed, network.surrogate_notice());
  // Of a larger network the shape is kept, and no figure was printed.
  if (arguments.scale == 1) {
    print_calibration(network, target, arguments.profile, arguments.output, shared);
  }
}

struct calibration_arguments {
  profile_arguments profile;
  input_arguments input;
  output_arguments output;
};

void check_calibration(const calibration_arguments& arguments, const program& shared) {
  const surrogate_profile target = read_profile(arguments.profile, shared);
  const read_result input = read_input(arguments.input, shared);
  print_calibration(input.network, target, arguments.profile, arguments.output, shared);
}

}  // namespace

void add_generate(CLI::App& app, program& shared) {
  CLI::App* verb =
      app.add_subcommand("generate", "A made-up value network with a report's printed figures");
  auto arguments = std::make_shared<generate_arguments>();
  add_profile(*verb, arguments->profile);
  auto* output = verb->add_option("-o,--output", arguments->prefix,
                                  "Writes PREFIX.actors.csv and PREFIX.relations.csv")
                     ->type_name("PREFIX");
  verb->add_option("--seeds", arguments->seeds,
                   "Makes so many networks instead, of --seed (else 1) and the seeds after it, and "
                   "prints how far they differ in what is no target")
      ->type_name("K")
      ->check(CLI::Range(1U, 10000U))
      ->excludes(output);
  verb->add_option("--scale", arguments->scale,
                   "So many times as large: actors, relations and printed degrees; its shape alone "
                   "is kept, not the printed structure")
      ->check(CLI::Range(1U, 100000U))
      ->capture_default_str();
  verb->add_option("--attempts", arguments->attempts,
                   "Networks begun anew until one meets the printed structure")
      ->check(CLI::Range(1U, 10000U))
      ->capture_default_str();
  verb->add_flag("--counts-alone", arguments->counts_alone,
                 "Counts, degrees and shares, no calibration of the structure");
  const auto group = "Report";
  auto* as_json = verb->add_flag("--json", arguments->output.json, "As JSON")->group(group);
  auto* as_csv =
      verb->add_flag("--csv", arguments->output.csv, "As CSV")->excludes(as_json)->group(group);
  verb->add_flag("--markdown", arguments->output.markdown, "As a Markdown table")
      ->excludes(as_json)
      ->excludes(as_csv)
      ->group(group);
  verb->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { generate(*arguments, shared); };
  });
}

void add_calibration(CLI::App& app, program& shared) {
  CLI::App* verb = app.add_subcommand(
      "calibration", "A network held against a report's figures: target, reached, tolerance");
  auto arguments = std::make_shared<calibration_arguments>();
  add_input(*verb, arguments->input);
  add_profile(*verb, arguments->profile);
  add_output(*verb, arguments->output);
  verb->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { check_calibration(*arguments, shared); };
  });
}

}  // namespace valuenet::cli
