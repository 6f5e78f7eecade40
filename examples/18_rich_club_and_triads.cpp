// Whether the well-tied are tied to each other, and in which ways three actors are.
#include <cstdio>
#include <vector>

#include <valuenet/graph/builder.hpp>
#include <valuenet/metrics/rich_club.hpp>
#include <valuenet/metrics/triad_census.hpp>

namespace vn = valuenet;

int main() {
  const std::vector<vn::edge> relations{{0, 1}, {0, 2}, {1, 2}, {2, 0}, {2, 3}, {3, 4}};
  const vn::graph g = vn::build_graph(relations, {.vertex_count = 6});

  std::puts("more neighbours than  actors  ties  coefficient");
  const std::vector<vn::rich_club_level> club = vn::rich_club(g);
  for (std::size_t k = 0; k < club.size(); ++k) {
    std::printf("%20zu %7llu %5llu", k, static_cast<unsigned long long>(club[k].vertices),
                static_cast<unsigned long long>(club[k].ties));
    if (club[k].coefficient) std::printf("  %11.4f", *club[k].coefficient);
    std::puts("");
  }

  const vn::triad_counts census = vn::triad_census(g);
  std::printf("triads:");
  for (std::size_t i = 0; i < census.size(); ++i) {
    if (census[i] == 0) continue;
    std::printf("  %.*s %llu", static_cast<int>(vn::triad_names[i].size()),
                vn::triad_names[i].data(), static_cast<unsigned long long>(census[i]));
  }
  std::puts("");
}
