#include "metrics/dependencies.hpp"

#include <algorithm>
#include <cmath>

namespace valuenet::detail {
namespace {

constexpr double shrink = 0x1p-600;
constexpr double shrink_above = 0x1p+300;
constexpr double log2_shrink_above = 300.0;

constexpr std::uint8_t no_lane = 255;

/// Keeps what is there; grows by half at least.
template <class T>
void make_at_least(std::vector<T>& values, std::size_t size) {
  if (values.size() < size) values.resize(std::max(size, values.size() + values.size() / 2));
}

}  // namespace

dependency_search::dependency_search(const betweenness_core& core, const dependency_kernel& kernel)
    : core_(core),
      kernel_(kernel),
      paths_(std::size_t{core.size} * lane_count),
      seen_(core.size, 0),
      pending_(core.size, 0) {
  std::fill_n(paths_.data(), paths_.size(), 0.0);
  double largest = 1.0;
  for (vertex_id v = 0; v < core.size; ++v) {
    double paths_in = 0.0;
    for (arc_id i = core.in_offsets[v]; i < core.in_offsets[v + std::size_t{1}]; ++i) {
      paths_in += core.in_multiplicity.empty() ? 1.0 : core.in_multiplicity[i];
    }
    largest = std::max(largest, paths_in);
  }
  growth_ = std::log2(largest);
  if (!core.merged.empty()) excluded_lanes_.assign(core.size, no_lane);
}

void dependency_search::run(std::span<const vertex_id> sources, dependency_sums& sums) {
  search_forward(sources, !sums.arcs.empty() || !core_.out_multiplicity.empty());
  if (!excluded_lanes_.empty()) mark_merged(sources);
  if (!sums.reaches.empty()) count_reach(sources, sums);
  collect_backward(sums);
  if (!excluded_lanes_.empty()) {
    for (const vertex_id source : sources) {
      for (const vertex_id v : merged_into(source)) excluded_lanes_[v] = no_lane;
    }
  }
  clear();
}

recorded_arcs dependency_search::record(bool keep_arcs) {
  return {record_targets_.data(), record_masks_.data(), keep_arcs ? record_arcs_.data() : nullptr};
}

/// For the arcs of a level, and for the level after it.
void dependency_search::make_room(std::size_t first, std::size_t last, bool keep_arcs) {
  std::size_t arcs = 0;
  for (std::size_t i = first; i < last; ++i) {
    arcs += core_.out_offsets[order_[i] + std::size_t{1}] - core_.out_offsets[order_[i]];
  }
  // One entry more, as the kernel writes an arc down before it knows whether it counts.
  make_at_least(record_targets_, record_size_ + arcs + 1);
  make_at_least(record_masks_, record_size_ + arcs + 1);
  if (keep_arcs) make_at_least(record_arcs_, record_size_ + arcs + 1);
  const std::size_t found = std::min<std::size_t>(arcs, core_.size);
  make_at_least(order_, last + found + 1);
  make_at_least(masks_, last + found + 1);
  make_at_least(record_starts_, last + found + 1);
}

void dependency_search::search_forward(std::span<const vertex_id> sources, bool keep_arcs) {
  record_size_ = 0;
  order_size_ = sources.size();
  make_at_least(order_, order_size_ + 1);
  make_at_least(masks_, order_size_ + 1);
  make_at_least(record_starts_, order_size_ + 1);
  level_starts_.assign(1, 0);
  level_scales_.assign(1, {});
  level_scales_.back().fill(1.0);
  rescaled_ = false;
  source_weights_.fill(0.0);
  for (std::size_t lane = 0; lane < sources.size(); ++lane) {
    const auto mask = static_cast<lane_mask>(1U << lane);
    paths_[std::size_t{sources[lane]} * lane_count + lane] = 1.0;
    seen_[sources[lane]] = mask;
    order_[lane] = sources[lane];
    masks_[lane] = mask;
    source_weights_[lane] = core_.source_weight[sources[lane]];
  }
  double log2_paths = 0.0;
  for (std::size_t first = 0; first < order_size_;) {
    const std::size_t last = order_size_;
    level_starts_.push_back(last);
    make_room(first, last, keep_arcs);
    expand_step step{
        .after = {core_.out_offsets.data(), core_.out_targets.data()},
        .multiplicity = core_.out_multiplicity.empty() ? nullptr : core_.out_multiplicity.data(),
        .order = order_.data(),
        .masks = masks_.data(),
        .first = first,
        .last = last,
        .seen = seen_.data(),
        .pending = pending_.data(),
        .paths = paths_.data(),
        .record = record(keep_arcs),
        .record_starts = record_starts_.data(),
        .record_size = record_size_,
        .next = order_.data() + last};
    kernel_.expand(step);
    record_size_ = step.record_size;
    order_size_ = last + step.next_size;
    record_starts_[last] = record_size_;
    for (std::size_t i = last; i < order_size_; ++i) {
      const vertex_id u = order_[i];
      masks_[i] = pending_[u];
      seen_[u] = static_cast<lane_mask>(seen_[u] | pending_[u]);
      pending_[u] = 0;
    }
    log2_paths += growth_;
    level_scales_.emplace_back().fill(1.0);
    if (log2_paths > log2_shrink_above) rescale_level(last, order_size_);
    first = last;
  }
}

/// Path counts double and double again on a lattice; only their ratios between two levels matter.
void dependency_search::rescale_level(std::size_t first, std::size_t last) {
  lane_values largest{};
  for (std::size_t i = first; i < last; ++i) {
    const double* paths = paths_.data() + std::size_t{order_[i]} * lane_count;
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
      if (((masks_[i] >> lane) & 1U) != 0) largest[lane] = std::max(largest[lane], paths[lane]);
    }
  }
  lane_values& scales = level_scales_.back();
  for (std::size_t lane = 0; lane < lane_count; ++lane) {
    if (largest[lane] <= shrink_above) continue;
    scales[lane] = shrink;
    rescaled_ = true;
  }
  if (!rescaled_) return;
  for (std::size_t i = first; i < last; ++i) {
    double* paths = paths_.data() + std::size_t{order_[i]} * lane_count;
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
      if (((masks_[i] >> lane) & 1U) != 0) paths[lane] *= scales[lane];
    }
  }
}

