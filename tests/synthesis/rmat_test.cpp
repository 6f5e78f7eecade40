#include "valuenet/synthesis/random_graph.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "catch.hpp"

namespace vn = valuenet;

namespace {

/// Chance of every (source, target) of R-MAT before scrambling, by walking down all levels.
std::vector<double> cell_chances(const vn::rmat_options& options) {
  const std::size_t n = std::size_t{1} << options.scale;
  const double quadrant[4] = {options.a, options.b, options.c,
                              1.0 - options.a - options.b - options.c};
  std::vector<double> chances(n * n);
  for (std::size_t s = 0; s < n; ++s) {
    for (std::size_t t = 0; t < n; ++t) {
      double chance = 1.0;
      for (int level = 0; level < options.scale; ++level) {
        chance *= quadrant[2 * ((s >> level) & 1U) + ((t >> level) & 1U)];
      }
      chances[s * n + t] = chance;
    }
  }
  return chances;
}

}  // namespace

TEST_CASE("R-MAT draws each cell of the matrix with its chance", "[rmat]") {
  // Seven levels: a whole draw of six and one level of the next. The scrambling of ids hides which
  // cell is which, so cells are compared by rank of their chance: the sum over all cells of equal
  // chance is binomial.
  const vn::rmat_options options{.scale = 7, .edge_factor = 8192.0, .seed = 7};
  const vn::edge_list edges = vn::rmat_edges(options);
  const std::size_t n = 128;
  REQUIRE(edges.sources.size() == 8192 * n);
  std::vector<double> drawn(n * n, 0.0);
  for (std::size_t i = 0; i < edges.sources.size(); ++i) {
    REQUIRE(edges.sources[i] < n);
    REQUIRE(edges.targets[i] < n);
    drawn[edges.sources[i] * n + edges.targets[i]] += 1.0;
  }
  std::vector<double> expected = cell_chances(options);
  const auto rows = static_cast<double>(edges.sources.size());
  for (double& chance : expected) chance *= rows;

  // Rows of the matrix by their totals: class k has (7 choose k) rows of chance .76^(7-k) .24^k.
  std::vector<double> row_totals(n, 0.0);
  for (std::size_t cell = 0; cell < n * n; ++cell) row_totals[cell / n] += drawn[cell];
  std::sort(row_totals.rbegin(), row_totals.rend());
  const std::size_t class_sizes[8] = {1, 7, 21, 35, 35, 21, 7, 1};
  std::size_t at = 0;
  for (int k = 0; k < 8; ++k) {
    const double chance = std::pow(0.76, 7 - k) * std::pow(0.24, k);
    const double spread = std::sqrt(rows * chance);
    for (std::size_t i = 0; i < class_sizes[k]; ++i, ++at) {
      INFO("class " << k << " row " << i);
      CHECK(std::abs(row_totals[at] - rows * chance) < 5.0 * spread + 1.0);
    }
  }
  // And the largest cells, whose ranks cannot be mistaken: .57^7, then 14 of .57^6 * .19.
  std::sort(drawn.rbegin(), drawn.rend());
  std::sort(expected.rbegin(), expected.rend());
  for (std::size_t i = 0; i < 15; ++i) {
    INFO("cell " << i);
    CHECK(std::abs(drawn[i] - expected[i]) < 5.0 * std::sqrt(expected[i]));
  }
}

TEST_CASE("R-MAT scrambles ids by a bijection", "[rmat]") {
  for (int scale = 0; scale <= 10; ++scale) {
    // Uniform chances: every vertex appears when there are many rows, so none was lost or merged.
    const vn::edge_list edges = vn::rmat_edges(
        {.scale = scale, .edge_factor = 64.0, .a = 0.25, .b = 0.25, .c = 0.25, .seed = 3});
    std::vector<int> seen(std::size_t{1} << scale, 0);
    for (const vn::vertex_id v : edges.sources) ++seen[v];
    CHECK(std::count(seen.begin(), seen.end(), 0) == 0);
  }
  // The heaviest vertex is not vertex 0 under every seed.
  std::map<vn::vertex_id, int> heaviest;
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    const vn::graph g = vn::rmat({.scale = 10, .seed = seed});
    vn::vertex_id best = 0;
    for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
      if (g.out_arc_count(v) > g.out_arc_count(best)) best = v;
    }
    ++heaviest[best];
  }
  CHECK(heaviest.size() > 4);
}

TEST_CASE("R-MAT is the same at 1, 2 and 8 threads and another with another seed", "[rmat]") {
  const vn::rmat_options options{.scale = 13, .seed = 11};
  const vn::edge_list one = vn::rmat_edges(options, {.threads = 1});
  for (const int threads : {2, 8}) {
    const vn::edge_list many = vn::rmat_edges(options, {.threads = threads});
    CHECK(many.sources == one.sources);
    CHECK(many.targets == one.targets);
  }
  CHECK(vn::rmat_edges({.scale = 13, .seed = 12}).sources != one.sources);
}

TEST_CASE("R-MAT makes a simple graph unless asked otherwise", "[rmat]") {
  const vn::graph simple = vn::rmat({.scale = 10});
  CHECK(simple.is_simple());
  CHECK_FALSE(simple.is_weighted());
  CHECK_FALSE(simple.is_directed());
  CHECK(simple.vertex_count() == 1024);
  const vn::graph all = vn::rmat({.scale = 10,
                                  .direction = vn::direction::directed,
                                  .duplicates = vn::duplicates::keep,
                                  .loops = vn::loops::keep});
  CHECK(all.edge_count() == 16384);
  CHECK(all.loop_count() > 0);
  CHECK(vn::rmat({.scale = 5, .edge_factor = 0.0}).edge_count() == 0);
}

TEST_CASE("R-MAT refuses options that make no sense", "[rmat]") {
  CHECK_THROWS_AS(vn::rmat({.scale = -1}), std::invalid_argument);
  CHECK_THROWS_AS(vn::rmat({.scale = 32}), std::invalid_argument);
  CHECK_THROWS_AS(vn::rmat({.edge_factor = -1.0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::rmat({.edge_factor = std::nan("")}), std::invalid_argument);
  CHECK_THROWS_AS(vn::rmat({.scale = 31, .edge_factor = 1024.0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::rmat({.a = 0.9, .b = 0.2}), std::invalid_argument);
  CHECK_THROWS_AS(vn::rmat({.c = -0.1}), std::invalid_argument);
}
