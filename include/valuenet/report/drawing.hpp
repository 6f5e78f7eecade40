// Drawings that know no resolution: shapes in the order in which they are painted, and the two
// renderers that put them on paper (SVG) and on a grid of pixels (PNG).
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/report/palette.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace valuenet {

/// In CSS pixels (1/96 inch), x to the right and y down.
struct point {
  double x = 0.0;
  double y = 0.0;

  friend bool operator==(const point&, const point&) = default;
};

/// How an outline or line is drawn. No width: nothing.
struct stroke_style {
  valuenet::color color = ink;
  double width = 1.0;
  /// Lengths of dash and gap in turn; empty: solid.
  std::vector<double> dashes{};
};

/// How a shape is painted: filled first, then stroked.
struct shape_style {
  std::optional<color> fill{};
  std::optional<stroke_style> stroke{};
};

enum class path_verb : std::uint8_t { move, line, curve, close };

struct path_step {
  path_verb verb = path_verb::move;
  /// Where it ends; of no meaning for `close`.
  point to{};
  /// Control points of a cubic Bezier curve.
  point control1{};
  point control2{};
};

/// Lines and curves one after the other.
class path {
 public:
  path& move_to(point to);
  path& line_to(point to);
  path& curve_to(point control1, point control2, point to);
  /// A circular arc from angle `from` to angle `to` (radians, 0 to the right, growing clockwise as
  /// y points down), as cubic curves of at most a quarter circle. A line leads to its start, or it
  /// begins the path.
  path& arc(point center, double radius, double from, double to);
  path& close();

  [[nodiscard]] const std::vector<path_step>& steps() const noexcept { return steps_; }
  [[nodiscard]] bool empty() const noexcept { return steps_.empty(); }

 private:
  std::vector<path_step> steps_;
};

/// A polyline through the points, closed or not.
[[nodiscard]] path polyline(const std::vector<point>& points, bool closed = false);

struct path_shape {
  path outline{};
  shape_style style{};
};

struct circle_shape {
  point center{};
  double radius = 0.0;
  shape_style style{};
};

struct rectangle_shape {
  /// Left and top.
  point corner{};
  double width = 0.0;
  double height = 0.0;
  shape_style style{};
};

enum class text_anchor : std::uint8_t { start, middle, end };
/// What of the text lies at the position's y: the baseline, the middle of the capitals, or their
/// top.
enum class text_height : std::uint8_t { baseline, middle, top };

struct text_shape {
  point position{};
  /// UTF-8, one line.
  std::string content{};
  /// Set smaller and higher behind the content, as the exponent of a power.
  std::string superscript{};
  double size = 12.0;
  text_anchor anchor = text_anchor::start;
  text_height height = text_height::baseline;
  bool is_bold = false;
  bool is_italic = false;
  /// Degrees, clockwise, about the position.
  double rotation = 0.0;
  valuenet::color color = ink;
  /// Painted around the letters first, to keep them readable over other shapes.
  std::optional<stroke_style> halo{};
};

/// Many circles at the cost of their numbers alone. `radii` and `colors` have one entry a circle,
/// or one for all of them.
struct circles_shape {
  std::vector<point> centers{};
  std::vector<double> radii{};
  std::vector<color> colors{};
  /// The outline of all.
  std::optional<stroke_style> outline{};
};

/// Many straight lines, each from starts[i] to ends[i]. `widths` and `colors` have one entry a
/// line, or one for all of them. Translucent lines add up where they cross.
struct segments_shape {
  std::vector<point> starts{};
  std::vector<point> ends{};
  std::vector<double> widths{};
  std::vector<color> colors{};
};

struct shape;

/// Shapes painted as one, with an opacity of the whole in [0, 1].
struct group_shape {
  std::vector<shape> children;
  double opacity = 1.0;
};

struct shape {
  std::variant<path_shape, circle_shape, rectangle_shape, text_shape, circles_shape, segments_shape,
               group_shape>
      value{};
  /// What it stands for, for programs: the class of the SVG element ("bar", "tick-label"). Empty or
  /// an identifier of letters, digits, - and _.
  std::string role{};
  /// For people: shown when the pointer rests on it, read aloud by screen readers. May be empty.
  std::string title{};
};

struct drawing {
  double width = 640.0;
  double height = 480.0;
  /// Behind everything; nothing: transparent.
  std::optional<color> background = white;
  std::vector<shape> shapes{};
  /// For screen readers: what it shows, and what it says.
  std::string title{};
  std::string description{};
  /// Of the text, such as "en" or "zh": chooses among glyphs. May be empty.
  std::string language{};
};

/// The drawing as an SVG 1.1 document, ending with a newline: real text in a list of sans-serif
/// faces with Chinese fall-backs, coordinates to a hundredth of a pixel. No script, no reference to
/// anything outside. What is not UTF-8, and control characters, become U+FFFD. Not finite
/// coordinates: std::invalid_argument, as are `radii`, `colors` and `widths` of another length than
/// 1 or that of the shape, and a size that is not positive. O(shapes): 43,000 circles and 98,000
/// segments take 0.1 s and 6 MB. Same drawing, same bytes.
[[nodiscard]] std::string render_svg(const drawing& picture);

struct png_options {
  /// Pixels a CSS pixel is wide; 2 gives a page of 96 CSS pixels an inch 192 dots an inch. Written
  /// into the file as its resolution.
  double scale = 2.0;
};

struct png_result {
  /// The file.
  std::string bytes;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  /// The texts that hold a character for which no font of the machine has a glyph; the picture
  /// shows boxes there. The first hundred.
  std::vector<std::string> without_glyphs;
};

/// The drawing on a grid of pixels, with anti-aliasing, by cairo and Pango with the fonts of the
/// machine. Says by `exec.log` when a text cannot be shown, with what to do. Throws as render_svg,
/// std::invalid_argument for more than 32,767 pixels a side or 2^28 in all, and cancelled.
/// O(shapes + pixels): 43,000 circles and 98,000 segments take about a second, segments shared out
/// among threads. The bytes depend on
/// the fonts and on cairo's version.
[[nodiscard]] png_result render_png(const drawing& picture, const png_options& options = {},
                                    const execution& exec = {});

/// About how wide a text is set in a common sans-serif face (the widths of Helvetica, 1 em for wide
/// East Asian characters), to place labels without drawing them. An estimate: faces differ by some
/// percent.
[[nodiscard]] double text_width(std::string_view text, double size, bool is_bold = false);

/// The text, or as much of it as fits, with an ellipsis.
[[nodiscard]] std::string shorten_to_width(std::string_view text, double size, double width);

}  // namespace valuenet
