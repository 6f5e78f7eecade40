// What every verb shares: the options that come before it, how it runs, where its output goes.
#pragma once

#include "valuenet/execution.hpp"

#include <cstdint>
#include <functional>
#include <string>

#include <CLI/CLI.hpp>

namespace valuenet::cli {

/// Documented in --help and docs/program.md.
enum class exit_code : int {
  success = 0,
  failure = 1,       // anything that should not happen
  usage = 2,         // arguments that make no sense
  bad_input = 3,     // a file that cannot be understood
  file_error = 4,    // a file that cannot be opened or written
  no_memory = 5,     // the work does not fit in memory
  interrupted = 130  // Ctrl-C or SIGTERM
};

/// The program's state: options given before or after the verb, and the verb to run once all is
/// parsed.
struct program {
  int threads = 0;
  std::uint64_t seed = 42;
  bool seed_is_given = false;
  bool quiet = false;
  /// As typed, quoted for a shell.
  std::string command{};
  execution exec{};
  std::function<void()> action{};
};

/// Each verb adds its subcommand, which sets program.action when chosen.
void add_summary(CLI::App& app, program& shared);
void add_conventions(CLI::App& app, program& shared);
void add_rank(CLI::App& app, program& shared);
void add_flows(CLI::App& app, program& shared);
void add_concentration(CLI::App& app, program& shared);
void add_sectors(CLI::App& app, program& shared);
void add_relatedness(CLI::App& app, program& shared);
void add_evolve(CLI::App& app, program& shared);
void add_fit(CLI::App& app, program& shared);
void add_smallworld(CLI::App& app, program& shared);
void add_check(CLI::App& app, program& shared);
void add_count(CLI::App& app, program& shared);
void add_roles(CLI::App& app, program& shared);
void add_layers(CLI::App& app, program& shared);
void add_project(CLI::App& app, program& shared);
void add_index(CLI::App& app, program& shared);
void add_plot(CLI::App& app, program& shared);
void add_report(CLI::App& app, program& shared);
void add_convert(CLI::App& app, program& shared);
void add_generate(CLI::App& app, program& shared);
void add_calibration(CLI::App& app, program& shared);

/// Results go to stdout, or whole to the file named (written beside it, then renamed).
void write_output(const std::string& file, const std::string& text);

}  // namespace valuenet::cli
