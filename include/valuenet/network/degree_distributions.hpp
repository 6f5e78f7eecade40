// Every degree distribution of a value network at once: by kind, weight, dimension and role.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/metrics/degree.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/network/value_network.hpp"
#include "valuenet/statistics/value_counts.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace valuenet {

/// Whether a degree counts edges or adds their weights.
enum class degree_weighting : std::uint8_t { edges, weight };

struct degree_distributions_options {
  /// Which relations and actors. With a condition on dimensions only these have distributions of
  /// their own.
  selection_options selection{};
};

struct degree_sample {
  degree_kind kind = degree_kind::total;
  degree_weighting weighting = degree_weighting::edges;
  /// Only relations of this dimension; nothing: all selected ones, without a dimension too.
  std::optional<std::string> dimension{};
  /// Only actors of this role (their relations with any actor); nothing: all selected ones.
  std::optional<valuenet::role> role{};
  value_counts counts{};

  /// "total degree", "weighted in-degree, technology", "out-degree, sample actors".
  [[nodiscard]] std::string name() const;
};

/// The degree distributions of the whole selection, of each dimension, and of each role: of each,
/// total, in- and out-degree, by edges and by weight.
///
/// Conventions: degrees as in degrees() and weighted_degrees(). An undirected graph has total
/// degrees only, a graph without weights none by weight. Dimensions come in the order in which they
/// first occur, those without a selected relation left out; roles in the order sample, relation,
/// unknown where at least two of them occur. Within each: total, in, out, then by weight.
///
/// Population: of the whole and of a dimension every selected actor (one without a relation of that
/// dimension has degree 0, which a power law's fit drops and counts), of a role its actors.
/// Cost: one selection of the whole and one of each dimension. Throws what select() throws.
/// Deterministic.
[[nodiscard]] std::vector<degree_sample> degree_distributions(
    const value_network& network, const degree_distributions_options& options = {},
    const execution& exec = {});

}  // namespace valuenet
