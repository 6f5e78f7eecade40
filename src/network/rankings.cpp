#include "valuenet/network/rankings.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace valuenet {
namespace {

void check_length(std::size_t length, std::size_t vertices, const char* what) {
  if (length == vertices) return;
  throw std::invalid_argument(std::string("ranking: ") + what + " has " + std::to_string(length) +
                              " entries, the selection " + std::to_string(vertices) + " vertices");
}

class matcher {
 public:
  matcher(const selection& selected, std::vector<std::uint8_t>& passes)
      : selected_(selected), passes_(passes) {}

  void require(const text_column& column, const any_of& wanted) {
    if (!wanted.is_given()) return;
    const std::vector<std::uint8_t> listed = words_of(column, wanted);
    keep_if([&](actor_id a) { return listed[column.code(a)] != 0; });
  }

  void exclude(const text_column& column, const any_of& unwanted) {
    if (!unwanted.is_given()) return;
    const std::vector<std::uint8_t> listed = words_of(column, unwanted);
    keep_if([&](actor_id a) { return column.code(a) != 0 && listed[column.code(a)] == 0; });
  }

  void require_role(const any_of& wanted) {
    if (!wanted.is_given()) return;
    for (const std::string& name : wanted.values()) {
      if (name != to_string(role::sample) && name != to_string(role::relation)) {
        throw std::invalid_argument("ranking: role \"" + name +
                                    "\" is unknown; roles are sample and relation");
      }
    }
    keep_if([&](actor_id a) {
      const auto& names = wanted.values();
      return std::find(names.begin(), names.end(), to_string(selected_.network().role(a))) !=
             names.end();
    });
  }

 private:
  static std::vector<std::uint8_t> words_of(const text_column& column, const any_of& words) {
    std::vector<std::uint8_t> listed(column.words().size(), 0);
    for (const std::string& word : words.values()) {
      if (const auto found = column.words().find(word)) listed[*found] = 1;
    }
    return listed;
  }

  template <class Keep>
  void keep_if(Keep&& keep) {
    for (vertex_id v = 0; v < passes_.size(); ++v) {
      if (passes_[v] != 0 && !keep(selected_.actor(v))) passes_[v] = 0;
    }
  }

  const selection& selected_;
  std::vector<std::uint8_t>& passes_;
};

}  // namespace

ranking_result rank_actors(const selection& selected, std::span<const double> values,
                           const ranking_options& options) {
  const std::size_t n = selected.graph().vertex_count();
  check_length(values.size(), n, "values");
  if (!options.among.empty()) check_length(options.among.size(), n, "among");
  ranking_result result;
  double total = 0.0;
  for (vertex_id v = 0; v < n; ++v) {
    if (!options.among.empty() && options.among[v] == 0) continue;
    if (!std::isfinite(values[v])) {
      throw std::invalid_argument("ranking: the value of vertex " + std::to_string(v) +
                                  " is not finite");
    }
    result.actors.push_back({.actor = selected.actor(v),
                             .vertex = v,
                             .value = values[v],
                             .share = {},
                             .cumulative_share = {}});
    total += values[v];
  }
  result.total = total;
  result.population = result.actors.size();
  const bool ascending = options.order == ranking_order::smallest_first;
  std::stable_sort(result.actors.begin(), result.actors.end(),
                   [&](const ranked_actor& a, const ranked_actor& b) {
                     return ascending ? a.value < b.value : a.value > b.value;
                   });
  if (options.k != 0 && result.actors.size() > options.k) {
    std::size_t keep = options.k;
    if (options.ties != tie_rule::ordinal) {
      const double last = result.actors[keep - 1].value;
      while (keep < result.actors.size() && result.actors[keep].value == last) ++keep;
    }
    result.actors.resize(keep);
  }
  double so_far = 0.0;
  for (std::size_t i = 0; i < result.actors.size(); ++i) {
    ranked_actor& each = result.actors[i];
    const bool tied = i > 0 && result.actors[i - 1].value == each.value;
    if (options.ties == tie_rule::ordinal) {
      each.rank = i + 1;
    } else if (tied) {
      each.rank = result.actors[i - 1].rank;
    } else if (options.ties == tie_rule::dense) {
      each.rank = i == 0 ? 1 : result.actors[i - 1].rank + 1;
    } else {
      each.rank = i + 1;
    }
    so_far += each.value;
    if (total != 0.0) {
      each.share = each.value / total;
      each.cumulative_share = so_far / total;
    }
  }
  return result;
}

