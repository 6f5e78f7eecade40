// Figures are read back from their SVG: what a reader would measure on paper must be the numbers
// that went in.
#include "valuenet/report/plot.hpp"

#include "valuenet/report/table.hpp"
#include "valuenet/statistics/concentration.hpp"
#include "valuenet/statistics/empirical_distribution.hpp"

#include <cmath>
#include <numeric>
#include <stdexcept>

#include "catch.hpp"
#include "report/axis.hpp"
#include "report/figure.hpp"
#include "report/svg.hpp"

namespace vn = valuenet;

namespace {

std::vector<std::string> labelled(const std::vector<vn::tick>& ticks) {
  std::vector<std::string> texts;
  for (const vn::tick& each : ticks) {
    if (!each.is_minor()) {
      texts.push_back(each.text + (each.superscript.empty() ? "" : "^" + each.superscript));
    }
  }
  return texts;
}

vn::flow_matrix_result flows_of(std::vector<std::string> groups, std::vector<double> flow) {
  vn::flow_matrix_result flows;
  flows.giver_groups = flows.taker_groups = groups;
  flows.flow = std::move(flow);
  flows.within = flows.across = 0.0;
  const std::size_t n = groups.size();
  flows.given.assign(n, 0.0);
  flows.taken.assign(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double f = flows.flow[i * n + j];
      flows.given[i] += f;
      flows.taken[j] += f;
      flows.total += f;
      (i == j ? flows.within : flows.across).value() += f;
    }
  }
  return flows;
}

// No two texts of a figure overlap, by the estimate of their widths; those that lean are left out.
void check_no_overlap(const svg_figure& figure) {
  struct text_box {
    std::string words;
    double left, right, top, bottom;
  };
  std::vector<text_box> boxes;
  for (const pugi::xpath_node& found : figure.document.select_nodes("//text[not(@transform)]")) {
    const pugi::xml_node node = found.node();
    const double size = node.attribute("font-size").as_double();
    const std::string words = svg_figure::text_of(node);
    const double width =
        vn::text_width(words, size, node.attribute("font-weight") != nullptr) * 0.98;
    const std::string anchor = node.attribute("text-anchor").as_string();
    const double x = node.attribute("x").as_double() - (anchor == "end"      ? width
                                                        : anchor == "middle" ? width / 2
                                                                             : 0.0);
    const double y = node.attribute("y").as_double();
    boxes.push_back({words, x, x + width, y - 0.7 * size, y});
  }
  const double paper = figure.document.child("svg").attribute("width").as_double();
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    INFO(boxes[i].words);
    CHECK(boxes[i].left >= -0.5);
    CHECK(boxes[i].right <= paper + 0.5);
    for (std::size_t j = 0; j < i; ++j) {
      const bool meets = boxes[i].left < boxes[j].right && boxes[j].left < boxes[i].right &&
                         boxes[i].top < boxes[j].bottom && boxes[j].top < boxes[i].bottom;
      INFO("'" << boxes[i].words << "' over '" << boxes[j].words << "'");
      CHECK_FALSE(meets);
    }
  }
}

}  // namespace

TEST_CASE("linear axes have ticks at 1, 2 or 5 times a power of ten") {
  const vn::axis a = vn::axis_over(vn::scale_kind::linear, 3.0, 97.0, true);
  CHECK(a.low == 0.0);
  CHECK(a.high == 100.0);
  CHECK(labelled(vn::ticks_of(a, 6)) ==
        std::vector<std::string>{"0", "20", "40", "60", "80", "100"});
  CHECK(labelled(vn::ticks_of({.low = -0.5, .high = 0.5}, 5)) ==
        std::vector<std::string>{"\u22120.4", "\u22120.2", "0", "0.2", "0.4"});
  CHECK(labelled(vn::ticks_of({.low = 0, .high = 2, .is_whole = true}, 8)) ==
        std::vector<std::string>{"0", "1", "2"});
  CHECK(labelled(vn::ticks_of({.low = 2014, .high = 2022, .words = vn::tick_words::year}, 4)) ==
        std::vector<std::string>{"2014", "2016", "2018", "2020", "2022"});
  CHECK(labelled(vn::ticks_of({.low = 0, .high = 0.5, .words = vn::tick_words::percent}, 5)) ==
        std::vector<std::string>{"0%", "10%", "20%", "30%", "40%", "50%"});
  CHECK(labelled(vn::ticks_of({.low = 0, .high = 2e9}, 2)) ==
        std::vector<std::string>{"0", "1×10^9", "2×10^9"});
  // Nothing, one value, all zero.
  CHECK(vn::axis_over(vn::scale_kind::linear, HUGE_VAL, -HUGE_VAL).high == 1.0);
  CHECK(vn::axis_over(vn::scale_kind::linear, 0, 0, true).high == 1.0);
  const vn::axis one = vn::axis_over(vn::scale_kind::linear, 7, 7);
  CHECK(one.low < 7.0);
  CHECK(one.high > 7.0);
}

