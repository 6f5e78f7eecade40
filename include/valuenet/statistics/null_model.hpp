// Networks by chance with the same degrees, and any statistic held against them.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace valuenet {

/// What is kept of a graph beside every vertex's degrees.
enum class rewiring_constraint : std::uint8_t {
  none,
  /// The graph stays weakly connected, as it must be to begin with.
  connected,
  /// Not a null model but its opposite: the vertices stand in random order on a ring, pairs of
  /// edges are drawn so that the switch would tie vertices that stand near each other, and it is
  /// made only where the two edges together become shorter. What comes out is as much a ring
  /// lattice as the degrees allow and the attempts reach.
  lattice,
};

struct rewiring_options {
  rewiring_constraint constraint = rewiring_constraint::none;
  /// Attempted switches, as a multiple of the edges. Not below 0 and finite, else
  /// std::invalid_argument.
  double attempts_per_edge = 10.0;
  std::uint64_t seed = 1;
  /// Which of the graphs that a seed stands for.
  std::uint64_t replicate = 0;
};

struct rewiring_result {
  /// Simple and unweighted, with the direction of the one given.
  valuenet::graph graph;
  std::uint64_t attempted = 0;
  std::uint64_t switched = 0;
};

/// A random graph with the degrees of g's simple form (loops dropped, parallel arcs merged; of a
/// directed graph in- and out-degrees), by Maslov and Sneppen's switches: two edges a-b, c-d become
/// a-d, c-b unless that makes a loop or a parallel edge; undirected ones in either way round.
///
/// Every attempt counts, a refused one leaves the graph as it is: that makes all reachable graphs
/// equally likely in the long run (counting successes only does not). Ten attempts an edge are
/// customary. Reciprocity is not kept. Directed graphs that differ by nothing but turned three-arc
/// cycles may be out of each other's reach (Roberts & Coolen 2012).
///
/// Connected: switches that cut off fewer than 16 vertices are refused at once; beyond that the
/// graph is looked at after a window of switches, which is taken back as a whole where it has
/// fallen apart (Viger & Latapy 2016). The window adapts.
///
/// Cost: O(edges x attempts_per_edge), 0.1 to 0.4 us an attempt;
/// 50 bytes an edge. Throws std::invalid_argument (options; `connected` for a graph that is not),
/// cancelled. Runs on one thread: take several replicates at once. Deterministic.
///
/// Source: Maslov & Sneppen 2002, doi:10.1126/science.1065103; Milo et al. 2003,
/// arXiv:cond-mat/0312028; Viger & Latapy 2016, doi:10.1093/comnet/cnv013; Roberts & Coolen 2012,
/// doi:10.1103/PhysRevE.85.046103.
[[nodiscard]] rewiring_result rewire(const graph& g, const rewiring_options& options = {},
                                     const execution& exec = {});

/// Any number that a graph has; nothing where it is undefined. Called from several threads at once,
/// with an execution of one thread.
using graph_statistic = std::function<std::optional<double>(const graph&, const execution&)>;

struct null_model_options {
  /// At least 2, else std::invalid_argument.
  std::uint32_t replicates = 100;
  /// Its `replicate` is not looked at.
  rewiring_options rewiring{};
};

/// A statistic beside its values on graphs with the same degrees.
struct null_comparison {
  /// Of the simple form of the graph. Nothing where undefined.
  std::optional<double> observed{};
  /// Over the replicates in which it is defined; nothing for none (of the deviation: for fewer than
  /// two).
  std::optional<double> mean{};
  std::optional<double> deviation{};
  /// (observed - mean) / deviation; nothing where a part is missing or the deviation is 0.
  std::optional<double> z_score{};
  /// (1 + replicates at or above the observed) / (1 + replicates), and at or below: never 0.
  std::optional<double> p_above{};
  std::optional<double> p_below{};
  /// Replicates in which it is defined.
  std::uint32_t replicates = 0;
  /// By replicate; those without a value left out.
  std::vector<double> values{};
};

/// Holds statistics of g against graphs by chance with the same degrees: how many standard
/// deviations it lies off, and how often chance gives as much. Graph and replicates are simple and
/// unweighted, so that both are measured alike. Cost: a rewiring and every statistic a replicate,
/// replicates in parallel. Throws what rewire() and the statistics throw. Same bits at any thread
/// count.
[[nodiscard]] std::vector<null_comparison> compare_with_null(
    const graph& g, std::span<const graph_statistic> statistics,
    const null_model_options& options = {}, const execution& exec = {});

}  // namespace valuenet
