#include "valuenet/report/network_picture.hpp"

#include "valuenet/io/csv.hpp"
#include "valuenet/report/flow_map.hpp"
#include "valuenet/report/places.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "catch.hpp"
#include "detail/random.hpp"
#include "report/label_placing.hpp"
#include "report/picture_parts.hpp"

namespace vn = valuenet;

namespace {

vn::value_network example() {
  const std::string folder = std::string(VALUENET_SOURCE_DIR) + "/data/example";
  return vn::read_csv({.actors = folder + "/actors.csv", .relations = folder + "/relations.csv"})
      .network;
}

std::vector<std::string> texts(const vn::drawing& picture) {
  std::vector<std::string> found;
  for (const vn::shape& each : picture.shapes) {
    if (const auto* text = std::get_if<vn::text_shape>(&each.value)) found.push_back(text->content);
  }
  return found;
}

bool holds(const std::vector<std::string>& all, const std::string& part) {
  return std::any_of(all.begin(), all.end(),
                     [&](const std::string& each) { return each.find(part) != each.npos; });
}

std::size_t count_role(const vn::drawing& picture, const std::string& role) {
  return static_cast<std::size_t>(
      std::count_if(picture.shapes.begin(), picture.shapes.end(),
                    [&](const vn::shape& each) { return each.role == role; }));
}

/// Flows between named groups, by rows.
vn::flow_matrix_result matrix(std::vector<std::string> names, std::vector<double> flow) {
  vn::flow_matrix_result made{.giver_grouping = "province",
                              .taker_grouping = "province",
                              .giver_groups = names,
                              .taker_groups = names,
                              .flow = std::move(flow),
                              .given = {},
                              .taken = {},
                              .within = 0.0,
                              .across = 0.0};
  made.given.assign(names.size(), 0.0);
  made.taken.assign(names.size(), 0.0);
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (std::size_t j = 0; j < names.size(); ++j) {
      made.given[i] += made(i, j);
      made.taken[j] += made(i, j);
      made.total += made(i, j);
      *(i == j ? made.within : made.across) += made(i, j);
    }
  }
  return made;
}

}  // namespace

TEST_CASE("labels never overlap each other nor what is taken, and stay on the page",
          "[network_picture]") {
  vn::detail::random_stream random(2);
  std::vector<vn::detail::label_request> labels;
  std::vector<vn::detail::circle_obstacle> obstacles;
  for (int i = 0; i < 150; ++i) {
    const vn::point at{800.0 * random.uniform(), 600.0 * random.uniform()};
    labels.push_back({.center = at,
                      .radius = 12.0 * random.uniform(),
                      .text = i % 2 == 0 ? "中国移动通信" : "Stanford University",
                      .size = 11.0});
    obstacles.push_back({at, labels.back().radius});
  }
  const vn::detail::box page{0.0, 0.0, 800.0, 600.0};
  const vn::detail::box legend{600.0, 0.0, 800.0, 200.0};
  const auto placed =
      vn::detail::place_labels(labels, {.page = page, .taken = {legend}, .obstacles = obstacles});
  std::size_t found = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (!placed[i]) continue;
    ++found;
    const vn::detail::box& here = placed[i]->bounds;
    CHECK(here.right - here.left >= vn::text_width(labels[i].text, 11.0));
    CHECK((here.left >= 0.0 && here.top >= 0.0 && here.right <= 800.0 && here.bottom <= 600.0));
    CHECK_FALSE(vn::detail::overlap(here, legend));
    for (std::size_t j = 0; j < i; ++j) {
      if (placed[j]) CHECK_FALSE(vn::detail::overlap(here, placed[j]->bounds));
    }
  }
  CHECK(found > 60);
  // Alone on the page a label stands inside a circle with room for it, else to its right.
  const auto inside = vn::detail::place_labels(
      {{.center = {400.0, 300.0}, .radius = 40.0, .text = "北京", .size = 12.0}}, {.page = page});
  CHECK(inside[0]->is_inside);
  const auto beside = vn::detail::place_labels(
      {{.center = {400.0, 300.0}, .radius = 5.0, .text = "北京", .size = 12.0}}, {.page = page});
  CHECK_FALSE(beside[0]->is_inside);
  CHECK(beside[0]->bounds.left > 405.0);
}

TEST_CASE("legends have round numbers", "[network_picture]") {
  CHECK(vn::detail::round_steps(4223.0, 3) == std::vector<double>{2000.0, 500.0, 100.0});
  CHECK(vn::detail::round_steps(0.7, 2) == std::vector<double>{0.5, 0.1});
  CHECK(vn::detail::round_steps(0.0, 3).empty());
}

