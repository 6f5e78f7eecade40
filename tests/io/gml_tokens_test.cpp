#include "detail/gml_tokens.hpp"

#include "valuenet/error.hpp"

#include <vector>

#include "catch.hpp"

namespace dt = valuenet::detail;

namespace {

dt::text_source text(std::string content) {
  return dt::text_of_bytes(std::move(content), "t.gml", {}, {});
}

}  // namespace

TEST_CASE("GML is cut into words, numbers, strings and brackets") {
  const dt::text_source source =
      text("# a comment\ngraph [ id -1.5e3 label \"a # b\nc\" x.y A ]\r\n# last");
  dt::gml_tokens tokens(source);
  const std::vector<std::pair<dt::gml_kind, std::string>> expected{
      {dt::gml_kind::word, "graph"}, {dt::gml_kind::open, "["},
      {dt::gml_kind::word, "id"},    {dt::gml_kind::number, "-1.5e3"},
      {dt::gml_kind::word, "label"}, {dt::gml_kind::text, "a # b\nc"},
      {dt::gml_kind::word, "x.y"},   {dt::gml_kind::word, "A"},
      {dt::gml_kind::close, "]"},    {dt::gml_kind::end, ""},
      {dt::gml_kind::end, ""}};
  for (const auto& [kind, raw] : expected) {
    const dt::gml_token token = tokens.next();
    CHECK(token.kind == kind);
    CHECK(token.raw == raw);
  }
}

TEST_CASE("GML that cannot be cut is refused with its place") {
  const dt::text_source unclosed = text("graph [\n label \"x ]");
  dt::gml_tokens open(unclosed);
  open.next();
  open.next();
  open.next();
  CHECK_THROWS_WITH(open.next(), Catch::Contains("t.gml:2:8: a string without its closing"));
  const dt::text_source braces = text("graph {");
  dt::gml_tokens odd(braces);
  odd.next();
  CHECK_THROWS_WITH(odd.next(), Catch::Contains("t.gml:1:7: \"{\" where GML has a key"));
}

TEST_CASE("entities of GML become characters, other ampersands stay") {
  CHECK(dt::gml_text("R&amp;D &lt;&gt;&quot;&apos;") == "R&D <>\"'");
  CHECK(dt::gml_text("&#20013;&#x56FD;&#x1F600;") == "中国😀");
  CHECK(dt::gml_text("caf&eacute; &yuml;&nbsp;&szlig;") == "café ÿ\u00a0ß");
  CHECK(dt::gml_text("bar & baz &unknown; &#0; &#xD800; &") ==
        "bar & baz &unknown; &#0; &#xD800; &");
}
