// Plots of how a quantity is distributed over actors or pairs: degrees, sizes, distances,
// clustering.
#pragma once

#include "valuenet/metrics/clustering.hpp"
#include "valuenet/metrics/distances.hpp"
#include "valuenet/report/drawing.hpp"
#include "valuenet/report/plot_options.hpp"
#include "valuenet/statistics/power_law_assessment.hpp"
#include "valuenet/statistics/value_counts.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace valuenet {

/// Which view of a distribution is drawn.
enum class distribution_view : std::uint8_t {
  density,  ///< log-binned density p(x)
  ccdf,     ///< P(X >= x) at every distinct value
  both,     ///< side by side
};

struct degree_plot_options {
  plot_options plot{};
  distribution_view view = distribution_view::both;
  /// On the x axis. Empty: "degree k".
  std::string quantity{};
  /// Whether curves of the alternatives that have not collapsed are drawn beside the power law.
  bool shows_alternatives = true;
  /// As for the assessment.
  valuenet::discretization discretization = valuenet::discretization::round;
};

/// A sample on log-log axes: its log-binned density (over all distinct values as faint points
/// where the values are whole numbers) and its CCDF, each with the fitted power law from x_min on,
/// scaled by the tail's share as fitted_ccdf() does, and x_min marked; in the CCDF the alternatives
/// too. Below: exponent, x_min, the tail's size, p-value, and the verdict's headline. Values that
/// are not positive have no place on a logarithmic axis: they count in the denominators, and a note
/// says how many there are. A sample without a fit is drawn without one, and the note says why.
/// Roles in the SVG: "density", "raw-density", "ccdf", "power-law", "alternative", "x-min".
/// Precondition: the assessment is of this sample. O(distinct values).
[[nodiscard]] drawing plot_degree_distribution(const value_counts& sample,
                                               const power_law_assessment& assessment,
                                               const degree_plot_options& options = {});

struct rank_size_plot_options {
  plot_options plot{};
  /// On the y axis. Empty: "size".
  std::string quantity{};
  /// One a value; empty: none. The `labelled` largest are named where there is room.
  std::span<const std::string> labels{};
  std::size_t labelled = 8;
  /// The line is fitted to the `top` largest; 0: to all.
  std::size_t top = 0;
};

/// Sizes by rank on log-log axes, the largest first, with the line of rank_size(): size =
/// exp((c - ln(rank - 1/2)) / zeta). Only positive values are drawn. Equal values keep distinct
/// ranks. Roles: "sizes", "rank-size-line", "name".
[[nodiscard]] drawing plot_rank_size(std::span<const double> values,
                                     const rank_size_plot_options& options = {});

struct lorenz_series {
  std::string label{};
  std::vector<double> values{};
};

struct lorenz_plot_options {
  plot_options plot{};
  /// Who the population is, such as "actors". Empty: "members".
  std::string population{};
};

/// Lorenz curves with the line of equality, and the Gini coefficient of each in the legend. A
/// series that has nothing to share is named without a curve. A curve of many points is drawn with
/// those that a pixel can tell apart. Roles: "lorenz", "equality".
[[nodiscard]] drawing plot_lorenz(const std::vector<lorenz_series>& series,
                                  const lorenz_plot_options& options = {});

struct distance_plot_options {
  plot_options plot{};
};

/// Share of the reachable ordered pairs at every distance, with the mean and the effective diameter
/// marked; estimates with their intervals. Roles: "bar", "mean", "effective-diameter", "interval".
[[nodiscard]] drawing plot_distances(const distances_result& found,
                                     const distance_plot_options& options = {});

struct clustering_plot_options {
  plot_options plot{};
  /// Bins of [0, 1]; 1 to 1000, else std::invalid_argument.
  int bins = 20;
  /// One a vertex; empty: the histogram alone. With it a second panel: the mean coefficient by
  /// degree, in bins of ten to a decade.
  std::span<const std::uint64_t> degrees{};
};

/// Histogram of the local clustering coefficients that are defined (bins closed on the left, the
/// last on both sides), on a logarithmic axis of counts, with their mean and the network's average
/// marked; and the mean coefficient by degree. Roles: "bar", "mean", "by-degree".
[[nodiscard]] drawing plot_clustering(const clustering_result& found,
                                      const clustering_plot_options& options = {});

}  // namespace valuenet
