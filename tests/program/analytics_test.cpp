// The verbs of the value network's own analytics on data/example.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

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

TEST_CASE("any statistic is held against the null model") {
  const auto found = json::parse(output_of(
      "smallworld --json --replicates 50 --statistic transitivity,triad-030T,gini-degree " +
      example));
  const auto& statistics = found.at("statistics");
  REQUIRE(statistics.size() == 3);
  CHECK(found.at("vertices") == 12);
  // Degrees are what the null model keeps.
  CHECK(statistics.at("gini-degree").at("random_deviation") == Approx(0.0).margin(1e-12));
  CHECK(statistics.at("gini-degree").at("value") ==
        Approx(statistics.at("gini-degree").at("random_mean").get<double>()));
  CHECK(statistics.at("transitivity").at("replicates") == 50);
  CHECK(statistics.at("triad-030T").at("p_above").get<double>() >= 1.0 / 51.0);
  const std::string text =
      output_of("smallworld --csv --connected --statistic reciprocity " + example);
  CHECK(text.starts_with("statistic,value,"));
}

TEST_CASE("check and index take conditions") {
  const auto all = json::parse(output_of("check --json " + example));
  const auto part = json::parse(output_of("check --json --dimension investment " + example));
  CHECK(all.at("sample").at("isolated_actors") == 0);
  CHECK(part.at("sample").at("sample_actors").get<int>() <
        all.at("sample").at("sample_actors").get<int>());
  CHECK(part.at("sample").at("between_sample").get<int>() +
            part.at("sample").at("sample_to_relation").get<int>() +
            part.at("sample").at("relation_to_sample").get<int>() +
            part.at("sample").at("between_relation").get<int>() ==
        3);
  const std::string folder = std::string(VALUENET_SOURCE_DIR) + "/data/example/";
  const std::string index = "index --json " + folder + "index_hierarchy.json " + folder +
                            "index_indicators.csv --no-circles ";
  const std::string years = output_of(index);
  const std::string year = output_of(index + "--where year=2021 --where province=甲省,乙省,丙省");
  CHECK(years.find("戊省") != std::string::npos);
  CHECK(year.find("戊省") == std::string::npos);
  CHECK(year.find("丙省") != std::string::npos);
  CHECK(years.find("\"year\": 2020") != std::string::npos);
  CHECK(year.find("\"year\": 2020") == std::string::npos);
}

TEST_CASE("columns of actors stand in the table of relations; roles are those of the year") {
  const auto folder =
      std::filesystem::temp_directory_path() / ("valuenet_analytics_" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const std::string deals = (folder / "deals.csv").string();
  std::ofstream(deals) << "buyer,bought,buyer_name,bought_name,buyer_country,bought_country,date\n"
                          "x,a,Big X,A,USA,SWE,2011-05-01\n"
                          "x,b,Big X,B,USA,CHN,2012-06-07\n"
                          "y,b,Why,B,CHN,CHN,2013-01-01\n";
  const std::string described =
      deals +
      " --giver-column buyer --taker-column bought --year-column date --actor-column "
      "label=buyer_name,bought_name --actor-column country=buyer_country,bought_country";
  const auto flows = json::parse(output_of("flows --json --by country " + described));
  CHECK(flows.at("total") == 3);
  CHECK(flows.at("within") == 1);
  for (const auto& each : flows.at("top")) {
    const bool is_within = each.at("from") == each.at("to");
    CHECK(each.at("net") == (is_within ? 0 : 1));
    CHECK(each.at("gross") == 1);
  }
  const auto rank = json::parse(output_of("rank --json " + described));
  CHECK(rank.at("actors").at(0).at("label") == "Big X");

  const std::string actors = (folder / "actors.csv").string();
  std::ofstream(actors) << "id,role,sample_from,sample_until\nx,sample,2012,\ny,sample,,\n"
                           "a,relation,2011,2011\nb,relation,,\n";
  const std::string dated =
      actors + ' ' + deals + " --giver-column buyer --taker-column bought --year-column date";
  const auto evolved = json::parse(output_of("evolve --json " + dated));
  const std::vector<int> samples{1, 1, 2};
  for (std::size_t i = 0; i < samples.size(); ++i) {
    CHECK(evolved.at("slices").at(i).at("statistics").at("sample_nodes").at("value") == samples[i]);
  }
  const std::string count = "count --json --actors --by role ";
  CHECK(
      json::parse(output_of(count + "--until 2011 --related-actors " + dated)).at("rows").size() ==
      2);
  CHECK(json::parse(output_of("rank --json --until 2011 --among-role sample " + dated))
            .at("actors")
            .at(0)
            .at("id") == "a");
  std::filesystem::remove_all(folder);
}

TEST_CASE("a projection lists some pairs for people and all for programs") {
  const auto folder =
      std::filesystem::temp_directory_path() / ("valuenet_project_" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const std::string file = (folder / "deal.csv").string();
  std::ofstream out(file);
  out << "source,target\n";
  for (int party = 0; party < 160; ++party) out << "deal,p" << party << '\n';
  out.close();
  const auto lines = [&](const std::string& options) {
    const std::string text = output_of("project -q " + file + options);
    return std::count(text.begin(), text.end(), '\n');
  };
  CHECK(lines("") < 30);
  CHECK(lines(" --top 3") < 13);
  CHECK(lines(" --csv") == 1 + 160 * 159 / 2);
  CHECK(lines(" --csv --top 3") == 4);
  CHECK(output_of("project -q --csv " + file).starts_with("source,target,weight,type\n"));
  std::filesystem::remove_all(folder);
}
