#include "metrics/distance_counts.hpp"

#include "valuenet/graph/subgraph.hpp"

#include <algorithm>

#include "detail/parallel.hpp"
#include "metrics/distance_core.hpp"
#include "metrics/distance_search.hpp"

namespace valuenet::detail {

namespace {

/// Wide words spare work on every arc; narrow ones keep small graphs' batches many and their words
/// in the cache.
std::size_t batch_size(const distance_core& core) {
  return core.row_count() < 8 * wide_batch ? narrow_batch : wide_batch;
}

}  // namespace

distance_counts count_distances(const graph& given, const count_options& options,
                                const execution& exec) {
  parallel workers(exec);
  const graph g = given.is_simple() ? given : simple_view(given, duplicates::first, exec);
  const bool sums = options.kept == vertex_distances::sums;
  const distance_core core(g, fold_trees::yes);
  const distance_kernel kernel = select_distance_kernel(
      options.set, options.searches == 0 ? batch_size(core) : options.searches);
  const core_distances found = search_core(
      core, {}, sums ? source_sums_wanted::yes : source_sums_wanted::no, kernel, workers, exec);

  distance_counts result;
  result.histogram = core.folded_pairs();
  result.histogram.resize(std::max(result.histogram.size(), found.histogram.size()));
  for (std::size_t d = 0; d < found.histogram.size(); ++d) {
    result.histogram[d] += found.histogram[d];
  }
  while (result.histogram.size() > 1 && result.histogram.back() == 0) result.histogram.pop_back();
  result.eccentricity = core.unfold_eccentricities(found.farthest);
  if (sums) {
    result.reachable_count.resize(g.vertex_count());
    result.distance_sum.resize(g.vertex_count());
    result.inverse_distance_sum.resize(g.vertex_count());
    core.for_each_unfolded([&](vertex_id v, const distance_core::way_out& out,
                               const distance_core::near_sums& near) {
      result.reachable_count[v] = near.reachable_count;
      result.distance_sum[v] = near.distance_sum;
      result.inverse_distance_sum[v] = near.inverse_distance_sum;
      if (out.row == no_vertex) return;
      const source_sums& far = found.sums[out.row];
      result.reachable_count[v] += far.reachable_count;
      result.distance_sum[v] += far.distance_sum + std::uint64_t{out.depth} * far.reachable_count;
      result.inverse_distance_sum[v] +=
          out.depth == 0 ? far.inverse_distance_sum
                         : found.tail_inverse_sums[found.tail_offsets[out.row] + out.depth - 1];
    });
  }
  return result;
}

}  // namespace valuenet::detail
