#include "metrics/communities_search.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <utility>

#include "detail/random.hpp"

namespace valuenet::detail {
namespace {

/// Vertices moved between two looks at the stop token.
constexpr std::size_t stop_interval = std::size_t{1} << 12;

/// A move must gain this share of the vertex's mass: what lies below is rounding.
constexpr double least_gain = 1e-12;

struct mass_pair {
  double out = 0.0;
  double in = 0.0;
};

/// A partition of a level's vertices with its classes' masses, and the sums that a vertex's choice
/// among its neighbours' classes needs.
class partition_state {
 public:
  partition_state(const community_level& level, std::vector<vertex_id> classes, vertex_id count)
      : level_(level), class_of_(std::move(classes)) {
    const std::size_t n = level.size();
    masses_.assign(n, {});
    sizes_.assign(n, 0);
    bond_to_.assign(n, -1.0);
    for (vertex_id v = 0; v < n; ++v) {
      masses_[class_of_[v]].out += level_.out_mass[v];
      if (level_.is_directed()) masses_[class_of_[v]].in += level_.in_mass[v];
      ++sizes_[class_of_[v]];
    }
    for (vertex_id c = static_cast<vertex_id>(n); c > count; --c) free_.push_back(c - 1);
  }

  [[nodiscard]] vertex_id class_of(vertex_id v) const { return class_of_[v]; }
  [[nodiscard]] vertex_id class_size(vertex_id c) const { return sizes_[c]; }
  [[nodiscard]] const mass_pair& mass(vertex_id c) const { return masses_[c]; }
  [[nodiscard]] std::vector<vertex_id>& classes() { return class_of_; }

  [[nodiscard]] mass_pair vertex_mass(vertex_id v) const {
    return {level_.out_mass[v], level_.is_directed() ? level_.in_mass[v] : 0.0};
  }

  /// What being together costs a vertex (or class) of mass a and a class of mass b.
  [[nodiscard]] double cost(const mass_pair& a, const mass_pair& b) const {
    return level_.is_directed() ? level_.pull * a.out * b.in + level_.pull * a.in * b.out
                                : level_.pull * a.out * b.out;
  }

  /// Sums v's bonds by its neighbours' classes, of the neighbours that `counts`; then visit(class,
  /// bond) each, in the order of the first neighbour.
  template <class Counts, class Visit>
  void for_each_neighbor_class(vertex_id v, Counts&& counts, Visit&& visit) {
    touched_.clear();
    for (std::uint64_t slot = level_.offsets[v]; slot < level_.offsets[v + std::size_t{1}];
         ++slot) {
      const vertex_id u = level_.neighbors[slot];
      if (!counts(u)) continue;
      const vertex_id c = class_of_[u];
      if (bond_to_[c] < 0.0) {
        bond_to_[c] = level_.bonds[slot];
        touched_.push_back(c);
      } else {
        bond_to_[c] += level_.bonds[slot];
      }
    }
    for (const vertex_id c : touched_) {
      visit(c, bond_to_[c]);
      bond_to_[c] = -1.0;
    }
  }

  [[nodiscard]] mass_pair without(const mass_pair& whole, const mass_pair& part) const {
    return {whole.out - part.out, whole.in - part.in};
  }

  void move(vertex_id v, vertex_id to) {
    const vertex_id from = class_of_[v];
    const mass_pair mass = vertex_mass(v);
    masses_[from] = without(masses_[from], mass);
    masses_[to].out += mass.out;
    masses_[to].in += mass.in;
    if (--sizes_[from] == 0) {
      masses_[from] = {};
      free_.push_back(from);
    }
    ++sizes_[to];
    class_of_[v] = to;
  }

  /// An empty class, or no_vertex. Peeking: `take_empty` claims it.
  [[nodiscard]] vertex_id empty_class() const { return free_.empty() ? no_vertex : free_.back(); }
  void take_empty() { free_.pop_back(); }

 private:
  const community_level& level_;
  std::vector<vertex_id> class_of_;
  std::vector<mass_pair> masses_;
  std::vector<vertex_id> sizes_;
  std::vector<vertex_id> free_;
  std::vector<double> bond_to_;
  std::vector<vertex_id> touched_;
};

/// Numbers the classes that occur 0, 1, ... by their first vertex; returns how many there are.
vertex_id renumber(std::span<vertex_id> classes) {
  std::vector<vertex_id> number(classes.size(), no_vertex);
  vertex_id count = 0;
  for (vertex_id& each : classes) {
    if (number[each] == no_vertex) number[each] = count++;
    each = number[each];
  }
  return count;
}

class search {
 public:
  search(community_method method, random_stream random, const parallel& workers)
      : method_(method), random_(random), workers_(workers) {}

