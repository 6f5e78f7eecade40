#include "valuenet/metrics/rich_club.hpp"

#include <algorithm>

#include "detail/parallel.hpp"
#include "metrics/triangles.hpp"

namespace valuenet {

std::vector<rich_club_level> rich_club(const graph& g, const execution& exec) {
  detail::parallel workers(exec);
  const detail::skeleton s(workers, g, detail::tie_detail::none, {});
  vertex_id largest = 0;
  for (std::size_t v = 0; v < s.size(); ++v) largest = std::max(largest, s.degree(v));
  // A vertex of degree d is in the clubs below d, a tie in those below its smaller end.
  std::vector<rich_club_level> levels(largest);
  workers.check_stop();
  for (std::size_t v = 0; v < s.size(); ++v) {
    const vertex_id degree = s.degree(v);
    if (degree == 0) continue;
    ++levels[degree - 1].vertices;
    for (const vertex_id u : s.neighbors.subspan(s.offsets[v], degree)) {
      if (u > v) ++levels[std::min(degree, s.degree(u)) - 1].ties;
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