TEST_CASE("logarithmic axes have decades and minor ticks") {
  const vn::axis a = vn::axis_over(vn::scale_kind::logarithmic, 3.0, 4125.0);
  CHECK(a.low == Approx(1.0));
  CHECK(a.high == Approx(10000.0));
  const std::vector<vn::tick> ticks = vn::ticks_of(a, 8);
  CHECK(labelled(ticks) == std::vector<std::string>{"1", "10", "100", "1,000", "10,000"});
  CHECK(ticks.size() == 5 + 4 * 8);
  CHECK(vn::place_on(a, 100.0) == Approx(0.5));
  CHECK(labelled(vn::ticks_of(vn::axis_over(vn::scale_kind::logarithmic, 1e-8, 1.0), 4)) ==
        std::vector<std::string>{"10^\u22128", "10^\u22126", "10^\u22124", "10^\u22122", "10^0"});
  CHECK(labelled(vn::ticks_of(vn::axis_over(vn::scale_kind::logarithmic, 2, 8), 8)) ==
        std::vector<std::string>{"1", "2", "5", "10"});
  CHECK(vn::axis_over(vn::scale_kind::logarithmic, 0, 0).low > 0.0);
}

TEST_CASE("numbers of figures are short") {
  CHECK(vn::short_number(43742) == "43,742");
  CHECK(vn::short_number(-0.028034) == "\u22120.02803");
  CHECK(vn::short_number(12345.6) == "12,346");
  CHECK(vn::short_percent(0.1234) == "12.3%");
  CHECK(vn::short_percent(1.0) == "100%");
  CHECK(vn::short_percent(0.00001) == "<0.01%");
  CHECK(vn::short_percent(0.0) == "0%");
}

TEST_CASE("long text is broken at spaces and between Chinese characters") {
  CHECK(vn::wrapped("one two three", 10, vn::text_width("one two ", 10)) ==
        std::vector<std::string>{"one two", "three"});
  CHECK(vn::wrapped("一二三四，五六", 10, 41) == std::vector<std::string>{"一二三", "四，五六"});
  CHECK(vn::wrapped("a\nb", 10, 100) == std::vector<std::string>{"a", "b"});
  CHECK(vn::wrapped("", 10, 100).size() == 1);
}

