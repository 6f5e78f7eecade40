// Vertices are ranked by degree, the largest first, and each keeps a row of the neighbours above
// it. A triangle low > middle > high is looked for in the row of low, where middle and high both
// stand:
//
//  - among the hubs, the first few thousand ranks, in a matrix of bits: the row of low as bits, and
//    the matrix row of each hub in it, have the third corners in common (counted a word at a time);
//  - where middle is no hub, among the marks of middle's own row, which stay in the first cache
//    while the beginnings of all rows of low that hold middle pass by.
//
// The two parts of a row are kept apart: hubs first in any order, the others ascending behind them,
// so that what stands before middle are just the vertices above it.
//
// After Latapy 2008, doi:10.1016/j.tcs.2008.07.017 (rows of higher neighbours), and Koohi Esfahani,
// Kilpatrick, Vandierendonck 2022, doi:10.1145/3503221.3508402 (hubs apart).
#include "metrics/triangle_counts.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <span>

#include "detail/buffer.hpp"
#include "metrics/common_bits.hpp"

namespace valuenet::detail {
namespace {

constexpr std::size_t vertex_grain = std::size_t{1} << 11;

template <class T>
buffer<T> zeros(std::size_t size) {
  buffer<T> result(size);
  std::fill(result.begin(), result.end(), T{0});
  return result;
}

/// Counts by rank that all workers add to. Small counters of its own take most of a worker's
/// additions; they are emptied into the common ones long before they overflow.
class shared_counts {
 public:
  shared_counts(std::size_t workers, std::size_t n) : totals_(n, 0), parts_(workers) {}

  [[nodiscard]] std::uint32_t* of(std::size_t worker) {
    part& mine = parts_[worker];
    if (mine.counts.empty()) mine.counts = zeros<std::uint32_t>(totals_.size());
    return mine.counts.data();
  }

  /// To be told of at most 2^31 additions of 1 to a worker's counters at once.
  void note(std::size_t worker, std::uint64_t additions) {
    part& mine = parts_[worker];
    mine.pending += additions;
    if (mine.pending >= std::uint64_t{1} << 31) empty(mine);
  }

  void add(std::size_t rank, std::uint64_t count) {
    std::atomic_ref(totals_[rank]).fetch_add(count, std::memory_order_relaxed);
  }

  [[nodiscard]] std::vector<std::uint64_t> by_vertex(parallel& workers,
                                                     const degree_order& order) const {
    std::vector<std::uint64_t> result(totals_.size());
    workers.for_each(result.size(), vertex_grain, [&](std::size_t v) {
      const vertex_id rank = order.rank[v];
      result[v] = totals_[rank];
      for (const part& each : parts_) result[v] += each.counts.empty() ? 0 : each.counts[rank];
    });
    return result;
  }

 private:
  struct part {
    buffer<std::uint32_t> counts;
    std::uint64_t pending = 0;
  };

  void empty(part& mine) {
    for (std::size_t rank = 0; rank < mine.counts.size(); ++rank) {
      if (mine.counts[rank] > 0) add(rank, mine.counts[rank]);
      mine.counts[rank] = 0;
    }
    mine.pending = 0;
  }

  std::vector<std::uint64_t> totals_;
  std::vector<part> parts_;
};

/// A symmetric matrix of bits among the hubs.
class hub_matrix {
 public:
  hub_matrix() = default;
  explicit hub_matrix(std::size_t hubs)
      : words_(hubs / 64), bits_(zeros<std::uint64_t>(hubs * words_)) {}

  void set(std::size_t a, std::size_t b) {
    bits_[a * words_ + b / 64] |= std::uint64_t{1} << (b % 64);
    bits_[b * words_ + a / 64] |= std::uint64_t{1} << (a % 64);
  }
  [[nodiscard]] std::uint32_t operator()(std::size_t a, std::size_t b) const {
    return static_cast<std::uint32_t>(bits_[a * words_ + b / 64] >> (b % 64) & 1);
  }
  [[nodiscard]] bit_rows rows() const { return {bits_.data(), words_}; }

