#include "synthesis/traits.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <deque>
#include <numeric>
#include <span>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "synthesis/streams.hpp"

namespace valuenet::detail {
namespace {

bool meets(const trait_value& value, const trait_family& family,
           const std::vector<trait_condition>& conditions) {
  for (const trait_condition& condition : conditions) {
    const auto column = std::find(family.columns.begin(), family.columns.end(), condition.column);
    const std::string& cell =
        value.cells[static_cast<std::size_t>(column - family.columns.begin())];
    const bool found =
        std::find(condition.values.begin(), condition.values.end(), cell) != condition.values.end();
    if (found == condition.negated) return false;
  }
  return true;
}

bool counts_kind(const std::vector<std::string>& words, const kind_target& kind) {
  return words.empty() || std::find(words.begin(), words.end(), kind.dimension) != words.end() ||
         std::find(words.begin(), words.end(), kind.kind) != words.end();
}

/// Of a unit's relations of one kind and direction, how many have a unit with this value at the
/// other end.
struct tie {
  std::uint32_t side;
  std::uint32_t value;
  std::int64_t count;
};

/// Kinds and directions are numbered together: 2 k where the actor gives, 2 k + 1 where it takes.
/// There are at most 32 kinds, so that sides fit a word of 64 bits.
constexpr std::size_t side_of(std::size_t kind, bool gives) {
  return 2 * kind + (gives ? 0 : 1);
}
constexpr std::uint64_t bit_of(std::size_t side) {
  return std::uint64_t{1} << side;
}
constexpr std::uint64_t other_ends(std::uint64_t sides) {
  constexpr std::uint64_t giving = 0x5555555555555555U;
  return (sides & giving) << 1U | (sides >> 1U & giving);
}

template <class Call>
void for_bits(std::uint64_t bits, Call&& call) {
  for (; bits != 0; bits &= bits - 1) call(static_cast<std::size_t>(std::countr_zero(bits)));
}

/// Moves units: an actor each or, in a large network, actors that have relations of the same kinds,
/// which take one value together. So the search has the same few units to move at any size.
class trait_search {
 public:
  trait_search(const surrogate_profile& profile, const trait_family& family,
               const trait_actors& actors, const wired_arcs& arcs, std::uint64_t seed,
               const parallel& workers)
      : family_(family),
        actors_(actors),
        workers_(workers),
        random_(stream_for(seed, purpose::traits,
                           static_cast<std::uint64_t>(&family - profile.traits.data()))),
        sides_(2 * profile.kinds.size()) {
    for (compiled_share& each : compile_shares(profile, family)) shares_.emplace_back(each);
    form_units(arcs);
    index(arcs);
    allow();
  }

  /// The nearest of a few searches, the first that meets every share.
  std::vector<std::uint32_t> run() {
    constexpr int most_searches = 6;
    std::vector<std::uint32_t> nearest;
    double least = 0.0;
    for (int i = 0; i < most_searches; ++i) {
      begin();
      search();
      double worst = 0.0;
      for (std::size_t s = 0; s < shares_.size(); ++s) {
        worst = std::max(worst, std::abs(off(s, base_[s], part_[s])));
      }
      if (i == 0 || worst < least) {
        nearest = value_;
        least = worst;
      }
      if (least <= 1.0) break;
    }
    std::vector<std::uint32_t> result(unit_of_.size());
    for (std::size_t a = 0; a < result.size(); ++a) result[a] = nearest[unit_of_[a]];
    return result;
  }

 private:
  /// A share, with its values told apart by what they do to it.
  struct share_search : compiled_share {
    explicit share_search(compiled_share& from) : compiled_share(std::move(from)) {
      std::array<std::uint32_t, 16> size{};
      for (std::size_t v = 0; v < actor_base.size(); ++v) {
        class_of.push_back(static_cast<std::uint8_t>(
            actor_base[v] | actor_part[v] << 1U | opposite_base[v] << 2U | opposite_part[v] << 3U));
        ++size[class_of.back()];
      }
      usual = static_cast<std::uint8_t>(std::max_element(size.begin(), size.end()) - size.begin());
      for (std::uint8_t c = 0; c < size.size(); ++c) {
        if (size[c] > 0) classes.push_back(c);
      }
      for (std::uint32_t v = 0; v < class_of.size(); ++v) {
        if (class_of[v] != usual) unusual.push_back(v);
      }
      const auto sides = [](const std::vector<ends>& by_kind) {
        std::uint64_t bits = 0;
        for (std::size_t k = 0; k < by_kind.size(); ++k) {
          if (by_kind[k].giver) bits |= bit_of(side_of(k, true));
          if (by_kind[k].taker) bits |= bit_of(side_of(k, false));
        }
        return bits;
      };
      base_sides = sides(base_ends);
      part_sides = sides(part_ends);
      touching_sides = base_sides;
      if (looks_across) touching_sides |= other_ends(base_sides);
    }

