#include "metrics/strong_search.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>

#include "detail/strong_components.hpp"
#include "metrics/level_search.hpp"

namespace valuenet::detail {
namespace {

constexpr std::size_t grain = std::size_t{1} << 12;

/// The vertex with the most pairs of an in-arc and an out-arc, the smallest of equals.
vertex_id choose_pivot(const graph& g, parallel& workers) {
  struct best {
    double paths = -1.0;
    vertex_id vertex = no_vertex;
  };
  return workers
      .reduce(
          g.vertex_count(), grain, best{},
          [&](std::size_t begin, std::size_t end) {
            best found;
            for (auto v = static_cast<vertex_id>(begin); v < end; ++v) {
              const double paths =
                  static_cast<double>(g.in_arc_count(v)) * static_cast<double>(g.out_arc_count(v));
              if (paths > found.paths) found = {paths, v};
            }
            return found;
          },
          [](best a, best b) { return b.paths > a.paths ? b : a; })
      .vertex;
}

/// Where the pivot's searches came by. No component has vertices of two parts.
enum part : std::uint8_t {
  met_neither = 0,
  met_along = 1,
  met_against = 2,
  met_both = 3,
  alone = 4
};

std::vector<std::uint8_t> parts_by(vertex_id pivot, const graph& g, parallel& workers) {
  std::vector<std::uint8_t> parts(g.vertex_count(), met_neither);
  const auto add = [&](const search_rows& rows, part bit) {
    level_search search(rows, workers);
    search.run(pivot);
    const std::vector<std::uint32_t>& levels = search.levels();
    workers.for_each(parts.size(), grain, [&](std::size_t v) {
      if (levels[v] != not_met) parts[v] = static_cast<std::uint8_t>(parts[v] | bit);
    });
  };
  add(rows_along(g), met_along);
  add(rows_against(g), met_against);
  return parts;
}

/// Sets apart who has no giver or no taker in the same part, until few are found. Which are found
/// depends on the order in which vertices are looked at; what is left to be found does not matter.
void set_apart_the_lonely(const graph& g, std::vector<std::uint8_t>& parts, parallel& workers) {
  const auto part_of = [&](vertex_id v) {
    return std::atomic_ref(parts[v]).load(std::memory_order_relaxed);
  };
  const auto is_tied = [&](std::span<const vertex_id> row, vertex_id v, std::uint8_t part) {
    return std::any_of(row.begin(), row.end(),
                       [&](vertex_id u) { return u != v && part_of(u) == part; });
  };
  std::size_t found = g.vertex_count();
  while (found > g.vertex_count() / 64) {
    found = workers.reduce(
        g.vertex_count(), grain, std::size_t{0},
        [&](std::size_t begin, std::size_t end) {
          std::size_t lonely = 0;
          for (auto v = static_cast<vertex_id>(begin); v < end; ++v) {
            const std::uint8_t part = part_of(v);
            if (part == met_both || part == alone) continue;
            if (is_tied(g.out_neighbors(v), v, part) && is_tied(g.in_neighbors(v), v, part)) {
              continue;
            }
            std::atomic_ref(parts[v]).store(alone, std::memory_order_relaxed);
            ++lonely;
          }
          return lonely;
        },
        [](std::size_t a, std::size_t b) { return a + b; });
  }
}

}  // namespace

std::vector<vertex_id> strong_component_names(const graph& g, parallel& workers) {
  std::vector<vertex_id> names(g.vertex_count());
  if (g.vertex_count() == 0) return names;
  const vertex_id pivot = choose_pivot(g, workers);
  std::vector<std::uint8_t> parts = parts_by(pivot, g, workers);
  set_apart_the_lonely(g, parts, workers);
  workers.for_each(g.vertex_count(), grain, [&](std::size_t v) {
    names[v] = parts[v] == met_both ? pivot : static_cast<vertex_id>(v);
  });
  name_strong_components(g, parts, met_both, names, workers);
  return names;
}

}  // namespace valuenet::detail