TEST_CASE("a degree distribution's points and tail lie where the axes say") {
  // Degrees 1..5: 5, 3, 2, 1, 1 times.
  const vn::value_counts sample{.values = {1, 2, 3, 4, 5}, .counts = {50, 30, 10, 6, 4}};
  const auto found = vn::assess_power_law(
      sample, {.fit = {.x_min = 1.0, .bootstrap_replicates = 20}, .intervals = {.replicates = 0}});
  REQUIRE(found.fit.fit);
  const svg_figure figure(
      vn::plot_degree_distribution(sample, found, {.view = vn::distribution_view::ccdf}));
  const seen_axis x = axis_of(figure, "x-tick-label", "x", true);
  const seen_axis y = axis_of(figure, "y-tick-label", "y", true);
  const auto points = figure.circles("ccdf");
  REQUIRE(points.size() == 5);
  const double ccdf[] = {1.0, 0.5, 0.2, 0.1, 0.04};
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(x.value_at(points[i].x) == Approx(sample.values[i]).epsilon(0.005));
    CHECK(y.value_at(points[i].y) == Approx(ccdf[i]).epsilon(0.01));
  }
  REQUIRE(figure.all("power-law").size() == 1);
  const auto curve = svg_figure::points_of(figure.all("power-law")[0]);
  CHECK(x.value_at(curve.front().x) == Approx(1.0).epsilon(0.005));
  CHECK(y.value_at(curve.front().y) == Approx(1.0).epsilon(0.01));
  // P(X >= 5) of the zeta law, by summing it.
  const double alpha = found.fit.fit->alpha;
  double tail = 0.0;
  double all = 0.0;
  for (int k = 1; k < 2'000'000; ++k) {
    all += std::pow(k, -alpha);
    if (k >= 5) tail += std::pow(k, -alpha);
  }
  CHECK(y.value_at(curve.back().y) == Approx(tail / all).epsilon(0.02));
  CHECK_FALSE(figure.all("alternative").empty());
  CHECK(figure.says("x_min = 1"));
  check_no_overlap(figure);
}

TEST_CASE("the density's points and its law are those of the sample") {
  const vn::value_counts sample{.values = {0, 1, 2, 3, 10}, .counts = {100, 50, 30, 15, 5}};
  const auto found = vn::assess_power_law(
      sample, {.fit = {.x_min = 1.0, .bootstrap_replicates = 0}, .intervals = {.replicates = 0}});
  const svg_figure figure(
      vn::plot_degree_distribution(sample, found, {.view = vn::distribution_view::density}));
  const seen_axis x = axis_of(figure, "x-tick-label", "x", true);
  const seen_axis y = axis_of(figure, "y-tick-label", "y", true);
  const auto raw = figure.circles("raw-density");
  REQUIRE(raw.size() == 4);  // zero has no place
  CHECK(y.value_at(raw[0].y) == Approx(0.25).epsilon(0.01));
  CHECK(x.value_at(raw[3].x) == Approx(10.0).epsilon(0.005));
  CHECK(y.value_at(raw[3].y) == Approx(0.025).epsilon(0.01));
  const auto bins = vn::log_binned_density(sample);
  const auto points = figure.circles("density");
  REQUIRE(points.size() == bins.size());
  CHECK(y.value_at(points.back().y) == Approx(bins.back().density).epsilon(0.01));
  // p(1) of the law is half of (the share above zero) 1/zeta(alpha).
  double zeta = 0.0;
  for (int k = 1; k < 2'000'000; ++k) zeta += std::pow(k, -found.fit.fit->alpha);
  const auto law = svg_figure::points_of(figure.all("power-law").at(0));
  CHECK(y.value_at(law.front().y) == Approx(0.5 / zeta).epsilon(0.02));
  CHECK(figure.says("100 of 200 values are not positive"));
}

TEST_CASE("samples without a fit are drawn, and the figure says why there is none") {
  for (const vn::value_counts& sample :
       {vn::value_counts{}, vn::value_counts{.values = {0}, .counts = {3}},
        vn::value_counts{.values = {5}, .counts = {1}},
        vn::value_counts{.values = {3}, .counts = {9}}}) {
    const auto found = vn::assess_power_law(
        sample, {.fit = {.bootstrap_replicates = 0}, .intervals = {.replicates = 0}});
    const svg_figure figure(vn::plot_degree_distribution(sample, found));
    CHECK(figure.says("No power law was fitted: "));
    CHECK(figure.all("power-law").empty());
    check_no_overlap(figure);
  }
}

