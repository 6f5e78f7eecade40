#include "metrics/communities_search.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>
#include <utility>

#include "detail/disjoint_sets.hpp"
#include "metrics/communities_moving.hpp"
#include "metrics/communities_partition.hpp"
#include "metrics/communities_refining.hpp"

namespace valuenet::detail {
namespace {

/// A run is stable when `patience` sweeps in a row have not raised the best modularity by this
/// much.
constexpr double least_improvement = 2e-5;
constexpr std::uint64_t patience_arcs = std::uint64_t{1} << 18;
constexpr std::uint64_t least_patience = 2;

template <class Level>
class climber {
 public:
  climber(parallel& workers, const Level& ground, community_method method)
      : workers_(workers), ground_(ground), method_(method) {}

  /// Merges upwards from `classes` of the ground: level by level the parts (Leiden) or classes
  /// (Louvain) become vertices that are moved as one, until nothing is left to merge. Returns the
  /// gain.
  double climb(std::vector<vertex_id>& classes, random_stream& random) {
    double gain = 0.0;
    const Level* level = &ground_;
    // place[v]: the vertex of the current level that holds ground vertex v.
    std::vector<vertex_id> place;
    std::vector<vertex_id> current = classes;
    for (;;) {
      vertex_id count = renumber(current);
      std::vector<vertex_id> parts =
          method_ == community_method::leiden
              ? refine(workers_, *level, std::span<const vertex_id>(current), random, count)
              : current;
      if (count == level->size()) break;
      Level& next = level == &storage_[0] ? storage_[1] : storage_[0];
      aggregate(workers_, *level, std::span<const vertex_id>(parts), count, next);
      std::vector<vertex_id> of_parts(count);
      for (vertex_id v = 0; v < level->size(); ++v) of_parts[parts[v]] = current[v];
      if (place.empty()) {
        place = std::move(parts);
      } else {
        for (vertex_id& each : place) each = parts[each];
      }
      current = std::move(of_parts);
      level = &next;
      gain += move_vertices(workers_, *level, current, tie_breaking::first, random);
    }
    if (!place.empty()) {
      for (std::size_t v = 0; v < classes.size(); ++v) classes[v] = current[place[v]];
    }
    return gain;
  }

 private:
  parallel& workers_;
  const Level& ground_;
  community_method method_;
  std::array<Level, 2> storage_;  // of the level at hand and the next above it, in turn
};

/// Parts every class into its connected components. Parting what no bond holds together never loses
/// modularity.
template <class Level>
void split_disconnected(parallel& workers, const Level& level, std::vector<vertex_id>& classes) {
  disjoint_sets parts(level.size());
  workers.for_each(level.size(), 64, [&](std::size_t i) {
    const auto v = static_cast<vertex_id>(i);
    for (const vertex_id u : level.row(v)) {
      if (u < v && classes[u] == classes[v]) parts.unite(u, v);
    }
  });
  classes = parts.take_roots(workers);
}

}  // namespace

template <class Level>
community_search<Level>::community_search(const Level& ground, double total_bond,
                                          community_method method, std::uint32_t most_patience,
                                          random_stream random)
    : ground_(&ground),
      least_improvement_(0.5 * least_improvement * total_bond),
      method_(method),
      most_patience_(most_patience),
      random_(random) {}

template <class Level>
std::uint32_t community_search<Level>::patience() const {
  return static_cast<std::uint32_t>(
      std::clamp(patience_arcs / std::max<std::uint64_t>(ground_->arc_count, 1), least_patience,
                 std::max<std::uint64_t>(most_patience_, least_patience)));
}

template <class Level>
void community_search<Level>::sweep(parallel& workers, std::uint32_t most) {
  const Level& ground = *ground_;
  if (!has_begun_) {
    has_begun_ = true;
    classes_.resize(ground.size());
    std::iota(classes_.begin(), classes_.end(), vertex_id{0});
    gain_ = move_vertices(workers, ground, classes_, tie_breaking::first, random_);
    best_ = classes_;
    best_gain_ = gain_;
  }
  climber<Level> climber(workers, ground, method_);
  while (idle_ < patience() && sweeps_ < most) {
    const bool shake = sweeps_ > 0;
    gain_ += climber.climb(classes_, random_);
    gain_ += move_vertices(workers, ground, classes_,
                           shake ? tie_breaking::random : tie_breaking::first, random_);
    ++sweeps_;
    idle_ = gain_ > best_gain_ + least_improvement_ ? 0 : idle_ + 1;
    if (gain_ > best_gain_) {
      best_gain_ = gain_;
      best_ = classes_;
      best_is_shaken_ = shake;
    }
  }
}

template <class Level>
community_search_result community_search<Level>::result(parallel& workers) const {
  community_search_result found{
      .classes = best_, .iterations = sweeps_, .converged = idle_ >= patience()};
  // Shaking may have left vertices where they are a little worse off than elsewhere.
  random_stream random = random_;
  if (best_is_shaken_) {
    move_vertices(workers, *ground_, found.classes, tie_breaking::first, random);
  }
  if (method_ == community_method::leiden) split_disconnected(workers, *ground_, found.classes);
  found.count = renumber(found.classes);
  return found;
}

template class community_search<community_level<std::uint32_t, strength>>;
template class community_search<community_level<double, strength>>;
template class community_search<community_level<double, strength_pair>>;

}  // namespace valuenet::detail
