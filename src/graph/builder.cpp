// Counting sort by source with atomic cursors, then each row sorted by (target, key, row): the
// order in which threads scattered the entries does not survive the sort. The in-rows are the same
// again on the finished out-rows.
#include "valuenet/graph/builder.hpp"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include "detail/graph_access.hpp"
#include "detail/parallel.hpp"

namespace valuenet {
namespace {

using detail::parallel;

constexpr std::size_t row_grain = std::size_t{1} << 16;     // rows of the table a chunk
constexpr std::size_t vertex_grain = std::size_t{1} << 12;  // vertices a chunk
constexpr std::uint64_t most_rows = 0xFFFFFFFFU;

void check(const edge_columns& edges) {
  const auto must_match = [&](std::size_t size, const char* name) {
    if (size != 0 && size != edges.sources.size()) {
      throw std::invalid_argument(std::string("edge_columns.") + name + " has " +
                                  std::to_string(size) + " entries, sources has " +
                                  std::to_string(edges.sources.size()));
    }
  };
  if (edges.targets.size() != edges.sources.size()) {
    throw std::invalid_argument("edge_columns.targets has " + std::to_string(edges.targets.size()) +
                                " entries, sources has " + std::to_string(edges.sources.size()));
  }
  must_match(edges.weights.size(), "weights");
  must_match(edges.keys.size(), "keys");
  must_match(edges.both_ways.size(), "both_ways");
}

vertex_id count_vertices(parallel& workers, const edge_columns& edges,
                         const std::optional<vertex_id>& given) {
  const std::uint64_t used = workers.reduce(
      edges.sources.size(), row_grain, std::uint64_t{0},
      [&](std::size_t begin, std::size_t end) {
        std::uint64_t largest = 0;
        for (std::size_t i = begin; i < end; ++i) {
          largest = std::max<std::uint64_t>(
              {largest, edges.sources[i] + std::uint64_t{1}, edges.targets[i] + std::uint64_t{1}});
        }
        return largest;
      },
      [](std::uint64_t a, std::uint64_t b) { return std::max(a, b); });
  const std::uint64_t wanted = given ? *given : used;
  if (used > wanted) {
    throw std::invalid_argument("vertex " + std::to_string(used - 1) +
                                " stands in an edge, but build_options.vertex_count is " +
                                std::to_string(wanted));
  }
  if (wanted >= no_vertex) {
    throw std::invalid_argument(std::to_string(wanted) +
                                " vertices; a graph holds at most 4294967294");
  }
  return static_cast<vertex_id>(wanted);
}

/// Turns counts[v + 1] into offsets.
void accumulate(std::vector<arc_id>& offsets) {
  for (std::size_t v = 1; v < offsets.size(); ++v) offsets[v] += offsets[v - 1];
}

arc_id take(arc_id& cursor) {
  return std::atomic_ref<arc_id>(cursor).fetch_add(1, std::memory_order_relaxed);
}

/// Calls each(source, target) for the arcs of a row of the table.
template <class Each>
void arcs_of_row(const edge_columns& edges, const build_options& options, std::size_t row,
                 Each&& each) {
  const vertex_id s = edges.sources[row];
  const vertex_id t = edges.targets[row];
  if (s == t) {
    if (options.loops == loops::keep) each(s, t);
    return;
  }
  each(s, t);
  if (options.direction == direction::undirected ||
      (!edges.both_ways.empty() && edges.both_ways[row] != 0)) {
    each(t, s);
  }
}

/// An entry of a row under construction: with the table's row, or the target alone, which is half
/// the memory and all that an unweighted graph without keys needs.
struct target_and_row {
  vertex_id target;
  std::uint32_t row;
  friend bool operator<(const target_and_row& a, const target_and_row& b) {
    return a.target != b.target ? a.target < b.target : a.row < b.row;
  }
};

vertex_id target_of(const target_and_row& entry) {
  return entry.target;
}
vertex_id target_of(vertex_id entry) {
  return entry;
}

template <class Entry>
class construction {
  static constexpr bool has_rows = std::is_same_v<Entry, target_and_row>;

 public:
  construction(parallel& workers, const edge_columns& edges, const build_options& options)
      : workers_(workers), edges_(edges), options_(options) {}

