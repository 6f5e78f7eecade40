#include "valuenet/synthesis/surrogate.hpp"

#include "valuenet/error.hpp"
#include "valuenet/network/selection.hpp"

#include <map>
#include <set>
#include <stdexcept>
#include <tuple>

#include "catch.hpp"

namespace vn = valuenet;

namespace {

using triple = std::tuple<vn::actor_id, vn::actor_id, std::string>;

std::set<triple> distinct_relations(const vn::value_network& network) {
  std::set<triple> found;
  for (vn::relation_id r = 0; r < network.relation_count(); ++r) {
    found.emplace(network.giver(r), network.taker(r), std::string(network.relations().kind[r]));
  }
  return found;
}

}  // namespace

TEST_CASE("the 2021 surrogate has the report's counts") {
  const vn::value_network network = vn::surrogate(vn::profile("2021"));
  CHECK(network.actor_count() == 43742);
  CHECK(network.relation_count() == 98005);
  std::map<std::string, int> roles;
  std::map<std::string, int> kinds;
  for (vn::actor_id a = 0; a < network.actor_count(); ++a) {
    ++roles[std::string(vn::to_string(network.role(a)))];
  }
  for (vn::relation_id r = 0; r < network.relation_count(); ++r) {
    ++kinds[std::string(network.relations().kind[r])];
    REQUIRE(network.giver(r) != network.taker(r));
  }
  // 表3 and 表4 of the 2021 report.
  CHECK(roles == std::map<std::string, int>{{"sample", 2205}, {"relation", 41537}});
  CHECK(kinds == std::map<std::string, int>{{"input", 15491},
                                            {"empowerment", 35675},
                                            {"prior_study", 4826},
                                            {"prior_work", 16514},
                                            {"received", 10387},
                                            {"made", 15112}});
  const vn::selection all = vn::select(network);
  CHECK(all.accounting().edges == 97980);
  CHECK(all.accounting().merged == 25);
  CHECK(all.graph().vertex_count() == 43742);  // nobody is left alone
  CHECK_FALSE(network.surrogate_notice().empty());
}

TEST_CASE("named actors have their printed technology degrees, others stay below the lists") {
  const vn::surrogate_profile target = vn::profile("2021");
  const vn::value_network network = vn::surrogate(target, {.seed = 7});
  std::map<std::string, std::uint32_t> in;
  std::map<std::string, std::uint32_t> out;
  for (const auto& [giver, taker, kind] : distinct_relations(network)) {
    if (kind != "input" && kind != "empowerment") continue;
    ++out[std::string(network.label(giver))];
    ++in[std::string(network.label(taker))];
  }
  // 表5 to 表7, a few by hand.
  CHECK(in["华为"] == 1231);
  CHECK(out["华为"] == 2894);
  CHECK(in["清华大学"] == 175);
  CHECK(out["清华大学"] == 154);
  CHECK(in["上海市政府"] == 47);
  CHECK(out["上海市政府"] == 0);
  CHECK(in["携程"] + out["携程"] == 259);
  std::set<std::string> names;
  for (const vn::named_target& named : target.named) {
    names.insert(named.label);
    const auto& d = named.degrees;
    if (d.technology_in) CHECK(in[named.label] == *d.technology_in);
    if (d.technology_out) CHECK(out[named.label] == *d.technology_out);
    if (d.technology_total) CHECK(in[named.label] + out[named.label] == *d.technology_total);
  }
  for (vn::actor_id a = 0; a < network.actor_count(); ++a) {
    const std::string label(network.label(a));
    if (names.contains(label)) continue;
    const bool sample = network.role(a) == vn::role::sample;
    REQUIRE(in[label] + out[label] <= (sample ? 231U : 42U));
  }
}

TEST_CASE("printed sources of people and capital are met") {
  const vn::surrogate_profile target = vn::profile("2021");
  const vn::value_network network = vn::surrogate(target);
  std::map<std::pair<std::string, std::string>, std::uint32_t> given;
  for (const auto& [giver, taker, kind] : distinct_relations(network)) {
    ++given[{std::string(network.label(giver)), kind}];
  }
  for (const vn::named_target& named : target.named) {
    const auto& d = named.degrees;
    if (d.prior_study_out) CHECK(given[{named.label, "prior_study"}] == *d.prior_study_out);
    if (d.prior_work_out) CHECK(given[{named.label, "prior_work"}] == *d.prior_work_out);
    if (d.received_out) CHECK(given[{named.label, "received"}] == *d.received_out);
  }
}

TEST_CASE("a seed is an answer: the same again, another for another") {
  const vn::surrogate_profile target = vn::profile("2021");
  const vn::value_network once = vn::surrogate(target, {.seed = 3});
  const vn::value_network again = vn::surrogate(target, {.seed = 3}, {.threads = 2});
  const vn::value_network other = vn::surrogate(target, {.seed = 4});
  CHECK(once.relations().givers == again.relations().givers);
  CHECK(once.relations().takers == again.relations().takers);
  CHECK(once.relations().takers != other.relations().takers);
}

TEST_CASE("profiles that cannot be met or read say why") {
  vn::surrogate_profile target = vn::profile("2021");
  target.merged_edges = 100000;
  CHECK_THROWS_WITH(vn::surrogate(target), Catch::Contains("100000 distinct relations"));
  target = vn::profile("2021");
  target.relation_actors = 400000;
  CHECK_THROWS_WITH(vn::surrogate(target), Catch::Contains("unnamed relation actors"));
  CHECK_THROWS_AS(vn::profile("1999"), std::invalid_argument);
  CHECK_THROWS_AS(vn::parse_profile("{\"name\": 1}", "p.json"), vn::parse_error);
  CHECK_THROWS_WITH(vn::parse_profile("{\n\n x", "p.json"), Catch::StartsWith("p.json:3"));
}
