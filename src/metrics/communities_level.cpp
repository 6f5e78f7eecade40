#include "metrics/communities_level.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace valuenet::detail {
namespace {

constexpr std::size_t vertex_grain = std::size_t{1} << 11;

/// One neighbour of a vertex: the sums of the arcs to it and from it.
struct neighbor_sums {
  vertex_id neighbor = 0;
  double out = 0.0;
  double in = 0.0;
};

/// Calls visit(neighbor_sums) for every distinct neighbour of v, itself included, ascending. Of an
/// undirected graph only the out sums are told.
template <class Visit>
void for_each_sum(const graph& g, bool weighted, vertex_id v, Visit&& visit) {
  const auto outs = g.out_neighbors(v);
  const auto out_weights = weighted ? g.out_weights(v) : std::span<const double>{};
  const bool directed = g.is_directed();
  const auto ins = directed ? g.in_neighbors(v) : std::span<const vertex_id>{};
  const auto in_weights = directed && weighted ? g.in_weights(v) : std::span<const double>{};
  std::size_t o = 0;
  std::size_t i = 0;
  while (o < outs.size() || i < ins.size()) {
    neighbor_sums sums;
    sums.neighbor =
        std::min(o < outs.size() ? outs[o] : no_vertex, i < ins.size() ? ins[i] : no_vertex);
    for (; o < outs.size() && outs[o] == sums.neighbor; ++o) {
      sums.out += out_weights.empty() ? 1.0 : out_weights[o];
    }
    for (; i < ins.size() && ins[i] == sums.neighbor; ++i) {
      sums.in += in_weights.empty() ? 1.0 : in_weights[i];
    }
    visit(sums);
  }
}

/// A vertex of the caller's graph before folding.
template <class Mass>
struct vertex_summary {
  Mass mass{};
  vertex_id neighbors = 0;        // others with a bond
  vertex_id leaf_of = no_vertex;  // the only one of them, where all of the mass is that bond
};

/// Over all vertices.
struct ground_totals {
  double mass = 0.0;
  double bond = 0.0;
};

template <class Mass>
class reader {
 public:
  reader(const graph& g, const level_reading& reading)
      : g_(g),
        drop_loops_(reading.convention == convention::gephi),
        weighted_(reading.weighted),
        scale_(reading.scale) {}

  /// Every row is its neighbours with bond 1: nothing to merge, nothing to drop.
  [[nodiscard]] bool is_plain() const { return !g_.is_directed() && !weighted_ && g_.is_simple(); }

  /// Calls visit(neighbor, bond) for every other vertex that v has a bond > 0 with, ascending;
  /// returns v's mass.
  template <class Visit>
  Mass read(vertex_id v, Visit&& visit) const {
    Mass mass{};
    for_each_sum(g_, weighted_, v, [&](const neighbor_sums& sums) {
      const bool loop = sums.neighbor == v;
      const double bond = (sums.out + sums.in) * scale_;
      if constexpr (std::is_same_v<Mass, strength_pair>) {
        mass.out += sums.out * scale_;
        mass.in += sums.in * scale_;
      } else {
        if (loop && drop_loops_) return;
        mass.total += loop ? 2.0 * bond : bond;
      }
      if (!loop && bond > 0.0) visit(sums.neighbor, bond);
    });
    return mass;
  }

  [[nodiscard]] vertex_summary<Mass> summarize(vertex_id v, ground_totals& totals) const {
    vertex_summary<Mass> summary;
    double bonds = 0.0;
    vertex_id last = no_vertex;
    const auto add = [&](vertex_id neighbor, double bond) {
      bonds += bond;
      ++summary.neighbors;
      last = neighbor;
    };
    if constexpr (std::is_same_v<Mass, strength>) {
      if (is_plain()) {
        const auto row = g_.out_neighbors(v);
        summary.neighbors = static_cast<vertex_id>(row.size());
        summary.mass.total = bonds = static_cast<double>(row.size());
        if (!row.empty()) last = row.back();
      } else {
        summary.mass = read(v, add);
      }
      totals.mass += summary.mass.total;
    } else {
      summary.mass = read(v, add);
      totals.mass += summary.mass.out;
    }
    totals.bond += bonds;
    if (summary.neighbors == 1 && summary.mass.sum() == bonds) summary.leaf_of = last;
    return summary;
  }

 private:
  const graph& g_;
  bool drop_loops_;
  bool weighted_;
  double scale_;
};

}  // namespace

std::vector<vertex_id> number_by_falling(const std::vector<vertex_id>& counts,
                                         vertex_id& above_zero, vertex_id& all) {
  vertex_id largest = 0;
  for (const vertex_id count : counts) {
    if (count != no_vertex) largest = std::max(largest, count);
  }
  std::vector<vertex_id> next(std::size_t{largest} + 2, 0);
  for (const vertex_id count : counts) {
    if (count != no_vertex) ++next[count];
  }
  vertex_id position = 0;
  for (std::size_t count = std::size_t{largest} + 1; count-- > 0;) {
    if (count == 0) above_zero = position;
    position += next[count];
    next[count] = position - next[count];
  }
  all = position;
  std::vector<vertex_id> number(counts.size(), no_vertex);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] != no_vertex) number[i] = next[counts[i]]++;
  }
  return number;
}

