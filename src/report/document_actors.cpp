// The report's sections about actors: rankings, roles, layers, communities.
#include "valuenet/metrics/core_periphery.hpp"
#include "valuenet/metrics/degree.hpp"
#include "valuenet/network/actor_metrics.hpp"
#include "valuenet/network/layers.hpp"
#include "valuenet/network/rankings.hpp"
#include "valuenet/network/roles.hpp"
#include "valuenet/report/table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "report/document_sections.hpp"

namespace valuenet::detail {
namespace {

const text_column* place_of(const document_input& input) {
  return input.place_column.empty() ? nullptr
                                    : find_column(input.network().actors(), input.place_column);
}

document_column place_title(const document_input& input) {
  const bilingual name = translated(input.place_column);
  return {input.place_column, name};
}

/// Columns that tell who an actor is.
void add_actor_columns(const document_input& input, document_table& table) {
  table.columns.push_back({"actor", {"actor", "节点"}});
  const actor_table& actors = input.network().actors();
  if (!actors.roles.empty()) table.columns.push_back({"role", {"role", "角色"}});
  if (actors.type.is_given()) table.columns.push_back({"type", {"type", "类型"}});
  if (place_of(input) != nullptr) table.columns.push_back(place_title(input));
}

void add_actor_cells(const document_input& input, actor_id actor, std::vector<document_cell>& row) {
  const value_network& network = input.network();
  const auto given = [](std::string_view word) {
    return word.empty() ? document_cell{} : label_cell(word);
  };
  row.push_back(label_cell(network.label(actor)));
  const actor_table& actors = network.actors();
  if (!actors.roles.empty()) row.push_back(role_cell(network.role(actor)));
  if (actors.type.is_given()) row.push_back(given(actors.type[actor]));
  if (const text_column* place = place_of(input)) row.push_back(given((*place)[actor]));
}

struct ranking_words {
  actor_metric metric;
  const char* id;
  bilingual title;
};

document_table ranking_table(const document_input& input, const ranking_words& words,
                             const std::vector<std::uint8_t>& among) {
  const actor_metric_result values = actor_values(
      input.selected, words.metric, {.convention = input.options.convention}, input.exec);
  const ranking_result ranking =
      rank_actors(input.selected, values, {.k = input.options.top, .among = among});
  const actor_metric_facts& facts = facts_of(words.metric);
  document_table table{.id = std::string("ranking_") + words.id,
                       .title = words.title,
                       .columns = {{"rank", {"rank", "名次"}, column_format::year}}};
  add_actor_columns(input, table);
  table.columns.push_back({"value", {"value", "数值"}, column_format::number});
  if (ranking.total) {
    table.columns.push_back({"share", {"share", "占比"}, column_format::share});
    table.columns.push_back({"cumulative", {"cumulative", "累计占比"}, column_format::share});
  }
  for (const ranked_actor& each : ranking.actors) {
    std::vector<document_cell> row{count_cell(each.rank)};
    add_actor_cells(input, each.actor, row);
    row.emplace_back(each.value);
    if (ranking.total) {
      row.push_back(cell(each.share));
      row.push_back(cell(each.cumulative_share));
    }
    table.rows.push_back(std::move(row));
  }
  const bilingual definition = translated(facts.definition);
  const std::string population =
      number_text(static_cast<double>(ranking.population), column_format::count);
  if (ranking.total) {
    const std::string total = number_text(*ranking.total, column_format::number);
    table.notes.push_back(
        {fmt::format("{}: {}. Shares are of {}, the sum over {} actors; equal values share a rank.",
                     facts.name, definition.english, total, population),
         fmt::format("{}。占比的分母为 {} 个节点之和 {}；数值相同者名次相同。", definition.chinese,
                     population, total)});
  } else {
    table.notes.push_back({fmt::format("{}: {}. Among {} actors; equal values share a rank.",
                                       facts.name, definition.english, population),
                           fmt::format("{}。共 {} 个节点参与排名；数值相同者名次相同。",
                                       definition.chinese, population)});
  }
  return table;
}

}  // namespace

document_section rankings_section(const document_input& input) {
  document_section section{.id = "rankings", .title = {"Rankings", "排名"}};
  section.blocks.emplace_back(bilingual{
      "An arc runs from the giver to the taker: in-degree counts what an actor took in, out-degree "
      "what it gave.",
      "边由给予者指向接受者：入度为所接受的关系数，出度为所给予的关系数。"});
  const bool directed = input.selected.graph().is_directed();
  std::vector<ranking_words> rankings{
      {actor_metric::degree, "degree", {"Most relations (degree)", "关系最多（度）"}}};
  if (directed) {
    rankings.push_back(
        {actor_metric::out_degree, "out_degree", {"Givers (out-degree)", "给予最多（出度）"}});
    rankings.push_back(
        {actor_metric::in_degree, "in_degree", {"Takers (in-degree)", "接受最多（入度）"}});
  }
  rankings.push_back({actor_metric::betweenness,
                      "betweenness",
                      {"Go-betweens (betweenness)", "中介（介数中心性）"}});
  rankings.push_back({actor_metric::pagerank, "pagerank", {"PageRank", "PageRank"}});
  for (const ranking_words& each : rankings) {
    section.blocks.emplace_back(ranking_table(input, each, {}));
  }
  // Reports rank the surveyed and the named apart.
  for (const auto& [role, id, title] :
       {std::tuple{"sample", "degree_sample",
                   bilingual{"Sample actors with most relations", "关系最多的样本节点"}},
        std::tuple{"relation", "degree_relation",
                   bilingual{"Relation actors with most relations", "关系最多的关系节点"}}}) {
    const std::vector<std::uint8_t> among = matching_vertices(input.selected, {.role = role});
    const auto members = std::count(among.begin(), among.end(), std::uint8_t{1});
    if (members == 0 || members == static_cast<std::ptrdiff_t>(among.size())) continue;
    section.blocks.emplace_back(ranking_table(input, {actor_metric::degree, id, title}, among));
  }
  return section;
}

document_section roles_section(const document_input& input) {
  document_section section{
      .id = "roles", .title = {"Roles: brokers, gatekeepers, core", "角色：中间人、守门人与核心"}};
  const selection& selected = input.selected;
  const graph& g = selected.graph();
  const vertex_id n = g.vertex_count();
  const cut_result cut = cuts(g, input.exec);
  const structural_holes_result holes = structural_holes(g, tie_strength::unit, input.exec);
  const core_periphery_result core =
      core_periphery(g, {.restarts = 5, .seed = input.options.seed}, input.exec);
  const auto articulation =
      static_cast<double>(std::count_if(cut.is_articulation.begin(), cut.is_articulation.end(),
                                        [](std::uint8_t is) { return is != 0; }));

  document_table facts{.id = "roles_facts",
                       .title = {"Who holds it together", "谁在维系网络"},
                       .columns = {{"what", {"what", "项目"}},
                                   {"value", {"value", "数值"}, column_format::number},
                                   {"definition", {"definition", "定义"}}}};
  facts.rows.push_back({bilingual{"articulation points", "割点"}, articulation,
                        bilingual{"actors without whom their component falls apart",
                                  "失去该节点，其所在连通分量即分裂"}});
  facts.rows.push_back({bilingual{"bridges", "桥"}, count_cell(cut.bridges.size()),
                        bilingual{"edges without which their component falls apart",
                                  "失去该边，其所在连通分量即分裂"}});
  facts.rows.push_back({bilingual{"core actors", "核心节点数"},
                        core.correlation ? count_cell(core.core_size) : document_cell{},
                        bilingual{"Borgatti and Everett's discrete core, by search",
                                  "Borgatti–Everett 离散核心（搜索所得）"}});
  facts.rows.push_back({bilingual{"core-periphery correlation", "核心–边缘相关系数"},
                        cell(core.correlation),
                        bilingual{"of the ties with the ideal core-periphery pattern",
                                  "实际联系与理想核心–边缘模式的相关"}});
  facts.rows.push_back({bilingual{"density within the core", "核心内部密度"},
                        cell(core.core_density),
                        bilingual{"arcs / ordered pairs in the core", "核心内边数 / 有序点对数"}});
  facts.rows.push_back({bilingual{"density core to periphery", "核心与边缘之间密度"},
                        cell(core.between_density),
                        bilingual{"arcs / ordered pairs between", "两者之间边数 / 有序点对数"}});
  facts.rows.push_back(
      {bilingual{"density within the periphery", "边缘内部密度"}, cell(core.periphery_density),
       bilingual{"arcs / ordered pairs in the periphery", "边缘内边数 / 有序点对数"}});
  section.blocks.emplace_back(std::move(facts));

  // Brokers between places; without places all are liaisons between actors.
  std::vector<std::uint32_t> group(n);
  std::iota(group.begin(), group.end(), 0U);
  const bool has_places = !input.place_column.empty();
  if (has_places) {
    const grouping places = group_actors(input.network(), input.place_column);
    for (vertex_id v = 0; v < n; ++v) group[v] = places.group[selected.actor(v)];
  }
  const brokerage_result brokers = brokerage(g, group, {}, input.exec);
  std::vector<std::uint64_t> sums(n);
  for (vertex_id v = 0; v < n; ++v) {
    sums[v] = std::accumulate(brokers.counts[v].begin(), brokers.counts[v].end(), std::uint64_t{0});
  }
  std::vector<vertex_id> order(n);
  std::iota(order.begin(), order.end(), 0U);
  const std::size_t shown = std::min<std::size_t>(input.options.top, n);
  std::partial_sort(
      order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown), order.end(),
      [&](vertex_id a, vertex_id b) { return sums[a] != sums[b] ? sums[a] > sums[b] : a < b; });
  document_table table{.id = "brokers",
                       .title = {"Brokers: open paths a → broker → c without a → c",
                                 "中间人：a → 中间人 → c 且无 a → c 的开放路径"}};
  add_actor_columns(input, table);
  table.columns.push_back({"paths", {"open paths", "开放路径"}, column_format::count});
  if (has_places) {
    const std::array<bilingual, brokerage_roles> titles{
        bilingual{"coordinator", "协调者"}, bilingual{"itinerant", "顾问"},
        bilingual{"gatekeeper", "守门人"}, bilingual{"representative", "代表者"},
        bilingual{"liaison", "联络者"}};
    for (std::size_t i = 0; i < brokerage_roles; ++i) {
      table.columns.push_back({titles[i].english, titles[i], column_format::count});
    }
  }
  table.columns.push_back({"constraint", {"constraint", "约束系数"}, column_format::estimate});
  table.columns.push_back(
      {"effective_size", {"effective size", "有效规模"}, column_format::estimate});
  for (std::size_t i = 0; i < shown; ++i) {
    const vertex_id v = order[i];
    if (sums[v] == 0) break;
    std::vector<document_cell> row;
    add_actor_cells(input, selected.actor(v), row);
    row.push_back(count_cell(sums[v]));
    if (has_places) {
      for (const std::uint64_t each : brokers.counts[v]) row.push_back(count_cell(each));
    }
    row.push_back(holes.defined[v] != 0 ? document_cell(holes.constraint[v]) : document_cell{});
    row.push_back(holes.defined[v] != 0 ? document_cell(holes.effective_size[v]) : document_cell{});
    table.rows.push_back(std::move(row));
  }
  if (has_places) {
    const bilingual place = translated(input.place_column);
    table.notes.push_back(
        {fmt::format(
             "Gould and Fernandez's roles between groups by {}: a coordinator links its own, "
             "a gatekeeper lets in, a representative lets out, an itinerant links two of "
             "another group, a liaison three groups. Actors without a {} take no part.",
             place.english, place.english),
         fmt::format("按{}分组的 Gould–Fernandez 角色：协调者连接本组，守门人引入，代表者输出，"
                     "顾问连接他组的两方，联络者连接三个组；未注明{}的节点不参与。",
                     place.chinese, place.chinese)});
  }
  table.notes.push_back(
      {"Constraint and effective size: Burt's measures of structural holes, ties unweighted; a "
       "small "
       "constraint means many separate contacts.",
       "约束系数与有效规模为 Burt 结构洞指标（不计权重）；约束越小，彼此分离的联系越多。"});
  section.blocks.emplace_back(std::move(table));
  return section;
}

