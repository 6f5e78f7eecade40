// Files that other tools wrote. They are no part of the project: where they are missing, the test
// says so.
#include <array>
#include <filesystem>
#include <map>
#include <optional>

#include "reading.hpp"

namespace vn = valuenet;
using namespace valuenet::test;

namespace {

const std::string folder = std::string(VALUENET_SHARED_DIR) + "/data/formats/";

bool is_here() {
  if (std::filesystem::exists(folder + "gexf")) return true;
  WARN("skipped: the files of other tools are not here");
  return false;
}

struct expected {
  const char* file;
  vn::actor_id actors;
  vn::relation_id relations;
  bool undirected = false;
};

// Counts of the files' elements as an XML parser and a text search find them; for Pajek, igraph's.
constexpr std::array<expected, 36> sound{{
    {"encodings/cn_gb18030_declared.gexf", 60, 0},
    {"gexf/gephi_exp_infinity.gexf", 2, 1},
    {"gexf/gephi_imp_data.gexf", 1, 1},
    {"gexf/gephi_imp_infinity.gexf", 1, 0},
    {"gexf/gephi_imp_slice.gexf", 2, 1},
    {"gexf/gephi_imp_zeroweight.gexf", 2, 1},
    {"gexf/lesmis_gephi081_v13.gexf", 77, 254, true},
    {"gexf/networkit_dynamicTest.gexf", 4, 5},
    {"gexf/networkit_dynamicTest3.gexf", 2, 1},
    {"gexf/networkx24_written_v12.gexf", 3, 3},
    {"gexf/standard_gephi07_v11.gexf", 17, 35, true},
    {"gml/gephi_emojis.gml", 1, 0},
    {"gml/igraph_celegansneural.gml", 297, 2359},
    {"gml/igraph_karate.gml", 34, 78, true},
    {"gml/igraph_unit_graph2.gml", 3, 0},
    {"gml/igraph_weighted.gml", 2, 1, true},
    {"gml/networkit_jazz2_undirected.gml", 5, 4, true},
    {"gml/networkit_looptest2.gml", 9, 14, true},
    {"gml/power_grid_gephi.gml", 4941, 6594, true},
    // Named for a defect of igraph's that it brought to light; it is sound GraphML.
    {"graphml/BAD_igraph_cattr_bool_bug.graphml", 10, 9, true},
    {"graphml/gephi_cdata.graphml", 2, 1},
    {"graphml/gephi_stat_football.graphml", 115, 613, true},
    {"graphml/gephi_stat_two-cliques.graphml", 10, 20, true},
    {"graphml/igraph_default-attrs.graphml", 3, 2},
    {"graphml/igraph_fuzz_wa3.graphml", 5, 7, true},
    {"graphml/igraph_kegg_hsa05010.graphml", 26, 10},
    {"graphml/igraph_lenient.graphml", 3, 2, true},
    {"graphml/igraph_test.graphml", 6, 7, true},
    {"graphml/yed_igraph_unit.graphml", 3, 2},
    {"pajek/igraph_bipartite.net", 13, 11, true},
    {"pajek/igraph_pajek1.net", 10, 9, true},
    {"pajek/igraph_pajek3.net", 10, 9, true},
    {"pajek/igraph_pajek5.net", 10, 9, true},
    {"pajek/igraph_pajek_arcslist.net", 18, 55},
    {"pajek/igraph_pajek_bip2.net", 15, 25, true},
    {"pajek/igraph_pajek_signed.net", 10, 45},
}};

}  // namespace

TEST_CASE("files of Gephi, igraph, NetworKit, NetworkX and yEd are read whole") {
  if (!is_here()) return;
  for (const expected& each : sound) {
    CAPTURE(each.file);
    const vn::read_result read = vn::read_network(folder + each.file);
    check_closes(read);
    CHECK(read.network.actor_count() == each.actors);
    CHECK(read.network.relation_count() == each.relations);
    CHECK(read.network.is_undirected() == each.undirected);
    CHECK(read.accounting.rejected_count == 0);
    CHECK(read.accounting.files[0].relations_kept == each.relations);
  }
}

TEST_CASE("files that are broken are refused with the line") {
  if (!is_here()) return;
  const std::map<std::string, std::pair<std::uint64_t, std::string>> bad{
      {"gml/BAD_igraph_invalid1.gml", {140, "the edge joins the node \"1\""}},
      {"graphml/BAD_igraph_bug_1970.graphml", {1, "the key \"one\" is declared twice for edges"}},
      {"graphml/BAD_igraph_bug_2506_2.graphml", {1, "the key \"\" is declared twice for graphs"}},
      {"graphml/BAD_igraph_invalid1.graphml", {9, "is no valid UTF-8"}},
      {"graphml/BAD_igraph_invalid5.graphml", {30, "the tag <id has no end >"}},
  };
  for (const auto& [file, refused] : bad) {
    CAPTURE(file);
    try {
      (void)vn::read_network(folder + file);
      FAIL("it was read");
    } catch (const vn::parse_error& e) {
      CHECK(e.position().line == refused.first);
      CHECK(e.message().find(refused.second) != std::string::npos);
    }
  }
}

TEST_CASE("what the files of other tools say is what we read") {
  if (!is_here()) return;
  const auto read = [](const char* file) { return vn::read_network(folder + file).network; };
  const vn::value_network lesmis = read("gexf/lesmis_gephi081_v13.gexf");
  CHECK(lesmis.label(11) == "Valjean");
  CHECK(value(lesmis.actors(), "Modularity Class", 11) == "1");
  CHECK(read("encodings/cn_gb18030_declared.gexf").label(1) == "同益中");
  CHECK(read("gml/gephi_emojis.gml").label(0) == "✅");
  const vn::value_network worm = read("gml/igraph_celegansneural.gml");
  CHECK(worm.label(1) == "51");
  double weights = 0.0;
  for (vn::relation_id r = 0; r < worm.relation_count(); ++r) weights += worm.weight(r);
  CHECK(weights == 8819.0);  // as a text search adds them up
  const vn::value_network defaults = read("graphml/igraph_default-attrs.graphml");
  CHECK(value(defaults.actors(), "gender", 0) == "male");
  CHECK(value(defaults.actors(), "gender", 1) == "female");
  CHECK(value(defaults.actors(), "age", 1) == "20");
  const vn::value_network spaces = read("graphml/igraph_test.graphml");
  CHECK(value(spaces.actors(), "gender", 0) == "true");
  CHECK(value(spaces.actors(), "color", 3) == "red \"with entities\"");
  CHECK(spaces.weight(6) == 1.1);
  CHECK(read("graphml/yed_igraph_unit.graphml").label(0) == "A");
  const vn::value_network signs = read("pajek/igraph_pajek_signed.net");
  CHECK(signs.weight(1) == -1.0);
  CHECK(read("gexf/gephi_imp_zeroweight.gexf").weight(0) == 0.0);
}
