#include "valuenet/report/table.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "detail/utf8.hpp"

namespace valuenet {
namespace {

struct code_range {
  char32_t first;
  char32_t last;
};

// Unicode 15.0, EastAsianWidth.txt (W and F), blocks joined where the gaps are unassigned.
constexpr std::array wide{
    code_range{0x1100, 0x115F},   code_range{0x231A, 0x231B},   code_range{0x2329, 0x232A},
    code_range{0x23E9, 0x23EC},   code_range{0x23F0, 0x23F0},   code_range{0x23F3, 0x23F3},
    code_range{0x25FD, 0x25FE},   code_range{0x2614, 0x2615},   code_range{0x2648, 0x2653},
    code_range{0x267F, 0x267F},   code_range{0x2693, 0x2693},   code_range{0x26A1, 0x26A1},
    code_range{0x26AA, 0x26AB},   code_range{0x26BD, 0x26BE},   code_range{0x26C4, 0x26C5},
    code_range{0x26CE, 0x26CE},   code_range{0x26D4, 0x26D4},   code_range{0x26EA, 0x26EA},
    code_range{0x26F2, 0x26F3},   code_range{0x26F5, 0x26F5},   code_range{0x26FA, 0x26FA},
    code_range{0x26FD, 0x26FD},   code_range{0x2705, 0x2705},   code_range{0x270A, 0x270B},
    code_range{0x2728, 0x2728},   code_range{0x274C, 0x274C},   code_range{0x274E, 0x274E},
    code_range{0x2753, 0x2755},   code_range{0x2757, 0x2757},   code_range{0x2795, 0x2797},
    code_range{0x27B0, 0x27B0},   code_range{0x27BF, 0x27BF},   code_range{0x2B1B, 0x2B1C},
    code_range{0x2B50, 0x2B50},   code_range{0x2B55, 0x2B55},   code_range{0x2E80, 0x303E},
    code_range{0x3041, 0x33FF},   code_range{0x3400, 0x4DBF},   code_range{0x4E00, 0xA4CF},
    code_range{0xA960, 0xA97F},   code_range{0xAC00, 0xD7A3},   code_range{0xF900, 0xFAFF},
    code_range{0xFE10, 0xFE19},   code_range{0xFE30, 0xFE6F},   code_range{0xFF01, 0xFF60},
    code_range{0xFFE0, 0xFFE6},   code_range{0x16FE0, 0x18CFF}, code_range{0x18D00, 0x18D08},
    code_range{0x1AFF0, 0x1B2FB}, code_range{0x1F004, 0x1F004}, code_range{0x1F0CF, 0x1F0CF},
    code_range{0x1F18E, 0x1F18E}, code_range{0x1F191, 0x1F19A}, code_range{0x1F200, 0x1F320},
    code_range{0x1F32D, 0x1F335}, code_range{0x1F337, 0x1F37C}, code_range{0x1F37E, 0x1F393},
    code_range{0x1F3A0, 0x1F3CA}, code_range{0x1F3CF, 0x1F3D3}, code_range{0x1F3E0, 0x1F3F0},
    code_range{0x1F3F4, 0x1F3F4}, code_range{0x1F3F8, 0x1F43E}, code_range{0x1F440, 0x1F440},
    code_range{0x1F442, 0x1F4FC}, code_range{0x1F4FF, 0x1F53D}, code_range{0x1F54B, 0x1F54E},
    code_range{0x1F550, 0x1F567}, code_range{0x1F57A, 0x1F57A}, code_range{0x1F595, 0x1F596},
    code_range{0x1F5A4, 0x1F5A4}, code_range{0x1F5FB, 0x1F64F}, code_range{0x1F680, 0x1F6C5},
    code_range{0x1F6CC, 0x1F6CC}, code_range{0x1F6D0, 0x1F6D2}, code_range{0x1F6D5, 0x1F6DF},
    code_range{0x1F6EB, 0x1F6EC}, code_range{0x1F6F4, 0x1F6FC}, code_range{0x1F7E0, 0x1F7F0},
    code_range{0x1F90C, 0x1F9FF}, code_range{0x1FA70, 0x1FAFF}, code_range{0x20000, 0x3FFFD},
};

// Combining marks and format characters that valuenet's languages meet.
constexpr std::array zero_width{
    code_range{0x0300, 0x036F}, code_range{0x0483, 0x0489},   code_range{0x0591, 0x05BD},
    code_range{0x0610, 0x061A}, code_range{0x064B, 0x065F},   code_range{0x0E31, 0x0E31},
    code_range{0x0E34, 0x0E3A}, code_range{0x0E47, 0x0E4E},   code_range{0x1AB0, 0x1AFF},
    code_range{0x1DC0, 0x1DFF}, code_range{0x200B, 0x200F},   code_range{0x202A, 0x202E},
    code_range{0x2060, 0x2064}, code_range{0x20D0, 0x20FF},   code_range{0x302A, 0x302D},
    code_range{0x3099, 0x309A}, code_range{0xFE00, 0xFE0F},   code_range{0xFE20, 0xFE2F},
    code_range{0xFEFF, 0xFEFF}, code_range{0xE0100, 0xE01EF},
};

template <std::size_t N>
bool within(const std::array<code_range, N>& ranges, char32_t c) noexcept {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), c,
                                      [](char32_t x, const code_range& r) { return x < r.first; });
  return after != ranges.begin() && c <= std::prev(after)->last;
}

