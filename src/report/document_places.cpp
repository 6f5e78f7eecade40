// The report's sections about places: flows, concentration, polarisation.
#include "valuenet/metrics/degree.hpp"
#include "valuenet/network/accounting.hpp"
#include "valuenet/network/flows.hpp"
#include "valuenet/network/polarisation.hpp"
#include "valuenet/report/table.hpp"
#include "valuenet/statistics/concentration.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "report/document_sections.hpp"

namespace valuenet::detail {
namespace {

std::vector<std::size_t> largest_groups(const flow_matrix_result& flows, std::size_t most) {
  std::vector<std::size_t> order(flows.giver_groups.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto size = [&](std::size_t i) { return flows.given[i] + flows.taken[i]; };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return size(a) > size(b); });
  while (!order.empty() && size(order.back()) == 0.0) order.pop_back();
  if (order.size() > most) order.resize(most);
  return order;
}

bilingual coverage(const flow_matrix_result& flows) {
  const auto text = [](double value) { return number_text(value, column_format::count); };
  return {
      fmt::format("Shares are of {}, the relations with a {} at both ends; without one: giver {}, "
                  "taker {}, both {}.",
                  text(flows.total), translated(flows.giver_grouping).english,
                  text(flows.without_giver_group), text(flows.without_taker_group),
                  text(flows.without_both_groups)),
      fmt::format("占比的分母为两端均注明{}的关系 {} 条；未注明者：给予者 {}、接受者 {}、两端 {}。",
                  translated(flows.giver_grouping).chinese, text(flows.total),
                  text(flows.without_giver_group), text(flows.without_taker_group),
                  text(flows.without_both_groups))};
}

document_table places_table(const document_input& input, const flow_matrix_result& flows,
                            const bilingual& place) {
  document_table table{
      .id = flows.giver_grouping + "_sums",
      .title = {"Given and taken by " + place.english, "各" + place.chinese + "的给予与接受"},
      .columns = {{"place", place},
                  {"given", {"given", "给予"}, column_format::count},
                  {"taken", {"taken", "接受"}, column_format::count},
                  {"within", {"within", "内部"}, column_format::count},
                  {"net", {"given − taken", "净给予"}, column_format::count},
                  {"share", {"share of both", "占比"}, column_format::share}}};
  for (const std::size_t i : largest_groups(flows, input.options.top)) {
    table.rows.push_back({label_cell(flows.giver_groups[i]), flows.given[i], flows.taken[i],
                          flows(i, i), flows.given[i] - flows.taken[i],
                          (flows.given[i] + flows.taken[i]) / (2.0 * flows.total)});
  }
  table.notes.push_back(coverage(flows));
  return table;
}

document_table matrix_data(const flow_matrix_result& flows, std::size_t most) {
  const std::vector<std::size_t> shown = largest_groups(flows, most);
  document_table table{.id = flows.giver_grouping + "_matrix",
                       .title = {"Flow matrix", "流量矩阵"},
                       .columns = {{"from", {"from", "给予地"}},
                                   {"to", {"to", "接受地"}},
                                   {"flow", {"relations", "关系数"}, column_format::count}},
                       .is_shown = false};
  for (const std::size_t i : shown) {
    for (const std::size_t j : shown) {
      table.rows.push_back(
          {label_cell(flows.giver_groups[i]), label_cell(flows.taker_groups[j]), flows(i, j)});
    }
  }
  return table;
}

document_chart heat_map(const document_table& matrix, bilingual title, bilingual caption) {
  return {.id = "chart_" + matrix.id,
          .title = std::move(title),
          .kind = document_chart_kind::heat_map,
          .table = matrix.id,
          .x = "to",
          .y = {"from"},
          .series = "flow",
          .x_axis = {{"to", "接受地"}},
          .y_axis = {{"from", "给予地"}},
          .caption = std::move(caption)};
}

document_table flows_table(const document_input& input, const flow_matrix_result& flows,
                           const bilingual& place) {
  document_table table{.id = flows.giver_grouping + "_flows",
                       .title = {"Largest flows between places by " + place.english,
                                 place.chinese + "之间的最大流量"},
                       .columns = {{"rank", {"rank", "名次"}, column_format::year},
                                   {"from", {"from", "给予地"}},
                                   {"to", {"to", "接受地"}},
                                   {"flow", {"relations", "关系数"}, column_format::count},
                                   {"share", {"share", "占比"}, column_format::share},
                                   {"expected", {"expected", "期望"}, column_format::estimate},
                                   {"residual", {"residual", "残差"}, column_format::estimate},
                                   {"back", {"flow back", "反向流量"}, column_format::count}}};
  const expected_flows_result expected = expected_flows(flows, {.scope = flow_scope::across});
  std::size_t rank = 0;
  const std::size_t columns = flows.taker_groups.size();
  for (const ranked_flow& each : top_flows(flows, input.options.top, flow_scope::across)) {
    const std::size_t at = each.giver_group * columns + each.taker_group;
    table.rows.push_back({count_cell(++rank), label_cell(flows.giver_groups[each.giver_group]),
                          label_cell(flows.taker_groups[each.taker_group]), each.flow, each.share,
                          expected.expected[at], expected.residual[at],
                          flows(each.taker_group, each.giver_group)});
  }
  table.notes.push_back(
      {"Expected: what the places' sums given and taken across places alone would let expect "
       "(quasi-independence); residual: (flow − expected) / √expected, above 2 more than size "
       "explains.",
       "期望：仅由各地对外给予与接受的总量推得（准独立模型）；残差 =（流量 − 期望）/ √期望，大于 2 "
       "表示超出规模所能解释。"});
  table.notes.push_back(coverage(flows));
  return table;
}

void add_flows(document_section& section, const document_input& input,
               const flow_matrix_result& flows) {
  const bilingual place = translated(flows.giver_grouping);
  const double within = flows.within.value_or(0.0);
  section.blocks.emplace_back(bilingual{
      fmt::format("By {}: {} relations with a place at both ends, {} of them within one {}.",
                  place.english, number_text(flows.total, column_format::count),
                  number_text(within / flows.total, column_format::share), place.english),
      fmt::format("按{}：两端均注明地点的关系 {} 条，其中 {} 在同一{}之内。", place.chinese,
                  number_text(flows.total, column_format::count),
                  number_text(within / flows.total, column_format::share), place.chinese)});
  document_table sums = places_table(input, flows, place);
  section.blocks.emplace_back(document_chart{
      .id = "chart_" + sums.id,
      .title = sums.title,
      .kind = document_chart_kind::bars,
      .table = sums.id,
      .x = "place",
      .y = {"given", "taken"},
      .x_axis = {place},
      .y_axis = {{"relations", "关系数"}},
      .caption = {"The places with most relations, those within a place counted on both sides.",
                  "关系最多的地点；地点内部的关系在两侧各计一次。"}});
  section.blocks.emplace_back(std::move(sums));
  document_table matrix = matrix_data(flows, 15);
  section.blocks.emplace_back(
      heat_map(matrix, {"Flows from row to column", "从行到列的流量"},
               {"Relations from the giver's place (row) to the taker's (column); colour on a "
                "logarithmic scale.",
                "由给予者所在地（行）到接受者所在地（列）的关系数；颜色为对数刻度。"}));
  section.blocks.emplace_back(document_chart{
      .id = "chart_" + flows.giver_grouping + "_chord",
      .title = {"Flows between places", "地点之间的流量"},
      .kind = document_chart_kind::chord,
      .table = matrix.id,
      .x = "from",
      .y = {"to"},
      .series = "flow",
      .caption = {
          "Ribbons: relations between two places, both directions; what stays within a place "
          "is left out. The ten largest places.",
          "带宽为两地之间双向的关系数，不含地点内部；只画最大的十个地点。"}});
  section.blocks.emplace_back(std::move(matrix));
  section.blocks.emplace_back(flows_table(input, flows, place));
}

}  // namespace

