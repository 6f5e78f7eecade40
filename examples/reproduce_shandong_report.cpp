// The Shandong report of 2021 on patents that several parties applied for, or transferred: from
// records back to its five tables, the percentages of its text, and the networks behind them.
//
// Source: 山东省科技发展战略研究所《提升山东省人工智能技术协同创新能力的分析与思考》（研究快报 2021
// 年第 6 期）, tables 1-5 and text, in data/published/shandong_*.csv. Its records are private: each
// printed cell is expanded to as many records as it counts, and everything is then computed from
// the records, the way a user with the real ones would.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <valuenet/metrics/degree.hpp>
#include <valuenet/metrics/density.hpp>
#include <valuenet/network/flows.hpp>
#include <valuenet/network/parties.hpp>
#include <valuenet/network/projection.hpp>

#include "published_tables.hpp"

namespace vn = valuenet;
using published::comparison;
using published::fixed;

namespace {

constexpr const char* delimiter = ";";

/// A table of records as a user would have it: a giver and a taker, either of several parties, and
/// what the table of actors tells of the parties.
struct record_table {
  void party(const std::string& id, const std::string& type, const std::string& province = "",
             const std::string& city = "") {
    const vn::symbol before = static_cast<vn::symbol>(actors.ids.size());
    if (actors.ids.intern(id) < before) return;
    actors.type.push_back(type);
    actors.province.push_back(province);
    actors.city.push_back(city);
  }
  void add(const std::string& giver, const std::string& taker) { ends.emplace_back(giver, taker); }
  /// The ends of the records follow the parties in the table of actors.
  vn::value_network finish() {
    vn::relation_table relations;
    for (const auto& [giver, taker] : ends) {
      relations.givers.push_back(actors.ids.intern(giver) - 1);
      relations.takers.push_back(actors.ids.intern(taker) - 1);
    }
    for (vn::text_column* column : {&actors.type, &actors.province, &actors.city}) {
      column->pad(actors.size());
    }
    return {std::move(actors), std::move(relations)};
  }
  vn::actor_table actors;
  std::vector<std::pair<std::string, std::string>> ends;
};

std::string joined(const std::vector<std::string>& parts, const std::string& by) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : by) + part;
  return text;
}

/// The types of a combination in one order, so that 机关团体+企业 is 企业+机关团体.
std::string in_order(const std::string& combination) {
  std::vector<std::string> types = published::cells_of(combination, '+');
  std::sort(types.begin(), types.end());
  return joined(types, "+");
}

/// Patents with their applicants: alone (table 1), then together (table 3).
vn::value_network expand_applications(const std::string& folder) {
  record_table table;
  std::size_t patent = 0;
  const auto name = [&patent] { return "专利 " + std::to_string(++patent); };
  std::map<std::string, int> actors_of;
  for (const published::row& row : published::read(folder + "shandong_patents_by_actor.csv").rows) {
    const std::string& type = row.at("actor_type");
    if (type == "合计") continue;
    const int actors = actors_of[type] = std::stoi(row.at("actors"));
    for (int i = 0; i < actors; ++i) table.party(type + ' ' + std::to_string(i + 1), type);
    for (int i = 0; i < std::stoi(row.at("patents")); ++i) {
      table.add(name(), type + ' ' + std::to_string(i % actors + 1));
    }
  }
  // A relation is a set of applicants; its patents are dealt out evenly. Where a type has fewer
  // actors than relations (117 universities in 126) they stand in several.
  for (const published::row& row : published::read(folder + "shandong_cooperation.csv").rows) {
    if (row.at("actor_types") == "合计") continue;
    const std::vector<std::string> types = published::cells_of(row.at("actor_types"), '+');
    const int relations = std::stoi(row.at("relations"));
    for (int i = 0; i < std::stoi(row.at("patents")); ++i) {
      std::vector<std::string> applicants;
      for (const std::string& type : types) {
        applicants.push_back(type + ' ' + std::to_string(i % relations % actors_of.at(type) + 1));
      }
      table.add(name(), joined(applicants, delimiter));
    }
  }
  return table.finish();
}

