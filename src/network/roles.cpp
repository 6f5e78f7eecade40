#include "valuenet/network/roles.hpp"

#include "valuenet/graph/subgraph.hpp"
#include "valuenet/network/grouping.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>

#include "detail/neighborhood.hpp"
#include "detail/parallel.hpp"
#include "detail/random.hpp"

namespace valuenet {
namespace {

/// z_ij = a_ij + a_ji of every pair, as rows without loops, with row sums and maxima.
struct tie_rows {
  graph rows;
  std::vector<double> sum;
  std::vector<double> largest;

  [[nodiscard]] double strength(vertex_id v, std::size_t i) const {
    const auto weights = rows.out_weights(v);
    return weights.empty() ? 1.0 : *(weights.data() + i);
  }
};

tie_rows ties_of(const graph& g, tie_strength strength, const execution& exec) {
  if (strength == tie_strength::weight) {
    for (const double weight : g.out_weights()) {
      if (weight < 0.0) {
        throw std::invalid_argument("structural_holes: a weight is " + std::to_string(weight) +
                                    "; strengths are 0 or more");
      }
    }
  }
  tie_rows result;
  const duplicates merge = strength == tie_strength::unit ? duplicates::first : duplicates::sum;
  graph simple = simple_view(g, merge, exec);
  if (g.is_directed()) {
    // With unit strengths a reciprocal pair has z = 2: count the arcs of the simple graph.
    const duplicates join = strength == tie_strength::unit ? duplicates::count : duplicates::sum;
    simple = undirected_view(simple, join, exec);
  } else if (strength == tie_strength::unit && simple.is_weighted()) {
    simple = simple_view(simple, duplicates::count, exec);
  }
  result.rows = std::move(simple);
  const vertex_id n = result.rows.vertex_count();
  result.sum.assign(n, 0.0);
  result.largest.assign(n, 0.0);
  for (vertex_id v = 0; v < n; ++v) {
    for (std::size_t i = 0; i < result.rows.out_arc_count(v); ++i) {
      result.sum[v] += result.strength(v, i);
      result.largest[v] = std::max(result.largest[v], result.strength(v, i));
    }
  }
  return result;
}

}  // namespace

structural_holes_result structural_holes(const graph& g, tie_strength strength,
                                         const execution& exec) {
  detail::parallel workers(exec);
  const tie_rows ties = ties_of(g, strength, exec);
  const vertex_id n = g.vertex_count();
  structural_holes_result result;
  result.constraint.assign(n, 0.0);
  result.effective_size.assign(n, 0.0);
  result.efficiency.assign(n, 0.0);
  result.hierarchy.assign(n, 0.0);
  result.defined.assign(n, 0);
  result.hierarchy_defined.assign(n, 0);

  // Of the vertex in hand, at its neighbours: p_ij, the indirect investment, and the redundancy.
  struct scratch {
    std::vector<double> invested, indirect, redundancy;
  };
  std::vector<scratch> scratches(workers.workers());
  workers.for_chunks(n, 64, [&](std::size_t begin, std::size_t end, std::size_t worker) {
    scratch& own = scratches[worker];
    own.invested.resize(n, 0.0);
    own.indirect.resize(n, 0.0);
    own.redundancy.resize(n, 0.0);
    for (std::size_t each = begin; each < end; ++each) {
      const auto i = static_cast<vertex_id>(each);
      const auto neighbors = ties.rows.out_neighbors(i);
      if (neighbors.empty() || ties.sum[i] <= 0.0) continue;
      if (neighbors.size() > 4096) workers.check_stop();
      for (std::size_t k = 0; k < neighbors.size(); ++k) {
        own.invested[neighbors[k]] = ties.strength(i, k) / ties.sum[i];
      }
      for (const vertex_id q : neighbors) {
        const auto second = ties.rows.out_neighbors(q);
        for (std::size_t k = 0; k < second.size(); ++k) {
          const vertex_id j = second[k];
          if (own.invested[j] == 0.0) continue;
          const double z = ties.strength(q, k);
          own.indirect[j] += own.invested[q] * z / ties.sum[q];
          // m_qj of q with the common neighbour j, weighted with what i invests in j.
          own.redundancy[q] += own.invested[j] * z / ties.largest[q];
        }
      }
      double constraint = 0.0;
      double effective = 0.0;
      for (const vertex_id j : neighbors) {
        const double share = own.invested[j] + own.indirect[j];
        constraint += share * share;
        effective += 1.0 - own.redundancy[j];
      }
      const auto count = static_cast<double>(neighbors.size());
      double hierarchy = 0.0;
      for (const vertex_id j : neighbors) {
        const double share = own.invested[j] + own.indirect[j];
        const double relative = share * share * count / constraint;
        if (relative > 0.0) hierarchy += relative * std::log(relative);
        own.invested[j] = own.indirect[j] = own.redundancy[j] = 0.0;
      }
      result.constraint[i] = constraint;
      result.effective_size[i] = effective;
      result.efficiency[i] = effective / count;
      result.defined[i] = 1;
      if (neighbors.size() > 1) {
        // What rounding alone leaves of alike contacts is none.
        const double unequal = hierarchy / (count * std::log(count));
        result.hierarchy[i] = unequal > 1e-14 ? unequal : 0.0;
        result.hierarchy_defined[i] = 1;
      }
    }
  });
  return result;
}

std::string_view to_string(brokerage_role role) noexcept {
  switch (role) {
    case brokerage_role::coordinator:
      return "coordinator";
    case brokerage_role::itinerant:
      return "itinerant";
    case brokerage_role::gatekeeper:
      return "gatekeeper";
    case brokerage_role::representative:
      return "representative";
    case brokerage_role::liaison:
      break;
  }
  return "liaison";
}

namespace {

using role_counts = std::array<std::uint64_t, brokerage_roles>;

brokerage_role role_of(std::uint32_t from, std::uint32_t broker, std::uint32_t to) {
  if (from == to) {
    return from == broker ? brokerage_role::coordinator : brokerage_role::itinerant;
  }
  if (broker == to) return brokerage_role::gatekeeper;
  return from == broker ? brokerage_role::representative : brokerage_role::liaison;
}

/// Calls visit(b, a, c) for the open paths a -> b -> c of the brokers [begin, end).
template <class Visit>
void for_open_paths(const graph& g, std::size_t begin, std::size_t end,
                    std::span<const std::uint32_t> group, const detail::parallel& workers,
                    Visit&& visit) {
  for (std::size_t each = begin; each < end; ++each) {
    const auto b = static_cast<vertex_id>(each);
    if (group[b] == no_group) continue;
    const auto takers = g.out_neighbors(b);
    if (g.in_arc_count(b) * takers.size() > 1000000) workers.check_stop();
    for (const vertex_id a : g.in_neighbors(b)) {
      if (group[a] == no_group) continue;
      // Both rows ascend: pass over the takers that a gives to itself.
      const auto direct = g.out_neighbors(a);
      std::size_t at = 0;
      const bool is_longer = direct.size() > 16 * takers.size();
      for (const vertex_id c : takers) {
        if (c == a || group[c] == no_group) continue;
        bool is_closed = false;
        if (is_longer) {
          is_closed = std::binary_search(direct.begin(), direct.end(), c);
        } else {
          while (at < direct.size() && direct[at] < c) ++at;
          is_closed = at < direct.size() && direct[at] == c;
        }
        if (!is_closed) visit(b, a, c);
      }
    }
  }
}

}  // namespace

std::optional<double> brokerage_result::z_score(vertex_id v, brokerage_role role) const {
  if (deviation.empty()) return std::nullopt;
  const auto r = static_cast<std::size_t>(role);
  if (deviation[v][r] <= 0.0) return std::nullopt;
  return (static_cast<double>(counts[v][r]) - expected[v][r]) / deviation[v][r];
}

brokerage_result brokerage(const graph& g, std::span<const std::uint32_t> group,
                           const brokerage_options& options, const execution& exec) {
  const vertex_id n = g.vertex_count();
  if (group.size() != n) {
    throw std::invalid_argument("brokerage: group has " + std::to_string(group.size()) +
                                " entries, the graph " + std::to_string(n) + " vertices");
  }
  if (options.permutations < 0) {
    throw std::invalid_argument(
        "brokerage: permutations = " + std::to_string(options.permutations) + " is below 0");
  }
  detail::parallel workers(exec);
  const graph simple = simple_view(g, duplicates::first, exec);
  brokerage_result result;
  result.permutations = options.permutations;
  result.seed = options.seed;
  result.counts.assign(n, role_counts{});
  workers.for_chunks(n, 32, [&](std::size_t begin, std::size_t end) {
    for_open_paths(simple, begin, end, group, workers, [&](vertex_id b, vertex_id a, vertex_id c) {
      ++result.counts[b][static_cast<std::size_t>(role_of(group[a], group[b], group[c]))];
    });
  });
  for (const role_counts& counts : result.counts) {
    for (std::size_t r = 0; r < brokerage_roles; ++r) result.total[r] += counts[r];
  }
  if (options.permutations == 0) return result;

  result.expected.assign(n, {});
  result.deviation.assign(n, {});
  std::vector<vertex_id> grouped;
  for (vertex_id v = 0; v < n; ++v) {
    if (group[v] != no_group) grouped.push_back(v);
  }
  std::vector<std::uint32_t> random(group.begin(), group.end());
  std::vector<vertex_id> holder(n, no_vertex);
  for (int p = 0; p < options.permutations; ++p) {
    std::vector<vertex_id> dealt = grouped;
    detail::random_stream stream(options.seed, static_cast<std::uint64_t>(p));
    stream.shuffle(dealt);
    for (std::size_t i = 0; i < grouped.size(); ++i) {
      random[grouped[i]] = group[dealt[i]];
      holder[dealt[i]] = grouped[i];
    }
    workers.for_chunks(n, 32, [&](std::size_t begin, std::size_t end) {
      for (std::size_t each = begin; each < end; ++each) {
        const auto b = static_cast<vertex_id>(each);
        if (group[b] == no_group) continue;
        // The broker keeps its own group: it swaps with whoever was dealt it. That leaves every
        // dealing among the others equally likely.
        const auto group_now = [&](vertex_id v) { return random[v == holder[b] ? b : v]; };
        role_counts counts{};
        for_open_paths(
            simple, b, b + std::size_t{1}, group, workers,
            [&](vertex_id, vertex_id a, vertex_id c) {
              ++counts[static_cast<std::size_t>(role_of(group_now(a), group[b], group_now(c)))];
            });
        for (std::size_t r = 0; r < brokerage_roles; ++r) {
          const auto x = static_cast<double>(counts[r]);
          result.expected[b][r] += x;
          result.deviation[b][r] += x * x;
        }
      }
    });
  }
  const auto times = static_cast<double>(options.permutations);
  for (vertex_id v = 0; v < n; ++v) {
    for (std::size_t r = 0; r < brokerage_roles; ++r) {
      const double mean = result.expected[v][r] / times;
      const double square = result.deviation[v][r] / times;
      result.expected[v][r] = mean;
      result.deviation[v][r] = std::sqrt(std::max(0.0, square - mean * mean));
    }
  }
  return result;
}

cut_result cuts(const graph& g, const execution& exec) {
  const detail::parallel workers(exec);
  const graph simple = g.is_directed() ? undirected_view(simple_view(g, duplicates::first, exec),
                                                         duplicates::first, exec)
                                       : simple_view(g, duplicates::first, exec);
  const vertex_id n = simple.vertex_count();
  cut_result result;
  result.is_articulation.assign(n, 0);
  result.parts.assign(n, 0);
  std::vector<vertex_id> found(n, 0);  // 0: not yet; else one more than the order of discovery
  std::vector<vertex_id> low(n, 0);
  std::vector<arc_id> next(n, 0);
  std::vector<vertex_id> parent(n, no_vertex);
  std::vector<vertex_id> path;
  vertex_id clock = 0;
  for (vertex_id root = 0; root < n; ++root) {
    if (found[root] != 0) continue;
    if (root % 4096 == 0) workers.check_stop();
    found[root] = low[root] = ++clock;
    path.push_back(root);
    while (!path.empty()) {
      const vertex_id v = path.back();
      const auto neighbors = simple.out_neighbors(v);
      if (next[v] < neighbors.size()) {
        const vertex_id w = neighbors[next[v]++];
        if (found[w] == 0) {
          parent[w] = v;
          found[w] = low[w] = ++clock;
          path.push_back(w);
        } else if (w != parent[v]) {
          low[v] = std::min(low[v], found[w]);
        }
        continue;
      }
      path.pop_back();
      const vertex_id above = parent[v];
      if (above == no_vertex) continue;
      low[above] = std::min(low[above], low[v]);
      // Below `above`, what hangs from v comes off with it.
      if (low[v] >= found[above]) ++result.parts[above];
      if (low[v] > found[above]) {
        result.bridges.push_back({std::min(v, above), std::max(v, above)});
      }
    }
  }
  for (vertex_id v = 0; v < n; ++v) {
    if (parent[v] != no_vertex) ++result.parts[v];  // the part above it
    result.is_articulation[v] = result.parts[v] > 1 ? 1 : 0;
    if (simple.out_arc_count(v) == 0) result.parts[v] = 0;
  }
  std::sort(result.bridges.begin(), result.bridges.end());
  return result;
}

participation_result participation(const graph& g, std::span<const std::uint32_t> group,
                                   const execution& exec) {
  const vertex_id n = g.vertex_count();
  if (group.size() != n) {
    throw std::invalid_argument("participation: group has " + std::to_string(group.size()) +
                                " entries, the graph " + std::to_string(n) + " vertices");
  }
  detail::parallel workers(exec);
  participation_result result{.participation = std::vector<double>(n, 0.0),
                              .defined = std::vector<std::uint8_t>(n, 0),
                              .within_z = std::vector<double>(n, 0.0),
                              .z_defined = std::vector<std::uint8_t>(n, 0)};
  std::vector<std::uint64_t> own(n, 0);
  workers.for_chunks(n, 512, [&](std::size_t begin, std::size_t end) {
    std::vector<std::uint32_t> groups;
    for (std::size_t each = begin; each < end; ++each) {
      const auto v = static_cast<vertex_id>(each);
      groups.clear();
      detail::for_each_neighbor(g, v, [&](const detail::neighbor_place& place) {
        if (place.neighbor == v || group[place.neighbor] == no_group) return;
        groups.push_back(group[place.neighbor]);
        own[v] += group[place.neighbor] == group[v] ? 1 : 0;
      });
      if (groups.empty()) continue;
      std::sort(groups.begin(), groups.end());
      const auto all = static_cast<double>(groups.size());
      double together = 0.0;
      for (std::size_t i = 0; i < groups.size();) {
        const std::size_t first = i;
        while (i < groups.size() && groups[i] == groups[first]) ++i;
        const double share = static_cast<double>(i - first) / all;
        together += share * share;
      }
      result.participation[v] = 1.0 - together;
      result.defined[v] = 1;
    }
  });
  // Exact sums of whole numbers: the order does not matter.
  std::unordered_map<std::uint32_t, std::array<double, 3>> groups;  // vertices, sum, sum of squares
  for (vertex_id v = 0; v < n; ++v) {
    if (group[v] == no_group) continue;
    auto& sums = groups[group[v]];
    const auto count = static_cast<double>(own[v]);
    sums[0] += 1.0;
    sums[1] += count;
    sums[2] += count * count;
  }
  for (vertex_id v = 0; v < n; ++v) {
    if (group[v] == no_group) continue;
    const auto& [vertices, sum, squares] = groups.at(group[v]);
    const double variance = vertices * squares - sum * sum;  // times vertices squared
    if (!(variance > 0.0)) continue;
    result.within_z[v] = (vertices * static_cast<double>(own[v]) - sum) / std::sqrt(variance);
    result.z_defined[v] = 1;
  }
  return result;
}

}  // namespace valuenet
