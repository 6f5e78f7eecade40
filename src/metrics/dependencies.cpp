#include "metrics/dependencies.hpp"

#include <algorithm>
#include <cmath>

namespace valuenet::detail {
namespace {

using lanes = double __attribute__((vector_size(lane_count * sizeof(double)), may_alias));
using lane_bits =
    std::int64_t __attribute__((vector_size(lane_count * sizeof(std::int64_t)), may_alias));

/// All bits of a lane set or clear, for each byte of lane flags.
struct mask_table {
  alignas(64) std::int64_t bits[256][lane_count];
};

constexpr mask_table make_masks() {
  mask_table table{};
  for (unsigned flags = 0; flags < 256; ++flags) {
    for (unsigned lane = 0; lane < lane_count; ++lane) {
      table.bits[flags][lane] = ((flags >> lane) & 1U) != 0 ? -1 : 0;
    }
  }
  return table;
}

constexpr mask_table masks = make_masks();

inline lanes& lanes_of(buffer<double>& values, vertex_id v) {
  return *reinterpret_cast<lanes*>(values.data() + std::size_t{v} * lane_count);
}

inline const lane_bits& mask_of(std::uint8_t flags) {
  return *reinterpret_cast<const lane_bits*>(masks.bits[flags]);
}

/// Adds where the flag is set, and 0 elsewhere.
inline void add_where(lanes& to, const lanes& amount, std::uint8_t flags) {
  to += (lanes)((lane_bits)amount & mask_of(flags));
}

/// A fixed tree, so that every instruction set adds in one order.
inline double sum(const lanes& x) {
  return ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));
}

constexpr double shrink = 0x1p-600;
constexpr double shrink_above = 0x1p+300;
constexpr double log2_shrink_above = 300.0;

}  // namespace

dependency_search::dependency_search(const betweenness_core& core)
    : core_(core),
      paths_(std::size_t{core.size} * lane_count),
      dependencies_(std::size_t{core.size} * lane_count),
      seen_(core.size, 0),
      pending_(core.size, 0) {
  std::fill_n(paths_.data(), paths_.size(), 0.0);
  std::fill_n(dependencies_.data(), dependencies_.size(), 0.0);
  double largest = 1.0;
  for (vertex_id v = 0; v < core.size; ++v) {
    double paths_in = 0.0;
    for (arc_id i = core.in_offsets[v]; i < core.in_offsets[v + std::size_t{1}]; ++i) {
      paths_in += core.in_multiplicity.empty() ? 1.0 : core.in_multiplicity[i];
    }
    largest = std::max(largest, paths_in);
  }
  growth_ = std::log2(largest);
}

void dependency_search::run(std::span<const vertex_id> sources, dependency_sums& sums) {
  search_forward(sources);
  collect_backward(sources, sums);
  clear();
}

void dependency_search::search_forward(std::span<const vertex_id> sources) {
  order_.clear();
  lanes_.clear();
  level_starts_.assign(1, 0);
  level_scales_.clear();
  for (std::size_t lane = 0; lane < sources.size(); ++lane) {
    paths_[std::size_t{sources[lane]} * lane_count + lane] = 1.0;
    seen_[sources[lane]] = static_cast<std::uint8_t>(1U << lane);
    order_.push_back(sources[lane]);
    lanes_.push_back(static_cast<std::uint8_t>(1U << lane));
  }
  const bool parallel = !core_.out_multiplicity.empty();
  double log2_paths = 0.0;
  for (std::size_t first = 0; first < order_.size();) {
    const std::size_t last = order_.size();
    level_starts_.push_back(last);
    for (std::size_t i = first; i < last; ++i) {
      const vertex_id v = order_[i];
      const std::uint8_t here = lanes_[i];
      const lanes paths = lanes_of(paths_, v);
      for (arc_id arc = core_.out_offsets[v]; arc < core_.out_offsets[v + std::size_t{1}]; ++arc) {
        const vertex_id u = core_.out_targets[arc];
        const auto reached = static_cast<std::uint8_t>(here & ~seen_[u]);
        if (reached == 0) continue;
        if (pending_[u] == 0) order_.push_back(u);
        pending_[u] = static_cast<std::uint8_t>(pending_[u] | reached);
        if (parallel) {
          add_where(lanes_of(paths_, u), paths * core_.out_multiplicity[arc], reached);
        } else {
          add_where(lanes_of(paths_, u), paths, reached);
        }
      }
    }
    for (std::size_t i = last; i < order_.size(); ++i) {
      const vertex_id u = order_[i];
      lanes_.push_back(pending_[u]);
      seen_[u] = static_cast<std::uint8_t>(seen_[u] | pending_[u]);
      pending_[u] = 0;
    }
    log2_paths += growth_;
    level_scales_.emplace_back().fill(1.0);
    if (log2_paths > log2_shrink_above) rescale_level(last, order_.size());
    first = last;
  }
}

