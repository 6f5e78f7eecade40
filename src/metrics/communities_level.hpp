// The weighted graphs that a community search works on: the caller's graph as its objective sees
// it, and above it the graphs of communities.
//
// For vertices u, v in one community, modularity counts, up to a factor,
//   bond(u, v) - pull * product(mass(u), mass(v)),
// where the bond is the weight between them and the mass what the null model knows of a vertex. Of
// an undirected graph the mass is the strength; of a directed one out- and in-strength, the bond is
// the weight both ways, and the product out(u) in(v) + in(u) out(v). What lies within one vertex
// never matters to the search.
#pragma once

#include "valuenet/graph/convention.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "detail/buffer.hpp"
#include "detail/parallel.hpp"

namespace valuenet::detail {

/// Mass in an undirected null model.
struct strength {
  double total = 0.0;

  strength& operator+=(const strength& other) {
    total += other.total;
    return *this;
  }
  friend strength operator-(const strength& a, const strength& b) { return {a.total - b.total}; }
  friend strength operator*(double factor, const strength& a) { return {factor * a.total}; }
  friend double product(const strength& a, const strength& b) { return a.total * b.total; }
  [[nodiscard]] double sum() const { return total; }
};

/// Mass in a directed null model.
struct strength_pair {
  double out = 0.0;
  double in = 0.0;

  strength_pair& operator+=(const strength_pair& other) {
    out += other.out;
    in += other.in;
    return *this;
  }
  friend strength_pair operator-(const strength_pair& a, const strength_pair& b) {
    return {a.out - b.out, a.in - b.in};
  }
  friend strength_pair operator*(double factor, const strength_pair& a) {
    return {factor * a.out, factor * a.in};
  }
  friend double product(const strength_pair& a, const strength_pair& b) {
    return a.out * b.in + a.in * b.out;
  }
  [[nodiscard]] double sum() const { return out + in; }
};

/// `Bond` is std::uint32_t where all weights are counts, else double. Symmetric; neither loops nor
/// parallels; every bond > 0.
template <class Bond, class Mass>
struct community_level {
  using bond_type = Bond;
  using mass_type = Mass;

  /// The neighbours of v are in the slots begins[v] .. ends[v] - 1; rows may lie in any order.
  std::vector<std::uint64_t> begins;
  std::vector<std::uint64_t> ends;
  buffer<vertex_id> neighbors;
  buffer<Bond> bonds;  // empty: every one is 1
  std::vector<Mass> masses;
  std::uint64_t arc_count = 0;
  double pull = 0.0;

  [[nodiscard]] vertex_id size() const { return static_cast<vertex_id>(masses.size()); }
  [[nodiscard]] std::uint64_t degree(vertex_id v) const { return ends[v] - begins[v]; }
  [[nodiscard]] std::span<const vertex_id> row(vertex_id v) const {
    return {neighbors.data() + begins[v], degree(v)};
  }
  [[nodiscard]] Bond bond(std::uint64_t slot) const {
    return bonds.empty() ? Bond{1} : bonds[slot];
  }
  /// Starts fetching v's row from memory: rows are visited in no order the machine could foresee.
  void prefetch(vertex_id v) const {
    __builtin_prefetch(neighbors.data() + begins[v]);
    if (!bonds.empty()) __builtin_prefetch(bonds.data() + begins[v]);
  }
};

/// Adds the bonds between v and its neighbours u with counts(u) to the sums of their classes. Those
/// whose sum was zero are written to met[count] and after it, with room for one more than there
/// are; returns how many are there then. Never inlined, so that its loops have the registers to
/// themselves: within its callers they take up to twice as long.
template <class Level, class Counts>
[[nodiscard, gnu::noinline]] std::size_t add_bonds(const Level& level,
                                                   std::span<const vertex_id> class_of, vertex_id v,
                                                   Counts counts, typename Level::bond_type* sums,
                                                   vertex_id* met, std::size_t count) {
  using bond_type = typename Level::bond_type;
  // To write down every class and count only the new ones has no branch to mispredict.
  const auto add = [&](vertex_id c, bond_type bond) {
    const bond_type before = sums[c];
    const bond_type after = before + bond;
    met[count] = c;
    count += static_cast<std::size_t>((before == bond_type{0}) & (after != bond_type{0}));
    sums[c] = after;
  };
  const vertex_id* const neighbors = level.neighbors.data();
  const vertex_id* const classes = class_of.data();
  const std::uint64_t end = level.ends[v];
  std::uint64_t slot = level.begins[v];
  if (level.bonds.empty()) {
    for (; slot < end; ++slot) {
      add(classes[neighbors[slot]], counts(neighbors[slot]) ? bond_type{1} : bond_type{0});
    }
  } else {
    const bond_type* const bonds = level.bonds.data();
    for (; slot < end; ++slot) {
      add(classes[neighbors[slot]], counts(neighbors[slot]) ? bonds[slot] : bond_type{0});
    }
  }
  return count;
}

/// The lowest level, prepared once for all runs: vertices with a single neighbour are folded into
/// it where no optimum has them apart, what then has no neighbour is set aside, and the rest is
/// numbered by falling degree, so that what is read most often lies together.
template <class Bond, class Mass>
struct community_ground {
  community_level<Bond, Mass> level;
  /// place[v]: the vertex of `level` that stands for the caller's v; from level.size() on, a
  /// community that is settled.
  std::vector<vertex_id> place;
  vertex_id place_count = 0;
  /// Total bond of the caller's graph, both directions: the scale of gains.
  double total_bond = 0.0;
};

/// Numbers what is counted by falling count, of equal ones the first first: `above_zero` numbers
/// for counts above 0, `all` with the others. no_vertex as a count gets no number.
[[nodiscard]] std::vector<vertex_id> number_by_falling(const std::vector<vertex_id>& counts,
                                                       vertex_id& above_zero, vertex_id& all);

/// The weights of a graph's arcs.
struct weight_facts {
  double largest = 0.0;
  double total = 0.0;
  bool all_whole = true;
};

/// Throws std::invalid_argument for a weight that is negative or not finite. Precondition:
/// g.is_weighted().
[[nodiscard]] weight_facts checked_weights(parallel& workers, const graph& g);

/// How the search reads the caller's graph.
struct level_reading {
  valuenet::convention convention = valuenet::convention::gephi;
  double resolution = 1.0;
  /// Whether weights count; else every arc counts 1.
  bool weighted = false;
  /// A power of two, so that it changes no digit, by which no product of masses overflows or
  /// vanishes.
  double scale = 1.0;
};

/// Mass says whether with or without direction.
template <class Bond, class Mass>
[[nodiscard]] community_ground<Bond, Mass> prepare_ground(parallel& workers, const graph& g,
                                                          const level_reading& reading);

/// Makes `above` the level with one vertex for every class of `classes` (0 .. count - 1). What
/// memory `above` has is used again.
template <class Bond, class Mass>
void aggregate(parallel& workers, const community_level<Bond, Mass>& below,
               std::span<const vertex_id> classes, vertex_id count,
               community_level<Bond, Mass>& above);

}  // namespace valuenet::detail
