// How alike two partitions of the same vertices are.
#pragma once

#include "valuenet/execution.hpp"

#include <cstdint>
#include <span>

namespace valuenet {

struct partition_similarity_result {
  /// I(a, b) / ((H(a) + H(b)) / 2), in [0, 1]; 1 when both are one single class (no uncertainty).
  double normalized_mutual_information = 1.0;
  /// H(a|b) + H(b|a) in nats: a metric between partitions.
  double variation_of_information = 0.0;
  /// (sum - expected) / (mean - expected) over pairs of vertices that are together; 1 for equal
  /// partitions, 0 on average for random ones with the same class sizes, perhaps negative.
  double adjusted_rand_index = 1.0;
};

/// Compares two partitions given as the class of every vertex; any 32-bit numbers name classes, and
/// how they are numbered does not matter. Population: all vertices, and all pairs of them.
///
/// Cost: O(n log n) time, 12 n bytes. Throws std::invalid_argument when the lengths differ.
/// Deterministic: the sums run in the order of the classes.
///
/// Sources: Danon et al. 2005, doi:10.1088/1742-5468/2005/09/P09008 (NMI); Meila 2007,
/// doi:10.1016/j.jmva.2006.11.013 (variation of information); Hubert and Arabie 1985,
/// doi:10.1007/BF01908075 (adjusted Rand index).
[[nodiscard]] partition_similarity_result partition_similarity(std::span<const std::uint32_t> a,
                                                               std::span<const std::uint32_t> b,
                                                               const execution& exec = {});

}  // namespace valuenet
