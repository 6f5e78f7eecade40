#include "metrics/distance_search.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <span>
#include <utility>

#include "detail/buffer.hpp"
#include "detail/progress.hpp"
#include "metrics/distance_kernel.hpp"
#include "metrics/distance_plan.hpp"

namespace valuenet::detail {
namespace {

/// A word outside the buffers, aligned for every kernel.
struct alignas(64) search_word {
  std::array<word_part, 16> parts{};
  bool operator==(const search_word&) const = default;
};

/// The searches of a batch whose sources have bit b of their tails' count at depth k set; one plane
/// stands for every (k, b) with the same searches.
struct source_plane {
  struct term {
    std::uint32_t depth;
    std::uint64_t weight;
  };
  search_word searches;
  std::vector<term> terms;
};

/// One worker's searches, one batch after another.
class batch_search {
 public:
  batch_search(const distance_core& core, const distance_kernel& kernel, source_sums_wanted wanted,
               const parallel& workers)
      : core_(core), kernel_(kernel), wanted_(wanted), workers_(workers) {}

  /// Writes the batch's sources' entries of result.farthest and result.sums.
  void run(const source_batch& batch, core_distances& result);
  [[nodiscard]] const std::vector<std::uint64_t>& histogram() const { return histogram_; }
  [[nodiscard]] const std::vector<wide_count>& histogram_squares() const { return squares_; }

 private:
  void allocate();
  void start(const source_batch& batch);
  void make_planes();
  void push_rows(std::uint32_t distance);
  void begin_pulling();
  void pull_rows(std::uint32_t distance);
  void end_pulling();
  void collect_frontier();
  [[nodiscard]] bool is_nearly_done() const;
  void count_rows(const word_part* fresh, std::size_t size, std::uint32_t distance);
  void add_tails(const vertex_id* rows, const word_part* fresh, std::size_t size,
                 std::uint32_t distance);
  void count_tails(const vertex_id* rows, const word_part* fresh, std::size_t size,
                   std::uint32_t distance);
  void finish_count(std::uint32_t distance, std::uint64_t bits);
  void sum_columns(std::uint32_t distance, std::size_t bits);
  void find_farthest(std::vector<std::uint32_t>& farthest) const;

  void add_pairs(std::size_t distance, std::uint64_t pairs) {
    if (histogram_.size() <= distance) histogram_.resize(distance + 1);
    histogram_[distance] += pairs;
  }
  search_word& seen_at(std::size_t distance) {
    if (seen_.size() <= distance) seen_.resize(distance + 1);
    return seen_[distance];
  }
  [[nodiscard]] std::size_t parts() const { return kernel_.parts; }
  [[nodiscard]] arc_id arcs_after(vertex_id v) const {
    const adjacency after = core_.after();
    return after.offsets[v + 1] - after.offsets[v];
  }

  const distance_core& core_;
  const distance_kernel& kernel_;
  source_sums_wanted wanted_;
  const parallel& workers_;

  // The batch.
  std::span<const vertex_id> sources_;
  const target_rows* targets_ = nullptr;
  std::vector<source_plane> planes_;
  search_word all_;

  // The searches.
  buffer<word_part> met_;
  buffer<word_part> next_;
  std::vector<vertex_id> frontier_;
  std::size_t frontier_size_ = 0;
  arc_id frontier_arcs_ = 0;
  buffer<word_part> fresh_;
  std::vector<std::uint32_t> slots_;
  std::vector<vertex_id> touched_;
  buffer<word_part> pending_;
  std::vector<vertex_id> active_;
  std::vector<row_segment> segments_;
  std::vector<vertex_id> filled_;
  std::size_t filled_size_ = 0;

