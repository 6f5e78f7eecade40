#include "metrics/near_search.hpp"

#include <algorithm>
#include <atomic>
#include <functional>
#include <queue>
#include <utility>

namespace valuenet::detail {
namespace {

/// Relaxed arcs, as a multiple of the graph's, at which the order is kept strictly from then on.
constexpr arc_id patience = 16;

template <bool shared>
double load(double& value) {
  if constexpr (shared) {
    return std::atomic_ref(value).load(std::memory_order_relaxed);
  } else {
    return value;
  }
}

/// Whether it was larger before.
template <bool shared>
bool lower(double& value, double to) {
  if constexpr (shared) {
    const std::atomic_ref shared_value(value);
    double now = shared_value.load(std::memory_order_relaxed);
    while (to < now) {
      if (shared_value.compare_exchange_weak(now, to, std::memory_order_relaxed)) return true;
    }
    return false;
  } else {
    if (to >= value) return false;
    value = to;
    return true;
  }
}

template <bool shared>
double exchange(double& value, double to) {
  if constexpr (shared) {
    return std::atomic_ref(value).exchange(to, std::memory_order_relaxed);
  } else {
    return std::exchange(value, to);
  }
}

}  // namespace

near_search::near_search(const adjacency& after, const double* lengths, vertex_id vertex_count,
                         parallel& workers)
    : after_(after),
      lengths_(lengths),
      workers_(workers),
      distances_(vertex_count),
      relaxed_at_(vertex_count),
      settled_((std::size_t{vertex_count} + 63) / 64),
      waiting_(workers.workers()) {}

/// A bin is to hold what hardly depends on each other: the mean length over the arcs that follow an
/// arc (U. Meyer and P. Sanders 2003, doi:10.1016/S0196-6774(03)00076-2), times a few.
double near_search::choose_width() {
  struct totals {
    double lengths = 0.0;
    double degree_squares = 0.0;
  };
  constexpr std::size_t block = std::size_t{1} << 14;
  constexpr double times = 8.0;
  const totals all = workers_.reduce(
      distances_.size(), block, totals{},
      [&](std::size_t begin, std::size_t end) {
        totals part;
        for (std::size_t v = begin; v < end; ++v) {
          const auto degree = static_cast<double>(after_.offsets[v + 1] - after_.offsets[v]);
          part.degree_squares += degree * degree;
        }
        for (arc_id arc = after_.offsets[begin]; arc < after_.offsets[end]; ++arc) {
          part.lengths += lengths_ == nullptr ? 1.0 : lengths_[arc];
        }
        return part;
      },
      [](totals a, totals b) {
        return totals{a.lengths + b.lengths, a.degree_squares + b.degree_squares};
      });
  const double width = times * all.lengths / all.degree_squares;
  return width > 0.0 && width < not_reached ? width : 1.0;
}

void near_search::run(vertex_id source) {
  constexpr std::size_t block = std::size_t{1} << 18;
  workers_.for_chunks(distances_.size(), block, [&](std::size_t begin, std::size_t end) {
    std::fill(distances_.data() + begin, distances_.data() + end, not_reached);
    std::fill(relaxed_at_.data() + begin, relaxed_at_.data() + end, not_reached);
  });
  std::fill(settled_.begin(), settled_.end(), 0);
  width_ = choose_width();
  start_ = 0.0;
  bin_ = 0;
  relaxed_ = 0;
  distances_[source] = 0.0;
  near_.assign(1, source);
  of_bin_ = near_;
  do {
    while (!near_.empty()) {
      if (relaxed_ / patience > after_.offsets[distances_.size()]) return finish_in_order();
      relax_near();
      take_bin();
    }
  } while (next_bin());
}

void near_search::relax_near() {
  // A few vertices may have as many arcs as thousands: their arcs say whether to share them out.
  constexpr std::size_t many = 1024;
  constexpr arc_id few_arcs = arc_id{1} << 11;
  bool is_shared = workers_.workers() > 1;
  if (near_.size() < many) {
    arc_id arcs = 0;
    for (const vertex_id v : near_) arcs += after_.offsets[v + std::size_t{1}] - after_.offsets[v];
    is_shared = is_shared && arcs > few_arcs;
  }
  if (!is_shared) {
    for (std::size_t i = 0; i < near_.size(); ++i) {
      if (i % 64 == 0) workers_.check_stop();
      relax<false>(near_[i], waiting_[0]);
    }
    return;
  }
  const std::size_t grain = std::clamp<std::size_t>(near_.size() / 32, 1, 64);
  workers_.for_chunks(near_.size(), grain,
                      [&](std::size_t begin, std::size_t end, std::size_t worker) {
                        for (std::size_t i = begin; i < end; ++i) {
                          relax<true>(near_[i], waiting_[worker]);
                        }
                      });
}

template <bool shared>
void near_search::relax(vertex_id v, waiting_vertices& waiting) {
  const double own = load<shared>(distances_[v]);
  // A vertex waits as often as its distance fell.
  if (exchange<shared>(relaxed_at_[v], own) == own) return;
  const arc_id begin = after_.offsets[v];
  const arc_id end = after_.offsets[v + std::size_t{1}];
  waiting.relaxed += end - begin;
  const auto follow = [&](arc_id arc) {
    const vertex_id u = after_.targets[arc];
    const double through = own + (lengths_ == nullptr ? 1.0 : lengths_[arc]);
    if (lower<shared>(distances_[u], through)) put(u, through, waiting);
  };
  constexpr arc_id few = 16;
  if (end - begin < few) {
    for (arc_id arc = begin; arc < end; ++arc) follow(arc);
    return;
  }
  // Some at a time: those that are not settled are listed, so that no branch is to be guessed.
  constexpr arc_id block = 128;
  std::array<arc_id, block> open;
  for (arc_id first = begin; first < end; first += block) {
    const arc_id last = std::min(first + block, end);
    std::size_t count = 0;
    for (arc_id arc = first; arc < last; ++arc) {
      const vertex_id u = after_.targets[arc];
      open[count] = arc;
      count += (settled_[u / 64] >> (u % 64) & 1) == 0 ? 1 : 0;
    }
    for (std::size_t i = 0; i < count; ++i) follow(open[i]);
  }
}

void near_search::put(vertex_id v, double distance, waiting_vertices& waiting) const {
  const double bin = (distance - start_) / width_;
  if (bin >= static_cast<double>(bin_count)) {
    waiting.far.push_back(v);
  } else {
    waiting.bins[std::max(bin_, static_cast<std::size_t>(bin))].push_back(v);
  }
}

void near_search::take_bin() {
  near_.clear();
  for (waiting_vertices& waiting : waiting_) {
    std::vector<vertex_id>& found = waiting.bins[bin_];
    near_.insert(near_.end(), found.begin(), found.end());
    found.clear();
    relaxed_ += std::exchange(waiting.relaxed, 0);
  }
  of_bin_.insert(of_bin_.end(), near_.begin(), near_.end());
}

/// Whatever waits is at least as far as all that the emptied bins held, and so is what it leads to.
void near_search::settle_bin() {
  for (const vertex_id v : of_bin_) settled_[v / 64] |= std::uint64_t{1} << (v % 64);
  of_bin_.clear();
}

bool near_search::next_bin() {
  settle_bin();
  for (;;) {
    while (++bin_ < bin_count) {
      take_bin();
      if (!near_.empty()) return true;
    }
    bin_far();
    if (near_.empty()) return false;
  }
}

/// Begins the bins anew at the nearest vertex that waits beyond them, which becomes near.
void near_search::bin_far() {
  std::vector<vertex_id> far;
  for (waiting_vertices& waiting : waiting_) {
    far.insert(far.end(), waiting.far.begin(), waiting.far.end());
    waiting.far.clear();
  }
  // Many have been relaxed since.
  std::erase_if(far, [&](vertex_id v) { return relaxed_at_[v] == distances_[v]; });
  bin_ = 0;
  near_.clear();
  if (far.empty()) return;
  start_ = not_reached;
  for (const vertex_id v : far) start_ = std::min(start_, distances_[v]);
  for (const vertex_id v : far) put(v, distances_[v], waiting_[0]);
  // Where most wait beyond again and again, wider bins are better than many passes over them.
  if (waiting_[0].far.size() > far.size() / 2) width_ *= 2.0;
  take_bin();
}

/// Dijkstra's algorithm from where the rounds have got.
void near_search::finish_in_order() {
  using queued = std::pair<double, vertex_id>;
  std::priority_queue<queued, std::vector<queued>, std::greater<>> queue;
  const auto enqueue = [&](std::vector<vertex_id>& list) {
    for (const vertex_id v : list) queue.emplace(distances_[v], v);
    list.clear();
  };
  const auto enqueue_all = [&](waiting_vertices& waiting) {
    for (std::vector<vertex_id>& bin : waiting.bins) enqueue(bin);
    enqueue(waiting.far);
  };
  enqueue(near_);
  for (waiting_vertices& waiting : waiting_) enqueue_all(waiting);
  // From now on a bin holds what one vertex found.
  start_ = 0.0;
  width_ = not_reached;
  bin_ = 0;
  std::size_t settled = 0;
  while (!queue.empty()) {
    const auto [distance, v] = queue.top();
    queue.pop();
    if (distance != distances_[v]) continue;
    if (settled++ % (std::size_t{1} << 14) == 0) workers_.check_stop();
    relax<false>(v, waiting_[0]);
    enqueue(waiting_[0].bins[0]);
  }
}

}  // namespace valuenet::detail