TEST_CASE("sizes stand at their ranks, with the rank-size line") {
  const std::vector<double> sizes{0, 100, 50, 33, 25, 20, 1};
  const std::vector<std::string> names{"zero", "甲", "b", "c", "d", "e", "f"};
  const svg_figure figure(vn::plot_rank_size(sizes, {.labels = names, .labelled = 2}));
  const seen_axis x = axis_of(figure, "x-tick-label", "x", true);
  const seen_axis y = axis_of(figure, "y-tick-label", "y", true);
  const auto points = figure.circles("sizes");
  REQUIRE(points.size() == 6);
  CHECK(x.value_at(points[3].x) == Approx(4.0).epsilon(0.005));
  CHECK(y.value_at(points[3].y) == Approx(25.0).epsilon(0.01));
  const auto fit = vn::rank_size(sizes);
  const auto line = svg_figure::points_of(figure.all("rank-size-line").at(0));
  const double rank = x.value_at(line.back().x);
  CHECK(y.value_at(line.back().y) ==
        Approx(std::exp((fit->intercept - std::log(rank - 0.5)) / fit->exponent)).epsilon(0.02));
  CHECK(figure.words("name") == std::vector<std::string>{"甲", "b"});
  CHECK(figure.says("1 of 7 values are 0"));
  CHECK_THROWS_AS(vn::plot_rank_size(sizes, {.labels = std::span(names).first(2)}),
                  std::invalid_argument);
}

TEST_CASE("a Lorenz curve goes through its shares, and the legend has the Gini coefficient") {
  const svg_figure figure(
      vn::plot_lorenz({{"given", {1, 1, 2, 6}}, {"nothing", {0, 0}}}, {.population = "cities"}));
  const seen_axis x = axis_of(figure, "x-tick-label", "x", false);
  const seen_axis y = axis_of(figure, "y-tick-label", "y", false);
  REQUIRE(figure.all("lorenz").size() == 1);
  const auto points = svg_figure::points_of(figure.all("lorenz")[0]);
  REQUIRE(points.size() == 5);
  const double held[] = {0.0, 0.1, 0.2, 0.4, 1.0};
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(x.value_at(points[i].x) == Approx(0.25 * static_cast<double>(i)).margin(0.002));
    CHECK(y.value_at(points[i].y) == Approx(held[i]).margin(0.002));
  }
  // (2i - n - 1) x_i: -3 - 1 + 2 + 18 = 16, over 4 * 10.
  CHECK(figure.words("legend").at(0) == "given: Gini 0.400, n = 4");
  CHECK(figure.words("legend").at(1) == "nothing: nothing to share");
  CHECK(figure.says("share of cities, poorest first"));
  check_no_overlap(figure);
}

TEST_CASE("bars are as long as their values, and say their shares") {
  const svg_figure figure(vn::plot_bars({"北京", "上海", "深圳", "合肥"},
                                        {{"", {50.0, 30.0, 15.0, 5.0}}},
                                        {.quantity = "relations", .most = 2}));
  const seen_axis x = axis_of(figure, "x-tick-label", "x", false);
  const auto bars = figure.all("bar");
  REQUIRE(bars.size() == 3);
  const double values[] = {50, 30, 20};
  for (std::size_t i = 0; i < 3; ++i) {
    const double left = bars[i].attribute("x").as_double();
    CHECK(x.value_at(left) == Approx(0.0).margin(0.1));
    CHECK(x.value_at(left + bars[i].attribute("width").as_double()) ==
          Approx(values[i]).epsilon(0.01));
  }
  CHECK(figure.words("category") == std::vector<std::string>{"北京", "上海", "others (2)"});
  CHECK(figure.words("bar-label") ==
        std::vector<std::string>{"50 (50.0%)", "30 (30.0%)", "20 (20.0%)"});
  CHECK(bars[0].child_value("title") == std::string("北京: 50 (50.0%)"));
  check_no_overlap(figure);
}