TEST_CASE("a network's layout has places, sizes and colours by group", "[network_picture]") {
  const vn::value_network network = example();
  const vn::selection all = vn::select(network);
  const vn::network_layout_result by_type = vn::lay_out_network(
      all, {.size = vn::actor_metric::degree, .groups = vn::group_actors(network, vn::by::type)});
  const std::size_t count = all.graph().vertex_count();
  REQUIRE(by_type.positions.size() == count);
  CHECK(by_type.grouping_name == "type");
  std::uint64_t colored = by_type.other_actors;
  for (const auto& group : by_type.groups) colored += group.actors;
  CHECK(colored == count);
  CHECK(std::is_sorted(by_type.groups.begin(), by_type.groups.end(),
                       [](const auto& a, const auto& b) { return a.actors > b.actors; }));
  const double largest = *std::max_element(by_type.sizes.begin(), by_type.sizes.end());
  for (vn::vertex_id v = 0; v < count; ++v) {
    CHECK(by_type.radii[v] == Approx(1.0 + 11.0 * std::sqrt(by_type.sizes[v] / largest)));
    const vn::text_column& type = network.actors().type;
    REQUIRE(by_type.group[v] < by_type.groups.size());
    CHECK(by_type.groups[by_type.group[v]].label == type[all.actor(v)]);
    CHECK(by_type.colors[v] == by_type.groups[by_type.group[v]].color);
  }
  vn::network_layout_options few{.groups = vn::group_actors(network, vn::by::type),
                                 .colored_groups = 1};
  const vn::network_layout_result one = vn::lay_out_network(all, few);
  CHECK(one.groups.size() == 1);
  CHECK(one.other_actors == count - one.groups[0].actors);
  few.colored_groups = 22;
  CHECK_THROWS_AS(vn::lay_out_network(all, few), std::invalid_argument);
}

TEST_CASE("a network's picture shows every actor, its names and its legend", "[network_picture]") {
  const vn::value_network network = example();
  const vn::selection all = vn::select(network);
  const vn::network_layout_result layout = vn::lay_out_network(all);
  const vn::drawing picture = vn::draw_network(
      all, layout, {.plot = {.language = vn::plot_language::chinese, .title = "价值网络"}});
  const std::vector<std::string> words = texts(picture);
  CHECK(holds(words, "价值网络"));
  CHECK(holds(words, "颜色"));
  CHECK(holds(words, "甲大学"));
  CHECK(holds(words, "12个节点, 25条关系"));
  std::size_t circles = 0;
  for (const vn::shape& each : picture.shapes) {
    const auto* many = std::get_if<vn::circles_shape>(&each.value);
    if (many == nullptr) continue;
    circles += many->centers.size();
    for (const vn::point& center : many->centers) {
      CHECK((center.x > 0.0 && center.x < picture.width));
      CHECK((center.y > 0.0 && center.y < picture.height));
    }
  }
  CHECK(circles == 12);
  // A curve for each pair of actors with a relation: 25, less 4 parallel ones and one returned.
  CHECK(count_role(picture, "relation") == 20);
  CHECK(vn::render_svg(picture).find("甲大学") != std::string::npos);
  CHECK_THROWS_AS(vn::draw_network(all, layout, {.plot = {.width = 10.0}}), std::invalid_argument);
  CHECK_THROWS_AS(vn::draw_network(all, {}, {}), std::invalid_argument);

  const vn::value_network none;
  const vn::selection nothing = vn::select(none);
  CHECK_NOTHROW(vn::draw_network(nothing, vn::lay_out_network(nothing)));
}

TEST_CASE("places are found by all their names", "[places]") {
  const vn::gazetteer provinces(vn::place_level::province);
  CHECK(provinces.places().size() == 34);
  std::set<std::pair<int, int>> tiles;
  for (const vn::place& each : provinces.places()) {
    CHECK((each.longitude > 73.0 && each.longitude < 135.0));
    CHECK((each.latitude > 18.0 && each.latitude < 54.0));
    REQUIRE(each.column.has_value());
    CHECK(tiles.insert({*each.column, *each.row}).second);
    CHECK(provinces.find(each.chinese) == &each);
    CHECK(provinces.find(each.chinese_short) == &each);
    CHECK(provinces.find(each.english) == &each);
  }
  CHECK(provinces.find("江苏省") == provinces.find("jiangsu"));
  CHECK(provinces.find("Inner Mongolia")->chinese_short == "内蒙古");
  CHECK(provinces.find("440000")->english == "Guangdong");
  CHECK(provinces.find("Atlantis") == nullptr);
  CHECK(provinces.find("") == nullptr);
  const vn::gazetteer cities(vn::place_level::city);
  CHECK(cities.find("青岛市") == cities.find("青岛"));
  CHECK(cities.find("Xi'an") == cities.find("xian"));
  const vn::gazetteer countries(vn::place_level::country);
  CHECK(countries.find("美国") == countries.find("USA"));
  CHECK(countries.find("阿布扎比") == countries.find("阿联酋"));
}

