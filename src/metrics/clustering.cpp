#include "valuenet/metrics/clustering.hpp"

#include <algorithm>
#include <bit>

#include "detail/neighborhood.hpp"
#include "detail/parallel.hpp"
#include "metrics/triangle_counts.hpp"
#include "metrics/triangles.hpp"

namespace valuenet {
namespace {

using detail::skeleton;

constexpr std::size_t vertex_grain = std::size_t{1} << 12;  // a multiple of 64: vector<bool>

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
void count_triples(const skeleton& s, ratios& all) {
  for (std::size_t v = 0; v < s.size(); ++v) all.triples += pairs(s.degree(v));
  for (const std::uint64_t triangles : all.triangles) all.closed_triples += 2 * triangles;
}

/// 2 triangles / (k (k - 1)).
ratios undirected_ratios(detail::parallel& workers, const graph& g, bool loop_is_neighbor) {
  const skeleton s(workers, g, detail::tie_detail::none, {});
  ratios all;
  all.triangles = detail::count_triangles(workers, s, detail::widest_instruction_set());
  all.closed.resize(g.vertex_count());
  all.possible.resize(g.vertex_count());
  workers.for_each(g.vertex_count(), vertex_grain, [&](std::size_t i) {
    const auto v = static_cast<vertex_id>(i);
    double k = s.degree(v);
    if (loop_is_neighbor && g.loop_count() > 0) {
      const auto row = g.out_neighbors(v);
      k += std::binary_search(row.begin(), row.end(), v) ? 1.0 : 0.0;
    }
    all.closed[v] = 2 * all.triangles[v];
    all.possible[v] = pairs(k);
  });
  count_triples(s, all);
  return all;
}

/// Sums by rank, one array a worker, then added up: whole numbers, so the order does not matter.
class rank_sums {
 public:
  rank_sums(const detail::parallel& workers, std::size_t n) : n_(n), parts_(workers.workers()) {}

  [[nodiscard]] std::uint64_t* of(std::size_t worker) {
    if (parts_[worker].empty()) parts_[worker].resize(n_, 0);
    return parts_[worker].data();
  }

  [[nodiscard]] std::vector<std::uint64_t> by_vertex(
      const detail::buffer<vertex_id>& vertex) const {
    std::vector<std::uint64_t> sums(n_, 0);
    for (const auto& part : parts_) {
      for (std::size_t rank = 0; rank < part.size(); ++rank) sums[vertex[rank]] += part[rank];
    }
    return sums;
  }

