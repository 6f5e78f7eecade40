// Is a network a small world: as clustered as a lattice, with paths as short as by chance?
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/convention.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/statistics/null_model.hpp"

#include <cstdint>
#include <optional>

namespace valuenet {

/// Which clustering sigma, omega and the propensity speak of.
enum class clustering_measure : std::uint8_t {
  average,       ///< the mean of the local coefficients
  transitivity,  ///< 3 triangles / connected triples
};

struct small_world_options {
  clustering_measure measure = clustering_measure::average;
  /// Of the average clustering.
  valuenet::convention convention = convention::gephi;
  /// Random graphs, at least 2, and lattices, at least 1; else std::invalid_argument.
  std::uint32_t replicates = 20;
  std::uint32_t lattices = 2;
  /// Whether the random graphs stay connected.
  bool connected = false;
  double attempts_per_edge = 10.0;
  /// Of the lattices: these approach their form only slowly.
  double lattice_attempts_per_edge = 200.0;
  std::uint64_t seed = 1;
};

struct small_world_result {
  /// Of the largest weak component's simple form.
  vertex_id vertices = 0;
  arc_id edges = 0;
  /// Clustering C and mean distance L, each with its values on random graphs of the same degrees.
  null_comparison clustering{};
  null_comparison mean_distance{};
  /// Means over the lattices.
  std::optional<double> lattice_clustering{};
  std::optional<double> lattice_mean_distance{};
  /// (C / C_random) / (L / L_random): above 1 a small world. Grows with the network.
  std::optional<double> sigma{};
  /// L_random / L - C / C_lattice: 0 a small world, towards 1 random, towards -1 a lattice.
  std::optional<double> omega{};
  /// 1 - sqrt((dC^2 + dL^2) / 2), dC = (C_lattice - C) / (C_lattice - C_random), dL = (L -
  /// L_random) / (L_lattice - L_random), each kept within [0, 1]. Near 1 a small world.
  std::optional<double> propensity{};
};

/// Small-world measures of g against random graphs and ring lattices with the same degrees.
///
/// Population: the largest weak component, since distances across components are undefined; its
/// simple form. A random graph may fall apart (unless `connected`), and then its mean distance is
/// over the reachable pairs. Directed graphs are measured and rewired as directed. Each measure is
/// nothing where a part of it is undefined, or a divisor 0: C of a tree is 0, and so sigma.
///
/// Cost: exact distances of all pairs for every replicate and lattice, in parallel over these.
/// Throws std::invalid_argument, cancelled. Same bits at any thread count.
///
/// Source: sigma: Humphries & Gurney 2008, doi:10.1371/journal.pone.0002051; omega: Telesford et
/// al. 2011, doi:10.1089/brain.2011.0038; propensity: Muldoon, Bridgeford & Bassett 2016,
/// doi:10.1038/srep22057 (there by weighted lattices); lattices: Sporns & Zwi 2004,
/// doi:10.1385/NI:2:2:145.
[[nodiscard]] small_world_result small_world(const graph& g,
                                             const small_world_options& options = {},
                                             const execution& exec = {});

}  // namespace valuenet