    std::vector<std::uint8_t> class_of;
    std::vector<std::uint8_t> classes;
    std::uint8_t usual = 0;
    /// Values of another class than the usual one.
    std::vector<std::uint32_t> unusual;
    /// Kinds and directions of an actor's relations whose end at the actor is counted, and those
    /// that make its value matter.
    std::uint64_t base_sides = 0;
    std::uint64_t part_sides = 0;
    std::uint64_t touching_sides = 0;
  };

  /// What a unit's value decides about a share: base = ends counted at the unit, if its value is in
  /// the base, and ends counted at others, if its value is in the base of the opposite end.
  struct stakes {
    std::int64_t own_base = 0;
    std::int64_t own_part = 0;
    std::int64_t across_base = 0;
    std::int64_t across_part = 0;

    [[nodiscard]] std::int64_t base(unsigned of_class) const {
      return ((of_class & 1U) != 0 ? own_base : 0) + ((of_class & 4U) != 0 ? across_base : 0);
    }
    [[nodiscard]] std::int64_t part(unsigned of_class) const {
      return ((of_class & 2U) != 0 ? own_part : 0) + ((of_class & 8U) != 0 ? across_part : 0);
    }
    [[nodiscard]] bool any() const {
      return (own_base | own_part | across_base | across_part) != 0;
    }
  };

  void form_units(const wired_arcs& arcs) {
    constexpr std::size_t most_units = 65536;
    const std::size_t n = actors_.roles.size();
    unit_of_.resize(n);
    if (n <= most_units) {
      std::iota(unit_of_.begin(), unit_of_.end(), 0U);
      unit_count_ = n;
    } else {
      std::vector<std::uint64_t> has(n, 0);
      for (std::size_t i = 0; i < arcs.size(); ++i) {
        has[arcs.givers[i]] |= bit_of(side_of(arcs.kinds[i], true));
        has[arcs.takers[i]] |= bit_of(side_of(arcs.kinds[i], false));
      }
      const std::size_t most_of_unit = (n + most_units - 1) / most_units;
      struct open_unit {
        std::uint32_t number;
        std::size_t actors;
      };
      std::array<std::unordered_map<std::uint64_t, open_unit>, 2> open;
      for (std::size_t a = 0; a < n; ++a) {
        if (actors_.named[a] != nullptr) {
          unit_of_[a] = static_cast<std::uint32_t>(unit_count_++);
          continue;
        }
        open_unit& unit = open[actors_.roles[a] == role::sample ? 0 : 1]
                              .try_emplace(has[a], open_unit{0, most_of_unit})
                              .first->second;
        if (unit.actors == most_of_unit) {
          unit = {static_cast<std::uint32_t>(unit_count_++), 0};
        }
        ++unit.actors;
        unit_of_[a] = unit.number;
      }
    }
    size_.assign(unit_count_, 0);
    first_actor_.assign(unit_count_, 0);
    for (std::size_t a = n; a-- > 0;) {
      ++size_[unit_of_[a]];
      first_actor_[unit_of_[a]] = static_cast<std::uint32_t>(a);
    }
  }

