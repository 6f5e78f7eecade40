#include "report/figure.hpp"

#include "valuenet/report/table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <unordered_set>

#include <fmt/format.h>

#include "detail/utf8.hpp"

namespace valuenet {
namespace {

constexpr double margin = 14.0;

double checked(const std::optional<double>& given, double usual, double least, const char* what) {
  const double length = given.value_or(usual);
  if (length >= least && length <= 20000.0) return length;
  throw std::invalid_argument(
      fmt::format("plot_options: {} is {}; expected {} to 20000 pixels", what, length, least));
}

double tick_width(const tick& each) {
  return text_width(each.text, tick_size) + text_width(each.superscript, 0.7 * tick_size);
}

// Fewer ticks, until their texts leave room between each other.
std::vector<tick> ticks_within(const axis& a, double length, bool is_horizontal) {
  for (int most = a.is_whole && is_horizontal ? 20 : 8;; --most) {
    std::vector<tick> ticks = ticks_of(a, most);
    double last_end = -1e9;
    bool fits = true;
    for (const tick& each : ticks) {
      if (each.is_minor()) continue;
      const double at = place_on(a, each.value) * length;
      const double half = (is_horizontal ? tick_width(each) + 8.0 : tick_size + 6.0) / 2.0;
      fits = fits && at - half >= last_end;
      last_end = at + half;
    }
    if (fits || most <= 1) return ticks;
  }
}

}  // namespace

marker marker_of(std::size_t series) noexcept {
  constexpr std::array kinds{
      marker::circle, marker::square, marker::triangle, marker::diamond, marker::inverted_triangle,
      marker::cross};
  return kinds[series % kinds.size()];
}

std::vector<double> dashes_of(std::size_t series) {
  switch (series % 4) {
    case 1:
      return {7, 3};
    case 2:
      return {2, 2.5};
    case 3:
      return {8, 3, 2, 3};
    default:
      return {};
  }
}

shape marker_at(marker kind, point c, double r, color fill, std::string role) {
  const shape_style style{.fill = fill, .stroke = stroke_style{white, 0.6}};
  std::vector<point> corners;
  switch (kind) {
    case marker::none:
    case marker::circle:
      return {circle_shape{c, r, style}, std::move(role)};
    case marker::square:
      corners = {{c.x - .9 * r, c.y - .9 * r},
                 {c.x + .9 * r, c.y - .9 * r},
                 {c.x + .9 * r, c.y + .9 * r},
                 {c.x - .9 * r, c.y + .9 * r}};
      break;
    case marker::triangle:
      corners = {
          {c.x, c.y - 1.2 * r}, {c.x + 1.1 * r, c.y + .8 * r}, {c.x - 1.1 * r, c.y + .8 * r}};
      break;
    case marker::diamond:
      corners = {
          {c.x, c.y - 1.3 * r}, {c.x + 1.3 * r, c.y}, {c.x, c.y + 1.3 * r}, {c.x - 1.3 * r, c.y}};
      break;
    case marker::inverted_triangle:
      corners = {
          {c.x, c.y + 1.2 * r}, {c.x + 1.1 * r, c.y - .8 * r}, {c.x - 1.1 * r, c.y - .8 * r}};
      break;
    case marker::cross: {
      const double a = .4 * r;
      const double b = 1.2 * r;
      corners = {{c.x - a, c.y - b}, {c.x + a, c.y - b}, {c.x + a, c.y - a}, {c.x + b, c.y - a},
                 {c.x + b, c.y + a}, {c.x + a, c.y + a}, {c.x + a, c.y + b}, {c.x - a, c.y + b},
                 {c.x - a, c.y + a}, {c.x - b, c.y + a}, {c.x - b, c.y - a}, {c.x - a, c.y - a}};
      break;
    }
  }
  return {path_shape{polyline(corners, true), style}, std::move(role)};
}

double height_in_proportion(const plot_options& options, double usual_width, double usual_height) {
  const double ratio = options.width.value_or(usual_width) / usual_width;
  return usual_height * std::clamp(ratio, 0.75, 4.0);
}

figure::figure(const plot_options& options, std::string_view title, double width, double height)
    : language_(options.language) {
  picture_.width = checked(options.width, width, 200.0, "width");
  picture_.height = checked(options.height, height, 150.0, "height");
  picture_.title = options.title.value_or(std::string(title));
  picture_.language = language_ == plot_language::chinese ? "zh" : "en";
  area_ = {margin, margin, picture_.width - margin, picture_.height - margin};
  if (!options.note.empty()) add_notes({options.note});
  if (picture_.title.empty()) {
    picture_.title = title;  // for screen readers; not drawn
    return;
  }
  for (const std::string& line : wrapped(picture_.title, title_size * 1.07, area_.width())) {
    add_text(line, {area_.left, area_.top}, title_size, text_anchor::start, text_height::top,
             "title", ink, true);
    area_.top += title_size * 1.3;
  }
  area_.top += 4.0;
}

void figure::add_notes(const std::vector<std::string>& notes) {
  std::vector<std::string> lines;
  for (const std::string& note : notes) {
    for (std::string& line : wrapped(note, note_size, area_.width())) {
      lines.push_back(std::move(line));
    }
  }
  if (lines.empty()) return;
  if (has_notes_) area_.bottom += 6.0;
  area_.bottom -= static_cast<double>(lines.size()) * note_size * 1.35;
  double y = area_.bottom + note_size * 1.35;
  for (std::string& line : lines) {
    add_text(std::move(line), {area_.left, y}, note_size, text_anchor::start, text_height::baseline,
             "note", muted_ink);
    y += note_size * 1.35;
  }
  area_.bottom -= 6.0;  // from the plot
  has_notes_ = true;
}

void figure::add_legend(const std::vector<legend_entry>& entries) {
  if (entries.empty()) return;
  constexpr double key_width = 22.0;
  constexpr double row_height = 17.0;
  double x = area_.left;
  double y = area_.top + row_height / 2.0;
  for (const legend_entry& entry : entries) {
    const std::string label =
        shorten_to_width(entry.label, tick_size, area_.width() - key_width - 6.0);
    const double width = key_width + 6.0 + text_width(label, tick_size) * 1.04;
    if (x > area_.left && x + width > area_.right) {
      x = area_.left;
      y += row_height;
    }
    const point left{x, y};
    const point right{x + key_width, y};
    const point middle{x + key_width / 2.0, y};
    if (entry.key == legend_key::patch) {
      add({rectangle_shape{{x + 6.0, y - 5.5}, 11.0, 11.0, {.fill = entry.color}}, "legend-key"});
    }
    if (entry.key == legend_key::line || entry.key == legend_key::line_with_marker) {
      add_line(left, right, {entry.color, entry.width, entry.dashes}, "legend-key");
    }
    if (entry.key == legend_key::points || entry.key == legend_key::line_with_marker) {
      add(marker_at(entry.marker, middle, 3.6, entry.color, "legend-key"));
    }
    add_text(label, {x + key_width + 6.0, y}, tick_size, text_anchor::start, text_height::middle,
             "legend");
    x += width + 16.0;
  }
  area_.top = y + row_height / 2.0 + 6.0;
}

void figure::add_text(std::string content, point at, double size, text_anchor anchor,
                      text_height height, std::string role, color paint, bool is_bold) {
  add({text_shape{.position = at,
                  .content = std::move(content),
                  .size = size,
                  .anchor = anchor,
                  .height = height,
                  .is_bold = is_bold,
                  .color = paint},
       std::move(role)});
}

void figure::add_line(point from, point to, stroke_style stroke, std::string role) {
  add({path_shape{polyline({from, to}), {.stroke = std::move(stroke)}}, std::move(role)});
}

drawing figure::finish(std::string description) {
  picture_.description = std::move(description);
  return std::move(picture_);
}

std::vector<std::string> wrapped(std::string_view text, double size, double width) {
  std::vector<std::string> lines;
  std::string line;
  double used = 0.0;
  std::size_t break_at = 0;  // bytes of `line` before which it may end; 0: nowhere
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    static_cast<void>(detail::next_code_point(text, i));
    const std::string_view character = text.substr(begin, i - begin);
    if (character == "\n") {
      lines.push_back(line);
      line.clear();
      used = 0.0;
      break_at = 0;
      continue;
    }
    const double more = text_width(character, size);
    if (used + more > width && !line.empty() && character != " ") {
      const std::size_t end = break_at > 0 ? break_at : line.size();
      std::string rest = line.substr(end);
      line.resize(end);
      while (!line.empty() && line.back() == ' ') line.pop_back();
      lines.push_back(std::move(line));
      line = std::move(rest);
      used = text_width(line, size);
      break_at = 0;
    }
    // Chinese may be broken before any character but a mark of punctuation.
    const bool is_mark =
        std::string_view("，。、；：！？）》”").find(character) != std::string_view::npos;
    if (display_width(character) == 2 && !is_mark && !line.empty()) break_at = line.size();
    line += character;
    used += more;
    if (character == " ") break_at = line.size();
  }
  if (!line.empty() || lines.empty()) lines.push_back(line);
  return lines;
}

