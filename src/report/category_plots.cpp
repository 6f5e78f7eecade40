#include "valuenet/report/category_plots.hpp"

#include "valuenet/network/published.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>
#include <numeric>
#include <stdexcept>

#include <fmt/format.h>

#include "report/figure.hpp"

namespace valuenet {
namespace {

// --- Bars --------------------------------------------------------------------------------------

struct bar_data {
  std::vector<std::string> categories;
  std::vector<bar_series> series;
};

void check_bars(const std::vector<std::string>& categories, const std::vector<bar_series>& series,
                const bar_plot_options& options) {
  for (const bar_series& each : series) {
    if (each.values.size() != categories.size()) {
      throw std::invalid_argument(
          fmt::format("plot_bars: series '{}' has {} values for {} categories", each.label,
                      each.values.size(), categories.size()));
    }
    for (std::size_t i = 0; i < categories.size(); ++i) {
      if (!each.values[i]) continue;
      const double value = *each.values[i];
      if (!std::isfinite(value) ||
          (value < 0.0 && options.arrangement != bar_arrangement::beside)) {
        throw std::invalid_argument(
            fmt::format("plot_bars: '{}' of series '{}' is {}; expected a finite number{}",
                        categories[i], each.label, value,
                        options.arrangement == bar_arrangement::beside
                            ? ""
                            : " that is not negative, as bars are stacked"));
      }
    }
  }
}

double sum_of(const std::vector<bar_series>& series, std::size_t category) {
  double sum = 0.0;
  for (const bar_series& each : series) sum += each.values[category].value_or(0.0);
  return sum;
}

// The largest categories in descending order, and the rest as one.
bar_data largest_of(const std::vector<std::string>& categories,
                    const std::vector<bar_series>& series, std::size_t most,
                    const std::string& others) {
  if (most == 0) return {categories, series};
  std::vector<std::size_t> order(categories.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<double> sums;
  for (std::size_t i = 0; i < order.size(); ++i) sums.push_back(sum_of(series, i));
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return sums[a] > sums[b]; });
  const std::size_t kept = std::min(most, order.size());
  bar_data data;
  for (std::size_t i = 0; i < kept; ++i) data.categories.push_back(categories[order[i]]);
  for (const bar_series& each : series) {
    bar_series shown{.label = each.label};
    for (std::size_t i = 0; i < kept; ++i) shown.values.push_back(each.values[order[i]]);
    if (kept < order.size()) {
      double rest = 0.0;
      for (std::size_t i = kept; i < order.size(); ++i) rest += each.values[order[i]].value_or(0.0);
      shown.values.push_back(rest);
    }
    data.series.push_back(std::move(shown));
  }
  if (kept < order.size()) {
    data.categories.push_back(fmt::format(fmt::runtime(others), order.size() - kept));
  }
  return data;
}

// A bar, or a part of a stack, in units of the axis.
struct bar_part {
  std::size_t category;
  std::size_t series;
  double from;
  double to;
  double value;
  double share;
};

std::vector<bar_part> parts_of(const bar_data& data, bar_arrangement arrangement) {
  std::vector<bar_part> parts;
  std::vector<double> totals;
  for (const bar_series& each : data.series) {
    double total = 0.0;
    for (const auto& value : each.values) total += value.value_or(0.0);
    totals.push_back(total);
  }
  for (std::size_t c = 0; c < data.categories.size(); ++c) {
    const double sum = sum_of(data.series, c);
    double from = 0.0;
    for (std::size_t s = 0; s < data.series.size(); ++s) {
      const auto& value = data.series[s].values[c];
      if (!value) continue;
      const double whole = arrangement == bar_arrangement::beside ? totals[s] : sum;
      const double share = whole != 0.0 ? *value / whole : 0.0;
      if (arrangement == bar_arrangement::beside) {
        parts.push_back({c, s, 0.0, *value, *value, share});
        continue;
      }
      const double length = arrangement == bar_arrangement::shares ? share : *value;
      parts.push_back({c, s, from, from + length, *value, share});
      from += length;
    }
  }
  return parts;
}

std::string label_of(const bar_part& part, const bar_plot_options& options) {
  const std::string value =
      options.values_are_shares ? short_percent(part.value) : short_number(part.value);
  switch (options.labels) {
    case bar_labels::none:
      return {};
    case bar_labels::values:
      return value;
    case bar_labels::shares:
      return short_percent(part.share);
    case bar_labels::both:
      break;
  }
  return options.values_are_shares ? value : value + " (" + short_percent(part.share) + ")";
}

// Parts of a stack lie next to each other: in this order neighbours differ most in lightness, so
// that they can be told apart in grey too.
color part_color(std::size_t part, bar_arrangement arrangement) {
  constexpr std::array<std::size_t, distinct_categories> order{0, 4, 2, 5, 1, 3, 6};
  if (arrangement == bar_arrangement::beside) return category_color(part);
  const std::size_t round = part / distinct_categories;
  return category_color(round * distinct_categories + order[part % distinct_categories]);
}

// Where bars lie across the axis of categories.
struct bar_slots {
  double step;       // from one category to the next
  double thickness;  // of one bar
  std::size_t beside;

