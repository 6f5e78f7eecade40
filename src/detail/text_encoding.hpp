// Finding out how a text is encoded, checking UTF-8 and decoding everything else with iconv.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "detail/byte_buffer.hpp"
#include "detail/parallel.hpp"

namespace valuenet::detail {

/// How a text is encoded, and how many bytes of byte order mark stand before it.
struct text_encoding {
  /// In lower case, as iconv knows it: "utf-8", "utf-16le", "gb18030", ...
  std::string name;
  std::size_t mark_bytes = 0;
  /// Whether the bytes were already checked to be UTF-8 without NUL.
  bool is_valid_utf8 = false;
};

/// The place of the first byte that belongs to no UTF-8 character or is NUL; nothing in good text.
[[nodiscard]] std::optional<std::size_t> find_invalid_utf8(std::string_view bytes);
/// The same in parallel; polls the stop token.
[[nodiscard]] std::optional<std::size_t> find_invalid_utf8(std::string_view bytes,
                                                           parallel& workers);

/// By byte order mark, by the declaration of an XML document, by the zero bytes of UTF-16, by
/// being valid UTF-8, and by looking like Chinese in GB18030 (or GBK, GB2312, CP936, which are part
/// of it): of its two-byte characters at least four in five are in GB2312. A name is empty when
/// nothing fits: then `first_bad` is the place where it stops being UTF-8.
struct detected_encoding {
  text_encoding encoding;
  std::size_t first_bad = 0;
};
[[nodiscard]] detected_encoding detect_encoding(std::string_view bytes, parallel& workers);

/// The encoding that a caller named, its byte order mark (if there is one) found. Throws
/// std::invalid_argument naming read_options.encoding when iconv does not know it.
[[nodiscard]] text_encoding named_encoding(const std::string& name, std::string_view bytes);

/// Text in UTF-8, up to the byte that could not be decoded.
struct decoded_text {
  byte_buffer text;
  bool complete = true;
  /// Where the bad bytes are, when not complete.
  std::size_t bad_offset = 0;
};

/// Decodes all of `bytes` (the mark taken off). Stops at the first sequence that is no character;
/// throws length_limit when the text would become longer than `limit`.
[[nodiscard]] decoded_text decode(std::string_view bytes, const std::string& encoding,
                                  std::uint64_t limit, parallel& workers);

}  // namespace valuenet::detail
