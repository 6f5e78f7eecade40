#include "valuenet/io/snapshot.hpp"

#include <atomic>
#include <bit>
#include <cmath>
#include <memory>
#include <random>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "detail/graph_access.hpp"
#include "detail/parallel.hpp"
#include "detail/row_chunks.hpp"
#include "io/snapshot_file.hpp"

namespace valuenet {
namespace {

using detail::parallel;
using detail::snapshot_file;

constexpr std::size_t grain = std::size_t{1} << 16;

struct graph_record {
  std::uint32_t vertex_count;
  std::uint8_t is_directed;
  std::uint8_t is_weighted;
  std::uint16_t zero;
  std::uint64_t arc_count;
  std::uint64_t loop_count;
  std::uint64_t parallel_arc_count;
};
static_assert(sizeof(graph_record) == 32);

struct half {
  std::span<const arc_id> offsets;
  std::span<const vertex_id> neighbors;
  std::span<const double> weights;
};

/// A 64-bit mark of (source, target, weight). Sums of marks tell whether two lists hold the same
/// arcs, in whatever order. The key is drawn anew each time: no file can be made to fool it.
class arc_marks {
 public:
  arc_marks() {
    std::random_device device;
    for (std::uint64_t& word : key_) word = (std::uint64_t{device()} << 32) | device();
  }

  [[nodiscard]] std::uint64_t operator()(vertex_id source, vertex_id target,
                                         double weight) const noexcept {
    std::uint64_t mark = (((std::uint64_t{source} << 32) | target) ^ key_[0]) * (key_[1] | 1);
    mark ^= mark >> 32;
    mark += std::bit_cast<std::uint64_t>(weight) * (key_[2] | 1);
    mark ^= mark >> 29;
    mark *= key_[3] | 1;
    mark ^= mark >> 32;
    return mark * (key_[4] | 1);
  }

 private:
  std::uint64_t key_[5];
};

void check_offsets(parallel& workers, const snapshot_file& file, std::span<const arc_id> offsets,
                   std::uint64_t arc_count, const char* name) {
  std::atomic<bool> wrong = offsets.front() != 0 || offsets.back() != arc_count;
  workers.for_chunks(offsets.size() - 1, grain, [&](std::size_t begin, std::size_t end) {
    bool falls = false;
    for (std::size_t v = begin; v < end; ++v) falls |= offsets[v] > offsets[v + 1];
    if (falls) wrong = true;
  });
  if (wrong) {
    file.refuse(std::string("broken: the offsets of the ") + name +
                " do not rise from 0 to the number of arcs; write it anew");
  }
}

struct row_facts {
  std::uint64_t loops = 0;
  std::uint64_t parallels = 0;
  std::uint64_t marks = 0;  // of a directed graph's arcs; of an undirected one's, up less down
  bool wrong = false;       // an id out of range, a row not sorted, a weight not finite
};

enum class side { out, in, both };

row_facts check_rows(parallel& workers, const half& rows, side which, const arc_marks& mark_of) {
  const std::size_t vertices = rows.offsets.size() - 1;
  const detail::row_chunks chunks(rows.offsets);
  return workers.reduce(
      chunks.count(), 1, row_facts{},
      [&](std::size_t chunk, std::size_t) {
        row_facts found;
        const std::size_t last = chunks.begin(chunk + 1);
        for (std::size_t i = chunks.begin(chunk); i < last; ++i) {
          const auto v = static_cast<vertex_id>(i);
          vertex_id previous = 0;
          bool first = true;
          for (arc_id arc = rows.offsets[i]; arc < rows.offsets[i + 1]; ++arc) {
            const vertex_id u = rows.neighbors[arc];
            const double weight = rows.weights.empty() ? 1.0 : rows.weights[arc];
            found.wrong |= u >= vertices || u < previous || !std::isfinite(weight);
            found.loops += u == v ? 1 : 0;
            found.parallels += !first && u == previous ? 1 : 0;
            if (which == side::out) {
              found.marks += mark_of(v, u, weight);
            } else if (which == side::in) {
              found.marks += mark_of(u, v, weight);
            } else if (v < u) {
              found.marks += mark_of(v, u, weight);
            } else if (u < v) {
              found.marks -= mark_of(u, v, weight);
            }
            previous = u;
            first = false;
          }
        }
        return found;
      },
      [](row_facts a, const row_facts& b) {
        a.loops += b.loops;
        a.parallels += b.parallels;
        a.marks += b.marks;
        a.wrong |= b.wrong;
        return a;
      });
}

void check_graph(parallel& workers, const snapshot_file& file, const graph_record& record,
                 const half& out, const half& in) {
  const bool directed = record.is_directed != 0;
  const arc_marks mark_of;
  const auto check_half = [&](const half& rows, side which, const char* name) {
    check_offsets(workers, file, rows.offsets, record.arc_count, name);
    const row_facts facts = check_rows(workers, rows, which, mark_of);
    if (facts.wrong) {
      file.refuse(std::string("broken: the ") + name +
                  " hold a vertex out of range, a weight that is not finite, or neighbours out of "
                  "order; write it anew");
    }
    if (facts.loops != record.loop_count || facts.parallels != record.parallel_arc_count) {
      file.refuse(std::string("broken: the ") + name +
                  " have other numbers of loops or parallel arcs than the header says; write it "
                  "anew");
    }
    return facts.marks;
  };
  const std::uint64_t marks =
      check_half(out, directed ? side::out : side::both, directed ? "out-rows" : "rows");
  if (directed ? marks != check_half(in, side::in, "in-rows") : marks != 0) {
    file.refuse(directed
                    ? "broken: its in-rows are not its out-rows turned round; write it anew"
                    : "broken: an undirected edge is missing at one of its ends; write it anew");
  }
}

}  // namespace

void write_snapshot(const graph& g, const std::string& file, const execution& exec) {
  parallel workers(exec);
  const auto weights = g.out_weights();
  std::atomic<bool> finite = true;
  workers.for_chunks(weights.size(), grain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t arc = begin; arc < end; ++arc) {
      if (!std::isfinite(weights[arc])) finite = false;
    }
  });
  if (!finite) {
    throw std::invalid_argument("write_snapshot: the graph has a weight that is not finite");
  }
  const graph_record record{.vertex_count = g.vertex_count(),
                            .is_directed = g.is_directed() ? std::uint8_t{1} : std::uint8_t{0},
                            .is_weighted = g.is_weighted() ? std::uint8_t{1} : std::uint8_t{0},
                            .zero = 0,
                            .arc_count = g.arc_count(),
                            .loop_count = g.loop_count(),
                            .parallel_arc_count = g.parallel_arc_count()};
  detail::snapshot_writer writer(detail::snapshot_content::graph);
  writer.add("graph", std::span(&record, 1));
  writer.add("out.off", g.out_offsets());
  writer.add("out.to", g.out_targets());
  if (g.is_weighted()) writer.add("out.w", g.out_weights());
  if (g.is_directed()) {
    writer.add("in.off", g.in_offsets());
    writer.add("in.from", g.in_sources());
    if (g.is_weighted()) writer.add("in.w", g.in_weights());
  }
  writer.write(file, exec);
}

