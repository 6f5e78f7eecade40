// A competitiveness index: weights from judgements, how consistent these are, scores and ranks.
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include <valuenet/index/ahp.hpp>
#include <valuenet/index/composite.hpp>

namespace vn = valuenet;

int main() {
  // Firms against research 3, against openness 5; research against openness 2.
  const std::vector<double> upper{3, 5, 2};
  const vn::priorities_result weights = vn::priorities(vn::make_judgements(3, upper));
  std::printf("weights %.4f %.4f %.4f, consistency ratio %.4f\n", weights.weights[0],
              weights.weights[1], weights.weights[2], *weights.consistency_ratio);

  const std::vector<vn::criterion> hierarchy{{.name = "firms", .weight = weights.weights[0]},
                                             {.name = "research", .weight = weights.weights[1]},
                                             {.name = "openness", .weight = weights.weights[2]}};
  const std::vector<std::string> provinces{"A", "B", "C"};
  const std::vector<std::optional<double>> values{380, 5200, 31,  //
                                                  410, 3900, 18,  //
                                                  120, 2100, std::nullopt};
  const vn::composite_result index =
      vn::composite(hierarchy, values, {.missing = vn::missing_rule::lowest});
  const std::vector<vn::rank_range> range =
      vn::rank_sensitivity(hierarchy, values, {.missing = vn::missing_rule::lowest});
  for (std::size_t i = 0; i < provinces.size(); ++i) {
    std::printf("%u. %s  rank kept under %.0f%% of weights changed by up to 20%%\n", index.ranks[i],
                provinces[i].c_str(), 100 * range[i].unchanged);
  }
}