 private:
  std::size_t words_ = 0;
  buffer<std::uint64_t> bits_;
};

/// Counts triangles; with `Mutual` those opposite to mutual ties as well. An entry of a row is the
/// rank of the neighbour, with `Mutual` twice that, + 1 for arcs both ways.
template <bool Mutual>
class triangle_counter {
  static constexpr int shift = Mutual ? 1 : 0;

 public:
  triangle_counter(parallel& workers, const skeleton& s, instruction_set set)
      : workers_(workers),
        s_(s),
        set_(set),
        order_(order_by_degree(s)),
        hubs_(count_hubs()),
        triangles_(workers.workers(), s.size()),
        opposite_(workers.workers(), Mutual ? s.size() : 0) {}

  void run() {
    fill_rows();
    list_lows();
    fill_matrix();
    count_among_hubs();
    count_below_hubs();
  }

  [[nodiscard]] std::vector<std::uint64_t> triangles() const {
    return triangles_.by_vertex(workers_, order_);
  }
  [[nodiscard]] std::vector<std::uint64_t> opposite_mutual() const {
    return opposite_.by_vertex(workers_, order_);
  }

 private:
  static vertex_id rank_of(vertex_id entry) { return entry >> shift; }

  /// As many as have a matrix that fits the cache and is no larger than the graph.
  [[nodiscard]] std::size_t count_hubs() const {
    constexpr std::size_t unit = 512;
    const std::size_t matrices = Mutual ? 2 : 1;
    const std::size_t most_bytes =
        std::min<std::size_t>(std::size_t{8} << 20, 2 * s_.neighbors.size()) / matrices;
    std::size_t hubs = 0;
    while ((hubs + unit) * (hubs + unit) / 8 <= most_bytes && hubs + unit <= s_.size())
      hubs += unit;
    return hubs;
  }

  [[nodiscard]] std::span<const vertex_id> row(std::size_t rank) const {
    return {rows_.data() + offsets_[rank], rows_.data() + offsets_[rank + 1]};
  }
  [[nodiscard]] std::span<const vertex_id> hubs_of(std::size_t rank) const {
    return {rows_.data() + offsets_[rank], hub_counts_[rank]};
  }

  /// The upper neighbours of a rank into `entries`, which has room for all its neighbours.
  std::size_t upper_entries(std::size_t rank, vertex_id* entries) const {
    const vertex_id v = order_.vertex[rank];
    std::size_t count = 0;
    for (arc_id tie = s_.offsets[v]; tie < s_.offsets[v + std::size_t{1}]; ++tie) {
      const vertex_id other = order_.rank[s_.neighbors[tie]];
      if constexpr (Mutual) {
        entries[count] = other << 1 | (s_.ties[tie] == tie_mutual ? 1U : 0U);
      } else {
        entries[count] = other;
      }
      count += other < rank ? 1 : 0;
    }
    return count;
  }