graph read_graph_snapshot(const std::string& file, const snapshot_options& options,
                          const execution& exec) {
  parallel workers(exec);
  const auto mapped = std::make_shared<const snapshot_file>(file, detail::snapshot_content::graph);
  if (options.check != snapshot_check::header) mapped->check_sections(workers);

  detail::section_cursor sections(*mapped);
  const graph_record record = sections.next<graph_record>("graph", 1)[0];
  if (record.vertex_count == no_vertex || record.is_directed > 1 || record.is_weighted > 1 ||
      record.zero != 0) {
    mapped->refuse("broken: its header describes no graph; write it anew");
  }
  const auto read_half = [&](const char* offsets, const char* neighbors, const char* weights) {
    half rows;
    rows.offsets = sections.next<arc_id>(offsets, record.vertex_count + std::uint64_t{1});
    rows.neighbors = sections.next<vertex_id>(neighbors, record.arc_count);
    if (record.is_weighted != 0) rows.weights = sections.next<double>(weights, record.arc_count);
    return rows;
  };
  const half out = read_half("out.off", "out.to", "out.w");
  const half in = record.is_directed != 0 ? read_half("in.off", "in.from", "in.w") : half{};
  sections.finish();
  if (options.check == snapshot_check::everything) {
    check_graph(workers, *mapped, record, out, in);
  }
  return detail::graph_access::make(
      {.out_offsets = out.offsets,
       .out_targets = out.neighbors,
       .out_weights = out.weights,
       .in_offsets = in.offsets,
       .in_sources = in.neighbors,
       .in_weights = in.weights},
      {.vertex_count = record.vertex_count,
       .direction = record.is_directed != 0 ? direction::directed : direction::undirected,
       .is_weighted = record.is_weighted != 0,
       .loop_count = record.loop_count,
       .parallel_arc_count = record.parallel_arc_count},
      mapped);
}

}  // namespace valuenet