TEST_CASE("stacked bars follow each other, and shares end at 100%") {
  const std::vector<vn::bar_series> series{{"in", {1.0, 3.0}}, {"out", {3.0, {}}}};
  const svg_figure stacked(
      vn::plot_bars({"a", "b"}, series, {.arrangement = vn::bar_arrangement::stacked}));
  const auto parts = stacked.all("bar");
  REQUIRE(parts.size() == 3);
  CHECK(parts[0].attribute("x").as_double() + parts[0].attribute("width").as_double() ==
        Approx(parts[1].attribute("x").as_double()).margin(0.02));
  CHECK(parts[0].attribute("fill").as_string() !=
        std::string(parts[1].attribute("fill").as_string()));
  CHECK(stacked.words("legend") == std::vector<std::string>{"in", "out"});
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(stacked.all("legend-key")[i].attribute("fill").as_string() ==
          std::string(parts[i].attribute("fill").as_string()));
  }
  const svg_figure shares(vn::plot_bars(
      {"a", "b"}, series,
      {.arrangement = vn::bar_arrangement::shares, .direction = vn::bar_direction::vertical}));
  const seen_axis y = axis_of(shares, "y-tick-label", "y", false);
  const auto bars = shares.all("bar");
  REQUIRE(bars.size() == 3);
  CHECK(y.value_at(bars[1].attribute("y").as_double()) == Approx(1.0).margin(0.005));
  CHECK(y.value_at(bars[0].attribute("y").as_double()) == Approx(0.25).margin(0.005));
  CHECK_THROWS_WITH(
      vn::plot_bars({"a"}, {{"s", {-1.0}}}, {.arrangement = vn::bar_arrangement::stacked}),
      Catch::Contains("'a' of series 's' is -1"));
  CHECK_THROWS_WITH(vn::plot_bars({"a"}, {{"s", {1.0, 2.0}}}),
                    Catch::Contains("2 values for 1 categories"));
}

TEST_CASE("negative bars go the other way") {
  const svg_figure figure(vn::plot_bars({"a", "b"}, {{"", {-4.0, 8.0}}}));
  const seen_axis x = axis_of(figure, "x-tick-label", "x", false);
  const auto bars = figure.all("bar");
  CHECK(x.value_at(bars[0].attribute("x").as_double()) == Approx(-4.0).epsilon(0.01));
  CHECK(figure.words("bar-label") == std::vector<std::string>{"\u22124", "8"});
  check_no_overlap(figure);
}

TEST_CASE("bars of nothing, of zeros, and of very long names are drawn") {
  check_no_overlap(svg_figure(vn::plot_bars({}, {})));
  check_no_overlap(svg_figure(vn::plot_bars({"a"}, {{"", {0.0}}})));
  const std::string name =
      "中国科学院自动化研究所模式识别国家重点实验室 and the National Laboratory";
  const svg_figure figure(vn::plot_bars({name, "x"}, {{"", {1.0, 2e9}}}, {.plot = {.width = 300}}));
  CHECK(figure.words("category").at(0).ends_with("…"));
  check_no_overlap(figure);
}

TEST_CASE("a heat map's cells have the flows, the largest groups first") {
  const auto flows = flows_of({"b", "a", "none", "c"}, {1, 10, 0, 0,      //
                                                        100, 1000, 0, 0,  //
                                                        0, 0, 0, 0,       //
                                                        0, 0, 0, 2});
  const svg_figure figure(vn::plot_heat_map(flows));
  CHECK(figure.words("giver") == std::vector<std::string>{"a", "b", "c"});
  CHECK(figure.words("taker") == std::vector<std::string>{"a", "b", "c"});
  const auto cells = figure.all("cell");
  REQUIRE(cells.size() == 5);
  CHECK(cells[0].child_value("title") == std::string("a → a: 1,000 (89.8%)"));
  CHECK(figure.words("cell-label") == std::vector<std::string>{"1,000", "100", "10", "1", "2"});
  // Darker where the flow is larger.
  const auto fill = [&](std::size_t i) {
    return std::string(cells[i].attribute("fill").as_string());
  };
  CHECK(fill(0) != fill(1));
  const std::vector<std::string> scale = figure.words("scale-label");
  CHECK(scale.front() == "1");
  CHECK(scale.back() == "1,000");
  check_no_overlap(figure);
  CHECK(svg_figure(vn::plot_heat_map(flows_of({"a", "b"}, {0, 0, 0, 0}))).says("no flow"));
}

