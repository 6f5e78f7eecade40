// The profiles that ship against the printed tables of data/published: nothing is mistyped.
#include "valuenet/synthesis/profile.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "catch.hpp"

namespace vn = valuenet;

namespace {

using row = std::map<std::string, std::string>;

std::vector<row> table(const std::string& name) {
  std::ifstream in(std::string(VALUENET_SOURCE_DIR) + "/data/published/" + name);
  REQUIRE(in.good());
  const auto cells = [](const std::string& line) {
    std::vector<std::string> found;
    std::stringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');) found.push_back(cell);
    return found;
  };
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> header = cells(line);
  std::vector<row> rows;
  while (std::getline(in, line)) {
    const std::vector<std::string> values = cells(line);
    row one;
    for (std::size_t i = 0; i < values.size() && i < header.size(); ++i) one[header[i]] = values[i];
    rows.push_back(one);
  }
  REQUIRE_FALSE(rows.empty());
  return rows;
}

/// The degree that the profile gives; a missing side follows from the total and the other side.
long degree(const vn::surrogate_profile& profile, std::string label, const std::string& of,
            vn::degree_side side) {
  if (label == "用友软件" && of == "technology") label = "用友";  // 表6 and 表5 call it differently
  if (label == "\u041e\u0420\u0420\u041e") label = "OPPO";        // printed in Cyrillic letters
  for (const vn::named_target& named : profile.named) {
    if (named.label != label) continue;
    std::map<vn::degree_side, long> given;
    for (const vn::degree_target& each : named.degrees) {
      if (each.of == of) given[each.side] = each.value;
    }
    if (given.contains(side)) return given[side];
    if (side == vn::degree_side::total) {
      return given[vn::degree_side::in] + given[vn::degree_side::out];
    }
  }
  return -1;
}

double share(const vn::surrogate_profile& profile, const std::string& label) {
  for (const vn::share_target& each : profile.shares) {
    if (each.label == label) return each.percent;
  }
  return -1.0;
}

}  // namespace

TEST_CASE("the 2021 profile has the printed kinds, degrees and shares") {
  const vn::surrogate_profile profile = vn::profile("2021");
  for (const row& each : table("r2021_relation_kinds.csv")) {
    const auto found =
        std::find_if(profile.kinds.begin(), profile.kinds.end(),
                     [&](const vn::kind_target& kind) { return kind.kind == each.at("kind"); });
    REQUIRE(found != profile.kinds.end());
    CHECK(found->dimension == each.at("dimension"));
    CHECK(found->relations == std::stoul(each.at("relations")));
  }
  for (const row& each : table("r2021_top_technology_sample_nodes.csv")) {
    INFO(each.at("input_node") << ", " << each.at("empowerment_node"));
    CHECK(degree(profile, each.at("input_node"), "technology", vn::degree_side::in) ==
          std::stol(each.at("input_relations")));
    CHECK(degree(profile, each.at("empowerment_node"), "technology", vn::degree_side::out) ==
          std::stol(each.at("empowerment_relations")));
  }
  for (const row& each : table("r2021_top20_technology_relation_nodes.csv")) {
    INFO(each.at("input_node") << ", " << each.at("empowerment_node"));
    CHECK(degree(profile, each.at("input_node"), "technology", vn::degree_side::in) ==
          std::stol(each.at("input_relations")));
    CHECK(degree(profile, each.at("empowerment_node"), "technology", vn::degree_side::out) ==
          std::stol(each.at("empowerment_relations")));
  }
  for (const row& each : table("r2021_human_capital_by_country.csv")) {
    CHECK(share(profile, "human capital by country (表10): " + each.at("country")) ==
          Approx(std::stod(each.at("percent"))));
  }
  for (const row& each : table("r2021_technology_by_place.csv")) {
    if (each.at("direction") != "input" || each.at("scope") == "country") continue;
    CHECK(share(profile, "input by " + each.at("scope") + " (五(一)): " + each.at("place")) ==
          Approx(std::stod(each.at("percent"))));
  }
}

