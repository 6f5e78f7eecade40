#include "valuenet/metrics/core.hpp"

#include "valuenet/error.hpp"
#include "valuenet/metrics/rich_club.hpp"
#include "valuenet/metrics/triad_census.hpp"
#include "valuenet/synthesis/random_graph.hpp"

#include <numeric>

#include "catch.hpp"
#include "metrics/structure_oracle.hpp"

namespace vn = valuenet;
using numbers = std::vector<vn::vertex_id>;
constexpr auto directed = vn::direction::directed;

namespace {

vn::vertex_id degree_among(const oracle::matrix& m, const std::vector<bool>& in, std::size_t v) {
  vn::vertex_id degree = 0;
  for (std::size_t u = 0; u < m.n; ++u) degree += in[u] && m.tied(u, v) ? 1 : 0;
  return degree;
}

/// Removes whom it may, one at a time, for each k anew.
numbers cores(const oracle::matrix& m) {
  numbers result(m.n, 0);
  for (vn::vertex_id k = 1; k <= m.n; ++k) {
    std::vector<bool> in(m.n, true);
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t v = 0; v < m.n; ++v) {
        if (in[v] && degree_among(m, in, v) < k) {
          in[v] = false;
          changed = true;
        }
      }
    }
    for (std::size_t v = 0; v < m.n; ++v) {
      if (in[v]) result[v] = k;
    }
  }
  return result;
}

numbers layers(const oracle::matrix& m) {
  numbers result(m.n, 0);
  std::vector<bool> in(m.n, true);
  vn::vertex_id k = 0;
  vn::vertex_id layer = 0;
  for (std::size_t removed = 0; removed < m.n;) {
    numbers round;
    for (vn::vertex_id v = 0; v < m.n; ++v) {
      if (in[v] && degree_among(m, in, v) <= k) round.push_back(v);
    }
    if (round.empty()) {
      ++k;
      continue;
    }
    ++layer;
    for (const vn::vertex_id v : round) {
      in[v] = false;
      result[v] = layer;
    }
    removed += round.size();
  }
  return result;
}

/// A triple's class by trying every labelling against the drawings of the header.
std::size_t triad_class(const oracle::matrix& m, std::size_t x, std::size_t y, std::size_t z) {
  struct drawing {
    std::size_t index;
    bool ab, ba, bc, cb, ac, ca;
  };
  static const std::vector<drawing> drawings{
      {0, false, false, false, false, false, false}, {1, true, false, false, false, false, false},
      {2, true, true, false, false, false, false},   {3, false, true, true, false, false, false},
      {4, true, false, false, true, false, false},   {5, true, false, true, false, false, false},
      {6, true, true, false, true, false, false},    {7, true, true, true, false, false, false},
      {8, true, false, false, true, true, false},    {9, true, false, true, false, false, true},
      {10, true, true, true, true, false, false},    {11, false, true, true, false, true, true},
      {12, true, false, false, true, true, true},    {13, true, false, true, false, true, true},
      {14, true, false, true, true, true, true},     {15, true, true, true, true, true, true}};
  std::array<std::size_t, 3> order{x, y, z};
  std::sort(order.begin(), order.end());
  do {
    const auto [a, b, c] = order;
    for (const drawing& d : drawings) {
      if ((m(a, b) > 0) == d.ab && (m(b, a) > 0) == d.ba && (m(b, c) > 0) == d.bc &&
          (m(c, b) > 0) == d.cb && (m(a, c) > 0) == d.ac && (m(c, a) > 0) == d.ca) {
        return d.index;
      }
    }
  } while (std::next_permutation(order.begin(), order.end()));
  return 99;
}

}  // namespace

TEST_CASE("core numbers of closed forms", "[core]") {
  CHECK(vn::core_numbers(vn::graph{}).core.empty());
  CHECK(vn::core_numbers(vn::complete_graph(5)).core == numbers(5, 4));
  CHECK(vn::core_numbers(vn::complete_graph(5)).layers == 1);
  CHECK(vn::core_numbers(vn::cycle_graph(6, directed)).core == numbers(6, 2));
  const auto path = vn::core_numbers(vn::path_graph(5));
  CHECK(path.core == numbers(5, 1));
  CHECK(path.layer == numbers{1, 2, 3, 2, 1});
  const auto star = vn::core_numbers(vn::star_graph(4));
  CHECK(star.layer == numbers{2, 1, 1, 1, 1});
}

