// One run of Leiden or Louvain.
#pragma once

#include "valuenet/metrics/communities.hpp"

#include <cstdint>
#include <vector>

#include "detail/parallel.hpp"
#include "detail/random.hpp"
#include "metrics/communities_level.hpp"

namespace valuenet::detail {

struct community_search_result {
  std::vector<vertex_id> classes;  // of the level's vertices, 0 .. count - 1
  vertex_id count = 0;
  std::uint32_t iterations = 0;
  bool converged = false;
};

/// A search from every vertex alone, which can be interrupted between sweeps.
template <class Level>
class community_search {
 public:
  /// `total_bond` is the scale by which gains count. Both outlive this.
  community_search(const Level& ground, double total_bond, community_method method,
                   std::uint32_t most_patience, random_stream random);

  /// Sweeps on until stable or, counted from the beginning, `most` sweeps are made.
  void sweep(parallel& workers, std::uint32_t most);

  /// How many sweeps in a row without success make it stable: what costs next to nothing may be
  /// tried more often.
  [[nodiscard]] std::uint32_t patience() const;

  /// What has been found up to now.
  [[nodiscard]] community_search_result result(parallel& workers) const;

 private:
  const Level* ground_;
  double least_improvement_;
  community_method method_;
  std::uint32_t most_patience_;
  random_stream random_;
  std::vector<vertex_id> classes_;  // where the search stands
  double gain_ = 0.0;
  std::vector<vertex_id> best_;
  double best_gain_ = 0.0;
  bool best_is_shaken_ = false;
  bool has_begun_ = false;
  std::uint32_t sweeps_ = 0;
  std::uint32_t idle_ = 0;
};

}  // namespace valuenet::detail