  build_result run(vertex_id vertex_count, bool want_rows) {
    scatter(vertex_count);
    sort_rows(vertex_count);
    build_result result;
    count_rows_of_the_table(result);
    detail::owned_rows rows;
    detail::graph_facts facts{.vertex_count = vertex_count, .direction = options_.direction};
    if (options_.duplicates == duplicates::error) refuse_repeats(vertex_count);
    if (options_.duplicates == duplicates::keep || options_.duplicates == duplicates::error ||
        !merge(vertex_count, rows, result, want_rows)) {
      keep(rows, result, want_rows);
    }
    facts.is_weighted = !rows.out_weights.empty() || !edges_.weights.empty();
    entries_ = {};
    count_loops_and_parallels(vertex_count, rows, facts);
    if (options_.direction == direction::directed) add_in_rows(vertex_count, rows);
    result.graph = detail::graph_access::make(std::move(rows), facts);
    return result;
  }

 private:
  void scatter(vertex_id vertex_count) {
    offsets_.assign(vertex_count + std::size_t{1}, 0);
    workers_.for_each(edges_.sources.size(), row_grain, [&](std::size_t row) {
      arcs_of_row(edges_, options_, row,
                  [&](vertex_id source, vertex_id) { take(offsets_[source + std::size_t{1}]); });
    });
    accumulate(offsets_);
    entries_.resize(offsets_.back());
    std::vector<arc_id> cursors(offsets_.begin(), offsets_.end() - 1);
    workers_.for_each(edges_.sources.size(), row_grain, [&](std::size_t row) {
      arcs_of_row(edges_, options_, row, [&](vertex_id source, vertex_id target) {
        Entry& entry = entries_[take(cursors[source])];
        if constexpr (has_rows) {
          entry = {target, static_cast<std::uint32_t>(row)};
        } else {
          entry = target;
        }
      });
    });
  }

  std::span<Entry> row(std::size_t v) {
    return std::span(entries_).subspan(offsets_[v], offsets_[v + 1] - offsets_[v]);
  }

  void sort_rows(vertex_id vertex_count) {
    workers_.for_each(vertex_count, vertex_grain, [&](std::size_t v) {
      const std::span<Entry> entries = row(v);
      std::sort(entries.begin(), entries.end());
      if constexpr (has_rows) {
        if (edges_.keys.empty()) return;
        std::sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) {
          if (a.target != b.target) return a.target < b.target;
          if (edges_.keys[a.row] != edges_.keys[b.row]) {
            return edges_.keys[a.row] < edges_.keys[b.row];
          }
          return a.row < b.row;
        });
      }
    });
  }

  [[nodiscard]] bool same(const Entry& a, const Entry& b) const {
    if (target_of(a) != target_of(b)) return false;
    if constexpr (has_rows) {
      return edges_.keys.empty() || edges_.keys[a.row] == edges_.keys[b.row];
    } else {
      return true;
    }
  }

  void count_rows_of_the_table(build_result& result) {
    using counts = std::pair<std::uint64_t, std::uint64_t>;
    const auto [dropped, mirrored] = workers_.reduce(
        edges_.sources.size(), row_grain, counts{},
        [&](std::size_t begin, std::size_t end) {
          counts found{};
          for (std::size_t row = begin; row < end; ++row) {
            const bool loop = edges_.sources[row] == edges_.targets[row];
            found.first += loop && options_.loops == loops::drop ? 1 : 0;
            found.second += !loop && options_.direction == direction::directed &&
                                    !edges_.both_ways.empty() && edges_.both_ways[row] != 0
                                ? 1
                                : 0;
          }
          return found;
        },
        [](counts a, counts b) {
          return counts{a.first + b.first, a.second + b.second};
        });
    result.dropped_loops = dropped;
    result.mirrored = mirrored;
  }

  void refuse_repeats(vertex_id vertex_count) {
    if constexpr (has_rows) {
      const std::uint32_t none = 0xFFFFFFFFU;
      const std::uint32_t repeated = workers_.reduce(
          vertex_count, vertex_grain, none,
          [&](std::size_t begin, std::size_t end) {
            std::uint32_t first = none;
            for (std::size_t v = begin; v < end; ++v) {
              const std::span<Entry> entries = row(v);
              for (std::size_t i = 1; i < entries.size(); ++i) {
                if (same(entries[i - 1], entries[i])) first = std::min(first, entries[i].row);
              }
            }
            return first;
          },
          [](std::uint32_t a, std::uint32_t b) { return std::min(a, b); });
      if (repeated != none) {
        throw std::invalid_argument(
            "row " + std::to_string(repeated) + " repeats the edge " +
            std::to_string(edges_.sources[repeated]) + " -> " +
            std::to_string(edges_.targets[repeated]) +
            "; duplicates::error allows none (sum, keep, count and first do)");
      }
    }
  }

