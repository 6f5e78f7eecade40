// The exceptions that valuenet throws. Nothing else leaves a public function, but std::bad_alloc
// and std::invalid_argument (a bad option: the message names the field and its value).
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace valuenet {

/// Root of valuenet's own exceptions. what() is one sentence that a user can act on.
class error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A file could not be opened, read, written or renamed.
class io_error : public error {
 public:
  using error::error;
};

/// Where in an input something was found; 0 means that no line or column is known.
struct input_position {
  std::string file;
  std::uint64_t line = 0;
  std::uint64_t column = 0;
};

/// Input that is not what it should be. what() reads "FILE:LINE:COLUMN: what was found, what was
/// expected, what to do"; line and column count from 1, the column in bytes of UTF-8.
class parse_error : public error {
 public:
  parse_error(input_position position, const std::string& message);

  [[nodiscard]] const input_position& position() const noexcept { return position_; }
  /// The sentence without the position before it.
  [[nodiscard]] const std::string& message() const noexcept { return message_; }

 private:
  input_position position_;
  std::string message_;
};

/// The caller's stop token was triggered; nothing was written, no result exists.
class cancelled : public error {
 public:
  cancelled();
};

}  // namespace valuenet
