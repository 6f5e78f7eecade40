#include "report/shape_checks.hpp"

#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "detail/utf8.hpp"

namespace valuenet {
namespace {

// Far beyond any page, and far below what the renderers can hold.
constexpr double largest = 1e7;

void check_number(double value, const char* what) {
  if (!(std::abs(value) <= largest)) {
    throw std::invalid_argument(
        fmt::format("drawing: {} is {}; expected a number between -1e7 and 1e7", what, value));
  }
}

void check_positive(double value, const char* what) {
  check_number(value, what);
  if (!(value > 0.0)) {
    throw std::invalid_argument(
        fmt::format("drawing: {} is {}; expected a positive number", what, value));
  }
}

void check_not_negative(double value, const char* what) {
  check_number(value, what);
  if (value < 0.0) {
    throw std::invalid_argument(
        fmt::format("drawing: {} is {}; expected no negative number", what, value));
  }
}

void check_point(point value) {
  check_number(value.x, "an x");
  check_number(value.y, "a y");
}

void check_stroke(const std::optional<stroke_style>& stroke) {
  if (!stroke) return;
  check_not_negative(stroke->width, "a stroke's width");
  for (const double dash : stroke->dashes) check_positive(dash, "a dash");
}

void check_length(std::size_t length, std::size_t shapes, const char* what) {
  if (length == shapes || (length == 1 && shapes > 0)) return;
  throw std::invalid_argument(fmt::format(
      "drawing: {} has {} entries for {} shapes; expected one, or one each", what, length, shapes));
}

void check_identifier(const std::string& role) {
  for (const char c : role) {
    const bool is_fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (!is_fine) {
      throw std::invalid_argument(fmt::format(
          "drawing: the role '{}' holds '{}'; expected letters, digits, - and _", role, c));
    }
  }
}

struct checker {
  void operator()(const path_shape& each) const {
    for (const path_step& step : each.outline.steps()) {
      check_point(step.to);
      if (step.verb != path_verb::curve) continue;
      check_point(step.control1);
      check_point(step.control2);
    }
    check_stroke(each.style.stroke);
  }
  void operator()(const circle_shape& each) const {
    check_point(each.center);
    check_not_negative(each.radius, "a radius");
    check_stroke(each.style.stroke);
  }
  void operator()(const rectangle_shape& each) const {
    check_point(each.corner);
    check_not_negative(each.width, "a rectangle's width");
    check_not_negative(each.height, "a rectangle's height");
    check_stroke(each.style.stroke);
  }
  void operator()(const text_shape& each) const {
    check_point(each.position);
    check_positive(each.size, "a text's size");
    check_number(each.rotation, "a text's rotation");
    check_stroke(each.halo);
  }
  void operator()(const circles_shape& each) const {
    check_length(each.radii.size(), each.centers.size(), "radii");
    check_length(each.colors.size(), each.centers.size(), "colors");
    for (const point& center : each.centers) check_point(center);
    for (const double radius : each.radii) check_not_negative(radius, "a radius");
    check_stroke(each.outline);
  }
  void operator()(const segments_shape& each) const {
    if (each.starts.size() != each.ends.size()) {
      throw std::invalid_argument(fmt::format("drawing: segments have {} starts and {} ends",
                                              each.starts.size(), each.ends.size()));
    }
    check_length(each.widths.size(), each.starts.size(), "widths");
    check_length(each.colors.size(), each.starts.size(), "colors");
    for (const point& start : each.starts) check_point(start);
    for (const point& end : each.ends) check_point(end);
    for (const double width : each.widths) check_not_negative(width, "a segment's width");
  }
  void operator()(const group_shape& each) const {
    if (!(each.opacity >= 0.0 && each.opacity <= 1.0)) {
      throw std::invalid_argument(
          fmt::format("drawing: an opacity is {}; expected 0 to 1", each.opacity));
    }
    check(each.children);
  }
  static void check(const std::vector<shape>& shapes) {
    for (const shape& each : shapes) {
      check_identifier(each.role);
      std::visit(checker{}, each.value);
    }
  }
};

}  // namespace

void check_drawing(const drawing& picture) {
  check_positive(picture.width, "the width");
  check_positive(picture.height, "the height");
  checker::check(picture.shapes);
}

std::string shown_text(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const char32_t code = detail::next_code_point(text, i);
    if (code == '\t' || code == '\n' || code == '\r') {
      shown += ' ';
    } else if (code < 0x20 || (code >= 0x7F && code < 0xA0) ||
               code == detail::replacement_character || code == 0xFFFE || code == 0xFFFF) {
      shown += "\xEF\xBF\xBD";
    } else {
      shown.append(text.substr(begin, i - begin));
    }
  }
  return shown;
}

double baseline_below(const text_shape& text) noexcept {
  // The capitals of Helvetica and its kin are 0.72 em high.
  switch (text.height) {
    case text_height::middle:
      return 0.36 * text.size;
    case text_height::top:
      return 0.72 * text.size;
    case text_height::baseline:
      break;
  }
  return 0.0;
}

}  // namespace valuenet
