#include "reading.hpp"

namespace vn = valuenet;
using namespace valuenet::test;

TEST_CASE("GML: keys become columns by their names") {
  const vn::read_result read = vn::read_network(fixture("study.gml"));
  check_closes(read);
  const vn::value_network& network = read.network;
  CHECK(read.accounting.files[0].format == "gml");
  REQUIRE(network.actor_count() == 3);
  const auto row = [&](const char* id) { return network.find_actor(id).value(); };
  CHECK(network.label(row("1")) == "café 中国 R&D");
  CHECK(network.actors().type[row("2")] == "university");
  CHECK(value(network.actors(), "score", row("2")) == "-1.5e3");
  CHECK(relations_of(network) == texts{"2>1 2.5 input", "1>1 0. "});
  CHECK(network.year(0) == 2019);
  REQUIRE(read.accounting.rejected.size() == 2);
  CHECK(read.accounting.rejected[0].line == 16);
  CHECK(read.accounting.rejected[0].text == "edge [ source 1 target 2 weight \"heavy\" ]");
  CHECK(read.accounting.rejected[1].line == 17);
  CHECK(has_note(read, "1 list such as graphics [ ... ] not read"));
  CHECK(has_note(read, "value of 1 edge was read as weight"));
}

TEST_CASE("GML: a graph is undirected unless it says otherwise, wherever it says so") {
  const auto read = [](const std::string& before, const std::string& behind) {
    return relations_of(read_text("gml", "graph [ " + before +
                                             " node [ id a ] edge [ source a target a x [ y 1 ] ] "
                                             "edge [ source a target a ] " +
                                             behind + " ]")
                            .network);
  };
  CHECK(read("", "") == texts{"a-a 1. ", "a-a 1. "});
  CHECK(read("directed 0", "") == texts{"a-a 1. ", "a-a 1. "});
  CHECK(read("directed 1", "") == texts{"a>a 1. ", "a>a 1. "});
  CHECK(read("", "directed 1") == texts{"a>a 1. ", "a>a 1. "});
  CHECK(read("", "note \"directed\" z [ directed 1 ]") == texts{"a-a 1. ", "a-a 1. "});
  CHECK(has_note(read_text("gml", "graph [ directed 2 ]"), "directed is \"2\""));
}

TEST_CASE("GML: nodes without ids are numbered, values of one key joined") {
  const vn::read_result read =
      read_text("gml",
                "graph [ node [ id \"#2\" ] node [ label \"x\" ] node [ id c tag \"a&amp;b\" tag 7 "
                "tag \"_networkx_list_start\" ] ]");
  REQUIRE(read.network.actor_count() == 3);
  CHECK(read.network.id(0) == "#2");
  CHECK(read.network.id(1) == "##2");
  CHECK(read.network.label(1) == "x");
  CHECK(value(read.network.actors(), "tag", 2) == "a&b; 7");
  CHECK(has_note(read, "1 node has no id"));
}

TEST_CASE("GML: label is the label beside name, name where it stands alone") {
  const vn::read_result both =
      read_text("gml", "graph [ node [ name \"n\" id 1 label \"l\" ] node [ id 2 label \"2\" ] ]");
  CHECK(both.network.label(0) == "l");
  CHECK(value(both.network.actors(), "name", 0) == "n");
  CHECK(both.network.actors().label[1].empty());
  CHECK(read_text("gml", "graph [ node [ id 1 name \"n\" ] ]").network.label(0) == "n");
}

TEST_CASE("GML: weight, or value where no weight is") {
  const vn::read_result read =
      read_text("gml",
                "graph [ node [ id 1 value 9 ] edge [ source 1 target 1 weight 2 value 3 ] "
                "edge [ source 1 target 1 value 4 ] edge [ source 1 target 1 WEIGHT +5.0 ] ]");
  CHECK(relations_of(read.network) == texts{"1-1 2. ", "1-1 4. ", "1-1 5. "});
  CHECK(value(read.network.relations(), "value", 0) == "3");
  CHECK(value(read.network.actors(), "value", 0) == "9");
}

TEST_CASE("GML: rows that cannot be are rejected") {
  const vn::read_result read =
      read_text("gml",
                "graph [\nnode [ id 1 id 2 ]\nnode [ id 1 ]\nedge [ source 1 source 1 target 1 ]\n"
                "edge [ target 1 ]\nedge [ source 1 target 1 ]\n]");
  CHECK(read.network.actor_count() == 1);
  CHECK(read.network.relation_count() == 1);
  REQUIRE(read.accounting.rejected.size() == 3);
  CHECK(read.accounting.rejected[0].line == 2);
  CHECK(read.accounting.rejected[0].reason == "the node has two ids");
  CHECK(read.accounting.rejected[1].line == 4);
  CHECK(read.accounting.rejected[2].line == 5);
}

TEST_CASE("GML: of several graphs the first is read, the others are accounted for") {
  const vn::read_result read =
      read_text("gml",
                "graph [ node [ id 1 ] ] graph [ node [ id 1 ] node [ id 2 ] "
                "edge [ source 1 target 2 ] ]");
  CHECK(read.network.actor_count() == 1);
  REQUIRE(read.accounting.files[0].dropped.size() == 1);
  CHECK(read.accounting.files[0].dropped[0].count == 3);
  CHECK(has_note(read, "2 graphs; only the first"));
}

TEST_CASE("GML: what is broken is refused with its place") {
  CHECK(refusal("gml", "Version 1\n") == "t.gml:1:1: holds no graph [ ... ]; a GML file has one");
  CHECK(refusal("gml", "graph [\n node [ id 1 ]\n") ==
        "t.gml:3:1: the file ends before the ] of the [ in line 1; it is not whole");
  CHECK(refusal("gml", "graph [ node [ id 1\n").find("t.gml:2:1: the file ends before the ]") == 0);
  CHECK(refusal("gml", "graph [ x [ y 1").find("t.gml:1:16: the file ends before the ]") == 0);
  CHECK(refusal("gml", "graph [ ] ]") == "t.gml:1:11: ] closes nothing");
  CHECK(refusal("gml", "graph [ 1 2 ]") == "t.gml:1:9: \"1\" where a key was expected");
  CHECK(refusal("gml", "graph [ node ]") ==
        "t.gml:1:14: ] where the value of \"node\" was expected");
  CHECK(refusal("gml", "graph [ \"a\" 1 ]") ==
        "t.gml:1:9: the string \"a\" where a key was expected");
  CHECK(refusal("gml",
                "graph [\nedge [ source 1 target 1 ]\nnode [ id 1 ]\n"
                "edge [ source 1 target 2 ]\nedge [ source 3 target 1 ] ]") ==
        "t.gml:4:1: the edge joins the node \"2\", which the file does not have; the file is "
        "damaged or not whole");
  std::string deep = "graph ";
  for (int i = 0; i < 100000; ++i) deep += "[ a ";
  CHECK(refusal("gml", deep).find("lists lie more than 1000 deep") != std::string::npos);
}
