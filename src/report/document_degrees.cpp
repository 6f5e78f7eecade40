// The report's section on degree distributions: are they power laws?
#include "valuenet/metrics/degree.hpp"
#include "valuenet/report/table.hpp"
#include "valuenet/statistics/empirical_distribution.hpp"
#include "valuenet/statistics/power_law_assessment.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "report/document_sections.hpp"

namespace valuenet::detail {
namespace {

struct degree_words {
  degree_kind kind;
  const char* id;
  bilingual name;
};

bilingual name_of(alternative kind) {
  switch (kind) {
    case alternative::exponential:
      return {"exponential", "指数"};
    case alternative::lognormal:
      return {"lognormal", "对数正态"};
    case alternative::stretched_exponential:
      return {"stretched exponential", "拉伸指数"};
    case alternative::power_law_with_cutoff:
      return {"power law with cut-off", "带截断的幂律"};
    case alternative::poisson:
      break;
  }
  return {"Poisson", "泊松"};
}

void add_curve(document_table& table, const bilingual& name, const std::vector<ccdf_point>& curve) {
  for (const ccdf_point& each : curve) {
    table.rows.push_back({name, each.value, each.probability});
  }
}

/// The empirical points that a log-log plot can show apart: all of a small sample, else those that
/// differ by more than a 300th of a decade.
std::vector<ccdf_point> visible(const std::vector<ccdf_point>& curve) {
  std::vector<ccdf_point> shown;
  for (const ccdf_point& each : curve) {
    if (each.value <= 0.0) continue;
    if (shown.empty() || std::log10(each.value / shown.back().value) > 1.0 / 300.0) {
      shown.push_back(each);
    }
  }
  if (!shown.empty() && shown.back().value != curve.back().value) shown.push_back(curve.back());
  return shown;
}

void add_distribution(document_section& section, const document_input& input,
                      const degree_words& words, document_table& fits,
                      document_table& alternatives) {
  const value_counts sample =
      count_values(degrees(input.selected.graph(), words.kind, input.exec), input.exec);
  const power_law_assessment found = assess_power_law(
      sample,
      {.fit = {.bootstrap_replicates = input.options.replicates, .seed = input.options.seed},
       .intervals = {.replicates = 200, .seed = input.options.seed},
       .tail_index = {.seed = input.options.seed}},
      input.exec);
  section.blocks.emplace_back(
      bilingual{fmt::format("{}: {}", words.name.english, found.verdict.headline.text),
                fmt::format("{}：{}", words.name.chinese, found.verdict.headline.text_zh)});

  const bilingual observed{"observed", "观测值"};
  const bilingual law{"power law", "幂律拟合"};
  document_table curves{
      .id = fmt::format("{}_ccdf", words.id),
      .title = {words.name.english + ": P(X ≥ x)", words.name.chinese + "：P(X ≥ x)"},
      .columns = {{"series", {"series", "系列"}},
                  {"degree", {"degree x", "度 x"}, column_format::number},
                  {"probability", {"P(X ≥ x)", "P(X ≥ x)"}, column_format::number}},
      .is_shown = false};
  add_curve(curves, observed, visible(empirical_ccdf(sample)));
  add_curve(curves, law, fitted_ccdf(found.fit, sample, 60));
  document_chart chart{
      .id = fmt::format("chart_{}_ccdf", words.id),
      .title = {words.name.english + ": P(X ≥ x) on log-log axes",
                words.name.chinese + "：双对数坐标下的 P(X ≥ x)"},
      .kind = document_chart_kind::lines,
      .table = curves.id,
      .x = "degree",
      .y = {"probability"},
      .series = "series",
      .points = {observed.english},
      .x_axis = {{"degree x", "度 x"}, document_scale::logarithmic},
      .y_axis = {{"P(X ≥ x)", "P(X ≥ x)"}, document_scale::logarithmic},
      .caption = {
          "Points: share of actors with at least x relations. Lines: the laws fitted to the "
          "tail from x_min on, drawn on it.",
          "点：至少有 x 条关系的节点占比；线：对 x_min 以上尾部拟合的各分布。"}};
  if (found.alternatives) {
    for (const alternative_fit& each : found.alternatives->alternatives) {
      const bilingual name = name_of(each.kind);
      if (each.kind == alternative::lognormal || each.kind == alternative::power_law_with_cutoff) {
        add_curve(curves, name, fitted_ccdf(each, found.fit, sample, discretization::round, 60));
        chart.dashed.push_back(name.english);
      }
      alternatives.rows.push_back(
          {words.name, name, each.log_likelihood_ratio, cell(each.p_value), cell(each.aic_weight),
           each.collapsed                    ? bilingual{"is a power law itself", "退化为幂律"}
           : each.indistinguishable          ? bilingual{"cannot be told apart", "无法区分"}
           : each.log_likelihood_ratio > 0.0 ? bilingual{"fits worse", "拟合较差"}
                                             : bilingual{"fits better", "拟合较好"}});
    }
  }
  section.blocks.emplace_back(std::move(chart));
  section.blocks.emplace_back(std::move(curves));
  for (const auto* list : {&found.verdict.reasons, &found.verdict.undecided}) {
    for (const sentence& each : *list) {
      section.blocks.emplace_back(bilingual{"– " + each.text, "– " + each.text_zh});
    }
  }
  std::vector<document_cell> row{words.name, count_cell(found.fit.sample.given),
                                 count_cell(found.fit.sample.kept)};
  if (found.fit.fit) {
    const power_law_fit& fit = *found.fit.fit;
    row.insert(row.end(), {fit.alpha, fit.alpha_standard_error, fit.x_min,
                           count_cell(fit.tail_size), fit.tail_share, fit.ks_distance,
                           fit.goodness ? document_cell(fit.goodness->p_value) : document_cell{}});
  } else {
    row.resize(fits.columns.size() - 1);
    fits.notes.push_back({words.name.english + ": " + explain(found.fit.status),
                          words.name.chinese + "：" + explain_zh(found.fit.status)});
  }
  row.push_back(found.verdict.scale_free
                    ? document_cell(bilingual{std::string(to_string(*found.verdict.scale_free)),
                                              std::string(to_string_zh(*found.verdict.scale_free))})
                    : document_cell{});
  fits.rows.push_back(std::move(row));
}

}  // namespace

document_section degrees_section(const document_input& input) {
  document_section section{.id = "degrees", .title = {"Degree distribution", "度分布"}};
  document_table fits{
      .id = "power_laws",
      .title = {"Power laws fitted to the tails", "尾部的幂律拟合"},
      .columns = {{"degree", {"degree", "度"}},
                  {"actors", {"actors", "节点"}, column_format::count},
                  {"positive", {"above 0", "大于 0"}, column_format::count},
                  {"alpha", {"alpha", "指数 α"}, column_format::estimate},
                  {"error", {"standard error", "标准误"}, column_format::estimate},
                  {"x_min", {"x_min", "x_min"}, column_format::number},
                  {"tail", {"tail", "尾部规模"}, column_format::count},
                  {"tail_share", {"tail share", "尾部占比"}, column_format::share},
                  {"ks", {"KS distance", "KS 距离"}, column_format::estimate},
                  {"p_value", {"p", "p 值"}, column_format::p_value},
                  {"class", {"Broido and Clauset's class", "Broido–Clauset 类别"}}}};
  document_table alternatives{
      .id = "alternatives",
      .title = {"Alternatives to the power law", "幂律之外的分布"},
      .columns = {{"degree", {"degree", "度"}},
                  {"alternative", {"alternative", "备择分布"}},
                  {"ratio", {"log-likelihood ratio", "对数似然比"}, column_format::estimate},
                  {"p_value", {"p", "p 值"}, column_format::p_value},
                  {"aic_weight", {"AIC weight", "AIC 权重"}, column_format::estimate},
                  {"reading", {"than the power law", "与幂律相比"}}}};
  const std::array kinds{
      degree_words{degree_kind::total, "degree", {"Total degree", "总度"}},
      degree_words{degree_kind::in, "in_degree", {"In-degree (taken)", "入度（接受）"}},
      degree_words{degree_kind::out, "out_degree", {"Out-degree (given)", "出度（给予）"}}};
  for (std::size_t i = 0; i < (input.selected.graph().is_directed() ? kinds.size() : 1); ++i) {
    add_distribution(section, input, kinds[i], fits, alternatives);
  }
  fits.notes.push_back(
      {fmt::format("Maximum likelihood, x_min by the least KS distance; p from {} replicates, seed "
                   "{}: below 0.1 the power law is ruled out (Clauset, Shalizi and Newman 2009).",
                   input.options.replicates, input.options.seed),
       fmt::format(
           "极大似然估计，x_min 取 KS 距离最小者；p 值由 {} 次重复得到，种子 {}，小于 0.1 即"
           "排除幂律（Clauset、Shalizi 与 Newman 2009）。",
           input.options.replicates, input.options.seed)});
  alternatives.notes.push_back(
      {"Log-likelihood of the power law less the alternative's on the same tail: positive favours "
       "the power law; a small p says that the sign can be trusted.",
       "同一尾部上幂律与备择分布的对数似然之差：为正支持幂律；p 值小说明符号可信。"});
  section.blocks.emplace_back(std::move(fits));
  if (!alternatives.rows.empty()) section.blocks.emplace_back(std::move(alternatives));
  return section;
}

}  // namespace valuenet::detail
