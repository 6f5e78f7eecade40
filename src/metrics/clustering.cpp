#include "valuenet/metrics/clustering.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "detail/neighborhood.hpp"
#include "detail/parallel.hpp"
#include "metrics/triangles.hpp"

namespace valuenet {
namespace {

using detail::ranked_graph;

constexpr std::size_t vertex_grain = std::size_t{1} << 12;  // a multiple of 64: vector<bool>

/// Counts by rank, one array a worker, then added up: whole numbers, so the order does not matter.
class rank_counts {
 public:
  rank_counts(const detail::parallel& workers, std::size_t n) : n_(n), parts_(workers.workers()) {}

  [[nodiscard]] std::uint64_t* of(std::size_t worker) {
    if (parts_[worker].empty()) parts_[worker].resize(n_, 0);
    return parts_[worker].data();
  }

  /// Sums by vertex.
  [[nodiscard]] std::vector<std::uint64_t> by_vertex(detail::parallel& workers,
                                                     const ranked_graph& ranked) const {
    std::vector<std::uint64_t> sums(n_, 0);
    workers.for_each(n_, vertex_grain, [&](std::size_t rank) {
      std::uint64_t sum = 0;
      for (const auto& part : parts_) sum += part.empty() ? 0 : part[rank];
      sums[ranked.vertex[rank]] = sum;
    });
    return sums;
  }