  /// One sweep through the levels from `classes`, which it improves; returns the gain.
  double sweep(const community_level& ground, std::vector<vertex_id>& classes) {
    double gain = 0.0;
    const community_level* level = &ground;
    community_level above;
    // place[v]: the vertex of the current level that ground vertex v is part of.
    std::vector<vertex_id> place(ground.size());
    std::iota(place.begin(), place.end(), vertex_id{0});
    std::vector<vertex_id> current = classes;
    for (;;) {
      const vertex_id n = level->size();
      gain += move_vertices(*level, current);
      const vertex_id count = renumber(current);
      std::vector<vertex_id> parts = current;
      vertex_id part_count = count;
      if (method_ == community_method::leiden) part_count = refine(*level, current, parts);
      if (part_count == n) break;
      community_level next = aggregate(*level, parts, part_count);
      std::vector<vertex_id> of_parts(part_count);
      for (vertex_id v = 0; v < n; ++v) of_parts[parts[v]] = current[v];
      for (vertex_id& each : place) each = parts[each];
      current = std::move(of_parts);
      above = std::move(next);
      level = &above;
    }
    for (std::size_t v = 0; v < classes.size(); ++v) classes[v] = current[place[v]];
    return gain;
  }

 private:
  /// Moves vertices one by one to the class that gains most, until none gains; classes improve.
  double move_vertices(const community_level& level, std::vector<vertex_id>& classes) {
    const vertex_id n = level.size();
    const vertex_id count = renumber(classes);
    partition_state state(level, std::move(classes), count);
    std::vector<vertex_id> queue(n);
    std::iota(queue.begin(), queue.end(), vertex_id{0});
    random_.shuffle(queue);
    std::vector<std::uint8_t> queued(n, 1);
    double total_gain = 0.0;
    std::size_t head = 0;
    std::size_t waiting = n;
    std::size_t until_stop_check = 0;
    while (waiting > 0) {
      if (until_stop_check-- == 0) {
        workers_.check_stop();
        until_stop_check = stop_interval;
      }
      const vertex_id v = queue[head];
      head = head + 1 == n ? 0 : head + 1;
      --waiting;
      queued[v] = 0;

      const vertex_id own = state.class_of(v);
      const mass_pair mass = state.vertex_mass(v);
      double own_gain = -state.cost(mass, state.without(state.mass(own), mass));
      vertex_id best = own;
      double best_gain =
          state.class_size(own) > 1 && state.empty_class() != no_vertex ? 0.0 : own_gain;
      if (best_gain > own_gain) best = state.empty_class();
      const vertex_id empty = best == own ? no_vertex : best;
      // The own class's bond may come late: compare against it at the end.
      double own_bond = 0.0;
      state.for_each_neighbor_class(
          v, [](vertex_id) { return true; },
          [&](vertex_id c, double bond) {
            if (c == own) {
              own_bond = bond;
              return;
            }
            const double gain = bond - state.cost(mass, state.mass(c));
            if (gain > best_gain) {
              best_gain = gain;
              best = c;
            }
          });
      own_gain += own_bond;
      const double least = least_gain * (mass.out + mass.in);
      if (best == own || !(best_gain > own_gain + least)) continue;
      if (best == empty) state.take_empty();
      state.move(v, best);
      total_gain += best_gain - own_gain;
      for (std::uint64_t slot = level.offsets[v]; slot < level.offsets[v + std::size_t{1}];
           ++slot) {
        const vertex_id u = level.neighbors[slot];
        if (queued[u] != 0 || state.class_of(u) == best) continue;
        queued[u] = 1;
        std::size_t tail = head + waiting;
        if (tail >= n) tail -= n;
        queue[tail] = u;
        ++waiting;
      }
    }
    classes = std::move(state.classes());
    return total_gain;
  }

