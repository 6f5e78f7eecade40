#include "suite.hpp"

#include "valuenet/error.hpp"
#include "valuenet/report/table.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <iostream>
#include <regex>
#include <set>
#include <sstream>
#include <string_view>
#include <thread>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "text.hpp"

namespace bench {

namespace {

enum class variant : std::size_t { ours, one_thread, plain, peer };
/// Repetitions end when so many seconds of them are known.
constexpr double enough_seconds = 20.0;
constexpr std::array variant_names{"valuenet", "one thread", "plain", "igraph"};

/// Times of one variant of one kernel, a repetition each.
struct sample {
  std::vector<double> seconds;
  std::size_t wanted = 0;
  /// In all runs, those included that only tell how many make a repetition.
  double spent = 0.0;

  [[nodiscard]] double median() const {
    std::vector<double> sorted = seconds;
    std::sort(sorted.begin(), sorted.end());
    const std::size_t middle = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
  /// Half of the way from the lower to the upper quartile, relative to the median.
  [[nodiscard]] double spread() const {
    std::vector<double> sorted = seconds;
    std::sort(sorted.begin(), sorted.end());
    const std::size_t n = sorted.size();
    return (sorted[(3 * (n - 1) + 2) / 4] - sorted[(n - 1) / 4]) / 2 / median();
  }
};

struct outcome {
  std::array<sample, variant_names.size()> samples;
  bench::work work;
  std::string failure;
};

std::string benchmark_name(std::size_t index, variant which) {
  return fmt::format("{}|{}", index, static_cast<std::size_t>(which));
}

/// Collects the repetitions, each a benchmark of its own, so that they may end early; the table is
/// printed from these at the end.
class collector : public benchmark::BenchmarkReporter {
 public:
  explicit collector(std::vector<outcome>& outcomes) : outcomes_(outcomes) {}
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.error_occurred) continue;
      const std::string& name = run.run_name.function_name;
      const std::size_t bar = name.find('|');
      const std::size_t which = std::stoul(name.substr(bar + 1));
      sample& s = outcomes_[std::stoul(name.substr(0, bar))].samples[which];
      s.seconds.push_back(run.real_accumulated_time / static_cast<double>(run.iterations));
      if (s.seconds.size() == s.wanted || s.spent > enough_seconds) {
        std::cerr << "  " << variant_names[which] << " " << time_text(s.median()) << std::endl;
      }
    }
  }

 private:
  std::vector<outcome>& outcomes_;
};

std::string digits(double value, int significant) {
  return valuenet::format_number(value, significant);
}

std::string input_of(const kernel& k) {
  return k.input.empty() ? to_string(k.graph) : k.input;
}

}  // namespace

