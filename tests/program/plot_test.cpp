// Figures through the program: what is drawn is what the other verbs print.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <unistd.h>

#include "catch.hpp"
#include "output_of.hpp"

using nlohmann::json;

namespace {

pugi::xml_document figure_of(const std::string& arguments) {
  pugi::xml_document document;
  REQUIRE(document.load_string(output_of("plot " + arguments).c_str()));
  return document;
}

std::size_t count_of(const pugi::xml_document& figure, const std::string& role) {
  return figure.select_nodes(("//*[@class='" + role + "']").c_str()).size();
}

bool says(const pugi::xml_document& figure, const std::string& words) {
  for (const pugi::xpath_node& each : figure.select_nodes("//text")) {
    if (std::string(each.node().text().as_string()).find(words) != std::string::npos) return true;
  }
  return false;
}

// Exit status, and what stands on standard error.
std::pair<int, std::string> failure_of(const std::string& arguments) {
  const auto file =
      std::filesystem::temp_directory_path() / ("valuenet_plot_" + std::to_string(::getpid()));
  const int status = std::system(
      (std::string(VALUENET_PROGRAM) + " plot " + arguments + " > /dev/null 2> " + file.string())
          .c_str());
  std::ifstream in(file);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  in.close();
  std::filesystem::remove(file);
  return {WEXITSTATUS(status), text};
}

const std::string data = std::string(VALUENET_SOURCE_DIR) + "/data/";

}  // namespace

TEST_CASE("every kind draws the example") {
  const auto degrees = figure_of("degrees --replicates 20 " + example);
  CHECK(says(degrees, "Degree distribution"));
  CHECK(count_of(degrees, "ccdf") == 1);
  const auto sizes = figure_of("rank-size --language zh --named 1 " + example);
  CHECK(says(sizes, "位序"));
  CHECK(count_of(sizes, "name") == 1);
  const auto shares = figure_of("lorenz " + example);
  CHECK(count_of(shares, "lorenz") == 3);
  const auto gini = json::parse(output_of("concentration --json --by actor " + example));
  const double value = gini.at("measures").at("gini").at("value");
  CHECK(says(shares, "degree k: Gini " + std::to_string(value).substr(0, 4)));
  const auto paths = figure_of("distances " + example);
  CHECK(count_of(paths, "bar") == 3);
  CHECK(count_of(figure_of("clustering " + example), "bar") > 0);
  const auto kinds = figure_of("bars --by kind " + example);
  const auto counted = json::parse(output_of("count --json --by kind " + example));
  CHECK(count_of(kinds, "bar") == counted.at("rows").size());
  CHECK(says(kinds, "Relations by kind"));
  const auto stacked = figure_of("stacked-bars --by city --split dimension " + example);
  CHECK(count_of(stacked, "bar") > count_of(kinds, "bar"));
  const auto cells = figure_of("heatmap --by city --dimension technology " + example);
  const auto flows =
      json::parse(output_of("flows --json --by city --dimension technology --top 0 " + example));
  std::size_t positive = 0;
  for (const auto& row : flows.at("flow")) {
    for (const auto& cell : row) positive += cell.get<double>() > 0.0 ? 1 : 0;
  }
  CHECK(count_of(cells, "cell") == positive);
  CHECK(count_of(figure_of("chord --by city --dimension technology " + example), "ribbon") ==
        positive);
  const auto years = figure_of("years --statistics nodes,edges " + example);
  CHECK(count_of(years, "panel-title") == 2);
  const auto ranking = figure_of("ranking -k 3 --by out-degree " + example);
  CHECK(count_of(ranking, "name") >= 3);
  const auto published =
      figure_of("published --published average_degree=2.08,diameter=4 " + example);
  CHECK(count_of(published, "difference") == 2);
}

TEST_CASE("indices and plain tables are drawn") {
  const std::string index =
      data + "example/index_hierarchy.json " + data + "example/index_indicators.csv ";
  CHECK(count_of(figure_of("radar -k 3 " + index), "radar") == 3);
  CHECK(count_of(figure_of("radar --objects 甲省,丁省 --year 2020 " + index), "radar") == 2);
  const auto ranks = figure_of("ranking --index " + index);
  const auto scores = json::parse(output_of("index --json " + index));
  CHECK(count_of(ranks, "name") == scores.at("scores").size());  // each at both ends
  const std::string years = data + "published/r2023_network_by_year.csv";
  CHECK(count_of(figure_of("years --table --columns nodes,edges --together " + years), "curve") ==
        2);
  CHECK(count_of(figure_of("ranking --table --columns total_2020,total_2021 -k 5 " + data +
                           "published/index2021_ranks.csv"),
                 "rank-line") == 5);
  CHECK(count_of(figure_of("bars --table --columns nodes " + years), "bar") == 9);
  const auto flows = figure_of("chord --table from,to,percent --no-within " + data +
                               "published/r2023_province_flows.csv");
  CHECK(count_of(flows, "ribbon") > 0);
  CHECK(count_of(figure_of("degrees --replicates 0 --column edges " + years), "ccdf") == 1);
}

TEST_CASE("figures are files by their ending, whole or not at all") {
  const auto directory =
      std::filesystem::temp_directory_path() / ("valuenet_plots_" + std::to_string(::getpid()));
  std::filesystem::create_directories(directory);
  for (const std::string name : {"a.png", "b.SVG"}) {
    const auto file = directory / name;
    output_of("plot bars --by kind --dpi 96 --width 400 -o " + file.string() + ' ' + example);
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    CHECK(bytes.substr(0, 4) == (name == "a.png" ? "\x89PNG" : "<svg"));
  }
  const auto [status, message] =
      failure_of("bars --by kind -o " + (directory / "c.pdf").string() + ' ' + example);
  CHECK(status == 2);
  CHECK(message.find("a plot is written as SVG or PNG") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(directory / "c.pdf"));
  std::filesystem::remove_all(directory);
}

TEST_CASE("plots refuse what cannot be drawn in one sentence") {
  const auto refused = [](const std::string& arguments, int status, const std::string& words) {
    INFO(arguments);
    const auto [got, message] = failure_of(arguments);
    INFO(message);
    CHECK(got == status);
    CHECK(message.find(words) != std::string::npos);
  };
  refused("bars --table " + data + "example/actors.csv", 3, "no column of numbers");
  refused("bars --by nowhere " + example, 2, "no column \"nowhere\"");
  refused("chord --table from,to " + data + "published/r2023_province_flows.csv", 2,
          "such as --table from,to,percent");
  refused("years --table " + data + "published/index2021_scores.csv --x province", 3,
          "is no number");
  refused("ranking --table " + data + "published/index2021_ranks.csv", 3, "two columns of ranks");
  refused("published --published nothing=3 " + example, 2, "no statistic 'nothing'");
  refused("years --statistics nothing " + example, 2, "no statistic 'nothing'");
  refused("radar --objects 无 " + data + "published/index2021_level1_scores.csv", 2, "no '无'");
  refused("lorenz --width 20 " + example, 2, "width is 20");
}
