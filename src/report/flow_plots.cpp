#include "valuenet/report/flow_plots.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <stdexcept>

#include <fmt/format.h>

#include "report/figure.hpp"

namespace valuenet {
namespace {

// The flows that are drawn: the largest groups, and the rest as one.
struct shown_flows {
  std::vector<std::string> givers;
  std::vector<std::string> takers;
  std::vector<double> flow;  // row-major
  double total = 0.0;

  [[nodiscard]] double operator()(std::size_t i, std::size_t j) const {
    return flow[i * takers.size() + j];
  }
};

// Where each group goes: its place among those drawn, by descending size; groups without any flow
// are left out.
struct placing {
  std::vector<std::size_t> place;  // nowhere: not drawn
  std::vector<std::string> names;
};
constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

placing place_groups(const std::vector<std::string>& groups, const std::vector<double>& sizes,
                     std::size_t most, const std::string& others) {
  std::vector<std::size_t> order(groups.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::erase_if(order, [&](std::size_t i) { return !(sizes[i] > 0.0); });
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return sizes[a] > sizes[b]; });
  // One group alone is no rest.
  const std::size_t kept = most == 0 || order.size() <= most + 1 ? order.size() : most;
  placing result{.place = std::vector<std::size_t>(groups.size(), nowhere), .names = {}};
  for (std::size_t k = 0; k < order.size(); ++k) {
    result.place[order[k]] = std::min(k, kept);
    if (k < kept) result.names.push_back(groups[order[k]]);
  }
  if (kept < order.size()) {
    result.names.push_back(fmt::format(fmt::runtime(others), order.size() - kept));
  }
  return result;
}

shown_flows largest_of(const flow_matrix_result& flows, std::size_t most, const figure& sheet) {
  const std::string others = sheet.words("others ({})", "其他（{}）");
  const bool is_square = flows.within.has_value();
  std::vector<double> given = flows.given;
  std::vector<double> taken = flows.taken;
  if (is_square) {
    for (std::size_t i = 0; i < given.size(); ++i) given[i] = taken[i] = given[i] + taken[i];
  }
  const placing rows = place_groups(flows.giver_groups, given, most, others);
  const placing columns = place_groups(flows.taker_groups, taken, most, others);
  shown_flows shown{
      .givers = rows.names, .takers = columns.names, .flow = {}, .total = flows.total};
  shown.flow.assign(rows.names.size() * columns.names.size(), 0.0);
  for (std::size_t i = 0; i < flows.giver_groups.size(); ++i) {
    for (std::size_t j = 0; j < flows.taker_groups.size(); ++j) {
      if (rows.place[i] == nowhere || columns.place[j] == nowhere) continue;
      shown.flow[rows.place[i] * columns.names.size() + columns.place[j]] += flows(i, j);
    }
  }
  return shown;
}

std::string flow_title(const std::string& giver, const std::string& taker, double flow,
                       double total) {
  return fmt::format("{} → {}: {} ({})", giver, taker, short_number(flow),
                     short_percent(total > 0.0 ? flow / total : 0.0));
}

}  // namespace

// --- Heat map ----------------------------------------------------------------------------------

