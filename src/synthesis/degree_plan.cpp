#include "synthesis/degree_plan.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "synthesis/apportion.hpp"
#include "synthesis/streams.hpp"

namespace valuenet::detail {
namespace {

using counts = std::vector<std::uint32_t>;

[[noreturn]] void refuse(const std::string& message) {
  throw std::invalid_argument("surrogate: " + message);
}

std::string words(std::string_view of, degree_side side) {
  constexpr std::string_view names[] = {"in", "out", "total"};
  return fmt::format("{}_{}", of, names[static_cast<std::size_t>(side)]);
}

std::optional<std::uint32_t> find_degree(const std::vector<degree_target>& degrees,
                                         std::string_view of, degree_side side) {
  for (const degree_target& each : degrees) {
    if (each.of == of && each.side == side) return each.value;
  }
  return std::nullopt;
}

}  // namespace

degree_plan::degree_plan(const surrogate_profile& profile, std::uint64_t seed)
    : profile_(profile), seed_(seed) {
  if (profile.stages.empty() || profile.kinds.empty())
    refuse("the profile has no stage or no kind");
  constexpr std::size_t most_kinds = 32;
  if (profile.kinds.size() > most_kinds) {
    refuse(fmt::format("the profile has {} kinds, at most {} are expected", profile.kinds.size(),
                       most_kinds));
  }
  place_actors();
  plan_edges();
  make_groups();
  settle_named();
  choose_members();
  draw_weights();
}

void degree_plan::place_actors() {
  const auto& stages = profile_.stages;
  counts samples_by_stage(stages.size(), 0);  // arriving
  counts leaving(stages.size(), 0);
  counts relations_by_stage(stages.size(), 0);
  std::uint32_t samples = 0;
  std::uint32_t actors = 0;
  std::uint32_t edges = 0;
  for (std::size_t t = 0; t < stages.size(); ++t) {
    const stage_target& stage = stages[t];
    if (stage.actors < actors || stage.edges < edges || stage.sample_actors > stage.actors) {
      refuse(
          fmt::format("stage {} has {} actors, {} of them sample actors, and {} edges, the one "
                      "before {} and {}; stages are cumulative",
                      t + 1, stage.actors, stage.sample_actors, stage.edges, actors, edges));
    }
    if (stage.sample_actors >= samples) {
      samples_by_stage[t] = stage.sample_actors - samples;
    } else {
      leaving[t] = samples - stage.sample_actors;
    }
    sample_count_ += samples_by_stage[t];
    if (stage.actors - actors < samples_by_stage[t]) {
      refuse(fmt::format("stage {} has {} new sample actors but only {} new actors", t + 1,
                         samples_by_stage[t], stage.actors - actors));
    }
    relations_by_stage[t] = stage.actors - actors - samples_by_stage[t];
    samples = stage.sample_actors;
    actors = stage.actors;
    edges = stage.edges;
  }
  named_.assign(actors, nullptr);
  arrival_.clear();
  for (std::size_t t = 0; t < stages.size(); ++t) {
    arrival_.insert(arrival_.end(), samples_by_stage[t], static_cast<std::uint32_t>(t));
  }
  for (std::size_t t = 0; t < stages.size(); ++t) {
    arrival_.insert(arrival_.end(), relations_by_stage[t], static_cast<std::uint32_t>(t));
  }
  std::uint32_t next_sample = 0;
  std::uint32_t next_relation = sample_count_;
  for (const named_target& named : profile_.named) {
    const bool sample = named.role == role::sample;
    std::uint32_t& next = sample ? next_sample : next_relation;
    if (next >= (sample ? sample_count_ : actors)) {
      refuse("the profile names more actors than it counts");
    }
    named_[next++] = &named;
  }
  // The last to come are the first to lose the role.
  end_of_role_.assign(actors, static_cast<std::uint32_t>(stages.size()));
  for (std::size_t t = 0; t < stages.size(); ++t) {
    for (actor_id a = sample_count_; a-- > 0 && leaving[t] > 0;) {
      if (arrival_[a] < t && end_of_role_[a] == stages.size() && named_[a] == nullptr) {
        end_of_role_[a] = static_cast<std::uint32_t>(t);
        --leaving[t];
      }
    }
    if (leaving[t] > 0) refuse("more named sample actors than stay in the role");
  }
}

void degree_plan::plan_edges() {
  const std::uint32_t last = profile_.stages.back().edges;
  std::uint64_t rows = 0;
  bool all_given = true;
  for (const kind_target& kind : profile_.kinds) {
    if (kind.relations) rows += *kind.relations;
    all_given = all_given && kind.relations.has_value();
  }
  repeats_.assign(profile_.kinds.size(), 0);
  std::vector<double> weights;
  if (all_given) {
    if (last > rows) {
      refuse(fmt::format("{} distinct relations cannot come from {} rows", last, rows));
    }
    counts caps;
    for (const kind_target& kind : profile_.kinds) {
      weights.push_back(*kind.relations);
      caps.push_back(*kind.relations / 2);
    }
    repeats_ = apportion(weights, rows - last, counts(weights.size(), 0), caps, "repeated rows");
    for (std::size_t k = 0; k < weights.size(); ++k) weights[k] -= repeats_[k];
  } else {
    if (rows > last) refuse(fmt::format("{} rows of relations for {} edges", rows, last));
    double shares = 0.0;
    for (const kind_target& kind : profile_.kinds) shares += kind.relations ? 0.0 : kind.share;
    if (!(shares > 0.0)) refuse("kinds without relations need a share");
    for (const kind_target& kind : profile_.kinds) {
      weights.push_back(kind.relations ? static_cast<double>(*kind.relations)
                                       : kind.share / shares * static_cast<double>(last - rows));
    }
  }
  edges_.assign(weights.size(), {});
  const counts none(weights.size(), 0);
  const counts any(weights.size(), unlimited / 64);
  counts before = none;
  for (const stage_target& stage : profile_.stages) {
    const counts now = apportion(weights, stage.edges, before, any, "edges by kind");
    for (std::size_t k = 0; k < now.size(); ++k) edges_[k].push_back(now[k] - before[k]);
    before = now;
  }
}

void degree_plan::make_groups() {
  // A dimension's kinds are planned together where a printed degree or cap counts them together.
  std::unordered_set<std::string> mentioned;
  const auto mention = [&](const std::vector<degree_target>& degrees) {
    for (const degree_target& each : degrees) mentioned.insert(each.of);
  };
  for (const named_target& named : profile_.named) mention(named.degrees);
  mention(profile_.sample_caps);
  mention(profile_.relation_caps);
  std::unordered_map<std::string, std::string> word_of_kind;
  for (const kind_target& kind : profile_.kinds) {
    const bool together = mentioned.contains(kind.dimension);
    if (together && mentioned.contains(kind.kind) && kind.kind != kind.dimension) {
      refuse(fmt::format("degrees are given both of {} and of its kind {}", kind.dimension,
                         kind.kind));
    }
    word_of_kind[kind.kind] = together ? kind.dimension : kind.kind;
  }
  for (const std::string& each : mentioned) {
    bool known = false;
    for (const kind_target& kind : profile_.kinds) {
      known = known || kind.dimension == each || kind.kind == each;
    }
    if (!known) refuse(fmt::format("degrees of \"{}\", which is no dimension and no kind", each));
  }
  const auto place = [&](role who, std::size_t k, degree_side side, end_of_kind end) {
    const std::string& word = word_of_kind[profile_.kinds[k].kind];
    for (group& each : groups_) {
      if (each.role == who && each.of == word && each.side == side) {
        each.slots.push_back({k, end});
        return;
      }
    }
    groups_.push_back({who, word, side, {{k, end}}, 0});
  };
  // Out before in: the second side of an actor's total takes what the first left.
  for (const degree_side side : {degree_side::out, degree_side::in}) {
    for (std::size_t k = 0; k < profile_.kinds.size(); ++k) {
      const kind_target& kind = profile_.kinds[k];
      const bool surveyed = kind.sample_gives == (side == degree_side::out);
      if (surveyed) {
        place(role::sample, k, side, end_of_kind::surveyed);
      } else {
        place(role::relation, k, side, end_of_kind::partner);
        if (kind.sample_to_sample > 0.0) place(role::sample, k, side, end_of_kind::inner);
      }
    }
  }
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    groups_[g].opposite = g;
    for (std::size_t h = 0; h < groups_.size(); ++h) {
      if (h != g && groups_[h].role == groups_[g].role && groups_[h].of == groups_[g].of) {
        groups_[g].opposite = h;
      }
    }
    const auto& caps =
        groups_[g].role == role::sample ? profile_.sample_caps : profile_.relation_caps;
    side_caps_.push_back(find_degree(caps, groups_[g].of, groups_[g].side).value_or(unlimited));
    total_caps_.push_back(find_degree(caps, groups_[g].of, degree_side::total).value_or(unlimited));
  }
}