weight_facts checked_weights(parallel& workers, const graph& g) {
  const auto weights = g.out_weights();
  return workers.reduce(
      weights.size(), std::size_t{1} << 16, weight_facts{},
      [&](std::size_t begin, std::size_t end) {
        weight_facts part;
        for (std::size_t arc = begin; arc < end; ++arc) {
          const double weight = weights[arc];
          if (!(weight >= 0.0) || std::isinf(weight)) {
            throw std::invalid_argument("communities: arc " + std::to_string(arc) +
                                        " has the weight " + std::to_string(weight) +
                                        "; modularity needs finite weights of at least 0");
          }
          part.largest = std::max(part.largest, weight);
          part.total += weight;
          part.all_whole = part.all_whole && weight == std::floor(weight);
        }
        return part;
      },
      [](const weight_facts& a, const weight_facts& b) {
        return weight_facts{.largest = std::max(a.largest, b.largest),
                            .total = a.total + b.total,
                            .all_whole = a.all_whole && b.all_whole};
      });
}

template <class Bond, class Mass>
community_ground<Bond, Mass> prepare_ground(parallel& workers, const graph& g,
                                            const level_reading& reading) {
  const std::size_t n = g.vertex_count();
  const reader<Mass> read(g, reading);

  std::vector<vertex_summary<Mass>> summaries(n);
  const ground_totals totals = workers.reduce(
      n, vertex_grain, ground_totals{},
      [&](std::size_t begin, std::size_t end) {
        ground_totals part;
        for (std::size_t v = begin; v < end; ++v) {
          summaries[v] = read.summarize(static_cast<vertex_id>(v), part);
        }
        return part;
      },
      [](const ground_totals& x, const ground_totals& y) {
        return ground_totals{x.mass + y.mass, x.bond + y.bond};
      });

  // So strong a pull parts everything, and still multiplies to zero with a mass of zero.
  constexpr double strongest = 1e200;
  const double wanted = reading.convention != convention::gephi ? reading.resolution
                        : reading.resolution > 0.0              ? 1.0 / reading.resolution
                                                                : strongest;
  const double factor = std::min(wanted, strongest);

  // Joining its one neighbour gains a leaf bond - pull * product(mass, mass of that community).
  // That is at least 0 for every community when the factor is at most 1. Of two leaves that are
  // each other's only neighbour, the smaller stays.
  std::vector<vertex_id> degrees(n);
  const auto is_folded = [&](std::size_t v) {
    const vertex_id hub = summaries[v].leaf_of;
    return factor <= 1.0 && hub != no_vertex && (hub < v || summaries[hub].leaf_of == no_vertex);
  };
  for (std::size_t v = 0; v < n; ++v) degrees[v] = summaries[v].neighbors;
  for (std::size_t v = 0; v < n; ++v) {
    if (!is_folded(v)) continue;
    degrees[v] = no_vertex;
    --degrees[summaries[v].leaf_of];
    summaries[summaries[v].leaf_of].mass += summaries[v].mass;
  }

  community_ground<Bond, Mass> ground;
  ground.total_bond = totals.bond;
  vertex_id size = 0;
  ground.place = number_by_falling(degrees, size, ground.place_count);
  std::vector<vertex_id> original(size);
  for (std::size_t v = 0; v < n; ++v) {
    if (ground.place[v] < size) original[ground.place[v]] = static_cast<vertex_id>(v);
  }

  community_level<Bond, Mass>& level = ground.level;
  level.pull = totals.mass > 0.0 ? factor / totals.mass : 0.0;
  level.begins.resize(size);
  level.ends.resize(size);
  level.masses.resize(size);
  for (std::size_t v = 0; v < size; ++v) {
    level.begins[v] = level.arc_count;
    level.arc_count += degrees[original[v]];
    level.ends[v] = level.arc_count;
    level.masses[v] = summaries[original[v]].mass;
  }
  level.neighbors = buffer<vertex_id>(level.arc_count);
  if (!read.is_plain()) level.bonds = buffer<Bond>(level.arc_count);
  workers.for_each(size, vertex_grain >> 4, [&](std::size_t v) {
    std::uint64_t slot = level.begins[v];
    if (read.is_plain()) {
      for (const vertex_id neighbor : g.out_neighbors(original[v])) {
        const vertex_id place = ground.place[neighbor];
        if (place != no_vertex) level.neighbors[slot++] = place;
      }
    } else {
      read.read(original[v], [&](vertex_id neighbor, double bond) {
        const vertex_id place = ground.place[neighbor];
        if (place == no_vertex) return;
        level.neighbors[slot] = place;
        level.bonds[slot] = static_cast<Bond>(bond);
        ++slot;
      });
    }
  });
  for (std::size_t v = 0; v < n; ++v) {
    if (degrees[v] == no_vertex) ground.place[v] = ground.place[summaries[v].leaf_of];
  }
  return ground;
}

