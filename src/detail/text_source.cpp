#include "detail/text_source.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <zlib.h>

#include "detail/available_memory.hpp"
#include "detail/byte_buffer.hpp"
#include "detail/mapped_file.hpp"
#include "detail/progress.hpp"
#include "detail/text_encoding.hpp"
#include "detail/xxhash.hpp"

namespace valuenet::detail {

class input_bytes {
 public:
  mapped_file mapped;
  byte_buffer read;
  std::string given;
  /// What inflating or decoding made of the bytes.
  byte_buffer made;

  [[nodiscard]] std::string_view raw() const noexcept {
    if (!given.empty()) return given;
    return read.size() != 0 ? read.view() : mapped.bytes();
  }
  void drop_raw() noexcept {
    mapped = {};
    read = {};
    given = {};
  }
};

namespace {

constexpr std::size_t block = std::size_t{1} << 20;

std::uint64_t memory_limit(const read_options& options) {
  return options.memory_limit != 0 ? options.memory_limit : available_memory() / 2;
}

std::string mebibytes(std::uint64_t bytes) {
  return std::to_string(bytes >> 20) + " MiB";
}

[[noreturn]] void refuse(const std::string& file, const std::string& message) {
  throw parse_error({file, 0, 0}, message);
}

/// Reads what cannot be mapped.
byte_buffer read_stream(int descriptor, const std::string& file, std::uint64_t limit,
                        const parallel& workers) {
  byte_buffer bytes(limit);
  while (true) {
    // A pipe may stay silent for ever: wait in short turns, so that a stop is noticed.
    constexpr int turn_in_ms = 100;
    pollfd waiting{descriptor, POLLIN, 0};
    do {
      workers.check_stop();
    } while (::poll(&waiting, 1, turn_in_ms) == 0);
    char* const room = bytes.room(block);
    const ssize_t got = ::read(descriptor, room, block);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw io_error(file + ": cannot be read: " + std::strerror(errno));
    if (got == 0) return bytes;
    bytes.grow_by(static_cast<std::size_t>(got));
  }
}

/// zlib's state, freed when it goes.
class inflater {
 public:
  inflater() {
    if (::inflateInit2(&stream_, 15 + 16) != Z_OK) throw std::bad_alloc();
  }
  inflater(const inflater&) = delete;
  inflater& operator=(const inflater&) = delete;
  ~inflater() { ::inflateEnd(&stream_); }

  /// Inflates `piece` into `to`, moving its front behind what was used; the result is zlib's.
  int run(std::string_view& piece, byte_buffer& to) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
    stream_.avail_in = static_cast<uInt>(piece.size());
    stream_.next_out = reinterpret_cast<Bytef*>(to.room(block));
    stream_.avail_out = static_cast<uInt>(block);
    const int result = ::inflate(&stream_, Z_NO_FLUSH);
    to.grow_by(block - stream_.avail_out);
    piece.remove_prefix(piece.size() - stream_.avail_in);
    return result;
  }
  void start_member() { ::inflateReset(&stream_); }

