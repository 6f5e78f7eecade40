// Measured from the tables alone, and written apart from what made them: this is the judge.
#include "valuenet/synthesis/calibration.hpp"

#include "valuenet/metrics/clustering.hpp"
#include "valuenet/metrics/communities.hpp"
#include "valuenet/metrics/distances.hpp"
#include "valuenet/network/selection.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "detail/parallel.hpp"

namespace valuenet {
namespace {

class judge {
 public:
  judge(const value_network& network, const surrogate_profile& profile,
        const calibration_options& options, const execution& exec)
      : network_(network), profile_(profile), options_(options), exec_(exec), workers_(exec) {}

  calibration_report run() {
    report_.contradictions = contradictions(profile_);
    find_distinct();
    counts();
    for (const stage_target& stage : profile_.stages) structure(stage);
    degrees();
    shares();
    return std::move(report_);
  }

 private:
  void add(target_group group, std::optional<int> year, std::string target, double wanted,
           std::optional<double> reached, double tolerance) {
    calibration_line line{group, year, std::move(target), wanted, reached, tolerance, false, false};
    line.within = reached && std::abs(*reached - wanted) <= tolerance + 1e-9;
    for (const contradiction& each : report_.contradictions) {
      line.is_ruled_out =
          line.is_ruled_out || (each.target == line.target && each.year == line.year);
    }
    report_.lines.push_back(std::move(line));
  }

  /// The first row of every giver, taker and kind.
  void find_distinct() {
    const selection all = select(network_, {.all_actors = true}, exec_);
    for (arc_id arc = 0; arc < all.graph().arc_count(); ++arc) {
      distinct_.push_back(all.relations(arc)[0]);
    }
    std::sort(distinct_.begin(), distinct_.end());
  }

  [[nodiscard]] int year_cell(std::string_view column, actor_id a, int absent) const {
    const text_column* cells = find_column(network_.actors(), column);
    if (cells == nullptr) return absent;
    const std::string_view text = (*cells)[a];
    int year = absent;
    std::from_chars(text.data(), text.data() + text.size(), year);
    return year;
  }

  [[nodiscard]] bool is_sample(actor_id a, const stage_target& stage) const {
    const bool dated = stage.year && find_column(network_.actors(), "sample_from") != nullptr;
    if (!dated) return network_.role(a) == role::sample;
    constexpr int never = std::numeric_limits<int>::max();
    return year_cell("sample_from", a, never) <= *stage.year &&
           *stage.year <= year_cell("sample_until", a, never - 1);
  }

  void counts() {
    if (profile_.stages.empty()) return;
    for (const kind_target& kind : profile_.kinds) {
      if (!kind.relations) continue;
      double rows = 0.0;
      for (relation_id r = 0; r < network_.relation_count(); ++r) {
        rows += network_.relations().kind[r] == kind.kind &&
                network_.relations().dimension[r] == kind.dimension;
      }
      add(target_group::counts, {}, fmt::format("relations of kind {}", kind.kind), *kind.relations,
          rows, 0.0);
    }
  }

