#include "valuenet/report/network_picture.hpp"

#include "valuenet/metrics/communities.hpp"
#include "valuenet/report/table.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "detail/neighborhood.hpp"
#include "report/label_placing.hpp"
#include "report/picture_parts.hpp"

namespace valuenet {
namespace {

/// Of the radius of an actor without any of what sizes show.
constexpr double largest_radius = 12.0;
/// Up to so many edges are drawn as curves, each a path of its own.
constexpr std::uint64_t most_curves = 2000;
constexpr std::size_t most_colors = 21;
constexpr double margin = 16.0;
constexpr double legend_width = 230.0;

/// The groups that vertices are in, by number of vertices, and the names of the largest.
struct ranked_groups {
  std::vector<std::uint32_t> rank;  // of every group
  std::vector<std::uint64_t> sizes;
  std::vector<std::uint32_t> order;
};

ranked_groups rank_groups(const std::vector<std::uint32_t>& group, std::size_t count) {
  ranked_groups ranked;
  ranked.sizes.assign(count, 0);
  for (const std::uint32_t each : group) {
    if (each < count) ++ranked.sizes[each];
  }
  ranked.order.resize(count);
  std::iota(ranked.order.begin(), ranked.order.end(), std::uint32_t{0});
  std::stable_sort(ranked.order.begin(), ranked.order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return ranked.sizes[a] > ranked.sizes[b];
  });
  ranked.rank.resize(count);
  for (std::uint32_t i = 0; i < count; ++i) ranked.rank[ranked.order[i]] = i;
  return ranked;
}

/// A community is called after its two largest actors.
std::vector<std::string> community_names(const selection& selected,
                                         const std::vector<std::uint32_t>& group, std::size_t named,
                                         std::span<const double> sizes) {
  struct leaders {
    vertex_id first = no_vertex;
    vertex_id second = no_vertex;
  };
  std::vector<leaders> of(named);
  const auto larger = [&](vertex_id a, vertex_id b) {
    return b == no_vertex || sizes[a] > sizes[b];
  };
  for (vertex_id v = 0; v < group.size(); ++v) {
    if (group[v] >= named) continue;
    leaders& here = of[group[v]];
    if (larger(v, here.first)) {
      here.second = std::exchange(here.first, v);
    } else if (larger(v, here.second)) {
      here.second = v;
    }
  }
  std::vector<std::string> names;
  for (const leaders& each : of) {
    std::string name;
    if (each.first != no_vertex) name = selected.network().label(selected.actor(each.first));
    if (each.second != no_vertex) {
      name += ", ";
      name += selected.network().label(selected.actor(each.second));
    }
    names.push_back(std::move(name));
  }
  return names;
}

struct words {
  const char* color;
  const char* size;
  const char* other;
  const char* actors;
  const char* relations;
  const char* community;
};

constexpr words english{"Colour", "Size", "others", " actors", " relations", "community"};
constexpr words chinese{"颜色", "大小", "其他", "个节点", "条关系", "社区"};

/// From the layout's units, y upwards, to the page.
struct frame {
  double scale = 1.0;
  point middle{};
  position center{};