TEST_CASE("a chord's arcs and ribbons are as wide as the flows") {
  const auto flows = flows_of({"a", "b"}, {0, 3, 1, 0});
  const svg_figure figure(vn::plot_chord(flows));
  const auto ribbons = figure.all("ribbon");
  REQUIRE(ribbons.size() == 2);
  CHECK(ribbons[0].child_value("title") == std::string("a → b: 3 (75.0%)"));
  CHECK(ribbons[1].child_value("title") == std::string("b → a: 1 (25.0%)"));
  // The angle at the centre between a ribbon's first two ends on the giver's arc is proportional.
  const auto arcs = figure.all("arc");
  REQUIRE(arcs.size() == 2);
  const auto chord_angle = [](const pugi::xml_node& path, std::size_t first, std::size_t last) {
    const auto points = svg_figure::points_of(path);
    return std::hypot(points[first].x - points[last].x, points[first].y - points[last].y);
  };
  // Both groups give and take 4: arcs alike.
  CHECK(svg_figure::points_of(arcs[0]).size() == svg_figure::points_of(arcs[1]).size());
  const auto thin = svg_figure::points_of(ribbons[1]);
  CHECK(chord_angle(ribbons[0], 0, 2) > chord_angle(ribbons[1], 0, 1));
  CHECK(figure.words("name") == std::vector<std::string>{"a", "b"});
  const auto without = flows_of({"a", "b"}, {5, 3, 1, 5});
  CHECK(svg_figure(vn::plot_chord(without, {.shows_within = false})).all("ribbon").size() == 2);
  CHECK(svg_figure(vn::plot_chord(without)).all("ribbon").size() == 4);
  vn::flow_matrix_result two = flows;
  two.within.reset();
  CHECK_THROWS_WITH(vn::plot_chord(two), Catch::Contains("two groupings"));
}

TEST_CASE("curves have a point a year, a gap where there is none, and whole years at ticks") {
  const svg_figure figure(vn::plot_curves(
      {2018, 2019, 2020, 2021},
      {{"", "share", {{"core", {0.1, 0.2, {}, 0.4}}, {"all", {1.0, 1.0, 1.0, 1.0}}}, true}}));
  CHECK(figure.words("x-tick-label") == std::vector<std::string>{"2018", "2019", "2020", "2021"});
  const seen_axis x = axis_of(figure, "x-tick-label", "x", false);
  const seen_axis y = axis_of(figure, "y-tick-label", "y", false);
  const auto curves = figure.all("curve");
  REQUIRE(curves.size() == 2);  // core's last year stands alone: a point
  const auto points = svg_figure::points_of(curves[0]);
  REQUIRE(points.size() == 2);
  CHECK(x.value_at(points[1].x) == Approx(2019).margin(0.02));
  CHECK(y.value_at(points[1].y) == Approx(0.2).margin(0.005));
  CHECK(figure.all("point").size() == 7);
  CHECK(figure.words("legend") == std::vector<std::string>{"core", "all"});
  CHECK(curves[0].attribute("stroke-dasharray").as_string() !=
        std::string(curves[1].attribute("stroke-dasharray").as_string()));
  check_no_overlap(figure);
  CHECK_THROWS_AS(vn::plot_curves({2020, 2019}, {}), std::invalid_argument);
  CHECK_THROWS_AS(vn::plot_curves({1, 2}, {{"", "", {{"a", {1.0}}}}}), std::invalid_argument);
  check_no_overlap(svg_figure(vn::plot_curves({}, {})));
  check_no_overlap(svg_figure(vn::plot_curves({2021}, {{"", "n", {{"a", {5.0}}}}})));
}

TEST_CASE("statistics of slices are a panel each, by their names in both languages") {
  vn::evolution_result evolution;
  for (int year = 2019; year <= 2021; ++year) {
    vn::network_slice slice;
    slice.until_year = year;
    vn::statistic nodes;
    nodes.name = nodes.label = "nodes";
    nodes.label_zh = "节点数";
    nodes.value = 10.0 * (year - 2018);
    slice.summary.statistics.push_back(std::move(nodes));
    evolution.slices.push_back(std::move(slice));
  }
  const svg_figure figure(
      vn::plot_evolution(evolution, {"nodes"}, {.plot = {.language = vn::plot_language::chinese}}));
  CHECK(figure.words("panel-title") == std::vector<std::string>{"节点数"});
  CHECK(figure.says("年份"));
  CHECK_THROWS_WITH(vn::plot_evolution(evolution, {"edges"}), Catch::Contains("there are nodes"));
  CHECK_THROWS_AS(vn::plot_evolution({}, {"nodes"}), std::invalid_argument);
}

