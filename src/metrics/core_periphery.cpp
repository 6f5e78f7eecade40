#include "valuenet/metrics/core_periphery.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <utility>

#include "detail/parallel.hpp"
#include "detail/random.hpp"
#include "metrics/tie_matrix.hpp"

namespace valuenet {
namespace {

using detail::tie_matrix;

/// A core, and what a move would change.
class partition {
 public:
  explicit partition(const tie_matrix& ties)
      : ties_(ties), in_core_(ties.size(), 0), outside_(ties.size(), 0.0) {
    for (std::size_t v = 0; v < ties.size(); ++v) {
      const double* row = ties.ties_of(v);
      for (std::size_t i = 0; i < ties.row(v).size(); ++i) outside_[v] += row[i];
      periphery_.insert({outside_[v], static_cast<vertex_id>(v)});
    }
    left_ = ties.sum;
  }

  [[nodiscard]] std::size_t core_size() const { return core_.size(); }
  [[nodiscard]] const std::vector<std::uint8_t>& in_core() const { return in_core_; }
  /// Ties of ordered pairs within the periphery.
  [[nodiscard]] double left() const { return left_; }
  [[nodiscard]] double correlation() const { return correlation_of(core_.size(), left_); }

  /// Of a core of k vertices with so many ties left within the periphery; -2 where undefined.
  [[nodiscard]] double correlation_of(std::size_t k, double left) const {
    const auto outside = static_cast<double>(ties_.size() - k);
    const double zeros = outside * (outside - 1.0);
    const double ones = ties_.pairs - zeros;
    if (!(zeros > 0.0 && ones > 0.0)) return -2.0;
    return (ties_.pairs * (ties_.sum - left) - ties_.sum * ones) /
           (std::sqrt(ties_.spread()) * std::sqrt(ones * zeros));
  }

  void move(vertex_id v) {
    const bool joins = in_core_[v] == 0;
    left_ += (joins ? -2.0 : 2.0) * outside_[v];
    auto& from = joins ? periphery_ : core_;
    auto& to = joins ? core_ : periphery_;
    from.erase({outside_[v], v});
    to.insert({outside_[v], v});
    in_core_[v] = joins ? 1 : 0;
    const auto row = ties_.row(v);
    const double* tie = ties_.ties_of(v);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const vertex_id u = row[i];
      auto& place = in_core_[u] != 0 ? core_ : periphery_;
      auto node = place.extract({outside_[u], u});
      outside_[u] += joins ? -tie[i] : tie[i];
      node.value() = {outside_[u], u};
      place.insert(std::move(node));
    }
  }

  /// The vertex with most ties to the periphery; precondition: there is one.
  [[nodiscard]] vertex_id next() const {
    // Of equal ones the first.
    return periphery_.lower_bound({periphery_.rbegin()->first, 0})->second;
  }

  /// Makes the best single move or swap that raises the correlation; false where none does.
  bool improve() {
    constexpr double least_gain = 1e-13;
    constexpr int candidates = 8;
    double best = correlation() + least_gain;
    vertex_id joins = no_vertex;
    vertex_id leaves = no_vertex;
    const auto offer = [&](std::size_t k, double left, vertex_id in, vertex_id out) {
      const double found = correlation_of(k, left);
      if (found <= best) return;
      best = found;
      joins = in;
      leaves = out;
    };
    const std::size_t k = core_.size();
    if (!periphery_.empty()) {
      offer(k + 1, left_ - 2.0 * periphery_.rbegin()->first, periphery_.rbegin()->second,
            no_vertex);
    }
    if (!core_.empty()) {
      offer(k - 1, left_ + 2.0 * core_.begin()->first, no_vertex, core_.begin()->second);
    }
    auto in = periphery_.rbegin();
    for (int i = 0; i < candidates && in != periphery_.rend(); ++i, ++in) {
      auto out = core_.begin();
      for (int j = 0; j < candidates && out != core_.end(); ++j, ++out) {
        const double tie = tie_between(in->second, out->second);
        offer(k, left_ - 2.0 * in->first + 2.0 * (out->first - tie), in->second, out->second);
      }
    }
    if (joins == no_vertex && leaves == no_vertex) return false;
    if (joins != no_vertex) move(joins);
    if (leaves != no_vertex) move(leaves);
    return true;
  }

