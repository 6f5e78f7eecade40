#include "cli/plot_arguments.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "cli/cell_table.hpp"

namespace valuenet::cli {
namespace {

enum class figure_format { svg, png };

figure_format format_of(const std::string& file) {
  if (file.empty()) return figure_format::svg;
  const std::size_t name =
      file.find_last_of('/') == std::string::npos ? 0 : file.find_last_of('/') + 1;
  const std::size_t dot = file.find_last_of('.');
  std::string extension = dot == std::string::npos || dot < name ? "" : file.substr(dot);
  for (char& c : extension) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (extension == ".svg") return figure_format::svg;
  if (extension == ".png") return figure_format::png;
  throw std::invalid_argument(fmt::format(
      "--output {}: a plot is written as SVG or PNG; end the file's name in .svg or "
      ".png{}",
      file,
      extension == ".pdf" || extension == ".eps"
          ? " (rsvg-convert -f pdf and Inkscape turn SVG into " + extension.substr(1) + ")"
          : ""));
}

// A number as tables print it: 1,763 or 12.4%.
std::optional<double> printed_value(std::string text) {
  std::erase(text, ',');
  const bool is_percent = text.ends_with('%');
  if (is_percent) text.pop_back();
  const auto value = parse_fraction(text);
  return value && is_percent ? std::optional(*value / 100.0) : value;
}

}  // namespace

void add_plot_arguments(CLI::App& kind, plot_arguments& arguments) {
  const auto group = "Figure";
  kind.add_option("-o,--output", arguments.file,
                  "Write to this file, .svg or .png, instead of SVG on standard output")
      ->type_name("FILE")
      ->group(group);
  kind.add_option("--language", arguments.language, "Of the words in the plot: en, zh")
      ->check(CLI::IsMember({"en", "zh"}))
      ->capture_default_str()
      ->group(group);
  kind.add_option("--width", arguments.width, "In CSS pixels, 96 to an inch (642 are 170 mm)")
      ->type_name("PIXELS")
      ->group(group);
  kind.add_option("--height", arguments.height, "In CSS pixels")->type_name("PIXELS")->group(group);
  kind.add_option("--title", arguments.title, "Above the plot; '' for none")
      ->type_name("TEXT")
      ->group(group);
  kind.add_option("--note", arguments.note, "Below the plot, such as the source")
      ->type_name("TEXT")
      ->group(group);
  kind.add_option("--dpi", arguments.dots_per_inch, "Dots an inch of a PNG")
      ->check(CLI::Range(10.0, 4800.0))
      ->capture_default_str()
      ->group(group);
}

void check_figure_file(const plot_arguments& arguments) {
  static_cast<void>(format_of(arguments.file));
}

bool is_chinese(const plot_arguments& arguments) {
  return arguments.language == "zh";
}

plot_options plot_options_of(const plot_arguments& arguments, const value_network* network) {
  plot_options options{
      .language = is_chinese(arguments) ? plot_language::chinese : plot_language::english,
      .width = arguments.width,
      .height = arguments.height,
      .title = arguments.title,
      .note = arguments.note};
  if (network != nullptr && !network->surrogate_notice().empty()) {
    if (!options.note.empty()) options.note += '\n';
    options.note += (is_chinese(arguments) ? "虚构网络：" : "Made-up network: ") +
                    std::string(network->surrogate_notice());
  }
  return options;
}

void write_figure(const plot_arguments& arguments, const drawing& picture, const program& shared) {
  if (format_of(arguments.file) == figure_format::svg) {
    write_output(arguments.file, render_svg(picture));
    return;
  }
  write_output(arguments.file,
               render_png(picture, {.scale = arguments.dots_per_inch / 96.0}, shared.exec).bytes);
}

number_table read_number_table(const std::string& file, const std::string& name,
                               const std::vector<std::string>& columns, const execution& exec) {
  const cell_table cells = read_cells(file, exec);
  if (cells.header.empty()) cells.source.fail(0, "nothing in it; expected a table with a header");
  const std::size_t names = name.empty() ? 0 : cells.needed(name);
  number_table result{.name_title = cells.header[names].text};
  for (const auto& row : cells.rows) result.names.push_back(row[names].text);
  std::vector<std::size_t> wanted;
  for (const std::string& column : columns) wanted.push_back(cells.needed(column));
  for (std::size_t c = 0; columns.empty() && c < cells.header.size(); ++c) {
    const auto is_number = [&](const std::vector<cell>& row) {
      return row[c].text.empty() || printed_value(row[c].text).has_value();
    };
    if (c != names && std::all_of(cells.rows.begin(), cells.rows.end(), is_number)) {
      wanted.push_back(c);
    }
  }
  if (wanted.empty()) {
    cells.source.fail(0, "no column of numbers beside \"" + result.name_title +
                             "\"; expected a table with names in one column and numbers in others");
  }
  for (const std::size_t c : wanted) {
    result.columns.push_back(cells.header[c].text);
    std::vector<std::optional<double>> values;
    for (const auto& row : cells.rows) {
      const auto value = printed_value(row[c].text);
      if (!value && !row[c].text.empty()) {
        cells.source.fail(row[c].at, "\"" + row[c].text.substr(0, 40) + "\" is no number");
      }
      values.push_back(value);
    }
    result.values.push_back(std::move(values));
  }
  return result;
}

}  // namespace valuenet::cli
