#include "valuenet/metrics/diameter.hpp"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "detail/parallel.hpp"
#include "detail/progress.hpp"
#include "detail/strong_components.hpp"
#include "metrics/distance_counts.hpp"
#include "metrics/level_search.hpp"

namespace valuenet {
namespace {

using detail::level_search;
using detail::search_rows;

/// The longest shortest path found so far. One end may be open: a batch of searches tells how far
/// each source is from something, not from what.
struct longest_path {
  std::uint32_t length = 0;
  vertex_id source = no_vertex;
  vertex_id target = no_vertex;

  void offer(std::uint32_t found, vertex_id from, vertex_id to) {
    if (found <= length) return;
    length = found;
    source = from;
    target = to;
  }
};

/// A vertex that may be the source of a path of up to `bound` arcs.
struct candidate {
  std::uint32_t bound;
  vertex_id vertex;
};

struct outcome {
  std::uint64_t searches = 0;
  std::uint32_t upper_bound = 0;
};

/// Searches from the candidates, those of the largest bounds first, until no bound is above the
/// longest path, or there have been `most` searches. Rounds grow, so that an early find spares the
/// rest.
outcome search_candidates(const search_rows& rows, std::vector<candidate> candidates,
                          std::uint64_t most, longest_path& longest, detail::parallel& workers,
                          const execution& exec) {
  std::sort(candidates.begin(), candidates.end(), [](const candidate& a, const candidate& b) {
    return a.bound != b.bound ? a.bound > b.bound : a.vertex < b.vertex;
  });
  detail::progress reporter(exec, "diameter", candidates.size());
  constexpr std::size_t few = 4;  // each alone takes less than a batch of them
  if (!candidates.empty() && candidates.size() <= few && candidates.size() <= most) {
    std::vector<longest_path> paths(candidates.size());
    workers.for_each(candidates.size(), 1, [&](std::size_t i) {
      level_search search(rows, workers);
      search.run(candidates[i].vertex);
      paths[i].offer(search.depth(), candidates[i].vertex, search.farthest());
      reporter.advance(1);
    });
    for (const longest_path& each : paths) longest.offer(each.length, each.source, each.target);
    return {candidates.size(), longest.length};
  }
  constexpr std::size_t width = detail::depth_search::width;
  std::vector<detail::depth_search> searches;
  searches.reserve(workers.workers());
  while (searches.size() < workers.workers()) searches.emplace_back(rows, workers);
  std::vector<vertex_id> sources;
  std::vector<std::uint32_t> depths;
  std::uint64_t searched = 0;
  std::size_t round = width;
  auto next = candidates.begin();
  const auto is_open = [&] { return next != candidates.end() && next->bound > longest.length; };
  while (is_open() && searched < most) {
    sources.clear();
    for (; is_open() && sources.size() < round; ++next) sources.push_back(next->vertex);
    depths.resize(sources.size());
    workers.for_chunks(sources.size(), width,
                       [&](std::size_t begin, std::size_t end, std::size_t worker) {
                         searches[worker].run(std::span(sources).subspan(begin, end - begin),
                                              depths.data() + begin);
                         reporter.advance(end - begin);
                       });
    for (std::size_t i = 0; i < sources.size(); ++i) {
      longest.offer(depths[i], sources[i], no_vertex);
    }
    searched += sources.size();
    round = std::min(2 * round, 64 * width);
  }
  return {searched, is_open() ? next->bound : longest.length};
}

/// A leaf that only leads to its parent is as far as its parent, plus one, from all that they
/// reach: of a parent and its leaves, one leaf stands for all.
void drop_dominated(const search_rows& rows, bool directed, std::vector<candidate>& candidates) {
  const auto is_leaf = [&](vertex_id v) {
    return rows.after_row(v).size() == 1 && (!directed || rows.before_row(v).empty());
  };
  std::vector<vertex_id> parents;
  for (const candidate& each : candidates) {
    if (is_leaf(each.vertex)) parents.push_back(rows.after_row(each.vertex)[0]);
  }
  std::sort(parents.begin(), parents.end());
  std::vector<char> is_taken(parents.size());
  std::erase_if(candidates, [&](const candidate& each) {
    if (!is_leaf(each.vertex)) {
      const auto row = rows.before_row(each.vertex);
      return std::any_of(row.begin(), row.end(), is_leaf);
    }
    const auto place =
        std::lower_bound(parents.begin(), parents.end(), rows.after_row(each.vertex)[0]);
    return std::exchange(is_taken[static_cast<std::size_t>(place - parents.begin())], 1) != 0;
  });
}

/// So many that counting all distances costs no more, where that is allowed.
bool are_too_many(const std::vector<candidate>& candidates, const graph& g, std::uint64_t most) {
  return candidates.size() > std::max<std::size_t>(4096, g.vertex_count() / 8) &&
         g.vertex_count() <= most;
}

outcome search_all(const graph& g, longest_path& longest, const execution& exec) {
  const auto counts = detail::count_distances(g, {}, exec);
  for (vertex_id v = 0; v < g.vertex_count(); ++v) {
    longest.offer(counts.eccentricity[v], v, no_vertex);
  }
  return {g.vertex_count(), longest.length};
}

/// Searches from a middle of each component, which rules out everything near it: of two vertices
/// farther apart than the longest path found, one is farther from the middle than half of that.
class undirected_search {
 public:
  undirected_search(const graph& g, detail::parallel& workers, const execution& exec)
      : g_(g),
        workers_(workers),
        exec_(exec),
        rows_(detail::rows_along(g)),
        search_(rows_, workers),
        eccentricity_bound_(g.vertex_count(), detail::not_met),
        farthest_root_(g.vertex_count(), 0) {}