  // What they met: columns counts the words' bits of one distance, each search apart; where sums
  // are wanted, those of the next distances too, as far as tails reach.
  struct distance_columns {
    buffer<word_part> slices;
    std::size_t words = 0;
  };
  distance_columns& columns_at(std::size_t distance) {
    return columns_[distance % columns_.size()];
  }
  std::vector<distance_columns> columns_;
  buffer<word_part> weighed_;
  std::uint64_t pairs_met_ = 0;
  std::vector<std::uint32_t> counts_;
  std::vector<search_word> seen_;  // by distance: searches that met a vertex there
  std::vector<source_sums> sums_;
  std::vector<std::size_t> tail_offsets_;
  std::vector<double> tail_inverse_sums_;
  std::vector<std::uint64_t> histogram_{0};
  std::vector<wide_count> squares_;
};

constexpr std::size_t kept_block = 128;              // rows: their words stay in the first cache
constexpr std::size_t block = std::size_t{1} << 12;  // rows between two looks at the stop token

void batch_search::allocate() {
  const std::size_t rows = core_.row_count();
  met_ = buffer<word_part>(rows * parts());
  next_ = buffer<word_part>(rows * parts());
  fresh_ = buffer<word_part>((std::max(rows, kept_block) + 1) * parts());
  pending_ = buffer<word_part>((rows + 1) * parts());
  const bool sums = wanted_ == source_sums_wanted::yes;
  columns_.resize(sums ? tail_counts::longest : 1);
  for (distance_columns& columns : columns_) {
    // The kernel looks at three slices from wherever it begins.
    columns.slices = buffer<word_part>((counter_bits + 3) * parts());
    std::fill_n(columns.slices.data(), columns.slices.size(), 0);
  }
  if (sums) weighed_ = buffer<word_part>(kept_block * parts());
  frontier_.resize(rows + 1);
  slots_.resize(rows);
  touched_.resize(std::max(rows, kept_block) + 1);
  filled_.resize(rows + 1);
  counts_.resize(kept_block);
}

void batch_search::start(const source_batch& batch) {
  const std::size_t rows = core_.row_count();
  if (met_.empty()) allocate();
  std::fill_n(met_.data(), rows * parts(), 0);
  // Rows outside the batch's targets are never written, and must read as not met.
  if (targets_ != batch.targets) std::fill_n(next_.data(), rows * parts(), 0);
  sources_ = batch.sources;
  targets_ = batch.targets;
  all_ = {};
  seen_.clear();
  if (wanted_ == source_sums_wanted::yes) {
    sums_.assign(sources_.size(), {});
    tail_offsets_.assign(1, 0);
    for (const vertex_id v : sources_) {
      tail_offsets_.push_back(tail_offsets_.back() + core_.source_tails().height(v));
    }
    tail_inverse_sums_.assign(tail_offsets_.back(), 0.0);
  }
  frontier_size_ = sources_.size();
  frontier_arcs_ = 0;
  std::fill_n(fresh_.data(), sources_.size() * parts(), 0);
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    const vertex_id v = sources_[i];
    const word_part bit = word_part{1} << (i % 64);
    met_[v * parts() + i / 64] |= bit;
    fresh_[i * parts() + i / 64] |= bit;
    all_.parts[i / 64] |= bit;
    frontier_[i] = v;
    frontier_arcs_ += arcs_after(v);
  }
  make_planes();
}

void batch_search::make_planes() {
  const tail_counts& tails = core_.source_tails();
  planes_.assign(1, {all_, {{0, 1}}});
  const auto add = [&](const search_word& searches, std::uint32_t depth, std::uint64_t weight) {
    auto plane = std::find_if(planes_.begin(), planes_.end(),
                              [&](const source_plane& each) { return each.searches == searches; });
    if (plane == planes_.end()) plane = planes_.insert(plane, {searches, {}});
    if (plane->terms.empty() || plane->terms.back().depth != depth) {
      plane->terms.push_back({depth, 0});
    }
    plane->terms.back().weight += weight;
  };
  for (std::uint32_t depth = 1; depth < tail_counts::longest; ++depth) {
    std::uint32_t bits = 0;
    for (const vertex_id source : sources_) {
      if (depth < tails[source].size()) bits |= tails[source][depth];
    }
    if (bits == 0) break;
    for (; bits != 0; bits &= bits - 1) {
      const std::uint32_t bit = bits & (0 - bits);
      search_word searches;
      for (std::size_t i = 0; i < sources_.size(); ++i) {
        const auto counts = tails[sources_[i]];
        if (depth < counts.size() && (counts[depth] & bit) != 0) {
          searches.parts[i / 64] |= word_part{1} << (i % 64);
        }
      }
      add(searches, depth, bit);
    }
  }
}

void batch_search::count_rows(const word_part* fresh, std::size_t size, std::uint32_t distance) {
  distance_columns& columns = columns_at(distance);
  kernel_.add_columns(fresh, size, columns.slices.data());
  columns.words += size;
}

/// What hangs on rows that were met at `distance`, counted by search: a bit of the number at a
/// depth is that slice of the columns for the depth. At most kept_block rows.
void batch_search::add_tails(const vertex_id* rows, const word_part* fresh, std::size_t size,
                             std::uint32_t distance) {
  const tail_counts& tails = core_.target_tails();
  std::size_t deepest = 0;
  for (std::size_t i = 0; i < size; ++i) {
    deepest = std::max<std::size_t>(deepest, tails.height(rows[i]));
  }
  for (std::size_t depth = 1; depth <= deepest; ++depth) {
    distance_columns& columns = columns_at(distance + depth);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const auto tail = tails[rows[i]];
      if (depth < tail.size()) bits |= tail[depth];
    }
    for (; bits != 0; bits &= bits - 1) {
      const auto slice = static_cast<std::size_t>(std::countr_zero(bits));
      std::size_t weighed = 0;
      for (std::size_t i = 0; i < size; ++i) {
        const auto tail = tails[rows[i]];
        if (depth >= tail.size() || (tail[depth] >> slice & 1U) == 0) continue;
        std::copy_n(fresh + i * parts(), parts(), weighed_.data() + weighed++ * parts());
      }
      kernel_.add_columns(weighed_.data(), weighed, columns.slices.data() + slice * parts());
      columns.words += weighed << slice;
    }
  }
}