panel::panel(figure& on, const box& within, axis x, axis y, const panel_options& options)
    : figure_(on), x_(std::move(x)), y_(std::move(y)), plot_(within) {
  constexpr double tick_length = 4.0;
  if (!options.title.empty()) {
    figure_.add_text(shorten_to_width(options.title, label_size, within.width() / 1.07),
                     {within.left, plot_.top}, label_size, text_anchor::start, text_height::top,
                     "panel-title", ink, true);
    plot_.top += label_size + 8.0;
  }
  plot_.top += tick_size / 2.0;  // half of the topmost tick's text
  plot_.bottom -= tick_length + tick_size + 8.0;
  if (!x_.label.empty()) plot_.bottom -= label_size + 6.0;
  plot_.bottom = std::max(plot_.bottom, plot_.top + 20.0);
  const std::vector<tick> y_ticks = ticks_within(y_, plot_.height(), false);
  double widest = 0.0;
  for (const tick& each : y_ticks) widest = std::max(widest, tick_width(each));
  plot_.left += widest + tick_length + 6.0;
  if (!y_.label.empty()) plot_.left += label_size + 8.0;
  plot_.right = std::max(plot_.right, plot_.left + 20.0);
  // The last tick's text may not leave the box.
  std::vector<tick> x_ticks = ticks_within(x_, plot_.width(), true);
  for (auto last = x_ticks.rbegin(); last != x_ticks.rend(); ++last) {
    if (last->is_minor()) continue;
    const double end =
        plot_.left + place_on(x_, last->value) * plot_.width() + tick_width(*last) / 2.0;
    if (end > within.right) plot_.right -= end - within.right;
    break;
  }
  x_ticks = ticks_within(x_, plot_.width(), true);

  for (const tick& each : y_ticks) {
    const double at = plot_.bottom - place_on(y_, each.value) * plot_.height();
    if (!each.is_minor()) {
      figure_.add_line({plot_.left, at}, {plot_.right, at}, {grid_gray, 0.7}, "grid");
    }
  }
  for (const tick& each : x_ticks) {
    const double at = plot_.left + place_on(x_, each.value) * plot_.width();
    if (!each.is_minor() && options.has_vertical_grid) {
      figure_.add_line({at, plot_.top}, {at, plot_.bottom}, {grid_gray, 0.7}, "grid");
    }
  }
  figure_.add_line({plot_.left, plot_.top}, {plot_.left, plot_.bottom}, {ink, 1.0}, "axis");
  figure_.add_line({plot_.left, plot_.bottom}, {plot_.right, plot_.bottom}, {ink, 1.0}, "axis");
  for (const tick& each : y_ticks) {
    const double at = plot_.bottom - place_on(y_, each.value) * plot_.height();
    const double length = each.is_minor() ? tick_length * 0.6 : tick_length;
    figure_.add_line({plot_.left - length, at}, {plot_.left, at},
                     {ink, each.is_minor() ? 0.6 : 1.0}, "y-tick");
    if (each.is_minor()) continue;
    figure_.add({text_shape{.position = {plot_.left - tick_length - 3.0, at},
                            .content = each.text,
                            .superscript = each.superscript,
                            .size = tick_size,
                            .anchor = text_anchor::end,
                            .height = text_height::middle},
                 "y-tick-label"});
  }
  for (const tick& each : x_ticks) {
    const double at = plot_.left + place_on(x_, each.value) * plot_.width();
    const double length = each.is_minor() ? tick_length * 0.6 : tick_length;
    figure_.add_line({at, plot_.bottom}, {at, plot_.bottom + length},
                     {ink, each.is_minor() ? 0.6 : 1.0}, "x-tick");
    if (each.is_minor()) continue;
    figure_.add({text_shape{.position = {at, plot_.bottom + tick_length + 5.0},
                            .content = each.text,
                            .superscript = each.superscript,
                            .size = tick_size,
                            .anchor = text_anchor::middle,
                            .height = text_height::top},
                 "x-tick-label"});
  }
  if (!x_.label.empty()) {
    figure_.add_text(shorten_to_width(x_.label, label_size, within.width()),
                     {plot_.middle_x(), plot_.bottom + tick_length + tick_size + 12.0}, label_size,
                     text_anchor::middle, text_height::top, "axis-title");
  }
  if (!y_.label.empty()) {
    figure_.add({text_shape{.position = {within.left, plot_.middle_y()},
                            .content = shorten_to_width(y_.label, label_size, within.height()),
                            .size = label_size,
                            .anchor = text_anchor::middle,
                            .height = text_height::top,
                            .rotation = -90.0},
                 "axis-title"});
  }
}

