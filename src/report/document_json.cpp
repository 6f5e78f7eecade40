#include "report/document_json.hpp"

#include "valuenet/version.hpp"

#include <array>

#include <nlohmann/json.hpp>

namespace valuenet {
namespace detail {
namespace {

json words_json(const bilingual& words) {
  return {{"en", words.english}, {"zh", words.chinese}};
}

json list_json(const std::vector<bilingual>& words) {
  json list = json::array();
  for (const bilingual& each : words) list.push_back(words_json(each));
  return list;
}

json cell_json(const document_cell& value) {
  if (const auto* label = std::get_if<std::string>(&value)) return *label;
  if (const auto* ours = std::get_if<bilingual>(&value)) return words_json(*ours);
  const auto* number = std::get_if<double>(&value);
  if (number == nullptr) return nullptr;
  // Whole numbers that a double holds exactly are written as such.
  constexpr double exact = 9007199254740992.0;
  if (*number >= -exact && *number <= exact &&
      static_cast<double>(static_cast<std::int64_t>(*number)) == *number) {
    return static_cast<std::int64_t>(*number);
  }
  return *number;
}

constexpr std::array formats{"text", "count", "number", "estimate", "p_value", "share", "year"};
constexpr std::array kinds{"lines", "bars", "stacked", "heat_map", "chord"};

json table_json(const document_table& table) {
  json out{{"type", "table"}, {"id", table.id}, {"title", words_json(table.title)}};
  out["columns"] = json::array();
  for (const document_column& each : table.columns) {
    out["columns"].push_back({{"id", each.id},
                              {"title", words_json(each.title)},
                              {"format", formats[static_cast<std::size_t>(each.format)]}});
  }
  out["rows"] = json::array();
  for (const auto& row : table.rows) {
    json cells = json::array();
    for (const document_cell& each : row) cells.push_back(cell_json(each));
    out["rows"].push_back(std::move(cells));
  }
  out["notes"] = list_json(table.notes);
  out["is_shown"] = table.is_shown;
  return out;
}

json axis_json(const document_axis& axis) {
  return {{"title", words_json(axis.title)},
          {"scale", axis.scale == document_scale::logarithmic ? "logarithmic" : "linear"}};
}

json chart_json(const document_chart& chart) {
  return {{"type", "chart"},
          {"id", chart.id},
          {"title", words_json(chart.title)},
          {"kind", kinds[static_cast<std::size_t>(chart.kind)]},
          {"table", chart.table},
          {"x", chart.x},
          {"y", chart.y},
          {"series", chart.series},
          {"points", chart.points},
          {"dashed", chart.dashed},
          {"x_axis", axis_json(chart.x_axis)},
          {"y_axis", axis_json(chart.y_axis)},
          {"caption", words_json(chart.caption)}};
}

json block_json(const document_block& block) {
  if (const auto* table = std::get_if<document_table>(&block)) return table_json(*table);
  if (const auto* chart = std::get_if<document_chart>(&block)) return chart_json(*chart);
  return {{"type", "text"}, {"text", words_json(std::get<bilingual>(block))}};
}

}  // namespace

json document_json(const document& report) {
  json out{{"valuenet", std::string(version())},
           {"verb", "report"},
           {"title", words_json(report.title)}};
  if (!report.notice.empty()) out["notice"] = report.notice;
  out["sections"] = json::array();
  for (const document_section& section : report.sections) {
    json one{{"id", section.id}, {"title", words_json(section.title)}, {"blocks", json::array()}};
    for (const document_block& block : section.blocks) one["blocks"].push_back(block_json(block));
    out["sections"].push_back(std::move(one));
  }
  if (report.picture.x.empty()) return out;
  out["picture"] = {
      {"actors", report.picture.x.size()},           {"edges", report.picture.giver.size()},
      {"directed", report.picture.is_directed},      {"types", report.picture.types},
      {"place_column", report.picture.place_column}, {"places", report.picture.places},
      {"dimensions", report.picture.dimensions}};
  return out;
}

std::string dumped(const json& value, int indent) {
  // Text that is not UTF-8 cannot come in through a reader; from other callers it is replaced.
  return value.dump(indent, ' ', false, json::error_handler_t::replace);
}

}  // namespace detail

std::string render_json(const document& report) {
  return detail::dumped(detail::document_json(report), 1) + '\n';
}

}  // namespace valuenet
