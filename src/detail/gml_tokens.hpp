// The tokens of GML: keys, numbers, strings, and the brackets of lists.
// Source: Himsolt, GML: A portable graph file format (1997).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "detail/reading_look.hpp"
#include "detail/text_source.hpp"

namespace valuenet::detail {

enum class gml_kind : std::uint8_t { word, number, text, open, close, end };

struct gml_token {
  gml_kind kind = gml_kind::end;
  /// As it stands in the file; of a string without its quotes, entities not yet replaced.
  std::string_view raw;
  std::size_t offset = 0;
};

/// Cuts a text into tokens. Comments (# to the end of the line, where a token may begin) are passed
/// over.
class gml_tokens {
 public:
  /// `look` is told of every token and may stop the reading; nullptr: nobody.
  explicit gml_tokens(const text_source& source, reading_look* look = nullptr)
      : source_(source), text_(source.text()), look_(look) {}

  /// Throws parse_error for a character that begins no token and a string without its end, and what
  /// `look` throws.
  gml_token next();

  /// Tokens from here on, told to another.
  [[nodiscard]] gml_tokens copy(reading_look& look) const {
    gml_tokens result = *this;
    result.look_ = &look;
    return result;
  }

  /// What has not been cut yet.
  [[nodiscard]] std::string_view rest() const noexcept { return text_.substr(at_); }

 private:
  const text_source& source_;
  std::string_view text_;
  std::size_t at_ = 0;
  reading_look* look_;
};

/// A string's value: &amp; &lt; &gt; &quot; &apos;, the entities of ISO 8859-1 that GML names
/// (&eacute; ...) and numbers (&#20013; &#x4E2D;) become characters; any other & stays what it is.
[[nodiscard]] std::string gml_text(std::string_view raw);

}  // namespace valuenet::detail
