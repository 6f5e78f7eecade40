#include "valuenet/metrics/assortativity.hpp"
#include "valuenet/metrics/reciprocity.hpp"
#include "valuenet/synthesis/random_graph.hpp"

#include <cmath>
#include <limits>
#include <map>

#include "catch.hpp"
#include "metrics/structure_oracle.hpp"

namespace vn = valuenet;
constexpr auto directed = vn::direction::directed;
constexpr auto networkx = vn::convention::networkx;
constexpr auto igraph = vn::convention::igraph;

namespace {

/// Pearson's correlation from its definition, over the list of pairs.
std::optional<double> pearson(const std::vector<std::pair<double, double>>& pairs) {
  long double mean_x = 0;
  long double mean_y = 0;
  for (const auto& [x, y] : pairs) {
    mean_x += x;
    mean_y += y;
  }
  const auto n = static_cast<long double>(pairs.size());
  mean_x /= n;
  mean_y /= n;
  long double xy = 0;
  long double xx = 0;
  long double yy = 0;
  for (const auto& [x, y] : pairs) {
    xy += (x - mean_x) * (y - mean_y);
    xx += (x - mean_x) * (x - mean_x);
    yy += (y - mean_y) * (y - mean_y);
  }
  if (pairs.empty() || xx < 1e-12L || yy < 1e-12L) return std::nullopt;
  return static_cast<double>(xy / std::sqrt(xx * yy));
}

void require_close(const std::optional<double>& found, const std::optional<double>& expected) {
  REQUIRE(found.has_value() == expected.has_value());
  if (expected) REQUIRE(*found == Approx(*expected).margin(1e-12));
}

/// Ordered pairs (source, target) of all arcs as the convention counts them.
std::vector<std::pair<std::size_t, std::size_t>> arcs(const oracle::matrix& m,
                                                      vn::convention convention) {
  std::vector<std::pair<std::size_t, std::size_t>> list;
  for (std::size_t u = 0; u < m.n; ++u) {
    for (std::size_t v = 0; v < m.n; ++v) {
      const std::uint64_t times = m(u, v) * (!m.directed && u == v && convention == igraph ? 2 : 1);
      for (std::uint64_t i = 0; i < times; ++i) list.emplace_back(u, v);
    }
  }
  return list;
}

}  // namespace

TEST_CASE("reciprocity of closed forms", "[reciprocity]") {
  CHECK_FALSE(vn::reciprocity(vn::graph{}).reciprocity);
  CHECK(vn::reciprocity(vn::path_graph(4)).reciprocity == 1.0);
  CHECK(vn::reciprocity(vn::cycle_graph(4, directed)).reciprocity == 0.0);
  const auto complete = vn::reciprocity(vn::complete_graph(4, directed));
  CHECK(complete.reciprocity == 1.0);
  CHECK(complete.mutual_pairs == 6);
  CHECK(complete.null_pairs == 0);
  CHECK_FALSE(complete.correlation);

  // 0 <-> 1 (weights 1 and 3, the latter in two arcs), 1 -> 2 and a loop; 3 alone.
  const auto g = vn::build_graph(
      std::vector<vn::edge>{{0, 1, 1.0}, {1, 0, 1.0}, {1, 0, 2.0}, {1, 2, 4.0}, {2, 2, 9.0}},
      {.vertex_count = 4});
  const auto gephi = vn::reciprocity(g);
  CHECK(*gephi.reciprocity == Approx(2.0 / 3.0));
  CHECK(gephi.mutual_pairs == 1);
  CHECK(gephi.asymmetric_pairs == 1);
  CHECK(gephi.null_pairs == 4);
  CHECK(*gephi.pair_ratio == Approx(0.5));
  CHECK(*gephi.weighted == Approx(2.0 / 8.0));
  CHECK(*gephi.correlation == Approx((2.0 / 3.0 - 0.25) / 0.75));
  CHECK(*vn::reciprocity(g, {.convention = networkx}).reciprocity == Approx(2.0 / 4.0));
  CHECK(*vn::reciprocity(g, {.convention = igraph}).reciprocity == Approx(2.0 / 4.0));
  CHECK_THROWS_AS(vn::reciprocity(vn::build_graph(std::vector<vn::edge>{{0, 1, -1.0}})),
                  std::invalid_argument);
}

