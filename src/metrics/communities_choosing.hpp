// How a vertex chooses the class it should be in, and when it has to choose again.
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

#include "detail/random.hpp"
#include "metrics/communities_partition.hpp"

namespace valuenet::detail {

/// A move must gain this share of the vertex's mass: what lies below is rounding.
inline constexpr double least_gain = 1e-10;

/// A class is nearly as good as the best when it is behind by at most this share of the vertex's
/// mean bond: less than any bond of an unweighted graph, more than what the null model tells apart.
inline constexpr double near_tie = 0.2;

/// Stands for whichever class is empty when the move is made.
inline constexpr vertex_id any_empty_class = no_vertex;

/// The class that a vertex should be in: its own, another, or any_empty_class.
struct class_choice {
  vertex_id target = 0;
  double own_bond = 0.0;     // to the rest of its own class
  double target_bond = 0.0;  // to the target
  double least = 0.0;        // what the move must gain
  double slack = 0.0;  // by how much the target is better than any other class; < 0: choose again
};

template <class Level>
class class_chooser {
 public:
  using partition_type = community_partition<Level>;

  class_chooser(const Level& level, std::size_t degree)
      : level_(level), sums_(level.size(), degree) {}

  /// The best class; on a tie the own one, then the first.
  class_choice best(const partition_type& partition, vertex_id v) {
    sums_.gather(level_, partition.classes(), v);
    return best_of_gathered(partition, v);
  }

  /// Any class that is nearly as good as the best.
  class_choice near_best(const partition_type& partition, vertex_id v, random_stream& random) {
    sums_.gather(level_, partition.classes(), v);
    if (sums_.classes().size() < 2) return best_of_gathered(partition, v);
    const vertex_id own = partition.class_of(v);
    const auto pulled = level_.pull * level_.masses[v];
    const double own_gain = gain_of_own(partition, v);
    double most = own_gain;
    double bonds = 0.0;
    gains_.clear();
    for (const vertex_id c : sums_.classes()) {
      gains_.push_back(c == own ? own_gain : sums_[c] - product(pulled, partition.mass(c)));
      most = std::max(most, gains_.back());
      bonds += sums_[c];
    }
    const double tolerance = near_tie * bonds / static_cast<double>(level_.degree(v));
    std::uint64_t near = 0;
    for (const double gain : gains_) near += gain >= most - tolerance ? 1 : 0;
    std::uint64_t skip = near > 1 ? random.below(near) : 0;
    vertex_id target = own;
    double gain = own_gain;
    double second = 0.0;  // alone
    for (std::size_t i = 0; i < gains_.size(); ++i) {
      if (gains_[i] >= most - tolerance && skip-- == 0) {
        target = sums_.classes()[i];
        gain = gains_[i];
      } else {
        second = std::max(second, gains_[i]);
      }
    }
    return finish(own, target, -tolerance, gain - second);
  }

 private:
  class_choice best_of_gathered(const partition_type& partition, vertex_id v) {
    const vertex_id own = partition.class_of(v);
    const auto pulled = level_.pull * level_.masses[v];
    const double own_gain = gain_of_own(partition, v);
    vertex_id target = own;
    double gain = own_gain;
    double second = 0.0;  // alone
    if (own_gain < 0.0 && partition.size(own) > 1) {
      target = any_empty_class;
      gain = 0.0;
    }
    for (const vertex_id c : sums_.classes()) {
      const double there = c == own ? -std::numeric_limits<double>::infinity()
                                    : sums_[c] - product(pulled, partition.mass(c));
      second = std::max(second, std::min(there, gain));
      if (there > gain) {
        gain = there;
        target = c;
      }
    }
    const double least = least_gain * level_.masses[v].sum();
    if (!(gain - own_gain > least)) target = own;
    return finish(own, target, least, std::max(0.0, gain - second));
  }

  [[nodiscard]] double gain_of_own(const partition_type& partition, vertex_id v) const {
    const vertex_id own = partition.class_of(v);
    const auto& mass = level_.masses[v];
    return sums_[own] - product(level_.pull * mass, partition.mass(own) - mass);
  }

  class_choice finish(vertex_id own, vertex_id target, double least, double slack) {
    const class_choice result{.target = target,
                              .own_bond = sums_[own],
                              .target_bond = target == any_empty_class ? 0.0 : sums_[target],
                              .least = least,
                              .slack = slack};
    sums_.clear();
    return result;
  }

  const Level& level_;
  class_sums<typename Level::bond_type> sums_;
  std::vector<double> gains_;
};

/// What the chosen move gains as the partition stands now, given its bonds.
template <class Level>
[[nodiscard]] double gain_of_move(const Level& level, const community_partition<Level>& partition,
                                  vertex_id v, const class_choice& move) {
  const auto pulled = level.pull * level.masses[v];
  const auto own_mass = partition.mass(partition.class_of(v)) - level.masses[v];
  double gain = move.target_bond - move.own_bond + product(pulled, own_mass);
  if (move.target != any_empty_class) gain -= product(pulled, partition.mass(move.target));
  return gain;
}

/// How much bonds may still change in a vertex's disfavour before another class can be better for
/// it than its own: only then need it choose again. Counted in whole numbers, so that it does not
/// matter in which order threads draw on it, and rounded so that a vertex rather chooses too often.
/// What the null model changes meanwhile is left to the next pass over all vertices.
template <class Bond>
class slack_account {
 public:
  explicit slack_account(vertex_id size) : left_(size, 0) {}

  void open(vertex_id v, double slack) {
    left_[v] = static_cast<units>(std::clamp(std::floor(slack * unit), 0.0, most));
  }

  /// A neighbour by this bond moves to another class, from v's own (`leaves`) or not. Returns
  /// whether nothing is left.
  bool draw(vertex_id v, Bond bond, bool leaves) {
    const std::atomic_ref<units> left(left_[v]);
    if (left.load(std::memory_order_relaxed) < 0) return true;
    // From its own class: that loses a bond, the other gains one.
    const double change = static_cast<double>(bond) * (leaves ? 2.0 : 1.0);
    const auto drawn = static_cast<units>(std::min(std::ceil(change * unit), most));
    return left.fetch_sub(drawn, std::memory_order_relaxed) < drawn;
  }

 private:
  // However many threads draw the most at once, nothing overflows.
  static constexpr bool counts = std::is_same_v<Bond, std::uint32_t>;
  using units = std::conditional_t<counts, std::int32_t, std::int64_t>;
  static constexpr double unit = counts ? 1.0 : 0x1p30;
  static constexpr double most = counts ? 0x1p20 : 0x1p50;
  std::vector<units> left_;
};

}  // namespace valuenet::detail