document_section layers_section(const document_input& input) {
  document_section section{.id = "layers",
                           .title = {"Layers: the dimensions side by side", "多层：各维度之比较"}};
  const text_column& dimension = input.network().relations().dimension;
  if (!dimension.is_given()) {
    section.blocks.emplace_back(bilingual{"The relations name no dimension: there are no layers.",
                                          "关系未注明维度，无从分层。"});
    return section;
  }
  const layers_result layers =
      layers_of(input.network(), "dimension", input.options.selection, input.exec);
  const multiplexity_result shared = multiplexity(layers, input.exec);
  document_table table{
      .id = "layers",
      .title = {"Layers", "各层"},
      .columns = {{"layer", {"dimension", "维度"}},
                  {"actors", {"active actors", "活跃节点"}, column_format::count},
                  {"arcs", {"arcs", "边数"}, column_format::count},
                  {"reach", {"share of actors", "节点占比"}, column_format::share}}};
  for (std::size_t i = 0; i < layers.layers.size(); ++i) {
    const double actors = static_cast<double>(shared.active_actors[i]);
    table.rows.push_back(
        {translated(layers.layers[i].name), actors, count_cell(layers.layers[i].graph.edge_count()),
         layers.actors.empty() ? document_cell{}
                               : actors / static_cast<double>(layers.actors.size())});
  }
  table.notes.push_back({"Arcs: ordered pairs of actors, each once; loops left out.",
                         "边数为有序点对，重复只计一次，不含自环。"});
  section.blocks.emplace_back(std::move(table));

  document_table spread{
      .id = "layers_of_actors",
      .title = {"In how many layers actors and pairs are", "节点与点对出现在几层"},
      .columns = {{"layers", {"layers", "层数"}, column_format::year},
                  {"actors", {"actors", "节点"}, column_format::count},
                  {"arcs", {"pairs", "点对"}, column_format::count}}};
  for (std::size_t k = 1; k < shared.actors_in.size(); ++k) {
    spread.rows.push_back(
        {count_cell(k), count_cell(shared.actors_in[k]), count_cell(shared.arcs_in[k])});
  }
  section.blocks.emplace_back(std::move(spread));

  document_table pairs{
      .id = "layer_pairs",
      .title = {"How alike two layers are", "两层之间的相似"},
      .columns = {{"first", {"layer", "层"}},
                  {"second", {"and", "与"}},
                  {"common_arcs", {"common pairs", "共同点对"}, column_format::count},
                  {"overlap", {"overlap", "重叠度"}, column_format::share},
                  {"actor_overlap", {"actors in both", "共同节点"}, column_format::share},
                  {"degree_correlation", {"degree correlation", "度相关"}, column_format::estimate},
                  {"qap", {"QAP correlation", "QAP 相关"}, column_format::estimate},
                  {"p", {"p", "p 值"}, column_format::p_value}}};
  for (const layer_pair& each : shared.pairs) {
    const qap_result qap = qap_correlation(
        layers.layers[each.first].graph, layers.layers[each.second].graph,
        {.permutations = input.options.permutations, .seed = input.options.seed}, input.exec);
    pairs.rows.push_back(
        {translated(layers.layers[each.first].name), translated(layers.layers[each.second].name),
         count_cell(each.common_arcs), cell(each.overlap), cell(each.actor_overlap),
         cell(each.degree_correlation), cell(qap.correlation), cell(qap.p_two_sided)});
  }
  if (!pairs.rows.empty()) {
    pairs.notes.push_back(
        {fmt::format("Overlap: Jaccard's, of pairs and of active actors. Degree correlation: "
                     "Spearman's. QAP: Pearson's over all ordered pairs, p two-sided from {} "
                     "permutations, seed {}.",
                     input.options.permutations, input.options.seed),
         fmt::format("重叠度为点对及活跃节点的 Jaccard 系数；度相关为 Spearman 系数；QAP 为全部有序"
                     "点对的 Pearson 相关，双侧 p 值由 {} 次置换得到，种子 {}。",
                     input.options.permutations, input.options.seed)});
    section.blocks.emplace_back(std::move(pairs));
  } else {
    section.blocks.emplace_back(
        bilingual{"There is one layer only: nothing to compare.", "只有一层，无可比较。"});
  }
  return section;
}

