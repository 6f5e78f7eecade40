#include "valuenet/synthesis/profile.hpp"

#include "valuenet/error.hpp"

#include <stdexcept>
#include <string>
#include <utility>

#include "catch.hpp"

namespace vn = valuenet;

namespace {

const std::string sound = R"({"name": "x", "title": "surrogate of x",
 "kinds": [{"dimension": "technology", "kind": "input", "surveyed": "taker", "relations": 9,
            "relation_side_actors": 5}],
 "stages": [{"sample_actors": 3, "relation_actors": 5, "edges": 9,
             "diameter": {"value": 4, "tolerance": 0}}],
 "traits": [{"columns": ["country", "province"],
             "values": [["中国", "北京市"], {"cells": ["美国", ""], "role": "relation"}]}],
 "shares": [{"label": "origin", "count": "partner", "of": ["technology"],
             "parts": [{"actor": {"country": "美国"}, "percent": 20}]}],
 "named": [{"label": "A", "role": "sample", "input_in": 4, "country": "中国"}]})";

std::string with(const std::string& old, const std::string& fresh) {
  std::string text = sound;
  const auto at = text.find(old);
  REQUIRE(at != std::string::npos);
  return text.replace(at, old.size(), fresh);
}

}  // namespace

TEST_CASE("a profile's fields arrive") {
  const vn::surrogate_profile profile = vn::parse_profile(sound, "p.json");
  REQUIRE(profile.kinds.size() == 1);
  CHECK_FALSE(profile.kinds[0].sample_gives);
  CHECK(profile.kinds[0].relations == 9U);
  REQUIRE(profile.stages.size() == 1);
  CHECK(profile.actor_count() == 8);
  CHECK(profile.stages[0].diameter->value == 4.0);
  CHECK_FALSE(profile.stages[0].modularity);
  REQUIRE(profile.traits.size() == 1);
  CHECK(profile.traits[0].values[1].role == vn::role::relation);
  REQUIRE(profile.shares.size() == 1);
  CHECK(profile.shares[0].label == "origin: 美国");
  CHECK(profile.shares[0].tolerance == 0.5);
  REQUIRE(profile.named.size() == 1);
  CHECK(profile.named[0].cells[0].value == "中国");
  CHECK(profile.named[0].degrees[0].of == "input");
  CHECK(profile.named[0].degrees[0].side == vn::degree_side::in);
}

TEST_CASE("the profiles that ship can be read, others are named") {
  for (const std::string& name : vn::profile_names()) {
    INFO(name);
    CHECK(vn::profile(name).name == name);
  }
  CHECK_THROWS_AS(vn::profile("1999"), std::invalid_argument);
  CHECK_THROWS_WITH(vn::profile("1999"), Catch::Contains("2021"));
}

TEST_CASE("what is no profile gets one sentence: file, place, found, expected") {
  const auto wrong = [](const std::string& text) {
    try {
      static_cast<void>(vn::parse_profile(text, "p.json"));
    } catch (const vn::parse_error& e) {
      return std::string(e.what());
    }
    return std::string("no error");
  };
  CHECK(wrong("{\n\n x") == "p.json:3: no JSON here; expected a surrogate profile");
  CHECK(wrong(with("\"relations\": 9", "\"relations\": \"9\"")) ==
        "p.json: /kinds/0/relations: found \"9\", expected a whole number from 1 to 2147483647");
  CHECK(wrong(with("\"relations\": 9", "\"relations\": -9")).find("/kinds/0/relations: found -9") !=
        std::string::npos);
  CHECK(wrong(with("\"edges\": 9,", "")) == "p.json: /stages/0: has no field \"edges\"");
  CHECK(wrong(with("\"edges\"", "\"egdes\"")).find("found the field \"egdes\", expected year") !=
        std::string::npos);
  CHECK(wrong(with("\"taker\"", "\"giver and taker\"")).find("expected \"giver\" or \"taker\"") !=
        std::string::npos);
  CHECK(wrong(with("surrogate of x", "the network of x")).find("begins with \"surrogate\"") !=
        std::string::npos);
  CHECK(wrong(with("[\"中国\", \"北京市\"]", "[\"中国\"]"))
            .find("/traits/0/values/0: found an array of 1, expected 2 cells") !=
        std::string::npos);
  CHECK(wrong(with("{\"country\": \"美国\"}", "{\"country\": \"法国\"}"))
            .find("no value of traits has the country \"法国\"") != std::string::npos);
  CHECK(wrong(with("[\"technology\"]", "[\"tecnology\"]")).find("is no dimension and no kind") !=
        std::string::npos);
  CHECK(wrong(with("\"input_in\": 4", "\"input_up\": 4")).find("/named/0/input_up") !=
        std::string::npos);
  CHECK(
      wrong(with("\"percent\": 20", "\"percent\": 120")).find("expected a number from 0 to 100") !=
      std::string::npos);
  CHECK(wrong("[]").find("found an array of 0, expected an object") != std::string::npos);
  CHECK(wrong(std::string(100000, '[')).find("p.json") != std::string::npos);
}

TEST_CASE("a profile cut short at any byte is refused") {
  for (std::size_t length = 0; length < sound.size(); length += 3) {
    CHECK_THROWS_AS(vn::parse_profile(std::string_view(sound).substr(0, length), "p.json"),
                    vn::parse_error);
  }
}