document_section places_section(const document_input& input) {
  document_section section{.id = "places", .title = {"Places and flows", "地点与流量"}};
  const flow_options options{.selection = input.options.selection};
  if (input.place_column.empty()) {
    section.blocks.emplace_back(bilingual{
        "The actors have no country, province or city: there are no flows between places.",
        "节点未注明国家、省份或城市，无从统计地点之间的流量。"});
    return section;
  }
  const value_network& network = input.network();
  const flow_matrix_result flows =
      flow_matrix(network, group_actors(network, input.place_column), options, input.exec);
  if (flows.total <= 0.0) {
    section.blocks.emplace_back(
        bilingual{"No selected relation has a place at both ends.", "没有两端均注明地点的关系。"});
    return section;
  }
  add_flows(section, input, flows);
  if (input.place_column == "province") {
    const flow_matrix_result circles =
        flow_matrix(network, group_actors(network, default_circles()), options, input.exec);
    if (circles.total > 0.0) {
      section.blocks.emplace_back(places_table(input, circles, translated("circle")));
      document_table matrix = matrix_data(circles, 15);
      section.blocks.emplace_back(
          heat_map(matrix, {"Flows between the circles of provinces", "城市群之间的流量"},
                   {"京津冀, 长三角, 珠三角 and 川渝; other provinces are left out.",
                    "京津冀、长三角、珠三角与川渝，不含其他省份。"}));
      section.blocks.emplace_back(std::move(matrix));
    }
    if (network.actors().city.is_given()) {
      const flow_matrix_result cities =
          flow_matrix(network, group_actors(network, "city"), options, input.exec);
      if (cities.total > 0.0) {
        section.blocks.emplace_back(flows_table(input, cities, translated("city")));
      }
    }
  }
  return section;
}

