// The sixteen ways in which three vertices can be tied.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace valuenet {

/// Classes in the usual order: mutual, asymmetric and null pairs, then a letter for the direction.
inline constexpr std::array<std::string_view, 16> triad_names{
    "003",  "012",  "102", "021D", "021U", "021C", "111D", "111U",
    "030T", "030C", "201", "120D", "120U", "120C", "210",  "300"};

/// Triples of vertices by class, in the order of triad_names. Together n (n - 1) (n - 2) / 6.
using triad_counts = std::array<std::uint64_t, 16>;

/// The triad census. With b the middle vertex: 021D a<-b->c, 021U a->b<-c, 021C a->b->c, 111D
/// a<->b<-c, 111U a<->b->c, 030T a->b<-c and a->c, 030C a cycle, 201 a<->b<->c; 120D, 120U and 120C
/// are 021D, 021U and 021C with a<->c.
///
/// Conventions: as NetworkX and igraph; loops and parallel arcs change nothing, an undirected edge
/// is an arc both ways. Method: triples with three ties by listing triangles, those with two from
/// the kinds of ties at each vertex, the rest from the number of ties. Cost: O(arcs^1.5) at worst;
/// 12 bytes a tie. Throws std::invalid_argument above 4,800,000 vertices (whose triples 64 bits
/// cannot count), cancelled. Deterministic. Source: J. Davis and S. Leinhardt 1972; J. Moody 1998,
/// doi:10.1016/S0378-8733(98)00002-X (from sums over vertices and pairs).
[[nodiscard]] triad_counts triad_census(const graph& g, const execution& exec = {});

}  // namespace valuenet
