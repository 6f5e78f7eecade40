// A graph as a person would write it down, to hold the real one against: maps from pairs to lists.
#pragma once

#include "valuenet/graph/builder.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"

namespace naive {

namespace vn = valuenet;

struct table {
  std::vector<vn::vertex_id> sources;
  std::vector<vn::vertex_id> targets;
  std::vector<double> weights;
  std::vector<std::uint32_t> keys;
  std::vector<std::uint8_t> both_ways;

  [[nodiscard]] vn::edge_columns columns() const {
    return {.sources = sources,
            .targets = targets,
            .weights = weights,
            .keys = keys,
            .both_ways = both_ways};
  }
};

struct arc {
  double weight = 1.0;
  std::vector<std::uint32_t> rows;
};

/// (source, target) -> its arcs in order.
using arcs = std::map<std::pair<vn::vertex_id, vn::vertex_id>, std::vector<arc>>;

struct built {
  naive::arcs arcs;
  std::uint64_t merged = 0;
  std::uint64_t dropped_loops = 0;
  std::uint64_t mirrored = 0;
  std::uint64_t edges = 0;
  std::optional<std::uint32_t> repeated_row;
};

/// Row by row, into the list of the pair; undirected pairs are then entered under both orders.
inline built build(const table& t, const vn::build_options& options) {
  built result;
  std::map<std::pair<vn::vertex_id, vn::vertex_id>, std::map<std::uint32_t, std::vector<arc>>>
      by_key;
  const bool undirected = options.direction == vn::direction::undirected;
  const bool keep = options.duplicates == vn::duplicates::keep;
  const auto enter = [&](vn::vertex_id a, vn::vertex_id b, std::uint32_t row) {
    if (undirected && a > b) std::swap(a, b);
    const double weight = t.weights.empty() ? 1.0 : t.weights[row];
    std::vector<arc>& group = by_key[{a, b}][t.keys.empty() || keep ? 0 : t.keys[row]];
    ++result.edges;
    if (keep || group.empty()) {
      group.push_back({options.duplicates == vn::duplicates::count ? 1.0 : weight, {row}});
      return;
    }
    if (options.duplicates == vn::duplicates::error) {
      if (!result.repeated_row || row < *result.repeated_row) result.repeated_row = row;
      return;
    }
    --result.edges;
    ++result.merged;
    if (options.duplicates == vn::duplicates::sum) group[0].weight += weight;
    if (options.duplicates == vn::duplicates::count) group[0].weight += 1.0;
    group[0].rows.push_back(row);
  };
  for (std::uint32_t row = 0; row < t.sources.size(); ++row) {
    const bool loop = t.sources[row] == t.targets[row];
    if (loop && options.loops == vn::loops::drop) {
      ++result.dropped_loops;
      continue;
    }
    enter(t.sources[row], t.targets[row], row);
    if (!undirected && !loop && !t.both_ways.empty() && t.both_ways[row] != 0) {
      ++result.mirrored;
      enter(t.targets[row], t.sources[row], row);
    }
  }
  for (const auto& [pair, groups] : by_key) {
    for (const auto& [key, group] : groups) {
      for (const arc& each : group) {
        result.arcs[pair].push_back(each);
        if (undirected && pair.first != pair.second) {
          result.arcs[{pair.second, pair.first}].push_back(each);
        }
      }
    }
  }
  return result;
}

/// The arcs of a graph, checking on the way everything that its members say about each other.
inline arcs arcs_of(const vn::graph& g) {
  arcs found;
  vn::arc_id loops = 0;
  vn::arc_id parallels = 0;
  REQUIRE(g.out_offsets().size() == g.vertex_count() + std::size_t{1});
  REQUIRE(g.in_offsets().size() == g.vertex_count() + std::size_t{1});
  REQUIRE(g.out_offsets().front() == 0);
  REQUIRE(g.out_offsets().back() == g.arc_count());
  REQUIRE(g.in_offsets().back() == g.arc_count());
  REQUIRE(g.out_targets().size() == g.arc_count());
  REQUIRE(g.in_sources().size() == g.arc_count());
  REQUIRE(g.out_weights().size() == (g.is_weighted() ? g.arc_count() : 0));
  REQUIRE(g.in_weights().size() == (g.is_weighted() ? g.arc_count() : 0));
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    const auto targets = g.out_neighbors(v);
    REQUIRE(targets.size() == g.out_arc_count(v));
    for (std::size_t i = 0; i < targets.size(); ++i) {
      const vn::arc_id id = g.first_out_arc(v) + i;
      REQUIRE(targets[i] < g.vertex_count());
      REQUIRE(g.target(id) == targets[i]);
      REQUIRE(g.source(id) == v);
      REQUIRE((i == 0 || targets[i - 1] <= targets[i]));
      const double weight = g.is_weighted() ? g.out_weights(v)[i] : 1.0;
      REQUIRE(g.weight(id) == weight);
      loops += targets[i] == v ? 1 : 0;
      parallels += i > 0 && targets[i - 1] == targets[i] ? 1 : 0;
      found[{v, targets[i]}].push_back({weight, {}});
    }
  }
  CHECK(g.loop_count() == loops);
  CHECK(g.parallel_arc_count() == parallels);
  CHECK(g.is_simple() == (loops == 0 && parallels == 0));
  CHECK(g.edge_count() == (g.is_directed() ? g.arc_count() : (g.arc_count() - loops) / 2 + loops));

