#include "metrics/distance_estimates.hpp"

#include "valuenet/error.hpp"
#include "valuenet/graph/builder.hpp"
#include "valuenet/metrics/distances.hpp"
#include "valuenet/synthesis/random_graph.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "catch.hpp"

namespace vn = valuenet;

namespace {

constexpr auto directed = vn::direction::directed;
constexpr auto undirected = vn::direction::undirected;
using method = vn::distance_method;

bool holds(const vn::interval& where, double value) {
  return where.lower <= value && value <= where.upper;
}

void require_same(const vn::distances_result& a, const vn::distances_result& b) {
  REQUIRE(a.histogram == b.histogram);
  REQUIRE(a.mean == b.mean);
  REQUIRE(a.efficiency == b.efficiency);
  REQUIRE(a.effective_diameter == b.effective_diameter);
  REQUIRE(a.diameter == b.diameter);
  REQUIRE(a.eccentricity == b.eccentricity);
  REQUIRE(a.reachable_count == b.reachable_count);
  REQUIRE(a.distance_sum == b.distance_sum);
  REQUIRE(a.inverse_distance_sum == b.inverse_distance_sum);
  REQUIRE(a.mean_interval.has_value() == b.mean_interval.has_value());
  if (a.mean_interval) REQUIRE(a.mean_interval->upper == b.mean_interval->upper);
  for (std::size_t d = 0; d < a.histogram_intervals.size(); ++d) {
    REQUIRE(a.histogram_intervals[d].lower == b.histogram_intervals[d].lower);
    REQUIRE(a.histogram_intervals[d].upper == b.histogram_intervals[d].upper);
  }
}

}  // namespace

TEST_CASE("distances are estimated only where exact counting is beyond the budget", "[distances]") {
  const vn::graph g = vn::rmat({.scale = 10});
  const auto exact = vn::distances(g);
  REQUIRE(exact.method == method::exact);
  REQUIRE(exact.estimated_arc_visits > 0);
  REQUIRE(exact.sources == 1024);
  REQUIRE_FALSE(exact.mean_interval.has_value());
  REQUIRE(exact.histogram_intervals.empty());
  REQUIRE_FALSE(exact.counter_error.has_value());

  const std::uint64_t visits = vn::detail::estimate_arc_visits(g, 0, {});
  const auto choose = [&](std::uint64_t budget, vn::vertex_distances kept) {
    return vn::distances(g,
                         {.vertex_distances = kept, .exact_budget = budget, .sampled_sources = 64})
        .method;
  };
  REQUIRE(choose(visits, vn::vertex_distances::eccentricity) == method::exact);
  REQUIRE(choose(visits - 1, vn::vertex_distances::eccentricity) == method::sampled);
  REQUIRE(choose(visits - 1, vn::vertex_distances::sums) == method::hyperball);
  // As many sources as there are vertices: nothing is left to estimate.
  const auto all = vn::distances(g, {.method = method::sampled, .sampled_sources = 1024});
  REQUIRE(all.method == method::exact);
  REQUIRE(all.histogram == exact.histogram);
}

TEST_CASE("the effort of exact distances is told from the graph alone", "[distances]") {
  // vertices * arcs / 512 * min(depth, 512), component by component.
  const auto effort = [](const vn::graph& g) { return vn::detail::estimate_arc_visits(g, 0, {}); };
  REQUIRE(effort(vn::graph{}) == 0);
  REQUIRE(effort(vn::star_graph(1023)) == 1024 * 2046 / 512);
  REQUIRE(effort(vn::cycle_graph(4096)) == 4096ULL * 8192 / 512 * 512);
  REQUIRE(effort(vn::cycle_graph(512, directed)) == 512 * 511);
  REQUIRE(effort(vn::complete_graph(512)) == 512 * 511);
  std::vector<vn::edge> pairs;
  for (vn::vertex_id v = 0; v < 2048; v += 2) pairs.push_back({v, v + 1});
  REQUIRE(effort(vn::build_graph(pairs, {.direction = undirected, .vertex_count = 3000})) ==
          1024 * 2 * 2 / 512);
  // An upper bound is enough when it is below the budget.
  REQUIRE(vn::detail::estimate_arc_visits(vn::star_graph(1023), 1U << 30, {}) ==
          1024ULL * 2046 / 512 * 512);
}