void panel::mark(double x, const std::string& word, const std::string& role, color paint,
                 mark_side side, double down) {
  const double at = this->at(x, y_.low).x;
  figure_.add_line({at, plot_.top}, {at, plot_.bottom}, {paint, 1.2, {4, 3}}, role);
  if (word.empty()) return;
  const double width = text_width(word, tick_size) + 6.0;
  const bool fits_right = at + width <= plot_.right;
  const bool fits_left = at - width >= plot_.left;
  const bool is_right =
      side == mark_side::right ? fits_right || !fits_left : fits_right && !fits_left;
  figure_.add({text_shape{.position = {at + (is_right ? 5.0 : -5.0), plot_.top + 2.0 + down},
                          .content = word,
                          .size = tick_size,
                          .anchor = is_right ? text_anchor::start : text_anchor::end,
                          .height = text_height::top,
                          .color = paint,
                          .halo = stroke_style{white, 3.0}},
               role + "-label"});
}

std::vector<box> divided(const box& area, std::size_t count, std::size_t columns, double gap) {
  std::vector<box> boxes;
  columns = std::max<std::size_t>(1, std::min(columns, count));
  const std::size_t rows = (count + columns - 1) / columns;
  const double width =
      (area.width() - gap * static_cast<double>(columns - 1)) / static_cast<double>(columns);
  const double height = (area.height() - gap * 0.6 * static_cast<double>(rows - 1)) /
                        static_cast<double>(std::max<std::size_t>(1, rows));
  for (std::size_t i = 0; i < count; ++i) {
    const double left = area.left + static_cast<double>(i % columns) * (width + gap);
    const double top = area.top + static_cast<double>(i / columns) * (height + gap * 0.6);
    boxes.push_back({left, top, left + width, top + height});
  }
  return boxes;
}

std::vector<point> thinned(const std::vector<point>& points, double least) {
  std::vector<point> kept;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (kept.empty() || i + 1 == points.size() ||
        std::hypot(points[i].x - kept.back().x, points[i].y - kept.back().y) >= least) {
      kept.push_back(points[i]);
    }
  }
  return kept;
}

std::vector<point> without_hidden(const std::vector<point>& points, double least) {
  std::vector<point> kept;
  std::unordered_set<std::uint64_t> cells;
  for (const point& each : points) {
    const auto column = static_cast<std::uint32_t>(static_cast<std::int64_t>(each.x / least));
    const auto row = static_cast<std::uint32_t>(static_cast<std::int64_t>(each.y / least));
    if (cells.insert(std::uint64_t{column} << 32U | row).second) kept.push_back(each);
  }
  return kept;
}

}  // namespace valuenet
