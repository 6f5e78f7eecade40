#include "valuenet/network/summary.hpp"

#include "valuenet/graph/gephi_view.hpp"
#include "valuenet/metrics/assortativity.hpp"
#include "valuenet/metrics/clustering.hpp"
#include "valuenet/metrics/communities.hpp"
#include "valuenet/metrics/components.hpp"
#include "valuenet/metrics/degree.hpp"
#include "valuenet/metrics/density.hpp"
#include "valuenet/metrics/diameter.hpp"
#include "valuenet/metrics/distances.hpp"
#include "valuenet/metrics/reciprocity.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "network/arc_kinds.hpp"

namespace valuenet {
namespace {

std::optional<double> as_value(std::uint64_t count) {
  return static_cast<double>(count);
}

template <class T>
std::optional<double> as_value(const std::optional<T>& value) {
  if (!value) return std::nullopt;
  return static_cast<double>(*value);
}

/// Collects the statistics of one graph read in one way.
class summarizer {
 public:
  summarizer(const graph& g, std::span<const std::uint32_t> arc_kinds,
             const summary_options& options, const execution& exec)
      : given_(g), kinds_(arc_kinds), options_(options), exec_(exec) {
    result_.convention = options.convention;
    result_.direction = g.direction();
    result_.dialog = options.dialog;
    const auto weights = g.out_weights();
    has_negative_ = std::any_of(weights.begin(), weights.end(), [](double w) { return w < 0.0; });
    const bool view = is_gephi() && g.is_directed() && options.dialog == gephi_dialog::undirected;
    studied_ = view ? gephi_undirected_view(g, arc_kinds, exec) : g;
  }