  /// Relations by unit, and how many it has of each kind and direction.
  void index(const wired_arcs& arcs) {
    first_.assign(unit_count_ + 1, 0);
    side_count_.assign(unit_count_ * sides_, 0);
    const auto for_ends = [&](auto&& call) {
      for (std::size_t i = 0; i < arcs.size(); ++i) {
        const std::uint32_t giver = unit_of_[arcs.givers[i]];
        const std::uint32_t taker = unit_of_[arcs.takers[i]];
        call(giver, taker, side_of(arcs.kinds[i], true));
        call(taker, giver, side_of(arcs.kinds[i], false));
      }
    };
    for_ends([&](std::uint32_t unit, std::uint32_t, std::size_t side) {
      ++first_[unit + std::size_t{1}];
      ++side_count_[unit * sides_ + side];
    });
    unit_sides_.assign(unit_count_, 0);
    for (std::size_t i = 0; i < side_count_.size(); ++i) {
      if (side_count_[i] > 0) unit_sides_[i / sides_] |= bit_of(i % sides_);
    }
    workers_.check_stop();
    const bool looks_across = std::any_of(shares_.begin(), shares_.end(),
                                          [](const auto& share) { return share.looks_across; });
    if (!looks_across) {
      first_.assign(unit_count_ + 1, 0);
      return;
    }
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    other_.resize(2 * arcs.size());
    other_side_.resize(2 * arcs.size());
    std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
    for_ends([&](std::uint32_t unit, std::uint32_t other, std::size_t side) {
      const std::size_t at = next[unit]++;
      other_[at] = other;
      other_side_[at] = static_cast<std::uint8_t>(side);
    });
    workers_.check_stop();
  }

  void search() {
    constexpr int most_sweeps = 12;
    std::vector<std::uint32_t> order(unit_count_);
    std::iota(order.begin(), order.end(), 0U);
    count_all();
    for (int sweep = 0; sweep < most_sweeps && !close_enough(); ++sweep) {
      random_.shuffle(order);
      std::size_t moved = 0;
      for (std::size_t i = 0; i < order.size(); ++i) {
        if (i % 1024 == 0) {
          workers_.check_stop();
          if (close_enough()) break;
        }
        moved += improve(order[i]);
      }
      // Relations within a unit were counted as if only one of their ends moved.
      count_all();
      if (moved == 0) break;
    }
  }

  /// Which values each unit can have.
  void allow() {
    for (std::uint32_t v = 0; v < family_.values.size(); ++v) {
      for (const role who : {role::sample, role::relation}) {
        if (family_.values[v].role == role::unknown || family_.values[v].role == who) {
          allowed_of_role_[who == role::sample ? 0 : 1].push_back(v);
        }
      }
    }
    value_.resize(unit_count_);
    allowed_.resize(unit_count_);
    for (std::uint32_t unit = 0; unit < unit_count_; ++unit) {
      const std::uint32_t a = first_actor_[unit];
      const auto& general = allowed_of_role_[actors_.roles[a] == role::sample ? 0 : 1];
      allowed_[unit] = general;
      if (actors_.named[a] != nullptr) {
        std::vector<trait_condition> cells;
        for (const named_cell& cell : actors_.named[a]->cells) {
          if (std::find(family_.columns.begin(), family_.columns.end(), cell.column) !=
              family_.columns.end()) {
            cells.push_back({cell.column, {cell.value}, false});
          }
        }
        if (!cells.empty()) {
          own_.emplace_back();
          for (const std::uint32_t v : general) {
            if (meets(family_.values[v], family_, cells)) own_.back().push_back(v);
          }
          allowed_[unit] = own_.back();
        }
      }
      if (allowed_[unit].empty()) {
        throw std::invalid_argument(fmt::format(
            "surrogate: no value of the columns {} is allowed for {}",
            fmt::join(family_.columns, ", "),
            actors_.named[a] != nullptr ? actors_.named[a]->label : std::string("an actor")));
      }
    }
    gain_.assign(family_.values.size(), 0.0);
    tally_.assign(sides_ * family_.values.size(), 0);
  }

  /// Everybody gets any value that is allowed.
  void begin() {
    for (std::size_t unit = 0; unit < unit_count_; ++unit) {
      value_[unit] = allowed_[unit][random_.below(allowed_[unit].size())];
    }
  }

  /// The unit's relations by kind, direction and the value at the other end.
  void look_around(std::uint32_t unit) {
    ties_.clear();
    const std::size_t begin = first_[unit];
    const std::size_t end = first_[unit + std::size_t{1}];
    constexpr std::size_t few = 8;
    if (end - begin <= few) {
      for (std::size_t i = begin; i < end; ++i) {
        ties_.push_back({other_side_[i], value_[other_[i]], 1});
      }
      return;
    }
    const std::size_t values = family_.values.size();
    for (std::size_t i = begin; i < end; ++i) {
      ++tally_[other_side_[i] * values + value_[other_[i]]];
    }
    for_bits(unit_sides_[unit], [&](std::size_t side) {
      for (std::uint32_t v = 0; v < values; ++v) {
        std::int64_t& count = tally_[side * values + v];
        if (count > 0) {
          ties_.push_back({static_cast<std::uint32_t>(side), v, std::exchange(count, 0)});
        }
      }
    });
  }

