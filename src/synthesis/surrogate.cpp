// Typed stub matching: every actor gets its number of ends of each kind, exactly where the report
// printed it and by a heavy-tailed law below; ends are joined mostly within communities; pairs that
// came twice are undone by swaps.
#include "valuenet/synthesis/surrogate.hpp"

#include "valuenet/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>
#include <stdexcept>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "detail/random.hpp"

namespace valuenet {
namespace {

using detail::random_stream;
using counts = std::vector<std::uint32_t>;

constexpr std::uint32_t unlimited = 0xFFFFFFFFU;

/// What each random stream is for; a stream of its own keeps one choice from moving the others.
enum class purpose : std::uint64_t {
  community,
  sample_weights,
  membership,
  relation_weights,
  split,
  match,
  repair,
  repeats
};

random_stream stream_for(std::uint64_t seed, purpose what, std::uint64_t kind = 0) {
  return random_stream(seed, static_cast<std::uint64_t>(what) * 64 + kind);
}

/// Whole numbers in [least, caps[i]] that add up to `total`, in proportion to the weights as far as
/// the bounds allow; remainders by largest fraction, ties by position.
counts apportion(std::span<const double> weights, std::uint64_t total, std::uint32_t least,
                 std::span<const std::uint32_t> caps, const std::string& what) {
  const std::size_t n = weights.size();
  std::uint64_t most = 0;
  for (const std::uint32_t cap : caps) most += std::max(cap, least);
  if (total < n * static_cast<std::uint64_t>(least) || total > most) {
    throw std::invalid_argument(fmt::format(
        "surrogate: {} {} cannot be shared out over {} unnamed actors of at least {} and "
        "together at most {} each",
        total, what, n, least, most));
  }
  // Water filling: actors at a bound leave, the rest share what is left.
  counts result(n, least);
  std::vector<std::uint8_t> settled(n, 0);
  std::uint64_t left = total;
  double weight_left = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (bool changed = true; changed;) {
    changed = false;
    const double rate = weight_left > 0.0 ? static_cast<double>(left) / weight_left : 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      if (settled[i] != 0) continue;
      const double wanted = weights[i] * rate;
      const std::uint32_t cap = std::max(caps[i], least);
      if (wanted >= cap || wanted <= least) {
        result[i] = wanted >= cap ? cap : least;
        if (result[i] > left) continue;
        settled[i] = 1;
        left -= result[i];
        weight_left -= weights[i];
        changed = true;
      }
    }
  }
  std::vector<std::pair<double, std::size_t>> fractions;
  const double rate = weight_left > 0.0 ? static_cast<double>(left) / weight_left : 0.0;
  std::uint64_t given = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (settled[i] != 0) continue;
    const double wanted = weights[i] * rate;
    result[i] = std::clamp(static_cast<std::uint32_t>(wanted), least, std::max(caps[i], least));
    given += result[i];
    fractions.emplace_back(std::floor(wanted) - wanted, i);
  }
  std::sort(fractions.begin(), fractions.end());
  const auto adjust = [&](bool up) {
    for (const auto& [fraction, i] : fractions) {
      if (given == left) return;
      if (up && given < left && result[i] < std::max(caps[i], least)) ++result[i], ++given;
      if (!up && given > left && result[i] > least) --result[i], --given;
    }
  };
  // Clamping can leave a few units over; they go round among those with room, settled ones
  // included.
  for (int round = 0; given != left && round < 64; ++round) {
    if (round == 1) {
      for (std::size_t i = 0; i < n; ++i) {
        if (settled[i] != 0) fractions.emplace_back(0.0, i);
      }
    }
    adjust(given < left);
  }
  return result;
}

struct pair_hash {
  std::size_t operator()(std::uint64_t pair) const noexcept {
    pair ^= pair >> 31;
    return static_cast<std::size_t>(pair * 0x9E3779B97F4A7C15U);
  }
};

/// One kind's distinct relations.
struct wiring {
  std::vector<actor_id> givers;
  std::vector<actor_id> takers;
};

class generator {
 public:
  generator(const surrogate_profile& profile, std::uint64_t seed)
      : profile_(profile),
        seed_(seed),
        actor_count_(profile.sample_actors + profile.relation_actors) {}

  value_network run() {
    place_named();
    choose_communities();
    plan_repeats();
    plan_members();
    plan_technology();
    plan_inner_technology();
    for (std::size_t k = 0; k < profile_.kinds.size(); ++k) wirings_.push_back(wire(k));
    return tables();
  }

