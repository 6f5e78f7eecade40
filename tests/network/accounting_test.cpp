#include "valuenet/network/accounting.hpp"

#include <algorithm>
#include <stdexcept>

#include "catch.hpp"

namespace vn = valuenet;
using Catch::Approx;

namespace {

/// Three firms that were surveyed and three actors that they named.
vn::value_network example() {
  vn::actor_table actors;
  for (const char* id : {"a", "b", "c", "d", "e", "f"}) actors.ids.intern(id);
  for (const char* l : {"甲", "乙", "丙", "OPPO", "\u041e\u0420\u0420\u041e", "甲"}) {
    actors.label.push_back(l);
  }
  for (const char* c : {"中国", "中国", "中国", "美国", "中国", ""}) actors.country.push_back(c);
  for (const char* p : {"北京市", "广东省", "广东省", "", "江苏省", ""}) {
    actors.province.push_back(p);
  }
  for (const char* c : {"北京市", "深圳市", "广州市", "", "深圳市", ""}) actors.city.push_back(c);
  using vn::role;
  actors.roles = {role::sample,   role::sample,   role::sample,
                  role::relation, role::relation, role::relation};
  vn::relation_table relations;
  relations.givers = {0, 0, 3, 4, 1, 1, 3, 2};
  relations.takers = {1, 2, 0, 1, 5, 5, 4, 2};
  for (const char* d : {"technology", "technology", "technology", "investment", "investment",
                        "investment", "technology", "technology"}) {
    relations.dimension.push_back(d);
  }
  for (const char* k :
       {"empowerment", "empowerment", "input", "received", "made", "made", "input", "input"}) {
    relations.kind.push_back(k);
  }
  relations.weights = {1, 2, 3, 4, 5, 6, 7, 0};
  relations.years = {2019, 2020, 2020, 2021, 2021, 2021, vn::no_year, 2019};
  return {std::move(actors), std::move(relations)};
}

const vn::finding* find_rule(const std::vector<vn::finding>& findings, const std::string& rule) {
  const auto at = std::find_if(findings.begin(), findings.end(),
                               [&](const vn::finding& each) { return each.rule == rule; });
  return at == findings.end() ? nullptr : &*at;
}

}  // namespace

TEST_CASE("relations by dimension and kind, origin, year and place, by hand") {
  const vn::value_network network = example();
  const auto kinds = vn::count_relations(network, vn::group_relations(network, "relation"));
  CHECK(kinds.rows == std::vector<std::string>{"technology: empowerment", "technology: input",
                                               "investment: received", "investment: made"});
  CHECK(kinds.row_totals == std::vector<double>{2, 3, 1, 2});
  CHECK(kinds.share(1) == Approx(0.375));
  CHECK(kinds.total == 8);

  const auto origin = vn::count_relations(network, vn::group_relations(network, "dimension"),
                                          vn::group_domestic_foreign(network));
  CHECK(origin.cells == std::vector<double>{3, 2, 1, 0});
  CHECK(origin.without_group == 2);
  CHECK(origin.column_totals == std::vector<double>{4, 2});

  const auto years = vn::count_relations(network, vn::group_relations(network, "year"));
  CHECK(years.rows == std::vector<std::string>{"2019", "2020", "2021"});
  CHECK(years.row_totals == std::vector<double>{2, 2, 3});
  CHECK(years.without_group == 1);
  CHECK(years.selected == 8);

  const auto place = [&](vn::counted_end end) {
    return vn::count_relations(
        network, vn::group_relations(network, vn::group_actors(network, vn::by::province), end));
  };
  CHECK(place(vn::counted_end::giver).row_totals == std::vector<double>{2, 3, 1});
  CHECK(place(vn::counted_end::taker).row_totals == std::vector<double>{1, 4, 1});
  const auto both = place(vn::counted_end::both);
  CHECK(both.row_totals == std::vector<double>{3, 7, 2});
  CHECK(both.total + both.without_group == 16);
  CHECK(both.denominator.find("two each") != std::string::npos);
}

