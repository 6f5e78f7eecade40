// Real tables, read where ../shared is there. Counts are those of its MANIFEST.tsv, of
// graphs/statistics.csv and of counting the files with Python's csv module.
#include "valuenet/io/csv.hpp"
#include "valuenet/io/read.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include "catch.hpp"
#include "io_helpers.hpp"

namespace vn = valuenet;
namespace fs = std::filesystem;

namespace {

const fs::path data = fs::path(VALUENET_SHARED_DIR) / "data";

bool is_there() {
  if (fs::exists(data)) return true;
  WARN("skipped: " << data << " is not there");
  return false;
}

vn::read_result read(const std::string& file, const vn::read_options& options = {}) {
  INFO(file);
  vn::read_result result = vn::read_network((data / file).string(), options);
  io_test::check_closes(result.accounting);
  return result;
}

struct expected_table {
  const char* file;
  const char* format;
  const char* encoding;
  std::uint64_t actors;
  std::uint64_t relations;
  std::uint64_t rows;
};

constexpr const char* actor_table = "csv actor table";
constexpr const char* edge_table = "csv edge table";

constexpr std::array<expected_table, 25> tables{{
    {"csv/gephi_exp_array_attribute.csv", actor_table, "utf-8", 2, 0, 2},
    {"csv/gephi_exp_decimal_separator.csv", edge_table, "utf-8", 2, 1, 1},
    {"csv/gephi_exp_empty.csv", edge_table, "utf-8", 0, 0, 0},
    {"csv/gephi_exp_infinity.csv", actor_table, "utf-8", 2, 0, 2},
    {"csv/gephi_exp_large_number.csv", actor_table, "utf-8", 2, 0, 2},
    {"csv/gephi_exp_number_format.csv", edge_table, "utf-8", 2, 1, 1},
    {"csv/gephi_exp_single.csv", edge_table, "utf-8", 2, 1, 1},
    {"csv/gephi_exp_timestampset.csv", actor_table, "utf-8", 2, 0, 2},
    {"csv/gephi_exp_without_attributes.csv", actor_table, "utf-8", 2, 0, 2},
    // 26 named actors and one without a name; every pair of them once.
    {"csv/gephi_imp_complex_matrix.csv", "adjacency matrix", "utf-8", 27, 351, 378},
    {"csv/gephi_imp_edges_table_opposite_force_undirected_issue_1848.csv", edge_table, "utf-8", 176,
     7346, 7346},
    {"csv/gephi_imp_edges_table_repeated_without_ids.csv", edge_table, "utf-8", 4, 5, 5},
    {"csv/gephi_imp_edges_table_with_timeset_intervals.csv", edge_table, "utf-8", 3, 5, 5},
    {"csv/gephi_imp_matrix.csv", "adjacency matrix", "utf-8", 5, 6, 11},
    {"csv/gephi_imp_test_utf8_chars.csv", actor_table, "utf-8", 2, 0, 3},
    {"csv/sigma_csv_network.csv", actor_table, "utf-8", 104, 0, 104},
    {"edgelist/networkit_comments.edgelist", "edge list", "utf-8", 10, 20, 20},
    {"edgelist/networkit_spaceseparated_weighted.edgelist", "edge list", "utf-8", 3, 3, 3},
    {"edgelist/sampson/samplike2.txt", "edge list", "utf-8", 18, 57, 57},
    {"encodings/cn_edges_gb18030_crlf.csv", edge_table, "gb18030", 645, 600, 600},
    {"encodings/cn_edges_utf8_lf.csv", edge_table, "utf-8", 645, 600, 600},
    {"encodings/cn_nodes_big5_like_cp936_semicolon.csv", actor_table, "gb18030", 400, 0, 400},
    {"encodings/cn_nodes_cr_only.csv", actor_table, "utf-8", 50, 0, 50},
    {"encodings/cn_nodes_gb18030_crlf.csv", actor_table, "gb18030", 400, 0, 400},
    {"encodings/cn_nodes_utf16le_bom_tab.txt", actor_table, "utf-16le", 400, 0, 400},
}};

}  // namespace

TEST_CASE("Tables that other tools wrote are read right") {
  if (!is_there()) return;
  for (const expected_table& expected : tables) {
    INFO(expected.file);
    const vn::read_result result = read(std::string("formats/") + expected.file);
    const vn::file_accounting& file = result.accounting.files.at(0);
    CHECK(file.format == expected.format);
    CHECK(file.encoding == expected.encoding);
    CHECK(result.network.actor_count() == expected.actors);
    CHECK(result.network.relation_count() == expected.relations);
    CHECK(file.actor_rows + file.relation_rows == expected.rows);
    CHECK(file.rejected == 0);
  }
  CHECK(read("formats/csv/gephi_exp_decimal_separator.csv").network.weight(0) == 1.33);
}

