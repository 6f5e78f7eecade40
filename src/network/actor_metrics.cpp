#include "valuenet/network/actor_metrics.hpp"

#include "valuenet/metrics/betweenness.hpp"
#include "valuenet/metrics/closeness.hpp"
#include "valuenet/metrics/clustering.hpp"
#include "valuenet/metrics/core.hpp"
#include "valuenet/metrics/core_periphery.hpp"
#include "valuenet/metrics/degree.hpp"
#include "valuenet/metrics/distances.hpp"
#include "valuenet/metrics/eigenvector.hpp"
#include "valuenet/metrics/hits.hpp"
#include "valuenet/metrics/katz.hpp"
#include "valuenet/metrics/pagerank.hpp"
#include "valuenet/network/roles.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "network/arc_kinds.hpp"

namespace valuenet {
namespace {

constexpr std::array facts{
    actor_metric_facts{actor_metric::degree, "degree", "relations given and taken", true},
    actor_metric_facts{actor_metric::in_degree, "in-degree", "relations taken", true},
    actor_metric_facts{actor_metric::out_degree, "out-degree", "relations given", true},
    actor_metric_facts{actor_metric::weighted_degree, "weighted-degree",
                       "weight of the relations given and taken", true},
    actor_metric_facts{actor_metric::weighted_in_degree, "weighted-in-degree",
                       "weight of the relations taken", true},
    actor_metric_facts{actor_metric::weighted_out_degree, "weighted-out-degree",
                       "weight of the relations given", true},
    actor_metric_facts{actor_metric::betweenness, "betweenness",
                       "sum over pairs of the share of shortest paths through the actor", true},
    actor_metric_facts{actor_metric::closeness, "closeness",
                       "inverse of the mean distance to those reached"},
    actor_metric_facts{actor_metric::harmonic, "harmonic",
                       "mean of 1 / distance to those reached (gephi), or its sum"},
    actor_metric_facts{actor_metric::eccentricity, "eccentricity",
                       "largest distance to an actor reached; the least are the most central",
                       false, true},
    actor_metric_facts{actor_metric::pagerank, "pagerank",
                       "chance of finding a walker that follows relations (0.85) or jumps", true},
    actor_metric_facts{actor_metric::eigenvector, "eigenvector",
                       "A^T x = lambda x for the largest lambda; the largest is 1"},
    actor_metric_facts{actor_metric::hub, "hub", "gives to good authorities; the largest is 1"},
    actor_metric_facts{actor_metric::authority, "authority",
                       "is given to by good hubs; the largest is 1"},
    actor_metric_facts{actor_metric::katz, "katz",
                       "walks that end at the actor, a step more counting the attenuation less"},
    actor_metric_facts{actor_metric::core, "core",
                       "largest k such that it has k neighbours within the k-core"},
    actor_metric_facts{actor_metric::onion_layer, "onion-layer",
                       "round in which it is removed when cores are peeled"},
    actor_metric_facts{actor_metric::coreness, "coreness",
                       "c >= 0 such that c_i c_j is most like the ties (Borgatti and Everett)"},
    actor_metric_facts{actor_metric::clustering, "clustering",
                       "share of the pairs of neighbours that are tied"},
    actor_metric_facts{actor_metric::triangles, "triangles", "triangles it is a corner of", true},
    actor_metric_facts{actor_metric::constraint, "constraint",
                       "sum_j (p_ij + sum_q p_iq p_qj)^2 (Burt); the least constrained first",
                       false, true},
    actor_metric_facts{actor_metric::effective_size, "effective-size",
                       "neighbours less their mean redundancy (Burt)"},
    actor_metric_facts{actor_metric::efficiency, "efficiency",
                       "effective size / neighbours (Burt)"},
    actor_metric_facts{actor_metric::hierarchy, "hierarchy",
                       "inequality of the constraint over neighbours (Burt)"},
    actor_metric_facts{actor_metric::brokerage, "brokerage",
                       "open paths a -> actor -> c without a -> c", true},
    actor_metric_facts{actor_metric::parts, "parts",
                       "into how many its component falls without it"},
};

template <class Values>
std::vector<double> as_doubles(const Values& values) {
  return {values.begin(), values.end()};
}

template <class Flags>
std::vector<std::uint8_t> as_flags(const Flags& flags) {
  std::vector<std::uint8_t> result(flags.size());
  std::transform(flags.begin(), flags.end(), result.begin(),
                 [](auto flag) { return static_cast<std::uint8_t>(flag ? 1 : 0); });
  return result;
}

class valuer {
 public:
  /// `selected` tells the kinds of parallel arcs; nullptr: they have none.
  valuer(const graph& g, const selection* selected, const actor_metric_options& options,
         const execution& exec)
      : g_(g), selected_(selected), options_(options), exec_(exec) {}

