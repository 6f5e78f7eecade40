// What all plots have in common.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace valuenet {

/// Of the words that a plot adds itself; labels given by the caller stand as they are.
enum class plot_language : std::uint8_t { english, chinese };

/// Sizes are in CSS pixels, 96 to an inch: 642 are the 170 mm of a journal's two columns, 321 the
/// 85 mm of one.
struct plot_options {
  plot_language language = plot_language::english;
  /// Nothing: what suits the plot and the data. At least 200 by 150, at most 20,000, else
  /// std::invalid_argument.
  std::optional<double> width{};
  std::optional<double> height{};
  /// Above the plot. Nothing: the plot's own; empty: none, for papers with a caption.
  std::optional<std::string> title{};
  /// Below the plot, such as the source, or that a network is made up.
  std::string note{};
};

}  // namespace valuenet
