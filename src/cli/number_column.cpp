#include "cli/number_column.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "detail/cell_values.hpp"
#include "detail/delimited.hpp"
#include "detail/text_source.hpp"

namespace valuenet::cli {
namespace {

// The separator that cuts the first line into most fields; a tab or blanks where none does.
detail::dialect dialect_of(std::string_view text, const read_options& options) {
  detail::dialect how;
  if (options.separator != 0) {
    how.separator = options.separator;
    how.is_blank_separated = options.separator == ' ';
    return how;
  }
  const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  std::ptrdiff_t most = 0;
  for (const char candidate : {',', ';', '\t', '|'}) {
    const std::ptrdiff_t count = std::count(line.begin(), line.end(), candidate);
    if (count > most) {
      most = count;
      how.separator = candidate;
    }
  }
  if (most == 0) how.is_blank_separated = true;
  return how;
}

bool is_comment(const std::vector<detail::field>& fields) {
  return !fields.empty() && fields[0].form == detail::field_form::plain &&
         (fields[0].text.starts_with('#') || fields[0].text.starts_with('%'));
}

}  // namespace

bool is_number_list(const std::string& file, const read_options& options, const execution& exec) {
  const detail::text_source source = detail::open_text(file, options, exec);
  const std::string_view text = source.text();
  const detail::dialect how = dialect_of(text, options);
  std::vector<detail::field> fields;
  int records = 0;
  for (std::size_t at = 0; at < text.size() && records < 2;) {
    at = detail::read_record(text, at, how, fields);
    if (fields.empty() || is_comment(fields)) continue;
    ++records;
    if (fields.size() != 1) return false;
    const bool is_number = detail::parse_number(detail::trim(fields[0].text), false).problem ==
                           detail::number_problem::none;
    if (records == 2 && !is_number) return false;  // the first may be a header
  }
  return records > 0;
}

number_column read_number_column(const std::string& file, const std::string& name,
                                 const read_options& options, const execution& exec) {
  const detail::text_source source = detail::open_text(file, options, exec);
  const std::string_view text = source.text();
  const detail::dialect how = dialect_of(text, options);
  number_column result;
  std::vector<detail::field> fields;
  std::size_t column = 0;
  bool is_first = true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    at = detail::read_record(text, at, how, fields);
    if (fields.empty() || is_comment(fields)) continue;
    if (is_first && !name.empty()) {
      is_first = false;
      const auto found = std::find_if(fields.begin(), fields.end(), [&](const detail::field& f) {
        return detail::trim(detail::value_of(f)) == name;
      });
      if (found == fields.end()) {
        std::string names;
        for (const detail::field& f : fields)
          names += (names.empty() ? "" : ", ") + detail::value_of(f);
        source.fail(begin,
                    fmt::format("there is no column \"{}\"; this table has: {}", name, names));
      }
      column = static_cast<std::size_t>(found - fields.begin());
      continue;
    }
    const std::string cell =
        column < fields.size() ? detail::value_of(fields[column]) : std::string();
    const std::string_view trimmed = detail::trim(cell);
    if (trimmed.empty()) {
      ++result.empty;
      is_first = false;
      continue;
    }
    const detail::parsed_number number = detail::parse_number(trimmed, false);
    if (number.problem != detail::number_problem::none) {
      if (is_first && name.empty()) {  // a header
        is_first = false;
        continue;
      }
      source.fail(begin,
                  fmt::format("\"{}\" is not a finite number; every value of the column must "
                              "be one, or empty",
                              trimmed));
    }
    is_first = false;
    result.values.push_back(number.value);
  }
  return result;
}

}  // namespace valuenet::cli
