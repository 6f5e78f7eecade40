// Labels beside what they name, without overlap.
#pragma once

#include "valuenet/report/drawing.hpp"

#include <optional>
#include <string>
#include <vector>

namespace valuenet::detail {

struct box {
  double left = 0.0;
  double top = 0.0;
  double right = 0.0;
  double bottom = 0.0;
};

[[nodiscard]] constexpr bool overlap(const box& a, const box& b) noexcept {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

struct circle_obstacle {
  point center{};
  double radius = 0.0;
};

/// What is to be named: a circle, and the text.
struct label_request {
  point center{};
  double radius = 0.0;
  std::string text{};
  double size = 10.0;
  bool is_bold = false;
};

struct label_placing_options {
  /// No label leaves this.
  box page{};
  /// What no label may cover.
  std::vector<box> taken{};
  /// What labels should not cover, if there is another place.
  std::vector<circle_obstacle> obstacles{};
  /// Whether a label may stand on its circle where it fits in it.
  bool inside = true;
  /// Whether a label for which there is no free place is left out, or stands over obstacles (never
  /// over another label).
  bool must_be_clear = false;
};

struct placed_label {
  box bounds{};
  bool is_inside = false;
  /// Of the text's middle.
  point position{};
};

/// A place for each label, the first first: inside its circle, to its right, left, above, below, or
/// further off in one of eight directions. Labels never overlap each other, nor what is taken;
/// nothing where no place is left. Among the places that are left, one that covers the fewest
/// obstacles. O(labels (labels + obstacles)).
[[nodiscard]] std::vector<std::optional<placed_label>> place_labels(
    const std::vector<label_request>& labels, const label_placing_options& options);

/// Draws a placed label: in its circle in this colour, else in ink with a halo.
void draw_label(drawing& picture, const label_request& label, const placed_label& at,
                valuenet::color inside);

}  // namespace valuenet::detail
