#include "valuenet/report/flow_map.hpp"

#include "valuenet/report/table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <utility>

#include "report/disc_packing.hpp"
#include "report/label_placing.hpp"
#include "report/picture_parts.hpp"

namespace valuenet {
namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double margin = 16.0;
constexpr double largest_circle = 34.0;
constexpr double least_circle = 3.0;
constexpr double widest_arrow = 15.0;
constexpr double thinnest_arrow = 0.9;

struct mapped_place {
  const place* where = nullptr;
  double volume = 0.0;
  double within = 0.0;
  double given = 0.0;
  double taken = 0.0;
  point center{};
  double radius = 0.0;
  color fill = neutral_gray;
};

struct arrow {
  std::size_t from = 0;
  std::size_t to = 0;
  double flow = 0.0;
};

std::string percent_of(double part, double whole) {
  return whole > 0.0 ? format_number(100.0 * part / whole, 3) + "%" : "0%";
}

/// Centres on the page, by longitude and latitude; an equal scale both ways at the middle latitude.
void place_geographically(std::vector<mapped_place>& places, const detail::box& page) {
  double west = HUGE_VAL, east = -HUGE_VAL, south = HUGE_VAL, north = -HUGE_VAL;
  for (const mapped_place& each : places) {
    west = std::min(west, each.where->longitude);
    east = std::max(east, each.where->longitude);
    south = std::min(south, each.where->latitude);
    north = std::max(north, each.where->latitude);
  }
  const double narrowing = std::cos(0.5 * (south + north) * pi / 180.0);
  const double width = std::max((east - west) * narrowing, 1e-6);
  const double height = std::max(north - south, 1e-6);
  const double page_width = page.right - page.left - 2.0 * largest_circle;
  const double page_height = page.bottom - page.top - 2.0 * largest_circle;
  // Sparse places need not be torn apart to the page's edges.
  constexpr double most_pixels_a_degree = 90.0;
  const double scale = std::min({page_width / width, page_height / height, most_pixels_a_degree});
  const point middle{0.5 * (page.left + page.right), 0.5 * (page.top + page.bottom)};
  for (mapped_place& each : places) {
    each.center = {middle.x + scale * narrowing * (each.where->longitude - 0.5 * (west + east)),
                   middle.y - scale * (each.where->latitude - 0.5 * (south + north))};
  }
}

void place_on_tiles(std::vector<mapped_place>& places, const detail::box& page) {
  constexpr int columns = 9;
  constexpr int rows = 8;
  const double side = std::min((page.right - page.left) / columns, (page.bottom - page.top) / rows);
  const point corner{0.5 * (page.left + page.right) - 0.5 * side * (columns - 1) - 0.5 * side,
                     0.5 * (page.top + page.bottom) - 0.5 * side * (rows - 1)};
  for (mapped_place& each : places) {
    each.center = {corner.x + side * *each.where->column, corner.y + side * *each.where->row};
  }
}

/// From rim to rim, thin at the start, with a head at the end.
std::optional<path> arrow_path(const mapped_place& from, const mapped_place& to, double width) {
  const double dx = to.center.x - from.center.x;
  const double dy = to.center.y - from.center.y;
  const double length = std::hypot(dx, dy);
  if (length <= from.radius + to.radius + 2.0) return std::nullopt;
  // To the right of the way, as y points down.
  const double bend = 0.16 * length + 4.0;
  const point control{0.5 * (from.center.x + to.center.x) - bend * dy / length,
                      0.5 * (from.center.y + to.center.y) + bend * dx / length};
  const auto at = [&](double t) {
    const double s = 1.0 - t;
    return point{s * s * from.center.x + 2.0 * s * t * control.x + t * t * to.center.x,
                 s * s * from.center.y + 2.0 * s * t * control.y + t * t * to.center.y};
  };
  // The parameter at which the curve is so far from a circle's centre.
  const auto leaves = [&](const mapped_place& circle, double distance, bool from_start) {
    double near = from_start ? 0.0 : 1.0;
    double far = from_start ? 1.0 : 0.0;
    for (int i = 0; i < 40; ++i) {
      const double middle = 0.5 * (near + far);
      const point here = at(middle);
      const bool inside = std::hypot(here.x - circle.center.x, here.y - circle.center.y) < distance;
      (inside ? near : far) = middle;
    }
    return far;
  };
  const double room = length - from.radius - to.radius;
  const double head = std::min(5.0 + 1.1 * width, 0.6 * room);
  const double start = leaves(from, from.radius + 1.0, true);
  const double tip = leaves(to, to.radius + 1.0, false);
  const double neck = std::max(start, leaves(to, to.radius + 1.0 + head, false));
  constexpr int steps = 20;
  std::vector<point> left;
  std::vector<point> right;
  for (int i = 0; i <= steps; ++i) {
    const double share = static_cast<double>(i) / steps;
    const double t = start + (neck - start) * share;
    const point here = at(t);
    const double slope_x =
        2.0 * (1.0 - t) * (control.x - from.center.x) + 2.0 * t * (to.center.x - control.x);
    const double slope_y =
        2.0 * (1.0 - t) * (control.y - from.center.y) + 2.0 * t * (to.center.y - control.y);
    const double slope = std::max(std::hypot(slope_x, slope_y), 1e-12);
    const double half = 0.5 * width * (0.45 + 0.55 * share);
    const point side{-slope_y / slope, slope_x / slope};
    left.push_back({here.x + half * side.x, here.y + half * side.y});
    right.push_back({here.x - half * side.x, here.y - half * side.y});
    if (i == steps) {
      const double barb = 0.5 * width + 2.2 + 0.15 * width;
      left.push_back({here.x + barb * side.x, here.y + barb * side.y});
      right.push_back({here.x - barb * side.x, here.y - barb * side.y});
    }
  }
  left.push_back(at(tip));
  left.insert(left.end(), right.rbegin(), right.rend());
  return polyline(left, true);
}

struct words {
  const char* size;
  const char* core;
  const char* width;
  const char* arrows;
  const char* unknown;
};
constexpr words english{"Circle: relations that touch the place", "Core: within the place",
                        "Arrow: from giver to taker", " arrows: ", " of the flow, "};
constexpr words chinese{"圆：与该地有关的关系", "深色：地区内部", "箭头：由赋能方指向接受方",
                        "条箭头：", "，"};

}  // namespace