TEST_CASE("cores, layers, clubs and triads of random graphs as by their definitions",
          "[core][rich_club][triad_census]") {
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    const auto edges = oracle::random_edges(seed, seed % 20 == 0 ? 25 : 10);
    const auto m = edges.as_matrix();
    const auto g = edges.graph();
    const auto found = vn::core_numbers(g);
    REQUIRE(found.core == cores(m));
    REQUIRE(found.layer == layers(m));

    const std::vector<bool> all(m.n, true);
    const auto clubs = vn::rich_club(g);
    vn::vertex_id largest = 0;
    for (std::size_t v = 0; v < m.n; ++v) largest = std::max(largest, degree_among(m, all, v));
    REQUIRE(clubs.size() == largest);
    for (std::size_t k = 0; k < clubs.size(); ++k) {
      std::vector<bool> in(m.n, false);
      std::uint64_t vertices = 0;
      for (std::size_t v = 0; v < m.n; ++v) {
        in[v] = degree_among(m, all, v) > k;
        vertices += in[v] ? 1 : 0;
      }
      std::uint64_t ends = 0;
      for (std::size_t v = 0; v < m.n; ++v) ends += in[v] ? degree_among(m, in, v) : 0;
      REQUIRE(clubs[k].vertices == vertices);
      REQUIRE(clubs[k].ties == ends / 2);
      REQUIRE(clubs[k].coefficient.has_value() == (vertices > 1));
    }

    vn::triad_counts expected{};
    for (std::size_t x = 0; x < m.n; ++x) {
      for (std::size_t y = x + 1; y < m.n; ++y) {
        for (std::size_t z = y + 1; z < m.n; ++z) ++expected[triad_class(m, x, y, z)];
      }
    }
    REQUIRE(vn::triad_census(g, {.threads = 2}) == expected);
  }
}

TEST_CASE("core and rich club of Zachary's club as NetworkX computes them", "[core][shared]") {
  const auto file = oracle::shared("data/graphs/karate.tsv");
  if (!std::filesystem::exists(file)) {
    WARN("skipped: the classic networks are not here");
    return;
  }
  // NetworkX 3.6.1: core_number, onion_layers, rich_club_coefficient(normalized=False).
  const auto g = oracle::read_edge_list(file).graph();
  const auto found = vn::core_numbers(g);
  CHECK(found.core == numbers{4, 4, 4, 4, 3, 3, 3, 4, 4, 2, 3, 1, 2, 4, 2, 2, 2,
                              2, 2, 3, 2, 2, 2, 3, 3, 3, 2, 3, 3, 3, 4, 3, 4, 4});
  CHECK(found.layer == numbers{7, 6, 7, 6, 3, 3, 3, 5, 6, 2, 3, 1, 2, 6, 2, 2, 2,
                               2, 2, 3, 2, 2, 2, 4, 3, 3, 2, 4, 3, 3, 5, 4, 5, 5});
  const auto clubs = vn::rich_club(g);
  CHECK(*clubs[0].coefficient == Approx(0.13903743315508021));
  CHECK(*clubs[4].coefficient == Approx(0.4888888888888889));
  CHECK(*clubs[15].coefficient == 0.0);
}

TEST_CASE("core, clubs and triads are the same at any number of threads", "[core]") {
  const auto g = vn::rmat({.scale = 11, .direction = directed});
  const auto one = vn::triad_census(g, {.threads = 1});
  const std::uint64_t n = g.vertex_count();
  CHECK(std::accumulate(one.begin(), one.end(), std::uint64_t{0}) == n * (n - 1) * (n - 2) / 6);
  for (const int threads : {2, 8}) {
    CHECK(vn::triad_census(g, {.threads = threads}) == one);
    CHECK(vn::core_numbers(g, {.threads = threads}).layer == vn::core_numbers(g).layer);
  }
  std::stop_source stop;
  stop.request_stop();
  CHECK_THROWS_AS(vn::core_numbers(g, {.stop = stop.get_token()}), vn::cancelled);
  CHECK_THROWS_AS(vn::triad_census(g, {.stop = stop.get_token()}), vn::cancelled);
}
