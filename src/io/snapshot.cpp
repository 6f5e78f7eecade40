#include "valuenet/io/snapshot.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <memory>
#include <optional>
#include <random>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>

#include "detail/fold.hpp"
#include "detail/graph_access.hpp"
#include "detail/parallel.hpp"
#include "detail/progress.hpp"
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

/// Out-rows or in-rows, and the numbers of their sections.
struct half {
  const char* name = "rows";
  std::span<const arc_id> offsets;
  std::span<const vertex_id> neighbors;
  std::span<const double> weights;
  std::size_t offsets_section = 0;
  std::size_t neighbors_section = 0;
  std::size_t weights_section = 0;
};

/// Random numbers for vertices and weights. The sum over all arcs of from(source) * to(target) *
/// of_weight(weight) is the same for two lists of the same arcs in whatever order. It is another
/// for two of different ones but with a chance of about 2^-30: a polynomial that is not 0 seldom is
/// where its variables are random. The key is drawn anew each time, so that no file can be made to
/// meet that chance.
struct marks {
  std::array<std::uint32_t, 3> key{};
  /// Products of 32 bits: even a plain processor makes two of them at once.
  [[nodiscard]] std::uint64_t operator()(std::uint32_t value) const noexcept {
    const std::uint32_t low = value + key[0];
    const std::uint64_t mixed = std::uint64_t{low} * key[1];
    const std::uint32_t folded =
        static_cast<std::uint32_t>(mixed >> 32) ^ static_cast<std::uint32_t>(mixed);
    return std::uint64_t{folded} * (low ^ key[2]);
  }
};

struct arc_marks {
  marks from;
  marks to;
  std::array<std::uint64_t, 2> weight_key{};

  arc_marks() {
    std::random_device device;
    for (marks* const each : {&from, &to}) {
      for (std::uint32_t& word : each->key) word = device() | 1;
    }
    for (std::uint64_t& word : weight_key) word = (std::uint64_t{device()} << 32) | device() | 1;
  }
  [[nodiscard]] std::uint64_t of_weight(double weight) const noexcept {
    return detail::fold(std::bit_cast<std::uint64_t>(weight) ^ weight_key[0], weight_key[1]);
  }
};

void check_section(const snapshot_file& file, std::size_t section) {
  detail::section_check check(file, section);
  check.look(0, check.bytes());
  check.finish();
}

/// Checksum and order of the offsets in one pass.
void check_offsets(parallel& workers, detail::progress& told, const snapshot_file& file,
                   const half& rows) {
  const auto offsets = rows.offsets;
  constexpr std::size_t at_once = detail::snapshot_piece / sizeof(arc_id);
  detail::section_check check(file, rows.offsets_section);
  std::atomic<bool> wrong = offsets.front() != 0 || offsets.back() != rows.neighbors.size();
  workers.for_chunks(offsets.size(), at_once, [&](std::size_t begin, std::size_t end) {
    check.look(begin * sizeof(arc_id), (begin + at_once) * sizeof(arc_id));
    std::uint64_t falls = 0;
    for (std::size_t v = std::max<std::size_t>(begin, 1); v < end; ++v) {
      falls += offsets[v - 1] > offsets[v] ? 1 : 0;
    }
    if (falls != 0) wrong = true;
    told.advance((end - begin) * sizeof(arc_id));
  });
  check.finish();
  if (wrong) {
    file.refuse(std::string("broken: the offsets of the ") + rows.name +
                " do not rise from 0 to the number of arcs; write it anew");
  }
}

enum class side { out, in, both };

/// Of some arcs of one row.
std::uint64_t sum_of_marks(std::span<const vertex_id> ends, marks of_end) {
  std::uint64_t sum = 0;
  for (const vertex_id end : ends) sum += of_end(end);
  return sum;
}
std::uint64_t sum_of_marks(std::span<const vertex_id> ends, marks of_end, const double* weights,
                           const arc_marks& mark) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < ends.size(); ++i) sum += of_end(ends[i]) * mark.of_weight(weights[i]);
  return sum;
}