/// Path counts double and double again on a lattice; only their ratios between two levels matter.
void dependency_search::rescale_level(std::size_t first, std::size_t last) {
  std::array<double, lane_count> largest{};
  for (std::size_t i = first; i < last; ++i) {
    const double* paths = paths_.data() + std::size_t{order_[i]} * lane_count;
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
      if (((lanes_[i] >> lane) & 1U) != 0) largest[lane] = std::max(largest[lane], paths[lane]);
    }
  }
  for (std::size_t lane = 0; lane < lane_count; ++lane) {
    if (largest[lane] > shrink_above) level_scales_.back()[lane] = shrink;
  }
  for (std::size_t i = first; i < last; ++i) {
    double* paths = paths_.data() + std::size_t{order_[i]} * lane_count;
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
      if (((lanes_[i] >> lane) & 1U) != 0) paths[lane] *= level_scales_.back()[lane];
    }
  }
}

void dependency_search::collect_backward(std::span<const vertex_id> sources,
                                         dependency_sums& sums) {
  lanes source_weight{};
  for (std::size_t lane = 0; lane < sources.size(); ++lane) {
    source_weight[static_cast<int>(lane)] = core_.source_weight[sources[lane]];
  }
  lanes reached_weight{};
  const bool parallel = !core_.in_multiplicity.empty();
  const std::size_t levels = level_starts_.size() - 1;
  for (std::size_t level = levels; level-- > 1;) {
    for (std::size_t i = level_starts_[level - 1]; i < level_starts_[level]; ++i) {
      pending_[order_[i]] = lanes_[i];
    }
    lanes scale{};
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
      scale[static_cast<int>(lane)] = level_scales_[level - 1][lane];
    }
    for (std::size_t i = level_starts_[level]; i < level_starts_[level + 1]; ++i) {
      const vertex_id w = order_[i];
      const std::uint8_t here = lanes_[i];
      // Lanes that are not here may divide by zero paths; the mask takes them out again.
      const lanes target = lanes{} + core_.target_weight[w];
      const lanes own = (lanes)((lane_bits)lanes_of(dependencies_, w) & mask_of(here));
      const lanes share =
          (lanes)((lane_bits)((target + own) * scale / lanes_of(paths_, w)) & mask_of(here));
      for (arc_id k = core_.in_offsets[w]; k < core_.in_offsets[w + std::size_t{1}]; ++k) {
        const vertex_id v = core_.in_sources[k];
        const auto before = static_cast<std::uint8_t>(here & pending_[v]);
        if (before == 0) continue;
        lanes amount = share * lanes_of(paths_, v);
        if (parallel) amount *= core_.in_multiplicity[k];
        amount = (lanes)((lane_bits)amount & mask_of(before));
        lanes_of(dependencies_, v) += amount;
        if (!sums.arcs.empty()) {
          const lanes weighted = amount * source_weight;
          sums.arcs[core_.in_arcs[k]] += sum(weighted);
          if (!sums.arc_squares.empty()) sums.arc_squares[core_.in_arcs[k]] += sum(amount * amount);
        }
      }
      sums.vertices[w] += sum(own * source_weight);
      if (!sums.vertex_squares.empty()) sums.vertex_squares[w] += sum(own * own);
      if (!sums.reaches.empty()) {
        sums.reached_by[w] += sum((lanes)((lane_bits)source_weight & mask_of(here)));
        reached_weight += (lanes)((lane_bits)target & mask_of(here));
      }
    }
    for (std::size_t i = level_starts_[level - 1]; i < level_starts_[level]; ++i) {
      pending_[order_[i]] = 0;
    }
  }
  if (!sums.reaches.empty()) {
    for (std::size_t lane = 0; lane < sources.size(); ++lane) {
      sums.reaches[sources[lane]] += reached_weight[static_cast<int>(lane)];
    }
  }
}

void dependency_search::clear() {
  // Only what was reached, unless that is nearly everything.
  for (const vertex_id v : order_) {
    lanes_of(paths_, v) = lanes{};
    lanes_of(dependencies_, v) = lanes{};
    seen_[v] = 0;
  }
}

}  // namespace valuenet::detail
