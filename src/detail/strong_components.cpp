#include "detail/strong_components.hpp"

#include <algorithm>
#include <utility>

namespace valuenet::detail {
namespace {

/// Follows(v, u): whether the arc from v to u counts. Close(members): a component, its root first
/// entered and last in the list.
template <class Follows, class Close>
class tarjan {
 public:
  tarjan(const graph& g, const parallel& workers, Follows follows, Close close)
      : g_(g),
        workers_(workers),
        follows_(follows),
        close_(close),
        order_(g.vertex_count(), 0),
        low_(g.vertex_count()),
        next_arc_(g.vertex_count()) {}

  /// Everything that can be reached from the root and has not been entered before.
  void search(vertex_id root) {
    if (order_[root] != 0) return;
    enter(root);
    while (!path_.empty()) {
      const vertex_id v = path_.back();
      if (next_arc_[v] < g_.first_out_arc(v) + g_.out_arc_count(v)) {
        const vertex_id u = g_.target(next_arc_[v]++);
        if (!follows_(v, u)) continue;
        if (order_[u] == 0) {
          enter(u);
        } else {
          low_[v] = std::min(low_[v], order_[u]);
        }
        continue;
      }
      path_.pop_back();
      if (!path_.empty()) low_[path_.back()] = std::min(low_[path_.back()], low_[v]);
      if (low_[v] == order_[v]) close(v);
    }
  }

 private:
  /// The order of those whose component is closed: never less than another's.
  static constexpr vertex_id closed = no_vertex;

  void enter(vertex_id v) {
    order_[v] = low_[v] = ++entered_;
    next_arc_[v] = g_.first_out_arc(v);
    path_.push_back(v);
    open_.push_back(v);
    constexpr vertex_id often = 1U << 16;
    if (entered_ % often == 0) workers_.check_stop();
  }

  void close(vertex_id root) {
    std::size_t begin = open_.size();
    do {
      order_[open_[--begin]] = closed;
    } while (open_[begin] != root);
    close_(std::span<const vertex_id>(open_).subspan(begin));
    open_.resize(begin);
  }

  const graph& g_;
  const parallel& workers_;
  Follows follows_;
  Close close_;
  std::vector<vertex_id> order_;  // 0: not entered yet
  std::vector<vertex_id> low_;
  std::vector<arc_id> next_arc_;
  std::vector<vertex_id> path_;
  std::vector<vertex_id> open_;
  vertex_id entered_ = 0;
};

}  // namespace

ordered_components find_strong_components(const graph& g, const parallel& workers) {
  ordered_components found;
  found.component.resize(g.vertex_count());
  found.vertices.reserve(g.vertex_count());
  found.offsets.push_back(0);
  tarjan search(
      g, workers, [](vertex_id, vertex_id) { return true; },
      [&](std::span<const vertex_id> members) {
        const vertex_id number = found.count();
        for (const vertex_id v : members) found.component[v] = number;
        found.vertices.insert(found.vertices.end(), members.rbegin(), members.rend());
        found.offsets.push_back(static_cast<vertex_id>(found.vertices.size()));
      });
  for (vertex_id v = 0; v < g.vertex_count(); ++v) search.search(v);
  return found;
}

void name_strong_components(const graph& g, std::span<const std::uint8_t> parts, std::uint8_t end,
                            std::span<vertex_id> names, const parallel& workers) {
  tarjan search(
      g, workers, [&](vertex_id v, vertex_id u) { return parts[v] == parts[u]; },
      [&](std::span<const vertex_id> members) {
        for (const vertex_id v : members) names[v] = members.front();
      });
  for (vertex_id v = 0; v < g.vertex_count(); ++v) {
    if (parts[v] < end) search.search(v);
  }
}

}  // namespace valuenet::detail
