// The inner loops of Brandes' accumulation from many sources at once, built once for every
// instruction set.
//
// A lane is one source of a batch. A vertex stands in `order` once for every level on which lanes
// reach it, with the mask of these lanes. Forward, a level at a time: every arc that leads lanes to
// a vertex they have not met adds the path counts of its tail there and is recorded. Backward the
// record is read from its end, so nothing is searched twice:
//   ratio(v) = weight(v) / paths(v) + sum of ratio(u) over the recorded arcs v -> u,
//   dependency(v) = paths(v) * that sum,
// and ratio takes the place of paths in the same line, as a lane's paths are not asked for again.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <cstddef>
#include <cstdint>

#include "detail/instruction_set.hpp"
#include "metrics/distance_kernel.hpp"

namespace valuenet::detail {

inline constexpr std::size_t lane_count = 16;
using lane_mask = std::uint16_t;

/// The arcs on shortest paths, in the order in which they were found.
struct recorded_arcs {
  vertex_id* targets = nullptr;
  lane_mask* masks = nullptr;
  arc_id* arcs = nullptr;  // null: not wanted
};

struct expand_step {
  adjacency after;
  const double* multiplicity = nullptr;  // by arc; null: all 1. Needs record.arcs
  const vertex_id* order = nullptr;      // in: [first, last) is the level
  const lane_mask* masks = nullptr;
  std::size_t first = 0;
  std::size_t last = 0;
  const lane_mask* seen = nullptr;       // lanes that met the vertex up to this level
  lane_mask* pending = nullptr;          // out: lanes that meet it on the next. In: all 0
  double* paths = nullptr;               // lane_count a vertex, aligned to 64 bytes
  recorded_arcs record;                  // room for every arc of the level
  std::size_t* record_starts = nullptr;  // out: of each of order, where its arcs begin
  std::size_t record_size = 0;
  vertex_id* next = nullptr;  // out: the vertices of the next level; room for one a vertex
  std::size_t next_size = 0;
};

struct collect_step {
  const vertex_id* order = nullptr;  // in: [first, last) is the level
  const lane_mask* masks = nullptr;
  std::size_t first = 0;
  std::size_t last = 0;
  recorded_arcs record;
  const std::size_t* record_starts = nullptr;
  const double* multiplicity = nullptr;
  const double* target_weights = nullptr;  // by vertex
  const double* source_weights = nullptr;  // by lane
  /// By vertex: the lane of which a part of the source weight is not for this target, or
  /// lane_count or more; and by vertex that part. Null: none.
  const std::uint8_t* excluded_lanes = nullptr;
  const double* excluded_weights = nullptr;
  /// By lane: what the path counts of the next level were multiplied with; null: nothing.
  const double* next_scales = nullptr;
  double* paths = nullptr;             // in: path counts; out: ratios
  double* dependencies = nullptr;      // by vertex: added to. Null: not wanted (the sources' level)
  double* squares = nullptr;           // the same; null: not wanted
  double* arc_dependencies = nullptr;  // by arc; null: not wanted. Needs record.arcs
  double* arc_squares = nullptr;
};

struct reach_step {
  const vertex_id* order = nullptr;
  const lane_mask* masks = nullptr;
  std::size_t size = 0;
  const double* target_weights = nullptr;        // by vertex
  const double* source_weights = nullptr;        // by lane
  const std::uint8_t* excluded_lanes = nullptr;  // as above
  const double* excluded_weights = nullptr;
  double* reached_by = nullptr;  // by vertex: the source weights of its lanes, added to
  double* reaches = nullptr;     // by lane: the target weights of its vertices, added to
};

struct dependency_kernel {
  void (*expand)(expand_step& step) = nullptr;
  void (*collect)(const collect_step& step) = nullptr;
  void (*reach)(const reach_step& step) = nullptr;
};

/// Precondition: the processor has the set. All give the same bits.
[[nodiscard]] dependency_kernel select_dependency_kernel(instruction_set set);

[[nodiscard]] dependency_kernel dependency_kernel_baseline();
[[nodiscard]] dependency_kernel dependency_kernel_avx2();
[[nodiscard]] dependency_kernel dependency_kernel_avx512();

}  // namespace valuenet::detail