 private:
  std::size_t n_;
  std::vector<std::vector<std::uint64_t>> parts_;
};

/// Numerator and divisor of every vertex's coefficient, and of the transitivity.
struct ratios {
  std::vector<std::uint64_t> triangles;
  std::vector<std::uint64_t> closed;
  std::vector<double> possible;
  std::uint64_t closed_triples = 0;
  double triples = 0.0;
};

double pairs(double k) {
  return k > 1.0 ? k * (k - 1.0) : 0.0;
}

/// Transitivity that ignores direction.
void count_triples(const ranked_graph& ranked, ratios& all) {
  for (const vertex_id degree : ranked.degree) all.triples += pairs(degree);
  for (const std::uint64_t triangles : all.triangles) all.closed_triples += 2 * triangles;
}

/// 2 triangles / (k (k - 1)).
ratios undirected_ratios(detail::parallel& workers, const graph& g, bool loop_is_neighbor) {
  const ranked_graph ranked = detail::rank_by_degree(workers, g, detail::tie_detail::none, {});
  rank_counts triangles(workers, g.vertex_count());
  detail::for_each_triangle(workers, ranked,
                            [&](vertex_id low, vertex_id middle, vertex_id high, arc_id, arc_id,
                                arc_id, std::size_t worker) {
                              std::uint64_t* const count = triangles.of(worker);
                              ++count[low];
                              ++count[middle];
                              ++count[high];
                            });
  ratios all;
  all.triangles = triangles.by_vertex(workers, ranked);
  all.closed.resize(g.vertex_count());
  all.possible.resize(g.vertex_count());
  workers.for_each(g.vertex_count(), vertex_grain, [&](std::size_t i) {
    const auto v = static_cast<vertex_id>(i);
    double k = ranked.degree[ranked.rank[v]];
    if (loop_is_neighbor && g.loop_count() > 0) {
      const auto row = g.out_neighbors(v);
      k += std::binary_search(row.begin(), row.end(), v) ? 1.0 : 0.0;
    }
    all.closed[v] = 2 * all.triangles[v];
    all.possible[v] = pairs(k);
  });
  count_triples(ranked, all);
  return all;
}

ratios gephi_directed_ratios(detail::parallel& workers, const graph& g,
                             std::span<const std::uint32_t> arc_kinds) {
  const bool parallels = g.parallel_arc_count() > 0 || !arc_kinds.empty();
  const ranked_graph ranked = detail::rank_by_degree(
      workers, g,
      parallels ? detail::tie_detail::directions_and_multiplicity : detail::tie_detail::directions,
      arc_kinds);
  const auto arcs_of = [&](arc_id arc) -> std::uint64_t {
    return static_cast<std::uint64_t>(std::popcount(ranked.ties[arc]));
  };
  const auto edges_of = [&](arc_id arc) -> std::uint64_t {
    return parallels ? ranked.multiplicity[arc] : 1;
  };
  rank_counts triangles(workers, g.vertex_count());
  rank_counts closed(workers, g.vertex_count());
  detail::for_each_triangle(
      workers, ranked,
      [&](vertex_id low, vertex_id middle, vertex_id high, arc_id low_middle, arc_id low_high,
          arc_id middle_high, std::size_t worker) {
        std::uint64_t* const count = triangles.of(worker);
        ++count[low];
        ++count[middle];
        ++count[high];
        std::uint64_t* const sum = closed.of(worker);
        sum[low] += edges_of(low_middle) * edges_of(low_high) * arcs_of(middle_high);
        sum[middle] += edges_of(low_middle) * edges_of(middle_high) * arcs_of(low_high);
        sum[high] += edges_of(low_high) * edges_of(middle_high) * arcs_of(low_middle);
      });
  ratios all;
  all.triangles = triangles.by_vertex(workers, ranked);
  all.closed = closed.by_vertex(workers, ranked);
  all.possible.resize(g.vertex_count());
  workers.for_each(g.vertex_count(), vertex_grain, [&](std::size_t i) {
    const auto v = static_cast<vertex_id>(i);
    std::uint64_t k = 0;
    std::uint64_t loops = 0;
    std::uint64_t arcs_to_neighbors = 0;
    detail::for_each_neighbor(g, v, [&](const detail::neighbor_place& place) {
      std::uint64_t edges = place.out_count;
      if (place.neighbor == v) {
        loops = edges;
        k += edges;
        return;
      }
      detail::for_each_unpaired_in_arc(g, v, place, arc_kinds, [&](std::size_t) { ++edges; });
      k += edges;
      arcs_to_neighbors +=
          edges * ((place.out_count > 0 ? 1U : 0U) + (place.in_count > 0 ? 1U : 0U));
    });
    // A vertex with a loop is its own neighbour, tied to all the others.
    all.closed[v] += loops * arcs_to_neighbors;
    all.possible[v] = pairs(static_cast<double>(k));
  });
  count_triples(ranked, all);
  return all;
}

/// Fagiolo's coefficient, and NetworkX's reading of transitivity for a directed graph.
ratios networkx_directed_ratios(detail::parallel& workers, const graph& g) {
  const ranked_graph ranked =
      detail::rank_by_degree(workers, g, detail::tie_detail::directions, {});
  rank_counts triangles(workers, g.vertex_count());
  rank_counts closed(workers, g.vertex_count());
  std::vector<std::uint64_t> transitive(workers.workers(), 0);
  detail::for_each_triangle(
      workers, ranked,
      [&](vertex_id low, vertex_id middle, vertex_id high, arc_id low_middle, arc_id low_high,
          arc_id middle_high, std::size_t worker) {
        std::uint64_t* const count = triangles.of(worker);
        ++count[low];
        ++count[middle];
        ++count[high];
        const unsigned first = ranked.ties[low_middle];
        const unsigned second = ranked.ties[low_high];
        const unsigned third = ranked.ties[middle_high];
        const auto cycles = static_cast<std::uint64_t>(
            std::popcount(first) * std::popcount(second) * std::popcount(third));
        std::uint64_t* const sum = closed.of(worker);
        sum[low] += cycles;
        sum[middle] += cycles;
        sum[high] += cycles;
        // Each corner gives to both others, which have an arc either way.
        const auto up = [](unsigned ties) { return ties & detail::tie_up; };
        const auto down = [](unsigned ties) { return (ties & detail::tie_down) >> 1; };
        const unsigned from_low = up(first) & up(second);
        const unsigned from_middle = down(first) & up(third);
        const unsigned from_high = down(second) & down(third);
        transitive[worker] += from_low * static_cast<unsigned>(std::popcount(third)) +
                              from_middle * static_cast<unsigned>(std::popcount(second)) +
                              from_high * static_cast<unsigned>(std::popcount(first));
      });
  ratios all;
  all.triangles = triangles.by_vertex(workers, ranked);
  all.closed = closed.by_vertex(workers, ranked);
  all.possible.resize(g.vertex_count());
  std::vector<std::uint64_t> out_degree(g.vertex_count(), 0);
  workers.for_each(g.vertex_count(), vertex_grain, [&](std::size_t v) {
    double both_ways = 0.0;
    double degree = 0.0;
    detail::for_each_neighbor(g, static_cast<vertex_id>(v), [&](const auto& place) {
      if (place.neighbor == v) return;
      const bool out = place.out_count > 0;
      const bool in = place.in_count > 0;
      degree += (out ? 1.0 : 0.0) + (in ? 1.0 : 0.0);
      both_ways += out && in ? 1.0 : 0.0;
      out_degree[v] += out ? 1 : 0;
    });
    all.possible[v] = std::max(0.0, degree * (degree - 1.0) - 2.0 * both_ways);
  });
  for (const std::uint64_t count : transitive) all.closed_triples += count;
  for (const std::uint64_t degree : out_degree) all.triples += pairs(static_cast<double>(degree));
  return all;
}

clustering_population population_of(const graph& g, const clustering_options& options) {
  if (options.population != clustering_population::by_convention) return options.population;
  const bool defined_only = options.convention == convention::igraph ||
                            (options.convention == convention::gephi && !g.is_directed());
  return defined_only ? clustering_population::defined : clustering_population::all;
}

ratios ratios_of(detail::parallel& workers, const graph& g, const clustering_options& options) {
  if (g.is_directed() && options.convention == convention::gephi) {
    return gephi_directed_ratios(workers, g, options.arc_kinds);
  }
  if (g.is_directed() && options.convention == convention::networkx) {
    return networkx_directed_ratios(workers, g);
  }
  return undirected_ratios(workers, g, options.convention == convention::gephi);
}

}  // namespace

clustering_result clustering(const graph& g, const clustering_options& options,
                             const execution& exec) {
  detail::check_arc_kinds(g, options.arc_kinds);
  detail::parallel workers(exec);
  ratios all = ratios_of(workers, g, options);

  const std::size_t n = g.vertex_count();
  clustering_result result;
  result.triangles = std::move(all.triangles);
  result.local.assign(n, 0.0);
  result.defined.assign(n, false);
  struct sums {
    double local = 0.0;
    std::uint64_t defined = 0;
    std::uint64_t corners = 0;
  };
  const sums total = workers.reduce(
      n, vertex_grain, sums{},
      [&](std::size_t begin, std::size_t end) {
        sums part;
        for (std::size_t v = begin; v < end; ++v) {
          part.corners += result.triangles[v];
          if (!(all.possible[v] > 0.0)) continue;
          result.defined[v] = true;
          result.local[v] = static_cast<double>(all.closed[v]) / all.possible[v];
          part.local += result.local[v];
          ++part.defined;
        }
        return part;
      },
      [](const sums& a, const sums& b) {
        return sums{a.local + b.local, a.defined + b.defined, a.corners + b.corners};
      });
  result.triangle_count = total.corners / 3;
  result.averaged_over =
      population_of(g, options) == clustering_population::all ? n : total.defined;
  if (result.averaged_over > 0) {
    result.average = total.local / static_cast<double>(result.averaged_over);
  }
  if (all.triples > 0.0) {
    result.transitivity = static_cast<double>(all.closed_triples) / all.triples;
  }
  return result;
}

}  // namespace valuenet