TEST_CASE("ranks run from 1 on top, tied names do not overlap, changes are counted") {
  const svg_figure figure(vn::plot_rank_changes(
      {2019, 2020, 2021},
      {{"甲", {1.0, 1.0, 2.0}}, {"乙", {2.0, 2.0, 1.0}}, {"丙", {3.0, {}, 2.0}}}));
  const auto lines = figure.all("rank-line");
  REQUIRE(lines.size() == 2);  // 丙 has a gap: two points
  const auto first = svg_figure::points_of(lines[0]);
  CHECK(lines[0].child_value("title") == std::string("乙"));
  CHECK(first.front().y > first.back().y);
  CHECK(figure.all("point").size() == 8);
  CHECK(figure.words("name") ==
        std::vector<std::string>{"甲  1", "乙  2", "丙  3", "1  乙", "2  甲", "2  丙"});
  CHECK(figure.words("change") == std::vector<std::string>{"▲1", "▼1", "▲1"});
  check_no_overlap(figure);
  // Ranks far below those named are pressed together.
  std::vector<vn::ranked_object> many;
  for (int i = 0; i < 10; ++i) many.push_back({std::to_string(i), {i * 20.0 + 1.0, i + 1.0}});
  const svg_figure pressed(vn::plot_rank_changes({2020, 2021}, many));
  CHECK(pressed.all("pressed").size() == 1);
  check_no_overlap(pressed);
  CHECK(svg_figure(vn::plot_rank_changes({2020, 2021}, many, {.most = 4})).all("name").size() == 8);
  check_no_overlap(svg_figure(vn::plot_rank_changes({2021}, {{"a", {1.0}}, {"b", {1.0}}})));
  CHECK_THROWS_AS(vn::plot_rank_changes({}, {}), std::invalid_argument);
  CHECK_THROWS_AS(vn::plot_rank_changes({2021}, {{"a", {0.0}}}), std::invalid_argument);
}

TEST_CASE("a radar's corners lie at their values, the first axis upwards") {
  const svg_figure figure(
      vn::plot_radar({"a", "b", "c", "d"}, {{"x", {100.0, 50.0, 25.0, 0.0}}}, {.maximum = 100.0}));
  const auto corners = svg_figure::points_of(figure.all("radar").at(0));
  REQUIRE(corners.size() == 4);
  const vn::point center = corners[3];  // 0
  const double radius = center.y - corners[0].y;
  CHECK(corners[0].x == Approx(center.x).margin(0.02));
  CHECK(corners[1].x - center.x == Approx(radius / 2).margin(0.02));
  CHECK(corners[2].y - center.y == Approx(radius / 4).margin(0.02));
  CHECK(figure.words("axis-name") == std::vector<std::string>{"a", "b", "c", "d"});
  check_no_overlap(figure);
  CHECK_THROWS_WITH(vn::plot_radar({"a", "b"}, {}), Catch::Contains("at least 3"));
  CHECK_THROWS_AS(vn::plot_radar({"a", "b", "c"}, {{"", {1.0, -1.0, 0.0}}}), std::invalid_argument);
}

TEST_CASE("published and computed values differ by what the axis says") {
  const svg_figure figure(vn::plot_published({{"mean", "2.28", 2.2831},
                                              {"longer", "10", 12.0},
                                              {"far", "1", 30.0},
                                              {"undefined", "4.5", {}},
                                              {"zero", "0", 3.0}}));
  const seen_axis x = axis_of(figure, "x-tick-label", "x", false);
  const auto points = figure.all("difference");
  REQUIRE(points.size() == 3);
  CHECK(x.value_at(points[0].attribute("cx").as_double()) == Approx(0.0031 / 2.28).margin(0.003));
  CHECK(points[0].attribute("fill").as_string() != std::string("#ffffff"));
  CHECK(x.value_at(points[1].attribute("cx").as_double()) == Approx(0.2).margin(0.003));
  CHECK(points[1].attribute("fill").as_string() == std::string("#ffffff"));
  CHECK(points[2].name() == std::string("path"));  // an arrow at the edge
  CHECK(figure.words("published") == std::vector<std::string>{"2.28", "10", "1", "4.5", "0"});
  CHECK(figure.words("computed").at(3) == "undefined");
  check_no_overlap(figure);
  CHECK_THROWS_WITH(vn::plot_published({{"a", "about 3", 3.0}}), Catch::Contains("about 3"));
  const svg_figure printed(vn::plot_published(
      {{"a", "43,742", 43742.3}, {"b", "12.4%", 0.12437}, {"c", "12.4%", 0.1246}}));
  std::vector<bool> filled;
  for (const pugi::xml_node& each : printed.all("difference")) {
    filled.push_back(each.attribute("fill").as_string() != std::string("#ffffff"));
  }
  CHECK(filled == std::vector<bool>{true, true, false});
}

