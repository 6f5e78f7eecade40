#include "valuenet/network/table_checks.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.hpp"

namespace vn = valuenet;

namespace {

std::vector<vn::finding> check(vn::printed_table table) {
  return vn::check_tables({std::move(table)});
}

}  // namespace

TEST_CASE("printed numbers know how exact they are") {
  CHECK(vn::parse_printed("1,763")->value == 1763);
  CHECK(vn::parse_printed("1,763")->half_unit == 0);
  CHECK(vn::parse_printed("36.05")->half_unit == Catch::Approx(0.005));
  CHECK(vn::parse_printed("12.4%")->value == Catch::Approx(12.4));
  CHECK_FALSE(vn::parse_printed("北京"));
  CHECK_FALSE(vn::parse_printed(""));
  CHECK_FALSE(vn::parse_printed("inf"));
}

TEST_CASE("a row that breaks the sum the others keep is found") {
  const auto findings = check({.name = "t",
                               .columns = {"node", "in_degree", "out_degree", "degree"},
                               .rows = {{"a", "3", "4", "7"},
                                        {"b", "2", "2", "4"},
                                        {"c", "1", "2", "3"},
                                        {"d", "5", "5", "11"}}});
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].rule == "row_sum");
  CHECK(findings[0].where == "t: d");
  CHECK(findings[0].grade == vn::finding_grade::contradiction);
}

TEST_CASE("rounding is told from contradiction") {
  const auto rows = [](const char* last) {
    return vn::printed_table{.name = "t",
                             .columns = {"place", "a", "b", "total"},
                             .rows = {{"x", "1.11", "2.22", "3.33"},
                                      {"y", "4.00", "1.00", "5.00"},
                                      {"v", "4.00", "3.00", "7.00"},
                                      {"z", "1.00", "1.00", last}}};
  };
  CHECK(check(rows("2.00")).empty());
  REQUIRE(check(rows("2.01")).size() == 1);
  CHECK(check(rows("2.01"))[0].grade == vn::finding_grade::rounding);
  REQUIRE(check(rows("2.02")).size() == 1);
  CHECK(check(rows("2.02"))[0].grade == vn::finding_grade::contradiction);
}

TEST_CASE("totals, percentages, shares and repeats") {
  CHECK(check({.name = "t",
               .columns = {"type", "relations"},
               .rows = {{"a", "3"}, {"b", "4"}, {"合计", "7"}}})
            .empty());
  CHECK(check({.name = "t",
               .columns = {"type", "relations"},
               .rows = {{"a", "3"}, {"b", "4"}, {"合计", "8"}}})[0]
            .rule == "total_row");
  CHECK(check({.name = "t",
               .columns = {"flow", "sector", "percent"},
               .rows = {{"f", "a", "79.42"}, {"f", "b", "20.41"}, {"f", "c", "0.71"}}})[0]
            .rule == "percent_sum");
  const auto shares =
      check({.name = "t",
             .columns = {"place", "relations", "percent"},
             .rows = {{"a", "500", "50.0"}, {"b", "250", "25.0"}, {"c", "100", "12.0"}}});
  REQUIRE(shares.size() == 1);
  CHECK(shares[0].where == "t: c");
  CHECK(check({.name = "t",
               .columns = {"country", "relations"},
               .rows = {{"a", "59"}, {"b", "3"}, {"a", "1"}}})[0]
            .rule == "repeated_row");
  CHECK_THROWS_AS(check({.name = "t", .columns = {"a", "b"}, .rows = {{"1"}}}),
                  std::invalid_argument);
  CHECK_THROWS_AS(vn::check_tables({}, {.near = 1.0}), std::invalid_argument);
  CHECK(vn::check_tables({}).empty());
  CHECK(check({.name = "t", .columns = {}, .rows = {}}).empty());
}

TEST_CASE("figures of a network and totals of two tables") {
  const vn::printed_table statistics{.name = "s",
                                     .columns = {"statistic", "value"},
                                     .rows = {{"sample_nodes", "20"},
                                              {"relation_nodes", "80"},
                                              {"nodes", "100"},
                                              {"edges", "5000"},
                                              {"average_degree", "51.00"}}};
  const auto alone = check(statistics);
  REQUIRE(alone.size() == 1);
  CHECK(alone[0].rule == "average_degree");
  const vn::printed_table kinds{
      .name = "k", .columns = {"kind", "relations"}, .rows = {{"input", "2000"}, {"made", "3003"}}};
  const auto both = vn::check_tables({statistics, kinds});
  REQUIRE(both.size() == 2);
  CHECK(both[1].rule == "near_total");
}

