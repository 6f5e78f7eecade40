// valuenet_bench: every kernel verified, then timed, then set beside igraph, plain loops and the
// machine's own limits in one table.
#include "valuenet/version.hpp"

#include <exception>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "cli/interrupt_watch.hpp"
#include "suite.hpp"

namespace {

constexpr int interrupted = 130;

constexpr std::string_view usage = R"(Usage: valuenet_bench [OPTION...]
  --filter=REGEX      only kernels whose "KERNEL/GRAPH" matches
  --large             graphs of 15 and 64 million edges too (minutes)
  --text-rows=N       millions of rows of the longest table (with --large); default: 100
  --whole-peer        igraph does all of the work, however long it takes
  --threads=N         default: every core
  --repetitions=N     default: 7
  --markdown          the table in Markdown
  --growth            instead: time and memory over R-MAT graphs of growing scale (many minutes)
  --scales=A-B        of --growth; default: 14-22
  --seconds=N         of --growth: a kernel that would take longer on the next graph ends; default: 120
  --list              the kernels
Ctrl-C ends a run and prints what is known by then; a second one ends the program at once.
)";

int number(std::string_view option, std::string_view text) {
  std::size_t used = 0;
  int value = 0;
  try {
    value = std::stoi(std::string(text), &used);
  } catch (const std::exception&) {
    used = 0;
  }
  if (used != text.size() || value < 1 || value > 1024) {
    throw std::invalid_argument(std::string(option) + " is '" + std::string(text) +
                                "'; give a number from 1 to 1024");
  }
  return value;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    bench::options chosen;
    std::optional<bench::growth_options> growth;
    int text_millions = 100;
    bool list = false;
    for (int i = 1; i < argc; ++i) {
      const std::string_view argument = argv[i];
      const std::size_t equals = argument.find('=');
      const std::string_view name = argument.substr(0, equals);
      const std::string_view value =
          equals == std::string_view::npos ? std::string_view{} : argument.substr(equals + 1);
      if (name == "--filter") {
        chosen.filter = value;
      } else if (name == "--large") {
        chosen.large = true;
      } else if (name == "--whole-peer") {
        chosen.whole_peer = true;
      } else if (name == "--markdown") {
        chosen.markdown = true;
      } else if (name == "--threads") {
        chosen.threads = number(name, value);
      } else if (name == "--text-rows") {
        text_millions = number(name, value);
      } else if (name == "--repetitions") {
        chosen.repetitions = static_cast<std::size_t>(number(name, value));
      } else if (name == "--growth") {
        if (!growth) growth.emplace();
      } else if (name == "--scales") {
        if (!growth) growth.emplace();
        const std::size_t dash = value.find('-');
        growth->first_scale = number(name, value.substr(0, dash));
        growth->last_scale = dash == std::string_view::npos ? growth->first_scale
                                                            : number(name, value.substr(dash + 1));
      } else if (name == "--seconds") {
        if (!growth) growth.emplace();
        growth->seconds_a_run = number(name, value);
      } else if (name == "--list") {
        list = true;
      } else {
        std::cerr << usage;
        return name == "--help" ? 0 : 2;
      }
    }
    const valuenet::cli::interrupt_watch watch(interrupted);
    chosen.stop = watch.token();
    bench::suite benches;
    bench::add_reading(benches, text_millions);
    bench::add_building(benches);
    bench::add_snapshots(benches);
    bench::add_structure(benches);
    bench::add_distances(benches);
    bench::add_diameter(benches);
    bench::add_centrality(benches);
    bench::add_searches(benches);
    bench::add_spectral(benches);
    bench::add_mixing(benches);
    bench::add_communities(benches);
    bench::add_layouts(benches);
    bench::add_power_law(benches);
    bench::add_growing(benches);
    if (list) {
      for (const bench::kernel& k : benches.kernels()) {
        std::cout << k.name << "/" << (k.input.empty() ? to_string(k.graph) : k.input) << "\n";
      }
      return 0;
    }
    if (growth) {
      growth->threads = chosen.threads;
      growth->markdown = chosen.markdown;
      growth->filter = chosen.filter;
      growth->stop = chosen.stop;
      return bench::run_growth(benches.growing_kernels(), *growth);
    }
    return benches.run(chosen) == 0 ? 0 : 1;
  } catch (const std::exception& problem) {
    std::cerr << "valuenet_bench: " << problem.what() << "\n";
    return 2;
  }
}
