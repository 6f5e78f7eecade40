#include "metrics/distance_plan.hpp"

#include <algorithm>
#include <array>

namespace valuenet::detail {
namespace {

/// Appends the rows that are met from `roots` by following `rows`, in breadth-first order.
void search_from(std::span<const vertex_id> roots, const adjacency& rows, std::vector<char>& met,
                 std::vector<vertex_id>& order, const parallel& workers) {
  std::size_t head = order.size();
  const auto meet = [&](vertex_id v) {
    if (met[v] != 0) return;
    met[v] = 1;
    order.push_back(v);
  };
  for (const vertex_id root : roots) meet(root);
  for (; head < order.size(); ++head) {
    if (head % 4096 == 0) workers.check_stop();
    const vertex_id v = order[head];
    for (arc_id arc = rows.offsets[v]; arc < rows.offsets[v + 1]; ++arc) meet(rows.targets[arc]);
  }
}

/// Those without tails by the length of their row, then those with.
target_rows make_targets(const distance_core& core, const std::vector<char>& met) {
  constexpr unsigned row_lengths = 5;
  const adjacency before = core.before();
  target_rows targets;
  std::array<std::vector<vertex_id>, row_lengths + 1> kinds;
  for (vertex_id v = 0; v < core.row_count(); ++v) {
    const arc_id length = before.offsets[v + 1] - before.offsets[v];
    if (met[v] == 0 || length == 0) continue;
    targets.arcs += length;
    if (core.target_tails().has_tail(v)) {
      kinds[row_lengths].push_back(v);
    } else {
      kinds[length < row_lengths ? static_cast<std::size_t>(length) : 0].push_back(v);
    }
  }
  for (unsigned kind = 0; kind < kinds.size(); ++kind) {
    row_segment segment;
    segment.has_tails = kind == row_lengths;
    segment.row_length = segment.has_tails ? 0 : kind;
    segment.first = targets.rows.size();
    targets.rows.insert(targets.rows.end(), kinds[kind].begin(), kinds[kind].end());
    segment.last = targets.rows.size();
    targets.segments.push_back(segment);
  }
  return targets;
}

bool has_smaller_tail(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  if (a.size() != b.size()) return a.size() < b.size();
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
}

}  // namespace

search_plan::search_plan(const distance_core& core, std::span<const char> is_source,
                         std::size_t searches, const parallel& workers) {
  const vertex_id rows = core.row_count();
  const adjacency after = core.after();
  std::vector<char> met(rows);
  std::vector<vertex_id> order;
  std::vector<vertex_id> few;  // sources of groups too small for a batch of their own
  std::vector<std::size_t> group_ends;
  order.reserve(rows);
  sources_.reserve(rows);
  for (vertex_id root = 0; root < rows; ++root) {
    if (met[root] != 0) continue;
    order.clear();
    search_from({&root, 1}, core.before(), met, order, workers);
    std::erase_if(order, [&](vertex_id v) {
      return after.offsets[v] == after.offsets[v + 1] || (!is_source.empty() && is_source[v] == 0);
    });
    if (order.size() < searches) {
      few.insert(few.end(), order.begin(), order.end());
    } else {
      sources_.insert(sources_.end(), order.begin(), order.end());
      group_ends.push_back(sources_.size());
    }
  }
  if (!few.empty()) {
    sources_.insert(sources_.end(), few.begin(), few.end());
    group_ends.push_back(sources_.size());
  }

  const tail_counts& tails = core.source_tails();
  std::size_t begin = 0;
  for (const std::size_t end : group_ends) {
    const std::span<vertex_id> group(sources_.data() + begin, end - begin);
    begin = end;
    std::fill(met.begin(), met.end(), 0);
    order.clear();
    search_from(group, after, met, order, workers);
    targets_.push_back(make_targets(core, met));

    const auto tailed = std::stable_partition(group.begin(), group.end(),
                                              [&](vertex_id v) { return !tails.has_tail(v); });
    std::stable_sort(tailed, group.end(), [&](vertex_id a, vertex_id b) {
      return has_smaller_tail(tails[a], tails[b]);
    });
    for (std::size_t first = 0; first < group.size(); first += searches) {
      batches_.push_back(
          {group.subspan(first, std::min(searches, group.size() - first)), &targets_.back()});
    }
  }
  // The costly ones, with tails, go first: no worker is left alone with one.
  std::reverse(batches_.begin(), batches_.end());
}

}  // namespace valuenet::detail
