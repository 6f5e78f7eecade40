// The report: its numbers are those of the library's calls, its sections are there, and nothing
// that a label holds becomes markup or script.
#include "valuenet/report/document.hpp"

#include "valuenet/io/csv.hpp"
#include "valuenet/metrics/degree.hpp"
#include "valuenet/network/flows.hpp"
#include "valuenet/network/published.hpp"
#include "valuenet/network/rankings.hpp"
#include "valuenet/network/slices.hpp"
#include "valuenet/statistics/concentration.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "report/document_sections.hpp"

namespace vn = valuenet;

namespace {

const std::string data = std::string(VALUENET_SOURCE_DIR) + "/data/example/";

vn::read_result example() {
  return vn::read_csv({.actors = data + "actors.csv", .relations = data + "relations.csv"});
}

vn::document_options quick() {
  return {.replicates = 20, .permutations = 10, .command = "valuenet report", .time = "noon"};
}

const vn::document& example_report() {
  static const vn::document report = vn::compose_document(example(), quick());
  return report;
}

std::size_t column(const vn::document_table& table, const std::string& id) {
  const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [&](const vn::document_column& each) { return each.id == id; });
  REQUIRE(found != table.columns.end());
  return static_cast<std::size_t>(found - table.columns.begin());
}

double number(const vn::document_table& table, std::size_t row, const std::string& id) {
  return std::get<double>(table.rows.at(row).at(column(table, id)));
}

std::string text(const vn::document_table& table, std::size_t row, const std::string& id) {
  return std::get<std::string>(table.rows.at(row).at(column(table, id)));
}

const vn::document_table& table_of(const vn::document& report, const char* id) {
  const vn::document_table* found = report.find_table(id);
  INFO(id);
  REQUIRE(found != nullptr);
  return *found;
}

/// A network whose words try to break out of what they are put into.
vn::read_result hostile() {
  vn::actor_table actors;
  const std::vector<std::string> labels{"</script><script>window.hacked=1</script>",
                                        "<img src=x onerror=window.hacked=1>",
                                        "\" onmouseover=\"window.hacked=1",
                                        "'; window.hacked=1; //",
                                        "&lt;b&gt; <!-- ${1} `x`",
                                        "[link](javascript:window.hacked=1) | **bold** | \\"};
  for (std::size_t i = 0; i < labels.size(); ++i) {
    actors.ids.intern("a" + std::to_string(i));
    actors.label.push_back(labels[i]);
    actors.type.push_back(labels[(i + 1) % labels.size()]);
    actors.province.push_back(labels[(i + 2) % labels.size()]);
  }
  vn::relation_table relations;
  for (std::uint32_t i = 0; i < 6; ++i) {
    relations.givers.push_back(i);
    relations.takers.push_back((i + 1) % 6);
    relations.givers.push_back(0);
    relations.takers.push_back((i + 2) % 6);
    relations.dimension.push_back(labels[1]);
    relations.dimension.push_back(labels[0]);
    relations.years.insert(relations.years.end(), {2000 + static_cast<std::int32_t>(i),
                                                   2001 + static_cast<std::int32_t>(i)});
  }
  vn::read_result result{vn::value_network(std::move(actors), std::move(relations)), {}};
  vn::file_accounting file;
  file.file = labels[0];
  file.format = "csv edge table";
  result.accounting.files.push_back(file);
  return result;
}

}  // namespace

TEST_CASE("the report has its sections in order, and ids are unique") {
  const vn::document& report = example_report();
  std::vector<std::string> ids;
  std::set<std::string> blocks;
  for (const vn::document_section& section : report.sections) {
    ids.push_back(section.id);
    CHECK_FALSE(section.blocks.empty());
    for (const vn::document_block& block : section.blocks) {
      if (const auto* table = std::get_if<vn::document_table>(&block)) {
        INFO(table->id);
        CHECK(blocks.insert(table->id).second);
        std::set<std::string> columns;
        for (const vn::document_column& each : table->columns)
          CHECK(columns.insert(each.id).second);
        for (const auto& row : table->rows) CHECK(row.size() == table->columns.size());
      }
      if (const auto* chart = std::get_if<vn::document_chart>(&block)) {
        INFO(chart->id);
        CHECK(blocks.insert(chart->id).second);
        const vn::document_table& table = table_of(report, chart->table.c_str());
        CHECK_FALSE(table.rows.empty());
        column(table, chart->x);
        for (const std::string& each : chart->y) column(table, each);
        if (!chart->series.empty()) column(table, chart->series);
      }
    }
  }
  CHECK(ids == std::vector<std::string>{"input", "statistics", "conventions", "rankings", "degrees",
                                        "places", "concentration", "evolution", "roles", "layers",
                                        "communities", "network", "provenance"});
}

