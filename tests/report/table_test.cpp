#include "valuenet/report/table.hpp"

#include "catch.hpp"

namespace vn = valuenet;

TEST_CASE("widths follow the terminal, not the bytes") {
  CHECK(vn::display_width("abc") == 3);
  CHECK(vn::display_width("华为") == 4);
  CHECK(vn::display_width("é") == 1);
  CHECK(vn::display_width("e\xCC\x81") == 1);
  CHECK(vn::display_width("\xFF\xFE") == 2);
  CHECK(vn::display_width("（全角）") == 8);
  CHECK(vn::display_width("🙂") == 2);
  CHECK(vn::display_width("") == 0);
}

TEST_CASE("columns line up when labels are Chinese") {
  const vn::table t{.columns = {{"actor"}, {"degree", vn::alignment::right}},
                    .rows = {{"华为", "4,125"}, {"Intel", "362"}}};
  CHECK(vn::render(t) ==
        "actor  degree\n"
        "-----  ------\n"
        "华为    4,125\n"
        "Intel     362\n");
}

TEST_CASE("cells cannot break the table") {
  const vn::table t{.columns = {{"a"}, {"b"}}, .rows = {{"x\ny", "p|q"}, {"say \"hi\", you"}}};
  CHECK(vn::render(t).find("x y") != std::string::npos);
  CHECK(vn::render(t, vn::table_format::markdown).find("p\\|q") != std::string::npos);
  CHECK(vn::render(t, vn::table_format::csv) == "a,b\n\"x\ny\",p|q\n\"say \"\"hi\"\", you\",\n");
}

TEST_CASE("numbers are written for people") {
  CHECK(vn::format_count(0) == "0");
  CHECK(vn::format_count(999) == "999");
  CHECK(vn::format_count(1913318822) == "1,913,318,822");
  CHECK(vn::format_number(4.0) == "4");
  CHECK(vn::format_number(-1234567.0) == "-1,234,567");
  CHECK(vn::format_number(4.52812345, 4) == "4.528");
  CHECK(vn::format_number(5.120944e-5, 4) == "5.121e-05");
}

TEST_CASE("numbers in CSV are plain") {
  const vn::table t{.columns = {{"actor"}, {"degree", vn::alignment::right}},
                    .rows = {{"1,000 Dollar", "1,234,567"},
                             {"b", "-12,345"},
                             {"c", "999"},
                             {"d", "1,23"},
                             {"e", ",123"},
                             {"f", "1,234 and 5"}}};
  CHECK(vn::render(t, vn::table_format::csv) ==
        "actor,degree\n\"1,000 Dollar\",1234567\nb,-12345\nc,999\nd,\"1,23\"\ne,\",123\"\n"
        "f,\"1,234 and 5\"\n");
  CHECK(vn::render(t).find("1,234,567") != std::string::npos);
}
