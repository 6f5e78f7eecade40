// Plots over categories: bars, radars, published against computed values.
#pragma once

#include "valuenet/report/drawing.hpp"
#include "valuenet/report/plot_options.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace valuenet {

struct bar_series {
  std::string label{};
  /// One a category; nothing: no bar.
  std::vector<std::optional<double>> values{};
};

enum class bar_arrangement : std::uint8_t {
  beside,   ///< the bars of a category beside each other
  stacked,  ///< on top of each other; values must not be negative
  shares,   ///< stacked, each category to 100%
};

enum class bar_direction : std::uint8_t {
  horizontal,  ///< categories downwards, their names to the left: for names of any length
  vertical,    ///< categories to the right: for few, short names, and for years
};

/// What is written at bars.
enum class bar_labels : std::uint8_t {
  none,
  values,
  shares,  ///< of the series' total; in stacks of the category's
  both,    ///< "1,234 (5.6%)"
};

struct bar_plot_options {
  plot_options plot{};
  bar_arrangement arrangement = bar_arrangement::beside;
  bar_direction direction = bar_direction::horizontal;
  bar_labels labels = bar_labels::both;
  /// On the axis of values. Empty: none.
  std::string quantity{};
  /// The largest categories are drawn, in descending order of their sums; the rest are added up to
  /// one named "others". 0: all, in the order given.
  std::size_t most = 0;
  /// What all values are shares of: they are printed as percentages.
  bool values_are_shares = false;
};

/// Bars of one or several series. Without options.plot.height the drawing is as high as its
/// categories need. Throws std::invalid_argument where a series has another number of values than
/// there are categories, a value is not finite, or is negative in a stack. Roles: "bar" (title:
/// category, series, value), "bar-label", "category".
[[nodiscard]] drawing plot_bars(const std::vector<std::string>& categories,
                                const std::vector<bar_series>& series,
                                const bar_plot_options& options = {});

struct radar_series {
  std::string label{};
  /// One an axis, not negative; nothing: the outline leaves the axis out.
  std::vector<std::optional<double>> values{};
};

struct radar_plot_options {
  plot_options plot{};
  /// At the outermost ring. Nothing: a round number that holds all values.
  std::optional<double> maximum{};
};

/// Radar of objects over criteria, the first axis upwards, then clockwise, all on one scale from 0.
/// Throws std::invalid_argument below three axes, over 12 series, for a series of another length,
/// or a value that is negative or not finite. Roles: "radar", "axis-name".
[[nodiscard]] drawing plot_radar(const std::vector<std::string>& axes,
                                 const std::vector<radar_series>& series,
                                 const radar_plot_options& options = {});

struct compared_value {
  std::string label{};
  /// As printed: the digits say how exactly it is known.
  std::string published{};
  /// Nothing where undefined.
  std::optional<double> computed{};
};

struct published_plot_options {
  plot_options plot{};
};

/// Relative differences (computed - published) / |published| in percent, a row each, with both
/// values written beside; filled where the computed value rounds to the printed one (reproduces()),
/// open where it does not. Differences over 100% are drawn at the edge as arrows. Rows whose
/// difference is undefined (published 0, nothing computed) have a word instead of a point. Throws
/// std::invalid_argument where a published value is no number. Roles: "difference", "row".
[[nodiscard]] drawing plot_published(const std::vector<compared_value>& values,
                                     const published_plot_options& options = {});

}  // namespace valuenet
