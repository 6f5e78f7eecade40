// Communities: the partition of the vertices with the largest modularity that Leiden or Louvain
// finds.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/arc_weights.hpp"
#include "valuenet/graph/convention.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace valuenet {

enum class community_method : std::uint8_t {
  leiden,   ///< every community is connected; the better of the two at the same cost
  louvain,  ///< the classic; a community may fall apart into disconnected parts
};

struct communities_options {
  community_method method = community_method::leiden;
  /// Whose modularity is maximised: see communities().
  valuenet::convention convention = valuenet::convention::gephi;
  /// Finite and >= 0. Under `gephi` larger values give fewer communities, else more.
  double resolution = 1.0;
  arc_weights weights = arc_weights::use;
  /// Convention `gephi` of a directed graph only: see gephi_undirected_view().
  std::span<const std::uint32_t> arc_kinds{};
  std::uint64_t seed = 0;
  /// Independent searches, of which the best is returned; 1 to 1,000,000.
  std::uint32_t runs = 1;
  /// Of so many runs only is the end awaited: of those with the largest modularity after a trial of
  /// one sweep (on a small graph up to half of most_patience). The others tell what their trial
  /// found. Saves most of the time and next to no modularity. At least 1; nothing: all runs are
  /// carried to their end.
  std::optional<std::uint32_t> finalists{};
  /// A run is at its end when so many sweeps in a row have found next to nothing: as many as go
  /// through 2^18 arcs, from 2 to this. At least 2. Small graphs are searched the longer.
  std::uint32_t most_patience = 32;
  /// Sweeps through all levels a run may make, at least 1; nothing: until a sweep finds no more.
  std::optional<std::uint32_t> iterations{};
};

/// What one run found.
struct community_run {
  /// As communities_result::modularity.
  std::optional<double> modularity{};
  std::uint32_t count = 0;
  std::uint32_t iterations = 0;
  /// The last sweep found nothing more to gain; else `iterations` ended the run.
  bool converged = false;
};

/// How much the runs agree: over `pairs` pairs of runs. Up to 65 runs these are all pairs; of more
/// runs, each is compared with the 32 before and the 32 after it.
struct run_agreement {
  std::uint64_t pairs = 0;
  /// Normalised mutual information, see metrics/partition_similarity.hpp.
  double mean_normalized_mutual_information = 0.0;
  double smallest_normalized_mutual_information = 0.0;
  double mean_adjusted_rand_index = 0.0;
  double smallest_adjusted_rand_index = 0.0;
  /// Largest less smallest modularity of a run (0 where it is undefined).
  double modularity_range = 0.0;
};

struct communities_result {
  /// Community of every vertex: 0 is the largest, equally large ones by their smallest vertex.
  std::vector<std::uint32_t> community{};
  std::uint32_t count = 0;
  /// Vertices of every community, never ascending.
  std::vector<std::uint64_t> sizes{};
  /// Of this partition, by the convention and resolution asked for; nothing when the graph has no
  /// edge that counts.
  std::optional<double> modularity{};
  /// Of the run returned.
  bool converged = false;
  std::uint32_t iterations = 0;
  /// Which of `runs` is returned: the best, of equally good ones the first.
  std::uint32_t best_run = 0;
  std::vector<community_run> runs{};
  /// Nothing for a single run.
  std::optional<run_agreement> agreement{};
};

/// Searches the partition into communities with the largest modularity(): see
/// metrics/modularity.hpp for the formula. The problem is NP-hard: what is returned is a local
/// optimum.
///
/// Conventions: those of modularity(). `gephi` maximises the modularity of gephi_undirected_view(g)
/// without its loops; `networkx` and `igraph` that of a directed graph as such (Leicht and Newman
/// 2008; give undirected_view(g, duplicates::keep) to have direction forgotten), loops and parallel
/// arcs counted. An isolated vertex is a community of its own, and so is one whose arcs all weigh
/// 0. Population: all vertices.
///
/// Method: vertices with a single neighbour are first folded into it where that is certain not to
/// cost modularity. A sweep of Leiden refines each community into connected parts, moves the parts
/// as one, level by level, and then moves single vertices again; Louvain moves whole communities
/// instead of parts. Sweeps follow, in which a vertex may take any community nearly as good as its
/// best, until two in a row (up to 32 on a small graph) have not raised modularity by 2e-5: that is
/// converged. Every community that Leiden returns is connected (direction forgotten).
///
/// Cost: O(arcs) a round of moves, some five to ten rounds a sweep. Memory: 4 bytes an arc
/// (weighted: 12) for all runs together, up to 16 an arc (weighted: 24) and about 100 a vertex for
/// every run under way, and 4 a vertex for every run. From a million arcs on all threads work on
/// one run; runs are worked on side by side when there are at least as many as threads. Throws
/// std::invalid_argument for an option out of range and for an arc whose weight is negative or not
/// finite. Deterministic: the same bits for a seed at any thread count. Run r of several draws from
/// its own stream (seed, r), so the runs of a shorter call are the first of a longer one.
///
/// Sources: Traag, Waltman and van Eck 2019, doi:10.1038/s41598-019-41695-z (Leiden); Blondel,
/// Guillaume, Lambiotte and Lefebvre 2008, doi:10.1088/1742-5468/2008/10/P10008 (Louvain); Leicht
/// and Newman 2008, doi:10.1103/PhysRevLett.100.118703 (directed); Arenas, Duch, Fernandez and
/// Gomez 2007, doi:10.1088/1367-2630/9/6/176 (folding).
[[nodiscard]] communities_result communities(const graph& g,
                                             const communities_options& options = {},
                                             const execution& exec = {});

}  // namespace valuenet