 private:
  z_stream stream_{};
};

byte_buffer inflate(std::string_view bytes, const std::string& file, std::uint64_t limit,
                    const parallel& workers, const execution& exec) {
  progress told(exec, "inflating", bytes.size());
  byte_buffer text(limit);
  inflater member;
  bool is_inside = true;
  while (!bytes.empty()) {
    workers.check_stop();
    if (!is_inside) {
      if (bytes.find_first_not_of('\0') == std::string_view::npos) break;  // padding
      if (!bytes.starts_with("\x1f\x8b")) {
        refuse(file, "is damaged: the gzip data is followed by something else");
      }
      member.start_member();
      is_inside = true;
    }
    std::string_view piece = bytes.substr(0, block);
    const std::size_t before = piece.size();
    const int result = member.run(piece, text);
    bytes.remove_prefix(before - piece.size());
    told.advance(before - piece.size());
    if (result == Z_STREAM_END) {
      is_inside = false;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      refuse(file, "is damaged: its gzip data is broken after " + std::to_string(text.size()) +
                       " inflated bytes; get the file again");
    }
  }
  // What is still inside zlib comes out without further input.
  for (std::string_view nothing; is_inside;) {
    workers.check_stop();
    const std::size_t before = text.size();
    if (member.run(nothing, text) == Z_STREAM_END) {
      is_inside = false;
    } else if (text.size() == before) {
      refuse(file, "is cut off: its gzip data ends after " + std::to_string(text.size()) +
                       " inflated bytes; get the file again");
    }
  }
  return text;
}

struct known_binary {
  std::string_view magic;
  const char* what;
};

constexpr std::array<known_binary, 9> binaries{{
    {"\x89VNS",
     "is a snapshot: give it as a file by itself, not compressed, through a pipe or as one of two "
     "tables"},
    {std::string_view("PK\3\4", 4),
     "is a ZIP archive, as spreadsheets are (.xlsx, .ods); save the table as CSV"},
    {std::string_view("\xD0\xCF\x11\xE0", 4),
     "is an old spreadsheet (.xls); save the table as CSV"},
    {std::string_view("\x28\xB5\x2F\xFD", 4), "is compressed with zstd; decompress it first"},
    {std::string_view("\xFD\x37zXZ\0", 6), "is compressed with xz; decompress it first"},
    {"BZh", "is compressed with bzip2; decompress it first"},
    {std::string_view("\x89PNG", 4), "is a picture (PNG); give the network's table"},
    {"%PDF", "is a PDF document; give the network's table"},
    {std::string_view("SQLite format 3\0", 16), "is an SQLite database; export its table as CSV"},
}};

void refuse_binary(std::string_view bytes, const std::string& file) {
  for (const known_binary& each : binaries) {
    if (bytes.starts_with(each.magic)) refuse(file, each.what);
  }
}

std::string byte_name(char byte) {
  return "0x" + hexadecimal(static_cast<unsigned char>(byte)).substr(14);
}

input_position position_in(std::string_view text, const std::string& file, std::size_t offset) {
  line_counter lines(text);
  const std::uint64_t line = lines.line(offset);
  return {file, line, lines.column(offset)};
}

[[noreturn]] void refuse_utf8(std::string_view text, const std::string& file, std::size_t offset,
                              bool was_detected) {
  const input_position where = position_in(text, file, offset);
  if (text[offset] == '\0') {
    throw parse_error(where,
                      "a byte 0, which no text holds: this is a binary file or a damaged one");
  }
  std::string message = "the byte " + byte_name(text[offset]) + " is no valid UTF-8";
  if (was_detected) {
    message +=
        ", and the text does not look like GB18030; name its encoding, such as Big5, "
        "ISO-8859-1 or Windows-1252, or save it as UTF-8";
  } else {
    message += "; correct the text, or name its encoding if it is another one";
  }
  throw parse_error(where, message);
}

}  // namespace

