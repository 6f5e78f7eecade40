// Walking through UTF-8 one code point at a time.
#pragma once

#include <cstddef>
#include <string_view>

namespace valuenet::detail {

/// Stands for a byte that belongs to no character.
inline constexpr char32_t replacement_character = 0xFFFD;

/// The code point at `i`, which moves behind it. A byte that starts no valid sequence (overlong
/// forms and surrogates included) is one replacement character. Precondition: i < text.size().
[[nodiscard]] char32_t next_code_point(std::string_view text, std::size_t& i) noexcept;

/// The text's first bytes, at most `most`, without cutting a character in two.
[[nodiscard]] std::string_view utf8_prefix(std::string_view text, std::size_t most) noexcept;

}  // namespace valuenet::detail
