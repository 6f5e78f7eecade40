#include "valuenet/report/places.hpp"

#include <algorithm>
#include <charconv>
#include <span>
#include <utility>

#include "detail/place_names.hpp"
#include "detail/shipped_places.hpp"

namespace valuenet {
namespace {

using std::string_view;

std::vector<string_view> cut(string_view text, char at) {
  std::vector<string_view> parts;
  while (true) {
    const std::size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// What names are compared by: ASCII letters small, spaces and apostrophes left out.
std::string key_of(string_view name) {
  std::string key;
  for (const char each : name) {
    if (each == ' ' || each == '\'' || each == '-') continue;
    key += each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
  }
  return key;
}

template <class Number>
Number number_of(string_view text) {
  Number value{};
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

string_view file_of(place_level level) {
  switch (level) {
    case place_level::country:
      return "countries";
    case place_level::province:
      return "provinces";
    case place_level::city:
      return "cities";
  }
  return {};
}

}  // namespace

gazetteer::gazetteer(place_level level) {
  for (const auto& [file, text] : detail::shipped_places) {
    if (file != file_of(level)) continue;
    const std::vector<string_view> lines = cut(text, '\n');
    const std::vector<string_view> head = cut(lines.front(), ',');
    for (const string_view line : std::span(lines).subspan(1)) {
      if (line.empty()) continue;
      const std::vector<string_view> cells = cut(line, ',');
      const auto cell = [&](string_view column) {
        const auto found = std::find(head.begin(), head.end(), column);
        return found == head.end() ? string_view{}
                                   : cells[static_cast<std::size_t>(found - head.begin())];
      };
      place each;
      each.chinese = cell("chinese");
      each.chinese_short = detail::without_rank(each.chinese);
      each.english = cell("english");
      each.longitude = number_of<double>(cell("longitude"));
      each.latitude = number_of<double>(cell("latitude"));
      if (!cell("column").empty()) {
        each.column = number_of<int>(cell("column"));
        each.row = number_of<int>(cell("row"));
      }
      const std::size_t index = places_.size();
      names_.push_back({key_of(each.chinese_short), index});
      names_.push_back({key_of(each.english), index});
      // "Taizhou (Jiangsu)" is what tells it from another one; a code is a name too.
      if (!cell("code").empty()) names_.push_back({key_of(cell("code")), index});
      if (!cell("aliases").empty()) {
        for (const string_view alias : cut(cell("aliases"), '|')) {
          names_.push_back({key_of(alias), index});
        }
      }
      places_.push_back(std::move(each));
    }
  }
  std::stable_sort(names_.begin(), names_.end(),
                   [](const name& a, const name& b) { return a.key < b.key; });
}

const place* gazetteer::find(string_view wanted) const {
  const std::string key = key_of(detail::without_rank(wanted));
  const auto found =
      std::lower_bound(names_.begin(), names_.end(), key,
                       [](const name& a, const std::string& b) { return a.key < b; });
  return found == names_.end() || found->key != key ? nullptr : &places_[found->place];
}

}  // namespace valuenet