text_source::text_source(std::shared_ptr<input_bytes> owned, const std::string& file,
                         const read_options& options, const execution& exec)
    : owner_(owned), file_(file) {
  parallel workers(exec);
  input_bytes& input = *owned;
  std::string_view bytes = input.raw();
  bytes_ = bytes.size();
  if (bytes.empty()) refuse(file, "is empty; a table with a header line, or a graph, was expected");
  refuse_binary(bytes, file);
  const std::uint64_t limit = memory_limit(options);
  const auto fingerprint = [&] {
    xxh64 hash;
    const std::string_view all = input.raw();
    for (std::size_t begin = 0; begin < all.size(); begin += block) {
      workers.check_stop();
      hash.update(all.substr(begin, block));
    }
    hash_ = hexadecimal(hash.value());
  };
  fingerprint();

  was_compressed_ = bytes.starts_with("\x1f\x8b");
  if (was_compressed_) {
    try {
      input.made = inflate(bytes, file, limit, workers, exec);
    } catch (const length_limit&) {
      refuse(file, "inflates to more than " + mebibytes(limit) +
                       ", the most that may be taken of this machine's memory; decompress it to a "
                       "file first, or raise read_options.memory_limit");
    }
    input.drop_raw();
    bytes = input.made.view();
    if (bytes.empty()) refuse(file, "is empty once inflated; a table or a graph was expected");
    if (bytes.starts_with("\x1f\x8b")) {
      refuse(file, "is compressed twice; decompress it once and read it again");
    }
    refuse_binary(bytes, file);
  }

  const bool is_detected = options.encoding == "auto" || options.encoding.empty();
  text_encoding encoding;
  if (is_detected) {
    const detected_encoding detected = detect_encoding(bytes, workers);
    if (detected.encoding.name.empty()) refuse_utf8(bytes, file, detected.first_bad, true);
    encoding = detected.encoding;
  } else {
    encoding = named_encoding(options.encoding, bytes);
  }
  encoding_ = encoding.name;
  bytes.remove_prefix(encoding.mark_bytes);
  text_ = bytes;
  if (encoding.name != "utf-8") {
    try {
      decoded_text decoded = decode(bytes, encoding.name, limit, workers);
      if (!decoded.complete) {
        const std::string_view before = decoded.text.view();
        throw parse_error(position_in(before, file, before.size()),
                          "the byte " +
                              byte_name(bytes[std::min(decoded.bad_offset, bytes.size() - 1)]) +
                              " is no character of " + encoding.name +
                              "; name the text's encoding, or save it as UTF-8");
      }
      input.made = std::move(decoded.text);
    } catch (const length_limit&) {
      refuse(file,
             "takes more than " + mebibytes(limit) +
                 " once decoded, the most that may be taken of this machine's memory; save it "
                 "as UTF-8 first, or raise read_options.memory_limit");
    }
    input.drop_raw();
    text_ = input.made.view();
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  }
  if (!encoding.is_valid_utf8) {
    const auto bad = find_invalid_utf8(text_, workers);
    if (bad) refuse_utf8(text_, file, *bad, false);
  }
}

text_source open_text(const std::string& file, const read_options& options, const execution& exec) {
  const parallel workers(exec);
  auto input = std::make_shared<input_bytes>();
  const bool is_standard_input = file == "-";
  if (!is_standard_input && is_regular_file(file)) {
    input->mapped = mapped_file(file);
  } else {
    const std::uint64_t limit = memory_limit(options);
    const int descriptor =
        is_standard_input ? STDIN_FILENO : ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) throw io_error(file + ": cannot be read: " + std::strerror(errno));
    struct closer {
      int number;
      ~closer() {
        if (number != STDIN_FILENO) ::close(number);
      }
    } const closing{descriptor};
    try {
      input->read = read_stream(descriptor, file, limit, workers);
    } catch (const length_limit&) {
      refuse(file, "gives more than " + mebibytes(limit) +
                       ", the most that may be taken of this machine's memory; save it to a file "
                       "first, or raise read_options.memory_limit");
    }
  }
  return {std::move(input), file, options, exec};
}

text_source text_of_bytes(std::string bytes, const std::string& file, const read_options& options,
                          const execution& exec) {
  auto input = std::make_shared<input_bytes>();
  input->given = std::move(bytes);
  return {std::move(input), file, options, exec};
}

input_position text_source::position(std::size_t offset) const {
  return position_in(text_, file_, offset);
}

void text_source::fail(std::size_t offset, const std::string& message) const {
  throw parse_error(position(offset), message);
}

std::uint64_t line_counter::line(std::size_t offset) {
  offset = std::min(offset, text_.size());
  for (; at_ < offset; ++at_) {
    const char c = text_[at_];
    if (c != '\n' && c != '\r') continue;
    if (c == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') {
      if (at_ + 1 == offset) return line_;  // between the two: still this line
      ++at_;
    }
    ++line_;
    line_start_ = at_ + 1;
  }
  return line_;
}

}  // namespace valuenet::detail
