#include "detail/text_encoding.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>
#include <vector>

#include <iconv.h>

#include "detail/utf8.hpp"

namespace valuenet::detail {
namespace {

constexpr std::size_t grain = std::size_t{1} << 20;

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

/// Checks the characters that begin in [begin, end).
std::size_t first_invalid(std::string_view bytes, std::size_t begin, std::size_t end) {
  constexpr std::uint64_t high = 0x8080808080808080U;
  constexpr std::uint64_t ones = 0x0101010101010101U;
  std::size_t i = begin;
  while (i < end) {
    // Eight bytes from 1 to 127: subtracting 1 from each borrows only where there is a zero.
    while (i + 8 <= end) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes.data() + i, 8);
      if (((word | (word - ones)) & high) != 0) break;
      i += 8;
    }
    for (const std::size_t stop = std::min(end, i + 8); i < stop;) {
      const std::size_t at = i;
      const char32_t code = next_code_point(bytes, i);
      if (code == 0 || (code == replacement_character && i == at + 1)) return at;
    }
  }
  return std::string_view::npos;
}

/// The first place at or after `begin` where no character of the text before it is still going on.
std::size_t character_start(std::string_view bytes, std::size_t begin) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, begin); ++back) {
    const auto byte = static_cast<unsigned char>(bytes[begin - back]);
    if (is_continuation(bytes[begin - back])) continue;
    const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
    return begin + (length > back ? length - back : 0);
  }
  return begin;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

struct byte_order_mark {
  std::string_view bytes;
  const char* encoding;
};

// The longer before the shorter that it begins with.
constexpr std::array<byte_order_mark, 5> marks{{
    {std::string_view("\xEF\xBB\xBF", 3), "utf-8"},
    {std::string_view("\xFF\xFE\0\0", 4), "utf-32le"},
    {std::string_view("\0\0\xFE\xFF", 4), "utf-32be"},
    {std::string_view("\xFF\xFE", 2), "utf-16le"},
    {std::string_view("\xFE\xFF", 2), "utf-16be"},
}};

const byte_order_mark* find_mark(std::string_view bytes) {
  const auto found = std::find_if(marks.begin(), marks.end(), [&](const byte_order_mark& mark) {
    return bytes.starts_with(mark.bytes);
  });
  return found == marks.end() ? nullptr : &*found;
}

/// "GB18030" of <?xml version="1.0" encoding="GB18030"?>; empty when it does not say.
std::string declared_in_xml(std::string_view bytes) {
  if (!bytes.starts_with("<?xml")) return {};
  const std::string_view declaration = bytes.substr(0, std::min<std::size_t>(bytes.find('>'), 400));
  std::size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return {};
  at = declaration.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  const std::size_t end = declaration.find(declaration[at], at + 1);
  if (end == std::string_view::npos) return {};
  return lower_case(declaration.substr(at + 1, end - at - 1));
}

/// UTF-16 without a mark shows by zero bytes, nearly all at even or all at odd places.
const char* guess_utf16(std::string_view bytes) {
  const std::string_view sample = bytes.substr(0, 4096);
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < sample.size(); ++i) zeros[i % 2] += sample[i] == '\0' ? 1 : 0;
  const std::size_t all = zeros[0] + zeros[1];
  if (bytes.size() % 2 != 0 || all < 2 || all * 20 < sample.size()) return nullptr;
  if (zeros[0] * 5 <= zeros[1]) return "utf-16le";
  if (zeros[1] * 5 <= zeros[0]) return "utf-16be";
  return nullptr;
}

