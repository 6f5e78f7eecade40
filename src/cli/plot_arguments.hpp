// What every kind of plot shares: its size, words and file.
#pragma once

#include "valuenet/network/value_network.hpp"
#include "valuenet/report/drawing.hpp"
#include "valuenet/report/plot_options.hpp"

#include <optional>
#include <string>
#include <vector>

#include "cli/input.hpp"
#include "cli/program.hpp"

namespace valuenet::cli {

struct plot_arguments {
  std::string file;
  std::string language = "en";
  std::optional<double> width;
  std::optional<double> height;
  std::optional<std::string> title;
  std::string note;
  double dots_per_inch = 192.0;
};

/// --output, --language, --width, --height, --title, --note and --dpi.
void add_plot_arguments(CLI::App& kind, plot_arguments& arguments);

/// To be called before any work: throws std::invalid_argument where the file's name ends in neither
/// .svg nor .png.
void check_figure_file(const plot_arguments& arguments);

/// As options of a plot. The notice of a made-up network goes below every plot of it.
[[nodiscard]] plot_options plot_options_of(const plot_arguments& arguments,
                                           const value_network* network = nullptr);
[[nodiscard]] bool is_chinese(const plot_arguments& arguments);

/// As SVG or PNG by the file's name; without a file SVG on standard output.
void write_figure(const plot_arguments& arguments, const drawing& picture, const program& shared);

/// A plain table of numbers: a name a row, and the columns that hold numbers only.
struct number_table {
  std::string name_title{};
  std::vector<std::string> names{};
  std::vector<std::string> columns{};
  /// One vector a column.
  std::vector<std::vector<std::optional<double>>> values{};
};

/// Names are in the column `name` (empty: the first), numbers in `columns` (empty: every other
/// column without a cell that is no number). A cell may end in %. Throws parse_error.
[[nodiscard]] number_table read_number_table(const std::string& file, const std::string& name,
                                             const std::vector<std::string>& columns,
                                             const execution& exec);

// Each adds its kinds to `valuenet plot`.
void add_distribution_plots(CLI::App& plot, program& shared);
void add_category_plots(CLI::App& plot, program& shared);
void add_flow_plots(CLI::App& plot, program& shared);
void add_time_plots(CLI::App& plot, program& shared);
void add_network_plots(CLI::App& plot, program& shared);

}  // namespace valuenet::cli
