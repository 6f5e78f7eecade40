// Plots over years: curves of statistics, and how ranks change.
#pragma once

#include "valuenet/network/slices.hpp"
#include "valuenet/report/drawing.hpp"
#include "valuenet/report/plot_options.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace valuenet {

struct curve {
  std::string label{};
  /// One an x; nothing: the curve has a gap.
  std::vector<std::optional<double>> values{};
};

/// Curves that share a y axis.
struct curve_panel {
  /// Above the panel.
  std::string title{};
  /// On its y axis.
  std::string quantity{};
  std::vector<curve> curves{};
  /// Printed as percentages.
  bool is_share = false;
};

struct curve_plot_options {
  plot_options plot{};
  /// On the x axis. Nothing: "year".
  std::optional<std::string> quantity{};
  /// x are years: whole numbers, written without separators.
  bool x_is_year = true;
};

/// Curves over x, each panel with its own y axis, side by side where there are several. Curves
/// differ in colour, dashes and markers. The axis of y begins at 0 unless the values lie close
/// together far from it. Throws std::invalid_argument for x that do not ascend, a curve of another
/// length, or values that are not finite. Roles: "curve", "point", "panel-title".
[[nodiscard]] drawing plot_curves(const std::vector<double>& x,
                                  const std::vector<curve_panel>& panels,
                                  const curve_plot_options& options = {});

/// Statistics of the slices by name ("average_degree"), a panel each. Throws std::invalid_argument
/// for a name that no statistic has, and where there is no slice.
[[nodiscard]] drawing plot_evolution(const evolution_result& evolution,
                                     const std::vector<std::string>& statistics,
                                     const curve_plot_options& options = {});

struct ranked_object {
  std::string label{};
  /// One a year; nothing: not ranked.
  std::vector<std::optional<double>> ranks{};
};

struct rank_plot_options {
  plot_options plot{};
  /// Objects drawn: those ranked first in the last year. 0: all.
  std::size_t most = 20;
};

/// Ranks over years, 1 on top, a line an object with its name and rank at both ends, and the places
/// won or lost from the first year to the last. Names of tied objects are set one below the other.
/// Throws std::invalid_argument for years that do not ascend, none, ranks of another length or
/// below 1. Roles: "rank-line", "name", "change".
[[nodiscard]] drawing plot_rank_changes(const std::vector<int>& years,
                                        const std::vector<ranked_object>& objects,
                                        const rank_plot_options& options = {});

}  // namespace valuenet
