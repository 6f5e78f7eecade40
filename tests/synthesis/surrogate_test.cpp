#include "valuenet/synthesis/surrogate.hpp"

#include "valuenet/error.hpp"
#include "valuenet/metrics/clustering.hpp"
#include "valuenet/metrics/communities.hpp"
#include "valuenet/metrics/core.hpp"
#include "valuenet/metrics/distances.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/synthesis/calibration.hpp"
#include "valuenet/synthesis/surrogate_spread.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
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

/// The example of docs/surrogate.md: 260 actors, whose structure can be met in a moment.
vn::surrogate_profile small_profile() {
  const std::string file = std::string(VALUENET_SOURCE_DIR) + "/data/example/profile.json";
  std::ifstream in(file);
  REQUIRE(in.good());
  std::stringstream text;
  text << in.rdbuf();
  return vn::parse_profile(text.str(), file);
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
    CHECK(degrees[{"甲公司", "technology_in"}] == 20);
    CHECK(degrees[{"甲公司", "technology_out"}] == 50);
    CHECK(degrees[{"乙大学", "technology_total"}] == 14);
  }
}

TEST_CASE("small profiles of many shapes are met by every seed") {
  for (const std::uint32_t samples : {40U, 60U, 150U}) {
    for (const double inner : {0.0, 0.2}) {
      for (const std::uint64_t seed : {1U, 2U, 3U}) {
        vn::surrogate_profile target = small_profile();
        vn::stage_target& stage = target.stages[0];
        stage.actors = stage.actors - stage.sample_actors + samples;
        stage.sample_actors = samples;
        stage.average_path_length.reset();
        stage.average_clustering.reset();
        stage.modularity.reset();
        target.sample_caps.clear();
        target.kinds[1].sample_to_sample = inner;
        const vn::value_network network = vn::surrogate(target, {.seed = seed});
        INFO(samples << " sample actors, " << inner << " among them, seed " << seed);
        const vn::calibration_report report = vn::calibration(network, target);
        for (const vn::calibration_line& line : report.lines) {
          INFO(line.target << ": " << line.reached.value_or(-1.0) << " of " << line.wanted);
          CHECK(line.within);
        }
        for (vn::relation_id r = 0; r < network.relation_count(); ++r) {
          REQUIRE(network.giver(r) != network.taker(r));
        }
      }
    }
  }
}

TEST_CASE("what seeds differ in is told, over those that meet the profile") {
  const vn::surrogate_profile target = small_profile();
  const vn::spread_result spread = vn::surrogate_spread(target, {.first_seed = 1, .seeds = 4});
  CHECK(spread.met.size() + spread.missed.size() == 4);
  REQUIRE(spread.met.size() >= 2);
  std::map<std::string, vn::statistic_spread> by_name;
  for (const vn::statistic_spread& each : spread.statistics) {
    by_name.emplace(each.name, each);
    CHECK(each.values.size() == spread.met.size());
    CHECK(each.least <= each.mean);
    CHECK(each.mean <= each.greatest);
    CHECK(each.deviation <= each.greatest - each.least);
  }
  for (const char* target_name : {"nodes", "edges", "modularity", "average_clustering"}) {
    CHECK_FALSE(by_name.contains(target_name));
  }
  // Recomputed for one network from its tables.
  const vn::value_network network = vn::surrogate(target, {.seed = spread.met[1]});
  const vn::selection all = vn::select(network, {.all_actors = true});
  CHECK(by_name.at("core_depth").values[1] == vn::core_numbers(all.graph()).degeneracy);
  CHECK(by_name.at("triangles").values[1] ==
        static_cast<double>(vn::clustering(all.graph()).triangle_count));
  CHECK(by_name.at("diameter").values[1] == *vn::distances(all.graph()).diameter);
  for (const int threads : {2, 8}) {
    const vn::spread_result again =
        vn::surrogate_spread(target, {.first_seed = 1, .seeds = 4}, {.threads = threads});
    REQUIRE(again.statistics.size() == spread.statistics.size());
    for (std::size_t s = 0; s < spread.statistics.size(); ++s) {
      CHECK(again.statistics[s].values == spread.statistics[s].values);
    }
  }
  CHECK_THROWS_WITH(vn::surrogate_spread(target, {.seeds = 0}), Catch::Contains("seeds is 0"));
}