  summary_result run() {
    add_sizes();
    add_degrees();
    // In the order of the report's table: the paths' diameter before the density.
    const distances_result paths = distances(studied_,
                                             {.method = options_.distances,
                                              .exact_budget = options_.exact_budget,
                                              .seed = options_.seed},
                                             exec_);
    const clustering_result triangles =
        clustering(studied_,
                   {.convention = options_.convention,
                    .arc_kinds = studied_.is_directed() ? kinds_ : no_kinds_},
                   exec_);
    add_diameter(paths);
    add_density();
    add_modularity();
    add_clustering(triangles);
    add_path_length(paths);
    add_further_paths(paths);
    add_components();
    add_triangles(triangles);
    add_ties();
    add_centralization();
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool is_gephi() const { return options_.convention == convention::gephi; }
  [[nodiscard]] bool is_networkx() const { return options_.convention == convention::networkx; }
  [[nodiscard]] std::uint64_t nodes() const { return given_.vertex_count(); }
  [[nodiscard]] std::string all_nodes() const { return fmt::format("{} nodes", nodes()); }

  void add_count(const char* name, const char* label, const char* label_zh, std::uint64_t value,
                 std::string definition, std::string population) {
    add(name, label, label_zh, as_value(value), true, std::move(definition), std::move(population));
  }

  void add_real(const char* name, const char* label, const char* label_zh,
                std::optional<double> value, std::string definition, std::string population) {
    add(name, label, label_zh, value, false, std::move(definition), std::move(population));
  }

  void add(const char* name, const char* label, const char* label_zh, std::optional<double> value,
           bool is_count, std::string definition, std::string population) {
    result_.statistics.push_back({.name = name,
                                  .label = label,
                                  .label_zh = label_zh,
                                  .value = value,
                                  .is_count = is_count,
                                  .definition = std::move(definition),
                                  .population = std::move(population)});
  }

  void add_sizes() {
    add_count("nodes", "nodes", "节点数", nodes(), "actors in the network", "all actors");
    add_count("edges", "edges", "边数", given_.edge_count(),
              given_.is_directed() ? "arcs; rows of one giver, taker and kind merged"
                                   : "edges; rows of one pair and kind merged",
              "all relations selected");
  }

  void add_degrees() {
    const bool per_arc = is_gephi() && given_.is_directed();
    add_real("average_degree", "average degree", "平均度",
             average_degree(given_, options_.convention),
             per_arc ? "edges / nodes" : "2 edges / nodes", all_nodes());
    add_real("average_weighted_degree", "average weighted degree", "平均加权度",
             average_weighted_degree(given_, options_.convention, exec_),
             per_arc ? "sum of weights / nodes" : "2 sum of weights / nodes", all_nodes());
  }

  /// NetworkX has no path statistics of a graph where some pair has no path.
  [[nodiscard]] bool paths_are_defined(const distances_result& paths) const {
    return !is_networkx() || (paths.unreachable_pairs == 0 && nodes() > 0);
  }

  [[nodiscard]] std::string path_definition(const distances_result& paths,
                                            std::string definition) const {
    if (paths_are_defined(paths)) return definition;
    return fmt::format("undefined by NetworkX: {} ordered pairs have no path",
                       paths.unreachable_pairs);
  }

  /// How the distances were found, where not by counting them all.
  [[nodiscard]] std::string estimate_of(const distances_result& paths) const {
    std::string text = paths.method == distance_method::sampled
                           ? fmt::format("estimated from {} sampled nodes", paths.sources)
                           : "estimated by HyperBall";
    if (paths.estimated_arc_visits > 0) {
      text += fmt::format(" (counting all would visit {:.2g} arcs, budget {:.2g})",
                          static_cast<double>(paths.estimated_arc_visits),
                          static_cast<double>(options_.exact_budget));
    }
    return text;
  }

  /// A statistic of the paths, with its interval where it was estimated.
  void add_path(statistic s, const distances_result& paths,
                const std::optional<interval>& interval = {}) {
    if (paths.method != distance_method::exact && s.value) {
      s.definition += "; " + estimate_of(paths);
      if (interval) {
        s.definition +=
            s.is_count
                ? fmt::format(", 95% interval {:.6g} to {:.6g}", interval->lower, interval->upper)
                : fmt::format(", 95% interval {:.4f} to {:.4f}", interval->lower, interval->upper);
      }
      s.seed = options_.seed;
      s.interval = interval;
    }
    result_.statistics.push_back(std::move(s));
  }

  [[nodiscard]] static std::string reachable_pairs(const distances_result& paths) {
    return fmt::format("{} reachable pairs", paths.reachable_pairs);
  }

  void add_diameter(const distances_result& paths) {
    std::optional<std::uint32_t> value = paths.diameter;
    std::string definition = "largest distance between reachable nodes, in arcs";
    if (paths.method != distance_method::exact) {
      const diameter_result found = diameter(studied_, {.most_searches = 4096}, exec_);
      value = std::max(value, found.diameter);
      if (found.upper_bound > *value) {
        definition = fmt::format("largest distance found, in arcs: a lower bound; none is above {}",
                                 found.upper_bound);
      }
    }
    add("diameter", "diameter", "网络直径",
        paths_are_defined(paths) ? as_value(value) : std::nullopt, true,
        path_definition(paths, std::move(definition)), reachable_pairs(paths));
  }

  void add_density() {
    const bool directed = studied_.is_directed();
    add_real("density", "density", "图密度", density(studied_),
             directed ? "edges / (nodes (nodes - 1))" : "2 edges / (nodes (nodes - 1))",
             fmt::format("{} {} pairs",
                         directed ? nodes() * (nodes() - (nodes() > 0 ? 1 : 0))
                                  : nodes() * (nodes() - (nodes() > 0 ? 1 : 0)) / 2,
                         directed ? "ordered" : "unordered"));
  }

  void add_modularity() {
    if (has_negative_) {
      add_real("modularity", "modularity", "模块化", std::nullopt,
               "undefined: some weights are negative", "all edges");
      return;
    }
    const communities_result found =
        communities(given_,
                    {.convention = options_.convention,
                     .resolution = options_.resolution,
                     .arc_kinds = is_gephi() && given_.is_directed() ? kinds_ : no_kinds_,
                     .seed = options_.seed,
                     .runs = static_cast<std::uint32_t>(std::max(1, options_.runs)),
                     .finalists = options_.finalists,
                     .most_patience = options_.most_patience},
                    exec_);
    const char* objective = is_gephi() && given_.is_directed() ? "undirected view"
                            : given_.is_directed()             ? "directed (Leicht and Newman)"
                                                               : "undirected";
    statistic s{.name = "modularity",
                .label = "modularity",
                .label_zh = "模块化",
                .value = found.modularity,
                .is_count = false,
                .definition = fmt::format("best of {} Leiden runs, {}, resolution {}",
                                          options_.runs, objective, options_.resolution),
                .population = fmt::format("all edges, {} communities", found.count),
                .seed = options_.seed};
    result_.statistics.push_back(std::move(s));
    community_count_ = found.count;
  }

  void add_clustering(const clustering_result& triangles) {
    const bool gephi_directed = is_gephi() && studied_.is_directed();
    const bool fagiolo = is_networkx() && studied_.is_directed();
    add_real("average_clustering", "average clustering", "平均聚类系数", triangles.average,
             gephi_directed  ? "mean of arcs among neighbours / (k (k - 1)), k < 2 counts as 0"
             : fagiolo       ? "mean of Fagiolo's directed coefficient, k < 2 counts as 0"
             : is_networkx() ? "mean of 2 triangles / (k (k - 1)), k < 2 counts as 0"
                             : "mean of 2 triangles / (k (k - 1)) over nodes with k >= 2",
             fmt::format("{} nodes", triangles.averaged_over));
  }

  void add_path_length(const distances_result& paths) {
    add_path({.name = "average_path_length",
              .label = "average path length",
              .label_zh = "平均路径长度",
              .value = paths_are_defined(paths) ? paths.mean : std::nullopt,
              .definition =
                  path_definition(paths, "mean distance over reachable ordered pairs, unweighted"),
              .population = reachable_pairs(paths)},
             paths, paths.mean_interval);
  }

  void add_further_paths(const distances_result& paths) {
    const bool is_exact = paths.method == distance_method::exact;
    add("radius", "radius", "半径",
        paths_are_defined(paths) ? as_value(paths.radius) : std::nullopt, true,
        is_exact ? path_definition(paths, "smallest eccentricity; who reaches nobody has 0")
                 : "not known: distances were " + estimate_of(paths),
        all_nodes());
    add_path({.name = "reachable_pairs",
              .label = "reachable pairs",
              .label_zh = "可达点对",
              .value = as_value(paths.reachable_pairs),
              .is_count = true,
              .definition = "ordered pairs u != v with a path from u to v",
              .population = "all ordered pairs"},
             paths, paths.reachable_pairs_interval);
    add_path({.name = "unreachable_pairs",
              .label = "unreachable pairs",
              .label_zh = "不可达点对",
              .value = as_value(paths.unreachable_pairs),
              .is_count = true,
              .definition = "ordered pairs u != v without one",
              .population = "all ordered pairs"},
             paths);
    add_path({.name = "effective_diameter",
              .label = "effective diameter",
              .label_zh = "有效直径",
              .value = paths.effective_diameter,
              .definition = "distance that covers 90% of the pairs, interpolated",
              .population = reachable_pairs(paths)},
             paths);
    add_path({.name = "global_efficiency",
              .label = "global efficiency",
              .label_zh = "全局效率",
              .value = paths.efficiency,
              .definition = "mean of 1 / distance, 0 where there is no path",
              .population = "all ordered pairs"},
             paths, paths.efficiency_interval);
  }

  void add_components() {
    const components_result weak = weak_components(given_, exec_);
    const components_result strong = strong_components(studied_, exec_);
    const auto largest = [](const components_result& c) {
      return std::uint64_t{c.largest ? c.sizes[*c.largest] : 0};
    };
    add_count("weak_components", "weak components", "弱连通分量", weak.count,
              "parts connected when direction is ignored", all_nodes());
    add_count("largest_weak_component", "largest weak component", "最大弱连通分量", largest(weak),
              "nodes in it", all_nodes());
    add_count("strong_components", "strong components", "强连通分量", strong.count,
              studied_.is_directed() ? "parts in which each node reaches each"
                                     : "as weak ones: the graph is undirected",
              all_nodes());
    add_count("largest_strong_component", "largest strong component", "最大强连通分量",
              largest(strong), "nodes in it", all_nodes());
  }

  void add_triangles(const clustering_result& triangles) {
    add_count("triangles", "triangles", "三角形", triangles.triangle_count,
              "triples of nodes that are all tied", "all nodes");
    add_real("transitivity", "transitivity", "传递性", triangles.transitivity,
             is_networkx() && studied_.is_directed()
                 ? "share of pairs of out-neighbours with an arc between (as NetworkX)"
                 : "3 triangles / connected triples, direction ignored",
             "connected triples");
  }

  void add_ties() {
    if (has_negative_) {
      add_real("reciprocity", "reciprocity", "互惠性", std::nullopt,
               "undefined: some weights are negative", "all edges");
    } else {
      const reciprocity_result ties =
          reciprocity(given_, {.convention = options_.convention}, exec_);
      add_real("reciprocity", "reciprocity", "互惠性", ties.reciprocity,
               "arcs that are returned / arcs", fmt::format("{} arcs", ties.arcs));
    }
    add_real("degree_assortativity", "degree assortativity", "度同配性",
             degree_assortativity(given_, {.convention = options_.convention}, exec_),
             given_.is_directed() ? "correlation of giver's out- and taker's in-degree"
                                  : "correlation of the degrees at an edge's ends",
             "all edges");
    if (!has_negative_) {
      add_count("communities", "communities", "社区数", community_count_,
                "in the partition behind the modularity", all_nodes());
      result_.statistics.back().seed = options_.seed;
    }
    add_count("loops", "loops", "自环", given_.loop_count(), "relations of an actor with itself",
              "all edges");
    const std::uint64_t repeats = given_.parallel_arc_count();
    add_count("parallel_edges", "parallel edges", "平行边",
              given_.is_directed() ? repeats : repeats / 2,
              "edges beyond the first between two nodes, one way", "all edges");
  }

  void add_centralization() {
    add_real("degree_centralization", "degree centralization", "度中心势",
             degree_centralization(given_, degree_kind::total, exec_),
             "Freeman: sum of (max - degree) / its largest value", all_nodes());
    if (!given_.is_directed()) return;
    add_real("in_degree_centralization", "in-degree centralization", "入度中心势",
             degree_centralization(given_, degree_kind::in, exec_), "Freeman, of in-degrees",
             all_nodes());
    add_real("out_degree_centralization", "out-degree centralization", "出度中心势",
             degree_centralization(given_, degree_kind::out, exec_), "Freeman, of out-degrees",
             all_nodes());
  }

  const graph& given_;
  /// What paths, clustering and density are of: the graph, or Gephi's undirected view of it.
  graph studied_;
  std::span<const std::uint32_t> kinds_;
  std::span<const std::uint32_t> no_kinds_{};
  const summary_options& options_;
  const execution& exec_;
  summary_result result_;
  std::uint64_t community_count_ = 0;
  /// Then communities and reciprocity, which weigh, are undefined.
  bool has_negative_ = false;
};

statistic role_count(const selection& selected, role wanted) {
  std::uint64_t count = 0;
  for (const actor_id a : selected.actors()) count += selected.network().role(a) == wanted ? 1 : 0;
  const bool sample = wanted == role::sample;
  const bool known = !selected.network().actors().roles.empty();
  return {.name = sample ? "sample_nodes" : "relation_nodes",
          .label = sample ? "sample actors" : "relation actors",
          .label_zh = sample ? "样本节点数" : "关系节点数",
          .value = known ? as_value(count) : std::nullopt,
          .is_count = true,
          .definition = !known   ? "undefined: the tables give no roles"
                        : sample ? "actors that the study surveyed"
                                 : "actors only named in a surveyed actor's relations",
          .population = fmt::format("{} nodes", selected.actors().size())};
}

}  // namespace

const statistic* summary_result::find(std::string_view name) const noexcept {
  const auto found = std::find_if(statistics.begin(), statistics.end(),
                                  [&](const statistic& s) { return s.name == name; });
  return found == statistics.end() ? nullptr : &*found;
}

summary_result summarize(const graph& g, const summary_options& options, const execution& exec) {
  return summarizer(g, {}, options, exec).run();
}

summary_result summarize(const selection& selected, const summary_options& options,
                         const execution& exec) {
  const std::vector<std::uint32_t> kinds = detail::arc_kinds_of(selected);
  summary_result result = summarizer(selected.graph(), kinds, options, exec).run();
  result.statistics.insert(result.statistics.begin(), {role_count(selected, role::sample),
                                                       role_count(selected, role::relation)});
  result.notice = selected.network().surrogate_notice();
  return result;
}

}  // namespace valuenet
