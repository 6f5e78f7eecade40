#include "synthesis/wiring.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "synthesis/streams.hpp"

namespace valuenet::detail {
namespace {

std::uint32_t draw(const std::vector<double>& cumulative, random_stream& random) {
  const auto found =
      std::upper_bound(cumulative.begin(), cumulative.end(), random.uniform() * cumulative.back());
  return static_cast<std::uint32_t>(std::min<std::ptrdiff_t>(
      found - cumulative.begin(), static_cast<std::ptrdiff_t>(cumulative.size()) - 1));
}

/// Swaps heads within the kind until no pair of [first, end) stands twice and nobody relates to
/// itself; `pairs` holds every pair but the bad ones' second copies.
void repair(wired_arcs& arcs, std::size_t first, const std::vector<std::size_t>& bad,
            const std::string& kind, random_stream& random, const parallel& workers,
            pair_table& pairs) {
  const std::size_t count = arcs.size() - first;
  std::vector<std::uint8_t> is_bad(count, 0);
  for (const std::size_t i : bad) is_bad[i - first] = 1;
  constexpr int most_tries = 200000;
  for (const std::size_t i : bad) {
    for (int tries = 0;; ++tries) {
      if (tries == most_tries) {
        throw std::invalid_argument(fmt::format(
            "surrogate: kind {} is too dense to be wired without repeating a pair", kind));
      }
      if (tries % 4096 == 4095) workers.check_stop();
      const std::size_t j = first + static_cast<std::size_t>(random.below(count));
      // Of two bad arcs neither stands in the table: mend each with a good one.
      if (is_bad[j - first] != 0) continue;
      const actor_id a = arcs.givers[i];
      const actor_id b = arcs.takers[i];
      const actor_id c = arcs.givers[j];
      const actor_id d = arcs.takers[j];
      if (a == d || c == b || b == d || pairs.contains(a, d) || pairs.contains(c, b)) continue;
      pairs.erase(c, d);
      pairs.insert(a, d);
      pairs.insert(c, b);
      std::swap(arcs.takers[i], arcs.takers[j]);
      is_bad[i - first] = 0;
      break;
    }
  }
}

}  // namespace

planted_communities::planted_communities(const surrogate_profile& profile,
                                         const degree_plan& degrees, std::uint64_t seed)
    : count_(std::max(1U, profile.communities)), seed_(seed), community_(degrees.actor_count(), 0) {
  random_stream random = stream_for(seed, purpose::community);
  std::vector<double> cumulative;
  double sum = 0.0;
  for (std::uint32_t c = 1; c <= count_; ++c) {
    sum += std::pow(static_cast<double>(c), -profile.community_slope);
    cumulative.push_back(sum);
  }
  for (actor_id a = 0; a < degrees.sample_count(); ++a) community_[a] = draw(cumulative, random);
}

void planted_communities::settle(const degree_plan& degrees, const stage_plan& plan) {
  std::vector<double> cumulative(count_, 1.0);
  for (const kind_ends& kind : plan.kinds) {
    for (const actor_id a : kind.surveyed) cumulative[community_[a]] += 1.0;
  }
  for (std::uint32_t c = 1; c < count_; ++c) cumulative[c] += cumulative[c - 1];
  random_stream random = stream_for(seed_, purpose::community, 1 + degrees.stage());
  for (actor_id a = degrees.sample_count(); a < degrees.actor_count(); ++a) {
    if (degrees.arrival(a) == degrees.stage()) community_[a] = draw(cumulative, random);
  }
}

void wire(const stage_plan& plan, const surrogate_profile& profile,
          const planted_communities& communities, double stickiness, std::uint64_t seed,
          const parallel& workers, pair_table& pairs, wired_arcs& arcs) {
  for (std::size_t k = 0; k < plan.kinds.size(); ++k) {
    std::vector<actor_id> surveyed = plan.kinds[k].surveyed;
    std::vector<actor_id> partners = plan.kinds[k].partners;
    random_stream random = stream_for(seed, purpose::match, k);
    workers.check_stop();
    random.shuffle(surveyed);
    random.shuffle(partners);
    workers.check_stop();
    std::vector<std::vector<actor_id>> sticky(communities.count());
    std::vector<actor_id> loose;
    for (const actor_id a : partners) {
      if (random.uniform() < stickiness) {
        sticky[communities.of(a)].push_back(a);
      } else {
        loose.push_back(a);
      }
    }
    const std::size_t first = arcs.size();
    const bool gives = profile.kinds[k].sample_gives;
    std::vector<std::size_t> bad;
    const auto join = [&](actor_id sample, actor_id partner) {
      arcs.givers.push_back(gives ? sample : partner);
      arcs.takers.push_back(gives ? partner : sample);
      arcs.kinds.push_back(static_cast<std::uint8_t>(k));
      const std::size_t i = arcs.size() - 1;
      if (sample == partner || !pairs.insert(arcs.givers[i], arcs.takers[i])) bad.push_back(i);
    };
    std::vector<actor_id> unmatched;
    for (const actor_id a : surveyed) {
      auto& waiting = sticky[communities.of(a)];
      if (waiting.empty()) {
        unmatched.push_back(a);
      } else {
        join(a, waiting.back());
        waiting.pop_back();
      }
    }
    for (const auto& rest : sticky) loose.insert(loose.end(), rest.begin(), rest.end());
    random.shuffle(loose);
    workers.check_stop();
    for (std::size_t i = 0; i < unmatched.size(); ++i) join(unmatched[i], loose[i]);
    random_stream mending = stream_for(seed, purpose::repair, k);
    repair(arcs, first, bad, profile.kinds[k].kind, mending, workers, pairs);
  }
}

}  // namespace valuenet::detail