/// The city and province of every transferred patent (tables 2 and 5).
std::vector<std::pair<std::string, std::string>> expand_places(const std::string& folder) {
  std::map<std::string, std::vector<std::string>> cities_of;  // a name for every patent
  std::map<std::string, bool> seen;
  for (const published::row& row :
       published::read(folder + "shandong_received_by_city_as_printed.csv").rows) {
    const std::string& city = row.at("city");
    // Five cities are printed twice; 莱芜 is in 济南's number, which it joined in 2019.
    if (seen[city] || city == "莱芜") continue;
    seen[city] = true;
    for (int i = 0; i < std::stoi(row.at("patents")); ++i) {
      cities_of[row.at("province")].push_back(city);
    }
  }
  std::vector<std::pair<std::string, std::string>> places;
  for (const published::row& row :
       published::read(folder + "shandong_received_by_province.csv").rows) {
    const std::string& province = row.at("place");
    std::vector<std::string>& cities = cities_of[province];
    for (int i = 0; i < std::stoi(row.at("patents")); ++i) {
      const auto at = static_cast<std::size_t>(i);
      places.emplace_back(at < cities.size() ? cities[at] : province + "（未列）", province);
    }
  }
  return places;
}

/// Transfers from groups to groups (table 4). Which cell comes from which city is not printed: both
/// lists are laid beside each other as they stand, and only their own totals are used.
vn::value_network expand_transfers(const std::string& folder) {
  record_table table;
  const auto places = expand_places(folder);
  const published::file matrix = published::read(folder + "shandong_transfer_matrix.csv");
  std::size_t transfer = 0;
  for (const published::row& row : matrix.rows) {
    const std::string& from = row.at(matrix.columns[0]);
    if (from == "总计") continue;
    for (std::size_t c = 1; c + 1 < matrix.columns.size(); ++c) {
      for (int i = 0; i < std::stoi(row.at(matrix.columns[c])); ++i) {
        const std::string number = std::to_string(transfer + 1);
        const auto& [city, province] = places.at(transfer++);
        std::vector<std::string> givers;
        std::vector<std::string> takers;
        for (const std::string& type : published::cells_of(from, '+')) {
          givers.push_back("转让人 " + type + ' ' + number);
          table.party(givers.back(), type, province, city);
        }
        for (const std::string& type : published::cells_of(matrix.columns[c], '+')) {
          takers.push_back("受让人 " + type + ' ' + number);
          table.party(takers.back(), type, "山东");
        }
        table.add(joined(givers, delimiter), joined(takers, delimiter));
      }
    }
  }
  return table.finish();
}

/// The rows of a count by their combination, whatever the order of its types.
std::map<std::string, vn::party_counts::row> by_combination(const vn::party_counts& counts) {
  std::map<std::string, vn::party_counts::row> rows;
  for (const vn::party_counts::row& row : counts.rows) rows[in_order(row.label)] = row;
  return rows;
}

double share(double part, double whole) {
  return 100.0 * part / whole;
}

/// The printed percentages of the text by what they are of.
std::map<std::string, published::row> read_text(const std::string& folder) {
  std::map<std::string, published::row> rows;
  for (const published::row& row : published::read(folder + "shandong_text_shares.csv").rows) {
    rows[row.at("figure")] = row;
  }
  return rows;
}

void reproduce_applications(const std::string& folder, const vn::value_network& records) {
  const vn::record_parties parties =
      vn::split_parties(records, {.delimiter = delimiter, .ends = vn::party_ends::taker});
  const vn::grouping types = vn::group_actors(parties.parties, vn::by::type);
  const auto count = [&](const vn::party_count_options& options) {
    return vn::count_parties(records, parties, types, vn::party_ends::taker, options);
  };
  const vn::party_counts alone = count({.most_parties = 1});
  const vn::party_counts together = count({.fewest_parties = 2});
  const auto text = read_text(folder);

  auto rows = by_combination(alone);
  rows["合计"] = alone.total;
  comparison first("Table 1: applicants and patents applied for alone, by type");
  for (const published::row& row : published::read(folder + "shandong_patents_by_actor.csv").rows) {
    const std::string& type = row.at("actor_type");
    const vn::party_counts::row& computed = rows.at(type);
    first.add(type + ", actors", row.at("actors"), static_cast<double>(computed.parties));
    first.add(type + ", patents", row.at("patents"), computed.records);
    first.add(type + ", mean", row.at("mean"),
              computed.records / static_cast<double>(computed.parties));
  }
  first.print();

  comparison said("Text: shares of the patents applied for alone, and all patents");
  for (const char* type : {"企业", "大专院校", "个人"}) {
    const published::row& row = text.at(std::string("独立申请：") + type);
    said.add(std::string(type) + ", %", row.at("percent"),
             share(rows.at(type).records, alone.total.records));
  }
  said.add("patents of the 16 cities, alone and together", "15639",
           alone.total.records + together.total.records);
  said.print();

  rows = by_combination(together);
  rows["合计"] = together.total;
  comparison third("Table 3: patents applied for together, by the types of the applicants");
  for (const published::row& row : published::read(folder + "shandong_cooperation.csv").rows) {
    const vn::party_counts::row& computed = rows.at(in_order(row.at("actor_types")));
    third.add(row.at("actor_types") + ", relations", row.at("relations"),
              static_cast<double>(computed.relations));
    third.add(row.at("actor_types") + ", patents", row.at("patents"), computed.records);
  }
  const auto relations = [&](const char* combination) {
    return static_cast<double>(rows.at(in_order(combination)).relations);
  };
  const auto all = static_cast<double>(together.total.relations);
  third.add("企业—大专院校, % of relations", text.at("合作关系：企业—大专院校").at("percent"),
            share(relations("企业+大专院校"), all));
  third.add("企业—科研单位, % of relations", text.at("合作关系：企业—科研单位").at("percent"),
            share(relations("企业+科研单位"), all));
  third.add("科研单位—大专院校, % of relations",
            text.at("合作关系：科研单位—大专院校").at("percent"),
            share(relations("科研单位+大专院校"), all));
  third.add("科研单位—大专院校—企业, % of relations",
            text.at("合作关系：科研单位—大专院校—企业").at("percent"),
            share(relations("科研单位+大专院校+企业"), all));
  third.print();
}

