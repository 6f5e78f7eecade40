#include "valuenet/metrics/assortativity.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <type_traits>

#include "detail/parallel.hpp"

namespace valuenet {
namespace {

constexpr std::size_t vertex_grain = std::size_t{1} << 12;
constexpr std::uint32_t most_categories = 1U << 14;

/// How often an arc counts.
class arc_multiplicity {
 public:
  arc_multiplicity(const graph& g, convention convention)
      : loop_(!g.is_directed() && convention == convention::igraph ? 2U : 1U) {}
  std::uint64_t operator()(vertex_id source, vertex_id target) const {
    return source == target ? loop_ : 1;
  }

 private:
  std::uint64_t loop_;
};

/// Arcs from and to every vertex, loops counted as often as the convention has them, and what a
/// loop counts beyond the one arc that stands in the row.
class arc_counts {
 public:
  arc_counts(const graph& g, convention convention)
      : graph_(g),
        doubles_loops_(!g.is_directed() && convention == convention::igraph && g.loop_count() > 0) {
  }

  [[nodiscard]] double extra_loops(vertex_id v) const {
    if (!doubles_loops_) return 0.0;
    const auto row = graph_.out_neighbors(v);
    const auto [first, last] = std::equal_range(row.begin(), row.end(), v);
    return static_cast<double>(last - first);
  }
  [[nodiscard]] double from(vertex_id v) const {
    return static_cast<double>(graph_.out_arc_count(v)) + extra_loops(v);
  }
  [[nodiscard]] double to(vertex_id v) const {
    return static_cast<double>(graph_.in_arc_count(v)) + extra_loops(v);
  }

 private:
  const graph& graph_;
  bool doubles_loops_;
};

struct sums {
  double arcs = 0.0;
  double source = 0.0;
  double target = 0.0;

