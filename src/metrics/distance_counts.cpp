// Multi-source breadth-first search (Then et al. 2014, doi:10.14778/2735496.2735507): 512 searches
// at once, a bit each. A vertex's word holds the searches that have met it.
//
// The searches run against the arcs: bit i of v's word at depth d says that v reaches batch vertex
// i within d arcs. So everything about v, its eccentricity and its sums, is read off v's own words.
#include "metrics/distance_counts.hpp"

#include <array>
#include <bit>

#include "detail/parallel.hpp"
#include "detail/progress.hpp"

namespace valuenet::detail {
namespace {

constexpr std::size_t batch_size = 512;
using word = std::array<std::uint64_t, batch_size / 64>;

__extension__ using fixed_point = unsigned __int128;  // 64 bits behind the point: sums are exact

bool is_zero(const word& bits) {
  std::uint64_t any = 0;
  for (const std::uint64_t part : bits) any |= part;
  return any == 0;
}

std::uint32_t count_bits(const word& bits) {
  int count = 0;
  for (const std::uint64_t part : bits) count += std::popcount(part);
  return static_cast<std::uint32_t>(count);
}

/// What one worker counts over all its batches.
struct tally {
  std::vector<std::uint64_t> histogram{0};
  std::vector<std::uint32_t> eccentricity;
  std::vector<std::uint32_t> reachable_count;
  std::vector<std::uint64_t> distance_sum;
  std::vector<fixed_point> inverse_distance_sum;

  void resize(vertex_id n, vertex_distances kept) {
    eccentricity.resize(n);
    if (kept != vertex_distances::sums) return;
    reachable_count.resize(n);
    distance_sum.resize(n);
    inverse_distance_sum.resize(n);
  }

  void add(vertex_id v, std::uint32_t distance, std::uint32_t pairs) {
    histogram[distance] += pairs;
    if (eccentricity[v] < distance) eccentricity[v] = distance;
    if (reachable_count.empty()) return;
    reachable_count[v] += pairs;
    distance_sum[v] += std::uint64_t{pairs} * distance;
    inverse_distance_sum[v] += (fixed_point{1} << 64) / distance * pairs;
  }

  void merge(const tally& other) {
    if (histogram.size() < other.histogram.size()) histogram.resize(other.histogram.size());
    for (std::size_t d = 0; d < other.histogram.size(); ++d) histogram[d] += other.histogram[d];
    for (std::size_t v = 0; v < other.eccentricity.size(); ++v) {
      eccentricity[v] = std::max(eccentricity[v], other.eccentricity[v]);
    }
    for (std::size_t v = 0; v < other.reachable_count.size(); ++v) {
      reachable_count[v] += other.reachable_count[v];
      distance_sum[v] += other.distance_sum[v];
      inverse_distance_sum[v] += other.inverse_distance_sum[v];
    }
  }
};

/// One worker's searches.
class batch_search {
 public:
  void run(const graph& g, vertex_id first, vertex_id last, const parallel& workers,
           tally& counts) {
    if (met_.empty()) {
      met_.resize(g.vertex_count());
      next_.resize(g.vertex_count());
    }
    std::fill(met_.begin(), met_.end(), word{});
    frontier_.clear();
    fresh_.clear();
    for (vertex_id v = first; v < last; ++v) {
      const std::size_t bit = v - first;
      met_[v][bit / 64] |= std::uint64_t{1} << (bit % 64);
      frontier_.push_back(v);
      fresh_.push_back(met_[v]);
    }
    for (std::uint32_t distance = 1; !frontier_.empty(); ++distance) {
      workers.check_stop();
      if (counts.histogram.size() <= distance) counts.histogram.push_back(0);
      push_frontier(g);
      settle(distance, counts);
    }
    while (counts.histogram.size() > 1 && counts.histogram.back() == 0) counts.histogram.pop_back();
  }

 private:
  void push_frontier(const graph& g) {
    touched_.clear();
    for (std::size_t i = 0; i < frontier_.size(); ++i) {
      const word bits = fresh_[i];
      for (const vertex_id u : g.in_neighbors(frontier_[i])) {
        word& target = next_[u];
        if (is_zero(target)) touched_.push_back(u);
        for (std::size_t k = 0; k < bits.size(); ++k) target[k] |= bits[k];
      }
    }
  }

  void settle(std::uint32_t distance, tally& counts) {
    frontier_.clear();
    fresh_.clear();
    for (const vertex_id v : touched_) {
      word bits = next_[v];
      next_[v] = word{};
      for (std::size_t k = 0; k < bits.size(); ++k) {
        bits[k] &= ~met_[v][k];
        met_[v][k] |= bits[k];
      }
      if (is_zero(bits)) continue;
      counts.add(v, distance, count_bits(bits));
      frontier_.push_back(v);
      fresh_.push_back(bits);
    }
  }

  std::vector<word> met_;
  std::vector<word> next_;
  std::vector<vertex_id> frontier_;
  std::vector<word> fresh_;
  std::vector<vertex_id> touched_;
};

double to_double(fixed_point value) {
  return static_cast<double>(value) * 0x1.0p-64;
}

}  // namespace

distance_counts count_distances(const graph& g, vertex_distances kept, const execution& exec) {
  const vertex_id n = g.vertex_count();
  parallel workers(exec);
  progress reporter(exec, "distances", n);
  std::vector<tally> tallies(workers.workers());
  std::vector<batch_search> searches(workers.workers());
  workers.for_chunks(n, batch_size, [&](std::size_t begin, std::size_t end, std::size_t worker) {
    if (tallies[worker].eccentricity.empty()) tallies[worker].resize(n, kept);
    searches[worker].run(g, static_cast<vertex_id>(begin), static_cast<vertex_id>(end), workers,
                         tallies[worker]);
    reporter.advance(end - begin);
  });

  tally total;
  total.resize(n, kept);
  for (const tally& part : tallies) total.merge(part);
  distance_counts result;
  result.histogram = std::move(total.histogram);
  result.eccentricity = std::move(total.eccentricity);
  result.reachable_count = std::move(total.reachable_count);
  result.distance_sum = std::move(total.distance_sum);
  result.inverse_distance_sum.reserve(total.inverse_distance_sum.size());
  for (const fixed_point sum : total.inverse_distance_sum) {
    result.inverse_distance_sum.push_back(to_double(sum));
  }
  return result;
}

}  // namespace valuenet::detail