/// Table 4, and which way of counting the text's three shares follow.
void reproduce_transfers(const std::string& folder, const vn::value_network& records) {
  const vn::record_parties parties = vn::split_parties(records, {.delimiter = delimiter});
  const vn::grouping types = vn::group_actors(parties.parties, vn::by::type);
  const auto cross = [&](vn::party_counting counting) {
    return vn::cross_parties(records, parties, types, {.counting = counting});
  };
  const vn::party_matrix matrix = cross(vn::party_counting::combination);
  std::map<std::string, std::size_t> giver;
  std::map<std::string, std::size_t> taker;
  for (std::size_t i = 0; i < matrix.giver_labels.size(); ++i) {
    giver[in_order(matrix.giver_labels[i])] = i;
  }
  for (std::size_t j = 0; j < matrix.taker_labels.size(); ++j) {
    taker[in_order(matrix.taker_labels[j])] = j;
  }
  comparison fourth("Table 4: transferred patents, givers to takers (cells of 0 left out)");
  const published::file printed = published::read(folder + "shandong_transfer_matrix.csv");
  for (const published::row& row : printed.rows) {
    const std::string& from = row.at(printed.columns[0]);
    for (std::size_t c = 1; c < printed.columns.size(); ++c) {
      const std::string& to = printed.columns[c];
      const bool is_row_total = to == "总计";
      const bool is_column_total = from == "总计";
      const double computed = is_row_total && is_column_total ? matrix.total
                              : is_row_total ? matrix.given[giver.at(in_order(from))]
                              : is_column_total
                                  ? matrix.taken[taker.at(in_order(to))]
                                  : matrix(giver.at(in_order(from)), taker.at(in_order(to)));
      if (row.at(to) == "0" && computed == 0.0) continue;
      fourth.add(from + " -> " + to, row.at(to), computed);
    }
  }
  fourth.print();

  // Three ways to count a patent with parties of several types.
  const auto text = read_text(folder);
  vn::table rules;
  rules.title = "Text: which way of counting gives the printed shares?";
  rules.columns = {{"what", vn::alignment::left},
                   {"published", vn::alignment::right},
                   {"combination", vn::alignment::right},
                   {"fractional", vn::alignment::right},
                   {"any", vn::alignment::right}};
  comparison by_any("Text: counted by any party");
  const auto add = [&](const std::string& what, const std::string& said, auto&& value) {
    const int digits = published::digits_of(said);
    rules.rows.push_back({what, said});
    for (const vn::party_counting counting :
         {vn::party_counting::combination, vn::party_counting::fractional,
          vn::party_counting::any}) {
      rules.rows.back().push_back(fixed(value(cross(counting)), digits));
    }
    by_any.add(what, said, value(cross(vn::party_counting::any)));
  };
  add("企业 -> 企业, patents", text.at("转让：企业—企业").at("patents"),
      [](const vn::party_matrix& m) { return m.of("企业", "企业"); });
  add("企业 -> 企业, %", text.at("转让：企业—企业").at("percent"),
      [](const vn::party_matrix& m) { return share(m.of("企业", "企业"), m.total); });
  add("from 大专院校, %", text.at("转让人：大专院校独立或联合").at("percent"),
      [](const vn::party_matrix& m) { return share(m.given_by("大专院校"), m.total); });
  add("from 科研单位, %", text.at("转让人：科研单位独立或联合").at("percent"),
      [](const vn::party_matrix& m) { return share(m.given_by("科研单位"), m.total); });
  std::cout << vn::render(rules) << "\n";
  by_any.print();
}

