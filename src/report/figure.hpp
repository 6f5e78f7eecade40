// The sheet that a plot is drawn on: title, notes, legend, and panels with axes.
#pragma once

#include "valuenet/report/drawing.hpp"
#include "valuenet/report/plot_options.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/axis.hpp"

namespace valuenet {

struct box {
  double left = 0.0;
  double top = 0.0;
  double right = 0.0;
  double bottom = 0.0;

  [[nodiscard]] double width() const noexcept { return right - left; }
  [[nodiscard]] double height() const noexcept { return bottom - top; }
  [[nodiscard]] double middle_x() const noexcept { return (left + right) / 2.0; }
  [[nodiscard]] double middle_y() const noexcept { return (top + bottom) / 2.0; }
};

/// Sizes of letters, in CSS pixels.
inline constexpr double title_size = 15.0;
inline constexpr double label_size = 12.0;
inline constexpr double tick_size = 11.0;
inline constexpr double note_size = 10.5;

/// Points of different series differ in shape, not in colour alone.
enum class marker : std::uint8_t {
  none,
  circle,
  square,
  triangle,
  diamond,
  inverted_triangle,
  cross
};
[[nodiscard]] marker marker_of(std::size_t series) noexcept;
/// And lines in their dashes.
[[nodiscard]] std::vector<double> dashes_of(std::size_t series);
[[nodiscard]] shape marker_at(marker kind, point center, double radius, color fill,
                              std::string role = {});

enum class legend_key : std::uint8_t { line, points, line_with_marker, patch };

struct legend_entry {
  std::string label{};
  valuenet::color color{};
  legend_key key = legend_key::line;
  std::vector<double> dashes{};
  valuenet::marker marker = marker::circle;
  double width = 2.0;
};

/// The height of a plot that keeps its shape when another width is asked for, within limits in
/// which its letters, which keep their size, still find room.
[[nodiscard]] double height_in_proportion(const plot_options& options, double usual_width,
                                          double usual_height);

/// Below this width panels stand below each other.
inline constexpr double narrow_width = 560.0;

/// Fills from the top (title, legend) and from the bottom (notes); what is left is the plot's.
/// Throws std::invalid_argument for a size out of range.
class figure {
 public:
  figure(const plot_options& options, std::string_view title, double width, double height);

  /// The one that belongs to the plot's language.
  [[nodiscard]] const char* words(const char* english, const char* chinese) const noexcept {
    return language_ == plot_language::chinese ? chinese : english;
  }
  [[nodiscard]] plot_language language() const noexcept { return language_; }

  /// Sentences below the plot, broken into lines, above the notes that are there already: the
  /// caller's own (plot_options::note) is the last.
  void add_notes(const std::vector<std::string>& notes);
  /// A row of entries, or several rows, at the top of what is left. None for no entry.
  void add_legend(const std::vector<legend_entry>& entries);

  void add(shape each) { picture_.shapes.push_back(std::move(each)); }
  void add_text(std::string content, point at, double size, text_anchor anchor,
                text_height height = text_height::baseline, std::string role = {},
                color paint = ink, bool is_bold = false);
  void add_line(point from, point to, stroke_style stroke, std::string role = {});

  [[nodiscard]] const box& area() const noexcept { return area_; }

  /// The picture with what it says for those who cannot see it.
  [[nodiscard]] drawing finish(std::string description);

 private:
  plot_language language_;
  bool has_notes_ = false;
  drawing picture_;
  box area_;
};

/// Text broken into lines of at most this width, at spaces and between Chinese characters.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, double size, double width);

struct panel_options {
  /// Above the panel, bold. Empty: none.
  std::string title{};
  bool has_vertical_grid = true;
};

enum class mark_side : std::uint8_t { left, right };

/// A rectangle with two axes, drawn into a part of a figure.
class panel {
 public:
  panel(figure& on, const box& within, axis x, axis y, const panel_options& options = {});

  [[nodiscard]] point at(double x, double y) const {
    return {plot_.left + place_on(x_, x) * plot_.width(),
            plot_.bottom - place_on(y_, y) * plot_.height()};
  }
  [[nodiscard]] const box& plot() const noexcept { return plot_; }
  [[nodiscard]] const axis& x() const noexcept { return x_; }
  [[nodiscard]] const axis& y() const noexcept { return y_; }
  /// A vertical line through the panel with a word near its top, on this side where there is room.
  void mark(double x, const std::string& word, const std::string& role, color paint = ink,
            mark_side side = mark_side::right, double down = 0.0);

 private:
  figure& figure_;
  axis x_;
  axis y_;
  box plot_;
};

/// `count` boxes of equal size, row by row, at most `columns` side by side.
[[nodiscard]] std::vector<box> divided(const box& area, std::size_t count, std::size_t columns,
                                       double gap = 24.0);

/// Points as a polyline without those that lie within `least` of the one before; the first and the
/// last stay.
[[nodiscard]] std::vector<point> thinned(const std::vector<point>& points, double least);
/// Points without those that share a cell of `least` pixels with an earlier one: what a reader
/// cannot tell apart.
[[nodiscard]] std::vector<point> without_hidden(const std::vector<point>& points, double least);

}  // namespace valuenet
