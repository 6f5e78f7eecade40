// HyperBall: all balls of all vertices at once, each in a few bytes.
//
// Ball t of a vertex is what lies within t arcs of it: the union of its neighbours' balls t - 1 and
// its own. A HyperLogLog counter stands for a set in one byte a register, and the counter of a
// union is the registers' larger ones; so one pass over the arcs makes every ball one larger, until
// no counter changes. A vertex whose neighbours' balls have stopped growing is left alone.
#include "valuenet/graph/subgraph.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <numeric>
#include <span>
#include <stdexcept>
#include <string>

#include "detail/available_memory.hpp"
#include "detail/buffer.hpp"
#include "detail/parallel.hpp"
#include "detail/progress.hpp"
#include "detail/random.hpp"
#include "metrics/distance_core.hpp"
#include "metrics/distance_estimates.hpp"

namespace valuenet::detail {
namespace {

using reg = std::uint8_t;

constexpr std::size_t line = 64;  // registers in a cache line
/// A register above this would add less than half a unit of the last place to any sum below.
constexpr unsigned highest_register = 48;

/// How many vertices a counter stands for, by O. Ertl's estimator, which needs no corrections: with
/// m registers, z of them 0,
///   m^2 / (2 ln 2 (m sigma(z / m) + sum over the others of 2^-register)),
///   sigma(x) = x + sum_{k >= 1} x^(2^k) 2^(k - 1).
class counter_reader {
 public:
  explicit counter_reader(std::size_t registers) : registers_(registers), sigma_(registers) {
    const auto m = static_cast<double>(registers);
    for (std::size_t zeros = 0; zeros < registers; ++zeros) {
      double power = static_cast<double>(zeros) / m;
      double sum = power;
      double before = -1.0;
      for (double factor = 1.0; sum != before; factor *= 2.0) {
        power *= power;
        before = sum;
        sum += power * factor;
      }
      sigma_[zeros] = m * sum;
    }
    for (unsigned r = 1; r <= highest_register; ++r) {
      weights_[r] = std::uint64_t{1} << (highest_register - r);
    }
  }

  /// Precondition: some register is not 0.
  [[nodiscard]] double count(const reg* counter) const {
    std::uint64_t sum = 0;  // whole numbers: in any order the same
    std::size_t zeros = 0;
    for (std::size_t i = 0; i < registers_; ++i) {
      sum += weights_[counter[i]];
      zeros += counter[i] == 0 ? 1 : 0;
    }
    const auto m = static_cast<double>(registers_);
    const double others = std::ldexp(static_cast<double>(sum), -static_cast<int>(highest_register));
    constexpr double two_ln_2 = 1.3862943611198906188;
    return m * m / (two_ln_2 * (sigma_[zeros] + others));
  }

 private:
  std::size_t registers_;
  std::vector<double> sigma_;  // by the number of zeros: m sigma(zeros / m)
  std::array<std::uint64_t, 256> weights_{};
};

class hyperball {
 public:
  /// Precondition: nothing of the core is folded.
  hyperball(const distance_core& core, std::size_t registers, vertex_distances kept,
            parallel& workers)
      : core_(core),
        after_(core.after()),
        registers_(registers),
        workers_(workers),
        reader_(registers),
        now_(std::size_t{core.row_count()} * registers),
        next_(std::size_t{core.row_count()} * registers),
        sizes_(core.row_count()),
        changed_((std::size_t{core.row_count()} + 63) / 64),
        next_changed_(changed_.size()),
        eccentricity_(core.row_count()) {
    if (kept == vertex_distances::sums) {
      reachable_.resize(core.row_count());
      distance_sums_.resize(core.row_count());
      inverse_sums_.resize(core.row_count());
    }
  }

  /// histogram[d]: pairs at distance d, d >= 1. The vertices' sums are added to those of the runs
  /// before.
  [[nodiscard]] std::vector<double> run(std::uint64_t seed, std::uint64_t number) {
    start(seed, number);
    std::vector<double> histogram{0.0};
    for (std::uint32_t distance = 1;; ++distance) {
      const step grown = grow(distance);
      if (!grown.has_changed) return histogram;
      histogram.push_back(grown.pairs);
      std::swap(now_, next_);
      changed_.swap(next_changed_);
    }
  }

  // By row.
  [[nodiscard]] const std::vector<std::uint32_t>& eccentricity() const { return eccentricity_; }
  [[nodiscard]] const std::vector<double>& reachable() const { return reachable_; }
  [[nodiscard]] const std::vector<double>& distance_sums() const { return distance_sums_; }
  [[nodiscard]] const std::vector<double>& inverse_sums() const { return inverse_sums_; }

 private:
  struct step {
    double pairs = 0.0;
    bool has_changed = false;
  };

  static constexpr std::size_t grain = std::size_t{1} << 10;  // a multiple of 64: words of bits

  [[nodiscard]] reg* counter(buffer<reg>& of, std::size_t v) const {
    return of.data() + v * registers_;
  }