 private:
  [[nodiscard]] bool is_sample(actor_id a) const { return a < profile_.sample_actors; }

  /// Sample actors come first, named ones first among their role.
  void place_named() {
    named_.assign(actor_count_, nullptr);
    std::uint32_t next_sample = 0;
    std::uint32_t next_relation = profile_.sample_actors;
    for (const named_target& named : profile_.named) {
      const bool sample = named.role == role::sample;
      std::uint32_t& next = sample ? next_sample : next_relation;
      if (next >= (sample ? profile_.sample_actors : actor_count_)) {
        throw std::invalid_argument("surrogate: the profile names more actors than it counts");
      }
      named_[next++] = &named;
    }
  }

  void choose_communities() {
    random_stream random = stream_for(seed_, purpose::community);
    std::vector<double> cumulative;
    double sum = 0.0;
    for (std::uint32_t c = 1; c <= profile_.communities; ++c) {
      sum += std::pow(static_cast<double>(c), -profile_.community_slope);
      cumulative.push_back(sum);
    }
    community_.resize(actor_count_);
    for (std::uint32_t& community : community_) {
      const auto found =
          std::upper_bound(cumulative.begin(), cumulative.end(), random.uniform() * sum);
      community = static_cast<std::uint32_t>(
          std::min<std::ptrdiff_t>(found - cumulative.begin(), profile_.communities - 1));
    }
  }

  /// Rows that repeat a relation, shared out over the kinds by size.
  void plan_repeats() {
    std::uint64_t rows = 0;
    std::vector<double> weights;
    counts caps;
    for (const kind_target& kind : profile_.kinds) {
      rows += kind.relations;
      weights.push_back(kind.relations);
      caps.push_back(kind.relations / 2);
    }
    if (profile_.merged_edges > rows) {
      throw std::invalid_argument(
          fmt::format("surrogate: {} distinct relations cannot come from {} rows",
                      profile_.merged_edges, rows));
    }
    repeats_ = apportion(weights, rows - profile_.merged_edges, 0, caps, "repeated rows");
  }

  /// Which relation actors have relations of which kind: everybody of one at least.
  void plan_members() {
    members_.resize(profile_.kinds.size());
    std::vector<actor_id> unnamed;
    for (actor_id a = profile_.sample_actors; a < actor_count_; ++a) {
      if (named_[a] == nullptr) unnamed.push_back(a);
    }
    random_stream random = stream_for(seed_, purpose::membership);
    random.shuffle(unnamed);
    std::uint64_t wanted = 0;
    for (const kind_target& kind : profile_.kinds) wanted += kind.relation_side_actors;
    if (wanted < unnamed.size()) {
      throw std::invalid_argument(fmt::format(
          "surrogate: the kinds have room for {} unnamed relation actors, the profile has {}",
          wanted, unnamed.size()));
    }
    // First everybody once, in proportion; then the rest of each kind's places to actors of others.
    std::vector<double> weights;
    counts caps;
    for (const kind_target& kind : profile_.kinds) {
      weights.push_back(kind.relation_side_actors);
      caps.push_back(kind.relation_side_actors);
    }
    const counts first = apportion(weights, unnamed.size(), 0, caps, "unnamed relation actors");
    std::size_t next = 0;
    for (std::size_t k = 0; k < members_.size(); ++k) {
      for (std::uint32_t i = 0; i < first[k]; ++i) members_[k].push_back(unnamed[next++]);
    }
    for (std::size_t k = 0; k < members_.size(); ++k) {
      std::unordered_set<actor_id> inside(members_[k].begin(), members_[k].end());
      while (members_[k].size() <
             std::min<std::size_t>(profile_.kinds[k].relation_side_actors, unnamed.size())) {
        const actor_id a = unnamed[random.below(unnamed.size())];
        if (inside.insert(a).second) members_[k].push_back(a);
      }
      std::sort(members_[k].begin(), members_[k].end());
    }
  }

  [[nodiscard]] std::uint32_t distinct(std::size_t k) const {
    return profile_.kinds[k].relations - repeats_[k];
  }
  [[nodiscard]] std::uint32_t between_samples(std::size_t k) const {
    return static_cast<std::uint32_t>(
        std::lround(profile_.kinds[k].sample_to_sample * distinct(k)));
  }
  [[nodiscard]] bool is_technology(std::size_t k) const {
    return profile_.kinds[k].dimension == "technology";
  }