TEST_CASE("reciprocity of random graphs as counted from the matrix", "[reciprocity]") {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    const auto edges = oracle::random_edges(seed);
    const auto m = edges.as_matrix();
    std::uint64_t simple = 0;
    std::uint64_t returned = 0;
    std::uint64_t all = 0;
    std::uint64_t all_returned = 0;
    std::uint64_t looped = 0;
    std::uint64_t mutual = 0;
    std::uint64_t null = 0;
    for (std::size_t u = 0; u < m.n; ++u) {
      looped += m(u, u) > 0 ? 1 : 0;
      for (std::size_t v = 0; v < m.n; ++v) {
        if (u == v) continue;
        simple += m(u, v) > 0 ? 1 : 0;
        returned += m(u, v) > 0 && m(v, u) > 0 ? 1 : 0;
        all += m(u, v);
        all_returned += std::min(m(u, v), m(v, u));
        mutual += u < v && m(u, v) > 0 && m(v, u) > 0 ? 1 : 0;
        null += u < v && !m.tied(u, v) ? 1 : 0;
      }
    }
    const auto share = [](std::uint64_t part, std::uint64_t whole) -> std::optional<double> {
      if (whole == 0) return std::nullopt;
      return static_cast<double>(part) / static_cast<double>(whole);
    };
    const auto g = edges.graph();
    const auto gephi = vn::reciprocity(g);
    REQUIRE(gephi.reciprocity == share(returned, simple));
    REQUIRE(gephi.mutual_pairs == mutual);
    REQUIRE(gephi.asymmetric_pairs == simple - returned);
    REQUIRE(gephi.null_pairs == null);
    REQUIRE(vn::reciprocity(g, {.convention = networkx}).reciprocity ==
            share(returned, simple + looped));
    REQUIRE(vn::reciprocity(g, {.convention = igraph}).reciprocity == share(all_returned, all));
  }
}

TEST_CASE("degree assortativity of closed forms", "[assortativity]") {
  CHECK_FALSE(vn::degree_assortativity(vn::graph{}));
  CHECK_FALSE(vn::degree_assortativity(vn::cycle_graph(5)));
  CHECK(*vn::degree_assortativity(vn::star_graph(4)) == Approx(-1.0));
  // Path of 4: arcs (1,2) (2,1) (2,2) (2,2) (2,1) (1,2): r = -1/2.
  CHECK(*vn::degree_assortativity(vn::path_graph(4)) == Approx(-0.5));
}

TEST_CASE("degree assortativity of random graphs as by its definition", "[assortativity]") {
  using kind = vn::degree_kind;
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    const auto edges = oracle::random_edges(seed);
    const auto m = edges.as_matrix();
    const auto g = edges.graph();
    const auto degree = [&](std::size_t v, kind which, bool weighted) {
      double in = 0.0;
      double out = 0.0;
      for (std::size_t u = 0; u < m.n; ++u) {
        out += weighted ? m.weight(v, u) : static_cast<double>(m(v, u));
        in += weighted ? m.weight(u, v) : static_cast<double>(m(u, v));
      }
      if (!m.directed) return out + (weighted ? m.weight(v, v) : static_cast<double>(m(v, v)));
      return which == kind::in ? in : which == kind::out ? out : in + out;
    };
    for (const auto convention : vn::conventions) {
      for (const auto source : {kind::total, kind::in, kind::out}) {
        for (const auto target : {kind::total, kind::in, kind::out}) {
          for (const bool weighted : {false, true}) {
            std::vector<std::pair<double, double>> pairs;
            for (const auto& [u, v] : arcs(m, convention)) {
              pairs.emplace_back(degree(u, source, weighted), degree(v, target, weighted));
            }
            require_close(
                vn::degree_assortativity(g, {.source = source,
                                             .target = target,
                                             .measure = weighted ? vn::degree_measure::weight
                                                                 : vn::degree_measure::count,
                                             .convention = convention}),
                pearson(pairs));
          }
        }
      }
    }
  }
}

TEST_CASE("degree assortativity of Zachary's club", "[assortativity][shared]") {
  const auto file = oracle::shared("data/graphs/karate.tsv");
  if (!std::filesystem::exists(file)) {
    WARN("skipped: the classic networks are not here");
    return;
  }
  // NetworkX's documentation and igraph's agree on -0.47561.
  CHECK(*vn::degree_assortativity(oracle::read_edge_list(file).graph()) ==
        Approx(-0.47561309768461413).epsilon(1e-12));
}

