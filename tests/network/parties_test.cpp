#include "valuenet/network/parties.hpp"

#include "valuenet/network/flows.hpp"
#include "valuenet/network/projection.hpp"

#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.hpp"

namespace vn = valuenet;
using Catch::Approx;

namespace {

struct party {
  const char* id;
  const char* type;
  const char* city;
};

/// Firms f and g, universities u and v, institute i; and records from giver to taker.
vn::value_network records(const std::vector<std::pair<std::string, std::string>>& rows,
                          const std::vector<double>& weights = {}) {
  vn::actor_table actors;
  for (const party& each :
       {party{"f", "firm", "青岛"}, party{"g", "firm", "济南"}, party{"u", "university", "青岛"},
        party{"v", "university", "济南"}, party{"i", "institute", "北京"}}) {
    actors.ids.intern(each.id);
    actors.type.push_back(each.type);
    actors.city.push_back(each.city);
  }
  vn::relation_table table;
  for (const auto& [giver, taker] : rows) {
    table.givers.push_back(actors.ids.intern(giver) - 1);
    table.takers.push_back(actors.ids.intern(taker) - 1);
  }
  table.weights = weights;
  actors.type.pad(actors.size());
  actors.city.pad(actors.size());
  return {std::move(actors), std::move(table)};
}

const vn::party_counts::row& row_of(const vn::party_counts& counts, const std::string& label) {
  for (const auto& row : counts.rows) {
    if (row.label == label) return row;
  }
  FAIL("no row " << label);
  return counts.total;
}

std::vector<std::string> ids_of(const vn::value_network& network) {
  std::vector<std::string> ids;
  for (vn::actor_id a = 0; a < network.actor_count(); ++a) ids.emplace_back(network.id(a));
  return ids;
}

}  // namespace

TEST_CASE("ends are cut into distinct parties with their columns") {
  const auto network = records({{"p1", "f; u"}, {"p2", "u;;f;u"}, {"p3", ";"}, {"p4", "w"}});
  const auto parties = vn::split_parties(network, {.ends = vn::party_ends::taker});
  CHECK(ids_of(parties.parties) ==
        std::vector<std::string>{"p1", "f", "u", "p2", "p3", ";", "p4", "w", "g", "v", "i"});
  CHECK(parties.record_count() == 4);
  CHECK(parties.repeated == 1);
  CHECK(parties.takers(0).size() == 2);
  CHECK(parties.parties.id(parties.takers(1)[0]) == "u");
  CHECK(parties.givers(1).size() == 1);
  CHECK(parties.parties.actors().type[1] == "firm");
  CHECK(parties.parties.actors().city[2] == "青岛");
  CHECK(parties.parties.actors().type[7].empty());
  // The givers are not cut unless asked for.
  const auto both = vn::split_parties(records({{"f+g", "u"}}), {.delimiter = "+"});
  CHECK(both.givers(0).size() == 2);
  const auto whole =
      vn::split_parties(records({{"f+g", "u"}}), {.delimiter = "+", .ends = vn::party_ends::taker});
  CHECK(whole.givers(0).size() == 1);
  // A delimiter may be longer than a byte.
  CHECK(vn::split_parties(records({{"f；g", "u"}}), {.delimiter = "；"}).givers(0).size() == 2);
  CHECK_THROWS_AS(vn::split_parties(network, {.delimiter = ""}), std::invalid_argument);
  CHECK(vn::split_parties(vn::value_network()).record_count() == 0);
}

TEST_CASE("records become relations between parties, in full or in fractions") {
  const auto network = records({{"f;g", "u;v"}, {"f", "f"}, {"i", "u"}}, {2.0, 3.0, 1.0});
  const auto parties = vn::split_parties(network);
  const auto full = vn::expand_parties(network, parties);
  CHECK(full.relation_count() == 6);
  CHECK(full.weight(0) == 2.0);
  const auto fractional = vn::expand_parties(network, parties, vn::pair_weight::fractional);
  CHECK(fractional.weight(0) == 0.5);
  double sum = 0.0;
  for (vn::relation_id r = 0; r < fractional.relation_count(); ++r) sum += fractional.weight(r);
  CHECK(sum == Approx(6.0));
  const auto flows =
      vn::flow_matrix(fractional, vn::by::city, {.measure = vn::flow_measure::weight});
  CHECK(flows.total == Approx(6.0));
  CHECK(*flows.within == Approx(1.0 + 3.0));  // 青岛 to 青岛, 济南 to 济南, and f to itself
  CHECK_THROWS_AS(vn::expand_parties(records({{"f", "u"}}), parties), std::invalid_argument);
}