  /// Technology is printed by direction, over input and empowerment together: settle every actor's
  /// in- and out-degree first, kinds after.
  void plan_technology() {
    technology_in_.assign(actor_count_, 0);
    technology_out_.assign(actor_count_, 0);
    std::uint64_t sample_in = 0;
    std::uint64_t sample_out = 0;
    std::uint64_t relation_in = 0;
    std::uint64_t relation_out = 0;
    std::array<int, 2> kinds_by_direction{};
    std::vector<std::uint8_t> may_give(actor_count_, 0);
    std::vector<std::uint8_t> may_take(actor_count_, 0);
    for (std::size_t k = 0; k < profile_.kinds.size(); ++k) {
      if (!is_technology(k)) continue;
      const bool gives = profile_.kinds[k].sample_gives;
      if (++kinds_by_direction[gives ? 1 : 0] > 1) {
        throw std::invalid_argument(
            "surrogate: two kinds of technology run in one direction, and the printed degrees do "
            "not "
            "say how they share them");
      }
      (gives ? sample_out : sample_in) += distinct(k);
      (gives ? sample_in : sample_out) += between_samples(k);
      (gives ? relation_in : relation_out) += distinct(k) - between_samples(k);
      for (const actor_id a : members_[k]) (gives ? may_take : may_give)[a] = 1;
    }
    for (actor_id a = 0; a < profile_.sample_actors; ++a) may_give[a] = may_take[a] = 1;
    random_stream weights = stream_for(seed_, purpose::sample_weights);
    std::vector<double> give_weight(actor_count_);
    std::vector<double> take_weight(actor_count_);
    for (actor_id a = 0; a < profile_.sample_actors; ++a) {
      // Giving and taking go together, as in the printed lists.
      const double size = weights.normal();
      give_weight[a] = std::exp(profile_.sample_spread * (0.8 * size + 0.6 * weights.normal()));
      take_weight[a] = std::exp(profile_.sample_spread * (0.8 * size + 0.6 * weights.normal()));
    }
    for (std::size_t k = 0; k < profile_.kinds.size(); ++k) {
      if (!is_technology(k)) continue;
      random_stream draws = stream_for(seed_, purpose::relation_weights, k);
      auto& weight = profile_.kinds[k].sample_gives ? take_weight : give_weight;
      for (const actor_id a : members_[k]) weight[a] = power_law_weight(draws, k);
    }
    share_direction(0, profile_.sample_actors, technology_out_, give_weight, may_give, sample_out,
                    &degree_targets::technology_out, nullptr, "technology given by sample actors");
    share_direction(0, profile_.sample_actors, technology_in_, take_weight, may_take, sample_in,
                    &degree_targets::technology_in, &technology_out_,
                    "technology taken by sample actors");
    share_direction(profile_.sample_actors, actor_count_, technology_out_, give_weight, may_give,
                    relation_out, &degree_targets::technology_out, nullptr,
                    "technology given by relation actors");
    share_direction(profile_.sample_actors, actor_count_, technology_in_, take_weight, may_take,
                    relation_in, &degree_targets::technology_in, &technology_out_,
                    "technology taken by relation actors");
  }

  [[nodiscard]] double power_law_weight(random_stream& draws, std::size_t k) const {
    return std::pow(draws.uniform_positive(),
                    -1.0 / (profile_.kinds[k].relation_side_exponent - 1.0));
  }

  [[nodiscard]] const degree_targets& caps_of(actor_id a) const {
    return is_sample(a) ? profile_.sample_caps : profile_.relation_caps;
  }

  using target_member = std::optional<std::uint32_t> degree_targets::*;