  [[nodiscard]] double begin(const bar_part& part) const {
    const double group = thickness * static_cast<double>(beside);
    const double within = beside > 1 ? thickness * static_cast<double>(part.series) : 0.0;
    return step * static_cast<double>(part.category) + (step - group) / 2.0 + within;
  }
};

bar_slots slots_of(double length, const bar_data& data, bar_arrangement arrangement) {
  bar_slots slots{};
  slots.beside =
      arrangement == bar_arrangement::beside ? std::max<std::size_t>(1, data.series.size()) : 1;
  slots.step = length / static_cast<double>(std::max<std::size_t>(1, data.categories.size()));
  slots.thickness = std::min(slots.step * 0.78, 34.0 * static_cast<double>(slots.beside)) /
                    static_cast<double>(slots.beside);
  return slots;
}

axis value_axis(const std::vector<bar_part>& parts, const bar_plot_options& options) {
  double low = 0.0;
  double high = 0.0;
  bool is_whole = true;
  for (const bar_part& part : parts) {
    low = std::min(low, part.to);
    high = std::max(high, part.to);
    is_whole = is_whole && std::nearbyint(part.value) == part.value;
  }
  const bool is_share = options.arrangement == bar_arrangement::shares;
  axis a = is_share ? axis{} : axis_over(scale_kind::linear, low, high, true);
  a.words = is_share || options.values_are_shares ? tick_words::percent : tick_words::plain;
  a.is_whole = is_whole && a.words == tick_words::plain;
  a.label = options.quantity;
  return a;
}

std::string title_of(const bar_part& part, const bar_data& data, const bar_plot_options& options) {
  std::string text = data.categories[part.category];
  if (!data.series[part.series].label.empty()) text += ", " + data.series[part.series].label;
  return text + ": " +
         (options.values_are_shares ? short_percent(part.value) : short_number(part.value)) + " (" +
         short_percent(part.share) + ")";
}

void draw_horizontal(figure& sheet, const bar_data& data, const std::vector<bar_part>& parts,
                     const bar_plot_options& options) {
  box plot = sheet.area();
  double names = 0.0;
  for (const std::string& each : data.categories) {
    names = std::max(names, text_width(each, tick_size) * 1.04);
  }
  names = std::min(names, plot.width() * 0.38);
  const double names_end = plot.left + names + 2.0;
  plot.left += names + 8.0;
  const bool is_stack = options.arrangement != bar_arrangement::beside;
  axis a = value_axis(parts, options);
  plot.bottom -= 4.0 + tick_size + 8.0 + (a.label.empty() ? 0.0 : label_size + 6.0);
  const bar_slots slots = slots_of(plot.height(), data, options.arrangement);
  const double size = std::clamp(slots.thickness * 0.8, 7.0, 10.5);
  // Room for the longest label behind its bar, and before those of negative values.
  double room = 8.0;
  if (!is_stack) {
    double room_left = 0.0;
    for (const bar_part& part : parts) {
      if (!(part.to < 0.0)) continue;
      const double begin = (part.to - a.low) / (a.high - a.low);
      room_left = std::max(
          room_left, text_width(label_of(part, options), size) * 1.06 + 8.0 - begin * plot.width());
    }
    plot.left += std::min(room_left, plot.width() * 0.3);
    for (const bar_part& part : parts) {
      if (part.to < 0.0) continue;
      const double end = (part.to - a.low) / (a.high - a.low);
      const double label = text_width(label_of(part, options), size) * 1.06 + 8.0;
      // The bar ends at end * (width - room): label must end within width.
      if (end > 0.0) room = std::max(room, label - (1.0 - end) * plot.width());
    }
    room = std::min(room, plot.width() * 0.5);
  } else {
    room = 16.0;
  }
  plot.right -= room;
  const auto x_of = [&](double value) { return plot.left + place_on(a, value) * plot.width(); };
  int most = 6;
  std::vector<tick> ticks = ticks_of(a, most);
  const auto crowded = [&] {
    double last = -1e9;
    for (const tick& each : ticks) {
      const double half = (text_width(each.text, tick_size) + 10.0) / 2.0;
      if (x_of(each.value) - half < last) return true;
      last = x_of(each.value) + half;
    }
    return false;
  };
  while (most > 1 && crowded()) ticks = ticks_of(a, --most);
  for (const tick& each : ticks) {
    const double x = x_of(each.value);
    sheet.add_line({x, plot.top}, {x, plot.bottom}, {grid_gray, 0.7}, "grid");
    sheet.add_line({x, plot.bottom}, {x, plot.bottom + 4.0}, {ink, 1.0}, "x-tick");
    sheet.add({text_shape{.position = {x, plot.bottom + 9.0},
                          .content = each.text,
                          .superscript = each.superscript,
                          .size = tick_size,
                          .anchor = text_anchor::middle,
                          .height = text_height::top},
               "x-tick-label"});
  }
  for (std::size_t c = 0; c < data.categories.size(); ++c) {
    const double middle = plot.top + slots.step * (static_cast<double>(c) + 0.5);
    sheet.add_text(
        shorten_to_width(data.categories[c], std::min(tick_size, slots.step * 0.95), names),
        {names_end, middle}, std::min(tick_size, slots.step * 0.95), text_anchor::end,
        text_height::middle, "category");
  }
  for (const bar_part& part : parts) {
    const double x0 = x_of(std::min(part.from, part.to));
    const double x1 = x_of(std::max(part.from, part.to));
    const double y = plot.top + slots.begin(part);
    const color fill = part_color(part.series, options.arrangement);
    sheet.add({rectangle_shape{
                   {x0, y},
                   x1 - x0,
                   slots.thickness,
                   {.fill = fill,
                    .stroke = is_stack ? std::optional(stroke_style{white, 0.8}) : std::nullopt}},
               "bar", title_of(part, data, options)});
    const std::string label = label_of(part, options);
    if (label.empty()) continue;
    const double middle = y + slots.thickness / 2.0;
    if (is_stack) {
      std::string inside = label;
      if (text_width(inside, size) + 6.0 > x1 - x0) inside = short_percent(part.share);
      if (options.labels == bar_labels::values) inside = label;
      if (text_width(inside, size) + 5.0 > x1 - x0) continue;
      sheet.add_text(inside, {(x0 + x1) / 2.0, middle}, size, text_anchor::middle,
                     text_height::middle, "bar-label", contrasting_ink(fill));
    } else if (part.to >= 0.0) {
      // Where there is no room for the share, the value alone.
      const double behind = sheet.area().right - x1 - 4.0;
      std::string fitting = label;
      if (text_width(fitting, size) > behind) fitting = label.substr(0, label.find(" ("));
      if (text_width(fitting, size) > behind) continue;
      sheet.add_text(fitting, {x1 + 4.0, middle}, size, text_anchor::start, text_height::middle,
                     "bar-label");
    } else {
      sheet.add_text(label, {x0 - 4.0, middle}, size, text_anchor::end, text_height::middle,
                     "bar-label");
    }
  }
  sheet.add_line({x_of(0.0), plot.top}, {x_of(0.0), plot.bottom}, {ink, 1.0}, "axis");
  sheet.add_line({plot.left, plot.bottom}, {plot.right, plot.bottom}, {ink, 1.0}, "axis");
  if (!a.label.empty()) {
    sheet.add_text(a.label, {plot.middle_x(), plot.bottom + tick_size + 16.0}, label_size,
                   text_anchor::middle, text_height::top, "axis-title");
  }
}

void draw_vertical(figure& sheet, const bar_data& data, const std::vector<bar_part>& parts,
                   const bar_plot_options& options) {
  box within = sheet.area();
  // Names lie flat where they fit, else they lean.
  const double step = (within.width() - 60.0) /
                      static_cast<double>(std::max<std::size_t>(1, data.categories.size()));
  double widest = 0.0;
  for (const std::string& each : data.categories) {
    widest = std::max(widest, text_width(each, tick_size));
  }
  const bool leans = widest + 6.0 > step;
  const double below = leans ? std::min(widest * 0.71 + 12.0, within.height() * 0.35) : 0.0;
  box upper = within;
  upper.bottom -= below;
  axis a = value_axis(parts, options);
  const bool is_stack = options.arrangement != bar_arrangement::beside;
  if (!is_stack && options.labels != bar_labels::none) {
    const double room = (a.high - a.low) * 0.05;
    a.high += room;
    if (a.low < 0.0) a.low -= room;
  }
  const axis x{.low = 0.0,
               .high = static_cast<double>(std::max<std::size_t>(1, data.categories.size())),
               .words = tick_words::plain};
  // The panel's own ticks of x do not name categories: an axis without any in its range.
  axis silent = x;
  silent.low = 0.25;
  silent.high = 0.75;
  silent.is_whole = true;
  const panel on(sheet, upper, silent, a, {.has_vertical_grid = false});
  const box& plot = on.plot();
  const bar_slots slots = slots_of(plot.width(), data, options.arrangement);
  const auto y_of = [&](double value) { return plot.bottom - place_on(a, value) * plot.height(); };
  for (const bar_part& part : parts) {
    const double y0 = y_of(std::max(part.from, part.to));
    const double y1 = y_of(std::min(part.from, part.to));
    const double left = plot.left + slots.begin(part);
    const color fill = part_color(part.series, options.arrangement);
    sheet.add({rectangle_shape{
                   {left, y0},
                   slots.thickness,
                   y1 - y0,
                   {.fill = fill,
                    .stroke = is_stack ? std::optional(stroke_style{white, 0.8}) : std::nullopt}},
               "bar", title_of(part, data, options)});
    std::string label = label_of(part, options);
    const double size = std::clamp(slots.thickness * 0.36, 7.0, 10.0);
    if (text_width(label, size) >
        (is_stack ? slots.thickness : slots.step / static_cast<double>(slots.beside)) - 1.0) {
      label = options.labels == bar_labels::values ? "" : short_percent(part.share);
      if (options.arrangement == bar_arrangement::beside && options.labels == bar_labels::both) {
        label = options.values_are_shares ? short_percent(part.value) : short_number(part.value);
      }
    }
    if (label.empty() || text_width(label, size) > slots.step / static_cast<double>(slots.beside))
      continue;
    if (is_stack) {
      if (y1 - y0 < size + 3.0) continue;
      sheet.add_text(label, {left + slots.thickness / 2.0, (y0 + y1) / 2.0}, size,
                     text_anchor::middle, text_height::middle, "bar-label", contrasting_ink(fill));
    } else {
      sheet.add_text(label, {left + slots.thickness / 2.0, part.to >= 0.0 ? y0 - 3.0 : y1 + size},
                     size, text_anchor::middle, text_height::baseline, "bar-label");
    }
  }
  if (a.low < 0.0) {
    sheet.add_line({plot.left, y_of(0.0)}, {plot.right, y_of(0.0)}, {ink, 0.8}, "axis");
  }
  for (std::size_t c = 0; c < data.categories.size(); ++c) {
    const double middle = plot.left + slots.step * (static_cast<double>(c) + 0.5);
    if (leans) {
      sheet.add({text_shape{.position = {middle + 3.0, plot.bottom + 9.0},
                            .content = shorten_to_width(
                                data.categories[c], tick_size,
                                std::min(below * 1.35, (middle - within.left) * 1.38)),
                            .size = tick_size,
                            .anchor = text_anchor::end,
                            .height = text_height::middle,
                            .rotation = -45.0},
                 "category"});
    } else {
      sheet.add_text(data.categories[c], {middle, plot.bottom + 9.0}, tick_size,
                     text_anchor::middle, text_height::top, "category");
    }
  }
}

}  // namespace

