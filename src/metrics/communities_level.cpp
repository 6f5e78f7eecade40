#include "metrics/communities_level.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string>

namespace valuenet::detail {
namespace {

constexpr std::size_t vertex_grain = std::size_t{1} << 11;

/// Largest weight of the graph; throws for a weight that has no place in a modularity.
double checked_largest_weight(parallel& workers, const graph& g) {
  if (!g.is_weighted()) return 1.0;
  const auto weights = g.out_weights();
  return workers.reduce(
      weights.size(), std::size_t{1} << 16, 0.0,
      [&](std::size_t begin, std::size_t end) {
        double largest = 0.0;
        for (std::size_t arc = begin; arc < end; ++arc) {
          if (!(weights[arc] >= 0.0) || std::isinf(weights[arc])) {
            throw std::invalid_argument("communities: arc " + std::to_string(arc) +
                                        " has the weight " + std::to_string(weights[arc]) +
                                        "; modularity needs finite weights of at least 0");
          }
          largest = std::max(largest, weights[arc]);
        }
        return largest;
      },
      [](double a, double b) { return std::max(a, b); });
}

/// One neighbour of a vertex: the sums of the arcs to it and from it.
struct neighbor_sums {
  vertex_id neighbor = 0;
  double out = 0.0;
  double in = 0.0;
  bool has_out = false;
  bool has_in = false;
};

/// Calls visit(neighbor_sums) for every distinct neighbour of v, itself included, ascending. Of an
/// undirected graph only the out sums are told.
template <class Visit>
void for_each_neighbor(const graph& g, vertex_id v, Visit&& visit) {
  const auto outs = g.out_neighbors(v);
  const auto out_weights = g.out_weights(v);
  const bool directed = g.is_directed();
  const auto ins = directed ? g.in_neighbors(v) : std::span<const vertex_id>{};
  const auto in_weights = directed ? g.in_weights(v) : std::span<const double>{};
  std::size_t o = 0;
  std::size_t i = 0;
  while (o < outs.size() || i < ins.size()) {
    neighbor_sums sums;
    sums.neighbor =
        std::min(o < outs.size() ? outs[o] : no_vertex, i < ins.size() ? ins[i] : no_vertex);
    for (; o < outs.size() && outs[o] == sums.neighbor; ++o) {
      sums.out += out_weights.empty() ? 1.0 : out_weights[o];
      sums.has_out = true;
    }
    for (; i < ins.size() && ins[i] == sums.neighbor; ++i) {
      sums.in += in_weights.empty() ? 1.0 : in_weights[i];
      sums.has_in = true;
    }
    visit(sums);
  }
}

}  // namespace

community_level ground_level(const graph& g, convention which, double resolution,
                             const execution& exec) {
  parallel workers(exec);
  const std::size_t n = g.vertex_count();
  const bool gephi = which == convention::gephi;
  const bool two_sided = g.is_directed() && !gephi;
  // Weights are scaled by a power of two, which changes no digit, so that no product of masses
  // overflows or vanishes.
  const double largest = checked_largest_weight(workers, g);
  const double scale = largest > 0.0 ? std::ldexp(1.0, -std::ilogb(largest)) : 1.0;

  community_level level;
  level.offsets.assign(n + 1, 0);
  level.out_mass.assign(n, 0.0);
  if (two_sided) level.in_mass.assign(n, 0.0);
  workers.for_each(n, vertex_grain, [&](std::size_t v) {
    std::uint64_t count = 0;
    for_each_neighbor(g, static_cast<vertex_id>(v),
                      [&](const neighbor_sums& sums) { count += sums.neighbor != v ? 1 : 0; });
    level.offsets[v + 1] = count;
  });
  for (std::size_t v = 0; v < n; ++v) level.offsets[v + 1] += level.offsets[v];
  level.neighbors.resize(level.offsets[n]);
  level.bonds.resize(level.offsets[n]);

  workers.for_each(n, vertex_grain, [&](std::size_t v) {
    std::uint64_t slot = level.offsets[v];
    for_each_neighbor(g, static_cast<vertex_id>(v), [&](const neighbor_sums& sums) {
      const bool loop = sums.neighbor == v;
      double bond = (sums.out + sums.in) * scale;
      if (two_sided) {
        level.out_mass[v] += sums.out * scale;
        level.in_mass[v] += sums.in * scale;
      } else if (gephi) {
        if (loop) return;
        if (sums.has_out && sums.has_in) bond = (sums.neighbor < v ? sums.out : sums.in) * scale;
        level.out_mass[v] += bond;
      } else {
        level.out_mass[v] += loop ? 2.0 * bond : bond;
      }
      if (loop) return;
      level.neighbors[slot] = sums.neighbor;
      level.bonds[slot] = bond;
      ++slot;
    });
  });

  for (vertex_id v = 0; v < n && !gephi && g.loop_count() > 0; ++v) {
    for_each_neighbor(g, v, [&](const neighbor_sums& sums) {
      if (sums.neighbor == v) level.loops += (two_sided ? 1.0 : 2.0) * sums.out * scale;
    });
  }
  const double total = workers.reduce(
      n, vertex_grain, 0.0,
      [&](std::size_t begin, std::size_t end) {
        double sum = 0.0;
        for (std::size_t v = begin; v < end; ++v) sum += level.out_mass[v];
        return sum;
      },
      [](double a, double b) { return a + b; });
  if (total > 0.0) {
    // So strong a pull parts everything, and still multiplies to zero with a mass of zero.
    constexpr double strongest = 1e200;
    const double factor = !gephi ? resolution : resolution > 0.0 ? 1.0 / resolution : strongest;
    level.pull = std::min(factor, strongest) / total;
  }
  return level;
}

community_level aggregate(const community_level& below, std::span<const vertex_id> classes,
                          vertex_id count) {
  const std::size_t n = below.size();
  community_level level;
  level.pull = below.pull;
  level.out_mass.assign(count, 0.0);
  if (below.is_directed()) level.in_mass.assign(count, 0.0);
  for (std::size_t v = 0; v < n; ++v) {
    level.out_mass[classes[v]] += below.out_mass[v];
    if (below.is_directed()) level.in_mass[classes[v]] += below.in_mass[v];
  }

  std::vector<vertex_id> first(std::size_t{count} + 1, 0);
  for (std::size_t v = 0; v < n; ++v) ++first[classes[v] + std::size_t{1}];
  for (std::size_t c = 0; c < count; ++c) first[c + 1] += first[c];
  std::vector<vertex_id> members(n);
  {
    std::vector<vertex_id> next(first.begin(), first.end() - 1);
    for (std::size_t v = 0; v < n; ++v) members[next[classes[v]]++] = static_cast<vertex_id>(v);
  }

  level.offsets.reserve(std::size_t{count} + 1);
  level.offsets.push_back(0);
  std::vector<double> bond(count, -1.0);
  std::vector<vertex_id> touched;
  for (vertex_id c = 0; c < count; ++c) {
    touched.clear();
    for (vertex_id i = first[c]; i < first[c + std::size_t{1}]; ++i) {
      const vertex_id v = members[i];
      for (std::uint64_t slot = below.offsets[v]; slot < below.offsets[v + std::size_t{1}];
           ++slot) {
        const vertex_id d = classes[below.neighbors[slot]];
        if (d == c) continue;
        if (bond[d] < 0.0) {
          bond[d] = below.bonds[slot];
          touched.push_back(d);
        } else {
          bond[d] += below.bonds[slot];
        }
      }
    }
    for (const vertex_id d : touched) {
      level.neighbors.push_back(d);
      level.bonds.push_back(bond[d]);
      bond[d] = -1.0;
    }
    level.offsets.push_back(level.neighbors.size());
  }
  return level;
}

vertex_id fold_leaves(const community_level& level, std::vector<vertex_id>& classes) {
  const vertex_id n = level.size();
  double total = 0.0;
  for (vertex_id v = 0; v < n; ++v) total += level.out_mass[v];
  // Joining its one neighbour gains a leaf bond - pull * mass * (mass of that community), which is
  // positive for every community when pull * total <= 1, and when all of its mass is that bond.
  const bool may_fold = level.pull * total <= 1.0 + 1e-9;
  const auto is_leaf = [&](vertex_id v) {
    const std::uint64_t slot = level.offsets[v];
    const double mass = level.out_mass[v] + (level.is_directed() ? level.in_mass[v] : 0.0);
    return may_fold && level.offsets[v + std::size_t{1}] - slot == 1 && level.bonds[slot] > 0.0 &&
           level.bonds[slot] == mass;
  };
  classes.assign(n, no_vertex);
  vertex_id count = 0;
  for (vertex_id v = 0; v < n; ++v) {
    const bool leaf = is_leaf(v);
    const vertex_id only = leaf ? level.neighbors[level.offsets[v]] : v;
    // Two leaves that are each other's only neighbour: the smaller one stays.
    if (!leaf || (v < only && is_leaf(only))) classes[v] = count++;
  }
  for (vertex_id v = 0; v < n; ++v) {
    if (classes[v] == no_vertex) classes[v] = classes[level.neighbors[level.offsets[v]]];
  }
  return count;
}

}  // namespace valuenet::detail
