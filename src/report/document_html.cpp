// The report as a page. Its scripts and styles come from web/dist, see web/README.md.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "detail/page_bundle.hpp"
#include "report/document_json.hpp"
#include "report/document_sections.hpp"

namespace valuenet {
namespace {

using detail::json;

/// For text and for attributes in double quotes.
std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case '\0':
        out += "\xEF\xBF\xBD";
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// JSON within a script element: no < that could end it.
std::string embedded(const json& value) {
  std::string out;
  for (const char c : detail::dumped(value)) {
    switch (c) {
      case '<':
        out += "\\u003c";
        break;
      case '>':
        out += "\\u003e";
        break;
      case '&':
        out += "\\u0026";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string in_both(const bilingual& words) {
  if (words.english == words.chinese) return escaped(words.english);
  return fmt::format(
      R"(<span class="en" lang="en">{}</span><span class="zh" lang="zh-CN">{}</span>)",
      escaped(words.english), escaped(words.chinese));
}

std::string cell_html(const document_cell& value, column_format format) {
  if (const auto* ours = std::get_if<bilingual>(&value)) return in_both(*ours);
  return escaped(detail::cell_text(value, format, language::english));
}

void add_table(std::string& out, const document_table& table) {
  out += fmt::format(
      R"(<div class="table" data-table="{0}"><h3>{1}</h3><div class="scroll" tabindex="0"><table id="{0}"><thead><tr>)",
      escaped(table.id), in_both(table.title));
  const auto alignment = [&](std::size_t column) {
    return table.columns[column].format == column_format::text ? "" : R"( class="n")";
  };
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    out +=
        fmt::format(R"(<th scope="col"{}>{}</th>)", alignment(c), in_both(table.columns[c].title));
  }
  out += "</tr></thead><tbody>\n";
  for (const auto& row : table.rows) {
    out += "<tr>";
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      out += fmt::format("<td{}>{}</td>", alignment(c), cell_html(row[c], table.columns[c].format));
    }
    out += "</tr>\n";
  }
  out += "</tbody></table></div>";
  for (const bilingual& note : table.notes) {
    out += fmt::format(R"(<p class="note">{}</p>)", in_both(note));
  }
  out += "</div>\n";
}

void add_chart(std::string& out, const document_chart& chart) {
  out += fmt::format(
      R"(<figure data-chart="{0}" id="{0}" class="{1}"><h3>{2}</h3><div class="plot" role="img"></div><figcaption>{3}</figcaption></figure>)"
      "\n",
      escaped(chart.id),
      chart.kind == document_chart_kind::heat_map ? "heat-map"
      : chart.kind == document_chart_kind::chord  ? "chord"
                                                  : "plain",
      in_both(chart.title), in_both(chart.caption));
}

std::string base64(std::span<const std::uint8_t> bytes) {
  static constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t rest = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      three = three << 8U | (k < rest ? bytes[i + k] : std::uint32_t{0});
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out += k <= rest ? digits[three >> (18U - 6U * k) & 63U] : '=';
    }
  }
  return out;
}

/// Numbers as little-endian 16 or 32 bits in base64; no_word becomes the largest number.
json packed(const std::vector<std::uint32_t>& numbers) {
  std::uint32_t most = 0;
  for (const std::uint32_t each : numbers) {
    if (each != network_picture::no_word) most = std::max(most, each);
  }
  const unsigned bytes = most < 0xFFFFU ? 2 : 4;
  std::vector<std::uint8_t> raw;
  raw.reserve(numbers.size() * bytes);
  for (const std::uint32_t each : numbers) {
    for (unsigned b = 0; b < bytes; ++b) raw.push_back(static_cast<std::uint8_t>(each >> (8U * b)));
  }
  return {{"bits", 8 * bytes}, {"data", base64(raw)}};
}

/// Positions as 16-bit steps across the picture's longer side: a fiftieth of a pixel of a screen.
std::vector<std::uint32_t> steps(const std::vector<float>& values, float low, float side) {
  std::vector<std::uint32_t> out;
  out.reserve(values.size());
  constexpr float most = 65534.0F;
  for (const float each : values) {
    const float share = side > 0.0F ? (each - low) / side : 0.5F;
    out.push_back(static_cast<std::uint32_t>(std::lround(std::clamp(share, 0.0F, 1.0F) * most)));
  }
  return out;
}

json picture_json(const network_picture& picture) {
  json out;
  if (picture.x.empty()) return out;
  const auto [left, right] = std::minmax_element(picture.x.begin(), picture.x.end());
  const auto [low, high] = std::minmax_element(picture.y.begin(), picture.y.end());
  const float side = std::max(*right - *left, *high - *low);
  out["directed"] = picture.is_directed;
  out["x"] = packed(steps(picture.x, *left, side));
  out["y"] = packed(steps(picture.y, *low, side));
  out["side"] = side;
  std::vector<std::uint32_t> radii;
  constexpr float parts = 100.0F;
  for (const float each : picture.radius) {
    radii.push_back(static_cast<std::uint32_t>(std::lround(parts * each)));
  }
  out["radius"] = packed(radii);
  out["labels"] = picture.label;
  out["community"] = packed(picture.community);
  std::vector<std::uint32_t> roles;
  for (const role each : picture.role) roles.push_back(static_cast<std::uint32_t>(each));
  out["role"] = packed(roles);
  out["type"] = packed(picture.type);
  out["types"] = picture.types;
  out["place"] = packed(picture.place);
  out["places"] = picture.places;
  const bilingual place = detail::translated(picture.place_column);
  out["place_column"] = {{"en", place.english}, {"zh", place.chinese}};
  out["giver"] = packed(picture.giver);
  out["taker"] = packed(picture.taker);
  out["dimension"] = packed(picture.dimension);
  out["dimensions"] = json::array();
  for (const std::string& each : picture.dimensions) {
    const bilingual words = detail::translated(each);
    out["dimensions"].push_back({{"en", words.english}, {"zh", words.chinese}});
  }
  return out;
}

void add_all(std::string& out, std::span<const std::string_view> pieces) {
  for (const std::string_view piece : pieces) out += piece;
}

}  // namespace