/// Tables 2 and 5: where the transferred patents come from.
void reproduce_places(const std::string& folder, const vn::value_network& records) {
  const vn::record_parties parties = vn::split_parties(records, {.delimiter = delimiter});
  const auto count = [&](vn::by what) {
    return vn::count_parties(records, parties, vn::group_actors(parties.parties, what),
                             vn::party_ends::giver);
  };
  const vn::party_counts cities = count(vn::by::city);
  auto rows = by_combination(cities);
  comparison second("Table 2: cities from which patents came, in the order of print");
  std::map<std::string, bool> seen;
  std::map<std::string, std::string> province_of;
  double sum = 0.0;
  for (const published::row& row :
       published::read(folder + "shandong_received_by_city_as_printed.csv").rows) {
    const std::string& city = row.at("city");
    const bool again = seen[city];
    seen[city] = true;
    sum += std::stod(row.at("patents"));
    second.add(city, row.at("patents"), again ? 0.0 : rows[city].records,
               again ? "printed a second time" : "in 济南, which it joined in 2019");
    province_of[city] = row.at("province");
  }
  double outside = 0.0;
  for (const vn::party_counts::row& row : cities.rows) {
    outside += province_of[row.label] == "山东" ? 0.0 : 1.0;
    if (!seen[row.label]) {
      second.add_computed(row.label, fixed(row.records, 0), "a city of 江苏 that was not printed");
    }
  }
  second.add("all cells", fixed(sum, 0), cities.total.records,
             "5 cells twice (-18), 莱芜 (-2), the lost city (+1)");
  second.add("cities outside of the province", "68", outside);
  second.print();

  const vn::party_counts provinces = count(vn::by::province);
  rows = by_combination(provinces);
  comparison fifth("Table 5: provinces and countries from which patents came");
  double regions = 0.0;
  for (const published::row& row :
       published::read(folder + "shandong_received_by_province.csv").rows) {
    fifth.add(row.at("place"), row.at("patents"), rows.at(row.at("place")).records);
    regions += row.at("place") == "山东" ? 0.0 : 1.0;
  }
  const auto text = read_text(folder);
  const double within = rows.at("山东").records;
  const double all = provinces.total.records;
  fifth.add("patents received", "1763", all);
  fifth.add("within the province", text.at("受让专利：山东省内").at("patents"), within);
  fifth.add("within the province, %", text.at("受让专利：山东省内").at("percent"),
            share(within, all));
  fifth.add("from outside", text.at("受让专利：省外").at("patents"), all - within);
  fifth.add("from outside, %", text.at("受让专利：省外").at("percent"), share(all - within, all));
  fifth.add("provinces and countries outside", "25", regions);
  fifth.add("from abroad", "3", rows.at("加拿大").records + rows.at("日本").records);
  fifth.print();
}

/// Who co-operates with whom: a patent joins the types of its applicants.
void show_cooperation(const std::string& folder) {
  record_table table;
  std::size_t patent = 0;
  for (const published::row& row : published::read(folder + "shandong_cooperation.csv").rows) {
    if (row.at("actor_types") == "合计") continue;
    for (int i = 0; i < std::stoi(row.at("patents")); ++i) {
      table.add("专利 " + std::to_string(++patent),
                joined(published::cells_of(row.at("actor_types"), '+'), delimiter));
    }
  }
  const vn::value_network records = table.finish();
  const vn::record_parties parties =
      vn::split_parties(records, {.delimiter = delimiter, .ends = vn::party_ends::taker});
  const vn::value_network two_mode = vn::expand_parties(records, parties);
  const vn::projection_result full = vn::project(two_mode);
  const vn::projection_result fractional =
      vn::project(two_mode, {.weight = vn::projection_weight::fractional});
  vn::table shown;
  shown.title = "The co-application network between types (not printed; from table 3)";
  shown.columns = {{"type", vn::alignment::left},
                   {"partners", vn::alignment::right},
                   {"patents", vn::alignment::right},
                   {"weight, full", vn::alignment::right},
                   {"weight, fractional", vn::alignment::right}};
  const std::vector<std::uint64_t> partners = vn::degrees(full.graph, vn::degree_kind::total);
  const std::vector<double> weight = vn::weighted_degrees(full.graph, vn::degree_kind::total);
  const std::vector<double> shares = vn::weighted_degrees(fractional.graph, vn::degree_kind::total);
  double sum = 0.0;
  double share_sum = 0.0;
  for (std::size_t v = 0; v < full.actors.size(); ++v) {
    shown.rows.push_back({std::string(two_mode.id(full.actors[v])), vn::format_count(partners[v]),
                          vn::format_count(full.events_of_actor[v]), vn::format_number(weight[v]),
                          vn::format_number(shares[v])});
    sum += weight[v];
    share_sum += shares[v];
  }
  shown.notes.push_back(vn::format_count(full.events) + " patents join " +
                        vn::format_count(full.graph.vertex_count()) + " types by " +
                        vn::format_count(full.graph.edge_count()) + " of " +
                        vn::format_count(full.actors.size() * (full.actors.size() - 1) / 2) +
                        " possible ties: density " +
                        fixed(vn::density(full.graph).value_or(0.0), 3) + ".");
  shown.notes.push_back("Ties weigh " + vn::format_number(sum / 2.0) +
                        " in all by full counting, a patent of three types three times, and " +
                        vn::format_number(share_sum / 2.0) + " by fractional, every patent once.");
  std::cout << vn::render(shown) << "\n";
}