  /// Precondition: look_around(unit), where the share looks across.
  [[nodiscard]] stakes stakes_of(std::uint32_t unit, const share_search& share) const {
    stakes result;
    if (share.target->counted == counted::actors) {
      const role own = actors_.roles[first_actor_[unit]];
      if (share.target->role == role::unknown || share.target->role == own) {
        result.own_base = result.own_part = size_[unit];
      }
      return result;
    }
    if ((unit_sides_[unit] & share.touching_sides) == 0) return result;
    if (!share.looks_across) {
      for_bits(unit_sides_[unit] & share.base_sides, [&](std::size_t side) {
        const std::int64_t count = side_count_[unit * sides_ + side];
        result.own_base += count;
        if ((share.part_sides & bit_of(side)) != 0) result.own_part += count;
      });
      return result;
    }
    const auto counted_if = [](std::uint64_t sides, std::size_t side, std::uint8_t meets,
                               std::int64_t count) {
      return (sides & bit_of(side)) != 0 && meets != 0 ? count : 0;
    };
    for (const tie& each : ties_) {
      const std::uint32_t w = each.value;
      const std::uint32_t back = each.side ^ 1U;
      result.own_base +=
          counted_if(share.base_sides, each.side, share.opposite_base[w], each.count);
      result.own_part +=
          counted_if(share.part_sides, each.side, share.opposite_part[w], each.count);
      result.across_base += counted_if(share.base_sides, back, share.actor_base[w], each.count);
      result.across_part += counted_if(share.part_sides, back, share.actor_part[w], each.count);
    }
    return result;
  }

  /// Every end is counted once, at the unit it belongs to.
  void count_all() {
    base_.assign(shares_.size(), 0);
    part_.assign(shares_.size(), 0);
    for (std::uint32_t unit = 0; unit < unit_count_; ++unit) {
      if (unit % 1024 == 0) workers_.check_stop();
      look_around(unit);
      for (std::size_t s = 0; s < shares_.size(); ++s) {
        const stakes at_stake = stakes_of(unit, shares_[s]);
        const unsigned own = shares_[s].class_of[value_[unit]] & 3U;
        base_[s] += at_stake.base(own);
        part_[s] += at_stake.part(own);
      }
    }
  }

  [[nodiscard]] double off(std::size_t s, std::int64_t base, std::int64_t part) const {
    const share_target& target = *shares_[s].target;
    const double now =
        base > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(base) : 0.0;
    return (now - target.percent) / std::max(target.tolerance, 1e-3);
  }
  [[nodiscard]] double cost(std::size_t s, std::int64_t base, std::int64_t part) const {
    const double deviation = off(s, base, part);
    return shares_[s].target->weight * deviation * deviation;
  }

  [[nodiscard]] bool close_enough() const {
    for (std::size_t s = 0; s < shares_.size(); ++s) {
      if (std::abs(off(s, base_[s], part_[s])) > 0.5) return false;
    }
    return true;
  }

  /// The unit takes its best value. Returns whether it changed.
  std::size_t improve(std::uint32_t unit) {
    const auto choices = allowed_[unit];
    if (choices.size() < 2) return 0;
    const std::uint32_t old = value_[unit];
    look_around(unit);
    std::fill(gain_.begin(), gain_.end(), 0.0);
    touched_.clear();
    for (std::size_t s = 0; s < shares_.size(); ++s) {
      const share_search& share = shares_[s];
      const stakes at_stake = stakes_of(unit, share);
      if (!at_stake.any()) continue;
      touched_.emplace_back(s, at_stake);
      // A share knows classes of values; most values are of the usual one.
      const unsigned own = share.class_of[old];
      const double before = cost(s, base_[s], part_[s]);
      std::array<double, 16> by_class{};
      for (const std::uint8_t c : share.classes) {
        by_class[c] = c == own ? 0.0
                               : cost(s, base_[s] + at_stake.base(c) - at_stake.base(own),
                                      part_[s] + at_stake.part(c) - at_stake.part(own)) -
                                     before;
      }
      const double usual = by_class[share.usual];
      for (const std::uint32_t v : share.unusual) gain_[v] += by_class[share.class_of[v]] - usual;
    }
    std::uint32_t best = old;
    for (const std::uint32_t v : choices) {
      if (gain_[v] < gain_[best] - 1e-9) best = v;
    }
    if (best == old) return 0;
    for (const auto& [s, at_stake] : touched_) {
      const auto& class_of = shares_[s].class_of;
      base_[s] += at_stake.base(class_of[best]) - at_stake.base(class_of[old]);
      part_[s] += at_stake.part(class_of[best]) - at_stake.part(class_of[old]);
    }
    value_[unit] = best;
    return 1;
  }

