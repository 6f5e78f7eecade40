// What both renderers hold a drawing to, and what they must agree about.
#pragma once

#include "valuenet/report/drawing.hpp"

namespace valuenet {

/// Throws std::invalid_argument for what render_svg() says it refuses.
void check_drawing(const drawing& picture);

/// The text as both show it: white space of any kind a space; what is not UTF-8, other control
/// characters and what XML 1.0 does not allow U+FFFD.
[[nodiscard]] std::string shown_text(std::string_view text);

/// How far below the text's position its baseline lies, along the text's own vertical.
[[nodiscard]] double baseline_below(const text_shape& text) noexcept;

/// The superscript's size and rise, as parts of the text's size.
inline constexpr double superscript_size = 0.7;
inline constexpr double superscript_rise = 0.42;

/// The faces asked for, the first that the machine has and that has the character: a sans-serif
/// with the metrics of Helvetica for Western text, then the Chinese ones of Linux, macOS and
/// Windows.
inline constexpr const char* font_families[] = {
    "Liberation Sans",    "Arial",        "Helvetica",   "Noto Sans CJK SC",
    "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei",
    "WenQuanYi Zen Hei",  "SimHei",       "sans-serif"};

/// The entry of shape i in a list that has one for each or one for all.
template <typename Value>
[[nodiscard]] const Value& one_or_each(const std::vector<Value>& values, std::size_t i) {
  return values.size() == 1 ? values.front() : values[i];
}

}  // namespace valuenet
