// Layers of a network: technology, human capital and investment side by side.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/network/value_network.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace valuenet {

/// One layer: the selected relations with one word in a column. All layers have the same vertices.
struct layer {
  std::string name;
  /// Directed, without loops and parallel arcs.
  valuenet::graph graph;
};

struct layers_result {
  /// Of the vertices, the same in every layer, ascending.
  std::vector<actor_id> actors;
  /// By name of first appearance. Relations without a word are in none.
  std::vector<layer> layers;
  std::uint64_t without_layer = 0;
};

/// The selected relations by their words in `column` ("dimension", "kind", ...). Vertices are the
/// actors with a relation in some layer (all selected actors with all_actors). O(relations x
/// layers). Throws std::invalid_argument for a column that does not exist or over 64 layers.
[[nodiscard]] layers_result layers_of(const value_network& network,
                                      std::string_view column = "dimension",
                                      const selection_options& selection = {},
                                      const execution& exec = {});

struct layer_pair {
  std::size_t first = 0;
  std::size_t second = 0;
  /// Ordered pairs of actors with an arc in both.
  std::uint64_t common_arcs = 0;
  /// common / arcs in either: Jaccard. Nothing where both layers are empty.
  std::optional<double> overlap;
  std::uint64_t common_actors = 0;
  /// Actors active in both of those active in either.
  std::optional<double> actor_overlap;
  /// Spearman's of the degrees (in + out) over the actors active in either; ties share ranks.
  /// Nothing where either is constant.
  std::optional<double> degree_correlation;
  /// The same over the actors active in both alone: whether those that are large in one are large
  /// in the other, whoever else there is.
  std::optional<double> common_degree_correlation;
};

struct multiplexity_result {
  /// arcs_in[k]: ordered pairs with an arc in exactly k layers, k = 1 .. layers; [0] is 0.
  std::vector<std::uint64_t> arcs_in;
  /// actors_in[k]: actors active in exactly k layers.
  std::vector<std::uint64_t> actors_in;
  std::vector<std::uint64_t> active_actors;
  std::vector<layer_pair> pairs;
  /// Of every vertex: in how many layers it has an arc, and how evenly its degree is spread over
  /// them: 1 - sum (k_l / k)^2 times L / (L - 1): 0 in one layer only, 1 alike in all (Battiston et
  /// al. 2014's participation coefficient).
  std::vector<std::uint32_t> layers_of_actor;
  std::vector<double> participation;
};

/// O(arcs log + vertices x layers). Source of the participation coefficient: F. Battiston, V.
/// Nicosia and V. Latora 2014, doi:10.1103/PhysRevE.89.032804.
[[nodiscard]] multiplexity_result multiplexity(const layers_result& layers,
                                               const execution& exec = {});

struct qap_options {
  int permutations = 1000;
  std::uint64_t seed = 42;
};

struct qap_result {
  /// Pearson's correlation over the n (n - 1) ordered pairs. Nothing where a matrix is constant.
  std::optional<double> correlation;
  /// Mean and standard deviation over the permutations.
  double permuted_mean = 0.0;
  double permuted_deviation = 0.0;
  /// (1 + permutations at least as far) / (1 + permutations): as high as the correlation; and as
  /// far from 0. Nothing where the correlation is.
  std::optional<double> p_greater;
  std::optional<double> p_two_sided;
  int permutations = 0;
  std::uint64_t seed = 0;
};

/// The quadratic assignment procedure: how alike two relations are on the same actors, against the
/// first with its actors permuted, which keeps its structure and loses who is who. Of graphs: arcs
/// are 1, all else 0; loops and parallel arcs do not count. O(arcs log degree) a permutation,
/// nothing of size n^2. Of matrices (row-major n x n, the diagonal left out): O(n^2). The same bits
/// at any number of threads. Throws std::invalid_argument for different sizes, a value that is not
/// finite, permutations < 1. Source: L. Hubert and F. B. Baker 1978; D. Krackhardt 1988,
/// doi:10.1016/0378-8733(88)90004-4.
[[nodiscard]] qap_result qap_correlation(const graph& a, const graph& b,
                                         const qap_options& options = {},
                                         const execution& exec = {});
[[nodiscard]] qap_result qap_correlation(std::span<const double> a, std::span<const double> b,
                                         std::size_t n, const qap_options& options = {},
                                         const execution& exec = {});

}  // namespace valuenet