drawing plot_heat_map(const flow_matrix_result& flows, const heat_map_options& options) {
  const bool is_chinese = options.plot.language == plot_language::chinese;
  const std::size_t rows = std::min(
      flows.giver_groups.size(), options.most == 0 ? flows.giver_groups.size() : options.most + 1);
  figure sheet(options.plot, is_chinese ? "流量矩阵" : "Flow matrix", 640,
               std::clamp(190.0 + 24.0 * static_cast<double>(rows), 300.0, 20000.0));
  const shown_flows shown = largest_of(flows, options.most, sheet);
  double lowest = 0.0;
  double highest = 0.0;
  for (const double flow : shown.flow) {
    if (!(flow > 0.0)) continue;
    lowest = lowest == 0.0 ? flow : std::min(lowest, flow);
    highest = std::max(highest, flow);
  }
  std::string note = fmt::format(fmt::runtime(sheet.words("Rows give, columns take; {} in all.",
                                                          "行为输出方，列为接收方；合计 {}。")),
                                 short_number(flows.total));
  const double without =
      flows.without_giver_group + flows.without_taker_group + flows.without_both_groups;
  if (without > 0.0) {
    note += fmt::format(fmt::runtime(sheet.words(" {} more have an end without a group.",
                                                 "另有 {} 的一端没有分组。")),
                        short_number(without));
  }
  sheet.add_notes({note});
  if (!(highest > 0.0)) {
    sheet.add_text(sheet.words("no flow", "没有流量"),
                   {sheet.area().middle_x(), sheet.area().middle_y()}, label_size,
                   text_anchor::middle, text_height::middle, "empty", muted_ink);
    return sheet.finish(note);
  }
  box plot = sheet.area();
  double row_names = 0.0;
  double column_names = 0.0;
  for (const std::string& each : shown.givers) {
    row_names = std::max(row_names, text_width(each, tick_size) * 1.04);
  }
  for (const std::string& each : shown.takers) {
    column_names = std::max(column_names, text_width(each, tick_size) * 1.04);
  }
  row_names = std::min(row_names, plot.width() * 0.28);
  plot.left += label_size + 10.0 + row_names + 6.0;
  plot.right -= 74.0;  // the scale of colours
  const double step_x = plot.width() / static_cast<double>(shown.takers.size());
  const bool is_upright = column_names + 4.0 > step_x;
  const double name_size = std::min(tick_size, step_x * 0.95);
  column_names = is_upright ? std::min(column_names, plot.height() * 0.28) : tick_size;
  plot.top += label_size + 8.0 + column_names + 6.0;
  const double step_y = plot.height() / static_cast<double>(shown.givers.size());

  axis a =
      axis_over(options.scale == color_scale::linear ? scale_kind::linear : scale_kind::logarithmic,
                options.scale == color_scale::linear ? 0.0 : lowest, highest,
                options.scale == color_scale::linear);
  const auto color_of = [&](double flow) {
    return sequential_color(0.06 + 0.94 * place_on(a, flow));
  };
  // As large as the longest value allows.
  double longest = 1.0;
  for (const double flow : shown.flow) {
    if (flow > 0.0) longest = std::max(longest, text_width(short_number(flow), 1.0) * 1.06);
  }
  const double value_size =
      std::clamp(std::min(step_y * 0.55, (step_x - 2.0) / longest), 6.0, 10.5);
  for (std::size_t i = 0; i < shown.givers.size(); ++i) {
    for (std::size_t j = 0; j < shown.takers.size(); ++j) {
      const double flow = shown(i, j);
      if (!(flow > 0.0)) continue;
      const point corner{plot.left + step_x * static_cast<double>(j),
                         plot.top + step_y * static_cast<double>(i)};
      sheet.add({rectangle_shape{corner,
                                 step_x,
                                 step_y,
                                 {.fill = color_of(flow), .stroke = stroke_style{white, 0.6}}},
                 "cell", flow_title(shown.givers[i], shown.takers[j], flow, shown.total)});
      const std::string label = short_number(flow);
      if (text_width(label, value_size) * 1.06 + 2.0 > step_x || value_size + 2.0 > step_y)
        continue;
      sheet.add_text(label, {corner.x + step_x / 2.0, corner.y + step_y / 2.0}, value_size,
                     text_anchor::middle, text_height::middle, "cell-label",
                     contrasting_ink(color_of(flow)));
    }
  }
  sheet.add(
      {rectangle_shape{
           {plot.left, plot.top}, plot.width(), plot.height(), {.stroke = stroke_style{ink, 0.8}}},
       "frame"});
  for (std::size_t i = 0; i < shown.givers.size(); ++i) {
    const double size = std::min(tick_size, step_y * 0.95);
    sheet.add_text(shorten_to_width(shown.givers[i], size, row_names),
                   {plot.left - 6.0, plot.top + step_y * (static_cast<double>(i) + 0.5)}, size,
                   text_anchor::end, text_height::middle, "giver");
  }
  for (std::size_t j = 0; j < shown.takers.size(); ++j) {
    const double x = plot.left + step_x * (static_cast<double>(j) + 0.5);
    if (is_upright) {
      sheet.add({text_shape{.position = {x, plot.top - 6.0},
                            .content = shorten_to_width(shown.takers[j], name_size, column_names),
                            .size = name_size,
                            .height = text_height::middle,
                            .rotation = -90.0},
                 "taker"});
    } else {
      sheet.add_text(shown.takers[j], {x, plot.top - 6.0}, name_size, text_anchor::middle,
                     text_height::baseline, "taker");
    }
  }
  sheet.add_text(sheet.words("taker", "接收方"), {plot.middle_x(), sheet.area().top}, label_size,
                 text_anchor::middle, text_height::top, "axis-title");
  sheet.add({text_shape{.position = {sheet.area().left, plot.middle_y()},
                        .content = sheet.words("giver", "输出方"),
                        .size = label_size,
                        .anchor = text_anchor::middle,
                        .height = text_height::top,
                        .rotation = -90.0},
             "axis-title"});
  // The scale of colours, as many thin bands.
  const double left = plot.right + 16.0;
  const double bar_height = std::min(plot.height(), 240.0);
  constexpr int bands = 64;
  for (int k = 0; k < bands; ++k) {
    const double part = 1.0 - (k + 0.5) / bands;
    sheet.add({rectangle_shape{{left, plot.top + bar_height * k / bands},
                               12.0,
                               bar_height / bands + 0.4,
                               {.fill = sequential_color(0.06 + 0.94 * part)}},
               "color-scale"});
  }
  for (const tick& each : ticks_of(a, 6)) {
    if (each.is_minor()) continue;
    const double y = plot.top + bar_height * (1.0 - place_on(a, each.value));
    sheet.add_line({left + 12.0, y}, {left + 15.0, y}, {ink, 0.8}, "scale-tick");
    sheet.add({text_shape{.position = {left + 18.0, y},
                          .content = each.text,
                          .superscript = each.superscript,
                          .size = 10.0,
                          .height = text_height::middle},
               "scale-label"});
  }
  return sheet.finish(note);
}