drawing plot_bars(const std::vector<std::string>& categories, const std::vector<bar_series>& series,
                  const bar_plot_options& given) {
  check_bars(categories, series, given);
  bar_plot_options options = given;
  // A stack of one is a bar.
  if (series.size() == 1 && options.arrangement == bar_arrangement::stacked) {
    options.arrangement = bar_arrangement::beside;
  }
  const bool is_chinese = options.plot.language == plot_language::chinese;
  const bar_data data =
      largest_of(categories, series, options.most, is_chinese ? "其他（{}）" : "others ({})");
  const std::vector<bar_part> parts = parts_of(data, options.arrangement);
  const bool is_horizontal = options.direction == bar_direction::horizontal;
  const bool is_beside = options.arrangement == bar_arrangement::beside;
  const double bars =
      static_cast<double>(data.categories.size()) *
      (is_beside ? std::max(1.0, 0.6 * static_cast<double>(data.series.size())) : 1.0);
  const double height = is_horizontal ? std::clamp(110.0 + bars * 20.0, 180.0, 20000.0)
                                      : height_in_proportion(options.plot, 600.0, 400.0);
  figure sheet(options.plot, "", 600, height);
  if (parts.empty()) sheet.add_notes({sheet.words("No values.", "没有数据。")});
  // Shares of a total that negative values made smaller would say nothing.
  const bool has_negative = std::any_of(parts.begin(), parts.end(),
                                        [](const bar_part& part) { return part.value < 0.0; });
  if (has_negative && options.labels != bar_labels::none) options.labels = bar_labels::values;
  std::vector<legend_entry> legend;
  for (std::size_t s = 0; s < data.series.size() && data.series.size() > 1; ++s) {
    legend.push_back({.label = data.series[s].label,
                      .color = part_color(s, options.arrangement),
                      .key = legend_key::patch});
  }
  sheet.add_legend(legend);
  if (is_horizontal) {
    draw_horizontal(sheet, data, parts, options);
  } else {
    draw_vertical(sheet, data, parts, options);
  }
  return sheet.finish(fmt::format("{} bars", parts.size()));
}

