#include "detail/cell_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "detail/column_names.hpp"
#include "detail/utf8.hpp"

namespace valuenet::detail {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// from_chars with a plus sign; `end` must be reached.
number_problem parse_plain(std::string_view text, double& value) noexcept {
  if (text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || text.starts_with('+')) return number_problem::not_a_number;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size()) return number_problem::not_a_number;
  if (problem == std::errc::result_out_of_range) {
    // Too small is as good as zero, too large is not finite: the exponent's sign tells which.
    const std::size_t exponent = text.find_first_of("eE");
    const bool is_small = exponent != std::string_view::npos && exponent + 1 < text.size()
                              ? text[exponent + 1] == '-'
                              : text.starts_with("0.") || text.starts_with("-0.") ||
                                    text.starts_with('.') || text.starts_with("-.");
    value = 0.0;
    return is_small ? number_problem::none : number_problem::not_finite;
  }
  if (problem != std::errc{}) return number_problem::not_a_number;
  return std::isfinite(value) ? number_problem::none : number_problem::not_finite;
}

/// The number of ASCII digits from `at` on.
std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

std::int32_t number_of(std::string_view digits) {
  std::int32_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

bool is_month_and_day(std::string_view digits) {
  const std::int32_t month = number_of(digits.substr(0, 2));
  const std::int32_t day = number_of(digits.substr(2, 2));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

}  // namespace

std::string_view trim(std::string_view text) noexcept {
  constexpr std::string_view wide = "\xE3\x80\x80";
  while (true) {
    if (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
      text.remove_prefix(1);
    } else if (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
      text.remove_suffix(1);
    } else if (text.starts_with(wide)) {
      text.remove_prefix(wide.size());
    } else if (text.ends_with(wide)) {
      text.remove_suffix(wide.size());
    } else {
      return text;
    }
  }
}

parsed_number parse_number(std::string_view text, bool comma_is_decimal) noexcept {
  parsed_number result;
  // Short whole numbers are by far the most frequent.
  if (text.size() <= 9 && digits_at(text, 0) == text.size() && !text.empty()) {
    result.value = number_of(text);
    return result;
  }
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) {
    result.problem = parse_plain(text, result.value);
    return result;
  }
  const std::size_t decimals = digits_at(text, comma + 1);
  std::array<char, 64> with_point{};
  if (text.size() > with_point.size() || text.find('.') != std::string_view::npos ||
      text.find(',', comma + 1) != std::string_view::npos || decimals == 0) {
    result.problem = number_problem::not_a_number;
    return result;
  }
  const std::string_view whole = text.substr(0, comma);
  const std::size_t sign = whole.starts_with('-') || whole.starts_with('+') ? 1 : 0;
  const std::string_view digits = whole.substr(sign);
  const bool like_thousands = decimals == 3 && comma + 4 == text.size() && !digits.empty() &&
                              digits.size() <= 3 && digits != "0";
  if (like_thousands && !comma_is_decimal) {
    result.problem = number_problem::ambiguous_comma;
    return result;
  }
  std::copy(text.begin(), text.end(), with_point.begin());
  with_point[comma] = '.';
  result.problem = parse_plain({with_point.data(), text.size()}, result.value);
  result.had_comma = true;
  return result;
}

std::string describe(number_problem problem, std::string_view text, std::string_view column) {
  const std::string found =
      std::string(column) + " \"" + std::string(utf8_prefix(text, 60)) + "\" ";
  switch (problem) {
    case number_problem::not_finite:
      return found + "is not finite; a finite number was expected";
    case number_problem::ambiguous_comma:
      return found +
             "may be a decimal or a thousands comma; write it with a point, or without comma";
    case number_problem::not_a_number:
    case number_problem::none:
      break;
  }
  return found + "is not a number; a finite number was expected";
}

parsed_year parse_year(std::string_view text) noexcept {
  text = trim(text);
  const bool is_negative = text.starts_with('-');
  const std::size_t begin = is_negative ? 1 : 0;
  const std::size_t digits = digits_at(text, begin);
  const std::string_view rest = text.substr(begin + digits);
  if (digits >= 1 && digits <= 4) {
    const std::int32_t value = number_of(text.substr(begin, digits)) * (is_negative ? -1 : 1);
    constexpr std::string_view of_year = "\xE5\xB9\xB4";  // 年
    const bool only_zeros = rest.size() > 1 && rest.front() == '.' &&
                            rest.find_first_not_of('0', 1) == std::string_view::npos;
    if (rest.empty() || only_zeros || rest == of_year) return {value, true};
    const bool is_date = rest.front() == '-' || rest.front() == '/' || rest.front() == '.' ||
                         rest.front() == ' ' || rest.front() == 'Q' || rest.front() == 'q' ||
                         rest.starts_with(of_year);
    if (digits == 4 && is_date) return {value, false};
    // Day and month first: the year is the last group of four digits, after two shorter ones.
    if (digits <= 2 && !is_negative) {
      const std::size_t month = text.find_first_of("/.-", digits);
      const std::size_t month_digits = month == digits ? digits_at(text, month + 1) : 0;
      const std::size_t year = month + 1 + month_digits;
      if (month_digits >= 1 && month_digits <= 2 && year < text.size() &&
          text[year] == text[month] && digits_at(text, year + 1) == 4) {
        return {number_of(text.substr(year + 1, 4)), false};
      }
    }
  }
  if (digits == 8 && !is_negative && rest.empty() && is_month_and_day(text.substr(4, 4))) {
    return {number_of(text.substr(0, 4)), false};
  }
  return {};
}

std::optional<valuenet::role> parse_role(std::string_view text) {
  const std::string word = plain_name(trim(text));
  for (const std::string_view known :
       {"sample", "sampleactor", "样本", "样本主体", "样本企业", "样本节点", "样本机构"}) {
    if (word == known) return role::sample;
  }
  for (const std::string_view known : {"relation", "relationactor", "related", "关系", "关系主体",
                                       "关系节点", "关系机构", "关联主体"}) {
    if (word == known) return role::relation;
  }
  return std::nullopt;
}

std::optional<direction_word> parse_direction(std::string_view text) {
  const std::string word = plain_name(trim(text));
  for (const std::string_view known : {"directed", "有向", "单向"}) {
    if (word == known) return direction_word::directed;
  }
  for (const std::string_view known : {"undirected", "mutual", "bidirectional", "无向", "双向"}) {
    if (word == known) return direction_word::undirected;
  }
  return std::nullopt;
}

}  // namespace valuenet::detail