// --- Chords ------------------------------------------------------------------------------------

namespace {

struct arc_span {
  double from = 0.0;
  double to = 0.0;
};

// A ribbon between two arcs of the inner circle, bent towards the centre.
path ribbon(point center, double giver_radius, double taker_radius, arc_span giver,
            arc_span taker) {
  const auto on = [&](double radius, double angle) {
    return point{center.x + radius * std::cos(angle), center.y + radius * std::sin(angle)};
  };
  path outline;
  outline.arc(center, giver_radius, giver.from, giver.to);
  outline.curve_to(on(giver_radius * 0.25, giver.to), on(taker_radius * 0.25, taker.from),
                   on(taker_radius, taker.from));
  outline.arc(center, taker_radius, taker.from, taker.to);
  outline.curve_to(on(taker_radius * 0.25, taker.to), on(giver_radius * 0.25, giver.from),
                   on(giver_radius, giver.from));
  outline.close();
  return outline;
}

}  // namespace

drawing plot_chord(const flow_matrix_result& flows, const chord_options& options) {
  if (!flows.within) {
    throw std::invalid_argument(
        "plot_chord: the flows have two groupings, givers' and takers'; a circle needs one: draw a "
        "heat map");
  }
  for (const double flow : flows.flow) {
    if (!(flow >= 0.0)) {
      throw std::invalid_argument(
          fmt::format("plot_chord: a flow is {}; expected 0 or more", flow));
    }
  }
  const bool is_chinese = options.plot.language == plot_language::chinese;
  figure sheet(options.plot, is_chinese ? "流量弦图" : "Flows", 600,
               height_in_proportion(options.plot, 600.0, 620.0));
  shown_flows shown = largest_of(flows, options.most, sheet);
  const std::size_t count = shown.givers.size();
  if (!options.shows_within) {
    for (std::size_t i = 0; i < count; ++i) shown.flow[i * count + i] = 0.0;
  }
  double total = 0.0;
  for (const double flow : shown.flow) total += flow;
  std::string note =
      fmt::format(fmt::runtime(sheet.words(
                      "A ribbon has its giver's colour, touches the giver's arc, and is as wide "
                      "as the flow; {} in all",
                      "弦的颜色为输出方，与输出方的弧相接，宽度为流量；合计 {}")),
                  short_number(total));
  if (!options.shows_within && *flows.within > 0.0) {
    note += fmt::format(
        fmt::runtime(sheet.words("; {} within groups are not drawn", "；组内 {} 未画出")),
        short_number(*flows.within));
  }
  note += sheet.words(".", "。");
  sheet.add_notes({note});
  if (!(total > 0.0)) {
    sheet.add_text(sheet.words("no flow", "没有流量"),
                   {sheet.area().middle_x(), sheet.area().middle_y()}, label_size,
                   text_anchor::middle, text_height::middle, "empty", muted_ink);
    return sheet.finish(note);
  }
  std::vector<double> sizes(count, 0.0);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j) {
      sizes[i] += shown(i, j);
      sizes[j] += shown(i, j);
    }
  }
  double widest = 0.0;
  for (const std::string& each : shown.givers) {
    widest = std::max(widest, text_width(each, tick_size) * 1.04);
  }
  const box& area = sheet.area();
  widest = std::min(widest, std::min(area.width(), area.height()) * 0.24);
  const point center{area.middle_x(), area.middle_y()};
  const double outer = std::max(30.0, std::min(area.width(), area.height()) / 2.0 - widest - 10.0);
  const double inner = outer - std::max(6.0, outer * 0.055);
  const double gap =
      count > 1 ? std::min(0.04, 0.25 * 2.0 * std::numbers::pi / static_cast<double>(count)) : 0.0;
  const double unit = (2.0 * std::numbers::pi - gap * static_cast<double>(count)) / (2.0 * total);
  // Angles: the arc of each group; in it what it gives, then what it takes.
  std::vector<arc_span> arcs(count);
  std::vector<arc_span> gives(count * count);
  std::vector<arc_span> takes(count * count);
  double angle = -std::numbers::pi / 2.0 + gap / 2.0;
  for (std::size_t i = 0; i < count; ++i) {
    arcs[i].from = angle;
    // Partners in turn around the circle, so that ribbons cross each other less.
    for (std::size_t k = 0; k < count; ++k) {
      const std::size_t j = (i + count - k) % count;
      gives[i * count + j] = {angle, angle + shown(i, j) * unit};
      angle += shown(i, j) * unit;
    }
    for (std::size_t k = 0; k < count; ++k) {
      const std::size_t j = (i + count - k) % count;
      takes[j * count + i] = {angle, angle + shown(j, i) * unit};
      angle += shown(j, i) * unit;
    }
    arcs[i].to = angle;
    angle += gap;
  }
  std::vector<std::size_t> order(count * count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return shown.flow[a] > shown.flow[b]; });
  for (const std::size_t cell : order) {
    if (!(shown.flow[cell] > 0.0)) break;
    const std::size_t i = cell / count;
    const std::size_t j = cell % count;
    // A white edge keeps wide ribbons apart; it would swallow thin ones.
    const bool is_wide = shown.flow[cell] * unit * inner > 4.0;
    sheet.add(
        {path_shape{ribbon(center, inner, inner - outer * 0.03, gives[cell], takes[cell]),
                    {.fill = with_opacity(category_color(i), 0.62),
                     .stroke = is_wide ? std::optional(stroke_style{with_opacity(white, 0.7), 0.5})
                                       : std::nullopt}},
         "ribbon", flow_title(shown.givers[i], shown.takers[j], shown.flow[cell], total)});
  }
  double last_label = -1e9;
  for (std::size_t i = 0; i < count; ++i) {
    if (!(sizes[i] > 0.0)) continue;
    path outline;
    outline.arc(center, outer, arcs[i].from, arcs[i].to);
    outline.arc(center, inner + 1.0, arcs[i].to, arcs[i].from);
    outline.close();
    sheet.add({path_shape{std::move(outline), {.fill = category_color(i)}}, "arc",
               fmt::format("{}: {}", shown.givers[i], short_number(sizes[i]))});
    const double middle = (arcs[i].from + arcs[i].to) / 2.0;
    // Names lie along the radius; too near to the one before, one is left out.
    if ((middle - last_label) * outer < tick_size) continue;
    last_label = middle;
    const bool is_left = std::cos(middle) < 0.0;
    const double degrees = middle * 180.0 / std::numbers::pi;
    sheet.add({text_shape{.position = {center.x + (outer + 6.0) * std::cos(middle),
                                       center.y + (outer + 6.0) * std::sin(middle)},
                          .content = shorten_to_width(shown.givers[i], tick_size, widest),
                          .size = tick_size,
                          .anchor = is_left ? text_anchor::end : text_anchor::start,
                          .height = text_height::middle,
                          .rotation = is_left ? degrees - 180.0 : degrees},
               "name"});
  }
  return sheet.finish(note);
}

}  // namespace valuenet