  const trait_family& family_;
  const trait_actors& actors_;
  const parallel& workers_;
  std::vector<share_search> shares_;
  random_stream random_;
  std::size_t sides_;
  std::vector<std::uint32_t> unit_of_;
  std::size_t unit_count_ = 0;
  std::vector<std::int64_t> size_;
  std::vector<std::uint32_t> first_actor_;
  /// By unit and side: its relations, which stand from first_ on in the columns of the other end.
  std::vector<std::uint32_t> side_count_;
  std::vector<std::uint64_t> unit_sides_;
  std::vector<std::size_t> first_;
  std::vector<std::uint32_t> other_;
  std::vector<std::uint8_t> other_side_;
  std::array<std::vector<std::uint32_t>, 2> allowed_of_role_;
  /// Of named actors with cells: what fits them.
  std::deque<std::vector<std::uint32_t>> own_;
  std::vector<std::span<const std::uint32_t>> allowed_;
  std::vector<std::uint32_t> value_;
  std::vector<std::int64_t> base_;
  std::vector<std::int64_t> part_;
  std::vector<tie> ties_;
  std::vector<std::int64_t> tally_;
  std::vector<double> gain_;
  std::vector<std::pair<std::size_t, stakes>> touched_;
};

}  // namespace

std::vector<compiled_share> compile_shares(const surrogate_profile& profile,
                                           const trait_family& family) {
  std::vector<compiled_share> compiled;
  for (const share_target& share : profile.shares) {
    bool here = false;
    for (const auto* conditions :
         {&share.actor, &share.opposite, &share.among_actor, &share.among_opposite}) {
      for (const trait_condition& condition : *conditions) {
        here = here || std::find(family.columns.begin(), family.columns.end(), condition.column) !=
                           family.columns.end();
      }
    }
    if (!here) continue;
    compiled_share one;
    one.target = &share;
    for (const kind_target& kind : profile.kinds) {
      compiled_share::ends ends;
      if (counts_kind(share.of, kind)) {
        const bool partner_gives = !kind.sample_gives;
        ends.giver = share.counted == counted::giver || share.counted == counted::both_ends ||
                     (share.counted == counted::partner && partner_gives);
        ends.taker = share.counted == counted::taker || share.counted == counted::both_ends ||
                     (share.counted == counted::partner && !partner_gives);
      }
      one.base_ends.push_back(ends);
      one.part_ends.push_back(counts_kind(share.part_of, kind) ? ends : compiled_share::ends{});
    }
    for (const trait_value& value : family.values) {
      const bool actor_base = meets(value, family, share.among_actor);
      const bool opposite_base = meets(value, family, share.among_opposite);
      one.actor_base.push_back(actor_base);
      one.actor_part.push_back(actor_base && meets(value, family, share.actor));
      one.opposite_base.push_back(opposite_base);
      one.opposite_part.push_back(opposite_base && meets(value, family, share.opposite));
      one.looks_across = one.looks_across || one.opposite_part.back() == 0;
    }
    compiled.push_back(std::move(one));
  }
  return compiled;
}

std::vector<std::uint32_t> choose_traits(const surrogate_profile& profile,
                                         const trait_family& family, const trait_actors& actors,
                                         const wired_arcs& arcs, std::uint64_t seed,
                                         const parallel& workers) {
  return trait_search(profile, family, actors, arcs, seed, workers).run();
}

}  // namespace valuenet::detail