  // In-rows: every arc once, in the order of arc ids; of an undirected graph, its other direction.
  std::vector<int> seen(g.arc_count(), 0);
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    const auto sources = g.in_neighbors(v);
    REQUIRE(sources.size() == g.in_arc_count(v));
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const vn::arc_id id = g.in_arc(v, i);
      REQUIRE(id < g.arc_count());
      ++seen[id];
      REQUIRE(g.source(id) == sources[i]);
      REQUIRE(g.target(id) == v);
      REQUIRE((i == 0 || g.in_arc(v, i - 1) < id));
      if (g.is_weighted()) REQUIRE(g.in_weights(v)[i] == g.weight(id));
    }
  }
  CHECK(std::count(seen.begin(), seen.end(), 1) == static_cast<std::ptrdiff_t>(seen.size()));
  return found;
}

inline void check_same(const arcs& found, const arcs& expected, bool rows_known = false) {
  REQUIRE(found.size() == expected.size());
  for (const auto& [pair, list] : expected) {
    INFO(pair.first << " -> " << pair.second);
    const auto at = found.find(pair);
    REQUIRE(at != found.end());
    REQUIRE(at->second.size() == list.size());
    for (std::size_t i = 0; i < list.size(); ++i) {
      CHECK(at->second[i].weight == list[i].weight);
      if (rows_known) CHECK(at->second[i].rows == list[i].rows);
    }
  }
}

/// Uniform enough below small bounds.
class dice {
 public:
  explicit dice(unsigned seed) : engine_(seed) {}
  vn::vertex_id operator()(vn::vertex_id sides) {
    return static_cast<vn::vertex_id>(engine_() % sides);
  }

 private:
  std::mt19937 engine_;
};

struct table_options {
  vn::vertex_id vertices = 6;
  std::size_t rows = 20;
  bool weighted = false;
  bool keyed = false;
  bool some_both_ways = false;
};

inline table random_table(const table_options& options, unsigned seed) {
  dice random(seed);
  table t;
  for (std::size_t row = 0; row < options.rows; ++row) {
    t.sources.push_back(random(options.vertices));
    t.targets.push_back(random(options.vertices));
    // Tenths: their sums depend on the order of the terms.
    if (options.weighted) t.weights.push_back(static_cast<double>(random(50)) / 10.0 - 1.0);
    if (options.keyed) t.keys.push_back(random(3) * 1000003U);
    if (options.some_both_ways) t.both_ways.push_back(static_cast<std::uint8_t>(random(2)));
  }
  return t;
}

}  // namespace naive
