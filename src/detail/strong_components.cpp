#include "detail/strong_components.hpp"

#include <algorithm>
#include <utility>

namespace valuenet::detail {
namespace {

class tarjan {
 public:
  tarjan(const graph& g, const parallel& workers)
      : g_(g),
        workers_(workers),
        order_(g.vertex_count(), 0),
        low_(g.vertex_count()),
        next_arc_(g.vertex_count()) {
    found_.component.assign(g.vertex_count(), no_vertex);
    found_.vertices.reserve(g.vertex_count());
    found_.offsets.push_back(0);
  }

  ordered_components run() {
    for (vertex_id v = 0; v < g_.vertex_count(); ++v) {
      if (order_[v] == 0) search(v);
    }
    return std::move(found_);
  }

 private:
  void enter(vertex_id v) {
    order_[v] = low_[v] = ++entered_;
    next_arc_[v] = g_.first_out_arc(v);
    path_.push_back(v);
    open_.push_back(v);
    constexpr vertex_id often = 1U << 16;
    if (entered_ % often == 0) workers_.check_stop();
  }

  void search(vertex_id root) {
    enter(root);
    while (!path_.empty()) {
      const vertex_id v = path_.back();
      if (next_arc_[v] < g_.first_out_arc(v) + g_.out_arc_count(v)) {
        const vertex_id u = g_.target(next_arc_[v]++);
        if (order_[u] == 0) {
          enter(u);
        } else if (found_.component[u] == no_vertex) {
          low_[v] = std::min(low_[v], order_[u]);
        }
        continue;
      }
      path_.pop_back();
      if (!path_.empty()) low_[path_.back()] = std::min(low_[path_.back()], low_[v]);
      if (low_[v] == order_[v]) close(v);
    }
  }

  void close(vertex_id root) {
    const vertex_id number = found_.count();
    vertex_id v = no_vertex;
    while (v != root) {
      v = open_.back();
      open_.pop_back();
      found_.component[v] = number;
      found_.vertices.push_back(v);
    }
    found_.offsets.push_back(static_cast<vertex_id>(found_.vertices.size()));
  }

  const graph& g_;
  const parallel& workers_;
  ordered_components found_;      // component is no_vertex while it is open
  std::vector<vertex_id> order_;  // 0: not entered yet
  std::vector<vertex_id> low_;
  std::vector<arc_id> next_arc_;
  std::vector<vertex_id> path_;
  std::vector<vertex_id> open_;
  vertex_id entered_ = 0;
};

}  // namespace

ordered_components find_strong_components(const graph& g, const parallel& workers) {
  return tarjan(g, workers).run();
}

}  // namespace valuenet::detail
