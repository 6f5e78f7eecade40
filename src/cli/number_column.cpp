#include "cli/number_column.hpp"

#include "valuenet/error.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include <fmt/format.h>

#include "detail/cell_values.hpp"
#include "detail/delimited.hpp"
#include "detail/parallel.hpp"
#include "detail/progress.hpp"
#include "detail/text_source.hpp"

namespace valuenet::cli {
namespace {

constexpr std::size_t chunk_bytes = std::size_t{1} << 20;

// The separator that cuts the first line into most fields; blanks where none does.
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

bool is_number(const detail::field& cell) {
  const std::string text = detail::value_of(cell);
  const std::string_view trimmed = detail::trim(text);
  return !trimmed.empty() &&
         detail::parse_number(trimmed, false).problem == detail::number_problem::none;
}

// Numbers of a stretch of records, and where the first cell stands that is none.
struct stretch {
  number_column numbers;
  std::size_t failed_at = std::string_view::npos;
  std::string failed_text;
};

stretch read_stretch(std::string_view text, std::size_t begin, std::size_t end, std::size_t column,
                     const detail::dialect& how) {
  stretch result;
  std::vector<detail::field> fields;
  std::string unquoted;
  for (std::size_t at = begin; at < end;) {
    const std::size_t record = at;
    at = detail::read_record(text, at, how, fields);
    if (fields.empty() || is_comment(fields)) continue;
    if (column >= fields.size()) {
      ++result.numbers.empty;
      continue;
    }
    const detail::field& cell = fields[column];
    std::string_view value = cell.text;
    if (cell.form != detail::field_form::plain) value = unquoted = detail::value_of(cell);
    value = detail::trim(value);
    if (value.empty()) {
      ++result.numbers.empty;
      continue;
    }
    const detail::parsed_number number = detail::parse_number(value, false);
    if (number.problem != detail::number_problem::none) {
      result.failed_at = cell.text.data() != nullptr
                             ? static_cast<std::size_t>(cell.text.data() - text.data())
                             : record;
      result.failed_text = value.substr(0, 40);
      break;
    }
    result.numbers.values.push_back(number.value);
  }
  return result;
}

number_column read_numbers(const detail::text_source& source, std::size_t begin, std::size_t column,
                           const detail::dialect& how, const execution& exec) {
  const std::string_view text = source.text();
  detail::parallel workers(exec);
  const detail::record_chunks chunks = detail::cut_records(text, begin, how, chunk_bytes, workers);
  if (chunks.unclosed != std::string_view::npos) {
    source.fail(chunks.unclosed, "a quote opens here and is never closed");
  }
  const std::size_t count = chunks.begins.empty() ? 0 : chunks.begins.size() - 1;
  std::vector<stretch> parts(count);
  detail::progress progress(exec, "reading numbers", count);
  workers.for_each(count, 1, [&](std::size_t i) {
    parts[i] = read_stretch(text, chunks.begins[i], chunks.begins[i + 1], column, how);
    progress.advance();
  });
  std::size_t values = 0;
  for (const stretch& part : parts) {
    if (part.failed_at != std::string_view::npos) {
      source.fail(part.failed_at,
                  fmt::format("\"{}\" is not a finite number; every cell of the column must hold "
                              "one, or nothing",
                              part.failed_text));
    }
    values += part.numbers.values.size();
  }
  number_column result;
  result.values.reserve(values);
  for (stretch& part : parts) {
    result.values.insert(result.values.end(), part.numbers.values.begin(),
                         part.numbers.values.end());
    result.empty += part.numbers.empty;
    part.numbers.values = {};
  }
  return result;
}

// The column's place, by header or number; `begin` is set to where its numbers begin.
std::size_t find_column(const detail::text_source& source, const std::string& name,
                        const detail::dialect& how, std::size_t& begin) {
  const std::string_view text = source.text();
  std::vector<detail::field> fields;
  std::size_t at = 0;
  do {
    begin = at;
    if (at >= text.size()) source.fail(begin, "has no rows; a table was expected");
    at = detail::read_record(text, at, how, fields);
  } while (fields.empty() || is_comment(fields));
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string title = detail::value_of(fields[i]);
    if (detail::trim(title) != name) continue;
    // In a table without a header the name is a number that happens to stand in the first row.
    if (is_number(fields[i])) break;
    begin = at;
    return i;
  }
  std::size_t number = 0;
  const auto parsed = std::from_chars(name.data(), name.data() + name.size(), number);
  if (parsed.ec == std::errc{} && parsed.ptr == name.data() + name.size() && number >= 1 &&
      number <= fields.size()) {
    if (!is_number(fields[number - 1])) begin = at;
    return number - 1;
  }
  std::string names;
  for (std::size_t i = 0; i < std::min<std::size_t>(fields.size(), 30); ++i) {
    names += (i == 0 ? "" : ", ") + detail::value_of(fields[i]).substr(0, 40);
  }
  if (fields.size() > 30) names += ", ...";
  source.fail(begin, fmt::format("there is no column \"{}\"; this table has {}: {}", name,
                                 fields.size(), names));
}

}  // namespace

number_column read_number_column(const std::string& file, const std::string& name,
                                 const read_options& options, const execution& exec) {
  const detail::text_source source = detail::open_text(file, options, exec);
  const detail::dialect how = dialect_of(source.text(), options);
  std::size_t begin = 0;
  const std::size_t column = find_column(source, name, how, begin);
  return read_numbers(source, begin, column, how, exec);
}

std::optional<number_column> read_number_list(const std::string& file, const read_options& options,
                                              const execution& exec) {
  detail::text_source source;
  try {
    source = detail::open_text(file, options, exec);
  } catch (const parse_error&) {
    return std::nullopt;  // whoever reads networks says what is wrong with it
  }
  const std::string_view text = source.text();
  const detail::dialect how = dialect_of(text, options);
  std::vector<detail::field> fields;
  std::size_t begin = 0;
  int records = 0;
  bool has_number = false;
  for (std::size_t at = 0; at < text.size() && records < 2;) {
    const std::size_t record = at;
    at = detail::read_record(text, at, how, fields);
    if (fields.empty() || is_comment(fields)) continue;
    if (fields.size() != 1) return std::nullopt;
    const bool is_value = is_number(fields[0]);
    if (++records == 1) begin = is_value ? record : at;  // else a header
    has_number = has_number || is_value;
  }
  if (!has_number) return std::nullopt;
  return read_numbers(source, begin, 0, how, exec);
}

}  // namespace valuenet::cli