  void start(std::uint64_t seed, std::uint64_t number) {
    const auto bits = static_cast<unsigned>(std::countr_zero(registers_));
    workers_.for_chunks(core_.row_count(), grain, [&](std::size_t begin, std::size_t end) {
      std::memset(counter(now_, begin), 0, (end - begin) * registers_);
      for (std::size_t v = begin; v < end; ++v) {
        const std::uint64_t hash =
            random_stream(seed, number << 32 | core_.original(static_cast<vertex_id>(v)))();
        const auto run_of_zeros = static_cast<unsigned>(std::countl_zero(hash << bits));
        counter(now_, v)[hash >> (64 - bits)] =
            static_cast<reg>(std::min(run_of_zeros + 1, highest_register));
        sizes_[v] = reader_.count(counter(now_, v));
      }
      std::memcpy(counter(next_, begin), counter(now_, begin), (end - begin) * registers_);
    });
    std::fill(changed_.begin(), changed_.end(), ~std::uint64_t{0});
  }

  [[nodiscard]] step grow(std::uint32_t distance) {
    return workers_.reduce(
        core_.row_count(), grain, step{},
        [&](std::size_t begin, std::size_t end) {
          step part;
          for (std::size_t first = begin; first < end; first += 64) {
            std::uint64_t bits = 0;
            for (std::size_t v = first; v < std::min(end, first + 64); ++v) {
              if (!unite(v)) continue;
              bits |= std::uint64_t{1} << (v % 64);
              part.pairs += account(v, distance);
            }
            next_changed_[first / 64] = bits;
            part.has_changed |= bits != 0;
          }
          return part;
        },
        [](step a, step b) {
          return step{a.pairs + b.pairs, a.has_changed || b.has_changed};
        });
  }

  [[nodiscard]] bool has_changed(std::size_t v) const {
    return (changed_[v / 64] >> (v % 64) & 1U) != 0;
  }

  /// Makes next_ the union of v's counter and its neighbours'; whether that is more than v's.
  [[nodiscard]] bool unite(std::size_t v) {
    const reg* const before = counter(now_, v);
    reg* const united = counter(next_, v);
    // Where v did not change at the last distance, next_ has its counter already.
    if (has_changed(v)) std::memcpy(united, before, registers_);
    const std::span row(after_.targets + after_.offsets[v], after_.targets + after_.offsets[v + 1]);
    bool has_any = false;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i % 4096 == 4095) workers_.check_stop();
      constexpr std::size_t ahead = 6;
      if (i + ahead < row.size() && has_changed(row[i + ahead])) {
        const reg* const coming = counter(now_, row[i + ahead]);
        for (std::size_t k = 0; k < std::min(registers_, 4 * line); k += line) {
          __builtin_prefetch(coming + k);
        }
      }
      if (!has_changed(row[i])) continue;
      has_any = true;
      const reg* const other = counter(now_, row[i]);
      for (std::size_t k = 0; k < registers_; k += line) {
        for (std::size_t j = k; j < k + line; ++j) united[j] = std::max(united[j], other[j]);
      }
    }
    return has_any && std::memcmp(united, before, registers_) != 0;
  }

  /// How many vertices v meets at this distance.
  [[nodiscard]] double account(std::size_t v, std::uint32_t distance) {
    const double size = reader_.count(counter(next_, v));
    const double met = size - sizes_[v];
    sizes_[v] = size;
    eccentricity_[v] = std::max(eccentricity_[v], distance);
    if (!reachable_.empty()) {
      reachable_[v] += met;
      distance_sums_[v] += met * distance;
      inverse_sums_[v] += met / distance;
    }
    return met;
  }

  const distance_core& core_;
  adjacency after_;
  std::size_t registers_;
  parallel& workers_;
  counter_reader reader_;
  buffer<reg> now_;
  buffer<reg> next_;
  std::vector<double> sizes_;
  std::vector<std::uint64_t> changed_;  // vertices whose counter is not what it was one arc before
  std::vector<std::uint64_t> next_changed_;
  std::vector<std::uint32_t> eccentricity_;
  std::vector<double> reachable_;
  std::vector<double> distance_sums_;
  std::vector<double> inverse_sums_;
};

struct average {
  double mean = 0.0;
  double standard_error = 0.0;
};

average average_of(const std::vector<double>& values) {
  const auto count = static_cast<double>(values.size());
  average result;
  for (const double value : values) result.mean += value;
  result.mean /= count;
  double squares = 0.0;
  for (const double value : values) squares += (value - result.mean) * (value - result.mean);
  result.standard_error = std::sqrt(squares / (count - 1.0) / count);
  return result;
}

