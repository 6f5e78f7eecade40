// Would chance give as much? Statistics against random networks with the same degrees.
#include <cstdio>
#include <vector>

#include <valuenet/graph/builder.hpp>
#include <valuenet/metrics/clustering.hpp>
#include <valuenet/metrics/reciprocity.hpp>
#include <valuenet/statistics/null_model.hpp>

namespace vn = valuenet;

int main() {
  // Four groups of five that are all tied within, half of the ties returned; each gives to the
  // next.
  std::vector<vn::edge> ties;
  for (vn::vertex_id group = 0; group < 4; ++group) {
    for (vn::vertex_id i = 0; i < 5; ++i) {
      for (vn::vertex_id j = i + 1; j < 5; ++j) {
        ties.push_back({5 * group + i, 5 * group + j});
        if ((i + j) % 2 == 1) ties.push_back({5 * group + j, 5 * group + i});
      }
    }
    ties.push_back({5 * group, 5 * ((group + 1) % 4)});
  }
  const vn::graph g = vn::build_graph(ties);

  const std::vector<vn::graph_statistic> statistics{
      [](const vn::graph& graph, const vn::execution& exec) {
        return vn::clustering(graph, {}, exec).average;
      },
      [](const vn::graph& graph, const vn::execution& exec) {
        return vn::reciprocity(graph, {}, exec).reciprocity;
      }};
  const std::vector<vn::null_comparison> compared = vn::compare_with_null(
      g, statistics,
      {.replicates = 200, .rewiring = {.constraint = vn::rewiring_constraint::connected}});

  const char* const names[] = {"average clustering", "reciprocity"};
  std::puts("statistic           observed    mean  deviation  z-score  p above");
  for (std::size_t i = 0; i < compared.size(); ++i) {
    const vn::null_comparison& each = compared[i];
    std::printf("%-18s  %8.4f  %6.4f  %9.4f  %7.2f  %7.4f\n", names[i], *each.observed, *each.mean,
                *each.deviation, *each.z_score, *each.p_above);
  }
}