// --- Radar -------------------------------------------------------------------------------------

drawing plot_radar(const std::vector<std::string>& axes, const std::vector<radar_series>& series,
                   const radar_plot_options& options) {
  if (axes.size() < 3) {
    throw std::invalid_argument(
        fmt::format("plot_radar: {} axes; expected at least 3: draw bars instead", axes.size()));
  }
  if (series.size() > 12) {
    throw std::invalid_argument(fmt::format(
        "plot_radar: {} series; expected at most 12, nobody can tell more apart", series.size()));
  }
  double highest = 0.0;
  for (const radar_series& each : series) {
    if (each.values.size() != axes.size()) {
      throw std::invalid_argument(fmt::format("plot_radar: series '{}' has {} values for {} axes",
                                              each.label, each.values.size(), axes.size()));
    }
    for (const auto& value : each.values) {
      if (!value) continue;
      if (!(*value >= 0.0) || !std::isfinite(*value)) {
        throw std::invalid_argument(fmt::format(
            "plot_radar: series '{}' has the value {}; expected 0 or more", each.label, *value));
      }
      highest = std::max(highest, *value);
    }
  }
  if (options.maximum && !(*options.maximum > 0.0 && std::isfinite(*options.maximum))) {
    throw std::invalid_argument(
        fmt::format("radar_plot_options: maximum is {}; expected above 0", *options.maximum));
  }
  figure sheet(options.plot, "", 560, height_in_proportion(options.plot, 560.0, 500.0));
  std::vector<legend_entry> legend;
  for (std::size_t s = 0; s < series.size(); ++s) {
    legend.push_back({.label = series[s].label,
                      .color = category_color(s),
                      .key = legend_key::line_with_marker,
                      .dashes = dashes_of(s),
                      .marker = marker_of(s)});
  }
  sheet.add_legend(legend);
  axis a = axis_over(scale_kind::linear, 0.0, options.maximum.value_or(highest), true);
  if (options.maximum) a.high = *options.maximum;
  const box& area = sheet.area();
  const point center{area.middle_x(), area.middle_y() + 4.0};
  // Names beside the circle may take lines of at most 110 pixels.
  double names = 0.0;
  for (const std::string& each : axes) names = std::max(names, text_width(each, tick_size) * 1.04);
  const double radius = std::max(40.0, std::min(area.width() / 2.0 - std::min(110.0, names) - 14.0,
                                                area.height() / 2.0 - 34.0));
  const auto angle_of = [&](std::size_t i) {
    return 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(axes.size()) -
           std::numbers::pi / 2.0;
  };
  const auto at = [&](std::size_t i, double value) {
    const double r = radius * place_on(a, value);
    return point{center.x + r * std::cos(angle_of(i)), center.y + r * std::sin(angle_of(i))};
  };
  const std::vector<tick> ticks = ticks_of(a, 5);
  for (const tick& each : ticks) {
    if (each.value <= 0.0) continue;
    std::vector<point> ring;
    for (std::size_t i = 0; i < axes.size(); ++i) ring.push_back(at(i, each.value));
    sheet.add({path_shape{polyline(ring, true), {.stroke = stroke_style{grid_gray, 0.8}}}, "grid"});
  }
  for (std::size_t i = 0; i < axes.size(); ++i) {
    sheet.add_line(center, at(i, a.high), {color{190, 190, 190}, 0.8}, "axis");
    const double c = std::cos(angle_of(i));
    const double s = std::sin(angle_of(i));
    const point edge{center.x + (radius + 10.0) * c, center.y + (radius + 10.0) * s};
    const text_anchor anchor = c > 0.15    ? text_anchor::start
                               : c < -0.15 ? text_anchor::end
                                           : text_anchor::middle;
    const double room = anchor == text_anchor::start ? area.right - edge.x
                        : anchor == text_anchor::end ? edge.x - area.left
                                                     : area.width() * 0.6;
    std::vector<std::string> lines = wrapped(axes[i], tick_size * 1.04, std::max(30.0, room));
    if (lines.size() > 3) {
      lines.resize(3);
      lines.back() += "…";
    }
    double y = edge.y + s * 6.0 - static_cast<double>(lines.size() - 1) * 6.5 * (1.0 - s);
    for (const std::string& line : lines) {
      sheet.add_text(line, {edge.x, y}, tick_size, anchor, text_height::middle, "axis-name");
      y += 13.0;
    }
  }
  for (std::size_t s = 0; s < series.size(); ++s) {
    std::vector<point> corners;
    for (std::size_t i = 0; i < axes.size(); ++i) {
      if (series[s].values[i]) corners.push_back(at(i, std::min(a.high, *series[s].values[i])));
    }
    if (corners.empty()) continue;
    const color paint = category_color(s);
    sheet.add({path_shape{polyline(corners, true),
                          {.fill = with_opacity(paint, series.size() > 4 ? 0.04 : 0.10),
                           .stroke = stroke_style{paint, 2.0, dashes_of(s)}}},
               "radar", series[s].label});
    for (const point& corner : corners) {
      sheet.add(marker_at(marker_of(s), corner, 3.2, paint, "point"));
    }
  }
  for (const tick& each : ticks) {
    if (each.value <= 0.0) continue;
    const point place = at(0, each.value);
    sheet.add({text_shape{.position = {place.x + 4.0, place.y + 1.0},
                          .content = each.text,
                          .superscript = each.superscript,
                          .size = 9.5,
                          .height = text_height::middle,
                          .color = muted_ink,
                          .halo = stroke_style{white, 2.5}},
               "ring-label"});
  }
  return sheet.finish(fmt::format("{} series over {} axes", series.size(), axes.size()));
}

