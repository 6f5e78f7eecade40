#include "detail/attribute_columns.hpp"

#include <algorithm>

#include "detail/xml_records.hpp"

namespace valuenet::detail {

bool attribute_columns::set(declared_attribute& attribute, std::string_view value) {
  if (attribute.is_trimmed) value = trim_xml(value);
  if (attribute.is_boolean) value = boolean_text(value);
  if (given_.size() <= attribute.place) given_.resize(attribute.place + 1);
  last_given& last = given_[attribute.place];
  if (last.row == row_) {
    cells_[last.place].text = value;
    return true;
  }
  last = {row_, cells_.size()};
  cells_.push_back({attribute.column, value});
  return false;
}

std::vector<cell>& attribute_columns::finish_row() {
  for (std::size_t i = 0; i < attributes_.size(); ++i) {
    const declared_attribute& attribute = attributes_[i];
    if (attribute.default_value.empty()) continue;
    if (i < given_.size() && given_[i].row == row_) continue;
    cells_.push_back({attribute.column, attribute.default_value});
  }
  return cells_;
}

std::string_view boolean_text(std::string_view value) noexcept {
  const auto is = [&](std::string_view word) {
    return std::equal(value.begin(), value.end(), word.begin(), word.end(), [](char a, char b) {
      return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b);
    });
  };
  if (is("true") || value == "1") return "true";
  if (is("false") || value == "0") return "false";
  return value;
}

}  // namespace valuenet::detail
