#include "valuenet/metrics/degree.hpp"

#include <algorithm>
#include <map>

#include "detail/parallel.hpp"

namespace valuenet {
namespace {

/// To wake a thread takes longer than to count the arcs of so many vertices.
constexpr std::size_t vertex_grain = std::size_t{1} << 16;

/// Arcs of the row that lead to v itself; the row is sorted.
std::uint64_t loops_in(std::span<const vertex_id> row, vertex_id v) {
  const auto range = std::equal_range(row.begin(), row.end(), v);
  return static_cast<std::uint64_t>(range.second - range.first);
}

double sum(std::span<const double> values) {
  double total = 0.0;
  for (const double value : values) total += value;
  return total;
}

double loop_weight(std::span<const vertex_id> row, std::span<const double> weights, vertex_id v) {
  const auto range = std::equal_range(row.begin(), row.end(), v);
  return sum(weights.subspan(static_cast<std::size_t>(range.first - row.begin()),
                             static_cast<std::size_t>(range.second - range.first)));
}

/// Distinct neighbours other than v in a sorted row.
std::uint64_t simple_degree(std::span<const vertex_id> row, vertex_id v) {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    count += row[i] != v && (i == 0 || row[i] != row[i - 1]) ? 1 : 0;
  }
  return count;
}

}  // namespace

std::vector<std::uint64_t> degrees(const graph& g, degree_kind kind, const execution& exec) {
  detail::parallel workers(exec);
  std::vector<std::uint64_t> result(g.vertex_count());
  const bool count_in = g.is_directed() && kind != degree_kind::out;
  const bool count_out = !g.is_directed() || kind != degree_kind::in;
  workers.for_each(result.size(), vertex_grain, [&](std::size_t i) {
    const auto v = static_cast<vertex_id>(i);
    std::uint64_t degree = 0;
    if (count_out) degree += g.out_arc_count(v);
    if (count_in) degree += g.in_arc_count(v);
    if (!g.is_directed() && g.loop_count() > 0) degree += loops_in(g.out_neighbors(v), v);
    result[i] = degree;
  });
  return result;
}

std::vector<double> weighted_degrees(const graph& g, degree_kind kind, const execution& exec) {
  std::vector<double> result(g.vertex_count());
  if (!g.is_weighted()) {
    const auto counts = degrees(g, kind, exec);
    std::transform(counts.begin(), counts.end(), result.begin(),
                   [](std::uint64_t count) { return static_cast<double>(count); });
    return result;
  }
  detail::parallel workers(exec);
  const bool count_in = g.is_directed() && kind != degree_kind::out;
  const bool count_out = !g.is_directed() || kind != degree_kind::in;
  workers.for_each(result.size(), vertex_grain, [&](std::size_t i) {
    const auto v = static_cast<vertex_id>(i);
    double strength = 0.0;
    if (count_out) strength += sum(g.out_weights(v));
    if (count_in) strength += sum(g.in_weights(v));
    if (!g.is_directed() && g.loop_count() > 0) {
      strength += loop_weight(g.out_neighbors(v), g.out_weights(v), v);
    }
    result[i] = strength;
  });
  return result;
}

std::vector<degree_frequency> degree_distribution(std::span<const std::uint64_t> degrees) {
  constexpr std::uint64_t counted_directly = std::uint64_t{1} << 20;
  std::vector<std::uint64_t> small;
  std::map<std::uint64_t, std::uint64_t> large;
  for (const std::uint64_t degree : degrees) {
    if (degree >= counted_directly) {
      ++large[degree];
      continue;
    }
    if (degree >= small.size()) small.resize(degree + 1, 0);
    ++small[degree];
  }
  std::vector<degree_frequency> result;
  for (std::size_t degree = 0; degree < small.size(); ++degree) {
    if (small[degree] > 0) result.push_back({degree, small[degree]});
  }
  for (const auto& [degree, vertices] : large) result.push_back({degree, vertices});
  return result;
}

std::optional<double> average_degree(const graph& g, convention convention) {
  if (g.vertex_count() == 0) return std::nullopt;
  const double ends = convention == convention::gephi && g.is_directed() ? 1.0 : 2.0;
  return ends * static_cast<double>(g.edge_count()) / g.vertex_count();
}

std::optional<double> average_weighted_degree(const graph& g, convention convention,
                                              const execution& exec) {
  if (g.vertex_count() == 0) return std::nullopt;
  if (!g.is_weighted()) return average_degree(g, convention);
  detail::parallel workers(exec);
  // The out-rows hold an undirected edge twice and its loop once: so does a sum of out-degrees,
  // but for the loops, which weighted_degrees doubles.
  const auto strengths = weighted_degrees(g, degree_kind::out, exec);
  const double total = workers.reduce(
      strengths.size(), vertex_grain, 0.0,
      [&](std::size_t begin, std::size_t end) {
        return sum(std::span(strengths).subspan(begin, end - begin));
      },
      [](double a, double b) { return a + b; });
  const double ends = convention != convention::gephi && g.is_directed() ? 2.0 : 1.0;
  return ends * total / g.vertex_count();
}

std::optional<double> degree_centralization(const graph& g, degree_kind kind,
                                            const execution& exec) {
  const double n = g.vertex_count();
  const bool one_way = g.is_directed() && kind != degree_kind::total;
  const double most = one_way ? (n - 1) * (n - 1) : (g.is_directed() ? 2 : 1) * (n - 1) * (n - 2);
  if (g.vertex_count() < 2 || !(most > 0.0)) return std::nullopt;
  detail::parallel workers(exec);
  struct totals {
    std::uint64_t sum = 0;
    std::uint64_t largest = 0;
  };
  const totals all = workers.reduce(
      g.vertex_count(), vertex_grain, totals{},
      [&](std::size_t begin, std::size_t end) {
        totals part;
        for (std::size_t i = begin; i < end; ++i) {
          const auto v = static_cast<vertex_id>(i);
          std::uint64_t degree = 0;
          if (!one_way || kind == degree_kind::out) degree += simple_degree(g.out_neighbors(v), v);
          if (g.is_directed() && kind != degree_kind::out) {
            degree += simple_degree(g.in_neighbors(v), v);
          }
          part.sum += degree;
          part.largest = std::max(part.largest, degree);
        }
        return part;
      },
      [](totals a, totals b) {
        return totals{a.sum + b.sum, std::max(a.largest, b.largest)};
      });
  return (n * static_cast<double>(all.largest) - static_cast<double>(all.sum)) / most;
}

}  // namespace valuenet
