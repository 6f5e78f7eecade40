#include "valuenet/metrics/betweenness.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

#include "detail/parallel.hpp"
#include "detail/progress.hpp"
#include "detail/random.hpp"
#include "metrics/betweenness_core.hpp"
#include "metrics/dependencies.hpp"
#include "metrics/length_dependencies.hpp"

namespace valuenet {
namespace {

using detail::betweenness_core;
using detail::dependency_sums;

enum class wanted : std::uint8_t { vertices, arcs };

/// So many partial sums, whatever the number of threads.
constexpr std::size_t vertex_partials = 32;
constexpr std::size_t arc_partials = 16;

void check(const betweenness_options& options) {
  if (options.sampled_sources && *options.sampled_sources == 0) {
    throw std::invalid_argument("betweenness_options.sampled_sources is 0; give at least 1");
  }
  if (!(options.confidence > 0.0 && options.confidence < 1.0)) {
    throw std::invalid_argument("betweenness_options.confidence is " +
                                std::to_string(options.confidence) + "; it lies in (0, 1)");
  }
}

/// Core vertices by a search from the hubs: sources that stand together reach the same vertices on
/// the same levels.
std::vector<vertex_id> sources_in_order(const betweenness_core& core) {
  std::vector<vertex_id> order;
  order.reserve(core.size);
  std::vector<std::uint8_t> seen(core.size, 0);
  const auto visit_row = [&](const std::vector<arc_id>& offsets, const std::vector<vertex_id>& row,
                             vertex_id v) {
    for (arc_id i = offsets[v]; i < offsets[v + std::size_t{1}]; ++i) {
      if (seen[row[i]] == 0) {
        seen[row[i]] = 1;
        order.push_back(row[i]);
      }
    }
  };
  for (vertex_id root = 0; root < core.size; ++root) {
    if (seen[root] != 0) continue;
    seen[root] = 1;
    std::size_t next = order.size();
    order.push_back(root);
    for (; next < order.size(); ++next) {
      const vertex_id v = order[next];
      visit_row(core.out_offsets, core.out_targets, v);
      visit_row(core.in_offsets, core.in_sources, v);
    }
  }
  std::erase_if(order, [&](vertex_id v) {
    const bool merged = !core.merged_into.empty() && core.merged_into[v] != no_vertex;
    return merged || core.out_offsets[v] == core.out_offsets[v + std::size_t{1}];
  });
  return order;
}

class computation {
 public:
  computation(const graph& g, const betweenness_options& options, wanted what,
              const execution& exec)
      : g_(g), options_(options), what_(what), exec_(exec), workers_(exec) {}

  betweenness_result run() {
    check(options_);
    sampled_ = options_.sampled_sources && *options_.sampled_sources < g_.vertex_count();
    const bool by_length = options_.length != arc_length::hop;
    const bool parallel_paths = options_.convention != convention::networkx;
    const detail::folding folded = sampled_    ? detail::folding::nothing
                                   : by_length ? detail::folding::leaves
                                               : detail::folding::leaves_and_merged;
    core_ = detail::make_betweenness_core(g_, folded, parallel_paths, exec_);
    if (by_length) {
      const detail::arc_lengths lengths(g_, options_.length, "betweenness",
                                        detail::zero_lengths::refuse, workers_);
      lengths_ = detail::make_core_lengths(g_, core_, lengths, parallel_paths);
    }
    std::vector<vertex_id> sources = sources_in_order(core_);
    if (sampled_) sources = sample(sources);
    search(sources);
    betweenness_result result;
    result.sources = sampled_ ? *options_.sampled_sources : g_.vertex_count();
    if (what_ == wanted::vertices) {
      result.values = vertex_values();
    } else {
      result.values = arc_values(sums_.arcs);
    }
    if (sampled_) add_uncertainty(result);
    rescale(result);
    return result;
  }

