#include "valuenet/network/relatedness.hpp"

#include "valuenet/network/accounting.hpp"

#include <cmath>
#include <stdexcept>

#include "catch.hpp"
#include "six_actors.hpp"

namespace vn = valuenet;
using Catch::Approx;

TEST_CASE("relatedness of four categories in three places by hand") {
  // Rows sum to 4, 4, 4; columns to 4, 4, 2, 2 of 12: advantages are quotients above 1.
  const std::vector<double> x{2, 2, 0, 0,  //
                              2, 1, 1, 0,  //
                              0, 1, 1, 2};
  const auto found = vn::relatedness(x, 3, 4);
  // (2/4) / (4/12) = 1.5, (1/4) / (4/12) = 0.75, (1/4) / (2/12) = 1.5, (2/4) / (2/12) = 3.
  CHECK(*found.advantage[0] == Approx(1.5));
  CHECK(*found.advantage[5] == Approx(0.75));
  CHECK(*found.advantage[11] == Approx(3.0));
  CHECK(found.has_advantage == std::vector<std::uint8_t>{1, 1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 1});
  CHECK(found.diversity == std::vector<std::size_t>{2, 2, 2});
  CHECK(found.ubiquity == std::vector<std::size_t>{2, 1, 2, 1});
  CHECK(*found.entropy[0] == Approx(std::log(2.0)));
  CHECK(*found.entropy[1] == Approx(1.5 * std::log(2.0)));
  CHECK(*found.mean_ubiquity[0] == Approx(1.5));
  CHECK(*found.mean_ubiquity[1] == Approx(2.0));
  CHECK(*found.mean_diversity[3] == Approx(2.0));
  // Both: {0,1} one place, {0,2} one, {2,3} one.
  const std::vector<double> proximity{1,   0.5, 0.5, 0,    //
                                      0.5, 1,   0,   0,    //
                                      0.5, 0,   1,   0.5,  //
                                      0,   0,   0.5, 1};
  CHECK(found.proximity == proximity);
  // Near to 0 are 1 and 2, alike: the first place has 1, the second 2, the third 2.
  CHECK(*found.density[0] == Approx(0.5));
  CHECK(*found.density[4] == Approx(0.5));
  CHECK(*found.density[8] == Approx(0.5));
  CHECK(*found.density[1] == Approx(1.0));  // near to 1 is 0 alone
  CHECK(*found.density[9] == Approx(0.0));
  CHECK(*found.density[2 + 0] == Approx(0.5));  // near to 2 are 0 and 3; the first place has 0
  CHECK(*found.density[3] == Approx(0.0));
  const auto cosine = vn::relatedness(x, 3, 4, {.proximity = vn::proximity_measure::cosine});
  CHECK(cosine.proximity_of(0, 1) == Approx(1.0 / std::sqrt(2.0)));
  CHECK(cosine.proximity_of(0, 2) == Approx(0.5));
}

TEST_CASE("relatedness of the technologies of six actors by hand") {
  // At both ends: Beijing 3 and 1, Shanghai 2 and 1, abroad 1 and 0 of 视觉 and 芯片.
  const vn::value_network network = six_actors();
  const auto counts =
      vn::count_relations(network,
                          vn::group_relations(network, vn::group_actors(network, vn::by::province),
                                              vn::counted_end::both),
                          vn::group_relations(network, "technology"));
  const auto found = vn::relatedness(counts.cells, 3, 2);
  // Of 视觉 (6 of 8): Beijing 0.75 / 0.75 = 1 has none over 1, Shanghai has 芯片, abroad 视觉.
  CHECK(found.has_advantage == std::vector<std::uint8_t>{0, 0, 0, 1, 1, 0});
  CHECK(found.diversity == std::vector<std::size_t>{0, 1, 1});
  CHECK_FALSE(found.mean_ubiquity[0]);
  CHECK(found.proximity_of(0, 1) == 0);
  CHECK_FALSE(found.density[0]);  // nothing is near
  const auto low = vn::relatedness(counts.cells, 3, 2, {.threshold = 0.5});
  CHECK(low.diversity == std::vector<std::size_t>{2, 2, 1});
  CHECK(low.proximity_of(0, 1) == Approx(2.0 / 3.0));
}

TEST_CASE("proximity against its definition on random tables") {
  unsigned long long state = 7;
  const auto draw = [&] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<double>((state >> 33) % 7);
  };
  constexpr std::size_t places = 40;
  constexpr std::size_t categories = 23;
  std::vector<double> x(places * categories);
  for (double& each : x) each = std::max(0.0, draw() - 3.0);
  const auto found = vn::relatedness(x, places, categories);
  const auto has = [&](std::size_t p, std::size_t c) {
    return found.has_advantage[p * categories + c] != 0;
  };
  for (std::size_t a = 0; a < categories; ++a) {
    double near = 0.0;
    for (std::size_t b = 0; b < categories; ++b) {
      double both = 0, of_a = 0, of_b = 0;
      for (std::size_t p = 0; p < places; ++p) {
        both += has(p, a) && has(p, b) ? 1 : 0;
        of_a += has(p, a) ? 1 : 0;
        of_b += has(p, b) ? 1 : 0;
      }
      CHECK(found.proximity_of(a, b) == Approx(std::min(both / of_a, both / of_b)));
      if (a != b) near += found.proximity_of(a, b);
    }
    for (std::size_t p = 0; p < places; ++p) {
      double held = 0.0;
      for (std::size_t b = 0; b < categories; ++b) {
        if (b != a && has(p, b)) held += found.proximity_of(a, b);
      }
      CHECK(*found.density[p * categories + a] == Approx(held / near));
    }
  }
  for (const int threads : {1, 2, 8}) {
    const auto again = vn::relatedness(x, places, categories, {}, {.threads = threads});
    CHECK(again.proximity == found.proximity);
    CHECK(again.density == found.density);
  }
}

TEST_CASE("tables that have no relatedness") {
  CHECK(vn::relatedness({}, 0, 0).proximity.empty());
  const auto empty = vn::relatedness(std::vector<double>{0, 0}, 1, 2);
  CHECK_FALSE(empty.advantage[0]);
  CHECK_FALSE(empty.entropy[0]);
  CHECK(empty.proximity == std::vector<double>{0, 0, 0, 0});
  CHECK_THROWS_AS(vn::relatedness(std::vector<double>{1}, 1, 2), std::invalid_argument);
  CHECK_THROWS_AS(vn::relatedness(std::vector<double>{-1, 1}, 1, 2), std::invalid_argument);
  CHECK_THROWS_AS(vn::relatedness(std::vector<double>{1, 1}, 1, 2, {.threshold = -1}),
                  std::invalid_argument);
  CHECK_THROWS_AS(vn::relatedness({}, 0, 10'000), std::invalid_argument);
}
