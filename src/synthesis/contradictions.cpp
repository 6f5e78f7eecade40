#include "valuenet/synthesis/calibration.hpp"

#include <cmath>
#include <set>
#include <string>

#include <fmt/format.h>

namespace valuenet {
namespace {

bool same(const std::vector<trait_condition>& a, const std::vector<trait_condition>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].column != b[i].column || a[i].values != b[i].values || a[i].negated != b[i].negated) {
      return false;
    }
  }
  return true;
}

/// Parts of one whole, told apart by one column of the actor counted.
bool are_siblings(const share_target& a, const share_target& b) {
  const auto plain = [](const share_target& s) {
    return s.actor.size() == 1 && s.actor[0].values.size() == 1 && !s.actor[0].negated &&
           s.opposite.empty() && s.part_of.empty();
  };
  return plain(a) && plain(b) && a.counted == b.counted && a.of == b.of && a.role == b.role &&
         a.actor[0].column == b.actor[0].column && same(a.among_actor, b.among_actor) &&
         same(a.among_opposite, b.among_opposite);
}

std::string when(const stage_target& stage) {
  return stage.year ? fmt::format(" in {}", *stage.year) : std::string();
}

/// What no network of so many actors has, whatever its relations.
void add_structure(const stage_target& stage, std::vector<contradiction>& found) {
  const auto least = [](const structure_target& each) { return each.value - each.tolerance; };
  const auto most = [](const structure_target& each) { return each.value + each.tolerance; };
  const auto bounded = [&](const char* name, const std::optional<structure_target>& each,
                           double low, double high, const std::string& why) {
    if (!each || (most(*each) >= low && least(*each) <= high)) return;
    found.push_back(
        {fmt::format("{}{} is {}, but {}", name, when(stage), each->value, why), name, stage.year});
  };
  bounded("average_clustering", stage.average_clustering, 0.0, 1.0, "it lies between 0 and 1");
  bounded("modularity", stage.modularity, -0.5, 1.0, "it lies between -0.5 and 1");
  bounded("diameter", stage.diameter, 1.0, static_cast<double>(stage.actors) - 1.0,
          fmt::format("among {} actors with relations it lies between 1 and {}", stage.actors,
                      stage.actors > 0 ? stage.actors - 1 : 0));
  bounded("average_path_length", stage.average_path_length, 1.0, 1e300, "it is at least 1");
  if (stage.average_path_length && stage.diameter &&
      least(*stage.average_path_length) > most(*stage.diameter)) {
    found.push_back(
        {fmt::format("average_path_length{} is {}, more than the diameter {}, which "
                     "is the longest path: they cannot both be met",
                     when(stage), stage.average_path_length->value, stage.diameter->value),
         "average_path_length", stage.year});
  }
}

}  // namespace

std::vector<contradiction> contradictions(const surrogate_profile& target) {
  std::vector<contradiction> found;
  for (const stage_target& stage : target.stages) add_structure(stage, found);
  for (const stage_target& stage : target.stages) {
    if (!stage.average_degree || stage.actors == 0) continue;
    const double wanted = stage.average_degree->value;
    const double tolerance = stage.average_degree->tolerance;
    const double given = static_cast<double>(stage.edges) / static_cast<double>(stage.actors);
    if (std::abs(given - wanted) <= tolerance) continue;
    const double nearest = given < wanted ? wanted - tolerance : wanted + tolerance;
    const bool few = given < wanted;
    found.push_back(
        {fmt::format("average_degree{} is {}, but {} edges / {} actors is {:.4f}, {:.4f} off: it "
                     "would take at {} {:.0f} edges or at {} {:.0f} actors; actors and edges are "
                     "favoured",
                     when(stage), wanted, stage.edges, stage.actors, given,
                     std::abs(given - wanted), few ? "least" : "most",
                     few ? std::ceil(nearest * stage.actors) : std::floor(nearest * stage.actors),
                     few ? "most" : "least",
                     few ? std::floor(stage.edges / nearest) : std::ceil(stage.edges / nearest)),
         "average_degree", stage.year});
  }
  std::uint64_t rows = 0;
  bool all_given = !target.stages.empty();
  for (const kind_target& kind : target.kinds) {
    rows += kind.relations.value_or(0);
    all_given = all_given && kind.relations.has_value();
  }
  if (all_given && rows > target.stages.back().edges) {
    found.push_back(
        {fmt::format("the kinds add up to {} relations, the network has {} edges: {} "
                     "rows repeat the giver, taker and kind of another, so that both "
                     "are met",
                     rows, target.stages.back().edges, rows - target.stages.back().edges),
         "",
         {}});
  }
  std::vector<std::uint8_t> seen(target.shares.size(), 0);
  for (std::size_t i = 0; i < target.shares.size(); ++i) {
    if (seen[i] != 0) continue;
    double sum = 0.0;
    double room = 0.0;
    std::string all;
    std::set<std::string> words;
    for (std::size_t j = i; j < target.shares.size(); ++j) {
      const share_target& share = target.shares[j];
      if (!are_siblings(target.shares[i], share)) continue;
      seen[j] = 1;
      // The same place may stand in two tables.
      if (!words.insert(share.actor[0].values[0]).second) continue;
      sum += share.percent;
      room += share.tolerance;
      all += (all.empty() ? "" : " + ") + fmt::format("{}", share.percent);
    }
    // Rounding to two decimals makes up for so much.
    if (sum <= 100.0 + 0.005 * static_cast<double>(words.size())) continue;
    const std::string sentence =
        fmt::format("{} and its like are {} = {:.2f} per cent of one whole, {:.2f} too much: ",
                    target.shares[i].label, all, sum, sum - 100.0);
    if (sum <= 100.0 + room) {
      found.push_back({sentence + "every one is met within its tolerance, none exactly", "", {}});
    } else {
      found.push_back({sentence + "not all can be met; the deviation is spread by weight",
                       target.shares[i].label,
                       {}});
    }
  }
  return found;
}

}  // namespace valuenet
