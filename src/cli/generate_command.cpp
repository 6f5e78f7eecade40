// valuenet generate: a made-up value network with a report's printed figures.
#include "valuenet/io/csv.hpp"
#include "valuenet/synthesis/surrogate.hpp"

#include <memory>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/input.hpp"
#include "cli/program.hpp"
#include "detail/text_source.hpp"

namespace valuenet::cli {
namespace {

struct generate_arguments {
  std::string like;
  std::string profile_file;
  std::string prefix;
  std::uint32_t scale = 1;
  std::uint32_t attempts = surrogate_options{}.attempts;
  bool counts_alone = false;
};

void generate(const generate_arguments& arguments, const program& shared) {
  const surrogate_profile target =
      scaled(arguments.profile_file.empty()
                 ? profile(arguments.like)
                 : parse_profile(detail::open_text(arguments.profile_file, {}, shared.exec).text(),
                                 arguments.profile_file),
             arguments.scale);
  // The profile's seed is one with which all is known to be met; --seed makes another network.
  const std::uint64_t seed = shared.seed_is_given ? shared.seed : target.seed;
  const value_network network =
      surrogate(target,
                {.seed = seed,
                 .effort = arguments.counts_alone ? surrogate_effort::counts_alone
                                                  : surrogate_effort::calibrated,
                 .attempts = arguments.attempts},
                shared.exec);
  const std::string actors = arguments.prefix + ".actors.csv";
  const std::string relations = arguments.prefix + ".relations.csv";
  write_csv(network, {.actors = actors, .relations = relations}, {}, shared.exec);
  spdlog::info("{}: {} actors", actors, network.actor_count());
  spdlog::info("{}: {} relations", relations, network.relation_count());
  spdlog::info("Made up, seed {}: {}", seed, network.surrogate_notice());
}

}  // namespace

void add_generate(CLI::App& app, program& shared) {
  CLI::App* verb =
      app.add_subcommand("generate", "A made-up value network with a report's printed figures");
  auto arguments = std::make_shared<generate_arguments>();
  std::vector<std::string> names = profile_names();
  auto* like = verb->add_option("--like", arguments->like, "A report whose figures to match")
                   ->check(CLI::IsMember(names));
  auto* own = verb->add_option("--profile", arguments->profile_file,
                               "A profile of your own (JSON, see docs/surrogate.md)")
                  ->type_name("FILE")
                  ->excludes(like);
  like->excludes(own);
  verb->add_option("-o,--output", arguments->prefix,
                   "Writes PREFIX.actors.csv and PREFIX.relations.csv")
      ->type_name("PREFIX")
      ->required();
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
                 "Counts and degrees exactly, no calibration of the structure");
  verb->callback([arguments, &shared] {
    if (arguments->like.empty() && arguments->profile_file.empty()) {
      throw CLI::ValidationError(
          "generate", "give --like " + fmt::format("{}", fmt::join(profile_names(), "|")) +
                          " or --profile FILE");
    }
    shared.action = [arguments, &shared] { generate(*arguments, shared); };
  });
}

}  // namespace valuenet::cli
