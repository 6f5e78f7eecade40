#include "metrics/length_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace valuenet::detail {
namespace {

constexpr double not_reached = std::numeric_limits<double>::infinity();
constexpr std::size_t children = 4;

}  // namespace

std::vector<double> arc_lengths(const graph& g, arc_length length, std::string_view who,
                                bool zero_passes) {
  if (length == arc_length::hop || !g.is_weighted()) return {};
  const auto weights = g.out_weights();
  std::vector<double> lengths(weights.begin(), weights.end());
  for (std::size_t arc = 0; arc < lengths.size(); ++arc) {
    const double weight = lengths[arc];
    if (length == arc_length::inverse_weight) lengths[arc] = 1.0 / weight;
    const bool zero = zero_passes && weight == 0.0 && length == arc_length::weight;
    if ((weight > 0.0 && std::isfinite(weight) && std::isfinite(lengths[arc])) || zero) continue;
    throw std::invalid_argument(std::string(who) + ": the arc " + std::to_string(g.source(arc)) +
                                " -> " + std::to_string(g.target(arc)) + " has the weight " +
                                std::to_string(weight) + "; lengths need " +
                                (zero_passes && length == arc_length::weight
                                     ? "finite weights that are not negative"
                                     : "positive and finite weights"));
  }
  return lengths;
}

length_search::length_search(const adjacency& after, const double* lengths, vertex_id vertex_count)
    : after_(after),
      lengths_(lengths),
      distance_(vertex_count, not_reached),
      parent_(vertex_count, no_vertex) {}

void length_search::start(vertex_id source) {
  distance_[source] = 0.0;
  parent_[source] = source;
  met_.assign(1, source);
  heap_.assign(1, {0.0, source});
}

void length_search::push(settled entry) {
  std::size_t at = heap_.size();
  heap_.push_back(entry);
  while (at > 0) {
    const std::size_t above = (at - 1) / children;
    if (!(entry < heap_[above])) break;
    heap_[at] = heap_[above];
    at = above;
  }
  heap_[at] = entry;
}

bool length_search::take(settled& next) {
  while (!heap_.empty()) {
    next = heap_.front();
    const settled last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) {
      std::size_t at = 0;
      for (;;) {
        const std::size_t first = at * children + 1;
        if (first >= heap_.size()) break;
        std::size_t least = first;
        const std::size_t end = std::min(first + children, heap_.size());
        for (std::size_t child = first + 1; child < end; ++child) {
          if (heap_[child] < heap_[least]) least = child;
        }
        if (!(heap_[least] < last)) break;
        heap_[at] = heap_[least];
        at = least;
      }
      heap_[at] = last;
    }
    if (next.distance == distance_[next.vertex]) return true;
  }
  return false;
}

void length_search::relax(const settled& from) {
  const arc_id end = after_.offsets[from.vertex + std::size_t{1}];
  for (arc_id arc = after_.offsets[from.vertex]; arc < end; ++arc) {
    const vertex_id u = after_.targets[arc];
    const double through = from.distance + (lengths_ == nullptr ? 1.0 : lengths_[arc]);
    if (through >= distance_[u]) continue;
    if (distance_[u] == not_reached) met_.push_back(u);
    distance_[u] = through;
    parent_[u] = from.vertex;
    push({through, u});
  }
}

void length_search::forget() {
  for (const vertex_id v : met_) distance_[v] = not_reached;
}

}  // namespace valuenet::detail