TEST_CASE("shares hold in a network whose actors are moved in groups") {
  const vn::surrogate_profile target = vn::scaled(small_profile(), 400);
  const vn::value_network network = vn::surrogate(target, counts_alone);
  CHECK(network.actor_count() == 104000);
  const vn::calibration_report report = vn::calibration(network, target);
  for (const vn::calibration_line& line : report.lines) {
    INFO(line.target << ": " << line.reached.value_or(-1.0) << " of " << line.wanted);
    CHECK(line.within);
  }
  const vn::value_network again = vn::surrogate(target, counts_alone, {.threads = 3});
  CHECK(again.relations().takers == network.relations().takers);
  const auto codes = [](const vn::value_network& of) { return of.actors().province.codes(); };
  CHECK(std::equal(codes(network).begin(), codes(network).end(), codes(again).begin()));
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

TEST_CASE(
    "profiles that contradict themselves are refused, or met as far as can be and explained") {
  const auto sentence_with = [](const vn::surrogate_profile& target, const std::string& words) {
    const auto found = vn::contradictions(target);
    return std::any_of(found.begin(), found.end(), [&](const vn::contradiction& each) {
      return each.sentence.find(words) != std::string::npos;
    });
  };
  // An average degree that edges / actors is not: named, and never met.
  vn::surrogate_profile target = small_profile();
  target.stages[0].average_degree = vn::structure_target{2.28, 0.005};
  CHECK(sentence_with(target, "average_degree is 2.28, but 428 edges / 260 actors is 1.6462"));
  const vn::calibration_report report = vn::calibration(vn::surrogate(target), target);
  CHECK(report.met() + 1 == report.lines.size());
  CHECK(report.all_met_but_contradictions());
  // Parts of one whole above it.
  target = small_profile();
  target.shares[0].percent = 80.0;
  CHECK(sentence_with(target, "= 110.00 per cent of one whole, 10.00 too much"));
  // A diameter below what the average path length asks for, and a clustering above 1.
  target = small_profile();
  target.stages[0].diameter = vn::structure_target{3, 0};
  CHECK(sentence_with(target, "average_path_length is 4.2, more than the diameter 3"));
  target = small_profile();
  target.stages[0].diameter = vn::structure_target{300, 0};
  CHECK(sentence_with(target, "diameter is 300, but among 260 actors"));
  target = small_profile();
  target.stages[0].average_clustering = vn::structure_target{1.5, 0.1};
  CHECK(sentence_with(target, "average_clustering is 1.5, but it lies between 0 and 1"));
  // More sample actors than actors; a later stage with fewer relations; named degrees above all.
  target = small_profile();
  target.stages[0].sample_actors = 300;
  CHECK_THROWS_WITH(vn::surrogate(target), Catch::Contains("300 of them sample actors"));
  target = small_profile();
  target.stages.push_back(target.stages[0]);
  target.stages[0].year = 2020;
  target.stages[1].year = 2021;
  target.stages[1].edges = 300;
  CHECK_THROWS_WITH(vn::surrogate(target), Catch::Contains("stages are cumulative"));
  target = small_profile();
  target.named[0].degrees[1].value = 900;
  CHECK_THROWS_WITH(vn::surrogate(target), Catch::Contains("the printed actors need"));
}

TEST_CASE("a scaled profile keeps its shape") {
  const vn::surrogate_profile target = vn::scaled(small_profile(), 10);
  const vn::value_network network = vn::surrogate(target, counts_alone);
  CHECK(network.actor_count() == 2600);
  CHECK(network.relation_count() == 4300);
  auto degrees = degrees_of(target, network);
  CHECK(degrees[{"甲公司", "technology_out"}] == 500);
  CHECK_THROWS_WITH(vn::scaled(target, 0), Catch::Contains("factor is 0"));
  CHECK_THROWS_WITH(vn::scaled(target, 100000000), Catch::Contains("more than 2^31"));
}
