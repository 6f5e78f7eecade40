#include "report/axis.hpp"

#include "valuenet/report/table.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace valuenet {
namespace {

// The least of 1, 2, 5 times a power of ten that is not below `least`.
double round_step(double least) {
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
    if (factor * power >= least * (1.0 - 1e-9)) return factor * power;
  }
  return 10.0 * power;
}

int decimals_for(double step) {
  return std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 12);
}

std::string with_separators(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", std::abs(value), decimals);
  const std::size_t dot = std::min(text.find('.'), text.size());
  for (std::size_t i = dot; i > 3; i -= 3) text.insert(i - 3, 1, ',');
  const bool is_negative = value < 0.0 && text.find_first_not_of("0.,") != std::string::npos;
  return (is_negative ? "\u2212" : "") + text;
}

// Powers of ten are written out while that is short.
bool is_written_out(double low, double high) {
  return low >= 0.00999 && high <= 100000.1;
}

tick decade_tick(int exponent, const axis& a) {
  const double value = std::pow(10.0, exponent);
  if (a.words == tick_words::percent) {
    return {value, with_separators(value * 100.0, std::max(0, -exponent - 2)) + "%", {}};
  }
  if (is_written_out(a.low, a.high)) {
    return {value, with_separators(value, std::max(0, -exponent)), {}};
  }
  return {value, "10", (exponent < 0 ? "\u2212" : "") + std::to_string(std::abs(exponent))};
}

std::vector<tick> linear_ticks(const axis& a, int most) {
  std::vector<tick> ticks;
  double step = round_step((a.high - a.low) / std::max(1, most));
  if (a.is_whole) step = std::max(1.0, step);
  const double first = std::ceil(a.low / step - 1e-9);
  const double last = std::floor(a.high / step + 1e-9);
  const double scale = a.words == tick_words::percent ? 100.0 : 1.0;
  const double largest = std::max(std::abs(a.low), std::abs(a.high));
  const bool is_large = a.words == tick_words::plain && (largest >= 1e7 || largest < 1e-4);
  const double unit = is_large ? std::pow(10.0, std::floor(std::log10(largest) + 1e-12)) : 1.0;
  for (double i = first; i <= last; ++i) {
    const double value = i * step;
    if (a.words == tick_words::year) {
      ticks.push_back({value, fmt::format("{:.0f}", value), {}});
    } else if (is_large && i != 0.0) {
      ticks.push_back({value, with_separators(value / unit, decimals_for(step / unit)) + "×10",
                       fmt::format("{:.0f}", std::log10(unit))});
    } else {
      ticks.push_back({value,
                       i == 0.0 ? std::string(scale == 100.0 ? "0%" : "0")
                                : with_separators(value * scale, decimals_for(step * scale)) +
                                      (scale == 100.0 ? "%" : ""),
                       {}});
    }
  }
  return ticks;
}

std::vector<tick> logarithmic_ticks(const axis& a, int most) {
  std::vector<tick> ticks;
  const int first = static_cast<int>(std::floor(std::log10(a.low) + 1e-9));
  const int last = static_cast<int>(std::ceil(std::log10(a.high) - 1e-9));
  const bool is_short = last - first <= 1;
  const int every = std::max(1, (last - first + most - 1) / std::max(1, most));
  for (int exponent = first; exponent <= last; ++exponent) {
    for (int factor = 1; factor <= 9; ++factor) {
      const double value = factor * std::pow(10.0, exponent);
      if (value < a.low * (1.0 - 1e-9) || value > a.high * (1.0 + 1e-9)) continue;
      tick each{.value = value};
      if (factor == 1 && (exponent - first) % every == 0) {
        each = decade_tick(exponent, a);
      } else if (is_short && (factor == 2 || factor == 5)) {
        const double scale = a.words == tick_words::percent ? 100.0 : 1.0;
        each.text = short_number(value * scale) + (scale == 100.0 ? "%" : "");
      } else if (every > 1 && factor > 1) {
        continue;
      }
      ticks.push_back(std::move(each));
    }
  }
  return ticks;
}

}  // namespace

axis axis_over(scale_kind kind, double low, double high, bool from_zero) {
  axis a{.kind = kind, .low = low, .high = high};
  if (kind == scale_kind::logarithmic) {
    if (!(low > 0.0) || !(high >= low)) return {.kind = kind, .low = 0.1, .high = 10.0};
    const double bottom = std::floor(std::log10(low) + 1e-9);
    const double top = std::ceil(std::log10(high) - 1e-9);
    a.low = std::pow(10.0, bottom);
    a.high = std::pow(10.0, top > bottom ? top : bottom + 1.0);
    return a;
  }
  if (!(high >= low)) return {.kind = kind};
  if (from_zero) {
    a.low = std::min(0.0, low);
    a.high = std::max(0.0, high);
  }
  if (a.low == a.high) {
    if (a.low == 0.0) return {.kind = kind, .low = 0.0, .high = 1.0};
    const double room = std::abs(a.low) / 2.0;
    a.low -= room;
    a.high += room;
  }
  const double step = round_step((a.high - a.low) / 6.0);
  a.low = std::floor(a.low / step + 1e-9) * step;
  a.high = std::ceil(a.high / step - 1e-9) * step;
  return a;
}

std::vector<tick> ticks_of(const axis& a, int most) {
  return a.kind == scale_kind::linear ? linear_ticks(a, most) : logarithmic_ticks(a, most);
}

double place_on(const axis& a, double value) {
  if (a.kind == scale_kind::linear) return (value - a.low) / (a.high - a.low);
  return std::log(value / a.low) / std::log(a.high / a.low);
}

std::string short_number(double value) {
  if (std::abs(value) >= 1e15) return fmt::format("{:.3g}", value);
  if (std::nearbyint(value) == value) return with_separators(value, 0);
  if (std::abs(value) >= 1000.0) return with_separators(value, 0);
  std::string text = fmt::format("{:.4g}", std::abs(value));
  return (value < 0.0 ? "\u2212" : "") + text;
}

std::string short_percent(double share) {
  const double percent = std::abs(share) * 100.0;
  if (percent > 0.0 && percent < 0.005) return share > 0.0 ? "<0.01%" : ">\u22120.01%";
  const int decimals = percent >= 99.95 || percent == 0.0 ? 0 : percent >= 0.095 ? 1 : 2;
  return with_separators(share * 100.0, decimals) + "%";
}

}  // namespace valuenet
