#include "valuenet/report/layout_quality.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "detail/neighborhood.hpp"
#include "detail/parallel.hpp"
#include "detail/progress.hpp"
#include "detail/random.hpp"

namespace valuenet {
namespace {

/// `wanted` of the vertices, drawn without replacement, in the order drawn; all, where there are no
/// more.
std::vector<vertex_id> drawn(std::vector<vertex_id> from, std::size_t wanted, std::uint64_t seed,
                             std::uint64_t stream) {
  if (wanted >= from.size()) return from;
  detail::random_stream random(seed, stream);
  for (std::size_t i = 0; i < wanted; ++i) {
    std::swap(from[i], from[i + random.below(from.size() - i)]);
  }
  from.resize(wanted);
  return from;
}

std::vector<std::vector<vertex_id>> neighbor_lists(detail::parallel& workers, const graph& g) {
  std::vector<std::vector<vertex_id>> lists(g.vertex_count());
  workers.for_each(lists.size(), std::size_t{1} << 12, [&](std::size_t v) {
    detail::for_each_neighbor(g, static_cast<vertex_id>(v),
                              [&](const detail::neighbor_place& place) {
                                if (place.neighbor != v) lists[v].push_back(place.neighbor);
                              });
  });
  return lists;
}

/// Sums over pairs of a = e / d and of its square: the least of sum (s a - 1)^2 is at
/// s = sum a / sum a^2.
struct stress_sums {
  double ratio = 0.0;
  double squared = 0.0;
  std::uint64_t pairs = 0;
};

}  // namespace

layout_quality_result layout_quality(const graph& g, std::span<const position> positions,
                                     const layout_quality_options& options, const execution& exec) {
  const std::size_t count = g.vertex_count();
  if (positions.size() != count) {
    throw std::invalid_argument("positions has " + std::to_string(positions.size()) +
                                " entries, the graph " + std::to_string(count) + " vertices");
  }
  for (const position& each : positions) {
    if (!std::isfinite(each.x) || !std::isfinite(each.y)) {
      throw std::invalid_argument("positions holds a coordinate that is not finite");
    }
  }
  if (options.sources == 0) throw std::invalid_argument("layout_quality_options.sources is 0");
  if (options.samples == 0) throw std::invalid_argument("layout_quality_options.samples is 0");
  detail::parallel workers(exec);
  layout_quality_result result;
  const std::vector<std::vector<vertex_id>> lists = neighbor_lists(workers, g);
  std::vector<vertex_id> all(count);
  std::iota(all.begin(), all.end(), vertex_id{0});
  const std::vector<vertex_id> sources = drawn(all, options.sources, options.seed, 0);
  std::erase_if(all, [&](vertex_id v) { return lists[v].empty(); });
  const std::vector<vertex_id> samples = drawn(std::move(all), options.samples, options.seed, 1);
  detail::progress progress(exec, "layout quality", sources.size() + samples.size());
  const auto distance_of = [&](vertex_id a, vertex_id b) {
    return std::hypot(positions[a].x - positions[b].x, positions[a].y - positions[b].y);
  };

  const stress_sums stress = workers.reduce(
      sources.size(), 1, stress_sums{},
      [&](std::size_t i, std::size_t) {
        stress_sums part;
        std::vector<std::uint32_t> depth(count, no_vertex);
        std::vector<vertex_id> queue{sources[i]};
        depth[sources[i]] = 0;
        for (std::size_t next = 0; next < queue.size(); ++next) {
          const vertex_id v = queue[next];
          if (v != sources[i]) {
            const double ratio = distance_of(sources[i], v) / static_cast<double>(depth[v]);
            part.ratio += ratio;
            part.squared += ratio * ratio;
            ++part.pairs;
          }
          for (const vertex_id other : lists[v]) {
            if (depth[other] != no_vertex) continue;
            depth[other] = depth[v] + 1;
            queue.push_back(other);
          }
        }
        progress.advance();
        return part;
      },
      [](stress_sums a, const stress_sums& b) {
        a.ratio += b.ratio;
        a.squared += b.squared;
        a.pairs += b.pairs;
        return a;
      });
  result.pairs = stress.pairs;
  if (stress.pairs > 0) {
    result.scale = stress.squared > 0.0 ? stress.ratio / stress.squared : 0.0;
    result.stress =
        std::max(0.0, 1.0 - result.scale * stress.ratio / static_cast<double>(stress.pairs));
  }

  struct hit_sums {
    double shares = 0.0;
    std::uint64_t hits = 0;
    std::uint64_t neighbors = 0;
  };
  const hit_sums found = workers.reduce(
      samples.size(), 1, hit_sums{},
      [&](std::size_t i, std::size_t) {
        const vertex_id v = samples[i];
        std::vector<std::pair<double, vertex_id>> others;
        others.reserve(count);
        for (vertex_id u = 0; u < count; ++u) {
          if (u != v) others.emplace_back(distance_of(v, u), u);
        }
        const std::size_t k = lists[v].size();
        std::nth_element(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(k - 1),
                         others.end());
        std::uint64_t hits = 0;
        for (std::size_t j = 0; j < k; ++j) {
          if (std::binary_search(lists[v].begin(), lists[v].end(), others[j].second)) ++hits;
        }
        progress.advance();
        return hit_sums{static_cast<double>(hits) / static_cast<double>(k), hits, k};
      },
      [](hit_sums a, const hit_sums& b) {
        a.shares += b.shares;
        a.hits += b.hits;
        a.neighbors += b.neighbors;
        return a;
      });
  result.samples = samples.size();
  if (!samples.empty()) {
    result.neighbourhood = found.shares / static_cast<double>(samples.size());
    result.neighbourhood_of_edges =
        static_cast<double>(found.hits) / static_cast<double>(found.neighbors);
  }
  return result;
}

}  // namespace valuenet
