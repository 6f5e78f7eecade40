// Plots of who gives how much to whom: heat map and chord diagram.
#pragma once

#include "valuenet/network/flows.hpp"
#include "valuenet/report/drawing.hpp"
#include "valuenet/report/plot_options.hpp"

#include <cstddef>
#include <cstdint>

namespace valuenet {

enum class color_scale : std::uint8_t {
  linear,
  logarithmic,  ///< for flows that span orders of magnitude
};

struct heat_map_options {
  plot_options plot{};
  /// Groups of givers and of takers that are drawn: those with the largest sums, in that order (of
  /// a matrix with one grouping, by given + taken, so that both sides have the same order). The
  /// rest are added up to "others". 0: all.
  std::size_t most = 20;
  color_scale scale = color_scale::logarithmic;
};

/// A flow matrix as cells, givers downwards and takers to the right, with a scale of colours.
/// Cells without a flow stay white. Values are written into the cells where they fit. Role "cell",
/// whose title says giver, taker, flow and share.
[[nodiscard]] drawing plot_heat_map(const flow_matrix_result& flows,
                                    const heat_map_options& options = {});

struct chord_options {
  plot_options plot{};
  /// The groups with the largest given + taken; the rest are added up to "others".
  std::size_t most = 12;
  /// Whether flows within a group are drawn. Where they outweigh the others, leave them out.
  bool shows_within = true;
};

/// A flow matrix of one grouping as a circle: each group has an arc as long as what it gives and
/// takes, each flow is a ribbon in its giver's colour from the giver's arc to just short of the
/// taker's, as wide as the flow at both ends. What a group gives lies clockwise before what it
/// takes. Throws std::invalid_argument for a matrix of two groupings, or a negative flow. Roles:
/// "arc", "ribbon" (title: giver, taker, flow, share), "name".
[[nodiscard]] drawing plot_chord(const flow_matrix_result& flows,
                                 const chord_options& options = {});

}  // namespace valuenet
