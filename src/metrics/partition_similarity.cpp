#include "valuenet/metrics/partition_similarity.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include "detail/parallel.hpp"

namespace valuenet {
namespace {

/// A partition whose classes are numbered 0 .. sizes.size() - 1 in the order of the caller's
/// numbers.
struct dense_partition {
  std::vector<std::uint32_t> classes;
  std::vector<std::uint64_t> sizes;
};

dense_partition densify(std::span<const std::uint32_t> labels) {
  dense_partition result;
  result.classes.assign(labels.begin(), labels.end());
  const std::uint32_t largest =
      labels.empty() ? 0 : *std::max_element(labels.begin(), labels.end());
  if (largest < 2 * labels.size()) {
    // Classes that nobody is in stay, empty: they add nothing to any sum.
    result.sizes.assign(std::size_t{largest} + 1, 0);
  } else {
    std::vector<std::uint32_t> distinct(labels.begin(), labels.end());
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    for (std::uint32_t& each : result.classes) {
      each = static_cast<std::uint32_t>(std::lower_bound(distinct.begin(), distinct.end(), each) -
                                        distinct.begin());
    }
    result.sizes.assign(distinct.size(), 0);
  }
  for (const std::uint32_t each : result.classes) ++result.sizes[each];
  return result;
}

double pairs_of(std::uint64_t size) {
  return 0.5 * static_cast<double>(size) * (static_cast<double>(size) - 1.0);
}

double entropy(const dense_partition& partition, double n) {
  double sum = 0.0;
  for (const std::uint64_t size : partition.sizes) {
    if (size == 0) continue;
    const double share = static_cast<double>(size) / n;
    sum -= share * std::log(share);
  }
  return sum;
}

double pairs_together(const dense_partition& partition) {
  double sum = 0.0;
  for (const std::uint64_t size : partition.sizes) sum += size < 2 ? 0.0 : pairs_of(size);
  return sum;
}

}  // namespace

partition_similarity_result partition_similarity(std::span<const std::uint32_t> a,
                                                 std::span<const std::uint32_t> b,
                                                 const execution& exec) {
  if (a.size() != b.size()) {
    throw std::invalid_argument("partition_similarity: partitions of " + std::to_string(a.size()) +
                                " and " + std::to_string(b.size()) + " vertices");
  }
  const detail::parallel workers({.threads = 1, .stop = exec.stop, .progress = {}, .log = {}});
  partition_similarity_result result;
  if (a.empty()) return result;
  const dense_partition first = densify(a);
  const dense_partition second = densify(b);
  const std::size_t n = a.size();
  workers.check_stop();

  // Vertices by their first class; then each class's row of the contingency table is counted apart.
  std::vector<std::size_t> ends(first.sizes.size() + 1, 0);
  for (std::size_t c = 0; c < first.sizes.size(); ++c) ends[c + 1] = ends[c] + first.sizes[c];
  std::vector<std::uint32_t> seconds(n);
  {
    std::vector<std::size_t> next(ends.begin(), ends.end() - 1);
    for (std::size_t v = 0; v < n; ++v) seconds[next[first.classes[v]]++] = second.classes[v];
  }
  workers.check_stop();

  const auto total = static_cast<double>(n);
  double mutual = 0.0;
  double together = 0.0;
  std::vector<std::uint32_t> cell(second.sizes.size(), 0);
  std::vector<std::uint32_t> touched;
  for (std::size_t c = 0; c < first.sizes.size(); ++c) {
    touched.clear();
    for (std::size_t i = ends[c]; i < ends[c + 1]; ++i) {
      if (cell[seconds[i]]++ == 0) touched.push_back(seconds[i]);
    }
    for (const std::uint32_t d : touched) {
      const auto both = static_cast<double>(cell[d]);
      // Written so that equal partitions give the very terms of the entropy.
      mutual += both / total *
                (std::log(both / static_cast<double>(first.sizes[c])) -
                 std::log(static_cast<double>(second.sizes[d]) / total));
      if (cell[d] > 1) together += pairs_of(cell[d]);
      cell[d] = 0;
    }
  }

  const double entropies = entropy(first, total) + entropy(second, total);
  mutual = std::clamp(mutual, 0.0, 0.5 * entropies);
  if (entropies > 0.0) result.normalized_mutual_information = mutual / (0.5 * entropies);
  result.variation_of_information = entropies - 2.0 * mutual;
  if (n > 1) {
    const double in_first = pairs_together(first);
    const double in_second = pairs_together(second);
    const double expected = in_first * (in_second / pairs_of(n));
    const double mean = 0.5 * (in_first + in_second);
    // Zero only for two partitions into singletons or into one class: they are equal.
    if (mean != expected) result.adjusted_rand_index = (together - expected) / (mean - expected);
  }
  return result;
}

}  // namespace valuenet