/// What hangs on rows that were met at `distance`.
void batch_search::count_tails(const vertex_id* rows, const word_part* fresh, std::size_t size,
                               std::uint32_t distance) {
  if (wanted_ == source_sums_wanted::yes) return add_tails(rows, fresh, size, distance);
  const tail_counts& tails = core_.target_tails();
  for (const source_plane& plane : planes_) {
    kernel_.count(fresh, size, plane.searches.parts.data(), counts_.data());
    std::array<std::uint64_t, tail_counts::longest> pairs{};
    std::size_t deepest = 0;
    for (std::size_t i = 0; i < size; ++i) {
      if (counts_[i] == 0) continue;
      const auto tail = tails[rows[i]];
      for (std::size_t below = 1; below < tail.size(); ++below) {
        pairs[below] += std::uint64_t{counts_[i]} * tail[below];
      }
      deepest = std::max(deepest, tail.size() - 1);
      if (&plane != planes_.data()) continue;  // the first plane has all searches
      search_word& seen = seen_at(distance + tail.size() - 1);
      for (std::size_t k = 0; k < parts(); ++k) seen.parts[k] |= fresh[i * parts() + k];
    }
    for (const auto& [depth, weight] : plane.terms) {
      for (std::size_t below = 1; below <= deepest; ++below) {
        add_pairs(distance + depth + below, pairs[below] * weight);
      }
    }
  }
}

/// Ends the count of the rows met at `distance`: those in the columns and `bits` more pairs, which
/// the kernel has counted itself.
void batch_search::finish_count(std::uint32_t distance, std::uint64_t bits) {
  pairs_met_ = bits;
  if (bits != 0) {
    for (const auto& [depth, weight] : planes_[0].terms) add_pairs(distance + depth, bits * weight);
  }
  distance_columns& columns = columns_at(distance);
  if (columns.words == 0) return;
  const auto slices = static_cast<std::size_t>(std::bit_width(columns.words));
  columns.words = 0;
  kernel_.unite(columns.slices.data(), slices, seen_at(distance).parts.data());
  std::array<std::uint32_t, counter_bits> counts;
  for (const source_plane& plane : planes_) {
    kernel_.count(columns.slices.data(), slices, plane.searches.parts.data(), counts.data());
    std::uint64_t pairs = 0;
    for (std::size_t slice = 0; slice < slices; ++slice) {
      pairs += std::uint64_t{counts[slice]} << slice;
    }
    if (&plane == planes_.data()) pairs_met_ += pairs;
    if (pairs == 0) continue;
    for (const auto& [depth, weight] : plane.terms) add_pairs(distance + depth, pairs * weight);
  }
  if (wanted_ == source_sums_wanted::yes) sum_columns(distance, slices);
  std::fill_n(columns.slices.data(), slices * parts(), 0);
}