template <class Bond, class Mass>
void aggregate(parallel& workers, const community_level<Bond, Mass>& below,
               std::span<const vertex_id> classes, vertex_id count,
               community_level<Bond, Mass>& above) {
  const vertex_id n = below.size();
  above.pull = below.pull;
  above.masses.assign(count, {});
  above.begins.assign(count, 0);
  above.ends.resize(count);
  // Members of every class, ascending, and the most slots that its row may take.
  std::vector<vertex_id> first(std::size_t{count} + 1, 0);
  for (vertex_id v = 0; v < n; ++v) {
    const vertex_id c = classes[v];
    above.masses[c] += below.masses[v];
    ++first[c + std::size_t{1}];
    above.begins[c] += below.degree(v);
  }
  for (std::size_t c = 0; c < count; ++c) first[c + 1] += first[c];
  std::vector<vertex_id> members(n);
  {
    std::vector<vertex_id> next(first.begin(), first.end() - 1);
    for (vertex_id v = 0; v < n; ++v) members[next[classes[v]]++] = v;
  }
  // Chunks of whole classes with about equally many arcs.
  constexpr std::uint64_t chunk_arcs = std::uint64_t{1} << 14;
  struct chunk_bounds {
    vertex_id end = 0;
    std::uint64_t slots = 0;
  };
  std::vector<chunk_bounds> chunks{{}};
  std::uint64_t all_slots = 0;
  std::uint64_t arcs = 0;
  std::uint64_t slots = 0;
  for (vertex_id c = 0; c < count; ++c) {
    arcs += above.begins[c] + 1;
    slots += std::min<std::uint64_t>(above.begins[c], count) + 1;
    if (arcs >= chunk_arcs || c + 1 == count) {
      chunks.push_back({c + 1, slots});
      all_slots += slots;
      arcs = 0;
      slots = 0;
    }
  }
  if (above.neighbors.size() < all_slots) above.neighbors = buffer<vertex_id>(all_slots);
  if (above.bonds.size() < all_slots) above.bonds = buffer<Bond>(all_slots);

  // Rows are made in a worker's scratch and then put one chunk behind the other, so that memory is
  // touched for those that exist only. Where a chunk comes to lie depends on the workers; what is
  // in its rows, and in which order, does not.
  struct scratch {
    std::vector<Bond> sums;
    std::vector<vertex_id> neighbors;
    std::vector<Bond> bonds;
  };
  std::vector<scratch> scratches(workers.workers());
  std::atomic<std::uint64_t> used{0};
  workers.for_chunks(chunks.size() - 1, 1, [&](std::size_t chunk, std::size_t, std::size_t worker) {
    scratch& with = scratches[worker];
    with.sums.resize(count, Bond{0});
    if (with.neighbors.size() < chunks[chunk + 1].slots) {
      with.neighbors.resize(chunks[chunk + 1].slots);
      with.bonds.resize(chunks[chunk + 1].slots);
    }
    std::size_t filled = 0;
    for (vertex_id c = chunks[chunk].end; c < chunks[chunk + 1].end; ++c) {
      Bond* const sums = with.sums.data();
      vertex_id* const row = with.neighbors.data() + filled;
      std::size_t found = 0;
      for (vertex_id i = first[c]; i < first[c + std::size_t{1}]; ++i) {
        if (i + 2 < n) below.prefetch(members[i + 2]);
        found = add_bonds(
            below, classes, members[i], [](vertex_id) { return true; }, sums, row, found);
      }
      std::size_t kept = 0;
      for (std::size_t i = 0; i < found; ++i) {
        const vertex_id d = row[i];
        row[kept] = d;
        with.bonds[filled + kept] = sums[d];
        kept += d != c ? 1 : 0;
        sums[d] = Bond{0};
      }
      above.begins[c] = filled;
      filled += kept;
      above.ends[c] = filled;
    }
    const std::uint64_t at = used.fetch_add(filled, std::memory_order_relaxed);
    for (vertex_id c = chunks[chunk].end; c < chunks[chunk + 1].end; ++c) {
      above.begins[c] += at;
      above.ends[c] += at;
    }
    std::copy_n(with.neighbors.data(), filled, above.neighbors.data() + at);
    std::copy_n(with.bonds.data(), filled, above.bonds.data() + at);
  });
  above.arc_count = used;
}

#define VALUENET_INSTANTIATE(Bond, Mass)                                                    \
  template community_ground<Bond, Mass> prepare_ground<Bond, Mass>(parallel&, const graph&, \
                                                                   const level_reading&);   \
  template void aggregate<Bond, Mass>(parallel&, const community_level<Bond, Mass>&,        \
                                      std::span<const vertex_id>, vertex_id,                \
                                      community_level<Bond, Mass>&);
VALUENET_INSTANTIATE(std::uint32_t, strength)
VALUENET_INSTANTIATE(double, strength)
VALUENET_INSTANTIATE(double, strength_pair)
#undef VALUENET_INSTANTIATE

}  // namespace valuenet::detail
