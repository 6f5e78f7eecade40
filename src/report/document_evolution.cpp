// The report's section on the years.
#include "valuenet/network/densification.hpp"
#include "valuenet/network/preferential_attachment.hpp"
#include "valuenet/network/slices.hpp"
#include "valuenet/report/table.hpp"

#include <array>

#include <fmt/format.h>

#include "report/document_sections.hpp"

namespace valuenet::detail {
namespace {

void add_chart(document_section& section, const char* id, bilingual title,
               std::vector<std::string> series, bilingual y_title, bilingual caption) {
  section.blocks.emplace_back(document_chart{.id = id,
                                             .title = std::move(title),
                                             .kind = document_chart_kind::lines,
                                             .table = "evolution",
                                             .x = "year",
                                             .y = std::move(series),
                                             .x_axis = {{"year", "年份"}},
                                             .y_axis = {std::move(y_title)},
                                             .caption = std::move(caption)});
}

document_table laws_table(const document_input& input) {
  document_table table{
      .id = "growth_laws",
      .title = {"Laws of growth", "增长规律"},
      .columns = {{"law", {"law", "规律"}},
                  {"value", {"exponent", "指数"}, column_format::estimate},
                  {"error", {"standard error", "标准误"}, column_format::estimate},
                  {"observations", {"observations", "观测数"}, column_format::count}}};
  const selection_options& selection = input.options.selection;
  const densification_result dense =
      densification(input.network(), {.selection = selection}, input.exec);
  table.rows.push_back(
      {bilingual{"densification: edges ~ actors^exponent", "致密化：边数 ~ 节点数^指数"},
       cell(dense.exponent), cell(dense.standard_error), count_cell(dense.points.size())});
  const std::array kinds{degree_kind::total, degree_kind::in, degree_kind::out};
  const std::array names{bilingual{"attachment, total degree", "择优连接（总度）"},
                         bilingual{"attachment, in-degree", "择优连接（入度）"},
                         bilingual{"attachment, out-degree", "择优连接（出度）"}};
  for (std::size_t i = 0; i < (input.selected.graph().is_directed() ? kinds.size() : 1); ++i) {
    const attachment_result found = preferential_attachment(
        input.network(), {.selection = selection, .kind = kinds[i]}, input.exec);
    table.rows.push_back(
        {names[i], cell(found.exponent),
         found.exponent ? document_cell(found.robust_standard_error) : document_cell{},
         count_cell(found.arrivals)});
    if (!found.exponent) {
      const bilingual why = translated(explain(found.status));
      table.notes.push_back(
          {names[i].english + ": " + why.english, names[i].chinese + "：" + why.chinese});
    }
  }
  table.notes.push_back(
      {"Densification above 1: relations grow faster than actors. Attachment: a new relation's end "
       "goes to an actor of degree k with chance ~ k^exponent; 0 no preference, 1 linear.",
       "致密化指数大于 1：关系增长快于节点。择优连接：新关系的一端选中度为 k 的节点的概率 ~ "
       "k^指数；0 为无偏好，1 为线性。"});
  return table;
}

}  // namespace

document_section evolution_section(const document_input& input) {
  document_section section{.id = "evolution", .title = {"Evolution by year", "逐年演化"}};
  evolution_options options{.selection = input.options.selection};
  // An actor is there from its first relation on, as `evolve` has it.
  options.selection.all_actors = false;
  options.summary.convention = input.options.convention;
  options.summary.seed = input.options.seed;
  const evolution_result found = evolution(input.network(), options, input.exec);
  section.blocks.emplace_back(bilingual{
      fmt::format("The network up to and with each year (cumulative), of the actors that have a "
                  "relation by then. {} relations without a year are "
                  "in none of these.",
                  number_text(static_cast<double>(found.undated), column_format::count)),
      fmt::format("截至各年的累计网络，含届时已有关系的节点。未注明年份的 {} 条关系不在其中。",
                  number_text(static_cast<double>(found.undated), column_format::count))});
  if (found.slices.empty()) return section;
  document_table table{.id = "evolution",
                       .title = {"Network statistics by year, cumulative", "逐年累计网络统计量"},
                       .columns = {{"year", {"year", "年份"}, column_format::year},
                                   {"actors", {"actors", "节点"}, column_format::count},
                                   {"edges", {"edges", "边"}, column_format::count},
                                   {"entering", {"entering", "新进入"}, column_format::count}}};
  const std::array shown{"average_degree",
                         "diameter",
                         "density",
                         "modularity",
                         "average_clustering",
                         "average_path_length",
                         "communities",
                         "largest_weak_component",
                         "reciprocity"};
  for (const char* name : shown) {
    const statistic* s = found.slices.back().summary.find(name);
    table.columns.push_back({name,
                             s != nullptr ? bilingual{s->label, s->label_zh} : translated(name),
                             column_format::number});
  }
  for (const network_slice& slice : found.slices) {
    std::vector<document_cell> row{count_cell(slice.until_year), count_cell(slice.actors),
                                   count_cell(slice.edges), count_cell(slice.entering)};
    for (const char* name : shown) {
      const statistic* s = slice.summary.find(name);
      row.push_back(s != nullptr ? cell(s->value) : document_cell{});
    }
    table.rows.push_back(std::move(row));
  }
  table.notes.push_back(
      {"Modularity and communities by a shorter search than in the statistics above: a lower "
       "bound.",
       "模块化与社区数的搜索较前文统计量为短，系下界。"});
  add_chart(section, "chart_growth", {"Actors and edges", "节点与边"},
            {"actors", "edges", "entering"}, {"number", "数量"},
            {"Cumulative; entering: new that year.", "累计；新进入为当年新增。"});
  add_chart(section, "chart_paths",
            {"Path length, diameter and mean degree", "路径长度、直径与平均度"},
            {"average_path_length", "diameter", "average_degree"}, {"arcs", "边数"},
            {"Of the cumulative network.", "累计网络。"});
  add_chart(section, "chart_coefficients",
            {"Modularity, clustering, reciprocity", "模块化、聚类与互惠"},
            {"modularity", "average_clustering", "reciprocity"}, {"coefficient", "系数"},
            {"Of the cumulative network.", "累计网络。"});
  section.blocks.emplace_back(std::move(table));
  section.blocks.emplace_back(laws_table(input));
  return section;
}

}  // namespace valuenet::detail
