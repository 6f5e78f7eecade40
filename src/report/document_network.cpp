// The report's sections about the tables and the network as a whole: input, statistics,
// conventions, provenance.
#include "valuenet/network/accounting.hpp"
#include "valuenet/network/published.hpp"
#include "valuenet/report/summary_report.hpp"
#include "valuenet/version.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "report/document_sections.hpp"

namespace valuenet::detail {
namespace {

std::string whole(std::uint64_t value) {
  return number_text(static_cast<double>(value), column_format::count);
}

std::uint64_t sum_of(const std::vector<reason_count>& reasons) {
  std::uint64_t sum = 0;
  for (const reason_count& each : reasons) sum += each.count;
  return sum;
}

document_table files_table(const import_accounting& imported) {
  document_table files{.id = "input_files",
                       .title = {"Files read", "读入的文件"},
                       .columns = {{"file", {"file", "文件"}},
                                   {"format", {"format", "格式"}},
                                   {"encoding", {"encoding", "编码"}},
                                   {"bytes", {"bytes", "字节"}, column_format::count},
                                   {"rows", {"rows read", "读入行"}, column_format::count},
                                   {"actors", {"= actors", "= 节点行"}, column_format::count},
                                   {"relations", {"+ relations", "+ 关系行"}, column_format::count},
                                   {"dropped", {"+ dropped", "+ 略去"}, column_format::count},
                                   {"rejected", {"+ rejected", "+ 拒收"}, column_format::count},
                                   {"hash", {imported.hash_name, imported.hash_name}}}};
  for (const file_accounting& f : imported.files) {
    files.rows.push_back({label_cell(f.file), translated(f.format), label_cell(f.encoding),
                          count_cell(f.bytes), count_cell(f.actor_rows + f.relation_rows),
                          count_cell(f.actors_kept), count_cell(f.relations_kept),
                          count_cell(sum_of(f.dropped)), count_cell(f.rejected),
                          label_cell(f.hash)});
    for (const reason_count& each : f.dropped) {
      const bilingual reason = translated(each.reason);
      files.notes.push_back(
          {fmt::format("{}: {} dropped: {}", f.file, whole(each.count), reason.english),
           fmt::format("{}：略去 {} 行：{}", f.file, whole(each.count), reason.chinese)});
    }
    for (const std::string& note : f.notes) {
      const bilingual fact = translated(note);
      files.notes.push_back({f.file + ": " + fact.english, f.file + "：" + fact.chinese});
    }
  }
  return files;
}

document_table rejected_table(const import_accounting& imported) {
  document_table rejected{.id = "input_rejected",
                          .title = {"Rows that were rejected", "被拒收的行"},
                          .columns = {{"file", {"file", "文件"}},
                                      {"line", {"line", "行号"}, column_format::year},
                                      {"reason", {"reason", "原因"}},
                                      {"text", {"row", "原文"}}}};
  for (const rejected_row& r : imported.rejected) {
    rejected.rows.push_back(
        {label_cell(r.file), count_cell(r.line), translated(r.reason), label_cell(r.text)});
  }
  if (imported.rejected_count > imported.rejected.size()) {
    rejected.notes.push_back(
        {fmt::format("{} were rejected; the first are shown.", whole(imported.rejected_count)),
         fmt::format("共拒收 {} 行，此处只列前几行。", whole(imported.rejected_count))});
  }
  return rejected;
}

document_table selection_table(const selection_accounting& s) {
  document_table lines{.id = "input_selection",
                       .title = {"From relations to edges", "从关系到边"},
                       .columns = {{"step", {"step", "步骤"}},
                                   {"relations", {"number", "数量"}, column_format::count}}};
  lines.rows.push_back(
      {bilingual{"relations in the files", "文件中的关系"}, count_cell(s.relations)});
  for (const reason_count& each : s.dropped) {
    const bilingual reason = translated(each.reason);
    lines.rows.push_back({bilingual{"- dropped: " + reason.english, "− 略去：" + reason.chinese},
                          count_cell(each.count)});
  }
  lines.rows.push_back({bilingual{"= selected", "= 选入"}, count_cell(s.selected)});
  lines.rows.push_back(
      {bilingual{"+ mirrored (relations that hold both ways)", "+ 双向关系的反向边"},
       count_cell(s.mirrored)});
  lines.rows.push_back(
      {bilingual{"- merged (same giver, taker and kind)", "− 合并（给予者、接受者与种类相同）"},
       count_cell(s.merged)});
  lines.rows.push_back({bilingual{"- loops dropped", "− 略去的自环"}, count_cell(s.dropped_loops)});
  lines.rows.push_back({bilingual{"= edges", "= 边"}, count_cell(s.edges)});
  lines.rows.push_back({bilingual{"actors in the graph", "图中的节点"}, count_cell(s.actors)});
  lines.rows.push_back(
      {bilingual{"actors of the files left out", "未进入图的节点"}, count_cell(s.actors_left_out)});
  return lines;
}

document_table findings_table(const std::vector<finding>& findings) {
  document_table table{.id = "input_findings",
                       .title = {"What does not fit together", "数据中的矛盾与疑点"},
                       .columns = {{"grade", {"grade", "程度"}},
                                   {"rule", {"rule", "规则"}},
                                   {"where", {"where", "位置"}},
                                   {"finding", {"finding", "发现"}},
                                   {"rows", {"rows", "行数"}, column_format::count}}};
  for (const finding& each : findings) {
    table.rows.push_back({translated(to_string(each.grade)), translated(each.rule),
                          translated(each.where), translated(each.message), count_cell(each.rows)});
  }
  return table;
}

/// As the tools write themselves.
std::string tool_name(convention whose) {
  switch (whose) {
    case convention::gephi:
      return "Gephi";
    case convention::networkx:
      return "NetworkX";
    case convention::igraph:
      break;
  }
  return "igraph";
}

bilingual named_reading(const reading& each) {
  const std::string name(to_string(each.summary.convention));
  return {tool_name(each.summary.convention) + each.name.substr(name.size()),
          translated(each.name).chinese};
}

}  // namespace

document_section input_section(const document_input& input) {
  document_section section{.id = "input",
                           .title = {"Input: where every row went", "输入：每一行的去向"}};
  const import_accounting& imported = input.read.accounting;
  const std::vector<finding> findings = check_network(input.network());
  const auto contradictions = static_cast<std::uint64_t>(std::count_if(
      findings.begin(), findings.end(),
      [](const finding& each) { return each.grade == finding_grade::contradiction; }));
  section.blocks.emplace_back(bilingual{
      fmt::format(
          "The files give {} actors and {} relations; {} rows were rejected. The checks find "
          "{} contradictions and {} doubts.",
          whole(imported.actors), whole(imported.relations), whole(imported.rejected_count),
          contradictions, findings.size() - contradictions),
      fmt::format(
          "文件共给出 {} 个节点、{} 条关系；拒收 {} 行。一致性检查发现 {} 处矛盾、{} 处疑点。",
          whole(imported.actors), whole(imported.relations), whole(imported.rejected_count),
          contradictions, findings.size() - contradictions)});
  section.blocks.emplace_back(files_table(imported));
  if (!imported.rejected.empty()) section.blocks.emplace_back(rejected_table(imported));
  section.blocks.emplace_back(selection_table(input.selected.accounting()));
  if (!findings.empty()) section.blocks.emplace_back(findings_table(findings));
  return section;
}

document_section statistics_section(const document_input& input) {
  document_section section{.id = "statistics", .title = {"Network statistics", "网络统计量"}};
  const summary_result& summary = input.summary;
  const std::string convention = tool_name(summary.convention);
  const bool directed = summary.direction == direction::directed;
  section.blocks.emplace_back(bilingual{
      fmt::format("Each number by the convention of {}, read as {} graph, with what it means and "
                  "what it was counted or averaged over.",
                  convention, directed ? "a directed" : "an undirected"),
      fmt::format("各统计量按 {} 的口径、作为{}图计算，并注明定义和统计总体。", convention,
                  directed ? "有向" : "无向")});
  document_table table{.id = "statistics",
                       .title = {"Network statistics, each with definition and population",
                                 "网络统计量及其定义与总体"},
                       .columns = {{"statistic", {"statistic", "统计量"}},
                                   {"value", {"value", "数值"}, column_format::number},
                                   {"definition", {"definition", "定义"}},
                                   {"population", {"population", "统计总体"}},
                                   {"name", {"name", "字段名"}}}};
  for (const statistic& s : summary.statistics) {
    bilingual definition = translated(s.definition);
    if (s.seed) {
      definition.english += fmt::format("; seed {}", *s.seed);
      definition.chinese += fmt::format("；种子 {}", *s.seed);
    }
    table.rows.push_back({bilingual{s.label, s.label_zh}, cell(s.value), std::move(definition),
                          translated(s.population), label_cell(s.name)});
  }
  table.notes.push_back(
      {"A dash: undefined; the definition says why.", "短横表示无定义，原因见定义一栏。"});
  section.blocks.emplace_back(std::move(table));
  return section;
}

document_section conventions_section(const document_input& input) {
  document_section section{.id = "conventions",
                           .title = {"What Gephi, NetworkX and igraph would say",
                                     "Gephi、NetworkX 与 igraph 会给出什么"}};
  section.blocks.emplace_back(bilingual{
      "One name hides several definitions. The same network under each tool's conventions, read as "
      "a directed and as an undirected graph; whoever compares with a published figure looks here "
      "first.",
      "同一名称之下有多种定义。下表按各软件的口径，分别作为有向图和无向图计算同一网络；"
      "与已发表数字比较时应先看此表。"});
  const std::vector<reading> readings = compare_conventions(
      input.network(), input.options.selection,
      {.finalists = 1, .most_patience = 4, .seed = input.options.seed}, input.exec);
  document_table table{.id = "conventions",
                       .title = {"The same network by each convention", "同一网络，不同口径"},
                       .columns = {{"statistic", {"statistic", "统计量"}}}};
  const reading* longest = &readings.front();
  for (const reading& each : readings) {
    std::string id = each.name;
    std::replace_if(
        id.begin(), id.end(), [](char c) { return c == ' ' || c == ','; }, '_');
    table.columns.push_back({std::move(id), named_reading(each), column_format::number});
    if (each.summary.statistics.size() > longest->summary.statistics.size()) longest = &each;
  }
  for (const statistic& s : longest->summary.statistics) {
    std::vector<document_cell> row{bilingual{s.label, s.label_zh}};
    for (const reading& each : readings) {
      const statistic* found = each.summary.find(s.name);
      row.push_back(found != nullptr ? cell(found->value) : document_cell{});
    }
    table.rows.push_back(std::move(row));
  }
  table.notes.push_back(
      {"A dash: that tool or reading has no such value (NetworkX has no path statistics of a graph "
       "in which some pair has no path).",
       "短横表示该软件或读法没有此值（NetworkX 对存在不可达点对的图不给出路径统计量）。"});
  table.notes.push_back(
      {"Modularity is the best of a short search, a lower bound, and may differ in the third digit "
       "from the table above and from what the tools find.",
       "模块化为较短搜索中的最优值（下界），第三位数字可能与上表及各软件所得不同。"});
  section.blocks.emplace_back(std::move(table));
  return section;
}

document_section provenance_section(const document_input& input) {
  document_section section{.id = "provenance", .title = {"Provenance", "来源与再现"}};
  const document_options& options = input.options;
  section.blocks.emplace_back(bilingual{
      "The same files, options and seed give the same numbers to the last bit, at any number of "
      "threads.",
      "相同的文件、选项与种子，在任何线程数下都给出逐位相同的数字。"});
  document_table table{.id = "provenance",
                       .title = {"How this report was made", "本报告如何生成"},
                       .columns = {{"what", {"what", "项目"}}, {"value", {"value", "内容"}}}};
  table.rows.push_back(
      {bilingual{"program", "程序"}, label_cell(fmt::format("valuenet {}", version()))});
  if (!options.command.empty()) {
    table.rows.push_back({bilingual{"command", "命令"}, label_cell(options.command)});
  }
  table.rows.push_back(
      {bilingual{"convention", "口径"}, label_cell(to_string(options.convention))});
  table.rows.push_back({bilingual{"seed", "随机种子"}, label_cell(std::to_string(options.seed))});
  table.rows.push_back({bilingual{"replicates of the power laws' p-values", "幂律 p 值的重复次数"},
                        count_cell(options.replicates)});
  table.rows.push_back(
      {bilingual{"permutations (QAP)", "置换次数（QAP）"}, count_cell(options.permutations)});
  for (const file_accounting& f : input.read.accounting.files) {
    table.rows.push_back(
        {bilingual{"input", "输入文件"},
         label_cell(fmt::format("{} ({} {})", f.file, input.read.accounting.hash_name, f.hash))});
  }
  if (!options.time.empty()) {
    table.rows.push_back({bilingual{"time", "时间"}, label_cell(options.time)});
  }
  section.blocks.emplace_back(std::move(table));
  return section;
}

}  // namespace valuenet::detail