TEST_CASE("sampled distances are exact where all vertices look alike", "[distances]") {
  const vn::graph g = vn::cycle_graph(1001, directed);
  const auto exact = vn::distances(g, {.method = method::exact});
  const auto sampled = vn::distances(g, {.method = method::sampled, .sampled_sources = 10});
  REQUIRE(sampled.method == method::sampled);
  REQUIRE(sampled.sources == 10);
  REQUIRE(sampled.histogram == exact.histogram);
  REQUIRE(sampled.mean == exact.mean);
  REQUIRE(sampled.mean_interval->lower == Approx(*exact.mean));
  REQUIRE(sampled.mean_interval->upper == Approx(*exact.mean));
  REQUIRE(sampled.efficiency == exact.efficiency);
  REQUIRE(sampled.diameter == 1000U);
  REQUIRE_FALSE(sampled.radius.has_value());
  REQUIRE(sampled.eccentricity.empty());
  REQUIRE(sampled.reachable_pairs == 1001ULL * 1000);
}

TEST_CASE("intervals hold the true values about as often as they say", "[distances]") {
  for (const auto direction : {directed, undirected}) {
    const vn::graph g = vn::rmat({.scale = 10, .direction = direction, .seed = 5});
    const auto exact = vn::distances(g, {.method = method::exact});
    for (const auto chosen : {method::sampled, method::hyperball}) {
      constexpr int trials = 60;
      int mean = 0;
      int efficiency = 0;
      int pairs = 0;
      int at_two = 0;
      double sum_of_means = 0.0;
      for (std::uint64_t seed = 0; seed < trials; ++seed) {
        const auto found = vn::distances(g, {.method = chosen,
                                             .sampled_sources = 64,
                                             .hyperball_runs = 4,
                                             .confidence = 0.9,
                                             .seed = seed});
        mean += holds(*found.mean_interval, *exact.mean) ? 1 : 0;
        efficiency += holds(*found.efficiency_interval, *exact.efficiency) ? 1 : 0;
        pairs += holds(*found.reachable_pairs_interval, static_cast<double>(exact.reachable_pairs))
                     ? 1
                     : 0;
        at_two +=
            holds(found.histogram_intervals[2], static_cast<double>(exact.histogram[2])) ? 1 : 0;
        sum_of_means += *found.mean;
        REQUIRE(*found.diameter <= *exact.diameter);
        REQUIRE(found.reachable_pairs + found.unreachable_pairs ==
                exact.reachable_pairs + exact.unreachable_pairs);
        if (direction == undirected) {
          REQUIRE(static_cast<double>(found.reachable_pairs) ==
                  Approx(static_cast<double>(exact.reachable_pairs)).epsilon(1e-5));
        }
      }
      CAPTURE(direction == directed, chosen == method::sampled);
      // 54 of 60 are expected. Below 44: less than once in ten thousand.
      REQUIRE(mean >= 44);
      REQUIRE(efficiency >= 44);
      REQUIRE(at_two >= 44);
      if (direction == directed) REQUIRE(pairs >= 44);
      REQUIRE(sum_of_means / trials == Approx(*exact.mean).epsilon(0.01));
    }
  }
}

TEST_CASE("vertices without arcs change an estimate's population, not its pairs", "[distances]") {
  const std::vector<vn::edge> edges{{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 0}, {1, 4}};
  for (const auto direction : {directed, undirected}) {
    for (const auto chosen : {method::sampled, method::hyperball}) {
      const auto estimate = [&](vn::vertex_id n) {
        return vn::distances(vn::build_graph(edges, {.direction = direction, .vertex_count = n}),
                             {.method = chosen, .sampled_sources = 4});
      };
      const auto alone = estimate(12);  // six would cap the pairs at 30
      const auto among = estimate(60);
      REQUIRE(among.histogram == alone.histogram);
      REQUIRE(among.mean == alone.mean);
      REQUIRE(among.mean_interval->upper == alone.mean_interval->upper);
      const double share = 12.0 * 11.0 / (60.0 * 59.0);
      REQUIRE(*among.efficiency == Approx(share * *alone.efficiency));
      REQUIRE(among.efficiency_interval->upper == Approx(share * alone.efficiency_interval->upper));
    }
  }
}

