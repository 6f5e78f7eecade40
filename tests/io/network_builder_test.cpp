#include "detail/network_builder.hpp"

#include <string>

#include "catch.hpp"

namespace vn = valuenet;
using vn::detail::cell;
using vn::detail::network_builder;
using vn::detail::relation_direction;

namespace {

const vn::detail::text_source& source() {
  static const auto made = vn::detail::text_of_bytes("line 1\nline 2\nline 3\n", "t.gexf", {}, {});
  return made;
}

void check_closes(const vn::import_accounting& accounting) {
  std::uint64_t rejected = 0;
  for (const vn::file_accounting& file : accounting.files) {
    std::uint64_t accounted = file.actors_kept + file.relations_kept + file.rejected;
    for (const vn::reason_count& each : file.dropped) accounted += each.count;
    CHECK(file.actor_rows + file.relation_rows == accounted);
    rejected += file.rejected;
  }
  CHECK(accounting.rejected_count == rejected);
}

}  // namespace

TEST_CASE("Actors and relations appear in order, with columns by what their names mean") {
  const vn::read_options options;
  network_builder builder(options);
  builder.start_file(source(), "gexf");
  const auto country = builder.actor_column("国家");
  const auto logo = builder.actor_column("logo");
  const auto role = builder.actor_column("role");
  const auto weight = builder.relation_column("Weight");
  const auto kind = builder.relation_column("Kind");
  const auto year = builder.relation_column("date");
  CHECK(builder.actor_column("logo") == logo);
  CHECK(builder.add_actor({}, "b", {{cell{country, "中国"}, cell{role, "sample"}}}));
  CHECK(builder.add_actor({}, "a", {{cell{logo, "x.png"}, cell{role, ""}}}));
  CHECK(
      builder.add_relation({}, "a", "c", relation_direction::giver_to_taker,
                           {{cell{weight, "2.5"}, cell{kind, "input"}, cell{year, "2012-07-23"}}}));
  CHECK(builder.add_relation({}, "c", "b", relation_direction::both_ways, {}));
  CHECK(builder.add_relation({}, "c", "b", relation_direction::giver_to_taker,
                             {{cell{kind, "shared_undirected"}}}));
  const vn::read_result read = builder.finish({});
  const vn::value_network& network = read.network;
  check_closes(read.accounting);
  REQUIRE(network.actor_count() == 3);
  CHECK(network.id(0) == "b");
  CHECK(network.id(1) == "a");
  CHECK(network.id(2) == "c");
  CHECK(network.actors().country[0] == "中国");
  CHECK((*find_column(network.actors(), "logo"))[1] == "x.png");
  CHECK(network.role(0) == vn::role::sample);
  CHECK(network.role(1) == vn::role::unknown);
  CHECK(network.role(2) == vn::role::relation);  // only named
  REQUIRE(network.relation_count() == 3);
  CHECK(network.weight(0) == 2.5);
  CHECK(network.weight(1) == 1.0);
  CHECK(network.year(0) == 2012);
  CHECK_FALSE(network.year(1));
  CHECK((*find_column(network.relations(), "date"))[0] == "2012-07-23");
  CHECK_FALSE(network.holds_both_ways(0));
  CHECK(network.holds_both_ways(1));
  CHECK(network.holds_both_ways(2));
  CHECK(read.accounting.files[0].notes.size() == 1);
}

TEST_CASE("Repeated actors are joined: gaps filled, the first of two values kept, sample wins") {
  const vn::read_options options;
  network_builder builder(options);
  builder.start_file(source(), "gexf");
  const auto city = builder.actor_column("city");
  const auto type = builder.actor_column("type");
  const auto role = builder.actor_column("role");
  builder.add_actor({}, "a", {{cell{city, "北京"}, cell{role, "relation"}}});
  builder.add_actor({}, "a", {{cell{city, "上海"}, cell{type, "firm"}, cell{role, "sample"}}});
  builder.add_actor({}, "a", {{cell{role, "relation"}}});
  const vn::read_result read = builder.finish({});
  check_closes(read.accounting);
  CHECK(read.network.actor_count() == 1);
  CHECK(read.network.actors().city[0] == "北京");
  CHECK(read.network.actors().type[0] == "firm");
  CHECK(read.network.role(0) == vn::role::sample);
  const vn::file_accounting& file = read.accounting.files[0];
  CHECK(file.actor_rows == 3);
  CHECK(file.actors_kept == 1);
  REQUIRE(file.dropped.size() == 1);
  CHECK(file.dropped[0].count == 2);
  REQUIRE(file.notes.size() == 1);
  CHECK_THAT(file.notes[0], Catch::Contains("1 value of a repeated actor differs"));
}

