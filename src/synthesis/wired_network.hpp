// The relations of a surrogate while they are being wired: a simple directed graph whose arcs can
// swap their heads, with its average clustering kept along.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/network/value_network.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "synthesis/pair_table.hpp"

namespace valuenet::detail {

/// Arcs as columns, in the order in which stages added them.
struct wired_arcs {
  std::vector<actor_id> givers;
  std::vector<actor_id> takers;
  std::vector<std::uint8_t> kinds;

  [[nodiscard]] std::size_t size() const noexcept { return givers.size(); }
};

class wired_network {
 public:
  /// Precondition: no loops, no arc twice. O(sum over arcs of the smaller degree of its ends).
  /// `population`: how many of the actors have arrived, which clustering is averaged over.
  wired_network(wired_arcs arcs, actor_id actors, actor_id population);

  [[nodiscard]] const wired_arcs& arcs() const noexcept { return arcs_; }
  [[nodiscard]] actor_id actor_count() const noexcept {
    return static_cast<actor_id>(neighbors_.size());
  }
  /// Gephi's directed average clustering over the population, as if all relations were of one kind.
  [[nodiscard]] double clustering() const noexcept {
    return clustering_sum_ / static_cast<double>(population_);
  }
  /// The same with kinds, as clustering() computes it: O(arcs^1.5) at worst.
  [[nodiscard]] double exact_clustering(const execution& exec) const;
  /// Whether the arcs i and j may swap heads: no loop and no arc twice would come of it.
  [[nodiscard]] bool can_swap(std::size_t i, std::size_t j) const;
  /// Precondition: can_swap(i, j). Swapping again undoes it.
  void swap_heads(std::size_t i, std::size_t j);

  [[nodiscard]] graph to_graph(const execution& exec) const;

 private:
  void add(actor_id from, actor_id to);
  void remove(actor_id from, actor_id to);
  /// Calls visit(w, arcs between w and the other one) for every common neighbour.
  template <class Visit>
  void for_common(actor_id a, actor_id b, Visit&& visit) const;
  [[nodiscard]] double local(actor_id v) const;
  template <class Change>
  void change_local(actor_id v, Change&& change);

  wired_arcs arcs_;
  pair_table pairs_;
  std::vector<std::vector<actor_id>> neighbors_;
  /// Arcs among the neighbours of each actor.
  std::vector<std::uint64_t> arcs_around_;
  double clustering_sum_ = 0.0;
  actor_id population_;
};

}  // namespace valuenet::detail
