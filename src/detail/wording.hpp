// How messages and notes are worded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace valuenet::detail {

/// "1 actor", "2 actors".
[[nodiscard]] inline std::string count_of(std::uint64_t count, const char* one, const char* many) {
  std::string text = std::to_string(count);
  return text.append(" ").append(count == 1 ? one : many);
}

/// The first bytes of the text, no character cut in two.
[[nodiscard]] inline std::string_view shortened(std::string_view text, std::size_t most = 60) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  return text.substr(0, most);
}

/// In quotation marks, shortened.
[[nodiscard]] inline std::string quoted(std::string_view text) {
  std::string result("\"");
  return result.append(shortened(text)).append("\"");
}

}  // namespace valuenet::detail
