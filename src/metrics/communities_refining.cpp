#include "metrics/communities_refining.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <type_traits>

#include "metrics/communities_batches.hpp"
#include "metrics/communities_choosing.hpp"
#include "metrics/communities_partition.hpp"

namespace valuenet::detail {
namespace {

template <class Level>
class refiner {
  using bond_type = typename Level::bond_type;

 public:
  refiner(parallel& workers, const Level& level, std::span<const vertex_id> classes)
      : workers_(workers),
        level_(level),
        classes_(classes),
        part_of_(level.size()),
        part_mass_(level.masses),
        class_mass_(level.size()),
        cut_(level.size(), 0.0),
        lone_(level.size(), 1) {
    std::iota(part_of_.begin(), part_of_.end(), vertex_id{0});
    for (vertex_id v = 0; v < level.size(); ++v) class_mass_[classes[v]] += level.masses[v];
    const std::size_t degree = largest_degree(level);
    scratches_.reserve(workers.workers());
    for (std::size_t i = 0; i < workers.workers(); ++i) scratches_.emplace_back(level, degree);
  }

  void run(random_stream& random) {
    const std::vector<vertex_id> order = visiting_order(level_, random);
    const std::uint64_t draw = random();
    if (is_large(level_)) {
      run_in_batches(order, draw);
      return;
    }
    for (vertex_id v = 0; v < level_.size(); ++v) find_cut(v);
    std::uint64_t looked_at = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
      const vertex_id v = order[i];
      if (i + fetch_ahead < order.size()) level_.prefetch(order[i + fetch_ahead]);
      looked_at += level_.degree(v) + 1;
      if (looked_at >= stop_interval) {
        workers_.check_stop();
        looked_at = 0;
      }
      carry_out(v, choose(v, random, scratches_[0]));
    }
  }

  [[nodiscard]] std::vector<vertex_id> take_parts() { return std::move(part_of_); }

 private:
  struct choice {
    vertex_id part = no_vertex;  // none
    double bond = 0.0;
    double gain = 0.0;
  };
  struct scratch {
    scratch(const Level& level, std::size_t degree) : sums(level.size(), degree) {}
    class_sums<bond_type> sums;
    std::vector<choice> candidates;
  };

  void run_in_batches(std::span<const vertex_id> order, std::uint64_t draw) {
    workers_.for_each(level_.size(), batch_grain,
                      [&](std::size_t v) { find_cut(static_cast<vertex_id>(v)); });
    std::vector<choice> choices(batch_size(level_));
    for (std::size_t begin = 0; begin < order.size();) {
      const auto batch = order.subspan(begin, std::min(choices.size(), order.size() - begin));
      workers_.for_chunks(batch.size(), batch_grain,
                          [&](std::size_t first, std::size_t last, std::size_t worker) {
                            for (std::size_t i = first; i < last; ++i) {
                              if (i + fetch_ahead < batch.size())
                                level_.prefetch(batch[i + fetch_ahead]);
                              random_stream own(draw, batch[i]);
                              choices[i] = choose(batch[i], own, scratches_[worker]);
                            }
                          });
      for (std::size_t i = 0; i < batch.size(); ++i) carry_out(batch[i], choices[i]);
      begin += batch.size();
    }
  }

  /// cut_[part]: bonds of the part to the rest of its class.
  void find_cut(vertex_id v) {
    // Times 0 or 1: a branch would be foretold wrongly at every other bond.
    const vertex_id whole = classes_[v];
    std::conditional_t<std::is_integral_v<bond_type>, std::uint64_t, double> cut = 0;
    if (level_.bonds.empty()) {
      for (const vertex_id u : level_.row(v)) cut += classes_[u] == whole ? 1 : 0;
    } else {
      for (std::uint64_t slot = level_.begins[v]; slot < level_.ends[v]; ++slot) {
        cut +=
            level_.bonds[slot] * static_cast<bond_type>(classes_[level_.neighbors[slot]] == whole);
      }
    }
    cut_[v] = static_cast<double>(cut);
  }

  [[nodiscard]] bool is_well_connected(vertex_id part, vertex_id whole) const {
    const auto& mass = part_mass_[part];
    return cut_[part] >= product(level_.pull * mass, class_mass_[whole] - mass);
  }

  choice choose(vertex_id v, random_stream& random, scratch& with) const {
    const vertex_id whole = classes_[v];
    if (lone_[v] == 0 || !is_well_connected(v, whole)) return {};
    with.sums.gather(level_, part_of_, v, [&](vertex_id u) { return classes_[u] == whole; });
    const auto pulled = level_.pull * level_.masses[v];
    with.candidates.clear();
    double most = 0.0;
    double bonds = 0.0;
    for (const vertex_id part : with.sums.classes()) {
      const double bond = with.sums[part];
      bonds += bond;
      const double gain = bond - product(pulled, part_mass_[part]);
      if (gain < 0.0 || !is_well_connected(part, whole)) continue;
      with.candidates.push_back({part, bond, gain});
      most = std::max(most, gain);
    }
    with.sums.clear();
    if (with.candidates.empty()) return {};
    // Each candidate that is nearly as good as the best is as likely.
    const double tolerance = near_tie * bonds / static_cast<double>(level_.degree(v));
    std::uint64_t near = 0;
    for (const choice& each : with.candidates) near += each.gain >= most - tolerance ? 1 : 0;
    std::uint64_t skip = near > 1 ? random.below(near) : 0;
    std::size_t chosen = 0;
    while (with.candidates[chosen].gain < most - tolerance || skip-- > 0) ++chosen;
    return with.candidates[chosen];
  }

  /// In a batch others have moved since the choice. Parts only ever grow, but for a lone vertex
  /// that left; so the bond is at least what it was, unless v itself or its target are no longer
  /// there.
  void carry_out(vertex_id v, const choice& move) {
    if (move.part == no_vertex || lone_[v] == 0 || part_of_[move.part] != move.part) return;
    const double cost = product(level_.pull * level_.masses[v], part_mass_[move.part]);
    if (move.bond - cost < 0.0 || !is_well_connected(move.part, classes_[v])) return;
    cut_[move.part] += cut_[v] - 2.0 * move.bond;
    part_mass_[move.part] += level_.masses[v];
    lone_[v] = 0;
    lone_[move.part] = 0;
    part_of_[v] = move.part;
  }

  parallel& workers_;
  const Level& level_;
  std::span<const vertex_id> classes_;
  std::vector<vertex_id> part_of_;
  std::vector<typename Level::mass_type> part_mass_;
  std::vector<typename Level::mass_type> class_mass_;
  std::vector<double> cut_;
  std::vector<std::uint8_t> lone_;  // v is the only member of the part v
  std::vector<scratch> scratches_;
};

}  // namespace

template <class Level>
std::vector<vertex_id> refine(parallel& workers, const Level& level,
                              std::span<const vertex_id> classes, random_stream& random,
                              vertex_id& count) {
  refiner<Level> parts(workers, level, classes);
  parts.run(random);
  std::vector<vertex_id> result = parts.take_parts();
  count = renumber(result);
  return result;
}

#define VALUENET_INSTANTIATE(Bond, Mass)                                                \
  template std::vector<vertex_id> refine(parallel&, const community_level<Bond, Mass>&, \
                                         std::span<const vertex_id>, random_stream&, vertex_id&);
VALUENET_INSTANTIATE(std::uint32_t, strength)
VALUENET_INSTANTIATE(double, strength)
VALUENET_INSTANTIATE(double, strength_pair)
#undef VALUENET_INSTANTIATE

}  // namespace valuenet::detail
