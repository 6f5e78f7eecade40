#include "valuenet/metrics/core_periphery.hpp"

#include "valuenet/graph/builder.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "catch.hpp"

namespace vn = valuenet;
using Catch::Approx;

namespace {

using edges = std::vector<vn::edge>;
using matrix = std::vector<std::vector<double>>;

vn::graph make(const edges& list, vn::vertex_id n, vn::direction way = vn::direction::directed) {
  return vn::build_graph(list, {.direction = way, .vertex_count = n});
}

vn::graph six() {
  return make({{0, 1}, {0, 2}, {1, 2}, {2, 0}, {2, 3}, {3, 4}}, 6);
}

vn::graph star(vn::vertex_id leaves) {
  edges list;
  for (vn::vertex_id v = 1; v <= leaves; ++v) list.push_back({0, v});
  return make(list, leaves + 1, vn::direction::undirected);
}

class dice {
 public:
  explicit dice(unsigned long long seed) : state_(seed) {}
  std::uint64_t below(std::uint64_t bound) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return (state_ >> 33) % bound;
  }

 private:
  unsigned long long state_;
};

/// Ties by the definition, on a dense matrix.
matrix ties_of(const vn::graph& g, bool weighted) {
  matrix a(g.vertex_count(), std::vector<double>(g.vertex_count(), 0.0));
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    const auto row = g.out_neighbors(v);
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (row[i] == v) continue;
      double& tie = a[v][row[i]];
      tie = weighted ? tie + (g.is_weighted() ? g.out_weights(v)[i] : 1.0) : 1.0;
    }
  }
  return a;
}

/// Pearson's over the ordered pairs; -2 where undefined.
template <class Ideal>
double correlate(const matrix& a, Ideal&& ideal) {
  double n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < a.size(); ++j) {
      if (i == j) continue;
      const double x = a[i][j];
      const double y = ideal(i, j);
      n += 1, sx += x, sy += y, sxx += x * x, syy += y * y, sxy += x * y;
    }
  }
  const double spread = (n * sxx - sx * sx) * (n * syy - sy * sy);
  return spread > 1e-9 ? (n * sxy - sx * sy) / std::sqrt(spread) : -2.0;
}

double correlate_core(const matrix& a, const std::vector<std::uint8_t>& core) {
  return correlate(
      a, [&](std::size_t i, std::size_t j) { return core[i] != 0 || core[j] != 0 ? 1.0 : 0.0; });
}

double best_core(const matrix& a) {
  double best = -2.0;
  for (unsigned set = 1; set < (1U << a.size()); ++set) {
    std::vector<std::uint8_t> core(a.size());
    for (std::size_t v = 0; v < a.size(); ++v) core[v] = (set >> v) & 1U;
    best = std::max(best, correlate_core(a, core));
  }
  return best;
}

}  // namespace

TEST_CASE("the core of six actors by hand") {
  // c alone: 4 of the 6 ties touch it, of 10 of the 30 pairs: (30 * 4 - 6 * 10) / sqrt(144 * 200).
  const auto found = vn::core_periphery(six());
  CHECK(found.in_core == std::vector<std::uint8_t>{0, 0, 1, 0, 0, 0});
  CHECK(found.core_size == 1);
  CHECK(*found.correlation == Approx(60.0 / std::sqrt(144.0 * 200.0)));
  CHECK_FALSE(found.core_density);  // no pair within
  CHECK(*found.between_density == Approx(0.4));
  CHECK(*found.periphery_density == Approx(0.1));
}

TEST_CASE("a star is all core and periphery") {
  const auto core = vn::core_periphery(star(6));
  CHECK(*core.correlation == Approx(1.0));
  CHECK(core.core_size == 1);
  CHECK(core.in_core[0] == 1);
  const auto depth = vn::coreness(star(6));
  CHECK(depth.converged);
  CHECK(depth.core_size == 1);
  // By symmetry c = (x, y, ..., y): the nearer y to 0 the less its own products err.
  for (std::size_t leaf = 2; leaf <= 6; ++leaf) {
    CHECK(depth.score[leaf] == Approx(depth.score[1]).epsilon(1e-4));
  }
  CHECK(depth.score[0] > 3 * depth.score[1]);
  double squares = 0.0;
  for (const double c : depth.score) squares += c * c;
  CHECK(squares == Approx(1.0));
}

TEST_CASE("a clique with pendants has the clique for its core") {
  edges list;
  for (vn::vertex_id v = 0; v < 4; ++v) {
    for (vn::vertex_id w = v + 1; w < 4; ++w) list.push_back({v, w});
    for (vn::vertex_id leaf = 4 + 3 * v; leaf < 7 + 3 * v; ++leaf) list.push_back({v, leaf});
  }
  const vn::graph g = make(list, 16, vn::direction::undirected);
  const auto core = vn::core_periphery(g);
  CHECK(core.core_size == 4);
  CHECK(*core.core_density == Approx(1.0));
  CHECK(*core.between_density == Approx(0.25));
  CHECK(*core.periphery_density == Approx(0.0));
  CHECK(vn::coreness(g).core_size == 4);
}