TEST_CASE("the report's statistics are those of summarize, each with definition and population") {
  const vn::read_result input = example();
  const vn::document& report = example_report();
  const vn::summary_result summary = vn::summarize(vn::select(input.network), {.seed = 42});
  const vn::document_table& table = table_of(report, "statistics");
  REQUIRE(table.rows.size() == summary.statistics.size());
  for (std::size_t i = 0; i < summary.statistics.size(); ++i) {
    const vn::statistic& s = summary.statistics[i];
    INFO(s.name);
    CHECK(text(table, i, "name") == s.name);
    if (s.value) CHECK(number(table, i, "value") == *s.value);
    const auto& definition = std::get<vn::bilingual>(table.rows[i][column(table, "definition")]);
    CHECK(definition.english.starts_with(s.definition));
    CHECK(definition.chinese != definition.english);
    CHECK_FALSE(
        std::get<vn::bilingual>(table.rows[i][column(table, "population")]).english.empty());
  }
}

TEST_CASE("every convention's definitions and populations have their Chinese") {
  const vn::read_result input = example();
  for (const vn::reading& each : vn::compare_conventions(input.network)) {
    CHECK(vn::detail::has_translation(each.name));
    for (const vn::statistic& s : each.summary.statistics) {
      INFO(each.name << ": " << s.definition << ", " << s.population);
      CHECK(vn::detail::has_translation(s.definition));
      CHECK(vn::detail::has_translation(s.population));
    }
  }
  const vn::summary_result estimated =
      vn::summarize(vn::select(input.network), {.distances = vn::distance_method::hyperball});
  for (const vn::statistic& s : estimated.statistics) {
    INFO(s.definition);
    CHECK(vn::detail::has_translation(s.definition));
  }
}

TEST_CASE("phrases keep what is not theirs") {
  CHECK(vn::detail::translated("12 of 30 have no relation").chinese == "12 / 30 个没有关系");
  CHECK(vn::detail::translated("all ordered pairs").chinese == "全部有序点对");
  CHECK(vn::detail::translated("132 ordered pairs").chinese == "132 个有序点对");
  CHECK(vn::detail::translated("city 北京").chinese == "城市 北京");
  CHECK(vn::detail::translated("what nobody wrote").chinese == "what nobody wrote");
  CHECK_FALSE(vn::detail::has_translation("what nobody wrote"));
  CHECK(vn::detail::translated("best of 10 Leiden runs, undirected view, resolution 1").chinese ==
        "10 次 Leiden 搜索之最优，按无向视图，分辨率 1");
}

TEST_CASE("the report's rankings, flows, concentration and years are those of the library") {
  const vn::read_result input = example();
  const vn::selection selected = vn::select(input.network);
  const vn::document& report = example_report();

  const vn::document_table& degree = table_of(report, "ranking_degree");
  const vn::ranking_result ranking = vn::rank_by(selected, vn::actor_metric::degree, {.k = 20});
  REQUIRE(degree.rows.size() == ranking.actors.size());
  for (std::size_t i = 0; i < ranking.actors.size(); ++i) {
    CHECK(text(degree, i, "actor") == input.network.label(ranking.actors[i].actor));
    CHECK(number(degree, i, "value") == ranking.actors[i].value);
    CHECK(number(degree, i, "share") == *ranking.actors[i].share);
  }

  const vn::flow_matrix_result flows = vn::flow_matrix(input.network, vn::by::province);
  const vn::document_table& matrix = table_of(report, "province_matrix");
  double sum = 0.0;
  for (std::size_t i = 0; i < matrix.rows.size(); ++i) sum += number(matrix, i, "flow");
  CHECK(sum == flows.total);
  const vn::document_table& top = table_of(report, "province_flows");
  const auto largest = vn::top_flows(flows, 20, vn::flow_scope::across);
  REQUIRE(top.rows.size() == largest.size());
  CHECK(text(top, 0, "from") == flows.giver_groups[largest[0].giver_group]);
  CHECK(number(top, 0, "flow") == largest[0].flow);

  const std::vector<std::uint64_t> degrees = vn::degrees(selected.graph());
  const std::vector<double> values(degrees.begin(), degrees.end());
  CHECK(number(table_of(report, "concentration"), 0, "gini") == *vn::gini(values));

  const vn::evolution_result years = vn::evolution(input.network);
  const vn::document_table& evolution = table_of(report, "evolution");
  REQUIRE(evolution.rows.size() == years.slices.size());
  for (std::size_t i = 0; i < years.slices.size(); ++i) {
    CHECK(number(evolution, i, "year") == years.slices[i].until_year);
    CHECK(number(evolution, i, "edges") == static_cast<double>(years.slices[i].edges));
    CHECK(number(evolution, i, "average_degree") ==
          *years.slices[i].summary.find("average_degree")->value);
  }

  CHECK(number(table_of(report, "communities"), 0, "actors") > 0.0);
  CHECK(report.picture.x.size() == 12);
  CHECK(report.picture.giver.size() == 25);
  REQUIRE(report.picture.radius.size() == 12);
  for (std::size_t a = 0; a < 12; ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      const double apart = std::hypot(report.picture.x[a] - report.picture.x[b],
                                      report.picture.y[a] - report.picture.y[b]);
      CHECK(apart > report.picture.radius[a] + report.picture.radius[b] - 1e-3);
    }
  }
}

