#include "valuenet/report/table.hpp"

#include <fmt/format.h>

#include "report/document_sections.hpp"

namespace valuenet {
namespace {

/// Labels are not ours: nothing in them is to become markup or HTML.
std::string escaped(std::string_view text) {
  std::string out;
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
      case '[':
        out += "&#91;";
        break;
      case '*':
        out += "&#42;";
        break;
      case '`':
        out += "&#96;";
        break;
      case '\n':
      case '\r':
        out += ' ';
        break;
      default:
        out += c;
    }
  }
  return out;
}

void add_table(std::string& out, const document_table& given, language words) {
  out += "### " + escaped(given.title.in(words)) + "\n\n";
  table t;
  for (const document_column& each : given.columns) {
    t.columns.push_back({each.title.in(words),
                         each.format == column_format::text ? alignment::left : alignment::right});
  }
  for (const auto& row : given.rows) {
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < row.size(); ++i) {
      cells.push_back(escaped(detail::cell_text(row[i], given.columns[i].format, words)));
    }
    t.rows.push_back(std::move(cells));
  }
  out += render(t, table_format::markdown) + '\n';
  for (const bilingual& note : given.notes) out += escaped(note.in(words)) + "\n\n";
}

}  // namespace

std::string render_markdown(const document& report, language words) {
  std::string out = "# " + escaped(report.title.in(words)) + "\n\n";
  if (!report.notice.empty()) {
    out += fmt::format("> **{}** {}\n\n",
                       words == language::english ? "Made-up network:" : "虚构网络：",
                       escaped(report.notice));
  }
  for (const document_section& section : report.sections) {
    // What the page alone can show.
    if (section.id == "network") continue;
    out += "## " + section.title.in(words) + "\n\n";
    for (const document_block& block : section.blocks) {
      if (const auto* text = std::get_if<bilingual>(&block)) {
        out += escaped(text->in(words)) + "\n\n";
      } else if (const auto* table = std::get_if<document_table>(&block);
                 table && table->is_shown) {
        add_table(out, *table, words);
      }
    }
  }
  return out;
}

}  // namespace valuenet
