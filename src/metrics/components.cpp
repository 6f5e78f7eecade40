#include "valuenet/metrics/components.hpp"

#include <algorithm>
#include <span>

#include "detail/parallel.hpp"
#include "detail/weak_components.hpp"

namespace valuenet {
namespace {

/// Numbers components by their smallest vertices. `names[v]` is any number below the number of
/// vertices that v's component has to itself.
components_result numbered(std::span<const vertex_id> names) {
  components_result result;
  result.component.resize(names.size());
  std::vector<vertex_id> number(names.size(), no_vertex);
  for (std::size_t v = 0; v < names.size(); ++v) {
    vertex_id& mine = number[names[v]];
    if (mine == no_vertex) {
      mine = result.count++;
      result.sizes.push_back(0);
    }
    result.component[v] = mine;
    ++result.sizes[mine];
  }
  if (result.count > 0) {
    const auto largest = std::max_element(result.sizes.begin(), result.sizes.end());
    result.largest = static_cast<vertex_id>(largest - result.sizes.begin());
  }
  return result;
}

/// Tarjan's algorithm on a stack of our own. names[v] becomes the component's root.
class tarjan {
 public:
  tarjan(const graph& g, const detail::parallel& workers)
      : g_(g),
        workers_(workers),
        order_(g.vertex_count(), 0),
        low_(g.vertex_count()),
        next_arc_(g.vertex_count()),
        names_(g.vertex_count(), no_vertex) {}

  std::vector<vertex_id> run() {
    for (vertex_id v = 0; v < g_.vertex_count(); ++v) {
      if (order_[v] == 0) search(v);
    }
    return std::move(names_);
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
        } else if (names_[u] == no_vertex) {
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
    vertex_id v = no_vertex;
    while (v != root) {
      v = open_.back();
      open_.pop_back();
      names_[v] = root;
    }
  }

  const graph& g_;
  const detail::parallel& workers_;
  std::vector<vertex_id> order_;  // 0: not entered yet
  std::vector<vertex_id> low_;
  std::vector<arc_id> next_arc_;
  std::vector<vertex_id> names_;  // no_vertex: component still open
  std::vector<vertex_id> path_;
  std::vector<vertex_id> open_;
  vertex_id entered_ = 0;
};

}  // namespace

components_result weak_components(const graph& g, const execution& exec) {
  return numbered(detail::weak_component_roots(g, exec));
}

components_result strong_components(const graph& g, const execution& exec) {
  if (!g.is_directed()) return weak_components(g, exec);
  const detail::parallel workers(exec);
  workers.check_stop();
  return numbered(tarjan(g, workers).run());
}

}  // namespace valuenet
