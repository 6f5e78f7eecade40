// The Yangtze delta report of 2025 on capital and patents across cities and provinces: from records
// back to its flows, its shares, and what its vague numbers (2600余, "over 2600") must have been.
//
// Source: 郑天池、薛富兴、沈嘉晨：长三角地区人工智能产业协同发展的分析, figures of the text, in
// data/published/delta_*.csv. Its records are private: the printed sums are expanded to deals,
// subsidiaries and patents with their parties, and everything is then computed from these. What is
// not printed (which of the other places a flow went to) is dealt out evenly, and no result below
// that is compared depends on it.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <valuenet/network/accounting.hpp>
#include <valuenet/network/flows.hpp>
#include <valuenet/network/parties.hpp>
#include <valuenet/network/projection.hpp>

#include "published_tables.hpp"

namespace vn = valuenet;
using published::comparison;
using published::fixed;

namespace {

constexpr const char* delimiter = ";";

/// The provinces, and two cities of each that the report names (上海 is one).
const std::map<std::string, std::vector<std::string>> cities_of{{"上海", {"上海"}},
                                                                {"江苏", {"苏州", "南京"}},
                                                                {"浙江", {"杭州", "宁波"}},
                                                                {"安徽", {"合肥", "芜湖"}}};

using amounts = std::map<std::string, int>;

int sum_of(const amounts& parts) {
  int sum = 0;
  for (const auto& [name, amount] : parts) sum += amount;
  return sum;
}

/// Deals `whole` out over names as evenly as whole numbers go.
amounts spread(int whole, const std::vector<std::string>& names) {
  amounts result;
  const int count = static_cast<int>(names.size());
  int place = 0;
  for (const std::string& name : names) {
    result[name] = whole / count + (place++ < whole % count ? 1 : 0);
  }
  return result;
}

/// Pairs of different places with these sums given and taken: the place with most left gives to
/// the other place with most left.
std::vector<std::pair<std::string, std::string>> deal_out(amounts given, amounts taken) {
  std::vector<std::pair<std::string, std::string>> pairs;
  const auto largest = [](amounts& parts, const std::string& except) {
    auto best = parts.end();
    for (auto at = parts.begin(); at != parts.end(); ++at) {
      if (at->first != except && (best == parts.end() || at->second > best->second)) best = at;
    }
    return best;
  };
  for (int left = sum_of(given); left > 0; --left) {
    const auto from = largest(given, "");
    const auto to = largest(taken, from->first);
    if (to->second == 0) throw std::runtime_error("no flow has these sums");
    --from->second;
    --to->second;
    pairs.emplace_back(from->first, to->first);
  }
  return pairs;
}

/// A flow from city to city.
struct flow {
  std::string from;
  std::string to;
};

/// Records with one or several givers each, and the places of everyone.
class record_table {
 public:
  std::string party(const std::string& kind, const std::string& province, const std::string& city) {
    std::string id = kind + ' ' + std::to_string(actors_.ids.size());
    actors_.ids.intern(id);
    actors_.province.push_back(province);
    actors_.city.push_back(city);
    return id;
  }
  void add(const std::string& giver, const std::string& taker, const std::string& topic = "") {
    ends_.emplace_back(giver, taker);
    relations_.technology.push_back(topic);
  }
  vn::value_network finish() {
    for (const auto& [giver, taker] : ends_) {
      relations_.givers.push_back(actors_.ids.intern(giver) - 1);
      relations_.takers.push_back(actors_.ids.intern(taker) - 1);
    }
    actors_.province.pad(actors_.size());
    actors_.city.pad(actors_.size());
    return {std::move(actors_), std::move(relations_)};
  }

