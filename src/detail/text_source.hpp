// The one way in which text comes in: plain or compressed, from a file or from standard input, in
// whichever encoding, and out as valid UTF-8.
#pragma once

#include "valuenet/error.hpp"
#include "valuenet/io/read.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "detail/parallel.hpp"

namespace valuenet::detail {

/// Bytes of an input before anyone asks what they mean: a mapped file, or memory that was read or
/// inflated.
class input_bytes;

/// A text in memory: valid UTF-8 without NUL and without byte order mark. Plain UTF-8 files are the
/// mapped file itself, not a copy. Copies share the text.
class text_source {
 public:
  text_source() = default;

  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  /// As the caller named it ("-": standard input).
  [[nodiscard]] const std::string& file() const noexcept { return file_; }
  /// The encoding it was in, in lower case: "utf-8", "utf-16le", "gb18030", ...
  [[nodiscard]] const std::string& encoding() const noexcept { return encoding_; }
  /// Of the bytes as they came (compressed ones too).
  [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }
  /// XXH64 of them, 16 hexadecimal digits.
  [[nodiscard]] const std::string& hash() const noexcept { return hash_; }
  [[nodiscard]] bool was_compressed() const noexcept { return was_compressed_; }

  /// File, line and column (from 1, in bytes) of an offset into text(). O(offset): for the one
  /// error that ends a reading. Who needs many ascending ones uses a line_counter.
  [[nodiscard]] input_position position(std::size_t offset) const;
  /// Throws parse_error for the offset.
  [[noreturn]] void fail(std::size_t offset, const std::string& message) const;

 private:
  friend text_source open_text(const std::string& file, const read_options& options,
                               const execution& exec);
  friend text_source text_of_bytes(std::string bytes, const std::string& file,
                                   const read_options& options, const execution& exec);

  text_source(std::shared_ptr<input_bytes> input, const std::string& file,
              const read_options& options, const execution& exec);

  std::shared_ptr<const input_bytes> owner_;
  std::string_view text_;
  std::string file_;
  std::string encoding_;
  std::string hash_;
  std::uint64_t bytes_ = 0;
  bool was_compressed_ = false;
};

/// Opens FILE, or standard input for "-". Inflates gzip (every member), finds out the encoding as
/// read_options.encoding says, decodes. Checking and decoding run in parallel with the hash.
/// Throws io_error when the file cannot be read, parse_error when it is empty, no text, damaged, in
/// no encoding that can be found out, or beyond read_options.memory_limit.
[[nodiscard]] text_source open_text(const std::string& file, const read_options& options,
                                    const execution& exec);

/// The same for bytes in memory; `file` is the name for messages.
[[nodiscard]] text_source text_of_bytes(std::string bytes, const std::string& file,
                                        const read_options& options, const execution& exec);

/// Line numbers of ascending offsets, in O(text) for all of them together. A line ends with LF, CR
/// or CRLF.
class line_counter {
 public:
  explicit line_counter(std::string_view text) : text_(text) {}
  /// Precondition: offset is not below the one before.
  [[nodiscard]] std::uint64_t line(std::size_t offset);
  /// Of the offset last asked for.
  [[nodiscard]] std::uint64_t column(std::size_t offset) const { return offset - line_start_ + 1; }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;
  std::uint64_t line_ = 1;
};

}  // namespace valuenet::detail
