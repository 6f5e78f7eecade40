#include "valuenet/metrics/reciprocity.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "detail/neighborhood.hpp"
#include "detail/parallel.hpp"

namespace valuenet {
namespace {

struct tally {
  std::uint64_t simple_arcs = 0;
  std::uint64_t simple_returned = 0;
  std::uint64_t parallel_arcs = 0;
  std::uint64_t parallel_returned = 0;
  std::uint64_t looped_vertices = 0;
  double weight = 0.0;
  double returned_weight = 0.0;

  friend tally operator+(const tally& a, const tally& b) {
    return {a.simple_arcs + b.simple_arcs,         a.simple_returned + b.simple_returned,
            a.parallel_arcs + b.parallel_arcs,     a.parallel_returned + b.parallel_returned,
            a.looped_vertices + b.looped_vertices, a.weight + b.weight,
            a.returned_weight + b.returned_weight};
  }
};

double sum_of(std::span<const double> weights, std::size_t first, std::size_t count) {
  if (weights.empty()) return static_cast<double>(count);
  double sum = 0.0;
  for (const double weight : weights.subspan(first, count)) {
    if (!(weight >= 0.0)) {
      throw std::invalid_argument("reciprocity: a weight is " + std::to_string(weight) +
                                  "; weights must not be negative");
    }
    sum += weight;
  }
  return sum;
}

void count(const graph& g, vertex_id v, tally& into) {
  detail::for_each_neighbor(g, v, [&](const detail::neighbor_place& place) {
    if (place.neighbor == v) {
      into.looped_vertices += place.out_count > 0 ? 1 : 0;
      return;
    }
    if (place.out_count == 0) return;
    const std::size_t back = g.is_directed() ? place.in_count : place.out_count;
    into.simple_arcs += 1;
    into.simple_returned += back > 0 ? 1 : 0;
    into.parallel_arcs += place.out_count;
    into.parallel_returned += std::min(place.out_count, back);
    const double out = sum_of(g.out_weights(v), place.first_out, place.out_count);
    const double in =
        g.is_directed() ? sum_of(g.in_weights(v), place.first_in, place.in_count) : out;
    into.weight += out;
    into.returned_weight += std::min(out, in);
  });
}

std::optional<double> share(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

reciprocity_result reciprocity(const graph& g, const reciprocity_options& options,
                               const execution& exec) {
  detail::parallel workers(exec);
  const tally all = workers.reduce(
      g.vertex_count(), std::size_t{1} << 12, tally{},
      [&](std::size_t begin, std::size_t end) {
        tally part;
        for (std::size_t v = begin; v < end; ++v) count(g, static_cast<vertex_id>(v), part);
        return part;
      },
      [](const tally& a, const tally& b) { return a + b; });

  reciprocity_result result;
  const bool parallels = options.convention == convention::igraph;
  result.reciprocated_arcs = parallels ? all.parallel_returned : all.simple_returned;
  result.arcs = parallels ? all.parallel_arcs : all.simple_arcs;
  if (options.convention == convention::networkx) result.arcs += all.looped_vertices;
  result.reciprocity = share(result.reciprocated_arcs, result.arcs);

  const std::uint64_t n = g.vertex_count();
  result.mutual_pairs = all.simple_returned / 2;
  result.asymmetric_pairs = all.simple_arcs - all.simple_returned;
  const std::uint64_t connected = result.mutual_pairs + result.asymmetric_pairs;
  result.null_pairs = (n > 0 ? n * (n - 1) / 2 : 0) - connected;
  result.pair_ratio = share(result.mutual_pairs, connected);
  if (all.simple_arcs > 0 && result.null_pairs + result.asymmetric_pairs > 0) {
    const double r = *share(all.simple_returned, all.simple_arcs);
    const double a = static_cast<double>(all.simple_arcs) /
                     (static_cast<double>(n) * static_cast<double>(n - 1));
    result.correlation = (r - a) / (1.0 - a);
  }
  if (all.weight > 0.0) result.weighted = all.returned_weight / all.weight;
  return result;
}

}  // namespace valuenet