TEST_CASE("numbers that are known to be over") {
  CHECK(vn::parse_printed("2600余")->value == 2650);
  CHECK(vn::parse_printed("2600余")->half_unit == 50);
  CHECK(vn::parse_printed("290+")->value == 295);
  CHECK_FALSE(vn::parse_printed("余"));
  CHECK_FALSE(vn::parse_printed("不足80"));
  CHECK_FALSE(vn::parse_printed(std::string(1000, '9')));
}

TEST_CASE("a share of a number that is named") {
  const auto table = [](const char* of, const char* percent) {
    return vn::printed_table{.name = "t",
                             .columns = {"figure", "n", "of", "percent"},
                             .rows = {{"a", "1", of, percent}}};
  };
  CHECK(check(table("3", "33.3")).empty());
  CHECK(check(table("3", "33")).empty());
  REQUIRE(check(table("3", "33.4")).size() == 1);
  CHECK(check(table("3", "33.4"))[0].rule == "share_of");
  CHECK(check(table("", "33.4")).empty());
  CHECK(check(table("0", "33.4")).empty());
  // Over 2600, under 2700.
  CHECK(check({.name = "t",
               .columns = {"figure", "n", "of", "percent"},
               .rows = {{"a", "679", "2600余", "26.0"}}})
            .empty());
  CHECK(check({.name = "t",
               .columns = {"figure", "n", "of", "percent"},
               .rows = {{"a", "679", "2600余", "26.2"}}})
            .size() == 1);
}

TEST_CASE("titles promise rows") {
  const auto titled = [](const char* title, std::size_t rows) {
    vn::printed_table table{.name = "t", .columns = {"name", "n"}, .title = title};
    for (std::size_t r = 0; r < rows; ++r) {
      table.rows.push_back({"n" + std::to_string(r), std::to_string(2 * r + 1)});
    }
    return check(std::move(table)).size();
  };
  CHECK(titled("排名前三的城市", 3) == 0);
  CHECK(titled("排名前三的城市", 4) == 1);
  CHECK(titled("前 20 的省份", 20) == 0);
  CHECK(titled("TOP20", 10) == 1);
  CHECK(titled("前二十五", 25) == 0);
  CHECK(titled("前十", 10) == 0);
  CHECK(titled("前十二", 12) == 0);
  CHECK(titled("前 10%的节点", 3) == 0);
  CHECK(titled("前景", 3) == 0);
  CHECK(titled("", 3) == 0);
}

TEST_CASE("rankings fall, and ranks count those before") {
  vn::printed_table table{.name = "t", .columns = {"rank", "name", "n"}};
  for (int r = 0; r < 30; ++r) {
    table.rows.push_back(
        {std::to_string(r + 1), "n" + std::to_string(r), std::to_string(1000 - 5 * r)});
  }
  CHECK(check(table).empty());
  auto rises = table;
  rises.rows[5][2] = "999";
  REQUIRE(check(rises).size() == 1);
  CHECK(check(rises)[0].rule == "order");
  auto gap = table;
  gap.rows[5][0] = "7";
  REQUIRE(check(gap).size() == 2);  // 5, 7, 7, 8: both should be 6
  CHECK(check(gap)[0].rule == "rank");
  auto tie = table;
  tie.rows[6][0] = "6";
  CHECK(check(tie).empty());
}

TEST_CASE("one cell in two tables has one number") {
  const vn::printed_table one{.name = "one",
                              .columns = {"province", "score"},
                              .rows = {{"a", "82.37"}, {"b", "65.5"}, {"c", "11.89"}}};
  const vn::printed_table two{
      .name = "two",
      .columns = {"rank", "province", "score"},
      .rows = {{"1", "a", "82.37"}, {"2", "b", "65.50"}, {"3", "c", "11.88"}}};
  const auto findings = vn::check_tables({one, two});
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].rule == "printed_twice");
  CHECK(findings[0].where == "one, two: c");
  // Tables of other things with the same columns do not agree anywhere.
  const vn::printed_table other{.name = "other",
                                .columns = {"province", "score"},
                                .rows = {{"a", "1.2"}, {"b", "3.4"}, {"c", "5.6"}}};
  CHECK(vn::check_tables({one, other}).empty());
}