  [[nodiscard]] point operator()(const position& at) const {
    return {middle.x + scale * (at.x - center.x), middle.y - scale * (at.y - center.y)};
  }
};

frame fit(const network_layout_result& layout, const detail::box& into) {
  frame result;
  result.middle = {0.5 * (into.left + into.right), 0.5 * (into.top + into.bottom)};
  double least_x = HUGE_VAL, least_y = HUGE_VAL, most_x = -HUGE_VAL, most_y = -HUGE_VAL;
  for (std::size_t v = 0; v < layout.positions.size(); ++v) {
    const position& at = layout.positions[v];
    least_x = std::min(least_x, at.x - layout.radii[v]);
    most_x = std::max(most_x, at.x + layout.radii[v]);
    least_y = std::min(least_y, at.y - layout.radii[v]);
    most_y = std::max(most_y, at.y + layout.radii[v]);
  }
  if (layout.positions.empty()) return result;
  result.center = {0.5 * (least_x + most_x), 0.5 * (least_y + most_y)};
  result.scale = std::min((into.right - into.left) / std::max(most_x - least_x, 1e-9),
                          (into.bottom - into.top) / std::max(most_y - least_y, 1e-9));
  // A handful of actors need not fill the page.
  constexpr double largest_scale = 4.0;
  result.scale = std::min(result.scale, largest_scale);
  return result;
}

void add_edges(drawing& picture, const graph& g, const network_layout_result& layout,
               const frame& to_page) {
  std::uint64_t ties = 0;
  const auto each_tie = [&](auto&& visit) {
    for (vertex_id v = 0; v < g.vertex_count(); ++v) {
      detail::for_each_neighbor(g, v, [&](const detail::neighbor_place& place) {
        if (place.neighbor > v) visit(v, place.neighbor);
      });
    }
  };
  each_tie([&](vertex_id, vertex_id) { ++ties; });
  const double opacity = std::clamp(
      22.0 / std::sqrt(static_cast<double>(std::max<std::uint64_t>(ties, 1))), 0.07, 0.6);
  const double width = ties > 20'000 ? 0.35 : ties > 2'000 ? 0.5 : 0.8;
  const auto color_of = [&](vertex_id a, vertex_id b) {
    const std::uint32_t group = layout.group[a];
    const bool same = group == layout.group[b] && group < layout.groups.size();
    return same ? with_opacity(layout.groups[group].color, std::min(1.0, 1.8 * opacity))
                : with_opacity(neutral_gray, opacity);
  };
  if (ties <= most_curves) {
    each_tie([&](vertex_id a, vertex_id b) {
      const point from = to_page(layout.positions[a]);
      const point to = to_page(layout.positions[b]);
      // Bent to one side by an eighth of the length.
      const point bend{0.125 * (to.y - from.y), -0.125 * (to.x - from.x)};
      path line;
      line.move_to(from).curve_to(
          {from.x + (to.x - from.x) / 3.0 + bend.x, from.y + (to.y - from.y) / 3.0 + bend.y},
          {from.x + 2.0 * (to.x - from.x) / 3.0 + bend.x,
           from.y + 2.0 * (to.y - from.y) / 3.0 + bend.y},
          to);
      path_shape curve;
      curve.outline = std::move(line);
      curve.style.stroke = stroke_style{.color = color_of(a, b), .width = width};
      detail::add_shape(picture, std::move(curve), "relation");
    });
    return;
  }
  // Grey ones first, so that those of groups are seen.
  for (const bool grey : {true, false}) {
    segments_shape lines{.widths = {width}};
    each_tie([&](vertex_id a, vertex_id b) {
      const color ink_color = color_of(a, b);
      const bool is_grey = ink_color == with_opacity(neutral_gray, opacity);
      if (is_grey != grey) return;
      lines.starts.push_back(to_page(layout.positions[a]));
      lines.ends.push_back(to_page(layout.positions[b]));
      lines.colors.push_back(ink_color);
    });
    if (lines.starts.empty()) continue;
    detail::add_shape(picture, std::move(lines), "relations");
  }
}

}  // namespace