void check_memory(vertex_id rows, std::uint32_t registers) {
  const std::uint64_t needed = std::uint64_t{rows} * (2 * registers + 40);
  const std::uint64_t available = available_memory();
  if (needed <= available) return;
  throw std::invalid_argument(
      "distances_options.hyperball_registers is " + std::to_string(registers) +
      ": the counters of " + std::to_string(rows) + " vertices need " + std::to_string(needed) +
      " bytes, but only " + std::to_string(available) + " are available; ask for fewer");
}

/// The statistics of one run.
struct run_statistics {
  double pairs = 0.0;
  double mean = 0.0;
  double efficiency = 0.0;
};

run_statistics statistics_of(const std::vector<double>& histogram, double all_pairs) {
  run_statistics result;
  double distances = 0.0;
  double inverses = 0.0;
  for (std::size_t d = 1; d < histogram.size(); ++d) {
    const auto distance = static_cast<double>(d);
    result.pairs += histogram[d];
    distances += histogram[d] * distance;
    inverses += histogram[d] / distance;
  }
  if (result.pairs > 0.0) result.mean = distances / result.pairs;
  if (all_pairs > 0.0) result.efficiency = inverses / all_pairs;
  return result;
}

/// value(x) for the x of every row, by vertex; 0 for vertices that are no row.
template <class From, class To, class Value>
void spread_rows(const distance_core& core, const std::vector<From>& of_rows,
                 std::vector<To>& of_vertices, Value&& value) {
  for (vertex_id row = 0; row < core.row_count(); ++row) {
    of_vertices[core.original(row)] = value(of_rows[row]);
  }
}

}  // namespace

distance_estimates estimate_by_hyperball(const graph& given, const distances_options& options,
                                         const execution& exec) {
  parallel workers(exec);
  const graph g = given.is_simple() ? given : simple_view(given, duplicates::first, exec);
  // Its rows come with those first that most others read: they stay in the caches.
  const distance_core core(g, fold_trees::no);
  check_memory(core.row_count(), options.hyperball_registers);
  const auto n = static_cast<double>(g.vertex_count());
  const double all_pairs = n * (n - 1.0);
  const double connected = g.is_directed() ? 0.0 : count_connected_pairs(g, exec);

  hyperball balls(core, options.hyperball_registers, options.vertex_distances, workers);
  progress reporter(exec, "distances", options.hyperball_runs);
  std::vector<std::vector<double>> histograms;
  std::size_t length = 1;
  for (std::uint32_t run = 0; run < options.hyperball_runs; ++run) {
    std::vector<double> histogram = balls.run(options.seed, run);
    const double total = std::accumulate(histogram.begin(), histogram.end(), 0.0);
    // No more pairs than there are; undirected: as many as the components say.
    const double scale = !g.is_directed() && total > 0.0 ? connected / total
                         : total > all_pairs             ? all_pairs / total
                                                         : 1.0;
    for (double& pairs : histogram) pairs *= scale;
    length = std::max(length, histogram.size());
    histograms.push_back(std::move(histogram));
    reporter.advance();
  }

  distance_estimates result;
  result.observations = options.hyperball_runs;
  std::vector<double> pairs;
  std::vector<double> means;
  std::vector<double> efficiencies;
  for (std::vector<double>& histogram : histograms) {
    histogram.resize(length);
    const run_statistics statistics = statistics_of(histogram, all_pairs);
    pairs.push_back(statistics.pairs);
    means.push_back(statistics.mean);
    efficiencies.push_back(statistics.efficiency);
  }
  result.reachable_pairs_error = g.is_directed() ? average_of(pairs).standard_error : 0.0;
  result.mean_error = average_of(means).standard_error;
  result.efficiency_error = average_of(efficiencies).standard_error;
  for (std::size_t d = 0; d < length; ++d) {
    std::vector<double> values;
    for (const std::vector<double>& histogram : histograms) values.push_back(histogram[d]);
    const average pairs_at = average_of(values);
    result.histogram.push_back(pairs_at.mean);
    result.histogram_errors.push_back(pairs_at.standard_error);
  }
  result.longest = static_cast<std::uint32_t>(length - 1);
  const auto runs = static_cast<double>(options.hyperball_runs);
  const vertex_id vertices = g.vertex_count();
  result.eccentricity.resize(vertices);
  spread_rows(core, balls.eccentricity(), result.eccentricity,
              [](std::uint32_t distance) { return distance; });
  if (options.vertex_distances == vertex_distances::sums) {
    result.reachable_count.resize(vertices);
    result.distance_sum.resize(vertices);
    result.inverse_distance_sum.resize(vertices);
    spread_rows(core, balls.reachable(), result.reachable_count,
                [&](double sum) { return static_cast<std::uint32_t>(std::llround(sum / runs)); });
    spread_rows(core, balls.distance_sums(), result.distance_sum,
                [&](double sum) { return static_cast<std::uint64_t>(std::llround(sum / runs)); });
    spread_rows(core, balls.inverse_sums(), result.inverse_distance_sum,
                [&](double sum) { return sum / runs; });
  }
  return result;
}

}  // namespace valuenet::detail
