#include "detail/xml_records.hpp"

#include "valuenet/error.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "catch.hpp"

namespace vn = valuenet;
namespace dt = valuenet::detail;

namespace {

/// What a walk tells, as lines of text: "+name", "name@line: text", "-name".
std::vector<std::string> told(const std::string& text, std::vector<std::string> containers,
                              std::vector<std::string> skipped = {}) {
  std::vector<std::string> result;
  const dt::text_source source = dt::text_of_bytes(text, "test.xml", {}, {});
  dt::line_counter lines(source.text());
  const auto is_in = [](const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  dt::xml_handler handler;
  handler.part = [&](auto path) {
    if (is_in(containers, path.back())) return dt::xml_part::container;
    return is_in(skipped, path.back()) ? dt::xml_part::skipped : dt::xml_part::record;
  };
  handler.open = [&](auto path, const dt::xml_element& start) {
    std::string line("+");
    line += path.back();
    for (const auto& a : start.node.attributes()) {
      line.append(" ").append(a.name()).append("=").append(a.value());
    }
    result.push_back(line);
  };
  handler.record = [&](auto path, const dt::xml_element& record) {
    std::string line(path.back());
    line.append("@").append(std::to_string(lines.line(record.offset))).append(":");
    dt::append_text(record.node, line);
    result.push_back(line);
  };
  handler.close = [&](auto path) { result.emplace_back("-").append(path.back()); };
  dt::walk_xml(source, handler, {});
  return result;
}

/// The position and sentence of the refusal; empty where nothing was refused.
std::string refusal(const std::string& text) {
  try {
    told(text, {"a", "b"}, {"s"});
  } catch (const vn::parse_error& e) {
    return e.what();
  }
  return {};
}

using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a walk opens containers, hands over records and passes over the rest") {
  const std::string text =
      "\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- <b> -->\n<a k=\"1 &amp; 2\">\n  <b>\n"
      "    <r>one</r>\n    <r><![CDATA[<two> & ]]>x<!-- y -->z</r><s><r>not</r></s>\n    <r/>\n"
      "  </b>\n  <b/>\n</a>\n<!-- end -->";
  CHECK(told(text, {"a", "b"}, {"s"}) ==
        lines{"+a k=1 & 2", "+b", "r@5:one", "r@6:<two> & xz", "r@7:", "-b", "+b", "-b", "-a"});
}

TEST_CASE("the root's prefix is no part of a name, another's is") {
  CHECK(told("<g:a xmlns:g='u'><g:r>1</g:r><v:r>2</v:r></g:a>", {"a"}) ==
        lines{"+a xmlns:g=u", "r@1:1", "v:r@1:2", "-a"});
}

TEST_CASE("lines count LF, CRLF and CR") {
  CHECK(told("<a>\r\n<r>1</r>\r<r>2</r>\n<r>3</r></a>", {"a"}) ==
        lines{"+a", "r@2:1", "r@3:2", "r@4:3", "-a"});
}

TEST_CASE("whitespace alone is a value, around elements it is none") {
  CHECK(told("<a> <r> </r> <r>\n x </r></a>", {"a"}) == lines{"+a", "r@1: ", "r@1:\n x ", "-a"});
}

TEST_CASE("records of many stretches come whole and in order") {
  std::string text = "<a>";
  for (int i = 0; i < 20000; ++i) text += "\n<r>" + std::to_string(i) + "</r>";
  text += "\n<r>" + std::string(600000, 'x') + "</r></a>";
  const lines all = told(text, {"a"});
  REQUIRE(all.size() == 20003);
  CHECK(all[1] == "r@2:0");
  CHECK(all[20000] == "r@20001:19999");
  CHECK(all[20001].size() == 600000 + std::string("r@20002:").size());
}

TEST_CASE("what is not well-formed is refused with its place") {
  CHECK(refusal("<!-- only a comment -->") ==
        "test.xml:1:24: no element was found; expected an XML document");
  CHECK(refusal("id,label\n") ==
        "test.xml:1:1: text before the first element, where XML begins with <");
  CHECK(refusal("<a/>x") == "test.xml:1:5: text after the last element, where nothing may follow");
  CHECK(refusal("<a/>\n<b/>") == "test.xml:2:1: a second element <b> after the first");
  CHECK(refusal("<a>\n <b>\n") ==
        "test.xml:3:1: the file ends before </b>; <b> was opened in line 2; it is not whole");
  CHECK(refusal("<a>\n<r><x></x>") ==
        "test.xml:2:11: the file ends inside <r>, which was opened in line 2; it is not whole");
  CHECK(refusal("<a><b>\n</a></b>") ==
        "test.xml:2:1: </a> where </b> was expected: <b> was opened in line 1");
  CHECK(refusal("<a><s>\n</r></a>") ==
        "test.xml:2:1: </r> where </s> was expected: <s> was opened in line 1");
  CHECK(refusal("<a></a></a>") == "test.xml:1:8: </a> closes nothing");
  CHECK(refusal("<a>\n<r><x></r></x></a>").starts_with("test.xml:2:"));
  CHECK(refusal("<a>\n<r k=1/></a>").starts_with("test.xml:2:"));
  CHECK(refusal("<a>< r/></a>") == "test.xml:1:4: < without a name; as text XML wants &lt;");
  CHECK(refusal("<a><r\n<r/></a>") == "test.xml:1:4: the tag <r has no end >");
  CHECK(refusal("<a><!-- </a>") == "test.xml:1:4: a comment without its end -->");
  CHECK(refusal("<a><![CDATA[ </a>") == "test.xml:1:4: a CDATA section without its end ]]>");
  CHECK(refusal("<a><r k=\"x></a>").starts_with("test.xml:1:4: the tag <r has no end"));
}

TEST_CASE("entities beyond XML's own are refused, declared or not") {
  const std::string bomb =
      "<!DOCTYPE a [\n<!ENTITY x \"xxxxxxxxxx\">\n<!ENTITY y \"&x;&x;&x;\">]><a>&y;</a>";
  CHECK(refusal(bomb).starts_with("test.xml:2:1: the document declares entities of its own"));
  CHECK(refusal("<!DOCTYPE a [<!ENTITY x SYSTEM \"/etc/passwd\">]><a/>")
            .starts_with("test.xml:1:14: the document declares entities"));
  CHECK(
      refusal("<!DOCTYPE a [ %more; ]><a/>").starts_with("test.xml:1:15: the document type draws"));
  CHECK(refusal("<a>\n<r>&nbsp;</r></a>").starts_with("test.xml:2:4: &nbsp; stands for no"));
  CHECK(refusal("<a><r>R&D</r></a>") == "test.xml:1:8: a bare &; XML wants &amp; in its place");
  CHECK(refusal("<a><r k=\"R&D\"/></a>").starts_with("test.xml:1:11: a bare &"));
  CHECK(refusal("<a><r>&#0;</r></a>").starts_with("test.xml:1:7: &#0; stands for no"));
  CHECK(refusal("<a><r>&#xD800;</r></a>").starts_with("test.xml:1:7: "));
  CHECK(refusal("<!DOCTYPE a SYSTEM \"a.dtd\" [<!ELEMENT a ANY>]><a/>").empty());
  CHECK(
      refusal("<!DOCTYPE a PUBLIC '-//x' 'http://x/a.dtd'><a><r>&#20013;&#x56FD;</r></a>").empty());
}

TEST_CASE("elements deep in one another are refused, not followed") {
  std::string deep = "<a>";
  for (int i = 0; i < 100000; ++i) deep += "<r>";
  CHECK(refusal(deep).starts_with("test.xml:1:3001: elements lie more than 1000 deep"));
  std::string containers;
  for (int i = 0; i < 100000; ++i) containers += "<a>";
  CHECK(refusal(containers).starts_with("test.xml:1:3001: elements lie more than 1000 deep"));
}

TEST_CASE("a walk stops when it is told to") {
  std::stop_source stop;
  stop.request_stop();
  vn::execution exec;
  exec.stop = stop.get_token();
  dt::xml_handler handler;
  handler.part = [](auto) { return dt::xml_part::record; };
  handler.record = [](auto, const auto&) {};
  const dt::text_source source = dt::text_of_bytes("<a/>", "test.xml", {}, {});
  CHECK_THROWS_AS(dt::walk_xml(source, handler, exec), vn::cancelled);
}