TEST_CASE("the report is the same to the last bit at any number of threads") {
  const vn::read_result input = example();
  const std::string one = vn::render_json(vn::compose_document(input, quick(), {.threads = 1}));
  CHECK(one == vn::render_json(vn::compose_document(input, quick(), {.threads = 2})));
  CHECK(one == vn::render_json(vn::compose_document(input, quick(), {.threads = 8})));
  CHECK(one == vn::render_json(example_report()));
}

TEST_CASE("the report as JSON") {
  const auto json = nlohmann::json::parse(vn::render_json(example_report()));
  CHECK(json.at("verb") == "report");
  CHECK(json.at("title").at("zh") == "价值网络报告");
  CHECK(json.at("picture").at("actors") == 12);
  for (const auto& section : json.at("sections")) {
    CHECK(section.at("title").contains("en"));
    for (const auto& block : section.at("blocks")) {
      const std::string type = block.at("type");
      if (type == "text") {
        CHECK(block.at("text").at("zh").is_string());
      } else if (type == "table") {
        for (const auto& row : block.at("rows")) {
          CHECK(row.size() == block.at("columns").size());
          for (const auto& cell : row) {
            CHECK((cell.is_null() || cell.is_number() || cell.is_string() || cell.contains("en")));
          }
        }
      } else {
        CHECK(type == "chart");
      }
    }
  }
}

TEST_CASE("no word of the network becomes markup or script") {
  const vn::document report = vn::compose_document(hostile(), quick());
  const std::string page = vn::render_html(report);
  // The page's own script, its two blocks of data, and nothing else.
  std::size_t scripts = 0;
  for (std::size_t at = page.find("<script"); at != std::string::npos;
       at = page.find("<script", at + 1)) {
    ++scripts;
  }
  CHECK(scripts == 3);
  CHECK(page.find("<img") == std::string::npos);
  CHECK(page.find("</script><script>window") == std::string::npos);
  CHECK(page.substr(0, page.find("id=\"document_data\"")).find("\" onmouseover") ==
        std::string::npos);
  CHECK(page.find("&lt;/script&gt;&lt;script&gt;window.hacked=1") != std::string::npos);
  CHECK(page.find("&amp;lt;b&amp;gt;") != std::string::npos);
  const std::string markdown = vn::render_markdown(report);
  CHECK(markdown.find("<script") == std::string::npos);
  CHECK(markdown.find("<img") == std::string::npos);
  CHECK(markdown.find("[link](") == std::string::npos);
  // JSON keeps the words as they are.
  const auto json = nlohmann::json::parse(vn::render_json(report));
  CHECK(json.at("sections").at(0).at("blocks").at(1).at("rows").at(0).at(0) ==
        "</script><script>window.hacked=1</script>");
}

TEST_CASE("a page asks for nothing from outside") {
  const std::string page = vn::render_html(example_report());
  CHECK(page.find("default-src 'none'") != std::string::npos);
  for (const char* outside : {"src=\"http", "href=\"http", "url(http", "@import"}) {
    CHECK(page.substr(0, page.find("id=\"document_data\"")).find(outside) == std::string::npos);
  }
}

TEST_CASE("the notice of a made-up network stands on top") {
  vn::read_result input = example();
  vn::actor_table actors = input.network.actors();
  vn::text_column provenance;
  for (std::size_t a = 0; a < actors.size(); ++a) provenance.push_back("surrogate <of> a test");
  actors.more.push_back({std::string(vn::value_network::provenance_column), provenance});
  input.network = vn::value_network(actors, input.network.relations());
  const vn::document report = vn::compose_document(input, quick());
  CHECK(report.notice == "surrogate <of> a test");
  const std::string page = vn::render_html(report);
  CHECK(page.find("surrogate &lt;of&gt; a test") < page.find("<nav>"));
  const std::string markdown = vn::render_markdown(report, vn::language::chinese);
  CHECK(markdown.find("surrogate &lt;of&gt; a test") < markdown.find("## "));
}

TEST_CASE("networks with little in them have a report that says so") {
  for (const std::uint32_t actors : {0U, 1U, 2U}) {
    vn::actor_table table;
    for (std::uint32_t a = 0; a < actors; ++a) table.ids.intern("a" + std::to_string(a));
    vn::relation_table relations;
    if (actors == 2) {
      relations.givers = {0};
      relations.takers = {1};
    }
    const vn::read_result input{vn::value_network(table, relations), {}};
    vn::document_options options = quick();
    options.selection.all_actors = true;
    const vn::document report = vn::compose_document(input, options);
    INFO(actors);
    CHECK(report.find_section("evolution") == nullptr);
    CHECK(report.find_section("places") != nullptr);
    CHECK_FALSE(vn::render_html(report, vn::language::chinese).empty());
    CHECK_FALSE(vn::render_markdown(report).empty());
    CHECK_FALSE(vn::render_json(report).empty());
  }
  CHECK_THROWS_AS(vn::compose_document(example(), {.top = 0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::compose_document(example(), {.permutations = 0}), std::invalid_argument);
}
