// The network picture: positions, and what the page filters by.
#include "valuenet/metrics/degree.hpp"
#include "valuenet/report/layout.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "report/document_sections.hpp"

namespace valuenet::detail {
namespace {

/// Words of a column in the order of first appearance, and the position of each row's word.
struct coded_words {
  std::vector<std::string> words;
  std::vector<std::uint32_t> code;
};

template <class RowOf>
coded_words coded(const text_column* column, std::size_t rows, const RowOf& row_of) {
  coded_words result;
  result.code.assign(rows, network_picture::no_word);
  if (column == nullptr || !column->is_given()) return result;
  std::vector<std::uint32_t> of_word(column->words().size(), network_picture::no_word);
  for (std::size_t i = 0; i < rows; ++i) {
    const symbol word = column->code(row_of(i));
    if (word == 0) continue;
    if (of_word[word] == network_picture::no_word) {
      of_word[word] = static_cast<std::uint32_t>(result.words.size());
      result.words.emplace_back(column->words()[word]);
    }
    result.code[i] = of_word[word];
  }
  return result;
}

}  // namespace

network_picture picture_of(const document_input& input) {
  const selection& selected = input.selected;
  const value_network& network = input.network();
  const graph& g = selected.graph();
  const vertex_id n = g.vertex_count();
  network_picture picture;
  picture.is_directed = g.is_directed();
  // Areas grow with the degree, as far as a leaf's can be seen.
  const std::vector<std::uint64_t> degree = degrees(g, degree_kind::total, input.exec);
  std::vector<double> radii(n);
  for (vertex_id v = 0; v < n; ++v) {
    radii[v] = std::max(1.0, 0.6 * std::sqrt(static_cast<double>(degree[v])));
    picture.radius.push_back(static_cast<float>(radii[v]));
  }
  const hub_layout_result layout = hub_layout(g,
                                              {.forces = {.seed = input.options.seed},
                                               .radii = radii,
                                               .community = input.communities.community},
                                              input.exec);
  picture.x.reserve(n);
  picture.y.reserve(n);
  for (const position& each : layout.positions) {
    picture.x.push_back(static_cast<float>(each.x));
    picture.y.push_back(static_cast<float>(each.y));
  }
  picture.community = input.communities.community;
  picture.community.resize(n, 0);
  for (vertex_id v = 0; v < n; ++v) {
    picture.label.emplace_back(network.label(selected.actor(v)));
    picture.role.push_back(network.role(selected.actor(v)));
  }
  const auto actor_of = [&](std::size_t v) { return selected.actor(static_cast<vertex_id>(v)); };
  coded_words types = coded(&network.actors().type, n, actor_of);
  picture.type = std::move(types.code);
  picture.types = std::move(types.words);
  picture.place_column = input.place_column;
  coded_words places = coded(
      input.place_column.empty() ? nullptr : find_column(network.actors(), input.place_column), n,
      actor_of);
  picture.place = std::move(places.code);
  picture.places = std::move(places.words);
  std::vector<relation_id> rows;
  for (vertex_id v = 0; v < n; ++v) {
    arc_id arc = g.first_out_arc(v);
    for (const vertex_id w : g.out_neighbors(v)) {
      // An undirected edge stands in both rows.
      if (g.is_directed() || v <= w) {
        picture.giver.push_back(v);
        picture.taker.push_back(w);
        rows.push_back(selected.relations(arc).front());
      }
      ++arc;
    }
  }
  coded_words dimensions =
      coded(&network.relations().dimension, rows.size(), [&](std::size_t i) { return rows[i]; });
  picture.dimension = std::move(dimensions.code);
  picture.dimensions = std::move(dimensions.words);
  return picture;
}

document_section network_section(const document_input& input, const network_picture& picture) {
  document_section section{.id = "network", .title = {"The network", "网络图"}};
  const std::string actors =
      number_text(static_cast<double>(picture.x.size()), column_format::count);
  const std::string edges =
      number_text(static_cast<double>(picture.giver.size()), column_format::count);
  section.blocks.emplace_back(bilingual{
      fmt::format(
          "{} actors and {} edges, placed by ForceAtlas2 with leaves around their hubs (seed "
          "{}). Drag to pan, scroll to zoom, point at an actor to see its relations, click "
          "for particulars. Size grows with degree. Distance in the picture is not a "
          "statistic.",
          actors, edges, input.options.seed),
      fmt::format(
          "{} 个节点、{} 条边，由 ForceAtlas2 布局，叶节点围绕其枢纽排列（种子 {}）。拖动平移，"
          "滚轮缩放，指向节点查看其关系，点击查看详情。节点大小随度增大；图中距离并非统计量。",
          actors, edges, input.options.seed)});
  return section;
}

}  // namespace valuenet::detail