document_section communities_section(const document_input& input) {
  document_section section{.id = "communities",
                           .title = {"Communities and their leading actors", "社区及其主导节点"}};
  const communities_result& found = input.communities;
  if (found.community.empty()) {
    section.blocks.emplace_back(
        bilingual{"Not computed: some weights are negative, or there is no actor.",
                  "未计算：存在负权重，或没有节点。"});
    return section;
  }
  const selection& selected = input.selected;
  const graph& g = selected.graph();
  const vertex_id n = g.vertex_count();
  const std::vector<std::uint64_t> degree = degrees(g, degree_kind::total, input.exec);
  std::uint64_t single = 0;
  for (const std::uint64_t size : found.sizes) single += size == 1 ? 1 : 0;
  section.blocks.emplace_back(bilingual{
      fmt::format("The best of {} runs of Leiden finds {} communities ({} of a single actor), "
                  "modularity {}; seed {}. Another partition may be nearly as good.",
                  found.runs.size(), number_text(found.count, column_format::count),
                  number_text(static_cast<double>(single), column_format::count),
                  found.modularity ? format_number(*found.modularity) : "undefined",
                  input.options.seed),
      fmt::format("{} 次 Leiden 搜索的最优结果含 {} 个社区（其中 {} 个仅含单一节点），模块化 {}，"
                  "种子 {}。可能存在同样好的其他划分。",
                  found.runs.size(), number_text(found.count, column_format::count),
                  number_text(static_cast<double>(single), column_format::count),
                  found.modularity ? format_number(*found.modularity) : "无定义",
                  input.options.seed)});
  const std::size_t shown = std::min<std::size_t>(input.options.top, found.count);
  std::vector<std::vector<vertex_id>> members(shown);
  for (vertex_id v = 0; v < n; ++v) {
    if (found.community[v] < shown) members[found.community[v]].push_back(v);
  }
  std::vector<std::uint64_t> internal(shown, 0);
  std::vector<std::uint64_t> touching(shown, 0);
  for (vertex_id v = 0; v < n; ++v) {
    for (const vertex_id w : g.out_neighbors(v)) {
      const std::uint32_t a = found.community[v];
      const std::uint32_t b = found.community[w];
      if (a < shown) ++touching[a];
      if (b < shown && b != a) ++touching[b];
      if (a < shown && a == b) ++internal[a];
    }
  }
  const auto most_frequent = [&](const text_column& column, const std::vector<vertex_id>& who) {
    std::map<std::string_view, std::uint64_t> counts;
    for (const vertex_id v : who) {
      const std::string_view word = column[selected.actor(v)];
      if (!word.empty()) ++counts[word];
    }
    const auto best =
        std::max_element(counts.begin(), counts.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    if (best == counts.end()) return document_cell{};
    return label_cell(
        fmt::format("{} ({:.0f}%)", best->first,
                    100.0 * static_cast<double>(best->second) / static_cast<double>(who.size())));
  };
  const actor_table& actors = input.network().actors();
  document_table table{
      .id = "communities",
      .title = {"The largest communities", "最大的社区"},
      .columns = {{"community", {"no.", "编号"}, column_format::year},
                  {"actors", {"actors", "节点"}, column_format::count},
                  {"share", {"share", "占比"}, column_format::share},
                  {"internal", {"edges inside", "内部边占比"}, column_format::share},
                  {"leaders", {"leading actors (degree)", "主导节点（度）"}}}};
  if (actors.type.is_given()) {
    table.columns.push_back({"type", {"commonest type", "最常见类型"}});
  }
  const text_column* place = place_of(input);
  if (place != nullptr) {
    const bilingual name = translated(input.place_column);
    table.columns.push_back({"place", {"commonest " + name.english, "最常见" + name.chinese}});
  }
  for (std::size_t c = 0; c < shown; ++c) {
    std::vector<vertex_id>& own = members[c];
    const std::size_t leaders = std::min<std::size_t>(5, own.size());
    std::partial_sort(own.begin(), own.begin() + static_cast<std::ptrdiff_t>(leaders), own.end(),
                      [&](vertex_id a, vertex_id b) {
                        return degree[a] != degree[b] ? degree[a] > degree[b] : a < b;
                      });
    std::string names;
    for (std::size_t i = 0; i < leaders; ++i) {
      names += fmt::format("{}{} ({})", i == 0 ? "" : ", ",
                           input.network().label(selected.actor(own[i])), degree[own[i]]);
    }
    std::vector<document_cell> row{
        count_cell(c + 1), count_cell(found.sizes[c]),
        static_cast<double>(found.sizes[c]) / static_cast<double>(n),
        touching[c] == 0 ? document_cell{}
                         : static_cast<double>(internal[c]) / static_cast<double>(touching[c]),
        label_cell(names)};
    if (actors.type.is_given()) row.push_back(most_frequent(actors.type, own));
    if (place != nullptr) row.push_back(most_frequent(*place, own));
    table.rows.push_back(std::move(row));
  }
  table.notes.push_back(
      {"Edges inside: of the edges with an end in the community, those with both. Share: of all "
       "actors.",
       "内部边占比：与该社区相连的边中两端均在其内者；占比为占全部节点。"});
  section.blocks.emplace_back(std::move(table));

  std::map<std::uint64_t, std::uint64_t> by_size;
  for (const std::uint64_t size : found.sizes) ++by_size[size];
  document_table sizes{.id = "community_sizes",
                       .title = {"Community sizes", "社区规模"},
                       .columns = {{"rank", {"rank", "位次"}, column_format::count},
                                   {"actors", {"actors", "节点"}, column_format::count}},
                       .is_shown = false};
  for (std::size_t c = 0; c < found.sizes.size(); ++c) {
    // A long tail of equal sizes is a line between its ends.
    const bool inside = c > 0 && c + 1 < found.sizes.size() &&
                        found.sizes[c - 1] == found.sizes[c] &&
                        found.sizes[c + 1] == found.sizes[c];
    if (!inside) sizes.rows.push_back({count_cell(c + 1), count_cell(found.sizes[c])});
  }
  section.blocks.emplace_back(document_chart{
      .id = "chart_community_sizes",
      .title = {"Community sizes by rank", "社区规模位次"},
      .kind = document_chart_kind::lines,
      .table = "community_sizes",
      .x = "rank",
      .y = {"actors"},
      .x_axis = {{"rank", "位次"}, document_scale::logarithmic},
      .y_axis = {{"actors", "节点数"}, document_scale::logarithmic},
      .caption = {"Every community by its rank; of a run of equal sizes only the ends are stored.",
                  "全部社区按规模排位；规模相同的一段只保存两端。"}});
  section.blocks.emplace_back(std::move(sizes));
  return section;
}

}  // namespace valuenet::detail