  /// One direction of technology over one role. Printed degrees stand; a named actor of which only
  /// the total is known gives half (the other direction then takes the rest); `other`, already
  /// settled, holds the total below its cap.
  void share_direction(actor_id first, actor_id last, counts& degrees,
                       const std::vector<double>& weights, const std::vector<std::uint8_t>& may,
                       std::uint64_t total, target_member member, const counts* other,
                       const std::string& what) {
    std::vector<actor_id> open;
    std::vector<double> open_weights;
    counts open_caps;
    std::uint64_t fixed = 0;
    for (actor_id a = first; a < last; ++a) {
      const degree_targets* named = named_[a] != nullptr ? &named_[a]->degrees : nullptr;
      if (named != nullptr && (named->*member || named->technology_total)) {
        degrees[a] = printed_degree(a, *named, member, other);
        fixed += degrees[a];
        continue;
      }
      if (may[a] == 0) continue;
      std::uint32_t cap = (caps_of(a).*member).value_or(unlimited);
      const std::uint32_t total_cap = caps_of(a).technology_total.value_or(unlimited);
      if (other != nullptr) {
        cap = std::min(cap, total_cap > (*other)[a] ? total_cap - (*other)[a] : 0);
      } else if (named != nullptr && named->technology_in) {
        cap = std::min(cap, total_cap - std::min(total_cap, *named->technology_in));
      }
      if (cap == 0) continue;
      open.push_back(a);
      open_weights.push_back(named != nullptr ? 1.0 : weights[a]);
      open_caps.push_back(cap);
    }
    if (fixed > total) {
      throw std::invalid_argument(
          fmt::format("surrogate: the printed actors need {} of the {} {}", fixed, total, what));
    }
    const counts shared = apportion(open_weights, total - fixed, 1, open_caps, what);
    for (std::size_t i = 0; i < open.size(); ++i) degrees[open[i]] = shared[i];
  }

  [[nodiscard]] std::uint32_t printed_degree(actor_id a, const degree_targets& named,
                                             target_member member, const counts* other) const {
    if (named.*member) return *(named.*member);
    if (other != nullptr) return *named.technology_total - (*other)[a];
    const std::uint32_t cap = (caps_of(a).*member).value_or(unlimited);
    return std::min(cap, *named.technology_total / 2);
  }

  /// Ends of kind k on the sample side and on the other side, one entry an end.
  struct ends {
    std::vector<actor_id> sample_side;
    std::vector<actor_id> other_side;
  };

  /// Relations between sample actors come out of the in-degrees (or out-degrees) that the other
  /// direction's kind would fill: set them aside before any kind is wired.
  void plan_inner_technology() {
    inner_.resize(profile_.kinds.size());
    for (std::size_t k = 0; k < profile_.kinds.size(); ++k) {
      if (!is_technology(k)) continue;
      counts& inward = profile_.kinds[k].sample_gives ? technology_in_ : technology_out_;
      const std::vector<double> weights(inward.begin(), inward.begin() + profile_.sample_actors);
      counts caps;
      for (actor_id a = 0; a < profile_.sample_actors; ++a) caps.push_back(inward[a] / 2);
      inner_[k] =
          apportion(weights, between_samples(k), 0, caps, "relations between sample actors");
      for (actor_id a = 0; a < profile_.sample_actors; ++a) inward[a] -= inner_[k][a];
    }
  }

  [[nodiscard]] ends technology_ends(std::size_t k) const {
    const bool gives = profile_.kinds[k].sample_gives;
    const counts& outward = gives ? technology_out_ : technology_in_;
    const counts& inward = gives ? technology_in_ : technology_out_;
    ends result;
    for (actor_id a = 0; a < profile_.sample_actors; ++a) {
      result.other_side.insert(result.other_side.end(), inner_[k][a], a);
      result.sample_side.insert(result.sample_side.end(), outward[a], a);
    }
    for (actor_id a = profile_.sample_actors; a < actor_count_; ++a) {
      result.other_side.insert(result.other_side.end(), inward[a], a);
    }
    return result;
  }

  /// The printed degree for a kind outside technology, if the kind is one that lists print.
  [[nodiscard]] target_member printed_member(std::size_t k) const {
    const std::string& kind = profile_.kinds[k].kind;
    if (kind == "prior_study") return &degree_targets::prior_study_out;
    if (kind == "prior_work") return &degree_targets::prior_work_out;
    if (kind == "received") return &degree_targets::received_out;
    return nullptr;
  }

