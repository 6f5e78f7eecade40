#include "valuenet/report/time_plots.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "report/figure.hpp"

namespace valuenet {
namespace {

void check_curves(const std::vector<double>& x, const std::vector<curve_panel>& panels) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!std::isfinite(x[i]) || (i > 0 && !(x[i] > x[i - 1]))) {
      throw std::invalid_argument(
          fmt::format("plot_curves: x[{}] is {}; expected finite values that ascend", i, x[i]));
    }
  }
  for (const curve_panel& each : panels) {
    for (const curve& one : each.curves) {
      if (one.values.size() != x.size()) {
        throw std::invalid_argument(fmt::format("plot_curves: curve '{}' has {} values for {} x",
                                                one.label, one.values.size(), x.size()));
      }
      for (const auto& value : one.values) {
        if (value && !std::isfinite(*value)) {
          throw std::invalid_argument(
              fmt::format("plot_curves: curve '{}' has the value {}", one.label, *value));
        }
      }
    }
  }
}

axis y_axis_of(const curve_panel& each) {
  double low = HUGE_VAL;
  double high = -HUGE_VAL;
  bool is_whole = true;
  for (const curve& one : each.curves) {
    for (const auto& value : one.values) {
      if (!value) continue;
      low = std::min(low, *value);
      high = std::max(high, *value);
      is_whole = is_whole && std::nearbyint(*value) == *value;
    }
  }
  // From 0, unless that would press the curves into the upper third.
  const bool from_zero = !(low > 0.0 && low > (high - low) * 2.0 && high > low);
  axis a = low <= high ? axis_over(scale_kind::linear, low, high, from_zero) : axis{};
  a.is_whole = is_whole && !each.is_share && a.high - a.low >= 1.0;
  a.words = each.is_share ? tick_words::percent : tick_words::plain;
  a.label = each.quantity;
  return a;
}

void draw_curve(figure& sheet, const panel& on, const std::vector<double>& x, const curve& one,
                std::size_t style, bool has_markers) {
  const color paint = category_color(style);
  std::vector<point> run;
  const auto flush = [&] {
    if (run.size() > 1) {
      sheet.add({path_shape{polyline(thinned(run, 0.5)),
                            {.stroke = stroke_style{paint, 2.0, dashes_of(style)}}},
                 "curve", one.label});
    }
    if (has_markers || run.size() == 1) {
      for (const point& each : run)
        sheet.add(marker_at(marker_of(style), each, 3.2, paint, "point"));
    }
    run.clear();
  };
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (one.values[i]) {
      run.push_back(on.at(x[i], *one.values[i]));
    } else {
      flush();
    }
  }
  flush();
}

}  // namespace

