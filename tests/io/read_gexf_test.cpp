#include "reading.hpp"

namespace vn = valuenet;
using namespace valuenet::test;

namespace {

/// A document around nodes and edges.
std::string gexf(const std::string& inside,
                 const std::string& graph = "defaultedgetype='directed'") {
  std::string text("<gexf><graph ");
  return text.append(graph).append(">").append(inside).append("</graph></gexf>");
}

std::string gexf_edges(const std::string& edges, const std::string& graph = "") {
  std::string inside("<nodes><node id='a'/><node id='b'/></nodes><edges>");
  return gexf(inside.append(edges).append("</edges>"), graph);
}

}  // namespace

TEST_CASE("GEXF: attributes become columns by their titles, the edges' own words hold") {
  const vn::read_result read = vn::read_network(fixture("study.gexf"));
  check_closes(read);
  const vn::value_network& network = read.network;
  CHECK(read.accounting.files[0].format == "gexf");
  REQUIRE(network.actor_count() == 5);
  CHECK(network.label(0) == "甲公司 & 子公司");
  CHECK(network.role(0) == vn::role::sample);
  CHECK(network.role(2) == vn::role::relation);
  CHECK(network.actors().city[0] == "深圳");
  CHECK(network.actors().type[0] == "firm");
  CHECK(network.actors().type[2] == "university");
  CHECK(value(network.actors(), "employees", 0) == "1200");
  CHECK(value(network.actors(), "listed", 0) == "true");
  CHECK(value(network.actors(), "listed", 1) == "false");
  CHECK(network.actors().label[1].empty());
  CHECK(network.label(1) == "b");
  CHECK(network.id(4) == "alone");
  CHECK(relations_of(network) ==
        texts{"u>a 2.5 input", "u>a 1. licence", "f>b 0. ", "a-b 1. shared_person", "b-b 1. "});
  CHECK(network.relations().dimension[0] == "technology");
  CHECK(network.year(0) == 2018);
  CHECK_FALSE(network.year(1));
  CHECK(value(network.relations(), "remark", 2) == "seed round");
  CHECK(value(network.relations(), "remark", 3) == "none");
  CHECK(has_note(read, "viz"));
  CHECK(has_note(read, "only number them (from 0)"));
  CHECK(find_column(network.relations(), "id") == nullptr);
}

TEST_CASE("GEXF: nodes in nodes, lifetimes and edges before nodes") {
  const vn::read_result read = vn::read_network(fixture("layers.gexf"));
  check_closes(read);
  const vn::value_network& network = read.network;
  REQUIRE(network.actor_count() == 6);
  REQUIRE(network.relation_count() == 3);
  const auto row = [&](const char* id) { return network.find_actor(id).value(); };
  CHECK(value(network.actors(), "parent", row("inner1")) == "group");
  CHECK(value(network.actors(), "parent", row("innermost")) == "inner2");
  CHECK(value(network.actors(), "parent", row("outside")) == "group");
  CHECK(value(network.actors(), "parent", row("group")).empty());
  CHECK(value(network.actors(), "staff", row("inner1")) == "20");
  CHECK(network.label(row("inner2")) == "Second");
  CHECK(network.year(0) == 2015);
  CHECK(value(network.relations(), "start", 0) == "2015-06-01");
  CHECK(value(network.relations(), "end", 0) == "2017-01-01");
  CHECK(read.accounting.files[0].actors_kept == 5);
  CHECK(has_note(read, "1 actor appears only in relations"));
  CHECK(has_note(read, "3 nodes lie inside others"));
  CHECK(has_note(read, "2 years are taken from start dates"));
  CHECK(has_note(read, "(spells)"));
}

TEST_CASE("GEXF: what says whether an edge holds both ways") {
  const std::string three =
      "<edge source='a' target='b'/><edge source='a' target='b' type='directed'/>"
      "<edge source='a' target='b' type='Undirected'/><edge source='a' target='b' type='odd'/>";
  CHECK(relations_of(read_text("gexf", gexf_edges(three)).network) ==
        texts{"a-b 1. ", "a>b 1. ", "a-b 1. ", "a-b 1. "});
  CHECK(relations_of(read_text("gexf", gexf_edges(three, "defaultedgetype='directed'")).network) ==
        texts{"a>b 1. ", "a>b 1. ", "a-b 1. ", "a>b 1. "});
  CHECK(has_note(read_text("gexf", gexf_edges(three)), "such as \"odd\""));
}

TEST_CASE("GEXF: edges that are no relation are rejected, each with its line") {
  const vn::read_result read = read_text(
      "gexf", gexf_edges("\n<edge source='a' target='b' weight='INF'/>"
                         "\n<edge source='a' target='b' weight='much'/>\n<edge source='a'/>"
                         "\n<edge target='b'/>\n<edge source='a' target='b' weight='-2'/>"));
  CHECK(relations_of(read.network) == texts{"a-b -2. "});
  REQUIRE(read.accounting.rejected.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) CHECK(read.accounting.rejected[i].line == i + 2);
  CHECK(read.accounting.rejected[2].reason ==
        "the edge has no target; an edge must name its source and its target");
  CHECK(read.accounting.rejected[2].text == "<edge source='a'/>");
  const vn::read_result nodes = read_text("gexf", gexf("<nodes>\n<node/><node id='x'/></nodes>"));
  CHECK(nodes.network.actor_count() == 1);
  REQUIRE(nodes.accounting.rejected.size() == 1);
  CHECK(nodes.accounting.rejected[0].line == 2);
}

