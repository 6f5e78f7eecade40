// Scales from values to places, and their ticks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace valuenet {

enum class scale_kind : std::uint8_t { linear, logarithmic };

/// How numbers are written on an axis.
enum class tick_words : std::uint8_t {
  plain,    ///< 12,000
  percent,  ///< 12%, of a value of 0.12
  year,     ///< 2021
};

struct axis {
  scale_kind kind = scale_kind::linear;
  double low = 0.0;
  double high = 1.0;
  tick_words words = tick_words::plain;
  /// Ticks at whole numbers only.
  bool is_whole = false;
  std::string label{};
};

struct tick {
  double value = 0.0;
  /// Empty: a minor tick.
  std::string text{};
  std::string superscript{};

  [[nodiscard]] bool is_minor() const noexcept { return text.empty(); }
};

/// An axis over the values from `low` to `high`, its ends widened to where ticks lie. Linear: with
/// `from_zero` 0 is on it. Logarithmic: both must be positive; the ends are whole decades where it
/// spans more than one, else 1, 2 or 5 times a power of ten. No values, or all the same: something
/// sensible about them.
[[nodiscard]] axis axis_over(scale_kind kind, double low, double high, bool from_zero = false);

/// At most about `most` labelled ticks: linear at 1, 2 or 5 times a power of ten; logarithmic at
/// decades (every k-th where there are too many) with minor ticks at 2 to 9 times them, or within
/// one decade at 1, 2 and 5.
[[nodiscard]] std::vector<tick> ticks_of(const axis& a, int most);

/// Where a value lies, 0 at the low end and 1 at the high end.
[[nodiscard]] double place_on(const axis& a, double value);

/// A value for people, in about four digits.
[[nodiscard]] std::string short_number(double value);
/// 12.3%
[[nodiscard]] std::string short_percent(double share);

}  // namespace valuenet