 private:
  /// Keeps the order of the list; vertices without an out-arc are drawn too, and add nothing.
  std::vector<vertex_id> sample(const std::vector<vertex_id>& ordered) {
    const vertex_id n = g_.vertex_count();
    std::vector<vertex_id> vertices(n);
    std::iota(vertices.begin(), vertices.end(), vertex_id{0});
    detail::random_stream random(options_.seed);
    std::vector<std::uint8_t> drawn(n, 0);
    for (vertex_id i = 0; i < *options_.sampled_sources; ++i) {
      std::swap(vertices[i], vertices[i + random.below(n - i)]);
      drawn[vertices[i]] = 1;
    }
    std::vector<vertex_id> kept;
    for (const vertex_id c : ordered) {
      if (drawn[core_.original[c]] != 0) kept.push_back(c);
    }
    return kept;
  }

  void search(const std::vector<vertex_id>& sources) {
    const std::size_t batches = (sources.size() + detail::lane_count - 1) / detail::lane_count;
    const std::size_t most = what_ == wanted::vertices ? vertex_partials : arc_partials;
    const std::size_t partials = std::max<std::size_t>(1, std::min(most, batches));
    std::vector<dependency_sums> parts(partials);
    detail::progress progress(exec_, "betweenness", batches);
    workers_.for_each(partials, 1, [&](std::size_t part) {
      dependency_sums& sums = parts[part];
      prepare(sums);
      const std::size_t first = batches * part / partials;
      const std::size_t last = batches * (part + 1) / partials;
      if (options_.length == arc_length::hop) {
        detail::dependency_search searcher(
            core_, detail::select_dependency_kernel(detail::widest_instruction_set()));
        run_batches(searcher, sources, first, last, sums, progress);
      } else {
        detail::length_dependency_search searcher(core_, lengths_);
        run_batches(searcher, sources, first, last, sums, progress);
      }
    });
    prepare(sums_);
    for (const dependency_sums& part : parts) {
      add(sums_.vertices, part.vertices);
      add(sums_.vertex_squares, part.vertex_squares);
      add(sums_.arcs, part.arcs);
      add(sums_.arc_squares, part.arc_squares);
      add(sums_.reached_by, part.reached_by);
      add(sums_.reaches, part.reaches);
    }
    // Merged into vertices that lead nowhere, and so are no sources.
    for (const vertex_id v : core_.merged) {
      const vertex_id through = core_.merged_into[v];
      if (core_.out_offsets[through] != core_.out_offsets[through + std::size_t{1}]) continue;
      detail::add_merged_source(core_, v, 0.0, sums_);
    }
  }

  template <class Searcher>
  void run_batches(Searcher& searcher, const std::vector<vertex_id>& sources, std::size_t first,
                   std::size_t last, dependency_sums& sums, detail::progress& progress) {
    for (std::size_t batch = first; batch < last; ++batch) {
      workers_.check_stop();
      const std::size_t begin = batch * detail::lane_count;
      const std::size_t count = std::min(detail::lane_count, sources.size() - begin);
      searcher.run(std::span(sources).subspan(begin, count), sums);
      progress.advance();
    }
  }

  void prepare(dependency_sums& sums) const {
    sums.vertices.assign(core_.size, 0.0);
    if (sampled_ && what_ == wanted::vertices) sums.vertex_squares.assign(core_.size, 0.0);
    if (what_ == wanted::arcs) {
      sums.arcs.assign(core_.out_targets.size(), 0.0);
      if (sampled_) sums.arc_squares.assign(core_.out_targets.size(), 0.0);
    }
    if (g_.is_directed()) {
      sums.reached_by.assign(core_.size, 0.0);
      sums.reaches.assign(core_.size, 0.0);
    }
  }

  static void add(std::vector<double>& to, const std::vector<double>& from) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
  }

  /// Directed: how many targets a vertex reaches and how many sources reach it, folded ones
  /// counted.
  void unfold_reach() {
    const vertex_id n = g_.vertex_count();
    reaches_.assign(n, 0.0);
    reached_by_.assign(n, 0.0);
    for (vertex_id v = 0; v < n; ++v) {
      reaches_[v] = core_.targets[v] - 1.0;
      reached_by_[v] = core_.sources[v] - 1.0;
    }
    for (vertex_id c = 0; c < core_.size; ++c) {
      reaches_[core_.original[c]] += sums_.reaches[c];
      reached_by_[core_.original[c]] += sums_.reached_by[c];
    }
    for (std::size_t i = core_.fold_order.size(); i-- > 0;) {
      const vertex_id v = core_.fold_order[i];
      if (core_.folded[v] == detail::fold::source) {
        reaches_[v] += 1.0 + reaches_[core_.parent[v]];
      } else {
        reached_by_[v] += 1.0 + reached_by_[core_.parent[v]];
      }
    }
  }

