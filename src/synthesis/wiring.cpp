#include "synthesis/wiring.hpp"

#include <algorithm>
#include <cmath>
#include <span>
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
            const std::string& kind, const planted_communities& communities, random_stream& random,
            const parallel& workers, pair_table& pairs) {
  const std::size_t count = arcs.size() - first;
  std::vector<std::uint8_t> is_bad(count, 0);
  for (const std::size_t i : bad) is_bad[i - first] = 1;
  constexpr int most_tries = 200000;
  // Where communities are told apart by kind, mending should not mix them, as far as that goes.
  const int careful_tries = communities.by_kind() ? 400 : 0;
  const auto inside = [&](actor_id a, actor_id b) {
    return communities.of(a) == communities.of(b) ? 1 : 0;
  };
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
      if (tries < careful_tries && inside(a, d) + inside(c, b) < inside(a, b) + inside(c, d)) {
        continue;
      }
      pairs.erase(c, d);
      pairs.insert(a, d);
      pairs.insert(c, b);
      std::swap(arcs.takers[i], arcs.takers[j]);
      is_bad[i - first] = 0;
      break;
    }
  }
}

/// Ends i of either side belong together.
struct joined_ends {
  std::vector<actor_id> surveyed;
  std::vector<actor_id> partners;
};

/// Partners stay in their community with the given probability, as far as it has surveyed ends.
joined_ends join(const kind_ends& ends, const planted_communities& communities, double stickiness,
                 random_stream random) {
  std::vector<actor_id> surveyed = ends.surveyed;
  std::vector<actor_id> partners = ends.partners;
  random.shuffle(surveyed);
  random.shuffle(partners);
  std::vector<std::vector<actor_id>> sticky(communities.count());
  std::vector<actor_id> loose;
  for (const actor_id a : partners) {
    if (random.uniform() < stickiness) {
      sticky[communities.of(a)].push_back(a);
    } else {
      loose.push_back(a);
    }
  }
  joined_ends result;
  result.surveyed.reserve(surveyed.size());
  result.partners.reserve(surveyed.size());
  std::vector<actor_id> unmatched;
  for (const actor_id a : surveyed) {
    auto& waiting = sticky[communities.of(a)];
    if (waiting.empty()) {
      unmatched.push_back(a);
    } else {
      result.surveyed.push_back(a);
      result.partners.push_back(waiting.back());
      waiting.pop_back();
    }
  }
  for (const auto& rest : sticky) loose.insert(loose.end(), rest.begin(), rest.end());
  random.shuffle(loose);
  result.surveyed.insert(result.surveyed.end(), unmatched.begin(), unmatched.end());
  result.partners.insert(result.partners.end(), loose.begin(),
                         loose.begin() + static_cast<std::ptrdiff_t>(unmatched.size()));
  return result;
}

}  // namespace

planted_communities::planted_communities(const surrogate_profile& profile,
                                         const degree_plan& degrees, std::uint64_t seed)
    : count_(std::max(1U, profile.communities)),
      by_kind_(profile.communities_by_kind),
      seed_(seed),
      community_(degrees.actor_count(), 0) {
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
  random_stream random = stream_for(seed_, purpose::community, 1 + degrees.stage());
  const auto is_new = [&](actor_id a) {
    return a >= degrees.sample_count() && degrees.arrival(a) == degrees.stage();
  };
  const auto spread_over = [&](std::span<const kind_ends> kinds) {
    std::vector<double> cumulative(count_, 1.0);
    for (const kind_ends& kind : kinds) {
      for (const actor_id a : kind.surveyed) cumulative[community_[a]] += 1.0;
    }
    for (std::uint32_t c = 1; c < count_; ++c) cumulative[c] += cumulative[c - 1];
    return cumulative;
  };
  if (!by_kind_) {
    const std::vector<double> cumulative = spread_over(plan.kinds);
    for (actor_id a = degrees.sample_count(); a < degrees.actor_count(); ++a) {
      if (is_new(a)) community_[a] = draw(cumulative, random);
    }
    return;
  }
  // By the kind of one of its ends, each as likely as any other.
  std::vector<std::uint32_t> seen(degrees.actor_count(), 0);
  for (std::size_t k = 0; k < plan.kinds.size(); ++k) {
    const std::vector<double> cumulative = spread_over({&plan.kinds[k], 1});
    for (const actor_id a : plan.kinds[k].partners) {
      if (is_new(a) && random.below(++seen[a]) == 0) community_[a] = draw(cumulative, random);
    }
  }
}

void wire(const stage_plan& plan, const surrogate_profile& profile,
          const planted_communities& communities, double stickiness, std::uint64_t seed,
          parallel& workers, pair_table& pairs, wired_arcs& arcs) {
  std::vector<joined_ends> joined(plan.kinds.size());
  workers.for_each(joined.size(), 1, [&](std::size_t k) {
    joined[k] = join(plan.kinds[k], communities, stickiness, stream_for(seed, purpose::match, k));
  });
  for (std::size_t k = 0; k < plan.kinds.size(); ++k) {
    const std::size_t first = arcs.size();
    const bool gives = profile.kinds[k].sample_gives;
    const auto& [surveyed, partners] = joined[k];
    const auto& givers = gives ? surveyed : partners;
    const auto& takers = gives ? partners : surveyed;
    arcs.givers.insert(arcs.givers.end(), givers.begin(), givers.end());
    arcs.takers.insert(arcs.takers.end(), takers.begin(), takers.end());
    arcs.kinds.resize(arcs.givers.size(), static_cast<std::uint8_t>(k));
    joined[k] = {};
    std::vector<std::size_t> bad;
    constexpr std::size_t ahead = 16;
    for (std::size_t i = first; i < arcs.size(); ++i) {
      if (i % 65536 == 0) workers.check_stop();
      if (i + ahead < arcs.size()) pairs.prefetch(arcs.givers[i + ahead], arcs.takers[i + ahead]);
      if (arcs.givers[i] == arcs.takers[i] || !pairs.insert(arcs.givers[i], arcs.takers[i])) {
        bad.push_back(i);
      }
    }
    random_stream mending = stream_for(seed, purpose::repair, k);
    repair(arcs, first, bad, profile.kinds[k].kind, communities, mending, workers, pairs);
  }
}

}  // namespace valuenet::detail