  outcome run(std::uint64_t most, longest_path& longest) {
    vertex_id hub = 0;
    for (vertex_id v = 1; v < g_.vertex_count(); ++v) {
      if (rows_.arcs_after(v) > rows_.arcs_after(hub)) hub = v;
    }
    search_component(hub, longest);
    for (vertex_id v = 0; v < g_.vertex_count(); ++v) {
      if (eccentricity_bound_[v] != detail::not_met || rows_.arcs_after(v) == 0) continue;
      search_component(v, longest);
    }
    std::erase_if(candidates_, [&](const candidate& each) { return each.bound <= longest.length; });
    drop_dominated(rows_, false, candidates_);
    if (are_too_many(candidates_, g_, most)) return search_all(g_, longest, exec_);
    outcome result =
        search_candidates(rows_, std::move(candidates_), most, longest, workers_, exec_);
    result.searches += sweeps_;
    return result;
  }

 private:
  /// From the far end and from the middle, by turns: the far end makes the longest path longer, the
  /// middle rules out more. Long after a middle is known, a mesh still gains by better ones.
  void search_component(vertex_id start, longest_path& longest) {
    sweep(start, longest);
    std::vector<candidate> best = list_candidates(longest);
    constexpr std::size_t few = detail::depth_search::width / 2;  // a batch is cheaper than a sweep
    for (int round = 0; round < 8 && !best.empty(); ++round) {
      if (round >= 2 && best.size() <= few) break;
      sweep(search_.farthest(), longest);
      sweep(middle(), longest);
      std::vector<candidate> found = list_candidates(longest);
      if (found.size() < best.size()) best.swap(found);
    }
    candidates_.insert(candidates_.end(), best.begin(), best.end());
  }

  /// Searches from v, which bounds the eccentricity of all that it meets, from both sides.
  void sweep(vertex_id v, longest_path& longest) {
    search_.run(v);
    ++sweeps_;
    longest.offer(search_.depth(), v, search_.farthest());
    search_.for_each_met([&](vertex_id u, std::uint32_t level) {
      eccentricity_bound_[u] = std::min(eccentricity_bound_[u], level + search_.depth());
      farthest_root_[u] = std::max(farthest_root_[u], level);
    });
  }

  /// The vertex that is nearest to all roots so far; of those, the one with most neighbours.
  [[nodiscard]] vertex_id middle() const {
    vertex_id best = no_vertex;
    search_.for_each_met([&](vertex_id v, std::uint32_t) {
      const auto is_better = [&] {
        if (farthest_root_[v] != farthest_root_[best]) {
          return farthest_root_[v] < farthest_root_[best];
        }
        const arc_id degree = rows_.arcs_after(v);
        const arc_id best_degree = rows_.arcs_after(best);
        return degree != best_degree ? degree > best_degree : v < best;
      };
      if (best == no_vertex || is_better()) best = v;
    });
    return best;
  }

