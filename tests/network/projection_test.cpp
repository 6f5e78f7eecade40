#include "valuenet/network/projection.hpp"

#include <cmath>
#include <map>
#include <stdexcept>
#include <utility>

#include "catch.hpp"

namespace vn = valuenet;
using Catch::Approx;

namespace {

/// Patents p, q, r, s of the firms a, b, c: p of a, b and c; q of a and b (b named twice); r of a;
/// s of b and c. Actors: p q r s a b c = 0 .. 6.
vn::value_network example() {
  vn::actor_table actors;
  for (const char* id : {"p", "q", "r", "s", "a", "b", "c"}) actors.ids.intern(id);
  vn::relation_table relations;
  relations.givers = {0, 0, 0, 1, 1, 1, 2, 3, 3};
  relations.takers = {4, 5, 6, 4, 5, 5, 4, 5, 6};
  return {std::move(actors), std::move(relations)};
}

std::map<std::pair<int, int>, double> edges_of(const vn::projection_result& result) {
  std::map<std::pair<int, int>, double> edges;
  for (vn::vertex_id v = 0; v < result.graph.vertex_count(); ++v) {
    for (std::size_t i = 0; i < result.graph.out_arc_count(v); ++i) {
      const vn::arc_id arc = result.graph.first_out_arc(v) + i;
      const vn::vertex_id w = result.graph.target(arc);
      if (v < w) edges[{static_cast<int>(v), static_cast<int>(w)}] = result.graph.weight(arc);
    }
  }
  return edges;
}

}  // namespace

TEST_CASE("four patents of three firms, by every rule, by hand") {
  const auto by = [](vn::projection_weight weight) {
    return edges_of(vn::project(example(), {.weight = weight}));
  };
  const auto count = by(vn::projection_weight::count);
  CHECK(count.at({0, 1}) == 2);
  CHECK(count.at({0, 2}) == 1);
  CHECK(count.at({1, 2}) == 2);
  CHECK(count.size() == 3);
  const auto fractional = by(vn::projection_weight::fractional);
  CHECK(fractional.at({0, 1}) == Approx(1.0 / 3 + 1));
  CHECK(fractional.at({0, 2}) == Approx(1.0 / 3));
  const auto newman = by(vn::projection_weight::newman);
  CHECK(newman.at({0, 1}) == Approx(0.5 + 1));
  CHECK(newman.at({0, 2}) == Approx(0.5));
  // Events: a 3, b 3, c 2.
  const auto jaccard = by(vn::projection_weight::jaccard);
  CHECK(jaccard.at({0, 1}) == Approx(2.0 / 4));
  CHECK(jaccard.at({0, 2}) == Approx(1.0 / 4));
  const auto cosine = by(vn::projection_weight::cosine);
  CHECK(cosine.at({0, 1}) == Approx(2.0 / 3));
  CHECK(cosine.at({1, 2}) == Approx(2.0 / std::sqrt(6.0)));
}

TEST_CASE("a projection says what it joined") {
  const auto firms = vn::project(example());
  CHECK(firms.actors == std::vector<vn::actor_id>{4, 5, 6});
  CHECK(firms.events == 4);
  CHECK(firms.lone_events == 1);
  CHECK(firms.events_left_out == 0);
  CHECK(firms.actors_in_both_modes == 0);
  CHECK(firms.events_of_actor == std::vector<std::uint64_t>{3, 3, 2});
  const auto patents = vn::project(example(), {.onto = vn::projected_end::givers});
  CHECK(patents.actors == std::vector<vn::actor_id>{0, 1, 2, 3});
  CHECK(edges_of(patents).at({0, 3}) == 2);
  CHECK(edges_of(patents).size() == 5);
  const auto small = vn::project(example(), {.most_parties = 2});
  CHECK(small.events_left_out == 1);
  CHECK(edges_of(small).size() == 2);
  CHECK_THROWS_AS(vn::project(example(), {.most_parties = 1}), std::invalid_argument);
  CHECK(vn::project(vn::value_network()).graph.vertex_count() == 0);
}

TEST_CASE("fractional counts add up to the events with two parties or more") {
  for (const int threads : {1, 2, 8}) {
    const auto result =
        vn::project(example(), {.weight = vn::projection_weight::fractional}, {.threads = threads});
    double sum = 0.0;
    for (const auto& [pair, weight] : edges_of(result)) sum += weight;
    CHECK(sum == Approx(3.0));
  }
}