// --- Published and computed --------------------------------------------------------------------

namespace {

// A number as printed: 43,742 or 12.4% (then `scale` is 100, and the digits are those of 12.4).
struct printed_text {
  double value = 0.0;
  std::string digits;
  double scale = 1.0;
};

printed_text number_in(const compared_value& value) {
  printed_text number;
  for (const char c : value.published) {
    if (c != ',' && c != ' ') number.digits += c;
  }
  std::string& text = number.digits;
  if (!text.empty() && text.back() == '%') {
    text.pop_back();
    number.scale = 100.0;
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number.value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number.value)) {
    throw std::invalid_argument(
        fmt::format("plot_published: '{}' is published as '{}'; expected a number", value.label,
                    value.published));
  }
  number.value /= number.scale;
  return number;
}

}  // namespace

drawing plot_published(const std::vector<compared_value>& values,
                       const published_plot_options& options) {
  const bool is_chinese = options.plot.language == plot_language::chinese;
  constexpr double row = 21.0;
  figure sheet(options.plot, is_chinese ? "公布值与计算值" : "Published and computed values", 680,
               150.0 + row * static_cast<double>(values.size()));
  struct line {
    std::optional<double> difference;
    bool is_reproduced = false;
  };
  std::vector<line> lines;
  double reach = 0.0;
  for (const compared_value& each : values) {
    const printed_text published = number_in(each);
    line one;
    if (each.computed) {
      one.is_reproduced = reproduces(*each.computed * published.scale, published.digits);
      if (published.value != 0.0) {
        one.difference = (*each.computed - published.value) / std::abs(published.value);
        reach = std::max(reach, std::min(1.0, std::abs(*one.difference)));
      }
    }
    lines.push_back(one);
  }
  sheet.add_notes(
      {sheet.words("Difference: (computed − published) / |published|. Filled: the computed value "
                   "rounds to the printed one.",
                   "差异：（计算值 − 公布值）/ |公布值|。实心：计算值四舍五入后与公布值一致。")});
  const color good = category_color(0);
  const color bad = category_color(1);
  box plot = sheet.area();
  double names = 0.0;
  double printed = text_width(sheet.words("published", "公布值"), tick_size);
  double computed = text_width(sheet.words("computed", "计算值"), tick_size);
  for (const compared_value& each : values) {
    names = std::max(names, text_width(each.label, tick_size) * 1.04);
    printed = std::max(printed, text_width(each.published, tick_size));
    if (each.computed)
      computed = std::max(computed, text_width(short_number(*each.computed), tick_size));
  }
  names = std::min(names, plot.width() * 0.36);
  const double printed_end = plot.right - computed - 22.0;
  const double computed_end = plot.right;
  plot.left += names + 12.0;
  plot.right = printed_end - printed - 20.0;
  plot.top += tick_size + 12.0;
  plot.bottom -= 4.0 + tick_size + label_size + 16.0;
  sheet.add_text(sheet.words("published", "公布值"), {printed_end, sheet.area().top}, tick_size,
                 text_anchor::end, text_height::top, "column", muted_ink);
  sheet.add_text(sheet.words("computed", "计算值"), {computed_end, sheet.area().top}, tick_size,
                 text_anchor::end, text_height::top, "column", muted_ink);
  // At least one percent to either side: less is shown as nothing.
  const axis half = axis_over(scale_kind::linear, 0.0, std::max(0.01, reach * 1.02), true);
  axis a{.low = -half.high, .high = half.high, .words = tick_words::percent};
  const auto x_of = [&](double difference) {
    return plot.left + place_on(a, std::clamp(difference, -1.0, 1.0)) * plot.width();
  };
  int most = 6;
  std::vector<tick> ticks = ticks_of(a, most);
  while (most > 2 && static_cast<double>(ticks.size()) * 46.0 > plot.width()) {
    ticks = ticks_of(a, --most);
  }
  for (const tick& each : ticks) {
    const double x = x_of(each.value);
    sheet.add_line({x, plot.top}, {x, plot.bottom}, {grid_gray, 0.7}, "grid");
    sheet.add_line({x, plot.bottom}, {x, plot.bottom + 4.0}, {ink, 1.0}, "x-tick");
    sheet.add_text(each.text, {x, plot.bottom + 9.0}, tick_size, text_anchor::middle,
                   text_height::top, "x-tick-label");
  }
  sheet.add_text(sheet.words("relative difference", "相对差异"),
                 {plot.middle_x(), plot.bottom + tick_size + 16.0}, label_size, text_anchor::middle,
                 text_height::top, "axis-title");
  sheet.add_line({plot.left, plot.bottom}, {plot.right, plot.bottom}, {ink, 1.0}, "axis");
  sheet.add_line({x_of(0.0), plot.top}, {x_of(0.0), plot.bottom}, {ink, 1.0}, "axis");
  const double step = plot.height() / static_cast<double>(std::max<std::size_t>(1, values.size()));
  std::size_t agreeing = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double y = plot.top + step * (static_cast<double>(i) + 0.5);
    sheet.add_text(shorten_to_width(values[i].label, tick_size, names), {plot.left - 10.0, y},
                   tick_size, text_anchor::end, text_height::middle, "row");
    sheet.add_text(values[i].published, {printed_end, y}, tick_size, text_anchor::end,
                   text_height::middle, "published");
    sheet.add_text(
        values[i].computed ? short_number(*values[i].computed) : sheet.words("undefined", "无定义"),
        {computed_end, y}, tick_size, text_anchor::end, text_height::middle, "computed");
    agreeing += lines[i].is_reproduced ? 1 : 0;
    if (!lines[i].difference) continue;
    const double difference = *lines[i].difference;
    const double x = x_of(difference);
    const color paint = lines[i].is_reproduced ? good : bad;
    sheet.add_line({x_of(0.0), y}, {x, y}, {paint, 1.6}, "stem");
    const std::string title = fmt::format("{}: {:+.3g}%", values[i].label, difference * 100.0);
    if (std::abs(difference) > 1.0) {
      const double s = difference > 0.0 ? 1.0 : -1.0;
      sheet.add({path_shape{polyline({{x, y - 5.0}, {x + 8.0 * s, y}, {x, y + 5.0}}, true),
                            {.fill = paint}},
                 "difference", title});
      continue;
    }
    sheet.add({circle_shape{{x, y},
                            4.5,
                            {.fill = lines[i].is_reproduced ? paint : white,
                             .stroke = stroke_style{paint, 2.0}}},
               "difference", title});
  }
  return sheet.finish(
      fmt::format("{} of {} computed values round to the published ones", agreeing, values.size()));
}

}  // namespace valuenet