TEST_CASE("every place that the published tables name is known", "[places]") {
  struct column {
    const char* file;
    std::size_t name;
    vn::place_level level;
    const char* only;  // of the first column; empty: all rows
  };
  const column columns[] = {{"r2023_city_flows", 0, vn::place_level::city, ""},
                            {"r2023_province_flows", 1, vn::place_level::province, ""},
                            {"r2023_technology_by_city", 1, vn::place_level::city, ""},
                            {"r2023_technology_by_province", 3, vn::place_level::province, ""},
                            {"r2021_technology_by_place", 2, vn::place_level::country, "country"},
                            {"r2021_technology_by_place", 2, vn::place_level::province, "province"},
                            {"r2021_technology_by_place", 2, vn::place_level::city, "city"},
                            {"shandong_received_by_city", 0, vn::place_level::city, ""},
                            {"index2021_city_ranks", 0, vn::place_level::city, ""},
                            {"delta_flows", 3, vn::place_level::province, ""},
                            {"r2021_human_capital_by_country", 0, vn::place_level::country, ""},
                            {"r2021_investment_by_country", 0, vn::place_level::country, ""}};
  for (const column& each : columns) {
    const vn::gazetteer known(each.level);
    std::ifstream in(std::string(VALUENET_SOURCE_DIR) + "/data/published/" + each.file + ".csv");
    REQUIRE(in);
    std::string line;
    std::getline(in, line);
    std::size_t rows = 0;
    while (std::getline(in, line)) {
      std::vector<std::string> cells;
      std::istringstream row(line);
      for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
      if (*each.only != '\0' && cells[0] != each.only) continue;
      ++rows;
      INFO(each.file << ": " << cells[each.name]);
      CHECK(known.find(cells[each.name]) != nullptr);
    }
    CHECK(rows > 0);
  }
}

TEST_CASE("a flow map's arrows, circles and accounts", "[flow_map]") {
  // Beijing is there under two names; one place is unknown.
  const vn::flow_matrix_result flows =
      matrix({"北京市", "广东省", "上海市", "北京", "某地"}, {10, 20, 5, 1, 0,  //
                                                              16, 8,  4, 2, 1,  //
                                                              3,  2,  6, 0, 0,  //
                                                              1,  0,  0, 2, 0,  //
                                                              0,  0,  7, 0, 3});
  const vn::flow_map_result map =
      vn::draw_flow_map(flows, vn::place_level::province,
                        {.plot = {.language = vn::plot_language::chinese}, .most_flows = 4});
  CHECK(map.unknown == std::vector<std::string>{"某地"});
  CHECK(map.unknown_flow == 11.0);
  // Between: Beijing -> Guangdong 20, back 18, Beijing -> Shanghai 5, back 3, Guangdong -> Shanghai
  // 4, back 2.
  CHECK(map.flow_between == 52.0);
  CHECK(map.drawn_flow == 47.0);
  CHECK(map.arrows == 4);
  CHECK(count_role(map.picture, "flow") == 4);
  CHECK(count_role(map.picture, "place") == 3);
  const std::vector<std::string> words = texts(map.picture);
  CHECK(holds(words, "北京"));
  CHECK(holds(words, "某地"));
  std::vector<double> radii;
  for (const vn::shape& each : map.picture.shapes) {
    if (each.role != "place") continue;
    const auto& disc = std::get<vn::circle_shape>(each.value);
    radii.push_back(disc.radius);
    CHECK((disc.center.x > 0.0 && disc.center.x < map.picture.width));
  }
  // Areas as the relations that touch the place: Beijing 14 within, 25 given, 21 taken.
  CHECK(radii[0] > radii[1]);
  // Circles stand apart.
  std::vector<vn::circle_shape> discs;
  for (const vn::shape& each : map.picture.shapes) {
    if (each.role == "place") discs.push_back(std::get<vn::circle_shape>(each.value));
  }
  for (std::size_t a = 0; a < discs.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      CHECK(std::hypot(discs[a].center.x - discs[b].center.x,
                       discs[a].center.y - discs[b].center.y) > discs[a].radius + discs[b].radius);
    }
  }
  const vn::flow_map_result tiles =
      vn::draw_flow_map(flows, vn::place_level::province, {.positions = vn::map_positions::tiles});
  CHECK(tiles.arrows == 6);
  CHECK(holds(texts(tiles.picture), "Guangdong"));
  CHECK_THROWS_AS(
      vn::draw_flow_map(flows, vn::place_level::city, {.positions = vn::map_positions::tiles}),
      std::invalid_argument);
  CHECK_THROWS_AS(vn::draw_flow_map(flows, vn::place_level::province, {.plot = {.width = 1.0}}),
                  std::invalid_argument);
  vn::flow_matrix_result two = flows;
  two.taker_groups[0] = "else";
  CHECK_THROWS_AS(vn::draw_flow_map(two, vn::place_level::province), std::invalid_argument);
  CHECK_NOTHROW(vn::draw_flow_map(matrix({}, {}), vn::place_level::city));
  CHECK(vn::draw_flow_map(matrix({"北京市"}, {5.0}), vn::place_level::city).arrows == 0);
}
