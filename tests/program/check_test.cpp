// valuenet check finds what the reports' printed tables get wrong, from the tables alone.
#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "output_of.hpp"

namespace {

const std::string published = std::string(VALUENET_SOURCE_DIR) + "/data/published/";
}  // namespace

TEST_CASE("the printed inconsistencies that sums and shares can find are found") {
  std::set<std::string> files;  // in the order of their names
  for (const auto& file : std::filesystem::directory_iterator(published)) {
    const std::string name = file.path().filename().string();
    if (name != "index.csv" && file.path().extension() == ".csv") files.insert(file.path());
  }
  std::string tables;
  for (const std::string& file : files) tables += ' ' + file;
  const auto result = nlohmann::json::parse(output_of("check --json --table" + tables));
  std::set<std::tuple<std::string, std::string>> found;
  std::size_t contradictions = 0;
  for (const auto& each : result.at("findings")) {
    found.emplace(each.at("rule"), each.at("where"));
    contradictions += each.at("grade") == "contradiction" ? 1 : 0;
    INFO(each.dump());
    CHECK(each.at("rule") != "total_row");  // every printed total is the sum of its rows
  }
  const auto is_found = [&](const char* rule, const std::string& where) {
    INFO(rule << " in " << where);
    CHECK(std::any_of(found.begin(), found.end(), [&](const auto& each) {
      return std::get<0>(each) == rule && std::get<1>(each).find(where) != std::string::npos;
    }));
  };
  // As data/published/index.csv tells them.
  is_found("average_degree", "r2021_network_statistics.csv");
  is_found("near_total", "r2021_network_statistics.csv, r2021_relation_kinds.csv");
  is_found("repeated_row", "r2021_investment_by_country.csv: 新加坡");
  is_found("percent_sum", "r2021_sectors.csv: converged_empowers_core");
  is_found("missing_number", "index2021_weights.csv: 国际开放度");
  is_found("row_sum", "index2021_level1_scores.csv: 上海市");
  // Few of hundreds of cells: what is right is left alone.
  CHECK(contradictions < 12);
}

TEST_CASE("counts, roles and layers print tables and JSON") {
  const auto counts = nlohmann::json::parse(output_of("count --json -q " + example));
  double all = 0.0;
  for (const auto& row : counts.at("rows")) all += row.at("count").get<double>();
  CHECK(all == counts.at("total").get<double>());
  CHECK(output_of("count --by province --across year --csv -q " + example).find("2016") !=
        std::string::npos);
  const auto roles = nlohmann::json::parse(
      output_of("roles --by province --permutations 20 --json -q " + example));
  CHECK(roles.at("actors").size() > 5);
  CHECK(roles.at("total").size() == 5);
  const auto layers =
      nlohmann::json::parse(output_of("layers --permutations 50 --json -q " + example));
  CHECK(layers.at("layers").size() == 3);
  CHECK(layers.at("pairs").size() == 3);
  CHECK(output_of("layers --by type --permutations 50 --markdown -q " + example).find("QAP") !=
        std::string::npos);
  CHECK(output_of("check -q --markdown " + example).find('|') != std::string::npos);
}