network_layout_result lay_out_network(const selection& selected,
                                      const network_layout_options& options,
                                      const execution& exec) {
  const graph& g = selected.graph();
  const std::size_t count = g.vertex_count();
  if (options.colored_groups > most_colors) {
    throw std::invalid_argument("network_layout_options.colored_groups is " +
                                std::to_string(options.colored_groups) + "; give at most 21");
  }
  if (options.groups && options.groups->group.size() != selected.network().actor_count()) {
    throw std::invalid_argument(
        "network_layout_options.groups has " + std::to_string(options.groups->group.size()) +
        " entries, the network " + std::to_string(selected.network().actor_count()) + " actors");
  }
  network_layout_result result;
  result.radii.assign(count, 1.0);
  std::vector<double> sizes(count, 0.0);
  const actor_metric ranked_by = options.size.value_or(actor_metric::degree);
  const actor_metric_result values = actor_values(selected, ranked_by, {}, exec);
  for (std::size_t v = 0; v < count; ++v)
    sizes[v] = values.defined[v] != 0 ? values.values[v] : 0.0;
  if (options.size) {
    result.sizes = sizes;
    result.size_name = facts_of(ranked_by).name;
    double largest = 0.0;
    for (const double each : sizes) {
      if (std::isfinite(each)) largest = std::max(largest, each);
    }
    if (largest > 0.0) {
      for (std::size_t v = 0; v < count; ++v) {
        const double share =
            std::isfinite(sizes[v]) ? std::clamp(sizes[v] / largest, 0.0, 1.0) : 0.0;
        result.radii[v] = 1.0 + (largest_radius - 1.0) * std::sqrt(share);
      }
    }
  }

  const communities_result found = communities(g, {.seed = options.seed, .runs = 4}, exec);
  const std::vector<std::uint32_t>& community = found.community;
  std::vector<std::uint32_t> group(count, no_group);
  std::size_t groups = 0;
  if (options.groups) {
    groups = options.groups->labels.size();
    for (vertex_id v = 0; v < count; ++v) group[v] = options.groups->group[selected.actor(v)];
    result.grouping_name = options.groups->name;
  } else {
    groups = found.count;
    group = community;
    result.grouping_name = "community";
  }
  const ranked_groups ranked = rank_groups(group, groups);
  std::size_t colored = 0;
  while (colored < std::min(options.colored_groups, groups) &&
         ranked.sizes[ranked.order[colored]] > (options.groups ? 0U : 1U)) {
    ++colored;
  }
  result.group.resize(count);
  for (std::size_t v = 0; v < count; ++v) {
    const bool has_color = group[v] < groups && ranked.rank[group[v]] < colored;
    result.group[v] = has_color ? ranked.rank[group[v]] : static_cast<std::uint32_t>(colored);
    if (!has_color) ++result.other_actors;
  }
  const std::vector<std::string> names =
      options.groups ? std::vector<std::string>{}
                     : community_names(selected, result.group, colored, sizes);
  for (std::size_t i = 0; i < colored; ++i) {
    const std::uint32_t each = ranked.order[i];
    result.groups.push_back({.label = options.groups ? options.groups->labels[each] : names[i],
                             .color = category_color(i),
                             .actors = ranked.sizes[each]});
  }
  constexpr color other{190, 190, 190};
  result.colors.resize(count);
  for (std::size_t v = 0; v < count; ++v) {
    result.colors[v] = result.group[v] < colored ? result.groups[result.group[v]].color : other;
  }

  hub_layout_options layout = options.layout;
  layout.radii = result.radii;
  layout.forces.seed = options.seed;
  if (layout.community.empty()) layout.community = community;
  hub_layout_result places = hub_layout(g, layout, exec);
  result.positions = std::move(places.positions);
  result.radius = places.radius;
  return result;
}

