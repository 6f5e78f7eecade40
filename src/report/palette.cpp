#include "valuenet/report/palette.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace valuenet {
namespace {

// Okabe & Ito.
constexpr std::array<color, distinct_categories> categories{
    color{0, 114, 178}, color{213, 94, 0},   color{0, 158, 115}, color{204, 121, 167},
    color{230, 159, 0}, color{86, 180, 233}, color{85, 85, 85}};

// viridis at 0.93, 0.80, 0.67, 0.54, 0.41, 0.28, 0.15, 0.02 after a nearly white start.
constexpr std::array<color, 9> sequential{
    color{247, 250, 222}, color{200, 224, 32}, color{122, 209, 81},
    color{63, 188, 115},  color{32, 163, 134}, color{42, 118, 142},
    color{59, 82, 139},   color{70, 45, 123},  color{68, 6, 90}};

// Lightness falls alike to both sides (after the pairs of ColorBrewer's PuOr and RdBu).
constexpr std::array<color, 9> diverging{
    color{8, 64, 129},    color{43, 123, 186},  color{120, 177, 214},
    color{195, 219, 236}, color{247, 247, 247}, color{250, 217, 176},
    color{240, 169, 91},  color{200, 110, 20},  color{127, 59, 8}};

std::uint8_t mixed(std::uint8_t a, std::uint8_t b, double share) noexcept {
  return static_cast<std::uint8_t>(std::lround(a + (static_cast<double>(b) - a) * share));
}

color mix(color a, color b, double share) noexcept {
  return {mixed(a.red, b.red, share), mixed(a.green, b.green, share), mixed(a.blue, b.blue, share),
          mixed(a.alpha, b.alpha, share)};
}

template <std::size_t N>
color along(const std::array<color, N>& stops, double value) noexcept {
  // Also what is not a number begins at the start.
  const double at = value > 0.0 ? std::min(value, 1.0) * static_cast<double>(N - 1) : 0.0;
  const std::size_t below = std::min(static_cast<std::size_t>(at), N - 2);
  return mix(stops[below], stops[below + 1], at - static_cast<double>(below));
}

double linear(std::uint8_t channel) noexcept {
  const double value = channel / 255.0;
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

}  // namespace

color with_opacity(color value, double opacity) noexcept {
  const double alpha = opacity > 0.0 ? std::min(opacity, 1.0) * 255.0 : 0.0;
  value.alpha = static_cast<std::uint8_t>(std::lround(alpha));
  return value;
}

color category_color(std::size_t i) noexcept {
  const color base = categories[i % distinct_categories];
  switch (i / distinct_categories % 3) {
    case 1:
      return mix(base, black, 1.0 / 3.0);
    case 2:
      return mix(base, white, 1.0 / 3.0);
    default:
      return base;
  }
}

color sequential_color(double value) noexcept {
  return along(sequential, value);
}

color diverging_color(double value) noexcept {
  return along(diverging, (value + 1.0) / 2.0);
}

color contrasting_ink(color background) noexcept {
  const double luminance = 0.2126 * linear(background.red) + 0.7152 * linear(background.green) +
                           0.0722 * linear(background.blue);
  return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? black : white;
}

}  // namespace valuenet