/// Whether the bytes are GB18030 of which at least four in five two-byte characters are in GB2312.
/// Western letters in an eight-bit code and Big5 do not pass: their second bytes are often ASCII.
bool looks_like_gb18030(std::string_view bytes) {
  const auto byte = [&](std::size_t k) {
    return k < bytes.size() ? static_cast<unsigned char>(bytes[k]) : 0U;
  };
  std::size_t pairs = 0;
  std::size_t common = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    const unsigned lead = byte(i);
    if (lead < 0x80) {
      if (lead == 0) return false;
      ++i;
      continue;
    }
    const unsigned trail = byte(i + 1);
    if (lead == 0x80 || lead == 0xFF) return false;
    if (trail >= 0x30 && trail <= 0x39) {
      if (byte(i + 2) < 0x81 || byte(i + 3) < 0x30 || byte(i + 3) > 0x39) return false;
      i += 4;
      continue;
    }
    if (trail < 0x40 || trail == 0x7F || trail == 0xFF) return false;
    ++pairs;
    if (trail >= 0xA1 && ((lead >= 0xB0 && lead <= 0xF7) || (lead >= 0xA1 && lead <= 0xA9))) {
      ++common;
    }
    i += 2;
  }
  return pairs > 0 && common * 5 >= pairs * 4;
}

class converter {
 public:
  explicit converter(const std::string& encoding)
      : handle_(::iconv_open("UTF-8", encoding.c_str())) {}
  converter(const converter&) = delete;
  converter& operator=(const converter&) = delete;
  ~converter() {
    if (is_open()) ::iconv_close(handle_);
  }
  [[nodiscard]] bool is_open() const {
    return handle_ != reinterpret_cast<iconv_t>(static_cast<std::intptr_t>(-1));
  }

  /// Appends the decoded piece; returns how many bytes were decoded. `is_last`: nothing follows, so
  /// that an unfinished character is an error and not a reason to wait.
  std::size_t decode(std::string_view piece, bool is_last, byte_buffer& to, bool& is_bad) {
    char* in = const_cast<char*>(piece.data());
    std::size_t in_left = piece.size();
    is_bad = false;
    while (in_left > 0) {
      const std::size_t room = in_left + in_left / 2 + 64;
      char* const out_begin = to.room(room);
      char* out = out_begin;
      std::size_t out_left = room;
      const std::size_t result = ::iconv(handle_, &in, &in_left, &out, &out_left);
      const int problem = errno;
      to.grow_by(static_cast<std::size_t>(out - out_begin));
      if (result != static_cast<std::size_t>(-1) || problem == E2BIG) continue;
      is_bad = problem != EINVAL || is_last;
      break;
    }
    return piece.size() - in_left;
  }

 private:
  iconv_t handle_;
};

/// Whether a place can be found from which decoding gives what it would in one go.
enum class family { any, gb, utf16le, utf16be };

family family_of(std::string_view name) {
  if (name == "gb18030" || name == "gbk" || name == "gb2312" || name == "cp936") return family::gb;
  if (name == "utf-16le") return family::utf16le;
  if (name == "utf-16be") return family::utf16be;
  return family::any;
}

/// Where the pieces that are decoded on their own begin: at most one in each chunk, the last entry
/// is the end of the text.
std::vector<std::size_t> piece_starts(std::string_view bytes, family which, parallel& workers) {
  const std::size_t chunks = (bytes.size() + grain - 1) / grain;
  std::vector<std::size_t> starts(chunks + 1, bytes.size());
  if (which == family::any) return {0, bytes.size()};
  workers.for_chunks(bytes.size(), grain, [&](std::size_t begin, std::size_t end) {
    std::size_t& start = starts[begin / grain];
    if (begin == 0) {
      start = 0;
    } else if (which == family::gb) {  // a line feed is never the second byte of a character
      const std::size_t line = bytes.substr(0, end - 1).find('\n', begin - 1);
      if (line != std::string_view::npos) start = line + 1;
    } else {  // not between two surrogates
      const std::size_t high = begin + (which == family::utf16le ? 1 : 0);
      const bool is_low_surrogate =
          high < end && static_cast<unsigned char>(bytes[high]) >> 2 == 0xDC >> 2;
      start = std::min(end, is_low_surrogate ? begin + 2 : begin);
    }
  });
  for (std::size_t i = chunks; i-- > 0;) starts[i] = std::min(starts[i], starts[i + 1]);
  return starts;
}

}  // namespace