void degree_plan::settle_named() {
  for (const group& each : groups_) printed_.emplace_back(row_count(each.role), open);
  for (actor_id a = 0; a < actor_count(); ++a) {
    if (named_[a] == nullptr) continue;
    const role who = a < sample_count_ ? role::sample : role::relation;
    const std::size_t row = a - first_actor(who);
    std::size_t used = 0;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (groups_[g].role != who) continue;
      const auto& degrees = named_[a]->degrees;
      const auto own = find_degree(degrees, groups_[g].of, groups_[g].side);
      const auto total = find_degree(degrees, groups_[g].of, degree_side::total);
      const std::size_t h = groups_[g].opposite;
      const auto found =
          h == g ? std::nullopt : find_degree(degrees, groups_[h].of, groups_[h].side);
      const bool has_other = found.has_value();
      const std::uint32_t other = found.value_or(0);
      used += own.has_value();
      if (own) printed_[g][row] = *own;
      if (!total) continue;
      const bool first = g <= h;
      used += first;
      if (own && has_other && *own + other != *total) {
        refuse(fmt::format("{} has {} and {} where {} is {}", named_[a]->label,
                           words(groups_[g].of, groups_[g].side) + fmt::format(" {}", *own),
                           words(groups_[h].of, groups_[h].side) + fmt::format(" {}", other),
                           words(groups_[g].of, degree_side::total), *total));
      }
      if (own) continue;
      if (has_other || h == g) {
        if (other > *total) {
          refuse(fmt::format("{} has {} {}, more than its {} {}", named_[a]->label,
                             words(groups_[h].of, groups_[h].side), other,
                             words(groups_[h].of, degree_side::total), *total));
        }
        printed_[g][row] = *total - other;
      } else if (first) {
        // Only the total is known: half, as far as the caps let it.
        printed_[g][row] = std::min(side_caps_[g], *total / 2);
      } else {
        printed_[g][row] = *total - printed_[h][row];
      }
    }
    if (used != named_[a]->degrees.size()) {
      refuse(fmt::format("{} has a degree that no kind of relation of a {} actor gives",
                         named_[a]->label, to_string(who)));
    }
  }
}