/// How many of the sorted ids are smaller, without a branch that nobody could foretell.
std::size_t count_smaller(std::span<const vertex_id> sorted, vertex_id v) {
  if (sorted.empty()) return 0;
  const vertex_id* first = sorted.data();
  for (std::size_t left = sorted.size(); left > 1;) {
    const std::size_t half = left / 2;
    first += first[half - 1] < v ? half : 0;
    left -= half;
  }
  return static_cast<std::size_t>(first - sorted.data()) + (*first < v ? 1 : 0);
}

struct row_facts {
  std::uint64_t falls = 0;  // neighbours smaller than the one before
  std::uint64_t loops = 0;
  std::uint64_t parallels = 0;
  std::uint64_t marks = 0;  // of a directed graph's arcs; of an undirected one's, up less down
  bool wrong = false;       // an id out of range, a weight not finite
};

/// The arcs [begin, end), which may begin and end within rows. Preconditions: the offsets rise, and
/// end where the neighbours do. Nothing of what stands in the neighbours is relied on.
template <side Which, bool IsWeighted>
row_facts check_arcs(const half& rows, const arc_marks& mark, arc_id begin, arc_id end) {
  const auto offsets = rows.offsets;
  const vertex_id* const neighbors = rows.neighbors.data();
  const auto vertices = static_cast<vertex_id>(offsets.size() - 1);
  row_facts found;
  // Order and repetitions as if all were one row; taken back below where rows begin.
  const arc_id first_pair = std::max<arc_id>(begin, 1);
  std::uint32_t falls = 0;
  std::uint32_t same = 0;
  for (arc_id arc = first_pair; arc < end; ++arc) {
    falls += neighbors[arc - 1] > neighbors[arc] ? 1 : 0;
    same += neighbors[arc - 1] == neighbors[arc] ? 1 : 0;
  }
  if constexpr (IsWeighted) {
    for (arc_id arc = begin; arc < end; ++arc) found.wrong |= !std::isfinite(rows.weights[arc]);
  }
  const marks own = Which == side::in ? mark.to : mark.from;
  const marks other = Which == side::out ? mark.to : mark.from;
  const auto sum_of = [&](arc_id first, arc_id last) {
    const auto ends = rows.neighbors.subspan(first, last - first);
    if constexpr (!IsWeighted) return sum_of_marks(ends, other);
    return sum_of_marks(ends, other, rows.weights.data() + first, mark);
  };
  auto v = static_cast<vertex_id>(std::upper_bound(offsets.begin(), offsets.end(), begin) -
                                  offsets.begin() - 1);
  for (arc_id arc = begin; arc < end; ++v) {
    const arc_id row_end = std::min<arc_id>(offsets[v + std::size_t{1}], end);
    if (arc == row_end) continue;
    if (arc == offsets[v] && arc != 0) {
      falls -= neighbors[arc - 1] > neighbors[arc] ? 1 : 0;
      same -= neighbors[arc - 1] == neighbors[arc] ? 1 : 0;
    }
    found.wrong |= neighbors[row_end - 1] >= vertices;
    const arc_id loop = arc + count_smaller(rows.neighbors.subspan(arc, row_end - arc), v);
    arc_id up = loop;
    while (up < row_end && neighbors[up] == v) ++up;
    found.loops += up - loop;
    const std::uint64_t sum =
        Which == side::both ? sum_of(up, row_end) - sum_of(arc, loop) : sum_of(arc, row_end);
    arc = row_end;
    found.marks += sum * own(v);
  }
  found.falls = falls;
  found.parallels = same;
  return found;
}

