#include "detail/gml_tokens.hpp"

#include "valuenet/error.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "detail/utf8.hpp"
#include "detail/xml_records.hpp"

namespace valuenet::detail {
namespace {

constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

/// Bare words: keys, and the values of lenient files (id A). Bytes of UTF-8 are letters.
constexpr bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '+' || c == '.' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_number(std::string_view word) {
  if (word.starts_with('+')) word.remove_prefix(1);
  const std::string_view digits = word.substr(word.starts_with('-') ? 1 : 0);
  if (digits.empty() || !(digits[0] == '.' || (digits[0] >= '0' && digits[0] <= '9'))) return false;
  double value = 0.0;
  const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), value);
  return problem != std::errc::invalid_argument && end == word.data() + word.size();
}

/// Names of U+00A0 .. U+00FF in order.
constexpr std::array<std::string_view, 96> latin_names{
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",
    "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn",
    "sup2",   "sup3",   "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",
    "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",  "Atilde",
    "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave",
    "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde",
    "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",
    "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil",
    "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",   "eth",
    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave",
    "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};

std::optional<char32_t> character_of(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, char32_t>, 5> own{
      {{"amp", U'&'}, {"lt", U'<'}, {"gt", U'>'}, {"quot", U'"'}, {"apos", U'\''}}};
  for (const auto& [word, code] : own) {
    if (word == name) return code;
  }
  const auto latin = std::find(latin_names.begin(), latin_names.end(), name);
  if (latin != latin_names.end()) {
    return static_cast<char32_t>(0xA0 + (latin - latin_names.begin()));
  }
  if (name.size() < 2 || name[0] != '#') return std::nullopt;
  const bool hexadecimal = name[1] == 'x' || name[1] == 'X';
  const std::string_view digits = name.substr(hexadecimal ? 2 : 1);
  std::uint32_t code = 0;
  const auto [end, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
  const bool valid = problem == std::errc{} && end == digits.data() + digits.size() && code > 0 &&
                     code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
  if (!valid) return std::nullopt;
  return static_cast<char32_t>(code);
}

void append_utf8(std::string& to, char32_t code) {
  const auto byte = [&](char32_t value) {
    to += static_cast<char>(static_cast<unsigned char>(value));
  };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | (code >> 6));
    byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | (code >> 12));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  } else {
    byte(0xF0 | (code >> 18));
    byte(0x80 | ((code >> 12) & 0x3F));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  }
}

}  // namespace

gml_token gml_tokens::next() {
  if (look_ != nullptr) look_->at(at_);
  while (at_ < text_.size()) {
    if (is_space(text_[at_])) {
      ++at_;
    } else if (text_[at_] == '#') {
      at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
    } else {
      break;
    }
  }
  const std::size_t begin = at_;
  if (begin == text_.size()) return {gml_kind::end, {}, begin};
  const auto fail = [&](const std::string& message) { source_.fail(begin, message); };
  const char c = text_[begin];
  if (c == '[' || c == ']') {
    ++at_;
    return {c == '[' ? gml_kind::open : gml_kind::close, text_.substr(begin, 1), begin};
  }
  if (c == '"') {
    const std::size_t last = text_.find('"', begin + 1);
    if (last == std::string_view::npos) {
      fail("a string without its closing \"; the file is damaged or cut off");
    }
    at_ = last + 1;
    return {gml_kind::text, text_.substr(begin + 1, last - begin - 1), begin};
  }
  while (at_ < text_.size() && is_word(text_[at_])) ++at_;
  if (at_ == begin) {
    std::size_t end = begin;
    (void)next_code_point(text_, end);
    const auto byte = static_cast<unsigned char>(c);
    fail(byte < 0x20 ? "a control character where GML has a key, a number, a string, [ or ]"
                     : fmt::format("\"{}\" where GML has a key, a number, a string, [ or ]",
                                   text_.substr(begin, end - begin)));
  }
  const std::string_view word = text_.substr(begin, at_ - begin);
  return {is_number(word) ? gml_kind::number : gml_kind::word, word, begin};
}

std::string gml_text(std::string_view raw) {
  std::string result;
  result.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size();) {
    if (raw[i] == '&') {
      constexpr std::size_t longest = 12;
      const std::size_t semicolon = raw.substr(0, std::min(raw.size(), i + longest)).find(';', i);
      if (semicolon != std::string_view::npos) {
        if (const auto code = character_of(raw.substr(i + 1, semicolon - i - 1))) {
          append_utf8(result, *code);
          i = semicolon + 1;
          continue;
        }
      }
    }
    result += raw[i++];
  }
  return result;
}

}  // namespace valuenet::detail
