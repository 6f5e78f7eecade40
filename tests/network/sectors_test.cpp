#include "valuenet/network/sectors.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "catch.hpp"
#include "six_actors.hpp"

namespace vn = valuenet;
using Catch::Approx;

namespace {

const vn::sector_exchange& line(const vn::sector_result& result, std::string_view level,
                                std::string_view with) {
  const auto at =
      std::find_if(result.lines.begin(), result.lines.end(), [&](const vn::sector_exchange& each) {
        return each.level == level && each.partner.name == with;
      });
  REQUIRE(at != result.lines.end());
  return *at;
}

}  // namespace

TEST_CASE("the national classification holds 20 sections and 97 divisions") {
  const auto all = vn::national_classification();
  std::set<std::string> sections, divisions;
  for (const auto& each : all) {
    sections.insert(each.section);
    // Sections of one division of the same name have no line of their own for it.
    if (each.label != each.section) divisions.insert(each.label);
    CHECK((each.sector == "primary" || each.sector == "secondary" || each.sector == "tertiary"));
  }
  CHECK(sections.size() == 20);
  CHECK(divisions.size() + 3 == 97);  // 房地产业, 教育, 国际组织
  const auto find = [&](const char* label) {
    return *std::find_if(all.begin(), all.end(), [&](const auto& c) { return c.label == label; });
  };
  CHECK(find("汽车制造业").section == "制造业");
  CHECK(find("汽车制造业").sector == "secondary");
  CHECK(find("农业").sector == "primary");
  CHECK(find("金属制品、机械和设备修理业").sector == "tertiary");
  CHECK(find("金属制品、机械和设备修理业").section == "制造业");
  CHECK(find("教育").sector == "tertiary");
}

TEST_CASE("what the core exchanges in six actors, by hand") {
  // Core a, b, d; converged c (教育), e (汽车制造业). a->b within; a->c, b->c, d->e given;
  // c->a, c->d taken.
  const auto found = vn::sector_exchanges(six_actors());
  const auto& own = line(found, "side", "core").partner;
  CHECK(own.given == 1);
  CHECK(*own.share_of_given == Approx(1.0 / 4));
  CHECK(*own.share_of_taken == Approx(1.0 / 3));
  const auto& converged = line(found, "side", "converged").partner;
  CHECK(converged.given == 3);
  CHECK(converged.taken == 2);
  CHECK(*converged.share_of_given == Approx(3.0 / 4));
  CHECK(*converged.given_of_both == Approx(3.0 / 5));
  const auto& tertiary = line(found, "sector", "tertiary").partner;
  CHECK(tertiary.given == 2);
  CHECK(tertiary.taken == 2);
  CHECK(*tertiary.share_of_given == Approx(2.0 / 3));
  CHECK(*tertiary.share_of_taken == Approx(1.0));
  const auto& secondary = line(found, "sector", "secondary").partner;
  CHECK(*secondary.share_of_given == Approx(1.0 / 3));
  CHECK(*secondary.given_of_both == Approx(1.0));
  const auto& making = line(found, "section", "制造业");
  CHECK(making.parent == "secondary");
  CHECK(*making.partner.share_of_given == Approx(1.0));
  CHECK_FALSE(making.partner.share_of_taken);  // nothing is taken from the secondary sector
  CHECK(line(found, "division", "汽车制造业").parent == "制造业");
  CHECK(found.unclassified_given == 0);
  const auto weight =
      vn::sector_exchanges(six_actors(), {.flows = {.measure = vn::flow_measure::weight}});
  CHECK(line(weight, "side", "converged").partner.given == 7);
  CHECK(line(weight, "sector", "secondary").partner.given == 4);
  // Seen from the converged sector, given and taken change places.
  const auto back = vn::sector_exchanges(six_actors(), {.focus = "converged"});
  CHECK(line(back, "side", "core").partner.taken == 3);
  CHECK(back.unclassified_given == 1);  // to a, whose 软件 is in no class; d's is 金融业
}

TEST_CASE("a classification and groups of one's own") {
  const std::vector<vn::industry_class> own{{"教育", "knowledge", "soft"},
                                            {"汽车制造业", "machines", "hard"}};
  const auto found = vn::sector_exchanges(six_actors(), {.classification = own});
  CHECK(*line(found, "sector", "soft").partner.share_of_given == Approx(2.0 / 3));
  CHECK(line(found, "section", "machines").parent == "hard");
  const auto groups =
      vn::regroup_actors(six_actors(), "province", {{"北京", "north"}, {"上海", "east"}}, "side");
  CHECK(groups.labels == std::vector<std::string>{"north", "east"});
  CHECK(groups.group == std::vector<std::uint32_t>{0, 0, 1, vn::no_group, 1, vn::no_group});
  CHECK_THROWS_AS(
      vn::regroup_actors(six_actors(), "province", {{"北京", "north"}, {"北京", "east"}}, "side"),
      std::invalid_argument);
  CHECK_THROWS_AS(vn::regroup_actors(six_actors(), "colour", {}, "side"), std::invalid_argument);
  CHECK_THROWS_AS(vn::sector_exchanges(six_actors(), {.focus = "none"}), std::invalid_argument);
  CHECK(vn::sector_exchanges(six_actors(), {.industry_column = ""}).lines.size() == 2);
  CHECK_THROWS_AS(vn::sector_exchanges(six_actors(), {.industry_column = "none"}),
                  std::invalid_argument);
  CHECK_THROWS_AS(vn::group_by_industry(six_actors(), vn::industry_level::sector, "industry",
                                        {{"教育", "a", "b"}, {"教育", "a", "c"}}),
                  std::invalid_argument);
}

TEST_CASE("industries are found with 业 or without") {
  vn::actor_table actors;
  for (const char* id : {"a", "b", "c", "d"}) actors.ids.intern(id);
  for (const char* x : {"汽车制造", "金融", "制造业", "占星"}) actors.industry.push_back(x);
  const vn::value_network network(std::move(actors), {});
  const auto sector = vn::group_by_industry(network, vn::industry_level::sector);
  const auto name = [&](std::size_t a) { return sector.labels[sector.group[a]]; };
  CHECK(name(0) == "secondary");
  CHECK(name(1) == "tertiary");
  CHECK(name(2) == "secondary");
  CHECK(sector.group[3] == vn::no_group);
  const auto division = vn::group_by_industry(network, vn::industry_level::division);
  CHECK(division.labels[division.group[0]] == "汽车制造业");
  CHECK(division.group[2] == vn::no_group);  // its section is known, its division not
}

TEST_CASE("an exchange keeps what has no group apart") {
  const vn::value_network network = six_actors();
  const auto places = vn::group_actors(network, vn::by::type);
  // The focus is a; c is a university, b a firm.
  const auto found = vn::exchange(network, {1, 0, 0, 0, 0, 0}, places);
  REQUIRE(found.partners.size() == 2);
  CHECK(found.partners[0].name == "firm");
  CHECK(found.partners[0].given == 1);
  CHECK(found.partners[1].given == 1);
  CHECK(found.partners[1].taken == 1);
  CHECK(*found.partners[1].share_of_both == Approx(2.0 / 3));
  CHECK(found.within == 0);
  auto none = places;
  std::fill(none.group.begin(), none.group.end(), vn::no_group);
  const auto nothing = vn::exchange(network, {1, 0, 0, 0, 0, 0}, none);
  CHECK(nothing.given_without_group == 2);
  CHECK(nothing.taken_without_group == 1);
  CHECK(nothing.partners.empty());
  CHECK_THROWS_AS(vn::exchange(network, {1}, places), std::invalid_argument);
}