drawing plot_curves(const std::vector<double>& x, const std::vector<curve_panel>& panels,
                    const curve_plot_options& options) {
  check_curves(x, panels);
  const std::size_t count = panels.size();
  const auto most_columns =
      static_cast<std::size_t>(std::clamp(options.plot.width.value_or(720.0) / 150.0, 1.0, 100.0));
  const std::size_t columns = std::min<std::size_t>(most_columns, count <= 1   ? 1
                                                                  : count <= 4 ? 2
                                                                               : 3);
  const std::size_t rows = count == 0 ? 1 : (count + columns - 1) / columns;
  figure sheet(options.plot, "", count <= 1 ? 560 : 720,
               count <= 1 ? height_in_proportion(options.plot, 560.0, 380.0)
                          : 60.0 + 230.0 * static_cast<double>(rows));
  if (count == 0 || x.empty()) sheet.add_notes({sheet.words("No values.", "没有数据。")});
  // Where all panels have the same curves, one legend serves; a single curve needs none.
  std::vector<std::string> labels;
  for (const curve_panel& each : panels) {
    for (const curve& one : each.curves) {
      if (std::find(labels.begin(), labels.end(), one.label) == labels.end()) {
        labels.push_back(one.label);
      }
    }
  }
  const bool has_legend = std::any_of(
      panels.begin(), panels.end(), [](const curve_panel& each) { return each.curves.size() > 1; });
  const bool has_markers = x.size() <= 40;
  if (has_legend) {
    std::vector<legend_entry> legend;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      legend.push_back({.label = labels[i],
                        .color = category_color(i),
                        .key = has_markers ? legend_key::line_with_marker : legend_key::line,
                        .dashes = dashes_of(i),
                        .marker = marker_of(i)});
    }
    sheet.add_legend(legend);
  }
  axis x_axis =
      axis_over(scale_kind::linear, x.empty() ? 0.0 : x.front(), x.empty() ? 0.0 : x.back());
  if (!x.empty()) {
    // Curves run from edge to edge, with a little air for the markers.
    const double air = x.back() > x.front() ? (x.back() - x.front()) * 0.03 : 0.5;
    x_axis.low = x.front() - air;
    x_axis.high = x.back() + air;
  }
  x_axis.words = options.x_is_year ? tick_words::year : tick_words::plain;
  x_axis.is_whole = options.x_is_year;
  const std::vector<box> boxes = divided(sheet.area(), count, columns);
  for (std::size_t p = 0; p < count; ++p) {
    axis this_x = x_axis;
    // Only the lowest panels name what x is.
    if (p + columns >= count) {
      this_x.label = options.quantity.value_or(sheet.words("year", "年份"));
    }
    panel on(sheet, boxes[p], this_x, y_axis_of(panels[p]),
             {.title = panels[p].title, .has_vertical_grid = false});
    for (const curve& one : panels[p].curves) {
      const auto style = static_cast<std::size_t>(
          std::find(labels.begin(), labels.end(), one.label) - labels.begin());
      draw_curve(sheet, on, x, one, has_legend ? style : 0, has_markers);
    }
  }
  return sheet.finish(fmt::format("{} panels", count));
}

drawing plot_evolution(const evolution_result& evolution,
                       const std::vector<std::string>& statistics,
                       const curve_plot_options& options) {
  if (evolution.slices.empty()) {
    throw std::invalid_argument("plot_evolution: no slice; the network has no dated relation");
  }
  std::vector<double> years;
  for (const network_slice& slice : evolution.slices) years.push_back(slice.until_year);
  std::vector<curve_panel> panels;
  for (const std::string& name : statistics) {
    const statistic* last = evolution.slices.back().summary.find(name);
    if (last == nullptr) {
      std::string known;
      for (const statistic& each : evolution.slices.back().summary.statistics) {
        known += (known.empty() ? "" : ", ") + each.name;
      }
      throw std::invalid_argument(
          fmt::format("plot_evolution: no statistic '{}'; there are {}", name, known));
    }
    curve_panel one{.title = options.plot.language == plot_language::chinese ? last->label_zh
                                                                             : last->label};
    curve values{.label = name};
    for (const network_slice& slice : evolution.slices) {
      const statistic* each = slice.summary.find(name);
      values.values.push_back(each != nullptr ? each->value : std::nullopt);
    }
    one.curves.push_back(std::move(values));
    panels.push_back(std::move(one));
  }
  return plot_curves(years, panels, options);
}

// --- Ranks -------------------------------------------------------------------------------------

namespace {

// Places for labels at about `wanted`, ascending, at least `least` apart, within [low, high].
std::vector<double> spread_out(std::vector<double> wanted, double least, double low, double high) {
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    wanted[i] = std::max(wanted[i], i == 0 ? low : wanted[i - 1] + least);
  }
  double limit = high;
  for (std::size_t i = wanted.size(); i-- > 0;) {
    wanted[i] = std::min(wanted[i], limit);
    limit = wanted[i] - least;
  }
  return wanted;
}

}  // namespace