flow_map_result draw_flow_map(const flow_matrix_result& flows, place_level level,
                              const flow_map_options& options) {
  const std::size_t count = flows.giver_groups.size();
  if (flows.giver_groups != flows.taker_groups) {
    throw std::invalid_argument(
        "a flow map needs givers and takers grouped alike, by places of one level");
  }
  if (options.positions == map_positions::tiles && level != place_level::province) {
    throw std::invalid_argument(
        "flow_map_options.positions is tiles; only provinces have tiles, give geographic");
  }
  const double width = detail::checked_side("width", options.plot.width.value_or(900.0), 200.0);
  const double height = detail::checked_side(
      "height", options.plot.height.value_or(level == place_level::country ? 560.0 : 760.0), 150.0);
  const bool is_chinese = options.plot.language == plot_language::chinese;
  const words& say = is_chinese ? chinese : english;
  const gazetteer known(level);

  flow_map_result result;
  std::vector<mapped_place> places;
  std::vector<std::size_t> number(count, count);
  std::vector<std::pair<double, std::size_t>> unknown;
  for (std::size_t g = 0; g < count; ++g) {
    const double volume = flows.given[g] + flows.taken[g] - flows(g, g);
    if (!(volume > 0.0)) continue;
    const place* const where = known.find(flows.giver_groups[g]);
    if (where == nullptr) {
      unknown.emplace_back(-volume, g);
      continue;
    }
    // Two names of one place are one place.
    const auto same = std::find_if(places.begin(), places.end(),
                                   [&](const mapped_place& each) { return each.where == where; });
    number[g] = static_cast<std::size_t>(same - places.begin());
    if (same == places.end()) places.push_back({.where = where});
    places[number[g]].given += flows.given[g];
    places[number[g]].taken += flows.taken[g];
  }
  std::sort(unknown.begin(), unknown.end());
  for (const auto& [volume, g] : unknown) result.unknown.push_back(flows.giver_groups[g]);

  const std::size_t known_count = places.size();
  std::vector<double> between(known_count * known_count, 0.0);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j) {
      const double flow = flows(i, j);
      if (!(flow > 0.0)) continue;
      if (number[i] == count || number[j] == count) {
        result.unknown_flow += flow;
      } else {
        between[number[i] * known_count + number[j]] += flow;
      }
    }
  }
  std::vector<arrow> arrows;
  double within = 0.0;
  for (std::size_t i = 0; i < known_count; ++i) {
    for (std::size_t j = 0; j < known_count; ++j) {
      const double flow = between[i * known_count + j];
      if (i == j) {
        within += places[i].within = flow;
      } else if (flow > 0.0) {
        result.flow_between += flow;
        arrows.push_back({i, j, flow});
      }
    }
    places[i].volume = places[i].given + places[i].taken - places[i].within;
  }
  std::stable_sort(arrows.begin(), arrows.end(),
                   [](const arrow& a, const arrow& b) { return a.flow > b.flow; });
  const std::size_t flows_between = arrows.size();
  if (options.most_flows > 0 && arrows.size() > options.most_flows) {
    arrows.resize(options.most_flows);
  }
  for (const arrow& each : arrows) result.drawn_flow += each.flow;

  drawing& picture = result.picture;
  picture = {.width = width, .height = height, .language = is_chinese ? "zh" : "en"};
  picture.title = options.plot.title.value_or("");
  detail::box page{margin, margin, width - margin, height - margin};
  if (!picture.title.empty()) {
    detail::add_text(picture, {margin, margin + 8.0}, picture.title, 16.0, ink, true);
    page.top += 28.0;
  }

  double largest = 0.0;
  for (const mapped_place& each : places) largest = std::max(largest, each.volume);
  for (mapped_place& each : places) {
    each.radius = std::max(least_circle, largest_circle * std::sqrt(each.volume / largest));
  }
  std::vector<std::size_t> by_given(places.size());
  std::iota(by_given.begin(), by_given.end(), std::size_t{0});
  std::stable_sort(by_given.begin(), by_given.end(),
                   [&](std::size_t a, std::size_t b) { return places[a].given > places[b].given; });
  for (std::size_t i = 0; i < std::min(distinct_categories, by_given.size()); ++i) {
    places[by_given[i]].fill = category_color(i);
  }

  // The footer and the legend are kept clear.
  std::vector<std::string> notes;
  std::string carried = std::to_string(arrows.size()) + say.arrows +
                        percent_of(result.drawn_flow, result.flow_between);
  carried += is_chinese ? "，占不同地区之间 " + std::to_string(flows_between) +
                              " 条流量之和；地区内部占 " + percent_of(within, flows.total)
                        : " of what " + std::to_string(flows_between) +
                              " flows between places carry; within places " +
                              percent_of(within, flows.total) + " of all";
  notes.push_back(std::move(carried));
  if (!result.unknown.empty()) {
    notes.push_back(
        (is_chinese ? "不在图中：" : "Not on the map: ") +
        shorten_to_width(result.unknown.front(), 9.0, 200.0) +
        (result.unknown.size() > 1
             ? (is_chinese ? " 等 " + std::to_string(result.unknown.size()) + " 个地名"
                           : " and " + std::to_string(result.unknown.size() - 1) + " other names")
             : std::string()) +
        (is_chinese ? "，占 " : ", ") + percent_of(result.unknown_flow, flows.total) +
        (is_chinese ? "" : " of the flow"));
  }
  for (std::string& line : detail::note_lines(options.plot.note, {})) {
    notes.push_back(std::move(line));
  }
  picture.description = notes.front();
  page.bottom -= 13.0 * static_cast<double>(notes.size()) + 4.0;
  for (std::size_t i = 0; i < notes.size(); ++i) {
    detail::add_text(picture, {margin, page.bottom + 12.0 + 13.0 * static_cast<double>(i)},
                     shorten_to_width(notes[i], 9.0, width - 2.0 * margin), 9.0, muted_ink);
  }
  if (places.empty()) return result;

  if (options.positions == map_positions::tiles) {
    place_on_tiles(places, page);
  } else {
    place_geographically(places, page);
    std::vector<position> centers;
    std::vector<double> radii;
    for (const mapped_place& each : places) {
      centers.push_back({each.center.x, each.center.y});
      radii.push_back(each.radius + 4.0);
    }
    detail::push_apart(
        centers, radii, 6.0, [](void*) {}, nullptr);
    for (std::size_t i = 0; i < places.size(); ++i) {
      places[i].center = {
          std::clamp(centers[i].x, page.left + places[i].radius, page.right - places[i].radius),
          std::clamp(centers[i].y, page.top + places[i].radius, page.bottom - places[i].radius)};
    }
  }

  const auto name_of = [&](const mapped_place& each) {
    return is_chinese ? each.where->chinese_short : each.where->english;
  };
  const double most = arrows.empty() ? 0.0 : arrows.front().flow;
  const auto width_of = [&](double flow) {
    return std::max(thinnest_arrow, widest_arrow * flow / most);
  };
  for (const arrow& each : arrows) {
    const mapped_place& from = places[each.from];
    const mapped_place& to = places[each.to];
    std::optional<path> outline = arrow_path(from, to, width_of(each.flow));
    if (!outline) continue;
    ++result.arrows;
    path_shape body;
    body.outline = std::move(*outline);
    body.style.fill = with_opacity(from.fill, 0.72);
    body.style.stroke = stroke_style{.color = with_opacity(white, 0.9), .width = 0.6};
    detail::add_shape(picture, std::move(body), "flow",
                      name_of(from) + " → " + name_of(to) + ": " + format_number(each.flow) + " (" +
                          percent_of(each.flow, flows.total) + ")");
  }

  std::vector<std::size_t> order(places.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return places[a].volume > places[b].volume;
  });
  std::vector<detail::label_request> labels;
  std::vector<detail::circle_obstacle> obstacles;
  for (const std::size_t i : order) {
    const mapped_place& each = places[i];
    const std::string title = name_of(each) + ": " + format_number(each.given) + " → , → " +
                              format_number(each.taken) + ", ↺ " + format_number(each.within);
    circle_shape disc;
    disc.center = each.center;
    disc.radius = each.radius;
    disc.style.fill = with_opacity(each.fill, 0.45);
    disc.style.stroke = stroke_style{.color = each.fill, .width = 1.0};
    detail::add_shape(picture, std::move(disc), "place", title);
    if (each.within > 0.0) {
      circle_shape core;
      core.center = each.center;
      core.radius = each.radius * std::sqrt(std::min(1.0, each.within / each.volume));
      core.style.fill = each.fill;
      detail::add_shape(picture, std::move(core));
    }
    labels.push_back({.center = each.center,
                      .radius = each.radius,
                      .text = name_of(each),
                      .size = each.radius > 12.0 ? 12.0 : 10.0,
                      .is_bold = each.radius > 12.0});
    obstacles.push_back({each.center, each.radius});
  }

  // The legend: three arrows and three circles of round sizes, and what the core means.
  const double legend_width =
      20.0 + std::max({text_width(say.size, 10.0), text_width(say.width, 10.0),
                       text_width(say.core, 10.0)});
  const std::vector<double> sizes = detail::round_steps(largest, 3);
  const std::vector<double> widths = detail::round_steps(most, 3);
  const double legend_height =
      52.0 + 2.0 * largest_circle + 18.0 * static_cast<double>(widths.size());
  // In the corner that covers the fewest places.
  detail::box best{};
  double least_covered = HUGE_VAL;
  for (const bool right : {false, true}) {
    for (const bool bottom : {true, false}) {
      const double left = right ? page.right - legend_width : page.left;
      const double top = bottom ? page.bottom - legend_height : page.top;
      const detail::box corner{left, top, left + legend_width, top + legend_height};
      double covered = 0.0;
      for (const mapped_place& each : places) {
        const detail::box circle{each.center.x - each.radius - 20.0, each.center.y - each.radius,
                                 each.center.x + each.radius + 20.0, each.center.y + each.radius};
        if (detail::overlap(corner, circle)) covered += 1.0 + each.radius;
      }
      if (covered < least_covered) {
        least_covered = covered;
        best = corner;
      }
    }
  }
  double y = best.top + 8.0;
  detail::add_text(picture, {best.left, y}, say.size, 10.0, ink);
  y += 10.0;
  const double floor = y + 2.0 * largest_circle;
  for (const double each : sizes) {
    const double radius = largest_circle * std::sqrt(each / largest);
    circle_shape outline;
    outline.center = {best.left + largest_circle, floor - radius};
    outline.radius = radius;
    outline.style.stroke = stroke_style{.color = muted_ink, .width = 0.8};
    detail::add_shape(picture, std::move(outline), "legend");
    detail::add_text(picture, {best.left + 2.0 * largest_circle + 10.0, floor - 2.0 * radius + 4.0},
                     format_number(each, 4), 9.0, muted_ink);
  }
  y = floor + 12.0;
  detail::add_text(picture, {best.left, y}, say.core, 10.0, ink);
  y += 16.0;
  detail::add_text(picture, {best.left, y}, say.width, 10.0, ink);
  for (const double each : widths) {
    y += 17.0;
    const mapped_place from{.center = {best.left, y - 3.0}, .radius = 0.0};
    const mapped_place to{.center = {best.left + 56.0, y - 3.0}, .radius = 0.0};
    if (std::optional<path> sample = arrow_path(from, to, width_of(each))) {
      path_shape body;
      body.outline = std::move(*sample);
      body.style.fill = neutral_gray;
      detail::add_shape(picture, std::move(body), "legend");
    }
    detail::add_text(picture, {best.left + 66.0, y}, format_number(each, 4), 9.0, muted_ink);
  }

  const auto placed =
      detail::place_labels(labels, {.page = {2.0, page.top, width - 2.0, page.bottom},
                                    .taken = {best},
                                    .obstacles = std::move(obstacles)});
  for (std::size_t k = 0; k < labels.size(); ++k) {
    if (!placed[k]) continue;
    const mapped_place& each = places[order[k]];
    const bool on_core = placed[k]->is_inside && each.within > 0.25 * each.volume;
    detail::draw_label(picture, labels[k], *placed[k], on_core ? contrasting_ink(each.fill) : ink);
  }
  return result;
}

}  // namespace valuenet