  actor_metric_result run(actor_metric metric) {
    result_.metric = metric;
    fill(metric);
    if (result_.defined.empty()) result_.defined.assign(g_.vertex_count(), 1);
    return std::move(result_);
  }

 private:
  void fill(actor_metric metric) {
    switch (metric) {
      case actor_metric::degree:
      case actor_metric::in_degree:
      case actor_metric::out_degree:
        result_.values = as_doubles(degrees(g_, kind_of(metric), exec_));
        return;
      case actor_metric::weighted_degree:
      case actor_metric::weighted_in_degree:
      case actor_metric::weighted_out_degree:
        result_.values = weighted_degrees(g_, kind_of(metric), exec_);
        return;
      case actor_metric::betweenness:
        result_.values = betweenness(g_, {.convention = options_.convention}, exec_).values;
        return;
      case actor_metric::closeness:
        return keep(closeness(g_, {.convention = options_.convention}, exec_));
      case actor_metric::harmonic:
        return keep(harmonic_closeness(g_, {.convention = options_.convention}, exec_));
      case actor_metric::eccentricity:
        return fill_eccentricity();
      case actor_metric::pagerank:
      case actor_metric::eigenvector:
      case actor_metric::hub:
      case actor_metric::authority:
      case actor_metric::katz:
        return fill_spectral(metric);
      case actor_metric::core:
        result_.values = as_doubles(core_numbers(g_, exec_).core);
        return;
      case actor_metric::onion_layer:
        result_.values = as_doubles(core_numbers(g_, exec_).layer);
        return;
      case actor_metric::coreness:
        return fill_coreness();
      case actor_metric::clustering:
      case actor_metric::triangles:
        return fill_clustering(metric);
      case actor_metric::constraint:
      case actor_metric::effective_size:
      case actor_metric::efficiency:
      case actor_metric::hierarchy:
        return fill_holes(metric);
      case actor_metric::brokerage:
        return fill_brokerage();
      case actor_metric::parts:
        result_.values = as_doubles(cuts(g_, exec_).parts);
        return;
    }
  }

  static degree_kind kind_of(actor_metric metric) {
    switch (metric) {
      case actor_metric::in_degree:
      case actor_metric::weighted_in_degree:
        return degree_kind::in;
      case actor_metric::out_degree:
      case actor_metric::weighted_out_degree:
        return degree_kind::out;
      default:
        return degree_kind::total;
    }
  }

  void keep(closeness_result found) {
    result_.values = std::move(found.values);
    result_.defined = as_flags(found.defined);
  }

  void fill_eccentricity() {
    // Never estimated: a lower bound would rank wrongly.
    const distances_result found = distances(g_, {.method = distance_method::exact}, exec_);
    result_.values = as_doubles(found.eccentricity);
    result_.defined = as_flags(found.eccentricity);
  }