std::optional<std::size_t> find_invalid_utf8(std::string_view bytes) {
  const std::size_t found = first_invalid(bytes, 0, bytes.size());
  return found == std::string_view::npos ? std::nullopt : std::optional(found);
}

std::optional<std::size_t> find_invalid_utf8(std::string_view bytes, parallel& workers) {
  const auto found = workers.reduce(
      bytes.size(), grain, std::string_view::npos,
      [&](std::size_t begin, std::size_t end) {
        return first_invalid(bytes, std::min(end, character_start(bytes, begin)), end);
      },
      [](std::size_t a, std::size_t b) { return std::min(a, b); });
  return found == std::string_view::npos ? std::nullopt : std::optional(found);
}

detected_encoding detect_encoding(std::string_view bytes, parallel& workers) {
  if (const byte_order_mark* mark = find_mark(bytes)) {
    return {{mark->encoding, mark->bytes.size(), false}, 0};
  }
  const std::string declared = declared_in_xml(bytes);
  // A document that says UTF-16 in bytes was converted without its declaration.
  if (!declared.empty() && !declared.starts_with("utf-16") && !declared.starts_with("utf-32") &&
      converter(declared).is_open()) {
    return {{declared, 0, false}, 0};
  }
  if (const char* utf16 = guess_utf16(bytes)) return {{utf16, 0, false}, 0};
  const auto bad = find_invalid_utf8(bytes, workers);
  if (!bad) return {{"utf-8", 0, true}, 0};
  if (!bytes.starts_with("<?xml") && looks_like_gb18030(bytes)) return {{"gb18030", 0, false}, 0};
  return {{}, *bad};
}

text_encoding named_encoding(const std::string& name, std::string_view bytes) {
  std::string wanted = lower_case(name);
  if (wanted == "utf8") wanted = "utf-8";
  // A suffix such as //IGNORE would drop characters without a word.
  const bool is_known =
      wanted.find('/') == std::string::npos && !wanted.empty() && converter(wanted).is_open();
  if (!is_known) {
    throw std::invalid_argument("read_options.encoding is \"" + name +
                                "\"; give auto or a name that iconv knows (iconv -l lists them)");
  }
  const byte_order_mark* mark = find_mark(bytes);
  if (wanted == "utf-16" || wanted == "utf16") {
    wanted =
        mark != nullptr && std::string_view(mark->encoding) == "utf-16be" ? "utf-16be" : "utf-16le";
  }
  const bool has_mark = mark != nullptr && wanted == mark->encoding;
  return {wanted, has_mark ? mark->bytes.size() : 0, false};
}

decoded_text decode(std::string_view bytes, const std::string& encoding, std::uint64_t limit,
                    parallel& workers) {
  struct part {
    byte_buffer text;
    std::size_t end = 0;
    bool is_bad = false;
  };
  const std::vector<std::size_t> starts = piece_starts(bytes, family_of(encoding), workers);
  std::vector<part> parts(starts.size() - 1);
  workers.for_each(parts.size(), 1, [&](std::size_t i) {
    part& mine = parts[i];
    mine.text = byte_buffer(limit);
    mine.end = starts[i];
    converter decoder(encoding);
    while (mine.end < starts[i + 1] && !mine.is_bad) {
      workers.check_stop();
      const std::string_view piece =
          bytes.substr(mine.end, std::min(grain, starts[i + 1] - mine.end));
      const bool is_last = mine.end + piece.size() == starts[i + 1];
      const std::size_t done = decoder.decode(piece, is_last, mine.text, mine.is_bad);
      mine.end += done;
      mine.is_bad = mine.is_bad || done == 0;
    }
  });
  decoded_text result{byte_buffer(limit), true, 0};
  if (parts.size() == 1) result.text = std::move(parts[0].text);
  for (part& each : parts) {
    if (parts.size() > 1) result.text.append(each.text.view());
    if (each.is_bad) return {std::move(result.text), false, each.end};
    each.text = {};
  }
  return result;
}

}  // namespace valuenet::detail