drawing plot_rank_changes(const std::vector<int>& years, const std::vector<ranked_object>& objects,
                          const rank_plot_options& options) {
  if (years.empty()) throw std::invalid_argument("plot_rank_changes: no year");
  for (std::size_t t = 1; t < years.size(); ++t) {
    if (years[t] <= years[t - 1]) {
      throw std::invalid_argument(fmt::format(
          "plot_rank_changes: year {} after {}; expected ascending years", years[t], years[t - 1]));
    }
  }
  for (const ranked_object& each : objects) {
    if (each.ranks.size() != years.size()) {
      throw std::invalid_argument(fmt::format("plot_rank_changes: '{}' has {} ranks for {} years",
                                              each.label, each.ranks.size(), years.size()));
    }
    for (const auto& rank : each.ranks) {
      if (rank && !(*rank >= 1.0 && std::isfinite(*rank))) {
        throw std::invalid_argument(fmt::format(
            "plot_rank_changes: '{}' has the rank {}; expected 1 or more", each.label, *rank));
      }
    }
  }
  // Those ranked first in the last year; those without a rank then come last.
  std::vector<const ranked_object*> shown;
  for (const ranked_object& each : objects) shown.push_back(&each);
  std::stable_sort(shown.begin(), shown.end(), [](const ranked_object* a, const ranked_object* b) {
    return a->ranks.back().value_or(HUGE_VAL) < b->ranks.back().value_or(HUGE_VAL);
  });
  if (options.most > 0 && shown.size() > options.most) shown.resize(options.most);

  const bool is_chinese = options.plot.language == plot_language::chinese;
  constexpr double row = 21.0;
  figure sheet(options.plot, is_chinese ? "名次变化" : "Ranks over the years",
               std::clamp(380.0 + 46.0 * static_cast<double>(years.size()), 460.0, 760.0),
               std::clamp(80.0 + row * static_cast<double>(std::max<std::size_t>(5, shown.size())),
                          180.0, 20000.0));
  if (shown.size() < objects.size()) {
    sheet.add_notes({fmt::format(
        fmt::runtime(sheet.words("The first {} of {} in {}.", "{2} 年前 {0} 名（共 {1} 个）。")),
        shown.size(), objects.size(), years.back())});
  }
  double widest = 0.0;
  double last_rank = 1.0;
  for (const ranked_object* each : shown) {
    widest = std::max(widest, text_width(each->label, tick_size) * 1.04);
    for (const auto& rank : each->ranks) last_rank = std::max(last_rank, rank.value_or(1.0));
  }
  const box& area = sheet.area();
  const double digits = text_width(short_number(last_rank), tick_size) + 11.0;
  const double change = 34.0;
  widest = std::min(widest, area.width() * 0.27);
  box plot = area;
  const bool has_one_year = years.size() == 1;
  plot.left += digits + (has_one_year ? 0.0 : widest + 8.0);
  plot.right -= digits + widest + 8.0 + (has_one_year ? 0.0 : change);
  plot.top += tick_size + 12.0;
  plot.bottom -= 8.0;
  // Ranks as far as names go have a row each; those far below, from which some have risen, are
  // pressed together logarithmically in the lowest fifth.
  const auto rows = static_cast<double>(std::max<std::size_t>(1, shown.size()));
  const bool is_pressed = last_rank > 1.6 * rows;
  const double last_row = is_pressed ? rows : last_rank;
  const double straight = (plot.height() - 16.0) * (is_pressed ? 0.8 : 1.0);
  const auto y_of = [&](double rank) {
    if (last_rank <= 1.0) return plot.middle_y();
    if (rank <= last_row) {
      return plot.top + 8.0 + (last_row > 1.0 ? (rank - 1.0) / (last_row - 1.0) * straight : 0.0);
    }
    return plot.bottom - 8.0 -
           (plot.height() - 16.0 - straight) *
               (1.0 - std::log1p(rank - last_row) / std::log1p(last_rank - last_row));
  };
  if (is_pressed) {
    const double y = (y_of(last_row) + y_of(last_row + 1.0)) / 2.0;
    sheet.add_line({plot.left, y}, {plot.right, y}, {neutral_gray, 0.8, {3, 3}}, "pressed");
  }
  const auto x_of = [&](std::size_t t) {
    if (has_one_year) return plot.left + 12.0;
    return plot.left + (years[t] - years.front()) /
                           static_cast<double>(years.back() - years.front()) * plot.width();
  };
  // Years above; fewer where they do not fit.
  double last_end = -1e9;
  for (std::size_t t = 0; t < years.size(); ++t) {
    const double x = x_of(t);
    sheet.add_line({x, plot.top}, {x, plot.bottom}, {grid_gray, 0.7}, "grid");
    const std::string word = std::to_string(years[t]);
    const double half = text_width(word, tick_size) / 2.0 + 4.0;
    const bool would_hide_last = t + 1 < years.size() && x + half > x_of(years.size() - 1) - half;
    if (x - half < last_end || would_hide_last) continue;
    sheet.add_text(word, {x, area.top}, tick_size, text_anchor::middle, text_height::top, "year");
    last_end = x + half;
  }
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const ranked_object& each = *shown[i];
    const color paint = category_color(i);
    std::vector<point> run;
    const auto flush = [&] {
      if (run.size() > 1) {
        path line;
        line.move_to(run.front());
        for (std::size_t k = 1; k < run.size(); ++k) {
          const double half = (run[k].x - run[k - 1].x) / 2.0;
          line.curve_to({run[k - 1].x + half, run[k - 1].y}, {run[k].x - half, run[k].y}, run[k]);
        }
        sheet.add({path_shape{std::move(line), {.stroke = stroke_style{paint, 2.0}}}, "rank-line",
                   each.label});
      }
      for (const point& p : run) {
        sheet.add({circle_shape{p, 3.6, {.fill = paint, .stroke = stroke_style{white, 0.8}}},
                   "point", each.label});
      }
      run.clear();
    };
    for (std::size_t t = 0; t < years.size(); ++t) {
      if (each.ranks[t]) {
        run.push_back({x_of(t), y_of(*each.ranks[t])});
      } else {
        flush();
      }
    }
    flush();
  }
  // Names at both ends, one below the other where ranks are tied.
  const auto name_side = [&](std::size_t t, bool is_right) {
    std::vector<const ranked_object*> here;
    for (const ranked_object* each : shown) {
      if (each->ranks[t]) here.push_back(each);
    }
    std::stable_sort(here.begin(), here.end(), [&](const ranked_object* a, const ranked_object* b) {
      return *a->ranks[t] < *b->ranks[t];
    });
    std::vector<double> wanted;
    for (const ranked_object* each : here) wanted.push_back(y_of(*each->ranks[t]));
    const double least =
        std::min(13.0, (area.bottom - plot.top) /
                           static_cast<double>(std::max<std::size_t>(1, here.size())));
    const std::vector<double> places = spread_out(wanted, least, plot.top, area.bottom - 4.0);
    const double size = std::min(tick_size, least);
    for (std::size_t i = 0; i < here.size(); ++i) {
      const ranked_object& each = *here[i];
      const std::string rank = short_number(*each.ranks[t]);
      const std::string name = shorten_to_width(each.label, size, widest);
      const double side = is_right ? 1.0 : -1.0;
      const double x = x_of(t) + side * 12.0;
      if (std::abs(places[i] - wanted[i]) > 2.0) {
        sheet.add_line({x_of(t) + side * 4.5, wanted[i]}, {x - side * 2.0, places[i]},
                       {neutral_gray, 0.7}, "leader");
      }
      const text_anchor anchor = is_right ? text_anchor::start : text_anchor::end;
      sheet.add_text(is_right ? rank + "  " + name : name + "  " + rank, {x, places[i]}, size,
                     anchor, text_height::middle, "name");
      if (!is_right || has_one_year || !each.ranks.front()) continue;
      const double risen = *each.ranks.front() - *each.ranks.back();
      const color paint = risen > 0.0   ? category_color(2)
                          : risen < 0.0 ? category_color(1)
                                        : muted_ink;
      sheet.add_text(risen > 0.0   ? "▲" + short_number(risen)
                     : risen < 0.0 ? "▼" + short_number(-risen)
                                   : "–",
                     {area.right, places[i]}, size, text_anchor::end, text_height::middle, "change",
                     paint);
    }
  };
  if (!has_one_year) name_side(0, false);
  name_side(years.size() - 1, true);
  return sheet.finish(fmt::format("{} objects over {} years", shown.size(), years.size()));
}

}  // namespace valuenet
