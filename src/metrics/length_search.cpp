#include "metrics/length_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>

namespace valuenet::detail {
namespace {

constexpr double not_reached = std::numeric_limits<double>::infinity();

}  // namespace

arc_lengths::arc_lengths(const graph& g, arc_length length, std::string_view who, zero_lengths zero,
                         parallel& workers) {
  if (length == arc_length::hop || !g.is_weighted()) return;
  const auto weights = g.out_weights();
  const bool zero_passes = zero == zero_lengths::accept && length == arc_length::weight;
  if (length == arc_length::inverse_weight) inverse_.resize(weights.size());
  constexpr std::size_t grain = std::size_t{1} << 18;
  const arc_id bad = workers.reduce(
      weights.size(), grain, static_cast<arc_id>(weights.size()),
      [&](std::size_t begin, std::size_t end) {
        arc_id first = weights.size();
        for (std::size_t arc = end; arc-- > begin;) {
          const double own = length_of(weights[arc], length);
          const bool passes = std::isfinite(weights[arc]) && std::isfinite(own) &&
                              (weights[arc] > 0.0 || (zero_passes && weights[arc] == 0.0));
          if (!passes) first = arc;
          if (!inverse_.empty()) inverse_[arc] = own;
        }
        return first;
      },
      [](arc_id a, arc_id b) { return std::min(a, b); });
  if (bad < weights.size()) {
    throw std::invalid_argument(std::string(who) + ": the arc " + std::to_string(g.source(bad)) +
                                " -> " + std::to_string(g.target(bad)) + " has the weight " +
                                std::to_string(weights[bad]) +
                                (zero_passes ? "; lengths need finite weights that are not negative"
                                             : "; lengths need positive and finite weights"));
  }
  data_ = inverse_.empty() ? weights.data() : inverse_.data();
}

length_search::length_search(const adjacency& after, const double* lengths, vertex_id vertex_count)
    : after_(after),
      lengths_(lengths),
      distance_(vertex_count, not_reached),
      queue_(lengths == nullptr ? std::span<const double>()
                                : std::span(lengths, after.offsets[vertex_count])) {}

void length_search::start(vertex_id source) {
  distance_[source] = 0.0;
  met_.assign(1, source);
  queue_.start();
  queue_.put({0.0, source});
}

void length_search::relax(const length_queue::waiting& from) {
  const arc_id end = after_.offsets[from.vertex + std::size_t{1}];
  for (arc_id arc = after_.offsets[from.vertex]; arc < end; ++arc) {
    const vertex_id u = after_.targets[arc];
    const double through = from.distance + (lengths_ == nullptr ? 1.0 : lengths_[arc]);
    if (through >= distance_[u]) continue;
    if (distance_[u] == not_reached) met_.push_back(u);
    distance_[u] = through;
    queue_.put({through, u});
  }
}

void length_search::forget() {
  for (const vertex_id v : met_) distance_[v] = not_reached;
}

}  // namespace valuenet::detail
