#include "valuenet/network/slices.hpp"

#include <cmath>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.hpp"
#include "six_actors.hpp"

namespace vn = valuenet;
using Catch::Approx;

namespace {

vn::value_network example() {
  vn::actor_table actors;
  for (const char* id : {"a", "b", "c", "d", "e"}) actors.ids.intern(id);
  vn::relation_table relations;
  relations.givers = {0, 1, 2, 3, 4};
  relations.takers = {1, 2, 0, 4, 0};
  relations.years = {2014, 2014, 2016, 2016, vn::no_year};
  return {std::move(actors), std::move(relations)};
}

}  // namespace

TEST_CASE("cumulative slices contain what came before") {
  const auto result = vn::evolution(example());
  REQUIRE(result.slices.size() == 3);
  CHECK(result.undated == 1);
  CHECK(result.slices[0].actors == 3);
  CHECK(result.slices[1].edges == 2);
  CHECK(result.slices[1].entering == 0);
  CHECK(result.slices[2].entering == 2);
  CHECK(result.slices[2].leaving == 0);
  CHECK(result.slices[2].edges == 4);
  CHECK_FALSE(result.slices[2].from_year);
  const auto rates = vn::growth(result, "edges");
  CHECK_FALSE(rates[0]);
  CHECK(*rates[1] == Approx(0.0));
  CHECK(*rates[2] == Approx(1.0));
  CHECK_FALSE(vn::growth(result, "no such statistic")[2]);
}

TEST_CASE("a window forgets") {
  const auto result = vn::evolution(example(), {.window = 2});
  REQUIRE(result.slices.size() == 3);
  CHECK(result.slices[1].from_year == 2014);
  CHECK(result.slices[2].edges == 2);
  CHECK(result.slices[2].leaving == 1);
  CHECK(result.slices[2].entering == 2);
}