void batch_search::sum_columns(std::uint32_t distance, std::size_t slices) {
  wide_count squares = 0;
  const buffer<word_part>& columns = columns_at(distance).slices;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    std::uint32_t count = 0;
    for (std::size_t slice = 0; slice < slices; ++slice) {
      const word_part part = columns[slice * parts() + i / 64];
      count |= static_cast<std::uint32_t>(part >> (i % 64) & 1U) << slice;
    }
    sums_[i].reachable_count += count;
    sums_[i].distance_sum += std::uint64_t{count} * distance;
    sums_[i].inverse_distance_sum += static_cast<double>(count) / distance;
    squares += std::uint64_t{count} * count;
    for (std::size_t at = tail_offsets_[i], depth = 1; at < tail_offsets_[i + 1]; ++at, ++depth) {
      tail_inverse_sums_[at] += static_cast<double>(count) / static_cast<double>(distance + depth);
    }
  }
  if (squares_.size() <= distance) squares_.resize(std::size_t{distance} + 1);
  squares_[distance] += squares;
}

void batch_search::push_rows(std::uint32_t distance) {
  push_step push{.after = core_.after(),
                 .frontier = frontier_.data(),
                 .fresh = fresh_.data(),
                 .frontier_size = frontier_size_,
                 .slots = slots_.data(),
                 .touched = touched_.data(),
                 .pending = pending_.data()};
  kernel_.push(push);
  settle_step settle{.touched = touched_.data(),
                     .pending = pending_.data(),
                     .touched_size = push.touched_size,
                     .slots = slots_.data(),
                     .met = met_.data(),
                     .frontier = frontier_.data(),
                     .fresh = fresh_.data()};
  kernel_.settle(settle);
  frontier_size_ = settle.frontier_size;
  frontier_arcs_ = 0;
  const tail_counts& tails = core_.target_tails();
  for (std::size_t i = 0; i < frontier_size_; ++i) {
    const vertex_id v = frontier_[i];
    frontier_arcs_ += arcs_after(v);
    if (tails.has_tail(v)) count_tails(&v, fresh_.data() + i * parts(), 1, distance);
  }
  count_rows(fresh_.data(), frontier_size_, distance);
  finish_count(distance, 0);
}

void batch_search::begin_pulling() {
  active_ = targets_->rows;
  segments_ = targets_->segments;
  filled_size_ = 0;
  // Rows that nobody enters are not pulled, but may be sources.
  const adjacency before = core_.before();
  for (const vertex_id v : sources_) {
    if (before.offsets[v] != before.offsets[v + 1]) continue;
    std::copy_n(met_.data() + v * parts(), parts(), next_.data() + v * parts());
  }
}

void batch_search::pull_rows(std::uint32_t distance) {
  kernel_.fill(filled_.data(), filled_size_, all_.parts.data(), next_.data());
  filled_size_ = 0;
  const bool keep_all = planes_.size() > 1 || wanted_ == source_sums_wanted::yes;
  std::uint64_t bits = 0;
  for (row_segment& segment : segments_) {
    const bool keep = keep_all || segment.has_tails;
    std::size_t kept = segment.first;
    for (std::size_t begin = segment.first; begin < segment.last;) {
      const std::size_t size = std::min(keep ? kept_block : block, segment.last - begin);
      workers_.check_stop();
      if (segment.has_tails) std::copy_n(active_.data() + begin, size, touched_.data());
      pull_step pull{.before = core_.before(),
                     .met = met_.data(),
                     .next = next_.data(),
                     .all = all_.parts.data(),
                     .active = active_.data() + begin,
                     .active_size = size,
                     .row_length = segment.row_length,
                     .kept = active_.data() + kept,
                     .filled = filled_.data() + filled_size_,
                     .fresh = keep ? fresh_.data() : nullptr,
                     .fresh_union = seen_at(distance).parts.data()};
      kernel_.pull(pull);
      bits += pull.fresh_bits;
      if (keep) count_rows(fresh_.data(), size, distance);
      if (segment.has_tails) count_tails(touched_.data(), fresh_.data(), size, distance);
      kept += pull.kept_size;
      filled_size_ += pull.filled_size;
      begin += size;
    }
    segment.last = kept;
  }
  finish_count(distance, bits);
  std::swap(met_, next_);
}

void batch_search::end_pulling() {
  // Rows that nobody enters must read as not met again.
  const adjacency before = core_.before();
  for (const vertex_id v : sources_) {
    if (before.offsets[v] != before.offsets[v + 1]) continue;
    std::fill_n(next_.data() + v * parts(), parts(), 0);
  }
}

/// Few of the rows that are still pulled met anything at the last distance.
bool batch_search::is_nearly_done() const {
  std::size_t active = 0;
  for (const row_segment& segment : segments_) active += segment.last - segment.first;
  return pairs_met_ * 32 <= active;
}

