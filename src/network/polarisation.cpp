#include "valuenet/network/polarisation.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "detail/parallel.hpp"
#include "detail/random.hpp"

namespace valuenet {
namespace {

struct ends {
  vertex_id from;
  vertex_id to;
};

/// Edges without loops, an undirected one once.
std::vector<ends> edges_of(const graph& g) {
  std::vector<ends> edges;
  edges.reserve(g.edge_count());
  for (vertex_id v = 0; v < g.vertex_count(); ++v) {
    for (const vertex_id w : g.out_neighbors(v)) {
      if (v != w && (g.is_directed() || v < w)) edges.push_back({v, w});
    }
  }
  return edges;
}

std::optional<double> index_of(std::uint64_t external, std::uint64_t internal) {
  if (external + internal == 0) return std::nullopt;
  const auto e = static_cast<double>(external);
  const auto i = static_cast<double>(internal);
  return (e - i) / (e + i);
}

}  // namespace

ei_result ei_index(const graph& g, std::span<const std::uint32_t> group, const ei_options& options,
                   const execution& exec) {
  const vertex_id n = g.vertex_count();
  if (group.size() != n) {
    throw std::invalid_argument("ei_index: group has " + std::to_string(group.size()) +
                                " entries, the graph " + std::to_string(n) + " vertices");
  }
  if (options.permutations < 0) {
    throw std::invalid_argument("ei_index: permutations = " + std::to_string(options.permutations) +
                                " is below 0");
  }
  detail::parallel workers(exec);
  ei_result result;
  result.permutations = options.permutations;
  result.seed = options.seed;
  std::vector<vertex_id> grouped;
  std::vector<std::uint64_t> sizes;
  for (vertex_id v = 0; v < n; ++v) {
    if (group[v] == no_group) continue;
    if (group[v] >= (std::uint32_t{1} << 24)) {
      throw std::invalid_argument("ei_index: group " + std::to_string(group[v]) +
                                  "; groups are numbered from 0, below 16777216");
    }
    grouped.push_back(v);
    if (group[v] >= sizes.size()) sizes.resize(group[v] + std::size_t{1}, 0);
    ++sizes[group[v]];
  }
  result.groups.resize(sizes.size());
  std::vector<ends> edges = edges_of(g);
  std::erase_if(edges, [&](const ends& each) {
    const bool is_without = group[each.from] == no_group || group[each.to] == no_group;
    result.without_group += is_without ? 1 : 0;
    return is_without;
  });
  for (const ends& each : edges) {
    const std::uint32_t from = group[each.from];
    const std::uint32_t to = group[each.to];
    if (from == to) {
      ++result.internal;
      ++result.groups[from].internal;
    } else {
      ++result.external;
      ++result.groups[from].external;
      ++result.groups[to].external;
    }
  }
  result.index = index_of(result.external, result.internal);
  for (ei_result::group& each : result.groups) {
    each.index = index_of(each.external, each.internal);
  }
  if (!result.index) return result;
  const auto members = static_cast<double>(grouped.size());
  double same = 0.0;
  for (const std::uint64_t size : sizes) {
    same += static_cast<double>(size) * (static_cast<double>(size) - 1.0);
  }
  result.expected = 1.0 - 2.0 * same / (members * (members - 1.0));
  if (options.permutations == 0) return result;

  const auto times = static_cast<std::size_t>(options.permutations);
  std::vector<double> permuted(times);
  workers.for_chunks(times, 1, [&](std::size_t begin, std::size_t end) {
    std::vector<std::uint32_t> random(group.begin(), group.end());
    std::vector<std::uint32_t> dealt;
    for (std::size_t p = begin; p < end; ++p) {
      dealt.clear();
      for (const vertex_id v : grouped) dealt.push_back(group[v]);
      detail::random_stream stream(options.seed, p);
      stream.shuffle(dealt);
      for (std::size_t i = 0; i < grouped.size(); ++i) random[grouped[i]] = dealt[i];
      std::uint64_t external = 0;
      for (const ends& each : edges) external += random[each.from] != random[each.to] ? 1 : 0;
      permuted[p] = *index_of(external, edges.size() - external);
    }
  });
  const double far = std::abs(*result.index - *result.expected) - 1e-12;
  double squares = 0.0;
  std::size_t as_far = 1;
  for (const double each : permuted) {
    const double off = each - *result.expected;
    squares += off * off;
    as_far += std::abs(off) >= far ? 1 : 0;
  }
  result.deviation = std::sqrt(squares / static_cast<double>(times));
  result.p_value = static_cast<double>(as_far) / (static_cast<double>(times) + 1.0);
  return result;
}

relation_grouping group_core_periphery(const value_network& network, const grouping& actors,
                                       const std::vector<std::string>& core) {
  if (core.empty()) throw std::invalid_argument("group_core_periphery: no core group is named");
  if (actors.group.size() != network.actor_count()) {
    throw std::invalid_argument("group_core_periphery: grouping \"" + actors.name + "\" has " +
                                std::to_string(actors.group.size()) + " actors, the network " +
                                std::to_string(network.actor_count()));
  }
  std::vector<std::uint8_t> is_core(actors.labels.size(), 0);
  for (const std::string& name : core) {
    const auto at = std::find(actors.labels.begin(), actors.labels.end(), name);
    if (at == actors.labels.end()) {
      throw std::invalid_argument("group_core_periphery: no actor's " + actors.name + " is " +
                                  name);
    }
    is_core[static_cast<std::size_t>(at - actors.labels.begin())] = 1;
  }
  relation_grouping result{.name = "core and periphery",
                           .labels = {"core to core", "core to periphery", "periphery to core",
                                      "periphery to periphery"},
                           .group = {},
                           .other_end = {}};
  const relation_table& table = network.relations();
  result.group.reserve(table.size());
  for (std::size_t r = 0; r < table.size(); ++r) {
    const std::uint32_t from = actors.group[table.givers[r]];
    const std::uint32_t to = actors.group[table.takers[r]];
    if (from == no_group || to == no_group) {
      result.group.push_back(no_group);
    } else {
      result.group.push_back((is_core[from] != 0 ? 0U : 2U) + (is_core[to] != 0 ? 0U : 1U));
    }
  }
  return result;
}

}  // namespace valuenet
