// A made-up network with printed figures: one that says so, and can be told from a real one.
#include "valuenet/valuenet.hpp"

#include <cstdio>
#include <string_view>

namespace vn = valuenet;

int main() {
  constexpr std::string_view target = R"({
    "name": "small", "title": "surrogate of no study, an example", "source": "none: an example",
    "kinds": [
      {"dimension": "technology", "kind": "input", "surveyed": "taker", "relations": 240,
       "relation_side_actors": 150},
      {"dimension": "technology", "kind": "empowerment", "surveyed": "giver", "relations": 360,
       "relation_side_actors": 200, "sample_to_sample": 0.1}
    ],
    "stages": [{"sample_actors": 40, "relation_actors": 260, "edges": 590}]
  })";
  const vn::surrogate_profile profile = vn::parse_profile(target, "small.json");
  const vn::value_network network = vn::surrogate(profile, {.seed = 7});
  const vn::summary_result summary = vn::summarize(vn::select(network));
  std::printf("%s\n", summary.notice.c_str());
  for (const char* name : {"nodes", "edges", "sample_nodes", "average_degree"}) {
    const vn::statistic& each = *summary.find(name);
    std::printf("%s %s\n", each.label.c_str(), vn::format_number(*each.value, 6).c_str());
  }
}
