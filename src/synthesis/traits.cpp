#include "synthesis/traits.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>
#include <stdexcept>
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

/// Arcs by actor: at its own end, who is at the other.
struct incidence {
  std::uint32_t other;
  std::uint8_t kind;
  bool gives;
};

class trait_search {
 public:
  trait_search(const surrogate_profile& profile, const trait_family& family,
               const trait_actors& actors, const wired_arcs& arcs, std::uint64_t seed,
               const parallel& workers)
      : family_(family),
        actors_(actors),
        workers_(workers),
        shares_(compile_shares(profile, family)),
        random_(stream_for(seed, purpose::traits,
                           static_cast<std::uint64_t>(&family - profile.traits.data()))),
        kinds_(profile.kinds.size()) {
    index(arcs);
    begin();
  }

  std::vector<std::uint32_t> run() {
    constexpr int most_sweeps = 12;
    std::vector<std::uint32_t> order(value_.size());
    std::iota(order.begin(), order.end(), 0U);
    for (int sweep = 0; sweep < most_sweeps && !close_enough(); ++sweep) {
      random_.shuffle(order);
      std::size_t moved = 0;
      for (std::size_t i = 0; i < order.size(); ++i) {
        if (i % 1024 == 0) {
          workers_.check_stop();
          if (close_enough()) return value_;
        }
        moved += improve(order[i]);
      }
      if (moved == 0) break;
    }
    return value_;
  }

 private:
  void index(const wired_arcs& arcs) {
    const std::size_t n = actors_.roles.size();
    first_.assign(n + 1, 0);
    for (std::size_t i = 0; i < arcs.size(); ++i) {
      ++first_[arcs.givers[i] + std::size_t{1}];
      ++first_[arcs.takers[i] + std::size_t{1}];
    }
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    at_.resize(2 * arcs.size());
    std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
    for (std::size_t i = 0; i < arcs.size(); ++i) {
      at_[next[arcs.givers[i]]++] = {arcs.takers[i], arcs.kinds[i], true};
      at_[next[arcs.takers[i]]++] = {arcs.givers[i], arcs.kinds[i], false};
    }
  }

  /// Everybody gets any value that is allowed.
  void begin() {
    const std::size_t n = actors_.roles.size();
    std::vector<std::uint32_t> of_role[3];
    for (std::uint32_t v = 0; v < family_.values.size(); ++v) {
      for (const role who : {role::sample, role::relation}) {
        if (family_.values[v].role == role::unknown || family_.values[v].role == who) {
          of_role[static_cast<std::size_t>(who)].push_back(v);
        }
      }
    }
    allowed_of_role_ = {of_role[static_cast<std::size_t>(role::sample)],
                        of_role[static_cast<std::size_t>(role::relation)]};
    value_.resize(n);
    allowed_.resize(n);
    for (std::size_t a = 0; a < n; ++a) {
      const auto& general = allowed_of_role_[actors_.roles[a] == role::sample ? 0 : 1];
      if (actors_.named[a] != nullptr) {
        std::vector<trait_condition> cells;
        for (const named_cell& cell : actors_.named[a]->cells) {
          if (std::find(family_.columns.begin(), family_.columns.end(), cell.column) !=
              family_.columns.end()) {
            cells.push_back({cell.column, {cell.value}, false});
          }
        }
        if (!cells.empty()) {
          for (const std::uint32_t v : general) {
            if (meets(family_.values[v], family_, cells)) own_.push_back(v);
          }
          allowed_[a] = {own_.size() - own_start_, own_start_};
          own_start_ = own_.size();
        }
      }
      const auto choices = allowed(a);
      if (choices.empty()) {
        throw std::invalid_argument(fmt::format(
            "surrogate: no value of the columns {} is allowed for {}",
            fmt::join(family_.columns, ", "),
            actors_.named[a] != nullptr ? actors_.named[a]->label : std::string("an actor")));
      }
      value_[a] = choices[random_.below(choices.size())];
    }
    base_.assign(shares_.size(), 0);
    part_.assign(shares_.size(), 0);
    for (std::uint32_t a = 0; a < n; ++a) {
      for (std::size_t s = 0; s < shares_.size(); ++s) count_own(a, s);
    }
  }

  [[nodiscard]] std::span<const std::uint32_t> allowed(std::size_t a) const {
    const auto [count, start] = allowed_[a];
    if (count > 0 || start > 0) return {own_.data() + start, count};
    return allowed_of_role_[actors_.roles[a] == role::sample ? 0 : 1];
  }

  [[nodiscard]] bool counts_actor(std::uint32_t a, const share_target& target) const {
    return target.role == role::unknown || target.role == actors_.roles[a];
  }

