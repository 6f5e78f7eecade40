#include "valuenet/network/table_checks.hpp"

#include <algorithm>
#include <stdexcept>

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
