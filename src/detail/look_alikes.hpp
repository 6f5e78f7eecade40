// Letters of other scripts that look like Latin ones: "ОРРО" in Cyrillic is not "OPPO".
#pragma once

#include <string>
#include <string_view>

namespace valuenet::detail {

/// The text with Cyrillic and Greek letters that look like Latin ones replaced by these.
[[nodiscard]] std::string latin_form(std::string_view text);

/// Whether the text has such letters and would be all Latin, by its letters, without them: a word
/// of real Cyrillic or Greek is none.
[[nodiscard]] bool is_look_alike(std::string_view text);

}  // namespace valuenet::detail
