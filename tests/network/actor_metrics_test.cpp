#include "valuenet/network/actor_metrics.hpp"

#include "valuenet/network/rankings.hpp"

#include <cmath>
#include <map>
#include <stdexcept>
#include <string>

#include "catch.hpp"
#include "six_actors.hpp"

namespace vn = valuenet;
using Catch::Approx;
using metric = vn::actor_metric;

namespace {

constexpr double undefined = -1.0;

vn::selection six() {
  return vn::select(six_actors(), {.all_actors = true});
}

void check(metric which, const std::vector<double>& expected,
           const vn::actor_metric_options& options = {}) {
  INFO(vn::facts_of(which).name);
  const auto found = vn::actor_values(six(), which, options);
  CHECK(found.metric == which);
  CHECK(found.converged);
  REQUIRE(found.values.size() == 6);
  REQUIRE(found.defined.size() == 6);
  for (std::size_t v = 0; v < 6; ++v) {
    INFO("vertex " << v);
    CHECK((found.defined[v] != 0) == (expected[v] != undefined));
    CHECK(found.values[v] == Approx(std::max(0.0, expected[v])).margin(1e-9));
  }
}

}  // namespace

TEST_CASE("every metric of six actors, by hand") {
  check(metric::degree, {3, 2, 4, 2, 1, 0});
  check(metric::in_degree, {1, 1, 2, 1, 1, 0});
  check(metric::out_degree, {2, 1, 2, 1, 0, 0});
  check(metric::weighted_degree, {6, 2, 7, 5, 4, 0});
  check(metric::weighted_in_degree, {3, 1, 3, 1, 4, 0});
  check(metric::weighted_out_degree, {3, 1, 4, 4, 0, 0});
  // Through c: a-d, a-e, b-a, b-d, b-e; through d: a-e, b-e, c-e; through a: c-b.
  check(metric::betweenness, {1, 0, 5, 3, 0, 0});
  check(metric::closeness, {4.0 / 7, 4.0 / 8, 4.0 / 6, 1, undefined, undefined});
  check(metric::harmonic, {(1 + 1 + 0.5 + 1.0 / 3) / 4, (1 + 0.5 + 0.5 + 1.0 / 3) / 4, 3.0 / 4, 1,
                           undefined, undefined});
  check(metric::eccentricity, {3, 3, 2, 1, undefined, undefined});
  check(metric::core, {2, 2, 2, 1, 1, 0});
  check(metric::onion_layer, {4, 4, 4, 3, 2, 1});
  const auto depth = vn::actor_values(six(), metric::coreness);  // metrics/core_periphery_test.cpp
  CHECK(depth.values[2] == Approx(0.832652).margin(2e-5));
  check(metric::triangles, {1, 1, 1, 0, 0, 0});
  // To Gephi the arcs a->c and c->a are of two kinds and so no pair: a has c twice among its three
  // neighbours, and b's arc to c counts twice; c has a twice among its four.
  check(metric::clustering, {2.0 / 6, 1, 2.0 / 12, 0, undefined, undefined});
  // z is 1, to each other 2 between a and c: a has p = 1/3, 2/3; b 1/2, 1/2; c 1/4, 1/2, 1/4.
  check(metric::constraint,
        {std::pow(1.0 / 3 + 1.0 / 6, 2) + std::pow(2.0 / 3 + 1.0 / 6, 2) - 0.0,
         std::pow(0.5 + 0.25, 2) + std::pow(0.5 + 1.0 / 3, 2),
         std::pow(0.5 + 0.125, 2) + std::pow(0.25 + 1.0 / 6, 2) + 1.0 / 16, 0.5, 1, undefined});
  check(metric::brokerage, {1, 0, 3, 1, 0, 0});
  check(metric::parts, {1, 1, 2, 2, 1, 0});
}

TEST_CASE("spectral metrics of six actors, by hand and by NetworkX 3.6.1") {
  // lambda^3 = lambda + 1, and x falls by lambda along c->a->b and c->d->e.
  const double lambda = 1.324717957244746;
  check(metric::eigenvector,
        {1 / lambda, 1 / lambda / lambda, 1, 1 / lambda, 1 / lambda / lambda, 0});
  // NetworkX: pagerank(tol=1e-14), katz_centrality(alpha=1/(2 lambda), normalized=False).
  const std::vector<double> walker{0.1703827352, 0.1359246453, 0.2514605938,
                                   0.1703827352, 0.2083373077, 0.06351198283};
  check(metric::pagerank, walker, {.convention = vn::convention::igraph});
  check(metric::katz, {1.890962557, 1.713722701, 2.360548198, 1.890962557, 1.713722701, 1.0});
  // The pair a, b -> c, b: golden section.
  const double phi = (std::sqrt(5.0) - 1.0) / 2.0;
  check(metric::hub, {1, phi, 0, 0, 0, 0});
  check(metric::authority, {0, phi, 1, 0, 0, 0});
}

TEST_CASE("Burt's effective size and efficiency as NetworkX 3.6.1 has them") {
  check(metric::effective_size, {1.1666666666666667, 1, 2.375, 2, 1, undefined});
  check(metric::efficiency, {0.58333333333333333, 0.5, 2.375 / 3, 1, 1, undefined});
  const auto weighted =
      vn::actor_values(six(), metric::constraint, {.weights = vn::arc_weights::use});
  // d: p = 1/5 to c, 4/5 to e.
  CHECK(weighted.values[3] == Approx(0.04 + 0.64));
}

TEST_CASE("metrics have names, definitions and a way back") {
  std::map<std::string_view, int> names;
  for (const auto& each : vn::actor_metrics()) {
    CHECK(++names[each.name] == 1);
    CHECK_FALSE(each.definition.empty());
    CHECK(vn::parse_actor_metric(each.name) == each.metric);
    CHECK(&vn::facts_of(each.metric) == &each);
  }
  CHECK_FALSE(vn::parse_actor_metric("beauty"));
}

TEST_CASE("every metric of the null graph and of one without relations") {
  const vn::selection none = vn::select(vn::value_network{});
  vn::actor_table actors;
  for (const char* id : {"a", "b"}) actors.ids.intern(id);
  const vn::selection two =
      vn::select(vn::value_network(std::move(actors), {}), {.all_actors = true});
  for (const auto& each : vn::actor_metrics()) {
    INFO(each.name);
    CHECK(vn::actor_values(none, each.metric).values.empty());
    CHECK(vn::actor_values(two, each.metric).values.size() == 2);
    CHECK(vn::rank_by(none, each.metric).actors.empty());
  }
  CHECK(vn::rank_by(two, metric::closeness).undefined == 2);
}

TEST_CASE("metrics have the same bits at any number of threads") {
  for (const auto& each : vn::actor_metrics()) {
    INFO(each.name);
    const auto one = vn::actor_values(six(), each.metric, {}, {.threads = 1});
    for (const int threads : {2, 8}) {
      const auto more = vn::actor_values(six(), each.metric, {}, {.threads = threads});
      CHECK(more.values == one.values);
      CHECK(more.defined == one.defined);
    }
  }
}