TEST_CASE("attribute mixing of a worked example", "[assortativity]") {
  // a = b = (0.4, 0.6), so r = (0.8 - 0.52) / (1 - 0.52).
  const std::vector<std::vector<int>> table{{3, 1}, {1, 5}};
  std::vector<vn::edge> edges;
  std::vector<std::uint32_t> category;
  for (std::uint32_t i = 0; i < 2; ++i) {
    for (std::uint32_t j = 0; j < 2; ++j) {
      for (int k = 0; k < table[i][j]; ++k) {
        const auto v = static_cast<vn::vertex_id>(category.size());
        category.push_back(i);
        category.push_back(j);
        edges.push_back({v, v + 1});
      }
    }
  }
  const auto g = vn::build_graph(edges);
  const auto mixing = vn::attribute_mixing(g, category);
  CHECK(mixing.category_count == 2);
  CHECK(mixing.counts == std::vector<std::uint64_t>{3, 1, 1, 5});
  CHECK(mixing.arcs == edges.size());
  CHECK(*mixing.assortativity == Approx(7.0 / 12.0));

  category[0] = vn::no_category;
  const auto without = vn::attribute_mixing(g, category);
  CHECK(without.left_out == 1);
  CHECK(without.arcs == edges.size() - 1);
}

TEST_CASE("attribute and numeric assortativity of random graphs", "[assortativity]") {
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    const auto edges = oracle::random_edges(seed);
    const auto m = edges.as_matrix();
    const auto g = edges.graph();
    vn::detail::random_stream random(seed, 9);
    std::vector<std::uint32_t> category(m.n);
    std::vector<double> value(m.n);
    for (std::size_t v = 0; v < m.n; ++v) {
      const std::uint64_t drawn = random.below(4);
      category[v] = drawn == 3 ? vn::no_category : static_cast<std::uint32_t>(drawn);
      value[v] = random.normal();
    }
    for (const auto convention : vn::conventions) {
      const auto mixing = vn::attribute_mixing(g, category, {.convention = convention});
      std::vector<std::pair<double, double>> pairs;
      std::map<std::pair<std::uint32_t, std::uint32_t>, double> cells;
      double all = 0.0;
      for (const auto& [u, v] : arcs(m, convention)) {
        pairs.emplace_back(value[u], value[v]);
        if (category[u] == vn::no_category || category[v] == vn::no_category) continue;
        cells[{category[u], category[v]}] += 1.0;
        all += 1.0;
      }
      require_close(vn::numeric_assortativity(g, value, convention), pearson(pairs));
      REQUIRE(static_cast<double>(mixing.arcs) == all);
      REQUIRE(mixing.arcs + mixing.left_out == pairs.size());
      double within = 0.0;
      double expected = 0.0;
      for (std::uint32_t c = 0; c < 3; ++c) {
        double row = 0.0;
        double column = 0.0;
        for (std::uint32_t d = 0; d < 3; ++d) {
          row += cells[{c, d}];
          column += cells[{d, c}];
        }
        within += cells[{c, c}];
        expected += row * column;
      }
      if (all > 0.0 && all * all - expected > 0.5) {
        require_close(mixing.assortativity,
                      (within / all - expected / (all * all)) / (1 - expected / (all * all)));
      } else {
        REQUIRE_FALSE(mixing.assortativity);
      }
    }
  }
}

TEST_CASE("assortativity refuses what it cannot use", "[assortativity]") {
  const auto g = vn::path_graph(3);
  CHECK_THROWS_AS(vn::numeric_assortativity(g, std::vector<double>{1.0}), std::invalid_argument);
  CHECK_THROWS_AS(vn::numeric_assortativity(
                      g, std::vector<double>{1.0, 2.0, std::numeric_limits<double>::quiet_NaN()}),
                  std::invalid_argument);
  CHECK_THROWS_AS(vn::attribute_mixing(g, std::vector<std::uint32_t>{1}), std::invalid_argument);
  CHECK_THROWS_AS(vn::attribute_mixing(g, std::vector<std::uint32_t>{1, 2, 1U << 20}),
                  std::invalid_argument);
}

TEST_CASE("mixing statistics are the same at any number of threads", "[assortativity]") {
  const auto g = vn::rmat({.scale = 12, .direction = directed, .duplicates = vn::duplicates::sum});
  std::vector<std::uint32_t> category(g.vertex_count());
  for (std::size_t v = 0; v < category.size(); ++v) category[v] = static_cast<std::uint32_t>(v % 5);
  const auto one = vn::degree_assortativity(g, {}, {.threads = 1});
  const auto mixing = vn::attribute_mixing(g, category, {}, {.threads = 1});
  const auto returned = vn::reciprocity(g, {}, {.threads = 1});
  for (const int threads : {2, 8}) {
    CHECK(vn::degree_assortativity(g, {}, {.threads = threads}) == one);
    CHECK(vn::attribute_mixing(g, category, {}, {.threads = threads}).counts == mixing.counts);
    CHECK(vn::reciprocity(g, {}, {.threads = threads}).weighted == returned.weighted);
  }
}