void degree_plan::choose_members() {
  std::vector<actor_id> unnamed;
  for (actor_id a = sample_count_; a < actor_count(); ++a) {
    if (named_[a] == nullptr) unnamed.push_back(a);
  }
  random_stream random = stream_for(seed_, purpose::membership);
  random.shuffle(unnamed);
  std::uint64_t wanted = 0;
  std::vector<double> weights;
  counts caps;
  for (const kind_target& kind : profile_.kinds) {
    wanted += kind.relation_side_actors;
    weights.push_back(kind.relation_side_actors);
    caps.push_back(kind.relation_side_actors);
  }
  if (wanted < unnamed.size()) {
    refuse(fmt::format("the kinds have room for {} unnamed relation actors, the profile has {}",
                       wanted, unnamed.size()));
  }
  // First everybody once, in proportion; then the rest of each kind's places to actors of others.
  const counts first = apportion(weights, unnamed.size(), counts(weights.size(), 0), caps,
                                 "unnamed relation actors");
  all_members_.resize(profile_.kinds.size());
  std::size_t next = 0;
  for (std::size_t k = 0; k < all_members_.size(); ++k) {
    for (std::uint32_t i = 0; i < first[k]; ++i) all_members_[k].push_back(unnamed[next++]);
  }
  for (std::size_t k = 0; k < all_members_.size(); ++k) {
    std::vector<std::uint8_t> inside(actor_count(), 0);
    for (const actor_id a : all_members_[k]) inside[a] = 1;
    const std::size_t places =
        std::min<std::size_t>(profile_.kinds[k].relation_side_actors, unnamed.size());
    for (std::size_t taken = all_members_[k].size(); taken < places;) {
      const actor_id a = unnamed[random.below(unnamed.size())];
      taken += std::exchange(inside[a], std::uint8_t{1}) == 0;
    }
    all_members_[k].clear();
    for (actor_id a = sample_count_; a < actor_count(); ++a) {
      if (inside[a] != 0) all_members_[k].push_back(a);
    }
  }
  for (const group& each : groups_) degrees_.emplace_back(row_count(each.role), 0);
  members_.assign(profile_.kinds.size(), {});
}

