#include "valuenet/report/summary_report.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace vn = valuenet;

namespace {

vn::statistic made(std::string name, double value) {
  vn::statistic s;
  s.name = std::move(name);
  s.label = s.name;
  s.value = value;
  return s;
}

std::string verdict(const vn::table& t, const std::string& name) {
  const auto row =
      std::find_if(t.rows.begin(), t.rows.end(), [&](const auto& r) { return r[0] == name; });
  REQUIRE(row != t.rows.end());
  return (*row)[3];
}

}  // namespace

TEST_CASE("published values are met, nearly met, missed, or impossible") {
  vn::summary_result summary;
  summary.statistics = {made("nodes", 100), made("edges", 250), made("average_degree", 2.5),
                        made("average_weighted_degree", 2.5), made("modularity", 0.653)};
  summary.statistics.back().seed = 42;
  const auto judged = [&](const char* published) {
    return vn::summary_table(summary, vn::parse_published(published));
  };

  vn::table t = judged("nodes=100,edges=250,average_degree=2.5,modularity=0.657");
  CHECK(verdict(t, "average_degree") == "yes");
  CHECK(verdict(t, "modularity") == "within 0.005");
  CHECK(verdict(judged("modularity=0.653"), "modularity") == "yes");
  CHECK(verdict(judged("modularity=0.659"), "modularity") == "NO");

  // 250 / 100 = 2.5 and 500 / 100 = 5: nothing makes 2.28 of them.
  t = judged("nodes=100,edges=250,average_degree=2.28,average_weighted_degree=2.28");
  CHECK(verdict(t, "average_degree") == "impossible");
  CHECK(verdict(t, "average_weighted_degree") == "impossible");
  CHECK(std::any_of(t.notes.begin(), t.notes.end(), [](const std::string& note) {
    return note.find("edges / nodes = 2.500") != std::string::npos;
  }));
  // Weights can make any weighted degree of them; and without the published edges 2.28 is a miss.
  t = judged("nodes=100,edges=250,average_degree=2.28,average_weighted_degree=3.1");
  CHECK(verdict(t, "average_weighted_degree") == "NO");
  CHECK(verdict(judged("average_degree=2.28"), "average_degree") == "NO");
}
