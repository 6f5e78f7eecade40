#include "reading.hpp"

namespace vn = valuenet;
using namespace valuenet::test;

TEST_CASE("GraphML: keys become columns by their names, with defaults") {
  const vn::read_result read = vn::read_network(fixture("study.graphml"));
  check_closes(read);
  const vn::value_network& network = read.network;
  CHECK(read.accounting.files[0].format == "graphml");
  REQUIRE(network.actor_count() == 5);
  const auto row = [&](const char* id) { return network.find_actor(id).value(); };
  CHECK(network.label(row("a")) == "甲 <公司>");
  CHECK(network.role(row("a")) == vn::role::sample);
  CHECK(network.role(row("b")) == vn::role::relation);
  CHECK(value(network.actors(), "employees", row("a")) == "1200");
  CHECK(value(network.actors(), "listed", row("a")) == "true");
  CHECK(value(network.actors(), "listed", row("b")) == "false");
  CHECK(value(network.actors(), "provenance", row("a")) == "by hand");
  CHECK(network.label(row("b")) == "Yed's own");
  CHECK(network.label(row("b::1")) == "Inner one");
  CHECK(value(network.actors(), "parent", row("b::2")) == "b");
  CHECK(relations_of(network) ==
        texts{"b::1-b::2 2. ", "a>b 2. input", "a-b 0.5 shared_person", "b>nowhere 2. "});
  CHECK(network.year(1) == 2019);
  CHECK(value(network.relations(), "label", 1) == "first");
  CHECK(value(network.relations(), "id", 1) == "e0");
  REQUIRE(read.accounting.rejected.size() == 1);
  CHECK(read.accounting.rejected[0].line == 42);
  CHECK(read.accounting.rejected[0].reason.find("a hyperedge joins several nodes") == 0);
  CHECK(has_note(read, "2 nodes lie inside others"));
  CHECK(has_note(read, "ports"));
  CHECK(has_note(read, "1 actor appears only in relations"));
}

TEST_CASE("GraphML: what says whether an edge holds both ways") {
  const auto read = [](const std::string& graph) {
    return read_text("graphml", "<graphml><graph" + graph +
                                    "><node id='a'/><node id='b'/><edge source='a' target='b'/>"
                                    "<edge source='a' target='b' directed='true'/>"
                                    "<edge source='a' target='b' directed='false'/>"
                                    "</graph></graphml>");
  };
  CHECK(relations_of(read(" edgedefault='directed'").network) ==
        texts{"a>b 1. ", "a>b 1. ", "a-b 1. "});
  CHECK(relations_of(read(" edgedefault='undirected'").network) ==
        texts{"a-b 1. ", "a>b 1. ", "a-b 1. "});
  CHECK(relations_of(read("").network) == texts{"a-b 1. ", "a>b 1. ", "a-b 1. "});
  CHECK(has_note(read(""), "(edgedefault)"));
}

TEST_CASE("GraphML as Gephi writes it") {
  const vn::read_result read =
      read_text("graphml",
                "<graphml><key attr.name='label' attr.type='string' for='node' id='label'/>"
                "<key attr.name='Edge Label' attr.type='string' for='edge' id='edgelabel'/>"
                "<key attr.name='weight' attr.type='double' for='edge' id='weight'/>"
                "<key attr.name='Edge Id' attr.type='string' for='edge' id='edgeid'/>"
                "<key attr.name='r' attr.type='int' for='node' id='r'/>"
                "<key attr.name='x' attr.type='float' for='node' id='x'/>"
                "<graph edgedefault='directed'><node id='1'><data key='label'>甲</data><data "
                "key='r'>153</data>"
                "<data key='x'>-10.5</data></node><node id='2'><data key='label'>2</data></node>"
                "<edge id='17' source='1' target='2'><data key='edgeid'>17</data><data "
                "key='weight'>3.0</data>"
                "<data key='edgelabel'>gives</data></edge><edge source='2' target='1'>"
                "<data key='edgeid'>18</data></edge></graph></graphml>");
  CHECK(read.network.label(0) == "甲");
  CHECK(read.network.actors().label[1].empty());
  CHECK(value(read.network.actors(), "r", 0) == "153");
  CHECK(value(read.network.actors(), "x", 0) == "-10.5");
  CHECK(relations_of(read.network) == texts{"1>2 3. ", "2>1 1. "});
  CHECK(value(read.network.relations(), "label", 0) == "gives");
  CHECK(value(read.network.relations(), "id", 0) == "17");
  CHECK(value(read.network.relations(), "id", 1) == "18");
  CHECK(find_column(read.network.relations(), "Edge Id") == nullptr);
}

TEST_CASE("GraphML as igraph writes it: keys of one name for graph, nodes and edges") {
  const vn::read_result read = read_text(
      "graphml",
      "<graphml><key id='name' for='graph' attr.name='name' attr.type='string'/>"
      "<key id='name' for='node' attr.name='name' attr.type='string'/>"
      "<key id='name' for='edge' attr.name='name' attr.type='string'/>"
      "<graph edgedefault='directed'><data key='name'>g</data><node id='n0'><data key='name'>Node"
      "</data></node><edge source='n0' target='n0'><data key='name'>Edge</data></edge></graph>"
      "</graphml>");
  CHECK(read.network.label(0) == "Node");
  CHECK(value(read.network.relations(), "name", 0) == "Edge");
}