TEST_CASE("distances are shares of the reachable pairs") {
  vn::distances_result found;
  found.histogram = {0, 6, 3, 1};
  found.reachable_pairs = 10;
  found.unreachable_pairs = 2;
  found.mean = 1.5;
  found.diameter = 3;
  found.effective_diameter = 2.0;
  const svg_figure figure(vn::plot_distances(found));
  const seen_axis y = axis_of(figure, "y-tick-label", "y", false);
  const seen_axis x = axis_of(figure, "x-tick-label", "x", false);
  const auto bars = figure.all("bar");
  REQUIRE(bars.size() == 3);
  CHECK(y.value_at(bars[0].attribute("y").as_double()) == Approx(0.6).margin(0.003));
  CHECK(y.value_at(bars[2].attribute("y").as_double()) == Approx(0.1).margin(0.003));
  CHECK(x.value_at(svg_figure::points_of(figure.all("mean").at(0))[0].x) ==
        Approx(1.5).margin(0.01));
  CHECK(figure.words("mean-label") == std::vector<std::string>{"mean 1.5"});
  check_no_overlap(figure);
  CHECK(figure.says("10 reachable ordered pairs of 12"));
  svg_figure(vn::plot_distances({}));
}

TEST_CASE("clustering coefficients fall into their bins") {
  vn::clustering_result found;
  found.local = {0.0, 0.1, 0.5, 1.0, 0.0};
  found.defined = {true, true, true, true, false};
  found.average = 0.32;
  found.averaged_over = 5;
  const std::vector<std::uint64_t> degrees{2, 2, 20, 3, 1};
  const svg_figure figure(vn::plot_clustering(found, {.bins = 10, .degrees = degrees}));
  const auto bars = figure.all("bar");
  REQUIRE(bars.size() == 4);
  CHECK(bars[0].child_value("title") == std::string("0-0.1: 1"));
  CHECK(bars[1].child_value("title") == std::string("0.1-0.2: 1"));
  CHECK(bars[3].child_value("title") == std::string("0.9-1: 1"));
  // By degree: 2 (mean of 0 and 0.1), 3, 20.
  CHECK(figure.circles("by-degree").size() == 3);
  CHECK(figure.words("mean-label") == std::vector<std::string>{"mean 0.400"});
  CHECK(figure.says("defined for 4 of 5 actors"));
  CHECK_THROWS_AS(vn::plot_clustering(found, {.bins = 0}), std::invalid_argument);
  svg_figure(vn::plot_clustering({}));
}

TEST_CASE("sizes out of range are refused, titles and notes appear") {
  CHECK_THROWS_WITH(vn::plot_lorenz({}, {.plot = {.width = 10}}), Catch::Contains("width is 10"));
  const svg_figure figure(
      vn::plot_lorenz({}, {.plot = {.title = "My title", .note = "Source: 表3"}}));
  CHECK(figure.words("title") == std::vector<std::string>{"My title"});
  CHECK(figure.words("note") == std::vector<std::string>{"Source: 表3"});
  const svg_figure bare(vn::plot_lorenz({}, {.plot = {.title = ""}}));
  CHECK(bare.words("title").empty());
  CHECK(bare.document.child("svg").child_value("title") == std::string("Lorenz curve"));
}
