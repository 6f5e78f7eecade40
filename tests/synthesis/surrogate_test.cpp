#include "valuenet/synthesis/surrogate.hpp"

#include "valuenet/error.hpp"
#include "valuenet/metrics/clustering.hpp"
#include "valuenet/metrics/communities.hpp"
#include "valuenet/metrics/distances.hpp"
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

/// Degrees by label and "word_side", the words being dimensions and kinds.
std::map<std::pair<std::string, std::string>, std::uint32_t> degrees_of(
    const vn::surrogate_profile& target, const vn::value_network& network) {
  std::map<std::string, std::string> dimension;
  for (const vn::kind_target& kind : target.kinds) dimension[kind.kind] = kind.dimension;
  std::map<std::pair<std::string, std::string>, std::uint32_t> found;
  for (const auto& [giver, taker, kind] : distinct_relations(network)) {
    for (const std::string& word : {kind, dimension[kind]}) {
      ++found[{std::string(network.label(giver)), word + "_out"}];
      ++found[{std::string(network.label(taker)), word + "_in"}];
      ++found[{std::string(network.label(giver)), word + "_total"}];
      ++found[{std::string(network.label(taker)), word + "_total"}];
    }
  }
  return found;
}

std::string key_of(const vn::degree_target& degree) {
  constexpr const char* sides[] = {"_in", "_out", "_total"};
  return degree.of + sides[static_cast<int>(degree.side)];
}

constexpr vn::surrogate_options counts_alone{.effort = vn::surrogate_effort::counts_alone};

/// A profile of 60 actors whose structure can be met in a moment.
vn::surrogate_profile small_profile() {
  return vn::parse_profile(R"({
    "name": "small", "title": "surrogate of a small study", "seed": 5,
    "kinds": [
      {"dimension": "technology", "kind": "input", "surveyed": "taker", "relations": 130,
       "relation_side_actors": 90},
      {"dimension": "technology", "kind": "empowerment", "surveyed": "giver", "relations": 300,
       "relation_side_actors": 160, "sample_to_sample": 0.2}],
    "stages": [{"sample_actors": 60, "relation_actors": 200, "edges": 428,
      "average_path_length": {"value": 4.2, "tolerance": 0.1},
      "average_clustering": {"value": 0.06, "tolerance": 0.005},
      "modularity": {"value": 0.6, "tolerance": 0.03}}],
    "caps": {"sample": {"technology_total": 40}, "relation": {"technology_total": 12}},
    "communities": 8,
    "named": [
      {"label": "A", "role": "sample", "technology_in": 20, "technology_out": 50},
      {"label": "B", "role": "relation", "technology_total": 14}]
  })",
                           "small.json");
}

}  // namespace

