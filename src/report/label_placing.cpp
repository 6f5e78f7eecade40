#include "report/label_placing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "report/picture_parts.hpp"

namespace valuenet::detail {
namespace {

/// Of the text's size: height of a line, and clear space around it.
constexpr double line_height = 1.2;
constexpr double clearance = 0.12;

bool covers(const box& label, const circle_obstacle& obstacle) {
  const double dx = std::clamp(obstacle.center.x, label.left, label.right) - obstacle.center.x;
  const double dy = std::clamp(obstacle.center.y, label.top, label.bottom) - obstacle.center.y;
  return dx * dx + dy * dy < obstacle.radius * obstacle.radius;
}

/// How much of a circle a label covers at most: what lies under its box.
double covered_area(const box& label, const circle_obstacle& obstacle) {
  if (!covers(label, obstacle)) return 0.0;
  const double width = std::min(label.right, obstacle.center.x + obstacle.radius) -
                       std::max(label.left, obstacle.center.x - obstacle.radius);
  const double height = std::min(label.bottom, obstacle.center.y + obstacle.radius) -
                        std::max(label.top, obstacle.center.y - obstacle.radius);
  return std::max(0.0, width) * std::max(0.0, height);
}

box around(point middle, double width, double height) {
  return {middle.x - 0.5 * width, middle.y - 0.5 * height, middle.x + 0.5 * width,
          middle.y + 0.5 * height};
}

}  // namespace

std::vector<std::optional<placed_label>> place_labels(const std::vector<label_request>& labels,
                                                      const label_placing_options& options) {
  // Right, left, above, below, then the corners; y points down.
  constexpr double slant = 0.70710678118654752;
  constexpr std::array<std::pair<double, double>, 8> directions{{{1.0, 0.0},
                                                                 {-1.0, 0.0},
                                                                 {0.0, -1.0},
                                                                 {0.0, 1.0},
                                                                 {slant, -slant},
                                                                 {slant, slant},
                                                                 {-slant, -slant},
                                                                 {-slant, slant}}};
  constexpr std::array<double, 4> distances{0.0, 0.6, 1.4, 2.4};  // in lines
  std::vector<std::optional<placed_label>> result(labels.size());
  std::vector<box> taken = options.taken;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const label_request& label = labels[i];
    const double width = text_width(label.text, label.size, label.is_bold);
    const double height = line_height * label.size;
    const double pad = clearance * label.size;
    double best_cost = HUGE_VAL;
    const auto consider = [&](point middle, bool inside, double cost) {
      const box bounds = around(middle, width + 2.0 * pad, height + 2.0 * pad);
      if (bounds.left < options.page.left || bounds.right > options.page.right ||
          bounds.top < options.page.top || bounds.bottom > options.page.bottom) {
        return;
      }
      for (const box& other : taken) {
        if (overlap(bounds, other)) return;
      }
      double covered = 0.0;
      if (!inside) {
        for (const circle_obstacle& obstacle : options.obstacles) {
          const double area = covered_area(bounds, obstacle);
          // To cover a small circle is as bad as a corner of a large one.
          if (area > 0.0) covered += area + 0.4 * width * height;
        }
        if (options.must_be_clear && covered > 0.0) return;
      }
      cost += covered / (width * height);
      if (cost >= best_cost) return;
      best_cost = cost;
      result[i] = placed_label{.bounds = bounds, .is_inside = inside, .position = middle};
    };
    const bool fits = options.inside && std::hypot(0.5 * width + pad, 0.5 * height) < label.radius;
    if (fits) consider(label.center, true, 0.0);
    if (best_cost == 0.0) {
      taken.push_back(result[i]->bounds);
      continue;
    }
    for (std::size_t step = 0; step < distances.size(); ++step) {
      for (std::size_t d = 0; d < directions.size(); ++d) {
        const auto [x, y] = directions[d];
        const double off = label.radius + pad + distances[step] * height;
        // The box touches the circle of radius `off` on this side.
        const double slide_x = x == 0.0 ? 0.0 : std::copysign(0.5 * width + pad, x);
        const double slide_y = y == 0.0 ? 0.0 : std::copysign(0.5 * height, y);
        consider({label.center.x + off * x + slide_x, label.center.y + off * y + slide_y}, false,
                 0.02 * static_cast<double>(d) + 0.3 * static_cast<double>(step));
      }
    }
    if (result[i]) taken.push_back(result[i]->bounds);
  }
  return result;
}

void draw_label(drawing& picture, const label_request& label, const placed_label& at,
                valuenet::color inside) {
  text_shape words;
  words.position = at.position;
  words.content = label.text;
  words.size = label.size;
  words.anchor = text_anchor::middle;
  words.height = text_height::middle;
  words.is_bold = label.is_bold;
  words.color = at.is_inside ? inside : ink;
  if (words.color == ink) {
    words.halo = stroke_style{.color = with_opacity(white, 0.85), .width = 0.28 * label.size};
  }
  add_shape(picture, std::move(words), "label");
}

}  // namespace valuenet::detail