TEST_CASE("HyperBall's counters are as good as their stated error", "[distances]") {
  const vn::graph g = vn::rmat({.scale = 11, .seed = 3});
  const vn::distances_options options{.vertex_distances = vn::vertex_distances::sums,
                                      .method = method::exact};
  const auto exact = vn::distances(g, options);
  for (const std::uint32_t registers : {64U, 1024U}) {
    vn::distances_options estimated = options;
    estimated.method = method::hyperball;
    estimated.hyperball_registers = registers;
    estimated.hyperball_runs = 2;
    const auto found = vn::distances(g, estimated);
    REQUIRE(*found.counter_error == Approx(1.04 / std::sqrt(2.0 * registers)).epsilon(0.01));
    double squares = 0.0;
    double far = 0.0;
    std::size_t vertices = 0;
    for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
      REQUIRE(found.eccentricity[v] <= exact.eccentricity[v]);
      if (exact.reachable_count[v] < 100) continue;
      const double error =
          found.reachable_count[v] / static_cast<double>(exact.reachable_count[v]) - 1.0;
      squares += error * error;
      const double sum_error =
          static_cast<double>(found.distance_sum[v]) / static_cast<double>(exact.distance_sum[v]) -
          1.0;
      far = std::max(far, std::abs(sum_error));
      ++vertices;
    }
    REQUIRE(vertices > 1000);
    // All of them count the same component, so that their errors are nearly one draw.
    REQUIRE(std::sqrt(squares / static_cast<double>(vertices)) < 3.0 * *found.counter_error);
    REQUIRE(far < 4.0 * *found.counter_error);
  }
}

TEST_CASE("few vertices are counted nearly exactly by HyperBall", "[distances]") {
  // With far more registers than vertices, a counter is off by less than half a vertex.
  const vn::graph g = vn::path_graph(30, directed);
  const auto exact = vn::distances(g, {.method = method::exact});
  const auto found = vn::distances(
      g, {.method = method::hyperball, .hyperball_registers = 16384, .hyperball_runs = 8});
  for (std::size_t d = 1; d < 30; ++d) {
    REQUIRE(static_cast<double>(found.histogram[d]) ==
            Approx(static_cast<double>(exact.histogram[d])).margin(1.0));
  }
  REQUIRE(found.eccentricity == exact.eccentricity);
  REQUIRE(found.diameter == 29U);
}

TEST_CASE("estimated distances of nothing, of one vertex, of no arcs", "[distances]") {
  for (const auto chosen : {method::sampled, method::hyperball, method::automatic}) {
    REQUIRE(vn::distances(vn::graph{}, {.method = chosen}).histogram ==
            std::vector<std::uint64_t>{0});
    for (const auto direction : {directed, undirected}) {
      for (const vn::vertex_id n : {1U, 5U}) {
        const vn::graph g = vn::build_graph(std::vector<vn::edge>{{0, 0}},
                                            {.direction = direction, .vertex_count = n});
        const auto found = vn::distances(g, {.method = chosen, .exact_budget = 0});
        REQUIRE(found.histogram == std::vector<std::uint64_t>{0});
        REQUIRE(found.reachable_pairs == 0);
        REQUIRE(found.unreachable_pairs == n * (n - 1));
        REQUIRE_FALSE(found.mean.has_value());
        REQUIRE(found.diameter == 0U);
      }
      // Loops and parallel arcs change nothing.
      const std::vector<vn::edge> bare{{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 0}};
      std::vector<vn::edge> more = bare;
      more.insert(more.end(), {{0, 1}, {0, 0}, {3, 4}});
      const vn::distances_options options{
          .method = chosen, .exact_budget = 0, .sampled_sources = 3};
      require_same(vn::distances(vn::build_graph(bare, {.direction = direction, .vertex_count = 6}),
                                 options),
                   vn::distances(vn::build_graph(more, {.direction = direction, .vertex_count = 6}),
                                 options));
    }
  }
}

TEST_CASE("estimated distances are the same at any thread count and stop", "[distances]") {
  for (const auto direction : {directed, undirected}) {
    const vn::graph g = vn::rmat({.scale = 12, .direction = direction});
    for (const auto chosen : {method::sampled, method::hyperball}) {
      const vn::distances_options options{.vertex_distances = vn::vertex_distances::sums,
                                          .method = chosen,
                                          .sampled_sources = 1500,
                                          .hyperball_runs = 2};
      const auto one = vn::distances(g, options, {.threads = 1});
      for (const int threads : {2, 8}) {
        require_same(one, vn::distances(g, options, {.threads = threads}));
      }
      std::stop_source stop;
      stop.request_stop();
      REQUIRE_THROWS_AS(vn::distances(g, options, {.stop = stop.get_token()}), vn::cancelled);
    }
  }
}

TEST_CASE("estimates refuse options out of range", "[distances]") {
  const vn::graph g = vn::cycle_graph(10);
  for (const vn::distances_options& wrong : {vn::distances_options{.sampled_sources = 1},
                                             {.hyperball_registers = 32},
                                             {.hyperball_registers = 100},
                                             {.hyperball_registers = 32768},
                                             {.hyperball_runs = 1},
                                             {.confidence = 0.0},
                                             {.confidence = 1.0}}) {
    REQUIRE_THROWS_AS(vn::distances(g, wrong), std::invalid_argument);
  }
}
