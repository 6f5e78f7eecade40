// Colours that readers with any colour vision can tell apart, and that stay apart in grey.
#pragma once

#include <cstddef>
#include <cstdint>

namespace valuenet {

/// sRGB, 8 bits a channel; alpha 255 is opaque.
struct color {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  std::uint8_t alpha = 255;

  friend bool operator==(const color&, const color&) = default;
};

inline constexpr color black{0, 0, 0};
inline constexpr color white{255, 255, 255};
/// Text, axes, grid lines, and what has no category.
inline constexpr color ink{38, 38, 38};
inline constexpr color muted_ink{96, 96, 96};
inline constexpr color grid_gray{222, 222, 222};
inline constexpr color neutral_gray{153, 153, 153};

/// The same colour with this opacity in [0, 1]; values outside are clamped.
[[nodiscard]] color with_opacity(color value, double opacity) noexcept;

/// A colour for category i. The first seven are those of Okabe and Ito but their yellow, which is
/// too light for lines on white: blue, vermillion, green, purple, orange, sky blue, dark grey;
/// neighbours in this order differ in lightness too. Further ones are the same, darker by a third,
/// then lighter by a third, then over again: beyond seven a reader needs a label or a pattern too.
/// Source: M. Okabe and K. Ito 2008, Color Universal Design.
[[nodiscard]] color category_color(std::size_t i) noexcept;
inline constexpr std::size_t distinct_categories = 7;

/// From light (0) to dark (1), lightness falling steadily: viridis reversed and cut at its pale
/// end, by linear interpolation between eight of its colours. Values outside are clamped.
/// Source: S. van der Walt and N. Smith 2015, matplotlib's viridis (CC0).
[[nodiscard]] color sequential_color(double value) noexcept;

/// From blue (-1) over near-white (0) to orange-brown (1): both ends equally dark. Clamped.
[[nodiscard]] color diverging_color(double value) noexcept;

/// Black or white: which of the two is read more easily on this background (by the contrast ratio
/// of WCAG 2).
[[nodiscard]] color contrasting_ink(color background) noexcept;

}  // namespace valuenet