  void fill_spectral(actor_metric metric) {
    if (metric == actor_metric::pagerank) {
      pagerank_result found =
          pagerank(g_, {.convention = options_.convention, .weights = options_.weights}, exec_);
      result_.values = std::move(found.score);
      result_.converged = found.converged;
    } else if (metric == actor_metric::eigenvector) {
      eigenvector_result found = eigenvector(g_, {.weights = options_.weights}, exec_);
      if (!found.eigenvalue) result_.defined.assign(g_.vertex_count(), 0);
      result_.values = std::move(found.score);
      result_.converged = found.converged;
    } else if (metric == actor_metric::katz) {
      katz_result found =
          katz(g_, {.attenuation = attenuation(), .weights = options_.weights}, exec_);
      result_.values = std::move(found.score);
      result_.converged = found.converged;
    } else {
      hits_result found = hits(g_, {.weights = options_.weights}, exec_);
      if (!found.singular_value) result_.defined.assign(g_.vertex_count(), 0);
      result_.values = std::move(metric == actor_metric::hub ? found.hub : found.authority);
      result_.converged = found.converged;
    }
  }

  double attenuation() const {
    if (options_.katz_attenuation) return *options_.katz_attenuation;
    constexpr double where_all_converge = 0.1;
    const auto largest = eigenvector(g_, {.weights = options_.weights}, exec_).eigenvalue;
    return largest && *largest > 0.0 ? 0.5 / *largest : where_all_converge;
  }

  void fill_coreness() {
    coreness_result found = coreness(g_, {.weights = options_.weights}, exec_);
    if (!found.correlation) result_.defined.assign(g_.vertex_count(), 0);
    result_.values = std::move(found.score);
    result_.converged = found.converged;
  }

  void fill_clustering(actor_metric metric) {
    const bool has_kinds =
        selected_ != nullptr && options_.convention == convention::gephi && g_.is_directed();
    const std::vector<std::uint32_t> kinds =
        has_kinds ? detail::arc_kinds_of(*selected_) : std::vector<std::uint32_t>{};
    clustering_result found =
        clustering(g_, {.convention = options_.convention, .arc_kinds = kinds}, exec_);
    if (metric == actor_metric::triangles) {
      result_.values = as_doubles(found.triangles);
    } else {
      result_.values = std::move(found.local);
      result_.defined = as_flags(found.defined);
    }
  }

  void fill_holes(actor_metric metric) {
    structural_holes_result found = structural_holes(
        g_, options_.weights == arc_weights::use ? tie_strength::weight : tie_strength::unit,
        exec_);
    result_.values = std::move(metric == actor_metric::constraint       ? found.constraint
                               : metric == actor_metric::effective_size ? found.effective_size
                               : metric == actor_metric::efficiency     ? found.efficiency
                                                                        : found.hierarchy);
    result_.defined =
        std::move(metric == actor_metric::hierarchy ? found.hierarchy_defined : found.defined);
  }

  void fill_brokerage() {
    // Each a group of its own: every open path is a liaison's, and all are counted.
    std::vector<std::uint32_t> alone(g_.vertex_count());
    std::iota(alone.begin(), alone.end(), std::uint32_t{0});
    for (const auto& counts : brokerage(g_, alone, {}, exec_).counts) {
      result_.values.push_back(
          static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0})));
    }
  }

  const graph& g_;
  const selection* selected_;
  const actor_metric_options& options_;
  const execution& exec_;
  actor_metric_result result_;
};

}  // namespace

std::span<const actor_metric_facts> actor_metrics() noexcept {
  return facts;
}

const actor_metric_facts& facts_of(actor_metric metric) noexcept {
  return facts[static_cast<std::size_t>(metric)];
}

std::optional<actor_metric> parse_actor_metric(std::string_view name) noexcept {
  for (const actor_metric_facts& each : facts) {
    if (each.name == name) return each.metric;
  }
  return std::nullopt;
}

actor_metric_result actor_values(const selection& selected, actor_metric metric,
                                 const actor_metric_options& options, const execution& exec) {
  return valuer(selected.graph(), &selected, options, exec).run(metric);
}

actor_metric_result actor_values(const graph& g, actor_metric metric,
                                 const actor_metric_options& options, const execution& exec) {
  return valuer(g, nullptr, options, exec).run(metric);
}

}  // namespace valuenet