void degree_plan::draw_weights() {
  weights_.resize(groups_.size());
  std::vector<double> ranks(actor_count(), 1.0);
  random_stream rank_draws = stream_for(seed_, purpose::relation_ranks);
  for (double& rank : ranks) rank = rank_draws.uniform_positive();
  // Giving and taking go together, as in the printed lists, and so do people and capital: every
  // sample actor has one size.
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    const group& each = groups_[g];
    weights_[g].assign(row_count(each.role), 0.0);
    random_stream noise = stream_for(seed_, purpose::noise, g);
    if (each.role == role::sample) {
      random_stream sizes = stream_for(seed_, purpose::sample_weights);
      for (actor_id a = 0; a < sample_count_; ++a) {
        const double size = sizes.normal();
        weights_[g][a] = std::exp(profile_.sample_spread * (0.8 * size + 0.6 * noise.normal()));
      }
      continue;
    }
    for (const slot& s : each.slots) {
      const double exponent = -1.0 / (profile_.kinds[s.kind].relation_side_exponent - 1.0);
      for (const actor_id a : all_members_[s.kind]) {
        const double own = noise.uniform_positive();
        const double chance = profile_.stages[arrival_[a]].relation_correlation;
        const bool common = chance > 0.0 && noise.uniform() < chance;
        weights_[g][a - sample_count_] = std::pow(common ? ranks[a] : own, exponent);
      }
    }
  }
  if (!profile_.stages.back().top_out_degree.empty()) weigh_by_top_shares();
}

/// Out-degrees along the printed curve of top shares, which between two printed points runs
/// straight over the logarithm of the rank: the first ranks are the sample actors', in the order of
/// their sizes, the others the relation actors'.
void degree_plan::weigh_by_top_shares() {
  std::vector<std::pair<double, double>> points{{0.0, 0.0}};
  const double n = actor_count();
  for (const top_share_target& each : profile_.stages.back().top_out_degree) {
    points.emplace_back(std::max(1.0, std::floor(each.top_percent / 100.0 * n)),
                        each.percent / 100.0);
  }
  std::sort(points.begin(), points.end());
  std::size_t givers = sample_count_;
  for (std::size_t k = 0; k < profile_.kinds.size(); ++k) {
    if (!profile_.kinds[k].sample_gives) givers += all_members_[k].size();
  }
  points.emplace_back(std::max(points.back().first + 1, static_cast<double>(givers)), 1.0);
  const auto held = [&](double rank) {
    std::size_t i = 1;
    while (i + 1 < points.size() && points[i].first < rank) ++i;
    const auto [low_rank, low] = points[i - 1];
    const auto [high_rank, high] = points[i];
    const double place =
        (std::log1p(rank) - std::log1p(low_rank)) / (std::log1p(high_rank) - std::log1p(low_rank));
    return low + (high - low) * std::clamp(place, 0.0, 1.0);
  };
  double rank = 0.0;
  std::vector<std::size_t> giving;
  for (const role who : {role::sample, role::relation}) {
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (groups_[g].role == who && groups_[g].side == degree_side::out) giving.push_back(g);
    }
  }
  for (const std::size_t g : giving) {
    std::vector<std::size_t> order;
    for (std::size_t row = 0; row < weights_[g].size(); ++row) {
      if (weights_[g][row] > 0.0) order.push_back(row);
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return weights_[g][a] != weights_[g][b] ? weights_[g][a] > weights_[g][b] : a < b;
    });
    for (const std::size_t row : order) {
      weights_[g][row] = std::max(1e-9, held(rank + 1.0) - held(rank));
      rank += 1.0;
    }
  }
}