  friend sums operator+(const sums& a, const sums& b) {
    return {a.arcs + b.arcs, a.source + b.source, a.target + b.target};
  }
};

/// The sum of each(v) over all vertices.
template <class Each>
auto sum_over(detail::parallel& workers, const graph& g, std::size_t grain, Each&& each) {
  using sum = std::invoke_result_t<Each&, vertex_id>;
  return workers.reduce(
      g.vertex_count(), grain, sum{},
      [&](std::size_t begin, std::size_t end) {
        sum part{};
        for (std::size_t v = begin; v < end; ++v) part = part + each(static_cast<vertex_id>(v));
        return part;
      },
      [](const sum& a, const sum& b) { return a + b; });
}

/// Pearson's coefficient of x at the sources and y at the targets of the arcs. All sums but the
/// products' are over vertices, each as often as it has arcs.
std::optional<double> correlation(const graph& g, std::span<const double> x,
                                  std::span<const double> y, convention convention,
                                  const execution& exec) {
  const auto varies = [&](std::span<const double> values, bool at_source) {
    // Whether it differs between two arcs' ends, exactly: the sums below are rounded.
    std::optional<double> first;
    for (vertex_id v = 0; v < g.vertex_count(); ++v) {
      if (at_source ? g.out_arc_count(v) == 0 : g.in_arc_count(v) == 0) continue;
      if (!first) first = values[v];
      if (values[v] != *first) return true;
    }
    return false;
  };
  if (!varies(x, true) || !varies(y, false)) return std::nullopt;
  detail::parallel workers(exec);
  const arc_counts arcs(g, convention);
  const sums first = sum_over(workers, g, vertex_grain, [&](vertex_id v) {
    return sums{arcs.from(v), arcs.from(v) * x[v], arcs.to(v) * y[v]};
  });
  const double mean_x = first.source / first.arcs;
  const double mean_y = first.target / first.arcs;
  const sums second = sum_over(workers, g, vertex_grain, [&](vertex_id v) {
    const double off_x = x[v] - mean_x;
    const double off_y = y[v] - mean_y;
    return sums{0.0, arcs.from(v) * off_x * off_x, arcs.to(v) * off_y * off_y};
  });
  if (!(second.source > 0.0) || !(second.target > 0.0)) return std::nullopt;
  const double covariance = sum_over(workers, g, vertex_grain / 4, [&](vertex_id v) {
    const double off = x[v] - mean_x;
    double row = arcs.extra_loops(v) * (y[v] - mean_y);
    for (const vertex_id u : g.out_neighbors(v)) row += y[u] - mean_y;
    return off * row;
  });
  return std::clamp(covariance / (std::sqrt(second.source) * std::sqrt(second.target)), -1.0, 1.0);
}

void check_values(const graph& g, std::span<const double> values, const char* what) {
  if (values.size() != g.vertex_count()) {
    throw std::invalid_argument("assortativity: " + std::string(what) + " has " +
                                std::to_string(values.size()) + " entries, the graph " +
                                std::to_string(g.vertex_count()) + " vertices");
  }
  const auto bad = std::find_if_not(values.begin(), values.end(),
                                    [](double value) { return std::isfinite(value); });
  if (bad != values.end()) {
    throw std::invalid_argument("assortativity: " + std::string(what) + " of vertex " +
                                std::to_string(bad - values.begin()) + " is not finite");
  }
}

}  // namespace

std::optional<double> degree_assortativity(const graph& g,
                                           const degree_assortativity_options& options,
                                           const execution& exec) {
  const auto values = [&](degree_kind kind) {
    if (options.measure == degree_measure::weight) {
      auto strengths = weighted_degrees(g, kind, exec);
      check_values(g, strengths, "the weighted degree");
      return strengths;
    }
    const auto counts = degrees(g, kind, exec);
    std::vector<double> result(counts.size());
    std::transform(counts.begin(), counts.end(), result.begin(),
                   [](std::uint64_t count) { return static_cast<double>(count); });
    return result;
  };
  const std::vector<double> at_source = values(options.source);
  if (options.source == options.target || !g.is_directed()) {
    return correlation(g, at_source, at_source, options.convention, exec);
  }
  return correlation(g, at_source, values(options.target), options.convention, exec);
}

std::optional<double> numeric_assortativity(const graph& g, std::span<const double> values,
                                            convention convention, const execution& exec) {
  check_values(g, values, "the value");
  return correlation(g, values, values, convention, exec);
}

mixing_result attribute_mixing(const graph& g, std::span<const std::uint32_t> category,
                               const mixing_options& options, const execution& exec) {
  if (category.size() != g.vertex_count()) {
    throw std::invalid_argument("attribute_mixing: category has " +
                                std::to_string(category.size()) + " entries, the graph " +
                                std::to_string(g.vertex_count()) + " vertices");
  }
  mixing_result result;
  for (const std::uint32_t c : category) {
    if (c == no_category) continue;
    if (c >= most_categories) {
      throw std::invalid_argument("attribute_mixing: category is " + std::to_string(c) +
                                  "; categories are numbered from 0 to " +
                                  std::to_string(most_categories - 1));
    }
    result.category_count = std::max(result.category_count, c + 1);
  }
  const std::size_t k = result.category_count;
  const arc_multiplicity multiplicity(g, options.convention);

  // Whole numbers: their sums do not depend on who adds them up. A matrix for every worker, unless
  // that would be more memory than the graph itself.
  detail::parallel workers(exec);
  const bool shared = k * k * workers.workers() > std::max<std::size_t>(1U << 16, g.arc_count());
  detail::parallel one(execution{.threads = 1, .stop = exec.stop});
  detail::parallel& used = shared ? one : workers;
  struct partial {
    std::vector<std::uint64_t> counts;
    std::uint64_t left_out = 0;
  };
  std::vector<partial> parts(used.workers());
  used.for_chunks(g.vertex_count(), vertex_grain,
                  [&](std::size_t begin, std::size_t end, std::size_t worker) {
                    partial& part = parts[worker];
                    part.counts.resize(k * k, 0);
                    for (std::size_t i = begin; i < end; ++i) {
                      const auto v = static_cast<vertex_id>(i);
                      const std::uint32_t mine = category[v];
                      for (const vertex_id u : g.out_neighbors(v)) {
                        const std::uint64_t times = multiplicity(v, u);
                        if (mine == no_category || category[u] == no_category) {
                          part.left_out += times;
                        } else {
                          part.counts[mine * k + category[u]] += times;
                        }
                      }
                    }
                  });
  result.counts.assign(k * k, 0);
  for (const partial& part : parts) {
    result.left_out += part.left_out;
    for (std::size_t cell = 0; cell < part.counts.size(); ++cell) {
      result.counts[cell] += part.counts[cell];
    }
  }

  std::vector<std::uint64_t> rows(k, 0);
  std::vector<std::uint64_t> columns(k, 0);
  std::uint64_t within = 0;
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < k; ++j) {
      rows[i] += result.counts[i * k + j];
      columns[j] += result.counts[i * k + j];
    }
    within += result.counts[i * k + i];
    result.arcs += rows[i];
  }
  if (result.arcs == 0) return result;
  const auto all = static_cast<double>(result.arcs);
  double expected = 0.0;
  bool single = false;
  for (std::size_t i = 0; i < k; ++i) {
    expected += static_cast<double>(rows[i]) / all * (static_cast<double>(columns[i]) / all);
    single = single || result.counts[i * k + i] == result.arcs;
  }
  if (!single)
    result.assortativity = (static_cast<double>(within) / all - expected) / (1 - expected);
  return result;
}

}  // namespace valuenet