  /// Adds what the ends counted at the actor are worth: so that every end is added once.
  void count_own(std::uint32_t a, std::size_t s) {
    const compiled_share& share = shares_[s];
    const std::uint32_t v = value_[a];
    if (share.target->counted == counted::actors) {
      if (!counts_actor(a, *share.target)) return;
      base_[s] += share.actor_base[v];
      part_[s] += share.actor_part[v];
      return;
    }
    for (std::size_t i = first_[a]; i < first_[a + std::size_t{1}]; ++i) {
      const incidence& arc = at_[i];
      const std::uint32_t w = value_[arc.other];
      const auto& base = share.base_ends[arc.kind];
      const auto& part = share.part_ends[arc.kind];
      if (arc.gives ? base.giver : base.taker) {
        base_[s] += share.actor_base[v] & share.opposite_base[w];
      }
      if (arc.gives ? part.giver : part.taker) {
        part_[s] += share.actor_part[v] & share.opposite_part[w];
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

  /// The actor takes its best value. Returns whether it changed.
  std::size_t improve(std::uint32_t a) {
    const auto choices = allowed(a);
    if (choices.size() < 2) return 0;
    const std::uint32_t old = value_[a];
    double best_gain = -1e-9;
    std::uint32_t best = old;
    own_counts(a);
    if (touched_.empty()) return 0;
    for (const std::uint32_t v : choices) {
      if (v == old) continue;
      double gain = 0.0;
      for (const std::size_t s : touched_) {
        const auto [base, part] = change(a, s, old, v);
        if (base == 0 && part == 0) continue;
        gain += cost(s, base_[s] + base, part_[s] + part) - cost(s, base_[s], part_[s]);
      }
      if (gain < best_gain) {
        best_gain = gain;
        best = v;
      }
    }
    if (best == old) return 0;
    for (const std::size_t s : touched_) {
      const auto [base, part] = change(a, s, old, best);
      base_[s] += base;
      part_[s] += part;
    }
    value_[a] = best;
    return 1;
  }

  /// Counts the actor's ends by kind and side, and finds the shares that its value can change.
  void own_counts(std::uint32_t a) {
    gives_.assign(kinds_, 0);
    takes_.assign(kinds_, 0);
    for (std::size_t i = first_[a]; i < first_[a + std::size_t{1}]; ++i) {
      ++(at_[i].gives ? gives_ : takes_)[at_[i].kind];
    }
    touched_.clear();
    for (std::size_t s = 0; s < shares_.size(); ++s) {
      const compiled_share& share = shares_[s];
      bool touched = share.target->counted == counted::actors && counts_actor(a, *share.target);
      for (std::size_t k = 0; k < kinds_ && !touched; ++k) {
        const auto& ends = share.base_ends[k];
        touched = (gives_[k] > 0 && (ends.giver || (share.looks_across && ends.taker))) ||
                  (takes_[k] > 0 && (ends.taker || (share.looks_across && ends.giver)));
      }
      if (touched) touched_.push_back(s);
    }
  }

  [[nodiscard]] std::pair<std::int64_t, std::int64_t> change(std::uint32_t a, std::size_t s,
                                                             std::uint32_t from,
                                                             std::uint32_t to) const {
    const compiled_share& share = shares_[s];
    const auto difference = [&](const std::vector<std::uint8_t>& by_value) {
      return static_cast<std::int64_t>(by_value[to]) - static_cast<std::int64_t>(by_value[from]);
    };
    const std::int64_t own_base = difference(share.actor_base);
    const std::int64_t own_part = difference(share.actor_part);
    if (share.target->counted == counted::actors) return {own_base, own_part};
    std::int64_t base = 0;
    std::int64_t part = 0;
    if (!share.looks_across) {
      if (own_base == 0 && own_part == 0) return {0, 0};
      for (std::size_t k = 0; k < kinds_; ++k) {
        if (share.base_ends[k].giver) base += own_base * gives_[k];
        if (share.base_ends[k].taker) base += own_base * takes_[k];
        if (share.part_ends[k].giver) part += own_part * gives_[k];
        if (share.part_ends[k].taker) part += own_part * takes_[k];
      }
      return {base, part};
    }
    const std::int64_t across_base = difference(share.opposite_base);
    const std::int64_t across_part = difference(share.opposite_part);
    if (own_base == 0 && own_part == 0 && across_base == 0 && across_part == 0) return {0, 0};
    for (std::size_t i = first_[a]; i < first_[a + std::size_t{1}]; ++i) {
      const incidence& arc = at_[i];
      const std::uint32_t w = value_[arc.other];
      const auto& base_ends = share.base_ends[arc.kind];
      const auto& part_ends = share.part_ends[arc.kind];
      if (arc.gives ? base_ends.giver : base_ends.taker) base += own_base * share.opposite_base[w];
      if (arc.gives ? part_ends.giver : part_ends.taker) part += own_part * share.opposite_part[w];
      if (arc.gives ? base_ends.taker : base_ends.giver) base += across_base * share.actor_base[w];
      if (arc.gives ? part_ends.taker : part_ends.giver) part += across_part * share.actor_part[w];
    }
    return {base, part};
  }

  const trait_family& family_;
  const trait_actors& actors_;
  const parallel& workers_;
  std::vector<compiled_share> shares_;
  random_stream random_;
  std::size_t kinds_;
  std::vector<std::size_t> first_;
  std::vector<incidence> at_;
  std::array<std::vector<std::uint32_t>, 2> allowed_of_role_;
  /// Of named actors with cells: how many values from where in `own_`.
  std::vector<std::pair<std::size_t, std::size_t>> allowed_;
  std::vector<std::uint32_t> own_{no_value};
  std::size_t own_start_ = 1;
  static constexpr std::uint32_t no_value = 0;
  std::vector<std::uint32_t> value_;
  std::vector<std::int64_t> base_;
  std::vector<std::int64_t> part_;
  std::vector<std::uint32_t> gives_;
  std::vector<std::uint32_t> takes_;
  std::vector<std::size_t> touched_;
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
