// A drawing's SVG, looked at as a reader of the figure would: ticks, points, bars, words.
#pragma once

#include "valuenet/report/drawing.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <pugixml.hpp>

#include "catch.hpp"

struct svg_figure {
  pugi::xml_document document;

  explicit svg_figure(const valuenet::drawing& picture) {
    REQUIRE(document.load_string(valuenet::render_svg(picture).c_str()));
  }

  /// Every element of this class, in the order of painting.
  [[nodiscard]] std::vector<pugi::xml_node> all(const std::string& role) const {
    std::vector<pugi::xml_node> found;
    for (const pugi::xpath_node& each :
         document.select_nodes(("//*[@class='" + role + "']").c_str())) {
      found.push_back(each.node());
    }
    return found;
  }
  [[nodiscard]] std::vector<std::string> words(const std::string& role) const {
    std::vector<std::string> found;
    for (const pugi::xml_node& each : all(role)) found.push_back(text_of(each));
    return found;
  }
  [[nodiscard]] bool says(const std::string& words) const {
    for (const pugi::xpath_node& each : document.select_nodes("//*[local-name()='text']")) {
      if (text_of(each.node()).find(words) != std::string::npos) return true;
    }
    return false;
  }
  /// Words without the tooltip; a superscript behind a ^.
  static std::string text_of(const pugi::xml_node& node) {
    std::string text;
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() == pugi::node_pcdata) text += child.value();
      if (child.name() == std::string("tspan")) text += "^" + std::string(child.text().as_string());
    }
    return text;
  }
  /// Centres of the circles in the bulk shape of this class.
  [[nodiscard]] std::vector<valuenet::point> circles(const std::string& role) const {
    std::vector<valuenet::point> found;
    for (const pugi::xml_node& group : all(role)) {
      for (const pugi::xpath_node& each : group.select_nodes(".//circle")) {
        found.push_back(
            {each.node().attribute("cx").as_double(), each.node().attribute("cy").as_double()});
      }
    }
    return found;
  }
  /// The points that a path's M, L and C commands lead to.
  static std::vector<valuenet::point> points_of(const pugi::xml_node& path) {
    std::string text = path.attribute("d").as_string();
    std::vector<valuenet::point> points;
    std::size_t at = 0;
    while (at < text.size()) {
      const char command = text[at++];
      const std::size_t end = std::min(text.find_first_of("MLCZ", at), text.size());
      std::istringstream numbers(text.substr(at, end - at));
      std::vector<double> values;
      for (double value = 0.0; numbers >> value;) values.push_back(value);
      if (command != 'Z') points.push_back({values[values.size() - 2], values.back()});
      at = end;
    }
    return points;
  }
};

/// A number as ticks print it: 12,000, 40%, 10^-3, -5.
inline double printed_number(std::string text) {
  std::erase(text, ',');
  for (std::size_t at; (at = text.find("\u2212")) != std::string::npos;) text.replace(at, 3, "-");
  double factor = 1.0;
  if (text.ends_with('%')) {
    factor = 0.01;
    text.pop_back();
  }
  if (const std::size_t power = text.find('^'); power != std::string::npos) {
    return std::pow(std::stod(text.substr(0, power)), std::stod(text.substr(power + 1))) * factor;
  }
  return std::stod(text) * factor;
}

/// The axis that a reader sees: value from place, through two of its labelled ticks.
struct seen_axis {
  double place0, place1, value0, value1;
  bool is_logarithmic;

  [[nodiscard]] double value_at(double place) const {
    const double part = (place - place0) / (place1 - place0);
    return is_logarithmic ? value0 * std::pow(value1 / value0, part)
                          : value0 + part * (value1 - value0);
  }
};

/// Of the panel-th axis pair; ticks of all panels come in order, `from` and `count` choose some.
inline seen_axis axis_of(const svg_figure& figure, const std::string& role, const char* coordinate,
                         bool is_logarithmic, std::size_t from = 0, std::size_t count = 0) {
  std::vector<pugi::xml_node> ticks = figure.all(role);
  if (count > 0)
    ticks = {ticks.begin() + static_cast<std::ptrdiff_t>(from),
             ticks.begin() + static_cast<std::ptrdiff_t>(from + count)};
  REQUIRE(ticks.size() >= 2);
  const auto place = [&](const pugi::xml_node& tick) {
    double at = tick.attribute(coordinate).as_double();
    // Labels of y are set 0.36 em below their tick, so that they are centred on it.
    if (coordinate == std::string("y")) at -= 0.36 * tick.attribute("font-size").as_double();
    return at;
  };
  return {place(ticks.front()), place(ticks.back()),
          printed_number(svg_figure::text_of(ticks.front())),
          printed_number(svg_figure::text_of(ticks.back())), is_logarithmic};
}
