#include "valuenet/statistics/value_counts.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

#include "detail/parallel.hpp"

namespace valuenet {

namespace {

// Whole numbers below this are counted in an array, the others sorted. A worker's array stays in
// its cache.
constexpr std::size_t dense_limit = std::size_t{1} << 16;
constexpr std::size_t grain = std::size_t{1} << 17;

struct partial_counts {
  std::vector<std::uint64_t> dense;
  std::vector<double> others;
  std::uint64_t not_finite = 0;
  std::size_t largest = 0;
};

// The place of a value in the array, or dense_limit when it has none.
std::size_t dense_slot(double value) {
  if (!(value >= 0.0 && value < static_cast<double>(dense_limit))) return dense_limit;
  const auto slot = static_cast<std::size_t>(value);
  return static_cast<double>(slot) == value ? slot : dense_limit;
}

template <class Whole>
std::size_t dense_slot(Whole value) {
  return value < dense_limit ? static_cast<std::size_t>(value) : dense_limit;
}

template <class Value>
value_counts count(std::span<const Value> sample, const execution& exec) {
  detail::parallel workers(exec);
  std::vector<partial_counts> parts(workers.workers());
  workers.for_chunks(sample.size(), grain,
                     [&](std::size_t begin, std::size_t end, std::size_t worker) {
                       partial_counts& part = parts[worker];
                       // A small sample does not pay for a large array.
                       std::size_t size = part.dense.size();
                       for (std::size_t i = begin; i < end; ++i) {
                         const Value value = sample[i];
                         const std::size_t slot = dense_slot(value);
                         if (slot < size) {
                           ++part.dense[slot];
                         } else if (slot < dense_limit) {
                           size = std::min(dense_limit, std::max(slot + 1, 2 * size));
                           part.dense.resize(size, 0);
                           ++part.dense[slot];
                         } else if (std::isfinite(static_cast<double>(value))) {
                           part.others.push_back(static_cast<double>(value));
                         } else {
                           ++part.not_finite;
                         }
                       }
                     });

  value_counts result;
  std::vector<double> others;
  std::vector<std::uint64_t> dense;
  for (partial_counts& part : parts) {
    result.not_finite += part.not_finite;
    if (dense.size() < part.dense.size()) dense.swap(part.dense);
    for (std::size_t slot = 0; slot < part.dense.size(); ++slot) dense[slot] += part.dense[slot];
    if (others.empty()) {
      others = std::move(part.others);
    } else {
      others.insert(others.end(), part.others.begin(), part.others.end());
      part.others = {};
    }
  }
  // Which worker found a value does not matter once they are sorted.
  detail::parallel_sort(workers, others, std::less<>{});

  auto next = others.cbegin();
  const auto take_others_below = [&](double bound) {
    while (next != others.cend() && *next < bound) {
      const double value = *next;
      const auto end = std::find_if(next, others.cend(), [&](double v) { return v != value; });
      result.values.push_back(value);
      result.counts.push_back(static_cast<std::uint64_t>(end - next));
      next = end;
    }
  };
  for (std::size_t slot = 0; slot < dense.size(); ++slot) {
    if (dense[slot] == 0) continue;
    const auto value = static_cast<double>(slot);
    take_others_below(value);
    result.values.push_back(value);
    result.counts.push_back(dense[slot]);
  }
  take_others_below(std::numeric_limits<double>::infinity());
  return result;
}

}  // namespace

std::uint64_t value_counts::total() const noexcept {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

bool value_counts::is_whole() const noexcept {
  return std::all_of(values.begin(), values.end(), [](double v) { return std::floor(v) == v; });
}

value_counts count_values(std::span<const double> sample, const execution& exec) {
  return count(sample, exec);
}

value_counts count_values(std::span<const std::uint64_t> sample, const execution& exec) {
  return count(sample, exec);
}

value_counts count_values(std::span<const std::uint32_t> sample, const execution& exec) {
  return count(sample, exec);
}

value_counts count_values(std::span<const double> values, std::span<const std::uint64_t> counts) {
  if (values.size() != counts.size()) {
    throw std::invalid_argument("counts has " + std::to_string(counts.size()) +
                                " entries; values has " + std::to_string(values.size()));
  }
  std::vector<std::pair<double, std::uint64_t>> pairs;
  pairs.reserve(values.size());
  value_counts result;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) {
      result.not_finite += counts[i];
    } else if (counts[i] != 0) {
      pairs.emplace_back(values[i] + 0.0, counts[i]);  // + 0.0 makes -0 a plain 0
    }
  }
  std::sort(pairs.begin(), pairs.end());
  for (const auto& [value, occurrences] : pairs) {
    if (!result.values.empty() && result.values.back() == value) {
      result.counts.back() += occurrences;
    } else {
      result.values.push_back(value);
      result.counts.push_back(occurrences);
    }
  }
  return result;
}

}  // namespace valuenet
