#include "valuenet/report/drawing.hpp"

#include "valuenet/report/table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "detail/utf8.hpp"

namespace valuenet {
namespace {

// Of Helvetica, whose metrics Arial and Liberation Sans share, in thousandths of an em: U+0020 to
// U+007E.
constexpr std::array<std::uint16_t, 95> helvetica_widths{
    278,  278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,  //   to /
    556,  556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,  // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,  // @ to O
    667,  778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,  // P to _
    333,  556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,  // ` to o
    556,  556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584};      // p to ~

double width_in_em(std::string_view character, char32_t code) {
  if (code >= 0x20 && code < 0x7F) return helvetica_widths[code - 0x20] / 1000.0;
  switch (display_width(character)) {
    case 0:
      return 0.0;
    case 2:
      return 1.0;
    default:
      return code == 0x2026 || code == 0x2014 ? 1.0 : 0.58;
  }
}

}  // namespace

path& path::move_to(point to) {
  steps_.push_back({.verb = path_verb::move, .to = to});
  return *this;
}

path& path::line_to(point to) {
  steps_.push_back({.verb = path_verb::line, .to = to});
  return *this;
}

path& path::curve_to(point control1, point control2, point to) {
  steps_.push_back(
      {.verb = path_verb::curve, .to = to, .control1 = control1, .control2 = control2});
  return *this;
}

path& path::arc(point center, double radius, double from, double to) {
  const auto on_circle = [&](double angle) {
    return point{center.x + radius * std::cos(angle), center.y + radius * std::sin(angle)};
  };
  const point start = on_circle(from);
  if (steps_.empty() || steps_.back().verb == path_verb::close) {
    move_to(start);
  } else if (steps_.back().to != start) {
    line_to(start);
  }
  const int parts =
      std::max(1, static_cast<int>(std::ceil(std::abs(to - from) / (std::numbers::pi / 2) - 1e-9)));
  const double each = (to - from) / parts;
  const double handle = 4.0 / 3.0 * std::tan(each / 4.0) * radius;
  for (int i = 0; i < parts; ++i) {
    const double a = from + each * i;
    const double b = from + each * (i + 1);
    const point begin = on_circle(a);
    const point end = on_circle(b);
    curve_to({begin.x - handle * std::sin(a), begin.y + handle * std::cos(a)},
             {end.x + handle * std::sin(b), end.y - handle * std::cos(b)}, end);
  }
  return *this;
}

path& path::close() {
  steps_.push_back({.verb = path_verb::close, .to = steps_.empty() ? point{} : steps_.back().to});
  return *this;
}

path polyline(const std::vector<point>& points, bool closed) {
  path line;
  for (const point& each : points) {
    if (line.empty()) {
      line.move_to(each);
    } else {
      line.line_to(each);
    }
  }
  if (closed && !line.empty()) line.close();
  return line;
}

double text_width(std::string_view text, double size, bool is_bold) {
  double em = 0.0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const char32_t code = detail::next_code_point(text, i);
    em += width_in_em(text.substr(begin, i - begin), code);
  }
  return em * size * (is_bold ? 1.07 : 1.0);
}

std::string shorten_to_width(std::string_view text, double size, double width) {
  if (text_width(text, size) <= width) return std::string(text);
  const double room = width - text_width("…", size);
  double used = 0.0;
  std::size_t end = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const char32_t code = detail::next_code_point(text, i);
    used += width_in_em(text.substr(begin, i - begin), code) * size;
    if (used > room) break;
    end = i;
  }
  while (end > 0 && text[end - 1] == ' ') --end;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace valuenet