drawing draw_network(const selection& selected, const network_layout_result& layout,
                     const network_picture_options& options) {
  const graph& g = selected.graph();
  const std::size_t count = g.vertex_count();
  if (layout.positions.size() != count || layout.radii.size() != count ||
      layout.colors.size() != count || layout.group.size() != count) {
    throw std::invalid_argument("the layout has " + std::to_string(layout.positions.size()) +
                                " positions, the selection " + std::to_string(count) + " actors");
  }
  const double width = detail::checked_side("width", options.plot.width.value_or(1200.0), 200.0);
  const double height = detail::checked_side("height", options.plot.height.value_or(960.0), 150.0);
  const bool is_chinese = options.plot.language == plot_language::chinese;
  const words& say = is_chinese ? chinese : english;
  drawing picture{.width = width, .height = height, .language = is_chinese ? "zh" : "en"};
  picture.title = options.plot.title.value_or("");
  const std::string size_of_all =
      format_count(count) + say.actors + ", " + format_count(g.edge_count()) + say.relations;
  picture.description = size_of_all;

  detail::box page{margin, margin, width - margin, height - margin};
  if (!picture.title.empty()) {
    detail::add_text(picture, {margin, margin + 8.0}, picture.title, 16.0, ink, true);
    page.top += 28.0;
  }
  const std::vector<std::string> notes =
      detail::note_lines(options.plot.note, selected.network().surrogate_notice());
  page.bottom -= 13.0 * static_cast<double>(notes.size());
  for (std::size_t i = 0; i < notes.size(); ++i) {
    detail::add_text(picture, {margin, page.bottom + 8.0 + 13.0 * static_cast<double>(i)},
                     shorten_to_width(notes[i], 9.0, width - 2.0 * margin), 9.0, muted_ink);
  }
  detail::box map = page;
  const bool with_legend = options.legend && width > 3.0 * legend_width;
  if (with_legend) map.right -= legend_width;
  const frame to_page = fit(layout, map);

  add_edges(picture, g, layout, to_page);
  // Large circles last: they are what the eye looks for, and none overlap.
  std::vector<vertex_id> order(count);
  std::iota(order.begin(), order.end(), vertex_id{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](vertex_id a, vertex_id b) { return layout.radii[a] < layout.radii[b]; });
  // Thinner than this nothing is seen.
  constexpr double least_radius = 0.45;
  circles_shape circles;
  for (const vertex_id v : order) {
    circles.centers.push_back(to_page(layout.positions[v]));
    circles.radii.push_back(std::max(least_radius, to_page.scale * layout.radii[v]));
    circles.colors.push_back(layout.colors[v]);
  }
  if (count <= 5000) circles.outline = stroke_style{.color = white, .width = 0.5};
  if (count > 0) detail::add_shape(picture, std::move(circles), "actors");

  std::vector<detail::label_request> labels;
  std::vector<detail::circle_obstacle> obstacles;
  for (std::size_t i = 0; i < count; ++i) {
    const vertex_id v = order[count - 1 - i];
    const double radius = to_page.scale * layout.radii[v];
    if (i < std::max<std::size_t>(400, options.labels) && radius > 2.0) {
      obstacles.push_back({to_page(layout.positions[v]), radius});
    }
    if (labels.size() < options.labels) {
      labels.push_back(
          {.center = to_page(layout.positions[v]),
           .radius = std::max(least_radius, radius),
           .text = shorten_to_width(selected.network().label(selected.actor(v)), 11.0, 160.0),
           .size = i < 10 ? 11.0 : 9.5,
           .is_bold = i < 10});
    }
  }
  const auto placed = detail::place_labels(
      labels, {.page = map, .obstacles = std::move(obstacles), .inside = true});
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (!placed[i]) continue;
    const vertex_id v = order[count - 1 - i];
    detail::draw_label(picture, labels[i], *placed[i], contrasting_ink(layout.colors[v]));
  }

  if (!with_legend) return picture;
  const double left = width - legend_width + 4.0;
  double y = page.top + 8.0;
  detail::add_text(picture, {left, y}, size_of_all, 11.0, ink);
  y += 26.0;
  const std::string colors_show =
      layout.grouping_name == "community" ? std::string(say.community) : layout.grouping_name;
  detail::add_text(picture, {left, y}, std::string(say.color) + ": " + colors_show, 11.0, ink,
                   true);
  const auto entry = [&](const std::string& label, color fill, std::uint64_t actors) {
    y += 18.0;
    circle_shape dot;
    dot.center = {left + 6.0, y};
    dot.radius = 5.0;
    dot.style.fill = fill;
    detail::add_shape(picture, std::move(dot), "legend");
    const std::string number = " (" + format_count(actors) + ")";
    detail::add_text(
        picture, {left + 18.0, y},
        shorten_to_width(label, 10.0, legend_width - 40.0 - text_width(number, 10.0)) + number,
        10.0, ink);
  };
  for (const auto& each : layout.groups) entry(each.label, each.color, each.actors);
  if (layout.other_actors > 0) entry(say.other, color{190, 190, 190}, layout.other_actors);
  if (!layout.sizes.empty()) {
    y += 30.0;
    detail::add_text(picture, {left, y}, std::string(say.size) + ": " + layout.size_name, 11.0, ink,
                     true);
    const double largest = *std::max_element(layout.sizes.begin(), layout.sizes.end());
    y += 8.0;
    for (const double value : detail::round_steps(largest, 3)) {
      const double radius =
          to_page.scale * (1.0 + (largest_radius - 1.0) * std::sqrt(value / largest));
      y += radius + 6.0;
      circle_shape outline;
      outline.center = {left + 8.0 + to_page.scale * largest_radius, y};
      outline.radius = radius;
      outline.style.stroke = stroke_style{.color = muted_ink, .width = 0.8};
      detail::add_shape(picture, std::move(outline), "legend");
      detail::add_text(picture, {left + 22.0 + 2.0 * to_page.scale * largest_radius, y},
                       format_number(value, 4), 10.0, ink);
      y += radius;
    }
  }
  return picture;
}

}  // namespace valuenet
