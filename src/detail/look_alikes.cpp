#include "detail/look_alikes.hpp"

#include <array>
#include <utility>

namespace valuenet::detail {
namespace {

using pair = std::pair<std::string_view, char>;
constexpr std::array<pair, 42> letters{{
    {"А", 'A'}, {"В", 'B'}, {"Е", 'E'}, {"Ѕ", 'S'}, {"І", 'I'}, {"Ј", 'J'}, {"К", 'K'},
    {"М", 'M'}, {"Н", 'H'}, {"О", 'O'}, {"Р", 'P'}, {"С", 'C'}, {"Т", 'T'}, {"У", 'Y'},
    {"Х", 'X'}, {"а", 'a'}, {"е", 'e'}, {"о", 'o'}, {"р", 'p'}, {"с", 'c'}, {"у", 'y'},
    {"х", 'x'}, {"ѕ", 's'}, {"і", 'i'}, {"ј", 'j'}, {"Α", 'A'}, {"Β", 'B'}, {"Ε", 'E'},
    {"Ζ", 'Z'}, {"Η", 'H'}, {"Ι", 'I'}, {"Κ", 'K'}, {"Μ", 'M'}, {"Ν", 'N'}, {"Ο", 'O'},
    {"Ρ", 'P'}, {"Τ", 'T'}, {"Υ", 'Y'}, {"Χ", 'X'}, {"ο", 'o'}, {"ν", 'v'}, {"ι", 'i'},
}};

char latin_letter(std::string_view two_bytes) {
  for (const auto& [other, latin] : letters) {
    if (other == two_bytes) return latin;
  }
  return 0;
}

}  // namespace

std::string latin_form(std::string_view text) {
  std::string form;
  for (std::size_t i = 0; i < text.size();) {
    const char latin = i + 1 < text.size() ? latin_letter(text.substr(i, 2)) : '\0';
    form += latin != 0 ? latin : text[i];
    i += latin != 0 ? 2 : 1;
  }
  return form;
}

bool is_look_alike(std::string_view text) {
  const std::string form = latin_form(text);
  if (form == text) return false;
  for (const char c : form) {
    // Lead bytes of the two-byte Greek and Cyrillic letters that are left: a word of that script.
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xCD && byte <= 0xD4) return false;
  }
  return true;
}

}  // namespace valuenet::detail