TEST_CASE("records of two modes project onto their parties") {
  const auto network = records({{"p1", "f;u"}, {"p2", "u;f"}, {"p3", "f;u;i"}, {"p4", "g"}});
  const auto parties = vn::split_parties(network, {.ends = vn::party_ends::taker});
  const auto two_mode = vn::expand_parties(network, parties);
  const auto full = vn::project(two_mode);
  CHECK(full.events == 4);
  CHECK(full.lone_events == 1);
  CHECK(full.graph.edge_count() == 3);
  CHECK(full.graph.weight(full.graph.first_out_arc(0)) == 3.0);  // f and u share p1, p2, p3
  const auto fractional = vn::project(two_mode, {.weight = vn::projection_weight::fractional});
  CHECK(fractional.graph.weight(fractional.graph.first_out_arc(0)) == Approx(2.0 + 1.0 / 3.0));
}

TEST_CASE("records by the groups of their parties, by hand") {
  const auto network = records(
      {{"p1", "f;u"}, {"p2", "u;f"}, {"p3", "u;g;f"}, {"p4", "f"}, {"p5", "f"}, {"p6", "i"}});
  const auto parties = vn::split_parties(network, {.ends = vn::party_ends::taker});
  const auto types = vn::group_actors(parties.parties, vn::by::type);
  const auto count = [&](const vn::party_count_options& options) {
    return vn::count_parties(network, parties, types, vn::party_ends::taker, options);
  };
  const auto alone = count({.most_parties = 1});
  CHECK(row_of(alone, "firm").records == 2);
  CHECK(row_of(alone, "firm").parties == 1);
  CHECK(row_of(alone, "institute").records == 1);
  CHECK(alone.total.records == 3);
  const auto joint = count({.fewest_parties = 2});
  REQUIRE(joint.rows.size() == 1);
  CHECK(joint.rows[0].label == "firm+university");
  CHECK(joint.rows[0].records == 3);
  CHECK(joint.rows[0].relations == 2);  // {f, u} twice, {u, g, f}
  CHECK(joint.rows[0].parties == 3);
  const auto any = count({.counting = vn::party_counting::any});
  CHECK(row_of(any, "firm").records == 5);
  CHECK(row_of(any, "firm").parties == 2);
  CHECK(row_of(any, "university").records == 3);
  CHECK(any.total.records == 6);
  const auto shares = count({.counting = vn::party_counting::fractional});
  CHECK(row_of(shares, "firm").records == Approx(0.5 + 0.5 + 2.0 / 3 + 2));
  CHECK(shares.total.records == Approx(6.0));
  CHECK_THROWS_AS(count({.fewest_parties = 3, .most_parties = 2}), std::invalid_argument);
  CHECK_THROWS_AS(vn::count_parties(network, parties, types, vn::party_ends::both),
                  std::invalid_argument);
}

TEST_CASE("a party without a group keeps its record out of the combinations") {
  const auto network = records({{"p1", "f;stranger"}, {"p2", "f"}, {"p3", "stranger"}});
  const auto parties = vn::split_parties(network, {.ends = vn::party_ends::taker});
  const auto types = vn::group_actors(parties.parties, vn::by::type);
  const auto count = [&](vn::party_counting how) {
    return vn::count_parties(network, parties, types, vn::party_ends::taker, {.counting = how});
  };
  CHECK(count(vn::party_counting::combination).without_group == 2);
  CHECK(count(vn::party_counting::any).without_group == 1);
  CHECK(row_of(count(vn::party_counting::any), "firm").records == 2);
  const auto shares = count(vn::party_counting::fractional);
  CHECK(shares.without_group == Approx(1.5));
  CHECK(shares.total.records + shares.without_group == Approx(3.0));
}

