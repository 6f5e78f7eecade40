#include "report/coarsening.hpp"

#include <algorithm>
#include <numeric>

namespace valuenet::detail {
namespace {

/// The group of every body, not yet numbered from 0 on: groups are named after their first member.
std::vector<vertex_id> group_bodies(const force_level& level, std::size_t most_merged) {
  const std::size_t count = level.size();
  std::vector<vertex_id> group(count);
  std::iota(group.begin(), group.end(), vertex_id{0});
  std::vector<std::size_t> members(count, 1);
  std::vector<vertex_id> order(count);
  std::iota(order.begin(), order.end(), vertex_id{0});
  std::stable_sort(order.begin(), order.end(), [&](vertex_id a, vertex_id b) {
    return level.offsets[a + 1] - level.offsets[a] < level.offsets[b + 1] - level.offsets[b];
  });
  // For each group, and last for bodies without neighbours: the group of those it has no room for.
  std::vector<vertex_id> waiting(count + 1, no_vertex);
  std::vector<double> pull(count, 0.0);
  std::vector<vertex_id> met;
  for (const vertex_id v : order) {
    if (members[group[v]] > 1) continue;
    met.clear();
    for (std::size_t arc = level.offsets[v]; arc < level.offsets[v + 1]; ++arc) {
      const vertex_id there = group[level.targets[arc]];
      if (pull[there] == 0.0) met.push_back(there);
      pull[there] += level.pulls[arc];
    }
    vertex_id best = no_vertex;
    vertex_id strongest = no_vertex;
    // A group pulls by its springs for its size, so that hubs do not swallow what is around them
    // before closer ties are seen.
    const auto rank = [&](vertex_id there) {
      return pull[there] / static_cast<double>(members[there]);
    };
    for (const vertex_id there : met) {
      if (strongest == no_vertex || pull[there] > pull[strongest]) strongest = there;
      if (members[there] >= most_merged) continue;
      if (best == no_vertex || rank(there) > rank(best)) best = there;
    }
    for (const vertex_id there : met) pull[there] = 0.0;
    if (best == no_vertex) {
      vertex_id& open = waiting[strongest == no_vertex ? count : strongest];
      if (open == no_vertex || members[open] >= most_merged) {
        open = v;
        continue;
      }
      best = open;
    }
    members[group[v]] = 0;
    group[v] = best;
    ++members[best];
  }
  return group;
}

}  // namespace

coarser_level coarsen(const force_level& level, std::size_t most_merged) {
  const std::size_t count = level.size();
  std::vector<vertex_id> group = group_bodies(level, most_merged);

  coarser_level result;
  result.body.assign(count, 0);
  std::vector<vertex_id> number(count, no_vertex);
  vertex_id groups = 0;
  for (std::size_t v = 0; v < count; ++v) {
    vertex_id& named = number[group[v]];
    if (named == no_vertex) named = groups++;
    result.body[v] = named;
  }
  std::vector<std::size_t> first(groups + std::size_t{1}, 0);
  for (const vertex_id body : result.body) ++first[body + std::size_t{1}];
  std::partial_sum(first.begin(), first.end(), first.begin());
  std::vector<vertex_id> member(count);
  {
    std::vector<std::size_t> next(first.begin(), first.end() - 1);
    for (std::size_t v = 0; v < count; ++v) {
      member[next[result.body[v]]++] = static_cast<vertex_id>(v);
    }
  }

  force_level& coarse = result.level;
  coarse.mass.assign(groups, 0.0);
  std::vector<std::size_t> place(groups, 0);  // 1 + where a neighbour's spring stands in this row
  for (vertex_id body = 0; body < groups; ++body) {
    const std::size_t row = coarse.targets.size();
    for (std::size_t i = first[body]; i < first[body + std::size_t{1}]; ++i) {
      const vertex_id v = member[i];
      coarse.mass[body] += level.mass[v];
      for (std::size_t arc = level.offsets[v]; arc < level.offsets[v + 1]; ++arc) {
        const vertex_id other = result.body[level.targets[arc]];
        if (other == body) continue;
        if (place[other] == 0) {
          coarse.targets.push_back(other);
          coarse.pulls.push_back(0.0);
          place[other] = coarse.targets.size();
        }
        coarse.pulls[place[other] - 1] += level.pulls[arc];
      }
    }
    for (std::size_t arc = row; arc < coarse.targets.size(); ++arc) place[coarse.targets[arc]] = 0;
    coarse.offsets.push_back(coarse.targets.size());
  }
  return result;
}

}  // namespace valuenet::detail
