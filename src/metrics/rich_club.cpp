#include "valuenet/metrics/rich_club.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "detail/parallel.hpp"
#include "detail/row_chunks.hpp"
#include "metrics/triangles.hpp"

namespace valuenet {

std::vector<rich_club_level> rich_club(const graph& g, const execution& exec) {
  detail::parallel workers(exec);
  const detail::skeleton s(workers, g, detail::tie_detail::none, {});
  vertex_id largest = 0;
  for (std::size_t v = 0; v < s.size(); ++v) largest = std::max(largest, s.degree(v));
  // A vertex of degree d is in the clubs below d, a tie in those below its smaller end.
  std::vector<rich_club_level> levels(largest);
  struct counts {
    std::uint64_t vertices = 0;
    std::uint64_t ties = 0;
  };
  std::vector<std::vector<counts>> found(workers.workers());
  const detail::row_chunks chunks(s.offsets);
  workers.for_chunks(chunks.count(), 1, [&](std::size_t c, std::size_t, std::size_t worker) {
    std::vector<counts>& mine = found[worker];
    mine.resize(largest);
    for (std::size_t v = chunks.begin(c); v < chunks.begin(c + 1); ++v) {
      const vertex_id degree = s.degree(v);
      if (degree == 0) continue;
      ++mine[degree - 1].vertices;
      for (const vertex_id u : s.neighbors.subspan(s.offsets[v], degree)) {
        if (u > v) ++mine[std::min(degree, s.degree(u)) - 1].ties;
      }
    }
  });
  for (const std::vector<counts>& each : found) {
    for (std::size_t k = 0; k < each.size(); ++k) {
      levels[k].vertices += each[k].vertices;
      levels[k].ties += each[k].ties;
    }
  }
  for (std::size_t k = levels.size(); k-- > 0;) {
    if (k + 1 < levels.size()) {
      levels[k].vertices += levels[k + 1].vertices;
      levels[k].ties += levels[k + 1].ties;
    }
    const auto n = static_cast<double>(levels[k].vertices);
    if (n > 1.0)
      levels[k].coefficient = 2.0 * static_cast<double>(levels[k].ties) / (n * (n - 1.0));
  }
  return levels;
}

}  // namespace valuenet