  /// Looking up ranks at random is what costs, so it is done once: into a piece for each chunk of
  /// ranks, and from there to where the row belongs.
  void fill_rows() {
    const std::size_t n = s_.size();
    offsets_ = buffer<arc_id>(n + 1);
    offsets_[0] = 0;
    hub_counts_ = buffer<vertex_id>(n);
    std::vector<std::vector<vertex_id>> pieces((n + vertex_grain - 1) / vertex_grain);
    std::vector<std::vector<vertex_id>> scratch(workers_.workers());
    workers_.for_chunks(
        n, vertex_grain, [&](std::size_t begin, std::size_t end, std::size_t worker) {
          std::vector<vertex_id>& piece = pieces[begin / vertex_grain];
          std::vector<vertex_id>& entries = scratch[worker];
          for (std::size_t rank = begin; rank < end; ++rank) {
            if (rank + 8 < end)
              __builtin_prefetch(s_.neighbors.data() + s_.offsets[order_.vertex[rank + 8]]);
            entries.resize(
                std::max<std::size_t>(entries.size(), s_.degree(order_.vertex[rank]) + 1));
            const std::size_t count = upper_entries(rank, entries.data());
            const std::size_t first = piece.size();
            piece.resize(first + count);
            std::size_t hubs = 0;
            std::size_t others = 0;
            for (std::size_t i = 0; i < count; ++i) {
              const vertex_id entry = entries[i];
              const bool is_hub = rank_of(entry) < hubs_;
              piece[first + hubs] = entry;
              entries[others] = entry;
              hubs += is_hub ? 1 : 0;
              others += is_hub ? 0 : 1;
            }
            const auto rest = piece.begin() + static_cast<std::ptrdiff_t>(first + hubs);
            std::copy_n(entries.begin(), others, rest);
            std::sort(rest, piece.end());
            hub_counts_[rank] = static_cast<vertex_id>(hubs);
            offsets_[rank + 1] = count;
          }
        });
    std::partial_sum(offsets_.begin(), offsets_.end(), offsets_.begin());
    rows_ = buffer<vertex_id>(offsets_[n]);
    workers_.for_each(pieces.size(), 1, [&](std::size_t chunk) {
      std::copy(pieces[chunk].begin(), pieces[chunk].end(),
                rows_.data() + offsets_[chunk * vertex_grain]);
      std::vector<vertex_id>().swap(pieces[chunk]);
    });
  }

  /// For every vertex that is no hub, who has it in its row, with the bit of the tie. In any order:
  /// what is counted are whole numbers.
  void list_lows() {
    const std::size_t n = s_.size();
    low_offsets_ = zeros<arc_id>(n - hubs_ + 2);
    const auto for_each_entry = [&](auto&& visit) {
      workers_.for_each(n, vertex_grain, [&](std::size_t rank) {
        for (const vertex_id entry : row(rank).subspan(hub_counts_[rank])) {
          visit(rank, rank_of(entry) - hubs_, entry);
        }
      });
    };
    // Counted two places further on, so that filling leaves the offsets where they belong.
    for_each_entry([&](std::size_t, std::size_t middle, vertex_id) {
      std::atomic_ref(low_offsets_[middle + 2]).fetch_add(1, std::memory_order_relaxed);
    });
    std::partial_sum(low_offsets_.begin(), low_offsets_.end(), low_offsets_.begin());
    lows_ = buffer<vertex_id>(low_offsets_[n - hubs_ + 1]);
    for_each_entry([&](std::size_t rank, std::size_t middle, vertex_id entry) {
      const arc_id slot =
          std::atomic_ref(low_offsets_[middle + 1]).fetch_add(1, std::memory_order_relaxed);
      lows_[slot] = static_cast<vertex_id>(rank) << shift | (entry & shift);
    });
  }

  void fill_matrix() {
    tied_ = hub_matrix(hubs_);
    if constexpr (Mutual) mutual_ = hub_matrix(hubs_);
    for (std::size_t rank = 0; rank < hubs_; ++rank) {
      for (const vertex_id entry : row(rank)) {
        tied_.set(rank, rank_of(entry));
        if constexpr (Mutual) {
          if ((entry & 1) != 0) mutual_.set(rank, rank_of(entry));
        }
      }
    }
  }

  /// A worker's own memory for the part among the hubs.
  struct hub_scratch {
    buffer<std::uint64_t> marks;
    buffer<std::uint64_t> mutual_marks;
    std::vector<std::uint32_t> hubs;
    std::vector<std::uint32_t> commons;
  };