 private:
  [[nodiscard]] double tie_between(vertex_id a, vertex_id b) const {
    const auto row = ties_.row(a);
    const auto at = std::lower_bound(row.begin(), row.end(), b);
    return at != row.end() && *at == b ? ties_.ties_of(a)[at - row.begin()] : 0.0;
  }

  const tie_matrix& ties_;
  std::vector<std::uint8_t> in_core_;
  std::vector<double> outside_;  // ties to the periphery
  std::set<std::pair<double, vertex_id>> core_;
  std::set<std::pair<double, vertex_id>> periphery_;
  double left_ = 0.0;
};

struct found_core {
  std::vector<std::uint8_t> in_core;
  double correlation = -2.0;
};

void climb(partition& at, const detail::parallel& workers) {
  for (std::size_t step = 0; at.improve(); ++step) {
    if (step % 256 == 0) workers.check_stop();
  }
}

/// Greedily a core of every size, and the best of them.
std::size_t best_greedy_size(const tie_matrix& ties, std::vector<vertex_id>& order,
                             const detail::parallel& workers) {
  partition at(ties);
  std::size_t best_size = 0;
  double best = -2.0;
  for (std::size_t k = 1; k + 1 < ties.size() && at.left() > 0.0; ++k) {
    if (k % 1024 == 0) workers.check_stop();
    order.push_back(at.next());
    at.move(order.back());
    if (at.correlation() > best) {
      best = at.correlation();
      best_size = k;
    }
  }
  return best_size;
}

/// The greedy core, for a restart with a part of it and as many others drawn anew.
found_core search(const tie_matrix& ties, std::span<const vertex_id> core,
                  const std::optional<detail::random_stream>& random,
                  const detail::parallel& workers) {
  partition at(ties);
  for (const vertex_id v : core) at.move(v);
  if (random) {
    detail::random_stream stream = *random;
    const std::size_t flips = 1 + core.size() / 4;
    for (std::size_t i = 0; i < flips; ++i) {
      // One out of the core, one at random in or out: neither its size nor its members are kept.
      if (!core.empty()) at.move(core[stream.below(core.size())]);
      at.move(static_cast<vertex_id>(stream.below(ties.size())));
    }
  }
  climb(at, workers);
  return {at.in_core(), at.correlation()};
}

void add_densities(const tie_matrix& ties, core_periphery_result& result) {
  double core = 0.0;
  double between = 0.0;
  double periphery = 0.0;
  for (std::size_t v = 0; v < ties.size(); ++v) {
    const auto row = ties.row(v);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const int ends = result.in_core[v] + result.in_core[row[i]];
      (ends == 2 ? core : ends == 1 ? between : periphery) += ties.ties_of(v)[i];
    }
  }
  const auto k = static_cast<double>(result.core_size);
  const auto rest = static_cast<double>(ties.size()) - k;
  const auto density = [](double sum, double pairs) {
    return pairs > 0.0 ? std::optional(sum / pairs) : std::nullopt;
  };
  result.core_density = density(core, k * (k - 1.0));
  result.between_density = density(between, 2.0 * k * rest);
  result.periphery_density = density(periphery, rest * (rest - 1.0));
}

}  // namespace

core_periphery_result core_periphery(const graph& g, const core_periphery_options& options,
                                     const execution& exec) {
  detail::parallel workers(exec);
  const tie_matrix ties = detail::ties_between(g, options.weights, "core_periphery");
  core_periphery_result result;
  result.seed = options.seed;
  result.in_core.assign(ties.size(), 0);
  if (ties.size() < 3 || !(ties.spread() > 0.0)) return result;
  std::vector<vertex_id> order;
  order.resize(best_greedy_size(ties, order, workers));
  std::vector<found_core> found(std::size_t{options.restarts} + 1);
  workers.for_each(found.size(), 1, [&](std::size_t i) {
    found[i] = search(ties, order,
                      i == 0 ? std::nullopt : std::optional(detail::random_stream(options.seed, i)),
                      workers);
  });
  const auto best = std::max_element(
      found.begin(), found.end(),
      [](const found_core& a, const found_core& b) { return a.correlation < b.correlation; });
  result.correlation = best->correlation;
  result.in_core = std::move(best->in_core);
  result.core_size = static_cast<std::size_t>(
      std::count(result.in_core.begin(), result.in_core.end(), std::uint8_t{1}));
  add_densities(ties, result);
  return result;
}

}  // namespace valuenet
