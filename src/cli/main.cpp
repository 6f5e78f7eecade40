// valuenet: the program. Parses, calls the library, prints.
#include "valuenet/error.hpp"
#include "valuenet/version.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <iostream>
#include <memory>
#include <new>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include "cli/completion.hpp"
#include "cli/help.hpp"
#include "cli/interrupt_watch.hpp"
#include "cli/manual.hpp"
#include "cli/program.hpp"
#include "cli/terminal.hpp"
#include "detail/write_beside.hpp"

namespace valuenet::cli {

void write_output(const std::string& file, const std::string& text) {
  if (!file.empty()) {
    detail::write_beside whole(file);
    whole.write(text);
    whole.commit();
    return;
  }
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw io_error("standard output could not be written");
  }
}

namespace {

constexpr const char* description =
    "valuenet: statistics of value networks - who gives technology to whom, where people learned\n"
    "and worked, who finances whom.";

constexpr const char* footer =
    "Examples:\n"
    "  valuenet summary actors.csv relations.csv\n"
    "  valuenet conventions relations.csv --published average_degree=2.28,diameter=14\n"
    "  valuenet rank network.gexf --by pagerank --top 10 --markdown\n"
    "  valuenet report actors.csv relations.csv -o report.html\n"
    "  valuenet generate --like 2021 --output surrogate\n"
    "valuenet VERB --help has the options of a verb, man valuenet all of them.\n"
    "\n"
    "Exit codes: 0 success; 1 failure of the program itself; 2 arguments that make no sense;\n"
    "3 input that cannot be understood; 4 a file that cannot be opened or written;\n"
    "5 not enough memory; 130 interrupted. Results go to standard output, all else to standard "
    "error.";

struct verb {
  const char* name;
  void (*add)(CLI::App&, program&);
  const char* example;  // below its options and in the manual
};
constexpr verb verbs[] = {
    {"summary", add_summary, "valuenet summary edges.txt --undirected --convention igraph --json"},
    {"conventions", add_conventions,
     "valuenet conventions relations.csv --published average_degree=2.28"},
    {"rank", add_rank,
     "valuenet rank actors.csv relations.csv --by out-degree --dimension technology"},
    {"flows", add_flows,
     "valuenet flows actors.csv relations.csv --by province --scope across --top 10"},
    {"concentration", add_concentration,
     "valuenet concentration actors.csv relations.csv --by city --years"},
    {"sectors", add_sectors, "valuenet sectors actors.csv relations.csv --level division"},
    {"relatedness", add_relatedness,
     "valuenet relatedness actors.csv relations.csv --of technology --by city"},
    {"evolve", add_evolve, "valuenet evolve actors.csv relations.csv --from 2014 --window 3"},
    {"fit", add_fit, "valuenet fit relations.csv --degree in --curves --csv -o curves.csv"},
    {"smallworld", add_smallworld,
     "valuenet smallworld relations.csv --replicates 100 --connected"},
    {"check", add_check, "valuenet check actors.csv relations.csv"},
    {"count", add_count, "valuenet count actors.csv relations.csv --by year --across dimension"},
    {"roles", add_roles, "valuenet roles actors.csv relations.csv --by city --order gatekeeper"},
    {"layers", add_layers, "valuenet layers actors.csv relations.csv --bridges"},
    {"project", add_project, "valuenet project patents.csv --onto givers --weight fractional"},
    {"index", add_index, "valuenet index hierarchy.json indicators.csv"},
    {"plot", add_plot, "valuenet plot degrees actors.csv relations.csv > degrees.svg"},
    {"report", add_report, "valuenet report actors.csv relations.csv --language zh -o report.html"},
    {"convert", add_convert, "valuenet convert actors.csv relations.csv network.gexf --statistics"},
    {"generate", add_generate, "valuenet generate --like 2021 --output surrogate"},
    {"calibration", add_calibration, "valuenet calibration --like 2021 actors.csv relations.csv"},
};

/// Adds the verbs that the arguments name, or all where they name none. To define the options of
/// all takes longer than some verbs do.
void add_verbs(CLI::App& app, program& shared, std::span<char* const> arguments) {
  const auto add = [&](const verb& each) {
    each.add(app, shared);
    app.get_subcommand(each.name)->footer(std::string("Example:\n  ") + each.example);
  };
  const auto is_named = [&](const verb& each) {
    return std::any_of(arguments.begin(), arguments.end(), [&](const char* argument) {
      return std::string_view(argument) == each.name;
    });
  };
  bool any = false;
  for (const verb& each : verbs) {
    if (!is_named(each)) continue;
    add(each);
    any = true;
  }
  if (any) return;
  for (const verb& each : verbs) add(each);
}

void set_up_log(const program& shared) {
  auto log = std::make_shared<spdlog::logger>(
      "valuenet",
      std::make_shared<spdlog::sinks::stderr_color_sink_mt>(
          stderr_takes_color() ? spdlog::color_mode::always : spdlog::color_mode::never));
  log->set_pattern("%^%v%$");
  log->set_level(shared.quiet ? spdlog::level::err : spdlog::level::info);
  spdlog::set_default_logger(std::move(log));
}

exit_code fail(exit_code code, const char* message) {
  spdlog::error("valuenet: {}", message);
  return code;
}

exit_code run(program& shared) {
  progress_line line;
  shared.exec.threads = shared.threads;
  if (stderr_is_terminal() && !shared.quiet) {
    shared.exec.progress = [&](const progress_report& report) { line(report); };
  }
  shared.exec.log = [&](severity level, std::string_view message) {
    if (level == severity::debug) return;
    line.clear();
    spdlog::log(level == severity::warning ? spdlog::level::warn : spdlog::level::info, "{}",
                message);
  };
  try {
    shared.action();
    line.clear();
    return exit_code::success;
  } catch (const cancelled&) {
    line.clear();
    return fail(exit_code::interrupted, "interrupted; nothing was written");
  } catch (const parse_error& e) {
    line.clear();
    return fail(exit_code::bad_input, e.what());
  } catch (const io_error& e) {
    line.clear();
    return fail(exit_code::file_error, e.what());
  } catch (const std::invalid_argument& e) {
    line.clear();
    return fail(exit_code::usage, e.what());
  } catch (const std::bad_alloc&) {
    line.clear();
    return fail(exit_code::no_memory, "not enough memory for this work");
  } catch (const std::exception& e) {
    line.clear();
    return fail(exit_code::failure, e.what());
  }
}

/// The command line as a shell would take it again.
std::string command_of(int argc, char** argv) {
  std::string command = "valuenet";
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const bool is_plain =
        !argument.empty() &&
        argument.find_first_of(" \t\n\"'\\$`!*?[](){}<>|&;#~") == std::string_view::npos;
    command += ' ';
    if (is_plain) {
      command += argument;
      continue;
    }
    command += '\'';
    for (const char c : argument) command += c == '\'' ? std::string("'\\''") : std::string(1, c);
    command += '\'';
  }
  return command;
}