/// Checksums and contents of neighbours and weights in one pass over them.
template <side Which, bool IsWeighted>
row_facts check_rows(parallel& workers, detail::progress& told, const snapshot_file& file,
                     const half& rows, const arc_marks& mark) {
  constexpr std::size_t at_once = detail::snapshot_piece / sizeof(vertex_id);
  detail::section_check neighbors(file, rows.neighbors_section);
  std::optional<detail::section_check> weights;
  if constexpr (IsWeighted) weights.emplace(file, rows.weights_section);
  const row_facts facts = workers.reduce(
      rows.neighbors.size(), at_once, row_facts{},
      [&](std::size_t begin, std::size_t end) {
        neighbors.look(begin * sizeof(vertex_id), (begin + at_once) * sizeof(vertex_id));
        std::size_t bytes = (end - begin) * sizeof(vertex_id);
        if constexpr (IsWeighted) {
          weights->look(begin * sizeof(double), (begin + at_once) * sizeof(double));
          bytes += (end - begin) * sizeof(double);
        }
        const row_facts found = check_arcs<Which, IsWeighted>(rows, mark, begin, end);
        told.advance(bytes);
        return found;
      },
      [](row_facts a, const row_facts& b) {
        a.falls += b.falls;
        a.loops += b.loops;
        a.parallels += b.parallels;
        a.marks += b.marks;
        a.wrong |= b.wrong;
        return a;
      });
  neighbors.finish();
  if constexpr (IsWeighted) weights->finish();
  return facts;
}

/// Checksums, and whether the arrays are a graph: nothing of them is believed.
void check_graph(parallel& workers, const snapshot_file& file, const graph_record& record,
                 const half& out, const half& in, const execution& exec) {
  const bool is_directed = record.is_directed != 0;
  const arc_marks mark;
  const auto bytes_of = [](const half& rows) {
    return rows.offsets.size_bytes() + rows.neighbors.size_bytes() + rows.weights.size_bytes();
  };
  detail::progress told(exec, "checking the snapshot", bytes_of(out) + bytes_of(in));
  const auto check_half = [&]<side Which>(std::integral_constant<side, Which>, const half& rows) {
    check_offsets(workers, told, file, rows);
    const row_facts facts = rows.weights.empty()
                                ? check_rows<Which, false>(workers, told, file, rows, mark)
                                : check_rows<Which, true>(workers, told, file, rows, mark);
    if (facts.wrong || facts.falls != 0) {
      file.refuse(std::string("broken: the ") + rows.name +
                  " hold a vertex out of range, a weight that is not finite, or neighbours out of "
                  "order; write it anew");
    }
    if (facts.loops != record.loop_count || facts.parallels != record.parallel_arc_count) {
      file.refuse(std::string("broken: the ") + rows.name +
                  " have other numbers of loops or parallel arcs than the header says; write it "
                  "anew");
    }
    return facts.marks;
  };
  if (!is_directed) {
    if (check_half(std::integral_constant<side, side::both>{}, out) != 0) {
      file.refuse("broken: an undirected edge is missing at one of its ends; write it anew");
    }
    return;
  }
  const std::uint64_t marks = check_half(std::integral_constant<side, side::out>{}, out);
  if (check_half(std::integral_constant<side, side::in>{}, in) != marks) {
    file.refuse("broken: its in-rows are not its out-rows turned round; write it anew");
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
  if (options.check == snapshot_check::damage) mapped->check_sections(workers, exec);

  detail::section_cursor sections(*mapped);
  const graph_record record = sections.next<graph_record>("graph", 1)[0];
  if (options.check == snapshot_check::everything) check_section(*mapped, sections.last());
  if (record.vertex_count == no_vertex || record.is_directed > 1 || record.is_weighted > 1 ||
      record.zero != 0) {
    mapped->refuse("broken: its header describes no graph; write it anew");
  }
  const auto read_half = [&](const char* name, const char* offsets, const char* neighbors,
                             const char* weights) {
    half rows;
    rows.name = name;
    rows.offsets = sections.next<arc_id>(offsets, record.vertex_count + std::uint64_t{1});
    rows.offsets_section = sections.last();
    rows.neighbors = sections.next<vertex_id>(neighbors, record.arc_count);
    rows.neighbors_section = sections.last();
    if (record.is_weighted == 0) return rows;
    rows.weights = sections.next<double>(weights, record.arc_count);
    rows.weights_section = sections.last();
    return rows;
  };
  const bool is_directed = record.is_directed != 0;
  const half out = read_half(is_directed ? "out-rows" : "rows", "out.off", "out.to", "out.w");
  const half in = is_directed ? read_half("in-rows", "in.off", "in.from", "in.w") : half{};
  sections.finish();
  if (options.check == snapshot_check::everything) {
    check_graph(workers, *mapped, record, out, in, exec);
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