/// Who transfers to whom when joint givers and takers are taken apart.
void show_transfers(const vn::value_network& records) {
  const vn::record_parties parties = vn::split_parties(records, {.delimiter = delimiter});
  const auto flows_by = [&](vn::pair_weight weight) {
    const vn::value_network between = vn::expand_parties(records, parties, weight);
    return vn::flow_matrix(between, vn::by::type, {.measure = vn::flow_measure::weight});
  };
  const vn::flow_matrix_result full = flows_by(vn::pair_weight::full);
  const vn::flow_matrix_result fractional = flows_by(vn::pair_weight::fractional);
  const std::vector<double> net = vn::net_flows(fractional);
  const vn::expected_flows_result expected = vn::expected_flows(fractional);
  vn::table shown;
  shown.title = "The transfer network between types (not printed; from table 4)";
  shown.columns = {
      {"from", vn::alignment::left},         {"to", vn::alignment::left},
      {"pairs, full", vn::alignment::right}, {"patents, fractional", vn::alignment::right},
      {"share", vn::alignment::right},       {"net", vn::alignment::right},
      {"expected", vn::alignment::right}};
  for (const vn::ranked_flow& each : vn::top_flows(fractional, 0)) {
    const std::size_t cell = each.giver_group * fractional.taker_groups.size() + each.taker_group;
    shown.rows.push_back({fractional.giver_groups[each.giver_group],
                          fractional.taker_groups[each.taker_group],
                          vn::format_number(full(each.giver_group, each.taker_group)),
                          fixed(each.flow, 1), fixed(100.0 * each.share, 2) + '%',
                          fixed(net[cell], 1), fixed(expected.expected[cell], 1)});
  }
  shown.notes.push_back(
      "Of " + fixed(fractional.total, 0) + " patents " +
      fixed(share(fractional.within.value_or(0.0), fractional.total), 2) +
      "% stay within a type; pairs of a giver and a taker: " + vn::format_number(full.total) + ".");
  std::cout << vn::render(shown) << "\n";
}

/// Places: a transfer of a joint group counts once, its places by their parties' shares.
void show_places(const vn::value_network& records) {
  const vn::record_parties parties = vn::split_parties(records, {.delimiter = delimiter});
  const vn::value_network between =
      vn::expand_parties(records, parties, vn::pair_weight::fractional);
  const vn::flow_matrix_result flows =
      vn::flow_matrix(between, vn::by::province, {.measure = vn::flow_measure::weight});
  vn::table shown;
  shown.title = "Flows into 山东 by province, the largest five";
  shown.columns = {{"from", vn::alignment::left},
                   {"to", vn::alignment::left},
                   {"patents", vn::alignment::right},
                   {"share", vn::alignment::right},
                   {"cumulative", vn::alignment::right}};
  for (const vn::ranked_flow& each : vn::top_flows(flows, 5)) {
    shown.rows.push_back({flows.giver_groups[each.giver_group],
                          flows.taker_groups[each.taker_group], fixed(each.flow, 0),
                          fixed(100.0 * each.share, 2) + '%',
                          fixed(100.0 * each.cumulative_share, 2) + '%'});
  }
  std::cout << vn::render(shown);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::string folder = std::string(argc > 1 ? argv[1] : "data") + "/published/";
    reproduce_applications(folder, expand_applications(folder));
    const vn::value_network transfers = expand_transfers(folder);
    reproduce_places(folder, transfers);
    reproduce_transfers(folder, transfers);
    show_cooperation(folder);
    show_transfers(transfers);
    show_places(transfers);
  } catch (const std::exception& e) {
    std::cerr << e.what() << "\n";
    return 1;
  }
}