TEST_CASE("counts take filters and weights") {
  const vn::value_network network = example();
  const auto counts = vn::count_relations(
      network, vn::group_relations(network, "kind"),
      {.selection = {.dimension = "technology"}, .measure = vn::count_measure::weight});
  CHECK(counts.row_totals == std::vector<double>{3, 10, 0, 0});
  CHECK(counts.selected == 13);
  CHECK_THROWS_AS(vn::group_relations(network, "colour"), std::invalid_argument);
  const auto both =
      vn::group_relations(network, vn::group_actors(network, vn::by::city), vn::counted_end::both);
  CHECK_THROWS_AS(vn::count_relations(network, both, both), std::invalid_argument);
  CHECK_THROWS_AS(vn::count_relations(vn::value_network(), both), std::invalid_argument);
}

TEST_CASE("the sample's structure by hand") {
  const auto sample = vn::structure_of_sample(example());
  CHECK(sample.sample_actors == 3);
  CHECK(sample.relation_actors == 3);
  CHECK(sample.between_sample == 3);
  CHECK(sample.sample_to_relation == 2);
  CHECK(sample.relation_to_sample == 2);
  CHECK(sample.between_relation == 1);
  CHECK(sample.isolated_actors == 0);
}

TEST_CASE("a network's inconsistencies are found, each by its rule") {
  const auto findings = vn::check_network(example());
  for (const char* rule : {"city_in_two_provinces", "look_alike", "repeated_label", "loop",
                           "zero_weight", "no_year", "repeated_relation"}) {
    INFO(rule);
    CHECK(find_rule(findings, rule) != nullptr);
  }
  REQUIRE(find_rule(findings, "between_relation_actors") != nullptr);
  CHECK(find_rule(findings, "between_relation_actors")->rows == 1);
  CHECK(find_rule(findings, "look_alike")->where == "actor e");
  CHECK(find_rule(findings, "province_in_two_countries") == nullptr);
  CHECK(find_rule(findings, "kind_in_two_dimensions") == nullptr);
  CHECK(vn::check_network(vn::value_network()).empty());
}

TEST_CASE("many cases of a rule are counted, not listed") {
  vn::actor_table actors;
  for (int i = 0; i < 60; ++i) {
    actors.ids.intern(std::to_string(i));
    actors.label.push_back(std::to_string(i / 2));
  }
  const auto findings = vn::check_network({std::move(actors), {}}, 5);
  CHECK(std::count_if(findings.begin(), findings.end(),
                      [](const auto& each) { return each.rule == "repeated_label"; }) == 6);
}

TEST_CASE("actors are counted by group, crossed, and among some") {
  const vn::value_network network = example();
  const vn::grouping provinces = vn::group_actors(network, vn::by::province);
  const auto all = vn::count_actors(network, provinces, {.selection = {.all_actors = true}});
  CHECK(all.selected == 6.0);
  CHECK(all.total == 4.0);
  CHECK(all.without_group == 2.0);
  REQUIRE(all.rows == std::vector<std::string>{"北京市", "广东省", "江苏省"});
  CHECK(all.row_totals == std::vector<double>{1.0, 2.0, 1.0});
  CHECK(all.share(1) == Approx(0.5));
  CHECK(all.denominator == "selected actors with a province");
  const auto sample =
      vn::count_actors(network, provinces, {.selection = {.role = "sample", .all_actors = true}});
  CHECK(sample.total == 3.0);
  CHECK(sample.row_totals == std::vector<double>{1.0, 2.0, 0.0});
  const auto crossed = vn::count_actors(network, provinces, vn::group_actors(network, vn::by::role),
                                        {.selection = {.all_actors = true}});
  REQUIRE(crossed.columns.size() == 2);
  CHECK(crossed(1, 0) == 2.0);
  CHECK(crossed(2, 1) == 1.0);
  // Of the actors with an investment: b, e and f.
  CHECK(vn::count_actors(network, provinces, {.selection = {.dimension = "investment"}}).selected ==
        3.0);
  CHECK_THROWS_AS(vn::count_actors(network, vn::grouping{}), std::invalid_argument);
  CHECK_THROWS_AS(vn::count_actors(network, provinces, {.measure = vn::count_measure::weight}),
                  std::invalid_argument);
}