TEST_CASE("GEXF: edge ids are kept unless they only number the edges") {
  const auto ids = [](std::vector<const char*> given) {
    std::string edges;
    for (const char* id : given)
      edges.append("<edge source='a' target='b' ").append(id).append("/>");
    const vn::read_result read = read_text("gexf", gexf_edges(edges));
    texts result;
    for (std::size_t r = 0; r < given.size(); ++r) {
      result.push_back(value(read.network.relations(), "id", r));
    }
    return result;
  };
  CHECK(ids({"id='0'", "id='1'", "id='2'"}) == texts{"", "", ""});
  CHECK(ids({"id='e1'", "id='e2'"}) == texts{"", ""});
  CHECK(ids({"id='0'", "id='1'", "id='7'", "id='3'"}) == texts{"0", "1", "7", "3"});
  CHECK(ids({"id='e1'", "id='e2'", ""}) == texts{"e1", "e2", ""});
  CHECK(ids({"", "id='0'"}) == texts{"", "0"});
  CHECK(ids({"id='x'", "id='y'"}) == texts{"x", "y"});
}

TEST_CASE("GEXF: an attribute that repeats a word of the element stands in for it, or beside it") {
  const std::string declared =
      "<attributes class='edge'><attribute id='0' title='Weight' type='double'/>"
      "<attribute id='1' title='kind'/></attributes>"
      "<attributes class='node'><attribute id='0' title='label'/></attributes>"
      "<nodes><node id='a'><attvalue for='0' value='A'/></node>"
      "<node id='b' label='B'><attvalue for='0' value='other'/></node></nodes>";
  const vn::read_result read = read_text(
      "gexf", gexf(declared +
                   "<edges><edge source='a' target='b'><attvalues><attvalue for='0' value='3'/>"
                   "<attvalue for='1' value='k'/></attvalues></edge>"
                   "<edge source='a' target='b' weight='2' kind='own'><attvalues><attvalue for='0' "
                   "value='3'/><attvalue for='1' value='k'/></attvalues></edge></edges>"));
  CHECK(relations_of(read.network) == texts{"a>b 3. k", "a>b 2. own"});
  CHECK(value(read.network.relations(), "Weight", 1) == "3");
  CHECK(value(read.network.relations(), "kind (1)", 1) == "k");
  CHECK(read.network.label(0) == "A");
  CHECK(read.network.label(1) == "B");
  CHECK(value(read.network.actors(), "label (0)", 1) == "other");
}

TEST_CASE("GEXF: a label that repeats the id leaves the name where it is") {
  const vn::read_result read = read_text(
      "gexf", gexf("<attributes class='node'><attribute id='0' title='name'/></attributes><nodes>"
                   "<node id='1' label='1'><attvalue for='0' value='n'/></node>"
                   "<node id='2'><attvalue for='0' value='m'/></node></nodes>"));
  CHECK(read.network.label(0) == "1");
  CHECK(value(read.network.actors(), "name", 0) == "n");
  CHECK(read.network.label(1) == "m");
}

TEST_CASE("GEXF: titles that mean one thing, and undeclared attributes") {
  const vn::read_result read = read_text(
      "gexf", gexf("<nodes><node id='a'><attvalue for='0' value='x'/><attvalue for='1' value='y'/>"
                   "<attvalue for='zzz' value='z'/></node></nodes>"
                   "<attributes class='node'><attribute id='0' title='国家'/>"
                   "<attribute id='1' title='country'/></attributes>"));
  CHECK(read.network.actors().country[0] == "y");
  CHECK(value(read.network.actors(), "国家", 0) == "x");
  CHECK(value(read.network.actors(), "zzz", 0) == "z");
  CHECK(has_note(read, "undeclared attribute \"zzz\""));
  CHECK(refusal("gexf", gexf("<attributes class='node'>\n<attribute id='0' title='a'/>\n<attribute "
                             "id='0' title='b'/></attributes>"))
            .find("t.gexf:3:1: the attribute id \"0\" is declared twice for nodes") == 0);
}

TEST_CASE("GEXF: empty graphs are networks, other documents are not") {
  CHECK(read_text("gexf", gexf("")).network.actor_count() == 0);
  CHECK(read_text("gexf", "<gexf><graph/></gexf>").network.actor_count() == 0);
  CHECK(refusal("gexf", "<svg/>") ==
        "t.gexf:1:1: the first element is <svg> where <gexf> was expected");
  CHECK(refusal("gexf", "<gexf><meta/></gexf>") ==
        "t.gexf:1:1: <gexf> holds no <graph>, so there is no network in it");
  CHECK(refusal("gexf", "<gexf><graph><nodes>\n<node id='a'>").find("t.gexf:2:14: ") == 0);
}

TEST_CASE("GEXF: a prefix of the whole document's names, and repeated nodes") {
  const vn::read_result read = read_text(
      "gexf",
      "<g:gexf xmlns:g='x'><g:graph defaultedgetype='directed'><g:nodes><g:node id='a' label='A'/>"
      "<g:node id='b'/><g:node id='a' label='A'/></g:nodes><g:edges><g:edge source='a' "
      "target='b'/></g:edges></g:graph></g:gexf>");
  CHECK(read.network.actor_count() == 2);
  CHECK(relations_of(read.network) == texts{"a>b 1. "});
  REQUIRE(read.accounting.files[0].dropped.size() == 1);
  CHECK(read.accounting.files[0].dropped[0].count == 1);
}
