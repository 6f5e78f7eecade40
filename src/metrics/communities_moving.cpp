#include "metrics/communities_moving.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

#include "metrics/communities_partition.hpp"

namespace valuenet::detail {
namespace {

/// Arcs looked at between two looks at the stop token.
constexpr std::uint64_t stop_interval = std::uint64_t{1} << 20;

/// A move must gain this share of the vertex's mass: what lies below is rounding.
constexpr double least_gain = 1e-12;

/// Classes count as nearly as good as the best when they are behind by this share of a vertex's
/// mean bond: less than any tie of an unweighted graph counts, more than the null model sets apart.
constexpr double near_tie = 0.2;

template <class Level>
std::size_t largest_degree(const Level& level) {
  std::uint64_t largest = 0;
  for (vertex_id v = 0; v < level.size(); ++v) largest = std::max(largest, level.degree(v));
  return static_cast<std::size_t>(largest);
}

std::vector<vertex_id> random_order(vertex_id count, random_stream& random) {
  std::vector<vertex_id> order(count);
  std::iota(order.begin(), order.end(), vertex_id{0});
  random.shuffle(order);
  return order;
}

/// A vertex's choice: the class it should be in and what going there gains.
struct choice {
  vertex_id target = 0;
  double gain = 0.0;
};

template <class Level>
choice best_choice(const Level& level, const community_partition<Level>& partition,
                   class_sums<typename Level::bond_type>& sums, vertex_id v) {
  sums.gather(level, partition.classes(), v);
  const vertex_id own = partition.class_of(v);
  const auto mass = level.masses[v];
  const auto pulled = level.pull * mass;
  const double own_gain = sums[own] - product(pulled, partition.mass(own) - mass);
  choice best{own, own_gain};
  if (own_gain < 0.0 && partition.size(own) > 1) best = {partition.empty_class(), 0.0};
  for (const vertex_id c : sums.classes()) {
    // The own class counts v's mass too much here, so that it never beats own_gain.
    const double gain = sums[c] - product(pulled, partition.mass(c));
    if (gain > best.gain) best = {c, gain};
  }
  sums.clear();
  best.gain -= own_gain;
  if (!(best.gain > least_gain * mass.sum())) best = {own, 0.0};
  return best;
}

/// One of the classes nearly as good as the best.
template <class Level>
choice near_choice(const Level& level, const community_partition<Level>& partition,
                   class_sums<typename Level::bond_type>& sums, vertex_id v, random_stream& random,
                   std::vector<vertex_id>& near) {
  sums.gather(level, partition.classes(), v);
  const vertex_id own = partition.class_of(v);
  const auto mass = level.masses[v];
  const auto pulled = level.pull * mass;
  const double own_gain = sums[own] - product(pulled, partition.mass(own) - mass);
  const auto gain_of = [&](vertex_id c) {
    return c == own ? own_gain : sums[c] - product(pulled, partition.mass(c));
  };
  choice best{own, own_gain};
  if (sums.classes().size() > 1) {
    double bonds = 0.0;
    for (const vertex_id c : sums.classes()) {
      bonds += sums[c];
      if (const double gain = gain_of(c); gain > best.gain) best = {c, gain};
    }
    const double least = best.gain - near_tie * bonds / static_cast<double>(level.degree(v));
    near.clear();
    for (const vertex_id c : sums.classes()) {
      if (gain_of(c) >= least) near.push_back(c);
    }
    if (near.size() > 1) {
      best.target = near[random.below(near.size())];
      best.gain = gain_of(best.target);
    }
  }
  sums.clear();
  best.gain -= own_gain;
  return best;
}

/// A ring of the vertices to look at, each at most once.
class vertex_queue {
 public:
  explicit vertex_queue(std::vector<vertex_id> all)
      : ring_(std::move(all)), queued_(ring_.size(), 1), count_(ring_.size()) {}

  [[nodiscard]] bool empty() const { return count_ == 0; }

  vertex_id pop() {
    const vertex_id v = ring_[head_];
    if (++head_ == ring_.size()) head_ = 0;
    --count_;
    queued_[v] = 0;
    return v;
  }

  void push(vertex_id v) {
    if (queued_[v] != 0) return;
    queued_[v] = 1;
    std::size_t tail = head_ + count_;
    if (tail >= ring_.size()) tail -= ring_.size();
    ring_[tail] = v;
    ++count_;
  }