void dependency_search::collect_backward(dependency_sums& sums) {
  const auto wanted = [](std::vector<double>& values) {
    return values.empty() ? nullptr : values.data();
  };
  const std::size_t levels = level_starts_.size() - 1;
  for (std::size_t level = levels; level-- > 0;) {
    alignas(64) const lane_values next_scales = level_scales_[level + 1];
    const bool sources = level == 0;
    kernel_.collect(
        {.order = order_.data(),
         .masks = masks_.data(),
         .first = level_starts_[level],
         .last = level_starts_[level + 1],
         .record = record(!record_arcs_.empty()),
         .record_starts = record_starts_.data(),
         .multiplicity = core_.out_multiplicity.empty() ? nullptr : core_.out_multiplicity.data(),
         .target_weights = core_.target_weight.data(),
         .source_weights = source_weights_.data(),
         .excluded_lanes = excluded_lanes_.empty() ? nullptr : excluded_lanes_.data(),
         .excluded_weights = core_.source_weight.data(),
         .next_scales = rescaled_ ? next_scales.data() : nullptr,
         .paths = paths_.data(),
         .dependencies = sources ? nullptr : wanted(sums.vertices),
         .squares = wanted(sums.vertex_squares),
         .arc_dependencies = wanted(sums.arcs),
         .arc_squares = wanted(sums.arc_squares)});
  }
}

void dependency_search::count_reach(std::span<const vertex_id> sources, dependency_sums& sums) {
  alignas(64) lane_values reaches{};
  const std::size_t first = level_starts_[1];  // not the sources themselves
  kernel_.reach({.order = order_.data() + first,
                 .masks = masks_.data() + first,
                 .size = order_size_ - first,
                 .target_weights = core_.target_weight.data(),
                 .source_weights = source_weights_.data(),
                 .excluded_lanes = excluded_lanes_.empty() ? nullptr : excluded_lanes_.data(),
                 .excluded_weights = core_.source_weight.data(),
                 .reached_by = sums.reached_by.data(),
                 .reaches = reaches.data()});
  for (std::size_t lane = 0; lane < sources.size(); ++lane) {
    sums.reaches[sources[lane]] += reaches[lane];
    if (!excluded_lanes_.empty()) add_merged(sources[lane], lane, reaches[lane], sums);
  }
}

std::span<const vertex_id> dependency_search::merged_into(vertex_id source) const {
  const std::size_t first = core_.merged_offsets[source];
  return std::span(core_.merged)
      .subspan(first, core_.merged_offsets[source + std::size_t{1}] - first);
}

/// The sources merged into a source search with it, each for all targets but itself.
void dependency_search::mark_merged(std::span<const vertex_id> sources) {
  for (std::size_t lane = 0; lane < sources.size(); ++lane) {
    for (const vertex_id v : merged_into(sources[lane])) {
      source_weights_[lane] += core_.source_weight[v];
      excluded_lanes_[v] = static_cast<std::uint8_t>(lane);
    }
  }
}

/// What the searches of the merged vertices themselves would have found at the source, at their one
/// arc and of how far they reach.
void dependency_search::add_merged(vertex_id source, std::size_t lane, double reaches,
                                   dependency_sums& sums) {
  for (const vertex_id v : merged_into(source)) {
    const bool comes_back = ((seen_[v] >> lane) & 1U) != 0;
    add_merged_source(core_, v, comes_back ? reaches - core_.target_weight[v] : reaches, sums);
  }
}

void add_merged_source(const betweenness_core& core, vertex_id v, double reaches_beyond,
                       dependency_sums& sums) {
  const vertex_id through = core.merged_into[v];
  const double weight = core.source_weight[v];
  const double reaches = core.target_weight[through] + reaches_beyond;
  sums.vertices[through] += weight * reaches_beyond;
  sums.reaches[v] += reaches;
  sums.reached_by[through] += weight;
  if (!sums.arcs.empty()) sums.arcs[core.out_offsets[v]] += weight * reaches;
}

void dependency_search::clear() {
  if (order_size_ > core_.size / 2) {
    std::fill_n(paths_.data(), paths_.size(), 0.0);
    std::fill(seen_.begin(), seen_.end(), lane_mask{0});
    return;
  }
  for (std::size_t i = 0; i < order_size_; ++i) {
    const vertex_id v = order_[i];
    std::fill_n(paths_.data() + std::size_t{v} * lane_count, lane_count, 0.0);
    seen_[v] = 0;
  }
}

}  // namespace valuenet::detail
