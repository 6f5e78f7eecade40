#include "valuenet/report/drawing.hpp"

#include "valuenet/error.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

#include <pugixml.hpp>

#include "catch.hpp"
#include "report/png.hpp"

namespace vn = valuenet;

namespace {

pugi::xml_document parsed(const vn::drawing& picture) {
  pugi::xml_document document;
  REQUIRE(document.load_string(vn::render_svg(picture).c_str()));
  return document;
}

vn::drawing with(std::vector<vn::shape> shapes) {
  return {.width = 100, .height = 50, .shapes = std::move(shapes)};
}

double lightness(vn::color c) {
  const auto linear = [](double channel) {
    channel /= 255.0;
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
}

}  // namespace

TEST_CASE("an SVG has its shapes where they were put, in order") {
  const vn::drawing picture = with(
      {{vn::rectangle_shape{{10, 20}, 30.5, 4.126, {.fill = vn::color{255, 0, 16}}}, "bar", "ten"},
       {vn::circle_shape{{50, 25}, 3, {.stroke = vn::stroke_style{vn::black, 0.5, {2, 1}}}}},
       {vn::path_shape{vn::polyline({{0, 0}, {-1.5, 2.999}, {100, 0.004}}, true)}}});
  const pugi::xml_document svg = parsed(picture);
  const pugi::xml_node root = svg.child("svg");
  CHECK(root.attribute("width").as_double() == 100);
  CHECK(root.attribute("viewBox").as_string() == std::string("0 0 100 50"));
  const pugi::xml_node bar = root.find_child_by_attribute("rect", "class", "bar");
  CHECK(bar.attribute("width").as_string() == std::string("30.5"));
  CHECK(bar.attribute("height").as_string() == std::string("4.13"));
  CHECK(bar.attribute("fill").as_string() == std::string("#ff0010"));
  CHECK(bar.child_value("title") == std::string("ten"));
  const pugi::xml_node circle = root.child("circle");
  CHECK(circle.attribute("fill").as_string() == std::string("none"));
  CHECK(circle.attribute("stroke-dasharray").as_string() == std::string("2 1"));
  CHECK(root.child("path").attribute("d").as_string() == std::string("M0 0L-1.5 3L100 0Z"));
  CHECK(bar.next_sibling() == circle);
}

TEST_CASE("text in SVG is text, whatever it holds") {
  const vn::drawing picture{
      .shapes = {{vn::text_shape{.position = {5, 6}, .content = "华为 <&\"> \x01\xFF\n!"}},
                 {vn::text_shape{.content = "10", .superscript = "-3", .size = 10}}},
      .title = "a & b"};
  const pugi::xml_document svg = parsed(picture);
  const pugi::xml_node root = svg.child("svg");
  CHECK(root.child_value("title") == std::string("a & b"));
  const pugi::xml_node text = root.child("text");
  CHECK(text.text().as_string() == std::string("华为 <&\"> \uFFFD\uFFFD !"));
  const pugi::xml_node raised = text.next_sibling("text").child("tspan");
  CHECK(raised.text().as_string() == std::string("-3"));
  CHECK(raised.attribute("dy").as_double() == Approx(-4.2));
  CHECK(raised.attribute("font-size").as_double() == Approx(7));
  const std::string families = root.attribute("font-family").as_string();
  CHECK(families.find("Noto Sans CJK SC") != std::string::npos);
}

TEST_CASE("many circles and segments share their paint") {
  const vn::drawing picture =
      with({{vn::circles_shape{.centers = {{1, 1}, {2, 2}, {3, 3}},
                               .radii = {4},
                               .colors = {vn::black, vn::black, vn::with_opacity(vn::white, 0.5)}},
             "actors"},
            {vn::segments_shape{.starts = {{0, 0}, {1, 1}},
                                .ends = {{5, 5}, {6, 7}},
                                .widths = {1, 2},
                                .colors = {vn::black}},
             "relations"}});
  const pugi::xml_document svg = parsed(picture);
  const pugi::xml_node actors = svg.child("svg").find_child_by_attribute("g", "class", "actors");
  std::vector<std::size_t> sizes;
  for (const pugi::xml_node run : actors.children("g")) {
    const auto circles = run.children("circle");
    sizes.push_back(static_cast<std::size_t>(std::distance(circles.begin(), circles.end())));
  }
  CHECK(sizes == std::vector<std::size_t>{2, 1});
  CHECK(actors.last_child().attribute("fill-opacity").as_double() == Approx(0.502));
  const pugi::xml_node relations =
      svg.child("svg").find_child_by_attribute("g", "class", "relations");
  CHECK(relations.last_child().attribute("stroke-width").as_double() == 2);
  CHECK(relations.last_child().child("path").attribute("d").as_string() == std::string("M1 1L6 7"));
}

TEST_CASE("arcs are round") {
  // Of a cubic for at most a quarter, the distance from the circle is below 0.03%.
  const vn::path circle = vn::path().arc({0, 0}, 100, 0, 2 * std::numbers::pi);
  CHECK(circle.steps().size() == 5);
  for (std::size_t i = 1; i < circle.steps().size(); ++i) {
    const vn::path_step& step = circle.steps()[i];
    const vn::point a = circle.steps()[i - 1].to;
    const double x = (a.x + 3 * step.control1.x + 3 * step.control2.x + step.to.x) / 8;
    const double y = (a.y + 3 * step.control1.y + 3 * step.control2.y + step.to.y) / 8;
    CHECK(std::hypot(x, y) == Approx(100).epsilon(3e-4));
  }
  CHECK(circle.steps().back().to.x == Approx(100));
}

TEST_CASE("what cannot be drawn is refused by name") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_WITH(vn::render_svg(with({{vn::circle_shape{{nan, 0}, 1}}})),
                    Catch::Contains("an x is nan"));
  CHECK_THROWS_WITH(vn::render_svg(with({{vn::circle_shape{{0, 0}, -1}}})),
                    Catch::Contains("a radius is -1"));
  CHECK_THROWS_WITH(
      vn::render_svg(with({{vn::circles_shape{{{0, 0}, {1, 1}, {2, 2}}, {1, 2}, {vn::black}}}})),
      Catch::Contains("radii has 2 entries for 3 shapes"));
  CHECK_THROWS_WITH(vn::render_svg(with({{vn::circle_shape{}, "a b"}})),
                    Catch::Contains("the role 'a b'"));
  CHECK_THROWS_AS(vn::render_svg({.width = 0}), std::invalid_argument);
  CHECK_THROWS_WITH(vn::render_png({.width = 40000}, {.scale = 1}),
                    Catch::Contains("40000 pixels"));
  CHECK_THROWS_AS(vn::render_png({}, {.scale = 0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::render_png({.width = 30000, .height = 30000}, {.scale = 1}),
                  std::invalid_argument);
}

TEST_CASE("a PNG has its pixels where the shapes are") {
  const vn::drawing picture =
      with({{vn::rectangle_shape{{10, 20}, 30, 10, {.fill = vn::color{255, 0, 16}}}},
            {vn::segments_shape{{{60, 0}}, {{60, 50}}, {4}, {vn::black}}},
            {vn::circles_shape{{{80, 25}}, {5}, {vn::color{0, 0, 255}}}},
            {vn::group_shape{{{vn::rectangle_shape{{0, 40}, 10, 10, {.fill = vn::black}}}}, 0.5}}});
  const vn::png_result png = vn::render_png(picture, {.scale = 3});
  CHECK(png.width == 300);
  const decoded_png image = decode_png(png.bytes);
  CHECK(image.width == 300);
  CHECK(image.height == 150);
  CHECK(image.dots_per_meter == 11339);  // 288 dots an inch
  CHECK(image.at(75, 75) == std::vector<int>{255, 0, 16});
  CHECK(image.at(28, 75) == std::vector<int>{255, 255, 255});
  CHECK(image.at(180, 10) == std::vector<int>{0, 0, 0});
  CHECK(image.at(190, 10) == std::vector<int>{255, 255, 255});
  CHECK(image.at(240, 75) == std::vector<int>{0, 0, 255});
  CHECK(image.at(256, 75) == std::vector<int>{255, 255, 255});
  CHECK(image.at(15, 135)[0] == Approx(127).margin(2));
}

TEST_CASE("segments cover pixels as far as they lie on them, in order, at any number of threads") {
  vn::drawing picture{.width = 40, .height = 200};
  // Half on a row, half off it; a faint one across it twice; a diagonal; one that ends midway.
  picture.shapes.push_back(
      {vn::segments_shape{.starts = {{0, 10}, {4, 0}, {4, 0}, {10, 20}, {20, 100}, {30, 0}},
                          .ends = {{40, 10}, {4, 200}, {4, 200}, {30, 40}, {25.5, 100}, {30, 0}},
                          .widths = {1, 2, 2, 2, 2, 5},
                          .colors = {vn::black, vn::color{255, 0, 0, 128},
                                     vn::color{0, 0, 255, 128}, vn::black, vn::black, vn::black}}});
  const std::string one = vn::render_png(picture, {.scale = 1}, {.threads = 1}).bytes;
  CHECK(vn::render_png(picture, {.scale = 1}, {.threads = 2}).bytes == one);
  CHECK(vn::render_png(picture, {.scale = 1}, {.threads = 8}).bytes == one);
  const decoded_png image = decode_png(one);
  CHECK(image.at(20, 9)[0] == Approx(127).margin(1));
  CHECK(image.at(20, 10)[0] == Approx(127).margin(1));
  CHECK(image.at(20, 8)[0] == 255);
  // White under half red under half blue.
  CHECK(image.at(3, 150)[0] == Approx(127).margin(1));
  CHECK(image.at(3, 150)[1] == Approx(63).margin(1));
  CHECK(image.at(3, 150)[2] == Approx(191).margin(1));
  CHECK(image.at(20, 30)[0] == 0);
  CHECK(image.at(20, 100)[0] == 0);
  CHECK(image.at(25, 100)[0] == Approx(127).margin(1));
  CHECK(image.at(26, 100)[0] == 255);
  CHECK(image.at(30, 1)[0] == 255);  // no length: nothing
  // The ink of a line of width 2 is twice its length, whatever its direction.
  for (const double angle : {0.0, 0.3, 0.7, 1.2, 2.0, 3.9}) {
    const double x = 80 * std::cos(angle);
    const double y = 80 * std::sin(angle);
    const decoded_png turned = decode_png(
        vn::render_png({.width = 200,
                        .height = 200,
                        .shapes = {{vn::segments_shape{
                            {{100.3 - x, 99.6 - y}}, {{100.3 + x, 99.6 + y}}, {2}, {vn::black}}}}},
                       {.scale = 1})
            .bytes);
    double ink = 0.0;
    for (std::size_t i = 0; i < turned.samples.size(); i += turned.channels) {
      ink += (255 - turned.samples[i]) / 255.0;
    }
    CHECK(ink == Approx(320).epsilon(0.02));
  }
}

TEST_CASE("a PNG without background is transparent") {
  const decoded_png image =
      decode_png(vn::render_png({.width = 4, .height = 4, .background = std::nullopt}).bytes);
  CHECK(image.channels == 4);
  CHECK(image.at(0, 0)[3] == 0);
}

TEST_CASE("letters lie where the estimate says, at every scale") {
  for (const std::string content : {"Average degree", "mmmmiiii", "节点数"}) {
    for (const double scale : {1.0, 4.0}) {
      vn::drawing picture{.width = 300, .height = 40};
      picture.shapes.push_back({vn::text_shape{.position = {150, 20},
                                               .content = content,
                                               .size = 20,
                                               .anchor = vn::text_anchor::middle,
                                               .height = vn::text_height::middle}});
      const vn::png_result png = vn::render_png(picture, {.scale = scale});
      if (!png.without_glyphs.empty()) {
        WARN("no font here has '" << content << "'");
        continue;
      }
      const decoded_png image = decode_png(png.bytes);
      const double half = vn::text_width(content, 20) / 2;
      const auto column = [&](double x) { return static_cast<std::uint32_t>(x * scale); };
      CHECK(image.count_other_than(255, column(150 - half), 0, column(150 + half), image.height) >
            100);
      // Faces differ: an eighth more on either side.
      CHECK(image.count_other_than(255, 0, 0, column(150 - 1.25 * half), image.height) == 0);
      CHECK(image.count_other_than(255, column(150 + 1.25 * half), 0, image.width, image.height) ==
            0);
    }
  }
}

TEST_CASE("a PNG says which text it could not show") {
  std::string said;
  const vn::drawing picture{
      .shapes = {{vn::text_shape{.position = {5, 20}, .content = "fine"}},
                 {vn::text_shape{.position = {5, 40}, .content = "private \uE123"}}}};
  const vn::png_result png = vn::render_png(
      picture, {.scale = 1}, {.log = [&](vn::severity, std::string_view text) { said = text; }});
  CHECK(png.without_glyphs == std::vector<std::string>{"private \uE123"});
  CHECK(said.find("fonts-noto-cjk") != std::string::npos);
}

TEST_CASE("text that is none is drawn without a complaint") {
  vn::drawing picture{.width = 300, .height = 40};
  picture.shapes.push_back(
      {vn::text_shape{.position = {5, 20}, .content = "a\xFF\xC0\x80\nb\x1B"}});
  picture.shapes.push_back({vn::text_shape{.position = {5, 30}, .content = ""}});
  const decoded_png image = decode_png(vn::render_png(picture).bytes);
  CHECK(image.count_other_than(255, 0, 0, image.width, image.height) > 10);
}

TEST_CASE("painting stops when asked to") {
  std::stop_source source;
  source.request_stop();
  vn::drawing picture;
  picture.shapes.push_back(
      {vn::circles_shape{.centers = std::vector<vn::point>(1000, vn::point{1, 1}),
                         .radii = {1},
                         .colors = {vn::black}}});
  CHECK_THROWS_AS(vn::render_png(picture, {}, {.stop = source.get_token()}), vn::cancelled);
}

TEST_CASE("text widths are Helvetica's, and an em for Chinese") {
  CHECK(vn::text_width("", 10) == 0);
  CHECK(vn::text_width("A1 i", 1000) == Approx(667 + 556 + 278 + 222));
  CHECK(vn::text_width("节点", 12) == Approx(24));
  CHECK(vn::text_width("~", 1000) == Approx(584));
  CHECK(vn::shorten_to_width("short", 10, 100) == "short");
  const std::string cut = vn::shorten_to_width("北京人工智能研究院有限公司", 10, 65);
  CHECK(cut == "北京人工智…");
  CHECK(vn::text_width(cut, 10) <= 65);
  CHECK(vn::shorten_to_width("abc", 10, 0) == "…");
}

TEST_CASE("sequential colours darken steadily, diverging ones to both sides") {
  for (int i = 0; i < 100; ++i) {
    INFO(i);
    CHECK(lightness(vn::sequential_color(i / 100.0)) >
          lightness(vn::sequential_color((i + 1) / 100.0)));
    CHECK(lightness(vn::diverging_color(i / 100.0)) >
          lightness(vn::diverging_color((i + 1) / 100.0)));
    CHECK(lightness(vn::diverging_color(-i / 100.0)) >
          lightness(vn::diverging_color(-(i + 1) / 100.0)));
  }
  CHECK(vn::sequential_color(-1) == vn::sequential_color(0));
  CHECK(vn::sequential_color(std::nan("")) == vn::sequential_color(0));
  CHECK(vn::contrasting_ink(vn::sequential_color(0)) == vn::black);
  CHECK(vn::contrasting_ink(vn::sequential_color(1)) == vn::white);
  for (std::size_t i = 0; i < 3 * vn::distinct_categories; ++i) {
    for (std::size_t j = 0; j < i; ++j) CHECK_FALSE(vn::category_color(i) == vn::category_color(j));
  }
}
