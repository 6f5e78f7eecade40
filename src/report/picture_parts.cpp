#include "report/picture_parts.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace valuenet::detail {

double checked_side(const char* side, double value, double least) {
  if (!(value >= least) || value > 20'000.0) {
    throw std::invalid_argument("plot_options." + std::string(side) + " is " +
                                std::to_string(value) + "; give " +
                                std::to_string(static_cast<int>(least)) + " to 20,000");
  }
  return value;
}

void add_text(drawing& picture, point at, std::string text, double size, color text_color,
              bool bold) {
  text_shape words;
  words.position = at;
  words.content = std::move(text);
  words.size = size;
  words.height = text_height::middle;
  words.is_bold = bold;
  words.color = text_color;
  add_shape(picture, std::move(words));
}

std::vector<std::string> note_lines(const std::string& note, const std::string& notice) {
  std::vector<std::string> lines;
  if (!notice.empty() && note.find(notice) == std::string::npos) lines.push_back(notice);
  for (std::size_t begin = 0; begin < note.size();) {
    const std::size_t end = std::min(note.find('\n', begin), note.size());
    if (end > begin) lines.push_back(note.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::vector<double> round_steps(double largest, int count) {
  std::vector<double> steps;
  double limit = largest;
  for (int i = 0; i < count && limit > 0.0 && std::isfinite(limit); ++i) {
    const double power = std::pow(10.0, std::floor(std::log10(limit)));
    const double step = limit >= 5.0 * power   ? 5.0 * power
                        : limit >= 2.0 * power ? 2.0 * power
                                               : power;
    steps.push_back(step);
    limit = 0.25 * step;
  }
  return steps;
}

}  // namespace valuenet::detail