TEST_CASE("circles are the sums of their provinces") {
  const auto tables = [](const char* delta) {
    return std::vector<vn::printed_table>{
        {.name = "circles",
         .columns = {"circle", "total"},
         .rows = {{"长三角", delta}, {"珠三角", "65.5"}, {"川渝", "24.71"}}},
        {.name = "provinces",
         .columns = {"province", "score"},
         .rows = {{"上海市", "36.05"},
                  {"江苏省", "24.44"},
                  {"浙江", "27.62"},
                  {"安徽省", "13.79"},
                  {"广东省", "65.50"},
                  {"四川省", "14.79"},
                  {"重庆市", "9.92"}}}};
  };
  CHECK(vn::check_tables(tables("101.90")).empty());
  REQUIRE(vn::check_tables(tables("101.91")).size() == 1);
  CHECK(vn::check_tables(tables("101.91"))[0].grade == vn::finding_grade::rounding);
  // Two of three fit: too few to say what the third should be.
  CHECK(vn::check_tables(tables("150")).empty());
}

TEST_CASE("one actor under two names in two lists of the same actors") {
  vn::printed_table one{.name = "one", .columns = {"node"}};
  vn::printed_table two{.name = "two", .columns = {"actor"}};
  for (int i = 0; i < 9; ++i) {
    one.rows.push_back({"n" + std::to_string(i)});
    two.rows.push_back({"n" + std::to_string(i)});
  }
  one.rows.push_back({"用友"});
  two.rows.push_back({"用友软件"});
  REQUIRE(vn::check_tables({one, two}).size() == 1);
  CHECK(vn::check_tables({one, two})[0].rule == "name_variant");
  one.rows.push_back({"用友软件"});  // both in one list: two actors
  CHECK(vn::check_tables({one, two}).empty());
}

TEST_CASE("large and odd tables are checked in time, with bounded lists") {
  vn::printed_table wide{.name = "wide"};
  std::vector<std::string> row;
  for (int c = 0; c < 2000; ++c) {
    wide.columns.push_back("c" + std::to_string(c));
    row.push_back(std::to_string(c * c % 97));
  }
  wide.rows.assign(20, row);
  CHECK_NOTHROW(check(wide));
  vn::printed_table narrow{.name = "narrow"};
  for (int c = 0; c < 48; ++c) narrow.columns.push_back("c" + std::to_string(c));
  for (int r = 0; r < 200; ++r) {
    row.clear();
    for (int c = 0; c < 48; ++c) row.push_back(std::to_string((r * 31 + c * c * 7) % 1009));
    narrow.rows.push_back(row);
  }
  CHECK_NOTHROW(check(narrow));
  vn::printed_table same{.name = "same", .columns = {"name", "relations", "percent"}};
  for (int r = 0; r < 20000; ++r) same.rows.push_back({"total", "1", "50"});
  const auto findings = check(same);
  CHECK(findings.size() <= 60);
  CHECK(check({.name = "empty", .columns = {""}, .rows = {{""}, {""}}}).empty());
  CHECK_THROWS_AS(vn::check_tables({}, {.most_cases = 0}), std::invalid_argument);
}

TEST_CASE("tables of records raise no false alarm") {
  // Weights that are nearly all 1 are no ranks.
  vn::printed_table weights{
      .name = "w", .columns = {"giver", "taker", "weight"}, .rows = {}, .title = ""};
  for (int i = 0; i < 40; ++i) {
    weights.rows.push_back(
        {"g" + std::to_string(i), "t" + std::to_string(i % 7), i == 20 ? "2" : "1"});
  }
  // Words that most rows share name no row.
  vn::printed_table sectors{.name = "s", .columns = {"id", "sector"}, .rows = {}, .title = ""};
  for (int i = 0; i < 40; ++i) {
    sectors.rows.push_back({std::to_string(100 + 13 * i), i % 3 == 0 ? "industry" : "academia"});
  }
  // A firm named Total is no total.
  vn::printed_table firms{
      .name = "f", .columns = {"buyer", "bought", "place", "price"}, .rows = {}, .title = ""};
  for (int i = 0; i < 12; ++i) {
    firms.rows.push_back({"b" + std::to_string(i), i == 5 ? "Total" : "x" + std::to_string(i), "p",
                          std::to_string(100 + i * i)});
  }
  CHECK(vn::check_tables({weights}).empty());
  CHECK(vn::check_tables({sectors}).empty());
  CHECK(vn::check_tables({firms}).empty());
  // What is called a rank is one, however many ties.
  weights.columns[2] = "rank";
  CHECK(vn::check_tables({weights}).size() == 1);
}