/// From pulling back to pushing: the frontier is what the last pull changed.
void batch_search::collect_frontier() {
  frontier_size_ = 0;
  frontier_arcs_ = 0;
  const auto collect = [&](vertex_id v) {
    word_part* const fresh = fresh_.data() + frontier_size_ * parts();
    word_part any = 0;
    for (std::size_t k = 0; k < parts(); ++k) {
      fresh[k] = met_[v * parts() + k] & ~next_[v * parts() + k];
      any |= fresh[k];
    }
    if (any == 0) return;
    frontier_[frontier_size_++] = v;
    frontier_arcs_ += arcs_after(v);
  };
  for (std::size_t i = 0; i < filled_size_; ++i) collect(filled_[i]);
  for (const row_segment& segment : segments_) {
    for (std::size_t i = segment.first; i < segment.last; ++i) collect(active_[i]);
  }
}

void batch_search::find_farthest(std::vector<std::uint32_t>& farthest) const {
  search_word open = all_;
  for (std::size_t distance = seen_.size(); distance-- > 1;) {
    const search_word& seen = seen_[distance];
    for (std::size_t k = 0; k < parts(); ++k) {
      for (word_part left = seen.parts[k] & open.parts[k]; left != 0; left &= left - 1) {
        const std::size_t i = k * 64 + static_cast<std::size_t>(std::countr_zero(left));
        farthest[sources_[i]] = static_cast<std::uint32_t>(distance);
      }
      open.parts[k] &= ~seen.parts[k];
    }
  }
}

void batch_search::run(const source_batch& batch, core_distances& result) {
  start(batch);
  // A pushed arc reads and writes a word in random order; a pulled one only reads, and many are
  // spared by full rows.
  constexpr arc_id push_price = 6;
  bool pulling = false;
  std::uint32_t distance = 1;
  for (; frontier_size_ > 0; ++distance) {
    workers_.check_stop();
    if (!pulling && frontier_arcs_ * push_price < targets_->arcs) {
      push_rows(distance);
      continue;
    }
    if (!pulling) begin_pulling();
    pull_rows(distance);
    pulling = !is_nearly_done();
    if (!pulling) {
      collect_frontier();
      end_pulling();
    }
  }
  // What hangs on the rows that were met last.
  for (std::uint32_t beyond = 0; beyond < columns_.size(); ++beyond) {
    finish_count(distance + beyond, 0);
  }
  find_farthest(result.farthest);
  if (wanted_ == source_sums_wanted::no) return;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    result.sums[sources_[i]] = sums_[i];
    std::copy(tail_inverse_sums_.begin() + static_cast<std::ptrdiff_t>(tail_offsets_[i]),
              tail_inverse_sums_.begin() + static_cast<std::ptrdiff_t>(tail_offsets_[i + 1]),
              result.tail_inverse_sums.begin() +
                  static_cast<std::ptrdiff_t>(result.tail_offsets[sources_[i]]));
  }
}

}  // namespace

core_distances search_core(const distance_core& core, std::span<const char> is_source,
                           source_sums_wanted wanted, const distance_kernel& kernel,
                           parallel& workers, const execution& exec) {
  const search_plan plan(core, is_source, kernel.searches(), workers);
  progress reporter(exec, "distances", plan.batches().size());
  core_distances result;
  result.farthest.resize(core.row_count());
  if (wanted == source_sums_wanted::yes) {
    result.sums.resize(core.row_count());
    result.tail_offsets.assign(1, 0);
    for (vertex_id row = 0; row < core.row_count(); ++row) {
      result.tail_offsets.push_back(result.tail_offsets.back() + core.source_tails().height(row));
    }
    result.tail_inverse_sums.resize(result.tail_offsets.back());
  }

  std::vector<batch_search> searchers;
  for (std::size_t i = 0; i < workers.workers(); ++i) {
    searchers.emplace_back(core, kernel, wanted, workers);
  }
  workers.for_chunks(plan.batches().size(), 1,
                     [&](std::size_t batch, std::size_t, std::size_t worker) {
                       searchers[worker].run(plan.batches()[batch], result);
                       reporter.advance();
                     });
  const auto add = [](auto& sums, const auto& part) {
    if (sums.size() < part.size()) sums.resize(part.size());
    for (std::size_t d = 0; d < part.size(); ++d) sums[d] += part[d];
  };
  for (const batch_search& searcher : searchers) {
    add(result.histogram, searcher.histogram());
    add(result.histogram_squares, searcher.histogram_squares());
  }
  return result;
}

}  // namespace valuenet::detail