  /// Splits every class into well-connected parts: each vertex alone, then merged within its class.
  vertex_id refine(const community_level& level, const std::vector<vertex_id>& classes,
                   std::vector<vertex_id>& parts) {
    const vertex_id n = level.size();
    parts.resize(n);
    std::iota(parts.begin(), parts.end(), vertex_id{0});
    partition_state state(level, std::move(parts), n);
    std::vector<mass_pair> class_mass(n);
    // cut[p]: bonds from part p to the rest of its class.
    std::vector<double> cut(n, 0.0);
    for (vertex_id v = 0; v < n; ++v) {
      const mass_pair mass = state.vertex_mass(v);
      class_mass[classes[v]].out += mass.out;
      class_mass[classes[v]].in += mass.in;
      for (std::uint64_t slot = level.offsets[v]; slot < level.offsets[v + std::size_t{1}];
           ++slot) {
        if (classes[level.neighbors[slot]] == classes[v]) cut[v] += level.bonds[slot];
      }
    }
    std::vector<vertex_id> order(n);
    std::iota(order.begin(), order.end(), vertex_id{0});
    random_.shuffle(order);
    std::size_t until_stop_check = 0;
    const auto well_connected = [&](vertex_id part, vertex_id whole) {
      const mass_pair& mass = state.mass(part);
      return cut[part] >= state.cost(mass, state.without(class_mass[whole], mass));
    };
    for (const vertex_id v : order) {
      if (until_stop_check-- == 0) {
        workers_.check_stop();
        until_stop_check = stop_interval;
      }
      const vertex_id own = state.class_of(v);
      const vertex_id whole = classes[v];
      if (state.class_size(own) != 1 || !well_connected(own, whole)) continue;
      const mass_pair mass = state.vertex_mass(v);
      vertex_id best = own;
      double best_gain = 0.0;
      double best_bond = 0.0;
      state.for_each_neighbor_class(
          v, [&](vertex_id u) { return classes[u] == whole; },
          [&](vertex_id part, double bond) {
            const double gain = bond - state.cost(mass, state.mass(part));
            if (gain > best_gain && well_connected(part, whole)) {
              best_gain = gain;
              best_bond = bond;
              best = part;
            }
          });
      if (best == own) continue;
      cut[best] += cut[own] - 2.0 * best_bond;
      state.move(v, best);
    }
    parts = std::move(state.classes());
    return renumber(parts);
  }

  community_method method_;
  random_stream random_;
  const parallel& workers_;
};

/// Parts every class into its connected components (over bonds > 0) and numbers them; returns their
/// number. Parting what no bond holds together never loses modularity.
vertex_id split_disconnected(const community_level& level, std::vector<vertex_id>& classes) {
  const vertex_id n = level.size();
  std::vector<vertex_id> component(n, no_vertex);
  std::vector<vertex_id> stack;
  vertex_id count = 0;
  for (vertex_id root = 0; root < n; ++root) {
    if (component[root] != no_vertex) continue;
    component[root] = count;
    stack.push_back(root);
    while (!stack.empty()) {
      const vertex_id v = stack.back();
      stack.pop_back();
      for (std::uint64_t slot = level.offsets[v]; slot < level.offsets[v + std::size_t{1}];
           ++slot) {
        const vertex_id u = level.neighbors[slot];
        if (component[u] != no_vertex || classes[u] != classes[v] || !(level.bonds[slot] > 0.0)) {
          continue;
        }
        component[u] = count;
        stack.push_back(u);
      }
    }
    ++count;
  }
  classes = std::move(component);
  return count;
}

}  // namespace

community_search_result search_communities(const community_level& ground, community_method method,
                                           std::optional<std::uint32_t> iterations,
                                           std::uint64_t seed, std::uint64_t run,
                                           const parallel& workers) {
  community_search_result result;
  std::vector<vertex_id> folds;
  const vertex_id folded_count = fold_leaves(ground, folds);
  const community_level folded = aggregate(ground, folds, folded_count);

  std::vector<vertex_id> classes(folded_count);
  std::iota(classes.begin(), classes.end(), vertex_id{0});
  double total = 0.0;
  for (const double bond : folded.bonds) total += bond;
  search one(method, random_stream(seed, run), workers);
  while (!result.converged && (!iterations || result.iterations < *iterations)) {
    const double gain = one.sweep(folded, classes);
    ++result.iterations;
    result.converged = !(gain > 1e-7 * total);
    if (method == community_method::leiden) split_disconnected(folded, classes);
  }
  result.count = renumber(classes);
  result.community.resize(ground.size());
  for (vertex_id v = 0; v < ground.size(); ++v) result.community[v] = classes[folds[v]];
  return result;
}

}  // namespace valuenet::detail