exit_code parse_and_run(int argc, char** argv) {
  const interrupt_watch watch(static_cast<int>(exit_code::interrupted));
  program shared;
  shared.command = command_of(argc, argv);
  shared.exec.stop = watch.token();

  CLI::App app(description, "valuenet");
  app.formatter(std::make_shared<help_formatter>());
  app.require_subcommand(1);
  app.fallthrough();
  app.set_version_flag("--version", fmt::format("valuenet {}", version()));
  app.add_option("--threads", shared.threads, "Threads; 0: one for every core")
      ->check(CLI::Range(0, 1024));
  app.add_option("--seed", shared.seed, "Seed of everything in which chance has a part")
      ->capture_default_str()
      ->each([&shared](const std::string&) { shared.seed_is_given = true; });
  app.add_flag("-q,--quiet", shared.quiet, "Only errors on standard error");
  // What the build and shells ask for is about all of them, whatever words follow.
  const std::string_view first = argc > 1 ? argv[1] : "";
  const bool is_about_all = first == "--man" || first == "--complete";
  const std::span<char* const> arguments(argv + 1,
                                         argc > 1 ? static_cast<std::size_t>(argc) - 1 : 0);
  add_verbs(app, shared, is_about_all ? arguments.first(1) : arguments);
  app.footer(footer);

  // For the build and for shells, see docs/program.md.
  if (first == "--man") {
    write_output("", manual_page(app));
    return exit_code::success;
  }
  if (first == "--complete") {
    const std::vector<std::string> words(argv + 2, argv + argc);
    write_output("", complete(app, words));
    return exit_code::success;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    const bool asked = e.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
    app.exit(e, std::cout, std::cerr);
    return asked ? exit_code::success : exit_code::usage;
  }
  set_up_log(shared);
  return run(shared);
}

}  // namespace
}  // namespace valuenet::cli

int main(int argc, char** argv) {
  try {
    return static_cast<int>(valuenet::cli::parse_and_run(argc, argv));
  } catch (const std::exception& e) {
    fmt::print(stderr, "valuenet: {}\n", e.what());
    return static_cast<int>(valuenet::cli::exit_code::failure);
  }
}