std::size_t width_of(char32_t c) noexcept {
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return 0;
  if (c < 0x300) return 1;
  if (within(zero_width, c)) return 0;
  return within(wide, c) ? 2 : 1;
}

/// A cell must stay in its line, and may not steer the terminal.
std::string without_controls(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const char32_t c = detail::next_code_point(text, i);
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
      clean += ' ';
    } else {
      clean.append(text.substr(begin, i - begin));
    }
  }
  return clean;
}

const std::string& cell(const std::vector<std::string>& row, std::size_t column) {
  static const std::string empty;
  return column < row.size() ? row[column] : empty;
}

void append_padded(std::string& line, const std::string& text, std::size_t width, alignment align) {
  const std::size_t used = display_width(text);
  const std::string padding(width > used ? width - used : 0, ' ');
  line += align == alignment::right ? padding + text : text + padding;
}

std::string render_text(const table& t) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> titles;
  std::vector<std::size_t> widths;
  for (const table_column& column : t.columns) {
    titles.push_back(without_controls(column.title));
    widths.push_back(display_width(titles.back()));
  }
  for (const auto& row : t.rows) {
    rows.emplace_back();
    for (std::size_t c = 0; c < t.columns.size(); ++c) {
      rows.back().push_back(without_controls(cell(row, c)));
      widths[c] = std::max(widths[c], display_width(rows.back().back()));
    }
  }
  std::string out;
  const auto add_line = [&](const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (c != 0) line += "  ";
      append_padded(line, cells[c], widths[c], t.columns[c].alignment);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  };
  if (!t.title.empty()) out += without_controls(t.title) + '\n';
  if (!titles.empty()) {
    add_line(titles);
    std::string rule;
    for (std::size_t c = 0; c < widths.size(); ++c) {
      if (c != 0) rule += "  ";
      rule.append(widths[c], '-');
    }
    out += rule + '\n';
  }
  for (const auto& row : rows) add_line(row);
  for (const std::string& note : t.notes) out += without_controls(note) + '\n';
  return out;
}

std::string markdown_cell(const std::string& text) {
  std::string escaped;
  for (const char c : without_controls(text)) {
    if (c == '|' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string render_markdown(const table& t) {
  std::string out;
  if (!t.title.empty()) out += "**" + markdown_cell(t.title) + "**\n\n";
  std::string rule = "|";
  out += '|';
  for (const table_column& column : t.columns) {
    out += ' ' + markdown_cell(column.title) + " |";
    rule += column.alignment == alignment::right ? " ---: |" : " --- |";
  }
  out += '\n' + rule + '\n';
  for (const auto& row : t.rows) {
    out += '|';
    for (std::size_t c = 0; c < t.columns.size(); ++c) {
      out += ' ' + markdown_cell(cell(row, c)) + " |";
    }
    out += '\n';
  }
  if (!t.notes.empty()) out += '\n';
  for (const std::string& note : t.notes) out += markdown_cell(note) + "  \n";
  return out;
}

/// Thousands are parted for people; programs read a CSV file, and its numbers are plain.
bool is_parted_number(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  std::size_t digits = 0;
  bool is_parted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ',') {
      if (digits == 0 || digits > 3 || (is_parted && digits != 3)) return false;
      is_parted = true;
      digits = 0;
    } else if (text[i] >= '0' && text[i] <= '9') {
      ++digits;
    } else {
      return false;
    }
  }
  return is_parted && digits == 3;
}

void append_csv(std::string& out, const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

std::string render_csv(const table& t) {
  std::string out;
  for (std::size_t c = 0; c < t.columns.size(); ++c) {
    if (c != 0) out += ',';
    append_csv(out, t.columns[c].title);
  }
  out += '\n';
  for (const auto& row : t.rows) {
    for (std::size_t c = 0; c < t.columns.size(); ++c) {
      if (c != 0) out += ',';
      std::string text = cell(row, c);
      if (t.columns[c].alignment == alignment::right && is_parted_number(text)) {
        std::erase(text, ',');
      }
      append_csv(out, text);
    }
    out += '\n';
  }
  return out;
}

}  // namespace

std::string render(const table& t, table_format format) {
  switch (format) {
    case table_format::markdown:
      return render_markdown(t);
    case table_format::csv:
      return render_csv(t);
    case table_format::text:
      break;
  }
  return render_text(t);
}

std::size_t display_width(std::string_view text) noexcept {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) width += width_of(detail::next_code_point(text, i));
  return width;
}

std::string format_count(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

std::string format_number(double value, int digits) {
  constexpr double exact = 9007199254740992.0;  // 2^53: every whole number below is itself
  if (std::nearbyint(value) == value && std::abs(value) < exact) {
    const std::string text = format_count(static_cast<std::uint64_t>(std::abs(value)));
    return value < 0 ? '-' + text : text;
  }
  return fmt::format("{:.{}g}", value, digits);
}

}  // namespace valuenet
