#include "search_limit.hpp"

#include <algorithm>
#include <vector>

namespace bench {

namespace vn = valuenet;

namespace {

constexpr double line_bytes = 64.0;

/// Arcs that the search pulls along, each of which loads a word at a random place: counted once in
/// a build of the kernel that counts them. They depend on the graph alone. 0: not counted.
double arc_visits(graph_name name) {
  switch (name) {
    case graph_name::hub43k:
      return inputs::has_hub43k() ? 7.116e6 : 0.0;
    case graph_name::hub43k_directed:
      return inputs::has_hub43k() ? 4.447e6 : 0.0;
    case graph_name::rmat16:
      return 6.007e7;
    case graph_name::rmat18:
      return 7.151e8;
    case graph_name::rmat20:
      return 8.536e9;
    default:
      return 0.0;
  }
}

/// How often the word of each vertex is loaded, but for a factor: its arcs to vertices that are not
/// folded.
std::vector<double> core_degrees(const vn::graph& g) {
  const auto is_folded = [&](vn::vertex_id v) {
    return (g.is_directed() ? g.in_arc_count(v) : g.out_arc_count(v)) <= 1;
  };
  std::vector<double> result;
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    const auto row = g.out_neighbors(v);
    const auto arcs =
        row.size() - static_cast<std::size_t>(std::count_if(row.begin(), row.end(), is_folded));
    if (arcs > 0) result.push_back(static_cast<double>(arcs));
  }
  return result;
}

}  // namespace

double all_pairs_limit(const vn::graph& g, graph_name name, const machine& m) {
  constexpr double word_bytes = 128.0;  // of 1024 searches
  return arc_visits(name) * (word_bytes / line_bytes) *
         m.popular_line(core_degrees(g), word_bytes) * 1e-9 / m.threads;
}

double betweenness_limit(const vn::graph& g, graph_name name, const machine& m) {
  if (name != graph_name::hub43k) return 0.0;
  constexpr double row_bytes = 128.0;  // of 16 searches
  constexpr double lines = 18'063 / 16.0 * 67'621 * 4.0;
  return lines * m.popular_line(core_degrees(g), row_bytes) * 1e-9 / m.threads;
}

}  // namespace bench