TEST_CASE("GraphML: labels as yEd draws them") {
  const auto label = [](const std::string& data) {
    const vn::read_result read =
        read_text("graphml",
                  "<graphml xmlns:y='y' xmlns:x='x'><key id='d0' for='node' "
                  "yfiles.type='nodegraphics'/><key id='d1' for='node' attr.name='NodeLabels' "
                  "y:attr.uri='u'/><graph edgedefault='directed'><node id='n'>" +
                      data + "</node></graph></graphml>");
    return std::string(read.network.actors().label[0]);
  };
  CHECK(label("<data key='d0'><y:ShapeNode><y:Geometry/><y:NodeLabel>\n 大学 \n<y:M/></y:NodeLabel>"
              "</y:ShapeNode></data>") == "大学");
  CHECK(label("<data key='d0'><y:ProxyAutoBoundsNode><y:Realizers><y:GroupNode><y:NodeLabel/>"
              "<y:NodeLabel>second</y:NodeLabel></y:GroupNode></y:Realizers>"
              "</y:ProxyAutoBoundsNode></data>") == "second");
  CHECK(label("<data key='d1'><x:List><y:Label><y:Label.Text>new</y:Label.Text></y:Label></x:List>"
              "</data>") == "new");
  CHECK(label("<data key='d1'><x:List><y:Label Text='short'/></x:List></data>") == "short");
  CHECK(label("<data key='d0'><y:ShapeNode/></data>").empty());
}

TEST_CASE("GraphML: keys declared twice are refused with their place") {
  const auto keys = [](const char* first, const char* second) {
    return refusal("graphml", std::string("<graphml>\n<key id='k' ") + first + "/>\n<key id='k' " +
                                  second + "/><graph/></graphml>");
  };
  CHECK(
      keys("for='edge'", "for='edge'") ==
      "t.graphml:3:1: the key \"k\" is declared twice for edges; which of the two a value belongs "
      "to cannot be told");
  CHECK(keys("for='node'", "for='all'").find("t.graphml:3:1:") == 0);
  CHECK(keys("", "for='node'").find("t.graphml:3:1:") == 0);
  CHECK(keys("for='node'", "for='edge'").empty());
  CHECK(keys("for='port'", "for='edge'").empty());
}

TEST_CASE("GraphML: keys that are not declared, not for nodes, or stand in the graph") {
  const vn::read_result read =
      read_text("graphml",
                "<graphml><key id='g' for='graph' attr.name='date'/><graph edgedefault='directed'>"
                "<node id='a'><data key='g'>1</data><data key='other'>2</data><data "
                "key='late'>3</data></node>"
                "<key id='late' for='node' attr.name='Later'/></graph></graphml>");
  CHECK(value(read.network.actors(), "g", 0) == "1");
  CHECK(value(read.network.actors(), "other", 0) == "2");
  CHECK(value(read.network.actors(), "Later", 0) == "3");
  CHECK(has_note(read, "the key \"other\" is not declared for nodes"));
}

TEST_CASE("GraphML: rows that cannot be are rejected, other documents refused") {
  const vn::read_result read =
      read_text("graphml",
                "<graphml><graph edgedefault='directed'>\n<node/>\n<edge source='a'/>\n"
                "<edge target='a'/></graph></graphml>");
  REQUIRE(read.accounting.rejected.size() == 3);
  CHECK(read.accounting.rejected[0].line == 2);
  CHECK(read.accounting.rejected[1].line == 3);
  CHECK(read.accounting.rejected[2].line == 4);
  CHECK(read_text("graphml", "<graphml><graph edgedefault='directed'/></graphml>")
            .network.actor_count() == 0);
  CHECK(refusal("graphml", "<graphml/>") ==
        "t.graphml:1:1: <graphml> holds no <graph>, so there is no network in it");
  CHECK(refusal("graphml", "\n<gexf/>") ==
        "t.graphml:2:1: the first element is <gexf> where <graphml> was expected");
  CHECK(refusal("graphml", "<!DOCTYPE g [<!ENTITY x 'y'>]>\n<graphml><graph/></graphml>")
            .find("t.graphml:1:14: the document declares entities") == 0);
}

TEST_CASE("GraphML: nodes nested as deep as files may go are read without recursion") {
  std::string text = "<graphml>";
  for (int i = 0; i < 498; ++i) {
    text += "<graph edgedefault='directed'><node id='" + std::to_string(i) + "'>";
  }
  for (int i = 0; i < 498; ++i) text += "</node></graph>";
  const vn::read_result read = read_text("graphml", text + "</graphml>");
  CHECK(read.network.actor_count() == 498);
  CHECK(value(read.network.actors(), "parent", 497) == "496");
}