namespace {

void add_concentration(document_table& table, document_table& curves, const bilingual& what,
                       const std::vector<double>& values) {
  const std::optional<herfindahl_result> h = herfindahl(values);
  table.rows.push_back(
      {what, count_cell(values.size()), cell(gini(values)), cell(top_share(values, 0.01)),
       cell(top_share(values, 0.1)), cell(concentration_ratio(values, 4)),
       h ? document_cell(h->index) : document_cell{},
       h ? document_cell(h->effective_number) : document_cell{}, cell(theil(values))});
  const std::vector<lorenz_point> curve = lorenz_curve(values);
  // A corner in a hundredth of the picture is not to be seen.
  double last_x = -1.0;
  double last_y = -1.0;
  for (const lorenz_point& each : curve) {
    const bool is_end = &each == &curve.back();
    if (!is_end && each.population - last_x < 0.004 && each.value - last_y < 0.004) continue;
    curves.rows.push_back({what, each.population, each.value});
    last_x = each.population;
    last_y = each.value;
  }
}

std::vector<double> as_doubles(const std::vector<std::uint64_t>& counts) {
  return {counts.begin(), counts.end()};
}

void add_polarisation(document_section& section, const document_input& input,
                      const grouping& places) {
  const polarisation_result found =
      polarisation(input.network(), places, {.selection = input.options.selection}, input.exec);
  if (found.years.empty()) return;
  const bilingual place = translated(places.name);
  std::string core;
  for (const std::string& each : found.core) core += (core.empty() ? "" : ", ") + each;
  section.blocks.emplace_back(bilingual{
      fmt::format("Polarisation year by year, by {}. The core, the fewest that hold half of all "
                  "relation ends: {}.",
                  place.english, core),
      fmt::format("逐年极化程度（按{}）。核心为合计占全部关系端点一半的最少几个：{}。",
                  place.chinese, core)});
  document_table years{.id = "polarisation",
                       .title = {"Polarisation by year", "逐年极化指标"},
                       .columns = {{"year", {"year", "年份"}, column_format::year}}};
  document_table trends{.id = "polarisation_trends",
                        .title = {"Trends", "趋势"},
                        .columns = {{"statistic", {"statistic", "指标"}},
                                    {"definition", {"definition", "定义"}},
                                    {"points", {"years", "年数"}, column_format::count},
                                    {"slope", {"slope a year", "年斜率"}, column_format::estimate},
                                    {"lower", {"from", "下限"}, column_format::estimate},
                                    {"upper", {"to", "上限"}, column_format::estimate},
                                    {"p", {"p", "p 值"}, column_format::p_value},
                                    {"reading", {"reading", "判断"}}}};
  std::vector<const polarisation_series*> shown;
  for (const polarisation_series& each : found.series) {
    years.columns.push_back({each.name, translated(each.name), column_format::estimate});
    shown.push_back(&each);
    if (!each.trend) continue;
    const trend_result& t = *each.trend;
    const bilingual reading = t.p_value >= 0.05
                                  ? bilingual{"no trend that the data show", "无显著趋势"}
                              : t.slope > 0.0 ? bilingual{"rises", "上升"}
                              : t.slope < 0.0 ? bilingual{"falls", "下降"}
                                              : bilingual{"stays", "不变"};
    trends.rows.push_back({translated(each.name), translated(each.definition), count_cell(t.points),
                           t.slope, t.slope_interval.lower, t.slope_interval.upper, t.p_value,
                           reading});
  }
  for (std::size_t i = 0; i < found.years.size(); ++i) {
    std::vector<document_cell> row{count_cell(found.years[i])};
    for (const polarisation_series* each : shown) row.push_back(cell(each->values[i]));
    years.rows.push_back(std::move(row));
  }
  years.notes.push_back(
      {"Each year by itself. A dash: no relation of that year, or the statistic is "
       "undefined for it.",
       "每年单独计算。短横：该年没有关系，或指标无定义。"});
  trends.notes.push_back(
      {"Theil and Sen's slope with its 95% interval; p two-sided, Mann and Kendall's test. A trend "
       "is named where p < 0.05.",
       "斜率为 Theil–Sen 估计及其 95% 区间；p 为 Mann–Kendall 双侧检验，p < 0.05 时判断趋势。"});
  section.blocks.emplace_back(document_chart{
      .id = "chart_polarisation",
      .title = {"Concentration and the core's share by year", "逐年集中度与核心占比"},
      .kind = document_chart_kind::lines,
      .table = "polarisation",
      .x = "year",
      .y = {"gini", "core_share", "core_to_core", "core_to_periphery", "diffusion"},
      .x_axis = {{"year", "年份"}},
      .y_axis = {{"coefficient or share", "系数或占比"}},
      .caption = {
          "Gini over places, the core's share of relation ends, of relations within the core "
          "and from core to periphery, and diffusion.",
          "各地间基尼系数、核心占关系端点之比、核心内部及核心到边缘的关系占比、扩散度。"}});
  section.blocks.emplace_back(std::move(trends));
  section.blocks.emplace_back(std::move(years));
}

}  // namespace