int suite::run(const options& chosen) {
  const int threads = chosen.threads > 0
                          ? chosen.threads
                          : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const std::regex filter(chosen.filter);
  std::vector<std::size_t> selected;
  for (std::size_t i = 0; i < kernels_.size(); ++i) {
    const kernel& k = kernels_[i];
    if (is_large(k.graph) && !chosen.large) continue;
    if (!std::regex_search(k.name + "/" + input_of(k), filter)) continue;
    selected.push_back(i);
  }
  if (selected.empty()) {
    std::cerr << "no kernel matches\n";
    return 1;
  }
  // A graph is made once: its kernels run one after the other.
  std::stable_sort(selected.begin(), selected.end(), [&](std::size_t a, std::size_t b) {
    return kernels_[a].graph < kernels_[b].graph;
  });

  std::cerr << "measuring the machine\n";
  const machine limits = measure_machine(threads);
  inputs data(threads);
  std::vector<outcome> outcomes(kernels_.size());

  const auto time = [&](std::size_t i, variant which, const std::function<double()>& call,
                        std::size_t repetitions) {
    outcomes[i].samples[static_cast<std::size_t>(which)].wanted = repetitions;
    for (std::size_t repetition = 0; repetition < repetitions; ++repetition) {
      benchmark::RegisterBenchmark(
          benchmark_name(i, which).c_str(),
          [&, i, which, call](benchmark::State& state) {
            const kernel& k = kernels_[i];
            outcome& result = outcomes[i];
            if (chosen.stop.stop_requested()) {
              state.SkipWithError("stopped");
              return;
            }
            double& spent = result.samples[static_cast<std::size_t>(which)].spent;
            if (spent > enough_seconds) {
              state.SkipWithError("known well enough");
              return;
            }
            if (which == variant::ours && result.work.items == 0.0 && result.failure.empty()) {
              std::cerr << k.name << ", " << input_of(k) << ": verifying" << std::flush;
              result.failure = k.verify(data);
              if (k.work) result.work = k.work(data, limits);
              std::cerr << (result.failure.empty() ? ", right" : ", WRONG: " + result.failure)
                        << std::endl;
            }
            if (!result.failure.empty()) {
              state.SkipWithError(result.failure.c_str());
              return;
            }
            try {
              for (auto _ : state) {
                // A peer's copy of the graph is made when first asked for: that is not its work.
                const double copying = data.copying_seconds();
                const auto start = std::chrono::steady_clock::now();
                benchmark::DoNotOptimize(call());
                const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
                spent += took.count();
                state.SetIterationTime(took.count() - (data.copying_seconds() - copying));
              }
            } catch (const valuenet::cancelled&) {
              state.SkipWithError("stopped");
            }
          })
          ->UseManualTime()
          ->MinTime(0.05);
    }
  };
  const auto on = [&](int count) {
    return valuenet::execution{.threads = count, .stop = chosen.stop, .progress = {}, .log = {}};
  };
  for (const std::size_t i : selected) {
    const kernel& k = kernels_[i];
    time(
        i, variant::ours, [&] { return k.run(data, on(threads)); }, chosen.repetitions);
    if (k.plain) {
      time(
          i, variant::one_thread, [&] { return k.run(data, on(1)); }, chosen.repetitions);
      time(
          i, variant::plain, [&] { return k.plain(data); }, chosen.repetitions);
    }
    if (k.peer) {
      const double share = chosen.whole_peer ? 1.0 : k.peer_share;
      // The peers take their time; a few repetitions tell it well enough, of minutes a single one.
      time(
          i, variant::peer, [&, share] { return k.peer(data, share); },
          std::min<std::size_t>(chosen.repetitions, is_large(k.graph) ? 1 : 3));
    }
  }
  collector results(outcomes);
  benchmark::RunSpecifiedBenchmarks(&results);

  // Kernels again in the order in which they were added.
  std::sort(selected.begin(), selected.end());
  valuenet::table table{.columns = {{"kernel"},
                                    {"graph"},
                                    {"median", valuenet::alignment::right},
                                    {"spread", valuenet::alignment::right},
                                    {"rate", valuenet::alignment::right},
                                    {"igraph", valuenet::alignment::right},
                                    {"ratio", valuenet::alignment::right},
                                    {"plain loop", valuenet::alignment::right},
                                    {"our price", valuenet::alignment::right},
                                    {"of the limit", valuenet::alignment::right}}};
  int wrong = 0;
  for (const std::size_t i : selected) {
    const kernel& k = kernels_[i];
    const outcome& result = outcomes[i];
    std::vector<std::string> row{k.name, input_of(k)};
    if (!result.failure.empty()) {
      ++wrong;
      row.insert(row.end(), {"WRONG", result.failure});
      table.rows.push_back(std::move(row));
      continue;
    }
    const auto& samples = result.samples;
    const auto of = [&](variant which) -> const sample& {
      return samples[static_cast<std::size_t>(which)];
    };
    if (of(variant::ours).seconds.empty()) continue;  // stopped before
    const double median = of(variant::ours).median();
    row.push_back(time_text(median));
    row.push_back(fmt::format("±{}%", digits(100.0 * of(variant::ours).spread(), 2)));
    row.push_back(
        result.work.items > 0.0
            ? fmt::format("{} {}/s", rate_number(result.work.items / median), result.work.unit)
            : "");
    if (of(variant::peer).seconds.empty()) {
      row.insert(row.end(), {"", ""});
    } else {
      const double share = chosen.whole_peer ? 1.0 : k.peer_share;
      const double peer = of(variant::peer).median() / share;
      row.push_back(fmt::format("{}{}", share < 1.0 ? "~" : "", time_text(peer)));
      row.push_back(digits(peer / median, 3) + "x");
    }
    if (of(variant::plain).seconds.empty() || of(variant::one_thread).seconds.empty()) {
      row.insert(row.end(), {"", ""});
    } else {
      const double plain = of(variant::plain).median();
      row.push_back(time_text(plain));
      row.push_back(digits(of(variant::one_thread).median() / plain, 3) + "x");
    }
    row.push_back(result.work.limit_seconds > 0.0
                      ? digits(100.0 * result.work.limit_seconds / median, 2) + "%"
                      : "");
    table.rows.push_back(std::move(row));
  }
  std::ostringstream note;
  note << threads << " threads; reading memory " << digits(limits.read_bandwidth * 1e-9, 3)
       << " GB/s; latency " << digits(limits.latency_ns, 3) << " ns; a random line in";
  for (const auto& [bytes, ns] : limits.random_line_ns) {
    const double mebibytes = bytes / (1 << 20);
    if (mebibytes == 1 || mebibytes == 4 || mebibytes == 16 || mebibytes == 64 ||
        mebibytes == 256) {
      note << " " << mebibytes << " MiB " << digits(ns, 3) << " ns" << (mebibytes < 256 ? "," : "");
    }
  }
  table.notes.push_back(note.str());
  if (chosen.stop.stop_requested()) {
    table.notes.push_back(
        "stopped before all kernels were timed, and all of the last row's columns");
  }
#ifndef VALUENET_BENCH_IGRAPH
  table.notes.push_back("igraph was not found when this was built: no peer");
#endif
  if (!inputs::has_hub43k()) {
    table.notes.push_back("hub43k was not found: a made-up graph of its size stands for it");
  }
  std::cout << valuenet::render(
      table, chosen.markdown ? valuenet::table_format::markdown : valuenet::table_format::text);
  return wrong;
}

std::string expect_equal(const std::string& what, double computed, double expected) {
  return expect_near(what, computed, expected, 0.0);
}

std::string expect_near(const std::string& what, double computed, double expected,
                        double tolerance) {
  if (std::abs(computed - expected) <= tolerance) return {};
  return what + " is " + digits(computed, 12) + ", not " + digits(expected, 12);
}

std::string first_failure(const std::vector<std::string>& verdicts) {
  for (const std::string& verdict : verdicts) {
    if (!verdict.empty()) return verdict;
  }
  return {};
}

}  // namespace bench