TEST_CASE("Rejected rows are told with line, reason and text, and counted beyond those kept") {
  std::vector<vn::rejected_row> all;
  vn::read_options options;
  options.rejected_kept = 2;
  options.on_rejected = [&](const vn::rejected_row& row) { all.push_back(row); };
  network_builder builder(options);
  builder.start_file(source(), "gexf");
  const auto weight = builder.relation_column("weight");
  CHECK_FALSE(builder.add_actor({0, "line 1"}, "", {}));
  CHECK_FALSE(builder.add_relation({7, "line 2"}, "a", "b", relation_direction::both_ways,
                                   {{cell{weight, "Infinity"}}}));
  CHECK_FALSE(builder.add_relation({14, "line 3"}, "a", "", relation_direction::both_ways, {}));
  builder.reject_relation({14, std::string(198, 'x') + "甲乙"}, "the edge is odd");
  builder.drop_relations("hidden", 3);
  const vn::read_result read = builder.finish({});
  check_closes(read.accounting);
  CHECK(read.network.actor_count() == 0);  // a rejected relation names nobody
  CHECK(read.accounting.rejected_count == 4);
  CHECK(read.accounting.rejected.size() == 2);
  REQUIRE(all.size() == 4);
  CHECK(all[0].line == 1);
  CHECK(all[1].line == 2);
  CHECK_THAT(all[1].reason, Catch::Contains("not finite"));
  CHECK(all[1].file == "t.gexf");
  CHECK(all[2].reason == "the taker is missing");
  CHECK(all[3].text == std::string(198, 'x'));
}

TEST_CASE("Gephi's Type is a direction where it says so, else a kind") {
  const vn::read_options options{.undirected_kinds = {"shared_person"}};
  {
    network_builder builder(options);
    builder.start_file(source(), "gexf");
    const auto type = builder.relation_column("Type");
    for (const char* word : {"Directed", "Undirected", "mutual", "", "odd"}) {
      builder.add_relation({}, "a", "b", relation_direction::giver_to_taker, {{cell{type, word}}});
    }
    const vn::read_result read = builder.finish({});
    CHECK_FALSE(read.network.holds_both_ways(0));
    CHECK(read.network.holds_both_ways(1));
    CHECK(read.network.holds_both_ways(2));
    CHECK_FALSE(read.network.holds_both_ways(4));
    CHECK_FALSE(read.network.relations().kind.is_given());
    CHECK_THAT(read.accounting.files[0].notes.at(0), Catch::Contains("odd"));
  }
  {
    network_builder builder(options);
    builder.start_file(source(), "gexf");
    const auto type = builder.relation_column("Type");
    builder.add_relation({}, "a", "b", relation_direction::giver_to_taker,
                         {{cell{type, "shared_person"}}});
    const vn::read_result read = builder.finish({});
    CHECK(read.network.relations().kind[0] == "shared_person");
    CHECK(read.network.is_undirected());
  }
}

TEST_CASE("Years out of range are kept and noted, unreadable ones noted") {
  const vn::read_options options;
  network_builder builder(options);
  builder.start_file(source(), "gexf");
  const auto year = builder.relation_column("year");
  for (const char* word : {"2012", "1201-01-01", "3201", "soon", "", "2013.0", "2014年"}) {
    builder.add_relation({}, "a", "b", relation_direction::giver_to_taker, {{cell{year, word}}});
  }
  const vn::read_result read = builder.finish({});
  CHECK(read.network.year(0) == 2012);
  CHECK(read.network.year(1) == 1201);
  CHECK(read.network.year(2) == 3201);
  CHECK_FALSE(read.network.year(3));
  CHECK(read.network.year(5) == 2013);
  CHECK(read.network.year(6) == 2014);
  REQUIRE(read.accounting.files[0].notes.size() == 2);
  CHECK_THAT(read.accounting.files[0].notes[0],
             Catch::Contains("2 years lie outside") && Catch::Contains("1201 to 3201"));
  CHECK_THAT(read.accounting.files[0].notes[1], Catch::Contains("\"soon\""));
  CHECK((*find_column(read.network.relations(), "date"))[3] == "soon");
}

TEST_CASE("Columns that are nearly empty cannot eat the memory") {
  const vn::read_options options;
  network_builder builder(options);
  builder.start_file(source(), "gexf");
  const auto fill = [&] {
    for (int i = 0; i < 100000; ++i) builder.add_actor({}, std::to_string(i), {});
    for (int i = 0; i < 1000; ++i) {
      const auto column = builder.actor_column(std::to_string(i) + "th");
      builder.add_actor({}, "99999", {{cell{column, "x"}}});
    }
  };
  CHECK_THROWS_AS(fill(), vn::parse_error);
}
