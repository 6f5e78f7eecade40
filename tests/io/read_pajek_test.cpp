#include "reading.hpp"

namespace vn = valuenet;
using namespace valuenet::test;

TEST_CASE("Pajek: vertices, arcs, edges, lists and several relations") {
  const vn::read_result read = vn::read_network(fixture("study.net"));
  check_closes(read);
  const vn::value_network& network = read.network;
  CHECK(read.accounting.files[0].format == "pajek");
  REQUIRE(network.actor_count() == 5);
  CHECK(network.id(0) == "1");
  CHECK(network.label(0) == "甲 公司");
  CHECK(network.label(1) == "2");
  CHECK(network.label(2) == "plain");
  CHECK(relations_of(network) == texts{"1>2 2.5 input", "2>3 1. input", "3>1 -1. 2", "1-3 1. ",
                                       "4>1 1. ", "4>2 1. ", "5-4 1. "});
  CHECK(value(network.relations(), "label", 0) == "first");
  REQUIRE(read.accounting.rejected.size() == 2);
  CHECK(read.accounting.rejected[0].line == 19);
  CHECK(read.accounting.rejected[0].reason ==
        "\"9\" is no vertex; vertices are numbered from 1 to 5");
  CHECK(read.accounting.rejected[1].line == 20);
  CHECK(has_note(read, "3 vertices have no line of their own"));
  CHECK(has_note(read, "coordinates"));
}

TEST_CASE("Pajek: any line ends, any case, blanks") {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    std::string text;
    for (const char* line : {"", "*VERTICES  3", "  2\t\"b\"", "", "*arcs", "% no", " 1\t 2 ", "",
                             "*EDGES 1", "02 3 0.5 c Blue [1-3]"}) {
      text.append(line).append(end);
    }
    const vn::read_result read = read_text("pajek", text);
    CHECK(relations_of(read.network) == texts{"1>2 1. ", "2-3 0.5 "});
    CHECK(read.network.label(1) == "b");
    CHECK(has_note(read, "the times [...] of 1 relation"));
  }
}

TEST_CASE("Pajek: a square matrix is arcs") {
  const vn::read_result read = read_text("pajek", "*Vertices 3\n*Matrix\n0 1 0\n-1 0 2.5\n0 0 7\n");
  CHECK(relations_of(read.network) == texts{"1>2 1. ", "2>1 -1. ", "2>3 2.5 ", "3>3 7. "});
}

TEST_CASE("Pajek: two modes") {
  const vn::read_result read = read_text("pajek", "*Vertices 5 2\n*Matrix\n1 0 2\n0 1 0\n");
  CHECK(relations_of(read.network) == texts{"1-3 1. ", "1-5 2. ", "2-4 1. "});
  CHECK(value(read.network.actors(), "mode", 1) == "1");
  CHECK(value(read.network.actors(), "mode", 2) == "2");
}

TEST_CASE("Pajek: what stands behind the last column of a matrix is told") {
  const vn::read_result read = read_text("pajek", "*Vertices 2\n*Matrix\n0 1 9\n0 0\n");
  CHECK(relations_of(read.network) == texts{"1>2 1. "});
  CHECK(has_note(read, "1 row of the matrix goes on behind its last column"));
}

TEST_CASE("Pajek: lists name what is wrong and keep the rest") {
  const vn::read_result read =
      read_text("pajek", "*Vertices 3\n*Arcslist\n1 2 9 3\n7\n3\n*Edgeslist\n2 3 x\n");
  CHECK(relations_of(read.network) == texts{"1>2 1. ", "1>3 1. ", "2-3 1. "});
  REQUIRE(read.accounting.rejected.size() == 3);
  CHECK(read.accounting.rejected[1].line == 4);
  CHECK(read.accounting.rejected[2].reason ==
        "\"x\" is no vertex; vertices are numbered from 1 to 3");
}

TEST_CASE("Pajek: vertices out of range, twice, and arcs that are not") {
  const vn::read_result read = read_text(
      "pajek", "*Vertices 2\n1 \"a\"\n1 \"again\"\n3 \"c\"\n0\n*Arcs\n1\n1 2 1e999\n1 2 .5\n");
  CHECK(read.network.label(0) == "a");
  CHECK(read.network.actor_count() == 2);
  CHECK(relations_of(read.network) == texts{"1>2 0.5 "});
  CHECK(read.accounting.files[0].dropped.size() == 1);
  CHECK(read.accounting.rejected_count == 4);
}

TEST_CASE("Pajek: text before, partitions and further networks behind are told") {
  const vn::read_result read = read_text(
      "pajek",
      "Some words.\n*Network one\n*Vertices 2\n*Edges\n1 2\n*Partition p\n*Vertices 2\n1\n2\n"
      "*Network two\n*Vertices 2\n*Arcs\n2 1\n");
  CHECK(relations_of(read.network) == texts{"1-2 1. "});
  CHECK(has_note(read, "1 line before *Vertices"));
  CHECK(has_note(read, "lines of further sections (*Partition ...) not read"));
}

TEST_CASE("Pajek: what is broken is refused with its place") {
  CHECK(refusal("pajek", "1 2\n") ==
        "t.pajek:1:1: holds no *Vertices line; a Pajek network begins with one");
  CHECK(refusal("pajek", "% c\n*Arcs\n1 2\n") ==
        "t.pajek:2:1: *Arcs stands before *Vertices, which says how many vertices there are");
  CHECK(refusal("pajek", "*Vertices\n").find("t.pajek:1:1: *Vertices without the number") == 0);
  CHECK(refusal("pajek", "*Vertices 4000000000\n*Arcs\n1 2\n")
            .find("t.pajek:1:1: *Vertices says 4000000000 vertices, which a file of") == 0);
  CHECK(refusal("pajek", "*Vertices 3 4\n").find("t.pajek:1:1: *Vertices 3 4: of two-mode") == 0);
  CHECK(refusal("pajek", "*Vertices 2\n*Matrix\n0 1\n0\n") ==
        "t.pajek:4:1: row 2 of the matrix has 1 values where 2 were expected");
  CHECK(refusal("pajek", "*Vertices 2\n*Matrix\n0 x\n") ==
        "t.pajek:3:1: \"x\" in a matrix, where a number was expected");
  CHECK(refusal("pajek", "*Vertices 2\n*Matrix\n0 1\n") ==
        "t.pajek:2:1: the matrix has 1 rows where 2 were expected; the file is not whole");
  CHECK(refusal("pajek", "*Vertices 1\n*Matrix\n0\n0\n") ==
        "t.pajek:4:1: a row beyond the 1 of the matrix");
}