  void count_among_hubs() {
    if (hubs_ == 0) return;
    // What it costs to read eight words of the matrix, in tests of single pairs.
    const std::size_t price = set_ == instruction_set::avx512 ? 1
                              : set_ == instruction_set::avx2 ? 3
                                                              : 10;
    std::vector<hub_scratch> scratches(workers_.workers());
    workers_.for_chunks(
        s_.size(), 256, [&](std::size_t begin, std::size_t end, std::size_t worker) {
          hub_scratch& mine = scratches[worker];
          if (mine.marks.empty()) {
            mine.marks = zeros<std::uint64_t>(hubs_ / 64);
            if constexpr (Mutual) mine.mutual_marks = zeros<std::uint64_t>(hubs_ / 64);
          }
          for (std::size_t low = begin; low < end; ++low) {
            const auto hubs = hubs_of(low);
            if (hubs.size() < 2) continue;
            const vertex_id last = rank_of(*std::max_element(hubs.begin(), hubs.end()));
            const std::size_t words = (last / 512 + 1) * 8;
            if ((hubs.size() - 1) / 2 <= words / 8 * price) {
              test_pairs(low, hubs, worker);
            } else {
              count_commons(low, hubs, words, mine, worker);
            }
          }
        });
  }

  void test_pairs(std::size_t low, std::span<const vertex_id> hubs, std::size_t worker) {
    std::uint32_t* const counts = triangles_.of(worker);
    std::uint32_t* const opposite = Mutual ? opposite_.of(worker) : nullptr;
    std::uint32_t found = 0;
    std::uint32_t opposite_low = 0;
    for (std::size_t i = 1; i < hubs.size(); ++i) {
      const vertex_id one = rank_of(hubs[i]);
      std::uint32_t found_here = 0;
      for (std::size_t k = 0; k < i; ++k) {
        const vertex_id other = rank_of(hubs[k]);
        const std::uint32_t closes = tied_(one, other);
        found_here += closes;
        counts[other] += closes;
        if constexpr (Mutual) {
          opposite_low += mutual_(one, other);
          opposite[one] += closes & hubs[k];
          opposite[other] += closes & hubs[i];
        }
      }
      counts[one] += found_here;
      found += found_here;
    }
    counts[low] += found;
    triangles_.note(worker, found);
    if constexpr (Mutual) {
      opposite[low] += opposite_low;
      opposite_.note(worker, 2 * std::uint64_t{found});
    }
  }

  void count_commons(std::size_t low, std::span<const vertex_id> hubs, std::size_t words,
                     hub_scratch& mine, std::size_t worker) {
    mine.hubs.clear();
    bool any_mutual = false;
    for (const vertex_id entry : hubs) {
      const vertex_id hub = rank_of(entry);
      mine.hubs.push_back(hub);
      mine.marks[hub / 64] |= std::uint64_t{1} << (hub % 64);
      if constexpr (Mutual) {
        if ((entry & 1) != 0) mine.mutual_marks[hub / 64] |= std::uint64_t{1} << (hub % 64);
        any_mutual = any_mutual || (entry & 1) != 0;
      }
    }
    mine.commons.resize(hubs.size());
    // Each of these sees a triangle from both of its hubs.
    const auto add = [&](const buffer<std::uint64_t>& marks, const hub_matrix& matrix,
                         std::uint32_t* at_hubs) {
      count_common_bits(set_, marks.data(), words, matrix.rows(), mine.hubs, mine.commons.data());
      std::uint64_t twice = 0;
      for (std::size_t i = 0; i < mine.hubs.size(); ++i) {
        if (at_hubs != nullptr) at_hubs[mine.hubs[i]] += mine.commons[i];
        twice += mine.commons[i];
      }
      return twice;
    };
    const std::uint64_t twice = add(mine.marks, tied_, triangles_.of(worker));
    triangles_.add(low, twice / 2);
    triangles_.note(worker, twice);
    if constexpr (Mutual) {
      opposite_.add(low, add(mine.marks, mutual_, nullptr) / 2);
      if (any_mutual) opposite_.note(worker, add(mine.mutual_marks, tied_, opposite_.of(worker)));
    }
    for (const std::uint32_t hub : mine.hubs) {
      mine.marks[hub / 64] = 0;
      if constexpr (Mutual) mine.mutual_marks[hub / 64] = 0;
    }
  }