  void keep(detail::owned_rows& rows, build_result& result, bool want_rows) {
    rows.out_targets.resize(entries_.size());
    if (!edges_.weights.empty()) rows.out_weights.resize(entries_.size());
    std::vector<std::uint32_t> kept(want_rows ? entries_.size() : 0);
    workers_.for_each(entries_.size(), row_grain, [&](std::size_t i) {
      rows.out_targets[i] = target_of(entries_[i]);
      if constexpr (has_rows) {
        if (!edges_.weights.empty()) rows.out_weights[i] = edges_.weights[entries_[i].row];
        if (want_rows) kept[i] = entries_[i].row;
      }
    });
    rows.out_offsets = std::move(offsets_);
    result.rows = detail::graph_access::make_rows(std::move(kept), {});
  }

  /// False when there was nothing to merge (and `rows` is untouched), unless weights must be
  /// counts.
  bool merge(vertex_id vertex_count, detail::owned_rows& rows, build_result& result,
             bool want_rows) {
    std::vector<arc_id> offsets(vertex_count + std::size_t{1}, 0);
    workers_.for_each(vertex_count, vertex_grain, [&](std::size_t v) {
      const std::span<Entry> entries = row(v);
      arc_id groups = 0;
      for (std::size_t i = 0; i < entries.size(); ++i) {
        groups += i == 0 || !same(entries[i - 1], entries[i]) ? 1 : 0;
      }
      offsets[v + 1] = groups;
    });
    accumulate(offsets);
    const bool nothing_merged = offsets.back() == entries_.size();
    const bool weights_change = options_.duplicates == duplicates::count && !edges_.weights.empty();
    if (nothing_merged && !weights_change) return false;

    const bool weighted = !edges_.weights.empty() || options_.duplicates == duplicates::sum ||
                          options_.duplicates == duplicates::count;
    rows.out_targets.resize(offsets.back());
    if (weighted) rows.out_weights.resize(offsets.back());
    std::vector<std::uint32_t> kept(want_rows ? entries_.size() : 0);
    std::vector<arc_id> kept_offsets(want_rows ? offsets.back() + 1 : 0);
    workers_.for_each(vertex_count, vertex_grain, [&](std::size_t v) {
      const std::span<Entry> entries = row(v);
      arc_id arc = offsets[v];
      for (std::size_t i = 0; i < entries.size(); ++arc) {
        const std::size_t first = i;
        double sum = 0.0;
        for (; i < entries.size() && same(entries[first], entries[i]); ++i) {
          if constexpr (has_rows) {
            sum += edges_.weights.empty() ? 1.0 : edges_.weights[entries[i].row];
            if (want_rows) kept[offsets_[v] + i] = entries[i].row;
          }
        }
        rows.out_targets[arc] = target_of(entries[first]);
        if (want_rows) kept_offsets[arc + 1] = offsets_[v] + i;
        if (weighted) rows.out_weights[arc] = merged_weight(entries[first], i - first, sum);
      }
    });
    result.merged = merged_rows(vertex_count, offsets);
    result.rows = detail::graph_access::make_rows(std::move(kept), std::move(kept_offsets));
    rows.out_offsets = std::move(offsets);
    return true;
  }

  [[nodiscard]] double merged_weight(const Entry& first, std::size_t group, double sum) const {
    if (options_.duplicates == duplicates::count) return static_cast<double>(group);
    if constexpr (has_rows) {
      if (options_.duplicates == duplicates::sum) return sum;
      return edges_.weights[first.row];
    } else {
      return static_cast<double>(group);
    }
  }

  /// Edges that merging took away: of an undirected graph each is seen from both ends, a loop once.
  std::uint64_t merged_rows(vertex_id vertex_count, const std::vector<arc_id>& offsets) {
    const std::uint64_t arcs = entries_.size() - offsets.back();
    if (options_.direction == direction::directed) return arcs;
    const std::uint64_t merged_loops = workers_.reduce(
        vertex_count, vertex_grain, std::uint64_t{0},
        [&](std::size_t begin, std::size_t end) {
          std::uint64_t found = 0;
          for (std::size_t v = begin; v < end; ++v) {
            const std::span<Entry> entries = row(v);
            for (std::size_t i = 1; i < entries.size(); ++i) {
              found += target_of(entries[i]) == v && same(entries[i - 1], entries[i]) ? 1 : 0;
            }
          }
          return found;
        },
        [](std::uint64_t a, std::uint64_t b) { return a + b; });
    return (arcs + merged_loops) / 2;
  }