  void structure(const stage_target& stage) {
    selection_options options;
    if (stage.year) options.until_year = *stage.year;
    const bool dated = stage.year && !network_.relations().years.empty();
    if (!dated) {
      options.until_year.reset();
      options.all_actors = true;
    }
    const selection chosen = select(network_, options, exec_);
    const graph& g = chosen.graph();
    double samples = 0.0;
    for (const actor_id a : chosen.actors()) samples += is_sample(a, stage);
    add(target_group::counts, stage.year, "actors", stage.actors, g.vertex_count(), 0.0);
    if (stage.sample_actors_printed) {
      add(target_group::counts, stage.year, "sample actors", stage.sample_actors, samples, 0.0);
      add(target_group::counts, stage.year, "relation actors", stage.actors - stage.sample_actors,
          g.vertex_count() - samples, 0.0);
    }
    const auto edges = static_cast<double>(chosen.accounting().edges);
    add(target_group::counts, stage.year, "edges", stage.edges, edges, 0.0);
    const auto compare = [&](const char* name, const std::optional<structure_target>& target,
                             std::optional<double> reached) {
      if (target) {
        add(target_group::structure, stage.year, name, target->value, reached, target->tolerance);
      }
    };
    if (g.vertex_count() > 0) {
      compare("average_degree", stage.average_degree, edges / g.vertex_count());
    }
    if (stage.average_path_length || stage.diameter) {
      const distances_result paths = distances(g, {}, exec_);
      compare("average_path_length", stage.average_path_length, paths.mean);
      std::optional<double> diameter;
      if (paths.diameter) diameter = *paths.diameter;
      compare("diameter", stage.diameter, diameter);
    }
    if (stage.average_clustering) {
      std::vector<std::uint32_t> kinds;
      for (arc_id arc = 0; arc < g.arc_count(); ++arc) {
        kinds.push_back(network_.relations().kind.code(chosen.relations(arc)[0]));
      }
      const clustering_result triangles = clustering(g, {.arc_kinds = kinds}, exec_);
      compare("average_clustering", stage.average_clustering, triangles.average);
    }
    if (stage.modularity) {
      const communities_result found =
          communities(g, {.seed = options_.seed, .runs = options_.runs, .finalists = 2}, exec_);
      compare("modularity", stage.modularity, found.modularity);
    }
    if (!stage.top_out_degree.empty() && g.vertex_count() > 0) {
      std::vector<std::uint64_t> out;
      for (vertex_id v = 0; v < g.vertex_count(); ++v) out.push_back(g.out_neighbors(v).size());
      std::sort(out.rbegin(), out.rend());
      for (const top_share_target& top : stage.top_out_degree) {
        const auto held = static_cast<std::size_t>(
            std::floor(top.top_percent / 100.0 * static_cast<double>(out.size()) + 1e-9));
        const auto sum = std::accumulate(
            out.begin(), out.begin() + static_cast<std::ptrdiff_t>(held), std::uint64_t{0});
        add(target_group::concentration, stage.year,
            fmt::format("out-degree of the top {}%", top.top_percent), top.percent,
            100.0 * static_cast<double>(sum) / static_cast<double>(g.arc_count()), top.tolerance);
      }
    }
  }

  void degrees() {
    std::unordered_map<std::string_view, actor_id> by_label;
    for (actor_id a = 0; a < network_.actor_count(); ++a) by_label.emplace(network_.label(a), a);
    // By word (dimension or kind): in- and out-degrees of all actors.
    std::map<std::string, std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>>>
        counted;
    for (const named_target& named : profile_.named) {
      for (const degree_target& each : named.degrees) counted[each.of];
    }
    for (auto& [word, sides] : counted) {
      sides.first.assign(network_.actor_count(), 0);
      sides.second.assign(network_.actor_count(), 0);
      for (const relation_id r : distinct_) {
        if (network_.relations().dimension[r] != word && network_.relations().kind[r] != word) {
          continue;
        }
        ++sides.first[network_.taker(r)];
        ++sides.second[network_.giver(r)];
      }
    }
    for (const named_target& named : profile_.named) {
      const auto found = by_label.find(named.label);
      for (const degree_target& each : named.degrees) {
        std::optional<double> reached;
        if (found != by_label.end()) {
          const auto& [in, out] = counted[each.of];
          const double given = out[found->second];
          const double taken = in[found->second];
          reached = each.side == degree_side::in    ? taken
                    : each.side == degree_side::out ? given
                                                    : given + taken;
        }
        constexpr const char* sides[] = {"in", "out", "total"};
        add(target_group::degrees, profile_.stages.back().year,
            fmt::format("{}: {}_{}", named.label, each.of, sides[static_cast<int>(each.side)]),
            each.value, reached, 0.0);
      }
    }
  }

  /// By actor: whether it meets the conditions.
  [[nodiscard]] std::vector<std::uint8_t> who_meets(
      const std::vector<trait_condition>& conditions) const {
    std::vector<std::uint8_t> result(network_.actor_count(), 1);
    for (const trait_condition& condition : conditions) {
      const text_column* column = find_column(network_.actors(), condition.column);
      std::vector<std::uint8_t> of_word{0};
      if (column != nullptr) {
        of_word.assign(column->words().size(), 0);
      }
      for (const std::string& value : condition.values) {
        if (value.empty()) of_word[0] = 1;
        if (column == nullptr) continue;
        if (const auto code = column->words().find(value)) of_word[*code] = 1;
      }
      for (actor_id a = 0; a < network_.actor_count(); ++a) {
        const bool found = of_word[column != nullptr ? column->code(a) : 0] != 0;
        if (found == condition.negated) result[a] = 0;
      }
    }
    return result;
  }

