#include "metrics/communities_moving.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "metrics/communities_batches.hpp"
#include "metrics/communities_choosing.hpp"
#include "metrics/communities_partition.hpp"

namespace valuenet::detail {
namespace {

/// Visits a vertex on average, or rounds, after which moving ends in any case: some dozen are
/// usual, and rounding must not keep it going.
constexpr std::uint64_t most_rounds = 1000;

/// A ring of the vertices to look at, each at most once.
class vertex_queue {
 public:
  vertex_queue(std::vector<vertex_id> first, vertex_id size)
      : ring_(std::move(first)), queued_(size, 0), count_(ring_.size()) {
    for (const vertex_id v : ring_) queued_[v] = 1;
    ring_.resize(size);
  }

  [[nodiscard]] bool empty() const { return count_ == 0; }

  /// The vertex that is popped after `ahead` others, unless fewer wait.
  [[nodiscard]] vertex_id upcoming(std::size_t ahead) const {
    if (ahead >= count_) return no_vertex;
    const std::size_t at = head_ + ahead;
    return ring_[at < ring_.size() ? at : at - ring_.size()];
  }

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

/// From the vertices of `first` on; each of them breaks ties at random on its first visit when
/// `shaken`. Returns the gain.
template <class Level>
double move_one_by_one(parallel& workers, const Level& level, community_partition<Level>& partition,
                       std::vector<vertex_id> first, bool shaken, random_stream& random) {
  std::size_t first_visits = shaken ? first.size() : 0;
  vertex_queue queue(std::move(first), level.size());
  class_chooser<Level> choose(level, largest_degree(level));
  slack_account<typename Level::bond_type> slacks(level.size());
  std::uint64_t looked_at = 0;
  double gain = 0.0;
  std::uint64_t visits_left = most_rounds * level.size();
  while (!queue.empty() && visits_left-- > 0) {
    const vertex_id v = queue.pop();
    if (const vertex_id next = queue.upcoming(fetch_ahead); next != no_vertex) level.prefetch(next);
    looked_at += level.degree(v) + 1;
    if (looked_at >= stop_interval) {
      workers.check_stop();
      looked_at = 0;
    }
    class_choice move;
    if (first_visits > 0) {
      --first_visits;
      move = choose.near_best(partition, v, random);
    } else {
      move = choose.best(partition, v);
    }
    slacks.open(v, move.slack);
    if (move.slack < 0.0) queue.push(v);
    const vertex_id own = partition.class_of(v);
    if (move.target == own) continue;
    gain += gain_of_move(level, partition, v, move);
    const vertex_id target = move.target == any_empty_class ? partition.empty_class() : move.target;
    partition.move(v, target);
    for (std::uint64_t slot = level.begins[v]; slot < level.ends[v]; ++slot) {
      const vertex_id u = level.neighbors[slot];
      const vertex_id c = partition.class_of(u);
      if (c != target && slacks.draw(u, level.bond(slot), c == own)) queue.push(u);
    }
  }
  return gain;
}

template <class Level>
class batch_mover {
 public:
  batch_mover(parallel& workers, const Level& level, community_partition<Level>& partition)
      : workers_(workers),
        level_(level),
        partition_(partition),
        choices_(batch_size(level)),
        slacks_(level.size()),
        marked_(level.size(), 0),
        is_moving_(level.size() / 64 + 1, 0),
        turn_(level.size()) {
    choosers_.reserve(workers.workers());
    const std::size_t degree = largest_degree(level);
    for (std::size_t i = 0; i < workers.workers(); ++i) choosers_.emplace_back(level, degree);
  }

  double run(bool shaken, random_stream& random) {
    const std::vector<vertex_id> order = visiting_order(level_, random);
    std::vector<vertex_id> round = first_round(order);
    // When few are left, sharing them out costs more than it saves.
    for (std::uint64_t rounds = 0; round.size() > order.size() / 256 && rounds < most_rounds;
         ++rounds) {
      const std::uint64_t draw = random();
      for (std::size_t begin = 0; begin < round.size(); begin += choices_.size()) {
        const std::size_t count = std::min(choices_.size(), round.size() - begin);
        work(std::span<const vertex_id>(round).subspan(begin, count), shaken, draw);
      }
      shaken = false;
      if (partition_.class_count() <= numbered_classes_ / 2) {
        partition_.renumber_by_size(workers_);
        numbered_classes_ = partition_.class_count();
      }
      round.clear();
      for (const vertex_id v : order) {
        if (marked_[v] != 0) round.push_back(v);
      }
    }
    if (!round.empty()) {
      gain_ += move_one_by_one(workers_, level_, partition_, std::move(round), shaken, random);
    }
    return gain_;
  }

 private:
  struct mover {
    vertex_id vertex = 0;
    class_choice move;
    bool overtaken = false;  // a neighbour moves before it, so that its bonds may have changed
  };

  /// All; but where every vertex is still alone, those with many neighbours wait until their
  /// neighbours have found together. That gives better communities, and spares the dearest visits.
  std::vector<vertex_id> first_round(const std::vector<vertex_id>& order) {
    if (!partition_.all_alone()) return order;
    std::vector<vertex_id> round;
    for (const vertex_id v : order) {
      if (2 * level_.degree(v) * level_.size() > level_.arc_count) {
        marked_[v] = 1;
      } else {
        round.push_back(v);
      }
    }
    return round.empty() ? order : round;
  }