TEST_CASE("the core found is the best of all on small random graphs") {
  dice draw(11);
  for (int round = 0; round < 60; ++round) {
    const auto n = static_cast<vn::vertex_id>(4 + draw.below(6));
    const bool directed = round % 2 == 0;
    const bool weighted = round % 3 == 0;
    edges list;
    for (std::uint64_t i = 0; i < 2 + draw.below(3 * n); ++i) {
      list.push_back({static_cast<vn::vertex_id>(draw.below(n)),
                      static_cast<vn::vertex_id>(draw.below(n)),
                      static_cast<double>(1 + draw.below(4))});
    }
    const vn::graph g =
        make(list, n, directed ? vn::direction::directed : vn::direction::undirected);
    const matrix a = ties_of(g, weighted);
    const auto found = vn::core_periphery(
        g, {.weights = weighted ? vn::arc_weights::use : vn::arc_weights::ignore});
    const double best = best_core(a);
    INFO("round " << round << ", n " << n);
    if (best == -2.0) {
      CHECK_FALSE(found.correlation);
      continue;
    }
    REQUIRE(found.correlation);
    CHECK(*found.correlation == Approx(correlate_core(a, found.in_core)));
    CHECK(*found.correlation == Approx(best));
  }
}

TEST_CASE("coreness of six actors, and that no step leads higher") {
  // By an independent search over all six scores from 60 random starts.
  const auto found = vn::coreness(six());
  CHECK(found.converged);
  CHECK(*found.correlation == Approx(0.6639237422635842));
  const double expected[] = {0.470512, 0.254286, 0.832652, 0.143691, 0.0, 0.0};
  for (std::size_t v = 0; v < 6; ++v) CHECK(found.score[v] == Approx(expected[v]).margin(2e-5));

  dice draw(3);
  int settled = 0;
  for (int round = 0; round < 20; ++round) {
    edges list;
    for (int i = 0; i < 60; ++i) {
      list.push_back({static_cast<vn::vertex_id>(draw.below(15)),
                      static_cast<vn::vertex_id>(draw.below(15)),
                      static_cast<double>(1 + draw.below(3))});
    }
    const vn::graph g = make(list, 15);
    const matrix a = ties_of(g, true);
    const auto depth = vn::coreness(g, {.weights = vn::arc_weights::use});
    const auto value = [&](const std::vector<double>& c) {
      return correlate(a, [&](std::size_t i, std::size_t j) { return c[i] * c[j]; });
    };
    CHECK(*depth.correlation == Approx(value(depth.score)));
    if (!depth.converged) {
      // One vertex outgrows all others, without end.
      CHECK(*std::max_element(depth.score.begin(), depth.score.end()) > 0.99);
      continue;
    }
    ++settled;
    for (std::size_t v = 0; v < 15; ++v) {
      for (const double step : {-0.01, 0.01}) {
        auto other = depth.score;
        other[v] = std::max(0.0, other[v] + step);
        CHECK(value(other) <= *depth.correlation + 1e-9);
      }
    }
  }
  CHECK(settled > 10);
}

TEST_CASE("graphs without core, and nonsense") {
  for (const vn::graph& g : {vn::graph(), make({}, 1), make({{0, 1}}, 2), make({}, 5),
                             make({{0, 1}, {0, 2}, {1, 2}}, 3, vn::direction::undirected)}) {
    CHECK_FALSE(vn::core_periphery(g).correlation);
    CHECK_FALSE(vn::coreness(g).correlation);
    CHECK(vn::core_periphery(g).in_core.size() == g.vertex_count());
    CHECK(vn::coreness(g).score == std::vector<double>(g.vertex_count(), 0.0));
  }
  // Loops and parallel arcs change nothing.
  const vn::graph noisy = make({{0, 1}, {0, 1}, {0, 2}, {1, 2}, {2, 0}, {2, 2}, {2, 3}, {3, 4}}, 6);
  CHECK(vn::core_periphery(noisy).correlation == vn::core_periphery(six()).correlation);
  CHECK(vn::coreness(noisy).score == vn::coreness(six()).score);
  const vn::graph negative = make({{0, 1, -1.0}, {1, 2, 2.0}}, 3);
  CHECK_THROWS_AS(vn::core_periphery(negative, {.weights = vn::arc_weights::use}),
                  std::invalid_argument);
  CHECK_THROWS_AS(vn::coreness(six(), {.tolerance = 0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::coreness(six(), {.max_sweeps = 0}), std::invalid_argument);
}

TEST_CASE("core and coreness have the same bits at any number of threads") {
  dice draw(5);
  edges list;
  for (int i = 0; i < 900; ++i) {
    list.push_back({static_cast<vn::vertex_id>(draw.below(1 + draw.below(300))),
                    static_cast<vn::vertex_id>(draw.below(300))});
  }
  const vn::graph g = make(list, 300);
  const auto core = vn::core_periphery(g, {}, {.threads = 1});
  const auto depth = vn::coreness(g, {}, {.threads = 1});
  for (const int threads : {2, 8}) {
    CHECK(vn::core_periphery(g, {}, {.threads = threads}).in_core == core.in_core);
    CHECK(vn::core_periphery(g, {}, {.threads = threads}).correlation == core.correlation);
    CHECK(vn::coreness(g, {}, {.threads = threads}).score == depth.score);
  }
}