  /// Sums over ordered pairs (directed) or unordered ones.
  std::vector<double> vertex_values() {
    const vertex_id n = g_.vertex_count();
    std::vector<double> values(n, 0.0);
    const double share = g_.is_directed() ? 1.0 : 0.5;
    for (vertex_id c = 0; c < core_.size; ++c) {
      values[core_.original[c]] = share * sums_.vertices[c];
    }
    if (sampled_) return values;
    if (g_.is_directed()) {
      unfold_reach();
      for (vertex_id v = 0; v < n; ++v) {
        const double sources = core_.sources[v] - 1.0;
        const double targets = core_.targets[v] - 1.0;
        values[v] += targets * reached_by_[v] + sources * reaches_[v] - sources * targets;
      }
      return values;
    }
    for (vertex_id v = 0; v < n; ++v) {
      // Between two trees that hang on v, and between these and everything else.
      const double hanging = core_.sources[v] - 1.0;
      const double branches = core_.branch_squares[v];
      values[v] += (hanging * hanging - branches) / 2.0 +
                   hanging * (core_.component_size[v] - core_.sources[v]);
    }
    return values;
  }

  /// Of pairs of core vertices' sums, to the arcs of the graph.
  std::vector<double> arc_values(const std::vector<double>& by_core_arc) {
    std::vector<double> values(g_.arc_count(), 0.0);
    if (g_.is_directed() && !sampled_) unfold_reach();
    for (vertex_id v = 0; v < g_.vertex_count(); ++v) {
      const auto row = g_.out_neighbors(v);
      for (std::size_t i = 0; i < row.size();) {
        std::size_t next = i + 1;
        while (next < row.size() && row[next] == row[i]) ++next;
        if (row[i] != v) set_arcs(v, row[i], i, next, by_core_arc, values);
        i = next;
      }
    }
    return values;
  }

  void set_arcs(vertex_id v, vertex_id u, std::size_t first, std::size_t last,
                const std::vector<double>& by_core_arc, std::vector<double>& values) const {
    const double value = pair_value(v, u, by_core_arc);
    const arc_id start = g_.first_out_arc(v);
    if (options_.length == arc_length::hop) {
      for (std::size_t i = first; i < last; ++i) {
        values[start + i] = value / static_cast<double>(last - first);
      }
      return;
    }
    // Of parallel arcs only the shortest are on shortest paths.
    const auto weights = g_.out_weights(v);
    const auto length = [&](std::size_t i) {
      return detail::length_of(weights.empty() ? 1.0 : weights[i], options_.length);
    };
    double shortest = length(first);
    for (std::size_t i = first; i < last; ++i) shortest = std::min(shortest, length(i));
    const auto counts = [&](std::size_t i) { return detail::equal_lengths(length(i), shortest); };
    double sharing = 0.0;
    for (std::size_t i = first; i < last; ++i) sharing += counts(i) ? 1.0 : 0.0;
    for (std::size_t i = first; i < last; ++i) {
      if (counts(i)) values[start + i] = value / sharing;
    }
  }

  [[nodiscard]] double core_pair(vertex_id from, vertex_id to,
                                 const std::vector<double>& by_core_arc) const {
    const auto begin =
        core_.out_targets.begin() + static_cast<std::ptrdiff_t>(core_.out_offsets[from]);
    const auto end = core_.out_targets.begin() +
                     static_cast<std::ptrdiff_t>(core_.out_offsets[from + std::size_t{1}]);
    const auto found = std::lower_bound(begin, end, to);
    return by_core_arc[static_cast<std::size_t>(found - core_.out_targets.begin())];
  }

