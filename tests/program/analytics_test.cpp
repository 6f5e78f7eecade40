// The verbs of the value network's own analytics on data/example.
#include <filesystem>
#include <fstream>
#include <string>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "catch.hpp"
#include "output_of.hpp"

using Catch::Approx;
using nlohmann::json;

TEST_CASE("rank by any metric, and split") {
  const auto plain = json::parse(output_of("rank --json --by out-degree " + example));
  CHECK(plain.at("total") == 25);
  CHECK(plain.at("population") == 12);
  CHECK(plain.at("actors").at(0).at("share") ==
        Approx(plain.at("actors").at(0).at("value").get<double>() / 25));
  const auto core = json::parse(output_of("rank --json --by core " + example));
  CHECK(core.at("total").is_null());
  CHECK(core.at("actors").at(0).at("share").is_null());
  double given = 0.0;
  const auto split =
      json::parse(output_of("rank --json --by out-degree --split dimension " + example));
  REQUIRE(split.at("rankings").size() == 3);
  for (const auto& part : split.at("rankings")) given += part.at("total").get<double>();
  CHECK(given == 25);
  // Options with several values leave the files that follow them alone.
  const auto technology = json::parse(
      output_of("rank --json --dimension technology --where city=北京,上海 " + example));
  CHECK(technology.at("population").get<int>() > 0);
  const auto investors = json::parse(output_of("rank --json --split investor " + example));
  CHECK(investors.at("rankings").at(0).at("value") == "institutional");
  CHECK(investors.at("rankings").at(0).at("actors").at(0).at("id") == "zi");
  CHECK(investors.at("rankings").at(1).at("actors").at(0).at("id") == "geng");
  const auto years = json::parse(output_of("rank --json --split year --from 2021 " + example));
  CHECK(years.at("rankings").size() == 2);
}

TEST_CASE("concentration: measures, Theil's parts, Lorenz curve, quotients, years") {
  const auto cities =
      json::parse(output_of("concentration --json --by city --theil-by province " + example));
  const auto value = [&](const char* name) {
    return cities.at("measures").at(name).at("value").get<double>();
  };
  CHECK(value("theil") == Approx(value("theil_between") + value("theil_within")));
  CHECK(cities.at("theil_groups").size() == 6);
  const auto lorenz = json::parse(output_of("concentration --json --lorenz " + example));
  CHECK(lorenz.at("lorenz_curve").back() == json::array({1.0, 1.0}));
  CHECK(output_of("concentration --csv --lorenz " + example).starts_with("population_share,"));
  const auto quotients =
      json::parse(output_of("concentration --json --quotients technology " + example));
  CHECK(quotients.at("location_quotients").size() == 6);
  const auto years = json::parse(output_of("concentration --json --years --core 北京 " + example));
  CHECK(years.at("years").size() == 8);
  CHECK(years.at("core") == json::array({"北京"}));
  CHECK(years.at("series").at("core_share").at("trend").at("points") == 8);
  const auto shares = years.at("series");
  for (std::size_t i = 0; i < 8; ++i) {
    double sum = 0.0;
    for (const char* name :
         {"core_to_core", "core_to_periphery", "periphery_to_core", "periphery_to_periphery"}) {
      sum += shares.at(name).at("values").at(i).get<double>();
    }
    CHECK(sum == Approx(1.0));
  }
  CHECK(
      output_of("concentration --years --by actor --cumulative --markdown " + example).find("| ") !=
      std::string::npos);
}

TEST_CASE("sectors, and groups of one's own") {
  const auto found = json::parse(output_of("sectors --json " + example));
  CHECK(found.at("lines").at(0).at("with") == "core");
  CHECK(found.at("lines").at(0).at("share_of_given") == Approx(11.0 / 16));
  CHECK(found.at("unclassified_given") == 2);
  const std::string file = (std::filesystem::temp_directory_path() /
                            ("valuenet-groups-" + std::to_string(::getpid()) + ".csv"))
                               .string();
  std::ofstream(file) << "industry,branch\n汽车制造,cars\n医疗,health\n";
  const auto flows =
      json::parse(output_of("flows --json --takers-by branch --groups " + file + ' ' + example));
  CHECK(flows.at("taker_groups") == json::array({"cars", "health"}));
  std::ofstream(file) << "label,sector\n汽车制造,hard\n医疗,soft\n";
  const auto own = json::parse(
      output_of("sectors --json --level sector --classification " + file + ' ' + example));
  REQUIRE(own.at("lines").size() == 2);
  CHECK(own.at("lines").at(0).at("share_of_given") == Approx(3.0 / 5));
  std::filesystem::remove(file);
}

TEST_CASE("relatedness of technologies, and their yearly shares") {
  const auto found = json::parse(output_of("relatedness --json --count-at taker " + example));
  REQUIRE(found.at("categories").size() == 7);
  const auto& proximity = found.at("categories").at(0).at("proximity");
  CHECK(proximity.at(0) == 1.0);
  for (const char* show : {"pairs", "matrix", "places", "categories", "density"}) {
    CHECK(output_of(std::string("relatedness --show ") + show + ' ' + example).find("Advantage:") !=
          std::string::npos);
  }
  // In 2021 three relations have a technology: 计算机视觉 twice, 语音识别 once.
  const std::string shares =
      output_of("count --csv --by technology --across year --shares " + example);
  CHECK(shares.find("66.67%") != std::string::npos);
}

TEST_CASE("roles show cores, participation and gatekeepers; layers their bridges; ranks by year") {
  const auto roles = json::parse(output_of("roles --json --by province -k 0 " + example));
  std::size_t core = 0;
  for (const auto& actor : roles.at("actors")) core += actor.at("in_core").get<bool>() ? 1 : 0;
  CHECK(core == roles.at("core").at("size").get<std::size_t>());
  CHECK(roles.at("actors").at(0).at("participation").is_number());
  CHECK(roles.at("actors").at(0).at("core_number").get<int>() > 0);
  const auto groups = json::parse(output_of("roles --json --by province --groups-only " + example));
  std::uint64_t gatekept = 0;
  for (const auto& group : groups.at("groups")) gatekept += group.at("gatekeeper").get<unsigned>();
  CHECK(gatekept == roles.at("total").at("gatekeeper").get<unsigned>());
  const auto layers = json::parse(output_of("layers --json --permutations 20 " + example));
  CHECK(layers.at("bridging_actors") == 8);  // four in two layers, four in three
  CHECK(layers.at("bridges").at(0).at("layers") == 3);
  CHECK(output_of("layers --bridges --permutations 20 " + example).find("participation") !=
        std::string::npos);
  const auto ranks = json::parse(output_of("evolve --json --ranks degree -k 3 " + example));
  CHECK(ranks.at("years").size() == 8);
  CHECK(ranks.at("actors").at(0).at("rank").at(7) == 1);
  CHECK(output_of("evolve --ranks degree --window 2 " + example).find("2021-2022") !=
        std::string::npos);
}