TEST_CASE("who transfers to whom, by three ways of counting") {
  const auto network = records({{"f;u", "g"}, {"f", "g"}, {"u", "f;i"}, {"i", "v"}});
  const auto parties = vn::split_parties(network);
  const auto types = vn::group_actors(parties.parties, vn::by::type);
  const auto cross = [&](vn::party_counting how) {
    return vn::cross_parties(network, parties, types, {.counting = how});
  };
  const auto sets = cross(vn::party_counting::combination);
  CHECK(sets.of("firm+university", "firm") == 1);
  CHECK(sets.of("firm", "firm") == 1);
  CHECK(sets.of("university", "firm+institute") == 1);
  CHECK(sets.of("university", "firm") == 0);
  CHECK(sets.total == 4);
  const auto any = cross(vn::party_counting::any);
  CHECK(any.of("firm", "firm") == 2);
  CHECK(any.of("university", "firm") == 2);
  CHECK(any.of("university", "institute") == 1);
  CHECK(any.given_by("university") == 2);
  CHECK(any.taken_by("firm") == 3);
  CHECK(any.total == 4);
  const auto shares = cross(vn::party_counting::fractional);
  CHECK(shares.of("firm", "firm") == Approx(1.5));
  CHECK(shares.of("university", "firm") == Approx(1.0));
  CHECK(shares.total == Approx(4.0));
  CHECK(shares.given_by("nobody") == 0.0);
  // Conditions see the records.
  CHECK_THROWS_AS(vn::cross_parties(records({{"f", "g"}}), parties, types), std::invalid_argument);
}

TEST_CASE("random records agree with a count that was written differently") {
  std::mt19937 random(7);  // NOLINT: any fixed seed
  const std::vector<std::string> names{"f", "g", "u", "v", "i"};
  const std::map<std::string, std::string> type{
      {"f", "firm"}, {"g", "firm"}, {"u", "university"}, {"v", "university"}, {"i", "institute"}};
  const auto group = [&] {
    std::string text;
    const std::size_t k = 1 + random() % 4;
    for (std::size_t i = 0; i < k; ++i)
      text += (i == 0 ? "" : ";") + names[random() % names.size()];
    return text;
  };
  std::vector<std::pair<std::string, std::string>> rows;
  for (int i = 0; i < 300; ++i) rows.emplace_back(group(), group());
  const auto network = records(rows);
  const auto has = [&](const std::string& ids, const std::string& wanted) {
    for (const char id : ids) {
      if (id != ';' && type.at(std::string(1, id)) == wanted) return true;
    }
    return false;
  };
  for (const int threads : {1, 2, 8}) {
    const auto parties = vn::split_parties(network, {}, {.threads = threads});
    const auto types = vn::group_actors(parties.parties, vn::by::type);
    const auto any = vn::cross_parties(network, parties, types,
                                       {.counting = vn::party_counting::any}, {.threads = threads});
    const auto sets = vn::cross_parties(network, parties, types, {}, {.threads = threads});
    for (const char* from : {"firm", "university", "institute"}) {
      for (const char* to : {"firm", "university", "institute"}) {
        double expected = 0.0;
        for (const auto& [giver, taker] : rows) expected += has(giver, from) && has(taker, to);
        CHECK(any.of(from, to) == expected);
        // The combinations that hold both groups add up to the same.
        double sum = 0.0;
        for (std::size_t i = 0; i < sets.giver_labels.size(); ++i) {
          for (std::size_t j = 0; j < sets.taker_labels.size(); ++j) {
            if (sets.giver_labels[i].find(from) != std::string::npos &&
                sets.taker_labels[j].find(to) != std::string::npos) {
              sum += sets(i, j);
            }
          }
        }
        CHECK(sum == expected);
      }
    }
    CHECK(sets.total == 300);
  }
}

TEST_CASE("a long list of parties is cut in time") {
  std::string many;
  for (int i = 0; i < 200000; ++i) many += "x" + std::to_string(i) + ";";
  const auto parties = vn::split_parties(records({{"p", many}}), {.ends = vn::party_ends::taker});
  CHECK(parties.takers(0).size() == 200000);
}