 private:
  std::vector<vertex_id> ring_;
  std::vector<std::uint8_t> queued_;
  std::size_t head_ = 0;
  std::size_t count_;
};

template <class Level>
double move_one_by_one(parallel& workers, const Level& level, community_partition<Level>& partition,
                       tie_breaking ties, random_stream& random) {
  vertex_queue queue(random_order(level.size(), random));
  class_sums<typename Level::bond_type> sums(level.size(), largest_degree(level));
  std::vector<vertex_id> near;
  std::size_t first_visits = ties == tie_breaking::random ? level.size() : 0;
  double gain = 0.0;
  std::uint64_t looked_at = 0;
  while (!queue.empty()) {
    const vertex_id v = queue.pop();
    looked_at += level.degree(v) + 1;
    if (looked_at >= stop_interval) {
      workers.check_stop();
      looked_at = 0;
    }
    choice best;
    if (first_visits > 0) {
      --first_visits;
      best = near_choice(level, partition, sums, v, random, near);
    } else {
      best = best_choice(level, partition, sums, v);
    }
    if (best.target == partition.class_of(v)) continue;
    partition.move(v, best.target);
    gain += best.gain;
    if (best.gain <= 0.0) queue.push(v);
    for (const vertex_id u : level.row(v)) {
      if (partition.class_of(u) != best.target) queue.push(u);
    }
  }
  return gain;
}

}  // namespace

template <class Level>
double move_vertices(parallel& workers, const Level& level, std::vector<vertex_id>& classes,
                     tie_breaking ties, random_stream& random) {
  if (level.size() == 0) return 0.0;
  community_partition<Level> partition(level, std::move(classes));
  const double gain = move_one_by_one(workers, level, partition, ties, random);
  classes = partition.take_classes();
  return gain;
}

template <class Level>
std::vector<vertex_id> refine(parallel& workers, const Level& level,
                              const std::vector<vertex_id>& classes, random_stream& random,
                              vertex_id& count) {
  using mass_type = typename Level::mass_type;
  const vertex_id n = level.size();
  std::vector<vertex_id> part_of(n);
  std::iota(part_of.begin(), part_of.end(), vertex_id{0});
  std::vector<mass_type> part_mass(level.masses);
  std::vector<mass_type> class_mass(n);
  // lone[v]: nobody has joined v's part, nor v another. cut[p]: bonds of part p to the rest of its
  // class.
  std::vector<std::uint8_t> lone(n, 1);
  std::vector<double> cut(n, 0.0);
  for (vertex_id v = 0; v < n; ++v) {
    class_mass[classes[v]] += level.masses[v];
    for (std::uint64_t slot = level.offsets[v]; slot < level.offsets[v + std::size_t{1}]; ++slot) {
      if (classes[level.neighbors[slot]] == classes[v])
        cut[v] += static_cast<double>(level.bond(slot));
    }
  }
  const auto well_connected = [&](vertex_id part, vertex_id whole) {
    return cut[part] >= product(level.pull * part_mass[part], class_mass[whole] - part_mass[part]);
  };
  class_sums<typename Level::bond_type> sums(n, largest_degree(level));
  std::uint64_t looked_at = 0;
  std::vector<choice> candidates;
  for (const vertex_id v : random_order(n, random)) {
    looked_at += level.degree(v) + 1;
    if (looked_at >= stop_interval) {
      workers.check_stop();
      looked_at = 0;
    }
    const vertex_id whole = classes[v];
    if (lone[v] == 0 || !well_connected(v, whole)) continue;
    for (std::uint64_t slot = level.offsets[v]; slot < level.offsets[v + std::size_t{1}]; ++slot) {
      const vertex_id u = level.neighbors[slot];
      if (classes[u] == whole) sums.add(part_of[u], level.bond(slot));
    }
    const auto pulled = level.pull * level.masses[v];
    double best_gain = 0.0;
    candidates.clear();
    double bonds = 0.0;
    for (const vertex_id part : sums.classes()) {
      bonds += sums[part];
      const double gain = sums[part] - product(pulled, part_mass[part]);
      if (gain < 0.0 || !well_connected(part, whole)) continue;
      candidates.push_back({part, gain});
      best_gain = std::max(best_gain, gain);
    }
    // Chosen with probability proportional to exp(gain / temperature).
    const double temperature =
        0.1 * bonds / static_cast<double>(std::max<std::size_t>(level.degree(v), 1));
    double weights = 0.0;
    for (choice& each : candidates) {
      weights += each.gain = std::exp((each.gain - best_gain) / temperature);
    }
    if (!candidates.empty()) {
      double pick = random.uniform() * weights;
      std::size_t chosen = 0;
      while (chosen + 1 < candidates.size() && pick >= candidates[chosen].gain) {
        pick -= candidates[chosen++].gain;
      }
      const vertex_id best = candidates[chosen].target;
      cut[best] += cut[v] - 2.0 * sums[best];
      part_mass[best] += level.masses[v];
      lone[v] = 0;
      lone[best] = 0;
      part_of[v] = best;
    }
    sums.clear();
  }
  count = renumber(part_of);
  return part_of;
}

vertex_id renumber(std::vector<vertex_id>& classes) {
  std::vector<vertex_id> number(classes.size(), no_vertex);
  vertex_id count = 0;
  for (vertex_id& each : classes) {
    if (number[each] == no_vertex) number[each] = count++;
    each = number[each];
  }
  return count;
}

#define VALUENET_INSTANTIATE(Bond, Mass)                                                \
  template double move_vertices(parallel&, const community_level<Bond, Mass>&,          \
                                std::vector<vertex_id>&, tie_breaking, random_stream&); \
  template std::vector<vertex_id> refine(parallel&, const community_level<Bond, Mass>&, \
                                         const std::vector<vertex_id>&, random_stream&, \
                                         vertex_id&);
VALUENET_INSTANTIATE(std::uint32_t, strength)
VALUENET_INSTANTIATE(double, strength)
VALUENET_INSTANTIATE(double, strength_pair)
#undef VALUENET_INSTANTIATE

}  // namespace valuenet::detail
