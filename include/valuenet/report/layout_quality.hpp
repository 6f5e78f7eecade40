// How faithful a drawing is to its graph.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/io/write.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace valuenet {

struct layout_quality_options {
  /// Vertices from which distances to all others are taken, drawn without replacement. At least 1.
  std::uint32_t sources = 64;
  /// Vertices whose nearest others are looked at, drawn without replacement from those with a
  /// neighbour. At least 1.
  std::uint32_t samples = 1024;
  std::uint64_t seed = 0;
};

struct layout_quality_result {
  /// Mean over the pairs of (s e / d - 1)^2 with the distance d in the graph, e in the drawing, and
  /// the scale s that makes it least; 0 is a perfect drawing. Nothing where no pair is connected.
  std::optional<double> stress{};
  /// Pairs with a path between them, over which the mean is taken.
  std::uint64_t pairs = 0;
  /// The scale s.
  double scale = 0.0;
  /// Mean over the samples of the share, among the k vertices nearest in the drawing, of neighbours
  /// in the graph, where k is the number of neighbours: 1 where all neighbours are nearer than all
  /// others. Nothing where no vertex has a neighbour.
  std::optional<double> neighbourhood{};
  /// The same with every neighbour counted once: the sum of the hits over the sum of the k.
  std::optional<double> neighbourhood_of_edges{};
  std::uint64_t samples = 0;
};

/// The quality of a drawing on a sample of vertices: stress, which asks whether distances in the
/// drawing are proportional to those in the graph, and neighbourhood preservation, which asks
/// whether what is near is connected.
///
/// Conventions: direction, weights, loops and parallel arcs are ignored; distances count edges.
/// Equally near vertices count by their ids. Population: pairs (source, other vertex) with a path;
/// samples. With as many sources or samples as vertices both are exact.
///
/// Cost: O(sources (vertices + arcs) + samples vertices). Throws std::invalid_argument for
/// positions of another length or not finite, and options out of range; cancelled. Deterministic.
///
/// Sources: Gansner, Koren and North 2005, doi:10.1007/978-3-540-31843-9_25 (stress, weights
/// d^-2); Kruiger, Rauber, Martins, Kerren, Kobourov and Telea 2017, doi:10.1111/cgf.13187
/// (neighbourhood preservation).
[[nodiscard]] layout_quality_result layout_quality(const graph& g,
                                                   std::span<const position> positions,
                                                   const layout_quality_options& options = {},
                                                   const execution& exec = {});

}  // namespace valuenet