document_section concentration_section(const document_input& input) {
  document_section section{.id = "concentration",
                           .title = {"Concentration and polarisation", "集中度与极化"}};
  document_table table{
      .id = "concentration",
      .title = {"How unequally relations are spread", "关系分布的不均程度"},
      .columns = {{"what", {"relations of", "统计对象"}},
                  {"members", {"members", "成员数"}, column_format::count},
                  {"gini", {"Gini", "基尼系数"}, column_format::estimate},
                  {"top_1_percent", {"top 1%", "前 1%"}, column_format::share},
                  {"top_10_percent", {"top 10%", "前 10%"}, column_format::share},
                  {"cr4", {"largest four", "前四"}, column_format::share},
                  {"herfindahl", {"Herfindahl", "赫芬达尔指数"}, column_format::estimate},
                  {"effective_number", {"effective number", "有效个数"}, column_format::estimate},
                  {"theil", {"Theil's T", "泰尔指数"}, column_format::estimate}}};
  document_table curves{
      .id = "lorenz",
      .title = {"Lorenz curves", "洛伦兹曲线"},
      .columns = {{"series", {"relations of", "统计对象"}},
                  {"members", {"share of members", "成员占比"}, column_format::share},
                  {"relations", {"share of relations", "关系占比"}, column_format::share}},
      .is_shown = false};
  const graph& g = input.selected.graph();
  add_concentration(table, curves, {"actors, in + out", "节点（总度）"},
                    as_doubles(degrees(g, degree_kind::total, input.exec)));
  if (g.is_directed()) {
    add_concentration(table, curves, {"actors, given", "节点（出度）"},
                      as_doubles(degrees(g, degree_kind::out, input.exec)));
    add_concentration(table, curves, {"actors, taken", "节点（入度）"},
                      as_doubles(degrees(g, degree_kind::in, input.exec)));
  }
  const value_network& network = input.network();
  const actor_table& actors = network.actors();
  for (const auto& [column, name] :
       {std::pair{&actors.country, "country"}, std::pair{&actors.province, "province"},
        std::pair{&actors.city, "city"}}) {
    if (!column->is_given()) continue;
    const relation_counts counts = count_relations(
        network, group_relations(network, group_actors(network, name), counted_end::both),
        {.selection = input.options.selection}, input.exec);
    const bilingual place = translated(name);
    if (counts.total > 0.0) {
      add_concentration(table, curves,
                        {"places, by " + place.english, "地点（按" + place.chinese + "）"},
                        counts.row_totals);
    }
  }
  table.notes.push_back(
      {"Of actors degrees, those without a relation included; of places the relation "
       "ends there. Effective number: 1 / Herfindahl.",
       "节点按度计（含无关系者），地点按其关系端点数计；有效个数 = 1 / 赫芬达尔指数。"});
  section.blocks.emplace_back(document_chart{
      .id = "chart_lorenz",
      .title = {"Lorenz curves", "洛伦兹曲线"},
      .kind = document_chart_kind::lines,
      .table = "lorenz",
      .x = "members",
      .y = {"relations"},
      .series = "series",
      .x_axis = {{"share of members, the poorest first", "成员累计占比（由少到多）"}},
      .y_axis = {{"share of relations", "关系累计占比"}},
      .caption = {
          "The further below the diagonal, the more unequal; the Gini coefficient is twice the "
          "area between.",
          "曲线离对角线越远越不均；基尼系数为两者之间面积的两倍。"}});
  section.blocks.emplace_back(std::move(curves));
  section.blocks.emplace_back(std::move(table));
  if (input.has_years && !input.place_column.empty()) {
    add_polarisation(section, input, group_actors(network, input.place_column));
  } else {
    section.blocks.emplace_back(bilingual{
        input.has_years ? "Polarisation over the years needs places: the actors have none."
                        : "Trends need years: the relations have none.",
        input.has_years ? "逐年极化需要地点信息，节点未注明地点。"
                        : "趋势需要年份，关系未注明年份。"});
  }
  return section;
}

}  // namespace valuenet::detail
