#include "valuenet/metrics/modularity.hpp"

#include "valuenet/graph/gephi_view.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "detail/parallel.hpp"

namespace valuenet {
namespace {

constexpr std::size_t vertex_grain = std::size_t{1} << 12;

void check(const graph& g, std::span<const std::uint32_t> community,
           const modularity_options& options) {
  if (community.size() != g.vertex_count()) {
    throw std::invalid_argument("modularity: community has " + std::to_string(community.size()) +
                                " entries, the graph " + std::to_string(g.vertex_count()) +
                                " vertices");
  }
  if (!(options.resolution >= 0.0) || std::isinf(options.resolution)) {
    throw std::invalid_argument("modularity_options.resolution is " +
                                std::to_string(options.resolution) +
                                "; it must be finite and not negative");
  }
}

/// Communities renumbered 0, 1, ... in the order of their names.
struct dense_classes {
  std::vector<vertex_id> of_vertex;
  std::size_t count = 0;
};

dense_classes renumber(std::span<const std::uint32_t> community) {
  dense_classes classes{.of_vertex = std::vector<vertex_id>(community.size()), .count = 0};
  std::uint32_t largest = 0;
  for (const std::uint32_t name : community) largest = std::max(largest, name);
  if (largest < 2 * community.size()) {
    // Names that are small numbers, as those of communities(), need no sorting.
    std::vector<vertex_id> number(std::size_t{largest} + 1, 0);
    for (const std::uint32_t name : community) number[name] = 1;
    for (vertex_id& each : number) {
      classes.count += each;
      each = static_cast<vertex_id>(classes.count) - 1;
    }
    std::transform(community.begin(), community.end(), classes.of_vertex.begin(),
                   [&](std::uint32_t name) { return number[name]; });
    return classes;
  }
  std::vector<std::uint32_t> names(community.begin(), community.end());
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  classes.count = names.size();
  std::transform(community.begin(), community.end(), classes.of_vertex.begin(),
                 [&](std::uint32_t name) {
                   const auto at = std::lower_bound(names.begin(), names.end(), name);
                   return static_cast<vertex_id>(at - names.begin());
                 });
  return classes;
}

/// What a vertex adds to the sums of its community.
struct vertex_terms {
  double out = 0.0;
  double in = 0.0;
  double within = 0.0;
};

class terms {
 public:
  terms(const graph& g, const modularity_options& options, std::span<const vertex_id> classes)
      : g_(g),
        weighted_(g.is_weighted() && options.weights == arc_weights::use),
        drop_loops_(options.convention == convention::gephi),
        classes_(classes) {}

  [[nodiscard]] vertex_terms of(vertex_id v) const {
    vertex_terms sums;
    const auto targets = g_.out_neighbors(v);
    for (std::size_t i = 0; i < targets.size(); ++i) {
      double weight = weighted_ ? checked(g_.out_weights(v)[i]) : 1.0;
      if (targets[i] == v) {
        if (drop_loops_) continue;
        // An undirected loop is one arc, with both its ends in the degree.
        if (!g_.is_directed()) weight *= 2.0;
      }
      sums.out += weight;
      if (classes_[targets[i]] == classes_[v]) sums.within += weight;
    }
    if (!g_.is_directed()) {
      sums.in = sums.out;
    } else if (weighted_) {
      for (const double weight : g_.in_weights(v)) sums.in += weight;
    } else {
      sums.in = static_cast<double>(g_.in_arc_count(v));
    }
    return sums;
  }

 private:
  static double checked(double weight) {
    if (weight >= 0.0 && !std::isinf(weight)) return weight;
    throw std::invalid_argument("modularity: an arc has the weight " + std::to_string(weight) +
                                "; it needs finite weights of at least 0");
  }

  const graph& g_;
  bool weighted_;
  bool drop_loops_;
  std::span<const vertex_id> classes_;
};

}  // namespace

std::optional<double> modularity(const graph& g, std::span<const std::uint32_t> community,
                                 const modularity_options& options, const execution& exec) {
  check(g, community, options);
  const bool gephi = options.convention == convention::gephi;
  const graph view = gephi ? gephi_undirected_view(g, options.arc_kinds, exec) : g;
  const dense_classes classes = renumber(community);

  detail::parallel workers(exec);
  const terms terms(view, options, classes.of_vertex);
  std::vector<vertex_terms> by_vertex(view.vertex_count());
  workers.for_each(by_vertex.size(), vertex_grain,
                   [&](std::size_t v) { by_vertex[v] = terms.of(static_cast<vertex_id>(v)); });

  // In an undirected graph every sum below is twice that of the formula, numerator and divisor.
  std::vector<double> out(classes.count, 0.0);
  std::vector<double> in(classes.count, 0.0);
  double within = 0.0;
  double total = 0.0;
  for (std::size_t v = 0; v < by_vertex.size(); ++v) {
    out[classes.of_vertex[v]] += by_vertex[v].out;
    in[classes.of_vertex[v]] += by_vertex[v].in;
    within += by_vertex[v].within;
    total += by_vertex[v].out;
  }
  if (!(total > 0.0)) return std::nullopt;
  double expected = 0.0;
  for (std::size_t c = 0; c < classes.count; ++c) expected += out[c] / total * (in[c] / total);
  const double bonds = within / total;
  return gephi ? options.resolution * bonds - expected : bonds - options.resolution * expected;
}

}  // namespace valuenet
