// What network pictures and maps have in common.
#pragma once

#include "valuenet/report/drawing.hpp"

#include <string>
#include <utility>
#include <vector>

namespace valuenet::detail {

/// A side of a picture that plot_options may have. Throws std::invalid_argument.
double checked_side(const char* side, double value, double least);

/// Adds a shape on top. Built in its place: moving whole shapes makes GCC 12 see unset members.
template <class Value>
Value& add_shape(drawing& picture, Value value, std::string role = {}, std::string title = {}) {
  shape& made = picture.shapes.emplace_back();
  made.role = std::move(role);
  made.title = std::move(title);
  return made.value.emplace<Value>(std::move(value));
}

/// A line of text whose middle is at the height of the point.
void add_text(drawing& picture, point at, std::string text, double size, color text_color,
              bool bold = false);

/// The lines of a note, the network's own notice before them unless they hold it.
[[nodiscard]] std::vector<std::string> note_lines(const std::string& note,
                                                  const std::string& notice);

/// Up to `count` values for a legend: 1, 2 or 5 times a power of ten, the largest at most
/// `largest`, each at most a quarter of the one before. Empty where nothing is above 0.
[[nodiscard]] std::vector<double> round_steps(double largest, int count);

}  // namespace valuenet::detail
