// What a cell of text says: weights, years, roles, directions.
#pragma once

#include "valuenet/network/value_network.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace valuenet::detail {

/// Without blanks, tabs and ideographic spaces (U+3000) at both ends.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;

enum class number_problem : std::uint8_t { none, not_a_number, not_finite, ambiguous_comma };

struct parsed_number {
  double value = 0.0;
  number_problem problem = number_problem::none;
  /// The number was written with a decimal comma.
  bool had_comma = false;
};

/// A finite number: "3", "-0.5", "1e-3", "+2", and with a decimal comma "1,33". "1,234" could be
/// 1234 as well as 1.234 and is a problem, unless `comma_is_decimal` says that numbers of this
/// table have decimal commas. Precondition: trimmed, not empty.
[[nodiscard]] parsed_number parse_number(std::string_view text, bool comma_is_decimal) noexcept;

/// "\"abc\" is not a number; a weight must be a finite number", as a reason for a rejected row.
[[nodiscard]] std::string describe(number_problem problem, std::string_view text,
                                   std::string_view column);

struct parsed_year {
  /// no_year where the text has none.
  std::int32_t year = no_year;
  /// The text is nothing but the year: "2012", "2012.0", "2012年".
  bool is_plain = false;
};

/// The year of a year or a date: "2012", "2012-07-23", "2012/7/23", "2012年7月", "20120723",
/// "23.07.2012", "2012-07-23T12:00:00Z". Years have at most four digits, perhaps a minus sign.
[[nodiscard]] parsed_year parse_year(std::string_view text) noexcept;

/// "sample", "样本", ... and "relation", "关系", ...; nothing for what is no role.
[[nodiscard]] std::optional<valuenet::role> parse_role(std::string_view text);

enum class direction_word : std::uint8_t { directed, undirected };

/// "Directed", "Undirected", "Mutual", "有向", "无向", ...; nothing for what is no direction.
[[nodiscard]] std::optional<direction_word> parse_direction(std::string_view text);

}  // namespace valuenet::detail