  void count_loops_and_parallels(vertex_id vertex_count, const detail::owned_rows& rows,
                                 detail::graph_facts& facts) {
    using counts = std::pair<arc_id, arc_id>;
    const auto [loops_found, parallels] = workers_.reduce(
        vertex_count, vertex_grain, counts{},
        [&](std::size_t begin, std::size_t end) {
          counts found{};
          for (std::size_t v = begin; v < end; ++v) {
            for (arc_id arc = rows.out_offsets[v]; arc < rows.out_offsets[v + 1]; ++arc) {
              found.first += rows.out_targets[arc] == v ? 1 : 0;
              found.second +=
                  arc > rows.out_offsets[v] && rows.out_targets[arc] == rows.out_targets[arc - 1]
                      ? 1
                      : 0;
            }
          }
          return found;
        },
        [](counts a, counts b) {
          return counts{a.first + b.first, a.second + b.second};
        });
    facts.loop_count = loops_found;
    facts.parallel_arc_count = parallels;
  }

  struct source_and_arc {
    vertex_id source;
    arc_id arc;
  };

  void add_in_rows(vertex_id vertex_count, detail::owned_rows& rows) {
    rows.in_offsets.assign(vertex_count + std::size_t{1}, 0);
    workers_.for_each(rows.out_targets.size(), row_grain, [&](std::size_t arc) {
      take(rows.in_offsets[rows.out_targets[arc] + std::size_t{1}]);
    });
    accumulate(rows.in_offsets);
    std::vector<arc_id> cursors(rows.in_offsets.begin(), rows.in_offsets.end() - 1);
    rows.in_sources.resize(rows.out_targets.size());
    if (rows.out_weights.empty()) {
      workers_.for_each(vertex_count, vertex_grain, [&](std::size_t v) {
        for (arc_id arc = rows.out_offsets[v]; arc < rows.out_offsets[v + 1]; ++arc) {
          rows.in_sources[take(cursors[rows.out_targets[arc]])] = static_cast<vertex_id>(v);
        }
      });
      workers_.for_each(vertex_count, vertex_grain, [&](std::size_t v) {
        std::sort(rows.in_sources.begin() + static_cast<std::ptrdiff_t>(rows.in_offsets[v]),
                  rows.in_sources.begin() + static_cast<std::ptrdiff_t>(rows.in_offsets[v + 1]));
      });
      return;
    }
    std::vector<source_and_arc> entries(rows.out_targets.size());
    workers_.for_each(vertex_count, vertex_grain, [&](std::size_t v) {
      for (arc_id arc = rows.out_offsets[v]; arc < rows.out_offsets[v + 1]; ++arc) {
        entries[take(cursors[rows.out_targets[arc]])] = {static_cast<vertex_id>(v), arc};
      }
    });
    rows.in_weights.resize(entries.size());
    workers_.for_each(vertex_count, vertex_grain, [&](std::size_t v) {
      const auto begin = entries.begin() + static_cast<std::ptrdiff_t>(rows.in_offsets[v]);
      const auto end = entries.begin() + static_cast<std::ptrdiff_t>(rows.in_offsets[v + 1]);
      // Arc ids ascend with their sources, so they alone are the order.
      std::sort(begin, end, [](const auto& a, const auto& b) { return a.arc < b.arc; });
      for (auto entry = begin; entry != end; ++entry) {
        const auto i = static_cast<std::size_t>(entry - entries.begin());
        rows.in_sources[i] = entry->source;
        rows.in_weights[i] = rows.out_weights[entry->arc];
      }
    });
  }

  parallel& workers_;
  const edge_columns& edges_;
  const build_options& options_;
  std::vector<arc_id> offsets_;
  std::vector<Entry> entries_;
};

build_result build(const edge_columns& edges, const build_options& options, const execution& exec,
                   bool want_rows) {
  check(edges);
  parallel workers(exec);
  const vertex_id vertex_count = count_vertices(workers, edges, options.vertex_count);
  const bool plain = !want_rows && edges.weights.empty() && edges.keys.empty() &&
                     options.duplicates != duplicates::error;
  if (plain) return construction<vertex_id>(workers, edges, options).run(vertex_count, false);
  if (edges.sources.size() > most_rows) {
    throw std::invalid_argument(std::to_string(edges.sources.size()) +
                                " rows; with weights, keys or a row map at most 4294967295");
  }
  return construction<target_and_row>(workers, edges, options).run(vertex_count, want_rows);
}

}  // namespace

graph build_graph(const edge_columns& edges, const build_options& options, const execution& exec) {
  return build(edges, options, exec, false).graph;
}

build_result build_graph_with_rows(const edge_columns& edges, const build_options& options,
                                   const execution& exec) {
  return build(edges, options, exec, true);
}

}  // namespace valuenet
