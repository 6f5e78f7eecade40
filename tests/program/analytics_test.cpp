// The verbs of the value network's own analytics on data/example.
#include <string>

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "output_of.hpp"

using Catch::Approx;
using nlohmann::json;

TEST_CASE("rank by any metric, and split") {
  const auto plain = json::parse(output_of("rank --json --by out-degree " + example));
  CHECK(plain.at("total") == 25);
  CHECK(plain.at("population") == 12);
  CHECK(plain.at("actors").at(0).at("share") ==
        Approx(plain.at("actors").at(0).at("value").get<double>() / 25));
  const auto core = json::parse(output_of("rank --json --by core " + example));
  CHECK(core.at("total").is_null());
  CHECK(core.at("actors").at(0).at("share").is_null());
  double given = 0.0;
  const auto split =
      json::parse(output_of("rank --json --by out-degree --split dimension " + example));
  REQUIRE(split.at("rankings").size() == 3);
  for (const auto& part : split.at("rankings")) given += part.at("total").get<double>();
  CHECK(given == 25);
  const auto investors = json::parse(output_of("rank --json --split investor " + example));
  CHECK(investors.at("rankings").at(0).at("value") == "institutional");
  CHECK(investors.at("rankings").at(0).at("actors").at(0).at("id") == "zi");
  CHECK(investors.at("rankings").at(1).at("actors").at(0).at("id") == "geng");
  const auto years = json::parse(output_of("rank --json --split year --from 2021 " + example));
  CHECK(years.at("rankings").size() == 2);
}