TEST_CASE("bounds, undated rows and nonsense") {
  CHECK(vn::evolution(example(), {.selection = {.from_year = 2015, .until_year = 2015}})
            .slices.size() == 1);
  CHECK(vn::evolution(example(), {.selection = {.keep_undated = true}}).slices[0].edges == 3);
  CHECK(vn::evolution(vn::value_network()).slices.empty());
  CHECK_THROWS_AS(vn::evolution(example(), {.window = 0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::evolution(example(), {.selection = {.from_year = -30000}}),
                  std::invalid_argument);
}

TEST_CASE("ranks of six actors over the years by hand") {
  // Degrees: 2020 a 2, b 1, c 1; 2021 a 3, b 2, c 3; 2022 a 3, b 2, c 4, d 2, e 1.
  const auto found = vn::rank_evolution(six_actors());
  CHECK(found.years == std::vector<int>{2020, 2021, 2022});
  REQUIRE(found.actors.size() == 5);
  using ranks = std::vector<std::optional<std::size_t>>;
  CHECK(found.actors[0].actor == 2);
  CHECK(found.actors[0].rank == ranks{2, 1, 1});
  CHECK(found.actors[0].rise == 0);
  CHECK(found.actors[1].actor == 0);
  CHECK(found.actors[1].rank == ranks{1, 1, 2});
  CHECK(found.actors[1].rise == -1);
  CHECK(found.actors[2].rank == ranks{2, 3, 3});
  CHECK(found.actors[3].actor == 3);
  CHECK(found.actors[3].rank == ranks{std::nullopt, std::nullopt, 3});
  CHECK_FALSE(found.actors[3].rise);
  CHECK(found.actors[3].value[2] == 2);
  // 2021 to 2022 over a 3 3, b 2 2, c 3 4: two pairs agree, one is tied before.
  CHECK_FALSE(found.agreement[0]);
  CHECK(*found.agreement[2] == Approx(2.0 / std::sqrt(2.0 * 3.0)));
  // 2020 to 2021 over 2 3, 1 2, 1 3: a-b agrees, b-c tied before, a-c tied after.
  CHECK(*found.agreement[1] == Approx(1.0 / 2.0));
  CHECK(vn::rank_evolution(six_actors(), vn::actor_metric::degree, {}, {.k = 3}).actors.size() ==
        4);
  CHECK(vn::rank_evolution(six_actors(), vn::actor_metric::degree, {},
                           {.k = 3, .ties = vn::tie_rule::ordinal})
            .actors.size() == 3);
  CHECK(vn::rank_evolution(vn::value_network()).years.empty());
  CHECK_THROWS_AS(vn::rank_evolution(six_actors(), vn::actor_metric::degree, {.window = 0}),
                  std::invalid_argument);
}

TEST_CASE("evolution of six actors by hand, and the same at any number of threads") {
  const auto found = vn::evolution(six_actors());
  REQUIRE(found.slices.size() == 3);
  const auto value = [&](std::size_t slice, const char* name) {
    return *found.slices[slice].summary.find(name)->value;
  };
  CHECK(value(0, "nodes") == 3);
  CHECK(value(1, "nodes") == 3);
  CHECK(value(2, "nodes") == 5);
  CHECK(value(2, "edges") == 6);
  CHECK(value(2, "average_degree") == Approx(6.0 / 5.0));
  // Distances: a 1 1 2 3, b 1 2 2 3, c 1 2 1 2, d 1.
  CHECK(value(2, "average_path_length") == Approx(22.0 / 13.0));
  CHECK(value(2, "diameter") == 3);
  CHECK(found.slices[2].entering == 2);
  CHECK(found.slices[2].leaving == 0);
  CHECK(*vn::growth(found, "edges")[1] == Approx(1.0));
  for (const auto& options : {vn::evolution_options{}, vn::evolution_options{.window = 1}}) {
    const auto one = vn::evolution(six_actors(), options, {.threads = 1});
    for (const int threads : {2, 8}) {
      const auto more = vn::evolution(six_actors(), options, {.threads = threads});
      REQUIRE(more.slices.size() == one.slices.size());
      for (std::size_t i = 0; i < one.slices.size(); ++i) {
        CHECK(more.slices[i].entering == one.slices[i].entering);
        CHECK(more.slices[i].leaving == one.slices[i].leaving);
        for (const auto& each : one.slices[i].summary.statistics) {
          INFO(each.name);
          CHECK(more.slices[i].summary.find(each.name)->value == each.value);
        }
      }
    }
  }
}

TEST_CASE("a repeated survey has its roles by year") {
  vn::value_network six = six_actors();
  vn::actor_table actors = six.actors();
  vn::text_column from;
  vn::text_column until;
  // a from 2021; b until 2020; c no year; d, a relation actor now, in 2020 and 2021; e no year.
  for (const char* year : {"2021", "", "", "2020", "since long", ""}) from.push_back(year);
  for (const char* year : {"", "2020", "", "2021", "", ""}) until.push_back(year);
  actors.more.push_back({"sample_from", std::move(from)});
  actors.more.push_back({"sample_until", std::move(until)});
  const vn::value_network network(std::move(actors), six.relations());
  const auto roles = [&](int year) {
    std::string text;
    const vn::value_network then = network.as_of(year);
    for (vn::actor_id a = 0; a < then.actor_count(); ++a) {
      text += vn::to_string(then.role(a)).substr(0, 1);
    }
    return text;
  };
  CHECK(roles(2019) == "rssrrr");
  CHECK(roles(2020) == "rsssrr");
  CHECK(roles(2021) == "srssrr");
  CHECK(roles(2022) == "srsrrr");
  CHECK(network.role(1) == vn::role::sample);  // the table's own, where no year is asked for
  // A selection's roles are those of its last year, in conditions and in what is counted.
  CHECK(vn::select(network, {.until_year = 2020, .role = "sample"}).graph().arc_count() == 0);
  CHECK(vn::select(network, {.until_year = 2021, .role = "sample"}).graph().arc_count() == 2);
  const auto slices = vn::evolution(network).slices;
  REQUIRE(slices.size() == 3);
  // a, b, c of 2020: b and c; of 2021 a and c; of 2022, with d and e: a and c.
  const std::vector<double> samples{2.0, 2.0, 2.0};
  for (std::size_t i = 0; i < slices.size(); ++i) {
    CHECK(slices[i].summary.find("sample_nodes")->value == samples[i]);
  }
  CHECK(slices[0].summary.find("relation_nodes")->value == 1.0);
  CHECK(slices[2].summary.find("relation_nodes")->value == 3.0);
  CHECK(six.as_of(1990).role(0) == six.role(0));  // without the columns nothing changes
}

TEST_CASE("years in which nothing happens cost nothing") {
  // One date is a slip of the pen: 4,000 slices, of which three differ.
  vn::value_network six = six_actors();
  vn::relation_table relations = six.relations();
  relations.years = {2020, 2020, 2020, 2021, 2022, 6020};
  const vn::value_network network(six.actors(), std::move(relations));
  const auto slices = vn::evolution(network).slices;
  REQUIRE(slices.size() == 4001);
  CHECK(slices[3].edges == 5);
  CHECK(slices[3999].edges == 5);
  CHECK(slices[3999].until_year == 6019);
  CHECK(slices[3999].entering == 0);
  CHECK(slices[4000].edges == 6);
  CHECK(slices[4000].entering == 1);
  const auto windows = vn::evolution(network, {.window = 2}).slices;
  CHECK(windows[3].edges == 1);  // 2022 to 2023
  CHECK(windows[3].from_year == 2022);
  CHECK(windows[4].edges == 0);
  CHECK(windows[4].leaving == 2);
  CHECK(windows[3000].edges == 0);
  CHECK(windows[3000].from_year == 5019);
  CHECK(windows[4000].edges == 1);
}