  ends other_ends(std::size_t k) {
    const target_member member = printed_member(k);
    ends result;
    // The sample side: every sample actor, heavy-tailed.
    random_stream draws = stream_for(seed_, purpose::sample_weights, k + 1);
    std::vector<double> weights;
    for (actor_id a = 0; a < profile_.sample_actors; ++a) {
      weights.push_back(std::exp(profile_.sample_spread * draws.normal()));
    }
    const counts free_caps(profile_.sample_actors, unlimited / profile_.sample_actors);
    const counts outward = apportion(weights, distinct(k), 0, free_caps, profile_.kinds[k].kind);
    for (actor_id a = 0; a < profile_.sample_actors; ++a) {
      result.sample_side.insert(result.sample_side.end(), outward[a], a);
    }
    // The other side: printed actors first, sample actors among them.
    std::uint64_t left = distinct(k);
    std::uint64_t inner = between_samples(k);
    const auto add = [&](actor_id a, std::uint32_t degree) {
      result.other_side.insert(result.other_side.end(), degree, a);
      if (degree > left || (is_sample(a) && degree > inner)) {
        throw std::invalid_argument(
            fmt::format("surrogate: the printed actors need more than the {} relations of kind {}",
                        profile_.kinds[k].relations, profile_.kinds[k].kind));
      }
      left -= degree;
      if (is_sample(a)) inner -= degree;
    };
    if (member != nullptr) {
      for (actor_id a = 0; a < actor_count_; ++a) {
        if (named_[a] != nullptr && named_[a]->degrees.*member) {
          add(a, *(named_[a]->degrees.*member));
        }
      }
    }
    const auto cap_of = [&](actor_id a) {
      return member != nullptr ? (caps_of(a).*member).value_or(unlimited) : unlimited;
    };
    random_stream inner_draws = stream_for(seed_, purpose::split, k);
    for (; inner > 0; --inner, --left) {
      const auto a = static_cast<actor_id>(inner_draws.below(profile_.sample_actors));
      if (named_[a] != nullptr && member != nullptr) {
        ++inner, ++left;  // printed lists would show it
        continue;
      }
      result.other_side.push_back(a);
    }
    random_stream relation_draws = stream_for(seed_, purpose::relation_weights, k);
    std::vector<double> relation_weights;
    counts caps;
    for (const actor_id a : members_[k]) {
      relation_weights.push_back(power_law_weight(relation_draws, k));
      caps.push_back(std::min(cap_of(a), profile_.sample_actors / 4));
    }
    const counts degrees = apportion(relation_weights, left, 1, caps, profile_.kinds[k].kind);
    for (std::size_t i = 0; i < degrees.size(); ++i) {
      result.other_side.insert(result.other_side.end(), degrees[i], members_[k][i]);
    }
    return result;
  }

  /// Joins the ends: those that stick find a partner in their community, the rest anywhere.
  wiring wire(std::size_t k) {
    ends open = is_technology(k) ? technology_ends(k) : other_ends(k);
    if (open.sample_side.size() != open.other_side.size()) {
      throw std::invalid_argument(
          fmt::format("surrogate: kind {} has {} ends on the sample side and {} on the other",
                      profile_.kinds[k].kind, open.sample_side.size(), open.other_side.size()));
    }
    random_stream random = stream_for(seed_, purpose::match, k);
    random.shuffle(open.sample_side);
    random.shuffle(open.other_side);
    std::vector<std::vector<actor_id>> sticky(profile_.communities);
    std::vector<actor_id> loose;
    for (const actor_id a : open.other_side) {
      if (random.uniform() < profile_.stickiness) {
        sticky[community_[a]].push_back(a);
      } else {
        loose.push_back(a);
      }
    }
    std::vector<actor_id> unmatched;
    wiring result;
    const bool gives = profile_.kinds[k].sample_gives;
    const auto join = [&](actor_id sample, actor_id other) {
      result.givers.push_back(gives ? sample : other);
      result.takers.push_back(gives ? other : sample);
    };
    for (const actor_id a : open.sample_side) {
      auto& partners = sticky[community_[a]];
      if (partners.empty()) {
        unmatched.push_back(a);
      } else {
        join(a, partners.back());
        partners.pop_back();
      }
    }
    for (const auto& rest : sticky) loose.insert(loose.end(), rest.begin(), rest.end());
    random.shuffle(loose);
    for (std::size_t i = 0; i < unmatched.size(); ++i) join(unmatched[i], loose[i]);
    repair(result, k);
    return result;
  }