TEST_CASE("the 2023 profile has the printed years, degrees and flows") {
  const vn::surrogate_profile profile = vn::profile("2023");
  const std::vector<row> years = table("r2023_network_by_year.csv");
  REQUIRE(years.size() == profile.stages.size());
  for (std::size_t t = 0; t < years.size(); ++t) {
    const vn::stage_target& stage = profile.stages[t];
    const row& year = years[t];
    CHECK(stage.year == std::stoi(year.at("year")));
    CHECK(stage.sample_actors == std::stoul(year.at("sample_nodes")));
    CHECK(stage.actors == std::stoul(year.at("nodes")));
    CHECK(stage.edges == std::stoul(year.at("edges")));
    CHECK(stage.average_degree->value == std::stod(year.at("average_degree")));
    CHECK(stage.diameter->value == std::stod(year.at("diameter")));
    CHECK(stage.average_path_length->value == std::stod(year.at("average_path_length")));
    CHECK(stage.average_clustering->value == std::stod(year.at("average_clustering")));
  }
  for (const char* file : {"r2023_top20_sample_nodes.csv", "r2023_top20_relation_nodes.csv"}) {
    for (const row& each : table(file)) {
      INFO(each.at("node"));
      CHECK(degree(profile, each.at("node"), "technology", vn::degree_side::in) ==
            std::stol(each.at("in_degree")));
      CHECK(degree(profile, each.at("node"), "technology", vn::degree_side::out) ==
            std::stol(each.at("out_degree")));
    }
  }
  for (const row& each : table("r2023_province_flows.csv")) {
    CHECK(share(profile, "flow between provinces (表8): " + each.at("from") + " -> " +
                             each.at("to")) == Approx(std::stod(each.at("percent"))));
  }
}

TEST_CASE("the platforms' profile has the printed years, structure, top shares and places") {
  const vn::surrogate_profile profile = vn::profile("platforms");
  const auto years = table("r2023_platform_network_by_year.csv");
  REQUIRE(profile.stages.size() == years.size());
  for (std::size_t t = 0; t < years.size(); ++t) {
    const vn::stage_target& stage = profile.stages[t];
    CHECK(stage.year == std::stoi(years[t].at("year")));
    CHECK(stage.actors == std::stoul(years[t].at("nodes")));
    CHECK(stage.edges == std::stoul(years[t].at("edges")));
    CHECK(stage.average_degree->value == Approx(std::stod(years[t].at("average_degree"))));
    CHECK(stage.diameter->value == std::stod(years[t].at("diameter")));
    CHECK(stage.average_path_length->value ==
          Approx(std::stod(years[t].at("average_path_length"))));
    CHECK(stage.average_clustering->value == Approx(std::stod(years[t].at("average_clustering"))));
  }
  std::map<std::string, double> statistics;
  for (const row& each : table("r2023_platform_network_statistics.csv")) {
    statistics[each.at("statistic")] = std::stod(each.at("value"));
  }
  const vn::stage_target& last = profile.stages.back();
  CHECK(last.sample_actors == statistics["sample_nodes"]);
  CHECK(last.actors - last.sample_actors == statistics["relation_nodes"]);
  CHECK(last.modularity->value == Approx(statistics["modularity"]));
  const auto top = table("r2023_platform_out_degree_concentration.csv");
  REQUIRE(last.top_out_degree.size() == top.size());
  for (std::size_t i = 0; i < top.size(); ++i) {
    CHECK(last.top_out_degree[i].top_percent ==
          Approx(std::stod(top[i].at("top_percent_of_nodes"))));
    CHECK(last.top_out_degree[i].percent == Approx(std::stod(top[i].at("percent_of_out_degree"))));
  }
  for (const row& each : table("r2023_cluster_facts.csv")) {
    if (each.at("subject") != "platforms") continue;
    const auto found = std::find_if(profile.shares.begin(), profile.shares.end(),
                                    [&](const vn::share_target& share) {
                                      return share.label.ends_with(": " + each.at("place"));
                                    });
    INFO(each.at("place"));
    REQUIRE(found != profile.shares.end());
    CHECK(found->percent == Approx(std::stod(each.at("percent_or_count"))));
  }
}