TEST_CASE("The same Chinese table in four encodings is the same network") {
  if (!is_there()) return;
  const auto utf8 = read("formats/encodings/cn_nodes_utf8bom_crlf.csv").network;
  CHECK(utf8.label(0) == "邵阳液压");
  CHECK((*find_column(utf8.actors(), "交易所"))[0] == "深圳证券交易所");
  for (const char* other :
       {"gb18030_crlf.csv", "utf16le_bom_tab.txt", "big5_like_cp936_semicolon.csv"}) {
    CHECK(
        io_test::identical(utf8, read(std::string("formats/encodings/cn_nodes_") + other).network));
  }
  const auto edges = read("formats/encodings/cn_edges_utf8_lf.csv").network;
  CHECK(io_test::identical(edges, read("formats/encodings/cn_edges_gb18030_crlf.csv").network));
  CHECK(edges.relations().kind[0] == "所属行业");  // its column Type says no direction
}

TEST_CASE("What is no network among the formats is refused") {
  if (!is_there()) return;
  CHECK_THROWS_WITH(read("formats/edgelist/karate-commented_dos.dat"),
                    Catch::Contains("degree sequence"));
  CHECK_THROWS_WITH(
      vn::read_csv({.relations = (data / "formats/csv/sigma_csv_network.csv").string()}),
      Catch::Contains("is a table of actors"));
  CHECK_THROWS_WITH(read("graphs/statistics.csv"), Catch::Contains("name no network"));
}

TEST_CASE("The classic graphs have their vertices, rows and directions") {
  if (!is_there()) return;
  std::ifstream statistics(data / "graphs/statistics.csv");
  std::string line;
  std::getline(statistics, line);
  std::size_t graphs = 0;
  while (std::getline(statistics, line)) {
    std::istringstream cells(line);
    std::string name;
    std::string directed;
    std::string vertices;
    std::string rows;
    std::getline(cells, name, ',');
    std::getline(cells, directed, ',');
    std::getline(cells, vertices, ',');
    std::getline(cells, rows, ',');
    INFO(name);
    const vn::read_result result = read("graphs/" + name);
    CHECK(result.network.actor_count() == std::stoul(vertices));
    CHECK(result.network.relation_count() == std::stoul(rows));
    CHECK(result.network.is_undirected() == (directed == "0"));
    CHECK(result.accounting.rejected_count == 0);
    ++graphs;
  }
  CHECK(graphs == 14);
  const auto hub = read("graphs/hub43k.tsv").network;
  CHECK(hub.actor_count() == 43742);
  CHECK(hub.relation_count() == 97980);
}

TEST_CASE("The ecosystem's tables are read with kinds that hold both ways") {
  if (!is_there()) return;
  const fs::path folder = data / "value_networks/ai_ecosystem";
  const auto [network, accounting] =
      vn::read_csv({.actors = (folder / "actors.csv").string(),
                    .relations = (folder / "relations.csv").string()});
  io_test::check_closes(accounting);
  CHECK(network.actor_count() == 1982);
  CHECK(network.relation_count() == 3773);
  CHECK(accounting.rejected_count == 0);
  std::size_t both = 0;
  std::size_t undated = 0;
  for (vn::relation_id r = 0; r < network.relation_count(); ++r) {
    both += network.holds_both_ways(r) ? 1 : 0;
    undated += network.year(r) ? 0 : 1;
  }
  CHECK(both == 1208 + 490 + 31);
  CHECK(undated == 1256);
  CHECK(network.relations().dimension.words().size() == 4);
  CHECK(network.surrogate_notice().empty());
  CHECK((*find_column(network.relations(), "provenance"))[0] == "crfm");
}

TEST_CASE("Careers and acquisitions are read, with columns named where ours do not fit") {
  if (!is_there()) return;
  const fs::path careers = data / "value_networks/careers";
  for (const auto& [file, relations] :
       {std::pair("org_study_edges.csv", 10921), std::pair("org_work_edges.csv", 13184),
        std::pair("temporal.csv", 16095)}) {
    const auto [network, accounting] =
        vn::read_csv({.actors = (careers / "organizations.csv").string(),
                      .relations = (careers / file).string()});
    io_test::check_closes(accounting);
    CHECK(network.relation_count() == static_cast<std::size_t>(relations));
    CHECK(accounting.files[0].actors_kept == 6080);
    CHECK(network.actors().sector[0] == "academia");
  }
  const auto moves = read("value_networks/careers/temporal.csv").network;
  CHECK(moves.year(0) == 1964);
  CHECK(read("value_networks/careers/bipartite.csv",
             {.giver_column = "Person", .taker_column = "Organization"})
            .network.relations()
            .kind[3] == "PhD");

  const auto [deals, accounting] =
      read("value_networks/acquisitions/acquisitions.csv", {.giver_column = "acquirer_permalink",
                                                            .taker_column = "company_permalink",
                                                            .weight_column = "",
                                                            .year_column = "acquired_at"});
  CHECK(deals.relation_count() == 18968);
  CHECK(deals.actor_count() == 26665);
  CHECK(accounting.rejected_count == 0);
  std::size_t undated = 0;
  for (vn::relation_id r = 0; r < deals.relation_count(); ++r) undated += deals.year(r) ? 0 : 1;
  CHECK(undated == 12);
  CHECK_THAT(accounting.files[0].notes.at(0), Catch::Contains("1201 to 3201"));
}
