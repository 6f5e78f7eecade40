#include "valuenet/metrics/core.hpp"

#include <algorithm>
#include <atomic>
#include <span>
#include <utility>

#include "detail/buffer.hpp"
#include "detail/parallel.hpp"
#include "metrics/triangles.hpp"

namespace valuenet {
namespace {

/// Removes vertices, those with the fewest neighbours left first. Which one of a round goes first
/// makes no difference: a neighbour that comes down to k leaves in the next round, whoever was the
/// last to leave it.
class peeling {
 public:
  peeling(const detail::skeleton& s, detail::parallel& workers, core_result& result)
      : skeleton_(s),
        workers_(workers),
        result_(result),
        left_(s.size()),
        found_(workers.workers()) {
    workers_.for_each(s.size(), vertex_grain, [&](std::size_t v) { left_[v] = s.degree(v); });
    waiting_.resize(s.size());
    for (std::size_t v = 0; v < s.size(); ++v) waiting_[v] = static_cast<vertex_id>(v);
  }

  void run() {
    for (vertex_id k = 0; !waiting_.empty() || !near_.empty(); ++k) {
      workers_.check_stop();
      if (k >= near_end_) k = start_window(k);
      k_ = k;
      take_round();
      if (!round_.empty()) result_.degeneracy = k;
      while (!round_.empty()) remove_round();
    }
  }

 private:
  static constexpr std::size_t vertex_grain = std::size_t{1} << 12;

  /// What one worker met while it removed vertices.
  struct found {
    std::vector<vertex_id> next;  // leave in the next round
    std::vector<vertex_id> near;  // came into the window
  };

  /// Sorts out who waits with less than so many neighbours: a scan of all for many k. Returns the
  /// least k at which somebody leaves, `k` or more.
  vertex_id start_window(vertex_id k) {
    constexpr vertex_id width = 32;
    vertex_id fewest = no_vertex;
    std::size_t kept = 0;
    for (const vertex_id v : waiting_) {
      if (left_[v] < k) continue;  // gone
      waiting_[kept++] = v;
      fewest = std::min(fewest, left_[v]);
    }
    waiting_.resize(kept);
    near_.clear();
    if (kept == 0) return k;
    near_end_ = fewest < no_vertex - width ? fewest + width : no_vertex;
    kept = 0;
    for (const vertex_id v : waiting_) {
      if (left_[v] < near_end_) {
        near_.push_back(v);
      } else {
        waiting_[kept++] = v;
      }
    }
    waiting_.resize(kept);
    return fewest;
  }

  /// Those in the window that have k neighbours or fewer left.
  void take_round() {
    round_.clear();
    std::size_t kept = 0;
    for (const vertex_id v : near_) {
      if (left_[v] < k_) continue;  // gone
      if (left_[v] == k_) {
        round_.push_back(v);
      } else {
        near_[kept++] = v;
      }
    }
    near_.resize(kept);
  }

  void remove_round() {
    workers_.check_stop();
    ++result_.layers;
    std::size_t ties = 0;
    for (const vertex_id v : round_) {
      result_.core[v] = k_;
      result_.layer[v] = result_.layers;
      ties += skeleton_.degree(v);
    }
    constexpr std::size_t worth_sharing = std::size_t{1} << 15;
    if (workers_.workers() > 1 && ties > worth_sharing) {
      const std::size_t vertices = std::max<std::size_t>(1, round_.size() * 4096 / ties);
      workers_.for_chunks(round_.size(), vertices,
                          [&](std::size_t begin, std::size_t end, std::size_t worker) {
                            leave<true>(begin, end, found_[worker]);
                          });
    } else {
      leave<false>(0, round_.size(), found_.front());
    }
    round_.clear();
    for (found& each : found_) {
      round_.insert(round_.end(), each.next.begin(), each.next.end());
      near_.insert(near_.end(), each.near.begin(), each.near.end());
      each.next.clear();
      each.near.clear();
    }
  }

  template <bool Shared>
  void leave(std::size_t begin, std::size_t end, found& here) {
    constexpr std::size_t rows_ahead = 8;
    constexpr std::size_t ahead = 16;
    const auto row_of = [&](std::size_t i) {
      return skeleton_.neighbors.data() + skeleton_.offsets[round_[i]];
    };
    for (std::size_t i = begin; i < end; ++i) {
      if (i + 2 * rows_ahead < end) {
        __builtin_prefetch(skeleton_.offsets.data() + round_[i + 2 * rows_ahead]);
      }
      if (i + rows_ahead < end) __builtin_prefetch(row_of(i + rows_ahead));
      if (i + rows_ahead / 2 < end) {
        const vertex_id* const row = row_of(i + rows_ahead / 2);
        const std::size_t size =
            std::min<std::size_t>(ahead, skeleton_.degree(round_[i + rows_ahead / 2]));
        for (std::size_t j = 0; j < size; ++j) __builtin_prefetch(left_.data() + row[j], 1);
      }
      const vertex_id* const row = row_of(i);
      const std::size_t size = skeleton_.degree(round_[i]);
      for (std::size_t j = 0; j < size; ++j) {
        if (j + ahead < size) __builtin_prefetch(left_.data() + row[j + ahead], 1);
        // Those that are gone, or go next, have k or fewer.
        const vertex_id before = take_one<Shared>(left_[row[j]]);
        if (before == k_ + 1) {
          here.next.push_back(row[j]);
        } else if (before == near_end_) {
          here.near.push_back(row[j]);
        }
      }
    }
  }

  /// Takes one from what is left to a neighbour that does not go anyhow, and returns what was.
  template <bool Shared>
  vertex_id take_one(vertex_id& left) const {
    if constexpr (Shared) {
      const std::atomic_ref shared(left);
      vertex_id before = shared.load(std::memory_order_relaxed);
      while (before > k_ &&
             !shared.compare_exchange_weak(before, before - 1, std::memory_order_relaxed)) {
      }
      return before;
    } else {
      const vertex_id before = left;
      left = before - (before > k_ ? 1 : 0);  // no branch to guess wrong
      return before;
    }
  }

  const detail::skeleton& skeleton_;
  detail::parallel& workers_;
  core_result& result_;
  detail::buffer<vertex_id> left_;  // neighbours not removed yet; of who is gone, k or fewer
  std::vector<found> found_;        // one a worker
  std::vector<vertex_id> waiting_;  // beyond the window, and perhaps some who came into it since
  std::vector<vertex_id> near_;     // fewer than near_end_ left, and some who are gone
  vertex_id near_end_ = 0;
  std::vector<vertex_id> round_;
  vertex_id k_ = 0;
};

}  // namespace

core_result core_numbers(const graph& g, const execution& exec) {
  detail::parallel workers(exec);
  const detail::skeleton s(workers, g, detail::tie_detail::none, {});
  const std::size_t n = s.size();
  core_result result{.core = std::vector<vertex_id>(n, 0), .layer = std::vector<vertex_id>(n, 0)};
  peeling(s, workers, result).run();
  return result;
}

}  // namespace valuenet