  void work(std::span<const vertex_id> batch, bool shaken, std::uint64_t draw) {
    choose(batch, shaken, draw);
    movers_.clear();
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const vertex_id v = batch[i];
      if (choices_[i].target == partition_.class_of(v)) continue;
      turn_[v] = static_cast<std::uint32_t>(movers_.size());
      is_moving_[v / 64] |= std::uint64_t{1} << (v % 64);
      movers_.push_back({.vertex = v, .move = choices_[i]});
    }
    tell_neighbors();
    for (const mover& each : movers_) is_moving_[each.vertex / 64] = 0;
    for (mover& each : movers_) carry_out(each);
  }

  void choose(std::span<const vertex_id> batch, bool shaken, std::uint64_t draw) {
    workers_.for_chunks(
        batch.size(), batch_grain, [&](std::size_t begin, std::size_t end, std::size_t worker) {
          class_chooser<Level>& chooser = choosers_[worker];
          for (std::size_t i = begin; i < end; ++i) {
            if (i + fetch_ahead < batch.size()) level_.prefetch(batch[i + fetch_ahead]);
            const vertex_id v = batch[i];
            random_stream random(draw, v);
            choices_[i] =
                shaken ? chooser.near_best(partition_, v, random) : chooser.best(partition_, v);
            slacks_.open(v, choices_[i].slack);
            marked_[v] = choices_[i].slack < 0.0 ? 1 : 0;
          }
        });
  }

  /// Marks for the next round whom the moves give reason to choose again, and finds the movers that
  /// are overtaken.
  void tell_neighbors() {
    const auto mark = [&](vertex_id u) {
      std::atomic_ref<std::uint8_t>(marked_[u]).store(1, std::memory_order_relaxed);
    };
    // Whoever chooses again in any case need not be told of more: its account opens anew then.
    const auto is_marked = [&](vertex_id u) {
      return std::atomic_ref<std::uint8_t>(marked_[u]).load(std::memory_order_relaxed) != 0;
    };
    workers_.for_each(movers_.size(), batch_grain, [&](std::size_t i) {
      mover& each = movers_[i];
      const vertex_id own = partition_.class_of(each.vertex);
      for (std::uint64_t slot = level_.begins[each.vertex]; slot < level_.ends[each.vertex];
           ++slot) {
        const vertex_id u = level_.neighbors[slot];
        if ((is_moving_[u / 64] >> (u % 64) & 1) != 0) {
          each.overtaken = each.overtaken || turn_[u] < i;
          mark(u);
          continue;
        }
        if (is_marked(u)) continue;
        const vertex_id c = partition_.class_of(u);
        if (c != each.move.target && slacks_.draw(u, level_.bond(slot), c == own)) mark(u);
      }
    });
  }

  void carry_out(mover& each) {
    const vertex_id v = each.vertex;
    const vertex_id own = partition_.class_of(v);
    if (each.overtaken) {
      each.move.own_bond = 0.0;
      each.move.target_bond = 0.0;
      for (std::uint64_t slot = level_.begins[v]; slot < level_.ends[v]; ++slot) {
        const vertex_id c = partition_.class_of(level_.neighbors[slot]);
        const auto bond = static_cast<double>(level_.bond(slot));
        each.move.own_bond += c == own ? bond : 0.0;
        each.move.target_bond += c == each.move.target ? bond : 0.0;
      }
    }
    const double gain = gain_of_move(level_, partition_, v, each.move);
    const bool leaves_nobody = each.move.target == any_empty_class && partition_.size(own) == 1;
    if (leaves_nobody || !(gain > each.move.least)) {
      marked_[v] = 1;
      return;
    }
    gain_ += gain;
    partition_.move(
        v, each.move.target == any_empty_class ? partition_.empty_class() : each.move.target);
  }

  parallel& workers_;
  const Level& level_;
  community_partition<Level>& partition_;
  std::vector<class_chooser<Level>> choosers_;
  std::vector<class_choice> choices_;
  std::vector<mover> movers_;
  slack_account<typename Level::bond_type> slacks_;
  std::vector<std::uint8_t> marked_;
  std::vector<std::uint64_t> is_moving_;    // a bit each: in this batch
  std::vector<std::uint32_t> turn_;         // among the movers of the batch, where is_moving_
  vertex_id numbered_classes_ = no_vertex;  // how many there were when last numbered by size
  double gain_ = 0.0;
};

}  // namespace

template <class Level>
double move_vertices(parallel& workers, const Level& level, std::vector<vertex_id>& classes,
                     tie_breaking ties, random_stream& random) {
  if (level.size() == 0) return 0.0;
  community_partition<Level> partition(level, std::move(classes));
  const bool shaken = ties == tie_breaking::random;
  const double gain = is_large(level)
                          ? batch_mover<Level>(workers, level, partition).run(shaken, random)
                          : move_one_by_one(workers, level, partition,
                                            visiting_order(level, random), shaken, random);
  classes = partition.take_classes();
  return gain;
}

#define VALUENET_INSTANTIATE(Bond, Mass)                                       \
  template double move_vertices(parallel&, const community_level<Bond, Mass>&, \
                                std::vector<vertex_id>&, tie_breaking, random_stream&);
VALUENET_INSTANTIATE(std::uint32_t, strength)
VALUENET_INSTANTIATE(double, strength)
VALUENET_INSTANTIATE(double, strength_pair)
#undef VALUENET_INSTANTIATE

}  // namespace valuenet::detail