  void shares() {
    std::unordered_map<std::string_view, std::size_t> kind_number;
    for (std::size_t k = 0; k < profile_.kinds.size(); ++k) {
      kind_number[profile_.kinds[k].kind] = k;
    }
    std::vector<std::size_t> kind_of;
    for (const relation_id r : distinct_) {
      const auto found = kind_number.find(network_.relations().kind[r]);
      kind_of.push_back(found == kind_number.end() ? profile_.kinds.size() : found->second);
    }
    for (const share_target& share : profile_.shares) {
      workers_.check_stop();
      const auto actor_base = who_meets(share.among_actor);
      const auto actor_part = who_meets(share.actor);
      double base = 0.0;
      double part = 0.0;
      if (share.counted == counted::actors) {
        for (actor_id a = 0; a < network_.actor_count(); ++a) {
          if (share.role != role::unknown && network_.role(a) != share.role) continue;
          base += actor_base[a];
          part += actor_base[a] & actor_part[a];
        }
      } else {
        const auto opposite_base = who_meets(share.among_opposite);
        const auto opposite_part = who_meets(share.opposite);
        const auto is_of = [&](const std::vector<std::string>& words, const kind_target& kind) {
          return words.empty() || std::find(words.begin(), words.end(), kind.kind) != words.end() ||
                 std::find(words.begin(), words.end(), kind.dimension) != words.end();
        };
        std::vector<std::uint8_t> in_base;
        std::vector<std::uint8_t> in_part;
        for (const kind_target& kind : profile_.kinds) {
          in_base.push_back(is_of(share.of, kind));
          in_part.push_back(in_base.back() && is_of(share.part_of, kind));
        }
        const auto count = [&](actor_id a, actor_id b, std::size_t k) {
          if ((actor_base[a] & opposite_base[b]) == 0) return;
          base += 1.0;
          part += in_part[k] & actor_part[a] & opposite_part[b];
        };
        for (std::size_t i = 0; i < distinct_.size(); ++i) {
          const std::size_t k = kind_of[i];
          if (k == profile_.kinds.size() || in_base[k] == 0) continue;
          const actor_id giver = network_.giver(distinct_[i]);
          const actor_id taker = network_.taker(distinct_[i]);
          const bool sample_gives = profile_.kinds[k].sample_gives;
          const bool giver_counts = share.counted == counted::giver ||
                                    share.counted == counted::both_ends ||
                                    (share.counted == counted::partner && !sample_gives);
          const bool taker_counts = share.counted == counted::taker ||
                                    share.counted == counted::both_ends ||
                                    (share.counted == counted::partner && sample_gives);
          if (giver_counts) count(giver, taker, k);
          if (taker_counts) count(taker, giver, k);
        }
      }
      std::optional<double> reached;
      if (base > 0.0) reached = 100.0 * part / base;
      add(target_group::shares, {}, share.label, share.percent, reached, share.tolerance);
    }
  }

  const value_network& network_;
  const surrogate_profile& profile_;
  const calibration_options& options_;
  const execution& exec_;
  detail::parallel workers_;
  calibration_report report_;
  std::vector<relation_id> distinct_;
};

}  // namespace

std::string to_string(target_group group) {
  switch (group) {
    case target_group::counts:
      return "counts";
    case target_group::structure:
      return "structure";
    case target_group::concentration:
      return "concentration";
    case target_group::degrees:
      return "degrees";
    case target_group::shares:
      return "shares";
  }
  return {};
}

std::size_t calibration_report::met() const noexcept {
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(), [](const auto& line) { return line.within; }));
}

bool calibration_report::all_met_but_contradictions() const noexcept {
  return std::all_of(lines.begin(), lines.end(),
                     [](const auto& line) { return line.within || line.is_ruled_out; });
}

calibration_report calibration(const value_network& network, const surrogate_profile& target,
                               const calibration_options& options, const execution& exec) {
  execution quiet = exec;
  quiet.progress = {};
  return judge(network, target, options, quiet).run();
}

}  // namespace valuenet