 private:
  vn::actor_table actors_;
  vn::relation_table relations_;
  std::vector<std::pair<std::string, std::string>> ends_;
};

std::string province_of(const std::string& city) {
  for (const auto& [province, cities] : cities_of) {
    if (std::find(cities.begin(), cities.end(), city) != cities.end()) return province;
  }
  throw std::runtime_error("no province of " + city);
}

/// Flows between cities with the printed sums: across provinces as given, and beside them so many
/// across the cities of a province and within a city.
std::vector<flow> expand(const std::vector<std::pair<std::string, std::string>>& across_provinces,
                         int across_cities_within_province, int within_city) {
  std::vector<flow> flows;
  std::map<std::string, std::size_t> turn;
  const auto next_city = [&](const std::string& province) {
    const std::vector<std::string>& cities = cities_of.at(province);
    return cities[turn[province]++ % cities.size()];
  };
  for (const auto& [from, to] : across_provinces) flows.push_back({next_city(from), next_city(to)});
  std::vector<std::string> with_two;
  std::vector<std::string> cities;
  for (const auto& [province, its] : cities_of) {
    if (its.size() > 1) with_two.push_back(province);
    cities.insert(cities.end(), its.begin(), its.end());
  }
  for (const auto& [province, amount] : spread(across_cities_within_province, with_two)) {
    const std::vector<std::string>& its = cities_of.at(province);
    for (int i = 0; i < amount; ++i) {
      const std::size_t from = i % 2 == 0 ? 0 : 1;
      flows.push_back({its[from], its[1 - from]});
    }
  }
  for (const auto& [city, amount] : spread(within_city, cities)) {
    for (int i = 0; i < amount; ++i) flows.push_back({city, city});
  }
  return flows;
}

/// Deals of one firm at one time are one event, with several investors: so many events as printed.
vn::value_network as_events(const std::vector<flow>& deals, int events) {
  std::map<std::string, std::vector<flow>> by_taker;
  for (const flow& deal : deals) by_taker[deal.to].push_back(deal);
  record_table table;
  std::size_t deals_left = deals.size();
  auto events_left = static_cast<std::size_t>(events);
  for (const auto& [city, its] : by_taker) {
    // Events in proportion to the deals, so that all of both are used up.
    const std::size_t its_events =
        (its.size() * events_left + deals_left / 2) / std::max<std::size_t>(deals_left, 1);
    std::vector<std::string> investors(its_events);
    for (std::size_t i = 0; i < its.size(); ++i) {
      const std::string investor = table.party("投资方", province_of(its[i].from), its[i].from);
      std::string& all = investors[i % its_events];
      all += (all.empty() ? "" : delimiter) + investor;
    }
    for (const std::string& all : investors) {
      table.add(all, table.party("融资方", province_of(city), city));
    }
    deals_left -= its.size();
    events_left -= its_events;
  }
  return table.finish();
}

struct printed_flows {
  amounts given;
  amounts taken;
  std::map<std::pair<std::string, std::string>, published::row> rows;  // direction, place
};

printed_flows read_flows(const std::string& folder, const std::string& network) {
  printed_flows result;
  for (const published::row& row : published::read(folder + "delta_flows.csv").rows) {
    if (row.at("network") != network) continue;
    result.rows[{row.at("direction"), row.at("place")}] = row;
    amounts& side = row.at("direction") == "out" ? result.given : result.taken;
    side[row.at("place")] = std::stoi(row.at("relations"));
  }
  return result;
}

/// What is not printed of a side, spread over the provinces that are not.
void fill(amounts& side, int whole) {
  std::vector<std::string> others;
  for (const auto& [province, cities] : cities_of) {
    if (side.count(province) == 0) others.push_back(province);
  }
  if (others.empty()) return;
  for (const auto& [province, amount] : spread(whole - sum_of(side), others)) {
    side[province] = amount;
  }
}

void compare_flows(comparison& table, const printed_flows& printed,
                   const vn::flow_matrix_result& provinces) {
  for (const auto& [key, row] : printed.rows) {
    const auto& [direction, place] = key;
    const auto at = static_cast<std::size_t>(
        std::find(provinces.giver_groups.begin(), provinces.giver_groups.end(), place) -
        provinces.giver_groups.begin());
    const double all = direction == "out" ? provinces.given[at] : provinces.taken[at];
    const double across = all - provinces(at, at);
    const std::string what =
        place + (direction == "out" ? " to other provinces" : " from other provinces");
    table.add(what, row.at("relations"), across);
    table.add(what + ", %", row.at("percent"), 100.0 * across / provinces.across.value(),
              "so that the four add up to 100");
  }
}

void reproduce_venture(const std::string& folder, const std::map<std::string, std::string>& facts,
                       const std::string& within_percent) {
  const auto fact = [&](const char* name) { return std::stoi(facts.at(name)); };
  printed_flows printed = read_flows(folder, "venture");
  const int across_provinces = fact("venture_deals_across_provinces");
  fill(printed.taken, across_provinces);
  const vn::value_network events =
      as_events(expand(deal_out(printed.given, printed.taken),
                       fact("venture_deals_across_cities") - across_provinces,
                       fact("venture_deals_within_city")),
                fact("venture_events"));
  const vn::record_parties parties =
      vn::split_parties(events, {.delimiter = delimiter, .ends = vn::party_ends::giver});
  const vn::value_network deals = vn::expand_parties(events, parties);
  const vn::flow_matrix_result provinces = vn::flow_matrix(deals, vn::by::province);
  const vn::flow_matrix_result cities = vn::flow_matrix(deals, vn::by::city);
  comparison table("Venture capital: events, deals between their parties, and where they go");
  table.add("events", facts.at("venture_events"), static_cast<double>(events.relation_count()));
  table.add("deals", facts.at("venture_deals"), static_cast<double>(deals.relation_count()));
  table.add("deals across cities", facts.at("venture_deals_across_cities"), *cities.across);
  table.add("deals within a city", facts.at("venture_deals_within_city"), *cities.within);
  table.add("within a city, %", within_percent, 100.0 * *cities.within / cities.total);
  table.add("deals across provinces", facts.at("venture_deals_across_provinces"),
            *provinces.across);
  compare_flows(table, printed, provinces);
  table.add_computed("investors an event", fixed(static_cast<double>(deals.relation_count()) /
                                                     static_cast<double>(events.relation_count()),
                                                 2));
  const vn::value_network shared = vn::expand_parties(events, parties, vn::pair_weight::fractional);
  const vn::flow_matrix_result by_event =
      vn::flow_matrix(shared, vn::by::city, {.measure = vn::flow_measure::weight});
  table.add_computed("events by fractional counting", fixed(by_event.total, 0));
  table.print();
}

void reproduce_subsidiaries(const std::string& folder,
                            const std::map<std::string, std::string>& facts) {
  const auto fact = [&](const char* name) { return std::stoi(facts.at(name)); };
  printed_flows printed = read_flows(folder, "subsidiary");
  const int across_provinces = fact("subsidiaries_across_provinces");
  fill(printed.given, across_provinces);
  fill(printed.taken, across_provinces);
  record_table records;
  for (const flow& each : expand(deal_out(printed.given, printed.taken),
                                 fact("subsidiaries_across_cities") - across_provinces, 0)) {
    records.add(records.party("上市企业", province_of(each.from), each.from),
                records.party("子公司", province_of(each.to), each.to));
  }
  const vn::value_network subsidiaries = records.finish();
  const vn::flow_matrix_result provinces = vn::flow_matrix(subsidiaries, vn::by::province);
  const vn::flow_matrix_result cities = vn::flow_matrix(subsidiaries, vn::by::city);
  comparison table("Subsidiaries of listed firms");
  table.add("across cities", facts.at("subsidiaries_across_cities"), *cities.across);
  table.add("across provinces", facts.at("subsidiaries_across_provinces"), *provinces.across);
  compare_flows(table, printed, provinces);
  table.add_computed("within a province, %", fixed(100.0 * *provinces.within / provinces.total, 1));
  table.print();
}

/// Counts of patents and the percentages that the text gives them.
struct topic {
  std::string name;
  std::string count;
  std::string percent;
};

/// Whether count / total, rounded, is the percentage printed.
bool rounds_to(double count, double total, const std::string& percent) {
  const double half = 0.5 * std::pow(10.0, -published::digits_of(percent));
  return std::abs(100.0 * count / total - std::stod(percent)) <= half + 1e-9;
}

void reproduce_patents(const std::map<std::string, published::row>& text) {
  std::vector<topic> topics;
  for (const char* name : {"生物医药", "衍生物", "区块链/交易", "电子设备"}) {
    const published::row& row = text.at(std::string("合作专利：") + name);
    topics.push_back({name, row.at("count"), row.at("percent")});
  }
  const published::row& shanghai = text.at("合作专利：上海参与");
  const published::row& others = text.at("合作专利：江苏、浙江、安徽之间");
  const published::row& academic = text.at("合作专利：高校参与");

  // "Over 2600": which totals give all four printed shares?
  std::vector<int> totals;
  const int over = static_cast<int>(std::stod(shanghai.at("of")));
  for (int total = over; total < over + 100; ++total) {
    if (std::all_of(topics.begin(), topics.end(), [&](const topic& each) {
          return rounds_to(std::stod(each.count), total, each.percent);
        })) {
      totals.push_back(total);
    }
  }
  if (totals.empty()) throw std::runtime_error("no total gives the printed shares");
  const int total = totals[totals.size() / 2];
  std::cout << "Patents across provinces: printed " << shanghai.at("of")
            << "; all four topic shares, rounded, allow only " << totals.front() << " to "
            << totals.back() << ". Taken below: " << total << ".\n";
  int least = 0;
  int most = 0;
  for (int count = 1; count < total; ++count) {
    if (!rounds_to(count, total, academic.at("percent"))) continue;
    if (least == 0) least = count;
    most = count;
  }
  std::cout << "With a university: printed " << academic.at("count") << " and "
            << academic.at("percent") << "%, so " << least << " to " << most << ".\n";
  // 290余 is 290 to 299: what is left for 上海, and its share.
  const int from = static_cast<int>(std::stod(others.at("count")));
  std::cout << "Without 上海: printed " << others.at("count") << ", so with it " << total - from - 9
            << " to " << total - from << ", which is "
            << fixed(100.0 * (total - from - 9) / total, 1) << "% to "
            << fixed(100.0 * (total - from) / total, 1) << "% of " << total << ".\n\n";

  // Patents with their applicants: 上海 with the others in turn, and the others among themselves.
  const int without = from + 5;
  record_table records;
  std::vector<std::string> topic_of;
  for (const topic& each : topics) {
    topic_of.insert(topic_of.end(), static_cast<std::size_t>(std::stoi(each.count)), each.name);
  }
  topic_of.resize(static_cast<std::size_t>(total), "其他");
  const std::vector<std::string> rest{"江苏", "浙江", "安徽"};
  for (int i = 0; i < total; ++i) {
    const std::string& one = rest[static_cast<std::size_t>(i) % 3];
    const bool is_without = i % total < without;
    const std::string& other = is_without ? rest[static_cast<std::size_t>(i + 1) % 3] : "上海";
    records.add("专利 " + std::to_string(i + 1),
                records.party("申请人", one, cities_of.at(one)[0]) + delimiter +
                    records.party("申请人", other, cities_of.at(other)[0]),
                topic_of[static_cast<std::size_t>(i)]);
  }
  const vn::value_network patents = records.finish();
  const vn::record_parties parties =
      vn::split_parties(patents, {.delimiter = delimiter, .ends = vn::party_ends::taker});
  const vn::grouping provinces = vn::group_actors(parties.parties, vn::by::province);
  const vn::party_counts any = vn::count_parties(patents, parties, provinces, vn::party_ends::taker,
                                                 {.counting = vn::party_counting::any});
  const vn::relation_counts by_topic =
      vn::count_relations(patents, vn::group_relations(patents, "technology"));
  double with_shanghai = 0.0;
  for (const vn::party_counts::row& row : any.rows) {
    if (row.label == "上海") with_shanghai = row.records;
  }
  const double without_shanghai = any.total.records - with_shanghai;

  comparison table("Patents that applicants of several provinces share");
  table.add_vague("patents", shanghai.at("of"), any.total.records);
  for (const topic& each : topics) {
    const auto at = static_cast<std::size_t>(
        std::find(by_topic.rows.begin(), by_topic.rows.end(), each.name) - by_topic.rows.begin());
    table.add(each.name, each.count, by_topic.row_totals[at]);
    table.add(each.name + ", %", each.percent, 100.0 * by_topic.share(at));
  }
  table.add_vague("with 上海", shanghai.at("count"), with_shanghai);
  table.add("with 上海, %", shanghai.at("percent"), 100.0 * with_shanghai / any.total.records,
            "cut off, not rounded");
  table.add_vague("among 江苏, 浙江 and 安徽", others.at("count"), without_shanghai);
  table.add_vague("among these, %", others.at("percent"),
                  100.0 * without_shanghai / any.total.records);
  table.print();

  // The co-application network: parties are made up, its totals are not.
  const vn::value_network two_mode = vn::expand_parties(patents, parties);
  const vn::projection_result network =
      vn::project(two_mode, {.weight = vn::projection_weight::fractional});
  double weight = 0.0;
  for (vn::arc_id arc = 0; arc < network.graph.arc_count(); ++arc) {
    weight += network.graph.weight(arc) / 2.0;
  }
  std::cout << "Projected onto applicants: " << vn::format_count(network.events)
            << " patents weigh " << fixed(weight, 0) << " by fractional counting, "
            << network.lone_events << " have one applicant.\n";
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::string folder = std::string(argc > 1 ? argv[1] : "data") + "/published/";
    std::map<std::string, std::string> facts;
    for (const published::row& row : published::read(folder + "delta_facts.csv").rows) {
      facts[row.at("fact")] = row.at("value");
    }
    std::map<std::string, published::row> text;
    for (const published::row& row : published::read(folder + "delta_text_shares.csv").rows) {
      text[row.at("figure")] = row;
    }
    reproduce_venture(folder, facts, text.at("创投：同城").at("percent"));
    reproduce_subsidiaries(folder, facts);
    reproduce_patents(text);
  } catch (const std::exception& e) {
    std::cerr << e.what() << "\n";
    return 1;
  }
}