  /// The vertices that the last sweep does not rule out.
  [[nodiscard]] std::vector<candidate> list_candidates(const longest_path& longest) const {
    std::vector<candidate> result;
    search_.for_each_met([&](vertex_id v, std::uint32_t level) {
      const std::uint32_t bound = std::min(2 * level, eccentricity_bound_[v]);
      if (bound > longest.length) result.push_back({bound, v});
    });
    return result;
  }

  const graph& g_;
  detail::parallel& workers_;
  const execution& exec_;
  search_rows rows_;
  level_search search_;
  std::vector<std::uint32_t> eccentricity_bound_;  // not_met: in no component searched so far
  std::vector<std::uint32_t> farthest_root_;       // the largest distance from a sweep's root
  std::vector<candidate> candidates_;
  std::uint64_t sweeps_ = 0;
};

/// Every strong component has a pivot, through which its vertices can go wherever they go. That
/// bounds how far a vertex reaches, component after component, from sinks to sources; and how far
/// it can be reached from, the other way. The shorter list of candidates is searched.
class directed_search {
 public:
  directed_search(const graph& g, detail::parallel& workers, const execution& exec)
      : g_(g),
        workers_(workers),
        exec_(exec),
        along_(detail::rows_along(g)),
        against_(detail::rows_against(g)),
        forward_(along_, workers),
        backward_(against_, workers) {}

  outcome run(std::uint64_t most, longest_path& longest) {
    vertex_id hub = 0;
    for (vertex_id v = 1; v < g_.vertex_count(); ++v) {
      if (importance(v) > importance(hub)) hub = v;
    }
    // Side by side: on a small graph neither has work for more than one thread.
    workers_.for_each(2, 1, [&](std::size_t side) {
      if (side == 0) {
        components_ = detail::find_strong_components(g_, workers_);
      } else {
        sweep(hub, longest);
      }
    });
    measure_components(hub);

    std::vector<candidate> sources;
    std::vector<candidate> targets;
    workers_.for_each(2, 1, [&](std::size_t side) {
      if (side == 0) {
        sources = list_candidates(along_, from_pivot_, to_pivot_, false, longest);
      } else {
        targets = list_candidates(against_, to_pivot_, from_pivot_, true, longest);
      }
    });
    if (are_too_many(sources, g_, most) && are_too_many(targets, g_, most)) {
      return search_all(g_, longest, exec_);
    }
    outcome result;
    if (sources.size() <= targets.size()) {
      result = search_candidates(along_, std::move(sources), most, longest, workers_, exec_);
    } else {
      longest_path reversed{longest.length, longest.target, longest.source};
      result = search_candidates(against_, std::move(targets), most, reversed, workers_, exec_);
      longest = {reversed.length, reversed.target, reversed.source};
    }
    result.searches += sweeps_;
    return result;
  }

 private:
  /// Through how many pairs of arcs a path can go.
  [[nodiscard]] arc_id importance(vertex_id v) const {
    return along_.arcs_after(v) * against_.arcs_after(v);
  }

  void go(level_search& search, vertex_id root, longest_path& longest) {
    search.run(root);
    ++sweeps_;
    if (&search == &forward_) {
      longest.offer(search.depth(), root, search.farthest());
    } else {
      longest.offer(search.depth(), search.farthest(), root);
    }
  }

  /// Both ways from the hub, and from the vertices farthest from it.
  void sweep(vertex_id hub, longest_path& longest) {
    go(forward_, hub, longest);
    from_pivot_ = forward_.levels();
    go(backward_, forward_.farthest(), longest);
    go(backward_, hub, longest);
    to_pivot_ = backward_.levels();
    go(forward_, backward_.farthest(), longest);
  }

  /// Distances within each component from and to its pivot. Those of the hub's component are there
  /// since the sweep; the others are searched one by one.
  void measure_components(vertex_id hub) {
    std::vector<vertex_id> waiting;
    for (vertex_id c = 0; c < components_.count(); ++c) {
      if (c == components_.component[hub]) continue;
      const auto members = components_.members(c);
      for (const vertex_id v : members) from_pivot_[v] = to_pivot_[v] = 0;
      if (members.size() == 1) continue;
      const vertex_id pivot = *std::max_element(
          members.begin(), members.end(),
          [&](vertex_id a, vertex_id b) { return importance(a) < importance(b); });
      measure(along_, pivot, from_pivot_, waiting);
      measure(against_, pivot, to_pivot_, waiting);
    }
  }