  void count_below_hubs() {
    const std::size_t n = s_.size();
    // By rank: 1 for the upper neighbours of the middle corner, | 2 for arcs both ways.
    std::vector<buffer<std::uint8_t>> marks(workers_.workers());
    workers_.for_chunks(
        n - hubs_, 256, [&](std::size_t begin, std::size_t end, std::size_t worker) {
          if (marks[worker].empty()) marks[worker] = zeros<std::uint8_t>(n);
          std::uint8_t* const mark = marks[worker].data();
          for (std::size_t i = begin; i < end; ++i) {
            const auto lows =
                std::span(lows_.data() + low_offsets_[i], lows_.data() + low_offsets_[i + 1]);
            const auto highs = row(hubs_ + i);
            if (lows.empty() || highs.empty()) continue;
            for (const vertex_id entry : highs) {
              mark[rank_of(entry)] = Mutual && (entry & 1) != 0 ? 3 : 1;
            }
            pass_lows(static_cast<vertex_id>(hubs_ + i), lows, mark, worker);
            for (const vertex_id entry : highs) mark[rank_of(entry)] = 0;
          }
        });
  }

  void pass_lows(vertex_id middle, std::span<const vertex_id> lows, const std::uint8_t* mark,
                 std::size_t worker) {
    std::uint32_t* const counts = triangles_.of(worker);
    std::uint32_t* const opposite = Mutual ? opposite_.of(worker) : nullptr;
    std::uint64_t at_middle = 0;
    std::uint64_t opposite_middle = 0;
    constexpr std::size_t ahead = 8;
    for (std::size_t i = 0; i < lows.size(); ++i) {
      if (i + 2 * ahead < lows.size())
        __builtin_prefetch(offsets_.data() + rank_of(lows[i + 2 * ahead]));
      if (i + ahead < lows.size()) {
        __builtin_prefetch(rows_.data() + offsets_[rank_of(lows[i + ahead])]);
      }
      const vertex_id low = rank_of(lows[i]);
      const vertex_id* entry = rows_.data() + offsets_[low];
      std::uint32_t found = 0;
      std::uint32_t opposite_low = 0;
      // No branch but the end: whether a pair closes is not to be guessed.
      for (vertex_id high = rank_of(*entry); high != middle; high = rank_of(*++entry)) {
        const std::uint32_t marked = mark[high];
        const std::uint32_t closes = marked & 1;
        found += closes;
        counts[high] += closes;
        if constexpr (Mutual) {
          opposite_low += marked >> 1;
          opposite_middle += closes & *entry;
          opposite[high] += closes & lows[i];
        }
      }
      counts[low] += found;
      at_middle += found;
      triangles_.note(worker, found);
      if constexpr (Mutual) {
        opposite[low] += opposite_low;
        opposite_.note(worker, 2 * std::uint64_t{found});
      }
    }
    triangles_.add(middle, at_middle);
    if constexpr (Mutual) opposite_.add(middle, opposite_middle);
  }

  parallel& workers_;
  const skeleton& s_;
  instruction_set set_;
  degree_order order_;
  std::size_t hubs_;
  buffer<arc_id> offsets_;
  buffer<vertex_id> rows_;
  buffer<vertex_id> hub_counts_;
  buffer<arc_id> low_offsets_;
  buffer<vertex_id> lows_;
  hub_matrix tied_;
  hub_matrix mutual_;
  shared_counts triangles_;
  shared_counts opposite_;
};

}  // namespace

std::vector<std::uint64_t> count_triangles(parallel& workers, const skeleton& s,
                                           instruction_set set) {
  triangle_counter<false> counter(workers, s, set);
  counter.run();
  return counter.triangles();
}

mutual_triangles count_mutual_triangles(parallel& workers, const skeleton& s, instruction_set set) {
  triangle_counter<true> counter(workers, s, set);
  counter.run();
  return {.triangles = counter.triangles(), .opposite_mutual = counter.opposite_mutual()};
}

}  // namespace valuenet::detail