std::string render_html(const document& report, language first) {
  const char* code = first == language::english ? "en" : "zh";
  std::string out;
  out += fmt::format(
      R"(<!DOCTYPE html>
<html lang="{}" data-language="{}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-{}'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="valuenet">
<title>{}</title>
<link rel="icon" href="data:,">
<style>)",
      first == language::english ? "en" : "zh-CN", code, detail::page_script_sha256,
      escaped(report.title.in(first)));
  add_all(out, detail::page_style);
  out += fmt::format(
      "</style>\n</head>\n<body>\n<header><h1>{}</h1><div id=\"tools\"></div></header>\n",
      in_both(report.title));
  if (!report.notice.empty()) {
    out += fmt::format(R"(<p class="notice" role="note"><strong>{}</strong> {}</p>)"
                       "\n",
                       in_both({"Made-up network.", "虚构网络。"}), escaped(report.notice));
  }
  out += "<nav><ol>\n";
  for (const document_section& section : report.sections) {
    out += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", escaped(section.id),
                       in_both(section.title));
  }
  out += "</ol></nav>\n<main>\n";
  for (const document_section& section : report.sections) {
    out += fmt::format("<section id=\"{}\"><h2>{}</h2>\n", escaped(section.id),
                       in_both(section.title));
    for (const document_block& block : section.blocks) {
      if (const auto* text = std::get_if<bilingual>(&block)) {
        out += fmt::format("<p>{}</p>\n", in_both(*text));
      } else if (const auto* table = std::get_if<document_table>(&block)) {
        if (table->is_shown) add_table(out, *table);
      } else {
        add_chart(out, std::get<document_chart>(block));
      }
    }
    if (section.id == "network") out += "<div id=\"picture\"></div>\n";
    if (section.id == "provenance") {
      out += fmt::format("<details id=\"licenses\"><summary>{}</summary><pre>",
                         in_both({"Licences of the scripts in this page", "本页脚本的许可证"}));
      std::string licenses;
      add_all(licenses, detail::page_licenses);
      out += escaped(licenses);
      out += "</pre></details>\n";
    }
    out += "</section>\n";
  }
  out += "</main>\n<script type=\"application/json\" id=\"document_data\">";
  out += embedded(detail::document_json(report));
  out += "</script>\n<script type=\"application/json\" id=\"picture_data\">";
  out += embedded(picture_json(report.picture));
  out += "</script>\n<script>";
  add_all(out, detail::page_script);
  out += "</script>\n</body>\n</html>\n";
  return out;
}

}  // namespace valuenet
