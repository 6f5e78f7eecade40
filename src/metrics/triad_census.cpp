#include "valuenet/metrics/triad_census.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include "detail/parallel.hpp"
#include "metrics/triangles.hpp"

namespace valuenet {
namespace {

enum triad : std::size_t {
  null_triad,
  one_asymmetric,
  one_mutual,
  t021D,
  t021U,
  t021C,
  t111D,
  t111U,
  t030T,
  t030C,
  t201,
  t120D,
  t120U,
  t120C,
  t210,
  t300
};

/// The class of two ties at a middle vertex whose other ends are not tied; ties as that vertex sees
/// them.
triad open_class(unsigned one, unsigned other) {
  const unsigned mutual = detail::tie_mutual;
  if (one == mutual && other == mutual) return t201;
  if (one == mutual || other == mutual) {
    return (one == mutual ? other : one) == detail::tie_out ? t111U : t111D;
  }
  if (one != other) return t021C;
  return one == detail::tie_out ? t021D : t021U;
}

unsigned turned(unsigned tie) {
  if (tie == detail::tie_mutual) return tie;
  return tie == detail::tie_out ? detail::tie_in : detail::tie_out;
}

/// Of a triangle; each tie as its lower end sees it.
triad closed_class(unsigned low_middle, unsigned low_high, unsigned middle_high) {
  const unsigned mutual = detail::tie_mutual;
  const int mutuals = (low_middle == mutual ? 1 : 0) + (low_high == mutual ? 1 : 0) +
                      (middle_high == mutual ? 1 : 0);
  if (mutuals == 3) return t300;
  if (mutuals == 2) return t210;
  const triad at_low = open_class(low_middle, low_high);
  const triad at_middle = open_class(turned(low_middle), middle_high);
  const triad at_high = open_class(turned(low_high), turned(middle_high));
  if (mutuals == 0) {
    return at_low == t021C && at_middle == t021C && at_high == t021C ? t030C : t030T;
  }
  const triad across = middle_high == mutual ? at_low : low_high == mutual ? at_middle : at_high;
  return across == t021D ? t120D : across == t021U ? t120U : t120C;
}

}  // namespace

triad_counts triad_census(const graph& g, const execution& exec) {
  constexpr vertex_id most_vertices = 4'800'000;
  if (g.vertex_count() > most_vertices) {
    throw std::invalid_argument("triad_census: " + std::to_string(g.vertex_count()) +
                                " vertices; at most " + std::to_string(most_vertices) +
                                " have triples that 64 bits can count");
  }
  detail::parallel workers(exec);
  const detail::skeleton s(workers, g, detail::tie_detail::directions, {});
  // Ties of an undirected graph are out-ties only; they hold both ways.
  const auto tie_at = [&](std::uint8_t tie) -> unsigned {
    return g.is_directed() ? tie : static_cast<unsigned>(detail::tie_mutual);
  };
  triad_counts counts{};
  const std::uint64_t n = s.size();
  std::uint64_t mutual_ends = 0;
  std::uint64_t asymmetric_ends = 0;
  // Pairs of ties at each vertex, closed ones too.
  for (std::size_t v = 0; v < n; ++v) {
    std::array<std::uint64_t, 4> ties{};
    for (arc_id tie = s.offsets[v]; tie < s.offsets[v + 1]; ++tie) ++ties[tie_at(s.ties[tie])];
    const auto pairs = [](std::uint64_t k) { return k == 0 ? 0 : k * (k - 1) / 2; };
    const std::uint64_t out = ties[detail::tie_out];
    const std::uint64_t in = ties[detail::tie_in];
    const std::uint64_t mutual = ties[detail::tie_mutual];
    counts[t021D] += pairs(out);
    counts[t021U] += pairs(in);
    counts[t021C] += out * in;
    counts[t111D] += mutual * in;
    counts[t111U] += mutual * out;
    counts[t201] += pairs(mutual);
    mutual_ends += mutual;
    asymmetric_ends += out + in;
  }

  const detail::ranked_rows ranked = detail::rank_by_degree(workers, s);
  // Triangles by their three ties; two bits each.
  std::vector<std::array<std::uint64_t, 64>> by_ties(workers.workers());
  for (auto& each : by_ties) each.fill(0);
  detail::for_each_triangle(workers, s, ranked,
                            [&](vertex_id, vertex_id, vertex_id, arc_id low_middle, arc_id low_high,
                                arc_id middle_high, std::size_t worker) {
                              const unsigned code = tie_at(ranked.ties[low_middle]) << 4 |
                                                    tie_at(ranked.ties[low_high]) << 2 |
                                                    tie_at(ranked.ties[middle_high]);
                              ++by_ties[worker][code];
                            });
  for (unsigned code = 0; code < 64; ++code) {
    std::uint64_t triangles = 0;
    for (const auto& each : by_ties) triangles += each[code];
    if (triangles == 0) continue;
    const unsigned first = code >> 4;
    const unsigned second = code >> 2 & 3;
    const unsigned third = code & 3;
    counts[closed_class(first, second, third)] += triangles;
    counts[open_class(first, second)] -= triangles;
    counts[open_class(turned(first), third)] -= triangles;
    counts[open_class(turned(second), turned(third))] -= triangles;
  }

  // Every pair meets n - 2 third vertices; what is left of those are triples with one tie.
  constexpr std::array<std::uint64_t, 16> mutual_pairs{0, 0, 1, 0, 0, 0, 1, 1,
                                                       0, 0, 2, 1, 1, 1, 2, 3};
  constexpr std::array<std::uint64_t, 16> asymmetric_pairs{0, 1, 0, 2, 2, 2, 1, 1,
                                                           3, 3, 0, 2, 2, 2, 1, 0};
  if (n < 3) return {};
  counts[one_mutual] = mutual_ends / 2 * (n - 2);
  counts[one_asymmetric] = asymmetric_ends / 2 * (n - 2);
  for (std::size_t c = t021D; c <= t300; ++c) {
    counts[one_mutual] -= mutual_pairs[c] * counts[c];
    counts[one_asymmetric] -= asymmetric_pairs[c] * counts[c];
  }
  __extension__ using wide = unsigned __int128;
  counts[null_triad] = static_cast<std::uint64_t>(wide{n} * (n - 1) * (n - 2) / 6);
  for (std::size_t c = one_asymmetric; c <= t300; ++c) counts[null_triad] -= counts[c];
  return counts;
}

}  // namespace valuenet
