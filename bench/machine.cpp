#include "machine.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <new>
#include <numeric>
#include <thread>

#include <benchmark/benchmark.h>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace bench {

namespace {

using clock = std::chrono::steady_clock;

double seconds_since(clock::time_point start) {
  return std::chrono::duration<double>(clock::now() - start).count();
}

/// The shortest of some rounds in which every thread runs `work(thread)`.
double best_round(int threads, int rounds, const std::function<void(int)>& work) {
  double best = 1e300;
  for (int round = 0; round < rounds; ++round) {
    const clock::time_point start = clock::now();
    std::vector<std::thread> others;
    for (int thread = 1; thread < threads; ++thread) others.emplace_back(work, thread);
    work(0);
    for (std::thread& other : others) other.join();
    best = std::min(best, seconds_since(start));
  }
  return best;
}

constexpr std::size_t line_words = 8;
using line = std::array<std::uint64_t, line_words>;

double measure_bandwidth(int threads) {
  constexpr std::size_t lines = std::size_t{1} << 21;  // 128 MiB a thread
  std::vector<std::vector<line>> data(static_cast<std::size_t>(threads));
  const double fill = best_round(
      threads, 1, [&](int thread) { data[static_cast<std::size_t>(thread)].assign(lines, {1}); });
  benchmark::DoNotOptimize(fill);
  const double best = best_round(threads, 5, [&](int thread) {
    line sum{};
    for (const line& each : data[static_cast<std::size_t>(thread)]) {
      for (std::size_t i = 0; i < line_words; ++i) sum[i] += each[i];
    }
    benchmark::DoNotOptimize(sum);
  });
  return static_cast<double>(lines * sizeof(line)) * threads / best;
}

struct release {
  void operator()(line* lines) const noexcept { std::free(lines); }
};
using line_array = std::unique_ptr<line, release>;

/// On huge pages where the system grants them, as the kernels' own arrays are: page tables would be
/// measured instead of caches.
line_array lines_of(std::size_t count) {
  constexpr std::size_t huge_page = std::size_t{1} << 21;
  const std::size_t bytes = (count * sizeof(line) + huge_page - 1) / huge_page * huge_page;
  line_array lines(static_cast<line*>(std::aligned_alloc(huge_page, bytes)));
  if (!lines) throw std::bad_alloc();
#if defined(__linux__)
  ::madvise(lines.get(), bytes, MADV_HUGEPAGE);  // a hint: failing is no harm
#endif
  std::fill(lines.get(), lines.get() + count, line{1});
  return lines;
}

double measure_random_lines(int threads, std::size_t bytes) {
  const std::size_t lines = bytes / sizeof(line);
  constexpr std::size_t loads = std::size_t{1} << 20;
  std::vector<line_array> data(static_cast<std::size_t>(threads));
  const double fill = best_round(
      threads, 1, [&](int thread) { data[static_cast<std::size_t>(thread)] = lines_of(lines); });
  benchmark::DoNotOptimize(fill);
  const double best = best_round(threads, 5, [&](int thread) {
    const line* const base = data[static_cast<std::size_t>(thread)].get();
    const std::uint64_t start = static_cast<std::uint64_t>(thread) << 32;
    line sum{};
    for (std::size_t load = 0; load < loads; ++load) {
      // Each place from its number alone: a chain of them would be measured instead of the loads.
      std::uint64_t place = (start + load) * 0x9E3779B97F4A7C15U;
      place = (place ^ (place >> 32)) * 0xBF58476D1CE4E5B9U;
      const line& each = base[((place >> 32) * lines) >> 32];
      for (std::size_t i = 0; i < line_words; ++i) sum[i] |= each[i];
    }
    benchmark::DoNotOptimize(sum);
  });
  return best / static_cast<double>(loads) * 1e9;
}

double measure_latency() {
  constexpr std::size_t lines = std::size_t{1} << 22;  // 256 MiB
  std::vector<line> data(lines);
  // One cycle through all lines (Sattolo), so that no load can be guessed.
  std::vector<std::uint32_t> order(lines);
  std::iota(order.begin(), order.end(), 0U);
  std::uint64_t state = 1;
  for (std::size_t i = lines - 1; i > 0; --i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    std::swap(order[i], order[((state >> 32) * i) >> 32]);
  }
  for (std::size_t i = 0; i < lines; ++i) data[order[i]][0] = order[(i + 1) % lines];
  constexpr std::size_t loads = std::size_t{1} << 20;
  std::uint64_t at = 0;
  const double best = best_round(1, 2, [&](int) {
    for (std::size_t load = 0; load < loads; ++load) at = data[at][0];
    benchmark::DoNotOptimize(at);
  });
  return best / static_cast<double>(loads) * 1e9;
}

}  // namespace

double machine::random_line(double bytes) const {
  if (random_line_ns.empty()) return 0.0;
  if (bytes <= random_line_ns.front().first) return random_line_ns.front().second;
  for (std::size_t i = 1; i < random_line_ns.size(); ++i) {
    const auto [low_bytes, low] = random_line_ns[i - 1];
    const auto [high_bytes, high] = random_line_ns[i];
    if (bytes <= high_bytes) {
      return low + (high - low) * std::log(bytes / low_bytes) / std::log(high_bytes / low_bytes);
    }
  }
  return random_line_ns.back().second;
}

double machine::seconds(double streamed_bytes, double random_lines, double working_set) const {
  return streamed_bytes / read_bandwidth + random_lines * random_line(working_set) * 1e-9 / threads;
}

double machine::popular_line(std::vector<double> popularity, double bytes_each) const {
  std::sort(popularity.begin(), popularity.end(), std::greater<>());
  double loads = 0.0;
  double nanoseconds = 0.0;
  double bytes = 0.0;
  for (const double each : popularity) {
    bytes += bytes_each;
    loads += each;
    nanoseconds += each * random_line(bytes);
  }
  return loads > 0.0 ? nanoseconds / loads : 0.0;
}

machine measure_machine(int threads) {
  machine result{.threads = threads,
                 .read_bandwidth = measure_bandwidth(threads),
                 .latency_ns = measure_latency(),
                 .random_line_ns = {}};
  for (std::size_t bytes = std::size_t{1} << 14; bytes <= std::size_t{1} << 28; bytes *= 2) {
    result.random_line_ns.emplace_back(static_cast<double>(bytes),
                                       measure_random_lines(threads, bytes));
  }
  return result;
}

}  // namespace bench