ranking_result rank_actors(const selection& selected, const actor_metric_result& metric,
                           const ranking_options& options) {
  const std::size_t n = selected.graph().vertex_count();
  check_length(metric.defined.size(), n, "defined");
  if (!options.among.empty()) check_length(options.among.size(), n, "among");
  const actor_metric_facts& facts = facts_of(metric.metric);
  std::vector<std::uint8_t> among = metric.defined;
  std::size_t undefined = 0;
  for (std::size_t v = 0; v < n; ++v) {
    if (!options.among.empty() && options.among[v] == 0) {
      among[v] = 0;
    } else if (among[v] == 0) {
      ++undefined;
    }
  }
  ranking_options choice = options;
  choice.among = among;
  if (!choice.order && facts.least_first) choice.order = ranking_order::smallest_first;
  ranking_result result = rank_actors(selected, metric.values, choice);
  result.undefined = undefined;
  if (!facts.has_total) {
    result.total.reset();
    for (ranked_actor& each : result.actors) {
      each.share.reset();
      each.cumulative_share.reset();
    }
  }
  return result;
}

ranking_result rank_by(const selection& selected, actor_metric metric,
                       const ranking_options& options, const execution& exec) {
  return rank_actors(selected, actor_values(selected, metric, {}, exec), options);
}

std::vector<split_ranking> rank_by_group(const selection& selected,
                                         const actor_metric_result& metric, const grouping& groups,
                                         const ranking_options& options) {
  const std::size_t n = selected.graph().vertex_count();
  if (groups.group.size() != selected.network().actor_count()) {
    throw std::invalid_argument("ranking: grouping \"" + groups.name + "\" has " +
                                std::to_string(groups.group.size()) + " actors, the network " +
                                std::to_string(selected.network().actor_count()));
  }
  if (!options.among.empty()) check_length(options.among.size(), n, "among");
  std::vector<std::vector<vertex_id>> members(groups.labels.size());
  for (vertex_id v = 0; v < n; ++v) {
    const std::uint32_t group = groups.group[selected.actor(v)];
    if (group == no_group || (!options.among.empty() && options.among[v] == 0)) continue;
    members[group].push_back(v);
  }
  std::vector<split_ranking> result;
  std::vector<std::uint8_t> among(n, 0);
  for (std::size_t group = 0; group < members.size(); ++group) {
    if (members[group].empty()) continue;
    for (const vertex_id v : members[group]) among[v] = 1;
    ranking_options choice = options;
    choice.among = among;
    result.push_back({groups.labels[group], rank_actors(selected, metric, choice)});
    for (const vertex_id v : members[group]) among[v] = 0;
  }
  return result;
}

std::vector<std::uint8_t> matching_vertices(const selection& selected,
                                            const actor_conditions& conditions) {
  const actor_table& actors = selected.network().actors();
  std::vector<std::uint8_t> passes(selected.graph().vertex_count(), 1);
  matcher match(selected, passes);
  match.require_role(conditions.role);
  match.require(actors.type, conditions.type);
  match.require(actors.country, conditions.country);
  match.require(actors.province, conditions.province);
  match.require(actors.city, conditions.city);
  match.require(actors.sector, conditions.sector);
  match.require(actors.industry, conditions.industry);
  for (const column_condition& condition : conditions.columns) {
    const text_column* column = find_column(actors, condition.column);
    if (column == nullptr) {
      throw std::invalid_argument("ranking: the actor table has no column \"" + condition.column +
                                  '"');
    }
    match.require(*column, condition.values);
  }
  match.exclude(actors.country, conditions.not_country);
  return passes;
}

}  // namespace valuenet
