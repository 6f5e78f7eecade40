// Whether like is tied to like: by degree, by a number, by a category.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/convention.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/metrics/degree.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace valuenet {

enum class degree_measure : std::uint8_t {
  count,   ///< the number of arcs
  weight,  ///< the sum of their weights
};

struct degree_assortativity_options {
  /// Which degree of the giver is compared with which of the taker. Of an undirected graph all are
  /// the same.
  degree_kind source = degree_kind::out;
  degree_kind target = degree_kind::in;
  degree_measure measure = degree_measure::count;
  valuenet::convention convention = convention::gephi;
};

/// Pearson's correlation, over all arcs, of a degree of the arc's source with a degree of its
/// target. An undirected edge counts in both directions.
///
/// Conventions: every arc counts once, its weight ignored; parallel arcs and loops count. A loop of
/// an undirected graph counts once (`networkx`, and `gephi`, which has no such statistic) or, like
/// any edge, twice (`igraph`). With source out and target in this is NetworkX's and igraph's
/// default for directed graphs. Population: arcs. Nothing without arcs or when one of the two does
/// not vary. O(arcs). Throws cancelled, std::invalid_argument (weights not finite). Deterministic:
/// sums run in chunks of vertices in vertex order. Source: M. Newman 2003,
/// doi:10.1103/PhysRevE.67.026126.
[[nodiscard]] std::optional<double> degree_assortativity(
    const graph& g, const degree_assortativity_options& options = {}, const execution& exec = {});

/// The same correlation for any number at each vertex. Throws std::invalid_argument when `values`
/// is not vertex_count() long or not finite.
[[nodiscard]] std::optional<double> numeric_assortativity(
    const graph& g, std::span<const double> values,
    valuenet::convention convention = convention::gephi, const execution& exec = {});

/// A vertex whose category is not known: its arcs are left out.
inline constexpr std::uint32_t no_category = ~std::uint32_t{0};

struct mixing_options {
  valuenet::convention convention = convention::gephi;
};

struct mixing_result {
  /// Categories are 0 .. category_count - 1; some may be empty.
  std::uint32_t category_count = 0;
  /// counts[i * category_count + j]: arcs from category i to category j. An undirected edge counts
  /// in both directions.
  std::vector<std::uint64_t> counts;
  /// The sum of counts, and the arcs left out for want of a category.
  std::uint64_t arcs = 0;
  std::uint64_t left_out = 0;
  /// Newman's coefficient, see attribute_mixing().
  std::optional<double> assortativity;
};

/// The mixing matrix of a category (type, place, sector, ...) and its assortativity
///   r = (sum e_ii - sum a_i b_i) / (1 - sum a_i b_i),
/// with e the matrix over its sum, a its row and b its column sums: 1 when every arc stays within
/// its category, 0 when categories do not matter.
///
/// `category` names each vertex's category, 0 .. or no_category. Conventions for arcs and loops as
/// degree_assortativity. Nothing when no arc counts or all of them are within one category.
/// O(arcs + categories^2) time, 8 bytes a cell. Throws std::invalid_argument when `category` is not
/// vertex_count() long or has a category of 16,384 or more; cancelled. Deterministic.
/// Source: M. Newman 2003, doi:10.1103/PhysRevE.67.026126, equations 2 and 4.
[[nodiscard]] mixing_result attribute_mixing(const graph& g,
                                             std::span<const std::uint32_t> category,
                                             const mixing_options& options = {},
                                             const execution& exec = {});

}  // namespace valuenet
