// The Chinese of the library's English: definitions, populations, reasons, findings.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/document_sections.hpp"

namespace valuenet::detail {
namespace {

/// {} stands for words or numbers that are kept, {w} for words that are translated in turn. Both
/// languages have them in the same order.
struct phrase {
  std::string_view english;
  std::string_view chinese;
};

// clang-format off
constexpr std::array phrases{
    // Of the summary: definitions.
    phrase{"actors in the network", "网络中的节点"},
    phrase{"arcs; rows of one giver, taker and kind merged", "有向边；给予者、接受者与种类相同的行合并"},
    phrase{"edges; rows of one pair and kind merged", "无向边；同一点对同一种类的行合并"},
    phrase{"edges / nodes", "边数 / 节点数"},
    phrase{"2 edges / nodes", "2 × 边数 / 节点数"},
    phrase{"sum of weights / nodes", "权重之和 / 节点数"},
    phrase{"2 sum of weights / nodes", "2 × 权重之和 / 节点数"},
    phrase{"undefined by NetworkX: {} ordered pairs have no path", "NetworkX 无定义：{} 个有序点对之间没有路径"},
    phrase{"estimated from {} sampled nodes", "由 {} 个抽样节点估计"},
    phrase{"estimated by HyperBall", "由 HyperBall 估计"},
    phrase{"{w} (counting all would visit {} arcs, budget {})", "{w}（全部计算需访问 {} 条边，预算 {}）"},
    phrase{"{w}, 95% interval {} to {}", "{w},95% 区间 {} 至 {}"},
    phrase{"largest distance between reachable nodes, in arcs", "可达节点间的最大距离（边数）"},
    phrase{"largest distance found, in arcs: a lower bound; none is above {}", "所见最大距离（边数），系下界，上界为 {}"},
    phrase{"edges / (nodes (nodes - 1))", "边数 /（节点数 ×（节点数 − 1））"},
    phrase{"2 edges / (nodes (nodes - 1))", "2 × 边数 /（节点数 ×（节点数 − 1））"},
    phrase{"undefined: some weights are negative", "无定义：存在负权重"},
    phrase{"best of {} Leiden runs, {w}, resolution {}", "{} 次 Leiden 搜索之最优，{w}，分辨率 {}"},
    phrase{"undirected view", "按无向视图"},
    phrase{"directed (Leicht and Newman)", "有向（Leicht–Newman）"},
    phrase{"undirected", "无向"},
    phrase{"directed", "有向"},
    phrase{"mean of arcs among neighbours / (k (k - 1)), k < 2 counts as 0", "邻居间边数 /(k (k − 1))的均值，k < 2 计为 0"},
    phrase{"mean of Fagiolo's directed coefficient, k < 2 counts as 0", "Fagiolo 有向聚类系数的均值，k < 2 计为 0"},
    phrase{"mean of 2 triangles / (k (k - 1)), k < 2 counts as 0", "2 × 三角形数 /(k (k − 1))的均值，k < 2 计为 0"},
    phrase{"mean of 2 triangles / (k (k - 1)) over nodes with k >= 2", "k ≥ 2 的节点上 2 × 三角形数 /(k (k − 1))的均值"},
    phrase{"mean distance over reachable ordered pairs, unweighted", "可达有序点对的平均距离，不计权重"},
    phrase{"smallest eccentricity; who reaches nobody has 0", "最小离心率；不可达任何节点者为 0"},
    phrase{"not known: distances were {w}", "未知：距离{w}"},
    phrase{"ordered pairs u != v with a path from u to v", "存在从 u 到 v 的路径的有序点对（u ≠ v）"},
    phrase{"ordered pairs u != v without one", "不存在路径的有序点对（u ≠ v）"},
    phrase{"distance that covers 90% of the pairs, interpolated", "覆盖 90% 点对的距离（插值）"},
    phrase{"mean of 1 / distance, 0 where there is no path", "1 / 距离的均值，无路径计为 0"},
    phrase{"parts connected when direction is ignored", "忽略方向时连通的部分"},
    phrase{"nodes in it", "其中的节点数"},
    phrase{"parts in which each node reaches each", "其中各节点彼此可达的部分"},
    phrase{"as weak ones: the graph is undirected", "同弱连通分量：图为无向"},
    phrase{"triples of nodes that are all tied", "两两相连的三节点组"},
    phrase{"share of pairs of out-neighbours with an arc between (as NetworkX)", "出邻居点对中有边者之占比（同 NetworkX）"},
    phrase{"3 triangles / connected triples, direction ignored", "3 × 三角形数 / 连通三元组数，忽略方向"},
    phrase{"arcs that are returned / arcs", "有反向边的边数 / 边数"},
    phrase{"correlation of giver's out- and taker's in-degree", "给予者出度与接受者入度的相关系数"},
    phrase{"correlation of the degrees at an edge's ends", "边两端度数的相关系数"},
    phrase{"in the partition behind the modularity", "模块化所对应的划分中"},
    phrase{"relations of an actor with itself", "节点与自身的关系"},
    phrase{"edges beyond the first between two nodes, one way", "两节点间同向的第二条及以后的边"},
    phrase{"Freeman: sum of (max - degree) / its largest value", "Freeman：Σ（最大度 − 度）/ 其可能的最大值"},
    phrase{"Freeman, of in-degrees", "Freeman，按入度"},
    phrase{"Freeman, of out-degrees", "Freeman，按出度"},
    phrase{"undefined: the tables give no roles", "无定义：表中未注明角色"},
    phrase{"actors that the study surveyed", "研究所调查的节点"},
    phrase{"actors only named in a surveyed actor's relations", "仅在被调查节点的关系中出现的节点"},
    // Populations.
    phrase{"all actors", "全部节点"},
    phrase{"all relations selected", "全部选入的关系"},
    phrase{"{} nodes", "{} 个节点"},
    phrase{"{} reachable pairs", "{} 个可达点对"},
    phrase{"{} ordered pairs", "{} 个有序点对"},
    phrase{"{} unordered pairs", "{} 个无序点对"},
    phrase{"all ordered pairs", "全部有序点对"},
    phrase{"all edges, {} communities", "全部边，{} 个社区"},
    phrase{"all edges", "全部边"},
    phrase{"all nodes", "全部节点"},
    phrase{"connected triples", "连通三元组"},
    phrase{"{} arcs", "{} 条边"},
    // Readings.
    phrase{"gephi directed, dialog undirected", "Gephi 有向图，对话框选无向"},
    phrase{"gephi directed", "Gephi 有向"},
    phrase{"gephi undirected", "Gephi 无向"},
    phrase{"networkx directed", "NetworkX 有向"},
    phrase{"networkx undirected", "NetworkX 无向"},
    phrase{"igraph directed", "igraph 有向"},
    phrase{"igraph undirected", "igraph 无向"},
    // Metrics of actors.
    phrase{"relations given and taken", "给予与接受的关系数"},
    phrase{"relations taken", "接受的关系数"},
    phrase{"relations given", "给予的关系数"},
    phrase{"sum over pairs of the share of shortest paths through the actor", "各点对最短路径中经过该节点者的占比之和"},
    phrase{"chance of finding a walker that follows relations (0.85) or jumps", "随机游走者（以 0.85 概率沿关系前进，否则跳转）位于该节点的概率"},
    // Places and words of the columns.
    phrase{"province", "省份"},
    phrase{"city", "城市"},
    phrase{"country", "国家"},
    phrase{"circle", "城市群"},
    phrase{"type", "类型"},
    phrase{"technology", "技术"},
    phrase{"human_capital", "人力资本"},
    phrase{"investment", "投资"},
    // Files.
    phrase{"csv actor table", "CSV 节点表"},
    phrase{"csv edge table", "CSV 关系表"},
    phrase{"edge list", "边列表"},
    phrase{"adjacency matrix", "邻接矩阵"},
    phrase{"snapshot", "快照"},
    phrase{"inflated from gzip", "由 gzip 解压"},
    phrase{"{} value of a repeated actor differs from what stood before; the first was kept", "{} 处重复节点的取值与先前不同，保留先出现者"},
    phrase{"{} values of repeated actors differ from what stood before; the first was kept", "{} 处重复节点的取值与先前不同，保留先出现者"},
    phrase{"{} weight was read with a decimal comma (1,33 is 1.33)", "{} 个权重按小数逗号读取（1,33 即 1.33）"},
    phrase{"{} weights were read with a decimal comma (1,33 is 1.33)", "{} 个权重按小数逗号读取（1,33 即 1.33）"},
    phrase{"{} relation has the weight 0 and is kept", "{} 条关系的权重为 0，予以保留"},
    phrase{"{} relations have the weight 0 and are kept", "{} 条关系的权重为 0，予以保留"},
    phrase{"{} actor appears only in relations; their role is relation", "{} 个节点只出现在关系中，其角色为关系节点"},
    phrase{"{} actors appear only in relations; their role is relation", "{} 个节点只出现在关系中，其角色为关系节点"},
    phrase{"{} actor appears only in relations", "{} 个节点只出现在关系中"},
    phrase{"{} actors appear only in relations", "{} 个节点只出现在关系中"},
    phrase{"{} year lies outside {} to {}: {}; kept as given", "{} 个年份不在 {} 至 {} 之内：{}；按原样保留"},
    phrase{"{} years lie outside {} to {}: {}; kept as given", "{} 个年份不在 {} 至 {} 之内：{}；按原样保留"},
    phrase{"{} year in column {} could not be read, such as {}; taken as not given", "{} 个年份（列 {}）无法读取，如 {}；视为未注明"},
    phrase{"{} years in column {} could not be read, such as {}; taken as not given", "{} 个年份（列 {}）无法读取，如 {}；视为未注明"},
    phrase{"{} role is neither sample nor relation, such as {}; taken as not given", "{} 个角色既非样本也非关系，如 {}；视为未注明"},
    phrase{"{} roles are neither sample nor relation, such as {}; taken as not given", "{} 个角色既非样本也非关系，如 {}；视为未注明"},
    // Checks: grades, rules, places, findings.
    phrase{"contradiction", "矛盾"},
    phrase{"doubt", "存疑"},
    phrase{"rounding", "舍入"},
    phrase{"city_in_two_provinces", "一市两省"},
    phrase{"province_in_two_countries", "一省两国"},
    phrase{"kind_in_two_dimensions", "一种类两维度"},
    phrase{"isolated_actor", "孤立节点"},
    phrase{"look_alike", "形近字母"},
    phrase{"repeated_label", "标签重复"},
    phrase{"loop", "自环"},
    phrase{"between_relation_actors", "关系节点之间"},
    phrase{"negative_weight", "负权重"},
    phrase{"zero_weight", "零权重"},
    phrase{"no_year", "缺年份"},
    phrase{"no_dimension", "缺维度"},
    phrase{"no_kind", "缺种类"},
    phrase{"repeated_relation", "关系重复"},
    phrase{"far_year", "年份偏远"},
    phrase{"relations", "关系"},
    phrase{"actors", "节点"},
    phrase{"the tables", "各表"},
    phrase{"city {}", "城市 {}"},
    phrase{"province {}", "省份 {}"},
    phrase{"kind {}", "种类 {}"},
    phrase{"actor {}", "节点 {}"},
    phrase{"label {}", "标签 {}"},
    phrase{"year {}", "年份 {}"},
    phrase{"and {} more cases", "另有 {} 例"},
    phrase{"stands under {} of {w}: {}", "对应 {} 个{w}：{}"},
    phrase{"the label {} has Cyrillic or Greek letters that look like Latin ones; it will not match the Latin name {}", "标签 {} 含形似拉丁字母的西里尔或希腊字母，无法与拉丁名称 {} 匹配"},
    phrase{"{} actors have it, the first two with the ids {} and {}", "{} 个节点同用此标签，前两个的编号为 {} 与 {}"},
    phrase{"{} of {} have no relation", "{} / {} 个没有关系"},
    phrase{"{} of {} run from an actor to itself", "{} / {} 条由节点指向自身"},
    phrase{"{} of {} run between two actors of which neither was surveyed", "{} / {} 条的两端均非被调查节点"},
    phrase{"{} of {} have a weight below 0", "{} / {} 条权重小于 0"},
    phrase{"{} of {} have the weight 0", "{} / {} 条权重为 0"},
    phrase{"{} of {} have no year, others have one", "{} / {} 条没有年份，其余有"},
    phrase{"{} of {} have no dimension, others have one", "{} / {} 条没有维度，其余有"},
    phrase{"{} of {} have no kind, others have one", "{} / {} 条没有种类，其余有"},
    phrase{"{} of {} repeat the giver, taker, dimension, kind and year of an earlier one", "{} / {} 条与先前某条的给予者、接受者、维度、种类和年份全同"},
    phrase{"{} relations, while half of all lie from {} to {}", "{} 条关系，而半数关系位于 {} 至 {}"},
    // Series of the years.
    phrase{"total", "总量"},
    phrase{"members", "成员数"},
    phrase{"largest_share", "最大者占比"},
    phrase{"top_10_percent_share", "前 10% 占比"},
    phrase{"top_1_percent_share", "前 1% 占比"},
    phrase{"top_0.1_percent_share", "前 0.1% 占比"},
    phrase{"gini", "基尼系数"},
    phrase{"herfindahl", "赫芬达尔指数"},
    phrase{"theil", "泰尔指数"},
    phrase{"core_share", "核心占比"},
    phrase{"core_to_core", "核心内部"},
    phrase{"core_to_periphery", "核心到边缘"},
    phrase{"periphery_to_core", "边缘到核心"},
    phrase{"periphery_to_periphery", "边缘内部"},
    phrase{"core_given", "核心给予"},
    phrase{"core_taken", "核心接受"},
    phrase{"diffusion", "扩散度"},
    phrase{"what is counted, summed", "计数之和"},
    phrase{"groups over which it is spread", "分布所及的组数"},
    phrase{"share of the largest", "最大者之占比"},
    phrase{"share of the largest ceil(n / 10)", "最大的 ⌈n/10⌉ 个之占比"},
    phrase{"share of the largest ceil(n / 100)", "最大的 ⌈n/100⌉ 个之占比"},
    phrase{"share of the largest ceil(n / 1000)", "最大的 ⌈n/1000⌉ 个之占比"},
    phrase{"sum (2 i - n - 1) x_(i) / (n sum x), x ascending", "Σ（2i − n − 1） x₍ᵢ₎ / (n Σx),x 升序"},
    phrase{"sum s^2 of the shares s", "各占比 s 的平方和"},
    phrase{"(1/n) sum (x/mu) ln(x/mu)", "(1/n) Σ(x/μ) ln(x/μ)"},
    phrase{"what the core holds / total", "核心所有 / 总量"},
    phrase{"relations within the core / relations", "核心内部关系 / 全部关系"},
    phrase{"relations from core to periphery / relations", "核心到边缘的关系 / 全部关系"},
    phrase{"relations from periphery to core / relations", "边缘到核心的关系 / 全部关系"},
    phrase{"relations within the periphery / relations", "边缘内部关系 / 全部关系"},
    phrase{"relations that the core gives / relations", "核心给予的关系 / 全部关系"},
    phrase{"relations that the core takes / relations", "核心接受的关系 / 全部关系"},
    phrase{"core to periphery / (core to periphery + periphery to core)", "核心到边缘 /（核心到边缘 + 边缘到核心）"},
    // Attachment.
    phrase{"no relation has a year", "没有关系注明年份"},
    phrase{"no new relation reaches an actor that had one the year before", "没有新关系连到上一年已有关系的节点"},
    phrase{"whenever a relation arrived, every actor had the same degree", "每当新关系出现时，各节点度数相同"},
    phrase{"every new relation went to an actor of the largest degree, or every one to the least: no exponent is the best", "全部新关系都连到度最大（或最小）的节点，不存在最优指数"},
};
// clang-format on

/// The next {} or {w} of a pattern from `at` on.
struct slot {
  std::size_t at = std::string_view::npos;
  std::size_t length = 0;
  bool is_words = false;
};

slot next_slot(std::string_view pattern, std::size_t from) {
  const std::size_t plain = pattern.find("{}", from);
  const std::size_t words = pattern.find("{w}", from);
  if (plain == std::string_view::npos && words == std::string_view::npos) return {};
  if (plain < words) return {plain, 2, false};
  return {words, 3, true};
}

struct capture {
  std::string_view text;
  bool is_words = false;
};

/// What stands in the pattern's slots, the shortest that let the rest match; nothing where the text
/// is another.
std::optional<std::vector<capture>> match(std::string_view pattern, std::string_view text) {
  std::vector<capture> captures;
  std::size_t in_pattern = 0;
  slot here = next_slot(pattern, 0);
  if (here.at == std::string_view::npos) {
    return pattern == text ? std::optional(captures) : std::nullopt;
  }
  if (!text.starts_with(pattern.substr(0, here.at))) return std::nullopt;
  std::size_t in_text = here.at;
  while (here.at != std::string_view::npos) {
    in_pattern = here.at + here.length;
    const slot after = next_slot(pattern, in_pattern);
    const std::string_view literal =
        pattern.substr(in_pattern, after.at == std::string_view::npos ? std::string_view::npos
                                                                      : after.at - in_pattern);
    std::size_t end = std::string_view::npos;
    if (after.at == std::string_view::npos) {
      // The last one takes all up to the pattern's end.
      if (!text.substr(in_text).ends_with(literal)) return std::nullopt;
      end = text.size() - literal.size();
    } else {
      end = text.find(literal, in_text);
    }
    if (end == std::string_view::npos || end <= in_text) return std::nullopt;
    captures.push_back({text.substr(in_text, end - in_text), here.is_words});
    in_text = end + literal.size();
    here = after;
  }
  return captures;
}

std::optional<std::string> chinese_of(std::string_view english) {
  // Word for word first: "all ordered pairs" is no number of pairs.
  const auto* const exact = std::find_if(
      phrases.begin(), phrases.end(), [&](const phrase& each) { return each.english == english; });
  if (exact != phrases.end()) return std::string(exact->chinese);
  for (const phrase& each : phrases) {
    const auto captures = match(each.english, english);
    if (!captures) continue;
    std::string text;
    std::size_t at = 0;
    bool is_whole = true;
    for (const capture& part : *captures) {
      const slot here = next_slot(each.chinese, at);
      text += each.chinese.substr(at, here.at - at);
      if (part.is_words) {
        const auto inner = chinese_of(part.text);
        is_whole = is_whole && inner;
        text += inner.value_or(std::string(part.text));
      } else {
        text += part.text;
      }
      at = here.at + here.length;
    }
    text += each.chinese.substr(at);
    if (is_whole) return text;
  }
  // A definition and what is added to it.
  const std::size_t semicolon = english.rfind("; ");
  if (semicolon == std::string_view::npos) return std::nullopt;
  const auto first = chinese_of(english.substr(0, semicolon));
  const auto second = chinese_of(english.substr(semicolon + 2));
  if (!first || !second) return std::nullopt;
  return *first + "；" + *second;
}

}  // namespace

bilingual translated(std::string_view english) {
  std::string readable(english);
  // Names for programs become words.
  if (readable.find(' ') == std::string::npos && readable.find('.') == std::string::npos) {
    std::replace(readable.begin(), readable.end(), '_', ' ');
  }
  return {readable, chinese_of(english).value_or(readable)};
}

bool has_translation(std::string_view english) {
  return chinese_of(english).has_value();
}

}  // namespace valuenet::detail