std::uint32_t degree_plan::inner_edges(std::size_t k, double factor) const {
  const std::uint32_t edges = edges_[k][stage_];
  const double share = std::min(1.0, profile_.kinds[k].sample_to_sample * factor);
  auto inner = static_cast<std::uint32_t>(std::lround(share * edges));
  // Printed sample actors on the partners' side need theirs.
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    const auto& slots = groups_[g].slots;
    if (groups_[g].role != role::sample || slots.size() != 1 || slots[0].kind != k ||
        slots[0].end != end_of_kind::inner) {
      continue;
    }
    const counts fixed = fixed_degrees(g);
    std::uint64_t needed = 0;
    for (actor_id a = 0; a < sample_count_; ++a) {  // rows of sample actors are their numbers
      if (printed_[g][a] != open) needed += fixed[a] - degrees_[g][a];
    }
    if (needed > edges) {
      refuse(fmt::format("the printed actors need {} of the {} relations of kind {}", needed, edges,
                         profile_.kinds[k].kind));
    }
    inner = std::max(inner, static_cast<std::uint32_t>(needed));
  }
  return inner;
}

/// Of named actors, the degree at the end of this stage: in proportion to the edges, exact in the
/// last.
counts degree_plan::fixed_degrees(std::size_t g) const {
  const actor_id first = first_actor(groups_[g].role);
  counts result(degrees_[g].size(), 0);
  const bool last = stage_ + 1 == profile_.stages.size();
  const double done = static_cast<double>(profile_.stages[stage_].edges) /
                      static_cast<double>(profile_.stages.back().edges);
  for (std::size_t row = 0; row < result.size(); ++row) {
    const std::uint32_t printed = printed_[g][row];
    if (printed == open || arrival_[first + row] > stage_) continue;
    result[row] =
        last ? printed : std::max(degrees_[g][row], static_cast<std::uint32_t>(printed * done));
  }
  return result;
}

std::uint32_t degree_plan::cap_of(std::size_t g, std::size_t row, const stage_plan& plan) const {
  std::uint32_t cap = side_caps_[g];
  const std::size_t h = groups_[g].opposite;
  if (h != g && total_caps_[g] != unlimited) {
    // Out is settled before in: leave room for what is printed of the other side.
    std::uint32_t other = h < g ? plan.degrees[h][row] : degrees_[h][row];
    if (h > g && printed_[h][row] != open) other = printed_[h][row];
    cap = std::min(cap, total_caps_[g] - std::min(total_caps_[g], other));
  }
  return cap;
}