 private:
  std::size_t n_;
  std::vector<std::vector<std::uint64_t>> parts_;
};

/// Triangles, and the arcs opposite to each vertex that close them; neighbours and pairs counted as
/// often as they have edges in Gephi's view.
void close_with_parallels(detail::parallel& workers, const skeleton& s, ratios& all) {
  const detail::ranked_rows ranked = detail::rank_by_degree(workers, s);
  rank_sums triangles(workers, s.size());
  rank_sums closed(workers, s.size());
  const auto arcs = [&](arc_id tie) -> std::uint64_t {
    return ranked.ties[tie] == detail::tie_mutual ? 2 : 1;
  };
  const auto edges = [&](arc_id tie) -> std::uint64_t { return ranked.multiplicity[tie]; };
  detail::for_each_triangle(workers, s, ranked,
                            [&](vertex_id low, vertex_id middle, vertex_id high, arc_id low_middle,
                                arc_id low_high, arc_id middle_high, std::size_t worker) {
                              std::uint64_t* const count = triangles.of(worker);
                              ++count[low];
                              ++count[middle];
                              ++count[high];
                              std::uint64_t* const sum = closed.of(worker);
                              sum[low] += edges(low_middle) * edges(low_high) * arcs(middle_high);
                              sum[middle] +=
                                  edges(low_middle) * edges(middle_high) * arcs(low_high);
                              sum[high] += edges(low_high) * edges(middle_high) * arcs(low_middle);
                            });
  all.triangles = triangles.by_vertex(ranked.order.vertex);
  all.closed = closed.by_vertex(ranked.order.vertex);
}

ratios gephi_directed_ratios(detail::parallel& workers, const graph& g,
                             std::span<const std::uint32_t> arc_kinds) {
  constexpr vertex_id most_for_mutual = 1U << 31;
  const bool in_general =
      g.parallel_arc_count() > 0 || !arc_kinds.empty() || g.vertex_count() > most_for_mutual;
  const skeleton s(
      workers, g,
      in_general ? detail::tie_detail::directions_and_multiplicity : detail::tie_detail::directions,
      arc_kinds);
  ratios all;
  if (in_general) {
    close_with_parallels(workers, s, all);
  } else {
    // One arc closes each triangle, two those whose other corners are tied both ways.
    detail::mutual_triangles counts =
        detail::count_mutual_triangles(workers, s, detail::widest_instruction_set());
    all.triangles = std::move(counts.triangles);
    all.closed = std::move(counts.opposite_mutual);
    for (std::size_t v = 0; v < s.size(); ++v) all.closed[v] += all.triangles[v];
  }
  all.possible.resize(s.size());
  workers.for_each(s.size(), vertex_grain, [&](std::size_t i) {
    const auto v = static_cast<vertex_id>(i);
    std::uint64_t k = 0;
    std::uint64_t arcs_to_neighbors = 0;
    for (arc_id tie = s.offsets[v]; tie < s.offsets[i + 1]; ++tie) {
      const std::uint64_t edges = in_general ? s.multiplicity[tie] : 1;
      k += edges;
      arcs_to_neighbors += edges * (s.ties[tie] == detail::tie_mutual ? 2 : 1);
    }
    if (g.loop_count() > 0) {
      // A vertex with a loop is its own neighbour, tied to all the others.
      const auto row = g.out_neighbors(v);
      const auto range = std::equal_range(row.begin(), row.end(), v);
      const auto loops = static_cast<std::uint64_t>(range.second - range.first);
      k += loops;
      all.closed[i] += loops * arcs_to_neighbors;
    }
    all.possible[i] = pairs(static_cast<double>(k));
  });
  count_triples(s, all);
  return all;
}

/// Fagiolo's coefficient, and NetworkX's reading of transitivity for a directed graph.
ratios networkx_directed_ratios(detail::parallel& workers, const graph& g) {
  const skeleton s(workers, g, detail::tie_detail::directions, {});
  const detail::ranked_rows ranked = detail::rank_by_degree(workers, s);
  rank_sums triangles(workers, s.size());
  rank_sums closed(workers, s.size());
  std::vector<std::uint64_t> transitive(workers.workers(), 0);
  detail::for_each_triangle(
      workers, s, ranked,
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
        // Ties are seen from the lower corner. Each corner that gives to both others counts with
        // the arcs between those.
        const auto gives = [](unsigned ties) { return ties & detail::tie_out; };
        const auto takes = [](unsigned ties) { return (ties & detail::tie_in) >> 1; };
        const unsigned from_low = gives(first) & gives(second);
        const unsigned from_middle = takes(first) & gives(third);
        const unsigned from_high = takes(second) & takes(third);
        transitive[worker] += from_low * static_cast<unsigned>(std::popcount(third)) +
                              from_middle * static_cast<unsigned>(std::popcount(second)) +
                              from_high * static_cast<unsigned>(std::popcount(first));
      });
  ratios all;
  all.triangles = triangles.by_vertex(ranked.order.vertex);
  all.closed = closed.by_vertex(ranked.order.vertex);
  all.possible.resize(s.size());
  for (const std::uint64_t count : transitive) all.closed_triples += count;
  for (std::size_t v = 0; v < s.size(); ++v) {
    double both_ways = 0.0;
    double out_degree = 0.0;
    double degree = 0.0;
    for (arc_id tie = s.offsets[v]; tie < s.offsets[v + 1]; ++tie) {
      degree += std::popcount(s.ties[tie]);
      both_ways += s.ties[tie] == detail::tie_mutual ? 1.0 : 0.0;
      out_degree += (s.ties[tie] & detail::tie_out) != 0 ? 1.0 : 0.0;
    }
    all.possible[v] = std::max(0.0, degree * (degree - 1.0) - 2.0 * both_ways);
    all.triples += pairs(out_degree);
  }
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
