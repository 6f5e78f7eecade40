// A partition of a level's vertices while a search changes it, and the sums by which a vertex
// chooses among its neighbours' classes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "detail/parallel.hpp"
#include "metrics/communities_level.hpp"

namespace valuenet::detail {

/// Numbers the classes that occur 0, 1, ... by their first vertex; returns how many there are.
/// Every class is below classes.size().
inline vertex_id renumber(std::vector<vertex_id>& classes) {
  std::vector<vertex_id> number(classes.size(), no_vertex);
  vertex_id count = 0;
  for (vertex_id& each : classes) {
    if (number[each] == no_vertex) number[each] = count++;
    each = number[each];
  }
  return count;
}

template <class Level>
class community_partition {
 public:
  using mass_type = typename Level::mass_type;

  /// Classes are below level.size().
  community_partition(const Level& level, std::vector<vertex_id> classes)
      : level_(level),
        class_of_(std::move(classes)),
        masses_(level.size()),
        sizes_(level.size(), 0) {
    for (vertex_id v = 0; v < level.size(); ++v) {
      masses_[class_of_[v]] += level.masses[v];
      ++sizes_[class_of_[v]];
    }
    for (vertex_id c = level.size(); c-- > 0;) {
      if (sizes_[c] == 0) empty_.push_back(c);
    }
  }

  [[nodiscard]] vertex_id class_of(vertex_id v) const { return class_of_[v]; }
  [[nodiscard]] std::span<const vertex_id> classes() const { return class_of_; }
  [[nodiscard]] std::vector<vertex_id> take_classes() { return std::move(class_of_); }
  [[nodiscard]] vertex_id size(vertex_id c) const { return sizes_[c]; }
  [[nodiscard]] const mass_type& mass(vertex_id c) const { return masses_[c]; }
  /// Whether every vertex is a class of its own.
  [[nodiscard]] bool all_alone() const { return empty_.empty(); }
  /// An empty class. Precondition: some class has two members.
  [[nodiscard]] vertex_id empty_class() const { return empty_.back(); }

  [[nodiscard]] vertex_id class_count() const {
    return static_cast<vertex_id>(sizes_.size() - empty_.size());
  }

  /// Numbers the classes by falling size, so that what is read most often lies together. Nothing
  /// but their numbers changes.
  void renumber_by_size(parallel& workers) {
    const std::size_t n = sizes_.size();
    vertex_id used = 0;
    vertex_id all = 0;
    const std::vector<vertex_id> number = number_by_falling(sizes_, used, all);
    std::vector<mass_type> masses(n);
    std::vector<vertex_id> sizes(n);
    for (std::size_t c = 0; c < n; ++c) {
      masses[number[c]] = masses_[c];
      sizes[number[c]] = sizes_[c];
    }
    masses_ = std::move(masses);
    sizes_ = std::move(sizes);
    for (vertex_id& c : empty_) c = number[c];
    workers.for_each(n, std::size_t{1} << 12,
                     [&](std::size_t v) { class_of_[v] = number[class_of_[v]]; });
  }

  void move(vertex_id v, vertex_id to) {
    const vertex_id from = class_of_[v];
    if (sizes_[to] == 0) empty_.pop_back();  // `to` is empty_class()
    if (--sizes_[from] == 0) {
      masses_[from] = {};
      empty_.push_back(from);
    } else {
      masses_[from] = masses_[from] - level_.masses[v];
    }
    masses_[to] += level_.masses[v];
    ++sizes_[to];
    class_of_[v] = to;
  }

 private:
  const Level& level_;
  std::vector<vertex_id> class_of_;
  std::vector<mass_type> masses_;
  std::vector<vertex_id> sizes_;
  std::vector<vertex_id> empty_;
};

/// Sums of bonds by class: one for every worker, all zero between uses.
template <class Bond>
class class_sums {
 public:
  class_sums(std::size_t classes, std::size_t largest_degree)
      : sums_(classes, Bond{0}), touched_(largest_degree + 1) {}

  /// Adds the bonds of v to its neighbours' classes, of the neighbours u with counts(u).
  template <class Level, class Counts>
  void gather(const Level& level, std::span<const vertex_id> class_of, vertex_id v,
              const Counts& counts) {
    count_ = add_bonds(level, class_of, v, counts, sums_.data(), touched_.data(), count_);
  }
  template <class Level>
  void gather(const Level& level, std::span<const vertex_id> class_of, vertex_id v) {
    gather(level, class_of, v, [](vertex_id) { return true; });
  }

  [[nodiscard]] double operator[](vertex_id c) const { return static_cast<double>(sums_[c]); }
  /// Classes with a sum > 0, in the order of their first bond.
  [[nodiscard]] std::span<const vertex_id> classes() const {
    return std::span(touched_).first(count_);
  }

  void clear() {
    for (const vertex_id c : classes()) sums_[c] = Bond{0};
    count_ = 0;
  }

 private:
  std::vector<Bond> sums_;
  std::vector<vertex_id> touched_;
  std::size_t count_ = 0;
};

template <class Level>
[[nodiscard]] std::size_t largest_degree(const Level& level) {
  std::uint64_t largest = 0;
  for (vertex_id v = 0; v < level.size(); ++v) largest = std::max(largest, level.degree(v));
  return static_cast<std::size_t>(largest);
}

}  // namespace valuenet::detail