void degree_plan::share_group(std::size_t g, const counts& inner_counts, stage_plan& plan) const {
  const group& each = groups_[g];
  std::vector<std::uint32_t> slot_totals;
  std::uint64_t total = 0;
  for (const slot& s : each.slots) {
    const std::uint32_t edges = edges_[s.kind][stage_];
    const std::uint32_t inner = inner_counts[s.kind];
    slot_totals.push_back(s.end == end_of_kind::surveyed ? edges
                          : s.end == end_of_kind::inner  ? inner
                                                         : edges - inner);
    total += slot_totals.back();
  }
  const std::string what = fmt::format(
      "{} of {} actors{}", words(each.of, each.side), to_string(each.role),
      profile_.stages[stage_].year ? fmt::format(" in {}", *profile_.stages[stage_].year)
                                   : std::string());
  counts& degrees = plan.degrees[g];
  const counts fixed = fixed_degrees(g);
  const actor_id first = first_actor(each.role);
  std::uint64_t taken = 0;
  for (std::size_t row = 0; row < degrees.size(); ++row) {
    if (printed_[g][row] == open || arrival_[first + row] > stage_) continue;
    taken += fixed[row] - degrees[row];
    degrees[row] = fixed[row];
  }
  if (taken > total) {
    refuse(fmt::format("the printed actors need {} of the {} {}", taken, total, what));
  }
  // Who shares the rest: sample actors in the role, relation actors that have a kind of the group.
  std::vector<actor_id> open_actors;
  if (each.role == role::sample) {
    for (actor_id a = 0; a < sample_count_; ++a) {
      if (printed_[g][a] == open && arrival_[a] <= stage_ && stage_ < end_of_role_[a]) {
        open_actors.push_back(a);
      }
    }
  } else {
    for (const slot& s : each.slots) {
      std::vector<actor_id> both;
      std::set_union(open_actors.begin(), open_actors.end(), plan.members[s.kind].begin(),
                     plan.members[s.kind].end(), std::back_inserter(both));
      open_actors = std::move(both);
    }
  }
  const stage_target& stage = profile_.stages[stage_];
  std::vector<double> weights;
  counts least;
  counts caps;
  std::size_t newcomers = 0;
  for (const actor_id a : open_actors) newcomers += arrival_[a] == stage_;
  // Every sample actor takes part in the dimension that has room for all of them; every relation
  // actor in what it is a member of.
  const bool at_least_one =
      each.role == role::relation ||
      (each.slots[0].end == end_of_kind::surveyed && total - taken >= 2 * newcomers);
  for (const actor_id a : open_actors) {
    const bool is_new = arrival_[a] == stage_;
    const std::uint32_t cap = cap_of(g, a - first, plan);
    caps.push_back(cap == unlimited ? unlimited / 64 : cap - std::min(cap, degrees[a - first]));
    least.push_back(is_new && at_least_one ? 1 : 0);
    weights.push_back(weights_[g][a - first] * (is_new ? 1.0 : stage.old_actor_weight));
  }
  const counts shared = apportion(weights, total - taken, least, caps, what);
  for (std::size_t i = 0; i < shared.size(); ++i) degrees[open_actors[i] - first] += shared[i];
  // The new ends, dealt to the kinds.
  std::vector<actor_id> ends;
  ends.reserve(total);
  for (std::size_t row = 0; row < degrees.size(); ++row) {
    ends.insert(ends.end(), degrees[row] - degrees_[g][row], static_cast<actor_id>(first + row));
  }
  if (each.slots.size() > 1) {
    random_stream random = stream_for(seed_, purpose::split, g + 64 * stage_);
    random.shuffle(ends);
  }
  auto from = ends.begin();
  for (std::size_t i = 0; i < each.slots.size(); ++i) {
    auto& to = plan.kinds[each.slots[i].kind];
    auto& side = each.slots[i].end == end_of_kind::surveyed ? to.surveyed : to.partners;
    side.insert(side.end(), from, from + slot_totals[i]);
    from += slot_totals[i];
  }
}

stage_plan degree_plan::next(double inner_factor) const {
  stage_plan plan{std::vector<kind_ends>(profile_.kinds.size()), degrees_, members_};
  for (std::size_t k = 0; k < all_members_.size(); ++k) {
    for (const actor_id a : all_members_[k]) {
      if (arrival_[a] == stage_) plan.members[k].push_back(a);
    }
  }
  counts inner;
  for (std::size_t k = 0; k < profile_.kinds.size(); ++k) {
    inner.push_back(inner_edges(k, inner_factor));
  }
  for (std::size_t g = 0; g < groups_.size(); ++g) share_group(g, inner, plan);
  return plan;
}

void degree_plan::advance(stage_plan plan) {
  degrees_ = std::move(plan.degrees);
  members_ = std::move(plan.members);
  ++stage_;
}

}  // namespace valuenet::detail
