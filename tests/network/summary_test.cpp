#include "valuenet/network/summary.hpp"

#include "valuenet/network/published.hpp"
#include "valuenet/report/summary_report.hpp"
#include "valuenet/synthesis/random_graph.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <nlohmann/json.hpp>

#include "catch.hpp"

namespace vn = valuenet;
using Catch::Approx;

namespace {

/// The cases' own files are Source,Target[,Weight][,Kind] without quotes.
vn::value_network read_case(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  const bool has_weight = line.find("Weight") != std::string::npos;
  const bool has_kind = line.find("Kind") != std::string::npos;
  vn::actor_table actors;
  vn::relation_table relations;
  while (std::getline(in, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    std::istringstream cells(line);
    std::string source;
    std::string target;
    std::string cell;
    std::getline(cells, source, ',');
    std::getline(cells, target, ',');
    const vn::actor_id giver = actors.ids.intern(source) - 1;
    if (target.empty()) continue;  // an actor alone
    relations.givers.push_back(giver);
    relations.takers.push_back(actors.ids.intern(target) - 1);
    if (has_weight && std::getline(cells, cell, ',')) relations.weights.push_back(std::stod(cell));
    if (has_kind && std::getline(cells, cell, ',')) relations.kind.push_back(cell);
  }
  return {std::move(actors), std::move(relations)};
}

const std::filesystem::path cases =
    std::filesystem::path(VALUENET_SOURCE_DIR) / "tests/reference/gephi";

void compare(const vn::summary_result& summary, const nlohmann::json& expected) {
  for (const char* name : {"nodes", "edges", "average_degree", "average_weighted_degree", "density",
                           "diameter", "radius", "average_path_length", "weak_components"}) {
    const vn::statistic* found = summary.find(name);
    REQUIRE(found != nullptr);
    REQUIRE(found->value);
    INFO(name);
    CHECK(*found->value == Approx(expected.at(name).get<double>()).epsilon(1e-12));
  }
  // Gephi adds clustering up in 32-bit floats, and prints "NaN" for a mean of nothing.
  if (expected.at("average_clustering").is_string()) {
    CHECK_FALSE(summary.find("average_clustering")->value);
  } else {
    CHECK(*summary.find("average_clustering")->value ==
          Approx(expected.at("average_clustering").get<double>()).margin(1e-6));
  }
  // A search: at least as good as the best of Gephi's runs.
  const double best = expected.at("modularity_randomized").at("max").get<double>();
  CHECK(summary.find("modularity")->value.value_or(0.0) >= best - 1e-12);
}

nlohmann::json read_json(const std::filesystem::path& file) {
  std::ifstream in(file);
  return nlohmann::json::parse(in);
}

}  // namespace

TEST_CASE("the summary agrees with Gephi 0.9.2 on its own results") {
  int compared = 0;
  for (const auto& entry : std::filesystem::directory_iterator(cases)) {
    if (entry.path().extension() != ".csv") continue;
    const std::string name = entry.path().stem().string();
    INFO(name);
    const vn::value_network network = read_case(entry.path());
    const auto json_of = [&](const char* how) { return read_json(cases / (name + how)); };
    if (std::filesystem::exists(cases / (name + ".directed.json"))) {
      const vn::selection directed =
          vn::select(network, {.all_actors = true, .direction = vn::direction::directed});
      compare(vn::summarize(directed), json_of(".directed.json"));
      if (std::filesystem::exists(cases / (name + ".directed_as_undirected.json"))) {
        compare(vn::summarize(directed, {.dialog = vn::gephi_dialog::undirected}),
                json_of(".directed_as_undirected.json"));
      }
      ++compared;
    }
    if (std::filesystem::exists(cases / (name + ".undirected.json"))) {
      compare(vn::summarize(vn::select(
                  network, {.all_actors = true, .direction = vn::direction::undirected})),
              json_of(".undirected.json"));
      ++compared;
    }
  }
  REQUIRE(compared > 10);
}

TEST_CASE("a summary names what it cannot define") {
  const vn::selection nothing = vn::select(vn::value_network());
  const vn::summary_result summary = vn::summarize(nothing);
  CHECK(*summary.find("nodes")->value == 0);
  CHECK_FALSE(summary.find("average_degree")->value);
  CHECK_FALSE(summary.find("modularity")->value);
  CHECK_FALSE(summary.find("sample_nodes")->value);
  CHECK(summary.find("no such statistic") == nullptr);
  // NetworkX knows no path length of a graph in two pieces.
  vn::actor_table actors;
  for (const char* id : {"a", "b", "c", "d"}) actors.ids.intern(id);
  vn::relation_table relations;
  relations.givers = {0, 2};
  relations.takers = {1, 3};
  const vn::selection pieces = vn::select({std::move(actors), std::move(relations)});
  CHECK_FALSE(vn::summarize(pieces, {.convention = vn::convention::networkx})
                  .find("average_path_length")
                  ->value);
  CHECK(*vn::summarize(pieces).find("average_path_length")->value == 1.0);
}

TEST_CASE("a summary says which path statistics are estimated, and how well") {
  const vn::graph g = vn::rmat({.scale = 12, .direction = vn::direction::undirected});
  const auto exact = vn::summarize(g, {.runs = 1});
  const auto estimated = vn::summarize(g, {.runs = 1, .exact_budget = 0});
  REQUIRE(estimated.statistics.size() == exact.statistics.size());
  REQUIRE(exact.find("average_path_length")->definition.find("estimated") == std::string::npos);
  REQUIRE_FALSE(exact.find("average_path_length")->interval.has_value());

  for (const char* name : {"average_path_length", "global_efficiency"}) {
    CAPTURE(name);
    const vn::statistic& s = *estimated.find(name);
    REQUIRE(s.definition.find("estimated from 1024 sampled nodes") != std::string::npos);
    REQUIRE(s.definition.find("budget") != std::string::npos);
    REQUIRE(s.definition.find("95% interval") != std::string::npos);
    REQUIRE(s.seed == 42U);
    const double half = (s.interval->upper - s.interval->lower) / 2.0;
    REQUIRE(half < 0.02 * *s.value);
    REQUIRE(std::abs(*s.value - *exact.find(name)->value) < 2.5 * half);
  }
  // The diameter is found apart, exactly; the smallest eccentricity is not known.
  REQUIRE(estimated.find("diameter")->value == exact.find("diameter")->value);
  REQUIRE(estimated.find("diameter")->definition == exact.find("diameter")->definition);
  REQUIRE_FALSE(estimated.find("radius")->value.has_value());
  // What does not hang on distances is the same.
  REQUIRE(estimated.find("triangles")->value == exact.find("triangles")->value);
  REQUIRE(*estimated.find("reachable_pairs")->value ==
          Approx(*exact.find("reachable_pairs")->value).epsilon(1e-6));

  const auto balls = vn::summarize(g, {.runs = 1, .distances = vn::distance_method::hyperball});
  const vn::statistic& mean = *balls.find("average_path_length");
  REQUIRE(mean.definition.find("estimated by HyperBall") != std::string::npos);
  REQUIRE(*mean.value == Approx(*exact.find("average_path_length")->value).epsilon(0.1));
  const auto json = nlohmann::json::parse(vn::summary_json(balls, {}, {}, {}));
  REQUIRE(json["statistics"]["average_path_length"]["interval"].size() == 2);
}

TEST_CASE("negative weights leave what weighs undefined, and nothing else") {
  vn::actor_table actors;
  for (const char* id : {"a", "b", "c"}) actors.ids.intern(id);
  vn::relation_table relations;
  relations.givers = {0, 1};
  relations.takers = {1, 2};
  relations.weights = {-2.0, 1.0};
  const vn::summary_result summary =
      vn::summarize(vn::select({std::move(actors), std::move(relations)}));
  CHECK_FALSE(summary.find("modularity")->value);
  CHECK_FALSE(summary.find("reciprocity")->value);
  CHECK(*summary.find("average_path_length")->value == Approx(4.0 / 3.0));
}

TEST_CASE("published digits say how exactly a value is known") {
  CHECK(vn::reproduces(2.2399, "2.24"));
  CHECK_FALSE(vn::reproduces(2.2399, "2.28"));
  CHECK(vn::reproduces(14, "14"));
  CHECK(vn::reproduces(0.285, "0.29"));
  CHECK(vn::reproduces(5.12e-5, "5.1e-5"));
  CHECK_FALSE(vn::reproduces(5.2e-5, "5.1e-5"));
  CHECK_FALSE(vn::reproduces(1.0, "one"));
  const auto values = vn::parse_published(" average_degree = 2.28 , diameter=14");
  REQUIRE(values.size() == 2);
  CHECK(values[0].name == "average_degree");
  CHECK(values[1].printed == "14");
  CHECK_THROWS_AS(vn::parse_published("degree"), std::invalid_argument);
  CHECK_THROWS_AS(vn::parse_published("degree=many"), std::invalid_argument);
  CHECK(vn::parse_published("").empty());
}

TEST_CASE("which reading reproduces a published value") {
  const vn::value_network network = read_case(cases / "weighted_mix.csv");
  const auto readings = vn::compare_conventions(network);
  REQUIRE(readings.size() == 7);
  const auto matches = vn::match_published(
      readings, vn::parse_published("average_path_length=1.909,average_degree=99,colour=3"));
  REQUIRE(matches.size() == 3);
  REQUIRE_FALSE(matches[0].readings.empty());
  CHECK(readings[matches[0].readings[0]].name == "gephi directed");
  CHECK(matches[1].readings.empty());
  CHECK(matches[1].known);
  CHECK_FALSE(matches[2].known);
  const std::string text =
      vn::render(vn::conventions_table(readings, vn::parse_published("average_degree=99")));
  CHECK(text.find("none") != std::string::npos);
}

TEST_CASE("JSON has the names that programs rely on") {
  const vn::value_network network = read_case(cases / "weighted_mix.csv");
  const vn::selection selected = vn::select(network);
  const auto json = nlohmann::json::parse(vn::summary_json(
      vn::summarize(selected), {}, selected.accounting(), vn::parse_published("diameter=4")));
  CHECK(json.at("statistics").at("average_degree").at("value").get<double>() == Approx(10.0 / 6.0));
  CHECK(json.at("statistics").at("diameter").at("reproduced").get<bool>());
  CHECK(json.at("statistics").at("sample_nodes").at("value").is_null());
  CHECK(json.at("statistics").at("modularity").at("seed").get<int>() == 42);
  CHECK(json.at("statistics").at("density").at("population").is_string());
  CHECK(json.at("import").at("relations").is_number());
  CHECK(json.at("selection").at("edges").get<int>() == 10);
}