TEST_CASE("the 2021 surrogate has the report's counts") {
  const vn::value_network network = vn::surrogate(vn::profile("2021"), counts_alone);
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

TEST_CASE("named actors have their printed degrees, others stay below the lists") {
  const vn::surrogate_profile target = vn::profile("2021");
  const vn::value_network network =
      vn::surrogate(target, {.seed = 7, .effort = vn::surrogate_effort::counts_alone});
  auto degrees = degrees_of(target, network);
  // 表5 to 表9, a few by hand.
  CHECK(degrees[{"华为", "technology_in"}] == 1231);
  CHECK(degrees[{"华为", "technology_out"}] == 2894);
  CHECK(degrees[{"清华大学", "technology_in"}] == 175);
  CHECK(degrees[{"清华大学", "technology_out"}] == 154);
  CHECK(degrees[{"清华大学", "prior_study_out"}] == 275);
  CHECK(degrees[{"上海市政府", "technology_in"}] == 47);
  CHECK(degrees[{"上海市政府", "technology_out"}] == 0);
  CHECK(degrees[{"携程", "technology_total"}] == 259);
  CHECK(degrees[{"腾讯", "received_out"}] == 137);
  std::set<std::string> names;
  for (const vn::named_target& named : target.named) {
    names.insert(named.label);
    for (const vn::degree_target& each : named.degrees) {
      INFO(named.label << ' ' << key_of(each));
      CHECK(degrees[{named.label, key_of(each)}] == each.value);
    }
  }
  for (vn::actor_id a = 0; a < network.actor_count(); ++a) {
    const std::string label(network.label(a));
    if (names.contains(label)) continue;
    const bool sample = network.role(a) == vn::role::sample;
    REQUIRE(degrees[{label, "technology_total"}] <= (sample ? 231U : 42U));
  }
}

TEST_CASE("a seed is an answer: the same again at any thread count, another for another") {
  const vn::surrogate_profile target = small_profile();
  const vn::value_network once = vn::surrogate(target, {.seed = 3});
  const vn::value_network other = vn::surrogate(target, {.seed = 4});
  for (const int threads : {1, 2, 8}) {
    const vn::value_network again = vn::surrogate(target, {.seed = 3}, {.threads = threads});
    CHECK(once.relations().givers == again.relations().givers);
    CHECK(once.relations().takers == again.relations().takers);
  }
  CHECK(once.relations().takers != other.relations().takers);
}

TEST_CASE("structure targets are met as the library's own metrics measure them") {
  const vn::surrogate_profile target = small_profile();
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
    const vn::value_network network = vn::surrogate(target, {.seed = seed});
    const vn::selection all = vn::select(network, {.all_actors = true});
    CHECK(network.actor_count() == 260);
    CHECK(network.relation_count() == 430);
    CHECK(all.graph().arc_count() == 428);
    INFO("seed " << seed);
    CHECK(*vn::distances(all.graph()).mean == Approx(4.2).margin(0.1));
    CHECK(*vn::clustering(all.graph()).average == Approx(0.06).margin(0.005));
    CHECK(*vn::communities(all.graph(), {.runs = 10}).modularity == Approx(0.6).margin(0.03));
    auto degrees = degrees_of(target, network);
    CHECK(degrees[{"A", "technology_in"}] == 20);
    CHECK(degrees[{"A", "technology_out"}] == 50);
    CHECK(degrees[{"B", "technology_total"}] == 14);
  }
}

TEST_CASE("calibration can be stopped and tells how far it is") {
  std::stop_source source;
  source.request_stop();
  CHECK_THROWS_AS(vn::surrogate(small_profile(), {}, {.stop = source.get_token()}), vn::cancelled);
  double last = -1.0;
  static_cast<void>(vn::surrogate(
      small_profile(), {}, {.progress = [&](const auto& report) { last = report.fraction; }}));
  CHECK(last == 1.0);
}

TEST_CASE("profiles that cannot be met say why") {
  vn::surrogate_profile target = vn::profile("2021");
  target.stages[0].edges = 100000;
  CHECK_THROWS_WITH(vn::surrogate(target), Catch::Contains("100000 distinct relations"));
  target = vn::profile("2021");
  target.stages[0].actors = 400000;
  CHECK_THROWS_WITH(vn::surrogate(target), Catch::Contains("unnamed relation actors"));
  target = small_profile();
  target.named[0].degrees.push_back({"technology", vn::degree_side::total, 71});
  CHECK_THROWS_WITH(vn::surrogate(target), Catch::Contains("technology_in 20") &&
                                               Catch::Contains("technology_total is 71"));
  target = small_profile();
  target.named[0].degrees.push_back({"patents", vn::degree_side::in, 1});
  CHECK_THROWS_WITH(vn::surrogate(target), Catch::Contains("no dimension and no kind"));
  CHECK_THROWS_WITH(vn::surrogate(small_profile(), {.attempts = 0}),
                    Catch::Contains("attempts is 0"));
}

TEST_CASE("a scaled profile keeps its shape") {
  const vn::surrogate_profile target = vn::scaled(small_profile(), 10);
  const vn::value_network network = vn::surrogate(target, counts_alone);
  CHECK(network.actor_count() == 2600);
  CHECK(network.relation_count() == 4300);
  auto degrees = degrees_of(target, network);
  CHECK(degrees[{"A", "technology_out"}] == 500);
  CHECK_THROWS_WITH(vn::scaled(target, 0), Catch::Contains("factor is 0"));
  CHECK_THROWS_WITH(vn::scaled(target, 100000000), Catch::Contains("more than 2^31"));
}
