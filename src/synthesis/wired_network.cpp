#include "synthesis/wired_network.hpp"

#include "valuenet/graph/builder.hpp"
#include "valuenet/metrics/clustering.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace valuenet::detail {

wired_network::wired_network(wired_arcs arcs, actor_id actors, actor_id population)
    : arcs_(std::move(arcs)),
      pairs_(arcs_.size()),
      neighbors_(actors),
      arcs_around_(actors, 0),
      population_(population) {
  for (std::size_t i = 0; i < arcs_.size(); ++i) add(arcs_.givers[i], arcs_.takers[i]);
}

template <class Visit>
void wired_network::for_common(actor_id a, actor_id b, Visit&& visit) const {
  if (neighbors_[a].size() > neighbors_[b].size()) std::swap(a, b);
  for (const actor_id w : neighbors_[a]) {
    if (w == b) continue;
    const unsigned to_b = pairs_.arcs_between(w, b);
    if (to_b != 0) visit(w, pairs_.arcs_between(w, a), to_b, a, b);
  }
}

double wired_network::local(actor_id v) const {
  const auto k = static_cast<double>(neighbors_[v].size());
  return k < 2 ? 0.0 : static_cast<double>(arcs_around_[v]) / (k * (k - 1));
}

template <class Change>
void wired_network::change_local(actor_id v, Change&& change) {
  clustering_sum_ -= local(v);
  change();
  clustering_sum_ += local(v);
}

void wired_network::add(actor_id from, actor_id to) {
  const bool is_first = pairs_.arcs_between(from, to) == 0;
  std::uint64_t around_from = 0;
  std::uint64_t around_to = 0;
  for_common(from, to, [&](actor_id w, unsigned to_a, unsigned to_b, actor_id a, actor_id) {
    change_local(w, [&] { ++arcs_around_[w]; });
    // The new neighbour of `from` is `to`, whose arcs with w now lie around `from`.
    around_from += a == from ? to_b : to_a;
    around_to += a == from ? to_a : to_b;
  });
  if (is_first) {
    change_local(from, [&] {
      neighbors_[from].push_back(to);
      arcs_around_[from] += around_from;
    });
    change_local(to, [&] {
      neighbors_[to].push_back(from);
      arcs_around_[to] += around_to;
    });
  }
  pairs_.insert(from, to);
}

void wired_network::remove(actor_id from, actor_id to) {
  pairs_.erase(from, to);
  const bool was_last = pairs_.arcs_between(from, to) == 0;
  std::uint64_t around_from = 0;
  std::uint64_t around_to = 0;
  for_common(from, to, [&](actor_id w, unsigned to_a, unsigned to_b, actor_id a, actor_id) {
    change_local(w, [&] { --arcs_around_[w]; });
    around_from += a == from ? to_b : to_a;
    around_to += a == from ? to_a : to_b;
  });
  if (!was_last) return;
  const auto forget = [&](actor_id v, actor_id other, std::uint64_t around) {
    change_local(v, [&] {
      auto& list = neighbors_[v];
      *std::find(list.begin(), list.end(), other) = list.back();
      list.pop_back();
      arcs_around_[v] -= around;
    });
  };
  forget(from, to, around_from);
  forget(to, from, around_to);
}

bool wired_network::can_swap(std::size_t i, std::size_t j) const {
  const actor_id a = arcs_.givers[i];
  const actor_id b = arcs_.takers[i];
  const actor_id c = arcs_.givers[j];
  const actor_id d = arcs_.takers[j];
  return a != c && b != d && a != d && c != b && !pairs_.contains(a, d) && !pairs_.contains(c, b);
}

void wired_network::swap_heads(std::size_t i, std::size_t j) {
  remove(arcs_.givers[i], arcs_.takers[i]);
  remove(arcs_.givers[j], arcs_.takers[j]);
  std::swap(arcs_.takers[i], arcs_.takers[j]);
  add(arcs_.givers[i], arcs_.takers[i]);
  add(arcs_.givers[j], arcs_.takers[j]);
}

graph wired_network::to_graph(const execution& exec) const {
  return build_graph({.sources = arcs_.givers, .targets = arcs_.takers},
                     {.vertex_count = actor_count()}, exec);
}

double wired_network::exact_clustering(const execution& exec) const {
  // Arcs of the graph stand by giver and taker.
  std::vector<std::size_t> order(arcs_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
    return arcs_.givers[i] != arcs_.givers[j] ? arcs_.givers[i] < arcs_.givers[j]
                                              : arcs_.takers[i] < arcs_.takers[j];
  });
  std::vector<std::uint32_t> kinds;
  for (const std::size_t i : order) kinds.push_back(arcs_.kinds[i]);
  const clustering_result found = valuenet::clustering(to_graph(exec), {.arc_kinds = kinds}, exec);
  // Actors that have not arrived have no neighbours, and a coefficient of 0.
  return found.average.value_or(0.0) * static_cast<double>(actor_count()) /
         static_cast<double>(population_);
}

}  // namespace valuenet::detail
