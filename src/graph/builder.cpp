// The arcs of all rows are sorted by (source, target) with a stable radix sort, so that rows of one
// source and target stay in table order without their numbers being compared. One walk over the
// sorted arcs then merges, counts and writes the out-rows. The in-rows are the same once more: the
// out-rows' arcs, which already ascend by source, sorted by target alone.
#include "valuenet/graph/builder.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <stdexcept>
#include <string>
#include <utility>

#include "detail/buffer.hpp"
#include "detail/graph_access.hpp"
#include "detail/parallel.hpp"
#include "detail/radix_sort.hpp"

namespace valuenet {
namespace {

using detail::buffer;
using detail::parallel;

constexpr std::size_t grain = std::size_t{1} << 16;  // rows or arcs a chunk
constexpr std::uint64_t most_rows = 0xFFFFFFFFU;

void check(const edge_columns& edges) {
  const auto must_match = [&](std::size_t size, const char* name) {
    if (size != edges.sources.size()) {
      throw std::invalid_argument(std::string("edge_columns.") + name + " has " +
                                  std::to_string(size) + " entries, sources has " +
                                  std::to_string(edges.sources.size()));
    }
  };
  must_match(edges.targets.size(), "targets");
  if (!edges.weights.empty()) must_match(edges.weights.size(), "weights");
  if (!edges.keys.empty()) must_match(edges.keys.size(), "keys");
  if (!edges.both_ways.empty()) must_match(edges.both_ways.size(), "both_ways");
}

vertex_id count_vertices(parallel& workers, const edge_columns& edges,
                         const std::optional<vertex_id>& given) {
  const std::uint64_t used = workers.reduce(
      edges.sources.size(), grain, std::uint64_t{0},
      [&](std::size_t begin, std::size_t end) {
        vertex_id largest = 0;
        for (std::size_t i = begin; i < end; ++i) {
          largest = std::max({largest, edges.sources[i], edges.targets[i]});
        }
        return largest + std::uint64_t{1};
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

bool merges(duplicates policy) {
  return policy == duplicates::sum || policy == duplicates::count || policy == duplicates::first;
}

// An arc on its way into a row carries with it what will be asked of its row of the table: fetching
// that later, in sorted order, would miss the cache for every arc.
struct bare_arc {
  vertex_id source;
  vertex_id target;
};
struct weighted_arc {
  vertex_id source;
  vertex_id target;
  double weight;
};
struct row_arc {
  vertex_id source;
  vertex_id target;
  std::uint32_t row;
};
struct weighted_row_arc {
  vertex_id source;
  vertex_id target;
  std::uint32_t row;
  std::array<std::uint32_t, 2> weight;  // a double's halves: 20 bytes where alignment would take 24
};

template <class Arc>
constexpr bool has_row = requires(Arc arc) {
  arc.row;
};
template <class Arc>
constexpr bool has_weight = requires(Arc arc) {
  arc.weight;
};

template <class Arc>
Arc make_arc(vertex_id source, vertex_id target, [[maybe_unused]] double weight,
             [[maybe_unused]] std::size_t row) {
  Arc arc{};
  arc.source = source;
  arc.target = target;
  if constexpr (has_row<Arc>) arc.row = static_cast<std::uint32_t>(row);
  if constexpr (has_weight<Arc>) arc.weight = std::bit_cast<decltype(arc.weight)>(weight);
  return arc;
}

template <class Arc>
double weight_of(const Arc& arc) {
  if constexpr (has_weight<Arc>) {
    return std::bit_cast<double>(arc.weight);
  } else {
    return 1.0;
  }
}

/// Called for vertices in ascending order, each with where its row begins: sets the offsets of all
/// vertices after `previous` up to `v`. vertex_id wraps round from no_vertex (none before) to 0.
void begin_row(buffer<arc_id>& offsets, vertex_id previous, vertex_id v, arc_id first) {
  std::fill(offsets.begin() + static_cast<vertex_id>(previous + 1),
            offsets.begin() + (std::size_t{v} + 1), first);
}

template <class Arc>
class construction {
 public:
  construction(parallel& workers, const edge_columns& edges, const build_options& options,
               vertex_id vertex_count)
      : workers_(workers), edges_(edges), options_(options), vertex_count_(vertex_count) {}

  build_result run(bool want_rows) {
    sort_arcs();
    if (options_.duplicates == duplicates::error) refuse_repeats();
    build_result result;
    const std::vector<arc_id> first_arcs = count_arcs(result);
    detail::owned_rows rows;
    detail::graph_facts facts{.vertex_count = vertex_count_, .direction = options_.direction};
    const arc_id arc_count = first_arcs.back();
    const bool anything_merged = arc_count != arcs_.size();
    const bool counted = options_.duplicates == duplicates::count;
    const bool summed = options_.duplicates == duplicates::sum;
    facts.is_weighted =
        counted ? anything_merged : !edges_.weights.empty() || (summed && anything_merged);
    rows.out_offsets = buffer<arc_id>(vertex_count_ + std::size_t{1});
    rows.out_targets = buffer<vertex_id>(arc_count);
    if (facts.is_weighted) rows.out_weights = buffer<double>(arc_count);
    buffer<std::uint32_t> table_rows(want_rows ? arcs_.size() : 0);
    buffer<arc_id> table_offsets(want_rows && anything_merged ? arc_count + 1 : 0);
    write(first_arcs, rows, facts, table_rows, table_offsets);
    arcs_ = {};
    if (want_rows) {
      result.rows =
          detail::graph_access::make_rows(std::move(table_rows), std::move(table_offsets));
    }
    if (options_.direction == direction::directed) add_in_rows(rows);
    result.graph = detail::graph_access::make(std::move(rows), facts);
    return result;
  }

 private:
  [[nodiscard]] bool keys_matter() const {
    return !edges_.keys.empty() && options_.duplicates != duplicates::keep;
  }

  /// Rows by key, those of one key in table order.
  [[nodiscard]] buffer<std::uint64_t> rows_by_key() {
    const std::uint32_t largest = workers_.reduce(
        edges_.keys.size(), grain, std::uint32_t{0},
        [&](std::size_t begin, std::size_t end) {
          return *std::max_element(edges_.keys.begin() + static_cast<std::ptrdiff_t>(begin),
                                   edges_.keys.begin() + static_cast<std::ptrdiff_t>(end));
        },
        [](std::uint32_t a, std::uint32_t b) { return std::max(a, b); });
    return detail::radix_sorted<std::uint64_t>(
        workers_, edges_.keys.size(),
        [&](std::size_t begin, std::size_t end, auto&& sink) {
          for (std::size_t row = begin; row < end; ++row) {
            sink((std::uint64_t{edges_.keys[row]} << 32) | row);
          }
        },
        detail::bits_for(largest), [](std::uint64_t item) { return item >> 32; });
  }

  void sort_arcs() {
    const int vertex_bits = vertex_count_ == 0 ? 0 : detail::bits_for(vertex_count_ - 1);
    buffer<std::uint64_t> order;
    if (keys_matter()) order = rows_by_key();
    arcs_ = detail::radix_sorted<Arc>(
        workers_, edges_.sources.size(),
        [&](std::size_t begin, std::size_t end, auto&& sink) {
          if (order.empty()) {
            for (std::size_t row = begin; row < end; ++row) arcs_of_row(row, sink);
          } else {
            for (std::size_t i = begin; i < end; ++i) arcs_of_row(order[i] & most_rows, sink);
          }
        },
        2 * vertex_bits,
        [vertex_bits](const Arc& arc) {
          return (std::uint64_t{arc.source} << vertex_bits) | arc.target;
        });
  }

  template <class Sink>
  void arcs_of_row(std::size_t row, Sink&& sink) const {
    const vertex_id s = edges_.sources[row];
    const vertex_id t = edges_.targets[row];
    const double weight = has_weight<Arc> ? edges_.weights[row] : 1.0;
    if (s == t) {
      if (options_.loops == loops::keep) sink(make_arc<Arc>(s, t, weight, row));
      return;
    }
    sink(make_arc<Arc>(s, t, weight, row));
    if (options_.direction == direction::undirected ||
        (!edges_.both_ways.empty() && edges_.both_ways[row] != 0)) {
      sink(make_arc<Arc>(t, s, weight, row));
    }
  }

  [[nodiscard]] bool same(const Arc& a, const Arc& b) const {
    if (a.source != b.source || a.target != b.target) return false;
    if constexpr (has_row<Arc>) return !keys_matter() || edges_.keys[a.row] == edges_.keys[b.row];
    return true;
  }

  /// Whether `b`, which follows `a`, becomes one arc with it.
  [[nodiscard]] bool joins(const Arc& a, const Arc& b) const {
    return merges(options_.duplicates) && same(a, b);
  }

  /// Sorted arcs are walked in pieces of about `grain`, none of which begins amid arcs that join.
  [[nodiscard]] std::size_t piece_begin(std::size_t nominal) const {
    if (nominal == 0 || nominal >= arcs_.size()) return std::min(nominal, arcs_.size());
    const Arc& before = arcs_[nominal - 1];
    return static_cast<std::size_t>(
        std::partition_point(arcs_.begin() + nominal, arcs_.end(),
                             [&](const Arc& arc) { return joins(before, arc); }) -
        arcs_.begin());
  }

  void refuse_repeats() {
    if constexpr (has_row<Arc>) {
      const std::uint32_t none = 0xFFFFFFFFU;
      const std::uint32_t repeated = workers_.reduce(
          arcs_.size(), grain, none,
          [&](std::size_t begin, std::size_t end) {
            std::uint32_t first = none;
            for (std::size_t i = std::max<std::size_t>(begin, 1); i < end; ++i) {
              if (same(arcs_[i - 1], arcs_[i])) first = std::min(first, arcs_[i].row);
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

  /// The first arc of every piece, and their number at the end. Counts what was merged: of an
  /// undirected edge, which is seen from both ends, only from its smaller one.
  std::vector<arc_id> count_arcs(build_result& result) {
    std::vector<arc_id> first((arcs_.size() + grain - 1) / grain + 1, 0);
    const bool both_ends = options_.direction == direction::undirected;
    result.merged = workers_.reduce(
        arcs_.size(), grain, std::uint64_t{0},
        [&](std::size_t nominal, std::size_t end) {
          std::uint64_t merged = 0;
          arc_id kept = 0;
          const std::size_t begin = piece_begin(nominal);
          end = piece_begin(end);
          if (!merges(options_.duplicates)) kept = end - begin;
          for (std::size_t i = begin; merges(options_.duplicates) && i < end; ++i) {
            const bool joined = i > begin && same(arcs_[i - 1], arcs_[i]);
            kept += joined ? 0 : 1;
            merged += joined && (!both_ends || arcs_[i].source <= arcs_[i].target) ? 1 : 0;
          }
          first[nominal / grain + 1] = kept;
          return merged;
        },
        [](std::uint64_t a, std::uint64_t b) { return a + b; });
    for (std::size_t piece = 1; piece < first.size(); ++piece) first[piece] += first[piece - 1];
    return first;
  }

  void write(const std::vector<arc_id>& first_arcs, detail::owned_rows& rows,
             detail::graph_facts& facts, buffer<std::uint32_t>& table_rows,
             buffer<arc_id>& table_offsets) {
    using counts = std::pair<arc_id, arc_id>;
    const auto [loops_found, parallels] = workers_.reduce(
        arcs_.size(), grain, counts{},
        [&](std::size_t nominal, std::size_t end) {
          counts found{};
          arc_id arc = first_arcs[nominal / grain];
          std::size_t i = piece_begin(nominal);
          end = piece_begin(end);
          for (; i < end; ++arc) {
            const std::size_t begin = i;
            const Arc& first = arcs_[begin];
            double sum = weight_of(first);
            for (++i; i < end && joins(first, arcs_[i]); ++i) sum += weight_of(arcs_[i]);
            const vertex_id previous = begin == 0 ? no_vertex : arcs_[begin - 1].source;
            if (previous != first.source) {
              begin_row(rows.out_offsets, previous, first.source, arc);
            } else if (arcs_[begin - 1].target == first.target) {
              ++found.second;
            }
            found.first += first.source == first.target ? 1 : 0;
            rows.out_targets[arc] = first.target;
            if (facts.is_weighted) rows.out_weights[arc] = merged_weight(first, i - begin, sum);
            if constexpr (has_row<Arc>) {
              for (std::size_t k = begin; k < i && !table_rows.empty(); ++k) {
                table_rows[k] = arcs_[k].row;
              }
            }
            if (!table_offsets.empty()) table_offsets[arc] = begin;
          }
          return found;
        },
        [](counts a, counts b) {
          return counts{a.first + b.first, a.second + b.second};
        });
    facts.loop_count = loops_found;
    facts.parallel_arc_count = parallels;
    if (!table_offsets.empty()) table_offsets[first_arcs.back()] = arcs_.size();
    close_rows(rows.out_offsets, arcs_.empty() ? no_vertex : arcs_[arcs_.size() - 1].source,
               first_arcs.back());
  }

  [[nodiscard]] double merged_weight(const Arc& first, std::size_t rows, double sum) const {
    if (options_.duplicates == duplicates::count) return static_cast<double>(rows);
    return options_.duplicates == duplicates::sum ? sum : weight_of(first);
  }

  /// Ends the rows after the last vertex that has one.
  void close_rows(buffer<arc_id>& offsets, vertex_id last, arc_id count) {
    const std::size_t begin = static_cast<vertex_id>(last + 1);
    workers_.for_chunks(offsets.size() - begin, grain, [&](std::size_t from, std::size_t to) {
      std::fill(offsets.begin() + (begin + from), offsets.begin() + (begin + to), count);
    });
  }

  void add_in_rows(detail::owned_rows& rows) {
    rows.in_offsets = buffer<arc_id>(vertex_count_ + std::size_t{1});
    rows.in_sources = buffer<vertex_id>(rows.out_targets.size());
    if (rows.out_weights.empty()) {
      fill_in_rows<bare_arc>(rows);
    } else {
      rows.in_weights = buffer<double>(rows.out_targets.size());
      fill_in_rows<weighted_arc>(rows);
    }
  }

  template <class InArc>
  void fill_in_rows(detail::owned_rows& rows) {
    const buffer<InArc> in_arcs = detail::radix_sorted<InArc>(
        workers_, rows.out_targets.size(),
        [&](std::size_t begin, std::size_t end, auto&& sink) {
          auto after = std::upper_bound(rows.out_offsets.begin(), rows.out_offsets.end(), begin);
          for (arc_id arc = begin; arc < end; ++arc) {
            while (*after <= arc) ++after;
            const auto source = static_cast<vertex_id>(after - rows.out_offsets.begin() - 1);
            const double weight = has_weight<InArc> ? rows.out_weights[arc] : 1.0;
            sink(make_arc<InArc>(source, rows.out_targets[arc], weight, 0));
          }
        },
        vertex_count_ == 0 ? 0 : detail::bits_for(vertex_count_ - 1),
        [](const InArc& arc) { return std::uint64_t{arc.target}; });
    workers_.for_chunks(in_arcs.size(), grain, [&](std::size_t begin, std::size_t end) {
      vertex_id previous = begin == 0 ? no_vertex : in_arcs[begin - 1].target;
      for (std::size_t i = begin; i < end; ++i) {
        const InArc& arc = in_arcs[i];
        if (arc.target != previous) begin_row(rows.in_offsets, previous, arc.target, i);
        previous = arc.target;
        rows.in_sources[i] = arc.source;
        if constexpr (has_weight<InArc>) rows.in_weights[i] = arc.weight;
      }
    });
    close_rows(rows.in_offsets, in_arcs.empty() ? no_vertex : in_arcs[in_arcs.size() - 1].target,
               in_arcs.size());
  }

  parallel& workers_;
  const edge_columns& edges_;
  const build_options& options_;
  vertex_id vertex_count_;
  buffer<Arc> arcs_;  // sorted by source, target, (key,) row
};

build_result build(parallel& workers, const edge_columns& edges, const build_options& options,
                   bool want_rows) {
  check(edges);
  const vertex_id vertex_count = count_vertices(workers, edges, options.vertex_count);
  const bool asks_weights = !edges.weights.empty() && options.duplicates != duplicates::count;
  const bool asks_keys = !edges.keys.empty() && options.duplicates != duplicates::keep;
  const bool asks_rows = want_rows || asks_keys || options.duplicates == duplicates::error;
  if (asks_rows && edges.sources.size() > most_rows) {
    throw std::invalid_argument(
        std::to_string(edges.sources.size()) +
        " rows; with keys, duplicates::error or a row map at most 4294967295");
  }
  const auto run = [&]<class Arc>(Arc) {
    return construction<Arc>(workers, edges, options, vertex_count).run(want_rows);
  };
  if (asks_rows) return asks_weights ? run(weighted_row_arc{}) : run(row_arc{});
  return asks_weights ? run(weighted_arc{}) : run(bare_arc{});
}

/// Rows that the options drop or double.
void count_rows_of_the_table(parallel& workers, const edge_columns& edges,
                             const build_options& options, build_result& result) {
  using counts = std::pair<std::uint64_t, std::uint64_t>;
  const bool doubled = options.direction == direction::directed && !edges.both_ways.empty();
  const auto [dropped, mirrored] = workers.reduce(
      edges.sources.size(), grain, counts{},
      [&](std::size_t begin, std::size_t end) {
        counts found{};
        for (std::size_t row = begin; row < end; ++row) {
          const bool loop = edges.sources[row] == edges.targets[row];
          found.first += loop && options.loops == loops::drop ? 1 : 0;
          found.second += doubled && !loop && edges.both_ways[row] != 0 ? 1 : 0;
        }
        return found;
      },
      [](counts a, counts b) {
        return counts{a.first + b.first, a.second + b.second};
      });
  result.dropped_loops = dropped;
  result.mirrored = mirrored;
}

}  // namespace

graph build_graph(const edge_columns& edges, const build_options& options, const execution& exec) {
  parallel workers(exec);
  return build(workers, edges, options, false).graph;
}

build_result build_graph_with_rows(const edge_columns& edges, const build_options& options,
                                   const execution& exec) {
  parallel workers(exec);
  build_result result = build(workers, edges, options, true);
  count_rows_of_the_table(workers, edges, options, result);
  return result;
}

}  // namespace valuenet