  /// Swaps takers until no pair stands twice and nobody relates to itself.
  void repair(wiring& w, std::size_t k) {
    const auto pair_of = [&](std::size_t i, std::size_t j) {
      return (std::uint64_t{w.givers[i]} << 32) | w.takers[j];
    };
    std::unordered_multiset<std::uint64_t, pair_hash> pairs;
    pairs.reserve(w.givers.size());
    for (std::size_t i = 0; i < w.givers.size(); ++i) pairs.insert(pair_of(i, i));
    std::unordered_set<std::uint64_t, pair_hash> seen;
    std::vector<std::size_t> bad;
    for (std::size_t i = 0; i < w.givers.size(); ++i) {
      if (!seen.insert(pair_of(i, i)).second || w.givers[i] == w.takers[i]) bad.push_back(i);
    }
    random_stream random = stream_for(seed_, purpose::repair, k);
    constexpr int most_tries = 100000;
    for (const std::size_t i : bad) {
      int tries = 0;
      while (true) {
        if (++tries > most_tries) {
          throw std::invalid_argument(fmt::format(
              "surrogate: kind {} is too dense to be wired without repeating a pair: {} and {}",
              profile_.kinds[k].kind, w.givers[i], w.takers[i]));
        }
        const auto j = static_cast<std::size_t>(random.below(w.givers.size()));
        if (j == i || w.givers[i] == w.takers[j] || w.givers[j] == w.takers[i]) continue;
        if (pairs.contains(pair_of(i, j)) || pairs.contains(pair_of(j, i))) continue;
        pairs.erase(pairs.find(pair_of(i, i)));
        pairs.erase(pairs.find(pair_of(j, j)));
        std::swap(w.takers[i], w.takers[j]);
        pairs.insert(pair_of(i, i));
        pairs.insert(pair_of(j, j));
        break;
      }
    }
  }

  value_network tables() {
    actor_table actors;
    text_column actor_provenance;
    std::uint32_t made_up_samples = 0;
    std::uint32_t made_up_relations = 0;
    for (actor_id a = 0; a < actor_count_; ++a) {
      actors.ids.intern(fmt::format("{}{:05}", is_sample(a) ? "S" : "R",
                                    is_sample(a) ? a + 1 : a - profile_.sample_actors + 1));
      actors.roles.push_back(is_sample(a) ? role::sample : role::relation);
      if (named_[a] != nullptr) {
        actors.label.push_back(named_[a]->label);
        actors.type.push_back(named_[a]->type.empty() ? default_type(a) : named_[a]->type);
        actors.country.push_back(named_[a]->country);
      } else {
        actors.label.push_back(is_sample(a) ? fmt::format("样本企业{:04}", ++made_up_samples)
                                            : fmt::format("关系主体{:05}", ++made_up_relations));
        actors.type.push_back(default_type(a));
        actors.country.push_back("");
      }
      actor_provenance.push_back(profile_.title);
    }
    actors.more.push_back(
        {std::string(value_network::provenance_column), std::move(actor_provenance)});

    relation_table relations;
    text_column provenance;
    const auto add_row = [&](std::size_t k, actor_id giver, actor_id taker) {
      relations.givers.push_back(giver);
      relations.takers.push_back(taker);
      relations.dimension.push_back(profile_.kinds[k].dimension);
      relations.kind.push_back(profile_.kinds[k].kind);
      provenance.push_back(profile_.title);
    };
    for (std::size_t k = 0; k < wirings_.size(); ++k) {
      const wiring& w = wirings_[k];
      for (std::size_t i = 0; i < w.givers.size(); ++i) add_row(k, w.givers[i], w.takers[i]);
      random_stream random = stream_for(seed_, purpose::repeats, k);
      for (std::uint32_t r = 0; r < repeats_[k]; ++r) {
        const auto i = static_cast<std::size_t>(random.below(w.givers.size()));
        add_row(k, w.givers[i], w.takers[i]);
      }
    }
    relations.more.push_back(
        {std::string(value_network::provenance_column), std::move(provenance)});
    return {std::move(actors), std::move(relations)};
  }

  [[nodiscard]] std::string default_type(actor_id a) const {
    return is_sample(a) ? "firm" : "organisation";
  }

  const surrogate_profile& profile_;
  std::uint64_t seed_;
  actor_id actor_count_;
  std::vector<const named_target*> named_;
  std::vector<std::uint32_t> community_;
  counts repeats_;
  std::vector<std::vector<actor_id>> members_;
  counts technology_in_;
  counts technology_out_;
  std::vector<counts> inner_;
  std::vector<wiring> wirings_;
};

}  // namespace

value_network surrogate(const surrogate_profile& target, const surrogate_options& options,
                        const execution& exec) {
  if (exec.stop.stop_requested()) throw cancelled();
  return generator(target, options.seed).run();
}

}  // namespace valuenet