  void measure(const search_rows& rows, vertex_id pivot, std::vector<std::uint32_t>& distance,
               std::vector<vertex_id>& waiting) const {
    waiting.assign(1, pivot);
    for (std::size_t head = 0; head < waiting.size(); ++head) {
      const vertex_id v = waiting[head];
      for (const vertex_id u : rows.after_row(v)) {
        // 0: not met, but for the pivot.
        if (components_.component[u] != components_.component[v] || u == pivot) continue;
        if (distance[u] != 0) continue;
        distance[u] = distance[v] + 1;
        waiting.push_back(u);
      }
    }
  }

  /// Vertices that may have a path longer than the longest along `rows`: `out` is the distance from
  /// the pivot to a vertex of its component along them, `in` that from the vertex to the pivot.
  [[nodiscard]] std::vector<candidate> list_candidates(const search_rows& rows,
                                                       const std::vector<std::uint32_t>& out,
                                                       const std::vector<std::uint32_t>& in,
                                                       bool descending,
                                                       const longest_path& longest) const {
    const vertex_id count = components_.count();
    std::vector<std::uint32_t> reach(count);  // how far the pivot's paths can go
    std::vector<std::uint32_t> nearest(count, detail::not_met);
    std::vector<vertex_id> entered;
    std::vector<candidate> candidates;
    for (vertex_id i = 0; i < count; ++i) {
      if (i % (1U << 16) == 0) workers_.check_stop();
      const vertex_id c = descending ? count - 1 - i : i;
      entered.clear();
      for (const vertex_id v : components_.members(c)) {
        reach[c] = std::max(reach[c], out[v]);
        for (const vertex_id u : rows.after_row(v)) {
          const vertex_id other = components_.component[u];
          if (other == c) continue;
          if (nearest[other] == detail::not_met) entered.push_back(other);
          nearest[other] = std::min(nearest[other], out[v] + 1 + in[u]);
        }
      }
      for (const vertex_id other : entered) {
        reach[c] = std::max(reach[c], nearest[other] + reach[other]);
        nearest[other] = detail::not_met;
      }
      for (const vertex_id v : components_.members(c)) {
        const std::uint32_t bound = in[v] + reach[c];
        if (bound > longest.length) candidates.push_back({bound, v});
      }
    }
    drop_dominated(rows, true, candidates);
    return candidates;
  }

  const graph& g_;
  detail::parallel& workers_;
  const execution& exec_;
  search_rows along_;
  search_rows against_;
  level_search forward_;
  level_search backward_;
  detail::ordered_components components_;
  std::vector<std::uint32_t> from_pivot_;
  std::vector<std::uint32_t> to_pivot_;
  std::uint64_t sweeps_ = 0;
};

/// The open end of the longest path.
void close_path(const graph& g, longest_path& longest, detail::parallel& workers) {
  if (longest.length == 0 || (longest.source != no_vertex && longest.target != no_vertex)) return;
  const bool forward = longest.target == no_vertex;
  level_search search(forward ? detail::rows_along(g) : detail::rows_against(g), workers);
  search.run(forward ? longest.source : longest.target);
  (forward ? longest.target : longest.source) = search.farthest();
}

}  // namespace

diameter_result diameter(const graph& g, const diameter_options& options, const execution& exec) {
  detail::parallel workers(exec);
  workers.check_stop();
  diameter_result result;
  if (g.vertex_count() == 0) return result;
  longest_path longest;
  const outcome found =
      g.is_directed() ? directed_search(g, workers, exec).run(options.most_searches, longest)
                      : undirected_search(g, workers, exec).run(options.most_searches, longest);
  close_path(g, longest, workers);
  result.diameter = longest.length;
  result.upper_bound = found.upper_bound;
  result.source = longest.source;
  result.target = longest.target;
  result.searches = found.searches;
  return result;
}

}  // namespace valuenet