  [[nodiscard]] double pair_value(vertex_id v, vertex_id u,
                                  const std::vector<double>& by_core_arc) const {
    const vertex_id from = core_.position[v];
    const vertex_id to = core_.position[u];
    if (from != no_vertex && to != no_vertex) {
      if (g_.is_directed()) return core_pair(from, to, by_core_arc);
      return 0.5 * (core_pair(from, to, by_core_arc) + core_pair(to, from, by_core_arc));
    }
    if (!g_.is_directed()) {
      const vertex_id child = core_.parent[v] == u && core_.folded[v] == detail::fold::tree ? v : u;
      return core_.sources[child] * (core_.component_size[child] - core_.sources[child]);
    }
    if (core_.folded[v] == detail::fold::source && core_.parent[v] == u) {
      return core_.sources[v] * (1.0 + reaches_[u]);
    }
    return core_.targets[u] * (1.0 + reached_by_[v]);
  }

  void add_uncertainty(betweenness_result& result) {
    const auto n = static_cast<double>(g_.vertex_count());
    const auto k = static_cast<double>(*options_.sampled_sources);
    const double share = g_.is_directed() ? 1.0 : 0.5;
    const auto squares = what_ == wanted::vertices ? vertex_squares() : arc_squares();
    result.standard_errors.resize(result.values.size());
    for (std::size_t i = 0; i < result.values.size(); ++i) {
      const double mean = result.values[i] / share / k;
      const double variance =
          k > 1.0 ? std::max(0.0, (squares[i] - k * mean * mean) / (k - 1.0)) : 0.0;
      result.standard_errors[i] = share * n * std::sqrt(variance / k * (1.0 - k / n));
      result.values[i] *= n / k;
    }
    const double range = what_ == wanted::vertices ? n - 2.0 : n - 1.0;
    const double values = std::max<double>(1.0, static_cast<double>(result.values.size()));
    result.error_bound =
        share * n * std::max(0.0, range) *
        std::sqrt(std::log(2.0 * values / (1.0 - options_.confidence)) / (2.0 * k));
  }

  [[nodiscard]] std::vector<double> vertex_squares() const {
    std::vector<double> squares(g_.vertex_count(), 0.0);
    for (vertex_id c = 0; c < core_.size; ++c) squares[core_.original[c]] = sums_.vertex_squares[c];
    return squares;
  }

  /// An upper bound for parallel arcs and for the two directions of an edge.
  [[nodiscard]] std::vector<double> arc_squares() {
    std::vector<double> squares = arc_values(sums_.arc_squares);
    if (!g_.is_directed()) {
      for (double& square : squares) square *= 2.0;
    }
    return squares;
  }

  void rescale(betweenness_result& result) const {
    const bool fraction = options_.scale == betweenness_scale::fraction ||
                          (options_.scale == betweenness_scale::by_convention &&
                           options_.convention == convention::networkx);
    if (!fraction) return;
    const auto n = static_cast<double>(g_.vertex_count());
    double pairs = what_ == wanted::vertices ? (n - 1.0) * (n - 2.0) : n * (n - 1.0);
    if (!g_.is_directed()) pairs /= 2.0;
    if (pairs <= 0.0) return;
    for (double& value : result.values) value /= pairs;
    for (double& error : result.standard_errors) error /= pairs;
    if (result.error_bound) *result.error_bound /= pairs;
  }

  const graph& g_;
  const betweenness_options& options_;
  wanted what_;
  const execution& exec_;
  detail::parallel workers_;
  bool sampled_ = false;
  betweenness_core core_;
  detail::core_lengths lengths_;
  dependency_sums sums_;
  std::vector<double> reaches_;
  std::vector<double> reached_by_;
};

}  // namespace

betweenness_result betweenness(const graph& g, const betweenness_options& options,
                               const execution& exec) {
  return computation(g, options, wanted::vertices, exec).run();
}

betweenness_result edge_betweenness(const graph& g, const betweenness_options& options,
                                    const execution& exec) {
  return computation(g, options, wanted::arcs, exec).run();
}

}  // namespace valuenet
